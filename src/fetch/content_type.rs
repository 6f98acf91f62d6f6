//! What the server says it sent.

use reqwest::header::HeaderValue;

use super::sniff;
use crate::error::PageErrorKind;
use crate::page::PageFormat;

/// The `Content-Type` of an answer that may be a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ContentType {
    /// `type/subtype` in lower case; empty where the header is missing or unreadable.
    essence: String,
    charset: Option<String>,
    claim: Claim,
}

/// What a type claims of the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Claim {
    Html,
    Text,
    /// It says nothing: missing, unreadable, unknown, or the default of a server that does not know better.
    Nothing,
}

impl ContentType {
    /// # Errors
    /// `ContentType` where the header names what cannot be a page.
    pub(super) fn of(header: Option<&HeaderValue>) -> Result<Self, PageErrorKind> {
        let header = header.map(|value| String::from_utf8_lossy(value.as_bytes())).unwrap_or_default();
        let essence = essence(&header);
        if let Some(what) = not_a_page(&essence) {
            return Err(PageErrorKind::ContentType(format!("{what} ({essence})")));
        }
        Ok(ContentType { claim: claim(&essence), charset: charset(&header), essence })
    }

    /// The format of a body that begins with `head`, which holds [`sniff::HEAD_BYTES`] or the whole body.
    ///
    /// # Errors
    /// `ContentType` where the bytes are no page, whatever the header says.
    pub(super) fn format(&self, head: &[u8]) -> Result<PageFormat, PageErrorKind> {
        if let Some(what) = sniff::signature(head) {
            return Err(self.not_what_it_claims(what));
        }
        match self.claim {
            Claim::Html => Ok(PageFormat::Html),
            Claim::Text if sniff::is_html_document(head) => Ok(PageFormat::Html),
            Claim::Text => Ok(PageFormat::Text),
            Claim::Nothing if sniff::is_html(head) => Ok(PageFormat::Html),
            Claim::Nothing => match sniff::unreadable(head) {
                Some(what) => Err(self.not_what_it_claims(what)),
                None => Ok(PageFormat::Text),
            },
        }
    }

    fn not_what_it_claims(&self, what: &str) -> PageErrorKind {
        PageErrorKind::ContentType(match self.essence.as_str() {
            "" => format!("{what} (sent without a type)"),
            essence => format!("{what} (sent as {essence})"),
        })
    }

    /// The charset label as it was written.
    pub(super) fn into_charset(self) -> Option<String> {
        self.charset
    }
}

fn essence(header: &str) -> String {
    let essence = header.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_token = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_graphic());
    match essence.split_once('/') {
        Some((kind, subtype)) if is_token(kind) && is_token(subtype) => essence,
        _ => String::new(),
    }
}

/// The first part is looked at too: `charset=utf-8` alone is a header that occurs.
fn charset(header: &str) -> Option<String> {
    header.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']).trim();
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    })
}

fn claim(essence: &str) -> Claim {
    match essence {
        "text/html" | "application/xhtml+xml" | "application/xml" | "text/xml" => Claim::Html,
        _ if essence.starts_with("text/") => Claim::Text,
        _ => Claim::Nothing,
    }
}

/// What a type names that cannot be a page. Types that are not listed are left to their bytes.
fn not_a_page(essence: &str) -> Option<&'static str> {
    let (kind, subtype) = essence.split_once('/')?;
    match kind {
        "image" => return Some("an image"),
        "audio" => return Some("a sound"),
        "video" => return Some("a video"),
        "font" => return Some("a font"),
        "multipart" => return Some("a message of several parts"),
        _ => {}
    }
    match subtype {
        "pdf" | "x-pdf" => Some("a PDF"),
        "json" | "x-json" | "x-ndjson" | "jsonl" | "json-seq" => Some("JSON"),
        "javascript" | "x-javascript" | "ecmascript" => Some("a script"),
        "css" => Some("a style sheet"),
        "rss+xml" | "atom+xml" | "rdf+xml" => Some("a feed"),
        "epub+zip" => Some("an e-book"),
        "zip" | "gzip" | "x-gzip" | "x-tar" | "x-bzip2" | "x-xz" | "zstd" | "x-7z-compressed" | "vnd.rar"
        | "x-rar-compressed" | "java-archive" => Some("an archive"),
        "msword" | "rtf" => Some("an office document"),
        "wasm" | "x-executable" | "x-msdownload" | "vnd.android.package-archive" => Some("a program"),
        _ if subtype.ends_with("+json") => Some("JSON"),
        _ if subtype.ends_with("+zip") => Some("an archive"),
        _ if OFFICE.iter().any(|prefix| subtype.starts_with(prefix)) => Some("an office document"),
        _ => None,
    }
}

/// The subtypes of Microsoft's and `OpenDocument`'s files, as IANA registers them.
const OFFICE: [&str; 4] =
    ["vnd.ms-", "vnd.openxmlformats-officedocument.", "vnd.oasis.opendocument.", "vnd.apple.pages"];

#[cfg(test)]
mod tests {
    use super::*;

    fn of(header: &str) -> Result<ContentType, PageErrorKind> {
        ContentType::of(Some(&HeaderValue::from_str(header).unwrap()))
    }

    fn message(result: Result<impl std::fmt::Debug, PageErrorKind>) -> String {
        result.unwrap_err().to_string()
    }

    #[test]
    fn the_charset_is_found_however_it_is_written() {
        for header in
            ["text/html;charset=GBK", "text/html; a=b; CharSet = \"GBK\" ", "charset='GBK'", "html;charset=GBK"]
        {
            assert_eq!(of(header).unwrap().into_charset().as_deref(), Some("GBK"), "{header}");
        }
        for header in ["text/html", "text/html; charset=", "text/html; charset=\"\"", "", ";;", "text/html; charset"] {
            assert_eq!(of(header).unwrap().into_charset(), None, "{header}");
        }
    }

    #[test]
    fn what_is_no_page_is_named() {
        for (header, says) in [
            ("application/pdf", "not a page but a PDF (application/pdf)"),
            ("Image/PNG; x=y", "not a page but an image (image/png)"),
            ("application/ld+json; charset=utf-8", "not a page but JSON (application/ld+json)"),
            ("text/javascript", "not a page but a script (text/javascript)"),
            ("application/vnd.ms-excel", "not a page but an office document (application/vnd.ms-excel)"),
            ("video/mp4", "not a page but a video (video/mp4)"),
        ] {
            assert_eq!(message(of(header)), says);
        }
    }

    #[test]
    fn the_type_says_what_the_bytes_do_not_deny() {
        let prose = b"Once upon a time there was <b>bold</b> text.";
        assert_eq!(of("text/html").unwrap().format(prose).unwrap(), PageFormat::Html);
        assert_eq!(of("text/plain").unwrap().format(prose).unwrap(), PageFormat::Text);
        assert_eq!(of("text/plain").unwrap().format(b"\n <!DOCTYPE html><p>x").unwrap(), PageFormat::Html);
        assert_eq!(of("text/plain").unwrap().format(b"<p>a fragment").unwrap(), PageFormat::Text);
        assert_eq!(of("application/octet-stream").unwrap().format(b"<p>a fragment").unwrap(), PageFormat::Html);
        assert_eq!(ContentType::of(None).unwrap().format(prose).unwrap(), PageFormat::Text);
        assert_eq!(ContentType::of(None).unwrap().format(b"").unwrap(), PageFormat::Text);
        assert_eq!(message(of("text/html").unwrap().format(b"%PDF-1.7")), "not a page but a PDF (sent as text/html)");
        assert_eq!(
            message(ContentType::of(None).unwrap().format(b"\x89PNG\r\n\x1a\n")),
            "not a page but an image (sent without a type)"
        );
        assert_eq!(
            message(of("application/x-thing").unwrap().format(b"ab\x00\x01")),
            "not a page but binary data (sent as application/x-thing)"
        );
    }
}
