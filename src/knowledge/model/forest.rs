//! Boosted decision trees.

mod ranks;

use ranks::Ranks;

use super::file::{Broken, Reader, write_text};

const KIND: &str = "cleancopy forest 1\n";

/// The feature number that marks a leaf.
const LEAF: u16 = u16::MAX;

/// Boosted trees: the sum of their leaves is the log-odds. Empty, it says 0 of everything.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Forest {
    names: Vec<String>,
    base: f32,
    /// Where each tree begins in `nodes`.
    roots: Vec<u32>,
    /// Each tree as a node, its left side, its right side.
    nodes: Vec<Packed>,
    /// For each node, the mean of the leaves below it.
    means: Vec<f32>,
    /// The same trees by feature; nothing where one is too large for it.
    ranks: Option<Ranks>,
}

/// A node as it is walked: 8 bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Packed {
    /// The threshold; of a leaf its value.
    number: f32,
    /// The feature, or [`LEAF`].
    feature: u16,
    /// How many nodes further the right side begins. The left side begins at the next.
    right: u16,
}

/// A tree as training builds it.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// The end of a walk.
    Leaf {
        /// What it adds to the log-odds.
        value: f32,
    },
    /// A choice.
    Split {
        /// The number of the feature.
        feature: u16,
        /// The walk goes left where the feature is at most this.
        threshold: f32,
        /// The mean of the leaves below.
        mean: f32,
        /// Left, then right.
        sides: Box<[Node; 2]>,
    },
}

impl Forest {
    /// A forest of trees over the features `names`, whose leaves add to `base`.
    ///
    /// # Errors
    ///
    /// Where a tree has a feature that has no name, or more than 65,535 nodes.
    pub fn new(names: &[&str], base: f32, trees: &[Node]) -> Result<Self, Broken> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut forest = Forest { names, base, ..Forest::default() };
        for tree in trees {
            forest.roots.push(forest.nodes.len() as u32);
            forest.push(tree)?;
        }
        Ok(forest.ranked())
    }

    /// The same forest, made ready for many rows at once: see [`Forest::log_odds_of_rows`].
    pub(super) fn ranked(self) -> Self {
        Forest { ranks: Ranks::of(&self.roots, &self.nodes, self.names.len()), ..self }
    }

    fn push(&mut self, node: &Node) -> Result<(), Broken> {
        match node {
            Node::Leaf { value } => {
                self.nodes.push(Packed { number: *value, feature: LEAF, right: 0 });
                self.means.push(*value);
            }
            Node::Split { feature, threshold, mean, sides } => {
                if usize::from(*feature) >= self.names.len() {
                    return Err(Broken::Value(format!("feature {feature} of {}", self.names.len())));
                }
                let at = self.nodes.len();
                self.nodes.push(Packed { number: *threshold, feature: *feature, right: 0 });
                self.means.push(*mean);
                self.push(&sides[0])?;
                let right = u16::try_from(self.nodes.len() - at);
                self.nodes[at].right = right.map_err(|_| Broken::Value("a tree is too large".to_owned()))?;
                self.push(&sides[1])?;
            }
        }
        Ok(())
    }

    /// The names of the features, in the order of a row.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The log-odds of a row, which has to have a value for each of [`Forest::names`].
    pub fn log_odds(&self, row: &[f32]) -> f32 {
        let mut sum = self.base;
        for root in &self.roots {
            let mut at = *root as usize;
            let mut node = self.nodes[at];
            while node.feature != LEAF {
                let left = row.get(usize::from(node.feature)).is_none_or(|value| *value <= node.number);
                at += if left { 1 } else { usize::from(node.right) };
                node = self.nodes[at];
            }
            sum += node.number;
        }
        sum
    }

    /// The log-odds of many rows, one behind the other, as [`Forest::log_odds`] gives them for each.
    pub fn log_odds_of_rows(&self, rows: &[f32]) -> Vec<f32> {
        let width = self.names.len().max(1);
        match &self.ranks {
            Some(ranks) => ranks.sums(self.base, rows, width),
            None => rows.chunks_exact(width).map(|row| self.log_odds(row)).collect(),
        }
    }

    /// What each feature adds to the log-odds of a row: the changes of the mean along the walks (Saabas,
    /// "Interpreting random forests", 2014). Adds to `contributions`, one a feature.
    pub fn explain(&self, row: &[f32], contributions: &mut [f32]) {
        for root in &self.roots {
            let mut at = *root as usize;
            while self.nodes[at].feature != LEAF {
                let node = self.nodes[at];
                let left = row.get(usize::from(node.feature)).is_none_or(|value| *value <= node.number);
                let next = at + if left { 1 } else { usize::from(node.right) };
                contributions[usize::from(node.feature)] += self.means[next] - self.means[at];
                at = next;
            }
        }
    }

    /// Reads a forest for a row at a time.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Broken> {
        let mut reader = Reader::new(bytes, KIND)?;
        let count = reader.u16()?;
        let names = (0..count).map(|_| reader.text()).collect::<Result<Vec<_>, _>>()?;
        let base = reader.f32()?;
        let trees = reader.u32()?;
        // Of each tree half the nodes are leaves, of 6 bytes, and half are splits, of 10.
        let room = bytes.len() / 8;
        let (nodes, means) = (Vec::with_capacity(room), Vec::with_capacity(room));
        let mut forest = Forest { names, base, nodes, means, ..Forest::default() };
        for _ in 0..trees {
            forest.roots.push(forest.nodes.len() as u32);
            forest.read_tree(&mut reader)?;
        }
        reader.finish()?;
        Ok(forest)
    }

    /// Reads the nodes of a tree: each open split waits for its right side.
    fn read_tree(&mut self, reader: &mut Reader<'_>) -> Result<(), Broken> {
        let mut waiting: Vec<usize> = Vec::new();
        loop {
            let at = self.nodes.len();
            let (feature, number) = (reader.u16()?, reader.f32()?);
            let is_leaf = feature == LEAF;
            if !is_leaf && usize::from(feature) >= self.names.len() {
                return Err(Broken::Value(format!("feature {feature} of {}", self.names.len())));
            }
            self.nodes.push(Packed { number, feature, right: 0 });
            self.means.push(if is_leaf { number } else { reader.f32()? });
            if !is_leaf {
                waiting.push(at);
                continue;
            }
            let Some(split) = waiting.pop() else { return Ok(()) };
            let right = u16::try_from(at + 1 - split);
            self.nodes[split].right = right.map_err(|_| Broken::Value("a tree is too large".to_owned()))?;
        }
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = KIND.as_bytes().to_vec();
        bytes.extend((self.names.len() as u16).to_le_bytes());
        for name in &self.names {
            write_text(&mut bytes, name);
        }
        bytes.extend(self.base.to_le_bytes());
        bytes.extend((self.roots.len() as u32).to_le_bytes());
        for (node, mean) in self.nodes.iter().zip(&self.means) {
            bytes.extend(node.feature.to_le_bytes());
            bytes.extend(node.number.to_le_bytes());
            if node.feature != LEAF {
                bytes.extend(mean.to_le_bytes());
            }
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: f32, b: f32) -> bool {
        (a - b).abs() < 1e-6
    }

    fn leaf(value: f32) -> Node {
        Node::Leaf { value }
    }

    fn forest() -> Forest {
        let inner = Node::Split { feature: 1, threshold: 0.5, mean: 1.0, sides: Box::new([leaf(-1.0), leaf(3.0)]) };
        let tree = Node::Split { feature: 0, threshold: 10.0, mean: 0.25, sides: Box::new([inner, leaf(-2.0)]) };
        Forest::new(&["words", "links"], 0.5, &[tree, leaf(0.25)]).expect("two features")
    }

    #[test]
    fn a_walk_goes_left_up_to_the_threshold() {
        let forest = forest();
        assert!(same(forest.log_odds(&[10.0, 0.5]), -0.25));
        assert!(same(forest.log_odds(&[10.0, 0.6]), 3.75));
        assert!(same(forest.log_odds(&[10.1, 0.5]), -1.25));
    }

    #[test]
    fn many_rows_are_scored_as_each_is() {
        let forest = forest();
        let numbers = [0.0, 0.4, 0.5, 0.6, 10.0, 10.1];
        let rows: Vec<[f32; 2]> = numbers.iter().flat_map(|words| numbers.map(|links| [*words, links])).collect();
        let each: Vec<f32> = rows.iter().map(|row| forest.log_odds(row)).collect();
        for count in [0, 8, 9, 17, 25, 32, 36] {
            assert_eq!(forest.log_odds_of_rows(rows[..count].as_flattened()), each[..count], "{count} rows");
        }
        let walked = Forest { ranks: None, ..forest };
        assert_eq!(walked.log_odds_of_rows(rows.as_flattened()), each);
    }

    #[test]
    fn contributions_add_up_to_the_walk() {
        let mut contributions = [0.0; 2];
        forest().explain(&[10.0, 0.6], &mut contributions);
        assert!(same(contributions[0], 0.75) && same(contributions[1], 2.0), "{contributions:?}");
    }

    #[test]
    fn what_was_written_is_read() {
        let bytes = forest().to_bytes();
        assert_eq!(Forest::read(&bytes).map(Forest::ranked), Ok(forest()));
        assert!(matches!(Forest::read(&bytes[..bytes.len() - 1]), Err(Broken::Short(_))));
        assert!(matches!(Forest::read(&bytes[1..]), Err(Broken::Kind(_))));
    }

    #[test]
    fn a_tree_over_an_unknown_feature_is_refused() {
        let tree = Node::Split { feature: 2, threshold: 0.0, mean: 0.0, sides: Box::new([leaf(0.0), leaf(1.0)]) };
        assert!(Forest::new(&["words", "links"], 0.0, &[tree]).is_err());
    }
}
