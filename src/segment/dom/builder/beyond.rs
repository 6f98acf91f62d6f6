//! What is nested too deep: its tags are dropped, its text is kept, and the words on both sides of a tag stay apart.

use super::{Builder, Start, Step};
use crate::segment::slim::Tag;

/// How far an end tag looks for its start tag among those that were dropped.
const LOOK: usize = 64;

/// The start tags that were dropped and have had no end tag.
#[derive(Debug, Default)]
pub(super) struct Beyond {
    tags: Vec<Tag>,
}

impl Beyond {
    pub(super) fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }

    /// Closes the innermost element that is called `tag`, if there is one near.
    fn close(&mut self, tag: Tag) -> bool {
        let near = self.tags.iter().rev().take(LOOK).position(|open| *open == tag);
        if let Some(above) = near {
            self.tags.truncate(self.tags.len() - 1 - above);
        }
        near.is_some()
    }
}

impl Builder<'_> {
    pub(super) fn start_beyond(&mut self, tag: Tag) {
        self.beyond.tags.push(tag);
        let top = self.open.top().and_then(|open| self.tree.last_child(open.node));
        if top.is_none_or(|last| self.tree.element(last).is_none_or(|(tag, _)| tag != Tag::BR)) {
            self.insert_void(&Start::bare(Tag::BR));
            self.insert_void(&Start::bare(Tag::BR));
        }
    }

    /// An end tag is done with where its start tag was dropped, and where no element that it might close is open.
    pub(super) fn end_beyond(&mut self, tag: Tag) -> Step {
        if self.beyond.close(tag) || !self.open.holds(tag) {
            return Step::Done;
        }
        self.beyond.tags.clear();
        Step::Again
    }
}
