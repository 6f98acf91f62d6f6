//! The attributes of a tag: which are read by anyone, and where the tag ends.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr2, memchr2_iter};

use crate::block::Truncation;
use crate::segment::budget::Budget;
use crate::segment::near::{find, find_either, find_end_of_name};

/// The name of an attribute that is read by anyone, as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AttributeName(u8);

macro_rules! known_attributes {
    ($($constant:ident $name:literal,)*) => {
        #[allow(clippy::upper_case_acronyms, reason = "the names of the constants, numbered")]
        #[expect(non_camel_case_types, reason = "likewise")]
        enum Number { $($constant,)* }

        #[allow(dead_code, reason = "some are read together with others of their kind")]
        impl AttributeName {
            $(pub(crate) const $constant: AttributeName = AttributeName(Number::$constant as u8);)*
        }

        impl AttributeName {
            /// The name that is written so, in small letters.
            #[inline]
            fn of_small(written: &[u8]) -> Option<Self> {
                match written {
                    $($name => Some(AttributeName::$constant),)*
                    _ => None,
                }
            }
        }

        /// The attributes that segment or metadata reads, shortest first.
        pub(crate) const ATTRIBUTE_NAMES: &[&str] = &[$(text($name),)*];
    };
}

known_attributes! {
    ID b"id", ALT b"alt", REL b"rel", SRC b"src", HREF b"href", LANG b"lang", NAME b"name", OPEN b"open", ROLE b"role",
    TYPE b"type", CLASS b"class", START b"start", STYLE b"style", TITLE b"title", HIDDEN b"hidden", CONTENT b"content",
    PUBDATE b"pubdate", DATA_QA b"data-qa", DATA_SRC b"data-src", DATETIME b"datetime", ITEMPROP b"itemprop",
    ITEMTYPE b"itemtype", PROPERTY b"property", DATA_DATE b"data-date", DATA_TIME b"data-time", HTTP_EQUIV b"http-equiv",
    DATA_MODULE b"data-module", DATA_TESTID b"data-testid", DATA_TEST_ID b"data-test-id",
    DATA_COMPONENT b"data-component", DATA_PUBLISHED b"data-published", DATA_COMPONENT_NAME b"data-component-name",
}

const fn text(name: &[u8]) -> &str {
    match std::str::from_utf8(name) {
        Ok(name) => name,
        Err(_) => "",
    }
}

impl AttributeName {
    /// The name, in lower case.
    pub(crate) fn as_str(self) -> &'static str {
        ATTRIBUTE_NAMES[usize::from(self.0)]
    }

    /// The name that is written so, if it is read.
    pub(crate) fn of(written: &[u8]) -> Option<Self> {
        // As most are written.
        if let Some(name) = AttributeName::of_small(written) {
            return Some(name);
        }
        if written.len() > MAX_NAME_BYTES || !written.iter().any(u8::is_ascii_uppercase) {
            return None;
        }
        let mut small = [0; MAX_NAME_BYTES];
        let small = small.get_mut(..written.len())?;
        small.copy_from_slice(written);
        small.make_ascii_lowercase();
        AttributeName::of_small(small)
    }
}

/// A set of names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct AttributeNames(u64);

const _: () = assert!(ATTRIBUTE_NAMES.len() <= u64::BITS as usize);

impl AttributeNames {
    /// The set of these names.
    pub(crate) const fn of(names: &[AttributeName]) -> Self {
        let mut set = AttributeNames(0);
        let mut at = 0;
        while at < names.len() {
            set = set.with(names[at]);
            at += 1;
        }
        set
    }

    /// The set with one more name.
    #[inline]
    pub(crate) const fn with(self, name: AttributeName) -> Self {
        AttributeNames(self.0 | 1 << name.0)
    }

    /// Whether any name is in both.
    #[inline]
    pub(crate) const fn has_any(self, other: AttributeNames) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether a name is in it.
    #[inline]
    pub(crate) const fn has(self, name: AttributeName) -> bool {
        self.0 >> name.0 & 1 != 0
    }
}

const MAX_NAME_BYTES: usize = ATTRIBUTE_NAMES[ATTRIBUTE_NAMES.len() - 1].len();
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Spelling {
    /// It does.
    #[default]
    Plain,
    /// It may hold character references, carriage returns or nulls.
    Escaped,
}

impl Spelling {
    /// Whether all that is written on a page means just that but for what has a `&`.
    pub(crate) fn of_page(page: &str) -> Self {
        if memchr2(0, b'\r', page.as_bytes()).is_some() { Spelling::Escaped } else { Spelling::Plain }
    }
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
    budget: &Budget<'_>,
    kept: &mut Vec<Attribute<'a>>,
) -> TagShape {
    let first = kept.len();
    walk_attributes(page.as_bytes(), start, AttributeName::of, |name, value| {
        if is_read(name, &page.as_bytes()[value.range.clone()]) && kept[first..].iter().all(|known| known.name != name)
        {
            if kept.len() - first >= budget.limits.max_attributes
                || value.range.len() > budget.limits.max_attribute_bytes
            {
                budget.hit(Truncation::Attributes);
                return;
            }
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
    walk_attributes(page.as_bytes(), start, |_| None, |_, _| ())
}

/// A value as it is written.
struct Written {
    range: Range<usize>,
    spelling: Spelling,
}

/// Walks over attributes, and visits those that are `wanted` by their names.
fn walk_attributes(
    bytes: &[u8],
    start: usize,
    wanted: impl Fn(&[u8]) -> Option<AttributeName>,
    mut visit: impl FnMut(AttributeName, Written),
) -> TagShape {
    let mut at = start;
    let mut self_closing = false;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'>' => return TagShape { end: at + 1, self_closing },
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
                let end = name_end(bytes, at);
                if let Some(name) = wanted(&bytes[at..end]) {
                    let value;
                    (value, at) = read_assigned(bytes, end);
                    visit(name, value);
                } else {
                    at = behind_assigned(bytes, end);
                }
            }
        }
    }
    TagShape { end: at, self_closing: false }
}

/// The value that is assigned to the name that ends at `at`, if there is one, and the place behind it.
#[inline]
fn read_assigned(bytes: &[u8], at: usize) -> (Written, usize) {
    // As most tags are written.
    if let Some([b'=', quote @ (b'"' | b'\'')]) = bytes.get(at..at + 2) {
        return read_quoted(bytes, at + 2, *quote);
    }
    let at = skip_space(bytes, at);
    if bytes.get(at) == Some(&b'=') {
        return read_value(bytes, skip_space(bytes, at + 1));
    }
    (Written { range: at..at, spelling: Spelling::Plain }, at)
}

/// The place behind the value that is assigned to the name that ends at `at`, if there is one.
#[inline]
fn behind_assigned(bytes: &[u8], at: usize) -> usize {
    if let Some([b'=', quote @ (b'"' | b'\'')]) = bytes.get(at..at + 2) {
        let start = at + 2;
        return find(*quote, &bytes[start..]).map_or(bytes.len(), |offset| start + offset + 1);
    }
    read_assigned(bytes, at).1
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
    let mut at = start + 1;
    while let Some(offset) = find_end_of_name(&bytes[at..]) {
        at += offset;
        if ENDS_NAME[usize::from(bytes[at])] {
            return at;
        }
        at += 1;
    }
    bytes.len()
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
    let mut end = find_either(quote, b'&', &bytes[start..]).map_or(bytes.len(), |offset| start + offset);
    if bytes.get(end) == Some(&b'&') {
        spelling = Spelling::Escaped;
        end = memchr(quote, &bytes[end..]).map_or(bytes.len(), |offset| end + offset);
    }
    (Written { range: start..end, spelling }, (end + 1).min(bytes.len()))
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
