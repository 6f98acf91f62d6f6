//! Training of the judge: reads the corpora, labels their blocks, cross-validates by site, fits on all pages, writes the
//! model files and a record of the figures.
//!
//! ```text
//! python3 -m venv .venv && .venv/bin/pip install -r src/train/requirements.txt
//! cargo run --release --features train --bin cleancopy-train -- ../shared/corpus --python .venv/bin/python
//! ```
//!
//! # How
//!
//! 1. Pages are cut into blocks by the program's own `segment`, and each block is labelled by [`align`].
//! 2. Three linear models over hashed tokens are fitted: over the names of the elements around a block, over its words,
//!    over where its links lead.
//! 3. A small forest is grown over what a block shows by itself and by its place (`classify/features.rs`), the linear
//!    scores among it; it sees every block that no rule decides, and settles most of them.
//! 4. A second forest is grown for the rest. It also sees what the first says of the blocks around
//!    (`classify/around.rs`).
//!
//! Each part learns from what the part before says of pages that it has not seen. To cross-validate, all parts are fitted
//! without a fold, whose pages are then cleaned by the program's own `judge`, and the text that the writer would emit is
//! scored as `bench/score.py` does. A block counts the square root of its words, a page as much as any other.
//!
//! Nearly all sign-ups, offers and prompts of the corpora stand in boxes of their own. So that the judge knows them amid the
//! story's paragraphs too, invented ones (`invented/LANG.tsv`) are planted there in one English or German page of three
//! (`plant.rs`), and it is not told which phrases they say. Pages that figures are of are left as they are; how many planted
//! lines go, of held-out pages and lines in all languages, is a figure of its own.
//!
//! From the same lines, of all languages, a fourth linear model learns (`letters.rs`): over runs of letters, planted lines
//! against lines of stories, those of the pages and 2,978 invented ones, without which every word of a language of few pages
//! would seem to be of a planted line. It is asked of what the forests keep and are not sure of (`classify/pitches.rs`).
//!
//! Text without markup has a model of its own, of one linear model and two forests (`classify/scraped.rs`). It is learned from
//! the labelled texts of `inserts`, from the pages as a scraper with bad manners would store them, and from the gold texts,
//! from which nothing is to go (`texts.rs`). Its figures are those of `bench/score_inserts.py` along the curve of
//! certainties, for texts of sites that the model had not seen.
//!
//! What kind of insert a dropped block is, ten small forests say (`kinds.rs`), learned from the labelled blocks of
//! `inserts`. The figures are of those that no rule decides: how many are said to be what they are labelled, and of those
//! of which something is said, how many are right.
//!
//! The same corpora, the same version of `LightGBM` and two threads give the same bytes.
//!
//! # What it learns from
//!
//! `news424` (newspaper4k article-extraction-dataset, Apache-2.0), `fundus` (test data of Fundus, MIT), `wcxb` (WCXB of
//! Murrough Foley, development split, articles, CC-BY-4.0) and `inserts` (labels made for this project, of what extractors
//! made of pages of the first two). `snippets` (evaluation data of trafilatura, Apache-2.0) is measured on alone.
//!
#![doc = include_str!("tried.md")]

mod align;
mod boost;
mod calibrate;
mod chance;
mod corpus;
mod data;
mod evaluate;
mod hashed;
mod inserts;
mod invented;
mod kinds;
mod letters;
mod loss;
mod pages;
mod plant;
mod report;
mod score;
mod stages;
mod text_outcome;
mod texts;
mod words;
mod write;

use std::fmt::Display;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use thiserror::Error;

pub use align::align;

use crate::knowledge::{JudgeModel, KindModel, Knowledge, TextModel};
use corpus::Corpus;
use data::{Documents, FOLDS, PageDocument, Sample, TrainingSet};
use evaluate::{Outcome, PitchFigures, evaluate};
use inserts::InsertText;
use invented::Invented;
use kinds::{KindFigures, train_kinds};
use loss::Losses;
use pages::judge_model;
use plant::{Purpose, plant};
use stages::{HeldFolds, Stages};
use text_outcome::TextOutcome;
use texts::{text_model, text_samples};
use write::{write_held_out, write_model, write_texts};

/// The corpora that are read; the last has snippets alone, and nothing is learned from it.
const CORPORA: [&str; 4] = ["news424", "fundus", "wcxb", "snippets"];
/// The corpus of text without markup.
const INSERTS: &str = "inserts";
/// The command that is recorded beside the figures.
const COMMAND: &str =
    "cargo run --release --features train --bin cleancopy-train -- ../shared/corpus --python .venv/bin/python";

/// What to train from, and where to write.
#[derive(Debug, Clone)]
pub struct TrainOptions {
    /// The folder of the corpora.
    pub corpora: PathBuf,
    /// The folder of the invented lines, `LANG.tsv` each; default that of the sources.
    pub invented: PathBuf,
    /// The Python that has `LightGBM`; default `python3`.
    pub python: PathBuf,
    /// The folder of the model files; default that of the sources.
    pub models: PathBuf,
    /// The record of the figures; default `tests/quality.toml` of the sources.
    pub record: PathBuf,
    /// A folder for the text of the held-out pages, `CORPUS.jsonl` each; default none is written.
    pub held_out: Option<PathBuf>,
    /// What is learned; default all.
    pub learned: Learned,
}

/// The models that are trained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Learned {
    /// That of pages, that of text without markup and that of the kinds of insert; all are written.
    #[default]
    All,
    /// That of text without markup, to try something out: its figures are told, and nothing is written but what
    /// [`TrainOptions::held_out`] asks for.
    TextFigures,
    /// That of the kinds of insert, likewise.
    KindFigures,
}

impl TrainOptions {
    /// The defaults, for a folder of corpora.
    pub fn new(corpora: PathBuf) -> Self {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR"));
        TrainOptions {
            corpora,
            invented: sources.join("src/train/invented"),
            python: "python3".into(),
            models: sources.join("src/knowledge/data/model"),
            record: sources.join("tests/quality.toml"),
            held_out: None,
            learned: Learned::default(),
        }
    }
}

/// Why training ends early.
#[derive(Debug, Error)]
pub enum TrainError {
    /// A file cannot be read or written.
    #[error("{path}: {reason}")]
    File {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The library that grows trees failed.
    #[error(
        "trees cannot be grown: {0}\n(LightGBM is needed: pip install -r src/train/requirements.txt, and --python)"
    )]
    Boost(String),
    /// A part of the model cannot be made.
    #[error(transparent)]
    Model(#[from] crate::knowledge::model::Broken),
}

impl TrainError {
    fn file(path: &Path, reason: impl Display) -> Self {
        TrainError::File { path: path.display().to_string(), reason: reason.to_string() }
    }
}

/// Trains the judge and writes what it did to `out`.
///
/// # Errors
///
/// Where a corpus cannot be read, trees not be grown, a file not be written.
pub fn train(options: &TrainOptions, out: &mut impl Write) -> Result<(), TrainError> {
    let names = CORPORA.map(str::to_owned).to_vec();
    let corpora = names.iter().map(|name| Corpus::read(&options.corpora.join(name))).collect::<Result<_, _>>()?;
    let documents = Documents::read(corpora)?;
    let knowledge = Knowledge::builtin();
    let invented = Invented::read(&options.invented)?;
    let set = TrainingSet::of(&documents, &invented, &knowledge);
    match options.learned {
        Learned::All => {}
        Learned::TextFigures => return train_text(options, &set, &documents, &knowledge, out).map(drop),
        Learned::KindFigures => return learn_kinds(options, &names, &set, &knowledge.model, out).map(drop),
    }
    say(out, "What the labels could reach", &report::table(&report::ceiling(&set, &names)))?;

    let planted = plant(&documents, &invented, Purpose::Learning);
    let planted = TrainingSet::of(&planted, &invented, &knowledge);
    let mut stages = Stages::new(&planted.pages, &options.python);
    let judged = plant(&documents, &invented, Purpose::Judging);
    let mut losses = Losses::new(&names);
    let (outcomes, pitches) =
        cross_validate(&mut stages, &documents, &judged, |fold, model| losses.add(&set, fold, model))?;
    let (corpora, languages) = (report::by_corpus(&outcomes, &names), report::by_language(&outcomes, &names));
    let calibration = calibrate::fit(&outcomes);
    say(out, "Cross-validated by site", &report::table(&corpora))?;
    say(out, "Log loss of their blocks that no rule decides, by the first forest and by both", &losses.to_string())?;
    say(out, "By language", &report::table(&languages))?;
    say(out, "Lines planted in the pages, which say no sure phrase", &pitches.to_string())?;
    say(out, "Reliability of the confidence, on the same pages", &report::reliability(&outcomes, calibration))?;
    if let Some(folder) = &options.held_out {
        write_held_out(folder, &outcomes, &names)?;
    }

    let model = JudgeModel { calibration, ..judge_model(stages.parts(HeldFolds::default())?) };
    drop(stages);
    let (text, curve) = train_text(options, &set, &documents, &knowledge, out)?;
    let (kinds, kind_figures) = learn_kinds(options, &names, &set, &model, out)?;
    let files = model.to_files().into_iter().chain(text.to_files()).chain([kinds.to_file()]);
    let sizes = write_model(&options.models, files)?;
    let fingerprints = [model.fingerprint(), text.fingerprint(), kinds.fingerprint()];
    let mut record = report::record(COMMAND, fingerprints, &corpora, &languages) + &report::text_record(&curve);
    record += &(report::kind_record(kind_figures) + &report::pitch_record(pitches));
    fs::write(&options.record, record).map_err(|error| TrainError::file(&options.record, error))?;
    say(out, "Fitted on all pages", &sizes)
}

/// Learns the kinds of insert; gives the model and its figures, held out by site.
fn learn_kinds(
    options: &TrainOptions,
    names: &[String],
    set: &TrainingSet<'_>,
    model: &JudgeModel,
    out: &mut impl Write,
) -> Result<(KindModel, KindFigures), TrainError> {
    let labels = options.corpora.join(INSERTS).join("labels.tsv");
    let learned = train_kinds(&labels, names, set, model, &options.python)?;
    say(
        out,
        "Kinds of insert, of labelled blocks that no rule decides, cross-validated by site",
        &learned.1.to_string(),
    )?;
    Ok(learned)
}

/// Learns from text without markup; gives the model and its figures, held out by site.
fn train_text(
    options: &TrainOptions,
    set: &TrainingSet<'_>,
    documents: &Documents,
    knowledge: &Knowledge,
    out: &mut impl Write,
) -> Result<(TextModel, TextOutcome), TrainError> {
    let inserts = InsertText::read_all(&options.corpora.join(INSERTS).join("docs.jsonl"))?;
    let samples = text_samples(&set.pages, &inserts, knowledge);
    let mut stages = Stages::new(&samples, &options.python);
    let mut outcome = TextOutcome::default();
    let mut held = Knowledge::builtin();
    for fold in 0..FOLDS {
        *held.text = text_model(stages.parts(HeldFolds::default().and(fold))?);
        outcome.add(fold, &inserts, documents, &held);
    }
    say(out, "Text without markup, cross-validated by site", &outcome.to_string())?;
    if let Some(folder) = &options.held_out {
        fs::create_dir_all(folder).map_err(|error| TrainError::file(folder, error))?;
        write_texts(folder, INSERTS, outcome.outputs())?;
    }
    Ok((text_model(stages.parts(HeldFolds::default())?), outcome))
}

/// Judges the pages of each fold by a model that was fitted without them, which `see` gets with the fold's number.
fn cross_validate<'a>(
    stages: &mut Stages<'_, Sample<'_>>,
    documents: &'a Documents,
    planted: &Documents,
    mut see: impl FnMut(usize, &JudgeModel),
) -> Result<(Vec<Outcome<'a>>, PitchFigures), TrainError> {
    let mut knowledge = Knowledge::builtin();
    let mut outcomes = Vec::new();
    let mut pitches = PitchFigures::default();
    for fold in 0..FOLDS {
        knowledge.model = judge_model(stages.parts(HeldFolds::default().and(fold))?);
        see(fold, &knowledge.model);
        let held: Vec<&PageDocument> = documents.all.iter().filter(|page| page.fold == fold).collect();
        outcomes.extend(evaluate(&held, &knowledge));
        planted.all.iter().filter(|page| page.fold == fold).for_each(|page| pitches.add(page, &knowledge));
    }
    Ok((outcomes, pitches))
}

fn say(out: &mut impl Write, head: &str, body: &str) -> Result<(), TrainError> {
    writeln!(out, "{head}:\n{body}").map_err(|error| TrainError::file(Path::new("standard output"), error))
}
