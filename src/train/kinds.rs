//! What is learned of the kinds of insert: a forest for each, from the blocks that `inserts/labels.tsv` labels, and from
//! short lines in menus and links to social networks, which it does not. Of what the judge has learned, the features depend on what is running text
//! alone.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::TrainError;
use super::boost::{Table, TreeOptions};
use super::data::{FOLDS, PageDocument, Sample, TrainingSet};
use crate::classify::training::{Kin, PageView, certain_verdicts, is_link_to_network, kind_names, kind_of, kind_row};
use crate::knowledge::model::KINDS;
use crate::knowledge::{JudgeModel, KindModel};
use crate::options::Reasons;
use crate::verdict::{Role, Verdict};

const TREES: TreeOptions = TreeOptions { trees: 80, leaves: 6, rate: 0.1, blocks_a_leaf: 20, seeds: 1 };
/// Words of the longest line in a menu that is learned from: longer ones are links to other stories.
const SHORT_WORDS: f32 = 4.0;
/// Bytes of a hash that a label carries.
const HASH_BYTES: usize = 8;

/// The kinds of labelled blocks: by corpus and page, then by the hash of the block's text.
type Labels = FxHashMap<(String, String), FxHashMap<String, Role>>;

/// A page with blocks of known kinds.
struct KindPage<'a> {
    fold: usize,
    view: PageView<'a>,
    kin: Kin,
    examples: Vec<Example>,
}

/// A block of a known kind.
struct Example {
    index: usize,
    /// Its features, and those that it has where its phrases are not known.
    rows: [Vec<f32>; 2],
    kind: Role,
    weight: f32,
    /// Whether it is labelled and no rule decides on it: of these blocks the figures are.
    is_open: bool,
}

/// How the kind of a block is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    /// By a label.
    Labelled,
    /// By its place or its link.
    ByForm,
}

impl Known {
    /// What each of `count` blocks of a page and a kind counts. The more there are, the less; all that are known by their
    /// form count as one.
    fn weight(self, count: f32) -> f32 {
        match self {
            Known::Labelled => 1.0 / count.sqrt(),
            Known::ByForm => 0.3 / count,
        }
    }
}

/// How often the kind of a block is right, held out by site, of the labelled ones that no rule decides.
#[derive(Debug, Clone, Copy, Default)]
pub struct KindFigures {
    /// Blocks.
    pub blocks: usize,
    /// Of these, of how many a kind is said.
    pub said: usize,
    /// And how many are said rightly.
    pub right: usize,
}

impl KindFigures {
    /// Counts what a model says of the blocks of a page.
    fn add(&mut self, page: &KindPage<'_>, model: &KindModel) {
        for example in page.examples.iter().filter(|example| example.is_open) {
            // A line about the author is labelled a byline.
            let said = match kind_of(&page.view, &page.kin, model, example.index) {
                Role::Bio => Role::Byline,
                said => said,
            };
            self.blocks += 1;
            self.said += usize::from(said != Role::Boilerplate);
            self.right += usize::from(said == example.kind);
        }
    }

    /// The share of the blocks that are said to be what they are.
    pub fn right_share(&self) -> f64 {
        self.right as f64 / self.blocks.max(1) as f64
    }

    /// The share of what is said that is right.
    pub fn precision(&self) -> f64 {
        self.right as f64 / self.said.max(1) as f64
    }
}

impl fmt::Display for KindFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let KindFigures { blocks, .. } = self;
        write!(f, "  blocks {blocks}  right {:.4}  right of said {:.4}", self.right_share(), self.precision())
    }
}

/// Learns the kinds; gives the model and its figures, held out by site.
///
/// # Errors
///
/// Where the labels cannot be read, trees not be grown.
pub fn train_kinds(
    labels: &Path,
    corpora: &[String],
    set: &TrainingSet<'_>,
    judge: &JudgeModel,
    python: &Path,
) -> Result<(KindModel, KindFigures), TrainError> {
    let labels = read_labels(labels)?;
    let labels_of = |page: &PageDocument| labels.get(&(corpora[page.corpus].clone(), page.gold.id.clone()));
    let pages = set.pages.par_iter().filter_map(|sample| Some(kind_page(sample, labels_of(sample.source)?, judge)));
    let pages: Vec<KindPage<'_>> = pages.collect();
    let mut figures = KindFigures::default();
    for fold in 0..FOLDS {
        let (held, seen): (Vec<_>, Vec<_>) = pages.iter().partition(|page| page.fold == fold);
        let model = fit(&seen, python)?;
        for page in held {
            figures.add(page, &model);
        }
    }
    Ok((fit(&pages.iter().collect::<Vec<_>>(), python)?, figures))
}

fn fit(pages: &[&KindPage<'_>], python: &Path) -> Result<KindModel, TrainError> {
    let mut forests = Vec::with_capacity(KINDS.len());
    for kind in KINDS {
        let mut table = Table::new(kind_names());
        for example in pages.iter().flat_map(|page| &page.examples) {
            for row in &example.rows {
                table.push(row, f32::from(u8::from(example.kind == kind)), example.weight / 2.0);
            }
        }
        forests.push(table.grow(TREES, python)?);
    }
    let forests = forests.try_into().map_err(|_| TrainError::Boost("a forest is missing".to_owned()))?;
    Ok(KindModel::new(forests))
}

/// A page with the blocks of which the kind is known.
fn kind_page<'a>(sample: &'a Sample<'_>, labels: &FxHashMap<String, Role>, judge: &JudgeModel) -> KindPage<'a> {
    let page = sample.view(judge);
    let certain = certain_verdicts(&page, Reasons::Brief);
    let kin = Kin::of(&page);
    let is_short = |index: usize| page.lines[index].words <= SHORT_WORDS;
    let is_in_menu =
        |index: usize| matches!(&certain[index], Some(Verdict::Drop(reason)) if reason.role == Role::Navigation);
    let kind_of = |index: usize| {
        let block = &sample.source.document.blocks[index];
        let by_form = || {
            let in_menu = || (is_short(index) && is_in_menu(index)).then_some(Role::Navigation);
            if is_link_to_network(&page, index) { Some(Role::Social) } else { in_menu() }
        };
        let labelled = labels.get(&hash(&block.text)).map(|kind| (*kind, Known::Labelled));
        labelled.or_else(|| Some((by_form()?, Known::ByForm)))
    };
    let known: Vec<(usize, (Role, Known))> =
        (0..page.lines.len()).filter_map(|index| Some((index, kind_of(index)?))).collect();
    let mut counts: BTreeMap<(Role, Known), f32> = BTreeMap::new();
    for (_, kind) in &known {
        *counts.entry(*kind).or_default() += 1.0;
    }
    let example = |(index, (kind, known)): (usize, (Role, Known))| Example {
        index,
        rows: [page.lines[index].hits.as_slice(), &[]].map(|hits| kind_row(&page, &kin, index, hits)),
        kind,
        weight: known.weight(counts[&(kind, known)]),
        is_open: known == Known::Labelled && certain[index].is_none(),
    };
    let examples = known.into_iter().map(example).collect();
    KindPage { fold: sample.source.fold, examples, kin, view: page }
}

/// Reads `labels.tsv`: corpus, page, the hash of a line, its kind. What is of the story or of no kind is left out.
fn read_labels(path: &Path) -> Result<Labels, TrainError> {
    let text = fs::read_to_string(path).map_err(|error| TrainError::file(path, error))?;
    let mut labels = Labels::default();
    for (number, line) in text.lines().enumerate() {
        let [corpus, page, hash, kind] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(TrainError::file(path, format!("line {} has not four columns", number + 1)));
        };
        if let Some(kind) = KINDS.into_iter().find(|known| known.name() == kind) {
            labels.entry((corpus.to_owned(), page.to_owned())).or_default().insert(hash.to_owned(), kind);
        }
    }
    Ok(labels)
}

/// The hash of a line as the labels carry it: of its words in lower case, a blank between.
fn hash(line: &str) -> String {
    let words: Vec<String> = line.split_whitespace().map(str::to_lowercase).collect();
    let digest = Sha256::digest(words.join(" ").as_bytes());
    let head = digest.iter().take(HASH_BYTES).fold(0, |head: u64, byte| head << 8 | u64::from(*byte));
    format!("{head:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_known_by_its_words_in_lower_case() {
        assert_eq!(hash("Photo:  Ada\nMarlow"), hash("photo: ada marlow"));
        assert_eq!(hash(""), "e3b0c44298fc1c14");
    }

    #[test]
    fn labels_that_are_no_kind_are_left_out_and_a_broken_line_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("labels.tsv");
        fs::write(&path, "news\ta\t01\tcaption\nnews\ta\t02\tstory\nnews\tb\t01\tad\n").expect("written");
        let labels = read_labels(&path).expect("well-formed");
        assert_eq!(labels[&("news".to_owned(), "a".to_owned())].len(), 1);
        assert_eq!(labels[&("news".to_owned(), "b".to_owned())]["01"], Role::Ad);
        fs::write(&path, "news\ta\t01\n").expect("written");
        assert!(read_labels(&path).expect_err("three columns").to_string().contains("line 1"));
    }
}
