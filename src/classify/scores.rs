//! Weighted sums: features times weights, as a likelihood.

use crate::knowledge::Weights;

/// Declares features with the code that gives each its value: `NAMES`, and `fill`, which writes a row.
macro_rules! features {
    ($seen:ty: $($name:literal => $value:expr,)*) => {
        /// The names of the features, in the order of a row.
        pub(super) const NAMES: &[&str] = &[$($name),*];

        /// Writes the features of one block to `row`.
        pub(super) fn fill(seen: &$seen, row: &mut Vec<f32>) {
            row.clear();
            $({
                let value: fn(&$seen) -> f32 = $value;
                row.push(value(seen));
            })*
        }
    };
}
pub(super) use features;

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
