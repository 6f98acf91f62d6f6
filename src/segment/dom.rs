//! The parsed page. The only file, with its folder, that names the parser.

mod feed;
mod references;
mod tree;

use super::slim::Markup;
use tree::{Element, Node, NodeId, NodeValue, Tree};

/// A page as the HTML standard reads it.
pub(crate) struct Dom {
    tree: Tree,
}

impl Dom {
    /// Builds the tree of a page. Any markup is a page.
    pub(crate) fn parse(markup: &Markup<'_>) -> Self {
        Dom { tree: feed::build(markup) }
    }

    /// The tree of a page by the parser alone, for comparison.
    #[cfg(test)]
    pub(crate) fn parse_whole(page: &str) -> Self {
        Dom { tree: feed::parse_whole(page) }
    }

    /// A walk over the whole page.
    pub(crate) fn walk(&self) -> Walk<'_> {
        Walk::below(&self.tree, tree::ROOT)
    }

    /// The elements of the page in its order.
    pub(crate) fn elements(&self) -> impl Iterator<Item = DomElement<'_>> {
        self.tree.ids().filter_map(|id| DomElement::of(&self.tree, id))
    }
}

/// An element of the page.
#[derive(Clone, Copy)]
pub(crate) struct DomElement<'a> {
    tree: &'a Tree,
    id: NodeId,
    element: &'a Element,
}

impl<'a> DomElement<'a> {
    fn of(tree: &'a Tree, id: NodeId) -> Option<Self> {
        match &tree.node(id).value {
            NodeValue::Element(element) => Some(DomElement { tree, id, element }),
            _ => None,
        }
    }

    /// The tag's name, lower-case in HTML.
    pub(crate) fn tag(self) -> &'a str {
        &self.element.name.local
    }

    /// The value of an attribute, by its lower-case name.
    pub(crate) fn attr(self, name: &str) -> Option<&'a str> {
        self.element.attributes.iter().find(|attribute| &*attribute.name.local == name).map(|found| &*found.value)
    }

    /// Every attribute, name and value, ordered by name.
    pub(crate) fn attrs(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.element.attributes.iter().map(|attribute| (&*attribute.name.local, &*attribute.value))
    }

    /// Whether both are the same element of the same page.
    pub(crate) fn is(self, other: DomElement<'_>) -> bool {
        std::ptr::eq(self.element, other.element)
    }

    /// A walk over what is inside.
    pub(crate) fn walk(self) -> Walk<'a> {
        Walk::below(self.tree, self.id)
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
    tree: &'a Tree,
    root: NodeId,
    next: Step,
}

enum Step {
    Enter(NodeId),
    Leave(NodeId),
    End,
}

impl<'a> Walk<'a> {
    fn below(tree: &'a Tree, root: NodeId) -> Self {
        let next = tree.node(root).first_child.map_or(Step::End, Step::Enter);
        Walk { tree, root, next }
    }

    /// Passes over what is inside the element that was opened last; its `Close` still comes.
    pub(crate) fn skip_inside(&mut self, element: DomElement<'a>) {
        self.next = Step::Leave(element.id);
    }

    fn after(&self, node: &Node) -> Step {
        if let Some(sibling) = node.next {
            return Step::Enter(sibling);
        }
        match node.parent {
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
                Step::Leave(id) => {
                    let node = self.tree.node(id);
                    self.next = self.after(node);
                    if let NodeValue::Element(element) = &node.value {
                        return Some(Event::Close(DomElement { tree: self.tree, id, element }));
                    }
                }
                Step::Enter(id) => {
                    let node = self.tree.node(id);
                    let is_element = matches!(node.value, NodeValue::Element(_));
                    self.next = match node.first_child {
                        Some(child) => Step::Enter(child),
                        None if is_element => Step::Leave(id),
                        None => self.after(node),
                    };
                    match &node.value {
                        NodeValue::Element(element) => {
                            return Some(Event::Open(DomElement { tree: self.tree, id, element }));
                        }
                        NodeValue::Text(text) => return Some(Event::Text(text)),
                        NodeValue::Other => {}
                    }
                }
            }
        }
    }
}
