//! The attributes of a tag: which are read by anyone, and where the tag ends.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr2, memchr2_iter};

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
    /// Whether the value means what is written.
    pub(crate) spelling: Spelling,
}

/// Whether text means what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Spelling {
    /// It does.
    #[default]
    Plain,
    /// It may hold character references, carriage returns or nulls.
    Escaped,
}

/// How a tag ends.
pub(super) struct TagShape {
    /// The place behind its `>`, or the end of the page.
    pub(super) end: usize,
    /// Whether a `/` stands before the `>`.
    pub(super) self_closing: bool,
}

/// Reads the attributes of the tag whose name ends at `start`, and appends those that are read later to `kept`. Of
/// two with the same name the first counts. Where the page is plain, so is each value without a `&`.
pub(super) fn read_attributes<'a>(
    page: &'a str,
    start: usize,
    page_spelling: Spelling,
    kept: &mut Vec<Attribute<'a>>,
) -> TagShape {
    let first = kept.len();
    walk_attributes(page.as_bytes(), start, |name, value| {
        if kept.len() - first < MAX_ATTRIBUTES
            && let Some(name) = attribute_place(&page.as_bytes()[name])
            && is_read(ATTRIBUTE_NAMES[name], &page.as_bytes()[value.range.clone()])
            && kept[first..].iter().all(|known| known.name != name)
        {
            let spelling = if page_spelling == Spelling::Escaped { page_spelling } else { value.spelling };
            kept.push(Attribute { name, value: Cow::Borrowed(&page[value.range]), spelling });
        }
    })
}

/// Passes over the attributes of the tag whose name ends at `start`.
pub(super) fn skip_attributes(page: &str, start: usize) -> TagShape {
    if page.as_bytes().get(start) == Some(&b'>') {
        return TagShape { end: start + 1, self_closing: false };
    }
    walk_attributes(page.as_bytes(), start, |_, _| ())
}

/// A value as it is written.
struct Written {
    range: Range<usize>,
    spelling: Spelling,
}

fn walk_attributes(bytes: &[u8], start: usize, mut visit: impl FnMut(Range<usize>, Written)) -> TagShape {
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
                let mut value = Written { range: at..at, spelling: Spelling::Plain };
                if bytes.get(at) == Some(&b'=') {
                    (value, at) = read_value(bytes, skip_space(bytes, at + 1));
                }
                visit(name, value);
            }
        }
    }
}

fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at].is_ascii_whitespace() {
        at += 1;
    }
    at
}

/// Bytes that end the name of an attribute.
const ENDS_NAME: [bool; 256] = {
    let mut ends = [false; 256];
    let marks = b"\t\n\x0c\r />=";
    let mut at = 0;
    while at < marks.len() {
        ends[marks[at] as usize] = true;
        at += 1;
    }
    ends
};

/// A name goes to the next space, `/`, `>` or `=`; an `=` in front is part of it.
fn name_end(bytes: &[u8], start: usize) -> usize {
    let rest = &bytes[start + 1..];
    start + 1 + rest.iter().position(|b| ENDS_NAME[usize::from(*b)]).unwrap_or(rest.len())
}

/// The value that begins at `at`, and the place behind it.
fn read_value(bytes: &[u8], at: usize) -> (Written, usize) {
    if let Some(quote @ (b'"' | b'\'')) = bytes.get(at) {
        return read_quoted(bytes, at + 1, *quote);
    }
    let rest = &bytes[at..];
    let length = rest.iter().position(|b| b.is_ascii_whitespace() || *b == b'>').unwrap_or(rest.len());
    let spelling = if memchr(b'&', &rest[..length]).is_some() { Spelling::Escaped } else { Spelling::Plain };
    (Written { range: at..at + length, spelling }, at + length)
}

/// Likewise the value inside quotation marks.
fn read_quoted(bytes: &[u8], start: usize, quote: u8) -> (Written, usize) {
    let mut spelling = Spelling::Plain;
    let mut end = memchr2(quote, b'&', &bytes[start..]).map_or(bytes.len(), |offset| start + offset);
    if bytes.get(end) == Some(&b'&') {
        spelling = Spelling::Escaped;
        end = memchr(quote, &bytes[end..]).map_or(bytes.len(), |offset| end + offset);
    }
    (Written { range: start..end, spelling }, (end + 1).min(bytes.len()))
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
    let begins = memchr2_iter(word[0], word[0].to_ascii_uppercase(), value);
    begins.filter_map(|at| value.get(at..at + word.len())).any(|part| part.eq_ignore_ascii_case(word))
}
