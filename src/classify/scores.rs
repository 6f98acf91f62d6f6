//! Weighted sums: features times weights, as a likelihood.

use crate::knowledge::{PassWeights, Weights};

use super::around::{self, Around, At};
use super::features::{self, Seen};
use super::page::PageView;

/// Declares features with the code that gives each its value: `NAMES`, and `fill`, which adds to a row.
macro_rules! feature_list {
    ($seen:ty: $($name:literal => $value:expr,)*) => {
        /// The names of the features, in the order of a row.
        pub(super) const NAMES: &[&str] = &[$($name),*];

        /// Adds the features of one block to `row`.
        pub(super) fn fill(seen: &$seen, row: &mut Vec<f32>) {
            $({
                let value: fn(&$seen) -> f32 = $value;
                row.push(value(seen));
            })*
        }
    };
}
pub(super) use feature_list;

/// 1 for yes, 0 for no.
pub(super) fn yes(answer: bool) -> f32 {
    f32::from(u8::from(answer))
}

/// The weights of some features, in their order.
pub(super) struct WeightRow {
    bias: f32,
    pub(super) weights: Vec<f32>,
}

impl WeightRow {
    /// The weights of the features `names`. A feature without a weight counts nothing.
    pub(super) fn of(weights: &Weights, names: &[&str]) -> Self {
        WeightRow { bias: weights.bias, weights: names.iter().map(|name| weights.of(name)).collect() }
    }

    /// The likelihood, in 0..=1, that features with these values are of a story.
    pub(super) fn likelihood(&self, row: &[f32]) -> f32 {
        let sum: f32 = row.iter().zip(&self.weights).map(|(value, weight)| value * weight).sum();
        1.0 / (1.0 + (-sum - self.bias).exp())
    }
}

/// Both passes.
pub(super) struct Passes {
    own: WeightRow,
    around: WeightRow,
}

/// The scores of a page.
pub(super) struct Scored {
    /// The likelihood of each block, in 0..=1.
    pub(super) likelihoods: Vec<f32>,
    /// The features of each block, those of the first pass first.
    pub(super) rows: Vec<Vec<f32>>,
}

impl Passes {
    pub(super) fn of(weights: &PassWeights) -> Self {
        let second: Vec<&str> = features::NAMES.iter().chain(around::NAMES).copied().collect();
        Passes { own: WeightRow::of(&weights.own, features::NAMES), around: WeightRow::of(&weights.around, &second) }
    }

    pub(super) fn score(&self, page: &PageView<'_>) -> Scored {
        let blocks = 0..page.lines.len();
        let mut rows: Vec<Vec<f32>> = blocks.clone().map(|_| Vec::with_capacity(self.around.weights.len())).collect();
        for (index, row) in rows.iter_mut().enumerate() {
            features::fill(&Seen::new(page, index), row);
        }
        let first: Vec<f32> = rows.iter().map(|row| self.own.likelihood(row)).collect();
        let around = Around::of(page, &first);
        for (index, row) in rows.iter_mut().enumerate() {
            around::fill(&At { page, around: &around, index }, row);
        }
        Scored { likelihoods: rows.iter().map(|row| self.around.likelihood(row)).collect(), rows }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::knowledge::{Knowledge, Weights};

    fn names(weights: &Weights) -> BTreeSet<&str> {
        weights.features.keys().map(String::as_str).collect()
    }

    #[test]
    fn every_feature_has_its_weight() {
        let weights = Knowledge::builtin().weights;
        assert_eq!(names(&weights.own), features::NAMES.iter().copied().collect());
        assert_eq!(names(&weights.around), features::NAMES.iter().chain(around::NAMES).copied().collect());
    }
}
