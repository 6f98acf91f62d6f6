//! Builds the tree of a page from its tags and texts by the rules of the HTML standard, section 13.2.6: which elements
//! a tag closes, which it opens on its own, where misplaced content goes. What no page of today has is left out:
//! scripts, drawings, fragments. Depth, and elements that are opened again and again, are capped.

mod beyond;
mod body;
mod body_ends;
mod doctype;
mod formatting;
mod head;
mod open;
mod sets;
mod table;
mod text;

use std::borrow::Cow;
use std::ops::Range;

use super::MAX_OPEN;
use super::references::{Position, decoded, raw};
use super::tree::{Content, NodeId, Place, Tree};
use crate::block::Truncation;
use crate::segment::budget::Budget;
use crate::segment::slim::{Attribute, Scripts, Spelling, Tag, TagNames, TokenSink, slim_into};
use beyond::Beyond;
use doctype::Quirks;
use formatting::Formatting;
use open::{Open, OpenElements};
#[cfg(test)]
pub(super) use sets::parts_lines;

/// The tree of a page, and its scripts.
pub(super) fn build<'p>(page: &'p str, budget: &Budget<'_>) -> (Tree<'p>, Scripts<'p>) {
    let mut builder = Builder {
        tree: Tree::of_page(page.len()),
        open: OpenElements::default(),
        beyond: Beyond::default(),
        formatting: Formatting::default(),
        mode: Mode::Initial,
        original_mode: Mode::InBody,
        template_modes: Vec::new(),
        table_text: Vec::new(),
        head: None,
        form: None,
        quirks: Quirks::No,
        frames: Frames::Allowed,
        parenting: Parenting::Usual,
        line_feed: LineFeed::Kept,
        white_space: WhiteSpace::MayCount,
        has_preformatted: false,
        max_open: budget.limits.max_depth.clamp(1, MAX_OPEN),
    };
    let scripts = slim_into(page, budget, &mut builder);
    if builder.beyond.was_used() {
        budget.hit(Truncation::Depth);
    }
    (builder.finish(), scripts)
}

struct Builder<'p> {
    tree: Tree<'p>,
    open: OpenElements,
    /// What is nested too deep to be opened.
    beyond: Beyond,
    formatting: Formatting,
    mode: Mode,
    /// The mode to go back to from [`Mode::Text`] and [`Mode::TableText`].
    original_mode: Mode,
    template_modes: Vec<Mode>,
    /// Text that stands between the parts of a table.
    table_text: Vec<Cow<'p, str>>,
    head: Option<NodeId>,
    form: Option<NodeId>,
    quirks: Quirks,
    frames: Frames,
    parenting: Parenting,
    line_feed: LineFeed,
    white_space: WhiteSpace,
    /// Whether there is text on the page that keeps its white space.
    has_preformatted: bool,
    /// Elements that may be open at once.
    max_open: usize,
}

/// The insertion modes of the standard. What follows `html` is read as what follows `body`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Initial,
    BeforeHtml,
    BeforeHead,
    InHead,
    AfterHead,
    InBody,
    Text,
    InTable,
    TableText,
    InCaption,
    InColumnGroup,
    InTableBody,
    InRow,
    InCell,
    InTemplate,
    AfterBody,
    InFrameset,
    AfterFrameset,
}

/// Whether a tag is done with, or to be read again in the mode that it led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Done,
    Again,
}

/// Whether a `frameset` may still take the place of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frames {
    Allowed,
    Refused,
}

/// Where what stands between the parts of a table goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parenting {
    /// Into the element that is open.
    Usual,
    /// Ahead of the table.
    Foster,
}

/// What becomes of a line feed that comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineFeed {
    Kept,
    Dropped,
}

/// Whether white space alone is of any use where it comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WhiteSpace {
    /// It may be that between two words.
    MayCount,
    /// Two lines meet there.
    CountsForNothing,
}

/// A start tag.
#[derive(Debug, Clone)]
struct Start {
    tag: Tag,
    attributes: Range<u32>,
}

impl Start {
    fn bare(tag: Tag) -> Self {
        Start { tag, attributes: 0..0 }
    }
}

impl<'p> TokenSink<'p> for Builder<'p> {
    fn take_doctype(&mut self, written: &'p str) {
        self.formatting.add_room();
        self.doctype(written);
    }

    fn take_text(&mut self, text: &'p str, spelling: Spelling) {
        self.formatting.add_room();
        self.text(text, spelling);
    }

    fn take_text_content(&mut self, text: &'p str) {
        self.formatting.add_room();
        self.characters(decoded(text, Position::Text));
    }

    fn take_raw_content(&mut self, text: &'p str) {
        self.formatting.add_room();
        self.characters(raw(text));
    }

    fn take_start(&mut self, tag: Tag, attributes: Range<u32>, spelling: Spelling) {
        self.formatting.add_room();
        let start = Start { tag, attributes };
        if spelling == Spelling::Escaped {
            self.decode_attributes(&start);
        }
        self.start(&start);
    }

    fn take_end(&mut self, tag: Tag) {
        self.formatting.add_room();
        self.end(tag);
    }

    fn attributes(&mut self) -> &mut Vec<Attribute<'p>> {
        &mut self.tree.attributes
    }

    fn names(&mut self) -> &mut TagNames {
        &mut self.tree.names
    }
}

impl<'p> Builder<'p> {
    fn doctype(&mut self, written: &str) {
        if self.mode == Mode::Initial {
            self.quirks = doctype::quirks(written);
            self.mode = Mode::BeforeHtml;
        }
    }

    /// The page ends: what it has opened stays open to here, and a page without a body gets one.
    fn finish(mut self) -> Tree<'p> {
        self.end_table_text();
        while self.open.holds(Tag::TEMPLATE) {
            self.end_template();
        }
        if matches!(self.mode, Mode::Initial | Mode::BeforeHtml | Mode::BeforeHead | Mode::InHead | Mode::AfterHead) {
            self.open_body();
        }
        self.tree
    }

    fn start(&mut self, start: &Start) {
        self.line_feed = LineFeed::Kept;
        self.white_space = WhiteSpace::MayCount;
        self.end_table_text();
        if self.open.len() >= self.max_open && !sets::is_void(start.tag) && !sets::holds_text(start.tag) {
            self.start_beyond(start.tag);
            return;
        }
        while self.start_in_mode(start) == Step::Again {}
        let was_opened = || self.open.top().is_some_and(|top| self.tree.is_last(top.node));
        if sets::parts_lines(start.tag) && was_opened() {
            self.white_space = WhiteSpace::CountsForNothing;
        }
    }

    fn start_in_mode(&mut self, start: &Start) -> Step {
        match self.mode {
            Mode::Initial => {
                self.quirks = Quirks::Yes;
                self.go_to(Mode::BeforeHtml)
            }
            Mode::BeforeHtml => self.start_before_html(start),
            Mode::BeforeHead => self.start_before_head(start),
            Mode::InHead => self.start_in_head(start),
            Mode::AfterHead => self.start_after_head(start),
            Mode::InBody => self.start_in_body(start),
            // No tag comes before the end tag of an element that holds text alone.
            Mode::Text | Mode::TableText => self.go_to(self.original_mode),
            Mode::InTable => self.start_in_table(start),
            Mode::InCaption => self.start_in_caption(start),
            Mode::InColumnGroup => self.start_in_column_group(start),
            Mode::InTableBody => self.start_in_table_body(start),
            Mode::InRow => self.start_in_row(start),
            Mode::InCell => self.start_in_cell(start),
            Mode::InTemplate => self.start_in_template(start),
            Mode::AfterBody if start.tag == Tag::HTML => self.start_in_body(start),
            Mode::AfterBody => self.go_to(Mode::InBody),
            Mode::InFrameset => self.start_in_frameset(start),
            Mode::AfterFrameset if matches!(start.tag, Tag::HTML | Tag::NOFRAMES) => self.start_in_body(start),
            Mode::AfterFrameset => Step::Done,
        }
    }

    fn end(&mut self, tag: Tag) {
        self.line_feed = LineFeed::Kept;
        self.white_space = WhiteSpace::MayCount;
        self.end_table_text();
        // The end of an element that holds text alone is its own, however deep it stands.
        if self.mode != Mode::Text && !self.beyond.is_empty() && self.end_beyond(tag) == Step::Done {
            return;
        }
        let open = self.open.len();
        while self.end_in_mode(tag) == Step::Again {}
        if sets::parts_lines(tag) && self.open.len() < open {
            self.white_space = WhiteSpace::CountsForNothing;
        }
    }

    fn end_in_mode(&mut self, tag: Tag) -> Step {
        match self.mode {
            Mode::Initial => {
                self.quirks = Quirks::Yes;
                self.go_to(Mode::BeforeHtml)
            }
            Mode::BeforeHtml | Mode::BeforeHead | Mode::InHead | Mode::AfterHead => self.end_before_body(tag),
            Mode::InBody => self.end_in_body(tag),
            Mode::Text => {
                self.open.pop();
                self.mode = self.original_mode;
                Step::Done
            }
            Mode::TableText => self.go_to(self.original_mode),
            Mode::InTable => self.end_in_table(tag),
            Mode::InCaption => self.end_in_caption(tag),
            Mode::InColumnGroup => self.end_in_column_group(tag),
            Mode::InTableBody => self.end_in_table_body(tag),
            Mode::InRow => self.end_in_row(tag),
            Mode::InCell => self.end_in_cell(tag),
            Mode::InTemplate if tag == Tag::TEMPLATE => self.end_template(),
            Mode::AfterBody if tag == Tag::HTML => Step::Done,
            Mode::AfterBody => self.go_to(Mode::InBody),
            Mode::InFrameset => self.end_in_frameset(tag),
            Mode::InTemplate | Mode::AfterFrameset => Step::Done,
        }
    }

    fn go_to(&mut self, mode: Mode) -> Step {
        self.mode = mode;
        Step::Again
    }

    fn decode_attributes(&mut self, start: &Start) {
        let range = start.attributes.start as usize..start.attributes.end as usize;
        for attribute in &mut self.tree.attributes[range] {
            if attribute.spelling == Spelling::Escaped
                && let Cow::Borrowed(written) = attribute.value
            {
                attribute.value = decoded(written, Position::Attribute);
            }
        }
    }

    /// Where a node goes now.
    fn place(&self) -> Place {
        self.place_in(self.open.top())
    }

    /// Where a node goes that belongs into `target`.
    fn place_in(&self, target: Option<Open>) -> Place {
        match target {
            None => Place::LastOf(NodeId::ROOT),
            Some(target) if self.parenting == Parenting::Foster && sets::takes_no_content(target.tag) => {
                self.foster_place()
            }
            Some(target) => Place::LastOf(target.node),
        }
    }

    /// Ahead of the innermost table.
    fn foster_place(&self) -> Place {
        let mut above = self.open.iter().rev().peekable();
        while let Some(open) = above.next() {
            match open.tag {
                Tag::TEMPLATE => return Place::LastOf(open.node),
                Tag::TABLE if self.tree.parent(open.node).is_some() => return Place::Before(open.node),
                Tag::TABLE => return Place::LastOf(above.peek().map_or(NodeId::ROOT, |open| open.node)),
                _ => {}
            }
        }
        Place::LastOf(self.open.first().map_or(NodeId::ROOT, |html| html.node))
    }

    /// Opens an element.
    fn insert(&mut self, start: &Start) -> NodeId {
        let node = self.insert_void(start);
        self.open.push(Open { tag: start.tag, node });
        node
    }

    /// Opens an element that no tag of the page opens.
    fn insert_implied(&mut self, tag: Tag) -> NodeId {
        self.insert(&Start::bare(tag))
    }

    /// Adds an element without content.
    fn insert_void(&mut self, start: &Start) -> NodeId {
        let place = self.place();
        self.tree.add_at(place, Content::Element(start.tag, start.attributes.clone()))
    }

    /// Opens an element that holds nothing but text.
    fn insert_text_element(&mut self, start: &Start) {
        self.insert(start);
        self.original_mode = self.mode;
        self.mode = Mode::Text;
    }
}
