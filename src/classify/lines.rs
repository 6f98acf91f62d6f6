//! What a block shows by itself: words, punctuation, links, phrases.

use rustc_hash::FxHashMap;

use super::likeness::word_hashes;
use crate::block::{Block, BlockKind, Document, is_unspaced};
use crate::knowledge::{Lexicon, Opens, PhraseHit, Strength};
use crate::verdict::Role;

/// A block as the judge sees it, ahead of its place in the page.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) words: f32,
    pub(super) chars: f32,
    /// Link characters / characters.
    pub(super) link_density: f32,
    /// Emphasised characters / characters.
    pub(super) emphasis: f32,
    /// It ends as a sentence ends.
    pub(super) ends_sentence: bool,
    /// Sentences, by their ends.
    pub(super) sentences: f32,
    /// Commas and the like.
    pub(super) commas: f32,
    /// Words of it that count as running text.
    pub(super) prose: f32,
    /// Blocks of the page that say the same.
    pub(super) repeats: usize,
    /// Its words, as [`word_hashes`] gives them.
    pub(super) hashes: Vec<u64>,
    /// Phrases of the lexicon, the surest first.
    pub(super) hits: Vec<PhraseHit<'a>>,
}

impl<'a> Line<'a> {
    /// The lines of a page, one a block.
    pub(super) fn all(document: &Document, lexicon: &'a Lexicon) -> Vec<Self> {
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for block in &document.blocks {
            *counts.entry(block.text.as_str()).or_default() += 1;
        }
        let repeats = |block: &Block| counts.get(block.text.as_str()).copied().unwrap_or(1);
        document.blocks.iter().map(|block| Line::of(block, repeats(block), lexicon)).collect()
    }

    /// Whether it says a phrase that no story says.
    pub(super) fn is_insert(&self) -> bool {
        self.hits.first().is_some_and(|hit| hit.strength == Strength::Sure)
    }

    /// Whether it says a phrase of a sign-up or an offer.
    pub(super) fn is_pitch(&self) -> bool {
        self.hits.iter().any(|hit| matches!(hit.role, Role::Newsletter | Role::Subscribe))
    }

    /// The phrase that makes it the heading of a section of inserts.
    pub(super) fn opens(&self) -> Option<&PhraseHit<'a>> {
        self.hits.iter().find(|hit| hit.opens == Opens::Section)
    }

    fn of(block: &Block, repeats: usize, lexicon: &'a Lexicon) -> Self {
        let words = block.words();
        let chars = block.chars() as f32;
        let marks = Marks::of(&block.text);
        let share = |part: usize| if chars == 0.0 { 0.0 } else { part as f32 / chars };
        let link_density = share(block.link_chars);
        Line {
            words: words as f32,
            chars,
            link_density,
            emphasis: share(block.emphasis_chars),
            ends_sentence: marks.ends_sentence,
            sentences: marks.sentences,
            commas: marks.commas,
            prose: prose_words(block.kind, words as f32, link_density, &marks),
            repeats,
            hashes: word_hashes(&block.text),
            hits: lexicon.inserts(&block.text, words),
        }
    }
}

/// Words of a block that count as running text: those of blocks long enough, punctuated, and not made of links.
fn prose_words(kind: BlockKind, words: f32, link_density: f32, marks: &Marks) -> f32 {
    let runs = words >= 12.0 && (marks.ends_sentence || marks.commas + marks.sentences >= 2.0);
    if !runs || link_density > 0.5 || matches!(kind, BlockKind::Heading(_) | BlockKind::TableRow | BlockKind::Caption) {
        return 0.0;
    }
    words * (1.0 - link_density)
}

/// Punctuation of a text.
struct Marks {
    sentences: f32,
    commas: f32,
    ends_sentence: bool,
}

impl Marks {
    fn of(text: &str) -> Self {
        let mut marks = Marks { sentences: 0.0, commas: 0.0, ends_sentence: false };
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let next = chars.peek().copied();
            match c {
                '.' | '!' | '?' | '…' if next.is_none_or(|next| !next.is_alphanumeric()) => marks.sentences += 1.0,
                '。' | '！' | '？' | '।' | '؟' | '۔' | '։' => marks.sentences += 1.0,
                ',' | ';' | '،' | '、' | '，' | '；' | '؛' => marks.commas += 1.0,
                _ => {}
            }
        }
        marks.ends_sentence = ends_sentence(text);
        marks
    }
}

/// Whether the last character, behind quotes and brackets, ends a sentence.
pub(super) fn ends_sentence(text: &str) -> bool {
    let closing = ['"', '\'', '”', '’', '»', '«', '“', ')', ']', '」', '』', '）', ' '];
    let last = text.trim_end_matches(closing).chars().next_back();
    let thai_or_lao = |c: char| is_unspaced(c) && c < '\u{1000}';
    last.is_some_and(|c| {
        matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟' | '۔' | '։' | ':' | ';') || thai_or_lao(c)
    })
}
