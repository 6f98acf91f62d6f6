//! The threads that clean.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rayon::{ThreadPool, ThreadPoolBuilder};
use tokio::sync::oneshot;

use super::page::{Arrival, Outcome, PageWorker, Ticket};
use super::pipeline::cannot_start;
use crate::clock::Stopwatch;
use crate::error::Error;

/// Bytes of a cleaning thread's stack: four times the default, for pages nested deep. Pages are cut at a depth far
/// below what this holds.
const STACK_BYTES: usize = 8 * 1024 * 1024;

/// How long a thread works before it hands over what it has done: to wake the thread that writes takes as long as a
/// sixteenth of a story without markup.
const HANDED_OVER_AFTER: Duration = Duration::from_millis(5);

/// Threads that clean pages, those first that came first.
pub(super) struct Cleaning {
    threads: ThreadPool,
    desk: Arc<Desk>,
}

/// What the threads share.
struct Desk {
    worker: PageWorker,
    waiting: Mutex<VecDeque<Waiting>>,
}

/// A page that waits for a thread.
struct Waiting {
    ticket: Ticket,
    arrival: Arrival,
    fetch: Duration,
    cleaned: oneshot::Sender<Outcome>,
}

impl Cleaning {
    /// Starts the threads.
    ///
    /// # Errors
    /// [`Error::Start`]
    pub(super) fn start(worker: PageWorker, threads: usize) -> Result<Self, Error> {
        let threads = ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK_BYTES).build();
        let threads = threads.map_err(|error| cannot_start("the threads", &error))?;
        Ok(Cleaning { threads, desk: Arc::new(Desk { worker, waiting: Mutex::default() }) })
    }

    /// Has a page cleaned that took `fetch` to come.
    ///
    /// # Errors
    /// [`Error::Start`] where the threads are gone.
    pub(super) async fn clean(&self, ticket: Ticket, arrival: Arrival, fetch: Duration) -> Result<Outcome, Error> {
        let (cleaned, outcome) = oneshot::channel();
        self.desk.push(Waiting { ticket, arrival, fetch, cleaned });
        let desk = Arc::clone(&self.desk);
        // One call a page: none is left waiting, though one call may do the pages of others.
        self.threads.spawn(move || desk.clean_some());
        outcome.await.map_err(|error| cannot_start("cleaning", &error))
    }
}

impl Desk {
    fn push(&self, waiting: Waiting) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push_back(waiting);
    }

    fn next(&self) -> Option<Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    /// Cleans the pages that wait until it is time to hand over what is done.
    fn clean_some(&self) {
        let stopwatch = Stopwatch::start();
        let mut done = Vec::new();
        while let Some(Waiting { ticket, arrival, fetch, cleaned }) = self.next() {
            done.push((cleaned, self.worker.work(ticket, arrival, fetch)));
            if stopwatch.elapsed() >= HANDED_OVER_AFTER {
                break;
            }
        }
        for (cleaned, outcome) in done {
            // No one waits for it any more when the run ended early.
            let _ = cleaned.send(outcome);
        }
    }
}
