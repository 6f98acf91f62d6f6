//! The attributes of a tag: which are read by anyone, and where the tag ends.

use memchr::memchr;

/// Attributes of one tag that are kept; more are dropped. No real tag has as many that someone reads.
const MAX_ATTRIBUTES: usize = 24;
/// Bytes of a value that are kept of class lists and the like; a longer value is dropped.
const MAX_VALUE_BYTES: usize = 8 * 1024;

/// How a tag ends.
pub(super) struct TagShape {
    /// The place behind its `>`, or the end of the page.
    pub(super) end: usize,
    /// Whether a `/` stands before the `>`.
    pub(super) self_closing: bool,
}

/// Reads the attributes of the tag whose name ends at `start`, and appends those that are read later to `kept`.
pub(super) fn copy_attributes(page: &str, start: usize, kept: &mut String) -> TagShape {
    let bytes = page.as_bytes();
    let mut at = start;
    let mut count = 0;
    let mut self_closing = false;
    loop {
        while bytes.get(at).is_some_and(|b| b.is_ascii_whitespace() || *b == b'/') {
            self_closing = bytes[at] == b'/';
            at += 1;
        }
        match bytes.get(at) {
            None => return TagShape { end: at, self_closing: false },
            Some(b'>') => return TagShape { end: at + 1, self_closing },
            Some(_) => {}
        }
        self_closing = false;
        let name = at..name_end(bytes, at);
        at = skip_space(bytes, name.end);
        let mut value = at..at;
        if bytes.get(at) == Some(&b'=') {
            (value, at) = read_value(bytes, skip_space(bytes, at + 1));
        }
        if count < MAX_ATTRIBUTES && is_read(&page[name.clone()], &page[value.clone()]) {
            count += 1;
            append(kept, &page[name], &page[value]);
        }
    }
}

fn skip_space(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count()
}

/// A name goes to the next space, `/`, `>` or `=`; an `=` in front is part of it.
fn name_end(bytes: &[u8], start: usize) -> usize {
    let rest = &bytes[start + 1..];
    let length = rest.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'='));
    start + 1 + length.unwrap_or(rest.len())
}

/// The value that begins at `at`, and the place behind it.
fn read_value(bytes: &[u8], at: usize) -> (std::ops::Range<usize>, usize) {
    if let Some(quote @ (b'"' | b'\'')) = bytes.get(at) {
        let end = memchr(*quote, &bytes[at + 1..]).map_or(bytes.len(), |offset| at + 1 + offset);
        return (at + 1..end, (end + 1).min(bytes.len()));
    }
    let rest = &bytes[at..];
    let length = rest.iter().position(|b| b.is_ascii_whitespace() || *b == b'>').unwrap_or(rest.len());
    (at..at + length, at + length)
}

fn append(kept: &mut String, name: &str, value: &str) {
    kept.push(' ');
    kept.push_str(name);
    if value.is_empty() {
        return;
    }
    let quote = if value.contains('"') { '\'' } else { '"' };
    kept.push('=');
    kept.push(quote);
    kept.push_str(value);
    kept.push(quote);
}

/// Whether segment or metadata reads the attribute.
fn is_read(name: &str, value: &str) -> bool {
    if value.len() > MAX_VALUE_BYTES || value.contains('"') && value.contains('\'') || name.len() > 20 {
        return false;
    }
    let mut lower = [0; 20];
    for (to, from) in lower.iter_mut().zip(name.bytes()) {
        *to = from.to_ascii_lowercase();
    }
    match &lower[..name.len()] {
        b"class"
        | b"id"
        | b"role"
        | b"itemprop"
        | b"itemtype"
        | b"itemscope"
        | b"href"
        | b"rel"
        | b"content"
        | b"property"
        | b"name"
        | b"type"
        | b"datetime"
        | b"pubdate"
        | b"hidden"
        | b"aria-hidden"
        | b"lang"
        | b"data-testid"
        | b"data-test-id"
        | b"data-qa"
        | b"data-component"
        | b"data-component-name"
        | b"data-module"
        | b"start"
        | b"alt"
        | b"open"
        | b"title"
        | b"charset"
        | b"http-equiv"
        | b"data-time"
        | b"data-date"
        | b"data-published" => true,
        b"src" | b"data-src" => !value.starts_with("data:"),
        b"style" => value.contains("display") || value.contains("visibility"),
        _ => false,
    }
}
