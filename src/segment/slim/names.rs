//! Names that are known, to be found by their letters.

use crate::block::sixteen::{Sixteen, is, within};

/// The bit that a small letter has and its capital has not.
const SMALL: u8 = 0x20;
/// Places of a table, a power of two: so few names share a place.
const PLACE_COUNT: usize = 1024;
/// Marks a place that no name has.
const NO_NAME: u8 = u8::MAX;

/// Names by their letters; none is known by two numbers.
pub(super) struct NameTable<const COUNT: usize> {
    names: [&'static str; COUNT],
    /// The first letters of each.
    letters: [u64; COUNT],
    /// The numbers of the names, each at the place of its letters or the next one that is free.
    places: [u8; PLACE_COUNT],
}

impl<const COUNT: usize> NameTable<COUNT> {
    /// The table of these names, which are in lower case.
    pub(super) const fn of(known: &[&'static str]) -> Self {
        assert!(COUNT < NO_NAME as usize && COUNT == known.len());
        let mut table = NameTable { names: [""; COUNT], letters: [0; COUNT], places: [NO_NAME; PLACE_COUNT] };
        let mut number = 0;
        while number < COUNT {
            let name = known[number];
            table.names[number] = name;
            table.letters[number] = letters(name.as_bytes());
            let mut place = place_of(table.letters[number], name.len());
            while table.places[place] != NO_NAME {
                place = (place + 1) % PLACE_COUNT;
            }
            table.places[place] = number as u8;
            number += 1;
        }
        table
    }

    /// The number of the name that is written so, in any case, and has these [`letters`].
    #[inline]
    pub(super) fn find(&self, written: &[u8], letters: u64) -> Option<u8> {
        let mut place = place_of(letters, written.len());
        loop {
            let number = self.places[place];
            let name = self.names.get(usize::from(number))?;
            if self.letters[usize::from(number)] == letters
                && name.len() == written.len()
                && (written.len() <= 8 || name.as_bytes().eq_ignore_ascii_case(written))
            {
                return Some(number);
            }
            place = (place + 1) % PLACE_COUNT;
        }
    }
}

/// The first eight letters of a name, small, the first one lowest.
pub(super) const fn letters(name: &[u8]) -> u64 {
    let mut letters = 0;
    let mut at = 0;
    while at < name.len() && at < 8 {
        letters |= (name[at].to_ascii_lowercase() as u64) << (8 * at);
        at += 1;
    }
    letters
}

/// Likewise, of a name of `length` bytes, at least one, that text begins with.
#[inline]
pub(super) fn first_letters(text: Sixteen, length: usize) -> u64 {
    let small = text | within(text, b'A', b'Z') & Sixteen::splat(SMALL);
    let letters = u128::from_le_bytes(small.to_array()) as u64;
    letters & (u64::MAX >> (64 - 8 * length.clamp(1, 8)))
}

/// Whether a byte ends the name of a tag.
pub(super) fn ends_name(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | 0x0c | b'\r' | b' ' | b'/' | b'>')
}

/// Those by which [`ends_name`] holds.
#[inline]
pub(super) fn ends_of_names(bytes: Sixteen) -> Sixteen {
    let breaks = within(bytes, b'\t', b'\n') | within(bytes, 0x0c, b'\r');
    breaks | is(bytes, b' ') | is(bytes, b'/') | is(bytes, b'>')
}

const fn place_of(letters: u64, length: usize) -> usize {
    // The multiplier of Fibonacci hashing, 2^64 / φ.
    ((letters ^ length as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::sixteen::first_of;

    #[test]
    fn the_letters_that_a_text_begins_with_are_those_of_its_name() {
        for byte in 0..=u8::MAX {
            for place in 0..10 {
                let mut text = *b"FigCaption class";
                text[place] = byte;
                let first = first_of(&text).unwrap();
                for length in 1..=10 {
                    let (of_text, of_name) = (first_letters(first, length), letters(&text[..length]));
                    assert_eq!(of_text, of_name, "{byte:#x} at {place} of {length}");
                }
                let first_end = ends_of_names(first).to_bitmask().trailing_zeros() as usize;
                let ends = b"\t\n\x0c\r />".contains(&byte);
                assert_eq!(first_end, if ends { place } else { 10 }, "{byte:#x} at {place}");
                assert_eq!(ends_name(byte), ends, "{byte:#x}");
            }
        }
    }
}
