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

use super::guard::canonical;
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
        HostKey(canonical(url.host_str().unwrap_or_default()).into())
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
            (canonical(name), pace)
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
        match entry.busy_for_new(moment) {
            Some(busy) => Err(busy),
            None => Ok(self.take(entry, host, moment)),
        }
    }

    /// Why [`Pacer::try_enter`] would give no turn now.
    pub fn busy(&self, host: &HostKey) -> Option<Busy> {
        let moment = self.moment();
        self.host(&mut self.hosts(), host).busy_for_new(moment)
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
                match entry.busy(moment) {
                    None => return self.take(entry, host, moment),
                    Some(busy) => (busy, changed),
                }
            };
            match busy {
                Busy::Until(moment) => tokio::time::sleep(moment.saturating_sub(self.moment())).await,
                // A permit is stored where the change came first, as all runs on one thread or takes the lock.
                Busy::Full => changed.notified().await,
            }
        }
    }

    fn take(self: &Arc<Self>, entry: &mut Host, host: &HostKey, moment: Duration) -> Turn {
        entry.in_flight += 1;
        entry.requests += 1;
        entry.next = moment + jittered(entry.interval(), host, entry.requests);
        Turn { pacer: Arc::clone(self), host: host.clone() }
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

    /// Why it cannot be asked now.
    fn busy(&self, moment: Duration) -> Option<Busy> {
        if self.in_flight >= self.pace.concurrency {
            return Some(Busy::Full);
        }
        (moment < self.next).then_some(Busy::Until(self.next))
    }

    /// Likewise for who comes behind those that wait.
    fn busy_for_new(&self, moment: Duration) -> Option<Busy> {
        if self.waiting > 0 {
            return Some(Busy::Until(self.next.max(moment) + self.interval().max(MIN_RAISED)));
        }
        self.busy(moment)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn pacer(change: impl FnOnce(&mut FetchOptions)) -> Arc<Pacer> {
        let mut options = FetchOptions::default();
        change(&mut options);
        Arc::new(Pacer::new(&options, None))
    }

    fn host(name: &str) -> HostKey {
        HostKey::of(&Url::parse(&format!("http://{name}/")).unwrap())
    }

    /// How long a host has to be waited for that was asked just now.
    fn wait(pacer: &Arc<Pacer>, host: &HostKey) -> f64 {
        let Err(Busy::Until(moment)) = pacer.try_enter(host) else { panic!("it can be asked") };
        moment.saturating_sub(pacer.moment()).as_secs_f64()
    }

    #[test]
    fn a_host_gets_so_many_requests_at_once() {
        let pacer = pacer(|options| options.host_request_interval = Duration::ZERO);
        let first = pacer.try_enter(&host("a.x")).unwrap();
        let _second = pacer.try_enter(&host("a.x")).unwrap();
        assert_eq!(pacer.try_enter(&host("A.x.")).unwrap_err(), Busy::Full);
        assert!(pacer.try_enter(&host("b.x")).is_ok());
        drop(first);
        assert!(pacer.try_enter(&host("a.x")).is_ok());
    }

    #[test]
    fn intervals_differ_by_a_fifth_at_most_and_by_host() {
        let pacer = pacer(|options| options.host_request_interval = Duration::from_secs(1000));
        let waits: Vec<f64> = (0..50)
            .map(|number| {
                let host = host(&format!("h{number}.x"));
                drop(pacer.try_enter(&host).unwrap());
                wait(&pacer, &host)
            })
            .collect();
        // A minute for a machine that is busy.
        assert!(waits.iter().all(|wait| (740.0..=1200.0).contains(wait)), "{waits:?}");
        assert!(waits.iter().any(|wait| *wait < 900.0) && waits.iter().any(|wait| *wait > 1050.0), "{waits:?}");
    }

    #[test]
    fn a_crawl_delay_and_refusals_raise_the_interval_and_good_answers_lower_it() {
        let pacer = pacer(|options| options.host_request_interval = Duration::from_millis(1));
        let (delayed, refused) = (host("delayed.x"), host("refused.x"));
        pacer.set_crawl_delay(&delayed, Duration::from_secs(1000));
        drop(pacer.try_enter(&delayed).unwrap());
        assert!(wait(&pacer, &delayed) > 740.0);

        pacer.slow_down(&refused, Duration::from_secs(1000));
        assert!(wait(&pacer, &refused) > 900.0, "it asked for so long");
        let interval = |pacer: &Pacer| pacer.hosts().by_key[&refused].interval();
        assert_eq!(interval(&pacer), MIN_RAISED);
        pacer.slow_down(&refused, Duration::ZERO);
        assert_eq!(interval(&pacer), MIN_RAISED * 2);
        (0..100).for_each(|_| pacer.slow_down(&refused, Duration::ZERO));
        assert_eq!(interval(&pacer), MAX_RAISED);
        (0..100).for_each(|_| pacer.relieve(&refused));
        assert_eq!(interval(&pacer), Duration::from_millis(1));
    }

    #[test]
    fn single_hosts_have_a_pace_of_their_own() {
        let pacer = pacer(|options| {
            let own = crate::options::HostOptions { concurrency: Some(1), ..Default::default() };
            options.host_request_interval = Duration::ZERO;
            options.hosts.insert("a.x".to_owned(), own);
        });
        let _turn = pacer.try_enter(&host("a.x")).unwrap();
        assert_eq!(pacer.try_enter(&host("a.x")).unwrap_err(), Busy::Full);
    }

    #[test]
    fn hosts_that_nothing_holds_back_are_forgotten() {
        let pacer = pacer(|options| options.host_request_interval = Duration::ZERO);
        let _held = pacer.try_enter(&host("held.x")).unwrap();
        for number in 0..5 * MIN_SWEPT {
            drop(pacer.try_enter(&host(&format!("h{number}.x"))).unwrap());
        }
        assert!(pacer.hosts().by_key.len() <= MIN_SWEPT + 1);
        assert!(pacer.hosts().by_key.contains_key(&host("held.x")));
    }

    #[tokio::test]
    async fn who_waits_goes_before_who_only_asks() {
        let pacer = pacer(|options| {
            options.host_request_interval = Duration::ZERO;
            options.host_concurrency = 1;
        });
        let host = host("a.x");
        let turn = pacer.try_enter(&host).unwrap();
        let mut waiting = std::pin::pin!(pacer.enter(&host));
        tokio::select! {
            biased;
            _ = &mut waiting => panic!("it is not its turn"),
            () = std::future::ready(()) => {}
        }
        drop(turn);
        assert!(matches!(pacer.try_enter(&host), Err(Busy::Until(_))));
        drop(waiting.await);
        assert!(pacer.try_enter(&host).is_ok());
    }
}
