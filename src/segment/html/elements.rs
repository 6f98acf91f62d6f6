//! The block-level elements around the walk.

use super::super::dom::DomElement;
use super::tags::heading_level;
use crate::block::{BlockKind, Element};

/// The elements that are open, and all that were.
#[derive(Default)]
pub(super) struct ElementStack {
    all: Vec<Element>,
    open: Vec<OpenElement>,
}

#[derive(Clone, Copy)]
struct OpenElement {
    index: usize,
    /// The kind of a block whose nearest element this is.
    kind: BlockKind,
}

impl ElementStack {
    /// A stack with room for so many elements in all.
    pub(super) fn with_room(elements: usize) -> Self {
        ElementStack { all: Vec::with_capacity(elements), open: Vec::new() }
    }

    pub(super) fn open(&mut self, element: DomElement<'_>) {
        let kind = kind_inside(element.tag(), self.kind());
        let index = self.add(element);
        self.open.push(OpenElement { index, kind });
    }

    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// Adds an inline element that may turn out to hold a whole block. Nothing where it has no name to tell by.
    pub(super) fn add_inline(&mut self, element: DomElement<'_>) -> Option<usize> {
        let named = element.attr("class").is_some_and(|class| !class.is_empty()) || element.attr("id").is_some();
        named.then(|| self.add(element))
    }

    fn add(&mut self, element: DomElement<'_>) -> usize {
        let mut new = Element { parent: self.top(), tag: element.own_tag(), ..Element::default() };
        for (name, value) in element.attrs() {
            let field = match name.as_bytes() {
                b"class" => &mut new.class,
                b"id" => &mut new.id,
                b"role" => &mut new.role,
                b"itemprop" => &mut new.itemprop,
                b"data-testid" | b"data-test-id" | b"data-qa" => &mut new.data_testid,
                b"data-component" | b"data-component-name" | b"data-module" => &mut new.data_component,
                _ => continue,
            };
            *field = value.into();
        }
        new.hidden = is_hidden(element);
        self.all.push(new);
        self.all.len() - 1
    }

    /// The innermost open element.
    pub(super) fn top(&self) -> Option<usize> {
        self.open.last().map(|open| open.index)
    }

    pub(super) fn top_tag(&self) -> Option<&str> {
        Some(&*self.all.get(self.top()?)?.tag)
    }

    /// The kind of a block that stands here.
    pub(super) fn kind(&self) -> BlockKind {
        self.open.last().map_or(BlockKind::Paragraph, |open| open.kind)
    }

    pub(super) fn finish(self) -> Vec<Element> {
        self.all
    }
}

fn kind_inside(tag: &str, around: BlockKind) -> BlockKind {
    if let Some(level) = heading_level(tag) {
        return BlockKind::Heading(level);
    }
    match (tag, around) {
        ("figcaption", _) => BlockKind::Caption,
        ("blockquote", BlockKind::Paragraph) => BlockKind::Quote,
        ("article" | "section" | "aside" | "nav" | "footer" | "li", BlockKind::Heading(_)) => BlockKind::Paragraph,
        _ => around,
    }
}

/// Whether the markup hides an element: `hidden`, `display:none`, `visibility:hidden`, a closed `dialog`, a class that
/// frameworks give to what only screen readers see.
/// `aria-hidden` is no sign: pages set it on the story while a dialog is open.
pub(super) fn is_hidden(element: DomElement<'_>) -> bool {
    let mut closed_dialog = element.tag() == "dialog";
    for (name, value) in element.attrs() {
        match name.as_bytes() {
            b"hidden" if value != "until-found" => return true,
            b"style" if hides(value) => return true,
            b"class" if holds_hiding_class(value.as_bytes()) => return true,
            b"open" => closed_dialog = false,
            _ => {}
        }
    }
    closed_dialog
}

fn holds_hiding_class(classes: &[u8]) -> bool {
    let mut start = 0;
    for (at, b) in classes.iter().enumerate() {
        if *b <= b' ' {
            if is_hiding_class(&classes[start..at]) {
                return true;
            }
            start = at + 1;
        }
    }
    is_hiding_class(&classes[start..])
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

fn hides(style: &str) -> bool {
    style.split(';').filter_map(|declaration| declaration.split_once(':')).any(|(property, value)| {
        let value = value.trim().trim_end_matches("!important").trim_end();
        (property.trim().eq_ignore_ascii_case("display") && value.eq_ignore_ascii_case("none"))
            || (property.trim().eq_ignore_ascii_case("visibility") && value.eq_ignore_ascii_case("hidden"))
    })
}
