//! What a block shows by itself: words, punctuation, links, phrases.

use rustc_hash::FxHashMap;

use crate::block::{Block, BlockKind, Document, Scan, is_unspaced};
use crate::knowledge::{Lexicon, Opens, PhraseHit, Stands, Strength, Telling};
use crate::verdict::Role;

use super::labels::{begins_sentence, quotes};

/// What a phrase of the lexicon takes off the log-odds of a block.
const PHRASE_ODDS: f32 = 2.0;
/// What the credit of a picture takes off.
const CREDIT_ODDS: f32 = 6.0;

/// The share of its characters in links above which a line is a link and next to nothing else.
const LINK_ALONE: f32 = 0.95;

/// A block as the judge sees it, ahead of its place in the page.
#[derive(Debug, Clone)]
pub(crate) struct Line<'a> {
    pub(crate) scan: Scan,
    pub(crate) words: f32,
    pub(super) chars: f32,
    /// Link characters / characters.
    pub(super) link_density: f32,
    /// Emphasised characters / characters.
    pub(super) emphasis: f32,
    /// It ends as a sentence ends.
    pub(super) ends_sentence: bool,
    /// How it ends: 0 by a letter or digit, 1 as a sentence, 2 by a question or exclamation mark, 3 by a colon, 4 by an
    /// ellipsis, 5 by a quote or bracket, 6 otherwise.
    pub(super) ending: f32,
    /// How it begins: 0 by a capital, 1 by a small letter, 2 by a digit, 3 by a quote, 4 otherwise.
    pub(super) beginning: f32,
    /// Words of it that count as running text.
    pub(super) prose: f32,
    /// Blocks of the page that say the same.
    pub(super) repeats: usize,
    /// Phrases of the lexicon, the surest first.
    pub(crate) hits: Vec<PhraseHit<'a>>,
    /// It says a phrase, and who says it.
    pub(super) is_told: bool,
}

impl<'a> Line<'a> {
    /// The lines of a page, one a block.
    pub(crate) fn all<'d>(document: &'d Document, lexicon: &'a Lexicon) -> Vec<Self> {
        let mut known: FxHashMap<&str, usize> = FxHashMap::default();
        known.reserve(document.blocks.len());
        let mut counts: Vec<usize> = Vec::with_capacity(document.blocks.len());
        let mut number = |block: &'d Block| {
            let number = *known.entry(&*block.text).or_insert(counts.len());
            if number == counts.len() {
                counts.push(0);
            }
            counts[number] += 1;
            number
        };
        let numbers: Vec<usize> = document.blocks.iter().map(&mut number).collect();
        let blocks = document.blocks.iter().zip(numbers);
        let mut room = Vec::new();
        let line = |(block, number): (&Block, usize)| {
            Line::of(block, Scan::with_room(&block.text, &mut room), counts[number], lexicon)
        };
        blocks.map(line).collect()
    }

    /// Whether it is a link and next to nothing else.
    pub(super) fn is_link_alone(&self) -> bool {
        self.link_density > LINK_ALONE
    }

    /// Whether it says a phrase that no story says.
    pub(super) fn is_insert(&self) -> bool {
        self.hits.first().is_some_and(|hit| hit.strength == Strength::Sure)
    }

    /// Whether it says a phrase of a sign-up or an offer.
    pub(super) fn is_pitch(&self) -> bool {
        self.hits.iter().any(|hit| matches!(hit.role, Role::Newsletter | Role::Subscribe))
    }

    /// By how much the phrases that it says speak against it, as log-odds: the lexicon knows inserts that the pages the
    /// model learned from do not hold.
    pub(crate) fn phrase_odds(&self) -> f32 {
        match self.hits.first() {
            None => 0.0,
            Some(hit) if hit.role == Role::Caption => CREDIT_ODDS,
            Some(_) => PHRASE_ODDS,
        }
    }

    /// The phrase that makes it the heading of a section of inserts.
    pub(super) fn opens(&self) -> Option<&PhraseHit<'a>> {
        self.hits.iter().find(|hit| hit.opens == Opens::Section)
    }

    /// Its words as hashes; in scripts without spaces each character is a word.
    pub(crate) fn hashes(&self) -> &[u64] {
        &self.scan.hashes
    }

    fn of(block: &Block, scan: Scan, repeats: usize, lexicon: &'a Lexicon) -> Self {
        let share = |part: usize| if scan.chars == 0 { 0.0 } else { part as f32 / scan.chars as f32 };
        let link_density = share(block.link_chars);
        let ends_sentence = ends_sentence(&block.text);
        let mut hits = lexicon.inserts(&block.text, &scan);
        if block.link_chars == 0 {
            hits.retain(|hit| hit.stands != Stands::AsLabel || !begins_sentence(&block.text, hit.text));
        }
        Line {
            words: scan.words as f32,
            chars: scan.chars as f32,
            link_density,
            emphasis: share(block.emphasis_chars),
            ends_sentence,
            ending: ending(&block.text),
            beginning: beginning(&block.text),
            prose: prose_words(block.kind, link_density, ends_sentence, &scan),
            repeats,
            is_told: is_told(&hits, &block.text, lexicon),
            hits,
            scan,
        }
    }
}

/// Whether a line says a phrase of an insert, and who says that.
fn is_told(hits: &[PhraseHit<'_>], text: &str, lexicon: &Lexicon) -> bool {
    let Some(hit) = hits.first() else { return false };
    let telling = match hit.role {
        Role::Caption | Role::Byline | Role::Bio => return false,
        Role::Newsletter | Role::Subscribe => Telling::BehindColon,
        _ => Telling::BehindPause,
    };
    lexicon.is_told(text, telling) || quotes(text, hit.text)
}

/// Words of a block that count as running text: those of blocks long enough, punctuated, and not made of links.
fn prose_words(kind: BlockKind, link_density: f32, ends_sentence: bool, scan: &Scan) -> f32 {
    let words = scan.words as f32;
    let runs = words >= 12.0 && (ends_sentence || scan.commas + scan.sentences >= 2);
    if !runs || link_density > 0.5 || matches!(kind, BlockKind::Heading(_) | BlockKind::TableRow | BlockKind::Caption) {
        return 0.0;
    }
    words * (1.0 - link_density)
}

fn ending(text: &str) -> f32 {
    match text.chars().next_back() {
        Some(c) if c.is_alphanumeric() => 0.0,
        Some('.' | '。' | '।') if text.ends_with("...") => 4.0,
        Some('.' | '。' | '।') => 1.0,
        Some('?' | '!' | '？' | '！') => 2.0,
        Some(':' | '：') => 3.0,
        Some('…') => 4.0,
        Some('"' | '”' | '“' | '»' | '«' | '’' | '\'' | ')' | ']' | '」' | '）') => 5.0,
        _ => 6.0,
    }
}

fn beginning(text: &str) -> f32 {
    match text.chars().next() {
        Some(c) if c.is_uppercase() => 0.0,
        Some(c) if c.is_alphabetic() => 1.0,
        Some(c) if c.is_numeric() => 2.0,
        Some('"' | '”' | '“' | '„' | '»' | '«' | '‘' | '\'' | '「') => 3.0,
        _ => 4.0,
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
