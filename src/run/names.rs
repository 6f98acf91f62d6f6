//! Names of the files in an output folder.

use std::collections::HashSet;
use std::path::Path;

use url::Url;

use crate::page::Source;

/// The longest stem in bytes. File systems take 255 for a whole name.
const MAX_STEM_BYTES: usize = 100;

/// Gives each source a name that no other has: its own stem, with a hash of the source behind it where that is
/// taken. The same sources in the same order get the same names.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Hashes of the names given; the names themselves would be much for millions of sources.
    taken: HashSet<u64>,
}

impl Names {
    /// The stem of the file for `source`.
    pub(super) fn stem(&mut self, source: &Source) -> String {
        let stem = stem(source);
        if self.take(&stem) {
            return stem;
        }
        let with_hash = format!("{stem}-{:08x}", fnv1a(&source_name(source)) as u32);
        let mut name = with_hash.clone();
        let mut number = 1;
        while !self.take(&name) {
            number += 1;
            name = format!("{with_hash}-{number}");
        }
        name
    }

    /// Case does not tell names apart on every file system.
    fn take(&mut self, name: &str) -> bool {
        self.taken.insert(fnv1a(&name.to_lowercase()))
    }
}

/// What a source is known by: of a record, archived or not, its file.
fn source_name(source: &Source) -> String {
    match source {
        Source::Record { container, .. }
        | Source::Archived { container, .. }
        | Source::ArchivePlace { container, .. } => container.clone(),
        source => source.to_string(),
    }
}

fn stem(source: &Source) -> String {
    let stem = match source {
        Source::Url(url) => url_stem(url),
        Source::File(path) => file_stem(path),
        Source::Record { container, .. }
        | Source::Archived { container, .. }
        | Source::ArchivePlace { container, .. }
            if container != "-" =>
        {
            file_stem(Path::new(container))
        }
        Source::Stdin
        | Source::Record { .. }
        | Source::Archived { .. }
        | Source::ArchivePlace { .. }
        | Source::Memory => "stdin".to_owned(),
    };
    if stem.is_empty() { "page".to_owned() } else { stem }
}

fn file_stem(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    slug(name.rsplit_once('.').map_or(name, |(stem, _)| stem))
}

/// The last part of the path that says something; else the host.
fn url_stem(url: &Url) -> String {
    let says_nothing = |part: &str| part.is_empty() || part.starts_with("index.");
    let part = url.path().rsplit('/').find(|part| !says_nothing(part)).or(url.host_str()).unwrap_or_default();
    let stem = [".html", ".htm", ".php", ".aspx"].iter().find_map(|end| part.strip_suffix(end));
    slug(stem.unwrap_or(part))
}

/// Letters, digits, `.`, `_` and `-`; everything else is one `-`. No dot leads.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        let c = if c.is_alphanumeric() || matches!(c, '.' | '_') { c } else { '-' };
        if slug.len() + c.len_utf8() > MAX_STEM_BYTES {
            break;
        }
        if !(c == '-' && slug.ends_with('-')) {
            slug.push(c);
        }
    }
    slug.trim_matches(|c| c == '-' || c == '.').to_owned()
}

/// FNV-1a of 64 bits (Fowler, Noll, Vo): stable over versions and machines, as `std`'s hash is not.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Source {
        Source::Url(Url::parse(text).unwrap())
    }

    #[test]
    fn names_come_from_the_source() {
        for (source, expected) in [
            (url("https://example.com/news/2026/bridge-reopens.html?x=1"), "bridge-reopens"),
            (url("https://example.com/news/bridge/"), "bridge"),
            (url("https://example.com/a/index.html"), "a"),
            (url("https://example.com"), "example.com"),
            (Source::File("pages/Bridge reopens.html.gz".into()), "Bridge-reopens"),
            (Source::File("../..".into()), "page"),
            (Source::Record { container: "x/day.jsonl".to_owned(), line: 3 }, "day"),
            (Source::Record { container: "-".to_owned(), line: 3 }, "stdin"),
            (Source::ArchivePlace { container: "x/crawl.warc.gz".to_owned(), offset: 3 }, "crawl"),
            (Source::Stdin, "stdin"),
        ] {
            assert_eq!(Names::default().stem(&source), expected);
        }
        assert!(Names::default().stem(&Source::File("é".repeat(300).into())).len() <= MAX_STEM_BYTES);
    }

    #[test]
    fn taken_names_get_a_stable_hash() {
        let names = |sources: &[&str]| {
            let mut names = Names::default();
            sources.iter().map(|source| names.stem(&url(source))).collect::<Vec<_>>()
        };
        let first = names(&["https://a.example/x", "https://b.example/X", "https://b.example/X"]);
        assert_eq!(first, names(&["https://a.example/x", "https://b.example/X", "https://b.example/X"]));
        assert_eq!(first.iter().collect::<HashSet<_>>().len(), 3);
        assert_eq!(first[0], "x");
        assert!(first[1].starts_with("X-") && first[2].ends_with("-2"), "{first:?}");
    }
}
