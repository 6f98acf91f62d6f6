//! The pages in a folder.

use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::reserved::Reserved;
use super::sniff::Extension;

/// What a walk meets: a page, or a folder that cannot be read.
pub(super) type Met = Result<PathBuf, (PathBuf, io::Error)>;

/// The pages under `root`, each folder's sorted by name: what has a known extension and is not hidden. Linked files
/// are met, linked folders are not entered, and neither is what `reserved` holds for the output.
pub(super) fn walk(root: &Path, reserved: &Reserved) -> impl Iterator<Item = Met> + Send + use<> {
    let reserved = reserved.clone();
    WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(move |entry| !is_hidden(entry) && !reserved.is_folder(entry.path()))
        .filter_map(|entry| match entry {
            Ok(entry) => is_page(&entry).then(|| Ok(entry.into_path())),
            Err(error) => {
                let path = error.path().map_or_else(PathBuf::new, Path::to_owned);
                error.into_io_error().map(|error| Err((path, error)))
            }
        })
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn is_page(entry: &DirEntry) -> bool {
    let kind = entry.file_type();
    Extension::of(entry.path()).is_some() && (kind.is_file() || (kind.is_symlink() && entry.path().is_file()))
}
