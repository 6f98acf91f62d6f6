//! Text: where it stands decides what it opens, and whether its white space counts.

use std::borrow::Cow;

use memchr::memchr;

use super::{Builder, Frames, LineFeed, Mode, Position, Spelling, Tag, WhiteSpace, decoded};
use crate::segment::near::leading_space;

impl<'p> Builder<'p> {
    /// Text between tags. A null in it is nothing.
    pub(super) fn text(&mut self, text: &'p str, spelling: Spelling) {
        if self.counts_for_nothing(text) {
            return;
        }
        self.white_space = WhiteSpace::MayCount;
        if spelling == Spelling::Plain {
            return self.characters(Cow::Borrowed(text));
        }
        if memchr(0, text.as_bytes()).is_none() {
            return self.characters(decoded(text, Position::Text));
        }
        let pieces: String = text.split('\0').map(|piece| decoded(piece, Position::Text)).collect();
        self.characters(Cow::Owned(pieces));
    }

    /// Whether a text is white space where two lines meet, and opens no type again: it would be a node for nothing, as a third
    /// of all texts are.
    fn counts_for_nothing(&self, text: &str) -> bool {
        self.white_space == WhiteSpace::CountsForNothing
            && self.mode == Mode::InBody
            && !self.has_preformatted
            && self.formatting.is_empty()
            && leading_space(text.as_bytes()) == text.len()
    }

    pub(super) fn characters(&mut self, mut text: Cow<'p, str>) {
        let line_feed = std::mem::replace(&mut self.line_feed, LineFeed::Kept);
        if line_feed == LineFeed::Dropped && text.starts_with('\n') {
            text = split(text, 1).1;
        }
        while !text.is_empty() {
            match self.mode {
                Mode::Text => return self.append_text(text),
                Mode::InBody | Mode::InCaption | Mode::InCell | Mode::InTemplate => return self.body_text(text),
                Mode::InTable | Mode::InTableBody | Mode::InRow | Mode::TableText => return self.text_in_table(text),
                _ => text = self.text_outside_of_body(text),
            }
        }
    }

    /// Takes the white space that `text` begins with; gives back what is left of it for the mode that it led to.
    fn text_outside_of_body(&mut self, text: Cow<'p, str>) -> Cow<'p, str> {
        let length = text.bytes().take_while(u8::is_ascii_whitespace).count();
        let (space, text) = split(text, length);
        match self.mode {
            // Between what a head holds it counts for nothing.
            Mode::InColumnGroup | Mode::InFrameset if !space.is_empty() => {
                self.append_text(space);
            }
            Mode::AfterBody if !space.is_empty() => self.body_text(space),
            _ => {}
        }
        if text.is_empty() {
            return text;
        }
        match self.mode {
            Mode::AfterBody => self.mode = Mode::InBody,
            Mode::InColumnGroup if self.open.top_is(Tag::COLGROUP) => {
                self.open.pop();
                self.mode = Mode::InTable;
            }
            Mode::InColumnGroup | Mode::InFrameset | Mode::AfterFrameset => return Cow::Borrowed(""),
            _ => self.open_body(),
        }
        text
    }

    pub(super) fn body_text(&mut self, text: Cow<'p, str>) {
        self.reopen_formatting();
        if self.frames == Frames::Allowed && !is_space(&text) {
            self.frames = Frames::Refused;
        }
        self.append_text(text);
    }

    pub(super) fn append_text(&mut self, text: Cow<'p, str>) {
        let place = self.place();
        self.tree.insert_text(place, text);
    }
}

pub(super) fn is_space(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_whitespace())
}

/// A text in two, the first of them `at` bytes long.
fn split(text: Cow<'_, str>, at: usize) -> (Cow<'_, str>, Cow<'_, str>) {
    match text {
        Cow::Borrowed(text) => {
            let (first, rest) = text.split_at(at);
            (Cow::Borrowed(first), Cow::Borrowed(rest))
        }
        Cow::Owned(mut text) => {
            let rest = text.split_off(at);
            (Cow::Owned(text), Cow::Owned(rest))
        }
    }
}
