//! What goes in: where a page comes from, its bytes, and its text once decoded.

mod decode;
mod prescan;

use std::borrow::Cow;
use std::fmt;
use std::path::PathBuf;

use url::Url;

use crate::envelope::Envelope;

pub use decode::decode;
pub(crate) use decode::is_read_otherwise;

/// Where one page comes from. Its `Display` is the `source` of every record and message; it leaves out the user name
/// and the password of a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// An `http` or `https` address.
    Url(Url),
    /// A file on disk.
    File(PathBuf),
    /// Standard input, read to its end as one page.
    Stdin,
    /// One record of a JSON Lines input.
    Record {
        /// The file (or `-`) that holds the record.
        container: String,
        /// Its line in that file, from 1.
        line: u64,
    },
    /// One answer of an archive.
    Archived {
        /// The WARC file (or `-`) that holds the record.
        container: String,
        /// The address that answered, without user name and password.
        url: String,
        /// The id of the record, without angle brackets: `urn:uuid:…`.
        record_id: String,
    },
    /// What stands in an archive where a record should: it has no name of its own.
    ArchivePlace {
        /// The WARC file (or `-`).
        container: String,
        /// Bytes of the file, as it lies there, ahead of it.
        offset: u64,
    },
    /// Bytes handed over by a caller of the library.
    Memory,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Url(url) => f.write_str(without_credentials(url).as_str()),
            Source::File(path) => write!(f, "{}", path.display()),
            Source::Stdin => f.write_str("-"),
            Source::Record { container, line } => write!(f, "{container}:{line}"),
            Source::Archived { url, record_id, .. } => write!(f, "{url} <{record_id}>"),
            Source::ArchivePlace { container, offset } => write!(f, "{container}:{offset}"),
            Source::Memory => f.write_str("(memory)"),
        }
    }
}

/// An address without its user name and password.
pub(crate) fn without_credentials(url: &Url) -> Cow<'_, Url> {
    if url.username().is_empty() && url.password().is_none() {
        return Cow::Borrowed(url);
    }
    let mut url = url.clone();
    // Neither call fails on a URL that has them.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    Cow::Owned(url)
}

/// An address as a server sees it and everyone may: without fragment, user name and password.
#[cfg(feature = "fetch")]
pub(crate) fn public(url: &Url) -> Url {
    let mut url = without_credentials(url).into_owned();
    url.set_fragment(None);
    url
}

/// What the bytes of a page are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PageFormat {
    /// HTML as served or saved.
    #[default]
    Html,
    /// Text that was scraped long ago: lines, no markup.
    Text,
}

/// A page as it was read: bytes, and what its transport said of them.
#[derive(Debug, Clone)]
pub struct RawPage {
    /// Where the page was asked for.
    pub source: Source,
    /// The address it was served from after redirects; the base of relative links. `None` where no one knows.
    pub url: Option<Url>,
    /// The charset label of the HTTP `Content-Type`, as it was written.
    pub charset: Option<String>,
    /// Whether the bytes are HTML or text.
    pub format: PageFormat,
    /// The bytes, decompressed.
    pub body: Vec<u8>,
    /// Whether anything is to be told of the encoding of `body`.
    pub encoding: BodyEncoding,
    /// The JSON Lines record that the page came in, where it came in one.
    pub envelope: Option<Envelope>,
    /// What the record says of the page.
    pub stated: Stated,
    /// Why the record holds no page, where it holds none: it is to fail, and what else it holds to go out with the error.
    pub fault: Option<String>,
}

impl RawPage {
    /// A page of `format` from `source`, with nothing else known.
    pub fn new(source: Source, format: PageFormat, body: Vec<u8>) -> Self {
        RawPage {
            source,
            url: None,
            charset: None,
            format,
            body,
            encoding: BodyEncoding::default(),
            envelope: None,
            stated: Stated::default(),
            fault: None,
        }
    }
}

/// The encoding of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BodyEncoding {
    /// To be told from its bytes and what was said of them.
    #[default]
    Unknown,
    /// It was text already: UTF-8 without a byte order mark, whatever its characters.
    Utf8,
}

/// What whoever collected a page wrote down of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stated {
    /// Its title.
    pub title: Option<String>,
    /// Its language: a BCP 47 tag.
    pub lang: Option<String>,
}

/// A decoded page, ready to be cut into blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The text of the page. Bytes that mean nothing in its encoding became U+FFFD.
    pub text: String,
    /// The address the page was served from, the base of its relative links.
    pub url: Option<Url>,
    /// Whether `text` is HTML or plain text.
    pub format: PageFormat,
    /// What is known of it beside its text.
    pub stated: Stated,
    /// The name of the encoding that was used, as the WHATWG Encoding Standard spells it.
    pub encoding: &'static str,
    /// Whether text without markup had a byte order mark, which is no part of `text`.
    pub mark: ByteOrderMark,
}

/// What stands ahead of a text in UTF-8 to say that it is that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ByteOrderMark {
    /// Nothing.
    #[default]
    None,
    /// The byte order mark.
    Utf8,
}

impl ByteOrderMark {
    /// The mark itself.
    pub const fn as_str(self) -> &'static str {
        match self {
            ByteOrderMark::None => "",
            ByteOrderMark::Utf8 => "\u{feff}",
        }
    }
}

impl Page {
    /// A page whose HTML is text already.
    pub fn from_html(html: impl Into<String>, url: Option<Url>) -> Self {
        Page {
            text: html.into(),
            url,
            format: PageFormat::Html,
            stated: Stated::default(),
            encoding: "UTF-8",
            mark: ByteOrderMark::None,
        }
    }
}
