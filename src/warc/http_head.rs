//! The heads of a request and its answer as they are written.

use crate::exchange::{Exchange, Header, Protocol};

/// What the name of a header begins with that says nothing of the body as it is stored.
const ORIGINAL: &str = "X-Archive-Orig-";

/// The head of the request, the blank line included. HTTP/2 is written as HTTP/1.1 would have been.
pub(super) fn request_head(exchange: &Exchange) -> Vec<u8> {
    let url = &exchange.url;
    let target = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let mut head = format!("GET {target} {}\r\n", version(exchange.protocol)).into_bytes();
    if !exchange.request_headers.iter().any(|header| header.name.eq_ignore_ascii_case("host")) {
        let host = url.host_str().unwrap_or_default();
        let port = url.port().map_or(String::new(), |port| format!(":{port}"));
        write_header(&mut head, "host", format!("{host}{port}").as_bytes());
    }
    for header in &exchange.request_headers {
        write_header(&mut head, &header.name, &header.value);
    }
    head.extend_from_slice(b"\r\n");
    head
}

/// The head of the answer, the blank line included: its headers as they came, but for two that would not fit the body
/// as it is stored. `Transfer-Encoding` gets the name `X-Archive-Orig-Transfer-Encoding`, and so does a
/// `Content-Length` that is not the body's: `X-Archive-Orig-Content-Length`, with the right one behind.
pub(super) fn response_head(exchange: &Exchange) -> Vec<u8> {
    let status = exchange.status;
    let mut head = format!("{} {status} {}\r\n", version(exchange.protocol), reason(status)).into_bytes();
    let length = exchange.body.len().to_string();
    let is_length = |header: &&Header| header.name.eq_ignore_ascii_case("content-length");
    let mut lengths = exchange.headers.iter().filter(is_length);
    let fits = lengths.all(|header| header.value.trim_ascii() == length.as_bytes());
    for header in &exchange.headers {
        let is_coding = header.name.eq_ignore_ascii_case("transfer-encoding");
        if is_coding || (is_length(&header) && !fits) {
            write_header(&mut head, &format!("{ORIGINAL}{}", capitalised(&header.name)), &header.value);
        } else {
            write_header(&mut head, &header.name, &header.value);
        }
    }
    if !fits {
        write_header(&mut head, "content-length", length.as_bytes());
    }
    head.extend_from_slice(b"\r\n");
    head
}

/// The protocol as `WARC-Protocol` names it.
pub(super) fn protocol_name(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Http10 => "http/1.0",
        Protocol::Http11 => "http/1.1",
        Protocol::Http2 => "h2",
    }
}

fn version(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Http10 => "HTTP/1.0",
        Protocol::Http11 | Protocol::Http2 => "HTTP/1.1",
    }
}

/// A line of its own, whatever the name and the value hold: neither can end it.
fn write_header(head: &mut Vec<u8>, name: &str, value: &[u8]) {
    head.extend(name.bytes().map(|byte| if byte.is_ascii_graphic() && byte != b':' { byte } else { b'-' }));
    head.extend_from_slice(b": ");
    head.extend(value.iter().map(|&byte| if matches!(byte, b'\r' | b'\n' | 0) { b' ' } else { byte }));
    head.extend_from_slice(b"\r\n");
}

/// `transfer-encoding` as `Transfer-Encoding`.
fn capitalised(name: &str) -> String {
    let parts = name.split('-').map(|part| {
        let (first, rest) = part.split_at_checked(1).unwrap_or((part, ""));
        format!("{}{rest}", first.to_ascii_uppercase())
    });
    parts.collect::<Vec<_>>().join("-")
}

/// The usual phrase of a status (RFC 9110, 15); HTTP/2 has none to keep.
fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        206 => "Partial Content",
        300 => "Multiple Choices",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        408 => "Request Timeout",
        410 => "Gone",
        429 => "Too Many Requests",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    }
}
