//! Labelled blocks.

use std::hash::Hasher;

use rayon::prelude::*;
use rustc_hash::FxHasher;

use super::TrainError;
use super::align::align;
use super::corpus::{Corpus, GoldPage};
use super::hashed::Tokens;
use super::invented::Invented;
use crate::block::Document;
use crate::classify::training::{Line, PageView, grams, markup_tokens, target_tokens};
use crate::knowledge::{JudgeModel, Knowledge};
use crate::page::Page;
use crate::segment::segment;

/// Parts of a cross-validation.
pub const FOLDS: usize = 5;

/// What a page counts: the weights of its blocks add up to this. Long pages count no more than short ones.
const PAGE_WEIGHT: f32 = 100.0;

/// The pages of all corpora, segmented.
pub struct Documents {
    /// One for each page, corpus by corpus.
    pub all: Vec<PageDocument>,
}

/// A page as the program sees it, and its gold.
#[derive(Clone)]
pub struct PageDocument {
    /// The index of its corpus.
    pub corpus: usize,
    /// Its gold.
    pub gold: GoldPage,
    /// The fold of its site.
    pub fold: usize,
    /// The page.
    pub page: Page,
    /// Its blocks.
    pub document: Document,
    /// Which of them are planted, the last first: see [`super::plant`].
    pub planted: Vec<usize>,
}

impl PageDocument {
    /// Its language, as a tag of two letters; English where it names none.
    pub fn language(&self) -> String {
        let tag = self.document.metadata.lang.as_deref().unwrap_or("en");
        tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
    }
}

impl Documents {
    /// Reads and segments every page.
    ///
    /// # Errors
    ///
    /// Where a page cannot be read.
    pub fn read(corpora: Vec<Corpus>) -> Result<Self, TrainError> {
        let gold: Vec<(usize, GoldPage)> = corpora
            .into_iter()
            .enumerate()
            .flat_map(|(index, corpus)| corpus.pages.into_iter().map(move |page| (index, page)))
            .collect();
        let open = |(corpus, gold): (usize, GoldPage)| {
            let page = gold.open()?;
            let document = segment(&page);
            Ok(PageDocument { corpus, fold: fold_of(&gold.site), gold, page, document, planted: Vec::new() })
        };
        Ok(Documents { all: gold.into_par_iter().map(open).collect::<Result<_, TrainError>>()? })
    }
}

/// The fold of a site: pages of one site are all trained on, or all held out.
pub fn fold_of(site: &str) -> usize {
    let mut hasher = FxHasher::default();
    hasher.write(site.as_bytes());
    (hasher.finish() >> 7) as usize % FOLDS
}

/// The pages with gold text, with labels and features.
pub struct TrainingSet<'a> {
    /// The pages.
    pub pages: Vec<Sample<'a>>,
}

/// The blocks of a page with labels and features.
pub struct Sample<'a> {
    /// The page.
    pub source: &'a PageDocument,
    /// Its blocks as the judge sees them.
    pub(super) lines: Vec<Line<'a>>,
    knowledge: &'a Knowledge,
    /// The lines that are learned from beside the pages.
    pub invented: &'a Invented,
    /// For each block, the places of its markup's tokens.
    pub markup: Vec<Vec<u64>>,
    /// For each block, the places of its words' tokens.
    pub wording: Vec<Vec<u64>>,
    /// For each block, the places of its link targets' tokens.
    pub targets: Vec<Vec<u64>>,
    /// Whether each block is of the story.
    pub labels: Vec<bool>,
    /// What each block counts.
    pub weights: Vec<f32>,
}

impl<'a> TrainingSet<'a> {
    /// Labels the pages that have gold text.
    pub fn of(documents: &'a Documents, invented: &'a Invented, knowledge: &'a Knowledge) -> Self {
        let pages = documents
            .all
            .par_iter()
            .filter_map(|source| {
                let gold = source.gold.text.as_deref().filter(|text| !text.is_empty())?;
                Some(Sample::of(source, gold, invented, knowledge))
            })
            .collect();
        TrainingSet { pages }
    }
}

impl<'a> Sample<'a> {
    fn of(source: &'a PageDocument, gold: &str, invented: &'a Invented, knowledge: &'a Knowledge) -> Self {
        let blocks: Vec<&str> = source.document.blocks.iter().map(|block| &*block.text).collect();
        let mut lines = Line::all(&source.document, &knowledge.lexicon);
        let mut labels = align(&blocks, gold);
        for at in &source.planted {
            labels[*at] = false;
            // Known by their phrases they would be no lesson.
            lines[*at].hits.clear();
        }
        let places = |fill: &dyn Fn(usize, &mut Vec<u64>)| -> Vec<Vec<u64>> {
            (0..blocks.len())
                .map(|index| {
                    let mut places = Vec::new();
                    fill(index, &mut places);
                    places
                })
                .collect()
        };
        let roots: Vec<f32> = lines.iter().map(|line| line.words.max(1.0).sqrt()).collect();
        let total: f32 = roots.iter().sum::<f32>().max(1.0);
        Sample {
            labels,
            markup: places(&|index, places| markup_tokens(&source.document, &source.document.blocks[index], places)),
            wording: places(&|index, places| grams(lines[index].hashes(), |place| places.push(place))),
            targets: places(&|index, places| {
                target_tokens(&source.document, &source.document.blocks[index], |place| places.push(place));
            }),
            weights: roots.iter().map(|root| PAGE_WEIGHT * root / total).collect(),
            lines,
            knowledge,
            invented,
            source,
        }
    }

    /// The text of the blocks that the labels give to the story.
    pub fn labelled_text(&self) -> String {
        let blocks = self.source.document.blocks.iter().zip(&self.labels).filter(|(_, label)| **label);
        blocks.map(|(block, _)| &*block.text).collect::<Vec<_>>().join("\n\n")
    }

    /// The blocks for a linear model, by the places of their tokens.
    pub(super) fn tokens<'b>(&'b self, places: &'b [Vec<u64>]) -> impl Iterator<Item = Tokens<'b>> {
        let known = self.labels.iter().zip(&self.weights);
        places.iter().zip(known).map(|(places, (label, weight))| Tokens { places, label: *label, weight: *weight })
    }

    /// The page as the judge sees it with the linear models of `model`.
    pub(super) fn view(&self, model: &JudgeModel) -> PageView<'_> {
        PageView::with(&self.source.document, self.knowledge, self.lines.clone(), model)
    }
}
