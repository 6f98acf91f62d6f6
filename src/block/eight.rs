//! Eight bytes of a text at once: where a word ends, and what its letters are.

/// 1 in each byte.
const EACH: u64 = 0x0101_0101_0101_0101;
/// The top bit of each byte.
const TOP: u64 = 0x8080_8080_8080_8080;
/// The bit that a small letter has and its capital has not.
const SMALL: u64 = 0x2020_2020_2020_2020;

/// Eight bytes of a text, the first one lowest.
#[derive(Debug, Clone, Copy)]
pub(super) struct Eight(u64);

/// The ASCII letters and digits that eight bytes begin with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// How many they are, up to 8.
    pub(super) length: usize,
    pub(super) has_capital: bool,
    pub(super) has_small: bool,
    /// Whether a character beyond ASCII follows; not known where all eight bytes are letters and digits.
    pub(super) goes_beyond_ascii: bool,
}

impl Eight {
    /// The bytes from `at`, which is within the text or at its end; 0 behind that.
    #[inline]
    pub(super) fn at(text: &[u8], at: usize) -> Self {
        let rest = &text[at..];
        Eight(if let Some(bytes) = rest.first_chunk() {
            u64::from_le_bytes(*bytes)
        } else if let Some(bytes) = text.last_chunk() {
            u64::from_le_bytes(*bytes).checked_shr(64 - 8 * rest.len() as u32).unwrap_or(0)
        } else {
            rest.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
        })
    }

    /// The ASCII letters and digits that it begins with.
    #[inline]
    pub(super) fn word(self) -> Word {
        let ascii = self.0 & !TOP;
        let letters = within(ascii | SMALL, b'a', b'z') & !self.0;
        let digits = within(ascii, b'0', b'9') & !self.0;
        // The top bit of the first byte that is none of them, and all bits ahead of it.
        let others = !(letters | digits) & TOP;
        let end = others & others.wrapping_neg();
        let letters = letters & end.wrapping_sub(1);
        // A bit of each letter, moved to its top, tells the small ones.
        let small = letters & (self.0 << 2);
        Word {
            length: others.trailing_zeros() as usize / 8,
            has_capital: letters != small,
            has_small: small != 0,
            goes_beyond_ascii: end & self.0 != 0,
        }
    }

    /// How many letters and digits of a word in a name it begins with, up to 8: such a word ends at a sign too, or at a
    /// capital behind a small letter or a digit. `behind_capital` tells what stands ahead of the eight.
    #[inline]
    pub(super) fn name_part(self, behind_capital: bool) -> usize {
        let ascii = self.0 & !TOP;
        let letters = within(ascii | SMALL, b'a', b'z') & !self.0;
        let digits = within(ascii, b'0', b'9') & !self.0;
        let capitals = letters & !(self.0 << 2);
        let behind_capitals = capitals << 8 | u64::from(behind_capital) << 7;
        let ends = !(letters | digits) & TOP | capitals & !behind_capitals;
        ends.trailing_zeros() as usize / 8
    }

    /// The bytes ahead of white space, of control characters and of what is beyond ASCII.
    #[inline]
    pub(super) fn run(self) -> usize {
        // The top bit of the first byte below `!`, and maybe of some behind it.
        let low = self.0.wrapping_sub(EACH * 0x21) & !self.0;
        ((low | self.0) & TOP).trailing_zeros() as usize / 8
    }

    /// The first `length` letters and digits, from 1 to 8, in lower case as a number of that many bytes.
    #[inline]
    pub(super) fn lower(self, length: usize) -> u64 {
        (self.0 | SMALL).swap_bytes() >> (64 - 8 * length)
    }
}

/// The top bit of each byte from `first` to `last`; all bytes are below 0x80.
#[inline]
fn within(bytes: u64, first: u8, last: u8) -> u64 {
    let of_each = |byte: u8| EACH * u64::from(byte);
    (bytes + of_each(0x80 - first)) & !(bytes + of_each(0x7f - last)) & TOP
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_ends_at_what_is_no_letter_or_digit() {
        for (text, length) in [("Abc", 3), ("z9 A", 2), ("`a", 0), ("A@", 1), ("a[", 1), ("9:", 1), ("0/", 1), ("", 0)]
        {
            assert_eq!(Eight::at(text.as_bytes(), 0).word().length, length, "{text}");
        }
        assert_eq!(Eight::at(b"letters and", 0).word().length, 7);
        assert_eq!(Eight::at(b"newsletters", 0).word().length, 8);
        let before_accent = Eight::at("caf\u{e9}s".as_bytes(), 0).word();
        assert!(before_accent.length == 3 && before_accent.goes_beyond_ascii);
        assert!(!Eight::at("caf \u{e9}s".as_bytes(), 0).word().goes_beyond_ascii);
        assert_eq!(Eight::at("\u{e9}a".as_bytes(), 0).word().length, 0);
    }

    #[test]
    fn a_word_of_a_name_ends_at_a_capital_too() {
        let part = |text: &str, behind_capital| Eight::at(text.as_bytes(), 0).name_part(behind_capital);
        for (text, behind_capital, length) in [
            ("storyBody", true, 5),
            ("StoryBody", true, 5),
            ("StoryBody", false, 0),
            ("URLPart", true, 7),
            ("x9-box", true, 2),
            ("x9Box", true, 2),
            ("related_links", true, 7),
            ("newsletters", false, 8),
            ("", true, 0),
            ("café", true, 3),
        ] {
            assert_eq!(part(text, behind_capital), length, "{text}");
        }
    }

    #[test]
    fn the_end_of_a_text_is_read_as_its_middle_is() {
        let text = b"of the harbour";
        for at in 0..=text.len() {
            let mut behind = text.to_vec();
            behind.extend([0; 8]);
            let (end, middle) = (Eight::at(text, at), Eight::at(&behind, at));
            assert_eq!(end.0, middle.0, "{at}");
        }
        assert_eq!(Eight::at(b"pier", 2).word().length, 2);
    }

    #[test]
    fn capitals_are_seen_and_made_small() {
        let seen = |text: &str| {
            let word = Eight::at(text.as_bytes(), 0).word();
            (word.has_capital, word.has_small)
        };
        assert_eq!(seen("Pier 9"), (true, true));
        assert_eq!(seen("PIER x"), (true, false));
        assert_eq!(seen("pier X"), (false, true));
        assert_eq!(seen("1234567Z"), (true, false));
        assert_eq!(seen("@[`{09"), (false, false));
        assert_eq!(Eight::at(b"Pier 9", 0).lower(4), u64::from(u32::from_be_bytes(*b"pier")));
    }
}
