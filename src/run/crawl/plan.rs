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
use crate::input::Reserved;
use crate::options::{CrawlOptions, FetchOptions, InputOptions, OutputFormat, OutputOptions, Resume, Target};
use crate::run::growing::{Beginning, Locked};
use crate::run::output::Output;
use crate::run::page::PageWorker;
use crate::run::pipeline::{MAX_CONCURRENCY, cannot_start, pool};
use crate::run::plan::Count;
use crate::run::report::{Report, Voice};
use crate::run::sink::{Sink, names_folder};
use crate::state::{Lengths, Phase, State};

/// Whether the sources are worked off as a crawl: those of a list are, and single ones where an option asks for what
/// only a crawl has.
pub(in crate::run) fn is_crawl(input: &InputOptions, crawl: &CrawlOptions) -> bool {
    input.list.is_some() || *crawl != CrawlOptions::default()
}

/// A crawl's files, open.
pub(in crate::run) struct Plan {
    records: Records,
    archive: Option<Archive>,
    state: State,
    /// Where a state is kept that no one asked for: it tells what stands twice in the list.
    temporary: Option<TempDir>,
    committed: Lengths,
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

/// How a crawl is shown.
pub(in crate::run) struct Showing {
    pub(in crate::run) report: Report,
    pub(in crate::run) voice: Voice,
    pub(in crate::run) narrate: Narrate,
    /// Pages of the list, where it was counted.
    pub(in crate::run) total: Option<u64>,
}

impl Plan {
    /// Opens what the crawl writes.
    ///
    /// # Errors
    /// [`Error::Usage`] where something there would be lost or cannot be gone on with, [`Error::Output`],
    /// [`Error::State`].
    pub(in crate::run) fn open(
        output: &OutputOptions,
        format: OutputFormat,
        fetch: &FetchOptions,
        options: &CrawlOptions,
    ) -> Result<Plan, Error> {
        if options.cache.is_some() && format != OutputFormat::Jsonl {
            let message = "--cache goes with --to jsonl: it takes records as they are from the earlier output";
            return Err(Error::Usage(message.to_owned()));
        }
        let (records, state, temporary, resumed) = match kept_output(output, format) {
            Some(path) => {
                refuse_own_cache(path, options.cache.as_deref())?;
                open_kept(path, options.resume)?
            }
            None if options.resume == Resume::Continued => {
                let message = "--resume goes with -o FILE of JSON Lines: nothing else tells how far a run came";
                return Err(Error::Usage(message.to_owned()));
            }
            None => open_passing(output, format)?,
        };
        let committed = state.lengths()?;
        let beginning = if committed.warc > 0 { Beginning::First(committed.warc) } else { Beginning::Empty };
        let archive = options.save_warc.as_ref().map(|path| Archive::open(path, beginning, fetch)).transpose()?;
        if resumed == Resumed::State {
            state.set_phase(Phase::Underway)?;
        }
        Ok(Plan { records, archive, state, temporary, committed, resumed })
    }

    /// What must not be read.
    pub(in crate::run) fn reserved(&self) -> Reserved {
        match &self.records {
            Records::Growing(file) => file.path().canonicalize().map_or(Reserved::Nothing, Reserved::File),
            Records::Passing(sink) => sink.reserved(),
        }
    }

    /// Whether records go to standard output.
    pub(in crate::run) fn is_stdout(&self) -> bool {
        matches!(&self.records, Records::Passing(sink) if sink.is_stdout())
    }

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

    /// Starts what works for the crawl.
    ///
    /// # Errors
    /// [`Error::Start`], and [`Error::Usage`] of what the earlier crawl should be.
    pub(in crate::run) fn prepare(
        self,
        worker: PageWorker,
        fetch: &FetchOptions,
        options: &CrawlOptions,
        threads: usize,
        showing: Showing,
    ) -> Result<Prepared, Error> {
        let Showing { report, voice, narrate, total } = showing;
        let runtime = runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| cannot_start("the runtime", &error))?;
        let (tell, freed) = unbounded_channel();
        let polite = PoliteFetcher::new(fetch, Arc::new(Pacer::new(fetch, Some(tell))))?;
        let earlier = options.cache.as_deref().map(Earlier::open).transpose()?;
        let crew = Crew {
            polite,
            pool: pool(threads)?,
            worker: Arc::new(worker),
            keep: if self.archive.is_some() { Keep::Exchanges } else { Keep::Nothing },
            earlier: earlier.map(RefCell::new),
        };
        let watch = Arc::new(Watch::new(total, voice));
        let reader = State::open(self.state.path())?;
        let recorder =
            Recorder::start(self.records, self.archive, self.state, self.committed, report, Arc::clone(&watch));
        let concurrency = fetch.max_concurrency.clamp(1, MAX_CONCURRENCY);
        Ok(Prepared { runtime, crew, state: reader, recorder, freed, concurrency, threads, watch, narrate })
    }
}

/// The file that is kept account of: one of JSON Lines.
fn kept_output(output: &OutputOptions, format: OutputFormat) -> Option<&Path> {
    let Target::Path(path) = &output.target else { return None };
    let is_file = !names_folder(path) && path.metadata().map_or(true, |metadata| metadata.is_file());
    (format == OutputFormat::Jsonl && is_file && path != Path::new("/dev/stdout")).then_some(path)
}

type Opened = (Records, State, Option<TempDir>, Resumed);

fn open_kept(output: &Path, resume: Resume) -> Result<Opened, Error> {
    let path = state_path(output);
    let exists = State::exists(&path)?;
    match resume {
        Resume::Continued if exists => {
            let state = State::open(&path)?;
            let file = Locked::open(output)?.grow(Beginning::First(state.lengths()?.output))?;
            return Ok((Records::Growing(file), state, None, Resumed::State));
        }
        Resume::Continued if output.metadata().is_ok_and(|metadata| metadata.len() > 0) => {
            return Err(Error::Usage(format!(
                "--resume: there is no {} to tell what {} holds; remove the output to start afresh",
                path.display(),
                output.display()
            )));
        }
        Resume::Afresh if exists => refuse_unfinished(&path)?,
        Resume::Continued | Resume::Afresh => {}
    }
    // What is there goes when the new state is there: a run that is killed in between can be gone on with.
    let file = Locked::open(output)?;
    let state = State::create(&path)?;
    Ok((Records::Growing(file.grow(Beginning::Empty)?), state, None, Resumed::Nothing))
}

/// What the crawl overwrites or goes on with tells nothing of an earlier one.
fn refuse_own_cache(output: &Path, cache: Option<&Path>) -> Result<(), Error> {
    let own = state_path(output).canonicalize().ok();
    match cache {
        Some(cache) if own.is_some() && own == cache.canonicalize().ok() => Err(Error::Usage(format!(
            "--cache {}: it is the state of this output itself; write to another file with -o",
            cache.display()
        ))),
        _ => Ok(()),
    }
}

/// A crawl that took days should not be lost by an option that was forgotten.
fn refuse_unfinished(path: &Path) -> Result<(), Error> {
    let state = State::open(path)?;
    let done = state.count()?;
    if state.phase()? == Phase::Finished || done == 0 {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "{} tells of an unfinished run, {done} pages done: go on with --resume, or remove it to start afresh",
        path.display()
    )))
}

fn open_passing(output: &OutputOptions, format: OutputFormat) -> Result<Opened, Error> {
    let folder = tempfile::Builder::new().prefix("cleancopy-").tempdir();
    let folder = folder.map_err(|error| cannot_start("the state (in the temporary folder)", &error))?;
    let state = State::create(&folder.path().join("state"))?;
    let sink = Sink::open(&output.target, format, Count::Several)?;
    Ok((Records::Passing(sink), state, Some(folder), Resumed::Nothing))
}

/// Where the state of the crawl into `output` is kept.
pub(super) fn state_path(output: &Path) -> PathBuf {
    let mut path = output.as_os_str().to_owned();
    path.push(".state");
    path.into()
}

/// Writes the sources that failed as a list.
///
/// # Errors
/// [`Error::State`], [`Error::Output`]
pub(in crate::run) fn write_failed(state: &Path, list: &Path) -> Result<(), Error> {
    let mut names = Vec::new();
    State::open(state)?.each_failure(|name| {
        names.extend_from_slice(name.as_bytes());
        names.push(b'\n');
    })?;
    let mut output = Output::open(list)?;
    output.write(|out| out.write_all(&names))?;
    output.finish()
}
