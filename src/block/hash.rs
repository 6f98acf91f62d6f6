//! Hashes of words, by which phrases, names and weights are looked up. The build script hashes with these too.

use std::ops::Range;

/// The hash of a word that is in lower case, as [`Scan`] has it.
pub(crate) fn word_hash(word: impl AsRef<[u8]>) -> u64 {
    let word = word.as_ref();
    hash_bytes(word, 0..word.len(), 0)
}

/// The hash of the ASCII letters and digits at `range` of a text, in lower case.
#[inline]
pub(crate) fn ascii_word_hash(text: &[u8], range: Range<usize>) -> u64 {
    // Makes a letter small, and leaves a digit.
    hash_bytes(text, range, 0x2020_2020_2020_2020)
}

/// A hash over the bytes at `range` of a text, eight at a time; `set` are the bits that each eight are made to have.
#[inline]
fn hash_bytes(text: &[u8], range: Range<usize>, set: u64) -> u64 {
    let mut hash = 0;
    let mut rest = range;
    while rest.len() >= 8 {
        hash = mix(hash, up_to_eight(text, rest.start..rest.start + 8) | set);
        rest.start += 8;
    }
    if !rest.is_empty() {
        let unused = 64 - 8 * rest.len();
        hash = mix(hash, up_to_eight(text, rest) | set >> unused);
    }
    hash
}

/// A hash that goes on with the next eight bytes of a word, or with its last ones.
#[inline]
pub(super) fn mix(hash: u64, bytes: u64) -> u64 {
    (hash.rotate_left(5) ^ bytes).wrapping_mul(0x517c_c1b7_2722_0a95)
}

/// The bytes at `range`, from one to eight, as a number: read with those behind them, or ahead of them, where there are
/// as many.
#[inline]
fn up_to_eight(text: &[u8], range: Range<usize>) -> u64 {
    let unused = 64 - 8 * range.len();
    if let Some(bytes) = text[range.start..].first_chunk() {
        u64::from_be_bytes(*bytes) >> unused
    } else if let Some(bytes) = text[..range.end].last_chunk() {
        u64::from_be_bytes(*bytes) << unused >> unused
    } else {
        text[range].iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    }
}
