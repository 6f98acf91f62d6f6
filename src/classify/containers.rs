//! The elements of a page and how much running text each holds.

use rustc_hash::FxHashMap;

use crate::block::{BlockKind, Document, Elements};
use crate::knowledge::RoleSet;

use super::forms::Forms;
use super::lines::Line;
use super::markup::Names;
use super::scores::yes;

/// What an element's share of a level up costs: the container of a story is its paragraphs' parent, not the page.
const DECAY: f32 = 0.65;

/// What one element holds, with all inside it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Container {
    /// Words of running text.
    pub(super) prose: f32,
    /// Words.
    pub(super) words: f32,
    /// Blocks.
    pub(super) blocks: f32,
    /// Blocks that say a sure phrase of an insert.
    pub(super) inserts: f32,
    /// Blocks that say a phrase of a sign-up or an offer.
    pub(super) pitches: f32,
    /// Headings that are links.
    pub(super) linked_headings: f32,
    /// Elements of the same parent, tag and class, itself included.
    pub(super) twins: f32,
    /// Characters.
    pub(super) chars: f32,
    /// Characters inside links.
    pub(super) link_chars: f32,
    /// Words of running text, each level between costing a part.
    pub(super) score: f32,
    /// What its names tell of.
    pub(super) roles: RoleSet,
}

/// What no element holds.
static NOTHING: Container = Container {
    prose: 0.0,
    words: 0.0,
    blocks: 0.0,
    inserts: 0.0,
    pitches: 0.0,
    linked_headings: 0.0,
    twins: 0.0,
    chars: 0.0,
    link_chars: 0.0,
    score: 0.0,
    roles: RoleSet::NONE,
};

impl Container {
    /// Link characters / characters, in 0..=1.
    pub(super) fn link_density(&self) -> f32 {
        if self.chars == 0.0 { 0.0 } else { self.link_chars / self.chars }
    }
}

/// The containers of a page.
#[derive(Debug)]
pub(super) struct Containers {
    /// One for each of [`Document::elements`].
    pub(super) all: Vec<Container>,
    /// Words of running text of the whole page.
    pub(super) prose: f32,
    /// The container of most running text: an index into `all`.
    pub(super) best: Option<usize>,
}

impl Containers {
    pub(super) fn of(document: &Document, lines: &[Line<'_>], forms: &Forms, names: &[Names]) -> Self {
        let mut all: Vec<Container> =
            names.iter().map(|names| Container { roles: names.roles, ..Container::default() }).collect();
        let mut prose = 0.0;
        for (block, line) in document.blocks.iter().zip(lines) {
            prose += line.prose;
            let Some(container) = block.element.and_then(|element| all.get_mut(element)) else { continue };
            container.prose += line.prose;
            container.score += line.prose;
            container.words += line.words;
            container.blocks += 1.0;
            container.inserts += yes(line.is_insert());
            container.pitches += yes(line.is_pitch());
            container.linked_headings += yes(is_heading(block.kind) && line.link_density > 0.8);
            container.chars += line.chars;
            container.link_chars += block.link_chars as f32;
        }
        // An element stands behind its parent in the list: one pass from the end sums up the whole tree.
        for index in (0..all.len()).rev() {
            let Some(parent) = document.elements.parent(index) else { continue };
            let child = all[index];
            let around = &mut all[parent];
            around.prose += child.prose;
            around.score += child.score * DECAY;
            around.words += child.words;
            around.blocks += child.blocks;
            around.inserts += child.inserts;
            around.pitches += child.pitches;
            around.linked_headings += child.linked_headings;
            around.chars += child.chars;
            around.link_chars += child.link_chars;
        }
        count_twins(&document.elements, forms, &mut all);
        let best = (0..all.len()).max_by(|a, b| all[*a].score.total_cmp(&all[*b].score));
        Containers { best: best.filter(|best| all[*best].score > 0.0), all, prose }
    }
}

impl Containers {
    /// What an element holds; nothing where there is none.
    pub(super) fn of_element(&self, element: Option<usize>) -> &Container {
        element.and_then(|element| self.all.get(element)).unwrap_or(&NOTHING)
    }

    /// The score of the best container, at least 1.
    pub(super) fn best_score(&self) -> f32 {
        self.best.map_or(1.0, |best| self.all[best].score.max(1.0))
    }
}

fn is_heading(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Heading(_))
}

fn count_twins(elements: &Elements, forms: &Forms, all: &mut [Container]) {
    let mut known: FxHashMap<u64, usize> = FxHashMap::default();
    known.reserve(elements.len());
    let mut counts: Vec<f32> = Vec::with_capacity(elements.len());
    let mut kind = |(element, looks): (usize, &u64)| {
        let parent = elements.parent(element).map_or(0, |parent| parent as u64 + 1);
        // Two that are not alike are taken for it once in a hundred million pages.
        let alike = looks ^ parent.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let kind = *known.entry(alike).or_insert(counts.len());
        if kind == counts.len() {
            counts.push(0.0);
        }
        counts[kind] += 1.0;
        kind
    };
    let kinds: Vec<usize> = forms.looks.iter().enumerate().map(&mut kind).collect();
    for (kind, container) in kinds.into_iter().zip(all) {
        container.twins = counts[kind];
    }
}
