//! Pictures, and the addresses of links.

use std::borrow::Cow;

use url::Url;

use super::super::dom::{Dom, DomElement};
use super::super::near::all;
use super::super::slim::{AttributeName, Tag};
use crate::block::Image;
use crate::block::sixteen::{Sixteen, is, within};

/// Bytes of the longest address that others are joined to: it would stand in each of them. Sitemaps may not have longer
/// ones (sitemaps.org, 2,048).
const MAX_BASE_BYTES: usize = 2_000;

/// Where a picture stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct PicturePlace {
    /// The number of blocks ahead of it.
    pub(super) block: usize,
    /// The nearest block-level element around it.
    pub(super) element: Option<usize>,
}

/// Reads pictures and makes addresses absolute.
pub(super) struct ImageReader {
    base: Option<Url>,
    /// Scheme and host of `base`, where an address on the same host is just them and a path.
    origin: Option<Origin>,
}

/// Scheme and host of a page.
struct Origin {
    /// They, and the path that was joined to them last.
    address: String,
    /// How long they are.
    length: usize,
}

impl Origin {
    fn of(base: &Url) -> Self {
        let address = base.origin().ascii_serialization();
        Origin { length: address.len(), address }
    }

    /// The path of an address on the host.
    fn path_of<'a>(&self, address: &'a str) -> Option<&'a [u8]> {
        let path = address.strip_prefix(&self.address[..self.length])?;
        path.starts_with('/').then_some(path.as_bytes())
    }

    fn join(&mut self, path: &str) -> &str {
        self.address.truncate(self.length);
        self.address.push_str(path);
        &self.address
    }
}

impl ImageReader {
    /// A reader for a page at `base`. Nothing is joined to one that is too long.
    pub(super) fn new(base: Option<Url>) -> Self {
        let base = base.filter(|base| base.as_str().len() <= MAX_BASE_BYTES);
        let is_plain = |base: &&Url| {
            matches!(base.scheme(), "http" | "https") && base.username().is_empty() && base.password().is_none()
        };
        let origin = base.as_ref().filter(is_plain).map(Origin::of);
        ImageReader { base, origin }
    }

    /// An address made absolute; as written where the page's own is not known or it cannot be joined.
    pub(super) fn resolve<'a>(&'a mut self, address: &'a str) -> Cow<'a, str> {
        let address = address.trim();
        let Some(base) = &self.base else { return Cow::Borrowed(address) };
        // Most addresses are on the page's own host.
        if self.origin.as_ref().and_then(|origin| origin.path_of(address)).is_some_and(stays) {
            return Cow::Borrowed(address);
        }
        match (reach(address), &mut self.origin) {
            (Some(Reach::Address), _) => Cow::Borrowed(address),
            (Some(Reach::Host), _) => Cow::Owned([address, "/"].concat()),
            (Some(Reach::Path), Some(origin)) => Cow::Borrowed(origin.join(address)),
            _ => base.join(address).map_or(Cow::Borrowed(address), |joined| Cow::Owned(joined.into())),
        }
    }

    /// Adds the picture of an `img`, `amp-img` or `source`.
    pub(super) fn read(&mut self, element: DomElement<'_>, place: PicturePlace, images: &mut Vec<Image>) {
        let lazy = element.attr(AttributeName::DATA_SRC).filter(|src| !src.is_empty());
        let Some(src) = lazy.or_else(|| element.attr(AttributeName::SRC)) else { return };
        let src = self.resolve(src);
        if !src.is_empty() && images.last().is_none_or(|last| last.src != src) {
            images.push(Image {
                src: src.into_owned(),
                alt: element.attr(AttributeName::ALT).unwrap_or_default().to_owned(),
                block: place.block,
                element: place.element,
            });
        }
    }

    /// Adds the pictures of a `noscript`, whose content is text to the parser. Other elements have none to give.
    pub(super) fn read_inside(&mut self, element: DomElement<'_>, place: PicturePlace, images: &mut Vec<Image>) {
        if element.tag() != Tag::NOSCRIPT {
            return;
        }
        let content = element.raw_text();
        if content.contains("<img") {
            let dom = Dom::parse(&content);
            for image in dom.elements().filter(|inside| inside.tag() == Tag::IMG) {
                self.read(image, place, images);
            }
        }
    }
}

/// An address that resolving would change in a way that is known: most are, and to find out is cheaper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// It has a host and a path, and stays as it is.
    Address,
    /// It is a host alone, and gets a slash.
    Host,
    /// It is a path, and gets a host.
    Path,
}

fn reach(address: &str) -> Option<Reach> {
    let bytes = address.as_bytes();
    let rest = match bytes {
        [b'/', b'/', ..] => return None,
        [b'/', ..] => return stays(bytes).then_some(Reach::Path),
        [b'h', b't', b't', b'p', b's', b':', b'/', b'/', rest @ ..]
        | [b'h', b't', b't', b'p', b':', b'/', b'/', rest @ ..] => rest,
        _ => return None,
    };
    let end = rest.iter().position(|byte| !HOST[usize::from(*byte)]).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    if !is_plain_host(host) {
        return None;
    }
    match path.first() {
        None => Some(Reach::Host),
        Some(b'/') => stays(path).then_some(Reach::Address),
        Some(_) => None,
    }
}

/// The characters of a host that is no number and needs no change.
const HOST: [bool; 256] = set_of(b"-.");
/// The characters of a path, query or fragment that stay as they are, but for dots and percent signs.
const PATH: [bool; 256] = {
    let mut set = set_of(b"/-_=&?,:@+~!;()*#");
    let mut letter = b'A';
    while letter <= b'Z' {
        set[letter as usize] = true;
        letter += 1;
    }
    set
};

/// Small letters, digits and `marks`.
const fn set_of(marks: &[u8]) -> [bool; 256] {
    let mut set = [false; 256];
    let mut at = 0;
    while at < 256 {
        set[at] = (at as u8).is_ascii_lowercase() || (at as u8).is_ascii_digit();
        at += 1;
    }
    at = 0;
    while at < marks.len() {
        set[marks[at] as usize] = true;
        at += 1;
    }
    set
}

/// Whether resolving leaves a host as it is: not an address in figures, which may be written in many ways, nor a name
/// that stands for one in other letters. A host is in figures where its last part begins with one.
fn is_plain_host(host: &[u8]) -> bool {
    let last = host.rsplit(|byte| *byte == b'.').next().and_then(<[u8]>::first);
    last.is_some_and(u8::is_ascii_lowercase) && !host.windows(4).any(|part| part == b"xn--")
}

/// Whether a path has nothing that resolving would change: a part that begins with a dot, written plainly or not.
fn stays(path: &[u8]) -> bool {
    let is_plain = |byte: u8| PATH[usize::from(byte)];
    all(path, are_of_path, is_plain)
        || path.iter().enumerate().all(|(at, byte)| {
            is_plain(*byte)
                || *byte == b'.' && path[at - 1] != b'/'
                || *byte == b'%' && !path[at + 1..].starts_with(b"2e") && !path[at + 1..].starts_with(b"2E")
        })
}

/// Those of [`PATH`].
#[inline]
fn are_of_path(bytes: Sixteen) -> Sixteen {
    let alphanumeric = within(bytes, b'a', b'z') | within(bytes, b'?', b'Z') | within(bytes, b'/', b';');
    let marks = within(bytes, b'(', b'-') | is(bytes, b'&') | is(bytes, b'!') | is(bytes, b'#');
    alphanumeric | marks | is(bytes, b'_') | is(bytes, b'=') | is(bytes, b'~')
}

#[cfg(test)]
mod tests {
    use super::{ImageReader, PATH, Reach, are_of_path, reach};
    use crate::block::sixteen::{Sixteen, WIDTH};
    use url::Url;

    #[test]
    fn the_bytes_of_a_path_are_known_by_sixteen_as_by_one() {
        for byte in 0..=u8::MAX {
            let known = are_of_path(Sixteen::new([byte; WIDTH])).all();
            assert_eq!(known, PATH[usize::from(byte)], "{byte:#x}");
        }
    }

    #[test]
    fn what_is_resolved_stays_as_it_is() {
        let url = Url::parse("https://herald.test/a/b").unwrap();
        let mut reader = ImageReader::new(Some(url.clone()));
        for address in [
            "https://www.herald.test/",
            "http://herald24.test/news/a-b_c.html?x=1&y=2,3",
            "https://herald.test//a/b..c/d./",
            "https://-herald.test/a",
            "https://1.herald.test/@a:b+c~d!e;f(g)*h/100%25%C3%A9#i/%20?j",
            "https://herald.test/?a#b#c?d",
        ] {
            assert_eq!(reach(address), Some(Reach::Address), "{address}");
            assert_eq!(url.join(address).unwrap().as_str(), address);
            assert_eq!(reader.resolve(address), address);
        }
        for address in ["https://herald.test", "http://www.2.herald24.test"] {
            assert_eq!(reach(address), Some(Reach::Host), "{address}");
            assert_eq!(reader.resolve(address), url.join(address).unwrap().as_str(), "{address}");
        }
        for address in [
            "/",
            "/a",
            "/news/a-b_c.html?x=1&y=2,3",
            "/a//b",
            "/a/./b",
            "/a/../b",
            "//x.test/a",
            "/é",
            "a/b",
            "/#a",
            "/%41%2E/%2e%2e/b",
            "#a",
            "?a",
            "",
            "/a%",
            "/a%2",
        ] {
            assert_eq!(reader.resolve(address), url.join(address).unwrap().as_str(), "{address}");
        }
        for address in [
            "https:///herald.test/",
            "https://Herald.test/a",
            "https://herald.test:443/a",
            "https://herald.test./a",
            "https://herald.test?a",
            "https://herald.test#a",
            "http://herald.0x10/a",
            "https://",
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
            assert_eq!(reach(address), None, "{address}");
        }
    }
}
