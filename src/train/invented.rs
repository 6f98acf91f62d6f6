//! Invented lines: those that publishers plant between the paragraphs of a story, and lines of stories to tell them from.
//!
//! The stories' lines are there for the languages of which the corpora hold few pages or none: without them every word of
//! such a language would seem to be of a planted line.

use std::fs;
use std::path::Path;

use super::TrainError;
use super::data::fold_of;

/// What the lines of stories are called in the files.
const STORY: &str = "story";

/// An invented line.
pub struct InventedLine {
    /// The line.
    pub text: String,
    /// Its language, as a tag of two letters.
    pub language: String,
    /// Its fold: with the pages of another one it is not learned from, nor planted in them.
    pub fold: usize,
    /// Whether it is of a story.
    pub is_story: bool,
}

/// The invented lines of all languages.
pub struct Invented {
    /// The lines, language by language.
    pub lines: Vec<InventedLine>,
}

impl Invented {
    /// Reads `LANG.tsv` of a folder: kind and text, a line each.
    ///
    /// # Errors
    ///
    /// Names the file that cannot be read, and the line that has no kind.
    pub fn read(folder: &Path) -> Result<Self, TrainError> {
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let mut paths: Vec<_> =
            entries.map_err(|error| TrainError::file(folder, error))?.into_iter().map(|entry| entry.path()).collect();
        paths.sort();
        let mut lines = Vec::new();
        for path in paths {
            let language = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let text = fs::read_to_string(&path).map_err(|error| TrainError::file(&path, error))?;
            for (number, line) in text.lines().enumerate() {
                let Some((kind, text)) = line.split_once('\t') else {
                    return Err(TrainError::file(&path, format!("line {}: no tab behind a kind", number + 1)));
                };
                lines.push(InventedLine {
                    text: text.to_owned(),
                    language: language.to_owned(),
                    fold: fold_of(text),
                    is_story: kind == STORY,
                });
            }
        }
        Ok(Invented { lines })
    }

    /// The planted lines of a fold and a language.
    pub fn pitches(&self, fold: usize, language: &str) -> Vec<&str> {
        let is_asked_for = |line: &&InventedLine| !line.is_story && line.fold == fold && line.language == language;
        self.lines.iter().filter(is_asked_for).map(|line| line.text.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_by_language_and_kind() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("en.tsv"), "ui\tGet the app.\nstory\tThe app failed.\n").expect("a file");
        fs::write(folder.path().join("de.tsv"), "ui\tHol dir die App.\n").expect("a file");
        let invented = Invented::read(folder.path()).expect("well-formed");
        assert_eq!(invented.lines.iter().filter(|line| line.is_story).count(), 1);
        assert_eq!(invented.pitches(fold_of("Get the app."), "en"), ["Get the app."]);
        assert!(invented.pitches(fold_of("Get the app."), "fr").is_empty());
    }

    #[test]
    fn a_line_without_a_kind_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("en.tsv"), "ui\tGet the app.\nThe app failed.\n").expect("a file");
        let error = Invented::read(folder.path()).err().expect("refused").to_string();
        assert!(error.contains("en.tsv") && error.contains("line 2"), "{error}");
    }
}
