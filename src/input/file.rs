//! Files and standard input, decompressed, within the limit.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use super::sniff::{Extension, not_a_page, page_format};
use super::whole::read_whole;
use crate::error::PageErrorKind;
use crate::options::InputFormat;
use crate::page::{PageFormat, RawPage, Source};

/// The first bytes of gzip (RFC 1952, 2.3.1).
const GZIP_MAGIC: &[u8] = &[0x1f, 0x8b];
/// The first bytes of a Zstandard frame (RFC 8878, 3.1.1).
const ZSTD_MAGIC: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// The page of a file, whose bytes go into `room` in place of what is there.
pub(super) fn read_file(
    room: Vec<u8>,
    source: Source,
    path: &Path,
    format: InputFormat,
    max_bytes: u64,
) -> Result<RawPage, PageErrorKind> {
    let format = match (format, Extension::of(path)) {
        (InputFormat::Auto, Some(Extension::Html)) => InputFormat::Html,
        (InputFormat::Auto, Some(Extension::Text)) => InputFormat::Text,
        (format, _) => format,
    };
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    if size > max_bytes {
        // Too long, but for what it is when it is decompressed or cut.
        return read_page(source, file, format, max_bytes);
    }
    let body = read_whole(file, room, size as usize, max_bytes.saturating_add(1))?;
    if body.starts_with(GZIP_MAGIC) || body.starts_with(ZSTD_MAGIC) {
        return read_page(source, Cursor::new(body), format, max_bytes);
    }
    page_of(source, body, format, max_bytes)
}

/// Tells the system that a file will be read soon: it comes from its disk or server meanwhile. Where there is no such call, and for pipes and
/// the like, for which one might wait for ever, nothing happens.
#[cfg(target_os = "linux")]
pub fn announce(path: &Path) {
    use std::num::NonZeroU64;

    use rustix::fs::{Advice, fadvise};

    /// Bytes that are fetched ahead: of more, the system fetches the rest while the first are read.
    const BYTES: Option<NonZeroU64> = NonZeroU64::new(4 << 20);

    if path.metadata().is_ok_and(|about| about.is_file())
        && let Ok(file) = File::open(path)
    {
        // Who reads it meets the fault, if there is one.
        let _ = fadvise(file, 0, BYTES, Advice::WillNeed);
    }
}

/// Does nothing: this system is not told ahead that a file will be read.
#[cfg(not(target_os = "linux"))]
pub fn announce(_path: &Path) {}

/// The page on standard input.
pub(super) fn read_stdin(source: Source, format: InputFormat, max_bytes: u64) -> Result<RawPage, PageErrorKind> {
    read_page(source, io::stdin(), format, max_bytes)
}

/// The page of a stream.
fn read_page(
    source: Source,
    stream: impl Read + Send + 'static,
    format: InputFormat,
    max_bytes: u64,
) -> Result<RawPage, PageErrorKind> {
    let mut body = Vec::new();
    decompressed(stream)?.take(max_bytes.saturating_add(1)).read_to_end(&mut body)?;
    page_of(source, body, format, max_bytes)
}

/// The page of these bytes, which were read up to one more than `max_bytes`.
fn page_of(source: Source, body: Vec<u8>, format: InputFormat, max_bytes: u64) -> Result<RawPage, PageErrorKind> {
    if body.len() as u64 > max_bytes {
        return Err(PageErrorKind::TooLarge { limit: max_bytes });
    }
    let format = match (format, not_a_page(&body)) {
        (_, Some(what)) => Err(what),
        (InputFormat::Html, None) => Ok(PageFormat::Html),
        (InputFormat::Text, None) => Ok(PageFormat::Text),
        (InputFormat::Auto | InputFormat::Jsonl | InputFormat::Warc, None) => page_format(&body),
    };
    let format = format.map_err(|what| PageErrorKind::ContentType(what.to_owned()))?;
    Ok(RawPage::new(source, format, body))
}

/// A file's bytes, decompressed where they open as gzip or Zstandard do.
pub(super) fn open_stream(path: &Path) -> io::Result<Box<dyn BufRead + Send>> {
    decompressed(File::open(path)?)
}

/// Standard input's bytes, likewise.
pub(super) fn stdin_stream() -> io::Result<Box<dyn BufRead + Send>> {
    decompressed(io::stdin())
}

/// A file's bytes as they lie there.
pub(super) fn open_packed(path: &Path) -> io::Result<Box<dyn BufRead + Send>> {
    Ok(Box::new(BufReader::new(File::open(path)?)))
}

/// Standard input's bytes as they come.
pub(super) fn stdin_packed() -> Box<dyn BufRead + Send> {
    Box::new(BufReader::new(io::stdin()))
}

fn decompressed(mut stream: impl Read + Send + 'static) -> io::Result<Box<dyn BufRead + Send>> {
    let mut head = Vec::with_capacity(ZSTD_MAGIC.len());
    stream.by_ref().take(ZSTD_MAGIC.len() as u64).read_to_end(&mut head)?;
    let (is_gzip, is_zstd) = (head.starts_with(GZIP_MAGIC), head == ZSTD_MAGIC);
    let whole = BufReader::new(Cursor::new(head).chain(stream));
    Ok(match (is_gzip, is_zstd) {
        (true, _) => Box::new(BufReader::new(MultiGzDecoder::new(whole))),
        (_, true) => Box::new(BufReader::new(zstd::Decoder::with_buffer(whole)?)),
        _ => Box::new(whole),
    })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::fs::{CWD, FileType, Mode, mknodat};

    use super::announce;

    #[test]
    fn what_is_no_plain_file_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        mknodat(CWD, &pipe, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
        for path in [pipe, folder.path().to_owned(), folder.path().join("missing")] {
            // It returns, though no one writes to the pipe.
            announce(&path);
        }
    }
}
