//! How fast a body has to come.

use std::pin::{Pin, pin};
use std::time::Duration;

use tokio::time::{Sleep, sleep};

use crate::error::PageErrorKind;

/// The time over which the average is taken.
const WINDOW: Duration = Duration::from_secs(10);

/// Watches a body as it comes. A server that sends a byte now and then would hold a place among the pages in flight for
/// as long as a page may take.
pub(super) struct Pace {
    min_rate: u64,
    window: Pin<Box<Sleep>>,
    /// Bytes that came in this window.
    bytes: u64,
}

impl Pace {
    /// A watch that starts now and wants `min_rate` bytes a second; none with 0.
    pub(super) fn new(min_rate: u64) -> Self {
        Pace { min_rate, window: Box::pin(sleep(WINDOW)), bytes: 0 }
    }

    /// Waits for what comes next.
    ///
    /// # Errors
    /// `TooSlow` where a window ends meanwhile in which too little came. What is there at once is not too late, however
    /// long this machine was busy with other things.
    pub(super) async fn wait<T>(&mut self, next: impl Future<Output = T>) -> Result<T, PageErrorKind> {
        let mut next = pin!(next);
        loop {
            tokio::select! {
                biased;
                next = &mut next => return Ok(next),
                () = self.window.as_mut() => self.next_window()?,
            }
        }
    }

    /// Counts what came.
    pub(super) fn count(&mut self, bytes: usize) {
        self.bytes += bytes as u64;
    }

    fn next_window(&mut self) -> Result<(), PageErrorKind> {
        if self.bytes < self.min_rate.saturating_mul(WINDOW.as_secs()) {
            return Err(PageErrorKind::TooSlow(self.min_rate));
        }
        self.bytes = 0;
        self.window.set(sleep(WINDOW));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Waits for `chunks` of `bytes` each, one each `pause`, on a clock that is wound forward.
    async fn body(min_rate: u64, bytes: usize, pause: Duration, chunks: usize) -> Result<(), PageErrorKind> {
        let mut pace = Pace::new(min_rate);
        for _ in 0..chunks {
            pace.wait(sleep(pause)).await?;
            pace.count(bytes);
        }
        Ok(())
    }

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn a_body_that_trickles_is_too_slow() {
        assert!(matches!(body(500, 1, SECOND / 10, 1000).await, Err(PageErrorKind::TooSlow(500))));
        assert!(matches!(body(500, 450, SECOND, 1000).await, Err(PageErrorKind::TooSlow(500))));
        // It began well and then stopped.
        let mut pace = Pace::new(500);
        pace.count(1_000_000);
        assert!(matches!(pace.wait(std::future::pending::<()>()).await, Err(PageErrorKind::TooSlow(500))));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_keeps_the_pace_is_not() {
        assert!(body(500, 600, SECOND, 1000).await.is_ok());
        assert!(body(500, 8000, SECOND * 9, 100).await.is_ok());
        // A short one is over before it is judged.
        assert!(body(500, 1, SECOND, 9).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn no_pace_is_asked_for_with_zero() {
        assert!(body(0, 0, SECOND * 100, 100).await.is_ok());
    }
}
