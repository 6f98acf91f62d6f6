//! The elements of a page and how much running text each holds.

use crate::block::Document;
use crate::knowledge::{RoleSet, TokenRoles};

use super::lines::Line;

/// What an element's share of a level up costs: the container of a story is its paragraphs' parent, not the page.
const DECAY: f32 = 0.65;

/// What one element holds, with all inside it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Container {
    /// Words of running text.
    pub(super) prose: f32,
    /// Blocks.
    pub(super) blocks: f32,
    /// Characters.
    pub(super) chars: f32,
    /// Characters inside links.
    pub(super) link_chars: f32,
    /// Words of running text, each level between costing a part.
    score: f32,
    /// What its names tell of.
    pub(super) roles: RoleSet,
}

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
    pub(super) fn of(document: &Document, lines: &[Line<'_>], tokens: &TokenRoles) -> Self {
        let roles = |element| Container { roles: tokens.roles_of(element), ..Container::default() };
        let mut all: Vec<Container> = document.elements.iter().map(roles).collect();
        let mut prose = 0.0;
        for (block, line) in document.blocks.iter().zip(lines) {
            prose += line.prose;
            let Some(container) = block.element.and_then(|element| all.get_mut(element)) else { continue };
            container.prose += line.prose;
            container.score += line.prose;
            container.blocks += 1.0;
            container.chars += line.chars;
            container.link_chars += block.link_chars as f32;
        }
        // An element stands behind its parent in the list: one pass from the end sums up the whole tree.
        for index in (0..all.len()).rev() {
            let Some(parent) = document.elements[index].parent else { continue };
            let child = all[index];
            let around = &mut all[parent];
            around.prose += child.prose;
            around.score += child.score * DECAY;
            around.blocks += child.blocks;
            around.chars += child.chars;
            around.link_chars += child.link_chars;
        }
        let best = (0..all.len()).max_by(|a, b| all[*a].score.total_cmp(&all[*b].score));
        Containers { best: best.filter(|best| all[*best].score > 0.0), all, prose }
    }
}
