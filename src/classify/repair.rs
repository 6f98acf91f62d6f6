//! What the verdicts on the blocks around change, once all are known.

use rustc_hash::FxHashMap;

use crate::block::{BlockKind, Document};
use crate::verdict::{Evidence, Reason, Role, Stage, Verdict};

use super::page::PageView;

/// Words of a paragraph that no story says twice.
const REPEAT_WORDS: f32 = 8.0;

/// Drops a paragraph that a kept one has said, letter for letter: a pull quote, a copy for another screen.
pub(super) fn drop_repeats(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let mut said: FxHashMap<&str, usize> = FxHashMap::default();
    for (index, block) in page.document.blocks.iter().enumerate() {
        if !verdicts[index].is_keep() || page.lines[index].words < REPEAT_WORDS {
            continue;
        }
        if said.insert(&block.text, index).is_some() {
            verdicts[index] = context(Role::Repeat, Evidence::SaysAgain, &verdicts[index]);
        }
    }
}

/// Drops a kept heading that nothing kept follows, ahead of the next heading of its level or above it.
pub(super) fn drop_orphan_headings(document: &Document, verdicts: &mut [Verdict]) {
    // The highest level of the kept headings behind, up to the next kept text; none where text comes first.
    let mut waiting: Option<u8> = Some(0);
    for (index, block) in document.blocks.iter().enumerate().rev() {
        if !verdicts[index].is_keep() {
            continue;
        }
        let BlockKind::Heading(level) = block.kind else {
            waiting = None;
            continue;
        };
        if waiting.is_some_and(|next| next <= level) {
            verdicts[index] = context(Role::Boilerplate, Evidence::OrphanHeading, &verdicts[index]);
        } else {
            waiting = Some(level);
        }
    }
}

fn context(role: Role, evidence: Evidence, before: &Verdict) -> Verdict {
    let story_likelihood = before.reason().story_likelihood.min(0.3);
    Verdict::Drop(Reason { role, stage: Stage::Context, evidence: vec![evidence], story_likelihood })
}
