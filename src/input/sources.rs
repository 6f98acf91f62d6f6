//! All the sources of a run, one after the other.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};
use std::vec;

use url::Url;

use super::argument::{Named, named};
use super::jsonl::Records;
use super::list::{Entry, List};
use super::reserved::Reserved;
use super::walk::{Met, walk};
use super::warc::{Archive, ArchiveTally};
use super::{Container, Job, Local, Work, container, file};
use crate::error::{Error, PageErrorKind};
use crate::options::{InputFormat, InputOptions};
use crate::page::{Source, without_credentials};

/// The bytes of a file or of standard input.
type Bytes = Box<dyn BufRead + Send>;

/// The jobs of a run in the order of the input: the arguments, then the list. Folders, JSON Lines and WARC files are
/// opened when their turn comes.
pub struct Sources {
    arguments: vec::IntoIter<OsString>,
    list: Option<List>,
    folder: Option<Box<dyn Iterator<Item = Met> + Send>>,
    records: Option<Box<dyn Iterator<Item = Job> + Send>>,
    archive_tally: ArchiveTally,
    format: InputFormat,
    max_bytes: u64,
    reserved: Reserved,
    groups: u64,
}

impl Sources {
    /// The sources that `options` name. A page or line over `max_bytes` after decompression fails; `reserved` is
    /// what the run writes to.
    ///
    /// # Errors
    /// [`Error::List`] where the list cannot be opened, [`Error::Usage`] where standard input is named twice.
    pub fn open(options: InputOptions, max_bytes: u64, reserved: Reserved) -> Result<Sources, Error> {
        let list_is_stdin = options.list.as_deref() == Some(Path::new("-"));
        let stdins = options.sources.iter().filter(|source| *source == "-").count() + usize::from(list_is_stdin);
        if stdins > 1 {
            return Err(Error::Usage("standard input (-) can be read only once".to_owned()));
        }
        let named = options.sources.iter().map(Path::new).chain(options.list.as_deref());
        if let Some(path) = named.into_iter().find(|path| reserved.holds_file(path)) {
            return Err(would_be_overwritten(path));
        }
        Ok(Sources {
            list: options.list.as_deref().map(List::open).transpose()?,
            arguments: options.sources.into_iter(),
            folder: None,
            records: None,
            archive_tally: ArchiveTally::default(),
            format: options.format,
            max_bytes,
            reserved,
            groups: 0,
        })
    }

    /// What the archives among the sources hold beside their pages. It is counted while the jobs are taken.
    pub fn archive_tally(&self) -> ArchiveTally {
        self.archive_tally.clone()
    }

    fn argument(&mut self, argument: &OsStr) -> Result<Option<Job>, Error> {
        let name = argument.to_string_lossy().into_owned();
        match named(argument) {
            Ok(named) => self.open_named(name, named),
            Err(kind) => Ok(Some(self.failed(name, kind))),
        }
    }

    fn entry(&mut self, entry: Entry) -> Result<Option<Job>, Error> {
        let Entry { place, text } = entry;
        let at_line = |message: String| PageErrorKind::BadSource(format!("{place}: {message}"));
        let text = match text {
            Ok(text) => text,
            Err(kind) => return Ok(Some(self.failed(place, kind))),
        };
        match named(OsStr::new(&text)) {
            Ok(Named::Stdin) => {
                let kind = at_line("standard input cannot stand in a list".to_owned());
                Ok(Some(self.failed(text, kind)))
            }
            Ok(named) => self.open_named(text, named),
            Err(PageErrorKind::BadSource(message)) => Ok(Some(self.failed(text, at_line(message)))),
            Err(kind) => Ok(Some(self.failed(text, kind))),
        }
    }

    /// The job of what was named `name`, or `None` where it opened a folder or records.
    fn open_named(&mut self, name: String, named: Named) -> Result<Option<Job>, Error> {
        match named {
            Named::Url(url) => Ok(Some(self.url(name, url))),
            Named::File(path) => self.file(path),
            Named::Folder(path) => self.open_folder(&path),
            Named::Stdin => Ok(self.stdin()),
        }
    }

    fn url(&mut self, name: String, url: Url) -> Job {
        if let InputFormat::Jsonl | InputFormat::Warc = self.format {
            let format = if self.format == InputFormat::Jsonl { "jsonl" } else { "warc" };
            let message = format!("a URL is fetched as one page; for --from {format} give a file or -");
            return self.failed(name, PageErrorKind::BadSource(message));
        }
        let name = match without_credentials(&url) {
            Cow::Borrowed(_) => name,
            Cow::Owned(shown) => shown.into(),
        };
        Job { name, source: Source::Url(url.clone()), group: self.next_group(), work: Work::Fetch(url) }
    }

    fn file(&mut self, path: PathBuf) -> Result<Option<Job>, Error> {
        if self.reserved.holds_file(&path) {
            return Err(would_be_overwritten(&path));
        }
        let name = path.display().to_string();
        let reader = match container(&path, self.format) {
            Some(Container::Jsonl) => Some((Container::Jsonl, file::open_stream(&path))),
            Some(Container::Warc) => Some((Container::Warc, file::open_packed(&path))),
            None => None,
        };
        if let Some((container, reader)) = reader {
            return Ok(self.open_records(name, container, reader));
        }
        let source = Source::File(path.clone());
        Ok(Some(Job { name, source, group: self.next_group(), work: Work::Open(Local::File(path)) }))
    }

    fn open_folder(&mut self, path: &Path) -> Result<Option<Job>, Error> {
        if self.reserved.is_folder(path) {
            return Err(Error::Usage(format!("{} is a source and the output; give another folder", path.display())));
        }
        self.folder = Some(Box::new(walk(path, &self.reserved)));
        Ok(None)
    }

    fn stdin(&mut self) -> Option<Job> {
        let name = Source::Stdin.to_string();
        match self.format {
            InputFormat::Jsonl => self.open_records(name, Container::Jsonl, file::stdin_stream()),
            InputFormat::Warc => self.open_records(name, Container::Warc, Ok(file::stdin_packed())),
            InputFormat::Auto | InputFormat::Html | InputFormat::Text => {
                let group = self.next_group();
                Some(Job { name, source: Source::Stdin, group, work: Work::Open(Local::Stdin) })
            }
        }
    }

    /// Opens the records of `reader`, or gives the job that says why it cannot be read.
    fn open_records(&mut self, name: String, container: Container, reader: io::Result<Bytes>) -> Option<Job> {
        let reader = match reader {
            Ok(reader) => reader,
            Err(error) => return Some(self.failed(name, PageErrorKind::Read(error))),
        };
        let group = self.next_group();
        self.records = Some(match container {
            Container::Jsonl => Box::new(Records::new(name, group, self.max_bytes, reader)),
            Container::Warc => Box::new(Archive::new(name, group, self.max_bytes, reader, self.archive_tally.clone())),
        });
        None
    }

    fn failed(&mut self, name: String, kind: PageErrorKind) -> Job {
        let source = Source::File(PathBuf::from(&name));
        Job { name, source, group: self.next_group(), work: Work::Failed(kind) }
    }

    fn next_group(&mut self) -> u64 {
        self.groups += 1;
        self.groups - 1
    }

    /// The job of the next argument, page of the open folder or line of the list; `Ok(None)` where it opened one,
    /// `None` at the end.
    fn step(&mut self) -> Option<Result<Option<Job>, Error>> {
        if let Some(folder) = &mut self.folder {
            match folder.next() {
                Some(Ok(path)) => return Some(self.file(path)),
                Some(Err((path, error))) => {
                    return Some(Ok(Some(self.failed(path.display().to_string(), PageErrorKind::Read(error)))));
                }
                None => self.folder = None,
            }
        }
        if let Some(argument) = self.arguments.next() {
            return Some(self.argument(&argument));
        }
        match self.list.as_mut()?.next()? {
            Ok(entry) => Some(self.entry(entry)),
            Err(error) => {
                self.list = None;
                Some(Err(error))
            }
        }
    }
}

impl Iterator for Sources {
    type Item = Result<Job, Error>;

    fn next(&mut self) -> Option<Result<Job, Error>> {
        loop {
            if let Some(job) = self.records.as_mut().and_then(Iterator::next) {
                return Some(Ok(job));
            }
            self.records = None;
            if let Some(job) = self.step()?.transpose() {
                return Some(job);
            }
        }
    }
}

fn would_be_overwritten(path: &Path) -> Error {
    Error::Usage(format!("{} is a source and would be overwritten by the output", path.display()))
}
