//! The stack of open elements (section 13.2.4.2).

use super::sets;
use crate::segment::dom::tree::NodeId;
use crate::segment::slim::Tag;

/// An open element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Open {
    pub(super) tag: Tag,
    pub(super) node: NodeId,
}

/// The open elements, the outermost first.
#[derive(Debug, Default)]
pub(super) struct OpenElements {
    stack: Vec<Open>,
    /// How many of them are paragraphs: each block asks whether there is one to end.
    paragraphs: usize,
}

/// How far up a tag looks for the element that it closes: up to the first of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Tables, cells and the like.
    Usual,
    /// Those, and lists.
    ListItem,
    /// Those, and buttons.
    Button,
    /// Tables and templates.
    Table,
}

impl Scope {
    fn ends_at(self, tag: Tag) -> bool {
        match self {
            Scope::Usual => sets::ends_scope(tag),
            Scope::ListItem => sets::ends_scope(tag) || matches!(tag, Tag::OL | Tag::UL),
            Scope::Button => sets::ends_scope(tag) || tag == Tag::BUTTON,
            Scope::Table => matches!(tag, Tag::HTML | Tag::TABLE | Tag::TEMPLATE),
        }
    }
}

impl OpenElements {
    pub(super) fn len(&self) -> usize {
        self.stack.len()
    }

    pub(super) fn push(&mut self, open: Open) {
        self.add(open.tag);
        self.stack.push(open);
    }

    pub(super) fn pop(&mut self) {
        self.take();
    }

    fn take(&mut self) -> Option<Open> {
        let open = self.stack.pop()?;
        self.drop(open.tag);
        Some(open)
    }

    fn add(&mut self, tag: Tag) {
        self.paragraphs += usize::from(tag == Tag::P);
    }

    fn drop(&mut self, tag: Tag) {
        self.paragraphs -= usize::from(tag == Tag::P);
    }

    /// Whether a paragraph is open, in whatever scope.
    pub(super) fn holds_paragraph(&self) -> bool {
        self.paragraphs > 0
    }

    pub(super) fn first(&self) -> Option<Open> {
        self.stack.first().copied()
    }

    pub(super) fn top(&self) -> Option<Open> {
        self.stack.last().copied()
    }

    pub(super) fn top_is(&self, tag: Tag) -> bool {
        self.stack.last().is_some_and(|open| open.tag == tag)
    }

    pub(super) fn get(&self, index: usize) -> Option<Open> {
        self.stack.get(index).copied()
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &Open> + ExactSizeIterator {
        self.stack.iter()
    }

    /// The body, if there is one.
    pub(super) fn body(&self) -> Option<Open> {
        self.stack.get(1).copied().filter(|open| open.tag == Tag::BODY)
    }

    pub(super) fn holds(&self, tag: Tag) -> bool {
        self.stack.iter().any(|open| open.tag == tag)
    }

    /// The place of an element in the stack.
    pub(super) fn place_of(&self, node: NodeId) -> Option<usize> {
        self.stack.iter().rposition(|open| open.node == node)
    }

    /// Whether an element that is `wanted` is open in `scope`.
    pub(super) fn any_in(&self, scope: Scope, wanted: impl Fn(&Open) -> bool) -> bool {
        for open in self.stack.iter().rev() {
            if wanted(open) {
                return true;
            }
            if scope.ends_at(open.tag) {
                return false;
            }
        }
        false
    }

    pub(super) fn is_in(&self, scope: Scope, tag: Tag) -> bool {
        self.any_in(scope, |open| open.tag == tag)
    }

    /// Closes elements up to and with the innermost one that is `wanted`.
    pub(super) fn pop_through(&mut self, wanted: impl Fn(Tag) -> bool) {
        while let Some(open) = self.take() {
            if wanted(open.tag) {
                break;
            }
        }
    }

    pub(super) fn pop_through_tag(&mut self, tag: Tag) {
        self.pop_through(|open| open == tag);
    }

    /// Closes elements until the innermost one that is open is `wanted`.
    pub(super) fn pop_to(&mut self, wanted: impl Fn(Tag) -> bool) {
        while self.stack.last().is_some_and(|open| !wanted(open.tag)) {
            self.take();
        }
    }

    /// Closes the elements that need no end tag.
    pub(super) fn pop_implied(&mut self) {
        self.pop_to(|tag| !sets::needs_no_end(tag));
    }

    /// Likewise, up to one that is called `tag`.
    pub(super) fn pop_implied_but(&mut self, tag: Tag) {
        self.pop_to(|open| open == tag || !sets::needs_no_end(open));
    }

    pub(super) fn truncate(&mut self, length: usize) {
        while self.stack.len() > length {
            self.take();
        }
    }

    pub(super) fn remove(&mut self, index: usize) {
        let open = self.stack.remove(index);
        self.drop(open.tag);
    }

    pub(super) fn remove_node(&mut self, node: NodeId) {
        if let Some(index) = self.place_of(node) {
            self.remove(index);
        }
    }

    pub(super) fn insert(&mut self, index: usize, open: Open) {
        self.add(open.tag);
        self.stack.insert(index.min(self.stack.len()), open);
    }

    pub(super) fn replace(&mut self, index: usize, open: Open) {
        if let Some(place) = self.stack.get_mut(index) {
            let old = std::mem::replace(place, open);
            self.drop(old.tag);
            self.add(open.tag);
        }
    }
}
