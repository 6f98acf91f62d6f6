//! What is asked of each line of a page.

use super::super::near::{find, leading_space};

/// A text without the white space around it.
#[inline]
pub(super) fn trimmed(text: &str) -> &str {
    let line = text[leading_space(text.as_bytes())..].trim_ascii_end();
    let is_graphic = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_graphic);
    // Other white space than that of ASCII is rare.
    if is_graphic(line.as_bytes().first()) && is_graphic(line.as_bytes().last()) { line } else { line.trim() }
}

/// Whether a line holds a year of this century.
pub(super) fn holds_year(line: &[u8]) -> bool {
    let mut rest = line;
    while let Some(at) = find(b'2', rest) {
        rest = &rest[at + 1..];
        if let [b'0', decade, year, ..] = rest
            && decade.is_ascii_digit()
            && year.is_ascii_digit()
        {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{holds_year, trimmed};

    #[test]
    fn white_space_of_any_kind_goes() {
        for text in ["Weir", " \n\tWeir\r\n", "\u{b}Weir\u{b}", "\u{a0} Weir\u{2003}", "Weir \u{a0}"] {
            assert_eq!(trimmed(text), "Weir", "{text:?}");
        }
        assert_eq!((trimmed(" \n"), trimmed("\u{a0}"), trimmed(" été ")), ("", "", "été"));
    }

    #[test]
    fn years_of_this_century_are_found() {
        for line in ["2023", "22023", "May 2, 2023, 10:15", "2 of 20 in 2019."] {
            assert!(holds_year(line.as_bytes()), "{line}");
        }
        for line in ["", "202", "1999", "20x23", "2 0 2 3"] {
            assert!(!holds_year(line.as_bytes()), "{line}");
        }
    }
}
