//! How deep the pass stands in the page.

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

struct Open {
    name: Box<str>,
    kept: bool,
}

impl OpenElements {
    /// Opens an element. `false` where its tag is to be dropped, since too many are open.
    pub(super) fn open(&mut self, name: &str) -> bool {
        self.close_implied(name);
        let kept = self.kept < MAX_OPEN;
        if !is_void(name) {
            self.stack.push(Open { name: name.into(), kept });
            self.kept += usize::from(kept);
        }
        kept
    }

    /// Closes an element. `false` where the start tag that it closes was dropped.
    pub(super) fn close(&mut self, name: &str) -> bool {
        let Some(depth) = self.find(name) else { return self.kept < MAX_OPEN };
        let kept = self.stack[depth].kept;
        self.truncate(depth);
        kept
    }

    /// The place of the element that the end tag `name` closes.
    fn find(&self, name: &str) -> Option<usize> {
        let look = if is_inline(name) { INLINE_LOOK } else { MAX_OPEN };
        for (depth, open) in self.stack.iter().enumerate().rev().take(look) {
            if *open.name == *name {
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
    fn close_implied(&mut self, name: &str) {
        let closes: &[&str] = match name {
            "li" => &["li", "p"],
            "dt" | "dd" => &["dt", "dd", "p"],
            "option" | "optgroup" => &["option"],
            "tr" => &["td", "th", "tr", "p"],
            "td" | "th" => &["td", "th", "p"],
            "tbody" | "thead" | "tfoot" => &["td", "th", "tr", "tbody", "thead", "tfoot", "p"],
            _ if is_inline(name) || is_void(name) => return,
            _ => &["p"],
        };
        while let Some(top) = self.stack.last() {
            if !closes.contains(&&*top.name) {
                return;
            }
            self.truncate(self.stack.len() - 1);
        }
    }
}

/// Elements without content or end tag.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that an end tag of block level closes on its way, and whose own end tag closes nothing of block level.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "del"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
    ) || name.contains('-')
}

/// Elements that an end tag does not reach out of.
fn is_scope(name: &str) -> bool {
    matches!(name, "table" | "td" | "th" | "caption" | "template" | "object" | "html")
}

fn is_table_part(name: &str) -> bool {
    matches!(name, "table" | "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "html" | "template")
}
