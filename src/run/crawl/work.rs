//! The loop that asks, and all that goes on at once.

use std::collections::HashSet;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use futures_util::stream::{FuturesOrdered, FuturesUnordered};
use tokio::sync::mpsc::{Receiver, UnboundedReceiver};
use tokio::sync::{Semaphore, mpsc};
use tokio::time::{MissedTickBehavior, interval};

use super::errands::{Crew, End};
use super::frontier::{Errand, Frontier, Standing};
use super::plan::Prepared;
use super::recorder::{Done, Message, Recorder};
use super::watch::{LONG_WAIT, Watch, in_words};
use crate::error::{Error, PageErrorKind};
use crate::fetch::{Access, HostKey, Slot, Turn};
use crate::input::{Job, Work};
use crate::run::interrupt::Interrupt;
use crate::run::pipeline::cannot_start;
use crate::run::report::{Ending, Summary};
use crate::state::{PageKey, Phase, State};

/// How often what is done is committed.
const COMMIT_INTERVAL: Duration = Duration::from_millis(200);

/// How often a crawl whose progress is not shown says how far it is.
const REPORT_INTERVAL: Duration = Duration::from_secs(10);

/// Sites whose robots.txt is read at once, for each page that is fetched at once: most of the time of those that do not
/// answer is waiting.
const LEARNING: usize = 4;

/// Pages that are under way at once, for each page that is fetched at once: those beyond wait for the hosts that they
/// were sent on to.
const UNDER_WAY: usize = 16;

/// Jobs that are taken from the list at once, so that a long list does not keep the hosts waiting.
const JOBS_AT_ONCE: usize = 256;

/// How long a site waits for the others' robots.txt to be read, before it is looked at again.
const LEARN_LATER: Duration = Duration::from_millis(50);

/// Works off the jobs.
///
/// # Errors
/// What `jobs` gives, and what cannot be written.
pub(in crate::run) fn crawl(
    mut jobs: impl Iterator<Item = Result<Job, Error>> + Send + 'static,
    prepared: Prepared,
) -> Result<Summary, Error> {
    let Prepared { runtime, crew, state, recorder, freed, concurrency, threads, watch, narrate, .. } = prepared;
    let (sender, receiver) = mpsc::channel(JOBS_AT_ONCE);
    // It ends when the jobs do, or at the first send after the receiver is gone; blocked on standard input it ends with
    // the program.
    let naming = thread::spawn(move || jobs.all(|job| sender.blocking_send(job).is_ok()));
    let result = runtime.block_on(async {
        let mut crawl = Crawl {
            jobs: receiver,
            naming: Some(naming),
            listing: Listing::Open,
            frontier: Frontier::new()?,
            slots: Arc::new(Semaphore::new(concurrency)),
            max_local: 2 * threads + 2,
            max_learning: LEARNING * concurrency,
            max_pages: UNDER_WAY * concurrency,
            crew: &crew,
            state,
            under_way: HashSet::new(),
            pages: FuturesUnordered::new(),
            learning: FuturesUnordered::new(),
            local: FuturesOrdered::new(),
            freed,
            watch: &watch,
        };
        crawl.run(recorder, narrate).await
    });
    // A look-up of a host that hangs must not hold up the end.
    runtime.shutdown_background();
    result
}

/// Whether more is to come from the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Listing {
    Open,
    /// Its end was reached.
    Ended,
    /// No more of it is wanted.
    Interrupted,
}

/// Whether the crawl says how far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::run) enum Narrate {
    /// Now and then.
    Lines,
    /// Not: there is a bar, or nothing is to be said.
    Nothing,
}

/// What is done about an address whose turn it is.
enum Leave {
    /// It is asked for.
    Ask(Turn),
    /// It must not be.
    Refuse(PageErrorKind),
}

struct Crawl<'a> {
    jobs: Receiver<Result<Job, Error>>,
    /// The thread that names the jobs.
    naming: Option<JoinHandle<bool>>,
    listing: Listing,
    frontier: Frontier,
    /// One for each page, or robots.txt, that is fetched at once.
    slots: Arc<Semaphore>,
    /// Pages at hand that are cleaned at once: lines of JSON Lines take up memory from when they are read.
    max_local: usize,
    max_learning: usize,
    max_pages: usize,
    crew: &'a Crew,
    state: State,
    /// The pages that are being fetched, cleaned or tried again later, and those that are done and not committed.
    under_way: HashSet<PageKey>,
    pages: FuturesUnordered<LocalBoxFuture<'a, Result<End, Error>>>,
    learning: FuturesUnordered<LocalBoxFuture<'a, HostKey>>,
    local: FuturesOrdered<LocalBoxFuture<'a, Result<Box<Done>, Error>>>,
    freed: UnboundedReceiver<HostKey>,
    watch: &'a Watch,
}

impl Crawl<'_> {
    async fn run(&mut self, mut recorder: Recorder, narrate: Narrate) -> Result<Summary, Error> {
        let worked = self.work(&mut recorder, narrate).await;
        if worked.is_ok() {
            let is_finished = self.listing == Listing::Ended && self.is_done();
            tell(&recorder, Message::End(if is_finished { Phase::Finished } else { Phase::Underway })).await;
        }
        // What is done is written, whatever ended the work.
        let finished = recorder.finish();
        worked?;
        let mut summary = finished?;
        if self.listing == Listing::Interrupted {
            summary.ending = Ending::Interrupted;
        }
        summary.skipped = self.watch.skipped_pages();
        Ok(summary)
    }

    async fn work(&mut self, recorder: &mut Recorder, narrate: Narrate) -> Result<(), Error> {
        let mut commits = interval(COMMIT_INTERVAL);
        commits.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut reports = interval(REPORT_INTERVAL);
        reports.reset();
        let mut interrupt = Interrupt::listen()?;
        while !self.is_done() {
            self.dispatch()?;
            self.watch.set_in_flight(self.pages.len() + self.local.len());
            let wake = self.crew.polite.pacer().moment();
            let wake = self.frontier.next_due().map(|due| due.saturating_sub(wake));
            tokio::select! {
                biased;
                () = interrupt.wait() => {
                    if self.listing == Listing::Interrupted { break }
                    self.interrupt();
                }
                Some(committed) = recorder.committed.recv() => committed.iter().for_each(|key| {
                    self.under_way.remove(key);
                }),
                Some(host) = self.freed.recv() => self.wake_freed(&host),
                Some(end) = self.pages.next(), if !self.pages.is_empty() => {
                    if !self.settle(end?, recorder).await { break }
                }
                Some(host) = self.learning.next(), if !self.learning.is_empty() => {
                    self.frontier.wake_host(&host, Standing::Learning);
                }
                Some(done) = self.local.next(), if !self.local.is_empty() => {
                    if !tell(recorder, Message::Done(done?)).await { break }
                }
                _ = commits.tick() => {
                    self.watch.show(|| self.waiting());
                    if !tell(recorder, Message::Commit).await { break }
                }
                _ = reports.tick(), if narrate == Narrate::Lines => self.watch.tell(self.waiting()),
                job = self.jobs.recv(), if self.wants_jobs() => self.take(job)?,
                () = sleep_for(wake), if self.is_open() => {}
            }
        }
        Ok(())
    }

    /// Whether nothing is left to do.
    fn is_done(&self) -> bool {
        let nothing_waits = match self.listing {
            Listing::Open => false,
            Listing::Ended => self.frontier.is_empty(),
            Listing::Interrupted => true,
        };
        nothing_waits && self.pages.is_empty() && self.local.is_empty()
    }

    fn is_open(&self) -> bool {
        self.listing != Listing::Interrupted
    }

    fn wants_jobs(&self) -> bool {
        self.listing == Listing::Open && self.frontier.has_room() && self.local.len() < self.max_local
    }

    fn interrupt(&mut self) {
        self.listing = Listing::Interrupted;
        self.jobs.close();
        self.learning.clear();
        self.watch.say("finishing what is under way; once more to stop at once");
    }

    /// The host that the crawl waits for, where nothing is due for long.
    fn waiting(&self) -> Option<String> {
        let (host, due) = self.frontier.next_wait()?;
        let left = due.saturating_sub(self.crew.polite.pacer().moment());
        (left >= LONG_WAIT).then(|| format!("{}: {} more", host.name(), in_words(left)))
    }

    /// A host has one request less under way, and so have those behind it in the channel.
    fn wake_freed(&mut self, host: &HostKey) {
        self.frontier.wake_host(host, Standing::Full);
        while let Ok(host) = self.freed.try_recv() {
            self.frontier.wake_host(&host, Standing::Full);
        }
    }

    /// Takes a job, and those that come right behind it.
    fn take(&mut self, job: Option<Result<Job, Error>>) -> Result<(), Error> {
        let Some(job) = job else {
            self.listing = Listing::Ended;
            // All jobs came, unless the thread that names them broke down.
            let named = self.naming.take().map_or(Ok(true), JoinHandle::join);
            return named.map(drop).map_err(|_| cannot_start("the next source", &"a fault of the program"));
        };
        let mut errands = Vec::new();
        let mut next = Some(job);
        while let Some(job) = next {
            match job? {
                Job { name, group, work: Work::Fetch(url), .. } => {
                    errands.push(Errand::new(url, name, group));
                }
                job => self.admit_local(job)?,
            }
            let goes_on = errands.len() < JOBS_AT_ONCE && self.wants_jobs();
            next = if goes_on { self.jobs.try_recv().ok() } else { None };
        }
        self.admit(errands)
    }

    /// Lets those wait that are not done.
    fn admit(&mut self, errands: Vec<Errand>) -> Result<(), Error> {
        let done = self.state.are_done(errands.iter().map(|errand| &errand.key))?;
        for (errand, is_done) in errands.into_iter().zip(done) {
            if is_done {
                self.watch.skipped();
            } else {
                self.frontier.push(errand)?;
            }
        }
        Ok(())
    }

    fn admit_local(&mut self, job: Job) -> Result<(), Error> {
        let key = PageKey::of_source(&job.name);
        if self.under_way.contains(&key) || self.state.is_done(&key)? {
            self.watch.skipped();
            return Ok(());
        }
        self.under_way.insert(key);
        let crew = self.crew;
        self.local.push_back(Box::pin(crew.open(job)));
        Ok(())
    }

    /// Sends off what can be sent off now.
    fn dispatch(&mut self) -> Result<(), Error> {
        if !self.is_open() {
            return Ok(());
        }
        self.frontier.wake(self.crew.polite.pacer().moment());
        while self.pages.len() < self.max_pages
            && let Ok(permit) = Arc::clone(&self.slots).try_acquire_owned()
        {
            let slot = Slot::new(Arc::clone(&self.slots), permit);
            let Some(host) = self.frontier.next_host() else { break };
            let standing = self.serve(&host, slot)?;
            self.frontier.set_standing(host, standing);
        }
        Ok(())
    }

    /// Sends off the next address of a host, if it may be asked; says what the host does then.
    fn serve(&mut self, host: &HostKey, slot: Slot) -> Result<Standing, Error> {
        let Some(errand) = self.frontier.front(host) else { return Ok(Standing::Ready) };
        if let Some(busy) = self.crew.polite.pacer().busy(host) {
            return Ok(Standing::from(busy));
        }
        let is_first = errand.attempts == 0;
        if is_first && (self.under_way.contains(&errand.key) || self.state.is_done(&errand.key)?) {
            self.frontier.pop(host)?;
            self.watch.skipped();
            return Ok(Standing::Ready);
        }
        let leave = match self.crew.polite.access(&errand.url) {
            Access::Unknown => return Ok(self.learn(host)),
            Access::Refused(kind) => Leave::Refuse(kind),
            Access::Allowed => match self.crew.polite.pacer().try_enter(host) {
                Ok(turn) => Leave::Ask(turn),
                Err(busy) => return Ok(Standing::from(busy)),
            },
        };
        let Some(errand) = self.frontier.pop(host)? else { return Ok(Standing::Ready) };
        self.under_way.insert(errand.key.clone());
        let crew = self.crew;
        self.pages.push(match leave {
            Leave::Ask(turn) => Box::pin(crew.fetch(errand, turn, slot)),
            Leave::Refuse(kind) => Box::pin(crew.refuse(errand, kind, slot)),
        });
        Ok(Standing::Ready)
    }

    /// Has the robots.txt of a host's next address read.
    fn learn(&mut self, host: &HostKey) -> Standing {
        if self.learning.len() >= self.max_learning {
            return Standing::Until(self.crew.polite.pacer().moment() + LEARN_LATER);
        }
        let Some(url) = self.frontier.front(host).map(|errand| errand.url.clone()) else { return Standing::Ready };
        let (crew, slots, host) = (self.crew, Arc::clone(&self.slots), host.clone());
        self.learning.push(Box::pin(async move {
            crew.polite.learn(&url, Some(&slots)).await;
            host
        }));
        Standing::Learning
    }

    /// Takes note of how a page ended. Says whether what is done can be written.
    async fn settle(&mut self, end: End, recorder: &Recorder) -> bool {
        match end {
            End::Done(done) => tell(recorder, Message::Done(done)).await,
            End::Again { errand, wait, exchanges } => {
                let due = self.crew.polite.pacer().moment() + wait;
                self.frontier.push_retry(errand, due);
                exchanges.is_empty() || tell(recorder, Message::Exchanges(exchanges)).await
            }
        }
    }
}

/// Says whether the recorder is there to be told; where it is not, its error comes at its end.
async fn tell(recorder: &Recorder, message: Message) -> bool {
    recorder.messages.send(message).await.is_ok()
}

/// Sleeps so long, for ever without a time.
async fn sleep_for(time: Option<Duration>) {
    match time {
        Some(time) => tokio::time::sleep(time).await,
        None => std::future::pending().await,
    }
}
