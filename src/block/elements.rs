//! The block-level elements of a page. Their names lie in one buffer: a page has hundreds of them.

use std::ops::Range;

/// The block-level elements of a page, in the order of their start tags.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Elements {
    all: Vec<Entry>,
    /// The number of the element around each, or [`NO_PARENT`]: a page is gone through many times by these alone.
    parents: Vec<u32>,
    /// The names of all, one behind the other.
    names: String,
}

/// A block-level element, as written but for the tag. An attribute that it does not have is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Element<'a> {
    /// The block-level element around it: its number in [`Elements`], always smaller than its own.
    pub parent: Option<usize>,
    /// The tag's name, in lower case.
    pub tag: &'a str,
    /// The `class` attribute.
    pub class: &'a str,
    /// The `id` attribute.
    pub id: &'a str,
    /// The `role` attribute.
    pub role: &'a str,
    /// The `itemprop` attribute.
    pub itemprop: &'a str,
    /// The `data-testid` (or `data-test-id`, `data-qa`) attribute.
    pub data_testid: &'a str,
    /// The `data-component` (or `data-component-name`, `data-module`) attribute.
    pub data_component: &'a str,
    /// Whether the markup hides the element: `hidden`, `display:none`, a closed `dialog`.
    pub hidden: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    /// Where its names begin.
    start: u32,
    /// Where its tag and each of its names end, in the order of [`Element`].
    ends: [u32; NAMES],
    hidden: bool,
}

/// Names of an element, its tag among them.
const NAMES: usize = 7;

/// The parent of an outermost element.
const NO_PARENT: u32 = u32::MAX;

impl Elements {
    /// None, with room for so many.
    pub(crate) fn with_room(count: usize) -> Self {
        /// Bytes of names that most elements stay below.
        const BYTES: usize = 48;
        let (all, parents) = (Vec::with_capacity(count), Vec::with_capacity(count));
        Elements { all, parents, names: String::with_capacity(count * BYTES) }
    }

    /// Adds an element. Its number.
    pub(crate) fn push(&mut self, element: &Element<'_>) -> usize {
        let Element { parent, tag, class, id, role, itemprop, data_testid, data_component, hidden } = *element;
        let start = self.names.len() as u32;
        let mut ends = [0; NAMES];
        for (end, name) in ends.iter_mut().zip([tag, class, id, role, itemprop, data_testid, data_component]) {
            if !name.is_empty() {
                self.names.push_str(name);
            }
            *end = self.names.len() as u32;
        }
        self.all.push(Entry { start, ends, hidden });
        self.parents.push(parent.map_or(NO_PARENT, |parent| parent as u32));
        self.all.len() - 1
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Element<'_>> {
        self.all.iter().zip(&self.parents).map(|(entry, parent)| self.element(entry, *parent))
    }

    /// An element by its number.
    #[inline]
    pub fn get(&self, index: usize) -> Option<Element<'_>> {
        self.all.get(index).zip(self.parents.get(index)).map(|(entry, parent)| self.element(entry, *parent))
    }

    /// The number of the element around one; nothing for the outermost, and where there is none of this number.
    #[inline]
    pub fn parent(&self, index: usize) -> Option<usize> {
        self.parents.get(index).and_then(|parent| parent_of(*parent))
    }

    /// The name of an element's tag; empty where there is none of this number.
    #[inline]
    pub fn tag(&self, index: usize) -> &str {
        self.all.get(index).map_or("", |entry| self.name(entry.start..entry.ends[0]))
    }

    /// The `class` attribute of an element; empty where there is none of this number.
    #[inline]
    pub fn class(&self, index: usize) -> &str {
        self.all.get(index).map_or("", |entry| self.name(entry.ends[0]..entry.ends[1]))
    }

    /// The tag and the class of an element as one text, and the length of the tag: alike where two elements have the same.
    #[inline]
    pub(crate) fn look(&self, index: usize) -> (&str, u32) {
        let look = |entry: &Entry| (self.name(entry.start..entry.ends[1]), entry.ends[0] - entry.start);
        self.all.get(index).map_or(("", 0), look)
    }

    /// The names of an element beside its class as one text, and where each ends: alike where two elements have the
    /// same. Nothing for one that has no others.
    #[inline]
    pub(crate) fn names_beside_class(&self, index: usize) -> Option<(&str, [u32; NAMES - 2])> {
        let Entry { ends: [_, class, names @ ..], .. } = self.all.get(index)?;
        let beside = self.name(*class..names[names.len() - 1]);
        (!beside.is_empty()).then(|| (beside, names.map(|end| end - class)))
    }

    /// Whether the markup hides an element; false where there is none of this number.
    #[inline]
    pub fn hidden(&self, index: usize) -> bool {
        self.all.get(index).is_some_and(|entry| entry.hidden)
    }

    /// An element and those around it, innermost first: their numbers.
    pub(crate) fn around(&self, innermost: Option<usize>) -> impl Iterator<Item = usize> + Clone {
        std::iter::successors(innermost, |index| self.parent(*index))
    }

    #[inline]
    fn element(&self, entry: &Entry, parent: u32) -> Element<'_> {
        let [tag, class, id, role, itemprop, data_testid, data_component] = entry.ends;
        Element {
            parent: parent_of(parent),
            tag: self.name(entry.start..tag),
            class: self.name(tag..class),
            id: self.name(class..id),
            role: self.name(id..role),
            itemprop: self.name(role..itemprop),
            data_testid: self.name(itemprop..data_testid),
            data_component: self.name(data_testid..data_component),
            hidden: entry.hidden,
        }
    }

    #[inline]
    fn name(&self, range: Range<u32>) -> &str {
        self.names.get(range.start as usize..range.end as usize).unwrap_or_default()
    }
}

fn parent_of(parent: u32) -> Option<usize> {
    (parent != NO_PARENT).then_some(parent as usize)
}

/// The block ancestors of a block, nearest first.
#[derive(Debug, Clone)]
pub struct ElementPath<'a> {
    pub(super) elements: &'a Elements,
    pub(super) next: Option<usize>,
}

impl<'a> Iterator for ElementPath<'a> {
    type Item = Element<'a>;

    fn next(&mut self) -> Option<Element<'a>> {
        let element = self.elements.get(self.next?)?;
        self.next = element.parent;
        Some(element)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_has_its_own_names() {
        let mut elements = Elements::with_room(2);
        let body = Element { tag: "body", class: "page", data_component: "root", ..Element::default() };
        let story = Element { parent: Some(0), tag: "div", id: "été", hidden: true, ..Element::default() };
        assert_eq!(elements.push(&body), 0);
        assert_eq!(elements.push(&story), 1);
        assert_eq!(elements.iter().collect::<Vec<_>>(), [body, story]);
        assert_eq!((elements.get(1), elements.get(2)), (Some(story), None));
        assert_eq!((elements.tag(1), elements.class(0), elements.class(2)), ("div", "page", ""));
        assert_eq!([0, 1, 2].map(|index| elements.hidden(index)), [false, true, false]);
        assert_eq!([0, 1, 2].map(|index| elements.look(index)), [("bodypage", 4), ("div", 3), ("", 0)]);
        let beside = [0, 1, 2].map(|index| elements.names_beside_class(index));
        assert_eq!(beside, [Some(("root", [0, 0, 0, 0, 4])), Some(("été", [5; 5])), None]);
        assert_eq!(elements.around(Some(1)).collect::<Vec<_>>(), [1, 0]);
    }
}
