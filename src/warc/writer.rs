//! Exchanges become records.

use std::io::{self, Write};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::digest::sha1_base32;
use super::http_head::{protocol_name, request_head, response_head};
use super::identity::{record_id, warc_date};
use crate::exchange::{Completeness, Exchange};

/// Writes a WARC/1.1 file, each record a gzip member of its own.
///
/// Nothing is held back: when a call returns, `out` has got the records whole, and [`bytes`](WarcWriter::bytes) is the
/// length of the file. A file that is cut back to a length that was read there is a whole file, and can be gone on with.
#[derive(Debug)]
pub struct WarcWriter<W> {
    out: W,
    bytes: u64,
}

/// What stands in the first record of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WarcInfo<'a> {
    /// The program that writes the file, with its version: `name/1.0`.
    pub software: &'a str,
    /// What is done about robots.txt.
    pub robots: RobotsPolicy,
    /// The `User-Agent` that is sent.
    pub user_agent: &'a str,
}

/// What is done about robots.txt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RobotsPolicy {
    /// It is obeyed.
    Obeyed,
    /// It is not.
    Ignored,
}

/// A record that is yet to be written.
struct Draft<'a> {
    kind: &'static str,
    id: &'a str,
    date: &'a str,
    content_type: &'static str,
    fields: Vec<(&'static str, String)>,
    block: &'a [u8],
}

impl<W: Write> WarcWriter<W> {
    /// A writer of a file that holds `bytes` bytes already: 0 for a new one, and its length for one that is gone on with,
    /// where `out` stands at its end.
    pub fn new(out: W, bytes: u64) -> Self {
        WarcWriter { out, bytes }
    }

    /// The length of the file in bytes. Behind an error it is the length before; the file may be longer, and is to be
    /// cut back.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What is written to.
    pub fn get_mut(&mut self) -> &mut W {
        &mut self.out
    }

    /// Gives back what is written to.
    pub fn into_inner(self) -> W {
        self.out
    }

    /// Writes the record that says what the file is: the first one of a new file. `date` is the time since the first of
    /// January 1970, UTC.
    ///
    /// # Errors
    /// What the output gives.
    pub fn write_info(&mut self, info: &WarcInfo<'_>, date: Duration) -> io::Result<()> {
        let robots = match info.robots {
            RobotsPolicy::Obeyed => "classic",
            RobotsPolicy::Ignored => "ignore",
        };
        let block = format!(
            "software: {}\r\nformat: WARC File Format 1.1\r\n\
             conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n\
             robots: {robots}\r\nhttp-header-user-agent: {}\r\n",
            in_one_line(info.software),
            in_one_line(info.user_agent),
        );
        let date = warc_date(date);
        let draft = Draft {
            kind: "warcinfo",
            id: &record_id("warcinfo", "", &date, self.bytes),
            date: &date,
            content_type: "application/warc-fields",
            fields: vec![],
            block: block.as_bytes(),
        };
        self.write(&draft.packed()?)
    }

    /// Writes a request and its answer: a `response` record and the `request` record that belongs to it. An answer of
    /// HTTP/2 is written as one of HTTP/1.1; `WARC-Protocol` says what it was. The headers are as they came, but for a
    /// `Transfer-Encoding` and a `Content-Length` that do not fit the body as it is stored: they are named
    /// `X-Archive-Orig-…`. Line breaks in a header are written as spaces.
    ///
    /// # Errors
    /// What the output gives.
    pub fn write_exchange(&mut self, exchange: &Exchange) -> io::Result<()> {
        let date = warc_date(exchange.began);
        let id = |kind| record_id(kind, exchange.url.as_str(), &date, self.bytes);
        let (response_id, request_id) = (id("response"), id("request"));
        let mut block = response_head(exchange);
        block.extend_from_slice(&exchange.body);
        let mut fields = vec![("WARC-Payload-Digest", sha1_base32(&exchange.body))];
        if let Some(why) = truncated(exchange.completeness) {
            fields.push(("WARC-Truncated", why.to_owned()));
        }
        let response = Draft {
            kind: "response",
            id: &response_id,
            date: &date,
            content_type: "application/http;msgtype=response",
            fields: [exchange_fields(exchange, &request_id), fields].concat(),
            block: &block,
        };
        let request_block = request_head(exchange);
        let request = Draft {
            kind: "request",
            id: &request_id,
            date: &date,
            content_type: "application/http;msgtype=request",
            fields: exchange_fields(exchange, &response_id),
            block: &request_block,
        };
        self.write(&[response.packed()?, request.packed()?].concat())
    }

    fn write(&mut self, members: &[u8]) -> io::Result<()> {
        self.out.write_all(members)?;
        self.bytes += members.len() as u64;
        Ok(())
    }
}

impl Draft<'_> {
    /// The record as a gzip member.
    fn packed(&self) -> io::Result<Vec<u8>> {
        let mut member = GzEncoder::new(Vec::new(), Compression::default());
        let Draft { kind, id, date, content_type, .. } = self;
        write!(member, "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {id}\r\nWARC-Date: {date}\r\n")?;
        for (name, value) in &self.fields {
            write!(member, "{name}: {value}\r\n")?;
        }
        write!(member, "WARC-Block-Digest: {}\r\n", sha1_base32(self.block))?;
        write!(member, "Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n", self.block.len())?;
        member.write_all(self.block)?;
        member.write_all(b"\r\n\r\n")?;
        member.finish()
    }
}

/// The fields that both records of an exchange have; `other` is the id of the other one.
fn exchange_fields(exchange: &Exchange, other: &str) -> Vec<(&'static str, String)> {
    let mut fields = vec![("WARC-Target-URI", exchange.url.as_str().to_owned())];
    if let Some(peer) = exchange.peer {
        fields.push(("WARC-IP-Address", peer.to_string()));
    }
    fields.push(("WARC-Protocol", protocol_name(exchange.protocol).to_owned()));
    fields.push(("WARC-Concurrent-To", other.to_owned()));
    fields
}

fn truncated(completeness: Completeness) -> Option<&'static str> {
    match completeness {
        Completeness::Whole => None,
        Completeness::CutByLength => Some("length"),
        Completeness::CutByTime => Some("time"),
        Completeness::CutByDisconnect => Some("disconnect"),
    }
}

fn in_one_line(value: &str) -> String {
    value.replace(['\r', '\n'], " ")
}
