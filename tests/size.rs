//! No page takes many times its own size: what it writes once is not held once a block.

use std::sync::Arc;

use cleancopy::block::{Document, SpanKind};
use cleancopy::page::Page;
use cleancopy::segment::segment;
use url::Url;

/// Bytes of a document for each byte of its page, at the most: a block, its element and a link of short tags.
const MAX_RATIO: usize = 150;

/// What a document takes in memory, more or less.
fn document_bytes(document: &Document) -> usize {
    let blocks: usize = document.blocks.iter().map(|block| size_of_val(block) + block.text.len()).sum();
    let spans = document.blocks.iter().flat_map(|block| &block.spans);
    let mut last: Option<&Arc<str>> = None;
    let spans: usize = spans
        .map(|span| {
            let SpanKind::Link(target) = &span.kind else { return size_of_val(span) };
            let is_shared = last.replace(target).is_some_and(|last| Arc::ptr_eq(last, target));
            size_of_val(span) + if is_shared { 0 } else { target.len() }
        })
        .sum();
    let elements = document.elements.iter().map(|element| {
        let names = [element.class, element.id, element.role, element.itemprop, element.data_testid];
        size_of_val(&element) + names.iter().map(|name| name.len()).sum::<usize>()
    });
    let images = document.images.iter().map(|image| size_of_val(image) + image.src.len() + image.alt.len());
    blocks + spans + elements.sum::<usize>() + images.sum::<usize>()
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
