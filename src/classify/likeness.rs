//! How much of a line stands in another text.

use rustc_hash::FxHashSet;

use super::lines::Line;
use crate::block::word_hashes;

/// The words of a text and its runs of three words, as hashes.
#[derive(Debug, Default)]
pub(super) struct WordSet {
    words: FxHashSet<u64>,
    runs: FxHashSet<u64>,
    count: usize,
}

impl WordSet {
    pub(super) fn of(text: &str) -> Self {
        let words = word_hashes(text);
        WordSet { runs: runs(&words).collect(), count: words.len(), words: words.into_iter().collect() }
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

fn share(part: impl Iterator<Item = u64>, whole: &FxHashSet<u64>) -> f32 {
    let mut count = 0;
    let mut hits = 0;
    for hash in part {
        count += 1;
        hits += usize::from(whole.contains(&hash));
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
