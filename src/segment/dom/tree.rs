//! The tree of a page: all nodes in one list, which name each other by their places in it. Texts and values are the
//! page's own wherever they stand there as they are meant.

use std::borrow::Cow;
use std::ops::Range;

use crate::segment::slim::{Attribute, Tag, TagNames};

/// The place of a node in its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NodeId(u32);

impl NodeId {
    /// The page itself.
    pub(super) const ROOT: NodeId = NodeId(0);
    /// No node.
    const NONE: NodeId = NodeId(u32::MAX);

    fn some(self) -> Option<NodeId> {
        (self != NodeId::NONE).then_some(self)
    }
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Content<'p> {
    /// The page itself.
    Root,
    /// An element; its attributes are a range of [`Tree::attributes`].
    Element(Tag, Range<u32>),
    /// Text.
    Text(Cow<'p, str>),
}

/// A node and those around it.
#[derive(Debug)]
pub(super) struct Node<'p> {
    parent: NodeId,
    previous: NodeId,
    next: NodeId,
    first: NodeId,
    last: NodeId,
    pub(super) content: Content<'p>,
}

impl Node<'_> {
    pub(super) fn parent(&self) -> Option<NodeId> {
        self.parent.some()
    }

    /// The node behind it, beside it.
    pub(super) fn next(&self) -> Option<NodeId> {
        self.next.some()
    }

    /// The first node inside.
    pub(super) fn first(&self) -> Option<NodeId> {
        self.first.some()
    }
}

/// The tree of a page.
#[derive(Debug)]
pub(super) struct Tree<'p> {
    nodes: Vec<Node<'p>>,
    /// The attributes of the elements.
    pub(super) attributes: Vec<Attribute<'p>>,
    /// The names of the elements.
    pub(super) names: TagNames,
    elements: usize,
}

/// The nodes around a place.
#[derive(Debug, Clone, Copy)]
struct Around {
    parent: NodeId,
    previous: NodeId,
    next: NodeId,
}

impl Around {
    const NOTHING: Around = Around { parent: NodeId::NONE, previous: NodeId::NONE, next: NodeId::NONE };
}

/// Where a node goes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// Behind all that the node holds.
    LastOf(NodeId),
    /// Ahead of the node, beside it.
    Before(NodeId),
}

impl<'p> Tree<'p> {
    /// A tree of nothing, with room for a page of so many bytes.
    pub(super) fn of_page(bytes: usize) -> Self {
        /// Bytes for each tag or text of pages that are mostly markup, and for each attribute that is kept.
        const A_NODE: usize = 64;
        const AN_ATTRIBUTE: usize = 96;
        let nodes = Vec::with_capacity(bytes / A_NODE + 8);
        let attributes = Vec::with_capacity(bytes / AN_ATTRIBUTE);
        let mut tree = Tree { nodes, attributes, names: TagNames::default(), elements: 0 };
        tree.push(Around::NOTHING, Content::Root);
        tree
    }

    /// Adds a node that stands nowhere yet.
    pub(super) fn add(&mut self, content: Content<'p>) -> NodeId {
        self.push(Around::NOTHING, content)
    }

    /// Adds a node where it belongs.
    pub(super) fn add_at(&mut self, place: Place, content: Content<'p>) -> NodeId {
        let around = self.around(place);
        let id = self.push(around, content);
        self.link(around, id);
        id
    }

    #[inline]
    fn push(&mut self, around: Around, content: Content<'p>) -> NodeId {
        self.elements += usize::from(matches!(content, Content::Element(..)));
        let Around { parent, previous, next } = around;
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(Node { parent, previous, next, first: NodeId::NONE, last: NodeId::NONE, content });
        id
    }

    pub(super) fn node(&self, id: NodeId) -> &Node<'p> {
        &self.nodes[id.0 as usize]
    }

    fn node_mut(&mut self, id: NodeId) -> &mut Node<'p> {
        &mut self.nodes[id.0 as usize]
    }

    /// Whether no node was added behind this one.
    pub(super) fn is_last(&self, id: NodeId) -> bool {
        self.nodes.len() == id.0 as usize + 1
    }

    /// The number of elements that were added.
    pub(super) fn element_count(&self) -> usize {
        self.elements
    }

    pub(super) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).parent.some()
    }

    pub(super) fn first_child(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).first.some()
    }

    pub(super) fn last_child(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).last.some()
    }

    /// The tag and the attributes of an element.
    pub(super) fn element(&self, id: NodeId) -> Option<(Tag, &[Attribute<'p>])> {
        match &self.node(id).content {
            Content::Element(tag, range) => Some((*tag, self.attributes_in(range))),
            Content::Root | Content::Text(_) => None,
        }
    }

    #[inline]
    pub(super) fn attributes_in(&self, range: &Range<u32>) -> &[Attribute<'p>] {
        &self.attributes[range.start as usize..range.end as usize]
    }

    /// Puts a node, which stands nowhere, where it belongs.
    pub(super) fn insert(&mut self, place: Place, id: NodeId) {
        let around = self.around(place);
        let node = self.node_mut(id);
        (node.parent, node.previous, node.next) = (around.parent, around.previous, around.next);
        self.link(around, id);
    }

    #[inline]
    fn around(&self, place: Place) -> Around {
        match place {
            Place::LastOf(parent) => Around { parent, previous: self.node(parent).last, next: NodeId::NONE },
            Place::Before(next) => Around { parent: self.node(next).parent, previous: self.node(next).previous, next },
        }
    }

    /// Names a node to those around it.
    #[inline]
    fn link(&mut self, around: Around, id: NodeId) {
        let Around { parent, previous, next } = around;
        match previous.some() {
            Some(previous) => self.node_mut(previous).next = id,
            None => self.node_mut(parent).first = id,
        }
        match next.some() {
            Some(next) => self.node_mut(next).previous = id,
            None => self.node_mut(parent).last = id,
        }
    }

    /// Puts text where it belongs; text that stands just ahead of it gets longer.
    pub(super) fn insert_text(&mut self, place: Place, text: Cow<'p, str>) {
        let previous = match place {
            Place::LastOf(parent) => self.node(parent).last,
            Place::Before(next) => self.node(next).previous,
        };
        if let Some(previous) = previous.some()
            && let Content::Text(ahead) = &mut self.node_mut(previous).content
        {
            ahead.to_mut().push_str(&text);
        } else {
            self.add_at(place, Content::Text(text));
        }
    }

    /// Takes a node out of its place, with what it holds.
    pub(super) fn detach(&mut self, id: NodeId) {
        let Node { parent, previous, next, .. } = *self.node(id);
        let Some(parent) = parent.some() else { return };
        match previous.some() {
            Some(previous) => self.node_mut(previous).next = next,
            None => self.node_mut(parent).first = next,
        }
        match next.some() {
            Some(next) => self.node_mut(next).previous = previous,
            None => self.node_mut(parent).last = previous,
        }
        let node = self.node_mut(id);
        (node.parent, node.previous, node.next) = (NodeId::NONE, NodeId::NONE, NodeId::NONE);
    }

    /// Gives all that `from` holds to `to`, which holds nothing.
    pub(super) fn move_children(&mut self, from: NodeId, to: NodeId) {
        let (first, last) = (self.node(from).first, self.node(from).last);
        let mut child = first;
        while let Some(id) = child.some() {
            self.node_mut(id).parent = to;
            child = self.node(id).next;
        }
        (self.node_mut(from).first, self.node_mut(from).last) = (NodeId::NONE, NodeId::NONE);
        (self.node_mut(to).first, self.node_mut(to).last) = (first, last);
    }

    /// Adds the attributes that an element does not have yet.
    pub(super) fn add_missing_attributes(&mut self, id: NodeId, more: &Range<u32>) {
        let Content::Element(tag, own) = &self.node(id).content else { return };
        let (tag, known) = (*tag, self.attributes_in(own));
        let is_missing = |new: &&Attribute<'p>| known.iter().all(|attribute| attribute.name != new.name);
        let missing: Vec<Attribute<'p>> = self.attributes_in(more).iter().filter(is_missing).cloned().collect();
        if missing.is_empty() {
            return;
        }
        let all = [known, &missing].concat();
        let start = self.attributes.len() as u32;
        self.attributes.extend(all);
        self.node_mut(id).content = Content::Element(tag, start..self.attributes.len() as u32);
    }
}
