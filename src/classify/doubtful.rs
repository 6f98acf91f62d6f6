//! Paragraphs and items of which the scores are in doubt: one of the story that is lost is worse than one too many.

use crate::block::BlockKind;
use crate::verdict::{Evidence, Verdict};

use super::page::PageView;
use super::repair::{is_dropped_by_score, kept_by_context};
use super::scores::KEEP_FROM;

/// Words of a paragraph that stays where it is in doubt, and the likelihood from which it is: of those that stand beside
/// kept blocks, two in three are the story's.
const PARAGRAPH_WORDS: f32 = 30.0;
const DOUBTFUL_PARAGRAPH: f32 = 0.3;
/// Likewise, where a kept paragraph of the same parent and form stands right beside it.
const WORDS_BESIDE_LIKE: f32 = 15.0;
const DOUBTFUL_BESIDE_LIKE: f32 = 0.2;
/// Share of its characters that may be in links.
const PARAGRAPH_LINKS: f32 = 0.3;
/// The likelihood from which an item stays of a list that a kept paragraph leads to: of fifteen such on held-out pages ten
/// are the story's.
const DOUBTFUL_ITEM: f32 = 0.2;
/// What ends a footnote.
const BACK_REFERENCE: char = '↩';
/// Blocks on each side of it of which one has to be kept.
const BESIDE: usize = 3;

/// Keeps long paragraphs of which the scores are in doubt and that say no phrase of an insert, beside kept blocks or where
/// no other running text is kept.
pub(super) fn keep_doubtful_paragraphs(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let has_story = verdicts.iter().zip(&page.lines).any(|(verdict, line)| verdict.is_keep() && line.prose > 0.0);
    let may_be_one = |index: usize, verdict: &Verdict| {
        let line = &page.lines[index];
        is_dropped_by_score(verdict)
            && page.document.blocks[index].kind == BlockKind::Paragraph
            && line.ends_sentence
            && line.hits.is_empty()
            && line.link_density <= PARAGRAPH_LINKS
    };
    let is_doubtful = |index: usize, verdicts: &[Verdict]| {
        let (words, likelihood) = (page.lines[index].words, verdicts[index].reason().story_likelihood);
        let is_beside_story =
            || verdicts[index.saturating_sub(BESIDE)..].iter().take(2 * BESIDE + 1).any(Verdict::is_keep);
        let is_long = words >= PARAGRAPH_WORDS && likelihood >= DOUBTFUL_PARAGRAPH;
        let has_like = || words >= WORDS_BESIDE_LIKE && likelihood >= DOUBTFUL_BESIDE_LIKE;
        is_long && (!has_story || is_beside_story()) || has_like() && is_beside_its_like(page, verdicts, index)
    };
    // One that stays lets the next one stay.
    for index in 0..verdicts.len() {
        if may_be_one(index, &verdicts[index]) && is_doubtful(index, verdicts) {
            keep(&mut verdicts[index]);
        }
    }
}

fn keep(verdict: &mut Verdict) {
    let story_likelihood = verdict.reason().story_likelihood.max(KEEP_FROM);
    *verdict = kept_by_context(vec![Evidence::AmongStory], story_likelihood);
}

/// Keeps the items in doubt of a list that a kept paragraph leads to: "The branches that will close are:". Not links alone:
/// those lead to other stories.
pub(super) fn keep_lists_led_to(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let blocks = &page.document.blocks;
    let is_item = |index: usize| matches!(blocks[index].kind, BlockKind::ListItem { .. });
    let mut around = None;
    for index in 0..verdicts.len() {
        if !is_item(index) {
            let leads = verdicts[index].is_keep() && blocks[index].text.ends_with(':');
            around = page.place(index).level(1).filter(|_| leads);
        } else if let Some(around) = around {
            let line = &page.lines[index];
            let is_in_doubt = is_dropped_by_score(&verdicts[index])
                && verdicts[index].reason().story_likelihood >= DOUBTFUL_ITEM
                && line.hits.is_empty()
                && !line.is_link_alone()
                && !blocks[index].text.contains(BACK_REFERENCE);
            if is_in_doubt && page.place(index).levels().any(|level| level == around) {
                keep(&mut verdicts[index]);
            }
        }
    }
}

/// Whether a kept paragraph stands right beside one, both in elements of one tag and parent.
fn is_beside_its_like(page: &PageView<'_>, verdicts: &[Verdict], index: usize) -> bool {
    let parent = |block: usize| page.place(block).level(1);
    let is_like = |other: usize| {
        verdicts.get(other).is_some_and(Verdict::is_keep)
            && page.document.blocks[other].kind == BlockKind::Paragraph
            && page.tag_around(other) == page.tag_around(index)
            && parent(other) == parent(index)
    };
    index.checked_sub(1).is_some_and(is_like) || is_like(index + 1)
}

#[cfg(test)]
mod tests {
    use super::super::repair::kept_of_scored;
    use super::*;

    fn kept(html: &str, likelihoods: &[f32]) -> Vec<bool> {
        kept_of_scored(html, likelihoods, keep_doubtful_paragraphs)
    }

    const LINE: &str = "<h2>The ferry sailed on Tuesday.</h2>";

    fn paragraph(words: usize) -> String {
        format!("<p>{}ends.</p>", "It sailed and never ".repeat(words / 4))
    }

    #[test]
    fn a_list_in_doubt_that_a_paragraph_leads_to_stays() {
        let stays = |lead: &str, item: &str, likelihood| {
            let html = format!("<div><p>{lead}</p><ul><li>{item}</li></ul></div>");
            kept_of_scored(&html, &[0.9, likelihood], keep_lists_led_to)[1]
        };
        assert!(stays("The branches that close are:", "<a href=/a>Upper Wick</a>, in May", 0.25));
        assert!(!stays("The branches that close are:", "<a href=/a>Upper Wick</a>, in May", 0.15), "hardly in doubt");
        assert!(!stays("The branches that close are:", "<a href=/a>Upper Wick</a>", 0.25), "a link alone");
        assert!(!stays("The branches that close are:", "Minutes of the council, 3 May. ↩", 0.25), "a footnote");
        assert!(!stays("The branches are to close.", "<a href=/a>Upper Wick</a>, in May", 0.25), "nothing leads to it");
        let elsewhere = "<div><p>The branches are:</p></div><div><ul><li>Upper Wick, in May</li></ul></div>";
        assert!(!kept_of_scored(elsewhere, &[0.9, 0.25], keep_lists_led_to)[1], "in another box");
    }

    #[test]
    fn a_long_paragraph_in_doubt_beside_the_story_stays() {
        let stays = |words: usize, likelihood| kept(&(LINE.to_owned() + &paragraph(words)), &[0.9, likelihood])[1];
        assert!(stays(40, 0.35));
        assert!(!stays(40, 0.25), "hardly in doubt");
        assert!(!stays(12, 0.35), "a line");
    }

    #[test]
    fn a_paragraph_right_beside_its_like_stays_sooner() {
        let stays = |words: usize, likelihood| kept(&paragraph(words).repeat(2), &[0.9, likelihood])[1];
        assert!(stays(20, 0.25));
        assert!(!stays(20, 0.15));
        assert!(!stays(8, 0.25));
    }

    #[test]
    fn paragraphs_in_doubt_stay_where_they_are_all_there_is() {
        let stays = |likelihood| kept(&paragraph(40).repeat(2), &[likelihood, likelihood]);
        assert_eq!(stays(0.35), [true, true]);
        assert_eq!(stays(0.25), [false, false]);
    }
}
