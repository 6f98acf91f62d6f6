//! The addresses that wait, by host: whose turn it is, and what finds room in memory.
//!
//! A list that is sorted by host is read ahead until there is work for [`ENOUGH_HOSTS`] hosts. Of each host some
//! addresses are held in memory; the rest waits on the disk. So memory does not grow with the list.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, HashMap, VecDeque};
use std::time::Duration;

use url::Url;

use crate::error::Error;
use crate::fetch::{Busy, HostKey};
use crate::state::{Overflow, PageKey};

/// Hosts with work from which on no more of the list is read: at a page a second and host, enough for any width that a
/// machine can fetch at.
const ENOUGH_HOSTS: usize = 1000;

/// Addresses that are to be tried again from which on no more of the list is read.
const ENOUGH_RETRIES: usize = 10_000;

/// Addresses of one host in memory, at most, those that are tried again not counted.
const HELD_BY_HOST: usize = 32;

/// An address to be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Errand {
    /// Where.
    pub(super) url: Url,
    /// How the page is known.
    pub(super) key: PageKey,
    /// The source as the user named it.
    pub(super) name: String,
    /// The number of the source.
    pub(super) group: u64,
    /// How often it was asked for.
    pub(super) attempts: u32,
}

impl Errand {
    /// To an address that was not asked yet.
    pub(super) fn new(url: Url, name: String, group: u64) -> Errand {
        Errand { key: PageKey::of_url(&url), url, name, group, attempts: 0 }
    }

    /// As a line for the overflow. A name holds no line break: it is a line of a list or an argument that is an address.
    fn to_line(&self) -> String {
        format!("{}\n{}\n{}", self.group, self.url, self.name)
    }

    fn from_line(line: &str) -> Option<Errand> {
        let mut fields = line.splitn(3, '\n');
        let group = fields.next()?.parse().ok()?;
        let url = Url::parse(fields.next()?).ok()?;
        Some(Errand::new(url, fields.next()?.to_owned(), group))
    }
}

/// What a host is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It may be asked.
    Ready,
    /// Not ahead of a moment.
    Until(Duration),
    /// When one of its requests is through.
    Full,
    /// When its robots.txt is read.
    Learning,
}

impl From<Busy> for Standing {
    fn from(busy: Busy) -> Self {
        match busy {
            Busy::Until(moment) => Standing::Until(moment),
            Busy::Full => Standing::Full,
        }
    }
}

/// The addresses that wait.
#[derive(Debug)]
pub(super) struct Frontier {
    hosts: HashMap<HostKey, Queue>,
    ready: VecDeque<HostKey>,
    /// Hosts by the moment they may be asked at. One that is woken otherwise stays in it, and is passed over.
    later: BinaryHeap<Reverse<(Duration, HostKey)>>,
    retries: BinaryHeap<Retry>,
    overflow: Overflow,
    queues: u64,
    waiting: u64,
}

#[derive(Debug)]
struct Queue {
    number: u64,
    held: VecDeque<Errand>,
    /// Those on the disk.
    overflown: usize,
    standing: Standing,
}

#[derive(Debug)]
struct Retry {
    due: Duration,
    errand: Errand,
}

impl Frontier {
    /// Nothing waits yet.
    pub(super) fn new() -> Result<Self, Error> {
        Ok(Frontier {
            hosts: HashMap::new(),
            ready: VecDeque::new(),
            later: BinaryHeap::new(),
            retries: BinaryHeap::new(),
            overflow: Overflow::new()?,
            queues: 0,
            waiting: 0,
        })
    }

    /// Whether more of the list should be read.
    pub(super) fn has_room(&self) -> bool {
        self.hosts.len() < ENOUGH_HOSTS && self.retries.len() < ENOUGH_RETRIES
    }

    /// Whether nothing waits.
    pub(super) fn is_empty(&self) -> bool {
        self.waiting == 0
    }

    /// Adds an address behind those of its host.
    pub(super) fn push(&mut self, errand: Errand) -> Result<(), Error> {
        let host = HostKey::of(&errand.url);
        let queue = self.queue(host);
        if queue.overflown > 0 || queue.held.len() >= HELD_BY_HOST {
            queue.overflown += 1;
            let number = queue.number;
            self.overflow.push(number, &errand.to_line())?;
        } else {
            queue.held.push_back(errand);
        }
        self.waiting += 1;
        Ok(())
    }

    /// Adds an address that is to be asked for again at a moment, or later.
    pub(super) fn push_retry(&mut self, errand: Errand, due: Duration) {
        self.waiting += 1;
        self.retries.push(Retry { due, errand });
    }

    /// The queue of a host; a new one is ready.
    fn queue(&mut self, host: HostKey) -> &mut Queue {
        self.hosts.entry(host).or_insert_with_key(|host| {
            self.queues += 1;
            self.ready.push_back(host.clone());
            Queue { number: self.queues, held: VecDeque::new(), overflown: 0, standing: Standing::Ready }
        })
    }

    /// Makes ready what is due at `moment`.
    pub(super) fn wake(&mut self, moment: Duration) {
        while self.retries.peek().is_some_and(|retry| retry.due <= moment) {
            let Some(retry) = self.retries.pop() else { break };
            self.queue(HostKey::of(&retry.errand.url)).held.push_front(retry.errand);
        }
        while self.later.peek().is_some_and(|Reverse((due, _))| *due <= moment) {
            let Some(Reverse((due, host))) = self.later.pop() else { break };
            self.wake_host(&host, Standing::Until(due));
        }
    }

    /// Makes a host ready that stood so.
    pub(super) fn wake_host(&mut self, host: &HostKey, from: Standing) {
        if let Some(queue) = self.hosts.get_mut(host)
            && queue.standing == from
        {
            queue.standing = Standing::Ready;
            self.ready.push_back(host.clone());
        }
    }

    /// The host whose turn it is. It is to be given back by [`Frontier::set_standing`].
    pub(super) fn next_host(&mut self) -> Option<HostKey> {
        self.ready.pop_front()
    }

    /// The address of a host that is next.
    pub(super) fn front(&self, host: &HostKey) -> Option<&Errand> {
        self.hosts.get(host)?.held.front()
    }

    /// Takes the address of a host that is next.
    pub(super) fn pop(&mut self, host: &HostKey) -> Result<Option<Errand>, Error> {
        let Some(queue) = self.hosts.get_mut(host) else { return Ok(None) };
        let errand = queue.held.pop_front();
        self.waiting -= u64::from(errand.is_some());
        if queue.held.is_empty() && queue.overflown > 0 {
            let lines = self.overflow.take(queue.number, HELD_BY_HOST)?;
            // What is on the disk is what was put there; should it be fewer, the count must not wait for more.
            queue.overflown = if lines.is_empty() { 0 } else { queue.overflown.saturating_sub(lines.len()) };
            queue.held.extend(lines.iter().filter_map(|line| Errand::from_line(line)));
        }
        Ok(errand)
    }

    /// Says what a host does now that its turn is over. Without an address that waits it is forgotten.
    pub(super) fn set_standing(&mut self, host: HostKey, standing: Standing) {
        let Some(queue) = self.hosts.get_mut(&host) else { return };
        if queue.held.is_empty() {
            self.hosts.remove(&host);
            return;
        }
        queue.standing = standing;
        match standing {
            Standing::Ready => self.ready.push_back(host),
            Standing::Until(due) => self.later.push(Reverse((due, host))),
            Standing::Full | Standing::Learning => {}
        }
    }

    /// The host that may be asked next and when, where none may be asked now.
    pub(super) fn next_wait(&self) -> Option<(HostKey, Duration)> {
        if !self.ready.is_empty() {
            return None;
        }
        let stands = |host: &HostKey, due: Duration| {
            self.hosts.get(host).is_some_and(|queue| queue.standing == Standing::Until(due))
        };
        let hosts = self.later.iter().map(|Reverse((due, host))| (host, *due)).filter(|(host, due)| stands(host, *due));
        let host = hosts.min_by_key(|(_, due)| *due).map(|(host, due)| (host.clone(), due));
        let retry = self.retries.peek().map(|retry| (HostKey::of(&retry.errand.url), retry.due));
        host.into_iter().chain(retry).min_by_key(|(_, due)| *due)
    }

    /// The next moment at which something is due.
    pub(super) fn next_due(&self) -> Option<Duration> {
        let host = self.later.peek().map(|Reverse((due, _))| *due);
        let retry = self.retries.peek().map(|retry| retry.due);
        host.into_iter().chain(retry).min()
    }
}

impl PartialEq for Retry {
    fn eq(&self, other: &Self) -> bool {
        self.due == other.due
    }
}

impl Eq for Retry {}

impl PartialOrd for Retry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The earliest is the greatest, as a heap gives the greatest.
impl Ord for Retry {
    fn cmp(&self, other: &Self) -> Ordering {
        other.due.cmp(&self.due)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errand(url: &str) -> Errand {
        Errand::new(Url::parse(url).unwrap(), url.to_owned(), 0)
    }

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// Takes all that is ready, each host staying ready.
    fn drain(frontier: &mut Frontier) -> Vec<String> {
        let mut urls = Vec::new();
        while let Some(host) = frontier.next_host() {
            urls.extend(frontier.pop(&host).unwrap().map(|errand| errand.name));
            frontier.set_standing(host, Standing::Ready);
        }
        urls
    }

    #[test]
    fn hosts_take_turns() {
        let mut frontier = Frontier::new().unwrap();
        for url in ["http://a.x/1", "http://a.x/2", "http://a.x/3", "http://b.x/1", "http://B.x./2"] {
            frontier.push(errand(url)).unwrap();
        }
        assert_eq!(frontier.waiting, 5);
        let expected = ["http://a.x/1", "http://b.x/1", "http://a.x/2", "http://B.x./2", "http://a.x/3"];
        assert_eq!(drain(&mut frontier), expected);
        assert!(frontier.is_empty() && frontier.has_room());
    }

    #[test]
    fn what_finds_no_room_keeps_its_order() {
        let mut frontier = Frontier::new().unwrap();
        let urls: Vec<String> = (0..5 * HELD_BY_HOST).map(|number| format!("http://a.x/{number}")).collect();
        for url in &urls {
            frontier.push(errand(url)).unwrap();
        }
        let host = HostKey::of(&Url::parse("http://a.x/").unwrap());
        assert_eq!(frontier.hosts[&host].held.len(), HELD_BY_HOST);
        assert_eq!(drain(&mut frontier), urls);
        assert!(frontier.is_empty());
    }

    #[test]
    fn a_host_that_waits_is_woken_at_its_time() {
        let mut frontier = Frontier::new().unwrap();
        frontier.push(errand("http://a.x/1")).unwrap();
        let host = frontier.next_host().unwrap();
        frontier.set_standing(host.clone(), Standing::Until(seconds(5)));
        frontier.wake(seconds(4));
        assert_eq!((frontier.next_host(), frontier.next_due()), (None, Some(seconds(5))));
        frontier.wake(seconds(5));
        assert_eq!(frontier.next_host(), Some(host.clone()));
        frontier.set_standing(host.clone(), Standing::Full);
        frontier.wake_host(&host, Standing::Learning);
        assert_eq!(frontier.next_host(), None);
        frontier.wake_host(&host, Standing::Full);
        assert_eq!(frontier.next_host(), Some(host));
    }

    #[test]
    fn it_tells_whom_it_waits_for() {
        let mut frontier = Frontier::new().unwrap();
        for url in ["http://a.example/1", "http://b.example/1"] {
            frontier.push(errand(url)).unwrap();
        }
        assert_eq!(frontier.next_wait(), None, "two may be asked");
        for due in [60, 30] {
            let host = frontier.next_host().unwrap();
            frontier.set_standing(host, Standing::Until(seconds(due)));
        }
        let wait = |frontier: &Frontier| frontier.next_wait().map(|(host, due)| (host.name().to_owned(), due));
        assert_eq!(wait(&frontier), Some(("b.example".to_owned(), seconds(30))));
        frontier.push_retry(errand("http://c.example/1"), seconds(20));
        assert_eq!(wait(&frontier), Some(("c.example".to_owned(), seconds(20))));
        frontier.wake(seconds(30));
        assert_eq!(frontier.next_wait(), None);
    }

    #[test]
    fn retries_come_first_when_they_are_due() {
        let mut frontier = Frontier::new().unwrap();
        frontier.push_retry(errand("http://a.x/again"), seconds(3));
        frontier.push_retry(errand("http://c.x/again"), seconds(9));
        frontier.push(errand("http://a.x/1")).unwrap();
        frontier.wake(seconds(3));
        assert_eq!(drain(&mut frontier), ["http://a.x/again", "http://a.x/1"]);
        assert_eq!((frontier.waiting, frontier.next_due()), (1, Some(seconds(9))));
    }
}
