//! The block-level elements around the walk.

use super::super::dom::DomElement;
use super::super::near::find_space;
use super::super::slim::{AttributeName, Tag};
use super::tags::heading_level;
use crate::block::sixteen::{Sixteen, WIDTH, ends_of, is, within};
use crate::block::{BlockKind, Element, Elements};

/// The elements that are open, and all that were.
#[derive(Default)]
pub(super) struct ElementStack {
    all: Elements,
    open: Vec<OpenElement>,
}

#[derive(Clone, Copy)]
struct OpenElement {
    index: usize,
    tag: Tag,
    /// The kind of a block whose nearest element this is.
    kind: BlockKind,
}

impl ElementStack {
    /// A stack with room for so many elements in all.
    pub(super) fn with_room(elements: usize) -> Self {
        ElementStack { all: Elements::with_room(elements), open: Vec::new() }
    }

    pub(super) fn open(&mut self, element: DomElement<'_>) {
        let kind = kind_inside(element.tag(), self.kind());
        let mut hiding = Hiding::of(element.tag());
        let named = self.named(element, |name, value| hiding.see(name, value));
        let index = self.all.push(&Element { hidden: hiding.hides(), ..named });
        self.open.push(OpenElement { index, tag: element.tag(), kind });
    }

    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// Adds an inline element that may turn out to hold a whole block; the walk passes over one that is hidden. Nothing
    /// where it has no name to tell by.
    pub(super) fn add_inline(&mut self, element: DomElement<'_>) -> Option<usize> {
        let has_name = element.attr(AttributeName::CLASS).is_some_and(|class| !class.is_empty())
            || element.attr(AttributeName::ID).is_some();
        has_name.then(|| self.all.push(&self.named(element, |_, _| ())))
    }

    /// An element inside those that are open, with its names. Each of its attributes is shown to `see`.
    #[inline]
    fn named<'a>(&self, element: DomElement<'a>, mut see: impl FnMut(AttributeName, &'a str)) -> Element<'a> {
        let mut named = Element { parent: self.top(), tag: element.tag_name(), ..Element::default() };
        for (name, value) in element.attrs() {
            see(name, value);
            let field = match name {
                AttributeName::CLASS => &mut named.class,
                AttributeName::ID => &mut named.id,
                AttributeName::ROLE => &mut named.role,
                AttributeName::ITEMPROP => &mut named.itemprop,
                AttributeName::DATA_TESTID | AttributeName::DATA_TEST_ID | AttributeName::DATA_QA => {
                    &mut named.data_testid
                }
                AttributeName::DATA_COMPONENT | AttributeName::DATA_COMPONENT_NAME | AttributeName::DATA_MODULE => {
                    &mut named.data_component
                }
                _ => continue,
            };
            *field = value;
        }
        named
    }

    /// The innermost open element.
    pub(super) fn top(&self) -> Option<usize> {
        self.open.last().map(|open| open.index)
    }

    pub(super) fn top_tag(&self) -> Option<Tag> {
        self.open.last().map(|open| open.tag)
    }

    /// The kind of a block that stands here.
    pub(super) fn kind(&self) -> BlockKind {
        self.open.last().map_or(BlockKind::Paragraph, |open| open.kind)
    }

    pub(super) fn finish(self) -> Elements {
        self.all
    }
}

fn kind_inside(tag: Tag, around: BlockKind) -> BlockKind {
    if let Some(level) = heading_level(tag) {
        return BlockKind::Heading(level);
    }
    match (tag, around) {
        (Tag::FIGCAPTION, _) => BlockKind::Caption,
        (Tag::BLOCKQUOTE, BlockKind::Paragraph) => BlockKind::Quote,
        (Tag::ARTICLE | Tag::SECTION | Tag::ASIDE | Tag::NAV | Tag::FOOTER | Tag::LI, BlockKind::Heading(_)) => {
            BlockKind::Paragraph
        }
        _ => around,
    }
}

/// Whether the markup hides an element: `hidden`, `display:none`, `visibility:hidden`, a closed `dialog`, a class that
/// frameworks give to what only screen readers see.
/// `aria-hidden` is no sign: pages set it on the story while a dialog is open.
pub(super) fn is_hidden(element: DomElement<'_>) -> bool {
    let mut hiding = Hiding::of(element.tag());
    element.attrs().for_each(|(name, value)| hiding.see(name, value));
    hiding.hides()
}

/// What an element's attributes say of whether it is hidden.
struct Hiding {
    hidden: bool,
    closed_dialog: bool,
}

impl Hiding {
    fn of(tag: Tag) -> Self {
        Hiding { hidden: false, closed_dialog: tag == Tag::DIALOG }
    }

    #[inline]
    fn see(&mut self, name: AttributeName, value: &str) {
        match name {
            AttributeName::HIDDEN => self.hidden |= value != "until-found",
            AttributeName::STYLE => self.hidden |= hides(value),
            AttributeName::CLASS => self.hidden |= holds_hiding_class(value.as_bytes()),
            AttributeName::OPEN => self.closed_dialog = false,
            _ => {}
        }
    }

    fn hides(&self) -> bool {
        self.hidden || self.closed_dialog
    }
}

/// Kept apart: most attributes are others.
#[inline(never)]
fn holds_hiding_class(classes: &[u8]) -> bool {
    if !may_hide(classes) {
        return false;
    }
    let mut rest = classes;
    loop {
        let length = find_space(rest).unwrap_or(rest.len());
        if is_hiding_class(&rest[..length]) {
            return true;
        }
        let Some(behind) = rest.get(length + 1..) else { return false };
        rest = behind;
    }
}

/// Whether classes hold two letters beside each other of which each hiding class has some: `dd`, `ee`, `sr` or `nv`. What
/// is too short to be looked through may hide.
fn may_hide(classes: &[u8]) -> bool {
    let Some(end) = classes.last_chunk() else {
        return ends_of(classes).map_or(classes.len() >= SHORTEST_HIDING, |ends| {
            let behind = (u128::from_le_bytes(ends) >> 8).to_le_bytes();
            hiding_pairs(Sixteen::new(ends), Sixteen::new(behind)).any()
        });
    };
    let mut pairs = hiding_pairs_in(end);
    let mut rest = classes;
    while let Some(seventeen) = rest.first_chunk() {
        pairs |= hiding_pairs_in(seventeen);
        rest = &rest[WIDTH..];
    }
    pairs.any()
}

/// Bytes of the shortest hiding class.
const SHORTEST_HIDING: usize = b"sr-only".len();

/// Where two letters beside each other are among those of [`may_hide`].
#[inline]
fn hiding_pairs_in(seventeen: &[u8; WIDTH + 1]) -> Sixteen {
    let [sixteen @ .., _] = seventeen;
    let [_, behind @ ..] = seventeen;
    hiding_pairs(Sixteen::new(*sixteen), Sixteen::new(*behind))
}

/// Likewise, of letters and of those right behind them.
#[inline]
fn hiding_pairs(letters: Sixteen, behind: Sixteen) -> Sixteen {
    let pair = |one, other| is(letters, one) & is(behind, other);
    let double = letters.simd_eq(behind) & within(letters, b'd', b'e');
    double | pair(b's', b'r') | pair(b'n', b'v')
}

fn is_hiding_class(class: &[u8]) -> bool {
    matches!(
        class,
        b"sr-only"
            | b"visually-hidden"
            | b"visuallyhidden"
            | b"screen-reader-text"
            | b"screenreader-text"
            | b"is-hidden"
            | b"is-sr-only"
            | b"u-visually-hidden"
            | b"element-invisible"
    )
}

#[inline(never)]
fn hides(style: &str) -> bool {
    style.split(';').filter_map(|declaration| declaration.split_once(':')).any(|(property, value)| {
        let value = value.trim().trim_end_matches("!important").trim_end();
        (property.trim().eq_ignore_ascii_case("display") && value.eq_ignore_ascii_case("none"))
            || (property.trim().eq_ignore_ascii_case("visibility") && value.eq_ignore_ascii_case("hidden"))
    })
}

#[cfg(test)]
mod tests {
    use super::holds_hiding_class;

    #[test]
    fn a_class_that_hides_is_found_wherever_it_stands() {
        for hiding in [
            "sr-only",
            "visually-hidden",
            "visuallyhidden",
            "screen-reader-text",
            "screenreader-text",
            "is-hidden",
            "is-sr-only",
            "u-visually-hidden",
            "element-invisible",
        ] {
            assert!(holds_hiding_class(hiding.as_bytes()), "{hiding}");
            for length in 0..20 {
                let other = "x".repeat(length);
                let classes =
                    [format!("{other} {hiding}"), format!("{hiding}\n{other}"), format!("a {hiding} {other}")];
                assert!(classes.iter().all(|classes| holds_hiding_class(classes.as_bytes())), "{classes:?}");
                let others = [format!("x{other}{hiding} b"), format!("{hiding}-{other}"), format!("{other} sr dd ee")];
                assert!(!others.iter().any(|classes| holds_hiding_class(classes.as_bytes())), "{others:?}");
            }
        }
    }
}
