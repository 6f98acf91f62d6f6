//! How much of a line stands in another text.

use super::lines::Line;
use crate::block::word_hashes;

/// The words of a text and its runs of three words. Two may be taken for one: they are kept as bits of a table.
#[derive(Debug, Default)]
pub(super) struct WordSet {
    words: Bits,
    runs: Bits,
    count: usize,
}

impl WordSet {
    pub(super) fn of(text: &str) -> Self {
        let words = word_hashes(text);
        let (mut set, mut set_of_runs) = (Bits::for_words(words.len()), Bits::for_words(words.len()));
        for word in &words {
            set.add(*word);
        }
        for run in runs(&words) {
            set_of_runs.add(run);
        }
        WordSet { words: set, runs: set_of_runs, count: words.len() }
    }

    /// Words of the text.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether a line says these words, and at most one in five beside.
    pub(super) fn same_as(&self, line: &[u64]) -> bool {
        let alike_in_length = line.len() * 5 >= self.count * 4 && line.len() * 4 <= self.count * 5;
        !self.is_empty() && alike_in_length && share(line.iter().copied(), &self.words) >= 0.8
    }

    /// The share of a line's words that stand in the set, in 0..=1.
    pub(super) fn share_of_words(&self, line: &[u64]) -> f32 {
        if self.is_empty() { 0.0 } else { share(line.iter().copied(), &self.words) }
    }

    /// The share of a line's runs of three words (of its words, where it has fewer) that stand in the set, in 0..=1.
    pub(super) fn share_of(&self, line: &[u64]) -> f32 {
        if self.is_empty() {
            0.0
        } else if line.len() < 3 {
            share(line.iter().copied(), &self.words)
        } else {
            share(runs(line), &self.runs)
        }
    }
}

/// Hashes as bits of a table.
#[derive(Debug, Default)]
struct Bits {
    table: Vec<u64>,
    /// By how many bits a hash is shifted to be a place in the table.
    shift: u32,
}

impl Bits {
    /// A table in which a hash that was not added is found once in 64 times at the most.
    fn for_words(count: usize) -> Self {
        let bits = (count * 64).next_power_of_two().max(64);
        Bits { table: vec![0; bits / 64], shift: 64 - bits.trailing_zeros() }
    }

    fn place(&self, hash: u64) -> usize {
        (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize
    }

    fn add(&mut self, hash: u64) {
        let place = self.place(hash);
        self.table[place / 64] |= 1 << (place % 64);
    }

    fn has(&self, hash: u64) -> bool {
        let place = self.place(hash);
        self.table.get(place / 64).is_some_and(|bits| bits & (1 << (place % 64)) != 0)
    }
}

fn share(part: impl Iterator<Item = u64>, whole: &Bits) -> f32 {
    let mut count = 0;
    let mut hits = 0;
    for hash in part {
        count += 1;
        hits += usize::from(whole.has(hash));
    }
    if count == 0 { 0.0 } else { hits as f32 / count as f32 }
}

/// The hashes of the runs of three words of a line.
pub(super) fn runs(words: &[u64]) -> impl Iterator<Item = u64> {
    words.windows(3).map(|run| run.iter().fold(0, |sum: u64, word| sum.rotate_left(21) ^ word))
}

/// Places of the table of words.
const WORD_TABLE: usize = 1 << 16;

/// Lines of running text, in a hundred, that have a word from which it tells nothing of what they are about.
const COMMON_PERCENT: usize = 30;
/// Lines that have a word that is not yet common however few they are.
const FEW: u8 = 3;

/// The words of the running text of some lines: how many lines have each, by a table in which two words that share a place
/// are taken for one.
pub(super) struct Vocabulary {
    counts: Vec<u8>,
    /// Lines from which a word is common.
    common: u8,
}

impl Vocabulary {
    pub(super) fn of(lines: &[Line<'_>]) -> Self {
        let mut counts = vec![0_u8; WORD_TABLE];
        let mut own = vec![0_u64; WORD_TABLE / 64];
        let mut prose = 0;
        for line in lines.iter().filter(|line| line.prose > 0.0) {
            prose += 1;
            for word in line.hashes() {
                let place = place_of(*word);
                let bit = 1 << (place % 64);
                if own[place / 64] & bit == 0 {
                    own[place / 64] |= bit;
                    counts[place] = counts[place].saturating_add(1);
                }
            }
            for word in line.hashes() {
                own[place_of(*word) / 64] = 0;
            }
        }
        Vocabulary { counts, common: u8::try_from(prose * COMMON_PERCENT / 100).unwrap_or(u8::MAX).max(FEW) }
    }

    /// Whether the running text of other lines than `line` has a word.
    pub(super) fn knows(&self, word: u64, line: &Line<'_>) -> bool {
        self.counts[place_of(word)] > u8::from(line.prose > 0.0)
    }

    /// What a line shares with the running text of other lines.
    pub(super) fn shares_of(&self, line: &Line<'_>) -> Shares {
        let own = u8::from(line.prose > 0.0);
        let (mut known, mut telling, mut known_telling) = (0, 0, 0);
        for word in line.hashes() {
            let count = self.counts[place_of(*word)];
            let (is_known, is_telling) = (count > own, count <= self.common);
            known += usize::from(is_known);
            telling += usize::from(is_telling);
            known_telling += usize::from(is_known & is_telling);
        }
        let share = |part: usize, whole: usize| part as f32 / whole.max(1) as f32;
        Shares { known: share(known, line.hashes().len()), telling: (share(known_telling, telling), telling) }
    }
}

/// What a line shares with the running text of others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shares {
    /// The share of its words.
    pub(super) known: f32,
    /// The share of its words that are not common, and how many those are.
    pub(super) telling: (f32, usize),
}

/// The place of a word in the table.
fn place_of(word: u64) -> usize {
    (word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize
}
