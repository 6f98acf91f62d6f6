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
use crate::options::{Order, OutputFormat, Target};
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
                Output::Temporary(path, _) => Reserved::file(path),
                Output::Stdout | Output::Direct(..) => Reserved::default(),
            },
            Sink::Folder(folder) => Reserved::folder(folder.path.clone(), extension(folder.format)),
        }
    }

    /// Whether records go to standard output.
    pub(super) fn is_stdout(&self) -> bool {
        matches!(self, Sink::One(stream) if matches!(stream.output(), Output::Stdout))
    }

    /// The order that records have to come in, where `asked` is asked for: the files of a folder are written one after
    /// the other.
    pub(super) fn order(&self, asked: Order) -> Order {
        match self {
            Sink::One(..) => asked,
            Sink::Folder(_) => Order::Sources,
        }
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
    /// Records of one source come one after the other, but for those of a list: pages that were fetched come between.
    fn write(&mut self, ticket: &Ticket, record: &[u8]) -> Result<(), Error> {
        if !holds_several(&ticket.source) {
            let mut stream = self.open(ticket, Count::One)?;
            stream.write(record)?;
            return stream.finish();
        }
        if self.current.as_ref().is_none_or(|file| file.group != ticket.group) {
            self.end_file()?;
            self.current = Some(OpenFile { group: ticket.group, stream: self.open(ticket, Count::Several)? });
        }
        self.current.as_mut().map_or(Ok(()), |file| file.stream.write(record))
    }

    fn open(&mut self, ticket: &Ticket, count: Count) -> Result<Stream, Error> {
        let name = format!("{}.{}", self.names.stem(&ticket.source), extension(self.format));
        Stream::new(Output::open(&self.path.join(name))?, self.format, count)
    }

    fn end_file(&mut self) -> Result<(), Error> {
        self.current.take().map_or(Ok(()), |file| file.stream.finish())
    }
}

/// Whether the file that a record came from holds others.
fn holds_several(source: &Source) -> bool {
    match source {
        Source::Record { .. } | Source::Archived { .. } | Source::ArchivePlace { .. } => true,
        Source::Url(_) | Source::File(_) | Source::Stdin | Source::Memory => false,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_between_the_records_of_a_file_has_a_file_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let target = Target::Path(folder.path().to_owned());
        let mut sink = Sink::open(&target, OutputFormat::Json, Count::Several).unwrap();
        let record = |line| Source::Record { container: "day.jsonl".to_owned(), line };
        let page = Source::Url("http://a.example/bridge".parse().unwrap());
        for (group, source, text) in [(0, record(1), "1"), (1, page, "2"), (0, record(2), "3")] {
            let ticket = Ticket { name: source.to_string(), source, group };
            sink.write(&ticket, format!("{text}\n").as_bytes()).unwrap();
        }
        sink.finish().unwrap();
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(read("day.json"), "[\n1,\n3\n]\n");
        assert_eq!(read("bridge.json"), "2\n");
    }
}
