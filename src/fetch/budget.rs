//! The time of a page.

use std::time::Duration;

use crate::clock::Stopwatch;
use crate::error::PageErrorKind;

/// The time that a page may take in all, of which some is spent. What is waited for in between, such as the leave of a
/// gate, does not count.
#[derive(Debug)]
pub(super) struct Budget {
    total: Duration,
    spent: Duration,
}

impl Budget {
    pub(super) fn new(total: Duration) -> Self {
        Budget { total, spent: Duration::ZERO }
    }

    /// Does `work` for as long as there is time.
    ///
    /// # Errors
    /// What `work` gives, and `Timeout` where the time runs out.
    pub(super) async fn spend<T>(
        &mut self,
        work: impl Future<Output = Result<T, PageErrorKind>>,
    ) -> Result<T, PageErrorKind> {
        let stopwatch = Stopwatch::start();
        let result = tokio::time::timeout(self.total.saturating_sub(self.spent), work).await;
        self.spent = self.spent.saturating_add(stopwatch.elapsed());
        result.unwrap_or(Err(PageErrorKind::Timeout(self.total)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_spent_is_gone() {
        let mut budget = Budget::new(Duration::from_secs(30));
        assert!(matches!(budget.spend(async { Ok(7) }).await, Ok(7)));
        budget.spent = Duration::from_secs(40);
        let late = budget.spend(std::future::pending::<Result<(), _>>()).await;
        assert!(matches!(late, Err(PageErrorKind::Timeout(time)) if time == Duration::from_secs(30)));
    }
}
