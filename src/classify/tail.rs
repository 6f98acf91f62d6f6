//! What stands behind the story's last running text: the links and labels of the page's foot, sooner than the story's.

use crate::block::BlockKind;
use crate::verdict::{Evidence, Role, Stage, Verdict};

use super::page::PageView;
use super::repair::context;

/// The likelihood from which a short line or a link stays there: of those below it one in ten is the story's.
const SURE: f32 = 0.5;
/// Words of a short line. One that ends a sentence is the story's last word.
const SHORT_WORDS: f32 = 4.0;

/// Drops the links alone and the short lines that are no sentence behind the last kept running text, where the scores
/// hardly keep them.
pub(super) fn drop_doubtful_tail(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let is_running = |index: &usize| verdicts[*index].is_keep() && page.lines[*index].prose > 0.0;
    let Some(last) = (0..verdicts.len()).rev().find(is_running) else { return };
    for (index, verdict) in verdicts.iter_mut().enumerate().skip(last + 1) {
        let (line, reason) = (&page.lines[index], verdict.reason());
        let is_doubtful = verdict.is_keep() && reason.stage == Stage::Score && reason.story_likelihood < SURE;
        let is_paragraph = page.document.blocks[index].kind == BlockKind::Paragraph;
        let is_label = line.words <= SHORT_WORDS && !line.ends_sentence;
        if is_doubtful && is_paragraph && (line.is_link_alone() || is_label) {
            *verdict = context(Role::Boilerplate, Evidence::AfterStory, verdict);
        }
    }
}
