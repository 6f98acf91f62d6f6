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
    /// Opens a list; `-` is standard input, which is not waited for.
    ///
    /// # Errors
    /// [`Error::List`], [`Error::Usage`] of a file that is plainly no list.
    pub(super) fn open(path: &Path) -> Result<List, Error> {
        let fault = |error| Error::List { path: path.to_owned(), error };
        if path == Path::new("-") {
            let reader = file::stdin_stream().map_err(fault)?;
            return Ok(List { path: path.to_owned(), reader, line: 0 });
        }
        let mut reader = file::open_stream(path).map_err(fault)?;
        // What cannot be read is told where it is.
        match reader.fill_buf().ok().and_then(no_list) {
            Some(what) => Err(Error::Usage(format!("the list {}: {what}", path.display()))),
            None => Ok(List { path: path.to_owned(), reader, line: 0 }),
        }
    }
}

/// What a file is in place of a list, by its first bytes: one message, and not an error for each of its lines.
fn no_list(head: &[u8]) -> Option<&'static str> {
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        Some("it is UTF-16; save it as UTF-8")
    } else if head.contains(&0) {
        Some("it is binary data; a list is text, an address or a file a line")
    } else if without_bom(head).trim_ascii_start().starts_with(b"<") {
        Some("it begins as a page does; a page is named without -i")
    } else {
        None
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

#[cfg(test)]
mod tests {
    use super::no_list;

    #[test]
    fn what_is_plainly_no_list_is_told() {
        let page = "\u{feff} \n<!DOCTYPE html>";
        for head in [&b"\xff\xfeh\0t\0"[..], b"\x7fELF\x02\x01\0", page.as_bytes()] {
            assert!(no_list(head).is_some(), "{head:?}");
        }
        for head in ["", "# two\nhttps://a.example/<b>\n", "page.html", "\u{feff}été.html"] {
            assert_eq!(no_list(head.as_bytes()), None, "{head}");
        }
    }
}
