//! What is learned from text without markup.
//!
//! Three kinds of text are learned from: the texts of the corpus `inserts`, each line of which is labelled; the pages of the
//! other corpora as a scraper with bad manners would store them, with what stands within the story and next to it, some
//! of it glued to the line behind; and the gold texts themselves, from which nothing is to go.

use rayon::prelude::*;

use super::TrainError;
use super::boost::TreeOptions;
use super::chance::{Chance, hash_of_name};
use super::data::{PageDocument, Sample, fold_of};
use super::hashed::{HashedOptions, Tokens, fit};
use super::inserts::InsertText;
use super::pages::by_root;
use super::stages::{Labelled, Parts};
use crate::block::{BlockKind, Document};
use crate::classify::training::{
    Line, Rows, TextView, first_text_likelihoods, first_text_names, first_text_rows, grams, second_text_names,
    second_text_rows,
};
use crate::knowledge::{Forest, HashedLinear, Knowledge, TextModel};
use crate::page::{Page, PageFormat};
use crate::segment::segment;

/// The model over the words of a line.
const WORDING: HashedOptions = HashedOptions { bits: 19, epochs: 4, rate: 0.3, shrink: 1e-5, value: by_root };

/// What the blocks of a text of `inserts` count together, and those of a page and of a gold text.
const INSERTS_WEIGHT: f32 = 600.0;
const PAGE_WEIGHT: f32 = 60.0;
const GOLD_WEIGHT: f32 = 40.0;

/// Blocks of a page ahead of its story, and behind it, that a scraper takes along.
const AHEAD: usize = 3;
const BEHIND: usize = 10;
/// One page in so many has lost its line breaks.
const UNBROKEN: u64 = 6;
/// One insert in so many is glued to the line behind it.
const GLUED: u64 = 6;

/// A text with labelled blocks.
pub struct TextSample<'a> {
    fold: usize,
    document: Document,
    lines: Vec<Line<'a>>,
    wording: Vec<Vec<u64>>,
    labels: Vec<bool>,
    weights: Vec<f32>,
}

/// A piece of a text that is being put together.
struct Piece<'t> {
    text: &'t str,
    label: Option<bool>,
    glued: bool,
}

/// The texts to learn from.
pub fn text_samples<'a>(pages: &[Sample<'_>], inserts: &[InsertText], knowledge: &'a Knowledge) -> Vec<TextSample<'a>> {
    let scraped = pages.par_iter().map(|page| sample_of_page(page, knowledge));
    let gold = pages.par_iter().map(|page| sample_of_gold(page.source, knowledge));
    let inserts = inserts.par_iter().map(|text| sample_of_inserts(text, knowledge));
    scraped.chain(gold).chain(inserts).collect()
}

/// The text of a document of `inserts`, segmented as the program does.
pub fn text_document(text: &str, url: Option<&str>) -> Document {
    let url = url.and_then(|url| url::Url::parse(url).ok());
    segment(&Page { text: text.to_owned(), format: PageFormat::Text, ..Page::from_html("", url) })
}

fn sample_of_inserts<'a>(text: &InsertText, knowledge: &'a Knowledge) -> TextSample<'a> {
    let mut labels = Vec::new();
    let mut at = 0;
    for line in &text.lines {
        let Some(start) = text.text[at..].find(line.text.as_str()) else { continue };
        let range = at + start..at + start + line.text.len();
        at = range.end;
        labels.push((range, line.label()));
    }
    let document = text_document(&text.text, Some(&text.url));
    TextSample::of(fold_of(&text.site), document, &labels, INSERTS_WEIGHT, knowledge)
}

fn sample_of_gold<'a>(page: &PageDocument, knowledge: &'a Knowledge) -> TextSample<'a> {
    let text = page.gold.text.as_deref().unwrap_or_default();
    let label = (0..text.len(), Some(true));
    TextSample::of(page.fold, text_document(text, None), &[label], GOLD_WEIGHT, knowledge)
}

fn sample_of_page<'a>(page: &Sample<'_>, knowledge: &'a Knowledge) -> TextSample<'a> {
    let pieces = pieces_of(page);
    let between = if chance_of(page).one_in(UNBROKEN) { ' ' } else { '\n' };
    let mut text = String::new();
    let mut labels = Vec::new();
    for piece in &pieces {
        let start = text.len();
        text.push_str(piece.text);
        labels.push((start..text.len(), piece.label));
        if !piece.glued {
            text.push(between);
        }
    }
    let document = text_document(&text, None);
    TextSample::of(page.source.fold, document, &labels, PAGE_WEIGHT, knowledge)
}

/// The choices for a page.
fn chance_of(page: &Sample<'_>) -> Chance {
    Chance::new(hash_of_name(&page.source.gold.id, 0x9e37_79b9_7f4a_7c15))
}

/// The blocks of a page that a scraper stores: the story, what stands in it, and some of what stands next to it.
fn pieces_of<'t>(page: &'t Sample<'_>) -> Vec<Piece<'t>> {
    let story = || page.labels.iter().enumerate().filter(|(_, label)| **label).map(|(index, _)| index);
    let (Some(first), Some(last)) = (story().next(), story().next_back()) else { return Vec::new() };
    let blocks = &page.source.document.blocks;
    let mut chance = chance_of(page);
    let mut pieces = Vec::new();
    let near = first.saturating_sub(AHEAD)..(last + 1 + BEHIND).min(blocks.len());
    for (block, label) in blocks[near.clone()].iter().zip(page.labels[near].iter().copied()) {
        // Scrapers leave out most of what is nothing but a link.
        let is_link = block.link_density() > 0.9;
        if !label && is_link && chance.one_in(2) {
            continue;
        }
        let is_unsure = !label && block.kind == BlockKind::Caption;
        let glued = !label && chance.one_in(GLUED);
        pieces.push(Piece { text: &block.text, label: (!is_unsure).then_some(label), glued });
    }
    pieces
}

impl<'a> TextSample<'a> {
    /// A text whose parts are labelled; a block that lies in several is the story's where one of them is.
    fn of(
        fold: usize,
        document: Document,
        parts: &[(std::ops::Range<usize>, Option<bool>)],
        weight: f32,
        knowledge: &'a Knowledge,
    ) -> Self {
        let lines = Line::all(&document, &knowledge.lexicon);
        let ranges = document.scraped.as_ref().map(|scraped| scraped.ranges.as_slice()).unwrap_or_default();
        let label = |range: &std::ops::Range<usize>| {
            let overlapping = || parts.iter().filter(|(part, _)| part.start < range.end && range.start < part.end);
            let labels = || overlapping().map(|(_, label)| *label);
            if labels().any(|label| label.is_none()) { None } else { labels().map(|label| label == Some(true)).max() }
        };
        let labels: Vec<Option<bool>> = ranges.iter().map(label).collect();
        let roots: Vec<f32> = lines.iter().map(|line| line.words.clamp(1.0, 40.0).sqrt()).collect();
        let total: f32 = roots.iter().sum::<f32>().max(1.0);
        let share = |(root, label): (&f32, &Option<bool>)| if label.is_some() { weight * root / total } else { 0.0 };
        let places = |line: &Line<'_>| {
            let mut places = Vec::new();
            grams(line.hashes(), |place| places.push(place));
            places
        };
        TextSample {
            fold,
            weights: roots.iter().zip(&labels).map(share).collect(),
            labels: labels.into_iter().map(|label| label == Some(true)).collect(),
            wording: lines.iter().map(places).collect(),
            lines,
            document,
        }
    }

    fn view(&self, wording: &HashedLinear) -> TextView<'_> {
        TextView::with(&self.document, self.lines.clone(), wording)
    }
}

impl Labelled for TextSample<'_> {
    type Linear = HashedLinear;

    const FIRST: TreeOptions = TreeOptions { trees: 60, leaves: 15, rate: 0.12, blocks_a_leaf: 30, seeds: 1 };
    const SECOND: TreeOptions = TreeOptions { trees: 100, leaves: 31, rate: 0.08, blocks_a_leaf: 30, seeds: 3 };

    fn names() -> [Vec<&'static str>; 2] {
        [first_text_names(), second_text_names()]
    }

    fn fold(&self) -> usize {
        self.fold
    }

    fn labels(&self) -> &[bool] {
        &self.labels
    }

    fn weights(&self) -> &[f32] {
        &self.weights
    }

    fn fit(samples: &[&Self]) -> Result<HashedLinear, TrainError> {
        let mut all: Vec<Tokens<'_>> = Vec::new();
        for sample in samples {
            let known = sample.labels.iter().zip(&sample.weights).zip(&sample.wording);
            let counted = known.filter(|((_, weight), _)| **weight > 0.0);
            all.extend(counted.map(|((label, weight), places)| Tokens { places, label: *label, weight: *weight }));
        }
        fit(&all, WORDING)
    }

    fn first_rows(&self, linear: &HashedLinear) -> Rows {
        first_text_rows(&self.view(linear))
    }

    fn second_rows(&self, linear: &HashedLinear, first: &Forest) -> Rows {
        let view = self.view(linear);
        let rows = first_text_rows(&view);
        let likelihoods = first_text_likelihoods(&rows, first);
        second_text_rows(&view, &rows, &likelihoods)
    }
}

/// The model that the parts make.
pub fn text_model(parts: Parts<HashedLinear>) -> TextModel {
    TextModel { wording: (*parts.linear).clone(), first: (*parts.first).clone(), second: parts.second }
}
