//! The corpus `inserts`: texts that extractors made of pages, each line labelled; and the figures of
//! `bench/score_inserts.py`.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::TrainError;
use super::score::Known;
use super::words::words;

/// The kinds of insert that must go.
const KINDS: [&str; 7] = ["newsletter", "subscribe", "related", "social", "ad", "ui", "legal"];

/// A text with labelled lines.
#[derive(Debug, Deserialize)]
pub struct InsertText {
    /// Its name.
    pub id: String,
    /// The address of the page it was made of.
    #[serde(default)]
    pub url: String,
    /// The site, which no two folds share.
    pub site: String,
    /// Whether an insert is glued to a line of the story.
    #[serde(default)]
    pub glued: bool,
    /// The text.
    pub text: String,
    /// Its lines.
    pub lines: Vec<InsertLine>,
}

/// A line and what it is.
#[derive(Debug, Deserialize)]
pub struct InsertLine {
    /// The words.
    pub text: String,
    /// `story`, a kind of insert, or something that may stay or go.
    pub label: String,
}

impl InsertLine {
    /// Whether it is of the story; nothing where it may stay or go.
    pub fn label(&self) -> Option<bool> {
        match self.label.as_str() {
            "story" => Some(true),
            kind if KINDS.contains(&kind) => Some(false),
            _ => None,
        }
    }
}

impl InsertText {
    /// Reads the corpus.
    ///
    /// # Errors
    ///
    /// Names the file, and the line that is broken.
    pub fn read_all(path: &Path) -> Result<Vec<InsertText>, TrainError> {
        let text = fs::read_to_string(path).map_err(|error| TrainError::file(path, error))?;
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let parse = |(number, line): (usize, &str)| {
            let broken = |error| TrainError::file(path, format!("line {}: {error}", number + 1));
            serde_json::from_str(line).map_err(broken)
        };
        lines.map(parse).collect()
    }
}

/// How many inserts went and how much of the stories stayed.
#[derive(Debug, Clone, Default)]
pub struct InsertFigures {
    documents: usize,
    clean: usize,
    story: usize,
    kept: usize,
    /// Of each kind, how many went, of how many.
    kinds: BTreeMap<&'static str, (usize, usize)>,
}

impl InsertFigures {
    /// Counts a text, of which `output` was left.
    pub fn add(&mut self, document: &InsertText, output: &str) {
        let known = Known::of(&[output]);
        let story_lines = document.lines.iter().filter(|line| line.label == "story").map(|line| words(&line.text));
        let story: FxHashSet<[String; 3]> = story_lines.flat_map(|line| runs(&line).collect::<Vec<_>>()).collect();
        let output_lines: FxHashSet<String> = output.split('\n').map(|line| words(line).join(" ")).collect();
        let mut is_clean = true;
        for line in &document.lines {
            let line_words = words(&line.text);
            let kind = KINDS.iter().find(|kind| **kind == line.label);
            if line.label == "story" {
                let marks = known.marks(&line_words);
                let is_whole = marks.iter().filter(|mark| **mark).count() as f64 >= 0.9 * marks.len() as f64;
                self.story += 1;
                self.kept += usize::from(is_whole);
                is_clean &= is_whole;
            } else if let Some(kind) = kind {
                let own: FxHashSet<[String; 3]> = runs(&line_words).filter(|run| !story.contains(run)).collect();
                let is_gone = if own.is_empty() {
                    !output_lines.contains(&line_words.join(" "))
                } else {
                    own.iter().filter(|run| known.has_run(run)).count() * 2 < own.len()
                };
                let counts = self.kinds.entry(kind).or_default();
                counts.0 += usize::from(is_gone);
                counts.1 += 1;
                is_clean &= is_gone;
            }
        }
        self.documents += 1;
        self.clean += usize::from(is_clean);
    }

    /// The share of the inserts that went.
    pub fn removed(&self) -> f64 {
        let (gone, all) = self.kinds.values().fold((0, 0), |sum, kind| (sum.0 + kind.0, sum.1 + kind.1));
        share(gone, all)
    }

    /// The share of the story's lines that stayed.
    pub fn kept(&self) -> f64 {
        share(self.kept, self.story)
    }

    /// The share of the texts of which all inserts went and all lines of the story stayed.
    pub fn clean(&self) -> f64 {
        share(self.clean, self.documents)
    }

    /// The share of the inserts of each kind that went.
    pub fn by_kind(&self) -> impl Iterator<Item = (&'static str, f64)> {
        self.kinds.iter().map(|(kind, (gone, all))| (*kind, share(*gone, *all)))
    }
}

impl fmt::Display for InsertFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "removed {:.4}  kept {:.4}  clean {:.4} ", self.removed(), self.kept(), self.clean())?;
        self.by_kind().try_for_each(|(kind, share)| write!(f, " {kind} {share:.3}"))
    }
}

fn runs(words: &[String]) -> impl Iterator<Item = [String; 3]> {
    words.windows(3).map(|run| [run[0].clone(), run[1].clone(), run[2].clone()])
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> InsertText {
        let line = |text: &str, label: &str| InsertLine { text: text.to_owned(), label: label.to_owned() };
        let lines = vec![
            line("The ferry hit the pier on Tuesday.", "story"),
            line("Sign up for our newsletter today.", "newsletter"),
            line("Photo: Ada Marlow", "caption"),
            line("Read more", "ui"),
        ];
        let text = lines.iter().map(|line| line.text.clone() + "\n").collect();
        InsertText { id: "a".to_owned(), url: String::new(), site: String::new(), glued: false, text, lines }
    }

    #[test]
    fn what_went_and_what_stayed_is_counted() {
        let mut figures = InsertFigures::default();
        figures.add(&document(), "The ferry hit the pier on Tuesday.\nRead more\n");
        assert!((figures.removed() - 0.5).abs() < 1e-9 && (figures.kept() - 1.0).abs() < 1e-9);
        assert!(figures.clean().abs() < 1e-9, "a prompt is left");
        figures.add(&document(), "The ferry hit the pier on Tuesday.\nPhoto: Ada Marlow\n");
        assert!((figures.clean() - 0.5).abs() < 1e-9, "a caption may stay");
    }

    #[test]
    fn a_story_line_that_lost_words_is_not_kept() {
        let mut figures = InsertFigures::default();
        figures.add(&document(), "The ferry hit the\n");
        assert!(figures.kept().abs() < 1e-9 && (figures.removed() - 1.0).abs() < 1e-9);
    }
}
