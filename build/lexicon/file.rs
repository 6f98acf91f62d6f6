//! A lexicon file as it is written.

use serde::Deserialize;

use crate::verdict::{PageVerdict, Role};

/// A file `lexicon/LANG.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LexiconFile {
    pub language: String,
    /// Words that tell who says something, lower-case: verbs, mostly.
    #[serde(default)]
    pub says: Vec<String>,
    #[serde(rename = "phrase", default)]
    pub phrases: Vec<PhraseEntry>,
    #[serde(rename = "page", default)]
    pub pages: Vec<PageEntry>,
}

/// A phrase of an insert.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhraseEntry {
    pub kind: Kind,
    /// Lower-case; `…` stands for up to 60 characters of anything, `……` for up to 120.
    pub text: String,
    pub at: Place,
    pub strength: Strength,
    /// A block of more words does not say the phrase.
    pub max_words: usize,
    #[serde(default)]
    pub opens: bool,
    /// Whether a form says it once it is sent: in text without markup it counts near a sign-up alone.
    #[serde(default)]
    pub by_pitch: bool,
    /// Whether it is a label, with which a sentence of a story may begin as well.
    #[serde(default)]
    pub label: bool,
    /// A line that says it.
    #[allow(dead_code, reason = "for readers of the file, and for a test")]
    pub example: String,
}

/// A sentence that tells what a page without a story is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageEntry {
    pub verdict: PageKind,
    pub text: String,
    #[allow(dead_code, reason = "for readers of the file, and for a test")]
    pub example: String,
}

impl LexiconFile {
    pub fn parse(toml: &str) -> Result<Self, String> {
        let file: LexiconFile = toml::from_str(toml).map_err(|error| error.to_string())?;
        let texts = file.phrases.iter().map(|entry| &entry.text).chain(file.pages.iter().map(|entry| &entry.text));
        for text in texts {
            if text.split('…').all(|part| part.trim().is_empty()) {
                return Err(format!("the phrase {text:?} has no words"));
            }
        }
        match file.says.iter().find(|word| **word != word.to_lowercase()) {
            Some(word) => Err(format!("the word {word:?} of `says` is not lower-case: no text would have it")),
            None => Ok(file),
        }
    }
}

/// Where in a block a phrase stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// The block is just this.
    Whole,
    /// At its start.
    Start,
    /// At its end.
    End,
    /// Anywhere in it.
    Anywhere,
}

/// How much a phrase says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    /// A block that says it is an insert.
    Sure,
    /// It is evidence among other evidence.
    Likely,
}

/// The kinds of insert that files name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Newsletter,
    Subscribe,
    Related,
    Social,
    Ad,
    Ui,
    Legal,
    Comments,
    Bio,
    Caption,
    Byline,
}

impl Kind {
    pub fn role(self) -> Role {
        match self {
            Kind::Newsletter => Role::Newsletter,
            Kind::Subscribe => Role::Subscribe,
            Kind::Related => Role::Related,
            Kind::Social => Role::Social,
            Kind::Ad => Role::Ad,
            Kind::Ui => Role::Ui,
            Kind::Legal => Role::Legal,
            Kind::Comments => Role::Comments,
            Kind::Bio => Role::Bio,
            Kind::Caption => Role::Caption,
            Kind::Byline => Role::Byline,
        }
    }
}

/// The verdicts on pages that files name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageKind {
    Blocked,
    ScriptOnly,
    Paywalled,
}

impl PageKind {
    pub fn verdict(self) -> PageVerdict {
        match self {
            PageKind::Blocked => PageVerdict::Blocked,
            PageKind::ScriptOnly => PageVerdict::ScriptOnly,
            PageKind::Paywalled => PageVerdict::Paywalled,
        }
    }
}
