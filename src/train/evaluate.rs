//! What a model makes of pages: the very text that the program would write, scored.

use rayon::prelude::*;

use super::data::PageDocument;
use super::score::PageScore;
use crate::article::Article;
use crate::classify::{certainty, judge_whole, scans_of};
use crate::knowledge::Knowledge;
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
