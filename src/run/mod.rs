//! The orchestrator: sources → pages in flight → cleaning on CPU threads → records.
//!
//! - `plan`: what the options mean together
//! - `pipeline`: all concurrency
//! - `page`: one page from bytes to record
//! - `sink`, `stream`, `output`, `frame`, `table`, `names`: where records go
//! - `report`: what is said on standard error

mod format;
mod frame;
mod log;
mod names;
mod output;
mod page;
mod pipeline;
mod plan;
mod report;
mod sink;
mod stream;
#[cfg(feature = "parquet")]
mod table;

use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;
use std::thread;
use std::time::Duration;

use crate::cleaner::Cleaner;
use crate::clock;
use crate::error::Error;
use crate::input::{Reading, Sources};
use crate::options::{Messages, Options, Progress, RunOptions, Stats};

use self::page::PageWorker;
use self::plan::Count;
use self::report::Report;
use self::sink::Sink;

pub use log::log_to_stderr;
pub use report::Summary;

/// Cleans all sources that `options` name and writes their articles. What fails is counted and does not stop the
/// others.
///
/// # Errors
/// What ends the run: arguments that do not go together, a list that cannot be read, an output that cannot be
/// written.
pub fn run(options: Options) -> Result<Summary, Error> {
    let Options { input, fetch, crawl: _, clean, output, run } = options;
    let input = plan::input(input)?;
    let count = plan::count(&input);
    let format = plan::format(&output, count)?;
    let silence = plan::silence(format);
    let mut sink = Sink::open(&output.target, format, count)?;
    let reading = Reading { format: input.format, field: input.field.clone(), max_bytes: fetch.max_body_bytes };
    let sources = Sources::open(input, fetch.max_body_bytes, sink.reserved())?;
    let worker = PageWorker { cleaner: Cleaner::new(clean), format: format::writer(format, &output), silence, reading };
    let bar = if shows_progress(run, count, &sink) { report::progress_bar() } else { None };
    let mut report = Report::start(run.messages, silence, bar);
    pipeline::run_pages(sources, worker, &fetch, threads(run.threads), &mut |outcome| {
        let mut writing = Duration::ZERO;
        let written = clock::timed(&mut writing, || sink.write(&outcome.ticket, &outcome.record));
        report.add_write(writing);
        report.page(&outcome);
        written
    })?;
    sink.finish()?;
    let summary = report.finish();
    if run.stats == Stats::Json {
        report::print_stats(&summary);
    }
    Ok(summary)
}

/// Whether a line of progress is of use and nothing else is written where it stands.
fn shows_progress(run: RunOptions, count: Count, sink: &Sink) -> bool {
    run.progress == Progress::Auto
        && run.messages == Messages::Notes
        && count == Count::Several
        && !(sink.is_stdout() && io::stdout().is_terminal())
}

/// The threads asked for, else one a core.
fn threads(asked: Option<NonZeroUsize>) -> NonZeroUsize {
    asked.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
}
