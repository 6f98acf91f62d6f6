//! What went wrong, in words. No message holds a URL: [`PageError`](crate::error::PageError) names the source.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use super::guard::Refused;
use crate::error::PageErrorKind;

/// The limits are the client's (`client.rs`).
const TOO_LONG_HEADERS: &str = "the headers of its answer are too long (more than 256, or more than 400 kB)";

/// What the look-ups of the operating systems say where there is no such name: of glibc two, of musl, of macOS and the
/// BSDs, of Windows. What else they say may pass.
const UNKNOWN_NAME: [&str; 5] = [
    "Name or service not known",
    "No address associated with hostname",
    "Name does not resolve",
    "nodename nor servname provided",
    "No such host is known",
];

/// What kept a request from being answered.
pub(super) fn of_request(error: &reqwest::Error, connect_timeout: Duration) -> PageErrorKind {
    if let Some(refused) = chain(error).find_map(|error| error.downcast_ref::<Refused>()) {
        return PageErrorKind::PrivateAddress(refused.to_string());
    }
    let reason = reason(error);
    if reason == TOO_LONG_HEADERS {
        PageErrorKind::BadSource(reason)
    } else if error.is_dns() && UNKNOWN_NAME.iter().any(|said| reason.contains(said)) {
        PageErrorKind::UnknownHost(reason)
    } else if error.is_dns() {
        PageErrorKind::Dns(reason)
    } else if error.is_connect() && is_client_timeout(error) {
        PageErrorKind::Timeout(connect_timeout)
    } else if error.is_connect() && is_tls(error) {
        PageErrorKind::Tls(reason)
    } else if error.is_builder() {
        PageErrorKind::BadSource(format!("it cannot be asked for: {reason}"))
    } else {
        PageErrorKind::Connect(reason)
    }
}

/// What cut a body short.
pub(super) fn of_body(error: &reqwest::Error) -> PageErrorKind {
    PageErrorKind::Body(reason(error))
}

/// The root of the error, which is where the cause stands; the layers above only say who met it.
pub(super) fn reason(error: &reqwest::Error) -> String {
    match chain(error).last() {
        // It would say nothing but the URL.
        Some(root) if !root.is::<reqwest::Error>() => in_words(&root.to_string()),
        _ => "the request failed".to_owned(),
    }
}

/// The messages of the layers below, where they are hard to read: what they contain, and what to say.
const IN_WORDS: [(&str, &str); 12] = [
    ("UnknownIssuer", "the certificate is signed by no authority that this computer trusts"),
    ("CaUsedAsEndEntity", "the certificate is signed by no authority that this computer trusts"),
    ("certificate expired", "the certificate has expired"),
    ("certificate not valid yet", "the certificate is not valid yet"),
    ("certificate not valid for name", "the certificate belongs to another name"),
    ("corrupt message", "the server does not speak TLS"),
    ("tls handshake eof", "the server closed the connection during the handshake"),
    ("connection closed before message completed", "the server closed the connection"),
    ("end of file before message length reached", "the connection closed before its end"),
    ("unexpected EOF during chunk", "the connection closed before its end"),
    ("message head is too large", TOO_LONG_HEADERS),
    ("invalid HTTP version", "the server does not speak HTTP"),
];

fn in_words(message: &str) -> String {
    if let Some((_, words)) = IN_WORDS.iter().find(|(part, _)| message.contains(part)) {
        return (*words).to_owned();
    }
    let message = message.strip_prefix("failed to lookup address information: ").unwrap_or(message);
    let message = message.split(" (os error ").next().unwrap_or(message);
    message.to_owned()
}

/// Whether the connect timeout ran out, and not the operating system's own.
fn is_client_timeout(error: &reqwest::Error) -> bool {
    let is_of_system = |error: &io::Error| error.raw_os_error().is_some();
    error.is_timeout() && !io_errors(error).any(is_of_system)
}

/// rustls' errors come as these kinds of I/O error, which the TCP connection does not have before the handshake.
fn is_tls(error: &reqwest::Error) -> bool {
    io_errors(error).any(|error| matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof))
}

fn io_errors(error: &reqwest::Error) -> impl Iterator<Item = &io::Error> {
    chain(error).filter_map(|error| error.downcast_ref())
}

/// The error and those below it. An I/O error that wraps another error passes over that in its `source`.
fn chain(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    std::iter::successors(Some(error as &(dyn StdError + 'static)), |error| {
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped as &(dyn StdError + 'static)),
            None => (*error).source(),
        }
    })
}
