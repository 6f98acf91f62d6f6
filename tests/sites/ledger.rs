//! What was asked for, when, and how much at once.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};
use std::time::Instant;

use tokio::sync::watch;

/// The accounts of all hosts.
pub struct Ledger {
    hosts: Mutex<HashMap<String, Account>>,
    pages: watch::Sender<usize>,
}

/// What a host was asked for.
#[derive(Default, Clone)]
pub struct Account {
    /// Requests that are not answered yet.
    pub in_flight: usize,
    /// The most requests that were under way at once.
    pub most_in_flight: usize,
    /// When each request came.
    pub arrivals: Vec<Instant>,
    /// How often each path was asked for.
    pub visits: HashMap<String, usize>,
}

impl Default for Ledger {
    fn default() -> Self {
        Ledger { hosts: Mutex::default(), pages: watch::Sender::new(0) }
    }
}

impl Ledger {
    /// A request came; says which it is of its path, from 1.
    pub fn enter(&self, host: &str, path: &str) -> usize {
        let visit = {
            let mut hosts = self.hosts();
            let account = hosts.entry(host.to_owned()).or_default();
            account.in_flight += 1;
            account.most_in_flight = account.most_in_flight.max(account.in_flight);
            account.arrivals.push(Instant::now());
            let visit = account.visits.entry(path.to_owned()).or_default();
            *visit += 1;
            *visit
        };
        if path != "/robots.txt" {
            self.pages.send_modify(|pages| *pages += 1);
        }
        visit
    }

    /// A request is about to be answered.
    pub fn leave(&self, host: &str) {
        self.hosts().get_mut(host).unwrap().in_flight -= 1;
    }

    /// The account of a host; empty where it was asked for nothing.
    pub fn account(&self, host: &str) -> Account {
        self.hosts().get(host).cloned().unwrap_or_default()
    }

    /// How often a path was asked for.
    pub fn visits(&self, host: &str, path: &str) -> usize {
        self.hosts().get(host).and_then(|account| account.visits.get(path)).copied().unwrap_or_default()
    }

    /// Requests so far, those for robots.txt not counted.
    pub fn pages(&self) -> usize {
        *self.pages.borrow()
    }

    /// Waits until there were so many requests, those for robots.txt not counted.
    pub async fn wait_for_pages(&self, count: usize) {
        self.pages.subscribe().wait_for(|pages| *pages >= count).await.unwrap();
    }

    fn hosts(&self) -> MutexGuard<'_, HashMap<String, Account>> {
        self.hosts.lock().unwrap()
    }
}
