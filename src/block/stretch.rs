//! Sixteen bytes of a text at once: where a word ends, and what its letters are.

use super::hash::mix;
use super::sixteen::{Sixteen, WIDTH, ends_of, within};

/// The bit that a small letter has and its capital has not.
const SMALL: u8 = 0x20;
/// Likewise, in each byte.
const EACH_SMALL: u64 = 0x2020_2020_2020_2020;

/// Sixteen bytes of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch([u8; WIDTH]);

/// The ASCII letters and digits that a stretch begins with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// How many they are, up to [`WIDTH`].
    pub(super) length: usize,
    pub(super) has_capital: bool,
    pub(super) has_small: bool,
    /// Whether a character beyond ASCII follows; not known where all bytes are letters and digits.
    pub(super) goes_beyond_ascii: bool,
}

impl Stretch {
    /// The bytes from `at`, which is within the text or at its end; 0 behind that.
    #[inline]
    pub(super) fn at(text: &[u8], at: usize) -> Self {
        let rest = &text[at..];
        Stretch(if let Some(bytes) = rest.first_chunk() {
            *bytes
        } else if let Some(bytes) = text.last_chunk() {
            behind(*bytes, WIDTH - rest.len())
        } else {
            short(rest)
        })
    }

    /// The ASCII letters and digits that it begins with.
    #[inline]
    pub(super) fn word(self) -> Word {
        let bytes = Sixteen::new(self.0);
        let Letters { all, small, digits } = letters(bytes);
        let length = (!(all | digits)).trailing_zeros();
        let all = all & !(u32::MAX << length);
        Word {
            length: length as usize,
            has_capital: all & !small != 0,
            has_small: all & small != 0,
            goes_beyond_ascii: bytes.to_bitmask() >> length & 1 != 0,
        }
    }

    /// How many letters and digits of a word in a name it begins with, up to [`WIDTH`]: such a word ends at a sign too, or
    /// at a capital behind a small letter or a digit. `behind_capital` tells what stands ahead of the stretch.
    #[inline]
    pub(super) fn name_part(self, behind_capital: bool) -> usize {
        let Letters { all, small, digits } = letters(Sixteen::new(self.0));
        let capitals = all & !small;
        let behind_capitals = capitals << 1 | u32::from(behind_capital);
        (!(all | digits) | capitals & !behind_capitals).trailing_zeros() as usize
    }

    /// The bytes ahead of white space, of control characters and of what is beyond ASCII.
    #[inline]
    pub(super) fn run(self) -> usize {
        (!within(Sixteen::new(self.0), b'!', 0x7f).to_bitmask()).trailing_zeros() as usize
    }

    /// The hash that goes on with the first `length` letters and digits, from 1 to [`WIDTH`], in lower case.
    #[inline]
    pub(super) fn mixed_into(self, hash: u64, length: usize) -> u64 {
        let both = u128::from_le_bytes(self.0);
        let (first, second) = (both as u64, (both >> 64) as u64);
        if length > 8 {
            mix(mix(hash, lower(first, 8)), lower(second, length - 8))
        } else {
            mix(hash, lower(first, length))
        }
    }
}

/// Which bytes are ASCII letters and digits: a bit each.
struct Letters {
    all: u32,
    /// Of letters, those that are small; of others, any.
    small: u32,
    digits: u32,
}

#[inline]
fn letters(bytes: Sixteen) -> Letters {
    let twice = bytes + bytes;
    Letters {
        all: within(bytes | Sixteen::splat(SMALL), b'a', b'z').to_bitmask(),
        // The bit of small letters moved to the top of its byte, where it counts.
        small: (twice + twice).to_bitmask(),
        digits: within(bytes, b'0', b'9').to_bitmask(),
    }
}

/// The first `length` letters and digits of eight, from 1 on, in lower case as a number of that many bytes.
#[inline]
fn lower(eight: u64, length: usize) -> u64 {
    (eight | EACH_SMALL).swap_bytes() >> (64 - 8 * length)
}

/// The bytes behind the first `count`, and 0 behind them.
#[inline]
fn behind(bytes: [u8; WIDTH], count: usize) -> [u8; WIDTH] {
    u128::from_le_bytes(bytes).checked_shr(8 * count as u32).unwrap_or(0).to_le_bytes()
}

/// A text that is shorter than sixteen bytes, and 0 behind it.
#[inline]
fn short(text: &[u8]) -> [u8; WIDTH] {
    if let Some(ends) = ends_of(text) {
        let eights = u128::from_le_bytes(ends);
        let second = (eights >> 64) as u64;
        let second = second.checked_shr(8 * (WIDTH - text.len()) as u32).unwrap_or(0);
        return (eights & u128::from(u64::MAX) | u128::from(second) << 64).to_le_bytes();
    }
    let four = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
    let few = match (text.first_chunk(), text.last_chunk()) {
        (Some(first), Some(last)) => four(first) | four(last) << (8 * (text.len() - 4)),
        _ => text.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
    };
    u128::from(few).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::hash::word_hash;
    use super::*;

    #[test]
    fn a_word_ends_at_what_is_no_letter_or_digit() {
        for (text, length) in [("Abc", 3), ("z9 A", 2), ("`a", 0), ("A@", 1), ("a[", 1), ("9:", 1), ("0/", 1), ("", 0)]
        {
            assert_eq!(Stretch::at(text.as_bytes(), 0).word().length, length, "{text}");
        }
        assert_eq!(Stretch::at(b"letters and", 0).word().length, 7);
        assert_eq!(Stretch::at(b"newsletters", 0).word().length, 11);
        assert_eq!(Stretch::at(b"newslettersandoffers", 0).word().length, WIDTH);
        let before_accent = Stretch::at("caf\u{e9}s".as_bytes(), 0).word();
        assert!(before_accent.length == 3 && before_accent.goes_beyond_ascii);
        assert!(!Stretch::at("caf \u{e9}s".as_bytes(), 0).word().goes_beyond_ascii);
        assert_eq!(Stretch::at("\u{e9}a".as_bytes(), 0).word().length, 0);
    }

    #[test]
    fn a_word_of_a_name_ends_at_a_capital_too() {
        let part = |text: &str, behind_capital| Stretch::at(text.as_bytes(), 0).name_part(behind_capital);
        for (text, behind_capital, length) in [
            ("storyBody", true, 5),
            ("StoryBody", true, 5),
            ("StoryBody", false, 0),
            ("URLPart", true, 7),
            ("x9-box", true, 2),
            ("x9Box", true, 2),
            ("related_links", true, 7),
            ("newsletters", false, 11),
            ("newslettersandoffers", false, WIDTH),
            ("", true, 0),
            ("café", true, 3),
        ] {
            assert_eq!(part(text, behind_capital), length, "{text}");
        }
    }

    #[test]
    fn the_end_of_a_text_is_read_as_its_middle_is() {
        for length in 0..40 {
            let text: Vec<u8> = (1..=length).collect();
            for at in 0..=text.len() {
                let mut longer = text.clone();
                longer.extend([0; WIDTH]);
                let (end, middle) = (Stretch::at(&text, at), Stretch::at(&longer, at));
                assert_eq!(end.0, middle.0, "{at} of {length}");
            }
        }
        assert_eq!(Stretch::at(b"pier", 2).word().length, 2);
    }

    #[test]
    fn capitals_are_seen_and_made_small() {
        let seen = |text: &str| {
            let word = Stretch::at(text.as_bytes(), 0).word();
            (word.has_capital, word.has_small)
        };
        assert_eq!(seen("Pier 9"), (true, true));
        assert_eq!(seen("PIER x"), (true, false));
        assert_eq!(seen("pier X"), (false, true));
        assert_eq!(seen("1234567Z"), (true, false));
        assert_eq!(seen("@[`{09"), (false, false));
    }

    #[test]
    fn a_word_has_one_hash_wherever_it_is_read() {
        let text = b"TheSixteenLettersOf23Harbours";
        for length in 1..=WIDTH {
            let word = text[..length].to_ascii_lowercase();
            assert_eq!(Stretch::at(text, 0).mixed_into(0, length), word_hash(&word), "{length}");
            assert_eq!(Stretch::at(&text[..length], 0).mixed_into(0, length), word_hash(&word), "{length}");
        }
    }
}
