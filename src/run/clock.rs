//! The clock. No other module of the run asks for the time.

use std::time::{Duration, Instant};

/// Time since a moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts.
    pub(super) fn start() -> Self {
        Stopwatch(Instant::now())
    }

    /// The time since the start.
    pub(super) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// Does `work` and adds the time it took to `sum`.
pub(super) fn timed<T>(sum: &mut Duration, work: impl FnOnce() -> T) -> T {
    let stopwatch = Stopwatch::start();
    let result = work();
    *sum += stopwatch.elapsed();
    result
}
