//! One stream that records go to: standard output, a device, or a file that appears when it is complete.

use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, IntoInnerError, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::{Builder, NamedTempFile};

use crate::error::Error;

/// Where records go.
#[derive(Debug)]
pub(super) enum Output {
    /// Standard output.
    Stdout,
    /// A pipe or device, written straight.
    Direct(PathBuf, File),
    /// A file of another name in the same folder, renamed at the end; removed where the end does not come.
    Temporary(PathBuf, Box<Encoder>),
}

/// Writes a file, compressed as its name says.
pub(super) enum Encoder {
    /// As it is.
    Plain(BufWriter<NamedTempFile>),
    /// `.gz`
    Gzip(GzEncoder<BufWriter<NamedTempFile>>),
    /// `.zst`
    Zstd(zstd::Encoder<'static, BufWriter<NamedTempFile>>),
}

impl Encoder {
    fn new(path: &Path, file: NamedTempFile) -> io::Result<Encoder> {
        let file = BufWriter::new(file);
        let extension = path.extension().map(OsStr::to_ascii_lowercase).unwrap_or_default();
        Ok(match extension.to_str() {
            Some("gz") => Encoder::Gzip(GzEncoder::new(file, Compression::default())),
            // Level 0 is the library's default.
            Some("zst") => Encoder::Zstd(zstd::Encoder::new(file, 0)?),
            _ => Encoder::Plain(file),
        })
    }

    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Encoder::Plain(file) => file,
            Encoder::Gzip(file) => file,
            Encoder::Zstd(file) => file,
        }
    }

    /// Ends the compression and hands out the file, all of it written.
    fn finish(self) -> io::Result<NamedTempFile> {
        let file = match self {
            Encoder::Plain(file) => file,
            Encoder::Gzip(file) => file.finish()?,
            Encoder::Zstd(file) => file.finish()?,
        };
        file.into_inner().map_err(IntoInnerError::into_error)
    }
}

impl fmt::Debug for Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Encoder::Plain(_) => "Plain",
            Encoder::Gzip(_) => "Gzip",
            Encoder::Zstd(_) => "Zstd",
        })
    }
}

impl Output {
    /// Opens `path`: what exists and is no file is written straight.
    pub(super) fn open(path: &Path) -> Result<Output, Error> {
        let opened = match fs::metadata(path) {
            _ if path == Path::new("/dev/stdout") => Ok(Output::Stdout),
            Ok(metadata) if !metadata.is_file() => {
                File::options().write(true).open(path).map(|file| Output::Direct(path.to_owned(), file))
            }
            _ => temporary(path),
        };
        opened.map_err(|error| cannot_write(path, error))
    }

    /// Writes with `write`, then hands on what a reader may be waiting for.
    pub(super) fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
        match self {
            Output::Stdout => {
                let mut stdout = io::stdout().lock();
                let written = write(&mut stdout).and_then(|()| stdout.flush());
                written.map_err(|error| Error::Output { target: "standard output".to_owned(), error })
            }
            Output::Direct(path, file) => write(file).map_err(|error| cannot_write(path, error)),
            Output::Temporary(path, file) => write(file.writer()).map_err(|error| cannot_write(path, error)),
        }
    }

    /// Ends the output: a file gets its name.
    pub(super) fn finish(self) -> Result<(), Error> {
        let Output::Temporary(path, file) = self else { return Ok(()) };
        let file = file.finish().map_err(|error| cannot_write(&path, error))?;
        file.persist(&path).map(drop).map_err(|error| cannot_write(&path, error.error))
    }
}

fn temporary(path: &Path) -> io::Result<Output> {
    // The file that a link leads to is replaced, not the link.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    // The error of a folder that is not there names no file that the user does not know.
    fs::metadata(folder)?;
    let mut builder = Builder::new();
    builder.prefix(".cleancopy-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What any new file gets; the umask takes its part. Temporary files are their owner's alone by default.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder)?;
    let encoder = Encoder::new(&path, file)?;
    Ok(Output::Temporary(path, Box::new(encoder)))
}

/// The error of writing to `path`.
pub(super) fn cannot_write(path: &Path, error: io::Error) -> Error {
    Error::Output { target: path.display().to_string(), error }
}
