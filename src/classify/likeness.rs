//! How much of a line stands in another text.

use std::hash::Hasher;

use rustc_hash::{FxHashSet, FxHasher};

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

/// The words of a text in lower case, as hashes.
pub(super) fn word_hashes(text: &str) -> Vec<u64> {
    let mut hashes = Vec::with_capacity(text.len() / 5);
    let mut word = FxHasher::default();
    let mut inside = false;
    for c in text.chars() {
        if c.is_alphanumeric() {
            if c.is_ascii() {
                word.write_u32(u32::from(c.to_ascii_lowercase()));
            } else {
                c.to_lowercase().for_each(|lower| word.write_u32(u32::from(lower)));
            }
            inside = true;
        } else if inside {
            hashes.push(std::mem::take(&mut word).finish());
            inside = false;
        }
    }
    if inside {
        hashes.push(word.finish());
    }
    hashes
}

/// The hashes of the runs of three words of a line.
pub(super) fn runs(words: &[u64]) -> impl Iterator<Item = u64> {
    words.windows(3).map(|run| run.iter().fold(0, |sum: u64, word| sum.rotate_left(21) ^ word))
}
