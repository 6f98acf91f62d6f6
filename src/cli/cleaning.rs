//! What is kept of a page.

use clap::Args;

use super::values;
use crate::options::{CleanOptions, PageParser, Reasons, Strictness};
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

    /// What reads the HTML: streaming (fast), or reference (html5ever, to
    /// compare with)
    #[arg(long, value_name = "PARSER", default_value = "streaming", value_parser = values::parser)]
    parser: PageParser,
}

impl CleaningArgs {
    /// The options that the arguments mean.
    pub(super) fn options(self, reasons: Reasons) -> CleanOptions {
        CleanOptions {
            include: self.include.into_iter().collect(),
            reasons,
            strictness: self.strictness,
            parser: self.parser,
        }
    }
}
