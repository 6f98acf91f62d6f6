//! What would be fetched.

use std::collections::HashSet;
use std::io::{self, Write};

use super::claim::state_to_resume;
use crate::error::Error;
use crate::input::{Job, Work};
use crate::options::{OutputFormat, OutputOptions, Resume};
use crate::state::PageKey;

/// Names the sources that a crawl would fetch or read, one a line on standard output: each once, and without those that
/// are done where the crawl goes on with an earlier run. No site is asked, so what its robots.txt forbids is among them.
///
/// # Errors
/// What `jobs` gives, [`Error::Usage`] where the crawl would not go on with the earlier run, [`Error::State`],
/// [`Error::Output`].
pub(in crate::run) fn rehearse(
    jobs: impl Iterator<Item = Result<Job, Error>>,
    output: &OutputOptions,
    format: OutputFormat,
    resume: Resume,
    manner: &str,
) -> Result<u64, Error> {
    let state = state_to_resume(output, format, resume, manner)?;
    let cannot = |error| Error::Output { target: "standard output".to_owned(), error };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut named = HashSet::new();
    for job in jobs {
        let Job { name, work, .. } = job?;
        let key = match &work {
            Work::Fetch(url) => PageKey::of_url(url),
            Work::Open(_) | Work::Failed(_) => PageKey::of_source(&name),
        };
        let is_done = state.as_ref().map_or(Ok(false), |state| state.is_done(&key))?;
        // The hashes alone: the names of millions would fill the memory.
        if !is_done && named.insert(key.hash()) {
            writeln!(out, "{name}").map_err(cannot)?;
        }
    }
    out.flush().map_err(cannot)?;
    Ok(named.len() as u64)
}
