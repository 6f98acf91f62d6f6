//! One linear pass ahead of the tree. It cuts the page into tags and text and drops what no story needs: scripts, styles,
//! drawings, comments, attributes that nobody reads. What it leaves parses to the same blocks.
//!
//! The rules are those of the HTML standard's tokenizer, section 13.2.5.

mod attribute_names;
mod attributes;
mod kinds;
mod markup;
mod names;
mod raw;
mod tag;
#[cfg(test)]
mod tests;

use memchr::memchr_iter;

use super::budget::Budget;
use super::near::{find, find_end_or_escape};
use crate::block::Truncation;

use attributes::{TagShape, read_attributes, skip_attributes};
use kinds::ends_foreign_content;
use raw::{after_bracket, comment_end, raw_text, script};
use tag::TagName;

#[cfg(test)]
pub(crate) use attribute_names::ATTRIBUTE_NAMES;
pub(crate) use attribute_names::{AttributeName, AttributeNames};
pub(crate) use attributes::{Attribute, Spelling};
pub(crate) use kinds::{StartKind, is_inline, is_scope, is_table_part};
pub(crate) use markup::{Markup, Token, TokenSink};
pub(crate) use tag::{Tag, TagNames};

/// The scripts of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Scripts<'a> {
    /// The contents of those that are JSON-LD.
    pub(crate) json_ld: Vec<&'a str>,
    /// The contents of those that are JSON of the page's own making: what its programs read.
    pub(crate) page_data: Vec<&'a str>,
    /// How many are not JSON-LD.
    pub(crate) others: usize,
}

/// Takes the dead weight off a page, within the usual limits: its markup and its scripts.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn slim(page: &str) -> (Markup<'_>, Scripts<'_>) {
    Budget::usual(|budget| slim_within(page, budget))
}

/// Takes the dead weight off a page.
pub(crate) fn slim_within<'a>(page: &'a str, budget: &Budget<'_>) -> (Markup<'a>, Scripts<'a>) {
    let mut markup = Markup::default();
    let scripts = slim_into(page, budget, &mut markup);
    (markup, scripts)
}

/// Gives the tags and texts of a page that have some weight to `sink`, and gives back its scripts. Linear in its size.
pub(crate) fn slim_into<'a>(page: &'a str, budget: &Budget<'_>, sink: &mut impl TokenSink<'a>) -> Scripts<'a> {
    let mut pass = Pass { page, at: 0, tokens: 0, scripts: Scripts::default(), sink, budget };
    pass.run();
    pass.scripts
}

struct Pass<'a, 'b, S> {
    page: &'a str,
    at: usize,
    /// Tokens so far.
    tokens: usize,
    scripts: Scripts<'a>,
    sink: &'b mut S,
    budget: &'b Budget<'b>,
}

impl<'a, S: TokenSink<'a>> Pass<'a, '_, S> {
    fn run(&mut self) {
        // Text may hold a `<` that begins nothing.
        let mut from = 0;
        let mut spelling = Spelling::Plain;
        while let Some(start) = self.next_mark(from, spelling) {
            if self.bytes()[start] != b'<' {
                spelling = Spelling::Escaped;
                from = start + 1;
            } else if begins_markup(&self.bytes()[start + 1..]) {
                self.text(start, spelling);
                if !self.goes_on() {
                    return;
                }
                self.markup(start);
                from = self.at;
                spelling = Spelling::Plain;
            } else {
                from = start + 1;
            }
        }
        self.text(self.page.len(), spelling);
    }

    /// The place of the next `<`, or of what means another than is written where the text so far means just that.
    #[inline]
    fn next_mark(&self, from: usize, so_far: Spelling) -> Option<usize> {
        let rest = &self.bytes()[from..];
        // Often a tag stands behind another.
        if rest.first() == Some(&b'<') {
            return Some(from);
        }
        let offset = match so_far {
            Spelling::Plain => find_end_or_escape(b'<', rest),
            Spelling::Escaped => find(b'<', rest),
        };
        offset.map(|offset| from + offset)
    }

    /// Whether there is room and time for more.
    fn goes_on(&self) -> bool {
        let has_room = self.tokens < self.budget.limits.max_nodes;
        if !has_room {
            self.budget.hit(Truncation::Nodes);
        }
        has_room && self.budget.step()
    }

    fn bytes(&self) -> &'a [u8] {
        self.page.as_bytes()
    }

    /// Adds the text up to `end`.
    fn text(&mut self, end: usize, spelling: Spelling) {
        if self.at < end {
            self.tokens += 1;
            self.sink.take_text(&self.page[self.at..end], spelling);
            self.at = end;
        }
    }

    /// Reads what begins with the `<` at `start`.
    fn markup(&mut self, start: usize) {
        let bytes = self.bytes();
        let rest = &bytes[start + 1..];
        match rest[0] {
            b'/' if rest.get(1).is_some_and(u8::is_ascii_alphabetic) => self.end_tag(start),
            b'!' if rest.starts_with(b"!--") => self.at = comment_end(bytes, start),
            b'!' if is_doctype(rest) => {
                self.at = after_bracket(bytes, start);
                self.tokens += 1;
                self.sink.take_doctype(&self.page[start..self.at]);
            }
            b'!' | b'?' | b'/' => self.at = after_bracket(bytes, start),
            _ => self.start_tag(start),
        }
    }

    fn start_tag(&mut self, start: usize) {
        let name = TagName::at(self.bytes(), start + 1);
        let name_end = start + 1 + name.written.len();
        let tag = self.sink.names().tag_named(name);
        let first = self.sink.attributes().len();
        let shape = read_attributes(self.page, name_end, self.budget, self.sink.attributes());
        self.at = shape.end;
        let kind = StartKind::of(tag);
        match kind {
            StartKind::Void | StartKind::Element => return self.push_start(tag, first, shape.spelling),
            StartKind::Text | StartKind::RawText => {
                self.push_start(tag, first, shape.spelling);
                return self.text_element(tag, kind);
            }
            StartKind::Plain => {}
            StartKind::Script => self.script(first),
            StartKind::Dropped => self.at = raw_text(self.bytes(), self.at, tag.known_name().as_bytes()).1,
            StartKind::Drawing => self.skip_drawing(tag, &shape),
        }
        self.sink.attributes().truncate(first);
    }

    fn push_start(&mut self, tag: Tag, first_attribute: usize, spelling: Spelling) {
        let attributes = first_attribute as u32..self.sink.attributes().len() as u32;
        self.tokens += 1;
        self.sink.take_start(tag, attributes, spelling);
    }

    fn push_end(&mut self, tag: Tag) {
        self.tokens += 1;
        self.sink.take_end(tag);
    }

    fn end_tag(&mut self, start: usize) {
        let name = TagName::at(self.bytes(), start + 2);
        let tag = self.sink.names().tag_named(name);
        self.at = skip_attributes(self.page, start + 2 + name.written.len()).end;
        self.push_end(tag);
    }

    /// Reads an element that holds text alone.
    fn text_element(&mut self, tag: Tag, kind: StartKind) {
        let (text, end) = raw_text(self.bytes(), self.at, tag.known_name().as_bytes());
        let text = &self.page[text];
        if !text.is_empty() {
            self.tokens += 1;
            if kind == StartKind::RawText {
                self.sink.take_raw_content(text);
            } else {
                self.sink.take_text_content(text);
            }
        }
        self.push_end(tag);
        self.at = end;
    }

    /// Drops a script; keeps its content where it is JSON-LD or other data.
    fn script(&mut self, first_attribute: usize) {
        let (content, end) = script(self.bytes(), self.at);
        let attributes = &self.sink.attributes()[first_attribute..];
        if attributes.iter().any(|attribute| names_json_ld(&attribute.value)) {
            self.keep_json_ld(&self.page[content]);
        } else {
            if attributes.iter().any(|attribute| names_json(&attribute.value)) {
                self.scripts.page_data.push(&self.page[content]);
            }
            self.scripts.others += 1;
        }
        self.at = end;
    }

    fn keep_json_ld(&mut self, script: &'a str) {
        if script.len() > self.budget.limits.max_json_ld_bytes {
            self.budget.hit(Truncation::StructuredData);
        } else {
            self.scripts.json_ld.push(script);
        }
    }

    /// Drops a drawing up to its end tag, or up to a tag that ends foreign content.
    fn skip_drawing(&mut self, drawing: Tag, shape: &TagShape) {
        if shape.self_closing {
            return;
        }
        let bytes = self.bytes();
        let mut depth = 1;
        while let Some(offset) = find(b'<', &bytes[self.at..]) {
            let start = self.at + offset;
            let is_end = bytes.get(start + 1) == Some(&b'/');
            let name_start = start + 1 + usize::from(is_end);
            if bytes[start..].starts_with(b"<!--") {
                self.at = comment_end(bytes, start);
                continue;
            }
            if !bytes.get(name_start).is_some_and(u8::is_ascii_alphabetic) {
                self.at = start + 1;
                continue;
            }
            let name = TagName::at(bytes, name_start);
            let tag = name.known();
            if tag.is_some_and(ends_foreign_content) {
                self.at = start;
                return;
            }
            let shape = skip_attributes(self.page, name_start + name.written.len());
            self.at = shape.end;
            if tag == Some(drawing) && !shape.self_closing {
                depth = if is_end { depth - 1 } else { depth + 1 };
                if depth == 0 {
                    return;
                }
            } else if let Some(tag @ (Tag::SCRIPT | Tag::STYLE)) = tag
                && !is_end
                && !shape.self_closing
            {
                self.at = raw_text(bytes, self.at, tag.known_name().as_bytes()).1;
            }
        }
        self.at = self.page.len();
    }
}

/// The bytes that begin markup behind a `<`; a `/` does where something follows.
const BEGINS_MARKUP: [bool; 256] = {
    let mut begins = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        begins[byte] = matches!(byte as u8, b'!' | b'?' | b'/') || (byte as u8).is_ascii_alphabetic();
        byte += 1;
    }
    begins
};

/// Whether a `<` with `rest` behind it is more than text.
#[inline]
fn begins_markup(rest: &[u8]) -> bool {
    rest.first().is_some_and(|first| BEGINS_MARKUP[usize::from(*first)] && (rest.len() > 1 || *first != b'/'))
}

fn is_doctype(rest: &[u8]) -> bool {
    rest.len() >= 8 && rest[..8].eq_ignore_ascii_case(b"!doctype")
}

/// Whether a value holds `ld+json`, in any case: looked for by the plus, which is rare.
fn names_json_ld(value: &str) -> bool {
    let is_kind = |plus: usize| {
        let kind = plus.checked_sub(2).and_then(|start| value.as_bytes().get(start..plus + 5));
        kind.is_some_and(|kind| kind.eq_ignore_ascii_case(b"ld+json"))
    };
    memchr_iter(b'+', value.as_bytes()).any(is_kind)
}

fn names_json(value: &str) -> bool {
    let kind = value.split(';').next().unwrap_or(value);
    kind.trim_ascii().eq_ignore_ascii_case("application/json")
}
