//! What each tag means for the cutting.

use super::super::slim::Tag;

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

/// The class of a tag, of which the name counts where it is none of HTML's. Tags that are not known begin a block, as
/// custom elements mostly do.
pub(super) fn classify_tag(tag: Tag, name: &str) -> TagClass {
    match tag {
        Tag::HEAD
        | Tag::SCRIPT
        | Tag::STYLE
        | Tag::TEMPLATE
        | Tag::SVG
        | Tag::MATH
        | Tag::IFRAME
        | Tag::NOSCRIPT
        | Tag::NOFRAMES
        | Tag::NOEMBED
        | Tag::OBJECT
        | Tag::APPLET
        | Tag::CANVAS
        | Tag::VIDEO
        | Tag::AUDIO
        | Tag::MAP
        | Tag::SELECT
        | Tag::DATALIST
        | Tag::TEXTAREA
        | Tag::INPUT
        | Tag::TITLE
        | Tag::EMBED
        | Tag::META
        | Tag::LINK
        | Tag::PROGRESS => TagClass::Skipped,
        Tag::BR => TagClass::Break,
        Tag::IMG | Tag::SOURCE => TagClass::Image,
        Tag::TD | Tag::TH => TagClass::Cell,
        tag => match inline_kind(tag) {
            Some(kind) => TagClass::Inline(kind),
            None if tag.is_known() => TagClass::Block,
            None => classify_name(name),
        },
    }
}

fn inline_kind(tag: Tag) -> Option<InlineKind> {
    match tag {
        Tag::A => Some(InlineKind::Link),
        Tag::B | Tag::STRONG => Some(InlineKind::Strong),
        Tag::I | Tag::EM | Tag::CITE | Tag::DFN | Tag::VAR => Some(InlineKind::Emphasis),
        Tag::CODE | Tag::KBD | Tag::SAMP | Tag::TT => Some(InlineKind::Code),
        Tag::ABBR
        | Tag::BDI
        | Tag::BDO
        | Tag::BIG
        | Tag::DATA
        | Tag::DEL
        | Tag::FONT
        | Tag::INS
        | Tag::LABEL
        | Tag::MARK
        | Tag::METER
        | Tag::NOBR
        | Tag::OUTPUT
        | Tag::PICTURE
        | Tag::Q
        | Tag::RUBY
        | Tag::RB
        | Tag::RP
        | Tag::RT
        | Tag::S
        | Tag::SMALL
        | Tag::SPAN
        | Tag::STRIKE
        | Tag::SUB
        | Tag::SUP
        | Tag::TIME
        | Tag::U
        | Tag::WBR
        | Tag::SLOT
        | Tag::PARAM
        | Tag::TRACK => Some(InlineKind::Plain),
        _ => None,
    }
}

/// The class of a tag that is none of HTML's.
fn classify_name(name: &str) -> TagClass {
    match name {
        "amp-analytics" | "amp-ad" | "amp-state" => TagClass::Skipped,
        "amp-img" => TagClass::Image,
        "acronym" | "blink" => TagClass::Inline(InlineKind::Plain),
        _ => TagClass::Block,
    }
}

/// Elements that hold a line of text: a custom element inside one is part of the line.
pub(super) fn holds_text_only(tag: Tag) -> bool {
    heading_level(tag).is_some() || matches!(tag, Tag::P | Tag::LI | Tag::FIGCAPTION | Tag::DT | Tag::DD | Tag::SUMMARY)
}

/// The level of a heading tag.
pub(super) fn heading_level(tag: Tag) -> Option<u8> {
    match tag {
        Tag::H1 => Some(1),
        Tag::H2 => Some(2),
        Tag::H3 => Some(3),
        Tag::H4 => Some(4),
        Tag::H5 => Some(5),
        Tag::H6 => Some(6),
        _ => None,
    }
}
