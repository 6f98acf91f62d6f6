//! What each tag means for the cutting.

/// What the walk does at a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TagClass {
    /// Nothing inside is text of the page.
    Skipped,
    /// A line break.
    Break,
    /// A picture.
    Image,
    /// Part of a line.
    Inline(InlineKind),
    /// A cell of a table.
    Cell,
    /// Begins and ends a block.
    Block,
}

/// What an inline tag does to its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InlineKind {
    /// Nothing.
    Plain,
    /// Makes it a link.
    Link,
    /// Sets it in bold type.
    Strong,
    /// Sets it in italic type.
    Emphasis,
    /// Sets it as code.
    Code,
}

/// The class of a tag. Tags that are not known begin a block, as custom elements mostly do.
pub(super) fn classify_tag(tag: &str) -> TagClass {
    match tag {
        "head" | "script" | "style" | "template" | "svg" | "math" | "iframe" | "noscript" | "noframes" | "noembed"
        | "object" | "applet" | "canvas" | "video" | "audio" | "map" | "select" | "datalist" | "textarea" | "input"
        | "rp" | "rt" | "title" | "embed" | "meta" | "link" | "progress" | "amp-analytics" | "amp-ad" | "amp-state" => {
            TagClass::Skipped
        }
        "br" => TagClass::Break,
        "img" | "amp-img" | "source" => TagClass::Image,
        "a" => TagClass::Inline(InlineKind::Link),
        "b" | "strong" => TagClass::Inline(InlineKind::Strong),
        "i" | "em" | "cite" | "dfn" | "var" => TagClass::Inline(InlineKind::Emphasis),
        "code" | "kbd" | "samp" | "tt" => TagClass::Inline(InlineKind::Code),
        "abbr" | "acronym" | "bdi" | "bdo" | "big" | "data" | "del" | "font" | "ins" | "label" | "mark" | "meter"
        | "nobr" | "output" | "picture" | "q" | "ruby" | "rb" | "s" | "small" | "span" | "strike" | "sub" | "sup"
        | "time" | "u" | "wbr" | "slot" | "blink" | "param" | "track" => TagClass::Inline(InlineKind::Plain),
        "td" | "th" => TagClass::Cell,
        _ => TagClass::Block,
    }
}

/// Elements that hold a line of text: a custom element inside one is part of the line.
pub(super) fn holds_text_only(tag: &str) -> bool {
    matches!(tag, "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "figcaption" | "dt" | "dd" | "summary")
}

/// The level of a heading tag.
pub(super) fn heading_level(tag: &str) -> Option<u8> {
    match tag.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}
