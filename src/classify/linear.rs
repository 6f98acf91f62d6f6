//! What the linear models say of the blocks of a page.

use crate::block::{BlockKind, Document};
use crate::knowledge::JudgeModel;

use super::lines::Line;
use super::markup::{MarkupScore, Names, markup_score};
use super::rules::MENU;
use super::targets::target_scores;
use super::wording::Wording;

/// What the linear models say of a block, as log-odds.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LinearScore {
    /// Of the names of the elements around it.
    pub(crate) markup: MarkupScore,
    /// Of its words.
    pub(crate) wording: f32,
    /// Of the stretch of its words that speaks most against the story, at most 0.
    pub(crate) worst_stretch: f32,
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

/// Blocks on each side whose scores count for a block too.
const NEIGHBOURS: usize = 2;

/// Whether the scores of each block are asked for. A rule drops what stands in menus: of that, the neighbours of other
/// blocks are asked for, the headings of such, and what looks like running text.
pub(super) fn asked_for(document: &Document, lines: &[Line<'_>]) -> Vec<bool> {
    let in_menu = in_menus(document);
    let mut asked_for = vec![false; in_menu.len()];
    for (index, block) in document.blocks.iter().enumerate() {
        if !in_menu[index] {
            let end = (index + NEIGHBOURS + 1).min(in_menu.len());
            asked_for[index.saturating_sub(NEIGHBOURS)..end].fill(true);
        }
        asked_for[index] |= lines[index].prose > 0.0 || matches!(block.kind, BlockKind::Heading(_));
    }
    asked_for
}

/// Whether each block stands in a menu.
fn in_menus(document: &Document) -> Vec<bool> {
    let mut menus: Vec<bool> = Vec::with_capacity(document.elements.len());
    for element in 0..document.elements.len() {
        // An element stands behind its parent in the list.
        let around = document.elements.parent(element).and_then(|parent| menus.get(parent)) == Some(&true);
        menus.push(around || document.elements.tag(element) == MENU);
    }
    document.blocks.iter().map(|block| block.element.and_then(|element| menus.get(element)) == Some(&true)).collect()
}

/// The scores of the blocks that are asked for; the others have none.
pub(super) fn linear_scores(
    document: &Document,
    lines: &[Line<'_>],
    asked_for: &[bool],
    names: &[Names],
    model: &JudgeModel,
) -> Vec<LinearScore> {
    let targets = target_scores(document, asked_for, &model.targets);
    let asked: Vec<usize> = (0..lines.len()).filter(|index| asked_for[*index]).collect();
    let wordings = Wording::of_all(asked.iter().map(|index| lines[*index].hashes()), &model.wording);
    let mut scores = vec![LinearScore::default(); lines.len()];
    for (index, wording) in asked.into_iter().zip(wordings) {
        scores[index] = LinearScore {
            markup: markup_score(document, &document.blocks[index], names, &model.markup),
            wording: wording.score,
            worst_stretch: wording.worst_stretch,
            targets: targets[index],
        };
    }
    scores
}
