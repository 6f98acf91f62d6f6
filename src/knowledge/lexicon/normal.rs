//! Text as the lexicon reads it: lower-case, plain quotes, no decoration at its ends.

use memchr::memmem;

use crate::block::{is_hangul, is_unspaced};

/// A block's text made ready for matching.
pub(crate) struct NormalText {
    text: String,
    start: usize,
    end: usize,
}

impl NormalText {
    /// Lower-cases, replaces typographic quotes, and finds where the decoration at the ends stops.
    pub(crate) fn of(text: &str) -> Self {
        let text = lower_and_plain(text);
        let decoration = |c: char| !c.is_alphanumeric();
        let start = text.len() - text.trim_start_matches(decoration).len();
        let end = text.trim_end_matches(decoration).len().max(start);
        NormalText { text, start, end }
    }

    /// The whole text, decoration included.
    pub(crate) fn all(&self) -> &str {
        &self.text
    }

    /// Where the decoration in front ends.
    pub(super) fn start(&self) -> usize {
        self.start
    }

    /// Where the decoration at the end begins.
    pub(super) fn end(&self) -> usize {
        self.end
    }

    /// Whether the bytes `start..end` begin and end at words' borders.
    pub(super) fn is_word(&self, start: usize, end: usize) -> bool {
        let inside = &self.text[start..end];
        let joined = |a: Option<char>, b: Option<char>| {
            let part_of_word = |c: char| c.is_alphanumeric() && !is_unspaced(c) && !is_hangul(c);
            a.is_some_and(part_of_word) && b.is_some_and(part_of_word)
        };
        !joined(self.text[..start].chars().next_back(), inside.chars().next())
            && !joined(inside.chars().next_back(), self.text[end..].chars().next())
    }

    /// The end of the first `part` that stands as words within `gap` characters behind `from`.
    pub(super) fn find_word(&self, part: &str, from: usize, gap: usize) -> Option<usize> {
        let rest = &self.text[from..];
        let window = rest.char_indices().nth(gap).map_or(rest.len(), |(at, _)| at);
        let window = (window + part.len()).min(rest.len());
        memmem::find_iter(&rest.as_bytes()[..window], part.as_bytes())
            .map(|at| from + at)
            .find(|at| self.is_word(*at, at + part.len()))
            .map(|at| at + part.len())
    }
}

fn lower_and_plain(text: &str) -> String {
    let mut lower = String::with_capacity(text.len() + 2);
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii() || byte == b'`') {
        push_lower(&rest[..at], &mut lower);
        let mut chars = rest[at..].chars();
        let Some(c) = chars.next() else { break };
        // As `Scan` has it.
        lower.extend(c.to_lowercase().filter(|c| *c != '\u{307}').map(plain));
        rest = chars.as_str();
    }
    push_lower(rest, &mut lower);
    lower
}

/// Adds a text that is ASCII.
fn push_lower(ascii: &str, lower: &mut String) {
    let start = lower.len();
    lower.push_str(ascii);
    lower[start..].make_ascii_lowercase();
}

fn plain(c: char) -> char {
    match c {
        '‘' | '’' | 'ʼ' | '′' | '`' | '´' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '\u{a0}' => ' ',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undecorated(text: &str) -> String {
        let text = NormalText::of(text);
        text.all()[text.start()..text.end()].to_owned()
    }

    #[test]
    fn decoration_is_no_part_of_the_text() {
        assert_eq!(undecorated("▸ Read More: »"), "read more");
        assert_eq!(undecorated("【関連記事】"), "関連記事");
        assert_eq!(undecorated("—"), "");
        assert_eq!(undecorated("You’re all signed up!"), "you're all signed up");
        assert_eq!(undecorated("ÉTÉ: `İLK`\u{a0}«Çay» Now"), "été: 'ilk' \"çay\" now");
    }
}
