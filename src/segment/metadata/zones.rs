//! Which part of the page the walk over it is in.

use super::super::slim::Tag;
use super::hints::Hints;
use super::marks::Zone;

/// The elements that are open and begin a part that is not the story's, by their depth.
#[derive(Default)]
pub(super) struct Zones {
    aside_from: Option<usize>,
    comments_from: Option<usize>,
}

impl Zones {
    /// Takes note of an element that opens.
    pub(super) fn open(&mut self, tag: Tag, hints: Hints, depth: usize) {
        if tag == Tag::ARTICLE {
            return;
        }
        if self.aside_from.is_none() && (matches!(tag, Tag::NAV | Tag::FOOTER) || hints.aside()) {
            self.aside_from = Some(depth);
        }
        if self.comments_from.is_none() && hints.comments() {
            self.comments_from = Some(depth);
        }
    }

    /// Takes note of an element that ends.
    pub(super) fn close(&mut self, depth: usize) {
        if self.aside_from == Some(depth) {
            self.aside_from = None;
        }
        if self.comments_from == Some(depth) {
            self.comments_from = None;
        }
    }

    /// Takes note of the page's first heading: what looked like an aside by its class and holds it is the story.
    pub(super) fn first_heading(&mut self, depth: usize) {
        if self.aside_from.is_some_and(|from| from + 1 < depth) {
            *self = Zones::default();
        }
    }

    /// The part of the page.
    pub(super) fn zone(&self) -> Zone {
        match (self.aside_from, self.comments_from) {
            (None, _) => Zone::Main,
            (_, None) => Zone::Aside,
            (_, Some(_)) => Zone::Comments,
        }
    }

    /// Whether it is not the story's.
    pub(super) fn is_aside(&self) -> bool {
        self.aside_from.is_some()
    }
}
