//! The answer that a record holds.

use super::coding::{Ending, decompressed, without_chunks};
use super::fault::{BodyFault, Fault};
use super::record::{RecordType, WarcRecord};
use crate::exchange::Header;

/// What a server answered, as an archive has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// The record it was in, with its whole block.
    pub record: WarcRecord,
    /// What stands ahead of the body.
    pub head: Head,
    /// Where the body begins in the block.
    body_start: usize,
}

/// What stands ahead of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The status code; 200 for a `resource` record, which has none.
    pub status: u16,
    /// The headers, their names in lower case, in the order they came.
    pub headers: Vec<Header>,
}

impl Head {
    /// The value of the first header of this name, which is in lower case.
    pub fn header(&self, name: &str) -> Option<String> {
        let header = self.headers.iter().find(|header| header.name == name)?;
        Some(String::from_utf8_lossy(&header.value).into_owned())
    }
}

impl Capture {
    /// The answer in a `response` or `resource` record; `None` for what is neither, and for answers of other protocols.
    ///
    /// # Errors
    /// [`Fault::Http`] where the record says that it holds an answer of HTTP and does not.
    pub fn of(record: WarcRecord) -> Result<Option<Capture>, Fault> {
        let content_type = record.field("Content-Type").unwrap_or_default().to_ascii_lowercase();
        let is_http = content_type.starts_with("application/http");
        let (head, body_start) = match record.record_type() {
            RecordType::Response if is_http || content_type.is_empty() => parse_head(&record.block)?,
            RecordType::Resource => {
                let value = record.field("Content-Type").unwrap_or_default().as_bytes().to_vec();
                let header = Header { name: "content-type".to_owned(), value };
                (Head { status: 200, headers: vec![header] }, 0)
            }
            _ => return Ok(None),
        };
        Ok(Some(Capture { record, head, body_start }))
    }

    /// The address; empty where the record has none.
    pub fn url(&self) -> &str {
        self.record.target_uri().unwrap_or_default()
    }

    /// When it was captured, as the record says it.
    pub fn date(&self) -> Option<&str> {
        self.record.field("WARC-Date")
    }

    /// The type of the body in lower case, without parameters: what the server said, else what the archive found.
    pub fn media_type(&self) -> Option<String> {
        let said = self.head.header("content-type");
        let said = said.as_deref().map(essence).filter(|essence| !essence.is_empty());
        said.or_else(|| self.record.field("WARC-Identified-Payload-Type").map(essence))
    }

    /// The charset label of the `Content-Type`, as it was written.
    pub fn charset(&self) -> Option<String> {
        self.head.header("content-type")?.split(';').find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            let value = value.trim().trim_matches(['"', '\'']).trim();
            (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
        })
    }

    /// The body as it is stored.
    pub fn stored_body(&self) -> &[u8] {
        &self.record.block[self.body_start..]
    }

    /// The body without chunks and compression. Of one that the record says is cut it is what there is.
    ///
    /// # Errors
    /// [`BodyFault::TooLarge`] beyond `max_bytes` after decompression; where its codings are broken, or none that can be
    /// undone.
    pub fn into_body(self, max_bytes: u64) -> Result<Vec<u8>, BodyFault> {
        let ending = if self.record.field("WARC-Truncated").is_some() { Ending::Cut } else { Ending::Whole };
        let is_chunked = self.head.header("transfer-encoding");
        let is_chunked = is_chunked.is_some_and(|value| value.to_ascii_lowercase().contains("chunked"));
        let encodings = self.head.header("content-encoding").unwrap_or_default();
        let body = if is_chunked {
            without_chunks(self.stored_body(), ending)?
        } else {
            let Capture { mut record, body_start, .. } = self;
            record.block.drain(..body_start);
            record.block
        };
        decompressed(body, &encodings, max_bytes, ending)
    }
}

/// The head of an answer, and where the body begins.
fn parse_head(block: &[u8]) -> Result<(Head, usize), Fault> {
    let mut lines = Lines { block, at: 0 };
    let status = lines.next().and_then(status).ok_or(Fault::Http)?;
    let mut headers: Vec<Header> = Vec::new();
    for line in lines.by_ref().take_while(|line| !line.is_empty()) {
        if let (Some(b' ' | b'\t'), Some(header)) = (line.first(), headers.last_mut()) {
            header.value.push(b' ');
            header.value.extend_from_slice(line.trim_ascii());
        } else if let Some(colon) = memchr::memchr(b':', line) {
            // Lines that are no header occur, and browsers skip them.
            let name = String::from_utf8_lossy(line[..colon].trim_ascii()).to_ascii_lowercase();
            headers.push(Header { name, value: line[colon + 1..].trim_ascii().to_vec() });
        }
    }
    Ok((Head { status, headers }, lines.at))
}

/// The code in a status line: `HTTP/1.1 200 OK`.
fn status(line: &[u8]) -> Option<u16> {
    let line = std::str::from_utf8(line.get(..line.len().min(32))?).ok().or_else(|| {
        // A phrase in another charset: the code stands ahead of it.
        std::str::from_utf8(line.get(..12)?).ok()
    })?;
    let (version, rest) = line.split_once(' ')?;
    let code = rest.trim_start().get(..3)?;
    let is_http = version.get(..5).is_some_and(|name| name.eq_ignore_ascii_case("HTTP/"));
    if is_http { code.parse().ok() } else { None }
}

fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Lines without their breaks, `\n` or `\r\n`.
struct Lines<'a> {
    block: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let rest = self.block.get(self.at..).filter(|rest| !rest.is_empty())?;
        let end = memchr::memchr(b'\n', rest);
        self.at += end.map_or(rest.len(), |end| end + 1);
        let line = &rest[..end.unwrap_or(rest.len())];
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }
}
