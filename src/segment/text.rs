//! Cuts text that has no markup into blocks: a line is a block, and so is each part of a line to whose end another is
//! glued without a space, as scrapers glue an insert to the story ("Explore all your optionsHollande said").
//!
//! A cut costs nothing where both its sides are kept: they are joined again as they were.

mod glue;

use std::ops::Range;

use crate::block::{Block, BlockKind, Document, Origin, PageSigns, Scraped};
use crate::page::Page;

/// The lines of a text and their parts, those of white space alone left out.
pub(super) fn segment_text(page: &Page) -> Document {
    let mut ranges = Vec::new();
    for line in lines(&page.text) {
        glue::cut(&page.text, line, &mut ranges);
    }
    let signs = PageSigns { plain_text: true, ..PageSigns::default() };
    let blocks = ranges.iter().map(|range| block(&page.text[range.clone()])).collect();
    Document { blocks, signs, scraped: Some(Scraped { text: page.text.clone(), ranges }), ..Document::default() }
}

/// The lines without the white space at their ends; none is empty.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}']).filter_map(move |line| {
        let start = at + line.len() - line.trim_start().len();
        let end = at + line.trim_end().len();
        at += line.len();
        (start < end).then_some(start..end)
    })
}

fn block(text: &str) -> Block {
    Block {
        text: text.to_owned(),
        kind: BlockKind::Paragraph,
        link_chars: 0,
        emphasis_chars: 0,
        spans: Vec::new(),
        element: None,
        origin: Origin::Page,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::PageFormat;

    fn segmented(text: &str) -> Document {
        segment_text(&Page { text: text.to_owned(), url: None, format: PageFormat::Text, encoding: "UTF-8" })
    }

    #[test]
    fn blocks_lie_in_the_text_as_they_are() {
        let text = "\tOne line. \r\n\r\n  Sign up for our newsletterThe mayor left.\n";
        let document = segmented(text);
        let blocks: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(blocks, ["One line.", "Sign up for our newsletter", "The mayor left."]);
        let scraped = document.scraped.expect("text");
        assert!(scraped.ranges.iter().zip(&blocks).all(|(range, block)| scraped.text[range.clone()] == **block));
    }

    #[test]
    fn text_without_letters_has_no_blocks_or_some() {
        assert!(segmented(" \n\u{a0}\n").blocks.is_empty());
        assert_eq!(segmented("—").blocks.len(), 1);
    }
}
