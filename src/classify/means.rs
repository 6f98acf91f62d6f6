//! The mean score of the blocks beside a block.

/// Scores by their weights, summed up along a page or a text.
pub(super) struct LocalMeans {
    /// For each block, score times weight, weight.
    pub(super) own: Vec<(f32, f32)>,
    /// The sums of those ahead of each block, and of all.
    sums: Vec<(f32, f32)>,
}

impl LocalMeans {
    /// Of blocks by their scores and weights.
    pub(super) fn of(scores: &[f32], weights: &[f32]) -> Self {
        let own: Vec<(f32, f32)> =
            scores.iter().zip(weights).map(|(score, weight)| (score * weight, *weight)).collect();
        let mut sums = Vec::with_capacity(own.len() + 1);
        let mut sum = (0.0_f32, 0.0_f32);
        sums.push(sum);
        for (score, weight) in &own {
            sum = (sum.0 + score, sum.1 + weight);
            sums.push(sum);
        }
        LocalMeans { own, sums }
    }

    /// The weighted mean of up to `reach` scores on each side of a block, its own left out.
    pub(super) fn beside(&self, index: usize, reach: usize) -> f32 {
        let from = self.sums[index.saturating_sub(reach)];
        let to = self.sums[(index + 1 + reach).min(self.own.len())];
        let own = self.own[index];
        (to.0 - from.0 - own.0) / (to.1 - from.1 - own.1).max(1e-3)
    }
}

#[cfg(test)]
mod tests {
    use super::LocalMeans;

    #[test]
    fn a_mean_is_of_those_beside_by_their_weights() {
        let means = LocalMeans::of(&[1.0, 0.25, 0.5, 0.0], &[3.0, 8.0, 1.0, 5.0]);
        for (index, reach, mean) in [(1, 1, 3.5 / 4.0), (1, 2, 3.5 / 9.0), (0, 1, 0.25), (3, 9, 5.5 / 12.0)] {
            assert!((means.beside(index, reach) - mean).abs() < 1e-6, "{index} {reach}");
        }
        assert!(LocalMeans::of(&[0.7], &[1.0]).beside(0, 4).abs() < 1e-6, "nothing is beside");
    }
}
