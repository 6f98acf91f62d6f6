//! Counts by outcome and host.

use std::collections::{BTreeMap, HashMap};

use super::{PageKey, State, failure};
use crate::error::Error;

/// What a crawl came to so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Pages by outcome: the verdict, or the kind of the error.
    pub outcomes: BTreeMap<String, u64>,
    /// The hosts with the most failures, then those with the most pages.
    pub hosts: Vec<HostTally>,
    /// Hosts in all.
    pub host_count: usize,
    /// Pages that failed.
    pub failed: u64,
    /// Pages in all.
    pub pages: u64,
}

/// What a host's pages came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostTally {
    /// Its name.
    pub host: String,
    /// Its pages.
    pub pages: u64,
    /// Its pages that failed.
    pub failed: u64,
}

impl State {
    /// Counts the pages; names at most `max_hosts` hosts.
    ///
    /// # Errors
    /// [`Error::State`]
    pub fn tally(&self, max_hosts: usize) -> Result<Tally, Error> {
        let mut tally = Tally::default();
        let mut hosts: HashMap<String, (u64, u64)> = HashMap::new();
        self.each_page("SELECT name, outcome, error IS NOT NULL FROM pages", |name, outcome, is_failure| {
            let failed = u64::from(is_failure);
            tally.pages += 1;
            tally.failed += failed;
            match tally.outcomes.get_mut(outcome) {
                Some(count) => *count += 1,
                None => drop(tally.outcomes.insert(outcome.to_owned(), 1)),
            }
            let Some(host) = PageKey::host_of(name) else { return };
            if !hosts.contains_key(host) {
                hosts.insert(host.to_owned(), (0, 0));
            }
            if let Some((pages, failures)) = hosts.get_mut(host) {
                *pages += 1;
                *failures += failed;
            }
        })?;
        tally.host_count = hosts.len();
        let hosts = hosts.into_iter().map(|(host, (pages, failed))| HostTally { host, pages, failed });
        tally.hosts = hosts.collect();
        tally.hosts.sort_unstable_by(|a, b| (b.failed, b.pages, &a.host).cmp(&(a.failed, a.pages, &b.host)));
        tally.hosts.truncate(max_hosts);
        Ok(tally)
    }

    /// Gives the names of the pages that failed to `each`, in no order that means anything.
    ///
    /// # Errors
    /// [`Error::State`]
    pub fn each_failure(&self, mut each: impl FnMut(&str)) -> Result<(), Error> {
        self.each_page("SELECT name, outcome, 1 FROM pages WHERE error IS NOT NULL", |name, _, _| each(name))
    }

    fn each_page(&self, sql: &str, mut each: impl FnMut(&str, &str, bool)) -> Result<(), Error> {
        let mut read = || {
            let mut statement = self.connection.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                each(row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?, row.get(2)?);
            }
            Ok(())
        };
        read().map_err(|error| failure(&self.path, &error))
    }
}
