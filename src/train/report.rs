//! What training prints, and the record that it leaves: the figures of the held-out folds.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::data::TrainingSet;
use super::evaluate::{Outcome, PitchFigures};
use super::kinds::KindFigures;
use super::score::{Figures, PageScore, SnippetScore};
use super::text_outcome::TextOutcome;
use crate::knowledge::model::Calibration;

/// Pages of a language whose figures say something, and are recorded.
const LANGUAGE_PAGES: usize = 5;
/// Bins of the reliability table.
const BINS: usize = 10;

/// The figures of each corpus, with its name.
pub type ByName = Vec<(String, Figures)>;

/// The figures of the pages by corpus.
pub fn by_corpus(outcomes: &[Outcome<'_>], names: &[String]) -> ByName {
    let of = |corpus: usize| figures(outcomes.iter().filter(move |outcome| outcome.source.corpus == corpus));
    names.iter().enumerate().map(|(corpus, name)| (name.clone(), of(corpus))).collect()
}

/// The figures of the pages with gold text by corpus and language: the gold's, or where that names none the page's.
pub fn by_language(outcomes: &[Outcome<'_>], names: &[String]) -> ByName {
    let mut groups: BTreeMap<(usize, String), Vec<&Outcome<'_>>> = BTreeMap::new();
    for outcome in outcomes.iter().filter(|outcome| outcome.score.is_some()) {
        let lang = &outcome.source.gold.lang;
        let lang = if lang.is_empty() { outcome.source.language() } else { lang.clone() };
        groups.entry((outcome.source.corpus, lang)).or_default().push(outcome);
    }
    let of = |((corpus, lang), pages): (_, Vec<_>)| (format!("{} {lang}", names[corpus]), figures(pages.into_iter()));
    groups.into_iter().map(of).collect()
}

fn figures<'a, 'b: 'a>(outcomes: impl Iterator<Item = &'a Outcome<'b>> + Clone) -> Figures {
    let mut snippets = SnippetScore::default();
    outcomes.clone().for_each(|outcome| snippets.add(&outcome.source.gold, &outcome.text));
    Figures::of(outcomes.filter_map(|outcome| outcome.score.as_ref()), snippets)
}

/// What the best choice of blocks would reach, by the labels.
pub fn ceiling(set: &TrainingSet<'_>, names: &[String]) -> ByName {
    let of = |corpus: usize| {
        let pages = set.pages.iter().filter(|page| page.source.corpus == corpus);
        let scores: Vec<PageScore> =
            pages.filter_map(|page| PageScore::of(&page.source.gold, &page.labelled_text())).collect();
        Figures::of(scores.iter(), SnippetScore::default())
    };
    let all = names.iter().enumerate().map(|(corpus, name)| (name.clone(), of(corpus)));
    all.filter(|(_, figures)| figures.pages > 0).collect()
}

/// A table of figures, a line each.
pub fn table(rows: &ByName) -> String {
    let mut table = String::new();
    for (name, figures) in rows {
        let _ = writeln!(table, "  {name:<12} n={:<4} {figures}", figures.pages);
    }
    table
}

/// Of the held-out pages by their confidence: how many are right as it says.
pub fn reliability(outcomes: &[Outcome<'_>], calibration: Calibration) -> String {
    let mut bins = [(0_usize, 0.0_f32, 0_usize); BINS];
    for (outcome, score) in outcomes.iter().filter_map(|outcome| Some((outcome, outcome.score.as_ref()?))) {
        let confidence = calibration.confidence(outcome.certainty);
        let number = (1..BINS).filter(|bin| confidence >= *bin as f32 / BINS as f32).count();
        let bin = &mut bins[number];
        *bin = (bin.0 + 1, bin.1 + confidence, bin.2 + usize::from(score.is_right()));
    }
    let mut table = "  confidence  pages  mean  right\n".to_owned();
    for (index, (pages, sum, right)) in bins.iter().enumerate().filter(|(_, bin)| bin.0 > 0) {
        let (mean, share) = (sum / *pages as f32, *right as f32 / *pages as f32);
        let _ = writeln!(
            table,
            "  {:.1} to {:.1}  {pages:>5}  {mean:.2}  {share:.2}",
            index as f32 / 10.0,
            (index + 1) as f32 / 10.0
        );
    }
    table
}

/// The record of a training: a TOML file. The fingerprints are those of the models of pages, of text without markup, of
/// the kinds of insert.
pub fn record(command: &str, fingerprints: [u64; 3], corpora: &ByName, languages: &ByName) -> String {
    let [model, text, kinds] = fingerprints;
    let mut record = format!(
        "# Written by training; not to be edited. Figures of pages of sites that the model they are of had not seen: five\n\
         # folds by site, each cleaned by a model fitted on the other four. `model` is the fingerprint of the one that was\n\
         # then fitted on all pages and is shipped, `text_model` that of the model for text without markup, `kind_model`\n\
         # that of the model for the kinds of insert.\n\
         command = \"{command}\"\nmodel = \"{model:016x}\"\ntext_model = \"{text:016x}\"\nkind_model = \"{kinds:016x}\"\n"
    );
    let languages = languages.iter().filter(|(_, figures)| figures.pages >= LANGUAGE_PAGES).cloned().collect();
    for (kind, rows) in [("corpus", corpora), ("language", &languages)] {
        for (name, figures) in rows {
            let _ = writeln!(record, "\n[{kind}.\"{name}\"]");
            if figures.pages > 0 {
                let Figures { pages, f1, exact, lost, noise, clean, .. } = figures;
                let _ = writeln!(record, "pages = {pages}\nF1 = {f1:.4}\nexact = {exact:.4}\nclean = {clean:.4}");
                let _ = writeln!(record, "lost = {lost:.4}\nnoise = {noise:.4}");
            }
            if let Some(snippets) = figures.snippets {
                let _ = writeln!(record, "snipF1 = {snippets:.4}");
            }
        }
    }
    record
}

/// The part of the record on text without markup.
pub fn text_record(outcome: &TextOutcome) -> String {
    let mut record = String::new();
    for (name, all, glued, paragraphs, documents) in outcome.named() {
        let _ = writeln!(record, "\n[text.\"{name}\"]");
        let _ =
            writeln!(record, "removed = {:.4}\nkept = {:.4}\nclean = {:.4}", all.removed(), all.kept(), all.clean());
        for (kind, share) in all.by_kind() {
            let _ = writeln!(record, "{kind} = {share:.4}");
        }
        let _ = writeln!(record, "glued_removed = {:.4}\nglued_kept = {:.4}", glued.removed(), glued.kept());
        let _ = writeln!(record, "clean_paragraphs = {paragraphs:.4}\nclean_documents = {documents:.4}");
    }
    record
}

/// The part of the record on planted lines.
pub fn pitch_record(figures: PitchFigures) -> String {
    format!("\n[pitches.\"planted\"]\nlines = {}\ngone = {:.4}\n", figures.lines, figures.gone_share())
}

/// The part of the record on the kinds of insert.
pub fn kind_record(figures: KindFigures) -> String {
    let (blocks, right, precision) = (figures.blocks, figures.right_share(), figures.precision());
    format!("\n[kinds.\"inserts\"]\nblocks = {blocks}\nright = {right:.4}\nprecision = {precision:.4}\n")
}
