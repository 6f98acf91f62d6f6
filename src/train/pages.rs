//! What is learned from pages: four linear models, two forests.

use super::TrainError;
use super::boost::TreeOptions;
use super::data::Sample;
use super::hashed::{HashedOptions, Tokens, fit};
use super::letters::fit_letters;
use super::stages::{Labelled, Parts};
use crate::classify::training::{
    LEARNED_FROM, MARKUP_BITS, Rows, TARGET_BITS, certain_verdicts, first_likelihoods, first_names, first_rows,
    second_names, second_rows,
};
use crate::knowledge::{Forest, JudgeModel};
use crate::options::Reasons;

/// The model over the names of the elements around a block.
const MARKUP: HashedOptions = HashedOptions { bits: MARKUP_BITS, epochs: 4, rate: 0.15, shrink: 1e-4, value: |_| 1.0 };
/// The model over its words.
const WORDING: HashedOptions = HashedOptions { bits: 19, epochs: 4, rate: 0.3, shrink: 1e-5, value: by_root };
/// The model over where its links lead.
const TARGETS: HashedOptions = HashedOptions { bits: TARGET_BITS, epochs: 4, rate: 0.3, shrink: 1e-4, value: by_root };

/// What a token counts in a block that has several, where more tokens are to count little more than one.
pub fn by_root(count: usize) -> f32 {
    1.0 / (count.max(1) as f32).sqrt()
}

impl Labelled for Sample<'_> {
    /// A model without forests.
    type Linear = JudgeModel;

    const FIRST: TreeOptions = TreeOptions { trees: 80, leaves: 15, rate: 0.1, blocks_a_leaf: 40, seeds: 1 };
    const SECOND: TreeOptions = TreeOptions { trees: 100, leaves: 31, rate: 0.1, blocks_a_leaf: 40, seeds: 2 };

    fn names() -> [Vec<&'static str>; 2] {
        [first_names(), second_names()]
    }

    fn fold(&self) -> usize {
        self.source.fold
    }

    fn labels(&self) -> &[bool] {
        &self.labels
    }

    fn weights(&self) -> &[f32] {
        &self.weights
    }

    fn fit(samples: &[&Self]) -> Result<JudgeModel, TrainError> {
        let markup: Vec<Tokens<'_>> = samples.iter().flat_map(|page| page.tokens(&page.markup)).collect();
        let wording: Vec<Tokens<'_>> = samples.iter().flat_map(|page| page.tokens(&page.wording)).collect();
        let targets = samples.iter().flat_map(|page| page.tokens(&page.targets));
        let targets: Vec<Tokens<'_>> = targets.filter(|tokens| !tokens.places.is_empty()).collect();
        let (markup, (wording, targets)) =
            rayon::join(|| fit(&markup, MARKUP), || (fit(&wording, WORDING), fit(&targets, TARGETS)));
        let pitches = fit_letters(samples)?;
        Ok(JudgeModel { markup: markup?, wording: wording?, targets: targets?, pitches, ..JudgeModel::default() })
    }

    fn first_rows(&self, linear: &JudgeModel) -> Rows {
        let view = self.view(linear);
        let certain = certain_verdicts(&view, Reasons::Brief);
        first_rows(&view, |index| certain[index].is_none())
    }

    fn second_rows(&self, linear: &JudgeModel, first: &Forest) -> Rows {
        let view = self.view(linear);
        let certain = certain_verdicts(&view, Reasons::Brief);
        let rows = first_rows(&view, |index| certain[index].is_none());
        let likelihoods = first_likelihoods(&rows, &certain, first);
        second_rows(&view, &rows, &likelihoods, &LEARNED_FROM)
    }
}

/// The model that the parts make.
pub fn judge_model(parts: Parts<JudgeModel>) -> JudgeModel {
    JudgeModel { first: (*parts.first).clone(), second: parts.second, ..(*parts.linear).clone() }
}
