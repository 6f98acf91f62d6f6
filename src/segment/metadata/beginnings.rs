//! How the words of a list begin: most words of a text are in no list, and two letters tell.

/// Pairs of letters, five bits of each.
const PAIRS: usize = 1 << 10;

/// The pairs that words begin with, as bits, the same in any case of ASCII.
pub(super) struct Beginnings([u64; PAIRS / 64]);

impl Beginnings {
    /// None.
    pub(super) const fn none() -> Self {
        Beginnings([0; PAIRS / 64])
    }

    /// These and that of a word of two bytes or more.
    pub(super) const fn with(mut self, word: &str) -> Self {
        let word = word.as_bytes();
        let pair = pair_of(word[0], word[1]);
        self.0[pair / 64] |= 1 << (pair % 64);
        self
    }

    /// These and those of such words.
    pub(super) const fn with_all(mut self, words: &[&str]) -> Self {
        let mut at = 0;
        while at < words.len() {
            self = self.with(words[at]);
            at += 1;
        }
        self
    }

    /// Whether a word may begin with two letters.
    #[inline]
    pub(super) const fn has(&self, first: u8, second: u8) -> bool {
        let pair = pair_of(first, second);
        self.0[pair / 64] >> (pair % 64) & 1 != 0
    }
}

const fn pair_of(first: u8, second: u8) -> usize {
    (first as usize & 31) << 5 | second as usize & 31
}
