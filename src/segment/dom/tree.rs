//! The nodes of a page, as html5ever's tree builder puts them together.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};
use std::num::NonZeroU32;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, QualName, local_name, ns};

/// The place of a node in its tree, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NodeId(NonZeroU32);

/// The document.
pub(super) const ROOT: NodeId = NodeId(NonZeroU32::MIN);

/// A tree; no node ever leaves it, though it may hang on nothing.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// The name of nodes that are no elements. Nobody reads it, but the tree builder's interface wants one.
    no_name: QualName,
}

/// A node and its neighbours.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) parent: Option<NodeId>,
    pub(super) previous: Option<NodeId>,
    pub(super) next: Option<NodeId>,
    pub(super) first_child: Option<NodeId>,
    pub(super) last_child: Option<NodeId>,
    pub(super) value: NodeValue,
}

/// What a node is.
#[derive(Debug, Default)]
pub(super) enum NodeValue {
    /// An element.
    Element(Element),
    /// Text.
    Text(StrTendril),
    /// The document, the content of a template, a comment.
    #[default]
    Other,
}

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: QualName,
    /// Ordered by name.
    pub(super) attributes: Vec<Attribute>,
}

impl Tree {
    fn new() -> Self {
        Tree { nodes: vec![Node::default()], no_name: QualName::new(None, ns!(html), local_name!("")) }
    }

    /// The places of all nodes, in the order in which they began.
    pub(super) fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.nodes.len()).map(Tree::id)
    }

    fn id(index: usize) -> NodeId {
        NodeId(NonZeroU32::MIN.saturating_add(index as u32))
    }

    /// The node at a place.
    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0.get() as usize - 1]
    }

    fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.0.get() as usize - 1]
    }

    fn name(&self, id: NodeId) -> &QualName {
        match &self.node(id).value {
            NodeValue::Element(element) => &element.name,
            _ => &self.no_name,
        }
    }

    fn add(&mut self, value: NodeValue) -> NodeId {
        self.nodes.push(Node { value, ..Node::default() });
        Tree::id(self.nodes.len() - 1)
    }

    fn detach(&mut self, id: NodeId) {
        let node = self.node_mut(id);
        let (parent, previous, next) = (node.parent.take(), node.previous.take(), node.next.take());
        let Some(parent) = parent else { return };
        match previous {
            Some(previous) => self.node_mut(previous).next = next,
            None => self.node_mut(parent).first_child = next,
        }
        match next {
            Some(next) => self.node_mut(next).previous = previous,
            None => self.node_mut(parent).last_child = previous,
        }
    }

    fn append(&mut self, parent: NodeId, child: NodeId) {
        self.detach(child);
        let last = self.node_mut(parent).last_child.replace(child);
        match last {
            Some(last) => self.node_mut(last).next = Some(child),
            None => self.node_mut(parent).first_child = Some(child),
        }
        let node = self.node_mut(child);
        (node.parent, node.previous) = (Some(parent), last);
    }

    fn insert_before(&mut self, sibling: NodeId, child: NodeId) {
        self.detach(child);
        let Node { parent: Some(parent), previous, .. } = *self.node(sibling) else { return };
        match previous {
            Some(previous) => self.node_mut(previous).next = Some(child),
            None => self.node_mut(parent).first_child = Some(child),
        }
        self.node_mut(sibling).previous = Some(child);
        let node = self.node_mut(child);
        (node.parent, node.previous, node.next) = (Some(parent), previous, Some(sibling));
    }

    /// Adds text to the text node `before`, if it is one. Gives the text back otherwise.
    fn join(&mut self, before: Option<NodeId>, text: StrTendril) -> Option<StrTendril> {
        match before.map(|before| &mut self.node_mut(before).value) {
            Some(NodeValue::Text(known)) => {
                known.push_tendril(&text);
                None
            }
            _ => Some(text),
        }
    }
}

/// Takes the tree builder's orders.
pub(super) struct TreeMaker {
    tree: RefCell<Tree>,
}

impl TreeMaker {
    /// A maker of a tree of about as many nodes.
    pub(super) fn with_capacity(nodes: usize) -> Self {
        let mut tree = Tree::new();
        tree.nodes.reserve(nodes);
        TreeMaker { tree: RefCell::new(tree) }
    }
}

fn sorted(mut attributes: Vec<Attribute>) -> Vec<Attribute> {
    attributes.sort_by(|one, other| one.name.local.cmp(&other.name.local));
    attributes
}

impl TreeSink for TreeMaker {
    type Handle = NodeId;
    type Output = Tree;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn get_document(&self) -> NodeId {
        ROOT
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        Ref::map(self.tree.borrow(), |tree| tree.name(*target))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        let mut tree = self.tree.borrow_mut();
        let id = tree.add(NodeValue::Element(Element { name, attributes: sorted(attributes) }));
        if flags.template {
            let content = tree.add(NodeValue::Other);
            tree.append(id, content);
        }
        id
    }

    fn create_comment(&self, _text: StrTendril) -> NodeId {
        self.tree.borrow_mut().add(NodeValue::Other)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> NodeId {
        self.tree.borrow_mut().add(NodeValue::Other)
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public_id: StrTendril, _system_id: StrTendril) {}

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        let mut tree = self.tree.borrow_mut();
        let last = tree.node(*parent).last_child;
        let child = match child {
            NodeOrText::AppendNode(child) => child,
            NodeOrText::AppendText(text) => match tree.join(last, text) {
                Some(text) => tree.add(NodeValue::Text(text)),
                None => return,
            },
        };
        tree.append(*parent, child);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let mut tree = self.tree.borrow_mut();
        let before = tree.node(*sibling).previous;
        let child = match child {
            NodeOrText::AppendNode(child) => child,
            NodeOrText::AppendText(text) => match tree.join(before, text) {
                Some(text) => tree.add(NodeValue::Text(text)),
                None => return,
            },
        };
        tree.insert_before(*sibling, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.tree.borrow().node(*element).parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.tree.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.node(*node).first_child {
            tree.append(*new_parent, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        if let NodeValue::Element(element) = &mut self.tree.borrow_mut().node_mut(*target).value {
            let known: Vec<LocalName> = element.attributes.iter().map(|known| known.name.local.clone()).collect();
            let missing = attributes.into_iter().filter(|attribute| !known.contains(&attribute.name.local));
            element.attributes.extend(missing);
            element.attributes.sort_by(|one, other| one.name.local.cmp(&other.name.local));
        }
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        // Every template has its content as its first child.
        self.tree.borrow().node(*target).first_child.unwrap_or(*target)
    }
}
