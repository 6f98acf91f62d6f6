//! What the options mean for a crawl.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;
use tokio::runtime::{self, Runtime};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::archive::Archive;
use super::earlier::Earlier;
use super::errands::Crew;
use super::recorder::{Recorder, Records};
use super::watch::Watch;
use super::work::Narrate;
use crate::error::Error;
use crate::fetch::{HostKey, Keep, Pacer, PoliteFetcher};
use crate::options::{CrawlOptions, FetchOptions, InputOptions};
use crate::run::cleaning::Cleaning;
use crate::run::output::Output;
use crate::run::page::PageWorker;
use crate::run::pipeline::{MAX_CONCURRENCY, cannot_start};
use crate::run::report::{Report, Voice};
use crate::state::{Lengths, State};

/// Whether the sources are worked off as a crawl: those of a list are, and single ones where an option asks for what
/// only a crawl has.
pub(in crate::run) fn is_crawl(input: &InputOptions, crawl: &CrawlOptions) -> bool {
    input.list.is_some() || *crawl != CrawlOptions::default()
}

/// A crawl's files, ready to be written.
pub(in crate::run) struct Plan {
    pub(super) records: Records,
    pub(super) archive: Option<Archive>,
    pub(super) state: State,
    /// Where a state is kept that no one asked for: it tells what stands twice in the list.
    pub(super) temporary: Option<TempDir>,
    pub(super) committed: Lengths,
    pub(in crate::run) resumed: Resumed,
}

/// What a crawl goes on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::run) enum Resumed {
    /// Nothing.
    Nothing,
    /// The state of the run before.
    State,
}

/// A crawl that can begin.
pub(in crate::run) struct Prepared {
    pub(super) runtime: Runtime,
    pub(super) crew: Crew,
    pub(super) state: State,
    pub(super) recorder: Recorder,
    pub(super) freed: UnboundedReceiver<HostKey>,
    pub(super) concurrency: usize,
    pub(super) threads: usize,
    pub(super) watch: Arc<Watch>,
    pub(super) narrate: Narrate,
}

/// What pages come from.
pub(in crate::run) struct Network {
    polite: PoliteFetcher,
    freed: UnboundedReceiver<HostKey>,
    earlier: Option<Earlier>,
    concurrency: usize,
}

impl Network {
    /// The network of the options, for a crawl whose records are made in this `manner`.
    ///
    /// # Errors
    /// [`Error::Usage`] of what cannot be sent and of what the earlier crawl should be, [`Error::State`],
    /// [`Error::Start`].
    pub(in crate::run) fn new(fetch: &FetchOptions, options: &CrawlOptions, manner: &str) -> Result<Network, Error> {
        let (tell, freed) = unbounded_channel();
        let polite = PoliteFetcher::new(fetch, Arc::new(Pacer::new(fetch, Some(tell))))?;
        let earlier = options.cache.as_deref().map(|path| Earlier::open(path, manner)).transpose()?;
        Ok(Network { polite, freed, earlier, concurrency: fetch.max_concurrency.clamp(1, MAX_CONCURRENCY) })
    }
}

/// How a crawl is shown.
pub(in crate::run) struct Showing {
    pub(in crate::run) report: Report,
    pub(in crate::run) voice: Voice,
    pub(in crate::run) narrate: Narrate,
    /// Pages of the list, where it was counted.
    pub(in crate::run) total: Option<u64>,
}

impl Plan {
    /// Where the state is, and what keeps it there.
    pub(in crate::run) fn state(&mut self) -> (PathBuf, Option<TempDir>) {
        (self.state.path().to_owned(), self.temporary.take())
    }

    /// Pages that are done.
    ///
    /// # Errors
    /// [`Error::State`]
    pub(in crate::run) fn done(&self) -> Result<u64, Error> {
        self.state.count()
    }

    /// Whether the run before wrote a WARC file and this one does not.
    pub(in crate::run) fn leaves_archive(&self) -> bool {
        self.committed.warc > 0 && self.archive.is_none()
    }

    /// Starts what works for the crawl.
    ///
    /// # Errors
    /// [`Error::Start`]
    pub(in crate::run) fn prepare(
        self,
        worker: PageWorker,
        network: Network,
        threads: usize,
        showing: Showing,
    ) -> Result<Prepared, Error> {
        let Showing { report, voice, narrate, total } = showing;
        let runtime = runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| cannot_start("the runtime", &error))?;
        let Network { polite, freed, earlier, concurrency } = network;
        let crew = Crew {
            polite,
            cleaning: Cleaning::start(worker, threads)?,
            keep: if self.archive.is_some() { Keep::Exchanges } else { Keep::Nothing },
            earlier: earlier.map(RefCell::new),
        };
        let watch = Arc::new(Watch::new(total, voice));
        let reader = State::open(self.state.path())?;
        let recorder =
            Recorder::start(self.records, self.archive, self.state, self.committed, report, Arc::clone(&watch));
        Ok(Prepared { runtime, crew, state: reader, recorder, freed, concurrency, threads, watch, narrate })
    }
}

/// Writes the sources that failed as a list.
///
/// # Errors
/// [`Error::State`], [`Error::Output`]
pub(in crate::run) fn write_failed(state: &Path, list: &Path) -> Result<(), Error> {
    let mut output = Output::open(list)?;
    let state = State::open(state)?;
    let mut read = Ok(());
    output.write(|out| {
        let mut written = Ok(());
        read = state.each_failure(|name| {
            if written.is_ok() {
                written = writeln!(out, "{name}");
            }
        });
        written
    })?;
    read?;
    output.finish()
}
