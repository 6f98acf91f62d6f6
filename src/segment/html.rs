//! The walk that cuts an HTML page into blocks.

use super::dom::Dom;
use super::metadata::read_facts;
use super::slim::slim;
use crate::block::Document;
use crate::page::Page;

/// The blocks of an HTML page, with its metadata.
pub(super) fn segment_html(page: &Page) -> Document {
    let slim = slim(&page.text);
    let dom = Dom::parse(&slim.html);
    let facts = read_facts(page, &slim, &dom);
    Document {
        metadata: facts.metadata,
        signs: facts.signs,
        structured_body: facts.structured_body,
        ..Document::default()
    }
}
