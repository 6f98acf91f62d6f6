//! Tables of data, and tables that only lay a page out.

use super::super::dom::{DomElement, Event};
use super::super::slim::Tag;
use super::tags::heading_level;

/// Steps of a table that are looked at. A table of data shows itself within its first rows.
const LOOK: usize = 4_000;
/// Characters of a cell that is a cell; a longer one is text that was laid out with a table.
const MAX_CELL_CHARS: usize = 400;

/// Whether a table holds data: two columns at least, no table or section inside, no cell that is a text of its own.
pub(super) fn is_data_table(table: DomElement<'_>) -> bool {
    let mut cells_in_row = 0;
    let mut widest_row = 0;
    let mut cell_chars = 0;
    let mut paragraphs = 0;
    for event in table.walk().take(LOOK) {
        match event {
            Event::Open(element) => match element.tag() {
                Tag::TABLE | Tag::ARTICLE | Tag::SECTION | Tag::FORM | Tag::NAV | Tag::ASIDE | Tag::IFRAME => {
                    return false;
                }
                Tag::TR => cells_in_row = 0,
                Tag::TD | Tag::TH => {
                    cells_in_row += 1;
                    widest_row = widest_row.max(cells_in_row);
                    cell_chars = 0;
                    paragraphs = 0;
                }
                Tag::P | Tag::BLOCKQUOTE => paragraphs += 1,
                tag if heading_level(tag).is_some() => paragraphs += 1,
                _ => {}
            },
            Event::Text(text) => cell_chars += text.trim().chars().count(),
            Event::Close(_) => {}
        }
        if cell_chars > MAX_CELL_CHARS || paragraphs > 2 {
            return false;
        }
    }
    widest_row > 1
}
