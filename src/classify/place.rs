//! Where the blocks of a page stand in its tree.

use crate::block::{Block, Document, Elements};
use crate::knowledge::RoleSet;

use super::containers::Containers;

/// Levels of elements around a block that are looked at one by one.
pub(super) const LEVELS: usize = 5;

/// Elements whose tag says something of what they hold.
pub(super) const TELLING_TAGS: [&str; 14] = [
    "article",
    "main",
    "aside",
    "footer",
    "header",
    "nav",
    "form",
    "figure",
    "button",
    "table",
    "ul",
    "blockquote",
    "address",
    "details",
];

/// Where a block stands in the tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Its nearest elements, nearest first; [`NOTHING`] where there is none.
    levels: [u32; LEVELS],
    /// Which of [`TELLING_TAGS`] are around it.
    pub(super) tags: u32,
    /// What the names of the two nearest elements tell of.
    pub(super) near: RoleSet,
    /// What the names of the next three tell of.
    pub(super) farther: RoleSet,
    /// What the names of any element around it tell of.
    pub(super) anywhere: RoleSet,
    /// An element around it is hidden.
    pub(super) hidden: bool,
    /// It stands in the best container.
    pub(super) in_best: bool,
    /// The outermost `article` around it; [`NOTHING`] where there is none.
    article: u32,
    /// Elements around it.
    pub(super) depth: u16,
}

/// The number of no element.
const NOTHING: u32 = u32::MAX;

/// Where a block stands that is in no element.
static OUTSIDE: Place = Place {
    levels: [NOTHING; LEVELS],
    tags: 0,
    near: RoleSet::NONE,
    farther: RoleSet::NONE,
    anywhere: RoleSet::NONE,
    hidden: false,
    in_best: false,
    article: NOTHING,
    depth: 0,
};

impl Place {
    /// The element `level` levels around.
    pub(super) fn level(&self, level: usize) -> Option<usize> {
        self.levels.get(level).filter(|element| **element != NOTHING).map(|element| *element as usize)
    }

    /// The nearest elements, nearest first.
    pub(super) fn levels(&self) -> impl Iterator<Item = usize> {
        self.levels.iter().filter(|element| **element != NOTHING).map(|element| *element as usize)
    }

    /// The outermost `article` around.
    pub(super) fn article(&self) -> Option<usize> {
        Some(self.article).filter(|article| *article != NOTHING).map(|article| article as usize)
    }
}

/// The number of a tag among [`TELLING_TAGS`].
fn telling_tag(tag: &str) -> Option<usize> {
    // Most elements are one of these, and need no search.
    if matches!(tag, "div" | "li" | "p" | "section" | "span") {
        return None;
    }
    TELLING_TAGS.iter().position(|telling| *telling == tag)
}

/// Where the elements of a page stand, and the blocks in them.
pub(super) struct Places {
    /// The place that each element gives to the blocks in it.
    of_elements: Vec<Place>,
    /// The nearest element of each block; [`NOTHING`] where there is none. A block is many times as large.
    elements: Vec<u32>,
}

impl Places {
    pub(super) fn of(document: &Document, containers: &Containers) -> Self {
        let element = |block: &Block| block.element.and_then(|element| u32::try_from(element).ok()).unwrap_or(NOTHING);
        Places {
            of_elements: places_of_elements(&document.elements, containers),
            elements: document.blocks.iter().map(element).collect(),
        }
    }

    /// Where a block stands.
    pub(super) fn of_block(&self, block: usize) -> &Place {
        self.element(block).and_then(|element| self.of_elements.get(element)).unwrap_or(&OUTSIDE)
    }

    /// Where a block stands that is right inside an element.
    pub(super) fn in_element(&self, element: usize) -> &Place {
        self.of_elements.get(element).unwrap_or(&OUTSIDE)
    }

    /// The nearest element around a block.
    pub(super) fn element(&self, block: usize) -> Option<usize> {
        self.elements.get(block).filter(|element| **element != NOTHING).map(|element| *element as usize)
    }
}

/// The place that each element gives to the blocks in it, where it has any. An element stands behind its parent in the
/// list.
fn places_of_elements(elements: &Elements, containers: &Containers) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(elements.len());
    for (index, container) in containers.all.iter().enumerate() {
        if container.blocks == 0.0 {
            places.push(OUTSIDE);
            continue;
        }
        let mut place = *elements.parent(index).and_then(|parent| places.get(parent)).unwrap_or(&OUTSIDE);
        place.levels.rotate_right(1);
        place.levels[0] = index as u32;
        let tag = elements.tag(index);
        if let Some(telling) = telling_tag(tag) {
            place.tags |= 1 << telling;
            if tag == "article" && place.article == NOTHING {
                place.article = index as u32;
            }
        }
        let roles = |level: usize| place.level(level).map_or(RoleSet::NONE, |element| containers.all[element].roles);
        let mut near = roles(0);
        near.add(roles(1));
        let mut farther = roles(2);
        farther.add(roles(3));
        farther.add(roles(4));
        place.near = near;
        place.farther = farther;
        place.anywhere.add(container.roles);
        place.hidden |= elements.hidden(index);
        place.in_best |= containers.best == Some(index);
        place.depth = place.depth.saturating_add(1);
        places.push(place);
    }
    places
}
