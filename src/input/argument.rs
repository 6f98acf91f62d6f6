//! What an argument or a line of a list names.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use url::Url;

use super::sniff::Extension;
use crate::error::PageErrorKind;

/// What was named.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// A page on the web.
    Url(Url),
    /// A file, or what can be read like one.
    File(PathBuf),
    /// A folder.
    Folder(PathBuf),
    /// Standard input.
    Stdin,
}

/// Tells what an argument names. Only whether a file exists is looked up.
pub(super) fn named(argument: &OsStr) -> Result<Named, PageErrorKind> {
    if argument == "-" {
        return Ok(Named::Stdin);
    }
    if let Some(scheme) = argument.to_str().and_then(scheme) {
        return web_page(argument.to_string_lossy().as_ref(), &scheme);
    }
    let path = Path::new(argument);
    match path.metadata() {
        Ok(metadata) if metadata.is_dir() => Ok(Named::Folder(path.to_owned())),
        Ok(_) => Ok(Named::File(path.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(no_such_file(&argument.to_string_lossy())),
        Err(error) => Err(PageErrorKind::Read(error)),
    }
}

/// The scheme of what is written like an address: `x://…`, and `http:…`, which the URL standard takes too.
fn scheme(argument: &str) -> Option<String> {
    let (scheme, rest) = argument.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    let scheme = scheme.to_ascii_lowercase();
    (is_scheme && (rest.starts_with("//") || matches!(scheme.as_str(), "http" | "https"))).then_some(scheme)
}

fn web_page(argument: &str, scheme: &str) -> Result<Named, PageErrorKind> {
    match scheme {
        // The URL standard would pass over it, and join what stands on its sides.
        "http" | "https" if argument.contains('\t') => {
            Err(PageErrorKind::BadSource("there is a tab in the address: a line is one address and no more".to_owned()))
        }
        "http" | "https" => match Url::parse(argument) {
            Ok(url) => Ok(Named::Url(url)),
            Err(error) => Err(PageErrorKind::BadSource(format!("not a URL: {error}"))),
        },
        "file" => Err(PageErrorKind::BadSource("give the file's path, without file://".to_owned())),
        _ => Err(PageErrorKind::BadSource(format!("cannot fetch {scheme}://, only http:// and https://"))),
    }
}

fn no_such_file(argument: &str) -> PageErrorKind {
    let bare = argument.trim_matches(['"', '\'', '<', '>', '(', ')', ',']);
    PageErrorKind::BadSource(if looks_like_host(argument) {
        format!("no such file; a URL needs its scheme: https://{argument}")
    } else if bare != argument && scheme(bare).is_some() {
        format!("no such file; a URL stands alone: {bare}")
    } else {
        "no such file; give a URL (https://…), a file, a folder or -".to_owned()
    })
}

/// Whether an argument starts as a host's name does: `www.example.com/x`, `localhost:8000`, `127.0.0.1:80/x`.
fn looks_like_host(argument: &str) -> bool {
    let host = argument.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let is_name = host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    let has_top_level =
        host.rsplit_once('.').is_some_and(|(name, top)| !name.is_empty() && top.len() >= 2 && !name.starts_with('.'));
    let is_file_name = host == argument && (Extension::of(Path::new(host)).is_some() || is_other_file(host));
    let is_address = host.parse::<std::net::Ipv4Addr>().is_ok();
    host == "localhost" || is_address || (is_name && has_top_level && !is_file_name)
}

/// Whether a name ends as files do that are no pages.
fn is_other_file(name: &str) -> bool {
    let extension = Path::new(name).extension().and_then(OsStr::to_str).unwrap_or_default().to_ascii_lowercase();
    matches!(extension.as_str(), "gz" | "json" | "md" | "pdf" | "php" | "xml" | "zip" | "zst")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(argument: &str) -> String {
        named(OsStr::new(argument)).unwrap_err().to_string()
    }

    #[test]
    fn web_addresses_in_any_case() {
        for argument in ["http://example.com/a", "HTTPS://Example.com/a?b#c", "https:example.com"] {
            assert!(matches!(named(OsStr::new(argument)), Ok(Named::Url(_))), "{argument}");
        }
    }

    #[test]
    fn folders_and_standard_input() {
        assert_eq!(named(OsStr::new("-")).unwrap(), Named::Stdin);
        assert!(matches!(named(OsStr::new("src")), Ok(Named::Folder(_))));
        assert!(matches!(named(OsStr::new("Cargo.toml")), Ok(Named::File(_))));
    }

    #[test]
    fn errors_say_what_would_be_right() {
        assert_eq!(message("ftp://example.com/a"), "cannot fetch ftp://, only http:// and https://");
        assert_eq!(message("file:///etc/hosts"), "give the file's path, without file://");
        assert_eq!(message("http://"), "not a URL: empty host");
        for url in ["\"https://example.com/a\"", "<https://example.com/a>"] {
            assert_eq!(message(url), "no such file; a URL stands alone: https://example.com/a");
        }
        assert!(message("https://example.com/a\t12").starts_with("there is a tab in the address"));
        for host in ["www.example.com/x", "example.com", "localhost:8000/a", "news.example.co.uk", "192.0.2.7:80/x"] {
            assert_eq!(message(host), format!("no such file; a URL needs its scheme: https://{host}"));
        }
        for file in ["missing.html", "missing", "./example.com", "a b.com", "dump.json", "folder/page.html", ".x.com"] {
            assert!(message(file).starts_with("no such file; give"), "{file}: {}", message(file));
        }
    }
}
