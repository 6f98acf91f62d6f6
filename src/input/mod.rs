//! Arguments become pages: argument → [`Job`] → [`RawPage`].
//!
//! [`Sources`] names the jobs one by one, in the order of the input, and never holds more than one line, one folder
//! per depth and one open file. What is local is read by [`Local::open`], on whatever thread; URLs are the caller's
//! to fetch.

mod argument;
mod file;
mod jsonl;
mod lines;
mod list;
mod reserved;
mod sniff;
mod sources;
mod walk;

use std::path::PathBuf;

use url::Url;

use crate::error::PageErrorKind;
use crate::options::{InputFormat, PageField};
use crate::page::{RawPage, Source};

pub use list::count_entries;
pub use reserved::Reserved;
pub use sources::Sources;

/// One page to be read.
#[derive(Debug)]
pub struct Job {
    /// The source as the user named it; `file:line` for a record.
    pub name: String,
    /// Where the page comes from.
    pub source: Source,
    /// The number of the source it belongs to, from 0: the records of one file share theirs.
    pub group: u64,
    /// What is to be done for it.
    pub work: Work,
}

/// What is to be done for a page.
#[derive(Debug)]
pub enum Work {
    /// Fetch it.
    Fetch(Url),
    /// Read it.
    Open(Local),
    /// Nothing: it failed already.
    Failed(PageErrorKind),
}

/// A page at hand.
#[derive(Debug)]
pub enum Local {
    /// A file of one page.
    File(PathBuf),
    /// Standard input, to its end.
    Stdin,
    /// A line of JSON Lines.
    Line(Vec<u8>),
}

/// How pages at hand are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What files and standard input hold.
    pub format: InputFormat,
    /// The field of a record that holds the page.
    pub field: PageField,
    /// Bytes of a page at the most, after decompression.
    pub max_bytes: u64,
}

impl Local {
    /// Reads the page. Compressed bytes (gzip, zstd) are decompressed.
    ///
    /// # Errors
    /// [`PageErrorKind::Read`], [`PageErrorKind::TooLarge`] beyond the limit after decompression,
    /// [`PageErrorKind::ContentType`] for what is no text, [`PageErrorKind::Record`] for a broken line.
    pub fn open(self, source: Source, reading: &Reading) -> Result<RawPage, PageErrorKind> {
        match self {
            Local::File(path) => file::read_file(source, &path, reading.format, reading.max_bytes),
            Local::Stdin => file::read_stdin(source, reading.format, reading.max_bytes),
            Local::Line(line) => jsonl::page(source, line, &reading.field),
        }
    }
}

/// Whether a source of this name holds JSON Lines when the user says it holds `format`.
pub fn is_jsonl(name: &std::path::Path, format: InputFormat) -> bool {
    match format {
        InputFormat::Jsonl => true,
        InputFormat::Auto => sniff::Extension::of(name) == Some(sniff::Extension::Jsonl),
        InputFormat::Html | InputFormat::Text => false,
    }
}
