//! Cuts a page into blocks.

mod dom;
mod html;
mod metadata;
mod slim;
mod text;

use crate::block::Document;
use crate::page::{Page, PageFormat};

/// The blocks of a page, with its metadata.
pub fn segment(page: &Page) -> Document {
    match page.format {
        PageFormat::Html => html::segment_html(page),
        PageFormat::Text => text::segment_text(page),
    }
}
