//! Type that is open where its element is not (section 13.2.4.3): `<p><b>one<p>two` is bold in both paragraphs. And
//! type that ends amid other elements (13.2.6.4.7, the "adoption agency"): `<b><p>one</b>two</p>`.

use std::ops::Range;

use super::open::{Open, Scope};
use super::{Builder, Place, Start, sets};
use crate::segment::dom::tree::{Content, NodeId};
use crate::segment::slim::Tag;

/// Elements alike that are opened again; of more, the first are forgotten (the "Noah's Ark clause").
const MAX_ALIKE: usize = 3;
/// Elements that are opened again, alike or not; of more, the first are forgotten.
const MAX_ENTRIES: usize = 128;
/// Elements between the type that ends and the block it ends in that are opened again.
const MAX_BETWEEN: usize = 3;
/// Blocks that one end tag moves type out of.
const MAX_BLOCKS: usize = 8;
/// Elements that are opened again on any page; beyond, one for each tag and text.
const MIN_ROOM: usize = 10_000;
/// Bytes of attributes that take as much room as one element: they are held for each anew.
const BYTES_AN_ELEMENT: usize = 128;

/// The list of active formatting elements.
#[derive(Debug)]
pub(super) struct Formatting {
    entries: Vec<Entry>,
    /// Elements that may yet be opened again: a page that never closes its type would have one for each word.
    room: usize,
}

#[derive(Debug, Clone)]
enum Entry {
    /// A cell or the like begins: what is ahead of it does not go on inside.
    Marker,
    Element(Type),
}

/// An element that is type, and the tag that opened it.
#[derive(Debug, Clone)]
struct Type {
    node: NodeId,
    tag: Tag,
    attributes: Range<u32>,
}

impl Default for Formatting {
    fn default() -> Self {
        Formatting { entries: Vec::new(), room: MIN_ROOM }
    }
}

impl Formatting {
    /// Whether there is no type that might be opened again.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// One more tag or text of the page.
    pub(super) fn add_room(&mut self) {
        self.room += 1;
    }

    pub(super) fn push_marker(&mut self) {
        self.entries.push(Entry::Marker);
    }

    /// Forgets what was opened since the last marker.
    pub(super) fn clear_to_marker(&mut self) {
        while self.entries.pop().is_some_and(|entry| !matches!(entry, Entry::Marker)) {}
    }

    /// Forgets the links from `first` on. Where a block ended amid a link the standard goes on with it in the next one,
    /// up to the next link; but then a forgotten end tag makes a link of a whole story.
    fn forget_links(&mut self, first: usize) {
        let behind = self.entries.split_off(first);
        self.entries
            .extend(behind.into_iter().filter(|entry| !matches!(entry, Entry::Element(open) if open.tag == Tag::A)));
    }

    fn since_marker(&self) -> impl Iterator<Item = (usize, &Type)> {
        self.entries.iter().enumerate().rev().map_while(|(index, entry)| match entry {
            Entry::Marker => None,
            Entry::Element(open) => Some((index, open)),
        })
    }

    /// The innermost element that is called `tag`.
    fn last(&self, tag: Tag) -> Option<(usize, Type)> {
        self.since_marker().find(|(_, open)| open.tag == tag).map(|(index, open)| (index, open.clone()))
    }

    /// The place of an element that was opened since the last marker.
    fn place_of(&self, node: NodeId) -> Option<usize> {
        self.since_marker().find(|(_, open)| open.node == node).map(|(index, _)| index)
    }

    fn get(&self, node: NodeId) -> Option<(usize, Type)> {
        let index = self.place_of(node)?;
        match &self.entries[index] {
            Entry::Element(open) => Some((index, open.clone())),
            Entry::Marker => None,
        }
    }

    fn remove_node(&mut self, node: NodeId) {
        if let Some(index) = self.place_of(node) {
            self.entries.remove(index);
        }
    }
}

impl Builder<'_> {
    /// Opens an element that is type.
    pub(super) fn insert_formatting(&mut self, start: &Start) {
        let attributes = self.tree.attributes_in(&start.attributes);
        let alike = |open: &Type| open.tag == start.tag && self.tree.attributes_in(&open.attributes) == attributes;
        let first = self.formatting.since_marker().filter(|(_, open)| alike(open)).nth(MAX_ALIKE - 1);
        let first = first.or_else(|| self.formatting.since_marker().nth(MAX_ENTRIES - 1));
        if let Some(index) = first.map(|(index, _)| index) {
            self.formatting.entries.remove(index);
        }
        let node = self.insert(start);
        let open = Type { node, tag: start.tag, attributes: start.attributes.clone() };
        self.formatting.entries.push(Entry::Element(open));
    }

    /// Opens the type again that is not open any more.
    #[inline]
    pub(super) fn reopen_formatting(&mut self) {
        if !self.formatting.is_empty() {
            self.reopen_closed();
        }
    }

    fn reopen_closed(&mut self) {
        if self.open.len() >= self.max_open {
            return;
        }
        let is_done = |entry: &Entry| match entry {
            Entry::Marker => true,
            Entry::Element(open) => self.open.place_of(open.node).is_some(),
        };
        let closed = self.formatting.entries.iter().rev().take_while(|entry| !is_done(entry)).count();
        if closed == 0 {
            return;
        }
        let first = self.formatting.entries.len() - closed;
        self.formatting.forget_links(first);
        for index in first..self.formatting.entries.len() {
            let Entry::Element(Type { tag, attributes, .. }) = self.formatting.entries[index].clone() else { return };
            let room = self.formatting.room.checked_sub(self.room_of(&attributes));
            let Some(room) = room.filter(|_| self.open.len() < self.max_open) else {
                // What cannot be opened now never will be: it would only be looked at again with each text.
                self.formatting.entries.truncate(index);
                return;
            };
            self.formatting.room = room;
            let node = self.insert(&Start { tag, attributes: attributes.clone() });
            self.formatting.entries[index] = Entry::Element(Type { node, tag, attributes });
        }
    }

    /// The room that an element with these attributes takes, in elements.
    fn room_of(&self, attributes: &Range<u32>) -> usize {
        let bytes = self.tree.attributes_in(attributes).iter().map(|attribute| attribute.value.len()).sum::<usize>();
        1 + bytes / BYTES_AN_ELEMENT
    }

    /// A link ends where the next one begins.
    pub(super) fn close_link(&mut self) {
        let Some((_, link)) = self.formatting.last(Tag::A) else { return };
        self.end_formatting(Tag::A);
        self.formatting.remove_node(link.node);
        self.open.remove_node(link.node);
    }

    /// Ends type.
    pub(super) fn end_formatting(&mut self, tag: Tag) {
        if let Some(top) = self.open.top().filter(|top| top.tag == tag)
            && self.formatting.place_of(top.node).is_none()
        {
            self.open.pop();
            return;
        }
        for _ in 0..MAX_BLOCKS {
            let Some((index, ending)) = self.formatting.last(tag) else { return self.end_any(tag) };
            let Some(depth) = self.open.place_of(ending.node) else {
                self.formatting.entries.remove(index);
                return;
            };
            if !self.open.any_in(Scope::Usual, |open| open.node == ending.node) {
                return;
            }
            let Some(block) = self.open.iter().skip(depth).position(|open| sets::is_special(open.tag)) else {
                self.open.truncate(depth);
                self.formatting.entries.remove(index);
                return;
            };
            if !self.move_out_of_block(&ending, depth, depth + block) {
                return;
            }
        }
    }

    /// Ends type that stands at `depth` ahead of the block at `block`, and opens it again inside. `false` where there
    /// is nothing to be done.
    fn move_out_of_block(&mut self, ending: &Type, depth: usize, block: usize) -> bool {
        let around = depth.checked_sub(1).and_then(|above| self.open.get(above));
        let (Some(around), Some(furthest)) = (around, self.open.get(block)) else { return false };
        let (last, behind) = self.reopen_between(depth, block);
        self.tree.detach(last);
        let place = self.place_in(Some(around));
        self.tree.insert(place, last);
        // Opened again inside the block, around all that it holds.
        let node = self.tree.add(Content::Element(ending.tag, ending.attributes.clone()));
        self.tree.move_children(furthest.node, node);
        self.tree.insert(Place::LastOf(furthest.node), node);
        let entry = Entry::Element(Type { node, ..ending.clone() });
        let place = behind.and_then(|behind| self.formatting.place_of(behind));
        match (place, self.formatting.place_of(ending.node)) {
            (Some(behind), _) => {
                self.formatting.entries.insert(behind + 1, entry);
                self.formatting.remove_node(ending.node);
            }
            (None, Some(own)) => self.formatting.entries[own] = entry,
            (None, None) => self.formatting.entries.push(entry),
        }
        self.open.remove_node(ending.node);
        if let Some(block) = self.open.place_of(furthest.node) {
            self.open.insert(block + 1, Open { tag: ending.tag, node });
        }
        true
    }

    /// Opens the type between `depth` and the block again around the block, and closes what else is open there. Gives
    /// the outermost of these elements, and the innermost one, if there are any.
    fn reopen_between(&mut self, depth: usize, block: usize) -> (NodeId, Option<NodeId>) {
        let mut last = self.open.get(block).map_or(NodeId::ROOT, |open| open.node);
        let mut innermost = None;
        for (count, index) in (depth + 1..block).rev().enumerate() {
            let Some(between) = self.open.get(index) else { continue };
            let entry = self.formatting.get(between.node);
            let Some((entry, open)) = entry.filter(|_| count < MAX_BETWEEN) else {
                self.formatting.remove_node(between.node);
                self.open.remove(index);
                continue;
            };
            let node = self.tree.add(Content::Element(open.tag, open.attributes.clone()));
            self.open.replace(index, Open { tag: open.tag, node });
            self.formatting.entries[entry] = Entry::Element(Type { node, ..open });
            innermost = innermost.or(Some(node));
            self.tree.detach(last);
            self.tree.insert(Place::LastOf(node), last);
            last = node;
        }
        (last, innermost)
    }
}
