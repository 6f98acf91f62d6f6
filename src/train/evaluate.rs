//! What a model makes of pages: the very text that the program would write, scored.

use std::fmt;

use rayon::prelude::*;

use super::data::PageDocument;
use super::score::PageScore;
use crate::article::Article;
use crate::classify::training::Line;
use crate::classify::{certainty, judge_whole, scans_of};
use crate::knowledge::{Knowledge, Strength};
use crate::options::{CleanOptions, Reasons};

/// What came out of a page.
pub struct Outcome<'a> {
    /// The page.
    pub source: &'a PageDocument,
    /// The story as text.
    pub text: String,
    /// Its figures; nothing where the page has no gold text.
    pub score: Option<PageScore>,
    /// How sure the judge is of the page, ahead of calibration: see [`crate::classify::certainty`].
    pub certainty: f32,
}

/// Cleans pages with what is known.
pub fn evaluate<'a>(pages: &[&'a PageDocument], knowledge: &Knowledge) -> Vec<Outcome<'a>> {
    let options = CleanOptions { reasons: Reasons::Brief, ..CleanOptions::default() };
    pages
        .par_iter()
        .map(|source| {
            let judgement = judge_whole(&source.document, knowledge, &options);
            let certainty = certainty(&scans_of(&source.document), &judgement.verdicts);
            let article = Article::assemble(&source.page, source.document.clone(), judgement);
            let text = article.text();
            Outcome { source, score: PageScore::of(&source.gold, &text), text, certainty }
        })
        .collect()
}

/// What became of planted lines that say no sure phrase.
#[derive(Debug, Clone, Copy, Default)]
pub struct PitchFigures {
    /// How many there are.
    pub lines: usize,
    /// How many went.
    pub gone: usize,
}

impl PitchFigures {
    /// Counts the lines of a page.
    pub fn add(&mut self, page: &PageDocument, knowledge: &Knowledge) {
        let options = CleanOptions { reasons: Reasons::Brief, ..CleanOptions::default() };
        let verdicts = judge_whole(&page.document, knowledge, &options).verdicts;
        let lines = Line::all(&page.document, &knowledge.lexicon);
        let is_open = |at: &&usize| !lines[**at].hits.iter().any(|hit| hit.strength == Strength::Sure);
        for at in page.planted.iter().filter(is_open) {
            self.lines += 1;
            self.gone += usize::from(!verdicts[*at].is_keep());
        }
    }

    /// The share that went.
    pub fn gone_share(self) -> f64 {
        self.gone as f64 / self.lines.max(1) as f64
    }
}

impl fmt::Display for PitchFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  {} of {} go, {:.3}", self.gone, self.lines, self.gone_share())
    }
}
