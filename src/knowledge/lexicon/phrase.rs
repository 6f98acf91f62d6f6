//! A phrase, and whether a text says it.

use super::normal::NormalText;
use super::tables::TEXTS;
use crate::verdict::{PageVerdict, Role};

/// Characters that may stand for an ellipsis of a phrase.
const GAP_CHARS: usize = 60;

/// A phrase of a lexicon file.
#[derive(Debug)]
pub(super) struct Phrase {
    /// In lower case; `…` stands for up to [`GAP_CHARS`] characters of anything, `……` for twice as many.
    pub(super) text: Text,
    /// Whether it has an ellipsis: few have.
    pub(super) has_gap: bool,
    pub(super) place: Place,
    /// A block of more words does not say it.
    pub(super) max_words: usize,
    pub(super) tells: Tells,
}

/// A text among those of all phrases.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text {
    /// Where it begins.
    pub(super) start: u32,
    /// How long it is.
    pub(super) bytes: u16,
}

impl Text {
    pub(super) fn as_str(self) -> &'static str {
        let start = self.start as usize;
        TEXTS.get(start..start + usize::from(self.bytes)).unwrap_or_default()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tells {
    Insert { role: Role, strength: Strength, opens: Opens, stands: Stands },
    Page(PageVerdict),
}

/// Where in a block a phrase stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// A block that says it is an insert.
    Sure,
    /// It is evidence among other evidence.
    Likely,
}

/// Whether a phrase heads a section of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    /// The short lines behind it belong to it.
    Section,
    /// It stands for itself.
    Nothing,
}

/// Where in a page a phrase is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// Wherever it stands.
    Anywhere,
    /// Near a sign-up or an offer: a form says it once it is sent.
    ByPitch,
    /// At the beginning of a label: a sentence of a story may begin with it as well.
    AsLabel,
}

impl Phrase {
    /// Its text between ellipses, in order, each with the characters that may stand ahead of it.
    fn parts(&self) -> impl Iterator<Item = (usize, &'static str)> {
        let mut gap = 0;
        let with_gap = move |part: &'static str| {
            let (ahead, part) = (gap, part.trim());
            // An ellipsis right behind another adds to its gap.
            let open = if part.is_empty() { ahead } else { 0 };
            gap = open + GAP_CHARS;
            (ahead, part)
        };
        self.text.as_str().split('…').map(with_gap).filter(|(_, part)| !part.is_empty())
    }

    /// Its text up to the first ellipsis.
    fn first_part(&self) -> &'static str {
        if self.has_gap { self.parts().next().map_or("", |(_, first)| first) } else { self.text.as_str().trim() }
    }

    /// Whether the phrase stands anywhere in `text`.
    pub(super) fn stands_in(&self, text: &NormalText) -> bool {
        let first = self.first_part();
        let bytes = text.all().as_bytes();
        let stands_at = |start: usize| bytes[start..].starts_with(first.as_bytes()) && self.matches(text, start);
        match (self.place, first.as_bytes().first()) {
            (Place::Whole | Place::Start, _) => stands_at(text.start()),
            (Place::End | Place::Anywhere, Some(byte)) => memchr::memchr_iter(*byte, bytes).any(stands_at),
            (Place::End | Place::Anywhere, None) => false,
        }
    }

    /// Whether the phrase stands in `text` with its first part at `start`.
    pub(super) fn matches(&self, text: &NormalText, start: usize) -> bool {
        if matches!(self.place, Place::Whole | Place::Start) && start != text.start() {
            return false;
        }
        let mut end = start + self.first_part().len();
        if !text.is_word(start, end) {
            return false;
        }
        let rest = self.has_gap.then(|| self.parts().skip(1));
        for (gap, part) in rest.into_iter().flatten() {
            match text.find_word(part, end, gap) {
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
