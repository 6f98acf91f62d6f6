//! What the run writes to and therefore must not read.

use std::path::{Path, PathBuf};

/// The places of what is written, where these are on disk; their paths are canonical.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reserved {
    files: Vec<PathBuf>,
    folder: Option<ReservedFolder>,
}

/// Files in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ReservedFolder {
    path: PathBuf,
    /// How the files' names end, without the leading dot.
    extension: &'static str,
}

impl Reserved {
    /// A file, if it is there.
    pub fn file(path: &Path) -> Reserved {
        let mut reserved = Reserved::default();
        reserved.add_file(path);
        reserved
    }

    /// Files in a folder whose names end with `extension`, without its leading dot; `path` is canonical.
    pub fn folder(path: PathBuf, extension: &'static str) -> Reserved {
        Reserved { files: Vec::new(), folder: Some(ReservedFolder { path, extension }) }
    }

    /// Adds a file, if it is there.
    pub fn add_file(&mut self, path: &Path) {
        self.files.extend(path.canonicalize());
    }

    /// Whether `path` is the output folder.
    pub(super) fn is_folder(&self, path: &Path) -> bool {
        self.folder.as_ref().is_some_and(|folder| {
            path.file_name() == folder.path.file_name() && path.canonicalize().is_ok_and(|path| path == folder.path)
        })
    }

    /// Whether the file at `path` may be overwritten by the run.
    pub(super) fn holds_file(&self, path: &Path) -> bool {
        let in_folder = self.folder.as_ref().is_some_and(|folder| {
            let ends_alike = path.file_name().is_some_and(|name| ends_with(name.as_encoded_bytes(), folder.extension));
            ends_alike && path.canonicalize().is_ok_and(|path| path.parent() == Some(&folder.path))
        });
        // A link may have any name, so names alone tell nothing.
        in_folder || (!self.files.is_empty() && path.canonicalize().is_ok_and(|path| self.files.contains(&path)))
    }
}

fn ends_with(name: &[u8], extension: &str) -> bool {
    name.strip_suffix(extension.as_bytes()).is_some_and(|stem| stem.ends_with(b"."))
}
