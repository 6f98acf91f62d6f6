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
    match tag.as_bytes() {
        b"head" | b"script" | b"style" | b"template" | b"svg" | b"math" | b"iframe" | b"noscript" | b"noframes"
        | b"noembed" | b"object" | b"applet" | b"canvas" | b"video" | b"audio" | b"map" | b"select" | b"datalist"
        | b"textarea" | b"input" | b"title" | b"embed" | b"meta" | b"link" | b"progress" | b"amp-analytics"
        | b"amp-ad" | b"amp-state" => TagClass::Skipped,
        b"br" => TagClass::Break,
        b"img" | b"amp-img" | b"source" => TagClass::Image,
        b"a" => TagClass::Inline(InlineKind::Link),
        b"b" | b"strong" => TagClass::Inline(InlineKind::Strong),
        b"i" | b"em" | b"cite" | b"dfn" | b"var" => TagClass::Inline(InlineKind::Emphasis),
        b"code" | b"kbd" | b"samp" | b"tt" => TagClass::Inline(InlineKind::Code),
        b"abbr" | b"acronym" | b"bdi" | b"bdo" | b"big" | b"data" | b"del" | b"font" | b"ins" | b"label" | b"mark"
        | b"meter" | b"nobr" | b"output" | b"picture" | b"q" | b"ruby" | b"rb" | b"rp" | b"rt" | b"s" | b"small"
        | b"span" | b"strike" | b"sub" | b"sup" | b"time" | b"u" | b"wbr" | b"slot" | b"blink" | b"param"
        | b"track" => TagClass::Inline(InlineKind::Plain),
        b"td" | b"th" => TagClass::Cell,
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
