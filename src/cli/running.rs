//! How the program runs and what it says.

use std::num::NonZeroUsize;

use clap::{ArgAction, Args};

use super::values;
use crate::options::{Messages, Order, Progress, RunOptions, Stats};

#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "a flag of the command line is a bool; RunOptions has none")]
#[command(next_help_heading = "Running")]
pub(super) struct RunningArgs {
    /// Clean on N threads; default: one a core
    #[arg(long, value_name = "N", value_parser = values::count)]
    threads: Option<NonZeroUsize>,

    /// Write records as pages are done, not in the order of the sources
    #[arg(long)]
    unordered: bool,

    /// Show no progress
    #[arg(long)]
    no_progress: bool,

    /// Say nothing of failed pages and pages without a story
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,

    /// Say what is done (-vv: and how)
    #[arg(short, long, action = ArgAction::Count, conflicts_with = "quiet")]
    verbose: u8,

    /// Say at the end, as one JSON line on standard error: pages, failures,
    /// bytes, and the seconds of each stage
    #[arg(long)]
    stats: bool,
}

impl RunningArgs {
    /// The options that the arguments mean.
    pub(super) fn options(&self) -> RunOptions {
        RunOptions {
            threads: self.threads,
            order: if self.unordered { Order::Done } else { Order::Sources },
            progress: if self.no_progress { Progress::Never } else { Progress::Auto },
            messages: match self.verbose {
                0 if self.quiet => Messages::Quiet,
                0 => Messages::Notes,
                1 => Messages::Info,
                _ => Messages::Debug,
            },
            stats: if self.stats { Stats::Json } else { Stats::Nothing },
        }
    }
}
