//! The forms of a page's elements: many have the same tag and names, and are looked at once.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use crate::block::{Document, Element};

/// Elements by form.
#[derive(Debug)]
pub(super) struct Forms {
    /// For each element, the number of its form: of its tag, its parent's tag and its names. Nothing where it has no
    /// block in it.
    of_elements: Vec<Option<usize>>,
    /// For each form, an element that has it.
    examples: Vec<usize>,
    /// For each element, the hash of its tag and class.
    pub(super) looks: Vec<u64>,
}

impl Forms {
    pub(super) fn of(document: &Document) -> Self {
        let elements = &document.elements;
        let mut known: FxHashMap<u64, usize> = FxHashMap::default();
        let mut examples = Vec::new();
        let looks: Vec<u64> = elements.iter().map(|element| hash_of(&(&element.tag, &element.class))).collect();
        let mut form = |(index, holds): (usize, bool)| {
            let parent = elements[index].parent.and_then(|parent| elements.get(parent));
            holds.then(|| {
                *known.entry(hash_of_names(&elements[index], parent, looks[index])).or_insert_with(|| {
                    examples.push(index);
                    examples.len() - 1
                })
            })
        };
        let of_elements = with_blocks(document).into_iter().enumerate().map(&mut form).collect();
        Forms { of_elements, examples, looks }
    }

    /// What `see` says of each element; it is asked once a form, and not of elements without a block.
    pub(super) fn map<T: Copy + Default>(&self, see: impl FnMut(usize) -> T) -> Vec<T> {
        let seen: Vec<T> = self.examples.iter().copied().map(see).collect();
        self.of_elements.iter().map(|form| form.map_or_else(T::default, |form| seen[form])).collect()
    }
}

/// For each element, whether it has a block in it.
fn with_blocks(document: &Document) -> Vec<bool> {
    let mut with_blocks = vec![false; document.elements.len()];
    for block in &document.blocks {
        if let Some(holds) = block.element.and_then(|element| with_blocks.get_mut(element)) {
            *holds = true;
        }
    }
    for index in (0..with_blocks.len()).rev() {
        if let Some(parent) = document.elements[index].parent.filter(|_| with_blocks[index]) {
            with_blocks[parent] = true;
        }
    }
    with_blocks
}

fn hash_of(what: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    what.hash(&mut hasher);
    hasher.finish()
}

fn hash_of_names(element: &Element, parent: Option<&Element>, looks: u64) -> u64 {
    let Element { id, role, itemprop, data_testid, data_component, .. } = element;
    let mut hasher = FxHasher::default();
    (looks, parent.map(|parent| &parent.tag)).hash(&mut hasher);
    for named in [id, role, itemprop, data_testid, data_component].into_iter().enumerate() {
        if !named.1.is_empty() {
            named.hash(&mut hasher);
        }
    }
    hasher.finish()
}
