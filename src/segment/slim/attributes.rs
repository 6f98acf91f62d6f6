//! The attributes of a tag: which are read by anyone, and where the tag ends.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr2, memchr2_iter};

use super::attribute_names::{AttributeName, AttributeNames, WrittenName};
use crate::block::Truncation;
use crate::segment::budget::Budget;
use crate::segment::near::{find, find_end_or_escape};

/// An attribute of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribute<'a> {
    /// Its name.
    pub(crate) name: AttributeName,
    /// Its value; as the pass leaves it, as written, references and all.
    pub(crate) value: Cow<'a, str>,
    /// Whether the value means what is written.
    pub(crate) spelling: Spelling,
}

/// Whether text means what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// It does.
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
    /// Whether all values that were kept mean what is written.
    pub(super) spelling: Spelling,
}

/// Reads the attributes of the tag whose name ends at `start`, and appends those that are read later to `kept`. Of
/// two with the same name the first counts.
pub(super) fn read_attributes<'a>(
    page: &'a str,
    start: usize,
    budget: &Budget<'_>,
    kept: &mut Vec<Attribute<'a>>,
) -> TagShape {
    let first = kept.len();
    let mut names = AttributeNames::default();
    let mut all = Spelling::Plain;
    let bytes = page.as_bytes();
    let known = |written: WrittenName, start| written.known(bytes, start);
    let shape = walk_attributes(bytes, start, known, |name, written| {
        let value = &page[written.range.clone()];
        if names.has(name) || !is_read(name, value.as_bytes()) {
            return;
        }
        if kept.len() - first >= budget.limits.max_attributes || value.len() > budget.limits.max_attribute_bytes {
            budget.hit(Truncation::Attributes);
            return;
        }
        names = names.with(name);
        if written.spelling == Spelling::Escaped {
            all = Spelling::Escaped;
        }
        kept.push(Attribute { name, value: Cow::Borrowed(value), spelling: written.spelling });
    });
    TagShape { spelling: all, ..shape }
}

/// Passes over the attributes of the tag whose name ends at `start`.
pub(super) fn skip_attributes(page: &str, start: usize) -> TagShape {
    if page.as_bytes().get(start) == Some(&b'>') {
        return TagShape { end: start + 1, self_closing: false, spelling: Spelling::Plain };
    }
    walk_attributes(page.as_bytes(), start, |_, _| None, |_, _| ())
}

/// A value as it is written.
struct Written {
    range: Range<usize>,
    spelling: Spelling,
    /// The place behind it, and behind the quotation mark that ends it.
    behind: usize,
}

/// Walks over attributes, and visits those that are `wanted`, which is told by a name and its place.
fn walk_attributes(
    bytes: &[u8],
    start: usize,
    wanted: impl Fn(WrittenName, usize) -> Option<AttributeName>,
    mut visit: impl FnMut(AttributeName, &Written),
) -> TagShape {
    let mut at = start;
    let mut self_closing = false;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'>' => return TagShape { end: at + 1, self_closing, spelling: Spelling::Plain },
            b'\t' | b'\n' | 0x0c | b'\r' | b' ' => {
                self_closing = false;
                at += 1;
            }
            b'/' => {
                self_closing = true;
                at += 1;
            }
            _ => {
                self_closing = false;
                let written = WrittenName::at(bytes, at);
                if let Some(name) = wanted(written, at) {
                    let value = read_assigned(bytes, written.end);
                    at = value.behind;
                    visit(name, &value);
                } else {
                    at = behind_assigned(bytes, written.end);
                }
            }
        }
    }
    TagShape { end: at, self_closing: false, spelling: Spelling::Plain }
}

/// The value that is assigned to the name that ends at `at`, if there is one.
#[inline]
fn read_assigned(bytes: &[u8], at: usize) -> Written {
    // As most tags are written.
    if let Some([b'=', quote @ (b'"' | b'\'')]) = bytes.get(at..at + 2) {
        return read_quoted(bytes, at + 2, *quote);
    }
    read_loosely_assigned(bytes, at)
}

/// The place behind the value that is assigned to the name that ends at `at`, if there is one.
#[inline]
fn behind_assigned(bytes: &[u8], at: usize) -> usize {
    if let Some([b'=', quote @ (b'"' | b'\'')]) = bytes.get(at..at + 2) {
        let start = at + 2;
        return find(*quote, &bytes[start..]).map_or(bytes.len(), |offset| start + offset + 1);
    }
    read_loosely_assigned(bytes, at).behind
}

/// Likewise the value, where it may have space around the `=` and no quotation marks.
#[inline(never)]
fn read_loosely_assigned(bytes: &[u8], at: usize) -> Written {
    let at = skip_space(bytes, at);
    if bytes.get(at) == Some(&b'=') {
        return read_value(bytes, skip_space(bytes, at + 1));
    }
    Written { range: at..at, spelling: Spelling::Plain, behind: at }
}

fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at].is_ascii_whitespace() {
        at += 1;
    }
    at
}

/// The value that begins at `at`.
fn read_value(bytes: &[u8], at: usize) -> Written {
    if let Some(quote @ (b'"' | b'\'')) = bytes.get(at) {
        return read_quoted(bytes, at + 1, *quote);
    }
    let rest = &bytes[at..];
    let length = rest.iter().position(|b| b.is_ascii_whitespace() || *b == b'>').unwrap_or(rest.len());
    // A carriage return would end it.
    let is_escaped = memchr2(b'&', 0, &rest[..length]).is_some();
    let spelling = if is_escaped { Spelling::Escaped } else { Spelling::Plain };
    Written { range: at..at + length, spelling, behind: at + length }
}

/// The value inside quotation marks that begins at `start`.
#[inline]
fn read_quoted(bytes: &[u8], start: usize, quote: u8) -> Written {
    let mut spelling = Spelling::Plain;
    let mut end = find_end_or_escape(quote, &bytes[start..]).map_or(bytes.len(), |offset| start + offset);
    if bytes.get(end).is_some_and(|found| *found != quote) {
        spelling = Spelling::Escaped;
        end = memchr(quote, &bytes[end..]).map_or(bytes.len(), |offset| end + offset);
    }
    Written { range: start..end, spelling, behind: (end + 1).min(bytes.len()) }
}

/// Whether a value is of use: not a picture inside the page, not a style that says nothing of what is hidden.
fn is_read(name: AttributeName, value: &[u8]) -> bool {
    match name {
        AttributeName::SRC | AttributeName::DATA_SRC => !value.starts_with(b"data:"),
        AttributeName::STYLE => tells_display(value),
        _ => true,
    }
}

/// Whether a style holds the word `display` or `visibility`, in any case: looked for by the letter that both end with,
/// which is rare.
fn tells_display(style: &[u8]) -> bool {
    let ends = |head: &[u8], word: &[u8]| {
        head.len().checked_sub(word.len()).is_some_and(|start| head[start..].eq_ignore_ascii_case(word))
    };
    memchr2_iter(b'y', b'Y', style).map(|at| &style[..at]).any(|head| ends(head, b"displa") || ends(head, b"visibilit"))
}
