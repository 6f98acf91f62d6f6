//! Which blocks belong to the story.
//!
//! [`judge`] goes through these stages; the first that decides wins:
//!
//! 1. **Rules**: what the markup or a phrase says for certain (a `nav`, a `figcaption`, "Sign up for our newsletter").
//! 2. **Scores**: a weighted sum of what a block shows by itself and by its place (`features.rs`), then a second sum
//!    that also sees the first scores of the blocks around and of all blocks of the same form (`around.rs`).
//!    The weights are data (`knowledge/data/weights.toml`).
//! 3. **Repair**: a heading without a story behind it goes, and so do a paragraph that stands there twice, a pull
//!    quote and the rest of a sign-up box; preformatted text within the story stays.
//! 4. **Page**: where what is left is no story, nothing is left.
//!
//! Every verdict carries its reason. For a score, the reason names what weighed most.

mod around;
mod containers;
mod features;
mod likeness;
mod lines;
mod page;
mod plain;
mod reasons;
mod repair;
mod rules;
mod scores;
mod story;

use std::collections::BTreeSet;

use crate::block::Document;
use crate::knowledge::Knowledge;
use crate::options::CleanOptions;
use crate::verdict::{Evidence, PageVerdict, Reason, Role, Stage, Verdict};

use page::PageView;
use reasons::Explainer;
use scores::{Passes, Scored};

/// One verdict for each block of the document, in order.
///
/// ```
/// use cleancopy::{classify::judge, knowledge::Knowledge, options::CleanOptions, page::Page, segment::segment};
///
/// let page = Page::from_html("<nav><a href=/>Home</a></nav><p>The council met on Tuesday.</p>", None);
/// let document = segment(&page);
/// let verdicts = judge(&document, &Knowledge::builtin(), &CleanOptions::default());
/// assert_eq!(verdicts.len(), document.blocks.len());
/// assert_eq!(verdicts[0].to_string(), "drop navigation: inside <nav>");
/// ```
pub fn judge(document: &Document, knowledge: &Knowledge, options: &CleanOptions) -> Vec<Verdict> {
    judge_whole(document, knowledge, options).0
}

/// What the page as a whole is, by its blocks' verdicts and by what it says of itself.
pub fn judge_page(document: &Document, verdicts: &[Verdict], knowledge: &Knowledge) -> PageVerdict {
    story::page_verdict(document, verdicts, &knowledge.lexicon)
}

/// The verdicts of [`judge`] and that of [`judge_page`], for the work of one.
pub fn judge_whole(document: &Document, knowledge: &Knowledge, options: &CleanOptions) -> (Vec<Verdict>, PageVerdict) {
    let mut verdicts = if document.signs.plain_text {
        plain::judge_text(document, &knowledge.lexicon)
    } else {
        judge_blocks(document, knowledge)
    };
    let page = judge_page(document, &verdicts, knowledge);
    if !page.has_story() {
        story::drop_all(&mut verdicts);
    }
    include(&options.include, &mut verdicts);
    (verdicts, page)
}

fn judge_blocks(document: &Document, knowledge: &Knowledge) -> Vec<Verdict> {
    let page = PageView::of(document, knowledge);
    let scored = Passes::of(&knowledge.weights).score(&page);
    let mut verdicts = score_verdicts(&page, knowledge, &scored);
    repair::keep_preformatted(&page, &mut verdicts);
    repair::drop_repeats(&page, &mut verdicts);
    repair::drop_rows_of_links(&page, &mut verdicts);
    repair::drop_rest_of_pitches(&page, &mut verdicts);
    repair::drop_pull_quotes(&page, &mut verdicts);
    repair::drop_orphan_headings(document, &mut verdicts);
    verdicts
}

fn score_verdicts(page: &PageView<'_>, knowledge: &Knowledge, scored: &Scored) -> Vec<Verdict> {
    let explainer = Explainer::new(knowledge);
    let verdict = |index: usize| match rules::certain(page, index) {
        Some(verdict) => verdict,
        None => explainer.verdict(page, scored, index),
    };
    (0..page.lines.len()).map(verdict).collect()
}

/// Keeps the blocks of the roles that the caller asks for, where they stand within the story or next to it.
fn include(roles: &BTreeSet<Role>, verdicts: &mut [Verdict]) {
    /// Blocks next to the story that belong to it: a lead picture's caption stands a few lines ahead of the text.
    const REACH: usize = 6;
    let kept = || verdicts.iter().enumerate().filter(|(_, verdict)| verdict.is_keep()).map(|(index, _)| index);
    let (Some(first), Some(last)) = (kept().next(), kept().next_back()) else { return };
    if roles.is_empty() {
        return;
    }
    let near = first.saturating_sub(REACH)..(last + 1 + REACH).min(verdicts.len());
    for verdict in &mut verdicts[near] {
        if let Verdict::Drop(reason) = verdict
            && roles.contains(&reason.role)
        {
            let Reason { role, story_likelihood, .. } = *reason;
            let evidence = vec![Evidence::Included];
            *verdict = Verdict::Keep(Reason { role, stage: Stage::Option, evidence, story_likelihood });
        }
    }
}
