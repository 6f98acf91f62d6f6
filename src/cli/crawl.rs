//! How a list of addresses is worked off.

use std::path::PathBuf;

use clap::Args;

use crate::options::{CrawlOptions, Rehearsal, Resume};

#[derive(Debug, Args)]
#[command(next_help_heading = "Crawl")]
pub(super) struct CrawlArgs {
    /// Go on where an earlier run with this output left off
    #[arg(long)]
    resume: bool,

    /// Save each request for a page and its answer to FILE, a WARC archive that
    /// is not there yet, or that of the run that is gone on with
    #[arg(long, value_name = "FILE.warc.gz")]
    save_warc: Option<PathBuf>,

    /// Spare hosts the pages that have not changed since the crawl whose state
    /// is STATE: their records are taken from its output
    #[arg(long, value_name = "STATE")]
    cache: Option<PathBuf>,

    /// Write the sources that failed to FILE, one a line: addresses and files
    /// as -i reads them
    #[arg(long, value_name = "FILE")]
    failed_file: Option<PathBuf>,

    /// Name on standard output what would be fetched, and fetch nothing
    #[arg(long)]
    dry_run: bool,
}

impl CrawlArgs {
    /// The options that the arguments mean.
    pub(super) fn options(self) -> CrawlOptions {
        CrawlOptions {
            resume: if self.resume { Resume::Continued } else { Resume::Afresh },
            save_warc: self.save_warc,
            cache: self.cache,
            failed_file: self.failed_file,
            rehearsal: if self.dry_run { Rehearsal::Dry } else { Rehearsal::Real },
        }
    }
}
