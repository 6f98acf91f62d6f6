//! Cuts a page into blocks.

mod dom;
#[cfg(feature = "fuzzing")]
pub(crate) mod fuzzing;
mod html;
mod language;
mod metadata;
mod slim;
mod text;

use crate::block::Document;
use crate::page::{Page, PageFormat};
use dom::TreeBuilder;

/// The blocks of a page, with its metadata: what the page says of itself, else what was stated of it.
pub fn segment(page: &Page) -> Document {
    segment_by(TreeBuilder::Own, page)
}

/// Likewise with the tree that html5ever builds of an HTML page, to compare with: it takes twice as long.
pub fn segment_by_reference(page: &Page) -> Document {
    segment_by(TreeBuilder::Reference, page)
}

fn segment_by(builder: TreeBuilder, page: &Page) -> Document {
    let mut document = match page.format {
        PageFormat::Html => html::segment_html(page, builder),
        PageFormat::Text => text::segment_text(page),
    };
    document.url.clone_from(&page.url);
    let Document { metadata, .. } = &mut document;
    metadata.title = metadata.title.take().or_else(|| page.stated.title.clone());
    metadata.lang = metadata.lang.take().or_else(|| page.stated.lang.clone());
    language::detect(&mut document);
    document
}
