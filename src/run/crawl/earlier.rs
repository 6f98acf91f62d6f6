//! What an earlier crawl knows: pages that have not changed since need not be sent again.

use std::fs::File;
use std::path::Path;

use super::manner::refuse_other_manner;
use crate::error::Error;
use crate::fetch::Validators;
use crate::run::growing::{is_plain, line_at};
use crate::state::{PageKey, State};
use crate::verdict::PageVerdict;

/// The state of an earlier crawl and its output.
pub(super) struct Earlier {
    state: State,
    output: File,
}

/// A page that the earlier crawl got.
pub(super) struct Known {
    /// What its server called that version.
    pub(super) validators: Validators,
    /// What it was.
    pub(super) verdict: PageVerdict,
    /// Its record.
    pub(super) record: Vec<u8>,
}

impl Earlier {
    /// Opens the crawl whose state is at `path`; its output is beside it.
    ///
    /// # Errors
    /// [`Error::Usage`] where the output is missing or compressed, or its records are not made in this `manner`,
    /// [`Error::State`].
    pub(super) fn open(path: &Path, manner: &str) -> Result<Earlier, Error> {
        let state = State::open(path)?;
        refuse_other_manner(&state, manner, &format!("--cache {}", path.display()), "leave --cache out")?;
        let refuse = |why: &str| Error::Usage(format!("--cache {}: {why}", path.display()));
        let name = path.to_string_lossy();
        let Some(output) = name.strip_suffix(".state").map(Path::new) else {
            return Err(refuse("give the state of an earlier crawl: the name of its output with .state behind it"));
        };
        if !is_plain(output) {
            return Err(refuse("its output is compressed, so single records cannot be taken from it"));
        }
        match File::open(output) {
            Ok(output) => Ok(Earlier { state, output }),
            Err(error) => Err(refuse(&format!("its output {} cannot be read: {error}", output.display()))),
        }
    }

    /// The page, if the earlier crawl got it and its server gave the version a name.
    pub(super) fn known(&mut self, key: &PageKey) -> Result<Option<Known>, Error> {
        let Some(row) = self.state.version(key)? else { return Ok(None) };
        let validators = Validators { etag: row.stamps.etag, last_modified: row.stamps.modified };
        if validators.is_empty() {
            return Ok(None);
        }
        // Without the record the page is fetched as any other.
        let record = line_at(&mut self.output, row.offset).ok().filter(|line| line.starts_with(b"{"));
        let verdict = PageVerdict::named(&row.outcome);
        Ok(verdict.zip(record).map(|(verdict, record)| Known { validators, verdict, record }))
    }
}
