//! The clock. No other module asks for the time.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Time since a moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts.
    pub(crate) fn start() -> Self {
        Stopwatch(Instant::now())
    }

    /// The time since the start.
    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// Does `work` and adds the time it took to `sum`.
#[cfg(feature = "cli")]
pub(crate) fn timed<T>(sum: &mut Duration, work: impl FnOnce() -> T) -> T {
    let stopwatch = Stopwatch::start();
    let result = work();
    *sum += stopwatch.elapsed();
    result
}

/// The time since the first of January 1970, UTC; zero where the computer's clock stands before it.
pub(crate) fn unix_time() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
