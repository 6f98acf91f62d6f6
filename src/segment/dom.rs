//! The parsed page. The only file, with its folder, that names the parser.

mod feed;
mod references;

use ego_tree::NodeRef;
use scraper::{Html, Node};

use super::slim::Markup;

/// A page as the HTML standard reads it.
pub(crate) struct Dom {
    html: Html,
}

impl Dom {
    /// Builds the tree of a page. Any markup is a page.
    pub(crate) fn parse(markup: &Markup<'_>) -> Self {
        Dom { html: feed::build(markup) }
    }

    /// The tree of a page by the parser alone, for comparison.
    #[cfg(test)]
    pub(crate) fn parse_whole(page: &str) -> Self {
        Dom { html: Html::parse_document(page) }
    }

    /// A walk over the whole page.
    pub(crate) fn walk(&self) -> Walk<'_> {
        Walk::below(self.html.tree.root())
    }

    /// The elements of the page in its order.
    pub(crate) fn elements(&self) -> impl Iterator<Item = DomElement<'_>> {
        self.html.tree.nodes().filter_map(DomElement::of)
    }
}

/// An element of the page.
#[derive(Clone, Copy)]
pub(crate) struct DomElement<'a> {
    node: NodeRef<'a, Node>,
    element: &'a scraper::node::Element,
}

impl<'a> DomElement<'a> {
    fn of(node: NodeRef<'a, Node>) -> Option<Self> {
        Some(DomElement { node, element: node.value().as_element()? })
    }

    /// The tag's name, lower-case in HTML.
    pub(crate) fn tag(self) -> &'a str {
        self.element.name()
    }

    /// The value of an attribute, by its lower-case name.
    pub(crate) fn attr(self, name: &str) -> Option<&'a str> {
        self.element.attrs.iter().find(|(key, _)| &*key.local == name).map(|(_, value)| &**value)
    }

    /// Every attribute, name and value, in the order of the page.
    pub(crate) fn attrs(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.element.attrs.iter().map(|(key, value)| (&*key.local, &**value))
    }

    /// Whether both are the same element of the same page.
    pub(crate) fn is(self, other: DomElement<'_>) -> bool {
        std::ptr::eq(self.element, other.element)
    }

    /// A walk over what is inside.
    pub(crate) fn walk(self) -> Walk<'a> {
        Walk::below(self.node)
    }

    /// All text inside, as it stands in the page. Scripts and styles are text too.
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
    root: NodeRef<'a, Node>,
    next: Step<'a>,
}

enum Step<'a> {
    Enter(NodeRef<'a, Node>),
    Leave(NodeRef<'a, Node>),
    End,
}

impl<'a> Walk<'a> {
    fn below(root: NodeRef<'a, Node>) -> Self {
        let next = root.first_child().map_or(Step::End, Step::Enter);
        Walk { root, next }
    }

    /// Passes over what is inside the element that was opened last; its `Close` still comes.
    pub(crate) fn skip_inside(&mut self, element: DomElement<'a>) {
        self.next = Step::Leave(element.node);
    }

    fn after(&self, node: NodeRef<'a, Node>) -> Step<'a> {
        if let Some(sibling) = node.next_sibling() {
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

    fn next(&mut self) -> Option<Event<'a>> {
        loop {
            match self.next {
                Step::End => return None,
                Step::Leave(node) => {
                    self.next = self.after(node);
                    if let Some(element) = DomElement::of(node) {
                        return Some(Event::Close(element));
                    }
                }
                Step::Enter(node) => {
                    let element = DomElement::of(node);
                    self.next = match (node.first_child(), element) {
                        (Some(child), _) => Step::Enter(child),
                        (None, Some(_)) => Step::Leave(node),
                        (None, None) => self.after(node),
                    };
                    match (element, node.value()) {
                        (Some(element), _) => return Some(Event::Open(element)),
                        (None, Node::Text(text)) => return Some(Event::Text(&text.text)),
                        _ => {}
                    }
                }
            }
        }
    }
}
