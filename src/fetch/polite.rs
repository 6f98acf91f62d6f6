//! A fetcher with manners: robots.txt, pacing by host, and what becomes of an attempt that failed.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

use super::Fetcher;
use super::gate::Gate;
use super::host::{HostKey, Pacer, Turn};
use super::retry::{Next, RetryPolicy};
use super::retry_after::RetryAfter;
use super::robots::{self, Access, RobotsCache, Rules, Unreachable};
use super::visit::{Answer, Ask, Validators, Visit};
use crate::clock;
use crate::error::{Error, PageErrorKind};
use crate::exchange::Exchange;
use crate::options::{FetchOptions, Robots};
use crate::page::RawPage;

/// Gets pages as their hosts would have it. Shared by all that fetch.
#[derive(Debug)]
pub struct PoliteFetcher {
    fetcher: Fetcher,
    pacer: Arc<Pacer>,
    robots: Option<RobotsCache>,
    policy: RetryPolicy,
}

/// How an attempt ended.
#[derive(Debug)]
pub enum Attempted {
    /// With a page, and what its server calls this version of it.
    Page(Box<RawPage>, Validators),
    /// The page is the one that was known already.
    NotModified,
    /// With a passing fault: it is worth another attempt after this time.
    Again(Duration),
    /// With an error that stays.
    Failed(PageErrorKind),
}

/// The place of a page among those that are fetched at once. It is given up while a host has to be waited for: else the
/// pages that were sent on to a slow host would keep all others from theirs.
#[derive(Debug)]
pub struct Slot {
    slots: Arc<Semaphore>,
    permit: RefCell<Option<OwnedSemaphorePermit>>,
}

impl Slot {
    /// A place that was taken already: `permit` is one of `slots`.
    pub fn new(slots: Arc<Semaphore>, permit: OwnedSemaphorePermit) -> Slot {
        Slot { slots, permit: RefCell::new(Some(permit)) }
    }

    async fn taken(slots: Arc<Semaphore>) -> Slot {
        let slot = Slot { slots, permit: RefCell::default() };
        slot.take().await;
        slot
    }

    fn give_up(&self) {
        drop(self.permit.take());
    }

    async fn take(&self) {
        // Without a permit there is no semaphore any more to keep to: it is never closed.
        let permit = Arc::clone(&self.slots).acquire_owned().await.ok();
        self.permit.replace(permit);
    }
}

/// An attempt to get a page.
#[derive(Debug)]
pub struct Attempt {
    /// How it ended.
    pub end: Attempted,
    /// Its requests and answers, where they were asked for.
    pub exchanges: Vec<Exchange>,
}

impl PoliteFetcher {
    /// A fetcher that asks its hosts at the pace of `pacer`.
    ///
    /// # Errors
    /// Those of [`Fetcher::new`].
    pub fn new(options: &FetchOptions, pacer: Arc<Pacer>) -> Result<Self, Error> {
        Ok(PoliteFetcher {
            fetcher: Fetcher::new(options)?,
            pacer,
            robots: (options.robots == Robots::Obeyed).then(|| RobotsCache::new(&options.user_agent)),
            policy: RetryPolicy::new(options),
        })
    }

    /// The pace of the hosts.
    pub fn pacer(&self) -> &Arc<Pacer> {
        &self.pacer
    }

    /// Whether the site of `url` lets it be asked for, as far as is known.
    pub fn access(&self, url: &Url) -> Access {
        let Some(robots) = &self.robots else { return Access::Allowed };
        let Some(rules) = robots.rules(url) else { return Access::Unknown };
        if let Some(delay) = rules.crawl_delay() {
            self.pacer.set_crawl_delay(&HostKey::of(url), delay);
        }
        rules.access(url)
    }

    /// Reads the robots.txt of the site of `url`, so that [`PoliteFetcher::access`] knows it. It is tried as often as a
    /// page; each try takes one of `slots`. Who asks for what is being read waits for it.
    pub async fn learn(&self, url: &Url, slots: Option<&Arc<Semaphore>>) {
        let (Some(robots), Some(address)) = (&self.robots, robots::address(url)) else { return };
        let reading = robots.reading(url);
        let _alone = reading.lock().await;
        if robots.rules(url).is_some() {
            return;
        }
        let mut attempt = 1;
        let (rules, bytes) = loop {
            let (error, retry_after) = match self.read_robots(robots, &address, slots).await {
                Ok((rules, bytes)) => break (rules, bytes),
                Err(failure) => failure,
            };
            match self.policy.next(&address, attempt, error, retry_after) {
                Next::Again(wait) => tokio::time::sleep(wait).await,
                // RFC 9309, section 2.3.1.2: then there is none.
                Next::Failed(PageErrorKind::TooManyRedirects(_)) => break (Rules::None, 0),
                Next::Failed(kind) => break (Rules::Unreachable(Unreachable::from(kind)), 0),
            }
            attempt += 1;
        };
        tracing::debug!(url = %address, bytes, "robots.txt read");
        robots.keep(url, Arc::new(rules), bytes);
    }

    async fn read_robots(
        &self,
        robots: &RobotsCache,
        address: &Url,
        slots: Option<&Arc<Semaphore>>,
    ) -> Result<(Rules, usize), (PageErrorKind, Option<Duration>)> {
        let slot = match slots {
            Some(slots) => Some(Slot::taken(Arc::clone(slots)).await),
            None => None,
        };
        let gate = Paced { pacer: &self.pacer, slot: slot.as_ref() };
        let answer = self.fetcher.small(address, robots::MAX_BYTES, &gate).await;
        let answer = answer.map_err(|kind| (kind, None))?;
        let retry_after = answer.retry_after.map(wait);
        self.note_status(&HostKey::of(&answer.last), answer.status, retry_after);
        let rules = Rules::of(&answer, robots.agent()).map_err(|kind| (kind, retry_after))?;
        Ok((rules, answer.body.len()))
    }

    /// One attempt, the `number`th from 1, to get `url`. `turn` is the right to the first request, where it was taken
    /// already; `slot` is the page's place among those fetched at once, where these are counted.
    pub async fn attempt(&self, url: &Url, number: u32, turn: Option<Turn>, slot: Option<&Slot>, ask: &Ask) -> Attempt {
        let paced = Paced { pacer: &self.pacer, slot };
        let gate = Admission { polite: self, paced, turn: Cell::new(turn) };
        let Visit { result, last, retry_after, exchanges } = self.fetcher.visit(url, ask, &gate).await;
        // A turn that no request took is over.
        drop(gate);
        let retry_after = retry_after.map(wait);
        let host = HostKey::of(&last);
        let end = match result {
            Ok(answer) => {
                self.pacer.relieve(&host);
                match answer {
                    Answer::Page(page, validators) => Attempted::Page(page, validators),
                    Answer::NotModified => Attempted::NotModified,
                }
            }
            Err(kind) => {
                if let PageErrorKind::Status { status, .. } = kind {
                    self.note_status(&host, status, retry_after);
                }
                match self.policy.next(url, number, kind, retry_after) {
                    Next::Again(wait) => {
                        tracing::info!(url = %last, number, ?wait, "failed, to be tried again");
                        Attempted::Again(wait)
                    }
                    Next::Failed(kind) => Attempted::Failed(kind),
                }
            }
        };
        Attempt { end, exchanges }
    }

    /// The page at `url`, in as many attempts as it takes.
    ///
    /// # Errors
    /// That of the last attempt.
    pub async fn get(&self, url: &Url, before_wait: impl Fn(Duration)) -> Result<Box<RawPage>, PageErrorKind> {
        for number in 1.. {
            match self.attempt(url, number, None, None, &Ask::default()).await.end {
                Attempted::Page(page, _) => return Ok(page),
                Attempted::Again(wait) => {
                    before_wait(wait);
                    tokio::time::sleep(wait).await;
                }
                Attempted::Failed(kind) => return Err(kind),
                Attempted::NotModified => break,
            }
        }
        Err(PageErrorKind::Status { status: 304, reason: "Not Modified".to_owned() })
    }

    /// Takes notice of a status by which a host says that it is asked too much.
    fn note_status(&self, host: &HostKey, status: u16, retry_after: Option<Duration>) {
        if matches!(status, 429 | 503) {
            let longest = self.policy.max_retry_after();
            self.pacer.slow_down(host, retry_after.unwrap_or_default().min(longest));
        }
    }
}

/// Lets a request through when its host can be asked.
struct Paced<'a> {
    pacer: &'a Arc<Pacer>,
    slot: Option<&'a Slot>,
}

impl Gate for Paced<'_> {
    type Pass = Turn;

    async fn admit(&self, url: &Url) -> Result<Turn, PageErrorKind> {
        let host = HostKey::of(url);
        if let Ok(turn) = self.pacer.try_enter(&host) {
            return Ok(turn);
        }
        Ok(self.without_slot(self.pacer.enter(&host)).await)
    }
}

impl Paced<'_> {
    /// Waits with the slot given up. Who has a slot waits for no turn, so who has a turn gets a slot.
    async fn without_slot<T>(&self, wait: impl Future<Output = T>) -> T {
        let Some(slot) = self.slot else { return wait.await };
        slot.give_up();
        let waited = wait.await;
        slot.take().await;
        waited
    }
}

/// Lets the requests of a page through when their sites allow them and their hosts can be asked.
struct Admission<'a> {
    polite: &'a PoliteFetcher,
    paced: Paced<'a>,
    turn: Cell<Option<Turn>>,
}

impl Gate for Admission<'_> {
    type Pass = Turn;

    async fn admit(&self, url: &Url) -> Result<Turn, PageErrorKind> {
        let host = HostKey::of(url);
        let mut turn = self.turn.take().filter(|turn| *turn.host() == host);
        let mut access = self.polite.access(url);
        // What was read may be forgotten again, should the slot be long in coming.
        while let Access::Unknown = access {
            // Who reads the robots.txt needs the turn, where the host gives one at a time.
            drop(turn.take());
            self.paced.without_slot(self.polite.learn(url, None)).await;
            access = self.polite.access(url);
        }
        match (access, turn) {
            (Access::Refused(kind), _) => Err(kind),
            (_, Some(turn)) => Ok(turn),
            (_, None) => self.paced.admit(url).await,
        }
    }
}

/// The time that an answer asks to wait.
fn wait(retry_after: RetryAfter) -> Duration {
    match retry_after {
        RetryAfter::In(wait) => wait,
        RetryAfter::At(moment) => moment.saturating_sub(clock::unix_time()),
    }
}
