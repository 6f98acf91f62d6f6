//! Slim, and the blocks and metadata of HTML.

use cleancopy::block::{Document, Origin};
use cleancopy::fuzzing::slim;
use cleancopy::options::{LanguageBy, Limits, PageParser};
use cleancopy::page::Page;
use cleancopy::segment::{Segmenting, Unhurried, segment, segment_within};
use url::Url;

use crate::letters::{first_surplus, is_rest_of, letters, with_references_decoded};

/// Block elements around a block at the most: the cap on open elements, and what a parser adds of its own.
const MAX_DEPTH: usize = 600;

/// Tags of a page up to which no limit of either tree is met.
const MAX_TAGS: usize = 100;

/// What slim leaves are pieces of the page, in its order.
pub fn check_slim(data: &[u8]) {
    let page = String::from_utf8_lossy(data);
    let (texts, values) = slim(&page);
    for pieces in [texts, values] {
        let mut end = page.as_ptr().addr();
        for piece in pieces.into_iter().filter(|piece| !piece.is_empty()) {
            assert!(piece.as_ptr().addr() >= end, "a piece stands ahead of the one before it: {piece:?}");
            end = piece.as_ptr().addr() + piece.len();
        }
        assert!(end <= page.as_ptr().addr() + page.len());
    }
}

/// The blocks of a page are its words, and point where they should.
pub fn check_segment(data: &[u8]) {
    let page = page(&String::from_utf8_lossy(data));
    let document = segment(&page);
    check_places(&document);
    check_words(&page.text, &document);
}

/// By the other parser. Without a deadline there is a document.
fn segment_by_reference(page: &Page) -> Document {
    let how = Segmenting {
        parser: PageParser::Reference,
        limits: &Limits::default(),
        deadline: &Unhurried,
        language: LanguageBy::Sentences,
    };
    segment_within(page, &how).unwrap_or_default()
}

/// The tree that the crate builds has the words of the one that html5ever builds, in the same order. Pages
/// that may meet a limit are left out: there, the two differ.
pub fn check_trees(data: &[u8]) {
    let html = String::from_utf8_lossy(data);
    // A link that a block ends in does not go on in the next one, so that one without an end hides less, and moves nothing
    // out of what hides it.
    let small = html.to_ascii_lowercase();
    let hides = ["hidden", "display", "visibility", "sr-only", "<rt"].iter().any(|word| small.contains(word));
    if html.matches('<').count() > MAX_TAGS || hides {
        return;
    }
    let page = page(&html);
    let text =
        |document: Document| -> String { document.blocks.iter().flat_map(|block| [&*block.text, "\n"]).collect() };
    let (own, reference) = (text(segment(&page)), text(segment_by_reference(&page)));
    assert!(letters(&own).eq(letters(&reference)), "own:\n{own}\nreference:\n{reference}");
}

/// Everything in the blocks of a page points where it should, whatever its data, in both places where pages keep them, are.
pub fn check_page_data(data: &[u8]) {
    // Nothing may end the script.
    let json = String::from_utf8_lossy(data).replace("</", "<\\/").replace("<!--", "<\\u0021--");
    let page = page(&format!(
        "<title>Weir reopens</title><script type=application/ld+json>{json}</script>\
         <script type=application/json>{json}</script><h1>Weir reopens</h1><p>The weir was opened on Tuesday.</p>"
    ));
    check_places(&segment(&page));
}

/// An HTML page of some site.
pub fn page(html: &str) -> Page {
    Page::from_html(html, Url::parse("https://www.harbourherald.test/news/weir-reopens").ok())
}

/// That everything in a document points to something.
pub fn check_places(document: &Document) {
    for (index, element) in document.elements.iter().enumerate() {
        assert!(element.parent.is_none_or(|parent| parent < index), "element {index} stands in a later one");
    }
    for block in &document.blocks {
        assert!(!block.text.trim().is_empty(), "an empty block");
        assert!(block.link_chars <= block.chars() && block.emphasis_chars <= block.chars(), "{block:?}");
        assert!(block.element.is_none_or(|element| element < document.elements.len()), "{block:?}");
        assert!(document.path(block).count() <= MAX_DEPTH, "{} elements around a block", document.path(block).count());
        let mut start = 0;
        for span in &block.spans {
            let text = block.text.get(span.range.clone());
            assert!(text.is_some_and(|text| !text.is_empty()) && span.range.start >= start, "{block:?}");
            start = span.range.start;
        }
    }
    for image in &document.images {
        assert!(image.block <= document.blocks.len(), "{image:?}");
    }
}

/// That no word of a document is made up.
fn check_words(html: &str, document: &Document) {
    if document.blocks.iter().any(|block| block.origin != Origin::Page) {
        return;
    }
    let page = with_references_decoded(html);
    let text: String = document.blocks.iter().map(|block| &*block.text).collect();
    assert_eq!(first_surplus(&text, &page), None, "a letter that the page has not:\n{text}");
    // What stands in a table where it must not is moved ahead of the table.
    if !page.to_ascii_lowercase().contains("<table") {
        assert!(is_rest_of(&text, &page), "words that stand otherwise in the page:\n{text}");
    }
}
