//! What the first scores say of the page as a whole, told to each of its blocks.

use super::around::logit;

/// What the first scores say of the page as a whole.
pub(super) struct Whole {
    /// Blocks that are more likely story than not.
    pub(super) likely: f32,
    /// Their share of the blocks that are not chrome for certain.
    pub(super) share: f32,
    /// How sure the scores of those are, from 0, all even, to 1: the mean of their log-odds' size, counted up to 3.
    pub(super) sureness: f32,
}

impl Whole {
    /// Below this score a block is chrome for certain.
    const CHROME: f32 = 0.03;

    pub(super) fn of(scores: &[f32]) -> Self {
        let open = || scores.iter().filter(|score| **score >= Self::CHROME);
        let count = open().count().max(1) as f32;
        let likely = open().filter(|score| **score > 0.5).count() as f32;
        let sureness = open().map(|score| (logit(*score).abs() / 3.0).min(1.0)).sum::<f32>() / count;
        Whole { likely, share: likely / count, sureness }
    }
}

#[cfg(test)]
mod tests {
    use super::Whole;

    #[test]
    fn chrome_counts_for_nothing() {
        let page = Whole::of(&[0.001, 0.001, 0.999, 0.6, 0.4, 0.001]);
        assert!((page.likely - 2.0).abs() < 0.01 && (page.share - 2.0 / 3.0).abs() < 0.01);
        assert!(page.sureness > 0.3 && page.sureness < 0.5, "one of three is sure: {}", page.sureness);
        let chrome = Whole::of(&[0.001, 0.002]);
        assert!(chrome.likely < 0.5 && chrome.share < 0.01 && chrome.sureness < 0.01);
    }
}
