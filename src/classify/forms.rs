//! The forms of a page's elements: many have the same tag and names, and are looked at once.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use crate::block::Document;

/// Elements by form.
#[derive(Debug)]
pub(super) struct Forms {
    /// For each element, the number of its form: of its tag, its parent's tag and its names. Nothing where it has no
    /// block in it that is asked for.
    of_elements: Vec<Option<usize>>,
    /// For each form, an element that has it.
    pub(super) examples: Vec<usize>,
    /// For each element, the hash of its tag and class.
    pub(super) looks: Vec<u64>,
}

impl Forms {
    /// The forms of the elements around the blocks that are `asked_for`.
    pub(super) fn of(document: &Document, asked_for: &[bool]) -> Self {
        let elements = &document.elements;
        let mut known: FxHashMap<u64, usize> = FxHashMap::default();
        let mut examples = Vec::new();
        let looks: Vec<u64> = (0..elements.len()).map(|index| hash_of(&elements.look(index))).collect();
        let mut form = |(index, holds): (usize, bool)| {
            let form = || {
                let around = elements.parent(index).map(|parent| elements.tag(parent));
                hash_of(&(looks[index], around, elements.names_beside_class(index)))
            };
            holds.then(|| {
                *known.entry(form()).or_insert_with(|| {
                    examples.push(index);
                    examples.len() - 1
                })
            })
        };
        let of_elements = with_blocks(document, asked_for).into_iter().enumerate().map(&mut form).collect();
        Forms { of_elements, examples, looks }
    }

    /// What is known of the form of each element, of what is known of the forms; the default where it has none.
    pub(super) fn spread<T: Copy + Default>(&self, known: &[T]) -> Vec<T> {
        self.of_elements.iter().map(|form| form.map_or_else(T::default, |form| known[form])).collect()
    }
}

/// For each element, whether it has a block in it that is asked for.
fn with_blocks(document: &Document, asked_for: &[bool]) -> Vec<bool> {
    let mut with_blocks = vec![false; document.elements.len()];
    for (block, _) in document.blocks.iter().zip(asked_for).filter(|(_, asked_for)| **asked_for) {
        if let Some(holds) = block.element.and_then(|element| with_blocks.get_mut(element)) {
            *holds = true;
        }
    }
    for index in (0..with_blocks.len()).rev() {
        if let Some(parent) = document.elements.parent(index).filter(|_| with_blocks[index]) {
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
