//! The orchestrator: sources → pages in flight → cleaning on CPU threads → records.
//!
//! - `plan`: what the options mean together
//! - `pipeline`: all concurrency
//! - `page`: one page from bytes to record
//! - `sink`, `stream`, `output`, `frame`, `table`, `names`: where records go
//! - `report`: what is said on standard error

mod budget;
mod cleaning;
mod crawl;
mod format;
mod frame;
mod growing;
mod interrupt;
mod log;
mod names;
mod output;
mod page;
mod pipeline;
mod plan;
mod report;
mod sink;
mod status;
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
use crate::input::{Reading, Reserved, Sources, count_entries};
use crate::options::{
    CleanOptions, FetchOptions, InputOptions, Messages, Options, OutputFormat, OutputOptions, Progress, Rehearsal,
    RunOptions, Stats,
};

use self::crawl::{FailedFile, Narrate, Network, Resumed, Showing};
use self::page::{PageWorker, Rooms};
use self::plan::Count;
use self::report::{Counting, Report, Voice};
use self::sink::Sink;

pub use log::log_to_stderr;
pub use report::{Ending, Summary};
pub use status::print_status;

/// Cleans all sources that `options` name and writes their articles. What fails is counted and does not stop the
/// others.
///
/// # Errors
/// What ends the run: arguments that do not go together, a list that cannot be read, an output that cannot be
/// written.
pub fn run(mut options: Options) -> Result<Summary, Error> {
    options.input = plan::input(options.input)?;
    let count = plan::count(&options.input);
    let format = plan::format(&options.output, count)?;
    let stats = options.run.stats;
    let summary = match (options.crawl.rehearsal, crawl::is_crawl(&options.input, &options.crawl)) {
        (Rehearsal::Dry, _) => return rehearse(options, format),
        (Rehearsal::Real, true) => work_off(options, format)?,
        (Rehearsal::Real, false) => clean_in_order(options, format, count)?,
    };
    if stats == Stats::Json {
        report::print_stats(&summary);
    }
    Ok(summary)
}

/// Cleans the sources and writes their records in their order.
fn clean_in_order(options: Options, format: OutputFormat, count: Count) -> Result<Summary, Error> {
    let Options { input, fetch, clean, output, run, .. } = options;
    crawl::refuse_output_of_crawl(&output.target)?;
    let mut sink = Sink::open(&output.target, format, count)?;
    let worker = worker(&input, &fetch, clean, &output, format);
    let sources = Sources::open(input, fetch.max_body_bytes, sink.reserved())?;
    let archives = sources.archive_tally();
    let bar = if shows_progress(run, count, sink.is_stdout()) { report::progress_bar() } else { None };
    let voice = Voice::new(run.messages, bar);
    if let Some(note) = plan::note_of_name(&output, format) {
        voice.say(&note);
    }
    let mut report = Report::start(voice.clone(), worker.silence, Counting::Here)?;
    pipeline::run_pages(
        sources,
        worker,
        &fetch,
        threads(run.threads),
        sink.order(run.order),
        &voice,
        &mut |outcome| {
            let mut writing = Duration::ZERO;
            let written = clock::timed(&mut writing, || sink.write(&outcome.ticket, &outcome.record));
            report.add_write(writing);
            report.page(&outcome);
            written
        },
    )?;
    sink.finish()?;
    voice.say_archives(&archives);
    Ok(report.finish())
}

/// Works off the sources as a crawl.
fn work_off(options: Options, format: OutputFormat) -> Result<Summary, Error> {
    let Options { input, fetch, crawl, clean, output, run } = options;
    let manner = crawl::manner(&clean, &output);
    let claim = crawl::Claim::lock(&output, format, &crawl, &manner)?;
    let network = Network::new(&fetch, &crawl, &manner)?;
    let worker = worker(&input, &fetch, clean, &output, format);
    let bar = if shows_progress(run, Count::Several, claim.is_stdout()) { report::crawl_bar() } else { None };
    let narrate = if bar.is_none() && run.messages != Messages::Quiet { Narrate::Lines } else { Narrate::Nothing };
    let is_shown = bar.is_some() || narrate == Narrate::Lines;
    let total = if is_shown { list_length(&input) } else { None };
    let mut reserved = claim.reserved();
    let failed_file = crawl.failed_file.as_deref().map(|file| FailedFile::of(file, input.list.as_deref()));
    if let Some(FailedFile::Another(file)) = failed_file {
        reserved.add_file(file);
    }
    let sources = Sources::open(input, fetch.max_body_bytes, reserved)?;
    let archives = sources.archive_tally();
    let voice = Voice::new(run.messages, bar);
    if let Some(note) = plan::note_of_name(&output, format) {
        voice.say(&note);
    }
    let mut plan = claim.begin(&fetch)?;
    let mut report = Report::start(voice.clone(), worker.silence, Counting::Elsewhere)?;
    if plan.resumed == Resumed::State {
        voice.say(&format!("going on: {} pages are done", crawl::grouped(plan.done()?)));
        report.goes_on();
        if plan.leaves_archive() {
            voice.say("the WARC file of the run before is not gone on with: --save-warc is not given");
        }
    }
    let (state, temporary) = plan.state();
    let showing = Showing { report, voice: voice.clone(), narrate, total };
    let prepared = plan.prepare(worker, network, threads(run.threads).get(), showing)?;
    let summary = crawl::crawl(sources, prepared)?;
    voice.say_archives(&archives);
    match failed_file {
        Some(FailedFile::List(list)) if summary.ending == Ending::Interrupted => {
            voice.say(&format!("{} is as it was: not all of its pages are done", list.display()));
        }
        Some(FailedFile::Another(file) | FailedFile::List(file)) => crawl::write_failed(&state, file)?,
        None => {}
    }
    if summary.ending == Ending::Interrupted {
        let how = match temporary {
            None => "the same command with --resume goes on",
            Some(_) => "only -o FILE of JSON Lines can be gone on with",
        };
        let noun = if summary.pages == 1 { "page" } else { "pages" };
        voice.say(&format!("interrupted, {} {noun} done: {how}", crawl::grouped(summary.pages)));
    }
    Ok(summary)
}

/// Names what a run would fetch.
fn rehearse(options: Options, format: OutputFormat) -> Result<Summary, Error> {
    let manner = crawl::manner(&options.clean, &options.output);
    let sources = Sources::open(options.input, options.fetch.max_body_bytes, Reserved::default())?;
    crawl::rehearse(sources, &options.output, format, options.crawl.resume, &manner)?;
    Ok(Summary::default())
}

fn worker(
    input: &InputOptions,
    fetch: &FetchOptions,
    clean: CleanOptions,
    output: &OutputOptions,
    format: OutputFormat,
) -> PageWorker {
    let reading = Reading { format: input.format, field: input.field.clone(), max_bytes: fetch.max_body_bytes };
    let silence = plan::silence(format);
    let (cleaner, format) = (Cleaner::new(clean), format::writer(format, output));
    PageWorker { cleaner, format, silence, reading, rooms: Rooms::default() }
}

/// Pages of the list, where it can be counted ahead.
fn list_length(input: &InputOptions) -> Option<u64> {
    let listed = input.list.as_deref().map_or(Some(0), count_entries)?;
    Some(listed + input.sources.len() as u64)
}

/// Whether a line of progress is of use and nothing else is written where it stands.
fn shows_progress(run: RunOptions, count: Count, writes_stdout: bool) -> bool {
    run.progress == Progress::Auto
        && run.messages == Messages::Notes
        && count == Count::Several
        && !(writes_stdout && io::stdout().is_terminal())
}

/// The threads asked for, else one a core.
fn threads(asked: Option<NonZeroUsize>) -> NonZeroUsize {
    asked.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
}
