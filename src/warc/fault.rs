//! What can be wrong with a WARC file. One bad record never costs the next one.

use std::fmt;
use std::io;

use thiserror::Error;

use super::record::WarcRecord;

/// Where in a file a record begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Bytes ahead of the record in the file as it lies there; of a compressed file, ahead of the member (gzip) or frame
    /// (Zstandard) that the record begins in.
    pub offset: u64,
    /// Of a record that is not the first in its member: bytes of the member, decompressed, ahead of it.
    pub unpacked: Option<u64>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "offset {}", self.offset)?;
        match self.unpacked {
            Some(bytes) => write!(f, " (and {bytes} bytes on, decompressed)"),
            None => Ok(()),
        }
    }
}

/// A record that cannot be read.
#[derive(Debug, Error)]
#[error("{place}: {fault}")]
pub struct WarcError {
    /// Where it begins.
    pub place: Place,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a record.
#[derive(Debug, Error)]
pub enum Fault {
    /// There is something else.
    #[error("no record of WARC/1.0 or WARC/1.1 begins here")]
    NoRecord,
    /// One of its fields is none.
    #[error("a line of its head is no field: {0:?}")]
    FieldLine(String),
    /// Its head has no end within the limit, which is in bytes.
    #[error("its head ends nowhere within {0} bytes")]
    LongHead(usize),
    /// It ends ahead of its block.
    #[error("it ends within its head")]
    ShortHead,
    /// Its length is not said (`None`), or not as a number.
    #[error("its Content-Length is {}", .0.as_ref().map_or("missing".to_owned(), |value| format!("no number: {value:?}")))]
    ContentLength(Option<String>),
    /// It ends early.
    #[error("it ends after {found} of the {announced} bytes that its Content-Length says")]
    Short {
        /// Bytes of its block that are there.
        found: u64,
        /// Bytes that there should be.
        announced: u64,
    },
    /// It does not end where it should.
    #[error("it does not end behind the {0} bytes that its Content-Length says")]
    WrongLength(u64),
    /// Its block is larger than allowed.
    #[error("record {} of {} has {length} bytes, more than {limit} (--max-size)",
        record.id().unwrap_or("without an id"), record.target_uri().unwrap_or("no address"))]
    TooLarge {
        /// The record, with no more than the first bytes of its block: enough for the head of an answer.
        record: Box<WarcRecord>,
        /// The length of its block in bytes.
        length: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// What it is compressed with is broken.
    #[error("its compression is broken: {0}")]
    Compression(String),
    /// It holds no answer of HTTP though it says so.
    #[error("its block begins with no status line of HTTP")]
    Http,
    /// The file cannot be read any further.
    #[error("cannot read it: {0}")]
    Read(io::Error),
}

/// What is wrong with the body of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BodyFault {
    /// It is larger than allowed.
    #[error("larger than {limit} bytes after decompression")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The chunks it is stored in are broken.
    #[error("the chunks of its body break off")]
    Chunks,
    /// Its compression is broken.
    #[error("the compression of its body ({coding}) is broken: {reason}")]
    Compression {
        /// The name of the coding.
        coding: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Its compression is none that can be undone.
    #[error("its body is compressed in a way that cannot be undone ({0})")]
    Unknown(String),
}
