//! Which blocks belong to the story.
//!
//! [`judge`] goes through these stages; the first that decides wins:
//!
//! 1. **Rules**: what the markup or a phrase says for certain (a `nav`, a `figcaption`, "Sign up for our newsletter").
//! 2. **Model**: what was learned from pages with their gold text (`crate::knowledge::model`). Three linear models read the
//!    names of the elements around a block (`markup.rs`), its words (`wording.rs`) and where its links lead
//!    (`targets.rs`). Links amid links of which these are sure are settled (`settled.rs`). A small forest sees the scores
//!    and what a block shows by itself and by its place (`features.rs`); it settles most of the rest. A second forest
//!    decides what is left: it also sees what the first says of the blocks around, of the same section, box and form
//!    (`around.rs`). Blocks of one form that stand close together are then judged alike where they are in doubt
//!    (`agreement.rs`).
//! 3. **Repair**: a heading without a story behind it goes (`headings.rs`), and so do a paragraph that stands there twice
//!    and a pull quote (`repeats.rs`), readers' comments (`comments.rs`), links behind a label (`labelled.rs`), the rest of
//!    a sign-up box (`repair.rs`), lines of one form that are alone with a picture each (`pictures.rs`), the text of a
//!    teaser (`teasers.rs`), lines without words (`leftovers.rs`), links and labels behind the story (`tail.rs`), and the
//!    author's name and the day where they are a paragraph (`credits.rs`). Preformatted text within the story stays, and
//!    so do paragraphs in doubt beside it (`doubtful.rs`), the head of a table that stays (`tables.rs`) and the summary of
//!    news (`deck.rs`). A paragraph of which the scores are not sure goes where a fourth linear model, over runs of
//!    letters, takes it for a planted line (`pitches.rs`), and is judged as next to all others of its form are
//!    (`outliers.rs`).
//! 4. **Kind**: where reasons are shown, a forest for each kind of insert says what the scores dropped (`kinds.rs`).
//! 5. **Page**: where what is left is no story, nothing is left.
//!
//! Text without markup is judged by a model of its own: `scraped.rs`.
//!
//! Every verdict carries its reason: what the block is, its likelihood, and what moved its score most. That is read off
//! the walks through the trees: each split changes the mean of the leaves that can still be reached, and the change is
//! the split's feature's doing. Features are put together by what they are about (`reasons.rs`).
//!
//! # To add a feature
//!
//! Add a line to the `feature_list!` of `features.rs` (what a block shows) or of `around.rs` (what the first scores
//! show); a value that rarely gets large should be capped, or rare pages are judged by chance. Say in `reasons.rs` what
//! it is about, or a test there fails. (What tells the kinds of insert apart is in `kinds/features.rs`, and text without
//! markup has features of its own in `scraped/`; `--kind-figures` or `--text-figures` behind the command below prints
//! whether one of those helped, and writes nothing.) Then train, with Python 3.11 or later: that takes about five minutes
//! on two cores, overwrites the models and their record (`git checkout src/knowledge/data tests/quality.toml` brings them
//! back) and prints whether it helped. `--held-out DIR` writes the text of the held-out pages too; `../shared/bench/score.py
//! ../shared/corpus/wcxb DIR/wcxb.jsonl --worst 20` names those to read.
//!
//! ```text
//! python3 -m venv .venv && .venv/bin/pip install -r src/train/requirements.txt
//! cargo run --release --features train --bin cleancopy-train -- ../shared/corpus --python .venv/bin/python
//! git diff tests/quality.toml
//! ```
//!
//! The figures of `tests/quality.toml` are of pages of sites that the model had not seen; they move by 0.002 in F1 and
//! 0.02 in clean from one seed to another. The log loss of their blocks, which is printed too, moves by one or two
//! hundredths of itself; what lowers it need not make more pages clean. What was tried is written down in the
//! documentation of `train`. At the end, `CLEANCOPY_REWRITE_FIXTURES=1 cargo test --test fixtures` writes the new reasons
//! into the fixtures' records, to be read before they are committed; `expected.txt` is never rewritten.

mod agreement;
mod around;
mod comments;
mod containers;
mod credits;
mod deck;
mod doubtful;
mod features;
mod forms;
mod headings;
mod kinds;
mod labelled;
mod labels;
mod leftovers;
mod likeness;
mod linear;
mod lines;
mod markup;
mod means;
mod mentions;
mod outliers;
mod outline;
mod page;
mod pictures;
mod pitches;
mod place;
mod reasons;
mod repair;
mod repeats;
mod rules;
mod scores;
mod scraped;
mod settled;
mod story;
mod tables;
mod tail;
mod targets;
mod teasers;
#[cfg(feature = "train")]
pub(crate) mod training;
mod whole;
mod wording;

use std::collections::BTreeSet;

use crate::block::{Document, Scan};
use crate::knowledge::Knowledge;
use crate::options::{CleanOptions, Reasons};
use crate::verdict::{Evidence, Judgement, PageVerdict, Reason, Role, Stage, Verdict};

pub use kinds::check_kind_features;
use kinds::name_kinds;
use page::PageView;
use reasons::Explainer;
pub use scores::check_features;
use scores::score;
pub use scraped::check_text_features;

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
    judge_whole(document, knowledge, options).verdicts
}

/// What the page as a whole is, by its blocks' verdicts and by what it says of itself.
pub fn judge_page(document: &Document, verdicts: &[Verdict], knowledge: &Knowledge) -> PageVerdict {
    story::page_verdict(document, &scans_of(document), verdicts, &knowledge.lexicon)
}

/// The certainty under which a page that does not say that it is an article is none: a section front has teasers that
/// read like paragraphs. It is that ahead of the calibration, which is fitted to what comes out of held-out pages. Up to
/// 0.4 none of their stories goes, at 0.5 one of news424 does.
const NO_STORY: f32 = 0.4;
/// The mean likelihood of the words that are kept from which they are a story whatever else the page holds: thousands of
/// links, each a little doubtful, take away the confidence but not the story between them.
const FIRM_STORY: f32 = 0.7;

/// The verdicts of [`judge`] and that of [`judge_page`], for the work of one, and how likely they are right.
pub fn judge_whole(document: &Document, knowledge: &Knowledge, options: &CleanOptions) -> Judgement {
    let (mut verdicts, scans) = if document.signs.plain_text {
        scraped::judge_scraped(document, knowledge, options)
    } else {
        judge_blocks(document, knowledge, options)
    };
    let page = story::page_verdict(document, &scans, &verdicts, &knowledge.lexicon);
    let certainty = certainty(&scans, &verdicts);
    let has_story = page.has_story() && certainty > 0.0;
    let confidence = match (has_story, document.signs.plain_text) {
        (false, _) => 0.0,
        (true, true) => certainty,
        (true, false) => knowledge.model.calibration.confidence(certainty),
    };
    let declared = document.signs.article || document.signs.live || document.signs.plain_text;
    let is_doubtful = || certainty < NO_STORY && kept_likelihood(&scans, &verdicts) < FIRM_STORY;
    let page = if has_story && !declared && is_doubtful() { PageVerdict::NotAnArticle } else { page };
    if !page.has_story() {
        story::drop_all(&mut verdicts);
    }
    include(&options.include, &mut verdicts);
    let words = scans.iter().map(|scan| scan.words).collect();
    Judgement { verdicts, words, page, confidence }
}

/// What the characters of each block's text add up to.
pub(crate) fn scans_of(document: &Document) -> Vec<Scan> {
    document.blocks.iter().map(|block| Scan::of(&block.text)).collect()
}

/// How sure the verdicts on a page are, in 0..=1: 1 / (1 + doubt), where doubt is the words that are expected to be
/// judged wrongly for each word that is kept. 0 where nothing is kept.
pub(crate) fn certainty(scans: &[Scan], verdicts: &[Verdict]) -> f32 {
    let (mut kept, mut wrong) = (0.0, 0.0);
    for (scan, verdict) in scans.iter().zip(verdicts) {
        let words = scan.words as f32;
        let likelihood = verdict.reason().story_likelihood;
        kept += if verdict.is_keep() { words } else { 0.0 };
        wrong += words * if verdict.is_keep() { 1.0 - likelihood } else { likelihood };
    }
    if kept == 0.0 { 0.0 } else { kept / (kept + wrong) }
}

/// The mean likelihood of the words that are kept, in 0..=1; 0 where none is.
fn kept_likelihood(scans: &[Scan], verdicts: &[Verdict]) -> f32 {
    let (mut words, mut sum) = (0.0, 0.0);
    for (scan, verdict) in scans.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_keep()) {
        let own = scan.words as f32;
        words += own;
        sum += own * verdict.reason().story_likelihood;
    }
    if words == 0.0 { 0.0 } else { sum / words }
}

/// The verdicts on the blocks, and the scans of their texts.
fn judge_blocks(document: &Document, knowledge: &Knowledge, options: &CleanOptions) -> (Vec<Verdict>, Vec<Scan>) {
    let reasons = options.reasons;
    let page = PageView::of(document, knowledge);
    let certain = rules::certain_verdicts(&page, reasons);
    let scored = score(&page, &certain, &knowledge.model, reasons);
    let explainer = Explainer::new(knowledge, reasons);
    let by_score = |(index, verdict): (usize, Option<Verdict>)| {
        verdict.unwrap_or_else(|| explainer.verdict(&page, &scored, index))
    };
    let mut verdicts: Vec<Verdict> = certain.into_iter().enumerate().map(by_score).collect();
    repair::keep_preformatted(&page, &mut verdicts);
    doubtful::keep_doubtful_paragraphs(&page, &mut verdicts);
    doubtful::keep_lists_led_to(&page, &mut verdicts);
    tables::keep_heads_of_tables(&page, &mut verdicts);
    deck::keep_deck(&page, &mut verdicts);
    deck::keep_sentences_ahead_of_text(&page, &mut verdicts);
    pictures::drop_named_captions(&page, &mut verdicts);
    pictures::drop_captions(&page, &mut verdicts);
    comments::drop_comments(&page, &mut verdicts);
    credits::drop_credits(&page, &mut verdicts);
    repeats::drop_copies(&page, &mut verdicts);
    repeats::drop_repeats(&page, &mut verdicts);
    labelled::drop_labelled_links(&page, &knowledge.lexicon, &mut verdicts);
    repair::drop_rows_of_links(&page, &mut verdicts);
    repair::drop_rest_of_pitches(&page, &mut verdicts);
    repair::drop_rest_of_boxes(&page, &mut verdicts);
    teasers::drop_texts_of_teasers(&page, &mut verdicts);
    repair::drop_labels(&page, &mut verdicts);
    repeats::drop_pull_quotes(&page, &mut verdicts);
    leftovers::drop_leftovers(&page, &mut verdicts);
    outliers::judge_outliers_as_their_form(&page, &knowledge.model.pitches, &mut verdicts);
    pitches::drop_pitches(&page, &knowledge.model.pitches, &mut verdicts);
    tail::drop_doubtful_tail(&page, &mut verdicts);
    headings::drop_headlines_with_kickers(&page, &mut verdicts);
    headings::keep_headings_of_story(&page, &mut verdicts);
    headings::drop_orphan_headings(document, &mut verdicts);
    if reasons == Reasons::Full || !options.include.is_empty() {
        name_kinds(&page, &knowledge.kinds, &mut verdicts);
    }
    (verdicts, page.lines.into_iter().map(|line| line.scan).collect())
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
