//! What a file holds: told from its name, else from its first bytes.

use std::path::Path;

use crate::page::PageFormat;

/// The extensions that a folder is searched for, a `.gz` behind them left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extension {
    /// `.html`, `.htm`, `.xhtml`.
    Html,
    /// `.txt`.
    Text,
    /// `.jsonl`, `.ndjson`.
    Jsonl,
}

impl Extension {
    /// The known extension of a path, in any case.
    pub(super) fn of(path: &Path) -> Option<Extension> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        match name.rsplit_once('.')?.1 {
            "html" | "htm" | "xhtml" => Some(Extension::Html),
            "txt" => Some(Extension::Text),
            "jsonl" | "ndjson" => Some(Extension::Jsonl),
            _ => None,
        }
    }
}

/// How far the first bytes are looked at.
const SNIFFED_BYTES: usize = 1024;

/// What the bytes of a page with no telling name are: HTML where they open with a tag or hold one early on.
pub(super) fn page_format(body: &[u8]) -> PageFormat {
    let head: String =
        body.iter().take(SNIFFED_BYTES).filter(|b| b.is_ascii() && **b != 0).map(|b| *b as char).collect();
    let head = head.trim_start().to_ascii_lowercase();
    let opens_with_tag =
        head.starts_with('<') && head[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?');
    let tags = ["<!doctype html", "<html", "<head", "<body", "<p>", "<p ", "<div", "<article", "<meta "];
    if opens_with_tag || tags.iter().any(|tag| head.contains(tag)) { PageFormat::Html } else { PageFormat::Text }
}

/// First bytes of what is no page, and its name.
const SIGNATURES: &[(usize, &[u8], &str)] = &[
    (0, b"%PDF-", "a PDF"),
    (0, b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (0, b"\xff\xd8\xff", "a JPEG picture"),
    (0, b"GIF87a", "a GIF picture"),
    (0, b"GIF89a", "a GIF picture"),
    (8, b"WEBP", "a WebP picture"),
    (4, b"ftyp", "a video or an AVIF picture"),
    (0, b"PK\x03\x04", "a ZIP archive or an office document"),
    (0, b"\xd0\xcf\x11\xe0", "an office document"),
    (0, b"\x28\xb5\x2f\xfd", "zstd-compressed (decompress it first)"),
    (0, b"\xfd7zXZ\0", "xz-compressed (decompress it first)"),
    (0, b"BZh", "bzip2-compressed (decompress it first)"),
];

/// What bytes are that cannot be a page: `a PDF`, `a PNG picture`.
pub(super) fn not_a_page(body: &[u8]) -> Option<&'static str> {
    let signature =
        |(at, bytes, _): &&(usize, &[u8], &str)| body.get(*at..).is_some_and(|rest| rest.starts_with(bytes));
    match SIGNATURES.iter().find(signature) {
        Some((_, _, name)) => Some(name),
        None if is_binary(body) => Some("binary data"),
        None => None,
    }
}

/// Whether zero bytes stand at odd and at even places; UTF-16 has them at one of the two alone.
fn is_binary(body: &[u8]) -> bool {
    let head = &body[..body.len().min(SNIFFED_BYTES)];
    let is_zero_at = |parity: usize| head.iter().skip(parity).step_by(2).any(|b| *b == 0);
    is_zero_at(0) && is_zero_at(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_in_any_case_and_compressed() {
        for (name, extension) in [
            ("a/b.html", Some(Extension::Html)),
            ("b.HTM.GZ", Some(Extension::Html)),
            ("x.tar.gz", None),
            ("story.txt.gz", Some(Extension::Text)),
            ("day.jsonl", Some(Extension::Jsonl)),
            ("html", None),
        ] {
            assert_eq!(Extension::of(Path::new(name)), extension, "{name}");
        }
    }

    #[test]
    fn first_bytes_tell_html_from_text() {
        assert_eq!(page_format(b"\xef\xbb\xbf \n<!DOCTYPE html><html>"), PageFormat::Html);
        assert_eq!(page_format(b"<\0h\0t\0m\0l\0>\0"), PageFormat::Html);
        assert_eq!(page_format(b"Saved on Monday\n<html><body>"), PageFormat::Html);
        assert_eq!(page_format(b"The bridge reopened.\n<3 from everyone"), PageFormat::Text);
        assert_eq!(page_format(b"<3 bridges"), PageFormat::Text);
        assert_eq!(page_format(b""), PageFormat::Text);
    }

    #[test]
    fn pictures_and_binaries_are_no_pages() {
        assert_eq!(not_a_page(b"%PDF-1.7 ..."), Some("a PDF"));
        assert_eq!(not_a_page(b"RIFF....WEBPVP8 "), Some("a WebP picture"));
        assert_eq!(not_a_page(b"\x7fELF\x02\x01\x01\0\0\0\0"), Some("binary data"));
        assert_eq!(not_a_page(b"<\0h\0t\0m\0l\0>\0"), None);
        assert_eq!(not_a_page(b"<html>"), None);
    }
}
