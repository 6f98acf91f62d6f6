//! Pictures, and the addresses of links.

use url::Url;

use super::super::dom::{Dom, DomElement};
use super::super::slim::slim;
use crate::block::Image;

/// Reads pictures and makes addresses absolute.
pub(super) struct ImageReader {
    base: Option<Url>,
}

impl ImageReader {
    /// A reader for a page at `base`.
    pub(super) fn new(base: Option<Url>) -> Self {
        ImageReader { base }
    }

    /// An address made absolute; as written where the page's own is not known or it cannot be joined.
    pub(super) fn resolve(&self, address: &str) -> String {
        let address = address.trim();
        match &self.base {
            Some(base) => base.join(address).map_or_else(|_| address.to_owned(), String::from),
            None => address.to_owned(),
        }
    }

    /// Adds the picture of an `img`, `amp-img` or `source`, behind `block` blocks.
    pub(super) fn read(&self, element: DomElement<'_>, block: usize, images: &mut Vec<Image>) {
        let lazy = element.attr("data-src").filter(|src| !src.is_empty());
        let Some(src) = lazy.or_else(|| element.attr("src")) else { return };
        let src = self.resolve(src);
        if !src.is_empty() && images.last().is_none_or(|last| last.src != src) {
            images.push(Image { src, alt: element.attr("alt").unwrap_or_default().to_owned(), block });
        }
    }

    /// Adds the pictures of a `noscript`, whose content is text to the parser. Other elements have none to give.
    pub(super) fn read_inside(&self, element: DomElement<'_>, block: usize, images: &mut Vec<Image>) {
        if element.tag() != "noscript" {
            return;
        }
        let content = element.raw_text();
        if content.contains("<img") {
            let dom = Dom::parse(&slim(&content).html);
            for image in dom.elements().filter(|inside| inside.tag() == "img") {
                self.read(image, block, images);
            }
        }
    }
}
