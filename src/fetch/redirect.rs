//! From one hop to the next.

use std::fmt::Write as _;

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, LOCATION};
use url::Url;

use crate::error::PageErrorKind;
use crate::page::{public, without_credentials};

/// One request of a chain of redirects.
#[derive(Debug)]
pub(super) struct Hop {
    /// With user name and password while at home, from where reqwest makes them an `Authorization` header.
    url: Url,
    place: Place,
}

/// Whether the chain is still with the host that the user named. Once it left, it stays away, even if it returns: a
/// foreign host chose that address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Home,
    Away,
}

impl Hop {
    /// The hop to the address that the user named.
    ///
    /// # Errors
    /// `BadSource` where it is neither `http` nor `https`.
    pub(super) fn first(url: &Url) -> Result<Self, PageErrorKind> {
        if !is_web(url) {
            let scheme = url.scheme();
            return Err(PageErrorKind::BadSource(format!("only http and https can be fetched, not {scheme}")));
        }
        Ok(Hop { url: url.clone(), place: Place::Home })
    }

    /// The hop that an answer with this status and these headers asks for, if it asks for one.
    ///
    /// # Errors
    /// `BadSource` where it leads to no address of the web.
    pub(super) fn next(&self, status: StatusCode, headers: &HeaderMap) -> Result<Option<Self>, PageErrorKind> {
        // RFC 9110, section 15.4: of the others, 300 and 304 to 306 lead nowhere by themselves.
        if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
            return Ok(None);
        }
        let Some(location) = headers.get(LOCATION) else { return Ok(None) };
        let target = self.url.join(&escaped(location.as_bytes())).map_err(|error| {
            PageErrorKind::BadSource(format!("the server redirects to what is no address ({error})"))
        })?;
        if !is_web(&target) {
            let scheme = target.scheme();
            return Err(PageErrorKind::BadSource(format!(
                "the server redirects to an address of the scheme {scheme}, not http or https"
            )));
        }
        Ok(Some(self.to(&target)))
    }

    fn to(&self, target: &Url) -> Hop {
        let mut url = without_credentials(target).into_owned();
        if self.place == Place::Away || !is_same_host(&self.url, &url) {
            return Hop { url, place: Place::Away };
        }
        // Neither call fails on a URL with a host, which every http URL has.
        let _ = url.set_username(self.url.username());
        let _ = url.set_password(self.url.password());
        Hop { url, place: Place::Home }
    }

    /// Where the request goes.
    pub(super) fn url(&self) -> &Url {
        &self.url
    }

    /// Which headers it may carry.
    pub(super) fn place(&self) -> Place {
        self.place
    }

    /// Its address as it may be shown.
    pub(super) fn public_url(&self) -> Url {
        public(&self.url)
    }
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// Scheme, name and port are the same; or the scheme alone rose from `http` to `https` on the ports that belong to
/// them, as for `rebuild_auth` of Python's requests: the site that sends its visitors to its secure side is no other.
fn is_same_host(from: &Url, to: &Url) -> bool {
    let rises = || (from.scheme(), to.scheme()) == ("http", "https") && from.port().is_none() && to.port().is_none();
    from.origin() == to.origin() || (from.host() == to.host() && rises())
}

/// `Location` as text. Raw bytes above ASCII, in whatever charset, are percent-encoded as browsers do.
fn escaped(location: &[u8]) -> String {
    let mut text = String::with_capacity(location.len());
    for &byte in location {
        if byte.is_ascii() {
            text.push(char::from(byte));
        } else {
            // Writing to a String does not fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn hop(from: &str, location: &[u8]) -> Result<Option<Hop>, PageErrorKind> {
        let mut headers = HeaderMap::new();
        headers.insert(LOCATION, HeaderValue::from_bytes(location).unwrap());
        Hop::first(&Url::parse(from).unwrap()).unwrap().next(StatusCode::FOUND, &headers)
    }

    fn target(from: &str, location: &str) -> (String, Place) {
        let hop = hop(from, location.as_bytes()).unwrap().unwrap();
        (hop.url.to_string(), hop.place)
    }

    #[test]
    fn credentials_stay_at_home() {
        let home = "http://u:p@a.com/x";
        assert_eq!(target(home, "y"), ("http://u:p@a.com/y".to_owned(), Place::Home));
        assert_eq!(target(home, "http://a.com/y"), ("http://u:p@a.com/y".to_owned(), Place::Home));
        assert_eq!(target(home, "https://a.com/"), ("https://u:p@a.com/".to_owned(), Place::Home));
        for other in ["https://b.com/", "http://a.com:81/", "https://a.com:444/", "http://v:q@www.a.com/", "//b.com"] {
            let (url, place) = target(home, other);
            assert!(place == Place::Away && !url.contains('@'), "{url}");
        }
        assert_eq!(target("https://a.com/", "http://a.com/").1, Place::Away);
    }

    #[test]
    fn who_left_home_stays_away() {
        let away = hop("http://u:p@a.com/", b"http://b.com/").unwrap().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(LOCATION, HeaderValue::from_static("http://a.com/"));
        let back = away.next(StatusCode::FOUND, &headers).unwrap().unwrap();
        assert_eq!((back.url.as_str(), back.place), ("http://a.com/", Place::Away));
    }

    #[test]
    fn raw_bytes_are_escaped() {
        assert_eq!(target("http://a.com/", "/ü b").0, "http://a.com/%C3%BC%20b");
        let latin1 = hop("http://a.com/", b"/\xfc").unwrap().unwrap();
        assert_eq!(latin1.url.as_str(), "http://a.com/%FC");
    }

    #[test]
    fn what_leads_nowhere_is_an_error() {
        for (location, says) in [("mailto:a@b.c", "mailto"), ("file:///etc/passwd", "file"), ("http://", "address")] {
            let error = hop("http://a.com/", location.as_bytes()).unwrap_err();
            assert!(matches!(&error, PageErrorKind::BadSource(text) if text.contains(says)), "{error}");
        }
        let first = Hop::first(&Url::parse("ftp://a.com/").unwrap());
        assert_eq!(first.unwrap_err().to_string(), "only http and https can be fetched, not ftp");
    }

    #[test]
    fn other_answers_are_no_redirects() {
        let hop = Hop::first(&Url::parse("http://a.com/").unwrap()).unwrap();
        assert!(hop.next(StatusCode::FOUND, &HeaderMap::new()).unwrap().is_none());
        let mut headers = HeaderMap::new();
        headers.insert(LOCATION, HeaderValue::from_static("/x"));
        assert!(hop.next(StatusCode::NOT_MODIFIED, &headers).unwrap().is_none());
        assert!(hop.next(StatusCode::CREATED, &headers).unwrap().is_none());
    }

    #[test]
    fn the_public_url_keeps_no_secret() {
        let hop = Hop::first(&Url::parse("http://u:p@a.com/x?q#f").unwrap()).unwrap();
        assert_eq!(hop.public_url().as_str(), "http://a.com/x?q");
    }
}
