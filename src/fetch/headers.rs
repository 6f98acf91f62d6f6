//! What every request carries, and what only the first host may see.

use std::collections::HashMap;

use reqwest::header::{ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderName, HeaderValue, USER_AGENT};

use super::decompress;
use super::guard::canonical;
use super::redirect::{Hop, Place};
use crate::error::Error;
use crate::options::{FetchOptions, HostOptions};

/// Pages first, then text, then whatever there is: a server that has but one form of a page ignores it.
const ACCEPT_PAGES: &str = "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.8,*/*;q=0.5";

/// Headers that frame a message (RFC 9112, section 6; RFC 9110, section 7.6.1): another value breaks the connection.
const FRAMING: [&str; 8] =
    ["connection", "content-length", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"];

/// Headers of the user's that go to every host of a chain of redirects: they say what is wanted, not who asks.
/// `accept*` and `sec-*` do too. All others may carry a secret under any name (`authorization`, `cookie`,
/// `x-api-key`) and stay with the host that the user named.
const HARMLESS: [&str; 7] =
    ["cache-control", "dnt", "from", "pragma", "referer", "upgrade-insecure-requests", "user-agent"];

/// The headers of a request, by where it goes.
#[derive(Debug)]
pub(super) struct Headers {
    at_home: HeaderMap,
    away: HeaderMap,
    /// Those of single hosts, by name.
    hosts: HashMap<String, Vec<(HeaderName, HeaderValue)>>,
}

impl Headers {
    pub(super) fn new(options: &FetchOptions) -> Result<Self, Error> {
        let user_agent = HeaderValue::from_str(&options.user_agent)
            .map_err(|_| Error::Usage("the user agent has a character that no header can carry".to_owned()))?;
        let mut away = HeaderMap::new();
        away.insert(ACCEPT, HeaderValue::from_static(ACCEPT_PAGES));
        away.insert(ACCEPT_ENCODING, HeaderValue::from_static(decompress::ACCEPTED));
        away.insert(USER_AGENT, user_agent);

        let (harmless, secret): (Vec<_>, Vec<_>) = parsed(&options.headers)?.into_iter().partition(is_harmless);
        replace(&mut away, harmless);
        let mut at_home = away.clone();
        replace(&mut at_home, secret.into_iter().map(as_secret).collect());
        let of_host = |(name, host): (&String, &HostOptions)| Ok((canonical(name), marked(parsed(&host.headers)?)));
        let hosts = options.hosts.iter().map(of_host).collect::<Result<_, Error>>()?;
        Ok(Headers { at_home, away, hosts })
    }

    /// What a hop carries. The headers of a single host go to that host alone, whoever leads there, but for secrets
    /// where a redirect leads there without encryption: anyone on the way could have written that.
    pub(super) fn of(&self, hop: &Hop) -> HeaderMap {
        let mut headers = match hop.place() {
            Place::Home => self.at_home.clone(),
            Place::Away => self.away.clone(),
        };
        let is_trusted = hop.place() == Place::Home || hop.url().scheme() == "https";
        if let Some(own) = hop.url().host_str().and_then(|host| self.hosts.get(&canonical(host))) {
            replace(&mut headers, own.iter().filter(|header| is_trusted || is_harmless(header)).cloned().collect());
        }
        headers
    }
}

/// Headers with the secret ones marked so.
fn marked(headers: Vec<(HeaderName, HeaderValue)>) -> Vec<(HeaderName, HeaderValue)> {
    headers.into_iter().map(|header| if is_harmless(&header) { header } else { as_secret(header) }).collect()
}

fn parsed(headers: &[(String, String)]) -> Result<Vec<(HeaderName, HeaderValue)>, Error> {
    headers.iter().map(|(name, value)| parsed_one(name, value)).collect()
}

/// The message of an error names the header and never shows its value, which may be a secret.
fn parsed_one(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Error> {
    let header = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| Error::Usage(format!("header {name:?}: this cannot be the name of a header")))?;
    if FRAMING.contains(&header.as_str()) {
        return Err(Error::Usage(format!("header {name:?}: the program sets it, it cannot be given")));
    }
    let value = HeaderValue::from_str(value)
        .map_err(|_| Error::Usage(format!("header {name:?}: its value has a character that no header can carry")))?;
    Ok((header, value))
}

fn is_harmless((name, _): &(HeaderName, HeaderValue)) -> bool {
    let name = name.as_str();
    HARMLESS.contains(&name) || name.starts_with("accept") || name.starts_with("sec-")
}

/// Marked so that `Debug` hides it and HTTP/2 keeps it out of its compression tables.
fn as_secret((name, mut value): (HeaderName, HeaderValue)) -> (HeaderName, HeaderValue) {
    value.set_sensitive(true);
    (name, value)
}

/// Puts `headers` in place of those of the same name. One that is given twice is sent twice.
fn replace(map: &mut HeaderMap, headers: Vec<(HeaderName, HeaderValue)>) {
    for (name, _) in &headers {
        map.remove(name);
    }
    for (name, value) in headers {
        map.append(name, value);
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    fn with(headers: &[(&str, &str)]) -> Result<Headers, Error> {
        let headers = headers.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
        Headers::new(&FetchOptions { headers, ..FetchOptions::default() })
    }

    #[test]
    fn secrets_stay_at_home() {
        let headers = with(&[("X-Api-Key", "k"), ("cookie", "c"), ("Authorization", "a"), ("Accept-Language", "de")]);
        let headers = headers.unwrap();
        for name in ["x-api-key", "cookie", "authorization"] {
            assert!(headers.at_home.contains_key(name) && !headers.away.contains_key(name), "{name}");
        }
        assert_eq!(headers.away["accept-language"], "de");
        assert!(!format!("{:?}", with(&[("Cookie", "hush")]).unwrap()).contains("hush"));
    }

    #[test]
    fn a_given_header_replaces_the_default_one() {
        let headers = with(&[("User-Agent", "me"), ("Accept", "a/b"), ("accept", "c/d")]).unwrap();
        assert_eq!(headers.away.get_all("user-agent").iter().collect::<Vec<_>>(), ["me"]);
        assert_eq!(headers.at_home.get_all("accept").iter().collect::<Vec<_>>(), ["a/b", "c/d"]);
    }

    #[test]
    fn headers_of_a_host_go_to_that_host_alone() {
        let own = |value: &str| HostOptions {
            headers: vec![("Cookie".to_owned(), value.to_owned()), ("Accept-Language".to_owned(), "da".to_owned())],
            ..HostOptions::default()
        };
        let options = FetchOptions {
            headers: vec![("Cookie".to_owned(), "all".to_owned())],
            hosts: [("a.example".to_owned(), own("a")), ("b.example".to_owned(), own("b"))].into(),
            ..FetchOptions::default()
        };
        let headers = Headers::new(&options).unwrap();
        let first = |url: &str| Hop::first(&Url::parse(url).unwrap()).unwrap();
        let cookie = |hop: &Hop| headers.of(hop).get("cookie").map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(cookie(&first("http://a.example/")).as_deref(), Some("a"));
        assert_eq!(cookie(&first("https://b.example.:8443/")).as_deref(), Some("b"));
        assert_eq!(cookie(&first("https://www.a.example/")).as_deref(), Some("all"));

        let to = |location: &'static str| {
            let answer = [(reqwest::header::LOCATION, HeaderValue::from_static(location))].into_iter().collect();
            first("https://a.example/").next(reqwest::StatusCode::FOUND, &answer).unwrap().unwrap()
        };
        assert_eq!(cookie(&to("/x")).as_deref(), Some("a"));
        assert_eq!(cookie(&to("https://b.example/")).as_deref(), Some("b"));
        assert_eq!(cookie(&to("https://c.example/")), None);
        // Without encryption, and a redirect has led there.
        assert_eq!(cookie(&to("http://b.example/")), None);
        assert_eq!(headers.of(&to("http://b.example/"))["accept-language"], "da");
        assert!(!format!("{headers:?}").contains("\"a\""));
    }

    #[test]
    fn what_cannot_be_sent_is_named_without_its_value() {
        for (name, value) in [("a b", "hush"), ("", "hush"), ("x", "hush\n"), ("Content-Length", "hush")] {
            let message = with(&[(name, value)]).unwrap_err().to_string();
            assert!(message.starts_with(&format!("header {name:?}: ")) && !message.contains("hush"), "{message}");
        }
        let options = FetchOptions { user_agent: "a\r\nb".to_owned(), ..FetchOptions::default() };
        assert!(matches!(Headers::new(&options), Err(Error::Usage(_))));
    }
}
