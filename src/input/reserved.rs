//! What the run writes to and therefore must not read.

use std::path::{Path, PathBuf};

/// The place of the output, where that is on disk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Reserved {
    /// Not on disk.
    #[default]
    Nothing,
    /// One file; its path is canonical.
    File(PathBuf),
    /// Files in a folder; its path is canonical.
    Folder {
        /// The folder.
        path: PathBuf,
        /// How the files' names end, without the leading dot.
        extension: &'static str,
    },
}

impl Reserved {
    /// Whether `path` is the output folder.
    pub(super) fn is_folder(&self, path: &Path) -> bool {
        match self {
            Reserved::Folder { path: folder, .. } => {
                path.file_name() == folder.file_name() && path.canonicalize().is_ok_and(|path| path == *folder)
            }
            _ => false,
        }
    }

    /// Whether the file at `path` may be overwritten by the run.
    pub(super) fn holds_file(&self, path: &Path) -> bool {
        match self {
            Reserved::Nothing => false,
            // A link may have any name, so names alone tell nothing.
            Reserved::File(file) => path.canonicalize().is_ok_and(|path| path == *file),
            Reserved::Folder { path: folder, extension } => {
                let ends_alike = path.file_name().is_some_and(|name| ends_with(name.as_encoded_bytes(), extension));
                ends_alike && path.canonicalize().is_ok_and(|path| path.parent() == Some(folder))
            }
        }
    }
}

fn ends_with(name: &[u8], extension: &str) -> bool {
    name.strip_suffix(extension.as_bytes()).is_some_and(|stem| stem.ends_with(b"."))
}
