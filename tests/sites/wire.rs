//! Requests, and what is said to them.

use std::fmt::Write as _;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A request.
pub struct Request {
    /// The name of the host, without the port.
    pub host: String,
    /// Path and query.
    pub path: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// Which request of its path it is, from 1.
    pub visit: usize,
}

impl Request {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|header| header.0 == name).map(|header| header.1.as_str())
    }
}

/// What is said to a request, and what becomes of the connection.
pub enum Reply {
    /// These bytes; then the next request.
    Whole(Vec<u8>),
    /// These bytes, and the end.
    Last(Vec<u8>),
    /// These bytes, and a reset.
    Reset(Vec<u8>),
    /// These bytes, and nothing more.
    Silence(Vec<u8>),
    /// These bytes, and these others for ever.
    Endless(Vec<u8>, &'static [u8]),
}

impl Reply {
    /// Says it. `None` where the connection ends by it.
    pub(super) async fn send(self, stream: &mut TcpStream) -> Option<()> {
        match self {
            Reply::Whole(bytes) => stream.write_all(&bytes).await.ok(),
            Reply::Last(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
                None
            }
            Reply::Reset(bytes) => {
                let _ = stream.write_all(&bytes).await;
                // Without lingering, closing sends a reset instead of an end.
                let _ = stream.set_zero_linger();
                None
            }
            Reply::Silence(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.read(&mut [0]).await;
                None
            }
            Reply::Endless(bytes, more) => {
                let _ = stream.write_all(&bytes).await;
                while stream.write_all(more).await.is_ok() {}
                None
            }
        }
    }
}

/// The next request of a connection; `None` at its end.
pub(super) async fn read_request(stream: &mut TcpStream, read: &mut Vec<u8>) -> Option<Request> {
    let end = loop {
        if let Some(end) = read.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(read).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(read.drain(..end + 4).collect()).unwrap();
    let mut lines = head.lines();
    let path = lines.next()?.split(' ').nth(1)?.to_owned();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let host = headers.iter().find(|header| header.0 == "host")?.1.split(':').next()?.to_owned();
    Some(Request { host, path, headers, visit: 0 })
}

/// An answer with its length.
pub fn answer(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    [head.as_bytes(), b"\r\n", body].concat()
}

/// A page of HTML.
pub fn page(html: &str) -> Reply {
    Reply::Whole(answer("200 OK", &[("Content-Type", "text/html; charset=utf-8")], html))
}

/// A page of HTML in pieces.
pub fn chunked(html: &str) -> Reply {
    let mut bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    for piece in html.as_bytes().chunks(300) {
        bytes.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
        bytes.extend_from_slice(piece);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"0\r\n\r\n");
    Reply::Whole(bytes)
}

/// A redirect.
pub fn moved(location: &str) -> Reply {
    Reply::Whole(answer("302 Found", &[("Location", location)], ""))
}

/// A robots.txt.
pub fn robots(rules: &str) -> Reply {
    Reply::Whole(answer("200 OK", &[("Content-Type", "text/plain")], rules))
}
