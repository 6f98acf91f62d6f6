//! The threads that clean.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rayon::{ThreadPool, ThreadPoolBuilder};
use tokio::sync::oneshot;

use super::page::{Arrival, Outcome, PageWorker, Ticket};
use super::pipeline::cannot_start;
use crate::clock::Stopwatch;
use crate::error::Error;
use crate::input::announce;

/// Bytes of a cleaning thread's stack: four times the default, for pages nested deep. Pages are cut at a depth far
/// below what this holds.
const STACK_BYTES: usize = 8 * 1024 * 1024;

/// How long a thread works before it hands over what it has done: to wake the thread that writes takes as long as a
/// sixteenth of a story without markup.
const HANDED_OVER_AFTER: Duration = Duration::from_millis(5);

/// Files that are announced to the system ahead of their turn, for each thread: while a disk or a server is slow to give
/// one, others are on their way.
const FILES_AHEAD: usize = 16;

/// Threads that clean pages, those first that came first.
pub(super) struct Cleaning {
    threads: ThreadPool,
    desk: Arc<Desk>,
}

/// What the threads share.
struct Desk {
    worker: PageWorker,
    waiting: Mutex<VecDeque<Waiting>>,
    files_ahead: usize,
}

/// A page that waits for a thread.
struct Waiting {
    ticket: Ticket,
    arrival: Arrival,
    fetch: Duration,
    cleaned: oneshot::Sender<Outcome>,
}

impl Waiting {
    /// The file that is still to be read.
    fn file(&self) -> Option<PathBuf> {
        match &self.arrival {
            Arrival::Local(local) => local.file().map(Path::to_owned),
            Arrival::Fetched(_) | Arrival::Failed(_) => None,
        }
    }
}

impl Cleaning {
    /// Starts the threads.
    ///
    /// # Errors
    /// [`Error::Start`]
    pub(super) fn start(worker: PageWorker, threads: usize) -> Result<Self, Error> {
        let desk = Desk { worker, waiting: Mutex::default(), files_ahead: FILES_AHEAD * threads };
        let threads = ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK_BYTES).build();
        let threads = threads.map_err(|error| cannot_start("the threads", &error))?;
        Ok(Cleaning { threads, desk: Arc::new(desk) })
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
    fn push(&self, page: Waiting) {
        let file = {
            let mut waiting = self.waiting();
            waiting.push_back(page);
            if waiting.len() <= self.files_ahead { waiting.back().and_then(Waiting::file) } else { None }
        };
        if let Some(file) = file {
            announce(&file);
        }
    }

    fn next(&self) -> Option<Waiting> {
        let (page, file) = {
            let mut waiting = self.waiting();
            let page = waiting.pop_front();
            (page, waiting.get(self.files_ahead - 1).and_then(Waiting::file))
        };
        if let Some(file) = file {
            announce(&file);
        }
        page
    }

    fn waiting(&self) -> MutexGuard<'_, VecDeque<Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
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
