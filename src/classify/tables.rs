//! The names of a table's columns live with the table.

use crate::block::BlockKind;
use crate::verdict::{Evidence, Verdict};

use super::page::PageView;
use super::repair::{is_dropped_by_score, kept_by_context};

/// Likelihood that a row has all of whose table is kept.
const IN_KEPT_TABLE: f32 = 0.6;

/// Keeps the first row of a table that the scores drop, where all others are kept.
pub(super) fn keep_heads_of_tables(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let tables: Vec<Option<usize>> = (0..verdicts.len()).map(|index| table_around(page, index)).collect();
    let mut rest = verdicts;
    for table in tables.chunk_by(|one, other| one == other) {
        let (blocks, behind) = rest.split_at_mut(table.len());
        rest = behind;
        if table[0].is_some()
            && let Some((head, rows)) = blocks.split_first_mut()
            && !rows.is_empty()
            && rows.iter().all(Verdict::is_keep)
            && is_dropped_by_score(head)
        {
            let story_likelihood = head.reason().story_likelihood.max(IN_KEPT_TABLE);
            *head = kept_by_context(vec![Evidence::AmongStory], story_likelihood);
        }
    }
}

/// The table of which a block is a row.
fn table_around(page: &PageView<'_>, index: usize) -> Option<usize> {
    let block = &page.document.blocks[index];
    let elements = &page.document.elements;
    let is_row = block.kind == BlockKind::TableRow;
    elements.around(block.element.filter(|_| is_row)).find(|element| elements.tag(*element) == "table")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;
    use crate::page::Page;
    use crate::segment::segment;
    use crate::verdict::{Reason, Role, Stage};

    /// Whether each row is kept, of tables whose rows the scores keep where `kept` says so.
    fn judged(html: &str, kept: &[bool]) -> Vec<bool> {
        let document = segment(&Page::from_html(html, None));
        let knowledge = Knowledge::builtin();
        let page = PageView::of(&document, &knowledge);
        let reason = Reason { role: Role::Story, stage: Stage::Score, evidence: Vec::new(), story_likelihood: 0.3 };
        let verdict = |kept: &bool| if *kept { Verdict::Keep(reason.clone()) } else { Verdict::Drop(reason.clone()) };
        let mut verdicts: Vec<Verdict> = kept.iter().map(verdict).collect();
        assert_eq!(verdicts.len(), document.blocks.len());
        keep_heads_of_tables(&page, &mut verdicts);
        verdicts.iter().map(Verdict::is_keep).collect()
    }

    fn table(rows: usize) -> String {
        format!("<table><tr><th>Year<th>Mills</tr>{}</table>", "<tr><td>1861<td>12</tr>".repeat(rows))
    }

    #[test]
    fn the_columns_of_a_table_that_stays_are_named() {
        assert_eq!(judged(&table(2), &[false, true, true]), [true, true, true]);
        assert_eq!(judged(&table(2), &[false, true, false]), [false, true, false]);
        assert_eq!(judged(&table(0), &[false]), [false]);
        // Two tables, the second of which goes.
        let two = table(1) + &table(1);
        assert_eq!(judged(&two, &[false, true, false, false]), [true, true, false, false]);
        assert_eq!(judged("<p>One<p>Two", &[false, true]), [false, true]);
    }
}
