//! Where the records of a run go: all to one output, or each source's to a file of its own.

use std::fs;
use std::path::{Path, PathBuf};

use super::names::Names;
use super::output::{Output, cannot_write};
use super::page::Ticket;
use super::plan::Count;
use super::stream::Stream;
use crate::error::Error;
use crate::input::Reserved;
use crate::options::{OutputFormat, Target};
use crate::page::Source;

/// Takes records in the order of the sources.
#[derive(Debug)]
pub(super) enum Sink {
    /// All go to one output.
    One(Stream),
    /// Each source has a file in a folder.
    Folder(Folder),
}

impl Sink {
    /// Opens the target. A folder is made where there is none.
    pub(super) fn open(target: &Target, format: OutputFormat, count: Count) -> Result<Sink, Error> {
        match target {
            Target::Stdout => Stream::new(Output::Stdout, format, count).map(Sink::One),
            Target::Path(path) if names_folder(path) => {
                fs::create_dir_all(path).map_err(|error| cannot_write(path, error))?;
                let path = path.canonicalize().map_err(|error| cannot_write(path, error))?;
                Ok(Sink::Folder(Folder { path, format, names: Names::default(), current: None }))
            }
            Target::Path(path) => Stream::new(Output::open(path)?, format, count).map(Sink::One),
        }
    }

    /// What must not be read.
    pub(super) fn reserved(&self) -> Reserved {
        match self {
            Sink::One(stream) => match stream.output() {
                Output::Temporary(path, _) => path.canonicalize().map_or(Reserved::Nothing, Reserved::File),
                Output::Stdout | Output::Direct(..) => Reserved::Nothing,
            },
            Sink::Folder(folder) => Reserved::Folder { path: folder.path.clone(), extension: extension(folder.format) },
        }
    }

    /// Whether records go to standard output.
    pub(super) fn is_stdout(&self) -> bool {
        matches!(self, Sink::One(stream) if matches!(stream.output(), Output::Stdout))
    }

    /// Takes the record of a page; an empty one leaves no trace.
    pub(super) fn write(&mut self, ticket: &Ticket, record: &[u8]) -> Result<(), Error> {
        match self {
            _ if record.is_empty() => Ok(()),
            Sink::One(stream) => stream.write(record),
            Sink::Folder(folder) => folder.write(ticket, record),
        }
    }

    /// Ends the run's output.
    pub(super) fn finish(self) -> Result<(), Error> {
        match self {
            Sink::One(stream) => stream.finish(),
            Sink::Folder(mut folder) => folder.end_file(),
        }
    }
}

/// A folder of one file a source.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    format: OutputFormat,
    names: Names,
    current: Option<OpenFile>,
}

/// The file of the source whose records are coming.
#[derive(Debug)]
struct OpenFile {
    group: u64,
    stream: Stream,
}

impl Folder {
    fn write(&mut self, ticket: &Ticket, record: &[u8]) -> Result<(), Error> {
        if self.current.as_ref().is_none_or(|file| file.group != ticket.group) {
            self.end_file()?;
            self.current = Some(self.open_file(ticket)?);
        }
        self.current.as_mut().map_or(Ok(()), |file| file.stream.write(record))
    }

    fn open_file(&mut self, ticket: &Ticket) -> Result<OpenFile, Error> {
        let name = format!("{}.{}", self.names.stem(&ticket.source), extension(self.format));
        let count = if matches!(ticket.source, Source::Record { .. }) { Count::Several } else { Count::One };
        let output = Output::open(&self.path.join(name))?;
        Ok(OpenFile { group: ticket.group, stream: Stream::new(output, self.format, count)? })
    }

    fn end_file(&mut self) -> Result<(), Error> {
        self.current.take().map_or(Ok(()), |file| file.stream.finish())
    }
}

/// Whether a path ends as a folder's does or is one.
pub(super) fn names_folder(path: &Path) -> bool {
    path.as_os_str().to_string_lossy().ends_with(std::path::is_separator) || path.is_dir()
}

/// How the files of a format end.
fn extension(format: OutputFormat) -> &'static str {
    match format {
        OutputFormat::Text => "txt",
        OutputFormat::Markdown => "md",
        OutputFormat::Json => "json",
        OutputFormat::Jsonl => "jsonl",
        OutputFormat::Html => "html",
        OutputFormat::Explain => "explain.txt",
        OutputFormat::Parquet => "parquet",
    }
}
