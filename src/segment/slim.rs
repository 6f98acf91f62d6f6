//! One linear pass ahead of the parser. It drops what no story needs (scripts, styles, drawings, comments, attributes
//! that nobody reads) and caps the depth of the tree: html5ever is quadratic in nesting depth and in the attributes of
//! one tag (servo/html5ever#788). What it leaves is HTML that parses to the same blocks.
//!
//! The rules are those of the HTML standard's tokenizer, section 13.2.5.

mod attributes;
mod depth;

use memchr::{memchr, memmem};

use attributes::copy_attributes;
use depth::OpenElements;

/// A page without its dead weight.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct SlimPage<'a> {
    /// The HTML that is left.
    pub(crate) html: String,
    /// The contents of the page's JSON-LD scripts.
    pub(crate) json_ld: Vec<&'a str>,
    /// Scripts of the page that are programs.
    pub(crate) scripts: usize,
}

/// Takes the dead weight off a page. Linear in its size; the result is never larger than the page and a few bytes a tag.
pub(crate) fn slim(page: &str) -> SlimPage<'_> {
    let mut pass = Pass { page, at: 0, out: SlimPage::default(), open: OpenElements::default() };
    pass.out.html.reserve(page.len() / 3);
    pass.run();
    pass.out
}

struct Pass<'a> {
    page: &'a str,
    at: usize,
    out: SlimPage<'a>,
    open: OpenElements,
}

impl Pass<'_> {
    fn run(&mut self) {
        while let Some(offset) = memchr(b'<', &self.page.as_bytes()[self.at..]) {
            let start = self.at + offset;
            self.copy(start);
            self.markup(start);
        }
        self.copy(self.page.len());
    }

    /// Copies the page up to `end`.
    fn copy(&mut self, end: usize) {
        self.out.html.push_str(&self.page[self.at..end]);
        self.at = end;
    }

    fn byte(&self, at: usize) -> u8 {
        self.page.as_bytes().get(at).copied().unwrap_or(0)
    }

    /// Reads what begins with the `<` at `start`.
    fn markup(&mut self, start: usize) {
        match self.byte(start + 1) {
            b'a'..=b'z' | b'A'..=b'Z' => self.start_tag(start),
            b'/' if self.byte(start + 2).is_ascii_alphabetic() => self.end_tag(start),
            b'!' if self.page[start..].starts_with("<!--") => self.at = comment_end(self.page, start),
            b'!' if is_doctype(&self.page.as_bytes()[start..]) => self.copy(after_byte(self.page, b'>', start)),
            b'!' | b'?' | b'/' => self.at = after_byte(self.page, b'>', start),
            _ => self.copy(start + 1),
        }
    }

    fn start_tag(&mut self, start: usize) {
        let name_end = tag_name_end(self.page, start + 1);
        let tag = TagName::of(&self.page.as_bytes()[start + 1..name_end]);
        let mut kept = String::new();
        let shape = copy_attributes(self.page, name_end, &mut kept);
        self.at = shape.end;
        match tag.as_str() {
            "script" => self.script(&kept),
            "style" | "iframe" => self.at = raw_text_end(self.page, self.at, tag.as_str()).1,
            "svg" | "math" => {
                if !shape.self_closing {
                    self.skip_drawing(tag.as_str());
                }
            }
            "title" | "textarea" | "xmp" | "noembed" | "noframes" | "noscript" => {
                self.open_tag(tag.as_str(), &kept);
                let (_, end) = raw_text_end(self.page, self.at, tag.as_str());
                self.copy(end);
                self.open.close(tag.as_str());
            }
            "plaintext" => self.copy(self.page.len()),
            name => {
                if self.open.open(name) {
                    self.write_tag(name, &kept);
                } else {
                    self.write_break();
                }
            }
        }
    }

    fn open_tag(&mut self, name: &str, attributes: &str) {
        self.open.open(name);
        self.write_tag(name, attributes);
    }

    fn write_tag(&mut self, name: &str, attributes: &str) {
        let html = &mut self.out.html;
        html.push('<');
        html.push_str(name);
        html.push_str(attributes);
        html.push('>');
    }

    /// What stands for a tag that is dropped for its depth: the words on its sides stay apart.
    fn write_break(&mut self) {
        if !self.out.html.ends_with("<br><br>") {
            self.out.html.push_str("<br><br>");
        }
    }

    fn end_tag(&mut self, start: usize) {
        let name_end = tag_name_end(self.page, start + 2);
        let tag = TagName::of(&self.page.as_bytes()[start + 2..name_end]);
        self.at = copy_attributes(self.page, name_end, &mut String::new()).end;
        if self.open.close(tag.as_str()) {
            let html = &mut self.out.html;
            html.push_str("</");
            html.push_str(tag.as_str());
            html.push('>');
        }
    }

    /// Drops a script; keeps its content where it is JSON-LD.
    fn script(&mut self, attributes: &str) {
        let (content_end, end) = script_end(self.page, self.at);
        if attributes.to_ascii_lowercase().contains("ld+json") {
            self.out.json_ld.push(&self.page[self.at..content_end]);
        } else {
            self.out.scripts += 1;
        }
        self.at = end;
    }

    /// Drops a drawing up to its end tag, or up to a tag that ends foreign content (section 13.2.6.5).
    fn skip_drawing(&mut self, name: &str) {
        let mut depth = 1;
        while let Some(offset) = memchr(b'<', &self.page.as_bytes()[self.at..]) {
            let start = self.at + offset;
            let name_start = start + 1 + usize::from(self.byte(start + 1) == b'/');
            if self.page[start..].starts_with("<!--") {
                self.at = comment_end(self.page, start);
                continue;
            }
            if !self.byte(name_start).is_ascii_alphabetic() {
                self.at = start + 1;
                continue;
            }
            let name_end = tag_name_end(self.page, name_start);
            let tag = TagName::of(&self.page.as_bytes()[name_start..name_end]);
            if ends_foreign_content(tag.as_str()) {
                self.at = start;
                return;
            }
            let shape = copy_attributes(self.page, name_end, &mut String::new());
            self.at = shape.end;
            if tag.as_str() == name && !shape.self_closing {
                depth = if name_start == start + 1 { depth + 1 } else { depth - 1 };
                if depth == 0 {
                    return;
                }
            } else if name_start == start + 1 && !shape.self_closing && matches!(tag.as_str(), "script" | "style") {
                self.at = raw_text_end(self.page, self.at, tag.as_str()).1;
            }
        }
        self.at = self.page.len();
    }
}

/// A tag's name in lower case, without allocation. A name longer than any of HTML's is cut.
struct TagName {
    bytes: [u8; 24],
    len: usize,
}

impl TagName {
    fn of(name: &[u8]) -> Self {
        let mut bytes = [0; 24];
        let len = name.len().min(bytes.len());
        for (to, from) in bytes.iter_mut().zip(name) {
            *to = if from.is_ascii_graphic() { from.to_ascii_lowercase() } else { b'x' };
        }
        TagName { bytes, len }
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or("x")
    }
}

fn tag_name_end(page: &str, start: usize) -> usize {
    let rest = &page.as_bytes()[start..];
    start + rest.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>')).unwrap_or(rest.len())
}

fn is_doctype(rest: &[u8]) -> bool {
    rest.len() >= 9 && rest[..9].eq_ignore_ascii_case(b"<!doctype")
}

/// The place behind the next `byte`, or the end of the page.
fn after_byte(page: &str, byte: u8, start: usize) -> usize {
    memchr(byte, &page.as_bytes()[start..]).map_or(page.len(), |offset| start + offset + 1)
}

/// The place behind the comment whose `<!--` stands at `start`. `<!-->` and `<!--->` are whole comments.
fn comment_end(page: &str, start: usize) -> usize {
    let inside = start + 4;
    let rest = &page[inside..];
    if rest.starts_with('>') {
        return inside + 1;
    }
    if rest.starts_with("->") {
        return inside + 2;
    }
    let mut from = inside;
    while let Some(offset) = memmem::find(&page.as_bytes()[from..], b"--") {
        let dashes = from + offset;
        match page.as_bytes().get(dashes + 2) {
            Some(b'>') => return dashes + 3,
            Some(b'!') if page.as_bytes().get(dashes + 3) == Some(&b'>') => return dashes + 4,
            _ => from = dashes + 1,
        }
    }
    page.len()
}

/// Where raw text that begins at `start` ends: ahead of its end tag, and behind it.
fn raw_text_end(page: &str, start: usize, tag: &str) -> (usize, usize) {
    let mut from = start;
    while let Some(offset) = memmem::find(&page.as_bytes()[from..], b"</") {
        let at = from + offset;
        if is_tag_named(page, at + 2, tag) {
            return (at, after_byte(page, b'>', at));
        }
        from = at + 2;
    }
    (page.len(), page.len())
}

/// Likewise for a script. An end tag behind `<!-- <script>` closes only the inner one (script data double escaped
/// state), if there is another.
fn script_end(page: &str, start: usize) -> (usize, usize) {
    let first = raw_text_end(page, start, "script");
    let content = &page[start..first.0];
    let Some(comment) = content.rfind("<!--") else { return first };
    let escaped = &content[comment..];
    let holds_script = memmem::find_iter(escaped.as_bytes(), b"<").any(|at| is_tag_named(escaped, at + 1, "script"));
    if escaped.contains("-->") || !holds_script {
        return first;
    }
    let second = raw_text_end(page, first.1, "script");
    if second.0 == page.len() { first } else { second }
}

fn is_tag_named(page: &str, at: usize, tag: &str) -> bool {
    let bytes = page.as_bytes();
    let end = at + tag.len();
    bytes.get(at..end).is_some_and(|name| name.eq_ignore_ascii_case(tag.as_bytes()))
        && bytes.get(end).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
}

/// Start tags that end foreign content and go on in HTML (section 13.2.6.5), and sections, which no drawing has.
fn ends_foreign_content(tag: &str) -> bool {
    matches!(
        tag,
        "b" | "big"
            | "blockquote"
            | "body"
            | "br"
            | "center"
            | "code"
            | "dd"
            | "div"
            | "dl"
            | "dt"
            | "em"
            | "embed"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "hr"
            | "i"
            | "img"
            | "li"
            | "listing"
            | "menu"
            | "meta"
            | "nobr"
            | "ol"
            | "p"
            | "pre"
            | "ruby"
            | "s"
            | "small"
            | "span"
            | "strong"
            | "strike"
            | "sub"
            | "sup"
            | "table"
            | "tt"
            | "u"
            | "ul"
            | "var"
            | "article"
            | "section"
            | "main"
            | "footer"
    )
}
