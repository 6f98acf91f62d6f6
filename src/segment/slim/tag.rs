//! Names of tags as numbers.

use rustc_hash::FxHashMap;

use super::names::{NameTable, ends_name, ends_of_names, first_letters, letters};
use crate::block::sixteen::first_of;

/// Bytes of a name that are kept; no name of HTML is as long.
const MAX_NAME_BYTES: usize = 24;
/// The bit of a [`Tag`] that marks a name with a dash: a custom element.
const CUSTOM: u32 = 1 << 31;

/// A tag's name as a number: of HTML's names one that is the same on each page, of others one of the page's own
/// ([`TagNames`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Tag(u32);

macro_rules! known_tags {
    ($($constant:ident $name:literal,)*) => {
        #[allow(dead_code, clippy::upper_case_acronyms, reason = "the names of the constants, numbered")]
        enum Number { $($constant,)* }

        #[allow(dead_code, reason = "known is what is quick to know, named by a rule or not")]
        impl Tag {
            $(pub(crate) const $constant: Tag = Tag(Number::$constant as u32);)*
        }

        /// The names that are known, by their numbers.
        const KNOWN: &[&str] = &[$($name,)*];
    };
}

known_tags! {
    A "a", ABBR "abbr", ADDRESS "address", APPLET "applet", AREA "area", ARTICLE "article", ASIDE "aside",
    AUDIO "audio", B "b", BASE "base", BASEFONT "basefont", BDI "bdi", BDO "bdo", BGSOUND "bgsound", BIG "big",
    BLOCKQUOTE "blockquote", BODY "body", BR "br", BUTTON "button", CANVAS "canvas", CAPTION "caption",
    CENTER "center", CITE "cite", CODE "code", COL "col", COLGROUP "colgroup", DATA "data", DATALIST "datalist",
    DD "dd", DEL "del", DETAILS "details", DFN "dfn", DIALOG "dialog", DIR "dir", DIV "div", DL "dl", DT "dt",
    EM "em", EMBED "embed", FIELDSET "fieldset", FIGCAPTION "figcaption", FIGURE "figure", FONT "font",
    FOOTER "footer", FORM "form", FRAME "frame", FRAMESET "frameset", H1 "h1", H2 "h2", H3 "h3", H4 "h4", H5 "h5",
    H6 "h6", HEAD "head", HEADER "header", HGROUP "hgroup", HR "hr", HTML "html", I "i", IFRAME "iframe",
    IMAGE "image", IMG "img", INPUT "input", INS "ins", ISINDEX "isindex", KBD "kbd", KEYGEN "keygen",
    LABEL "label", LEGEND "legend", LI "li", LINK "link", LISTING "listing", MAIN "main", MAP "map", MARK "mark",
    MARQUEE "marquee", MATH "math", MENU "menu", META "meta", METER "meter", NAV "nav", NOBR "nobr",
    NOEMBED "noembed", NOFRAMES "noframes", NOSCRIPT "noscript", OBJECT "object", OL "ol", OPTGROUP "optgroup",
    OPTION "option", OUTPUT "output", P "p", PARAM "param", PICTURE "picture", PLAINTEXT "plaintext", PRE "pre",
    PROGRESS "progress", Q "q", RB "rb", RP "rp", RT "rt", RTC "rtc", RUBY "ruby", S "s", SAMP "samp",
    SCRIPT "script", SEARCH "search", SECTION "section", SELECT "select", SLOT "slot", SMALL "small",
    SOURCE "source", SPAN "span", STRIKE "strike", STRONG "strong", STYLE "style", SUB "sub", SUMMARY "summary",
    SUP "sup", SVG "svg", TABLE "table", TBODY "tbody", TD "td", TEMPLATE "template", TEXTAREA "textarea",
    TFOOT "tfoot", TH "th", THEAD "thead", TIME "time", TITLE "title", TR "tr", TRACK "track", TT "tt", U "u",
    UL "ul", VAR "var", VIDEO "video", WBR "wbr", XMP "xmp",
}

/// The names by their letters.
static TABLE: NameTable<{ KNOWN.len() }> = NameTable::of(KNOWN);

/// The name of a tag as it stands in a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct TagName<'a> {
    pub(super) written: &'a [u8],
    letters: u64,
}

impl<'a> TagName<'a> {
    /// The name that begins at `start`.
    #[inline]
    pub(super) fn at(bytes: &'a [u8], start: usize) -> Self {
        let rest = &bytes[start..];
        if let Some(name) = TagName::short(rest) {
            return name;
        }
        let written = &rest[..rest.iter().position(|byte| ends_name(*byte)).unwrap_or(rest.len())];
        TagName { written, letters: letters(written) }
    }

    /// The name that text begins with, where it ends among the first sixteen bytes, as nearly all do.
    #[inline]
    fn short(text: &'a [u8]) -> Option<Self> {
        let first = first_of(text)?;
        let ends = ends_of_names(first).to_bitmask();
        if ends == 0 {
            return None;
        }
        let length = ends.trailing_zeros() as usize;
        Some(TagName { written: &text[..length], letters: first_letters(first, length) })
    }

    /// The tag that is called so, if it is one of HTML's.
    #[inline]
    pub(super) fn known(self) -> Option<Tag> {
        TABLE.find(self.written, self.letters).map(|number| Tag(u32::from(number)))
    }
}

impl Tag {
    /// Whether it is one of HTML's.
    pub(crate) fn is_known(self) -> bool {
        self.number() < KNOWN.len()
    }

    /// Whether the name has a dash, as those of custom elements have.
    pub(crate) fn is_custom(self) -> bool {
        self.0 & CUSTOM != 0
    }

    /// The name of a tag of HTML, in lower case; of others nothing.
    pub(crate) fn known_name(self) -> &'static str {
        KNOWN.get(self.number()).copied().unwrap_or_default()
    }

    fn number(self) -> usize {
        (self.0 & !CUSTOM) as usize
    }
}

/// The names of a page's tags.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct TagNames {
    /// Those that are none of HTML's. A name longer than any of HTML's is cut.
    own: Vec<Box<str>>,
    numbers: FxHashMap<Box<str>, Tag>,
}

impl TagNames {
    /// The tag that is written `name`.
    pub(crate) fn tag(&mut self, name: &[u8]) -> Tag {
        self.tag_named(TagName::at(name, 0))
    }

    /// Likewise, as it stands in a page.
    #[inline]
    pub(super) fn tag_named(&mut self, name: TagName<'_>) -> Tag {
        name.known().unwrap_or_else(|| self.own_tag(name.written))
    }

    fn own_tag(&mut self, name: &[u8]) -> Tag {
        // With a letter in place of the odd byte it might be a name of HTML's (`te\0tarea`).
        let letter = |b: &u8| char::from(if b.is_ascii_graphic() { b.to_ascii_lowercase() } else { b'_' });
        let name: Box<str> = name.iter().take(MAX_NAME_BYTES).map(letter).collect();
        if let Some(tag) = self.numbers.get(&name) {
            return *tag;
        }
        let custom = if name.contains('-') { CUSTOM } else { 0 };
        let tag = Tag((KNOWN.len() + self.own.len()) as u32 | custom);
        self.own.push(name.clone());
        self.numbers.insert(name, tag);
        tag
    }

    /// The name of a tag of this page, in lower case.
    pub(crate) fn name(&self, tag: Tag) -> &str {
        let number = tag.number();
        KNOWN.get(number).copied().or_else(|| self.own.get(number - KNOWN.len()).map(|name| &**name)).unwrap_or("x")
    }
}

/// Whether the tag whose name stands at `at` is called `name`.
pub(super) fn is_tag_named(bytes: &[u8], at: usize, name: &[u8]) -> bool {
    let end = at + name.len();
    bytes.get(at..end).is_some_and(|written| written.eq_ignore_ascii_case(name))
        && bytes.get(end).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
}
