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

/// The blocks of a page, with its metadata: what the page says of itself, else what was stated of it.
pub fn segment(page: &Page) -> Document {
    let mut document = match page.format {
        PageFormat::Html => html::segment_html(page),
        PageFormat::Text => text::segment_text(page),
    };
    document.url.clone_from(&page.url);
    let Document { metadata, .. } = &mut document;
    metadata.title = metadata.title.take().or_else(|| page.stated.title.clone());
    metadata.lang = metadata.lang.take().or_else(|| page.stated.lang.clone());
    language::detect(&mut document);
    document
}
