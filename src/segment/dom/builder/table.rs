//! Tables (sections 13.2.6.4.9 to 13.2.6.4.15). What stands between their parts goes ahead of the table.

use std::borrow::Cow;

use super::open::Scope;
use super::text::is_space;
use super::{Builder, Mode, Parenting, Start, Step, sets};
use crate::segment::slim::Tag;

fn is_table_body(tag: Tag) -> bool {
    matches!(tag, Tag::TBODY | Tag::TFOOT | Tag::THEAD)
}

fn is_cell(tag: Tag) -> bool {
    matches!(tag, Tag::TD | Tag::TH)
}

fn holds_rows(tag: Tag) -> bool {
    is_table_body(tag) || matches!(tag, Tag::TEMPLATE | Tag::HTML)
}

fn holds_cells(tag: Tag) -> bool {
    matches!(tag, Tag::TR | Tag::TEMPLATE | Tag::HTML)
}

fn holds_parts(tag: Tag) -> bool {
    matches!(tag, Tag::TABLE | Tag::TEMPLATE | Tag::HTML)
}

/// Start tags of what a cell or caption does not hold: they end it.
fn is_part(tag: Tag) -> bool {
    sets::is_table_part(tag) || tag == Tag::COL
}

impl<'p> Builder<'p> {
    pub(super) fn text_in_table(&mut self, text: Cow<'p, str>) {
        if self.mode == Mode::TableText {
            self.table_text.push(text);
        } else if self.open.top().is_some_and(|open| sets::takes_no_content(open.tag)) {
            self.original_mode = self.mode;
            self.mode = Mode::TableText;
            self.table_text.push(text);
        } else {
            self.fostered(|builder| builder.body_text(text));
        }
    }

    /// Puts the text that stood between the parts of a table where it belongs: white space stays.
    #[inline]
    pub(super) fn end_table_text(&mut self) {
        if self.mode == Mode::TableText {
            self.put_table_text();
        }
    }

    fn put_table_text(&mut self) {
        self.mode = self.original_mode;
        let texts = std::mem::take(&mut self.table_text);
        let stays = texts.iter().all(|text| is_space(text));
        for text in texts {
            if stays {
                self.append_text(text);
            } else {
                self.fostered(|builder| builder.body_text(text));
            }
        }
    }

    /// Does `work` so that what is added goes ahead of the table.
    fn fostered<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        self.parenting = Parenting::Foster;
        let done = work(self);
        self.parenting = Parenting::Usual;
        done
    }

    pub(super) fn start_in_table(&mut self, start: &Start) -> Step {
        match start.tag {
            Tag::CAPTION => {
                self.open_part(start, Mode::InCaption);
                self.formatting.push_marker();
            }
            Tag::COLGROUP => self.open_part(start, Mode::InColumnGroup),
            Tag::COL => {
                self.open_part(&Start::bare(Tag::COLGROUP), Mode::InColumnGroup);
                return Step::Again;
            }
            tag if is_table_body(tag) => self.open_part(start, Mode::InTableBody),
            Tag::TD | Tag::TH | Tag::TR => {
                self.open_part(&Start::bare(Tag::TBODY), Mode::InTableBody);
                return Step::Again;
            }
            Tag::TABLE => return if self.end_table() { Step::Again } else { Step::Done },
            Tag::TEMPLATE => return self.start_in_head(start),
            Tag::INPUT if self.is_hidden_field(start) => {
                self.insert_void(start);
            }
            Tag::FORM => {
                if self.form.is_none() && !self.open.holds(Tag::TEMPLATE) {
                    self.form = Some(self.insert_void(start));
                }
            }
            _ => return self.fostered(|builder| builder.start_in_body(start)),
        }
        Step::Done
    }

    fn open_part(&mut self, start: &Start, mode: Mode) {
        self.open.pop_to(holds_parts);
        self.insert(start);
        self.mode = mode;
    }

    /// Ends the table that is open. `false` where there is none.
    fn end_table(&mut self) -> bool {
        let is_open = self.open.is_in(Scope::Table, Tag::TABLE);
        if is_open {
            self.open.pop_through_tag(Tag::TABLE);
            self.reset_mode();
        }
        is_open
    }

    pub(super) fn end_in_table(&mut self, tag: Tag) -> Step {
        match tag {
            Tag::TABLE => {
                self.end_table();
                Step::Done
            }
            Tag::TEMPLATE => self.end_template(),
            Tag::BODY | Tag::HTML => Step::Done,
            _ if is_part(tag) => Step::Done,
            _ => self.fostered(|builder| builder.end_in_body(tag)),
        }
    }

    pub(super) fn start_in_caption(&mut self, start: &Start) -> Step {
        if is_part(start.tag) {
            return if self.end_caption() { Step::Again } else { Step::Done };
        }
        self.start_in_body(start)
    }

    pub(super) fn end_in_caption(&mut self, tag: Tag) -> Step {
        match tag {
            Tag::CAPTION => {
                self.end_caption();
                Step::Done
            }
            Tag::TABLE if self.end_caption() => Step::Again,
            Tag::TABLE | Tag::BODY | Tag::HTML => Step::Done,
            _ if is_part(tag) => Step::Done,
            _ => self.end_in_body(tag),
        }
    }

    fn end_caption(&mut self) -> bool {
        let is_open = self.open.is_in(Scope::Table, Tag::CAPTION);
        if is_open {
            self.open.pop_through_tag(Tag::CAPTION);
            self.formatting.clear_to_marker();
            self.mode = Mode::InTable;
        }
        is_open
    }

    pub(super) fn start_in_column_group(&mut self, start: &Start) -> Step {
        match start.tag {
            Tag::HTML => self.start_in_body(start),
            Tag::COL => {
                self.insert_void(start);
                Step::Done
            }
            Tag::TEMPLATE => self.start_in_head(start),
            _ => self.end_column_group(),
        }
    }

    pub(super) fn end_in_column_group(&mut self, tag: Tag) -> Step {
        match tag {
            Tag::COLGROUP => {
                self.end_column_group();
                Step::Done
            }
            Tag::COL => Step::Done,
            Tag::TEMPLATE => self.end_template(),
            _ => self.end_column_group(),
        }
    }

    /// What no group of columns holds ends it.
    fn end_column_group(&mut self) -> Step {
        if !self.open.top_is(Tag::COLGROUP) {
            return Step::Done;
        }
        self.open.pop();
        self.go_to(Mode::InTable)
    }

    pub(super) fn start_in_table_body(&mut self, start: &Start) -> Step {
        match start.tag {
            Tag::TR => {
                self.open.pop_to(holds_rows);
                self.insert(start);
                self.mode = Mode::InRow;
                Step::Done
            }
            Tag::TD | Tag::TH => {
                self.open.pop_to(holds_rows);
                self.insert_implied(Tag::TR);
                self.go_to(Mode::InRow)
            }
            tag if is_part(tag) => self.end_table_body(),
            _ => self.start_in_table(start),
        }
    }

    pub(super) fn end_in_table_body(&mut self, tag: Tag) -> Step {
        match tag {
            _ if is_table_body(tag) => {
                if self.open.is_in(Scope::Table, tag) {
                    self.end_table_body();
                }
                Step::Done
            }
            Tag::TABLE => self.end_table_body(),
            _ => self.end_in_table(tag),
        }
    }

    fn end_table_body(&mut self) -> Step {
        if !self.open.any_in(Scope::Table, |open| is_table_body(open.tag)) {
            return Step::Done;
        }
        self.open.pop_to(holds_rows);
        self.open.pop();
        self.go_to(Mode::InTable)
    }

    pub(super) fn start_in_row(&mut self, start: &Start) -> Step {
        match start.tag {
            tag if is_cell(tag) => {
                self.open.pop_to(holds_cells);
                self.insert(start);
                self.mode = Mode::InCell;
                self.formatting.push_marker();
                Step::Done
            }
            tag if is_part(tag) => self.end_row(),
            _ => self.start_in_table(start),
        }
    }

    pub(super) fn end_in_row(&mut self, tag: Tag) -> Step {
        match tag {
            Tag::TR => {
                self.end_row();
                Step::Done
            }
            Tag::TABLE => self.end_row(),
            _ if is_table_body(tag) && self.open.is_in(Scope::Table, tag) => self.end_row(),
            _ => self.end_in_table(tag),
        }
    }

    fn end_row(&mut self) -> Step {
        if !self.open.is_in(Scope::Table, Tag::TR) {
            return Step::Done;
        }
        self.open.pop_to(holds_cells);
        self.open.pop();
        self.go_to(Mode::InTableBody)
    }

    pub(super) fn start_in_cell(&mut self, start: &Start) -> Step {
        if is_part(start.tag) { self.end_cell() } else { self.start_in_body(start) }
    }

    pub(super) fn end_in_cell(&mut self, tag: Tag) -> Step {
        match tag {
            Tag::TD | Tag::TH => {
                if self.open.is_in(Scope::Table, tag) {
                    self.open.pop_through_tag(tag);
                    self.formatting.clear_to_marker();
                    self.mode = Mode::InRow;
                }
                Step::Done
            }
            Tag::BODY | Tag::CAPTION | Tag::COL | Tag::COLGROUP | Tag::HTML => Step::Done,
            Tag::TABLE | Tag::TR => self.end_cell_of(tag),
            _ if is_table_body(tag) => self.end_cell_of(tag),
            _ => self.end_in_body(tag),
        }
    }

    fn end_cell_of(&mut self, tag: Tag) -> Step {
        if self.open.is_in(Scope::Table, tag) { self.end_cell() } else { Step::Done }
    }

    fn end_cell(&mut self) -> Step {
        if !self.open.any_in(Scope::Table, |open| is_cell(open.tag)) {
            return Step::Done;
        }
        self.open.pop_through(is_cell);
        self.formatting.clear_to_marker();
        self.go_to(Mode::InRow)
    }
}
