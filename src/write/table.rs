//! A table row's text cut into its cells.

use std::ops::Range;

use super::inline::nest;
use crate::block::{Block, Span};

/// What stands between two cells in the text of a row: see [`Block::text`].
const SEPARATOR: &str = " | ";

/// A cell of a table row.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cell<'a> {
    /// Its words; empty in an empty cell.
    pub text: &'a str,
    /// Its links and type, nested.
    pub spans: Vec<Span>,
}

/// The cells of a row. Links and type that reach over several are cut at their borders.
pub(super) fn cells(row: &Block) -> Vec<Cell<'_>> {
    let mut spans = nest(&row.text, &row.spans).into_iter().peekable();
    let mut open: Vec<Span> = Vec::new();
    let mut cells = Vec::new();
    let mut start = 0;
    for part in row.text.split(SEPARATOR) {
        let text = part.trim();
        let from = start + part.len() - part.trim_start().len();
        let range = from..from + text.len();
        open.extend(std::iter::from_fn(|| spans.next_if(|span| span.range.start < range.end)));
        cells.push(Cell { text, spans: open.iter().filter_map(|span| clipped(span, &range)).collect() });
        open.retain(|span| span.range.end > range.end);
        start += part.len() + SEPARATOR.len();
    }
    cells
}

/// The piece of the span inside the cell, counted from the cell's start.
fn clipped(span: &Span, cell: &Range<usize>) -> Option<Span> {
    let start = span.range.start.max(cell.start);
    let end = span.range.end.min(cell.end);
    (start < end).then(|| Span { range: start - cell.start..end - cell.start, kind: span.kind.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::{BlockKind, SpanKind};
    use crate::write::sample::block;

    #[test]
    fn cells_have_their_own_spans() {
        let mut row = block("Team |  | Points", BlockKind::TableRow);
        row.spans.push(Span { range: 2..15, kind: SpanKind::Strong });
        let strong = |range| vec![Span { range, kind: SpanKind::Strong }];
        assert_eq!(
            cells(&row),
            [
                Cell { text: "Team", spans: strong(2..4) },
                Cell { text: "", spans: vec![] },
                Cell { text: "Points", spans: strong(0..5) }
            ]
        );
    }
}
