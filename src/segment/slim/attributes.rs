//! The attributes of a tag: which are read by anyone, and where the tag ends.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr2, memchr2_iter};

use super::Markup;
use crate::block::Truncation;
use crate::segment::budget::Budget;

/// The name of an attribute that is read by anyone, as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct AttributeName(u8);

macro_rules! read_attributes {
    ($($constant:ident $name:literal,)*) => {
        #[allow(clippy::upper_case_acronyms, reason = "the names of the constants, numbered")]
        #[expect(non_camel_case_types, reason = "likewise")]
        enum Number { $($constant,)* }

        #[allow(dead_code, reason = "some are read together with others of their kind")]
        impl AttributeName {
            $(pub(crate) const $constant: AttributeName = AttributeName(Number::$constant as u8);)*
        }

        /// The attributes that segment or metadata reads, shortest first.
        pub(crate) const ATTRIBUTE_NAMES: &[&str] = &[$($name,)*];
    };
}

read_attributes! {
    ID "id", ALT "alt", REL "rel", SRC "src", HREF "href", LANG "lang", NAME "name", OPEN "open", ROLE "role",
    TYPE "type", CLASS "class", START "start", STYLE "style", TITLE "title", HIDDEN "hidden", CONTENT "content",
    PUBDATE "pubdate", DATA_QA "data-qa", DATA_SRC "data-src", DATETIME "datetime", ITEMPROP "itemprop",
    ITEMTYPE "itemtype", PROPERTY "property", DATA_DATE "data-date", DATA_TIME "data-time", HTTP_EQUIV "http-equiv",
    DATA_MODULE "data-module", DATA_TESTID "data-testid", DATA_TEST_ID "data-test-id",
    DATA_COMPONENT "data-component", DATA_PUBLISHED "data-published", DATA_COMPONENT_NAME "data-component-name",
}

impl AttributeName {
    /// The name, in lower case.
    pub(crate) fn as_str(self) -> &'static str {
        ATTRIBUTE_NAMES[usize::from(self.0)]
    }

    /// The name that is written so, if it is read.
    pub(crate) fn of(written: &[u8]) -> Option<Self> {
        let first = written.first()? | 0x20;
        let places = BY_LENGTH.get(written.len())?..BY_LENGTH.get(written.len() + 1)?;
        let mut names =
            (*places.start..*places.end).map(|place| (place, ATTRIBUTE_NAMES[usize::from(place)].as_bytes()));
        let place = names.find(|(_, name)| name[0] == first && written.eq_ignore_ascii_case(name))?.0;
        Some(AttributeName(place))
    }
}

const MAX_NAME_BYTES: usize = ATTRIBUTE_NAMES[ATTRIBUTE_NAMES.len() - 1].len();
/// For each length, the place in [`ATTRIBUTE_NAMES`] where the names of that length begin.
const BY_LENGTH: [u8; MAX_NAME_BYTES + 2] = places_by_length();

const fn places_by_length() -> [u8; MAX_NAME_BYTES + 2] {
    let mut places = [0; MAX_NAME_BYTES + 2];
    let mut length = 0;
    while length < places.len() {
        while (places[length] as usize) < ATTRIBUTE_NAMES.len()
            && ATTRIBUTE_NAMES[places[length] as usize].len() < length
        {
            places[length] += 1;
        }
        length += 1;
    }
    places
}

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
    budget: &Budget<'_>,
    markup: &mut Markup<'a>,
) -> TagShape {
    let Markup { attributes: kept, spelling: page_spelling, .. } = markup;
    let first = kept.len();
    walk_attributes(page.as_bytes(), start, |name, value| {
        if let Some(name) = AttributeName::of(&page.as_bytes()[name])
            && is_read(name, &page.as_bytes()[value.range.clone()])
            && kept[first..].iter().all(|known| known.name != name)
        {
            if kept.len() - first >= budget.limits.max_attributes
                || value.range.len() > budget.limits.max_attribute_bytes
            {
                budget.hit(Truncation::Attributes);
                return;
            }
            let spelling = if *page_spelling == Spelling::Escaped { *page_spelling } else { value.spelling };
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
    let mut end = start + quoted_length(&bytes[start..], quote);
    if bytes.get(end) == Some(&b'&') {
        spelling = Spelling::Escaped;
        end = memchr(quote, &bytes[end..]).map_or(bytes.len(), |offset| end + offset);
    }
    (Written { range: start..end, spelling }, (end + 1).min(bytes.len()))
}

/// Bytes ahead of the first quotation mark or `&`. Most values are short: a search costs more to begin than they do to
/// read, eight bytes at once.
fn quoted_length(value: &[u8], quote: u8) -> usize {
    const SHORT: usize = 48;
    const EACH: u64 = 0x0101_0101_0101_0101;
    // The top bit of the first byte that is 0, and maybe of some behind it.
    let zeros = |bytes: u64| bytes.wrapping_sub(EACH) & !bytes & (EACH << 7);
    let mut at = 0;
    while at < SHORT {
        let Some(eight) = value[at..].first_chunk() else { break };
        let eight = u64::from_le_bytes(*eight);
        let found = zeros(eight ^ (EACH * u64::from(quote))) | zeros(eight ^ (EACH * u64::from(b'&')));
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    memchr2(quote, b'&', &value[at..]).map_or(value.len(), |offset| at + offset)
}

/// Whether a value is of use: not a picture inside the page, not a style that says nothing of what is hidden.
fn is_read(name: AttributeName, value: &[u8]) -> bool {
    match name {
        AttributeName::SRC | AttributeName::DATA_SRC => !value.starts_with(b"data:"),
        AttributeName::STYLE => holds_word(value, b"display") || holds_word(value, b"visibility"),
        _ => true,
    }
}

/// Whether a value holds a word, which begins with a lower-case letter, in any case.
fn holds_word(value: &[u8], word: &[u8]) -> bool {
    let begins = memchr2_iter(word[0], word[0].to_ascii_uppercase(), value);
    begins.filter_map(|at| value.get(at..at + word.len())).any(|part| part.eq_ignore_ascii_case(word))
}
