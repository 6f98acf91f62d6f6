//! No page takes many times its own size: what it writes once is not held once a block.

use cleancopy::block::{Document, SpanKind};
use cleancopy::page::Page;
use cleancopy::segment::segment;
use url::Url;

/// Bytes of a document for each byte of its page, at the most: a block, its element and a link of short tags.
const MAX_RATIO: usize = 150;

/// What a document takes in memory, more or less.
fn document_bytes(document: &Document) -> usize {
    let blocks: usize = document.blocks.iter().map(size_of_val).sum();
    let spans: usize = document.blocks.iter().flat_map(|block| &block.spans).map(size_of_val).sum();
    let elements = document.elements.iter().map(|element| {
        let names = [element.class, element.id, element.role, element.itemprop, element.data_testid];
        size_of_val(&element) + names.iter().map(|name| name.len()).sum::<usize>()
    });
    let images = document.images.iter().map(|image| size_of_val(image) + image.src.len() + image.alt.len());
    blocks + text_bytes(document) + spans + elements.sum::<usize>() + images.sum::<usize>()
}

/// The bytes of the text that the blocks and their links have pieces of, from the first piece to the last.
fn text_bytes(document: &Document) -> usize {
    let targets = document.blocks.iter().flat_map(|block| &block.spans).filter_map(|span| match &span.kind {
        SpanKind::Link(target) => Some(&**target),
        _ => None,
    });
    let pieces =
        document.blocks.iter().map(|block| &*block.text).chain(targets).map(|piece| piece.as_bytes().as_ptr_range());
    let start = pieces.clone().map(|piece| piece.start.addr()).min();
    pieces.map(|piece| piece.end.addr()).max().zip(start).map_or(0, |(end, start)| end - start)
}

fn assert_small(name: &str, page: &Page) {
    let ratio = document_bytes(&segment(page)) / page.text.len();
    assert!(ratio <= MAX_RATIO, "{name}: {ratio} times the page's size");
}

#[test]
fn what_stands_around_many_blocks_is_held_once() {
    let long = "a".repeat(8_000);
    let blocks = "<p>x".repeat(10_000);
    for (name, html) in [
        ("nested type", format!("<p>{}{blocks}", "<b>x".repeat(500))),
        ("nested type, blocks without end", "<b>x".repeat(10_000)),
        ("nested type in a table", format!("<table>{}", "<b>x".repeat(10_000))),
        ("nested links", format!("{}{blocks}", "<a href=/x><table><td>".repeat(100))),
        ("a link", format!("<a href=\"/{long}\"><div>{blocks}")),
        ("type with a class", format!("<p><b class=\"{long}\">x{blocks}")),
        ("type with an id", format!("<p><b id=\"{long}\">{blocks}")),
    ] {
        assert_small(name, &Page::from_html(html, Url::parse("https://a.test/b").ok()));
    }
}

#[test]
fn a_long_address_is_not_put_before_each_link() {
    let address = format!("https://a.test/{}", "b/".repeat(4_000));
    let (links, images) = ("<a href=x>x</a> ".repeat(10_000), "<img src=x><img src=y>".repeat(10_000));
    for (name, html) in [("links", &links), ("pictures", &images)] {
        assert_small(name, &Page::from_html(html.as_str(), Url::parse(&address).ok()));
        assert_small(name, &Page::from_html(format!("<link rel=canonical href=\"{address}\">{html}"), None));
    }
}

#[test]
fn where_links_without_words_lead_is_not_held() {
    let address = format!("https://a.test/{}", "b/".repeat(900));
    for link in [
        "<a href=x>",
        "<a href=x> </a>",
        "<a href=x><img src=/a></a>",
        "<a href=x><p>",
        "<a href=x>|</a><p>",
        "<a href=x><table><td>",
        "<pre><a href=x>\n</a></pre>",
    ] {
        let html = format!("<p>first<p>{}<p>last", link.repeat(10_000));
        let page = Page::from_html(html, Url::parse(&address).ok());
        let bytes = text_bytes(&segment(&page));
        assert!(bytes < page.text.len(), "{link}: {bytes} bytes of text");
    }
}
