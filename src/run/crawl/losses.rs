//! What a run would destroy by an option that was forgotten or mistyped: an earlier crawl, an archive, a list.

use std::path::Path;

use super::claim::state_path;
use crate::error::Error;
use crate::options::Target;
use crate::run::output::Output;
use crate::state::{Phase, State};

/// Where the list of what failed goes.
#[derive(Debug, Clone, Copy)]
pub(in crate::run) enum FailedFile<'a> {
    /// Over the list that is read, which says afterwards what still fails.
    List(&'a Path),
    /// To a file that nothing is read from.
    Another(&'a Path),
}

impl<'a> FailedFile<'a> {
    /// What `file` is beside the `list` that is read.
    pub(in crate::run) fn of(file: &'a Path, list: Option<&Path>) -> Self {
        if list.is_some_and(|list| is_same(list, file)) { FailedFile::List(file) } else { FailedFile::Another(file) }
    }
}

/// What the crawl overwrites or goes on with tells nothing of an earlier one.
pub(super) fn refuse_own_cache(output: &Path, cache: Option<&Path>) -> Result<(), Error> {
    match cache {
        Some(cache) if is_same(&state_path(output), cache) => Err(Error::Usage(format!(
            "--cache {}: it is the state of this output itself; write to another file with -o",
            cache.display()
        ))),
        _ => Ok(()),
    }
}

/// A crawl that took days should not be lost.
pub(super) fn refuse_unfinished(path: &Path) -> Result<(), Error> {
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

/// Refuses to write what is no crawl into the file of an unfinished one, which may be under way.
///
/// # Errors
/// [`Error::Usage`]
pub(in crate::run) fn refuse_output_of_crawl(target: &Target) -> Result<(), Error> {
    let Target::Path(path) = target else { return Ok(()) };
    let state = state_path(path);
    // Another file of this name is none of our business.
    if State::exists(&state).unwrap_or(false) { refuse_unfinished(&state) } else { Ok(()) }
}

/// Refuses to write pages as they came over those of another run: they may be gone from the web.
pub(super) fn refuse_other_archive(archive: &Path) -> Result<(), Error> {
    let is_there = archive.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() > 0);
    if !is_there {
        return Ok(());
    }
    let message = "is there already and would be overwritten: give another name, or remove it";
    Err(Error::Usage(format!("--save-warc {}: it {message}", archive.display())))
}

/// Refuses a list of what failed that is another file of the run, or that cannot be written at the end.
pub(super) fn refuse_failed_file(list: &Path, target: &Target, archive: Option<&Path>) -> Result<(), Error> {
    let (output, state) = match target {
        Target::Path(path) => (Some(path.as_path()), Some(state_path(path))),
        Target::Stdout => (None, None),
    };
    let others = [("the output", output), ("the output's state", state.as_deref()), ("the WARC file", archive)];
    for (what, other) in others {
        if other.is_some_and(|other| is_same(other, list)) {
            return Err(Error::Usage(format!("--failed-file {}: it is {what}", list.display())));
        }
    }
    let is_device = list.metadata().is_ok_and(|metadata| !metadata.is_file());
    if is_device {
        return Ok(());
    }
    Output::open(list).map(drop)
}

/// Whether two names are of one file, which need not be there.
fn is_same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        (Err(_), Err(_)) => std::path::absolute(one).ok() == std::path::absolute(other).ok(),
        _ => false,
    }
}
