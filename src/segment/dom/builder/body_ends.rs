//! End tags in the body (section 13.2.6.4.7).

use super::open::Scope;
use super::{Builder, Mode, Start, Step, sets};
use crate::segment::slim::Tag;

impl Builder<'_> {
    pub(super) fn end_in_body(&mut self, tag: Tag) -> Step {
        match tag {
            _ if sets::is_block(tag) || matches!(tag, Tag::BUTTON | Tag::PRE | Tag::LISTING | Tag::SELECT) => {
                self.end_block(tag);
            }
            _ if sets::is_formatting(tag) => self.end_formatting(tag),
            Tag::P => self.end_paragraph(),
            Tag::LI => self.end_item(tag, Scope::ListItem),
            Tag::DD | Tag::DT => self.end_item(tag, Scope::Usual),
            _ if sets::is_heading(tag) => self.end_heading(),
            Tag::FORM => self.end_form(),
            Tag::TEMPLATE => return self.end_template(),
            Tag::BODY | Tag::HTML if self.open.is_in(Scope::Usual, Tag::BODY) => self.mode = Mode::AfterBody,
            Tag::BODY | Tag::HTML => {}
            Tag::APPLET | Tag::MARQUEE | Tag::OBJECT => {
                if self.open.is_in(Scope::Usual, tag) {
                    self.end_block(tag);
                    self.formatting.clear_to_marker();
                }
            }
            Tag::BR => self.start_void(&Start::bare(Tag::BR)),
            _ => self.end_any(tag),
        }
        Step::Done
    }

    fn end_block(&mut self, tag: Tag) {
        if self.open.is_in(Scope::Usual, tag) {
            self.open.pop_implied();
            self.open.pop_through_tag(tag);
        }
    }

    /// An end tag of a paragraph that is not open makes one without content.
    fn end_paragraph(&mut self) {
        if !self.open.is_in(Scope::Button, Tag::P) {
            self.insert_implied(Tag::P);
        }
        self.close_paragraph();
    }

    fn end_item(&mut self, tag: Tag, scope: Scope) {
        if self.open.is_in(scope, tag) {
            self.open.pop_implied_but(tag);
            self.open.pop_through_tag(tag);
        }
    }

    /// An end tag of any heading closes the one that is open.
    fn end_heading(&mut self) {
        if self.open.any_in(Scope::Usual, |open| sets::is_heading(open.tag)) {
            self.open.pop_implied();
            self.open.pop_through(sets::is_heading);
        }
    }

    /// A form ends without the elements that are open in it.
    fn end_form(&mut self) {
        if self.open.holds(Tag::TEMPLATE) {
            return self.end_block(Tag::FORM);
        }
        let Some(form) = self.form.take() else { return };
        if self.open.any_in(Scope::Usual, |open| open.node == form) {
            self.open.pop_implied();
            self.open.remove_node(form);
        }
    }

    /// An end tag without a rule of its own closes its element, unless a block has begun since.
    pub(super) fn end_any(&mut self, tag: Tag) {
        let nearest = self.open.iter().rposition(|open| open.tag == tag || sets::is_special(open.tag));
        if let Some(depth) = nearest.filter(|depth| self.open.get(*depth).is_some_and(|open| open.tag == tag)) {
            self.open.truncate(depth);
        }
    }
}
