//! The parts of the model, each fitted on what the part before it says of pages that it did not see.
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
use super::data::{FOLDS, Sample, TrainingSet};
use super::hashed::{HashedOptions, Tokens, fit};
use crate::classify::training::{
    MARKUP_BITS, Rows, certain_verdicts, first_likelihoods, first_names, first_rows, second_names, second_rows,
};
use crate::knowledge::{Forest, JudgeModel};

/// The model over the names of the elements around a block.
const MARKUP: HashedOptions = HashedOptions { bits: MARKUP_BITS, epochs: 4, rate: 0.15, shrink: 1e-4, value: |_| 1.0 };
/// The model over its words.
const WORDING: HashedOptions =
    HashedOptions { bits: 18, epochs: 4, rate: 0.3, shrink: 1e-5, value: |count| 1.0 / (count.max(1) as f32).sqrt() };
/// The first forest sees every block: it is small.
const FIRST: TreeOptions = TreeOptions { trees: 100, leaves: 15, rate: 0.1, blocks_a_leaf: 40, seeds: 1 };
/// The second sees the blocks of which the first is not sure.
const SECOND: TreeOptions = TreeOptions { trees: 120, leaves: 31, rate: 0.1, blocks_a_leaf: 40, seeds: 3 };

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

/// Fits parts of the model, each once for each set of folds that is held out.
pub struct Stages<'a> {
    set: &'a TrainingSet<'a>,
    python: &'a Path,
    /// The linear models, in a model without forests.
    linear: FxHashMap<HeldFolds, Arc<JudgeModel>>,
    first: FxHashMap<HeldFolds, Arc<Forest>>,
}

impl<'a> Stages<'a> {
    /// Nothing is fitted yet.
    pub fn new(set: &'a TrainingSet<'a>, python: &'a Path) -> Self {
        Stages { set, python, linear: FxHashMap::default(), first: FxHashMap::default() }
    }

    /// The whole model, fitted without the pages of the folds `held`.
    ///
    /// # Errors
    ///
    /// Where trees cannot be grown.
    pub fn model(&mut self, held: HeldFolds) -> Result<JudgeModel, TrainError> {
        let mut table = Table::new(second_names());
        for fold in held.seen() {
            let (linear, first) = (self.linear(held.and(fold))?, self.first(held.and(fold))?);
            self.fill(&mut table, fold, |page| rows_second(page, &linear, &first));
        }
        let second = table.grow(SECOND, self.python)?;
        let (linear, first) = (self.linear(held)?, self.first(held)?);
        Ok(JudgeModel { first: (*first).clone(), second, ..(*linear).clone() })
    }

    fn first(&mut self, held: HeldFolds) -> Result<Arc<Forest>, TrainError> {
        if let Some(known) = self.first.get(&held) {
            return Ok(known.clone());
        }
        let mut table = Table::new(first_names());
        for fold in held.seen() {
            let linear = self.linear(held.and(fold))?;
            self.fill(&mut table, fold, |page| rows_first(page, &linear));
        }
        let forest = Arc::new(table.grow(FIRST, self.python)?);
        self.first.insert(held, forest.clone());
        Ok(forest)
    }

    fn linear(&mut self, held: HeldFolds) -> Result<Arc<JudgeModel>, TrainError> {
        if let Some(known) = self.linear.get(&held) {
            return Ok(known.clone());
        }
        let set = self.set;
        let pages = || set.pages.iter().filter(|page| !held.has(page.source.fold));
        let markup: Vec<Tokens<'_>> = pages().flat_map(|page| page.tokens(&page.markup)).collect();
        let wording: Vec<Tokens<'_>> = pages().flat_map(|page| page.tokens(&page.wording)).collect();
        let (markup, wording) = rayon::join(|| fit(&markup, MARKUP), || fit(&wording, WORDING));
        let both = Arc::new(JudgeModel { markup: markup?, wording: wording?, ..JudgeModel::default() });
        self.linear.insert(held, both.clone());
        Ok(both)
    }

    /// Adds the blocks of a fold to a table.
    fn fill(&self, table: &mut Table, fold: usize, rows: impl Fn(&Sample<'_>) -> Rows + Sync) {
        let pages: Vec<&Sample<'_>> = self.set.pages.iter().filter(|page| page.source.fold == fold).collect();
        let of_pages: Vec<Rows> = pages.par_iter().map(|page| rows(page)).collect();
        for (page, rows) in pages.iter().zip(of_pages) {
            for (index, (label, weight)) in page.labels.iter().zip(&page.weights).enumerate() {
                if let Some(row) = rows.row(index) {
                    table.push(row, f32::from(u8::from(*label)), *weight);
                }
            }
        }
    }
}

fn rows_first(page: &Sample<'_>, linear: &JudgeModel) -> Rows {
    let view = page.view(linear);
    first_rows(&view, &certain_verdicts(&view))
}

fn rows_second(page: &Sample<'_>, linear: &JudgeModel, first: &Forest) -> Rows {
    let view = page.view(linear);
    let certain = certain_verdicts(&view);
    let rows = first_rows(&view, &certain);
    let likelihoods = first_likelihoods(&rows, &certain, first);
    second_rows(&view, &rows, &likelihoods)
}
