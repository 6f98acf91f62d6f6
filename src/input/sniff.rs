//! What a file holds: told from its name, else from its first bytes.

use std::path::Path;

use memchr::memmem;

use crate::fetch::sniff;
use crate::page::PageFormat;

/// The extensions that a folder is searched for, a `.gz` or `.zst` behind them left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extension {
    /// `.html`, `.htm`, `.xhtml`.
    Html,
    /// `.txt`.
    Text,
    /// `.jsonl`, `.ndjson`.
    Jsonl,
    /// `.warc`.
    Warc,
}

impl Extension {
    /// The known extension of a path, in any case.
    pub(super) fn of(path: &Path) -> Option<Extension> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let name = without_compression(&name);
        match name.rsplit_once('.')?.1 {
            "html" | "htm" | "xhtml" => Some(Extension::Html),
            "txt" => Some(Extension::Text),
            "jsonl" | "ndjson" => Some(Extension::Jsonl),
            "warc" => Some(Extension::Warc),
            _ => None,
        }
    }
}

/// A file's name, in small letters, without the extension of what compressed it.
fn without_compression(name: &str) -> &str {
    name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(name)
}

/// What the bytes of a page with no telling name are: HTML where they begin with a tag or hold one early on.
///
/// # Errors
/// What they are where they are no page: `a PDF`, `JSON`.
pub(super) fn page_format(body: &[u8]) -> Result<PageFormat, &'static str> {
    let head = head(body);
    match (not_a_page(body), sniff::is_html(head) || holds_tag(head), sniff::unreadable(head)) {
        (Some(what), ..) | (None, false, Some(what)) => Err(what),
        (None, true, _) => Ok(PageFormat::Html),
        (None, false, None) => Ok(PageFormat::Text),
    }
}

/// What bytes are that are no page, whatever their file is named: `a PDF`, `an image`.
pub(super) fn not_a_page(body: &[u8]) -> Option<&'static str> {
    if body.starts_with(b"WARC/1.") {
        return Some("a WARC file (--from warc reads it)");
    }
    let head = head(body);
    let is_readable = || sniff::is_html(head) || holds_tag(head);
    sniff::signature(head).or_else(|| (sniff::is_full_of_controls(head) && !is_readable()).then_some("binary data"))
}

/// Whether tags stand in the head that no text would quote: a page saved with a note ahead of it.
fn holds_tag(head: &[u8]) -> bool {
    let head = head.to_ascii_lowercase();
    [&b"<!doctype html"[..], b"<html", b"<head>", b"<body"].iter().any(|tag| memmem::find(&head, tag).is_some())
}

fn head(body: &[u8]) -> &[u8] {
    &body[..body.len().min(sniff::HEAD_BYTES)]
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
            ("day.jsonl.zst", Some(Extension::Jsonl)),
            ("crawl.warc", Some(Extension::Warc)),
            ("crawl.WARC.gz", Some(Extension::Warc)),
            ("crawl.warc.zst", Some(Extension::Warc)),
            ("html", None),
        ] {
            assert_eq!(Extension::of(Path::new(name)), extension, "{name}");
        }
    }

    #[test]
    fn first_bytes_tell_html_from_text() {
        assert_eq!(page_format(b"\xef\xbb\xbf \n<!DOCTYPE html><html>"), Ok(PageFormat::Html));
        assert_eq!(page_format(b"Saved on Monday\n<HTML><body>"), Ok(PageFormat::Html));
        assert_eq!(page_format(b"The bridge reopened.\n<3 from everyone"), Ok(PageFormat::Text));
        assert_eq!(page_format(b"<3 bridges"), Ok(PageFormat::Text));
        assert_eq!(page_format(b""), Ok(PageFormat::Text));
    }

    #[test]
    fn pictures_and_binaries_are_no_pages() {
        assert_eq!(page_format(b"%PDF-1.7 <html>"), Err("a PDF"));
        assert_eq!(page_format(b"\x7fELF\x02\x01\x01\0\0\0\0"), Err("a program"));
        let noise: Vec<u8> = (0..600_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(not_a_page(&noise), Some("binary data"));
        assert_eq!(not_a_page(&[&b"<p>"[..], &noise].concat()), None, "a page with broken bytes");
        let utf16: Vec<u8> = "The weir is open. ".repeat(9).encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(not_a_page(&utf16), None);
        assert_eq!(page_format(b"{\"a\": 1}"), Err("JSON"));
        assert_eq!(not_a_page(b"%PDF-1.7 <html>"), Some("a PDF"));
        assert_eq!(not_a_page(b"{\"a\": 1}"), None);
        assert_eq!(page_format(b"WARC/1.0\r\n"), Err("a WARC file (--from warc reads it)"));
    }
}
