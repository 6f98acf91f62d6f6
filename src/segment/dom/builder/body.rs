//! Start tags in the body (section 13.2.6.4.7).

use super::open::Scope;
use super::{Builder, Frames, LineFeed, Mode, Quirks, Start, Step, sets};
use crate::segment::slim::{AttributeName, Tag};

impl Builder<'_> {
    pub(super) fn start_in_body(&mut self, start: &Start) -> Step {
        match start.tag {
            tag if sets::is_block(tag) || tag == Tag::P => self.start_block(start),
            Tag::A => {
                self.close_link();
                self.reopen_formatting();
                self.insert_formatting(start);
            }
            Tag::NOBR => self.start_nobr(start),
            tag if sets::is_formatting(tag) => {
                self.reopen_formatting();
                self.insert_formatting(start);
            }
            tag if sets::belongs_in_head(tag) => return self.start_in_head(start),
            Tag::HTML | Tag::BODY | Tag::FRAMESET => self.start_outline(start),
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => self.start_heading(start),
            Tag::LI | Tag::DD | Tag::DT => self.start_item(start),
            Tag::PRE | Tag::LISTING | Tag::FORM | Tag::TABLE | Tag::HR => self.start_other_block(start),
            Tag::BUTTON | Tag::SELECT | Tag::INPUT | Tag::OPTION | Tag::OPTGROUP => self.start_control(start),
            Tag::APPLET | Tag::MARQUEE | Tag::OBJECT => {
                self.reopen_formatting();
                self.insert(start);
                self.formatting.push_marker();
                self.frames = Frames::Refused;
            }
            Tag::AREA | Tag::BR | Tag::EMBED | Tag::IMG | Tag::KEYGEN | Tag::WBR => self.start_void(start),
            Tag::IMAGE => self.start_void(&Start { tag: Tag::IMG, ..start.clone() }),
            Tag::PARAM | Tag::SOURCE | Tag::TRACK => {
                self.insert_void(start);
            }
            Tag::TEXTAREA | Tag::XMP | Tag::NOEMBED | Tag::NOSCRIPT => self.start_text_element(start),
            Tag::RB | Tag::RTC | Tag::RP | Tag::RT => self.start_ruby(start),
            Tag::COL | Tag::FRAME | Tag::HEAD => {}
            tag if sets::is_table_part(tag) => {}
            _ => {
                self.reopen_formatting();
                self.insert(start);
            }
        }
        Step::Done
    }

    /// A second `html` or `body` adds its attributes to the first.
    fn start_outline(&mut self, start: &Start) {
        let first = match start.tag {
            Tag::FRAMESET => return self.start_frameset_in_body(start),
            Tag::HTML => self.open.first(),
            _ => self.open.body(),
        };
        if let Some(first) = first.filter(|_| !self.open.holds(Tag::TEMPLATE)) {
            self.tree.add_missing_attributes(first.node, &start.attributes);
            if start.tag == Tag::BODY {
                self.frames = Frames::Refused;
            }
        }
    }

    fn start_block(&mut self, start: &Start) {
        self.close_paragraph();
        self.insert(start);
    }

    fn start_heading(&mut self, start: &Start) {
        self.close_paragraph();
        if self.open.top().is_some_and(|open| sets::is_heading(open.tag)) {
            self.open.pop();
        }
        self.insert(start);
    }

    /// An item ends the one ahead of it in the same list.
    fn start_item(&mut self, start: &Start) {
        self.frames = Frames::Refused;
        let ends = |tag| match start.tag {
            Tag::LI => tag == Tag::LI,
            _ => matches!(tag, Tag::DD | Tag::DT),
        };
        let is_wall = |tag| sets::is_special(tag) && !matches!(tag, Tag::ADDRESS | Tag::DIV | Tag::P);
        let ahead = self.open.iter().rev().map(|open| open.tag).find(|tag| ends(*tag) || is_wall(*tag));
        if let Some(ahead) = ahead.filter(|tag| ends(*tag)) {
            self.open.pop_implied_but(ahead);
            self.open.pop_through_tag(ahead);
        }
        self.start_block(start);
    }

    fn start_other_block(&mut self, start: &Start) {
        match start.tag {
            Tag::FORM if self.form.is_some() && !self.open.holds(Tag::TEMPLATE) => return,
            Tag::TABLE if self.quirks == Quirks::Yes => {}
            _ => self.close_paragraph(),
        }
        if start.tag == Tag::HR {
            if self.open.is_in(Scope::Usual, Tag::SELECT) {
                self.open.pop_implied();
            }
            self.insert_void(start);
        } else {
            let node = self.insert(start);
            match start.tag {
                Tag::FORM if !self.open.holds(Tag::TEMPLATE) => self.form = Some(node),
                Tag::PRE | Tag::LISTING => {
                    self.line_feed = LineFeed::Dropped;
                    self.has_preformatted = true;
                }
                Tag::TABLE => self.mode = Mode::InTable,
                _ => {}
            }
        }
        if start.tag != Tag::FORM {
            self.frames = Frames::Refused;
        }
    }

    fn start_nobr(&mut self, start: &Start) {
        self.reopen_formatting();
        if self.open.is_in(Scope::Usual, Tag::NOBR) {
            self.end_formatting(Tag::NOBR);
            self.reopen_formatting();
        }
        self.insert_formatting(start);
    }

    /// Buttons, fields and what a choice is made of.
    fn start_control(&mut self, start: &Start) {
        let in_select = self.open.is_in(Scope::Usual, Tag::SELECT);
        match start.tag {
            Tag::BUTTON if self.open.is_in(Scope::Usual, Tag::BUTTON) => {
                self.open.pop_implied();
                self.open.pop_through_tag(Tag::BUTTON);
            }
            Tag::SELECT | Tag::INPUT if in_select => self.open.pop_through_tag(Tag::SELECT),
            Tag::OPTION if in_select => self.open.pop_implied_but(Tag::OPTGROUP),
            Tag::OPTGROUP if in_select => self.open.pop_implied(),
            Tag::OPTION | Tag::OPTGROUP if self.open.top_is(Tag::OPTION) => self.open.pop(),
            _ => {}
        }
        // A choice inside a choice does no more than end it.
        if start.tag == Tag::SELECT && in_select {
            return;
        }
        self.reopen_formatting();
        if start.tag == Tag::INPUT {
            self.insert_void(start);
        } else {
            self.insert(start);
        }
        let shows = match start.tag {
            Tag::INPUT => !self.is_hidden_field(start),
            tag => matches!(tag, Tag::BUTTON | Tag::SELECT),
        };
        if shows {
            self.frames = Frames::Refused;
        }
    }

    /// Whether a field is one that nobody sees.
    pub(super) fn is_hidden_field(&self, start: &Start) -> bool {
        self.tree
            .attributes_in(&start.attributes)
            .iter()
            .any(|attribute| attribute.name == AttributeName::TYPE && attribute.value.eq_ignore_ascii_case("hidden"))
    }

    pub(super) fn start_void(&mut self, start: &Start) {
        self.reopen_formatting();
        self.insert_void(start);
        self.frames = Frames::Refused;
    }

    fn start_text_element(&mut self, start: &Start) {
        if start.tag == Tag::XMP {
            self.close_paragraph();
            self.reopen_formatting();
        }
        if matches!(start.tag, Tag::XMP | Tag::TEXTAREA) {
            self.frames = Frames::Refused;
        }
        if start.tag == Tag::TEXTAREA {
            self.line_feed = LineFeed::Dropped;
        }
        self.insert_text_element(start);
    }

    fn start_ruby(&mut self, start: &Start) {
        if self.open.is_in(Scope::Usual, Tag::RUBY) {
            match start.tag {
                Tag::RB | Tag::RTC => self.open.pop_implied(),
                _ => self.open.pop_implied_but(Tag::RTC),
            }
        }
        self.insert(start);
    }

    /// Ends the paragraph that is open, if there is one.
    pub(super) fn close_paragraph(&mut self) {
        if self.open.holds_paragraph() && self.open.is_in(Scope::Button, Tag::P) {
            self.open.pop_implied_but(Tag::P);
            self.open.pop_through_tag(Tag::P);
        }
    }
}
