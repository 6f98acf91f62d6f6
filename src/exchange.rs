//! One request and its answer as they went over the wire: what an archive keeps.

use std::net::IpAddr;
use std::time::Duration;

use url::Url;

/// A request and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The address that was asked, without fragment, user name and password.
    pub url: Url,
    /// When the request was sent: the time since the first of January 1970, UTC.
    pub began: Duration,
    /// The address of the machine that answered, where it is known.
    pub peer: Option<IpAddr>,
    /// The headers of the request in the order they were sent, without those that carry a secret.
    pub request_headers: Vec<Header>,
    /// The protocol of the answer.
    pub protocol: Protocol,
    /// The status code.
    pub status: u16,
    /// The headers of the answer in the order they came, as they came.
    pub headers: Vec<Header>,
    /// The body as it came: without transfer coding, compressed as `Content-Encoding` says.
    pub body: Vec<u8>,
    /// Whether all of the body is there.
    pub completeness: Completeness,
}

/// A header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its name, in lower case.
    pub name: String,
    /// Its value, in whatever charset.
    pub value: Vec<u8>,
}

/// The protocol of an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// HTTP/1.0.
    Http10,
    /// HTTP/1.1.
    Http11,
    /// HTTP/2.
    Http2,
}

/// Whether a body is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    /// It is.
    Whole,
    /// It was cut at a limit of length.
    CutByLength,
    /// It was given up for time.
    CutByTime,
    /// The connection broke.
    CutByDisconnect,
}
