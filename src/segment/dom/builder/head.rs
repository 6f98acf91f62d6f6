//! What stands ahead of the body (sections 13.2.6.4.2 to 13.2.6.4.6), templates (13.2.6.4.22) and frames (13.2.6.4.24).

use super::{Builder, Content, Frames, Mode, NodeId, Open, Place, Start, Step, sets};
use crate::segment::slim::Tag;

impl Builder<'_> {
    pub(super) fn start_before_html(&mut self, start: &Start) -> Step {
        if start.tag == Tag::HTML {
            self.open_html(start);
            return Step::Done;
        }
        self.open_html(&Start::bare(Tag::HTML));
        Step::Again
    }

    fn open_html(&mut self, start: &Start) {
        let node = self.tree.add(Content::Element(Tag::HTML, start.attributes.clone()));
        self.tree.insert(Place::LastOf(NodeId::ROOT), node);
        self.open.push(Open { tag: Tag::HTML, node });
        self.mode = Mode::BeforeHead;
    }

    pub(super) fn start_before_head(&mut self, start: &Start) -> Step {
        match start.tag {
            Tag::HTML => self.start_in_body(start),
            Tag::HEAD => {
                self.head = Some(self.insert(start));
                self.mode = Mode::InHead;
                Step::Done
            }
            _ => {
                self.head = Some(self.insert_implied(Tag::HEAD));
                self.go_to(Mode::InHead)
            }
        }
    }

    /// Reads a tag that belongs into the head, wherever it stands; any other one closes the head.
    pub(super) fn start_in_head(&mut self, start: &Start) -> Step {
        match start.tag {
            Tag::HTML => return self.start_in_body(start),
            Tag::BASE | Tag::BASEFONT | Tag::BGSOUND | Tag::LINK | Tag::META => {
                self.insert_void(start);
            }
            Tag::TITLE | Tag::NOFRAMES | Tag::NOSCRIPT => self.insert_text_element(start),
            Tag::TEMPLATE => {
                self.formatting.push_marker();
                self.frames = Frames::Refused;
                self.mode = Mode::InTemplate;
                self.template_modes.push(Mode::InTemplate);
                self.insert(start);
            }
            Tag::HEAD => {}
            _ => {
                self.open.pop();
                return self.go_to(Mode::AfterHead);
            }
        }
        Step::Done
    }

    pub(super) fn start_after_head(&mut self, start: &Start) -> Step {
        match start.tag {
            Tag::HTML => self.start_in_body(start),
            Tag::BODY => {
                self.insert(start);
                self.frames = Frames::Refused;
                self.mode = Mode::InBody;
                Step::Done
            }
            Tag::FRAMESET => {
                self.insert(start);
                self.mode = Mode::InFrameset;
                Step::Done
            }
            tag if sets::belongs_in_head(tag) => {
                let Some(head) = self.head else { return Step::Done };
                self.open.push(Open { tag: Tag::HEAD, node: head });
                let step = self.start_in_head(start);
                self.open.remove_node(head);
                step
            }
            Tag::HEAD => Step::Done,
            _ => {
                self.insert_implied(Tag::BODY);
                self.go_to(Mode::InBody)
            }
        }
    }

    /// End tags ahead of the body. Those of a page's outline open what they would close.
    pub(super) fn end_before_body(&mut self, tag: Tag) -> Step {
        match (self.mode, tag) {
            (Mode::InHead | Mode::AfterHead, Tag::TEMPLATE) => self.end_template(),
            (Mode::BeforeHtml | Mode::BeforeHead | Mode::InHead, Tag::HEAD) => {
                self.open_head();
                self.open.pop();
                self.mode = Mode::AfterHead;
                Step::Done
            }
            (_, Tag::BODY | Tag::HTML | Tag::BR) => {
                self.open_body();
                Step::Again
            }
            _ => Step::Done,
        }
    }

    /// Opens the body and what is missing ahead of it.
    pub(super) fn open_body(&mut self) {
        self.open_head();
        if self.mode == Mode::InHead {
            self.open.pop();
        }
        self.insert_implied(Tag::BODY);
        self.mode = Mode::InBody;
    }

    /// Opens the head and what is missing ahead of it, unless it has been.
    fn open_head(&mut self) {
        if matches!(self.mode, Mode::Initial | Mode::BeforeHtml) {
            if self.mode == Mode::Initial {
                self.quirks = super::Quirks::Yes;
            }
            self.open_html(&Start::bare(Tag::HTML));
        }
        if self.mode == Mode::BeforeHead {
            self.head = Some(self.insert_implied(Tag::HEAD));
            self.mode = Mode::InHead;
        }
    }

    // ---- templates

    pub(super) fn start_in_template(&mut self, start: &Start) -> Step {
        let mode = match start.tag {
            tag if sets::belongs_in_head(tag) => return self.start_in_head(start),
            Tag::CAPTION | Tag::COLGROUP | Tag::TBODY | Tag::TFOOT | Tag::THEAD => Mode::InTable,
            Tag::COL => Mode::InColumnGroup,
            Tag::TR => Mode::InTableBody,
            Tag::TD | Tag::TH => Mode::InRow,
            _ => Mode::InBody,
        };
        self.template_modes.pop();
        self.template_modes.push(mode);
        self.go_to(mode)
    }

    pub(super) fn end_template(&mut self) -> Step {
        if self.open.holds(Tag::TEMPLATE) {
            self.open.pop_to(|tag| !sets::needs_no_end_in_template(tag));
            self.open.pop_through_tag(Tag::TEMPLATE);
            self.formatting.clear_to_marker();
            self.template_modes.pop();
            self.reset_mode();
        }
        Step::Done
    }

    /// Goes to the mode of the elements that are open (section 13.2.4.1).
    pub(super) fn reset_mode(&mut self) {
        let after_html = if self.head.is_some() { Mode::AfterHead } else { Mode::BeforeHead };
        let of_template = self.template_modes.last().copied().unwrap_or(Mode::InBody);
        let mode = |tag| match tag {
            Tag::TD | Tag::TH => Some(Mode::InCell),
            Tag::TR => Some(Mode::InRow),
            Tag::TBODY | Tag::THEAD | Tag::TFOOT => Some(Mode::InTableBody),
            Tag::CAPTION => Some(Mode::InCaption),
            Tag::COLGROUP => Some(Mode::InColumnGroup),
            Tag::TABLE => Some(Mode::InTable),
            Tag::TEMPLATE => Some(of_template),
            Tag::HEAD => Some(Mode::InHead),
            Tag::BODY => Some(Mode::InBody),
            Tag::FRAMESET => Some(Mode::InFrameset),
            Tag::HTML => Some(after_html),
            _ => None,
        };
        self.mode = self.open.iter().rev().find_map(|open| mode(open.tag)).unwrap_or(Mode::InBody);
    }

    // ---- frames

    /// A `frameset` takes the place of a body without content.
    pub(super) fn start_frameset_in_body(&mut self, start: &Start) {
        let Some(body) = self.open.body().filter(|_| self.frames == Frames::Allowed) else { return };
        self.tree.detach(body.node);
        self.open.truncate(1);
        self.insert(start);
        self.mode = Mode::InFrameset;
    }

    pub(super) fn start_in_frameset(&mut self, start: &Start) -> Step {
        match start.tag {
            Tag::HTML | Tag::NOFRAMES => return self.start_in_body(start),
            Tag::FRAMESET => {
                self.insert(start);
            }
            Tag::FRAME => {
                self.insert_void(start);
            }
            _ => {}
        }
        Step::Done
    }

    pub(super) fn end_in_frameset(&mut self, tag: Tag) -> Step {
        if tag == Tag::FRAMESET && self.open.len() > 1 {
            self.open.pop();
            if !self.open.top_is(Tag::FRAMESET) {
                self.mode = Mode::AfterFrameset;
            }
        }
        Step::Done
    }
}
