//! How the words of a set begin and end, and how long they are: most words are in no set, and that tells.

/// Places of words, a power of two: few words of a set share one.
const PLACES: usize = 1 << 10;

/// The places of some words, as bits, the same in any case of ASCII.
pub(super) struct WordEnds([u64; PLACES / 64]);

impl WordEnds {
    /// Of no word.
    pub(super) const NONE: WordEnds = WordEnds([0; PLACES / 64]);

    /// Of these words.
    pub(super) const fn of(words: &[&str]) -> Self {
        let mut ends = WordEnds::NONE;
        let mut at = 0;
        while at < words.len() {
            ends.add(words[at].as_bytes());
            at += 1;
        }
        ends
    }

    /// Adds a word.
    pub(super) const fn add(&mut self, word: &[u8]) {
        let place = place_of(word);
        self.0[place / 64] |= 1 << (place % 64);
    }

    /// Whether a word may be one of them.
    #[inline]
    pub(super) const fn may_have(&self, word: &[u8]) -> bool {
        let place = place_of(word);
        self.0[place / 64] >> (place % 64) & 1 != 0
    }
}

/// The place of a word by its first letter, its last and its length.
const fn place_of(word: &[u8]) -> usize {
    let (first, last) = match word {
        [] => (0, 0),
        [first, ..] => (*first | 0x20, word[word.len() - 1] | 0x20),
    };
    ((first as usize * 0x61 + last as usize * 0x25) ^ (word.len() * 0x6b)) % PLACES
}
