//! One page, from its address to its outcome.

use std::cell::RefCell;
use std::time::Duration;

use super::earlier::{Earlier, Known};
use super::frontier::Errand;
use super::recorder::Done;
use crate::clock::Stopwatch;
use crate::error::{Error, PageErrorKind};
use crate::exchange::Exchange;
use crate::fetch::{Ask, Attempted, Keep, PoliteFetcher, Slot, Turn, Validators};
use crate::input::{Job, Work};
use crate::page::Source;
use crate::run::cleaning::Cleaning;
use crate::run::page::{Arrival, Outcome, Ticket, Times};
use crate::state::{PageKey, Stamps};

/// What the errands share.
pub(super) struct Crew {
    pub(super) polite: PoliteFetcher,
    pub(super) cleaning: Cleaning,
    pub(super) keep: Keep,
    pub(super) earlier: Option<RefCell<Earlier>>,
}

/// How an errand ended.
pub(super) enum End {
    /// With its outcome.
    Done(Box<Done>),
    /// It is to be done again after this time.
    Again { errand: Errand, wait: Duration, exchanges: Vec<Exchange> },
}

impl Crew {
    /// Fetches a page and has it cleaned. It has its slot until then, but while it waits for another host.
    pub(super) async fn fetch(&self, mut errand: Errand, turn: Turn, slot: Slot) -> Result<End, Error> {
        let stopwatch = Stopwatch::start();
        let known = self.known(&errand)?;
        let validators = known.as_ref().map(|known| known.validators.clone()).unwrap_or_default();
        let ask = Ask { validators, keep: self.keep };
        errand.attempts += 1;
        let attempt = self.polite.attempt(&errand.url, errand.attempts, Some(turn), Some(&slot), &ask).await;
        let fetch = stopwatch.elapsed();
        let (arrival, validators) = match (attempt.end, known) {
            (Attempted::Again(wait), _) => {
                return Ok(End::Again { errand, wait, exchanges: attempt.exchanges });
            }
            (Attempted::Page(page, validators), _) => (Arrival::Fetched(page), validators),
            (Attempted::Failed(kind), _) => (Arrival::Failed(kind), Validators::default()),
            (Attempted::NotModified, Some(known)) => {
                return Ok(End::Done(Box::new(unchanged(errand, known, attempt.exchanges, fetch))));
            }
            (Attempted::NotModified, None) => {
                let reason = "Not Modified, though nothing was known of the page".to_owned();
                (Arrival::Failed(PageErrorKind::Status { status: 304, reason }), Validators::default())
            }
        };
        let (key, attempts) = (errand.key.clone(), errand.attempts);
        let outcome = self.cleaning.clean(ticket(errand), arrival, fetch).await?;
        let done = Done { outcome, key, attempts, stamps: stamps(validators), exchanges: attempt.exchanges };
        Ok(End::Done(Box::new(done)))
    }

    /// Has the record of a page written that cannot be asked for.
    pub(super) async fn refuse(&self, errand: Errand, kind: PageErrorKind, _slot: Slot) -> Result<End, Error> {
        let (key, attempts) = (errand.key.clone(), errand.attempts);
        let arrival = Arrival::Failed(kind);
        let outcome = self.cleaning.clean(ticket(errand), arrival, Duration::ZERO).await?;
        Ok(End::Done(Box::new(Done { outcome, key, attempts, stamps: Stamps::default(), exchanges: Vec::new() })))
    }

    /// Has a page cleaned that is at hand.
    pub(super) async fn open(&self, job: Job) -> Result<Box<Done>, Error> {
        let key = PageKey::of_source(&job.name);
        let arrival = match job.work {
            Work::Open(local) => Arrival::Local(local),
            Work::Failed(kind) => Arrival::Failed(kind),
            Work::Fetch(_) => Arrival::Failed(PageErrorKind::BadSource("an address is no page at hand".to_owned())),
        };
        let ticket = Ticket { name: job.name, source: job.source, group: job.group };
        let outcome = self.cleaning.clean(ticket, arrival, Duration::ZERO).await?;
        Ok(Box::new(Done { outcome, key, attempts: 0, stamps: Stamps::default(), exchanges: Vec::new() }))
    }

    fn known(&self, errand: &Errand) -> Result<Option<Known>, Error> {
        match &self.earlier {
            Some(earlier) => earlier.borrow_mut().known(&errand.key),
            None => Ok(None),
        }
    }
}

/// The outcome of a page that has not changed: that of the earlier crawl.
fn unchanged(errand: Errand, known: Known, exchanges: Vec<Exchange>, fetch: Duration) -> Done {
    let (key, attempts) = (errand.key.clone(), errand.attempts);
    let outcome = Outcome {
        ticket: ticket(errand),
        record: known.record,
        result: Ok(known.verdict),
        bytes: 0,
        times: Times { fetch, ..Times::default() },
    };
    Done { outcome, key, attempts, stamps: stamps(known.validators), exchanges }
}

fn ticket(errand: Errand) -> Ticket {
    Ticket { name: errand.name, source: Source::Url(errand.url), group: errand.group }
}

fn stamps(validators: Validators) -> Stamps {
    Stamps { etag: validators.etag, modified: validators.last_modified }
}
