//! Cuts text that has no markup into blocks: a line is a block.

use crate::block::{Block, BlockKind, Document, Origin, PageSigns};
use crate::page::Page;

/// The lines of a text, those of white space alone left out.
pub(super) fn segment_text(page: &Page) -> Document {
    let lines = page.text.lines().map(str::trim).filter(|line| !line.is_empty());
    let signs = PageSigns { plain_text: true, ..PageSigns::default() };
    Document { blocks: lines.map(line_block).collect(), signs, ..Document::default() }
}

fn line_block(line: &str) -> Block {
    Block {
        text: line.to_owned(),
        kind: BlockKind::Paragraph,
        link_chars: 0,
        emphasis_chars: 0,
        spans: Vec::new(),
        element: None,
        origin: Origin::Page,
    }
}
