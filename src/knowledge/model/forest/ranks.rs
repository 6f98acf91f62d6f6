//! Many rows through a forest at once, feature by feature in place of tree by tree (`QuickScorer`: Lucchese et al.,
//! "`QuickScorer`: A Fast Algorithm to Rank Documents with Additive Ensembles of Regression Trees", 2015).
//!
//! Each tree keeps a bit for each leaf that a row may still reach. A split that a row passes on the right takes away the
//! bits of the leaves on its left; in the end the first bit that is left is the leaf of the walk. There is no branch that
//! depends on a row, and the order of the splits does not matter: they are sorted by feature and threshold, so that
//! those above all values of the rows at hand are not looked at, and those below all of them are looked at once for all
//! rows. Rows are blocks of a page in order: much of what they show is the same.

use std::ops::Range;

use super::{LEAF, Packed};

/// Rows that are scored together at the most. Of fewer each eight more cost more: the fewer lanes, the less work for each
/// tree.
const LANES: usize = 32;
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

/// The leaves that the rows at hand may still reach.
#[derive(Debug)]
struct Reachable<const LANES: usize> {
    /// For each tree, those that the splits leave which all rows pass on the right.
    by_all: Vec<u32>,
    /// For each tree and row, those that the other splits leave.
    by_each: Vec<[u32; LANES]>,
}

impl<const LANES: usize> Reachable<LANES> {
    fn with_room(trees: usize) -> Self {
        Reachable { by_all: Vec::with_capacity(trees), by_each: Vec::with_capacity(trees) }
    }

    /// All leaves of so many trees.
    fn begin(&mut self, trees: usize) {
        self.by_all.clear();
        self.by_all.resize(trees, u32::MAX);
        self.by_each.clear();
        self.by_each.resize(trees, [u32::MAX; LANES]);
    }
}

impl Ranks {
    /// Sorts the trees that begin at `roots`; nothing where one is too large.
    pub(super) fn of(roots: &[u32], nodes: &[Packed], features: usize) -> Option<Self> {
        let mut splits = room_for_splits(nodes, features);
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
            // Splits at the same threshold may come in any order.
            splits.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
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
        let (many, rest) = rows.split_at(rows.len() / width / LANES * LANES * width);
        self.add_sums::<LANES>(base, many, width, &mut sums);
        match (rest.len() / width).div_ceil(8) {
            0 => {}
            1 => self.add_sums::<8>(base, rest, width, &mut sums),
            2 => self.add_sums::<16>(base, rest, width, &mut sums),
            3 => self.add_sums::<24>(base, rest, width, &mut sums),
            _ => self.add_sums::<LANES>(base, rest, width, &mut sums),
        }
        sums
    }

    fn add_sums<const LANES: usize>(&self, base: f32, rows: &[f32], width: usize, sums: &mut Vec<f32>) {
        if rows.is_empty() {
            return;
        }
        let mut reachable = Reachable::<LANES>::with_room(self.leaves.len());
        for rows in rows.chunks(LANES * width) {
            let bounds = Bounds::of(rows, width);
            reachable.begin(self.leaves.len());
            for splits in &self.features {
                let (smallest, largest) = bounds.of_feature(splits.feature);
                let by_all = splits.pass_all(smallest, &mut reachable.by_all);
                let by_each = splits.between(by_all, largest);
                if !by_each.is_empty() {
                    splits.pass_each(by_each, &column(rows, width, splits.feature), &mut reachable.by_each);
                }
            }
            let first = sums.len();
            sums.resize(first + rows.len() / width, base);
            self.add_leaves(&reachable, &mut sums[first..]);
        }
    }

    /// Adds the leaves that rows reach to the sums of these.
    fn add_leaves<const LANES: usize>(&self, reachable: &Reachable<LANES>, sums: &mut [f32]) {
        for (leaves, (by_all, by_each)) in self.leaves.iter().zip(reachable.by_all.iter().zip(&reachable.by_each)) {
            for (sum, left) in sums.iter_mut().zip(by_each) {
                // One leaf is always left. That the last bit is set says so to the compiler.
                *sum += leaves[(left & by_all | 1 << (LEAVES - 1)).trailing_zeros() as usize];
            }
        }
    }
}

/// Room for the splits of each feature: threshold, tree, the leaves that are left on the right side.
fn room_for_splits(nodes: &[Packed], features: usize) -> Vec<Vec<(f32, u32, u32)>> {
    let mut counts = vec![0; features];
    for node in nodes {
        if let Some(count) = counts.get_mut(usize::from(node.feature)) {
            *count += 1;
        }
    }
    counts.into_iter().map(Vec::with_capacity).collect()
}

impl FeatureSplits {
    /// Takes away the leaves that no row reaches because of this feature, of which `smallest` is the smallest value. The
    /// number of the splits that all pass on the right, which are the first.
    fn pass_all(&self, smallest: f32, reachable: &mut [u32]) -> usize {
        let count = self.thresholds.partition_point(|threshold| *threshold < smallest);
        for (tree, right) in &self.rights[..count] {
            if let Some(reachable) = reachable.get_mut(*tree as usize) {
                *reachable &= right;
            }
        }
        count
    }

    /// The splits from number `from` on that a row of the value `largest` passes on the right.
    fn between(&self, from: usize, largest: f32) -> Range<usize> {
        let count = self.thresholds[from..].partition_point(|threshold| *threshold < largest);
        from..from + count
    }

    /// Takes away the leaves that single rows do not reach because of some splits on this feature. There is no branch
    /// between the lanes, so that they are compared together.
    fn pass_each<const LANES: usize>(
        &self,
        splits: Range<usize>,
        values: &[f32; LANES],
        reachable: &mut [[u32; LANES]],
    ) {
        for (threshold, (tree, right)) in self.thresholds[splits.clone()].iter().zip(&self.rights[splits]) {
            let Some(reachable) = reachable.get_mut(*tree as usize) else { continue };
            let goes_right = values.map(|value| if value <= *threshold { 0 } else { u32::MAX });
            *reachable = std::array::from_fn(|lane| reachable[lane] & !(goes_right[lane] & !right));
        }
    }
}

/// The smallest and the largest value of each feature of some rows.
struct Bounds {
    smallest: Vec<f32>,
    largest: Vec<f32>,
}

impl Bounds {
    fn of(rows: &[f32], width: usize) -> Self {
        let mut bounds = Bounds { smallest: vec![f32::INFINITY; width], largest: vec![f32::NEG_INFINITY; width] };
        for row in rows.chunks_exact(width) {
            for (smallest, value) in bounds.smallest.iter_mut().zip(row) {
                *smallest = if *value < *smallest { *value } else { *smallest };
            }
            for (largest, value) in bounds.largest.iter_mut().zip(row) {
                *largest = if *value > *largest { *value } else { *largest };
            }
        }
        bounds
    }

    fn of_feature(&self, feature: usize) -> (f32, f32) {
        (self.smallest[feature], self.largest[feature])
    }
}

/// The values of a feature, a row each; 0 where there are fewer rows than lanes.
fn column<const LANES: usize>(rows: &[f32], width: usize, feature: usize) -> [f32; LANES] {
    let mut values = [0.0; LANES];
    for (value, row) in values.iter_mut().zip(rows.chunks_exact(width)) {
        *value = row[feature];
    }
    values
}
