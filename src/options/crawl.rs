//! How a list of addresses is worked off.

use std::path::PathBuf;

/// How a list of addresses is worked off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CrawlOptions {
    /// Whether an earlier run is continued; default not.
    pub resume: Resume,
    /// A WARC file that gets each request for a page and its answer, those for robots.txt not; default none.
    pub save_warc: Option<PathBuf>,
    /// The state of an earlier crawl. A page that has not changed since is not sent again: its record is taken from
    /// that crawl's output, which has to be made with the same options. Default none.
    pub cache: Option<PathBuf>,
    /// A file that gets the sources that failed, one a line; default none.
    pub failed_file: Option<PathBuf>,
    /// Whether pages are fetched or only named; default fetched.
    pub rehearsal: Rehearsal,
}

/// Whether an earlier run is continued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Resume {
    /// The run starts afresh.
    #[default]
    Afresh,
    /// What the run before left undone is done now, with the options that decide what a record holds as they were. Where
    /// there was none, the run starts afresh.
    Continued,
}

/// Whether pages are fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Rehearsal {
    /// They are.
    #[default]
    Real,
    /// They are named on standard output and left alone.
    Dry,
}
