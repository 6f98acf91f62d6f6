//! What the phrases of a page say of the boxes and forms that they stand in.

use crate::knowledge::model::KINDS;
use crate::verdict::Role;

use super::super::page::PageView;
use super::super::scores::yes;

/// How many blocks say a phrase of each of [`KINDS`].
type Said = [f32; KINDS.len()];

/// The blocks of a page that say what they are, by the elements around them and by their form: what stands beside them is
/// of their kind.
pub(crate) struct Kin {
    /// For each element.
    by_element: Vec<Said>,
    /// For each group of blocks of one form.
    by_form: Vec<Said>,
}

impl Kin {
    /// Counts the phrases of a page.
    pub(crate) fn of(page: &PageView<'_>) -> Self {
        let mut kin = Kin {
            by_element: vec![Said::default(); page.document.elements.len()],
            by_form: vec![Said::default(); page.group_sums.len()],
        };
        for (index, (block, line)) in page.document.blocks.iter().zip(&page.lines).enumerate() {
            let Some(kind) = line.hits.first().and_then(|hit| number_of(hit.role)) else { continue };
            kin.by_form[page.groups[index]][kind] += 1.0;
            if let Some(said) = block.element.and_then(|element| kin.by_element.get_mut(element)) {
                said[kind] += 1.0;
            }
        }
        // An element stands behind its parent in the list: one pass from the end sums up the whole tree.
        for index in (0..kin.by_element.len()).rev() {
            let Some(parent) = page.document.elements.parent(index) else { continue };
            let own = kin.by_element[index];
            kin.by_element[parent].iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
        }
        kin
    }

    /// How many of the other blocks in the element `level` levels around a block say a phrase of `role`, for each block
    /// of it.
    pub(super) fn share_around(&self, page: &PageView<'_>, block: usize, level: usize, role: Role) -> f32 {
        let (Some(element), Some(kind)) = (page.place(block).level(level), number_of(role)) else { return 0.0 };
        let said = self.by_element.get(element).map_or(0.0, |said| said[kind]);
        (said - says(page, block, role)) / page.containers.all[element].blocks.max(1.0)
    }

    /// How many of the other blocks of a block's form say a phrase of `role`, for each block of it.
    pub(super) fn share_alike(&self, page: &PageView<'_>, block: usize, role: Role) -> f32 {
        let group = page.groups[block];
        let Some(kind) = number_of(role) else { return 0.0 };
        (self.by_form[group][kind] - says(page, block, role)) / page.group_sums[group].blocks.max(1.0)
    }
}

/// 1 where a phrase of `role` is the first that a block says, else 0.
pub(super) fn says(page: &PageView<'_>, block: usize, role: Role) -> f32 {
    yes(page.lines[block].hits.first().is_some_and(|hit| hit.role == role))
}

/// The number of a role among [`KINDS`].
fn number_of(role: Role) -> Option<usize> {
    KINDS.iter().position(|kind| *kind == role)
}
