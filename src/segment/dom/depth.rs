//! How deep a tag stands in the page, for the reference: html5ever is quadratic in nesting depth
//! (servo/html5ever#788).

use super::MAX_OPEN;
use crate::segment::slim::{Tag, is_inline, is_scope, is_table_part};

/// How far an inline end tag looks for its start tag; a wilder page closes it elsewhere.
const INLINE_LOOK: usize = 32;

/// The open elements, as well as one can know them without building a tree.
pub(super) struct OpenElements {
    stack: Vec<Open>,
    kept: usize,
    /// Elements that are kept at once, at most.
    max_open: usize,
    /// Whether any tag was dropped.
    pub(super) dropped: bool,
}

#[derive(Clone, Copy)]
struct Open {
    tag: Tag,
    kept: bool,
}

impl OpenElements {
    /// None yet, of so many at once.
    pub(super) fn new(max_open: usize) -> Self {
        OpenElements { stack: Vec::new(), kept: 0, max_open, dropped: false }
    }

    /// Opens an element. `false` where its tag is to be dropped, since too many are open.
    pub(super) fn open(&mut self, tag: Tag) -> bool {
        self.close_implied(tag);
        let kept = self.kept < self.max_open;
        self.dropped |= !kept;
        self.stack.push(Open { tag, kept });
        self.kept += usize::from(kept);
        kept
    }

    /// Whether there is room for an element without content.
    pub(super) fn has_room(&self) -> bool {
        self.kept < self.max_open
    }

    /// Closes an element. `false` where the start tag that it closes was dropped.
    pub(super) fn close(&mut self, tag: Tag) -> bool {
        let Some(depth) = self.find(tag) else { return self.has_room() };
        let kept = self.stack[depth].kept;
        self.truncate(depth);
        kept
    }

    /// The place of the element that the end tag `tag` closes.
    fn find(&self, tag: Tag) -> Option<usize> {
        let top = self.stack.len().checked_sub(1)?;
        if self.stack[top].tag == tag {
            return Some(top);
        }
        let look = if is_inline(tag) { INLINE_LOOK } else { MAX_OPEN };
        for (depth, open) in self.stack.iter().enumerate().rev().take(look) {
            if open.tag == tag {
                return Some(depth);
            }
            let ends_search =
                if is_inline(tag) { !is_inline(open.tag) } else { is_scope(open.tag) && !is_table_part(tag) };
            if ends_search {
                return None;
            }
        }
        None
    }

    fn truncate(&mut self, depth: usize) {
        self.kept -= self.stack[depth..].iter().filter(|open| open.kept).count();
        self.stack.truncate(depth);
    }

    /// Pops what the start tag `tag` ends without an end tag: paragraphs, list items, cells (section 13.1.2.4).
    fn close_implied(&mut self, tag: Tag) {
        let closes: &[Tag] = match tag {
            Tag::LI => &[Tag::LI, Tag::P],
            Tag::DT | Tag::DD => &[Tag::DT, Tag::DD, Tag::P],
            Tag::OPTION | Tag::OPTGROUP => &[Tag::OPTION],
            Tag::TR => &[Tag::TD, Tag::TH, Tag::TR, Tag::P],
            Tag::TD | Tag::TH => &[Tag::TD, Tag::TH, Tag::P],
            Tag::TBODY | Tag::THEAD | Tag::TFOOT => {
                &[Tag::TD, Tag::TH, Tag::TR, Tag::TBODY, Tag::THEAD, Tag::TFOOT, Tag::P]
            }
            _ => &[Tag::P],
        };
        while let Some(top) = self.stack.last()
            && closes.contains(&top.tag)
            && !is_inline(tag)
        {
            self.truncate(self.stack.len() - 1);
        }
    }
}
