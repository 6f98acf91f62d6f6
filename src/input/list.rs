//! A list of sources, one a line.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use super::file;
use super::lines::{Line, read_line, without_bom};
use crate::error::{Error, PageErrorKind};

/// The longest line of a list, in bytes. The longest URLs that servers take are shorter.
const MAX_LINE_BYTES: u64 = 64 * 1024;

/// An open list.
pub(super) struct List {
    path: PathBuf,
    reader: Box<dyn BufRead + Send>,
    line: u64,
}

/// The sources that a list names, where that can be told ahead: of a file that is not compressed.
pub fn count_entries(path: &Path) -> Option<u64> {
    let is_packed = path.extension().is_some_and(|extension| extension == "gz" || extension == "zst");
    if !path.is_file() || is_packed {
        return None;
    }
    let list = List::open(path).ok()?;
    Some(list.map_while(Result::ok).count() as u64)
}

/// A line of a list.
pub(super) struct Entry {
    /// How messages name the line: `line 3 of urls.txt`.
    pub(super) place: String,
    /// The source it names, without the spaces around it, or what is wrong with it.
    pub(super) text: Result<String, PageErrorKind>,
}

impl List {
    /// Opens a list; `-` is standard input.
    pub(super) fn open(path: &Path) -> Result<List, Error> {
        let opened = if path == Path::new("-") { file::stdin_stream() } else { file::open_stream(path) };
        match opened {
            Ok(reader) => Ok(List { path: path.to_owned(), reader, line: 0 }),
            Err(error) => Err(Error::List { path: path.to_owned(), error }),
        }
    }
}

impl Iterator for List {
    type Item = Result<Entry, Error>;

    fn next(&mut self) -> Option<Result<Entry, Error>> {
        let mut bytes = Vec::new();
        loop {
            self.line += 1;
            let text = match read_line(self.reader.as_mut(), MAX_LINE_BYTES, &mut bytes) {
                Err(error) => return Some(Err(Error::List { path: self.path.clone(), error })),
                Ok(Line::End) => return None,
                Ok(Line::TooLong) => {
                    Err(PageErrorKind::BadSource(format!("the line is longer than {MAX_LINE_BYTES} bytes")))
                }
                Ok(Line::Whole) => match std::str::from_utf8(without_bom(&bytes)).map(str::trim) {
                    Ok(text) if text.is_empty() || text.starts_with('#') => continue,
                    Ok(text) => Ok(text.to_owned()),
                    Err(_) => Err(PageErrorKind::BadSource("the line is not UTF-8".to_owned())),
                },
            };
            let place = format!("line {} of {}", self.line, self.path.display());
            return Some(Ok(Entry { place, text }));
        }
    }
}
