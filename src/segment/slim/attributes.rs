//! The attributes of a tag: which are read by anyone, and where the tag ends.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

/// Attributes of one tag that are kept; more are dropped. No real tag has as many that someone reads.
const MAX_ATTRIBUTES: usize = 24;
/// Bytes of a value that are kept of class lists and the like; a longer value is dropped.
const MAX_VALUE_BYTES: usize = 8 * 1024;

/// The attributes that segment or metadata reads, shortest first.
pub(crate) const ATTRIBUTE_NAMES: [&str; 32] = [
    "id",
    "alt",
    "rel",
    "src",
    "href",
    "lang",
    "name",
    "open",
    "role",
    "type",
    "class",
    "start",
    "style",
    "title",
    "hidden",
    "content",
    "pubdate",
    "data-qa",
    "data-src",
    "datetime",
    "itemprop",
    "itemtype",
    "property",
    "data-date",
    "data-time",
    "http-equiv",
    "data-module",
    "data-testid",
    "data-test-id",
    "data-component",
    "data-published",
    "data-component-name",
];
const MAX_NAME_BYTES: usize = ATTRIBUTE_NAMES[ATTRIBUTE_NAMES.len() - 1].len();
/// For each length, the place in [`ATTRIBUTE_NAMES`] where the names of that length begin.
const BY_LENGTH: [usize; MAX_NAME_BYTES + 2] = places_by_length();

const fn places_by_length() -> [usize; MAX_NAME_BYTES + 2] {
    let mut places = [0; MAX_NAME_BYTES + 2];
    let mut length = 0;
    while length < places.len() {
        while places[length] < ATTRIBUTE_NAMES.len() && ATTRIBUTE_NAMES[places[length]].len() < length {
            places[length] += 1;
        }
        length += 1;
    }
    places
}

/// An attribute of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribute<'a> {
    /// The place of its name in [`ATTRIBUTE_NAMES`].
    pub(crate) name: usize,
    /// Its value; as the pass leaves it, as written, references and all.
    pub(crate) value: Cow<'a, str>,
}

/// How a tag ends.
pub(super) struct TagShape {
    /// The place behind its `>`, or the end of the page.
    pub(super) end: usize,
    /// Whether a `/` stands before the `>`.
    pub(super) self_closing: bool,
}

/// Reads the attributes of the tag whose name ends at `start`, and appends those that are read later to `kept`. Of
/// two with the same name the first counts.
pub(super) fn read_attributes<'a>(page: &'a str, start: usize, kept: &mut Vec<Attribute<'a>>) -> TagShape {
    let first = kept.len();
    walk_attributes(page.as_bytes(), start, |name, value| {
        if kept.len() - first < MAX_ATTRIBUTES
            && let Some(name) = attribute_place(&page.as_bytes()[name])
            && is_read(ATTRIBUTE_NAMES[name], &page.as_bytes()[value.clone()])
            && kept[first..].iter().all(|known| known.name != name)
        {
            kept.push(Attribute { name, value: Cow::Borrowed(&page[value]) });
        }
    })
}

/// Passes over the attributes of the tag whose name ends at `start`.
pub(super) fn skip_attributes(page: &str, start: usize) -> TagShape {
    walk_attributes(page.as_bytes(), start, |_, _| ())
}

fn walk_attributes(bytes: &[u8], start: usize, mut visit: impl FnMut(Range<usize>, Range<usize>)) -> TagShape {
    let mut at = start;
    let mut self_closing = false;
    loop {
        match bytes.get(at) {
            None => return TagShape { end: at, self_closing: false },
            Some(b'>') => return TagShape { end: at + 1, self_closing },
            Some(b'\t' | b'\n' | 0x0c | b'\r' | b' ') => {
                self_closing = false;
                at += 1;
            }
            Some(b'/') => {
                self_closing = true;
                at += 1;
            }
            Some(_) => {
                self_closing = false;
                let name = at..name_end(bytes, at);
                at = skip_space(bytes, name.end);
                let mut value = at..at;
                if bytes.get(at) == Some(&b'=') {
                    (value, at) = read_value(bytes, skip_space(bytes, at + 1));
                }
                visit(name, value);
            }
        }
    }
}

fn skip_space(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count()
}

/// A name goes to the next space, `/`, `>` or `=`; an `=` in front is part of it.
fn name_end(bytes: &[u8], start: usize) -> usize {
    let mut end = start + 1;
    while end < bytes.len() && !matches!(bytes[end], b'\t' | b'\n' | 0x0c | b'\r' | b' ' | b'/' | b'>' | b'=') {
        end += 1;
    }
    end
}

/// The value that begins at `at`, and the place behind it.
fn read_value(bytes: &[u8], at: usize) -> (Range<usize>, usize) {
    if let Some(quote @ (b'"' | b'\'')) = bytes.get(at) {
        let end = memchr(*quote, &bytes[at + 1..]).map_or(bytes.len(), |offset| at + 1 + offset);
        return (at + 1..end, (end + 1).min(bytes.len()));
    }
    let rest = &bytes[at..];
    let length = rest.iter().position(|b| b.is_ascii_whitespace() || *b == b'>').unwrap_or(rest.len());
    (at..at + length, at + length)
}

/// The place of a name in [`ATTRIBUTE_NAMES`].
pub(crate) fn attribute_place(name: &[u8]) -> Option<usize> {
    if name.is_empty() || name.len() > MAX_NAME_BYTES {
        return None;
    }
    let places = BY_LENGTH[name.len()]..BY_LENGTH[name.len() + 1];
    let start = places.start;
    let is_known = |known: &str| name[0] | 0x20 == known.as_bytes()[0] && name.eq_ignore_ascii_case(known.as_bytes());
    ATTRIBUTE_NAMES[places].iter().position(|known| is_known(known)).map(|place| start + place)
}

/// Whether a value is of use: not a picture inside the page, not a style that says nothing of what is hidden.
fn is_read(name: &str, value: &[u8]) -> bool {
    match name {
        _ if value.len() > MAX_VALUE_BYTES => false,
        "src" | "data-src" => !value.starts_with(b"data:"),
        "style" => holds_word(value, b"display") || holds_word(value, b"visibility"),
        _ => true,
    }
}

/// Whether a value holds a word, which begins with a lower-case letter, in any case.
fn holds_word(value: &[u8], word: &[u8]) -> bool {
    value.windows(word.len()).any(|part| part[0] | 0x20 == word[0] && part.eq_ignore_ascii_case(word))
}
