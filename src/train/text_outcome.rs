//! What a model makes of text without markup: the very text that the program would write, scored along its curve.

use std::fmt;

use rayon::prelude::*;

use super::data::{Documents, fold_of};
use super::inserts::{InsertFigures, InsertText};
use super::texts::text_document;
use crate::article::Article;
use crate::block::Document;
use crate::classify::judge_whole;
use crate::knowledge::Knowledge;
use crate::options::{Certainty, CleanOptions, Reasons, Strictness};
use crate::page::{Page, PageFormat};
use crate::segment::segment;

/// The certainties of the curve that are no setting by name.
const CURVE: [f32; 11] = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 0.99];

/// The figures at one certainty.
#[derive(Debug, Clone)]
struct Point {
    strictness: Strictness,
    all: InsertFigures,
    glued: InsertFigures,
    clean: CleanFigures,
    /// Of the default setting: the name of each text, and what was left of it.
    outputs: Vec<(String, String)>,
}

/// What became of texts that hold no insert.
#[derive(Debug, Clone, Copy, Default)]
struct CleanFigures {
    documents: usize,
    untouched: usize,
    paragraphs: usize,
    kept: usize,
}

/// The figures along the curve, of texts of sites that the model had not seen.
#[derive(Debug, Clone)]
pub struct TextOutcome {
    points: Vec<Point>,
}

impl Default for TextOutcome {
    fn default() -> Self {
        let named = [Strictness::Strict, Strictness::Balanced, Strictness::Eager];
        let curve = CURVE.into_iter().filter_map(Certainty::new).map(Strictness::AtLeast);
        let point = |strictness| Point {
            strictness,
            all: InsertFigures::default(),
            glued: InsertFigures::default(),
            clean: CleanFigures::default(),
            outputs: Vec::new(),
        };
        TextOutcome { points: named.into_iter().chain(curve).map(point).collect() }
    }
}

impl TextOutcome {
    /// Cleans the texts of a fold with what is known, and the gold texts of its pages.
    pub fn add(&mut self, fold: usize, inserts: &[InsertText], documents: &Documents, knowledge: &Knowledge) {
        let texts: Vec<(&InsertText, Document)> = inserts
            .iter()
            .filter(|text| fold_of(&text.site) == fold)
            .map(|text| (text, text_document(&text.text, Some(&text.url))))
            .collect();
        let gold = documents.all.iter().filter(|page| page.fold == fold).filter_map(|page| page.gold.text.as_deref());
        let gold: Vec<(&str, Document)> =
            gold.filter(|text| !text.is_empty()).map(|text| (text, text_document(text, None))).collect();
        self.points.par_iter_mut().for_each(|point| {
            for (text, document) in &texts {
                let output = cleaned(document, knowledge, point.strictness);
                if point.strictness == Strictness::default() {
                    point.outputs.push((text.id.clone(), output.clone()));
                }
                point.all.add(text, &output);
                if text.glued {
                    point.glued.add(text, &output);
                }
            }
            for (text, document) in &gold {
                point.clean.add(text, &cleaned(document, knowledge, point.strictness));
            }
        });
    }

    /// The name of each text of `inserts`, and what was left of it by default.
    pub fn outputs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.points.iter().flat_map(|point| &point.outputs).map(|(id, text)| (id.as_str(), text.as_str()))
    }

    /// The figures of the named settings, strictest first: name, figures, and of those of the glued texts.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &InsertFigures, &InsertFigures, f64, f64)> {
        let names = ["strict", "balanced", "eager"];
        names.into_iter().zip(&self.points).map(|(name, point)| {
            (name, &point.all, &point.glued, point.clean.paragraphs_kept(), point.clean.documents_untouched())
        })
    }
}

fn cleaned(document: &Document, knowledge: &Knowledge, strictness: Strictness) -> String {
    let options = CleanOptions { reasons: Reasons::Brief, strictness, ..CleanOptions::default() };
    let judge = |document: &Document| judge_whole(document, knowledge, &options);
    let again = |rest: &Page| {
        let document = segment(rest);
        let judgement = judge(&document);
        (document, judgement)
    };
    let page = Page { format: PageFormat::Text, ..Page::from_html("", document.url.clone()) };
    Article::settle(&page, document.clone(), judge(document), again).text()
}

impl CleanFigures {
    fn add(&mut self, text: &str, output: &str) {
        let output_lines: std::collections::HashSet<&str> = output.lines().map(str::trim).collect();
        let paragraphs = || text.lines().map(str::trim).filter(|line| !line.is_empty());
        self.documents += 1;
        self.untouched += usize::from(text.trim_end_matches('\n') == output.trim_end_matches('\n'));
        self.paragraphs += paragraphs().count();
        self.kept += paragraphs().filter(|line| output_lines.contains(line)).count();
    }

    /// The share of the paragraphs that came back.
    fn paragraphs_kept(&self) -> f64 {
        self.kept as f64 / self.paragraphs.max(1) as f64
    }

    /// The share of the texts that came back byte for byte.
    fn documents_untouched(&self) -> f64 {
        self.untouched as f64 / self.documents.max(1) as f64
    }
}

impl fmt::Display for TextOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Point { strictness, all, glued, clean, .. } in &self.points {
            write!(f, "  {:.3}  {all}", strictness.min_certainty().share())?;
            write!(f, "  glued: removed {:.3} kept {:.3}", glued.removed(), glued.kept())?;
            writeln!(f, "  clean text: {:.4} {:.4}", clean.paragraphs_kept(), clean.documents_untouched())?;
        }
        Ok(())
    }
}
