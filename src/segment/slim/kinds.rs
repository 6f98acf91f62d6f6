//! What the pass makes of a tag.

use super::tag::Tag;

/// What the pass does at a start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StartKind {
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
    /// The kind of a tag.
    pub(crate) fn of(tag: Tag) -> Self {
        match tag {
            Tag::SCRIPT => StartKind::Script,
            Tag::STYLE | Tag::IFRAME => StartKind::Dropped,
            Tag::SVG | Tag::MATH => StartKind::Drawing,
            Tag::TITLE | Tag::TEXTAREA => StartKind::Text,
            Tag::XMP | Tag::NOEMBED | Tag::NOFRAMES | Tag::NOSCRIPT => StartKind::RawText,
            Tag::PLAINTEXT => StartKind::Plain,
            Tag::AREA
            | Tag::BASE
            | Tag::BR
            | Tag::COL
            | Tag::EMBED
            | Tag::HR
            | Tag::IMG
            | Tag::INPUT
            | Tag::LINK
            | Tag::META
            | Tag::PARAM
            | Tag::SOURCE
            | Tag::TRACK
            | Tag::WBR => StartKind::Void,
            _ => StartKind::Element,
        }
    }
}

/// Elements that an end tag of block level closes on its way, and whose own end tag closes nothing of block level.
pub(crate) fn is_inline(tag: Tag) -> bool {
    tag.is_custom()
        || matches!(
            tag,
            Tag::A
                | Tag::ABBR
                | Tag::B
                | Tag::BDI
                | Tag::BDO
                | Tag::BIG
                | Tag::CITE
                | Tag::CODE
                | Tag::DEL
                | Tag::EM
                | Tag::FONT
                | Tag::I
                | Tag::INS
                | Tag::KBD
                | Tag::LABEL
                | Tag::MARK
                | Tag::Q
                | Tag::S
                | Tag::SAMP
                | Tag::SMALL
                | Tag::SPAN
                | Tag::STRIKE
                | Tag::STRONG
                | Tag::SUB
                | Tag::SUP
                | Tag::TIME
                | Tag::TT
                | Tag::U
                | Tag::VAR
        )
}

/// Elements that an end tag does not reach out of.
pub(crate) fn is_scope(tag: Tag) -> bool {
    matches!(tag, Tag::TABLE | Tag::TD | Tag::TH | Tag::CAPTION | Tag::TEMPLATE | Tag::OBJECT | Tag::HTML)
}

/// Elements whose end tag does reach out of a cell.
pub(crate) fn is_table_part(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::TABLE | Tag::TD | Tag::TH | Tag::TR | Tag::TBODY | Tag::THEAD | Tag::TFOOT | Tag::HTML | Tag::TEMPLATE
    )
}

/// Start tags that end foreign content and go on in HTML (section 13.2.6.5), and sections, which no drawing has.
pub(super) fn ends_foreign_content(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::B
            | Tag::BIG
            | Tag::BLOCKQUOTE
            | Tag::BODY
            | Tag::BR
            | Tag::CENTER
            | Tag::CODE
            | Tag::DD
            | Tag::DIV
            | Tag::DL
            | Tag::DT
            | Tag::EM
            | Tag::EMBED
            | Tag::H1
            | Tag::H2
            | Tag::H3
            | Tag::H4
            | Tag::H5
            | Tag::H6
            | Tag::HEAD
            | Tag::HR
            | Tag::I
            | Tag::IMG
            | Tag::LI
            | Tag::LISTING
            | Tag::MENU
            | Tag::META
            | Tag::NOBR
            | Tag::OL
            | Tag::P
            | Tag::PRE
            | Tag::RUBY
            | Tag::S
            | Tag::SMALL
            | Tag::SPAN
            | Tag::STRONG
            | Tag::STRIKE
            | Tag::SUB
            | Tag::SUP
            | Tag::TABLE
            | Tag::TT
            | Tag::U
            | Tag::UL
            | Tag::VAR
            | Tag::ARTICLE
            | Tag::SECTION
            | Tag::MAIN
            | Tag::FOOTER
    )
}
