//! The blocks of text without markup.

use cleancopy::page::{Page, PageFormat};
use cleancopy::segment::segment;

/// The blocks of a text are all of it but white space, in order.
pub fn check_segment(data: &[u8]) {
    let page = page(&String::from_utf8_lossy(data));
    let document = segment(&page);
    let Some(scraped) = &document.scraped else { panic!("a text that is none") };
    assert_eq!(scraped.text, page.text);
    assert_eq!(scraped.ranges.len(), document.blocks.len());
    let mut end = 0;
    for (range, block) in scraped.ranges.iter().zip(&document.blocks) {
        assert!(page.text[end..range.start].trim().is_empty(), "words between two blocks");
        assert_eq!(block.text, page.text[range.clone()]);
        assert!(!block.text.is_empty() && block.text.trim() == &*block.text, "{:?}", block.text);
        end = range.end;
    }
    assert!(page.text[end..].trim().is_empty(), "words behind the last block");
}

/// A page of text.
pub fn page(text: &str) -> Page {
    Page { format: PageFormat::Text, ..Page::from_html(text, None) }
}
