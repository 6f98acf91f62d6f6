//! How far a crawl is, for whoever watches.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::clock::Stopwatch;
use crate::page::Source;
use crate::run::page::Outcome;
use crate::run::report::Voice;

/// Hosts whose times are kept, at most.
const MAX_HOSTS: usize = 2048;

/// A wait that is told of: a shorter one is over before anyone wonders.
pub(in crate::run) const LONG_WAIT: Duration = Duration::from_secs(5);

/// The hosts that are named as the slowest.
const NAMED_HOSTS: usize = 3;

/// Counts that change as the crawl goes on.
#[derive(Debug)]
pub(super) struct Watch {
    start: Stopwatch,
    /// Pages of the list, where it was counted.
    total: Option<u64>,
    ok: AtomicU64,
    failed: AtomicU64,
    skipped: AtomicU64,
    in_flight: AtomicU64,
    hosts: Mutex<HashMap<String, HostTimes>>,
    voice: Voice,
}

#[derive(Debug, Default)]
struct HostTimes {
    pages: u32,
    time: Duration,
}

impl Watch {
    /// Nothing is done yet of `total` pages.
    pub(super) fn new(total: Option<u64>, voice: Voice) -> Self {
        Watch {
            start: Stopwatch::start(),
            total,
            ok: AtomicU64::new(0),
            failed: AtomicU64::new(0),
            skipped: AtomicU64::new(0),
            in_flight: AtomicU64::new(0),
            hosts: Mutex::default(),
            voice,
        }
    }

    /// A page is done.
    pub(super) fn settled(&self, outcome: &Outcome) {
        let count = if outcome.result.is_ok() { &self.ok } else { &self.failed };
        count.fetch_add(1, Ordering::Relaxed);
        if let Source::Url(url) = &outcome.ticket.source
            && let Some(host) = url.host_str()
        {
            self.add_time(host, outcome.times.fetch);
        }
    }

    fn add_time(&self, host: &str, time: Duration) {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if !hosts.contains_key(host) && hosts.len() < MAX_HOSTS {
            hosts.insert(host.to_owned(), HostTimes::default());
        }
        if let Some(times) = hosts.get_mut(host) {
            times.pages += 1;
            times.time += time;
        }
    }

    /// A page of the list was done by an earlier run, or stands in it twice.
    pub(super) fn skipped(&self) {
        self.skipped.fetch_add(1, Ordering::Relaxed);
    }

    /// So many pages are being fetched or cleaned.
    pub(super) fn set_in_flight(&self, pages: usize) {
        self.in_flight.store(pages as u64, Ordering::Relaxed);
    }

    /// Pages that were skipped.
    pub(super) fn skipped_pages(&self) -> u64 {
        self.skipped.load(Ordering::Relaxed)
    }

    /// Says something, where something is to be said.
    pub(super) fn say(&self, message: &str) {
        self.voice.say(message);
    }

    /// Shows how far it is and what it is `waiting` for, where there are lines for it.
    pub(super) fn show(&self, waiting: impl FnOnce() -> Option<String>) {
        self.voice.show(|| [self.line(), self.beside(waiting()).unwrap_or_default()]);
    }

    /// Says so.
    pub(super) fn tell(&self, waiting: Option<String>) {
        self.say(&self.line());
        if let Some(line) = self.beside(waiting) {
            self.say(&line);
        }
    }

    /// What stands below how far it is: what it is waiting for, else the slowest hosts.
    fn beside(&self, waiting: Option<String>) -> Option<String> {
        waiting.map(|waiting| format!("waiting for {waiting}")).or_else(|| self.slowest())
    }

    /// How far it is, in a line: `1,204 of 5,000, 35/s, 1 min left: 1,190 ok, 14 failed, 16 in flight`.
    fn line(&self) -> String {
        let [ok, failed, skipped, in_flight] =
            [&self.ok, &self.failed, &self.skipped, &self.in_flight].map(|count| count.load(Ordering::Relaxed));
        let done = ok + failed + skipped;
        let seconds = self.start.elapsed().as_secs_f64();
        let rate = (ok + failed) as f64 / seconds.max(0.001);
        let mut line = match self.total {
            Some(total) => format!("{} of {}", grouped(done), grouped(total.max(done))),
            None => grouped(done),
        };
        // Writing to a String does not fail.
        let _ = write!(line, ", {rate:.0}/s");
        if let Some(total) = self.total
            && rate > 0.0
            && total > done
        {
            let left = Duration::from_secs_f64(((total - done) as f64 / rate).min(1e9));
            let _ = write!(line, ", {} left", in_words(left));
        }
        let _ = write!(line, ": {} ok, {} failed", grouped(ok), grouped(failed));
        if skipped > 0 {
            let _ = write!(line, ", {} skipped", grouped(skipped));
        }
        let _ = write!(line, ", {in_flight} in flight");
        line
    }

    /// The slowest hosts with the mean time of their pages, in a line; `None` before there are any.
    fn slowest(&self) -> Option<String> {
        let hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let mut means: Vec<(Duration, &str)> =
            hosts.iter().map(|(host, times)| (times.time / times.pages.max(1), host.as_str())).collect();
        means.sort_unstable_by(|a, b| b.cmp(a));
        let named: Vec<String> =
            means.iter().take(NAMED_HOSTS).map(|(mean, host)| format!("{host} {}", briefly(*mean))).collect();
        (!named.is_empty()).then(|| format!("slowest: {}", named.join(", ")))
    }
}

/// A number with commas: `1,204`.
pub(in crate::run) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A short time: `80 ms`, `1.4 s`.
fn briefly(time: Duration) -> String {
    match time.as_millis() {
        millis @ 0..1000 => format!("{millis} ms"),
        _ => format!("{:.1} s", time.as_secs_f64()),
    }
}

/// A time as one says it: `45 s`, `3 min`, `2 h 5 min`, `3 d 4 h`.
pub(in crate::run) fn in_words(time: Duration) -> String {
    let seconds = time.as_secs();
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, _) => format!("{minutes} min"),
        (0, ..) => format!("{hours} h {} min", minutes % 60),
        _ => format!("{days} d {} h", hours % 24),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Messages;

    #[test]
    fn numbers_and_times_are_readable() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        let words = |seconds| in_words(Duration::from_secs(seconds));
        assert_eq!([59, 61, 7500, 300_000].map(words), ["59 s", "1 min", "2 h 5 min", "3 d 11 h"]);
    }

    #[test]
    fn the_line_says_how_far_it_is() {
        let watch = Watch::new(Some(10), Voice::new(Messages::Quiet, None));
        watch.skipped();
        watch.set_in_flight(2);
        let line = watch.line();
        assert!(line.starts_with("1 of 10, 0/s: 0 ok, 0 failed, 1 skipped, 2 in flight"), "{line}");
        assert_eq!(watch.slowest(), None);
        watch.add_time("a.example", Duration::from_secs(4));
        watch.add_time("a.example", Duration::from_secs(2));
        watch.add_time("b.example", Duration::from_millis(500));
        assert_eq!(watch.beside(None).unwrap(), "slowest: a.example 3.0 s, b.example 500 ms");
        assert_eq!(watch.beside(Some("a.example: 9 s more".to_owned())).unwrap(), "waiting for a.example: 9 s more");
    }
}
