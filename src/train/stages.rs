//! The parts of a model, each fitted on what the part before it says of pages that it did not see.
//!
//! A part is fitted without some folds. What feeds the next part is said of each page by a part that was fitted without
//! that page's fold *and* without the folds that the next part is held from: no figure of a held-out fold has seen the
//! fold's labels by any way.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::TrainError;
use super::boost::{Table, TreeOptions};
use super::data::FOLDS;
use crate::classify::training::Rows;
use crate::knowledge::Forest;

/// What is learned from: a page or a text with its labelled blocks.
pub trait Labelled: Sync {
    /// The linear models that read its tokens.
    type Linear: Send + Sync;
    /// The first forest sees every block that no rule decides: it is small.
    const FIRST: TreeOptions;
    /// The second sees the blocks of which the first is not sure.
    const SECOND: TreeOptions;

    /// The names of the features of both forests.
    fn names() -> [Vec<&'static str>; 2];
    /// The fold of its site.
    fn fold(&self) -> usize;
    /// Whether each block is of the story.
    fn labels(&self) -> &[bool];
    /// What each block counts; of those that count nothing nothing is learned.
    fn weights(&self) -> &[f32];
    /// Fits the linear models.
    ///
    /// # Errors
    ///
    /// Where the weights cannot be stored.
    fn fit(samples: &[&Self]) -> Result<Self::Linear, TrainError>;
    /// The rows of the first forest.
    fn first_rows(&self, linear: &Self::Linear) -> Rows;
    /// The rows of the second.
    fn second_rows(&self, linear: &Self::Linear, first: &Forest) -> Rows;
}

/// Folds that a part must not see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct HeldFolds(u32);

impl HeldFolds {
    /// These folds, and `fold`.
    #[must_use]
    pub fn and(self, fold: usize) -> Self {
        HeldFolds(self.0 | 1 << fold)
    }

    fn has(self, fold: usize) -> bool {
        self.0 & (1 << fold) != 0
    }

    /// The folds that may be seen.
    fn seen(self) -> impl Iterator<Item = usize> {
        (0..FOLDS).filter(move |fold| !self.has(*fold))
    }
}

/// Fits parts of a model, each once for each set of folds that is held out.
pub struct Stages<'a, S: Labelled> {
    samples: &'a [S],
    python: &'a Path,
    linear: FxHashMap<HeldFolds, Arc<S::Linear>>,
    first: FxHashMap<HeldFolds, Arc<Forest>>,
}

/// All parts of a model.
pub struct Parts<L> {
    /// The linear models.
    pub linear: Arc<L>,
    /// The first forest.
    pub first: Arc<Forest>,
    /// The second.
    pub second: Forest,
}

impl<'a, S: Labelled> Stages<'a, S> {
    /// Nothing is fitted yet.
    pub fn new(samples: &'a [S], python: &'a Path) -> Self {
        Stages { samples, python, linear: FxHashMap::default(), first: FxHashMap::default() }
    }

    /// The whole model, fitted without the pages of the folds `held`.
    ///
    /// # Errors
    ///
    /// Where trees cannot be grown.
    pub fn parts(&mut self, held: HeldFolds) -> Result<Parts<S::Linear>, TrainError> {
        let [_, names] = S::names();
        let mut table = Table::new(names);
        for fold in held.seen() {
            let (linear, first) = (self.linear(held.and(fold))?, self.first(held.and(fold))?);
            self.fill(&mut table, fold, |sample| sample.second_rows(&linear, &first));
        }
        let second = table.grow(S::SECOND, self.python)?;
        Ok(Parts { linear: self.linear(held)?, first: self.first(held)?, second })
    }

    fn first(&mut self, held: HeldFolds) -> Result<Arc<Forest>, TrainError> {
        if let Some(known) = self.first.get(&held) {
            return Ok(known.clone());
        }
        let [names, _] = S::names();
        let mut table = Table::new(names);
        for fold in held.seen() {
            let linear = self.linear(held.and(fold))?;
            self.fill(&mut table, fold, |sample| sample.first_rows(&linear));
        }
        let forest = Arc::new(table.grow(S::FIRST, self.python)?);
        self.first.insert(held, forest.clone());
        Ok(forest)
    }

    fn linear(&mut self, held: HeldFolds) -> Result<Arc<S::Linear>, TrainError> {
        if let Some(known) = self.linear.get(&held) {
            return Ok(known.clone());
        }
        let seen: Vec<&S> = self.samples.iter().filter(|sample| !held.has(sample.fold())).collect();
        let linear = Arc::new(S::fit(&seen)?);
        self.linear.insert(held, linear.clone());
        Ok(linear)
    }

    /// Adds the blocks of a fold to a table.
    fn fill(&self, table: &mut Table, fold: usize, rows: impl Fn(&S) -> Rows + Sync) {
        let samples: Vec<&S> = self.samples.iter().filter(|sample| sample.fold() == fold).collect();
        let of_samples: Vec<Rows> = samples.par_iter().map(|sample| rows(sample)).collect();
        for (sample, rows) in samples.iter().zip(of_samples) {
            for (index, (label, weight)) in sample.labels().iter().zip(sample.weights()).enumerate() {
                if let Some(row) = rows.row(index).filter(|_| *weight > 0.0) {
                    table.push(row, f32::from(u8::from(*label)), *weight);
                }
            }
        }
    }
}
