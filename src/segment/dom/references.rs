//! Character references (section 13.2.5.72 and what follows it).

use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr3;

/// Where a reference stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    Text,
    Attribute,
}

/// What is written `text`: references made characters, line ends made line feeds, nulls made U+FFFD.
pub(super) fn decoded(text: &str, place: Position) -> Cow<'_, str> {
    decode(text, |rest| reference(rest, place))
}

/// Likewise where a reference is no reference.
pub(super) fn raw(text: &str) -> Cow<'_, str> {
    decode(text, |_| None)
}

fn decode(text: &str, reference: impl Fn(&str) -> Option<Reference>) -> Cow<'_, str> {
    let Some(mut special) = memchr3(b'&', b'\r', 0, text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    loop {
        out.push_str(&text[at..special]);
        at = special + 1;
        match text.as_bytes()[special] {
            b'\r' => {
                if text.as_bytes().get(at) != Some(&b'\n') {
                    out.push('\n');
                }
            }
            0 => out.push('\u{fffd}'),
            _ => match reference(&text[at..]) {
                Some(found) => {
                    out.extend(found.chars.into_iter().flatten());
                    at += found.len;
                }
                None => out.push('&'),
            },
        }
        match memchr3(b'&', b'\r', 0, &text.as_bytes()[at..]) {
            Some(offset) => special = at + offset,
            None => break,
        }
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// The one or two characters that a reference means.
struct Reference {
    chars: [Option<char>; 2],
    /// Bytes behind the `&`.
    len: usize,
}

/// The reference that begins `rest`, the text behind a `&`.
fn reference(rest: &str, place: Position) -> Option<Reference> {
    match rest.as_bytes().first()? {
        b'#' => numeric(&rest[1..]),
        b if b.is_ascii_alphanumeric() => named(rest, place),
        _ => None,
    }
}

/// A number behind `&#`.
fn numeric(rest: &str) -> Option<Reference> {
    let bytes = rest.as_bytes();
    let (radix, start) = if matches!(bytes.first(), Some(b'x' | b'X')) { (16, 1) } else { (10, 0) };
    let digits = bytes[start..].iter().take_while(|b| char::from(**b).is_digit(radix)).count();
    let end = start + digits;
    let number = rest[start..end]
        .chars()
        .filter_map(|c| c.to_digit(radix))
        .fold(0_u32, |number, digit| number.saturating_mul(radix).saturating_add(digit));
    let windows = number.checked_sub(0x80).and_then(|place| *C1_REPLACEMENTS.get(place as usize)?);
    let meant = windows.or_else(|| char::from_u32(number)).filter(|c| *c != '\0').unwrap_or('\u{fffd}');
    let semicolon = usize::from(bytes.get(end) == Some(&b';'));
    (digits > 0).then_some(Reference { chars: [Some(meant), None], len: 1 + end + semicolon })
}

/// The names that most references have.
const COMMON: [(&str, char); 5] = [("amp;", '&'), ("nbsp;", '\u{a0}'), ("quot;", '"'), ("lt;", '<'), ("gt;", '>')];

/// The longest name that begins `rest`. Some names need no semicolon; but in an attribute one that goes on as a word
/// does is part of an address: `?a=1&copy=2`.
fn named(rest: &str, place: Position) -> Option<Reference> {
    if let Some((name, meant)) = COMMON.iter().find(|(name, _)| rest.starts_with(name)) {
        return Some(Reference { chars: [Some(*meant), None], len: name.len() });
    }
    let mut found = None;
    // The table knows each beginning of a name, as no characters.
    for end in 1..=rest.len() {
        match rest.get(..end).and_then(|name| NAMED_ENTITIES.get(name)) {
            None => break,
            Some((0, _)) => {}
            Some((first, second)) => found = Some((end, *first, *second)),
        }
    }
    let (len, first, second) = found?;
    let bytes = rest.as_bytes();
    let goes_on = bytes.get(len).is_some_and(|b| *b == b'=' || b.is_ascii_alphanumeric());
    if place == Position::Attribute && bytes[len - 1] != b';' && goes_on {
        return None;
    }
    let second = char::from_u32(second).filter(|c| *c != '\0');
    Some(Reference { chars: [char::from_u32(first), second], len })
}

#[cfg(test)]
mod tests {
    use super::{Position, decoded, raw};

    #[test]
    fn references_are_characters() {
        for (written, meant) in [
            ("a &amp; b", "a & b"),
            ("&lt;b&gt;", "<b>"),
            ("&amp;amp;", "&amp;"),
            ("&notit; &notin; &not", "\u{ac}it; \u{2209} \u{ac}"),
            ("&#8217;&#x2019;&#146;", "\u{2019}\u{2019}\u{2019}"),
            ("&#0;&#xD800;&#99999999999;", "\u{fffd}\u{fffd}\u{fffd}"),
            ("&#65 &#x41", "A A"),
            ("&#; &#x; & && &unknown; &é", "&#; &#x; & && &unknown; &é"),
            ("&gt;&quot;&nbsp;&gtdot;", ">\"\u{a0}\u{22d7}"),
            ("&NotEqualTilde;", "\u{2242}\u{338}"),
            ("?a=1&copy=2", "?a=1\u{a9}=2"),
            ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ] {
            assert_eq!(decoded(written, Position::Text), meant, "{written}");
        }
    }

    #[test]
    fn an_address_is_no_reference() {
        assert_eq!(decoded("?a=1&copy=2&amp;lt=3&ltx", Position::Attribute), "?a=1&copy=2&lt=3&ltx");
        assert_eq!(decoded("&lt &copy;", Position::Attribute), "< \u{a9}");
    }

    #[test]
    fn raw_text_has_no_references() {
        assert_eq!(raw("a &amp;\r\n\0"), "a &amp;\n\u{fffd}");
    }
}
