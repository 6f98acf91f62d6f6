//! Characters of a line that are not of words.

/// Bytes of a line that are looked at, and characters for a currency's sign.
const SIGNS_BYTES: usize = 300;

/// Characters of a line that are not of words.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Signs {
    /// The share of those that code is made of, in 0..=1.
    pub(super) code: f32,
    /// The share of digits, in 0..=1.
    pub(super) digits: f32,
    /// Whether there is a sign of a currency.
    pub(super) currency: bool,
}

const CODE: u8 = 1;
const DIGIT: u8 = 2;
const DOLLAR: u8 = 4;
/// The first byte of a character beyond ASCII that may be a currency's sign.
const WIDE: u8 = 8;

/// What the bytes of a line are.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'{' | b'}' | b'(' | b')' | b'[' | b']' | b'=' | b';' | b'<' | b'>' | b'_' | b'/' => CODE,
            b'0'..=b'9' => DIGIT,
            b'$' => DOLLAR,
            0xc2 | 0xe2 => WIDE,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

impl Signs {
    /// Those of a line.
    pub(super) fn of(text: &str) -> Self {
        let bytes = &text.as_bytes()[..text.len().min(SIGNS_BYTES)];
        let (mut code, mut digits, mut seen) = (0, 0, 0);
        for byte in bytes {
            let class = CLASSES[usize::from(*byte)];
            code += u32::from(class & CODE);
            digits += u32::from(class & DIGIT) / u32::from(DIGIT);
            seen |= class;
        }
        let all = bytes.len().max(1) as f32;
        Signs { code: code as f32 / all, digits: digits as f32 / all, currency: has_currency(text, seen) }
    }
}

/// Whether one of the first characters is a currency's sign, of a line whose first bytes are of the classes `seen`.
fn has_currency(text: &str, seen: u8) -> bool {
    if seen & DOLLAR != 0 {
        return true;
    }
    // As many bytes as characters: there is nothing further on.
    let is_seen_whole = text.len() <= SIGNS_BYTES || text.as_bytes()[..SIGNS_BYTES].is_ascii();
    if is_seen_whole && seen & WIDE == 0 {
        return false;
    }
    let mut start = text.chars().take(SIGNS_BYTES);
    start.any(|c| matches!(c, '$' | '€' | '£' | '¥' | '₹' | '₩'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_seen_among_the_first_characters() {
        for sign in ['$', '€', '£', '¥', '₹', '₩'] {
            for ahead in ["", "x", &"x".repeat(299), &"é".repeat(299), &"“".repeat(299)] {
                assert!(Signs::of(&format!("{ahead}{sign}")).currency, "{ahead}{sign}");
            }
            for ahead in ["x", "é", "“"] {
                assert!(!Signs::of(&format!("{}{sign}", ahead.repeat(300))).currency, "{ahead}{sign}");
            }
        }
        assert!(!Signs::of("").currency && !Signs::of("– “é”").currency);
    }

    #[test]
    fn code_and_digits_are_shares() {
        let signs = Signs::of("a(1);");
        assert!((signs.code - 0.6).abs() < 1e-6 && (signs.digits - 0.2).abs() < 1e-6);
    }
}
