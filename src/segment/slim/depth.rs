//! How deep the pass stands in the page.

use super::tag::{TagName, is_inline, is_scope, is_table_part};

/// Elements that may be open at once, as in browsers (Chromium and `WebKit` cap the tree at 512).
const MAX_OPEN: usize = 512;
/// How far an inline end tag looks for its start tag; a wilder page closes it elsewhere.
const INLINE_LOOK: usize = 32;

/// The open elements, as well as one can know them without building a tree.
#[derive(Default)]
pub(super) struct OpenElements {
    stack: Vec<Open>,
    kept: usize,
}

#[derive(Clone, Copy)]
struct Open {
    name: TagName,
    kept: bool,
}

impl OpenElements {
    /// Opens an element. `false` where its tag is to be dropped, since too many are open.
    pub(super) fn open(&mut self, name: TagName) -> bool {
        self.close_implied(&name);
        let kept = self.kept < MAX_OPEN;
        self.stack.push(Open { name, kept });
        self.kept += usize::from(kept);
        kept
    }

    /// Whether there is room for an element without content.
    pub(super) fn has_room(&self) -> bool {
        self.kept < MAX_OPEN
    }

    /// Closes an element. `false` where the start tag that it closes was dropped.
    pub(super) fn close(&mut self, name: &TagName) -> bool {
        let Some(depth) = self.find(name) else { return self.has_room() };
        let kept = self.stack[depth].kept;
        self.truncate(depth);
        kept
    }

    /// The place of the element that the end tag `name` closes.
    fn find(&self, name: &TagName) -> Option<usize> {
        let top = self.stack.len().checked_sub(1)?;
        if self.stack[top].name == *name {
            return Some(top);
        }
        let look = if is_inline(name) { INLINE_LOOK } else { MAX_OPEN };
        for (depth, open) in self.stack.iter().enumerate().rev().take(look) {
            if open.name == *name {
                return Some(depth);
            }
            let ends_search =
                if is_inline(name) { !is_inline(&open.name) } else { is_scope(&open.name) && !is_table_part(name) };
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

    /// Pops what the start tag `name` ends without an end tag: paragraphs, list items, cells (section 13.1.2.4).
    fn close_implied(&mut self, name: &TagName) {
        let closes: &[&[u8]] = match name.as_bytes() {
            b"li" => &[b"li", b"p"],
            b"dt" | b"dd" => &[b"dt", b"dd", b"p"],
            b"option" | b"optgroup" => &[b"option"],
            b"tr" => &[b"td", b"th", b"tr", b"p"],
            b"td" | b"th" => &[b"td", b"th", b"p"],
            b"tbody" | b"thead" | b"tfoot" => &[b"td", b"th", b"tr", b"tbody", b"thead", b"tfoot", b"p"],
            _ => &[b"p"],
        };
        while let Some(top) = self.stack.last()
            && closes.contains(&top.name.as_bytes())
            && !is_inline(name)
        {
            self.truncate(self.stack.len() - 1);
        }
    }
}
