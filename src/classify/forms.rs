//! The forms of a page's elements: many have the same tag and names, and are looked at once.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use crate::block::Element;

/// Elements by form.
#[derive(Debug)]
pub(super) struct Forms {
    /// For each element, the number of its form: of its tag, its parent's tag and its names.
    of_elements: Vec<usize>,
    /// For each form, an element that has it.
    pub(super) examples: Vec<usize>,
    /// For each element, the hash of its tag and class.
    pub(super) looks: Vec<u64>,
}

impl Forms {
    pub(super) fn of(elements: &[Element]) -> Self {
        let mut known: FxHashMap<u64, usize> = FxHashMap::default();
        let mut forms = Forms {
            of_elements: Vec::with_capacity(elements.len()),
            examples: Vec::new(),
            looks: Vec::with_capacity(elements.len()),
        };
        for (index, element) in elements.iter().enumerate() {
            let Element { parent, tag, class, id, role, itemprop, data_testid, data_component, .. } = element;
            let mut hasher = FxHasher::default();
            (tag, class).hash(&mut hasher);
            forms.looks.push(hasher.finish());
            let parent = parent.and_then(|parent| elements.get(parent));
            (parent.map(|parent| &parent.tag), id, role, itemprop, data_testid, data_component).hash(&mut hasher);
            let form = *known.entry(hasher.finish()).or_insert(forms.examples.len());
            if form == forms.examples.len() {
                forms.examples.push(index);
            }
            forms.of_elements.push(form);
        }
        forms
    }

    /// What `see` says of each element; it is asked once a form.
    pub(super) fn map<T: Copy>(&self, see: impl FnMut(usize) -> T) -> Vec<T> {
        let seen: Vec<T> = self.examples.iter().copied().map(see).collect();
        self.of_elements.iter().map(|form| seen[*form]).collect()
    }
}
