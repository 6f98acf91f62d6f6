//! Hands the tags and texts of a page to html5ever's tree builder. Its tokenizer, which is most of a parse, has nothing
//! left to do: the pass ahead has read the page already.

use std::cell::RefCell;

use ego_tree::NodeId;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::Token as TreeToken;
use html5ever::tokenizer::{BufferQueue, Doctype, Tag, TagKind, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute as TreeAttribute, LocalName, QualName, ns};
use memchr::memchr_iter;
use rustc_hash::FxHashMap;
use scraper::{Html, HtmlTreeSink};

use super::references::{Place, decoded, raw};
use crate::segment::slim::{ATTRIBUTE_NAMES, Attribute, Markup, TagName, Token};

/// The tree of a page.
pub(super) fn build(markup: &Markup<'_>) -> Html {
    let sink = HtmlTreeSink::new(Html::new_document());
    let mut feed = Feed {
        builder: TreeBuilder::new(sink, TreeBuilderOpts::default()),
        tags: FxHashMap::default(),
        attributes: [const { None }; ATTRIBUTE_NAMES.len()],
    };
    for token in &markup.tokens {
        match token {
            Token::Doctype(written) => feed.doctype(written),
            Token::Text(text) => feed.text(text),
            Token::TextContent(text) => feed.characters(&decoded(text, Place::Text)),
            Token::RawContent(text) => feed.characters(&raw(text)),
            Token::Start(name, attributes) => {
                let attributes = &markup.attributes[attributes.start as usize..attributes.end as usize];
                feed.tag(TagKind::StartTag, *name, attributes);
            }
            Token::End(name) => feed.tag(TagKind::EndTag, *name, &[]),
        }
    }
    feed.token(TreeToken::EOFToken);
    feed.builder.end();
    feed.builder.sink.finish()
}

struct Feed {
    builder: TreeBuilder<NodeId, HtmlTreeSink>,
    /// The parser's names of the tags that were met: to look one up takes longer than to know it.
    tags: FxHashMap<TagName, LocalName>,
    /// Likewise of attributes, by their places in [`ATTRIBUTE_NAMES`].
    attributes: [Option<QualName>; ATTRIBUTE_NAMES.len()],
}

impl Feed {
    fn token(&self, token: TreeToken) {
        // What the tree builder would tell a tokenizer, the pass ahead knew by the tag's name.
        let _ = self.builder.process_token(token, 1);
    }

    fn tag(&mut self, kind: TagKind, name: TagName, attributes: &[Attribute<'_>]) {
        let name = self.tags.entry(name).or_insert_with(|| LocalName::from(name.as_str())).clone();
        let attrs = attributes.iter().map(|attribute| self.attribute(attribute)).collect();
        let tag = Tag { kind, name, self_closing: false, attrs, had_duplicate_attributes: false };
        self.token(TreeToken::TagToken(tag));
    }

    fn attribute(&mut self, attribute: &Attribute<'_>) -> TreeAttribute {
        let name = self.attributes[attribute.name]
            .get_or_insert_with(|| QualName::new(None, ns!(), LocalName::from(ATTRIBUTE_NAMES[attribute.name])));
        let value = StrTendril::from_slice(&decoded(attribute.value, Place::Attribute));
        TreeAttribute { name: name.clone(), value }
    }

    /// Text between tags. What a null is, depends on where it stands: mostly nothing.
    fn text(&self, text: &str) {
        let mut from = 0;
        for null in memchr_iter(0, text.as_bytes()) {
            self.characters(&decoded(&text[from..null], Place::Text));
            self.token(TreeToken::NullCharacterToken);
            from = null + 1;
        }
        self.characters(&decoded(&text[from..], Place::Text));
    }

    fn characters(&self, text: &str) {
        if !text.is_empty() {
            self.token(TreeToken::CharacterTokens(StrTendril::from_slice(text)));
        }
    }

    fn doctype(&self, written: &str) {
        if let Some(doctype) = read_doctype(written) {
            self.token(TreeToken::DoctypeToken(doctype));
        }
    }
}

/// A doctype by the parser's own reading: there is one a page.
fn read_doctype(written: &str) -> Option<Doctype> {
    let tokenizer = Tokenizer::new(DoctypeReader::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(written));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.found.into_inner()
}

#[derive(Default)]
struct DoctypeReader {
    found: RefCell<Option<Doctype>>,
}

impl TokenSink for DoctypeReader {
    type Handle = ();

    fn process_token(&self, token: TreeToken, _line: u64) -> TokenSinkResult<()> {
        if let TreeToken::DoctypeToken(doctype) = token {
            self.found.replace(Some(doctype));
        }
        TokenSinkResult::Continue
    }
}
