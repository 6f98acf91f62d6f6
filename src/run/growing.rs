//! A file that grows record by record and can be cut back to where it was committed: the output of a crawl.

use std::ffi::OsStr;
use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::output::cannot_write;
use crate::error::Error;

/// A file that grows. No other run can have it open as one.
#[derive(Debug)]
pub(super) struct Growing {
    path: PathBuf,
    file: File,
    packing: Packing,
    /// Records that wait to be compressed together.
    pending: Vec<u8>,
    /// Bytes in the file.
    length: u64,
}

/// How records become bytes of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    /// As they are, each at once.
    Plain,
    /// As a member of gzip for each commit.
    Gzip,
    /// As a frame of zstd for each commit.
    Zstd,
}

/// A file that no other run can have open, as it was found.
#[derive(Debug)]
pub(super) struct Locked {
    path: PathBuf,
    file: File,
    packing: Packing,
}

/// What a file begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beginning {
    /// Nothing: what is there goes.
    Empty,
    /// So many bytes of what is there; the rest goes.
    First(u64),
}

impl Locked {
    /// Opens a file that is to be compressed as its name says.
    ///
    /// # Errors
    /// [`Error::Output`] where it cannot be written or another run writes it.
    pub(super) fn open(path: &Path) -> Result<Locked, Error> {
        Locked::open_as(Packing::of(path), path)
    }

    /// Opens a file whose records are compressed already, if at all.
    ///
    /// # Errors
    /// Those of [`Locked::open`].
    pub(super) fn open_unpacked(path: &Path) -> Result<Locked, Error> {
        Locked::open_as(Packing::Plain, path)
    }

    fn open_as(packing: Packing, path: &Path) -> Result<Locked, Error> {
        let open = || {
            let file = File::options().read(true).write(true).create(true).truncate(false).open(path)?;
            match file.try_lock() {
                Ok(()) => Ok(file),
                Err(TryLockError::WouldBlock) => Err(io::Error::other("another run is writing it")),
                Err(TryLockError::Error(error)) => Err(error),
            }
        };
        let file = open().map_err(|error| cannot_write(path, error))?;
        Ok(Locked { path: path.to_owned(), file, packing })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Lets it grow from what it begins with.
    ///
    /// # Errors
    /// [`Error::Output`] where it is shorter than it should be.
    pub(super) fn grow(self, beginning: Beginning) -> Result<Growing, Error> {
        let Locked { path, mut file, packing } = self;
        let length = match beginning {
            Beginning::Empty => 0,
            Beginning::First(length) => length,
        };
        let cut = |file: &mut File| {
            let found = file.metadata()?.len();
            if found < length {
                return Err(io::Error::other(format!(
                    "it has {found} bytes and the state tells of {length}: it is not the file that the state belongs to"
                )));
            }
            file.set_len(length)?;
            file.seek(SeekFrom::End(0))
        };
        cut(&mut file).map_err(|error| cannot_write(&path, error))?;
        Ok(Growing { path, file, packing, pending: Vec::new(), length })
    }
}

impl Growing {
    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Its length in bytes, without records that wait to be compressed.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Adds a record, and says where it begins: of a compressed file where the member that holds it begins.
    pub(super) fn add(&mut self, record: &[u8]) -> Result<u64, Error> {
        let begins = self.length;
        match self.packing {
            Packing::Plain => self.append(record)?,
            Packing::Gzip | Packing::Zstd => self.pending.extend_from_slice(record),
        }
        Ok(begins)
    }

    /// Has all records on the disk, and says how long the file is then.
    pub(super) fn commit(&mut self) -> Result<u64, Error> {
        if !self.pending.is_empty() {
            let packed = self.packing.pack(&self.pending).map_err(|error| cannot_write(&self.path, error))?;
            self.append(&packed)?;
            self.pending.clear();
        }
        self.file.sync_data().map_err(|error| cannot_write(&self.path, error))?;
        Ok(self.length)
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.file.write_all(bytes).map_err(|error| cannot_write(&self.path, error))?;
        self.length += bytes.len() as u64;
        Ok(())
    }
}

impl Packing {
    fn of(path: &Path) -> Packing {
        match path.extension().and_then(OsStr::to_str) {
            Some(extension) if extension.eq_ignore_ascii_case("gz") => Packing::Gzip,
            Some(extension) if extension.eq_ignore_ascii_case("zst") => Packing::Zstd,
            _ => Packing::Plain,
        }
    }

    fn pack(self, records: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Packing::Plain => Ok(records.to_vec()),
            Packing::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
                encoder.write_all(records)?;
                encoder.finish()
            }
            // Level 0 is the library's default.
            Packing::Zstd => zstd::encode_all(records, 0),
        }
    }
}

/// Whether records of a file can be read back one by one: they stand in it as they are.
pub(super) fn is_plain(path: &Path) -> bool {
    Packing::of(path) == Packing::Plain
}

/// The line of a file that begins at `offset`, with its line break.
pub(super) fn line_at(file: &mut File, offset: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(offset))?;
    let mut line = Vec::new();
    let mut chunk = [0; 16 * 1024];
    loop {
        let read = file.read(&mut chunk)?;
        if let Some(end) = memchr::memchr(b'\n', &chunk[..read]) {
            line.extend_from_slice(&chunk[..=end]);
            return Ok(line);
        }
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        line.extend_from_slice(&chunk[..read]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_on_where_it_was_committed() {
        for name in ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst"] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(name);
            let mut file = Locked::open(&path).unwrap().grow(Beginning::Empty).unwrap();
            assert_eq!(file.add(b"one\n").unwrap(), 0);
            let committed = file.commit().unwrap();
            file.add(b"lost\n").unwrap();
            file.append(b"half a rec").unwrap();
            drop(file);
            let mut file = Locked::open(&path).unwrap().grow(Beginning::First(committed)).unwrap();
            assert_eq!(file.add(b"two\n").unwrap(), committed);
            file.commit().unwrap();
            let mut text = String::new();
            let file = File::open(&path).unwrap();
            match name.rsplit('.').next() {
                Some("gz") => flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text).unwrap(),
                Some("zst") => zstd::Decoder::new(file).unwrap().read_to_string(&mut text).unwrap(),
                _ => { file }.read_to_string(&mut text).unwrap(),
            };
            assert_eq!(text, "one\ntwo\n", "{name}");
        }
    }

    #[test]
    fn a_file_of_another_run_or_of_another_state_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.jsonl");
        let first = Locked::open(&path).unwrap().grow(Beginning::Empty).unwrap();
        assert!(Locked::open(&path).unwrap_err().to_string().contains("another run"));
        drop(first);
        assert!(
            Locked::open(&path).unwrap().grow(Beginning::First(9)).unwrap_err().to_string().contains("not the file")
        );
    }

    #[test]
    fn a_line_is_found_by_where_it_begins() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.jsonl");
        let long = "x".repeat(40_000);
        std::fs::write(&path, format!("one\n{long}\nend")).unwrap();
        let mut file = File::open(&path).unwrap();
        assert_eq!(line_at(&mut file, 4).unwrap(), format!("{long}\n").into_bytes());
        assert_eq!(line_at(&mut file, 0).unwrap(), b"one\n");
        assert!(line_at(&mut file, 40_005).is_err());
    }
}
