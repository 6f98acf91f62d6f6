//! The tree of a page by html5ever's tree builder, to compare with.

use std::borrow::Cow;
use std::cell::RefCell;

use ego_tree::NodeId as HtmlNodeId;
use ego_tree::iter::Edge;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::Token as TreeToken;
use html5ever::tokenizer::{BufferQueue, Doctype, Tag, TagKind, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute as TreeAttribute, LocalName, QualName, ns};
use memchr::memchr_iter;
use rustc_hash::FxHashMap;
use scraper::{Html, HtmlTreeSink, Node};

use super::MAX_OPEN;
use super::depth::OpenElements;
use super::references::{Position, decoded, raw};
use super::tree::{Content, NodeId, Place, Tree};
use crate::block::Truncation;
use crate::segment::budget::Budget;
use crate::segment::slim::{Attribute, AttributeName, Markup, Spelling, StartKind, Tag as PageTag, Token};

/// The tree of a page.
pub(super) fn build<'p>(markup: &Markup<'_>, budget: &Budget<'_>) -> Tree<'p> {
    copied(&parsed(markup, budget))
}

/// The tree of a page, read by html5ever's tokenizer too.
#[cfg(test)]
pub(super) fn build_whole<'p>(page: &str) -> Tree<'p> {
    copied(&Html::parse_document(page))
}

/// A tree of html5ever's as one of the project's own.
fn copied<'p>(html: &Html) -> Tree<'p> {
    let mut tree = Tree::of_page(0);
    let mut open = vec![NodeId::ROOT];
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => {
                let parent = Place::LastOf(open.last().copied().unwrap_or(NodeId::ROOT));
                match node.value() {
                    Node::Element(element) => {
                        let content = copied_element(&mut tree, element);
                        let id = tree.add(content);
                        tree.insert(parent, id);
                        open.push(id);
                    }
                    Node::Text(text) => tree.insert_text(parent, Cow::Owned(text.text.to_string())),
                    _ => {}
                }
            }
            Edge::Close(node) if node.value().is_element() => {
                open.pop();
            }
            Edge::Close(_) => {}
        }
    }
    tree
}

fn copied_element<'p>(tree: &mut Tree<'p>, element: &scraper::node::Element) -> Content<'p> {
    let start = tree.attributes.len() as u32;
    for (name, value) in &element.attrs {
        if let Some(name) = AttributeName::of(name.local.as_bytes()) {
            tree.attributes.push(Attribute { name, value: Cow::Owned(value.to_string()), spelling: Spelling::Plain });
        }
    }
    Content::Element(tree.names.tag(element.name().as_bytes()), start..tree.attributes.len() as u32)
}

fn parsed(markup: &Markup<'_>, budget: &Budget<'_>) -> Html {
    let sink = HtmlTreeSink::new(Html::new_document());
    let mut feed = Feed {
        builder: TreeBuilder::new(sink, TreeBuilderOpts::default()),
        tags: FxHashMap::default(),
        attributes: FxHashMap::default(),
        open: OpenElements::new(budget.limits.max_depth.clamp(1, MAX_OPEN)),
        breaks: Breaks::Due,
    };
    for token in &markup.tokens {
        if !budget.step() {
            break;
        }
        match token {
            Token::Doctype(written) => feed.doctype(written),
            Token::Text(text, _) => feed.text(text),
            Token::TextContent(text) => feed.characters(&decoded(text, Position::Text)),
            Token::RawContent(text) => feed.characters(&raw(text)),
            Token::Start(tag, attributes) => {
                let attributes = &markup.attributes[attributes.start as usize..attributes.end as usize];
                feed.start(*tag, markup.names.name(*tag), attributes);
            }
            Token::End(tag) => feed.end(*tag, markup.names.name(*tag)),
        }
    }
    if feed.open.dropped {
        budget.hit(Truncation::Depth);
    }
    feed.token(TreeToken::EOFToken);
    feed.builder.end();
    feed.builder.sink.finish()
}

struct Feed {
    builder: TreeBuilder<HtmlNodeId, HtmlTreeSink>,
    /// The parser's names of the tags that were met: to look one up takes longer than to know it.
    tags: FxHashMap<PageTag, LocalName>,
    /// Likewise of attributes.
    attributes: FxHashMap<AttributeName, QualName>,
    /// How deep the page is.
    open: OpenElements,
    breaks: Breaks,
}

/// Whether the words on both sides of a tag that is dropped for its depth are kept apart already.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Breaks {
    Due,
    Made,
}

impl Feed {
    fn start(&mut self, tag: PageTag, name: &str, attributes: &[Attribute<'_>]) {
        let kept = match StartKind::of(tag) {
            StartKind::Element => self.open.open(tag),
            StartKind::Void => self.open.has_room(),
            _ => true,
        };
        if kept {
            self.tag(TagKind::StartTag, tag, name, attributes);
        } else if self.breaks == Breaks::Due {
            self.tag(TagKind::StartTag, PageTag::BR, "br", &[]);
            self.tag(TagKind::StartTag, PageTag::BR, "br", &[]);
            self.breaks = Breaks::Made;
        }
    }

    fn end(&mut self, tag: PageTag, name: &str) {
        // The end tags of elements that hold text alone, and of those without content, are not those of open elements.
        if StartKind::of(tag) != StartKind::Element || self.open.close(tag) {
            self.tag(TagKind::EndTag, tag, name, &[]);
        }
    }

    fn token(&self, token: TreeToken) {
        // What the tree builder would tell a tokenizer, the pass ahead knew by the tag's name.
        let _ = self.builder.process_token(token, 1);
    }

    fn tag(&mut self, kind: TagKind, tag: PageTag, name: &str, attributes: &[Attribute<'_>]) {
        self.breaks = Breaks::Due;
        let name = self.tags.entry(tag).or_insert_with(|| LocalName::from(name)).clone();
        let attrs = attributes.iter().map(|attribute| self.attribute(attribute)).collect();
        let tag = Tag { kind, name, self_closing: false, attrs, had_duplicate_attributes: false };
        self.token(TreeToken::TagToken(tag));
    }

    fn attribute(&mut self, attribute: &Attribute<'_>) -> TreeAttribute {
        let name = self
            .attributes
            .entry(attribute.name)
            .or_insert_with(|| QualName::new(None, ns!(), LocalName::from(attribute.name.as_str())));
        let value = StrTendril::from_slice(&decoded(&attribute.value, Position::Attribute));
        TreeAttribute { name: name.clone(), value }
    }

    /// Text between tags. What a null is, depends on where it stands: mostly nothing.
    fn text(&mut self, text: &str) {
        let mut from = 0;
        for null in memchr_iter(0, text.as_bytes()) {
            self.characters(&decoded(&text[from..null], Position::Text));
            self.token(TreeToken::NullCharacterToken);
            from = null + 1;
        }
        self.characters(&decoded(&text[from..], Position::Text));
    }

    fn characters(&mut self, text: &str) {
        if !text.is_empty() {
            self.breaks = Breaks::Due;
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
