//! Phrases of inserts and of pages without a story: one data file a language, `data/lexicon/LANG.toml`.

mod file;
mod normal;
mod triggers;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::block::{Scan, is_hangul, is_unspaced};
use crate::error::Error;
use crate::verdict::{PageVerdict, Role};
pub use file::Strength;
use file::{LexiconFile, Place};
pub(crate) use normal::NormalText;
use triggers::Triggers;

/// The files inside the program, with their names.
const FILES: &[(&str, &str)] = &[
    ("cs", include_str!("data/lexicon/cs.toml")),
    ("da", include_str!("data/lexicon/da.toml")),
    ("de", include_str!("data/lexicon/de.toml")),
    ("en", include_str!("data/lexicon/en.toml")),
    ("es", include_str!("data/lexicon/es.toml")),
    ("fr", include_str!("data/lexicon/fr.toml")),
    ("he", include_str!("data/lexicon/he.toml")),
    ("it", include_str!("data/lexicon/it.toml")),
    ("ja", include_str!("data/lexicon/ja.toml")),
    ("ko", include_str!("data/lexicon/ko.toml")),
    ("nl", include_str!("data/lexicon/nl.toml")),
    ("no", include_str!("data/lexicon/no.toml")),
    ("pl", include_str!("data/lexicon/pl.toml")),
    ("pt", include_str!("data/lexicon/pt.toml")),
    ("ru", include_str!("data/lexicon/ru.toml")),
    ("sv", include_str!("data/lexicon/sv.toml")),
    ("tr", include_str!("data/lexicon/tr.toml")),
    ("zh", include_str!("data/lexicon/zh.toml")),
];

/// Words of a line in quotation marks that is speech; a shorter one may be a headline or a label.
const SPEECH_WORDS: usize = 8;
/// Characters that may stand for an ellipsis of a phrase.
const GAP_CHARS: usize = 60;

/// The phrases of all languages, and what finds them.
#[derive(Debug, Default)]
pub struct Lexicon {
    phrases: Vec<Phrase>,
    /// Words of the longest block that may say a phrase.
    longest: usize,
    /// Finds the phrases of inserts whose script sets words apart.
    inserts: Triggers,
    /// Finds those of pages.
    pages: Triggers,
    /// Finds the others.
    finder: Option<AhoCorasick>,
    /// For each pattern of the finder, the phrases that begin with it.
    starts: Vec<Vec<usize>>,
}

/// Whether a script sets words apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Separated,
    Joined,
}

impl Script {
    fn of(text: &str) -> Self {
        if text.chars().any(|c| is_unspaced(c) || is_hangul(c)) { Script::Joined } else { Script::Separated }
    }
}

#[derive(Debug)]
struct Phrase {
    /// Its text between ellipses, in order.
    parts: Vec<Box<str>>,
    place: Place,
    max_words: usize,
    text: Box<str>,
    tells: Tells,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tells {
    Insert { role: Role, strength: Strength, opens: Opens },
    Page(PageVerdict),
}

/// Whether a phrase heads a section of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    /// The short lines behind it belong to it.
    Section,
    /// It stands for itself.
    Nothing,
}

/// A phrase that a block says.
#[derive(Debug, Clone, PartialEq)]
pub struct PhraseHit<'a> {
    /// The kind of insert.
    pub role: Role,
    /// Whether the phrase is enough by itself.
    pub strength: Strength,
    /// The phrase as the lexicon has it.
    pub text: &'a str,
    /// Whether it heads a section of its kind.
    pub opens: Opens,
}

impl Lexicon {
    #[expect(clippy::expect_used, reason = "the files are inside the program, and a test loads each")]
    pub(super) fn builtin() -> Self {
        Self::parse(FILES).expect("the lexicon is well-formed")
    }

    fn parse(files: &[(&str, &str)]) -> Result<Self, Error> {
        let mut phrases = Vec::new();
        for (name, toml) in files {
            let broken = |reason: String| Error::Knowledge { name: format!("lexicon/{name}.toml"), reason };
            let file = LexiconFile::parse(toml).map_err(broken)?;
            if file.language != *name {
                return Err(broken(format!("its language is `{}`", file.language)));
            }
            phrases.extend(file.phrases.iter().map(Phrase::of_insert));
            phrases.extend(file.pages.iter().map(Phrase::of_page));
        }
        let of = |script: Script| {
            let phrases = phrases.iter().enumerate().map(|(number, phrase)| (number, phrase.first_part()));
            phrases.filter(move |(_, part)| Script::of(part) == script)
        };
        let mut patterns: Vec<&str> = of(Script::Joined).map(|(_, part)| part).collect();
        patterns.sort_unstable();
        patterns.dedup();
        let mut starts = vec![Vec::new(); patterns.len()];
        for (number, part) in of(Script::Joined) {
            if let Ok(pattern) = patterns.binary_search(&part) {
                starts[pattern].push(number);
            }
        }
        let finder = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&patterns);
        let finder =
            finder.map_err(|error| Error::Knowledge { name: "lexicon".to_owned(), reason: error.to_string() })?;
        let longest = phrases.iter().map(|phrase| phrase.max_words).max().unwrap_or(0);
        let (inserts, pages): (Vec<_>, Vec<_>) =
            of(Script::Separated).partition(|(number, _)| matches!(phrases[*number].tells, Tells::Insert { .. }));
        let (inserts, pages) = (Triggers::of(inserts.into_iter()), Triggers::of(pages.into_iter()));
        Ok(Lexicon { finder: Some(finder), starts, phrases, longest, inserts, pages })
    }

    /// The phrases of inserts that a block says, in any language, the surest first. The page's own language does not
    /// matter: pages mislabel it, and no phrase of one language is a story's line in another.
    pub(crate) fn inserts<'a>(&'a self, text: &str, scan: &Scan) -> Vec<PhraseHit<'a>> {
        let mut hits = Vec::new();
        // Someone says it: a line of speech is no insert by its words.
        let is_speech =
            || scan.words >= SPEECH_WORDS && text.trim_start().starts_with(['"', '“', '„', '«', '‘', '「', '『']);
        if scan.words > self.longest || is_speech() {
            return hits;
        }
        let may_say = |phrase: &Phrase| match phrase.tells {
            Tells::Insert { .. } => scan.words <= phrase.max_words,
            Tells::Page(_) => false,
        };
        for phrase in self.said(text, scan, &self.inserts, may_say) {
            if let Tells::Insert { role, strength, opens } = phrase.tells {
                hits.push(PhraseHit { role, strength, text: &phrase.text, opens });
            }
        }
        hits.sort_by_key(|hit| (hit.strength, std::cmp::Reverse(hit.text.len())));
        hits
    }

    /// What a block of a page without a story says that the page is.
    pub(crate) fn page_verdict(&self, text: &str, scan: &Scan) -> Option<(PageVerdict, &str)> {
        let is_of_page = |phrase: &Phrase| matches!(phrase.tells, Tells::Page(_));
        self.said(text, scan, &self.pages, is_of_page).into_iter().find_map(|phrase| match phrase.tells {
            Tells::Page(verdict) => Some((verdict, &*phrase.text)),
            Tells::Insert { .. } => None,
        })
    }

    /// Those of the `wanted` phrases that a text says, each once.
    fn said(&self, text: &str, scan: &Scan, triggers: &Triggers, wanted: impl Fn(&Phrase) -> bool) -> Vec<&Phrase> {
        let mut numbers = triggers.candidates(scan);
        numbers.retain(|number| wanted(&self.phrases[*number]));
        if numbers.is_empty() && !scan.joined {
            return Vec::new();
        }
        let text = NormalText::of(text);
        numbers.retain(|number| self.phrases[*number].stands_in(&text));
        for hit in
            self.finder.iter().filter(|_| scan.joined).flat_map(|finder| finder.find_overlapping_iter(text.all()))
        {
            for &number in &self.starts[hit.pattern().as_usize()] {
                let phrase = &self.phrases[number];
                if wanted(phrase) && !numbers.contains(&number) && phrase.matches(&text, hit.start()) {
                    numbers.push(number);
                }
            }
        }
        numbers.into_iter().map(|number| &self.phrases[number]).collect()
    }
}

impl Phrase {
    fn of_insert(entry: &file::PhraseEntry) -> Self {
        let opens = if entry.opens { Opens::Section } else { Opens::Nothing };
        Phrase {
            parts: split_parts(&entry.text),
            place: entry.at,
            max_words: entry.max_words,
            text: entry.text.as_str().into(),
            tells: Tells::Insert { role: entry.kind.role(), strength: entry.strength, opens },
        }
    }

    fn of_page(entry: &file::PageEntry) -> Self {
        Phrase {
            parts: split_parts(&entry.text),
            place: Place::Anywhere,
            max_words: 0,
            text: entry.text.as_str().into(),
            tells: Tells::Page(entry.verdict.verdict()),
        }
    }

    fn first_part(&self) -> &str {
        self.parts.first().map_or("", |part| part)
    }

    /// Whether the phrase stands anywhere in `text`.
    fn stands_in(&self, text: &NormalText) -> bool {
        text.all().match_indices(self.first_part()).any(|(start, _)| self.matches(text, start))
    }

    /// Whether the phrase stands in `text` with its first part at `start`.
    fn matches(&self, text: &NormalText, start: usize) -> bool {
        if matches!(self.place, Place::Whole | Place::Start) && start != text.start() {
            return false;
        }
        let mut end = start + self.first_part().len();
        if !text.is_word(start, end) {
            return false;
        }
        for part in &self.parts[1..] {
            match text.find_word(part, end, GAP_CHARS) {
                Some(next) => end = next,
                None => return false,
            }
        }
        match self.place {
            Place::Whole | Place::End => end == text.end(),
            Place::Start | Place::Anywhere => true,
        }
    }
}

fn split_parts(text: &str) -> Vec<Box<str>> {
    text.split('…').map(str::trim).filter(|part| !part.is_empty()).map(Into::into).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_example_says_its_phrase() {
        let lexicon = Lexicon::builtin();
        for (name, toml) in FILES {
            let file = LexiconFile::parse(toml).expect("well-formed");
            for entry in &file.phrases {
                let hits = lexicon.inserts(&entry.example, &Scan::of(&entry.example));
                assert!(
                    hits.iter().any(|hit| *hit.text == entry.text),
                    "{name}: {:?} does not say {:?}",
                    entry.example,
                    entry.text
                );
            }
            for entry in &file.pages {
                let verdict = lexicon.page_verdict(&entry.example, &Scan::of(&entry.example));
                assert!(verdict.is_some(), "{name}: {:?} does not say {:?}", entry.example, entry.text);
            }
        }
    }

    #[test]
    fn a_phrase_ends_at_a_word() {
        let lexicon = Lexicon::builtin();
        assert!(lexicon.inserts("Advertisement", &Scan::of("Advertisement")).iter().any(|hit| hit.role == Role::Ad));
        let other = "Advertisements for the play were banned";
        assert!(lexicon.inserts(other, &Scan::of(other)).iter().all(|hit| hit.strength != Strength::Sure));
    }
}
