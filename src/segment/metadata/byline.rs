//! An element that may name authors: its text and its links.

use super::super::dom::{DomElement, Event};
use super::super::slim::{AttributeName, Tag};
use super::hints::{Hints, hints};
use super::marks::Place;
use super::plain::{breaks_line, tidy};

/// Bytes of text of a byline; more is a biography or a list of stories.
const MAX_TEXT_BYTES: usize = 500;

/// Steps through a byline, likewise.
const MAX_STEPS: usize = 300;

/// What makes an element a byline, the surest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum BylineKind {
    /// `itemprop=author`.
    Property,
    /// `rel=author`.
    Rel,
    /// Its class.
    Class,
    /// It is a link to an author's page.
    Link,
}

/// An element that may name authors.
pub(super) struct Byline<'a> {
    pub(super) kind: BylineKind,
    pub(super) hints: Hints,
    /// Its text, its blocks on lines of their own.
    pub(super) lines: String,
    /// Texts of its elements that are called a name.
    pub(super) named: Vec<String>,
    /// Its links: text and address.
    pub(super) links: Vec<(String, &'a str)>,
    pub(super) place: Place,
}

impl<'a> Byline<'a> {
    /// Reads an element; none if it has no text or too much.
    pub(super) fn of(element: DomElement<'a>, kind: BylineKind, hints_of: Hints, place: Place) -> Option<Self> {
        let mut byline =
            Byline { kind, hints: hints_of, lines: String::new(), named: Vec::new(), links: Vec::new(), place };
        if let Some(content) = element.attr(AttributeName::CONTENT) {
            byline.lines.push_str(content);
            byline.named.push(tidy(content));
            return Some(byline);
        }
        if element.tag() == Tag::A {
            let text = element.raw_text();
            byline.links.push((tidy(&text), element.attr(AttributeName::HREF).unwrap_or_default()));
        }
        byline.read(element)?;
        byline.lines = byline.lines.lines().map(tidy).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        (!byline.lines.is_empty()).then_some(byline)
    }

    fn read(&mut self, element: DomElement<'a>) -> Option<()> {
        let mut walk = element.walk();
        let mut links = Vec::new();
        let mut names = Vec::new();
        let mut steps = 0;
        while let Some(event) = walk.next() {
            steps += 1;
            match event {
                Event::Text(text) => self.lines.push_str(text),
                Event::Open(inner) => {
                    let inner_hints = hints(inner);
                    if is_beside(inner, inner_hints) {
                        walk.skip_inside(inner);
                        self.lines.push('\n');
                    } else if inner.tag() == Tag::A {
                        links.push((self.lines.len(), inner.attr(AttributeName::HREF).unwrap_or_default()));
                    } else if inner_hints.name() {
                        names.push((self.lines.len(), inner));
                        if let Some(content) = inner.attr(AttributeName::CONTENT) {
                            self.named.push(tidy(content));
                            self.lines.push_str(content);
                        }
                    }
                    self.break_at(inner);
                }
                Event::Close(inner) => {
                    if inner.tag() == Tag::A
                        && let Some((from, href)) = links.pop()
                    {
                        self.links.push((tidy(self.lines.get(from..)?), href));
                    }
                    if let Some((from, _)) = names.pop_if(|(_, opened)| opened.is(inner)) {
                        let text = tidy(self.lines.get(from..)?);
                        if !text.is_empty() {
                            self.named.push(text);
                        }
                    }
                    self.break_at(inner);
                }
            }
            if self.lines.len() > MAX_TEXT_BYTES || steps > MAX_STEPS {
                return None;
            }
        }
        Some(())
    }

    fn break_at(&mut self, element: DomElement<'_>) {
        if breaks_line(element) {
            self.lines.push('\n');
        } else if matches!(element.tag(), Tag::SPAN | Tag::A) {
            self.lines.push(' ');
        }
    }
}

/// Whether an element inside a byline is not the name: a date, a picture, a role, a biography.
fn is_beside(element: DomElement<'_>, hints: Hints) -> bool {
    matches!(
        element.tag(),
        Tag::TIME | Tag::BUTTON | Tag::IMG | Tag::FIGURE | Tag::NOSCRIPT | Tag::FORM | Tag::SELECT | Tag::VIDEO
    ) || (hints.beside_name() || hints.date() && !hints.byline() || hints.modified()) && !hints.name()
}
