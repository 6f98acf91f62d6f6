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

impl Signs {
    /// Those of a line.
    pub(super) fn of(text: &str) -> Self {
        let bytes = &text.as_bytes()[..text.len().min(SIGNS_BYTES)];
        let share = |count: u32| count as f32 / bytes.len().max(1) as f32;
        Signs {
            code: share(count(bytes, is_of_code)),
            digits: share(count(bytes, |byte| byte.is_ascii_digit())),
            currency: has_currency(text, bytes),
        }
    }
}

/// Whether code is made of a byte: `(` and `)`; `;`, `<`, `=` and `>`; `/` and `_`; `[`, `]`, `{` and `}`.
#[expect(clippy::needless_bitwise_bool, reason = "without branches many bytes are looked at together")]
fn is_of_code(byte: u8) -> bool {
    (byte & 0xfe == b'(')
        | (byte.wrapping_sub(b';') < 4)
        | (byte == b'/')
        | (byte == b'_')
        | (byte | 0x20 == b'{')
        | (byte | 0x20 == b'}')
}

/// How many bytes are such; counted in as many parts as a byte can count.
fn count(bytes: &[u8], is_such: impl Fn(u8) -> bool) -> u32 {
    let of_part = |part: &[u8]| part.iter().fold(0, |sum: u8, byte| sum + u8::from(is_such(*byte)));
    bytes.chunks(usize::from(u8::MAX)).map(|part| u32::from(of_part(part))).sum()
}

/// Whether one of the first characters of a line is a currency's sign; `bytes` are its first ones.
fn has_currency(text: &str, bytes: &[u8]) -> bool {
    if memchr::memchr(b'$', bytes).is_some() {
        return true;
    }
    // As many bytes as characters: there is nothing further on.
    let is_seen_whole = text.len() <= SIGNS_BYTES || bytes.is_ascii();
    // The signs begin with one of these.
    if is_seen_whole && memchr::memchr2(0xc2, 0xe2, bytes).is_none() {
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
    fn code_is_made_of_these_bytes() {
        let of_code = (0..=u8::MAX).filter(|byte| is_of_code(*byte)).map(char::from);
        assert_eq!(of_code.collect::<String>(), "()/;<=>[]_{}");
        assert_eq!(count(&[b'('; 300], is_of_code), 300);
    }

    #[test]
    fn code_and_digits_are_shares() {
        let signs = Signs::of("a(1);");
        assert!((signs.code - 0.6).abs() < 1e-6 && (signs.digits - 0.2).abs() < 1e-6);
    }
}
