//! Cuts a page into blocks.

mod dom;
mod html;
mod language;
mod metadata;
mod slim;
mod text;

use crate::block::Document;
use crate::page::{Page, PageFormat};

/// The blocks of a page, with its metadata.
pub fn segment(page: &Page) -> Document {
    let mut document = match page.format {
        PageFormat::Html => html::segment_html(page),
        PageFormat::Text => text::segment_text(page),
    };
    language::detect(&mut document);
    document
}
