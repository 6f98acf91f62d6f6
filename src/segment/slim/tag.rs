//! Names of tags, and what the pass makes of them.

/// Bytes of a name that are kept; no name of HTML is as long.
const MAX_NAME_BYTES: usize = 24;

/// A tag's name in lower case. A name longer than any of HTML's is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TagName {
    bytes: [u8; MAX_NAME_BYTES],
    len: u8,
}

impl TagName {
    /// The name that is written `name`.
    pub(super) fn of(name: &[u8]) -> Self {
        let mut bytes = [0; MAX_NAME_BYTES];
        let len = name.len().min(MAX_NAME_BYTES);
        for (to, from) in bytes.iter_mut().zip(name) {
            *to = if from.is_ascii_graphic() { from.to_ascii_lowercase() } else { b'x' };
        }
        TagName { bytes, len: len as u8 }
    }

    /// The name as text.
    pub(crate) fn as_str(&self) -> &str {
        // `of` leaves nothing but ASCII.
        std::str::from_utf8(self.as_bytes()).unwrap_or("x")
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }
}

/// The place behind the name that begins at `start`.
pub(super) fn name_end(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    while end < bytes.len() && !matches!(bytes[end], b'\t' | b'\n' | 0x0c | b'\r' | b' ' | b'/' | b'>') {
        end += 1;
    }
    end
}

/// Whether the tag whose name stands at `at` is called `name`.
pub(super) fn is_tag_named(bytes: &[u8], at: usize, name: &[u8]) -> bool {
    let end = at + name.len();
    bytes.get(at..end).is_some_and(|written| written.eq_ignore_ascii_case(name))
        && bytes.get(end).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
}

/// What the pass does at a start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StartKind {
    /// Goes up to its end tag, unless it is JSON-LD.
    Script,
    /// Its text goes up to its end tag.
    Dropped,
    /// Goes up to its end tag, or up to a tag that no drawing has.
    Drawing,
    /// Its content is text with character references.
    Text,
    /// Its content is text as written.
    RawText,
    /// The tag goes; what follows is read as ever, for text to the end of the page is no page of today.
    Plain,
    /// Has content.
    Element,
    /// Has no content and no end tag.
    Void,
}

impl StartKind {
    /// The kind of the tag `name`.
    pub(super) fn of(name: &TagName) -> Self {
        match name.as_bytes() {
            b"script" => StartKind::Script,
            b"style" | b"iframe" => StartKind::Dropped,
            b"svg" | b"math" => StartKind::Drawing,
            b"title" | b"textarea" => StartKind::Text,
            b"xmp" | b"noembed" | b"noframes" | b"noscript" => StartKind::RawText,
            b"plaintext" => StartKind::Plain,
            b"area" | b"base" | b"br" | b"col" | b"embed" | b"hr" | b"img" | b"input" | b"link" | b"meta"
            | b"param" | b"source" | b"track" | b"wbr" => StartKind::Void,
            _ => StartKind::Element,
        }
    }
}

/// Elements that an end tag of block level closes on its way, and whose own end tag closes nothing of block level.
pub(super) fn is_inline(name: &TagName) -> bool {
    matches!(
        name.as_bytes(),
        b"a" | b"abbr"
            | b"b"
            | b"bdi"
            | b"bdo"
            | b"big"
            | b"cite"
            | b"code"
            | b"del"
            | b"em"
            | b"font"
            | b"i"
            | b"ins"
            | b"kbd"
            | b"label"
            | b"mark"
            | b"q"
            | b"s"
            | b"samp"
            | b"small"
            | b"span"
            | b"strike"
            | b"strong"
            | b"sub"
            | b"sup"
            | b"time"
            | b"tt"
            | b"u"
            | b"var"
    ) || name.as_bytes().contains(&b'-')
}

/// Elements that an end tag does not reach out of.
pub(super) fn is_scope(name: &TagName) -> bool {
    matches!(name.as_bytes(), b"table" | b"td" | b"th" | b"caption" | b"template" | b"object" | b"html")
}

/// Elements whose end tag does reach out of a cell.
pub(super) fn is_table_part(name: &TagName) -> bool {
    matches!(name.as_bytes(), b"table" | b"td" | b"th" | b"tr" | b"tbody" | b"thead" | b"tfoot" | b"html" | b"template")
}

/// Start tags that end foreign content and go on in HTML (section 13.2.6.5), and sections, which no drawing has.
pub(super) fn ends_foreign_content(name: &TagName) -> bool {
    matches!(
        name.as_bytes(),
        b"b" | b"big"
            | b"blockquote"
            | b"body"
            | b"br"
            | b"center"
            | b"code"
            | b"dd"
            | b"div"
            | b"dl"
            | b"dt"
            | b"em"
            | b"embed"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"head"
            | b"hr"
            | b"i"
            | b"img"
            | b"li"
            | b"listing"
            | b"menu"
            | b"meta"
            | b"nobr"
            | b"ol"
            | b"p"
            | b"pre"
            | b"ruby"
            | b"s"
            | b"small"
            | b"span"
            | b"strong"
            | b"strike"
            | b"sub"
            | b"sup"
            | b"table"
            | b"tt"
            | b"u"
            | b"ul"
            | b"var"
            | b"article"
            | b"section"
            | b"main"
            | b"footer"
    )
}
