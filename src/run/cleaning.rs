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
    queue: Mutex<Queue>,
}

/// The pages that wait, and how far their files were announced.
struct Queue {
    waiting: VecDeque<Waiting>,
    /// Pages that were taken off it.
    taken: usize,
    /// Pages whose files were announced, if they are files, of all that came.
    announced: usize,
    files_ahead: usize,
}

impl Queue {
    fn take(&mut self) -> Option<Waiting> {
        let page = self.waiting.pop_front()?;
        self.taken += 1;
        Some(page)
    }

    /// The files that are to be announced now.
    fn files_to_announce(&mut self) -> Vec<PathBuf> {
        let from = self.announced.max(self.taken) - self.taken;
        let to = self.waiting.len().min(self.files_ahead).max(from);
        self.announced = self.taken + to;
        self.waiting.range(from..to).filter_map(Waiting::file).collect()
    }
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
        let (waiting, files_ahead) = (VecDeque::new(), FILES_AHEAD * threads);
        let queue = Queue { waiting, taken: 0, announced: 0, files_ahead };
        let desk = Desk { worker, queue: Mutex::new(queue) };
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
        self.desk.queue().waiting.push_back(Waiting { ticket, arrival, fetch, cleaned });
        self.desk.announce_files();
        let desk = Arc::clone(&self.desk);
        // One call a page: none is left waiting, though one call may do the pages of others.
        self.threads.spawn(move || desk.clean_some());
        let outcome = outcome.await.map_err(|error| cannot_start("cleaning", &error));
        // Not by the threads that clean: they have more to do than this one.
        self.desk.announce_files();
        outcome
    }
}

impl Desk {
    fn next(&self) -> Option<Waiting> {
        self.queue().take()
    }

    fn announce_files(&self) {
        let files = self.queue().files_to_announce();
        for file in files {
            announce(&file);
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Local;
    use crate::page::Source;

    fn waiting(name: &str, local: Local) -> Waiting {
        let ticket = Ticket { name: name.to_owned(), source: Source::File(name.into()), group: 0 };
        Waiting { ticket, arrival: Arrival::Local(local), fetch: Duration::ZERO, cleaned: oneshot::channel().0 }
    }

    #[test]
    fn each_file_is_announced_once_and_no_more_than_so_many_ahead() {
        let mut queue = Queue { waiting: VecDeque::new(), taken: 0, announced: 0, files_ahead: 2 };
        let announced = |queue: &mut Queue| -> Vec<String> {
            queue.files_to_announce().iter().map(|file| file.display().to_string()).collect()
        };
        assert!(announced(&mut queue).is_empty());
        for name in ["a", "b", "c", "d"] {
            queue.waiting.push_back(waiting(name, Local::File(name.into())));
        }
        queue.waiting.push_back(waiting("-", Local::Stdin));
        assert_eq!(announced(&mut queue), ["a", "b"]);
        assert!(announced(&mut queue).is_empty());
        assert_eq!(queue.take().map(|page| page.ticket.name).as_deref(), Some("a"));
        assert_eq!(announced(&mut queue), ["c"]);
        // Taken before its turn to be announced came.
        queue.take();
        queue.take();
        queue.take();
        assert!(announced(&mut queue).is_empty());
        queue.waiting.push_back(waiting("e", Local::File("e".into())));
        assert_eq!(announced(&mut queue), ["e"]);
    }
}
