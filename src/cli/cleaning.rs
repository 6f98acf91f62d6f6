//! What is kept of a page.

use std::time::Duration;

use clap::Args;

use super::values;
use crate::options::{CleanOptions, Limits, PageParser, Reasons, Strictness};
use crate::verdict::Role;

#[derive(Debug, Args)]
#[command(next_help_heading = "Cleaning")]
pub(super) struct CleaningArgs {
    /// How sure one must be before a line of text without HTML is dropped:
    /// strict (loses least of the stories), balanced, eager (leaves least
    /// inserts), or a number from 0 to 1
    #[arg(long, value_name = "HOW", default_value = "balanced", value_parser = values::strictness)]
    strictness: Strictness,

    /// Keep what is dropped by default: captions, bylines, headlines, bios, …
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = values::role)]
    include: Vec<Role>,

    /// What reads the HTML: streaming (fast), or reference (another parser,
    /// to compare with)
    #[arg(long, value_name = "PARSER", default_value = "streaming", value_parser = values::parser)]
    parser: PageParser,

    /// Give a page up that takes longer than TIME to clean
    #[arg(long, value_name = "TIME", default_value = "20s", value_parser = values::time)]
    clean_timeout: Duration,
}

impl CleaningArgs {
    /// The options that the arguments mean.
    pub(super) fn options(self, reasons: Reasons) -> CleanOptions {
        CleanOptions {
            include: self.include.into_iter().collect(),
            reasons,
            strictness: self.strictness,
            parser: self.parser,
            limits: Limits { max_time: self.clean_timeout, ..Limits::default() },
            ..CleanOptions::default()
        }
    }
}
