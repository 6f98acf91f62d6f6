//! What is asked of a visit, and what comes back.

use reqwest::header::{ETAG, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use url::Url;

use super::retry_after::RetryAfter;
use crate::error::PageErrorKind;
use crate::exchange::Exchange;
use crate::page::RawPage;

/// What is asked of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ask {
    /// What an earlier answer said of its version; default nothing. With it, an answer may be [`Answer::NotModified`].
    pub validators: Validators,
    /// What is kept of the requests and answers; default nothing.
    pub keep: Keep,
}

/// What is kept of the requests and answers of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Keep {
    /// Nothing but the page.
    #[default]
    Nothing,
    /// All of them, as [`Exchange`]s.
    Exchanges,
}

/// What an answer said of its version, for a server to tell later whether it still holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Validators {
    /// The `ETag`, with its quotes.
    pub etag: Option<String>,
    /// The `Last-Modified`, as it was written.
    pub last_modified: Option<String>,
}

/// How a visit went.
#[derive(Debug)]
pub struct Visit {
    /// The page, or what kept it from coming.
    pub result: Result<Answer, PageErrorKind>,
    /// The last address of the chain of redirects that was asked or was to be asked, without user name, password and
    /// fragment.
    pub last: Url,
    /// What the last answer says of when to come again.
    pub retry_after: Option<RetryAfter>,
    /// One for each request that got an answer, in their order, where [`Ask::keep`] says so; those of failed visits
    /// too.
    pub exchanges: Vec<Exchange>,
}

/// The answer to a visit.
#[derive(Debug)]
pub enum Answer {
    /// The page, and what its server says of its version.
    Page(Box<RawPage>, Validators),
    /// The page is the one that [`Ask::validators`] stand for.
    NotModified,
}

/// A small file: robots.txt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Small {
    /// The address that answered, the last one of the redirects.
    pub last: Url,
    /// The status code of the last answer, whatever it is.
    pub status: u16,
    /// The body, decompressed; what is over the limit is not there.
    pub body: Vec<u8>,
    /// What the answer says of when to come again.
    pub retry_after: Option<RetryAfter>,
}

impl Validators {
    /// Whether there is nothing to compare by.
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }

    /// Those of an answer with these headers.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        Validators { etag: text(headers, &ETAG), last_modified: text(headers, &LAST_MODIFIED) }
    }

    /// Has a request ask for what is newer alone. One that no header can carry is left out: the page comes then.
    pub(super) fn put_into(&self, headers: &mut HeaderMap) {
        for (name, value) in [(IF_NONE_MATCH, &self.etag), (IF_MODIFIED_SINCE, &self.last_modified)] {
            if let Some(Ok(value)) = value.as_deref().map(HeaderValue::from_str) {
                headers.insert(name, value);
            }
        }
    }
}

/// A header that is plain text and not empty.
fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}
