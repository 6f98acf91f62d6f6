//! Which errors are tried again, and when.

use std::hash::Hash;
use std::time::Duration;

use super::host::share;
use crate::error::PageErrorKind;
use crate::options::FetchOptions;

/// The longest wait that doubling comes to.
const MAX_WAIT: Duration = Duration::from_secs(600);

/// How far a wait differs from the doubled one, to either side: pages that failed together are not tried together.
const JITTER: f64 = 0.5;

/// When a page is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    max_retries: u32,
    wait: Duration,
    max_retry_after: Duration,
}

/// What becomes of a page that failed.
#[derive(Debug)]
pub enum Next {
    /// It is tried again after this time.
    Again(Duration),
    /// It stays failed.
    Failed(PageErrorKind),
}

impl RetryPolicy {
    /// The policy of the options.
    pub fn new(options: &FetchOptions) -> Self {
        RetryPolicy {
            max_retries: options.max_retries,
            wait: options.retry_wait,
            max_retry_after: options.max_retry_after,
        }
    }

    /// The longest time that a server may ask to wait.
    pub fn max_retry_after(&self) -> Duration {
        self.max_retry_after
    }

    /// What becomes of the page known as `key` whose attempt number `attempt`, from 1, ended in `error`, where the
    /// server asked to wait for `retry_after`.
    pub fn next(&self, key: &impl Hash, attempt: u32, error: PageErrorKind, retry_after: Option<Duration>) -> Next {
        if !error.is_retryable() || attempt > self.max_retries {
            return Next::Failed(error);
        }
        match retry_after {
            Some(wait) if wait > self.max_retry_after => Next::Failed(PageErrorKind::RetryAfter(wait)),
            Some(wait) => Next::Again(wait.max(self.backoff(key, attempt))),
            None => Next::Again(self.backoff(key, attempt)),
        }
    }

    /// The wait doubled by each attempt, more or less a half of it.
    pub fn backoff(&self, key: &impl Hash, attempt: u32) -> Duration {
        let doubled = self.wait.saturating_mul(1_u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX));
        doubled.min(MAX_WAIT).mul_f64(1.0 + JITTER * (2.0 * share(&(key, attempt)) - 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy() -> RetryPolicy {
        RetryPolicy::new(&FetchOptions::default())
    }

    fn unavailable() -> PageErrorKind {
        PageErrorKind::Status { status: 503, reason: String::new() }
    }

    #[test]
    fn waits_double_and_differ_by_page() {
        for attempt in 1..=3 {
            let base = Duration::from_secs(1 << (attempt - 1));
            let wait = policy().backoff(&"a", attempt);
            assert!(wait >= base / 2 && wait <= base * 3 / 2, "{wait:?}");
        }
        assert_ne!(policy().backoff(&"a", 1), policy().backoff(&"b", 1));
        assert!(policy().backoff(&"a", u32::MAX) <= MAX_WAIT * 3 / 2);
    }

    #[test]
    fn passing_faults_are_tried_again_so_often_and_no_longer() {
        assert!(matches!(policy().next(&1, 3, unavailable(), None), Next::Again(_)));
        assert!(matches!(policy().next(&1, 4, unavailable(), None), Next::Failed(PageErrorKind::Status { .. })));
        let gone = PageErrorKind::Status { status: 404, reason: String::new() };
        assert!(matches!(policy().next(&1, 1, gone, None), Next::Failed(PageErrorKind::Status { .. })));
    }

    #[test]
    fn the_server_may_ask_for_more_time_but_not_for_any() {
        let asked = |seconds| policy().next(&1, 1, unavailable(), Some(Duration::from_secs(seconds)));
        assert!(matches!(asked(200), Next::Again(wait) if wait == Duration::from_secs(200)));
        assert!(matches!(asked(0), Next::Again(wait) if wait >= Duration::from_millis(500)));
        assert!(matches!(asked(301), Next::Failed(PageErrorKind::RetryAfter(_))));
    }
}
