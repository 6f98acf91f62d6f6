//! Many rows through a forest at once, feature by feature in place of tree by tree (`QuickScorer`: Lucchese et al.,
//! "`QuickScorer`: A Fast Algorithm to Rank Documents with Additive Ensembles of Regression Trees", 2015).
//!
//! Each tree keeps a bit for each leaf that a row may still reach. A split that a row passes on the right takes away the
//! bits of the leaves on its left; in the end the first bit that is left is the leaf of the walk. There is no branch that
//! depends on a row, and the order of the splits does not matter: they are sorted by feature and threshold, so that
//! those above all values of the rows at hand are not looked at.

use super::{LEAF, Packed};

/// Rows that are scored together.
const LANES: usize = 16;
/// Leaves of a tree at the most: a bit each.
const LEAVES: usize = 32;

/// A forest of trees of at most [`LEAVES`] leaves, sorted by feature.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Ranks {
    /// The splits of each feature that has any.
    features: Vec<FeatureSplits>,
    /// The values of the leaves of each tree.
    leaves: Vec<[f32; LEAVES]>,
}

/// All splits of a feature, by threshold.
#[derive(Debug, Clone, Default, PartialEq)]
struct FeatureSplits {
    feature: usize,
    thresholds: Vec<f32>,
    /// For each threshold, its tree and the leaves that are left to a row on its right side.
    rights: Vec<(u32, u32)>,
}

/// For each of the rows at hand, the leaves of a tree that it may still reach.
type Reachable = [u32; LANES];

impl Ranks {
    /// Sorts the trees that begin at `roots`; nothing where one is too large.
    pub(super) fn of(roots: &[u32], nodes: &[Packed], features: usize) -> Option<Self> {
        let mut splits: Vec<Vec<(f32, u32, u32)>> = vec![Vec::new(); features];
        let mut ranks = Ranks::default();
        let ends = roots.iter().skip(1).map(|root| *root as usize).chain([nodes.len()]);
        for (tree, (root, end)) in roots.iter().zip(ends).enumerate() {
            let mut leaves = [0.0; LEAVES];
            let mut before = 0;
            for node in nodes.get(*root as usize..end)? {
                if node.feature == LEAF {
                    *leaves.get_mut(before)? = node.number;
                    before += 1;
                    continue;
                }
                // A side of so many leaves has twice as many nodes less one.
                let left = usize::from(node.right / 2);
                if before + left >= LEAVES {
                    return None;
                }
                let right = !(((1 << left) - 1) << before);
                splits.get_mut(usize::from(node.feature))?.push((node.number, tree as u32, right));
            }
            ranks.leaves.push(leaves);
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
        let mut reachable: Vec<Reachable> = vec![[u32::MAX; LANES]; self.leaves.len()];
        let mut columns = vec![[f32::NEG_INFINITY; LANES]; width];
        for rows in rows.chunks(LANES * width) {
            if rows.len() < LANES * width {
                columns.fill([f32::NEG_INFINITY; LANES]);
            }
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

    fn sum(&self, base: f32, reachable: &[Reachable]) -> [f32; LANES] {
        let mut sums = [base; LANES];
        for (leaves, reachable) in self.leaves.iter().zip(reachable) {
            let leaf = |left: u32| leaves[left.trailing_zeros() as usize % LEAVES];
            sums = std::array::from_fn(|lane| sums[lane] + leaf(reachable[lane]));
        }
        sums
    }
}

impl FeatureSplits {
    /// Takes away the leaves that rows do not reach because of this feature. There is no branch between the lanes, so
    /// that they are compared together.
    fn pass(&self, values: &[f32; LANES], reachable: &mut [Reachable]) {
        let largest = largest(values);
        for (threshold, (tree, right)) in self.thresholds.iter().zip(&self.rights) {
            if *threshold >= largest {
                break;
            }
            let Some(reachable) = reachable.get_mut(*tree as usize) else { continue };
            let goes_right = values.map(|value| if value <= *threshold { 0 } else { u32::MAX });
            *reachable = std::array::from_fn(|lane| reachable[lane] & !(goes_right[lane] & !right));
        }
    }
}

/// The largest of some values, lanes of four at a time.
fn largest(values: &[f32; LANES]) -> f32 {
    let larger = |a: f32, b: f32| if a > b { a } else { b };
    let fours = values.as_chunks::<4>().0.iter();
    let four =
        fours.fold([f32::NEG_INFINITY; 4], |sum, four| std::array::from_fn(|lane| larger(sum[lane], four[lane])));
    four.into_iter().fold(f32::NEG_INFINITY, larger)
}
