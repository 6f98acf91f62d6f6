//! Grows trees with `LightGBM`, through Python (`grow.py`): what the libraries for Rust were found to be is told in the
//! table of the module's documentation. The trees come back as text and are written in the program's own format.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;

use serde_json::json;

use super::TrainError;
use crate::knowledge::model::{Forest, Node};

/// The program that is run, handed to Python as it is.
const GROW: &str = include_str!("grow.py");

/// How a forest is grown.
#[derive(Debug, Clone, Copy)]
pub struct TreeOptions {
    /// Trees a seed.
    pub trees: usize,
    /// Leaves of a tree, at most.
    pub leaves: usize,
    /// What a tree counts.
    pub rate: f64,
    /// Blocks that a leaf has at least.
    pub blocks_a_leaf: usize,
    /// Forests that are grown from different seeds and averaged.
    pub seeds: usize,
}

/// Blocks with their features, a row each.
pub struct Table {
    names: Vec<String>,
    rows: Vec<f32>,
    labels: Vec<f32>,
    weights: Vec<f32>,
}

impl Table {
    /// A table of the features `names`.
    pub fn new(names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let names = names.into_iter().map(Into::into).collect();
        Table { names, rows: Vec::new(), labels: Vec::new(), weights: Vec::new() }
    }

    /// Adds a block; its label is 1 where it is of what the forest looks for, of the story say, else 0.
    pub fn push(&mut self, row: &[f32], label: f32, weight: f32) {
        self.rows.extend_from_slice(row);
        self.labels.push(label);
        self.weights.push(weight);
    }

    /// Grows a forest that tells the blocks of label 1 from the others.
    ///
    /// # Errors
    ///
    /// Where `python` cannot be run or has no `LightGBM`.
    pub fn grow(&self, options: TreeOptions, python: &Path) -> Result<Forest, TrainError> {
        let folder = tempfile::tempdir().map_err(|error| TrainError::Boost(error.to_string()))?;
        let TreeOptions { trees, leaves, rate, blocks_a_leaf, seeds } = options;
        let features = self.names.len();
        let options = json!({ "trees": trees, "leaves": leaves, "rate": rate, "blocks_a_leaf": blocks_a_leaf,
            "seeds": seeds, "features": features });
        let path = |name: &str| folder.path().join(name);
        write(&path("options.json"), options.to_string().as_bytes())?;
        for (name, values) in [("rows", &self.rows), ("labels", &self.labels), ("weights", &self.weights)] {
            let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
            write(&path(name), &bytes)?;
        }
        let run = Command::new(python).args(["-c", GROW]).arg(folder.path()).output();
        let output = run.map_err(|error| TrainError::Boost(format!("{}: {error}", python.display())))?;
        if !output.status.success() {
            return Err(TrainError::Boost(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
        }
        let trees = read_trees(&String::from_utf8_lossy(&output.stdout))?;
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        Ok(Forest::new(&names, 0.0, &trees)?)
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), TrainError> {
    let file = fs::File::create(path).map_err(|error| TrainError::file(path, error))?;
    BufWriter::new(file).write_all(bytes).map_err(|error| TrainError::file(path, error))
}

fn read_trees(text: &str) -> Result<Vec<Node>, TrainError> {
    let mut lines = text.lines();
    let mut trees = Vec::new();
    while let Some(line) = lines.next() {
        trees.push(read_node(line, &mut lines)?);
    }
    Ok(trees)
}

fn read_node<'a>(line: &str, lines: &mut impl Iterator<Item = &'a str>) -> Result<Node, TrainError> {
    let broken = || TrainError::Boost(format!("a line of a tree is `{line}`"));
    let words: Vec<&str> = line.split(' ').collect();
    let number = |text: &str| text.parse::<f32>().map_err(|_| broken());
    match words[..] {
        ["leaf", value] => Ok(Node::Leaf { value: number(value)? }),
        ["split", feature, threshold, mean] => {
            let mut side = || read_node(lines.next().unwrap_or_default(), lines);
            let sides = Box::new([side()?, side()?]);
            let feature = feature.parse().map_err(|_| broken())?;
            Ok(Node::Split { feature, threshold: number(threshold)?, mean: number(mean)?, sides })
        }
        _ => Err(broken()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_are_read_in_the_order_they_were_written() {
        let trees = read_trees("split 1 0.5 0.1\nleaf -1.0\nleaf 2.0\nleaf 0.25\n").expect("two trees");
        let sides = Box::new([Node::Leaf { value: -1.0 }, Node::Leaf { value: 2.0 }]);
        assert_eq!(trees[0], Node::Split { feature: 1, threshold: 0.5, mean: 0.1, sides });
        assert_eq!(trees[1], Node::Leaf { value: 0.25 });
        assert!(read_trees("split 1 0.5 0.1\nleaf -1.0\n").is_err(), "a side is missing");
    }

    #[test]
    fn a_python_that_is_not_there_is_named() {
        let options = TreeOptions { trees: 1, leaves: 2, rate: 0.1, blocks_a_leaf: 1, seeds: 1 };
        let error = Table::new(vec!["words"]).grow(options, Path::new("/no/python")).expect_err("not there");
        assert!(error.to_string().contains("/no/python"), "{error}");
    }
}
