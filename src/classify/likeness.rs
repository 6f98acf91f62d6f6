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
        words.iter().for_each(|word| set.add(*word));
        runs(&words).for_each(|run| set_of_runs.add(run));
        WordSet { words: set, runs: set_of_runs, count: words.len() }
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
        share(line.iter().copied(), &self.words)
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

/// Bits of the table of words.
const WORD_TABLE: usize = 1 << 16;

/// For each line, the share of its words that stand in the running text of other lines. Two tables of bits take the
/// words that one line and that several lines have; two words that share a bit are taken for one.
pub(super) fn coherence(lines: &[Line<'_>]) -> Vec<f32> {
    let (mut once, mut again) = (vec![0_u64; WORD_TABLE / 64], vec![0_u64; WORD_TABLE / 64]);
    let place = |word: u64| (word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize;
    let mut own: Vec<usize> = Vec::new();
    for line in lines.iter().filter(|line| line.prose > 0.0) {
        own.clear();
        own.extend(line.hashes().iter().map(|word| place(*word)));
        own.sort_unstable();
        own.dedup();
        for place in &own {
            let (at, bit) = (place / 64, 1 << (place % 64));
            again[at] |= once[at] & bit;
            once[at] |= bit;
        }
    }
    let share = |line: &Line<'_>| {
        let table = if line.prose > 0.0 { &again } else { &once };
        let known = line.hashes().iter().filter(|word| {
            let place = place(**word);
            table[place / 64] & (1 << (place % 64)) != 0
        });
        known.count() as f32 / line.hashes().len().max(1) as f32
    };
    lines.iter().map(share).collect()
}
