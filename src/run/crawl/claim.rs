//! The files of a crawl before anything in them changes: locked, and checked against each other.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::archive::Archive;
use super::losses::{
    refuse_failed_file, refuse_other_archive, refuse_output_of_crawl, refuse_own_cache, refuse_unfinished,
};
use super::manner::refuse_other_manner;
use super::plan::{Plan, Resumed};
use super::recorder::Records;
use crate::error::Error;
use crate::input::Reserved;
use crate::options::{CrawlOptions, FetchOptions, OutputFormat, OutputOptions, Resume, Target};
use crate::run::growing::{Beginning, Locked};
use crate::run::pipeline::cannot_start;
use crate::run::plan::Count;
use crate::run::sink::{Sink, names_folder};
use crate::state::{Phase, State};

/// What a crawl is to write. Nothing is lost yet: whatever else is wrong is to be found before [`Claim::begin`].
pub(in crate::run) struct Claim {
    outlet: Outlet,
    archive: Option<Locked>,
    /// How the records are made.
    manner: String,
}

/// Where the records are to go.
enum Outlet {
    /// Into a file that is kept account of, from where its state says.
    Resumed(Locked, State),
    /// Into such a file from its beginning, with a new state at this place.
    Fresh(Locked, PathBuf),
    /// Elsewhere.
    Passing(Sink),
}

impl Claim {
    /// Locks the files.
    ///
    /// # Errors
    /// [`Error::Usage`] where something there would be lost or cannot be gone on with, [`Error::Output`],
    /// [`Error::State`].
    pub(in crate::run) fn lock(
        output: &OutputOptions,
        format: OutputFormat,
        options: &CrawlOptions,
        manner: &str,
    ) -> Result<Claim, Error> {
        if options.cache.is_some() && format != OutputFormat::Jsonl {
            let message = "--cache goes with --to jsonl: it takes records as they are from the earlier output";
            return Err(Error::Usage(message.to_owned()));
        }
        if let Some(list) = &options.failed_file {
            refuse_failed_file(list, &output.target, options.save_warc.as_deref())?;
        }
        let outlet = match kept_output(output, format) {
            Some(path) => {
                refuse_own_cache(path, options.cache.as_deref())?;
                lock_kept(path, options.resume, manner)?
            }
            None if options.resume == Resume::Continued => {
                let message = "--resume goes with -o FILE of JSON Lines: nothing else tells how far a run came";
                return Err(Error::Usage(message.to_owned()));
            }
            None => {
                refuse_output_of_crawl(&output.target)?;
                Outlet::Passing(Sink::open(&output.target, format, Count::Several)?)
            }
        };
        if let Some(archive) = &options.save_warc {
            match &outlet {
                // Its own, of which nothing may be kept yet.
                Outlet::Resumed(_, state) if state.lengths()?.warc > 0 || state.count()? == 0 => {}
                _ => refuse_other_archive(archive)?,
            }
        }
        let archive = options.save_warc.as_deref().map(Archive::lock).transpose()?;
        Ok(Claim { outlet, archive, manner: manner.to_owned() })
    }

    /// What must not be read.
    pub(in crate::run) fn reserved(&self) -> Reserved {
        let mut reserved = match &self.outlet {
            Outlet::Resumed(file, _) | Outlet::Fresh(file, _) => Reserved::file(file.path()),
            Outlet::Passing(sink) => sink.reserved(),
        };
        if let Some(archive) = &self.archive {
            reserved.add_file(archive.path());
        }
        reserved
    }

    /// Whether records go to standard output.
    pub(in crate::run) fn is_stdout(&self) -> bool {
        matches!(&self.outlet, Outlet::Passing(sink) if sink.is_stdout())
    }

    /// Cuts the files to where they begin.
    ///
    /// # Errors
    /// [`Error::Output`], [`Error::State`]
    pub(in crate::run) fn begin(self, fetch: &FetchOptions) -> Result<Plan, Error> {
        let (records, state, temporary, resumed) = match self.outlet {
            Outlet::Resumed(file, state) => {
                let file = file.grow(Beginning::First(state.lengths()?.output))?;
                state.set_phase(Phase::Underway)?;
                (Records::Growing(file), state, None, Resumed::State)
            }
            Outlet::Fresh(file, path) => {
                // What is there goes when the new state is there: a run that is killed in between can be gone on with.
                let state = State::create(&path)?;
                (Records::Growing(file.grow(Beginning::Empty)?), state, None, Resumed::Nothing)
            }
            Outlet::Passing(sink) => {
                let (folder, state) = temporary_state()?;
                (Records::Passing(sink), state, Some(folder), Resumed::Nothing)
            }
        };
        state.set_manner(&self.manner)?;
        let committed = state.lengths()?;
        let beginning = if committed.warc > 0 { Beginning::First(committed.warc) } else { Beginning::Empty };
        let archive = self.archive.map(|file| Archive::begin(file, beginning, fetch)).transpose()?;
        Ok(Plan { records, archive, state, temporary, committed, resumed })
    }
}

/// The file that is kept account of: one of JSON Lines.
fn kept_output(output: &OutputOptions, format: OutputFormat) -> Option<&Path> {
    let Target::Path(path) = &output.target else { return None };
    let is_file = !names_folder(path) && path.metadata().map_or(true, |metadata| metadata.is_file());
    (format == OutputFormat::Jsonl && is_file && path != Path::new("/dev/stdout")).then_some(path)
}

fn lock_kept(output: &Path, resume: Resume, manner: &str) -> Result<Outlet, Error> {
    let path = state_path(output);
    match resume {
        Resume::Continued => {
            if let Some(state) = resumed_state(output, &path, manner)? {
                return Ok(Outlet::Resumed(Locked::open(output)?, state));
            }
        }
        Resume::Afresh if State::exists(&path)? => refuse_unfinished(&path)?,
        Resume::Afresh => {}
    }
    Ok(Outlet::Fresh(Locked::open(output)?, path))
}

/// The state that a crawl goes on with; nothing where it begins afresh.
///
/// # Errors
/// [`Error::Usage`] where records of two kinds would stand in the output, or what it holds cannot be told;
/// [`Error::State`]
pub(super) fn state_to_resume(
    output: &OutputOptions,
    format: OutputFormat,
    resume: Resume,
    manner: &str,
) -> Result<Option<State>, Error> {
    match kept_output(output, format) {
        Some(path) if resume == Resume::Continued => resumed_state(path, &state_path(path), manner),
        _ => Ok(None),
    }
}

/// The state at `path` of the crawl into `output`, if there was one.
fn resumed_state(output: &Path, path: &Path, manner: &str) -> Result<Option<State>, Error> {
    if !State::exists(path)? {
        if output.metadata().is_ok_and(|metadata| metadata.len() > 0) {
            return Err(Error::Usage(format!(
                "--resume: there is no {} to tell what {} holds; remove the output to start afresh",
                path.display(),
                output.display()
            )));
        }
        return Ok(None);
    }
    let state = State::open(path)?;
    if !output.exists() && state.lengths()?.output > 0 {
        return Err(Error::Usage(format!(
            "--resume: {} is missing: put it back, or remove {} to start afresh",
            output.display(),
            path.display()
        )));
    }
    // Where nothing is done yet, there is no record that is made otherwise.
    if state.count()? > 0 {
        let instead = format!("remove {} to start afresh", path.display());
        refuse_other_manner(&state, manner, &format!("--resume: {}", output.display()), &instead)?;
    }
    Ok(Some(state))
}

/// A state that no one asked for, and the folder that is removed with it.
fn temporary_state() -> Result<(TempDir, State), Error> {
    let folder = tempfile::Builder::new().prefix("cleancopy-").tempdir();
    let folder = folder.map_err(|error| cannot_start("the state (in the temporary folder)", &error))?;
    let state = State::create(&folder.path().join("state"))?;
    Ok((folder, state))
}

/// Where the state of the crawl into `output` is kept.
pub(in crate::run) fn state_path(output: &Path) -> PathBuf {
    let mut path = output.as_os_str().to_owned();
    path.push(".state");
    path.into()
}
