//! Arguments become pages: argument → [`Job`] → [`RawPage`].
//!
//! [`Sources`] names the jobs one by one, in the order of the input, and never holds more than one record, one
//! folder per depth and one open file. What is local is read by [`Local::open`], on whatever thread; URLs are the caller's
//! to fetch.

mod argument;
mod file;
#[cfg(feature = "fuzzing")]
pub(crate) mod fuzzing;
mod jsonl;
mod lines;
mod list;
mod reserved;
mod sniff;
mod sources;
mod walk;
mod warc;
mod whole;

use std::path::{Path, PathBuf};

use url::Url;

use crate::error::PageErrorKind;
use crate::options::{InputFormat, PageField};
use crate::page::{RawPage, Source};
use crate::warc::Capture;

pub use file::announce;
pub use list::count_entries;
pub use reserved::Reserved;
pub use sources::Sources;
pub use warc::ArchiveTally;

/// One page to be read.
#[derive(Debug)]
pub struct Job {
    /// The source as the user named it; `file:line` for a record, address and id for one of an archive.
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
    /// An answer in a WARC file.
    Archived(Box<Capture>),
}

/// What holds many pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// JSON Lines.
    Jsonl,
    /// A WARC file.
    Warc,
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
    /// [`PageErrorKind::ContentType`] for what is no text, [`PageErrorKind::Record`] for a broken line or answer.
    pub fn open(self, source: Source, reading: &Reading) -> Result<RawPage, PageErrorKind> {
        self.open_into(Vec::new(), source, reading)
    }

    /// Likewise, a file into `room`: memory that was written to a moment ago is quicker to write to. What is in it goes.
    ///
    /// # Errors
    /// Those of [`Local::open`].
    pub fn open_into(self, room: Vec<u8>, source: Source, reading: &Reading) -> Result<RawPage, PageErrorKind> {
        match self {
            Local::File(path) => file::read_file(room, source, &path, reading.format, reading.max_bytes),
            Local::Stdin => file::read_stdin(source, reading.format, reading.max_bytes),
            Local::Line(line) => jsonl::page(source, line, &reading.field),
            Local::Archived(capture) => warc::page(source, *capture, reading.max_bytes),
        }
    }

    /// The file that it is, if it is one: it can be announced.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Local::File(path) => Some(path),
            Local::Stdin | Local::Line(_) | Local::Archived(_) => None,
        }
    }

    /// Bytes of it that take up memory already; `None` where it is still to be read.
    pub fn bytes_in_memory(&self) -> Option<usize> {
        match self {
            Local::File(_) | Local::Stdin => None,
            Local::Line(line) => Some(line.len()),
            Local::Archived(capture) => Some(capture.record.block.len()),
        }
    }
}

/// What holds many pages, of a source of this name that the user says holds `format`; `None` for a page.
pub fn container(name: &Path, format: InputFormat) -> Option<Container> {
    match (format, sniff::Extension::of(name)) {
        (InputFormat::Jsonl, _) | (InputFormat::Auto, Some(sniff::Extension::Jsonl)) => Some(Container::Jsonl),
        (InputFormat::Warc, _) | (InputFormat::Auto, Some(sniff::Extension::Warc)) => Some(Container::Warc),
        (InputFormat::Auto | InputFormat::Html | InputFormat::Text, _) => None,
    }
}
