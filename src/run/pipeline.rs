//! All concurrency of the program.

use std::fmt::Display;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use futures_util::stream::{self, StreamExt};
use rayon::{ThreadPool, ThreadPoolBuilder};
use tokio::runtime;
use tokio::sync::{OnceCell, OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

use super::page::{Arrival, Outcome, PageWorker, Ticket};
use crate::clock::Stopwatch;
use crate::error::Error;
use crate::fetch::{Pacer, PoliteFetcher};
use crate::input::{Job, Work};
use crate::options::{FetchOptions, Order};

/// Bytes of a cleaning thread's stack: four times the default, for pages nested deep. Pages are cut at a depth far
/// below what this holds.
const STACK_BYTES: usize = 8 * 1024 * 1024;

/// Pages that are fetched at once, at most: more would only wait for sockets.
pub(super) const MAX_CONCURRENCY: usize = 10_000;

/// Fetches pages and has them cleaned, several at once, and gives the outcomes to `each` in the order of `jobs`, or as they
/// come.
///
/// One thread names the jobs (standard input may be slow), this one fetches and writes, the pool reads and cleans.
/// At most `2 × threads + 8 × max_concurrency` pages are under way: a page that is slow to come holds up the output
/// of the pages behind it, but their fetching only when so many are done and wait. Records of JSON Lines and
/// WARC files are held in memory from when they are read until their own are written: at most `3 × threads + 2` of them.
///
/// # Errors
/// What `jobs` or `each` gives, and [`Error::Start`].
pub(super) fn run_pages(
    mut jobs: impl Iterator<Item = Result<Job, Error>> + Send + 'static,
    worker: PageWorker,
    options: &FetchOptions,
    threads: NonZeroUsize,
    order: Order,
    each: &mut dyn FnMut(Outcome) -> Result<(), Error>,
) -> Result<(), Error> {
    let runtime =
        runtime::Builder::new_current_thread().enable_all().build().map_err(|e| cannot_start("the runtime", &e))?;
    let pool = pool(threads.get())?;
    let concurrency = options.max_concurrency.clamp(1, MAX_CONCURRENCY);
    let window = 2 * threads.get() + 8 * concurrency;
    let (sender, mut receiver) = mpsc::channel(threads.get());
    let lines = Arc::new(Semaphore::new(2 * threads.get()));
    // It ends when the jobs do, or at the first send after the receiver is gone; blocked on standard input it ends
    // with the program.
    let naming = thread::spawn(move || jobs.all(|job| sender.blocking_send(job).is_ok()));

    let worker = Arc::new(worker);
    let network = Network { options, fetcher: OnceCell::new(), permits: Semaphore::new(concurrency) };
    let result = runtime.block_on(async {
        let under_way = stream::poll_fn(|context| receiver.poll_recv(context))
            // One job after the other, so that the first in order is never without.
            .then(async |job| admitted(job?, &lines).await)
            .map(async |job| {
                let (Job { name, source, group, work }, permit) = job?;
                let (arrival, fetch) = network.arrive(work).await?;
                let ticket = Ticket { name, source, group };
                clean_on(&pool, &worker, ticket, arrival, fetch).await.map(|outcome| (outcome, permit))
            });
        let mut outcomes = std::pin::pin!(match order {
            Order::Sources => under_way.buffered(window).left_stream(),
            Order::Done => under_way.buffer_unordered(window).right_stream(),
        });
        while let Some(outcome) = outcomes.next().await {
            let (outcome, _permit) = outcome?;
            each(outcome)?;
        }
        Ok(())
    });
    // A look-up of a host that hangs must not hold up the end.
    runtime.shutdown_background();
    result?;
    // All jobs came through, unless the thread that names them broke down.
    naming.join().map(drop).map_err(|_| cannot_start("the next source", &"a fault of the program"))
}

/// The job when there is room for it. A record takes up memory already, where a file or an address does not.
async fn admitted(job: Job, lines: &Arc<Semaphore>) -> Result<(Job, Option<OwnedSemaphorePermit>), Error> {
    if !matches!(&job.work, Work::Open(local) if local.is_in_memory()) {
        return Ok((job, None));
    }
    let permit = Arc::clone(lines).acquire_owned().await;
    permit.map(|permit| (job, Some(permit))).map_err(|error| cannot_start("the next line", &error))
}

/// The threads that clean.
///
/// # Errors
/// [`Error::Start`]
pub(super) fn pool(threads: usize) -> Result<ThreadPool, Error> {
    let pool = ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK_BYTES).build();
    pool.map_err(|error| cannot_start("the threads", &error))
}

/// Has a page cleaned by the pool.
pub(super) async fn clean_on(
    pool: &ThreadPool,
    worker: &Arc<PageWorker>,
    ticket: Ticket,
    arrival: Arrival,
    fetch: Duration,
) -> Result<Outcome, Error> {
    let (sender, receiver) = oneshot::channel();
    let worker = Arc::clone(worker);
    pool.spawn(move || {
        // No one waits for it any more when the run ended early.
        let _ = sender.send(worker.work(ticket, arrival, fetch));
    });
    receiver.await.map_err(|error| cannot_start("cleaning", &error))
}

pub(super) fn cannot_start(what: &'static str, reason: &dyn Display) -> Error {
    Error::Start { what, reason: reason.to_string() }
}

/// The network, started at the first URL.
struct Network<'a> {
    options: &'a FetchOptions,
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
        let arrival = match fetcher.get(&url).await {
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
    use crate::options::{InputFormat, PageField};
    use crate::page::Source;
    use crate::run::page::Rooms;
    use crate::run::plan::Silence;
    use crate::warc::{Capture, Field, Place, WarcRecord};
    use crate::write::Jsonl;

    /// Records in memory at once, at most: those that are cleaned or wait to be written, those in the channel, one that is
    /// being admitted and one that was read.
    fn records_in_flight(threads: usize) -> usize {
        2 * threads + threads + 2
    }

    fn worker() -> PageWorker {
        PageWorker {
            cleaner: Cleaner::default(),
            format: Box::new(Jsonl::default()),
            silence: Silence::Nothing,
            reading: Reading { format: InputFormat::Jsonl, field: PageField::Usual, max_bytes: 1 << 20 },
            rooms: Rooms::default(),
        }
    }

    fn line(number: usize) -> Job {
        // Every tenth takes a hundred times as long as the others.
        let text = "The bridge is open again. ".repeat(if number.is_multiple_of(10) { 1000 } else { 10 });
        let json = format!("{{\"id\": {number}, \"text\": \"{text}\"}}");
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
        assert_read_no_faster_than_written(500, line);
        assert_read_no_faster_than_written(200, archived);
    }

    fn assert_read_no_faster_than_written(records: usize, job: fn(usize) -> Job) {
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
            run_pages(jobs, worker(), &FetchOptions::default(), threads, Order::Sources, &mut |outcome| {
                assert_eq!(outcome.ticket.name, written.to_string());
                assert!(outcome.result.is_ok());
                written += 1;
                in_flight.fetch_sub(1, Ordering::SeqCst);
                Ok(())
            })
            .unwrap();
            assert_eq!(written, records);
            let most = most.load(Ordering::SeqCst);
            assert!(most <= records_in_flight(threads.get()), "{most} records at once on {threads} threads");
        }
    }
}
