//! What the linear models say of the blocks of a page.

use crate::block::Document;
use crate::knowledge::JudgeModel;

use super::lines::Line;
use super::markup::{MarkupScore, Names, markup_scores};
use super::targets::target_score;
use super::wording::wording_score;

/// What the linear models say of a block, as log-odds.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LinearScore {
    /// Of the names of the elements around it.
    pub(crate) markup: MarkupScore,
    /// Of its words.
    pub(crate) wording: f32,
    /// Of where its links lead.
    pub(crate) targets: f32,
}

impl LinearScore {
    /// How far a block that looks like running text is to be taken for it, in 0..=1: the text of a pitch or of a
    /// notice must not make its box the page's main one.
    pub(super) fn trust(self) -> f32 {
        super::scores::likelihood(f32::midpoint(self.markup.all, self.wording) + 1.0)
    }
}

/// The scores of all blocks.
pub(super) fn linear_scores(
    document: &Document,
    lines: &[Line<'_>],
    names: &[Names],
    model: &JudgeModel,
) -> Vec<LinearScore> {
    let wording = lines.iter().map(|line| wording_score(line, &model.wording));
    let targets = document.blocks.iter().map(|block| target_score(document, block, &model.targets));
    let markup = markup_scores(document, names, &model.markup);
    let all = markup.into_iter().zip(wording).zip(targets);
    all.map(|((markup, wording), targets)| LinearScore { markup, wording, targets }).collect()
}
