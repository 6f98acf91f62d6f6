//! Which file is read.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use clap::Error;

use super::problem::{Place, wrong};
use crate::cli::configuration::ConfigurationArgs;

const NAME: &str = "cleancopy.toml";

/// The file that is asked for; else that of the current folder, else that of the user. Its path and what it holds.
pub(in crate::cli) fn find(asked: &ConfigurationArgs) -> Result<Option<(PathBuf, String)>, Error> {
    match &asked.config {
        _ if asked.no_config => Ok(None),
        Some(path) => read(path).and_then(|text| match text {
            Some(text) => Ok(Some((path.clone(), text))),
            None => Err(wrong(format_args!("{}: no such file", path.display()))),
        }),
        None => {
            for path in [Some(PathBuf::from(NAME)), users_own()].into_iter().flatten() {
                if let Some(text) = read(&path)? {
                    return Ok(Some((path, text)));
                }
            }
            Ok(None)
        }
    }
}

/// The file in the user's configuration folder (XDG Base Directory Specification: a path that is not absolute counts
/// as none).
fn users_own() -> Option<PathBuf> {
    let set = env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let folder = set.or_else(|| env::home_dir().map(|home| home.join(".config")))?;
    Some(folder.join("cleancopy").join(NAME))
}

/// The text of a file; none where there is no file.
fn read(path: &Path) -> Result<Option<String>, Error> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(wrong(format_args!("cannot read {}: {error}", path.display()))),
    };
    String::from_utf8(bytes).map(Some).map_err(|error| {
        let end = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(&error.as_bytes()[..end]).into_owned();
        Place { path, text: &text }.error(&(end..end), "the line is not UTF-8")
    })
}
