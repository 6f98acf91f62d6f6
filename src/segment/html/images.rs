//! Pictures, and the addresses of links.

use url::Url;

use super::super::dom::{Dom, DomElement};
use super::super::slim::slim;
use crate::block::Image;

/// Bytes of the longest address that others are joined to: it would stand in each of them. Sitemaps may not have longer
/// ones (sitemaps.org, 2,048).
const MAX_BASE_BYTES: usize = 2_000;

/// Reads pictures and makes addresses absolute.
pub(super) struct ImageReader {
    base: Option<Url>,
    /// Scheme and host of `base`, where an address on the same host is just them and a path.
    origin: Option<String>,
}

impl ImageReader {
    /// A reader for a page at `base`. Nothing is joined to one that is too long.
    pub(super) fn new(base: Option<Url>) -> Self {
        let base = base.filter(|base| base.as_str().len() <= MAX_BASE_BYTES);
        let is_plain = |base: &&Url| {
            matches!(base.scheme(), "http" | "https") && base.username().is_empty() && base.password().is_none()
        };
        let origin = base.as_ref().filter(is_plain).map(|base| base.origin().ascii_serialization());
        ImageReader { base, origin }
    }

    /// An address made absolute; as written where the page's own is not known or it cannot be joined.
    pub(super) fn resolve(&self, address: &str) -> String {
        let address = address.trim();
        match &self.base {
            Some(_) if is_resolved(address) => address.to_owned(),
            Some(base) if is_plain_path(address) => match &self.origin {
                Some(origin) => [origin, address].concat(),
                None => joined(base, address),
            },
            Some(base) => joined(base, address),
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
            let dom = Dom::parse(slim(&content).html);
            for image in dom.elements().filter(|inside| inside.tag() == "img") {
                self.read(image, block, images);
            }
        }
    }
}

fn joined(base: &Url, address: &str) -> String {
    base.join(address).map_or_else(|_| address.to_owned(), String::from)
}

/// Whether an address is a path that resolving puts behind the host as it is.
fn is_plain_path(address: &str) -> bool {
    address.strip_prefix('/').is_some_and(|path| !path.starts_with('/') && stays(path))
}

/// Whether a path, without the slash it begins with, has nothing that resolving would change.
fn stays(path: &str) -> bool {
    let mut ahead = b'/';
    path.bytes().all(|b| {
        let is_path = b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_' | b'=' | b'&' | b'?' | b',');
        let ahead = std::mem::replace(&mut ahead, b);
        is_path || b == b'.' && ahead != b'/'
    })
}

/// Whether an address is one that resolving would leave as it is: most are, and to find out is cheaper.
fn is_resolved(address: &str) -> bool {
    let Some((host, path)) = address.strip_prefix("https://").and_then(|rest| rest.split_once('/')) else {
        return false;
    };
    let is_host = |b: &u8| b.is_ascii_lowercase() || matches!(b, b'-' | b'.');
    !host.is_empty() && host.as_bytes().iter().all(is_host) && !host.contains("xn--") && stays(path)
}

#[cfg(test)]
mod tests {
    use super::{ImageReader, is_resolved};
    use url::Url;

    #[test]
    fn what_is_resolved_stays_as_it_is() {
        let url = Url::parse("https://herald.test/a/b").unwrap();
        let reader = ImageReader::new(Some(url.clone()));
        for address in [
            "https://www.herald.test/",
            "https://herald.test/news/a-b_c.html?x=1&y=2,3",
            "https://herald.test//a/b..c/d./",
            "https://-herald.test/a",
        ] {
            assert!(is_resolved(address), "{address}");
            assert_eq!(url.join(address).unwrap().as_str(), address);
            assert_eq!(reader.resolve(address), address);
        }
        for address in
            ["/", "/a", "/news/a-b_c.html?x=1&y=2,3", "/a//b", "/a/./b", "/a/../b", "//x.test/a", "/é", "a/b"]
        {
            assert_eq!(reader.resolve(address), url.join(address).unwrap().as_str(), "{address}");
        }
        for address in [
            "/a",
            "https://herald.test",
            "https:///herald.test/",
            "https://Herald.test/a",
            "https://herald.test:443/a",
            "https://a@herald.test/a",
            "https://xn--a.test/a",
            "https://10.1/a",
            "https://herald.test/a/../b",
            "https://herald.test/./b",
            "https://herald.test/../b",
            "https://herald.test/a b",
            "https://herald.test/%2e%2e/b",
            "https://herald.test/\u{e9}",
        ] {
            assert!(!is_resolved(address), "{address}");
        }
    }
}
