//! What the first bytes say it is, after the WHATWG MIME Sniffing Standard.

/// How much of a body is looked at: the standard's resource header (section 5.2).
pub(crate) const HEAD_BYTES: usize = 1445;

/// What begins with these bytes and is never a page.
const SIGNATURES: [(&[u8], &str); 23] = [
    (b"%PDF-", "a PDF"),
    (b"%!PS-Adobe-", "a PostScript document"),
    (b"\x89PNG\r\n\x1a\n", "an image"),
    (b"GIF87a", "an image"),
    (b"GIF89a", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"\x00\x00\x01\x00", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
    (b"PK\x03\x04", "an archive"),
    (b"PK\x05\x06", "an archive"),
    (b"\x1f\x8b\x08", "an archive"),
    (b"Rar!\x1a\x07", "an archive"),
    (b"7z\xbc\xaf\x27\x1c", "an archive"),
    (b"\x28\xb5\x2f\xfd", "an archive"),
    (b"OggS\x00", "a sound"),
    (b"ID3\x03", "a sound"),
    (b"ID3\x04", "a sound"),
    (b"\x1a\x45\xdf\xa3", "a video"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
];

/// The tags that a page without a type may begin with (section 7.1), and a few that fragments do.
const TAGS: [&[u8]; 23] = [
    b"!doctype html",
    b"html",
    b"head",
    b"script",
    b"iframe",
    b"h1",
    b"h2",
    b"div",
    b"font",
    b"table",
    b"a",
    b"style",
    b"title",
    b"b",
    b"body",
    b"br",
    b"p",
    b"meta",
    b"link",
    b"article",
    b"main",
    b"section",
    b"span",
];

/// What a file with this head is, if that is certain and no page.
pub(crate) fn signature(head: &[u8]) -> Option<&'static str> {
    if let Some(&(_, what)) = SIGNATURES.iter().find(|(bytes, _)| head.starts_with(bytes)) {
        return Some(what);
    }
    match (head.get(..4)?, head.get(4..8)?, head.get(8..12)?) {
        (b"RIFF", _, b"WAVE") => Some("a sound"),
        (b"RIFF", _, b"WEBP") | (_, b"ftyp", b"avif" | b"heic" | b"mif1") => Some("an image"),
        (b"RIFF", _, b"AVI ") | (_, b"ftyp", _) => Some("a video"),
        _ => None,
    }
}

/// Whether `head` begins a whole document: with its doctype or its `html` tag. Fit for what claims to be plain text.
pub(crate) fn is_html_document(head: &[u8]) -> bool {
    starts_with_tag(without_preamble(head), &TAGS[..2])
}

/// Whether `head` begins HTML of any kind.
pub(crate) fn is_html(head: &[u8]) -> bool {
    let rest = without_preamble(head);
    rest.len() < without_space(head).len() || starts_with_tag(rest, &TAGS)
}

/// What a head is that is neither HTML nor text.
pub(crate) fn unreadable(head: &[u8]) -> Option<&'static str> {
    let text = without_space(head);
    if text.starts_with(b"{\"") || text.starts_with(b"[{") {
        return Some("JSON");
    }
    let is_utf16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    (!is_utf16 && head.iter().any(|&byte| is_binary(byte))).then_some("binary data")
}

/// Whether a head has so many control characters that no text has them, broken as it may be. NULs do not count: UTF-16 has
/// them.
pub(crate) fn is_full_of_controls(head: &[u8]) -> bool {
    /// Bytes of a head of which so much can be said.
    const ENOUGH_BYTES: usize = 64;
    /// One byte in so many.
    const RARITY: usize = 20;
    let is_marked_utf16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let controls: usize = head.chunks(u8::MAX.into()).map(count_controls).sum();
    head.len() >= ENOUGH_BYTES && !is_marked_utf16 && controls * RARITY >= head.len()
}

/// The binary data bytes but zeros among so few that a byte counts them: that way sixteen are looked at together.
fn count_controls(few: &[u8]) -> usize {
    few.iter().map(|byte| u8::from(*byte != 0 && is_binary(*byte))).sum::<u8>().into()
}

/// A binary data byte of the standard (section 3): a control but tab, line feed, form feed, carriage return, escape.
fn is_binary(byte: u8) -> bool {
    byte <= 0x1f && byte != b'\t' && byte != b'\n' && byte != 0x0c && byte != b'\r' && byte != 0x1b
}

/// What follows byte order mark, white space, an XML declaration and comments.
fn without_preamble(head: &[u8]) -> &[u8] {
    let mut rest = without_space(head);
    loop {
        let end: &[u8] = if rest.starts_with(b"<!--") {
            b"-->"
        } else if rest.starts_with(b"<?xml") {
            b"?>"
        } else {
            return rest;
        };
        match rest.windows(end.len()).position(|window| window == end) {
            Some(at) => rest = without_space(&rest[at + end.len()..]),
            None => return &[],
        }
    }
}

fn without_space(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start()
}

fn starts_with_tag(text: &[u8], tags: &[&[u8]]) -> bool {
    let Some(name) = text.strip_prefix(b"<") else { return false };
    tags.iter().any(|tag| {
        let (Some(start), Some(end)) = (name.get(..tag.len()), name.get(tag.len())) else { return false };
        start.eq_ignore_ascii_case(tag) && (end.is_ascii_whitespace() || matches!(end, b'>' | b'/'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_first_bytes() {
        assert_eq!(signature(b"%PDF-1.4\n"), Some("a PDF"));
        assert_eq!(signature(b"RIFF\x10\0\0\0WEBPVP8 "), Some("an image"));
        assert_eq!(signature(b"\0\0\0\x20ftypisom\0\0"), Some("a video"));
        assert_eq!(signature(b"<!doctype html>"), None);
        assert_eq!(signature(b"\xff\xfe<\0h\0"), None);
        assert_eq!(signature(b""), None);
    }

    #[test]
    fn a_document_is_known_behind_comments_and_space() {
        for head in [
            &b"<!DOCTYPE HTML PUBLIC"[..],
            b"\xef\xbb\xbf \r\n<html>",
            b"<?xml version=\"1.0\"?>\n<!-- a --><!-- b --><HTML lang=de>",
        ] {
            assert!(is_html_document(head) && is_html(head), "{}", head.escape_ascii());
        }
    }

    #[test]
    fn a_fragment_is_html_but_no_document() {
        for head in [&b"<p>x"[..], b"<br/>", b" <!-- never closed", b"<DIV class=x>"] {
            assert!(!is_html_document(head) && is_html(head), "{}", head.escape_ascii());
        }
        for head in [&b"<paragraph>"[..], b"<", b"", b"p>", b"<htm", b"a < b"] {
            assert!(!is_html_document(head) && !is_html(head), "{}", head.escape_ascii());
        }
    }

    #[test]
    fn text_is_told_from_data() {
        assert_eq!(unreadable(b"{\"a\": 1}"), Some("JSON"));
        assert_eq!(unreadable(b"[{}]"), Some("JSON"));
        assert_eq!(unreadable(b"ab\0"), Some("binary data"));
        assert_eq!(unreadable(b"\xff\xfea\0"), None);
        assert_eq!(unreadable("Grüße\r\n\u{1b}".as_bytes()), None);
    }
}
