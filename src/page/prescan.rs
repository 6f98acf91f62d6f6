//! The charset that a page declares in its own markup, after "prescan a byte stream to determine its encoding" of the
//! HTML Standard (section 13.2.3.2).
//!
//! Other than there, what stands inside scripts and styles is skipped (browsers read on in them), and the head that is
//! looked at is 4096 bytes long instead of 1024, for pages that put their metadata ahead of the charset.

use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

/// How much of a page is looked at.
const HEAD_BYTES: usize = 4096;

/// What is looked at of `body`.
pub(super) fn head(body: &[u8]) -> &[u8] {
    &body[..body.len().min(HEAD_BYTES)]
}

/// The encoding that a `meta` tag, or else the XML declaration, in the head of `body` names.
pub(super) fn declared(body: &[u8]) -> Option<&'static Encoding> {
    let head = head(body);
    meta(head).or_else(|| xml_declaration(head))
}

/// The encoding that `label` means, if it is one that text can be in.
pub(super) fn by_label(label: &[u8]) -> Option<&'static Encoding> {
    match Encoding::for_label(label)? {
        // Stands for encodings that the standard does not decode: one U+FFFD would be all of the page.
        encoding if encoding == REPLACEMENT => None,
        encoding if encoding == X_USER_DEFINED => Some(WINDOWS_1252),
        encoding => Some(encoding),
    }
}

fn meta(head: &[u8]) -> Option<&'static Encoding> {
    let mut rest = head;
    while let Some(at) = rest.iter().position(|&byte| byte == b'<') {
        rest = &rest[at + 1..];
        if rest.starts_with(b"!--") {
            // From the dashes of the opening on: `<!-->` is a whole comment.
            rest = after(&rest[1..], b"-->");
        } else if matches!(rest.first(), Some(b'!' | b'/' | b'?')) {
            rest = after(rest, b">");
        } else if rest.first().is_some_and(u8::is_ascii_alphabetic) {
            let (name, attributes) = split_name(rest);
            let mut tag = Attributes { rest: attributes };
            if name.eq_ignore_ascii_case(b"meta")
                && let Some(encoding) = encoding_of_meta(&mut tag)
            {
                return Some(encoding);
            }
            rest = after_element(name, tag.skip_tag());
        }
    }
    None
}

/// What one `meta` tag declares. A page that can be read this far is not UTF-16, so that means UTF-8.
fn encoding_of_meta(tag: &mut Attributes<'_>) -> Option<&'static Encoding> {
    let mut is_content_type = false;
    let mut by_content = None;
    let mut by_charset = None;
    for (name, value) in tag.by_ref() {
        if name.eq_ignore_ascii_case(b"http-equiv") {
            is_content_type |= value.eq_ignore_ascii_case(b"content-type");
        } else if name.eq_ignore_ascii_case(b"content") {
            by_content = by_content.or_else(|| by_label(charset_parameter(value)?));
        } else if name.eq_ignore_ascii_case(b"charset") {
            by_charset = by_charset.or_else(|| by_label(value));
        }
    }
    if tag.rest.is_empty() {
        // The head ends inside the tag, perhaps inside the label.
        return None;
    }
    let encoding = by_charset.or(by_content.filter(|_| is_content_type))?;
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

/// The label in `text/html; charset=label`.
fn charset_parameter(content: &[u8]) -> Option<&[u8]> {
    const NAME: &[u8] = b"charset";
    let mut rest = content;
    loop {
        let at = rest.windows(NAME.len()).position(|window| window.eq_ignore_ascii_case(NAME))?;
        rest = rest[at + NAME.len()..].trim_ascii_start();
        let Some(value) = rest.strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        return match value.first()? {
            quote @ (b'"' | b'\'') => value[1..].split(|byte| byte == quote).next(),
            _ => value.split(|&byte| byte == b';' || byte.is_ascii_whitespace()).next(),
        };
    }
}

/// The encoding of `<?xml version="1.0" encoding="label"?>`, which must stand first.
fn xml_declaration(head: &[u8]) -> Option<&'static Encoding> {
    const NAME: &[u8] = b"encoding";
    let declaration = head.strip_prefix(b"<?xml")?;
    let declaration = &declaration[..declaration.iter().position(|&byte| byte == b'>')?];
    let at = declaration.windows(NAME.len()).position(|window| window == NAME)?;
    let value = declaration[at + NAME.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let quote = value.first().filter(|byte| matches!(byte, b'"' | b'\''))?;
    let encoding = by_label(value[1..].split(|byte| byte == quote).next()?)?;
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

/// What follows the element's start tag, or its end where the content is raw text.
fn after_element<'a>(name: &[u8], rest: &'a [u8]) -> &'a [u8] {
    let is_raw = [&b"script"[..], b"style", b"title"].iter().any(|raw| name.eq_ignore_ascii_case(raw));
    if !is_raw {
        return rest;
    }
    let closes = |window: &[u8]| window.starts_with(b"</") && window[2..].eq_ignore_ascii_case(name);
    rest.windows(name.len() + 2).position(closes).map_or(&[], |at| &rest[at..])
}

fn after<'a>(text: &'a [u8], end: &[u8]) -> &'a [u8] {
    text.windows(end.len()).position(|window| window == end).map_or(&[], |at| &text[at + end.len()..])
}

fn split_name(tag: &[u8]) -> (&[u8], &[u8]) {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
    tag.split_at(tag.iter().position(ends).unwrap_or(tag.len()))
}

/// The attributes of a start tag, name and value, as "get an attribute" of the same section reads them.
struct Attributes<'a> {
    rest: &'a [u8],
}

impl<'a> Attributes<'a> {
    /// What follows the tag.
    fn skip_tag(mut self) -> &'a [u8] {
        while self.next().is_some() {}
        self.rest.strip_prefix(b">").unwrap_or(self.rest)
    }

    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) {
        let at = self.rest.iter().position(|&byte| !is_skipped(byte)).unwrap_or(self.rest.len());
        self.rest = &self.rest[at..];
    }

    fn take_until(&mut self, ends: impl Fn(u8) -> bool) -> &'a [u8] {
        let at = self.rest.iter().position(|&byte| ends(byte)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(at);
        self.rest = rest;
        taken
    }

    fn value(&mut self) -> &'a [u8] {
        match self.rest.first() {
            Some(&quote @ (b'"' | b'\'')) => {
                self.rest = &self.rest[1..];
                let value = self.take_until(|byte| byte == quote);
                self.rest = self.rest.get(1..).unwrap_or_default();
                value
            }
            _ => self.take_until(|byte| byte.is_ascii_whitespace() || byte == b'>'),
        }
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        self.skip(|byte| byte.is_ascii_whitespace() || byte == b'/');
        if matches!(self.rest.first(), None | Some(b'>')) {
            return None;
        }
        // An equals sign in the first place belongs to the name.
        let from = self.rest;
        self.rest = &from[1..];
        self.take_until(|byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'/' | b'>'));
        let name = &from[..from.len() - self.rest.len()];
        self.skip(|byte| byte.is_ascii_whitespace());
        let Some(value) = self.rest.strip_prefix(b"=") else { return Some((name, b"")) };
        self.rest = value;
        self.skip(|byte| byte.is_ascii_whitespace());
        Some((name, self.value()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(head: &str) -> Option<&'static str> {
        declared(head.as_bytes()).map(Encoding::name)
    }

    #[test]
    fn declarations_are_found() {
        for head in [
            "<meta charset=gb2312>",
            "<!doctype html><html><head><META CHARSET = 'GBK' />",
            "<meta name=x content='a > b'><meta charset=\"gbk\">",
            "<meta http-equiv=Content-Type content=\"text/html; charset=gb2312\">",
            "<meta content='text/html;charset=\"gbk\"' http-equiv='content-type'>",
            "<meta/charset=gbk>",
            "<?xml version=\"1.0\" encoding='gbk'?><html>",
            "<!--><meta charset=gbk>",
            "<script>a < b</script><meta charset=gbk>",
            "<title>a <b </title><meta charset=gbk>",
            "a < b <> <1 <meta charset=gbk>",
            "<meta charset=what><meta charset=gbk>",
        ] {
            assert_eq!(name(head), Some("GBK"), "{head}");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_not() {
        for head in [
            "",
            "<",
            "<meta",
            "<meta charset",
            "<meta charset=",
            "<meta charset=\"gbk",
            "<meta charset=gbk",
            "<?xml encoding='gbk'",
            "<metal charset=gbk>",
            "<!-- <meta charset=gbk> -->",
            "<!-- <meta charset=gbk>",
            "<script>'<meta charset=gbk>'</script>",
            "<style><meta charset=gbk>",
            "<a title='<meta charset=gbk>'>",
            "<meta name=description content='text/html; charset=gbk'>",
            "<meta http-equiv=content-type content='text/html; charset gbk'>",
            "<meta charset=iso-2022-kr>",
            "</p <meta charset=gbk>",
        ] {
            assert_eq!(name(head), None, "{head}");
        }
    }

    #[test]
    fn some_labels_mean_another_encoding() {
        assert_eq!(name("<meta charset=utf-16>"), Some("UTF-8"));
        assert_eq!(name("<?xml encoding=\"utf-16\"?>"), Some("UTF-8"));
        assert_eq!(name("<meta charset=x-user-defined>"), Some("windows-1252"));
        assert_eq!(name("<meta charset=iso-8859-1>"), Some("windows-1252"));
    }

    #[test]
    fn the_search_ends_behind_the_head() {
        let behind = |filler: usize| format!("{}<meta charset=gbk>", " ".repeat(filler));
        assert_eq!(name(&behind(3000)), Some("GBK"));
        assert_eq!(name(&behind(4096)), None);
    }
}
