//! What the pass leaves of a page, and who takes it.

use std::ops::Range;

use super::{Attribute, Spelling, Tag, TagNames};

/// Tags and text of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Markup<'a> {
    /// The tags and texts, in order.
    pub(crate) tokens: Vec<Token<'a>>,
    /// The attributes of the tags; [`Token::Start`] points into it.
    pub(crate) attributes: Vec<Attribute<'a>>,
    /// The names of the tags.
    pub(crate) names: TagNames,
}

/// A tag or text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// A `<!doctype>`, brackets and all.
    Doctype(&'a str),
    /// Text as written, with character references; and whether it means what is written.
    Text(&'a str, Spelling),
    /// Likewise of an element that holds nothing but text: a title.
    TextContent(&'a str),
    /// The content of an element in which a reference is no reference.
    RawContent(&'a str),
    /// A start tag.
    Start(Tag, Range<u32>),
    /// An end tag.
    End(Tag),
}

/// Takes the tags and texts of a page as they come.
pub(crate) trait TokenSink<'a> {
    /// Takes a `<!doctype>`, brackets and all.
    fn take_doctype(&mut self, written: &'a str);

    /// Takes text as written, and whether it means what is written.
    fn take_text(&mut self, text: &'a str, spelling: Spelling);

    /// Takes the content of an element that holds nothing but text.
    fn take_text_content(&mut self, text: &'a str);

    /// Takes the content of an element in which a reference is no reference.
    fn take_raw_content(&mut self, text: &'a str);

    /// Takes a start tag, and the places of its attributes; and whether all their values mean what is written.
    fn take_start(&mut self, tag: Tag, attributes: Range<u32>, spelling: Spelling);

    /// Takes an end tag.
    fn take_end(&mut self, tag: Tag);

    /// The attributes of the tags so far, to which those of the next one are added ahead of it.
    fn attributes(&mut self) -> &mut Vec<Attribute<'a>>;

    /// The names of the tags so far.
    fn names(&mut self) -> &mut TagNames;
}

impl<'a> TokenSink<'a> for Markup<'a> {
    fn take_doctype(&mut self, written: &'a str) {
        self.tokens.push(Token::Doctype(written));
    }

    fn take_text(&mut self, text: &'a str, spelling: Spelling) {
        self.tokens.push(Token::Text(text, spelling));
    }

    fn take_text_content(&mut self, text: &'a str) {
        self.tokens.push(Token::TextContent(text));
    }

    fn take_raw_content(&mut self, text: &'a str) {
        self.tokens.push(Token::RawContent(text));
    }

    fn take_start(&mut self, tag: Tag, attributes: Range<u32>, _: Spelling) {
        self.tokens.push(Token::Start(tag, attributes));
    }

    fn take_end(&mut self, tag: Tag) {
        self.tokens.push(Token::End(tag));
    }

    fn attributes(&mut self) -> &mut Vec<Attribute<'a>> {
        &mut self.attributes
    }

    fn names(&mut self) -> &mut TagNames {
        &mut self.names
    }
}
