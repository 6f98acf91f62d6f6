//! How many requests a host gets at once, and how far apart.
//!
//! Moments are durations since the pacer's start.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustc_hash::FxBuildHasher;
use tokio::sync::Notify;
use tokio::sync::mpsc::UnboundedSender;
use url::Url;

use crate::clock::Stopwatch;
use crate::options::FetchOptions;

/// The longest interval that answers of 429 and 503 raise a host's to.
const MAX_RAISED: Duration = Duration::from_secs(60);

/// The least interval behind an answer of 429 or 503, where there was none.
const MIN_RAISED: Duration = Duration::from_millis(250);

/// A raised interval falls by this factor with each good answer.
const RELIEF: f64 = 0.8;

/// How much an interval differs from the one asked for, to either side: requests at even times hit a server together
/// with those of others.
const JITTER: f64 = 0.2;

/// Hosts that are remembered before the idle ones are forgotten.
const MIN_SWEPT: usize = 1024;

/// A host's name in lower case, without a dot at its end.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HostKey(Arc<str>);

impl HostKey {
    /// The host of an address of the web.
    pub fn of(url: &Url) -> HostKey {
        let name = url.host_str().unwrap_or_default();
        HostKey(name.strip_suffix('.').unwrap_or(name).into())
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.0
    }
}

/// Keeps requests to a host apart. Shared by all that ask.
#[derive(Debug)]
pub struct Pacer {
    start: Stopwatch,
    standard: Pace,
    single: HashMap<String, Pace>,
    freed: Option<UnboundedSender<HostKey>>,
    hosts: Mutex<Hosts>,
}

/// What a host may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pace {
    interval: Duration,
    concurrency: usize,
}

#[derive(Debug, Default)]
struct Hosts {
    by_key: HashMap<HostKey, Host, FxBuildHasher>,
    swept: usize,
}

#[derive(Debug)]
struct Host {
    pace: Pace,
    in_flight: usize,
    /// Those who wait in [`Pacer::enter`].
    waiting: usize,
    /// Requests so far.
    requests: u64,
    /// No request ahead of this moment.
    next: Duration,
    /// The interval that its refusals raised.
    raised: Duration,
    /// The interval that its robots.txt asks for.
    crawl_delay: Duration,
    changed: Arc<Notify>,
}

/// Why a host cannot be asked now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Busy {
    /// Not ahead of this moment.
    Until(Duration),
    /// As many requests as it gets at once are under way.
    Full,
}

/// The right to one request to a host, until it is dropped.
#[derive(Debug)]
pub struct Turn {
    pacer: Arc<Pacer>,
    host: HostKey,
}

impl Turn {
    /// Whose turn it is.
    pub fn host(&self) -> &HostKey {
        &self.host
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.pacer.leave(&self.host);
    }
}

impl Pacer {
    /// A pacer. `freed` is told of each host that one request less is under way to.
    pub fn new(options: &FetchOptions, freed: Option<UnboundedSender<HostKey>>) -> Pacer {
        let standard = Pace { interval: options.host_request_interval, concurrency: options.host_concurrency.max(1) };
        let single = options.hosts.iter().map(|(name, host)| {
            let pace = Pace {
                interval: host.request_interval.unwrap_or(standard.interval),
                concurrency: host.concurrency.unwrap_or(standard.concurrency).max(1),
            };
            (name.clone(), pace)
        });
        Pacer { start: Stopwatch::start(), standard, single: single.collect(), freed, hosts: Mutex::default() }
    }

    /// The time since the pacer's start.
    pub fn moment(&self) -> Duration {
        self.start.elapsed()
    }

    /// The turn to ask `host`, if it can be asked now. Those who wait in [`Pacer::enter`] go first.
    ///
    /// # Errors
    /// When it can be asked.
    pub fn try_enter(self: &Arc<Self>, host: &HostKey) -> Result<Turn, Busy> {
        let moment = self.moment();
        let mut hosts = self.hosts();
        let entry = self.host(&mut hosts, host);
        if entry.waiting > 0 {
            return Err(Busy::Until(entry.next.max(moment) + entry.interval().max(MIN_RAISED)));
        }
        self.take(entry, host, moment)
    }

    /// The turn to ask `host`, when it comes.
    pub async fn enter(self: &Arc<Self>, host: &HostKey) -> Turn {
        let _waiting = Waiting::start(self, host);
        loop {
            let (busy, changed) = {
                let moment = self.moment();
                let mut hosts = self.hosts();
                let entry = self.host(&mut hosts, host);
                let changed = Arc::clone(&entry.changed);
                match self.take(entry, host, moment) {
                    Ok(turn) => return turn,
                    Err(busy) => (busy, changed),
                }
            };
            match busy {
                Busy::Until(moment) => tokio::time::sleep(moment.saturating_sub(self.moment())).await,
                // A permit is stored where the change came first, as all runs on one thread or takes the lock.
                Busy::Full => changed.notified().await,
            }
        }
    }

    fn take(self: &Arc<Self>, entry: &mut Host, host: &HostKey, moment: Duration) -> Result<Turn, Busy> {
        if entry.in_flight >= entry.pace.concurrency {
            return Err(Busy::Full);
        }
        if moment < entry.next {
            return Err(Busy::Until(entry.next));
        }
        entry.in_flight += 1;
        entry.requests += 1;
        entry.next = moment + jittered(entry.interval(), host, entry.requests);
        Ok(Turn { pacer: Arc::clone(self), host: host.clone() })
    }

    fn leave(&self, host: &HostKey) {
        if let Some(entry) = self.hosts().by_key.get_mut(host) {
            entry.in_flight = entry.in_flight.saturating_sub(1);
            entry.changed.notify_one();
        }
        if let Some(freed) = &self.freed {
            // No one asks for hosts any more when the run ends.
            let _ = freed.send(host.clone());
        }
    }

    /// The host asks for this much time between requests (`Crawl-delay`).
    pub fn set_crawl_delay(&self, host: &HostKey, delay: Duration) {
        let mut hosts = self.hosts();
        self.host(&mut hosts, host).crawl_delay = delay;
    }

    /// The host answered that it is asked too much. It is left alone for `pause`, and asked less often from then on.
    pub fn slow_down(&self, host: &HostKey, pause: Duration) {
        let moment = self.moment();
        let mut hosts = self.hosts();
        let entry = self.host(&mut hosts, host);
        entry.raised = (entry.interval() * 2).clamp(MIN_RAISED, MAX_RAISED);
        entry.next = entry.next.max(moment + pause.max(entry.raised));
    }

    /// The host answered well.
    pub fn relieve(&self, host: &HostKey) {
        if let Some(entry) = self.hosts().by_key.get_mut(host)
            && !entry.raised.is_zero()
        {
            let raised = entry.raised.mul_f64(RELIEF);
            entry.raised = if raised > entry.pace.interval { raised } else { Duration::ZERO };
        }
    }

    fn hosts(&self) -> MutexGuard<'_, Hosts> {
        // What a panic leaves behind are counts of requests, which stay usable.
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn host<'h>(&self, hosts: &'h mut Hosts, key: &HostKey) -> &'h mut Host {
        if !hosts.by_key.contains_key(key) {
            hosts.make_room(self.moment());
            let pace = self.single.get(key.name()).copied().unwrap_or(self.standard);
            hosts.by_key.insert(key.clone(), Host::new(pace));
        }
        hosts.by_key.entry(key.clone()).or_insert_with(|| Host::new(self.standard))
    }
}

impl Hosts {
    /// Forgets the hosts that nothing holds back, when there have come to be many.
    fn make_room(&mut self, moment: Duration) {
        if self.by_key.len() >= (2 * self.swept).max(MIN_SWEPT) {
            self.by_key.retain(|_, host| !host.is_idle(moment));
            self.swept = self.by_key.len();
        }
    }
}

impl Host {
    fn new(pace: Pace) -> Host {
        Host {
            pace,
            in_flight: 0,
            waiting: 0,
            requests: 0,
            next: Duration::ZERO,
            raised: Duration::ZERO,
            crawl_delay: Duration::ZERO,
            changed: Arc::default(),
        }
    }

    fn interval(&self) -> Duration {
        self.pace.interval.max(self.raised).max(self.crawl_delay)
    }

    fn is_idle(&self, moment: Duration) -> bool {
        let memory = if self.raised.is_zero() { Duration::ZERO } else { MAX_RAISED };
        self.in_flight == 0 && self.waiting == 0 && self.next + memory <= moment
    }
}

/// Someone who waits for a host.
struct Waiting<'p> {
    pacer: &'p Pacer,
    host: &'p HostKey,
}

impl<'p> Waiting<'p> {
    fn start(pacer: &'p Pacer, host: &'p HostKey) -> Self {
        pacer.host(&mut pacer.hosts(), host).waiting += 1;
        Waiting { pacer, host }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if let Some(entry) = self.pacer.hosts().by_key.get_mut(self.host) {
            entry.waiting = entry.waiting.saturating_sub(1);
            // Who is woken and gone hands on what woke them.
            entry.changed.notify_one();
        }
    }
}

/// `interval`, more or less a fifth of it: by host and number, so that a run can be repeated.
fn jittered(interval: Duration, host: &HostKey, number: u64) -> Duration {
    interval.mul_f64(1.0 + JITTER * (2.0 * share(&(host, number)) - 1.0))
}

/// A number in 0..1 that looks drawn by chance and is the same for the same `key`.
pub(super) fn share(key: &impl Hash) -> f64 {
    // The upper bits are the well-mixed ones.
    (FxBuildHasher.hash_one(key).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 11) as f64 / (1_u64 << 53) as f64
}
