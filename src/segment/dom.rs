//! The tree of a page. The only file, with its folder, that names a parser.

mod builder;
mod depth;
mod reference;
mod references;
#[cfg(test)]
pub(in crate::segment) mod tests;
mod tree;

use std::ops::Range;

use super::budget::Budget;
use super::slim::{Attribute, AttributeName, AttributeNames, Scripts, Tag, slim_within};
use crate::options::PageParser;

use tree::{Content, Node, NodeId, Tree};

/// Elements that may be open at once, at most: as in browsers (Chromium and `WebKit` cap the tree at 512).
const MAX_OPEN: usize = 512;

/// A page as the HTML standard reads it.
pub(crate) struct Dom<'p> {
    tree: Tree<'p>,
}

impl<'p> Dom<'p> {
    /// Builds the tree of a page, within the usual limits. Any text is a page.
    pub(crate) fn parse(page: &'p str) -> Self {
        Budget::usual(|budget| Dom::parse_by(PageParser::Streaming, page, budget)).0
    }

    /// Likewise by a parser of choice; and the page's scripts.
    pub(crate) fn parse_by(parser: PageParser, page: &'p str, budget: &Budget<'_>) -> (Self, Scripts<'p>) {
        let (tree, scripts) = match parser {
            PageParser::Streaming => builder::build(page, budget),
            PageParser::Reference => {
                let (markup, scripts) = slim_within(page, budget);
                (reference::build(&markup, budget), scripts)
            }
        };
        (Dom { tree }, scripts)
    }

    /// The tree of a page by the reference alone, without the pass ahead.
    #[cfg(test)]
    pub(crate) fn parse_whole(page: &str) -> Self {
        Dom { tree: reference::build_whole(page) }
    }

    /// The number of its elements, or a little more.
    pub(crate) fn element_count(&self) -> usize {
        self.tree.element_count()
    }

    /// A walk over the whole page.
    pub(crate) fn walk(&self) -> Walk<'_> {
        Walk::below(&self.tree, NodeId::ROOT)
    }

    /// The elements of the page in its order.
    pub(crate) fn elements(&self) -> impl Iterator<Item = DomElement<'_>> {
        self.walk().filter_map(|event| match event {
            Event::Open(element) => Some(element),
            Event::Text(_) | Event::Close(_) => None,
        })
    }
}

/// An element of the page.
#[derive(Clone, Copy)]
pub(crate) struct DomElement<'a> {
    tree: &'a Tree<'a>,
    id: NodeId,
    tag: Tag,
    /// Looked up where they are read: of most elements that end, and of many that begin, they are not.
    attributes: &'a Range<u32>,
}

impl<'a> DomElement<'a> {
    #[inline]
    fn of(tree: &'a Tree<'a>, id: NodeId, node: &'a Node<'a>) -> Option<Self> {
        let Content::Element(tag, attributes) = &node.content else { return None };
        Some(DomElement { tree, id, tag: *tag, attributes })
    }

    /// The tag.
    pub(crate) fn tag(self) -> Tag {
        self.tag
    }

    /// The tag's name, in lower case.
    pub(crate) fn tag_name(self) -> &'a str {
        self.tree.names.name(self.tag)
    }

    /// The value of an attribute.
    pub(crate) fn attr(self, name: AttributeName) -> Option<&'a str> {
        self.attrs().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Every attribute that is read by anyone, name and value, in the order of the page.
    pub(crate) fn attrs(self) -> impl Iterator<Item = (AttributeName, &'a str)> {
        self.attributes().iter().map(|attribute| (attribute.name, &*attribute.value))
    }

    /// The names of its attributes that are read by anyone.
    pub(crate) fn attribute_names(self) -> AttributeNames {
        self.attributes().iter().fold(AttributeNames::default(), |names, attribute| names.with(attribute.name))
    }

    #[inline]
    fn attributes(self) -> &'a [Attribute<'a>] {
        self.tree.attributes_in(self.attributes)
    }

    /// Whether both are the same element of the same page.
    pub(crate) fn is(self, other: DomElement<'_>) -> bool {
        self.id == other.id
    }

    /// A walk over what is inside.
    pub(crate) fn walk(self) -> Walk<'a> {
        Walk::below(self.tree, self.id)
    }

    /// All text inside, as it stands in the page.
    pub(crate) fn raw_text(self) -> String {
        let mut text = String::new();
        for event in self.walk() {
            if let Event::Text(piece) = event {
                text.push_str(piece);
            }
        }
        text
    }
}

/// A step of a [`Walk`].
#[derive(Clone, Copy)]
pub(crate) enum Event<'a> {
    /// An element begins.
    Open(DomElement<'a>),
    /// Text.
    Text(&'a str),
    /// An element ends.
    Close(DomElement<'a>),
}

/// A walk through a part of the page in its order, without recursion: depth costs nothing.
pub(crate) struct Walk<'a> {
    tree: &'a Tree<'a>,
    root: NodeId,
    next: Step,
}

#[derive(Clone, Copy)]
enum Step {
    Enter(NodeId),
    Leave(NodeId),
    End,
}

impl<'a> Walk<'a> {
    fn below(tree: &'a Tree<'a>, root: NodeId) -> Self {
        let next = tree.first_child(root).map_or(Step::End, Step::Enter);
        Walk { tree, root, next }
    }

    /// Passes over what is inside the element that was opened last; its `Close` still comes.
    pub(crate) fn skip_inside(&mut self, element: DomElement<'a>) {
        self.next = Step::Leave(element.id);
    }

    fn after(&self, node: &Node<'a>) -> Step {
        if let Some(sibling) = node.next() {
            return Step::Enter(sibling);
        }
        match node.parent() {
            Some(parent) if parent != self.root => Step::Leave(parent),
            _ => Step::End,
        }
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = Event<'a>;

    #[inline]
    fn next(&mut self) -> Option<Event<'a>> {
        let tree = self.tree;
        match self.next {
            Step::End => None,
            Step::Leave(id) => {
                let node = tree.node(id);
                self.next = self.after(node);
                DomElement::of(tree, id, node).map(Event::Close)
            }
            Step::Enter(id) => {
                let node = tree.node(id);
                if let Content::Text(text) = &node.content {
                    self.next = self.after(node);
                    return Some(Event::Text(text));
                }
                self.next = node.first().map_or(Step::Leave(id), Step::Enter);
                DomElement::of(tree, id, node).map(Event::Open)
            }
        }
    }
}
