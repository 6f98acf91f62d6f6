//! All concurrency of the program.

use std::fmt::Display;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use futures_util::stream::{self, StreamExt};
use tokio::runtime::{self, Handle};
use tokio::sync::{OnceCell, Semaphore, mpsc};

use super::budget::{RecordBudget, Room};
use super::cleaning::Cleaning;
use super::crawl::{LONG_WAIT, in_words};
use super::page::{Arrival, Outcome, PageWorker, Ticket};
use super::report::Voice;
use crate::clock::Stopwatch;
use crate::error::Error;
use crate::fetch::{Pacer, PoliteFetcher};
use crate::input::{Job, Work};
use crate::options::{FetchOptions, Order};
use crate::page::without_credentials;

/// Jobs that are named ahead, a thread.
const JOBS_AHEAD: usize = 16;

/// Pages that are fetched at once, at most: more would only wait for sockets.
pub(super) const MAX_CONCURRENCY: usize = 10_000;

/// Fetches pages and has them cleaned, several at once, and gives the outcomes to `each` in the order of `jobs`, or as they
/// come.
///
/// One thread names the jobs (standard input may be slow), this one fetches and writes, the pool reads and cleans.
/// At most `2 × threads + 8 × max_concurrency` pages are under way: a page that is slow to come holds up the output
/// of the pages behind it, but their fetching only when so many are done and wait. Records of JSON Lines and
/// WARC files are held in memory from when they are read until their own are written: for each thread two of any length
/// or 2 MB of shorter ones, and one that waits for room.
///
/// # Errors
/// What `jobs` or `each` gives, and [`Error::Start`].
pub(super) fn run_pages(
    mut jobs: impl Iterator<Item = Result<Job, Error>> + Send + 'static,
    worker: PageWorker,
    options: &FetchOptions,
    threads: NonZeroUsize,
    order: Order,
    voice: &Voice,
    each: &mut dyn FnMut(Outcome) -> Result<(), Error>,
) -> Result<(), Error> {
    let runtime =
        runtime::Builder::new_current_thread().enable_all().build().map_err(|e| cannot_start("the runtime", &e))?;
    let cleaning = Cleaning::start(worker, threads.get())?;
    let concurrency = options.max_concurrency.clamp(1, MAX_CONCURRENCY);
    let window = 2 * threads.get() + 8 * concurrency;
    let (sender, mut receiver) = mpsc::channel(JOBS_AHEAD * threads.get());
    let budget = RecordBudget::of_threads(threads.get());
    let (room, handle) = (budget.clone(), runtime.handle().clone());
    // It ends when the jobs do, or at the first one after the receiver is gone; blocked on standard input it ends
    // with the program.
    let naming = thread::spawn(move || {
        jobs.all(|job| admitted(job, &room, &handle).is_some_and(|job| sender.blocking_send(job).is_ok()))
    });

    let network = Network { options, voice, fetcher: OnceCell::new(), permits: Semaphore::new(concurrency) };
    let result = runtime.block_on(async {
        let under_way = stream::poll_fn(|context| receiver.poll_recv(context)).map(async |(job, room)| {
            let Job { name, source, group, work } = job?;
            let (arrival, fetch) = network.arrive(work).await?;
            let ticket = Ticket { name, source, group };
            cleaning.clean(ticket, arrival, fetch).await.map(|outcome| (outcome, room))
        });
        let mut outcomes = std::pin::pin!(match order {
            Order::Sources => under_way.buffered(window).left_stream(),
            Order::Done => under_way.buffer_unordered(window).right_stream(),
        });
        while let Some(outcome) = outcomes.next().await {
            let (outcome, _room) = outcome?;
            each(outcome)?;
        }
        Ok(())
    });
    budget.close();
    // A look-up of a host that hangs must not hold up the end.
    runtime.shutdown_background();
    result?;
    // All jobs came through, unless the thread that names them broke down.
    naming.join().map(drop).map_err(|_| cannot_start("the next source", &"a fault of the program"))
}

/// A job, and the room of a record, which takes up memory already, where a file or an address does not.
type Admitted = (Result<Job, Error>, Option<Room>);

/// The job when there is room for it. `None` where the run is over.
fn admitted(job: Result<Job, Error>, budget: &RecordBudget, handle: &Handle) -> Option<Admitted> {
    let bytes = match job.as_ref().map(|job| &job.work) {
        Ok(Work::Open(local)) => local.bytes_in_memory(),
        Ok(_) | Err(_) => None,
    };
    match bytes {
        Some(bytes) => budget.wait(bytes, handle).map(|room| (job, Some(room))),
        None => Some((job, None)),
    }
}

pub(super) fn cannot_start(what: &'static str, reason: &dyn Display) -> Error {
    Error::Start { what, reason: reason.to_string() }
}

/// The network, started at the first URL.
struct Network<'a> {
    options: &'a FetchOptions,
    voice: &'a Voice,
    fetcher: OnceCell<PoliteFetcher>,
    permits: Semaphore,
}

impl Network<'_> {
    /// The page where it is to be fetched, with the time that took.
    async fn arrive(&self, work: Work) -> Result<(Arrival, Duration), Error> {
        let url = match work {
            Work::Open(local) => return Ok((Arrival::Local(local), Duration::ZERO)),
            Work::Failed(kind) => return Ok((Arrival::Failed(kind), Duration::ZERO)),
            Work::Fetch(url) => url,
        };
        let fetcher = self.fetcher.get_or_try_init(async || self.polite()).await?;
        // It is never closed: there is always a permit to come.
        let _permit = self.permits.acquire().await;
        let stopwatch = Stopwatch::start();
        let before_wait = |wait: Duration| {
            if wait >= LONG_WAIT {
                let shown = without_credentials(&url);
                self.voice.say(&format!("{shown}: failed for now, asked again in {}", in_words(wait)));
            }
        };
        let arrival = match fetcher.get(&url, before_wait).await {
            Ok(page) => Arrival::Fetched(page),
            Err(kind) => Arrival::Failed(kind),
        };
        Ok((arrival, stopwatch.elapsed()))
    }

    /// Addresses that were typed are few: they need not be held apart.
    fn polite(&self) -> Result<PoliteFetcher, Error> {
        let options = FetchOptions { host_request_interval: Duration::ZERO, ..self.options.clone() };
        PoliteFetcher::new(&options, Arc::new(Pacer::new(&options, None)))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::cleaner::Cleaner;
    use crate::input::{Local, Reading};
    use crate::options::{InputFormat, Messages, PageField};
    use crate::page::Source;
    use crate::run::page::Rooms;
    use crate::run::plan::Silence;
    use crate::warc::{Capture, Field, Place, WarcRecord};
    use crate::write::Jsonl;

    fn worker() -> PageWorker {
        PageWorker {
            cleaner: Cleaner::default(),
            format: Box::new(Jsonl::default()),
            silence: Silence::Nothing,
            reading: Reading { format: InputFormat::Jsonl, field: PageField::Usual, max_bytes: 2 << 20 },
            rooms: Rooms::default(),
        }
    }

    fn line(number: usize) -> Job {
        // Every tenth takes a hundred times as long as the others.
        line_of(number, if number.is_multiple_of(10) { 1000 } else { 10 }, 0)
    }

    fn long_line(number: usize) -> Job {
        line_of(number, 10, 1 << 20)
    }

    fn line_of(number: usize, sentences: usize, padding: usize) -> Job {
        let text = "The bridge is open again. ".repeat(sentences);
        let padding = "-".repeat(padding);
        let json = format!("{{\"id\": {number}, \"text\": \"{text}\", \"padding\": \"{padding}\"}}");
        let source = Source::Record { container: "x".to_owned(), line: number as u64 };
        Job { name: number.to_string(), source, group: 0, work: Work::Open(Local::Line(json.into_bytes())) }
    }

    fn archived(number: usize) -> Job {
        let block = format!("HTTP/1.1 200 OK\r\n\r\n{}", "<p>The bridge is open again. ".repeat(number % 50));
        let field = |name: &str, value: &str| Field { name: name.to_owned(), value: value.to_owned() };
        let record = WarcRecord {
            place: Place { offset: 0, unpacked: None },
            fields: vec![field("WARC-Type", "response"), field("Content-Type", "application/http")],
            block: block.into_bytes(),
        };
        let work = Work::Open(Local::Archived(Box::new(Capture::of(record).unwrap().unwrap())));
        let source = Source::ArchivePlace { container: "x".to_owned(), offset: number as u64 };
        Job { name: number.to_string(), source, group: 0, work }
    }

    #[test]
    fn records_are_read_no_faster_than_they_are_written() {
        assert_read_no_faster_than_written(500, line, 32);
        assert_read_no_faster_than_written(200, archived, 32);
        assert_read_no_faster_than_written(12, long_line, 2);
    }

    /// At most `records_a_thread` are in memory at once, and one that was read.
    fn assert_read_no_faster_than_written(records: usize, job: fn(usize) -> Job, records_a_thread: usize) {
        for threads in [1, 3] {
            let in_flight = Arc::new(AtomicUsize::new(0));
            let most = Arc::new(AtomicUsize::new(0));
            let (counted, counted_most) = (Arc::clone(&in_flight), Arc::clone(&most));
            let jobs = (0..records).map(move |number| {
                let now = counted.fetch_add(1, Ordering::SeqCst) + 1;
                counted_most.fetch_max(now, Ordering::SeqCst);
                Ok(job(number))
            });
            let mut written = 0;
            let threads = NonZeroUsize::new(threads).unwrap();
            let voice = Voice::new(Messages::Quiet, None);
            run_pages(jobs, worker(), &FetchOptions::default(), threads, Order::Sources, &voice, &mut |outcome| {
                assert_eq!(outcome.ticket.name, written.to_string());
                assert!(outcome.result.is_ok());
                written += 1;
                in_flight.fetch_sub(1, Ordering::SeqCst);
                Ok(())
            })
            .unwrap();
            assert_eq!(written, records);
            let most = most.load(Ordering::SeqCst);
            let allowed = records_a_thread * threads.get() + 1;
            assert!(most <= allowed, "{most} records at once on {threads} threads");
        }
    }
}
