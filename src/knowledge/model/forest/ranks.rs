//! Many rows through a forest at once, feature by feature in place of tree by tree ("QuickScorer": Lucchese et al.,
//! "QuickScorer: A Fast Algorithm to Rank Documents with Additive Ensembles of Regression Trees", 2015).
//!
//! Each tree keeps a bit for each leaf that a row may still reach. A split that a row passes on the right takes away the
//! bits of the leaves on its left; in the end the first bit that is left is the leaf of the walk. There is no branch that
//! depends on a row, and the order of the splits does not matter: they are sorted by feature and threshold, so that
//! those above all values of the rows at hand are not looked at.

use super::{LEAF, Packed};

/// Rows that are scored together.
const LANES: usize = 8;

/// A forest of trees of at most [`Ranks::MAX_LEAVES`] leaves, sorted by feature.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Ranks {
    /// The splits of each feature that has any.
    features: Vec<FeatureSplits>,
    /// The values of the leaves, tree by tree.
    leaves: Vec<f32>,
    /// Where each tree begins in `leaves`.
    starts: Vec<u32>,
}

/// All splits of a feature, by threshold.
#[derive(Debug, Clone, Default, PartialEq)]
struct FeatureSplits {
    feature: usize,
    thresholds: Vec<f32>,
    /// For each threshold, its tree and the leaves that are left to a row on its right side.
    rights: Vec<(u32, u32)>,
}

impl Ranks {
    /// Leaves of a tree at the most: a bit each.
    const MAX_LEAVES: usize = 32;

    /// Sorts the trees that begin at `roots`; nothing where one is too large, or where there is none.
    pub(super) fn of(roots: &[u32], nodes: &[Packed], features: usize) -> Option<Self> {
        let mut splits: Vec<Vec<(f32, u32, u32)>> = vec![Vec::new(); features];
        let mut ranks = Ranks::default();
        let ends = roots.iter().skip(1).map(|root| *root as usize).chain([nodes.len()]);
        for (tree, (root, end)) in roots.iter().zip(ends).enumerate() {
            let start = ranks.leaves.len();
            ranks.starts.push(start as u32);
            for node in nodes.get(*root as usize..end)? {
                let before = ranks.leaves.len() - start;
                if node.feature == LEAF {
                    ranks.leaves.push(node.number);
                    continue;
                }
                // A side of so many leaves has twice as many nodes less one.
                let left = usize::from(node.right / 2);
                if before + left >= Self::MAX_LEAVES {
                    return None;
                }
                let right = !(((1 << left) - 1) << before);
                splits.get_mut(usize::from(node.feature))?.push((node.number, tree as u32, right));
            }
        }
        for (feature, mut splits) in splits.into_iter().enumerate().filter(|(_, splits)| !splits.is_empty()) {
            splits.sort_by(|a, b| a.0.total_cmp(&b.0));
            let thresholds = splits.iter().map(|split| split.0).collect();
            let rights = splits.iter().map(|split| (split.1, split.2)).collect();
            ranks.features.push(FeatureSplits { feature, thresholds, rights });
        }
        Some(ranks)
    }

    /// The sums of `base` and the leaves of each row; rows are `width` values each.
    pub(super) fn sums(&self, base: f32, rows: &[f32], width: usize) -> Vec<f32> {
        let width = width.max(1);
        let mut sums = Vec::with_capacity(rows.len() / width + LANES);
        let mut reachable = vec![[u32::MAX; LANES]; self.starts.len()];
        let mut columns = vec![[0.0; LANES]; width];
        for rows in rows.chunks(LANES * width) {
            for (lane, row) in rows.chunks_exact(width).enumerate() {
                columns.iter_mut().zip(row).for_each(|(column, value)| column[lane] = *value);
            }
            reachable.fill([u32::MAX; LANES]);
            for splits in &self.features {
                splits.pass(&columns[splits.feature], &mut reachable);
            }
            sums.extend_from_slice(&self.sum(base, &reachable)[..rows.len() / width]);
        }
        sums
    }

    fn sum(&self, base: f32, reachable: &[[u32; LANES]]) -> [f32; LANES] {
        let mut sums = [base; LANES];
        for (start, reachable) in self.starts.iter().zip(reachable) {
            let leaves = &self.leaves[*start as usize..];
            let leaf = |left: u32| leaves.get(left.trailing_zeros() as usize).copied().unwrap_or(0.0);
            sums = std::array::from_fn(|lane| sums[lane] + leaf(reachable[lane]));
        }
        sums
    }
}

impl FeatureSplits {
    /// Takes away the leaves that rows do not reach because of this feature.
    fn pass(&self, values: &[f32; LANES], reachable: &mut [[u32; LANES]]) {
        let largest = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let passed = self.thresholds.partition_point(|threshold| *threshold < largest);
        for (threshold, (tree, right)) in self.thresholds[..passed].iter().zip(&self.rights) {
            let Some(reachable) = reachable.get_mut(*tree as usize) else { continue };
            // Without a branch, so that lanes are compared together.
            let goes_right = values.map(|value| if value <= *threshold { 0 } else { u32::MAX });
            *reachable = std::array::from_fn(|lane| reachable[lane] & !(goes_right[lane] & !right));
        }
    }
}
