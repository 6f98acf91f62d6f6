//! What is kept of a chain of redirects on its way.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, COOKIE, HOST, HeaderMap, HeaderName, HeaderValue, PROXY_AUTHORIZATION};
use reqwest::{Request, Response, Version};
use url::{Position, Url};

use super::retry_after::RetryAfter;
use super::visit::Keep;
use crate::clock;
use crate::exchange::{Completeness, Exchange, Header, Protocol};
use crate::page::public;

/// The last hop of a chain, and the exchanges so far. It outlives the requests, so that what came before a time ran out
/// is there.
#[derive(Debug)]
pub(super) struct Trail {
    keep: Keep,
    pub(super) last: Url,
    pub(super) retry_after: Option<RetryAfter>,
    pub(super) exchanges: Vec<Exchange>,
}

/// A request that is sent now.
#[derive(Debug)]
pub(super) struct Sent {
    began: Duration,
    url: Url,
    headers: Vec<Header>,
}

impl Trail {
    pub(super) fn new(url: &Url, keep: Keep) -> Self {
        Trail { keep, last: public(url), retry_after: None, exchanges: Vec::new() }
    }

    /// A hop is next.
    pub(super) fn reach(&mut self, url: Url) {
        self.last = url;
        self.retry_after = None;
    }

    /// A request leaves; `None` where nothing is kept.
    pub(super) fn send(&self, request: &Request) -> Option<Sent> {
        (self.keep == Keep::Exchanges).then(|| Sent {
            began: clock::unix_time(),
            url: public(request.url()),
            headers: without_secrets(request.headers()),
        })
    }

    /// Its answer came, of which the body is still to come.
    pub(super) fn answer(&mut self, sent: Option<Sent>, response: &Response) {
        self.retry_after = RetryAfter::of(response.headers());
        let Some(sent) = sent else { return };
        let protocol = protocol(response.version());
        let mut request_headers = sent.headers;
        // The client appends it to what it is given; over HTTP/2 it is no header.
        if protocol != Protocol::Http2 && !request_headers.iter().any(|header| header.name == HOST.as_str()) {
            let host = sent.url[Position::BeforeHost..Position::AfterPort].as_bytes().to_vec();
            request_headers.push(Header { name: HOST.as_str().to_owned(), value: host });
        }
        self.exchanges.push(Exchange {
            url: sent.url,
            began: sent.began,
            peer: response.remote_addr().map(|address| address.ip()),
            request_headers,
            protocol,
            status: response.status().as_u16(),
            headers: response.headers().iter().map(header).collect(),
            body: Vec::new(),
            // Until it is read.
            completeness: Completeness::CutByLength,
        });
    }

    /// Where the body of the last answer is kept, if it is.
    pub(super) fn body(&mut self) -> Option<&mut Vec<u8>> {
        match self.keep {
            Keep::Nothing => None,
            Keep::Exchanges => self.exchanges.last_mut().map(|exchange| &mut exchange.body),
        }
    }

    /// No more of the body of the last answer is read.
    pub(super) fn close(&mut self, completeness: Completeness) {
        if let Some(exchange) = self.exchanges.last_mut() {
            exchange.completeness = completeness;
        }
    }
}

/// The headers but for those that carry a secret: the usual ones, and those of the user's that were marked so.
fn without_secrets(headers: &HeaderMap) -> Vec<Header> {
    let secret = [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION];
    headers.iter().filter(|(name, value)| !value.is_sensitive() && !secret.contains(name)).map(header).collect()
}

fn header((name, value): (&HeaderName, &HeaderValue)) -> Header {
    Header { name: name.as_str().to_owned(), value: value.as_bytes().to_vec() }
}

fn protocol(version: Version) -> Protocol {
    match version {
        Version::HTTP_09 | Version::HTTP_10 => Protocol::Http10,
        Version::HTTP_2 | Version::HTTP_3 => Protocol::Http2,
        _ => Protocol::Http11,
    }
}
