//! Teasers amid the story: a box with the linked headline of another one and a line or two about it.

use crate::block::BlockKind;
use crate::verdict::{Evidence, Role, Verdict};

use super::page::PageView;
use super::repair::{context, sum_by_container};

/// Likelihood from which the text of a teaser stays.
const SURE: f32 = 0.97;
/// Teasers of a form at the most: more of them are what the story is about, tools, courses, products.
const FEW: usize = 3;

/// Drops the running text of teasers: all else of the box went, the linked headline too, and nothing else of the text's form
/// is kept.
pub(super) fn drop_texts_of_teasers(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let is_headline = |index: usize| {
        let is_heading = matches!(page.document.blocks[index].kind, BlockKind::Heading(_));
        is_heading && !verdicts[index].is_keep() && page.lines[index].is_link_alone()
    };
    let headlines = sum_by_container(page, is_headline);
    let dropped = sum_by_container(page, |index| !verdicts[index].is_keep());
    let is_teaser = |level: usize| {
        let all_else = page.containers.all[level].blocks - 1.5;
        headlines[level] > 0.0 && dropped[level] > all_else && page.is_aside_of_story(level)
    };
    let is_text = |index: &usize| {
        verdicts[*index].reason().story_likelihood < SURE
            && page.lines[*index].prose > 0.0
            && page.place(*index).levels().any(is_teaser)
    };
    let (mut kept, mut texts) = (vec![0; page.group_sums.len()], vec![Vec::new(); page.group_sums.len()]);
    for index in (0..verdicts.len()).filter(|index| verdicts[*index].is_keep()) {
        kept[page.groups[index]] += 1;
        if is_text(&index) {
            texts[page.groups[index]].push(index);
        }
    }
    for (texts, kept) in texts.into_iter().zip(kept) {
        if texts.len() == kept && kept <= FEW {
            for index in texts {
                verdicts[index] = context(Role::Related, Evidence::AmongDropped, &verdicts[index]);
            }
        }
    }
}
