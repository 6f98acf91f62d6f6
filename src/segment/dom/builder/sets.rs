//! The sets of tags that the standard's rules name.

use crate::segment::slim::{StartKind, Tag};

/// Elements without content.
pub(super) fn is_void(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::AREA
            | Tag::BASE
            | Tag::BASEFONT
            | Tag::BGSOUND
            | Tag::BR
            | Tag::COL
            | Tag::EMBED
            | Tag::FRAME
            | Tag::HR
            | Tag::IMAGE
            | Tag::IMG
            | Tag::INPUT
            | Tag::KEYGEN
            | Tag::LINK
            | Tag::META
            | Tag::PARAM
            | Tag::SOURCE
            | Tag::TRACK
            | Tag::WBR
    )
}

/// Elements that hold nothing but text: their end tag comes before any other.
pub(super) fn holds_text(tag: Tag) -> bool {
    matches!(StartKind::of(tag), StartKind::Text | StartKind::RawText)
}

/// Elements that belong into the head.
pub(super) fn belongs_in_head(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::BASE | Tag::BASEFONT | Tag::BGSOUND | Tag::LINK | Tag::META | Tag::NOFRAMES | Tag::TEMPLATE | Tag::TITLE
    )
}

/// Elements that a tag does not look out of for the one it closes.
pub(super) fn ends_scope(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::APPLET
            | Tag::CAPTION
            | Tag::HTML
            | Tag::TABLE
            | Tag::TD
            | Tag::TH
            | Tag::MARQUEE
            | Tag::OBJECT
            | Tag::SELECT
            | Tag::TEMPLATE
    )
}

/// Elements that end without an end tag.
pub(super) fn needs_no_end(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::DD | Tag::DT | Tag::LI | Tag::OPTION | Tag::OPTGROUP | Tag::P | Tag::RB | Tag::RP | Tag::RT | Tag::RTC
    )
}

/// Those, and the parts of a table.
pub(super) fn needs_no_end_in_template(tag: Tag) -> bool {
    needs_no_end(tag) || is_table_part(tag)
}

/// The parts of a table.
pub(super) fn is_table_part(tag: Tag) -> bool {
    matches!(tag, Tag::CAPTION | Tag::COLGROUP | Tag::TBODY | Tag::TD | Tag::TFOOT | Tag::TH | Tag::THEAD | Tag::TR)
}

/// Tables and their parts that hold nothing but others.
pub(super) fn takes_no_content(tag: Tag) -> bool {
    matches!(tag, Tag::TABLE | Tag::TBODY | Tag::TFOOT | Tag::THEAD | Tag::TR)
}

pub(super) fn is_heading(tag: Tag) -> bool {
    matches!(tag, Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6)
}

/// Type: elements that go on behind an element that ends amid them.
pub(super) fn is_formatting(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::A
            | Tag::B
            | Tag::BIG
            | Tag::CODE
            | Tag::EM
            | Tag::FONT
            | Tag::I
            | Tag::NOBR
            | Tag::S
            | Tag::SMALL
            | Tag::STRIKE
            | Tag::STRONG
            | Tag::TT
            | Tag::U
    )
}

/// Blocks: their start tag closes a paragraph, their end tag what is open in them.
pub(super) fn is_block(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::ADDRESS
            | Tag::ARTICLE
            | Tag::ASIDE
            | Tag::BLOCKQUOTE
            | Tag::CENTER
            | Tag::DETAILS
            | Tag::DIALOG
            | Tag::DIR
            | Tag::DIV
            | Tag::DL
            | Tag::FIELDSET
            | Tag::FIGCAPTION
            | Tag::FIGURE
            | Tag::FOOTER
            | Tag::HEADER
            | Tag::HGROUP
            | Tag::MAIN
            | Tag::MENU
            | Tag::NAV
            | Tag::OL
            | Tag::SEARCH
            | Tag::SECTION
            | Tag::SUMMARY
            | Tag::UL
    )
}

/// Blocks at whose start and end everyone who reads the tree begins a new line (`breaks_line` in `metadata/plain.rs`, the
/// cutter), as most are.
pub(in super::super) fn parts_lines(tag: Tag) -> bool {
    is_heading(tag)
        || matches!(
            tag,
            Tag::P | Tag::DIV | Tag::LI | Tag::UL | Tag::OL | Tag::SECTION | Tag::HEADER | Tag::FOOTER | Tag::FIGURE
        )
}

/// The "special" elements: an end tag that is none of theirs does not reach out of them.
pub(super) fn is_special(tag: Tag) -> bool {
    match tag {
        Tag::DIALOG | Tag::SEARCH => false,
        tag if is_block(tag) || is_heading(tag) || is_table_part(tag) || holds_text(tag) => true,
        Tag::KEYGEN | Tag::IMAGE => false,
        tag if is_void(tag) => true,
        tag => matches!(
            tag,
            Tag::APPLET
                | Tag::BODY
                | Tag::BUTTON
                | Tag::DD
                | Tag::DT
                | Tag::FORM
                | Tag::FRAMESET
                | Tag::HEAD
                | Tag::HTML
                | Tag::IFRAME
                | Tag::ISINDEX
                | Tag::LI
                | Tag::LISTING
                | Tag::MARQUEE
                | Tag::OBJECT
                | Tag::P
                | Tag::PLAINTEXT
                | Tag::PRE
                | Tag::SCRIPT
                | Tag::SELECT
                | Tag::STYLE
                | Tag::TABLE
                | Tag::TEMPLATE
        ),
    }
}
