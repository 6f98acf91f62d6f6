//! How many records are held in memory at once.

use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bytes that one share of the budget stands for.
const SHARE_BYTES: usize = 1 << 16;
/// Shares of the largest records, whatever their length.
const MOST_SHARES: usize = 16;
/// The largest records that a thread has: one that is cleaned, one that waits.
const LARGEST: usize = 2;

/// Room for the records that were read and not yet written.
#[derive(Debug, Clone)]
pub(super) struct RecordBudget(Arc<Semaphore>);

/// The room of a record, until it is dropped.
pub(super) type Room = OwnedSemaphorePermit;

impl RecordBudget {
    /// For so many threads: each may have two records of any length, or 2 MB of short ones.
    pub(super) fn of_threads(threads: usize) -> Self {
        RecordBudget(Arc::new(Semaphore::new(threads * LARGEST * MOST_SHARES)))
    }

    /// Waits until there is room for a record of so many bytes. `None` once the budget is closed.
    pub(super) fn wait(&self, bytes: usize, handle: &Handle) -> Option<Room> {
        let shares = (bytes / SHARE_BYTES + 1).min(MOST_SHARES);
        handle.block_on(Arc::clone(&self.0).acquire_many_owned(shares as u32)).ok()
    }

    /// Lets no one wait any longer.
    pub(super) fn close(&self) {
        self.0.close();
    }
}
