//! Eight bytes of a text at once: where a word ends, and what its letters are.

/// The top bit of each byte.
const TOP: u64 = 0x8080_8080_8080_8080;
/// The bit that a small letter has and its capital has not.
const SMALL: u64 = 0x2020_2020_2020_2020;

/// Eight bytes of a text, the first one lowest.
#[derive(Debug, Clone, Copy)]
pub(super) struct Eight(u64);

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

    /// The top bit of each byte that is an ASCII letter.
    #[inline]
    fn letters(self) -> u64 {
        within((self.0 | SMALL) & !TOP, b'a', b'z') & !self.0
    }

    /// The ASCII letters and digits that it begins with, up to 8.
    #[inline]
    pub(super) fn word_length(self) -> usize {
        let word = self.letters() | within(self.0 & !TOP, b'0', b'9') & !self.0;
        (!word & TOP).trailing_zeros() as usize / 8
    }

    /// Its first bytes alone; `length` is at most 8.
    #[inline]
    pub(super) fn first(self, length: usize) -> Self {
        Eight(self.0 & u64::MAX.checked_shr(64 - 8 * length as u32).unwrap_or(0))
    }

    /// Whether the byte number `index`, below 8, is beyond ASCII.
    #[inline]
    pub(super) fn is_beyond_ascii(self, index: usize) -> bool {
        self.0 >> (8 * index) & 0x80 != 0
    }

    /// Whether a capital is among them.
    #[inline]
    pub(super) fn has_capital(self) -> bool {
        self.letters() & !(self.0 << 2) != 0
    }

    /// Whether a small letter is among them.
    #[inline]
    pub(super) fn has_small(self) -> bool {
        self.letters() & (self.0 << 2) != 0
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
    let of_each = |byte: u8| u64::from(byte) * 0x0101_0101_0101_0101;
    (bytes + of_each(0x80 - first)) & !(bytes + of_each(0x7f - last)) & TOP
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_ends_at_what_is_no_letter_or_digit() {
        for (text, length) in [("Abc", 3), ("z9 A", 2), ("`a", 0), ("A@", 1), ("a[", 1), ("9:", 1), ("0/", 1), ("", 0)]
        {
            assert_eq!(Eight::at(text.as_bytes(), 0).word_length(), length, "{text}");
        }
        assert_eq!(Eight::at(b"letters and", 0).word_length(), 7);
        assert_eq!(Eight::at(b"newsletters", 0).word_length(), 8);
        let before_accent = Eight::at("caf\u{e9}s".as_bytes(), 0);
        assert!(before_accent.word_length() == 3 && before_accent.is_beyond_ascii(3));
        assert_eq!(Eight::at("\u{e9}a".as_bytes(), 0).word_length(), 0);
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
        assert_eq!(Eight::at(b"pier", 2).word_length(), 2);
    }

    #[test]
    fn capitals_are_seen_and_made_small() {
        let word = Eight::at(b"Pier 9", 0);
        assert!(word.has_capital() && word.has_small());
        assert_eq!(word.lower(4), u64::from(u32::from_be_bytes(*b"pier")));
        assert!(!Eight::at(b"PIER x", 0).first(4).has_small());
        assert!(!Eight::at(b"@[`{09", 0).has_capital());
    }
}
