//! Headings live with what they head.

use crate::block::{BlockKind, Document, word_hashes};
use crate::verdict::{Evidence, Role, Stage, Verdict};

use super::page::PageView;
use super::repair::{FormSum, context, is_dropped_by_score, kept_by_context, sums_of_forms};

/// Likelihood from which a heading without a body stays.
const SURE_HEADING: f32 = 0.75;
/// Likelihood from which a heading stays that is of the form of kept ones, and how many of these there have to be.
const DOUBTFUL: f32 = 0.2;
const ALIKE: usize = 3;
/// Blocks behind it of which one has to be kept.
const STORY_BEHIND: usize = 2;
/// Blocks that a rule drops between a heading and the story beside it: pictures' captions, advertising.
const BETWEEN: usize = 4;

/// Keeps a heading that the scores drop, though the story stands in its own box on both sides of it (on a page with few
/// headings, theirs may be the form of those of teasers), or though it has story behind it and is of the form of other
/// headings that are kept.
pub(super) fn keep_headings_of_story(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let forms = sums_of_forms(page, verdicts);
    let is_of_kept_form = |index: usize| {
        let FormSum { kept, all } = forms[page.groups[index]];
        let is_doubtful = verdicts[index].reason().story_likelihood >= DOUBTFUL;
        let behind = verdicts.iter().skip(index + 1).take(STORY_BEHIND);
        is_doubtful && kept >= ALIKE && 2 * kept >= all && behind.into_iter().any(Verdict::is_keep)
    };
    let heads_story = |index: &usize| {
        is_heading(page.document, *index)
            && is_dropped_by_score(&verdicts[*index])
            && page.lines[*index].opens().is_none()
            && (is_between_story(page, verdicts, *index) || is_of_kept_form(*index))
    };
    let found: Vec<usize> = (0..verdicts.len()).filter(heads_story).collect();
    for index in found {
        let story_likelihood = verdicts[index].reason().story_likelihood.max(SURE_HEADING);
        verdicts[index] = kept_by_context(vec![Evidence::AmongStory], story_likelihood);
    }
}

/// Words of the shortest title that tells a headline from a section's heading, and the likelihood from which a heading
/// stays that ends with it: "Today: the ten best weirs".
const TITLE_WORDS: usize = 4;
const SURE_SECTION: f32 = 0.95;
/// Words of the story ahead of a heading from which it is no headline.
const LEAD_PROSE: f32 = 60.0;

/// Drops a kept heading ahead of the story that says the title behind a line of its own: "After the storm: Ferries sail
/// again".
pub(super) fn drop_headlines_with_kickers(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let title = word_hashes(page.document.metadata.title.as_deref().unwrap_or_default());
    if title.len() < TITLE_WORDS {
        return;
    }
    let mut said = 0.0;
    for (index, verdict) in verdicts.iter_mut().enumerate().filter(|(_, verdict)| verdict.is_keep()) {
        let doubtful = verdict.reason().story_likelihood < SURE_SECTION;
        let leads = said < LEAD_PROSE && is_heading(page.document, index);
        if doubtful && leads && page.lines[index].hashes().ends_with(&title) {
            *verdict = context(Role::Headline, Evidence::SaysHeadline, verdict);
        }
        said += page.lines[index].prose;
    }
}

fn is_heading(document: &Document, index: usize) -> bool {
    matches!(document.blocks[index].kind, BlockKind::Heading(_))
}

/// Whether the next blocks in a heading's box, ahead and behind, are kept, and the one behind is no heading.
fn is_between_story(page: &PageView<'_>, verdicts: &[Verdict], heading: usize) -> bool {
    let Some(own) = page.place(heading).level(1) else { return false };
    let is_beside = |index: usize| page.place(index).levels().any(|level| level == own);
    let is_passed = |index: &usize| {
        let verdict = &verdicts[*index];
        !verdict.is_keep() && (!is_beside(*index) || verdict.reason().stage == Stage::Rule)
    };
    let is_story = |index: usize| verdicts[index].is_keep() && is_beside(index);
    let ahead = (0..heading).rev().take(BETWEEN + 1).find(|index| !is_passed(index));
    let behind = (heading + 1..verdicts.len()).take(BETWEEN + 1).find(|index| !is_passed(index));
    ahead.is_some_and(is_story) && behind.is_some_and(|index| is_story(index) && !is_heading(page.document, index))
}

/// Drops a kept heading of which the scores are not sure, and which nothing kept follows ahead of the next heading of
/// its level or above it. A sure one stays: lists of things are told in headings too.
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
        let doubtful = verdicts[index].reason().story_likelihood < SURE_HEADING;
        if doubtful && waiting.is_some_and(|next| next <= level) {
            verdicts[index] = context(Role::Boilerplate, Evidence::OrphanHeading, &verdicts[index]);
        } else {
            waiting = Some(level);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Block;
    use crate::knowledge::Knowledge;
    use crate::page::Page;
    use crate::segment::segment;
    use crate::verdict::Reason;

    const ONE: &str = "<p>The ferry came in late, and nobody on the quay had been told why it had to wait.</p>";
    const TWO: &str =
        "<p>Two of the boats went out again at noon, though the harbour master had asked them not to.</p>";

    /// The headings that are kept of a page whose paragraphs the scores keep and whose headings they drop.
    fn kept_headings(html: &str) -> Vec<String> {
        let document = segment(&Page::from_html(html, None));
        let knowledge = Knowledge::builtin();
        let page = PageView::of(&document, &knowledge);
        let reason = |story_likelihood| Reason {
            role: Role::Story,
            stage: Stage::Score,
            evidence: Vec::new(),
            story_likelihood,
        };
        let by_score = |block: &Block| {
            if block.text.ends_with('.') { Verdict::Keep(reason(0.9)) } else { Verdict::Drop(reason(0.1)) }
        };
        let mut verdicts: Vec<Verdict> = document.blocks.iter().map(by_score).collect();
        keep_headings_of_story(&page, &mut verdicts);
        let kept = (0..verdicts.len()).filter(|index| is_heading(&document, *index) && verdicts[*index].is_keep());
        kept.map(|index| document.blocks[index].text.to_string()).collect()
    }

    #[test]
    fn a_heading_among_the_paragraphs_of_its_box_is_kept() {
        let page = format!("<article>{ONE}<h3>A long wait</h3>{TWO}{ONE}<h3>Out again</h3>{TWO}</article>");
        assert_eq!(kept_headings(&page), ["A long wait", "Out again"]);
    }

    #[test]
    fn a_heading_at_an_end_or_of_other_stories_stays_dropped() {
        let page = format!("<article><h3>Ahead</h3>{ONE}{TWO}<h3>Behind</h3><h3>Harbour</h3></article>");
        assert_eq!(kept_headings(&page), [] as [&str; 0]);
        let page = format!("<article>{ONE}<h3>Related stories</h3>{TWO}</article>");
        assert_eq!(kept_headings(&page), [] as [&str; 0]);
        let page = format!("<article>{ONE}<section><h3>More</h3><p>A short one</p></section>{TWO}</article>");
        assert_eq!(kept_headings(&page), [] as [&str; 0]);
    }

    #[test]
    fn a_heading_that_ends_with_the_title_is_the_headline() {
        let dropped = |title: &str, heading: &str| {
            let html = format!("<title>{title}</title><h1>The Courier</h1><h2>{heading}</h2><p>The ferry sailed.</p>");
            super::super::repair::dropped_of_kept(&html, drop_headlines_with_kickers).len()
        };
        assert_eq!(dropped("Ferries sail to Marlow again", "After the storm: Ferries sail to Marlow again"), 1);
        assert_eq!(dropped("Ferries sail to Marlow again", "Ferries sail to Marlow again, but who pays?"), 0);
        assert_eq!(dropped("Ferries sail", "Where the ferries sail"), 0, "too short to tell");
    }

    #[test]
    fn running_text_that_went_does_not_make_a_headline_a_section() {
        let dropped = |ahead: f32| {
            let notice = format!("<p>{}</p>", "Trains of the line are late, and buses run in their place. ".repeat(8));
            let html = format!(
                "<title>Ferries sail to Marlow again</title>{notice}<h3>After the storm - Ferries sail to Marlow again</h3>{ONE}"
            );
            !super::super::repair::kept_of_scored(&html, &[ahead, 0.9, 0.9], drop_headlines_with_kickers)[1]
        };
        assert!(dropped(0.1));
        assert!(!dropped(0.9), "the story has begun");
    }
}
