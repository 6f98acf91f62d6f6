//! The text of the block that is being read, with its links and type.

use std::mem::discriminant;

use super::super::near::{all, find_ragged_space, find_unusual, leading_space};
use super::texts::{BuiltText, OpenKind, OpenSpan, PageText, Texts};
use crate::block::sixteen::within;

/// Collects the text of one block after another.
#[derive(Default)]
pub(super) struct TextBuilder {
    text: String,
    spans: Vec<OpenSpan>,
    inline: Vec<OpenInline>,
    links: usize,
    emphases: usize,
    link_chars: usize,
    emphasis_chars: usize,
    space: bool,
    cells: usize,
    cover: Cover,
    texts: Texts,
}

struct OpenInline {
    kind: Option<OpenKind>,
    start: usize,
    cover: Option<usize>,
}

/// Whether one inline element holds the whole text.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Cover {
    #[default]
    None,
    /// The element closed when the text was this long.
    Closed { element: usize, length: usize },
}

impl TextBuilder {
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether a bracket was opened last.
    pub(super) fn ends_with_bracket(&self) -> bool {
        self.text.ends_with(['(', '（', '[', '［', '〔', '《', '〈', '【'])
    }

    /// Adds text, its white space collapsed. `false` where it was nothing but white space.
    pub(super) fn push(&mut self, piece: &str) -> bool {
        // Most pieces are the white space between two tags.
        let start = leading_space(piece.as_bytes());
        self.space |= start > 0;
        let words = &piece[start..];
        if words.is_empty() {
            return false;
        }
        if holds_rare(words) {
            return self.push_rare(words);
        }
        self.push_plain(words);
        true
    }

    /// Adds text that begins with a word, whose white space is ASCII, and in which every other character is seen.
    fn push_plain(&mut self, words: &str) {
        let mut start = 0;
        while start < words.len() {
            // The end of the words from here on that have single spaces between them.
            let end = start + find_ragged_space(&words.as_bytes()[start..]);
            self.push_space();
            self.append(&words[start..end]);
            start = end + leading_space(&words.as_bytes()[end..]);
            self.space |= start > end;
        }
    }

    /// Adds text that may hold any white space, and characters that nobody sees.
    fn push_rare(&mut self, piece: &str) -> bool {
        let mut any = false;
        self.space |= piece.starts_with(char::is_whitespace);
        for word in piece.split_whitespace() {
            self.space |= any;
            any |= self.push_word(word);
        }
        self.space |= any && piece.ends_with(char::is_whitespace);
        any
    }

    fn push_word(&mut self, word: &str) -> bool {
        let mut any = false;
        for seen in word.split(is_unseen).filter(|seen| !seen.is_empty()) {
            if !any {
                self.push_space();
            }
            self.append(seen);
            any = true;
        }
        any
    }

    /// Adds the space that is due between two words.
    fn push_space(&mut self) {
        if self.space && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.append(" ");
        }
        self.space = false;
    }

    fn append(&mut self, text: &str) {
        self.text.push_str(text);
        if self.links + self.emphases == 0 {
            return;
        }
        let chars = if text.is_ascii() { text.len() } else { text.chars().count() };
        if self.links > 0 {
            self.link_chars += chars;
        }
        if self.emphases > 0 {
            self.emphasis_chars += chars;
        }
    }

    /// Adds text whose white space is its own.
    pub(super) fn push_preformatted(&mut self, piece: &str) {
        self.append(piece);
    }

    /// Begins a cell of a table row.
    pub(super) fn open_cell(&mut self) {
        if self.cells > 0 {
            self.append(" |");
            self.space = true;
        }
        self.cells += 1;
    }

    /// A link that leads to an address.
    pub(super) fn link_to(&mut self, address: &str) -> OpenKind {
        self.texts.link_to(address)
    }

    pub(super) fn open_inline(&mut self, kind: Option<OpenKind>, cover: Option<usize>) {
        let kind = match kind {
            Some(kind) if self.alike(&kind) >= max_alike(&kind) => {
                self.texts.forget(&kind);
                None
            }
            kind => kind,
        };
        self.links += usize::from(matches!(kind, Some(OpenKind::Link(_))));
        self.emphases += usize::from(matches!(kind, Some(OpenKind::Strong | OpenKind::Emphasis)));
        self.inline.push(OpenInline { kind, start: self.text.len(), cover });
    }

    /// Elements that are open and of this kind.
    fn alike(&self, kind: &OpenKind) -> usize {
        let is_alike = |open: &&OpenKind| discriminant(*open) == discriminant(kind);
        self.inline.iter().filter_map(|open| open.kind.as_ref()).filter(is_alike).count()
    }

    pub(super) fn close_inline(&mut self) {
        let Some(inline) = self.inline.pop() else { return };
        self.links -= usize::from(matches!(inline.kind, Some(OpenKind::Link(_))));
        self.emphases -= usize::from(matches!(inline.kind, Some(OpenKind::Strong | OpenKind::Emphasis)));
        if let Some(element) = inline.cover
            && inline.start == 0
            && !self.text.is_empty()
            && !matches!(self.cover, Cover::Closed { length, .. } if length == self.text.len())
        {
            self.cover = Cover::Closed { element, length: self.text.len() };
        }
        if let Some(wordless) = self.close_span(inline.kind, inline.start) {
            self.texts.forget(&wordless);
        }
    }

    /// Adds a span from `start` on. Gives its kind back where there are no words.
    fn close_span(&mut self, kind: Option<OpenKind>, start: usize) -> Option<OpenKind> {
        let kind = kind?;
        let start = start + self.text.get(start..).map_or(0, |text| text.len() - text.trim_start().len());
        if start >= self.text.len() {
            return Some(kind);
        }
        let place = self.spans.partition_point(|span| span.range.start < start);
        self.spans.insert(place, OpenSpan { range: start..self.text.len(), kind });
        None
    }

    /// Ends the block. Inline elements that are open go on in the next one. Nothing where there are no words.
    #[inline]
    pub(super) fn finish(&mut self) -> Option<BuiltText> {
        self.space = false;
        self.cells = 0;
        // Most blocks begin where one has just ended.
        if self.text.is_empty() { None } else { self.finish_text() }
    }

    #[inline(never)]
    fn finish_text(&mut self) -> Option<BuiltText> {
        for at in 0..self.inline.len() {
            let (kind, start) = (self.inline[at].kind.clone(), self.inline[at].start);
            self.close_span(kind, start);
            self.inline[at].start = 0;
        }
        let cover = self.cover();
        self.cover = Cover::None;
        let has_words = self.text.chars().any(|c| !c.is_whitespace() && c != '|');
        let built = has_words.then(|| self.put_down(cover));
        if built.is_none() {
            self.texts.forget_all_but(self.inline.iter().filter_map(|inline| inline.kind.as_ref()));
        }
        self.text.clear();
        self.spans.clear();
        (self.link_chars, self.emphasis_chars) = (0, 0);
        built
    }

    fn put_down(&mut self, cover: Option<usize>) -> BuiltText {
        self.trim();
        BuiltText {
            words: self.texts.put_down(&self.text, &mut self.spans),
            link_chars: self.link_chars,
            emphasis_chars: self.emphasis_chars,
            cover,
        }
    }

    /// Takes white space off the ends, which preformatted text may have.
    fn trim(&mut self) {
        let end = self.text.trim_end().len();
        if end == self.text.len() && !self.text.starts_with(['\n', '\r']) {
            return;
        }
        self.text.truncate(end);
        let lead = end - self.text.trim_start_matches(['\n', '\r']).len();
        self.text.drain(..lead);
        let chars = self.text.chars().count();
        self.link_chars = self.link_chars.min(chars);
        self.emphasis_chars = self.emphasis_chars.min(chars);
        let place = |at: usize| at.saturating_sub(lead).min(end - lead);
        for span in &mut self.spans {
            span.range = place(span.range.start)..place(span.range.end);
        }
        self.spans.retain(|span| !span.range.is_empty());
    }

    /// The texts of the page, whose last block has ended.
    pub(super) fn finish_page(self) -> PageText {
        self.texts.finish()
    }

    fn cover(&self) -> Option<usize> {
        match self.cover {
            Cover::Closed { element, length } if length == self.text.len() => Some(element),
            _ => self.inline.iter().find(|inline| inline.start == 0 && inline.cover.is_some())?.cover,
        }
    }
}

/// Elements of a kind inside each other that are a span each. Bold type inside bold type changes nothing; and each is a
/// span of every block that they stand around.
fn max_alike(kind: &OpenKind) -> usize {
    match kind {
        // A table in a link may have links.
        OpenKind::Link(_) => 2,
        OpenKind::Strong | OpenKind::Emphasis | OpenKind::Code => 1,
    }
}

/// Characters that nobody sees: soft hyphens, joiners, byte order marks.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2060}' | '\0')
}

/// Whether there is a null or part of a character beyond ASCII.
fn holds_unusual(bytes: &[u8]) -> bool {
    !all(bytes, |sixteen| within(sixteen, 1, 0x7f), |byte| byte.is_ascii() && byte != 0)
}

/// Whether a text holds white space beyond ASCII, or a character that nobody sees.
fn holds_rare(text: &str) -> bool {
    let bytes = text.as_bytes();
    if !holds_unusual(bytes) {
        return false;
    }
    let mut at = 0;
    while let Some(offset) = bytes.get(at..).and_then(find_unusual) {
        at += offset;
        let Some(c) = text[at..].chars().next() else { break };
        if is_unseen(c) || !c.is_ascii() && c.is_whitespace() {
            return true;
        }
        at += c.len_utf8();
    }
    false
}
