//! What the verdicts on the blocks around change, once all are known.

use std::ops::RangeInclusive;

use crate::block::BlockKind;
use crate::verdict::{Evidence, Reason, Role, Stage, Verdict};

use super::page::PageView;
use super::scores::yes;

/// Words of a line that may be the rest of a pitch.
const PITCH_LINE_WORDS: f32 = 30.0;
/// Words of a box that may be a pitch as a whole.
const PITCH_BOX_WORDS: f32 = 200.0;
/// Share of a box's blocks that went by themselves for the rest to go too.
const PITCH_DROPPED_SHARE: f32 = 0.5;
/// Likelihood from which a line of it stays: a column of the page may hold a pitch too.
const SURE_IN_PITCH: f32 = 0.95;
/// Blocks of a box of which the rest goes where most went.
const BOX_BLOCKS: f32 = 2.5;
/// Share of them that went.
const BOX_DROPPED_SHARE: f32 = 0.6;
/// Likelihood from which a line of such a box stays.
const SURE_IN_BOX: f32 = 0.7;
/// Words of a line that is a label where it stands there again, and the likelihood from which it stays.
const LABEL_WORDS: f32 = 2.0;
const SURE_LABEL: f32 = 0.75;
/// Words of a line that is a time and a name.
const STAMP_WORDS: f32 = 4.0;
/// Words of a linked line that is the headline of another story rather than a name.
const LINKED_HEADLINE_WORDS: f32 = 6.0;

/// Keeps preformatted text within the main text: a poem, a letter, code. Pages have too little of it for scores.
pub(super) fn keep_preformatted(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    for (index, block) in page.document.blocks.iter().enumerate() {
        if is_dropped_by_score(&verdicts[index]) && block.kind == BlockKind::Preformatted && page.place(index).in_best {
            let evidence = vec![Evidence::Markup("preformatted text"), Evidence::InMainContainer];
            let story_likelihood = verdicts[index].reason().story_likelihood.max(0.6);
            verdicts[index] = kept_by_context(evidence, story_likelihood);
        }
    }
}

/// Drops a line that is all link and stands next to a dropped one in the same box: one of a row of links.
pub(super) fn drop_rows_of_links(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let is_link = |index: usize| {
        let line = &page.lines[index];
        line.is_link_alone()
            && line.words >= LINKED_HEADLINE_WORDS
            && !matches!(page.document.blocks[index].kind, BlockKind::ListItem { .. })
    };
    let shares_box = |a: usize, b: usize| {
        let around = |index: usize| page.place(index).levels().take(2);
        around(a).any(|level| around(b).any(|other| level == other))
    };
    for index in 0..verdicts.len() {
        let beside = [index.checked_sub(1), Some(index + 1).filter(|next| *next < verdicts.len())];
        let in_row = |other: usize| is_link(other) && !verdicts[other].is_keep() && shares_box(index, other);
        if verdicts[index].is_keep() && is_link(index) && beside.into_iter().flatten().any(in_row) {
            verdicts[index] = context(Role::Related, Evidence::AmongDropped, &verdicts[index]);
        }
    }
}

/// Drops a short kept line in a small box with a pitch, where most of the box went: the rest of an offer.
pub(super) fn drop_rest_of_pitches(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let is_box = |level: usize| {
        let container = &page.containers.all[level];
        let has_pitch = container.pitches > 0.0 && container.blocks > 2.5 && container.words < PITCH_BOX_WORDS;
        has_pitch && page.is_aside_of_story(level)
    };
    let may_be_one = |index: &usize| {
        let verdict = &verdicts[*index];
        verdict.is_keep()
            && verdict.reason().story_likelihood < SURE_IN_PITCH
            && page.lines[*index].words <= PITCH_LINE_WORDS
            && page.place(*index).levels().any(is_box)
    };
    let mut lines: Vec<usize> = (0..verdicts.len()).filter(may_be_one).collect();
    if lines.is_empty() {
        return;
    }
    let dropped = sum_by_container(page, |index| !verdicts[index].is_keep());
    // A column of the page may hold a pitch below the story.
    let paragraphs =
        sum_by_container(page, |index| verdicts[index].is_keep() && page.lines[index].prose > PITCH_LINE_WORDS);
    let went = |level: usize| {
        dropped[level] >= PITCH_DROPPED_SHARE * page.containers.all[level].blocks && paragraphs[level] == 0.0
    };
    lines.retain(|index| page.place(*index).levels().any(|level| is_box(level) && went(level)));
    for index in lines {
        verdicts[index] = context(Role::Subscribe, Evidence::InInsertBox, &verdicts[index]);
    }
}

/// Drops what is left of a small box of which most went and of which the model is not sure: the last line of a gallery, of
/// an offer. A heading stays where a kept block follows it.
pub(super) fn drop_rest_of_boxes(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let is_heading = |index: usize| matches!(page.document.blocks[index].kind, BlockKind::Heading(_));
    let is_followed = |index: usize| verdicts.get(index + 1).is_some_and(Verdict::is_keep);
    let may_be_one = |index: &usize| {
        let index = *index;
        let is_doubtful = verdicts[index].is_keep() && verdicts[index].reason().story_likelihood < SURE_IN_BOX;
        // Ahead of the text stand the headline's box and the summary in it.
        let short = page.lines[index].words <= PITCH_LINE_WORDS && page.prose_before[index] > 0.0;
        is_doubtful && short && !(is_heading(index) && is_followed(index))
    };
    let mut lines: Vec<usize> = (0..verdicts.len()).filter(may_be_one).collect();
    if lines.is_empty() {
        return;
    }
    let dropped = sum_by_container(page, |index| !verdicts[index].is_keep());
    let is_left_over = |level: usize| {
        let container = &page.containers.all[level];
        let is_box = container.blocks > BOX_BLOCKS && container.words < PITCH_BOX_WORDS;
        is_box && page.is_aside_of_story(level) && dropped[level] >= BOX_DROPPED_SHARE * container.blocks
    };
    lines.retain(|index| page.place(*index).levels().any(is_left_over));
    for index in lines {
        verdicts[index] = context(Role::Boilerplate, Evidence::AmongDropped, &verdicts[index]);
    }
}

/// Drops a line of a word or two that stands there several times and of which the model is not sure, as labels of
/// advertising do, and one that is a time and a name, as ahead of the entries of a live ticker.
pub(super) fn drop_labels(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    for (index, block) in page.document.blocks.iter().enumerate() {
        let line = &page.lines[index];
        if !verdicts[index].is_keep() || block.kind != BlockKind::Paragraph || line.ends_sentence {
            continue;
        }
        let likelihood = verdicts[index].reason().story_likelihood;
        if line.repeats > 1 && line.words <= LABEL_WORDS && likelihood < SURE_LABEL {
            verdicts[index] = context(Role::Repeat, Evidence::SaysAgain, &verdicts[index]);
        } else if line.words <= STAMP_WORDS && begins_with_time(&block.text) {
            verdicts[index] = context(Role::Byline, Evidence::Words(block.words()), &verdicts[index]);
        }
    }
}

/// Whether a text begins as `08:41` does.
fn begins_with_time(text: &str) -> bool {
    let Some((hour, rest)) = text.split_once(':') else { return false };
    let minutes = rest.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&hour.len()) && hour.bytes().all(|b| b.is_ascii_digit()) && minutes == 2
}

/// For each element, how many of the blocks in it are such.
pub(super) fn sum_by_container(page: &PageView<'_>, is_such: impl Fn(usize) -> bool) -> Vec<f32> {
    let mut sums = vec![0.0; page.containers.all.len()];
    for index in 0..page.lines.len() {
        if let Some(sum) = page.element(index).and_then(|element| sums.get_mut(element)) {
            *sum += yes(is_such(index));
        }
    }
    for index in (0..sums.len()).rev() {
        if let Some(parent) = page.document.elements.parent(index) {
            sums[parent] += sums[index];
        }
    }
    sums
}

/// The blocks of a form.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct FormSum {
    pub(super) all: usize,
    pub(super) kept: usize,
}

/// What the blocks of each form add up to.
pub(super) fn sums_of_forms(page: &PageView<'_>, verdicts: &[Verdict]) -> Vec<FormSum> {
    let mut forms = vec![FormSum::default(); page.group_sums.len()];
    for (group, verdict) in page.groups.iter().zip(verdicts) {
        forms[*group].all += 1;
        forms[*group].kept += usize::from(verdict.is_keep());
    }
    forms
}

/// From the first kept running text to the last.
pub(super) fn kept_prose(page: &PageView<'_>, verdicts: &[Verdict]) -> Option<RangeInclusive<usize>> {
    let is_one = |index: &usize| verdicts[*index].is_keep() && page.lines[*index].prose > 0.0;
    let first = (0..verdicts.len()).find(is_one)?;
    Some(first..=(first..verdicts.len()).rev().find(is_one)?)
}

/// Whether the scores alone drop a block.
pub(super) fn is_dropped_by_score(verdict: &Verdict) -> bool {
    !verdict.is_keep() && verdict.reason().stage == Stage::Score
}

/// The verdict on a block that what stands around it keeps.
pub(super) fn kept_by_context(evidence: Vec<Evidence>, story_likelihood: f32) -> Verdict {
    Verdict::Keep(Reason { role: Role::Story, stage: Stage::Context, evidence, story_likelihood })
}

/// The verdict on a kept block that what stands around it drops.
pub(super) fn context(role: Role, evidence: Evidence, before: &Verdict) -> Verdict {
    let story_likelihood = before.reason().story_likelihood.min(0.3);
    Verdict::Drop(Reason { role, stage: Stage::Context, evidence: vec![evidence], story_likelihood })
}

/// Whether each block of a page is kept behind a repair, where the scores gave these likelihoods.
#[cfg(test)]
pub(super) fn kept_of_scored(
    html: &str,
    likelihoods: &[f32],
    repair: impl FnOnce(&PageView<'_>, &mut [Verdict]),
) -> Vec<bool> {
    let document = crate::segment::segment(&crate::page::Page::from_html(html, None));
    let knowledge = crate::knowledge::Knowledge::builtin();
    let page = PageView::of(&document, &knowledge);
    assert_eq!(document.blocks.len(), likelihoods.len(), "a likelihood a block");
    let verdict = |likelihood: &f32| {
        let (role, stage, evidence) = (Role::Story, Stage::Score, Vec::new());
        let reason = Reason { role, stage, evidence, story_likelihood: *likelihood };
        if *likelihood < super::scores::KEEP_FROM { Verdict::Drop(reason) } else { Verdict::Keep(reason) }
    };
    let mut verdicts: Vec<Verdict> = likelihoods.iter().map(verdict).collect();
    repair(&page, &mut verdicts);
    verdicts.iter().map(Verdict::is_keep).collect()
}

/// The texts that a repair drops of a page of which all was kept.
#[cfg(test)]
pub(super) fn dropped_of_kept(html: &str, repair: impl FnOnce(&PageView<'_>, &mut [Verdict])) -> Vec<String> {
    let document = crate::segment::segment(&crate::page::Page::from_html(html, None));
    let knowledge = crate::knowledge::Knowledge::builtin();
    let page = PageView::of(&document, &knowledge);
    let reason = Reason { role: Role::Story, stage: Stage::Score, evidence: Vec::new(), story_likelihood: 0.9 };
    let mut verdicts = vec![Verdict::Keep(reason); document.blocks.len()];
    repair(&page, &mut verdicts);
    let dropped = document.blocks.iter().zip(verdicts).filter(|(_, verdict)| !verdict.is_keep());
    dropped.map(|(block, _)| block.text.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAGRAPH: &str = "<p>The ferry sailed on Tuesday with the mayor, two schools and a brass band, and was back by \
        noon with all of them, as the harbour master had promised to those who said that it would never leave the quay.</p>";

    #[test]
    fn a_column_with_a_paragraph_of_the_story_is_no_pitch() {
        let pitch = "<h3>Subscribe to our newsletter</h3><p>Sign up now</p><p>Subscribe</p>";
        let dropped = |line: &str| {
            let story = format!("<div>{}</div>", PARAGRAPH.repeat(3));
            dropped_of_kept(&format!("{story}<div>{line}<p>So it sails.</p>{pitch}</div>"), |page, verdicts| {
                for verdict in &mut verdicts[5..] {
                    *verdict = context(Role::Newsletter, Evidence::InInsertBox, verdict);
                }
                drop_rest_of_pitches(page, verdicts);
            })
        };
        assert!(!dropped(PARAGRAPH).contains(&"So it sails.".to_owned()));
        assert!(dropped("<p>It sails.</p>").contains(&"So it sails.".to_owned()));
    }
}
