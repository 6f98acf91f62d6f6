//! Puts the kept blocks of a text together again, with what stood between them.

use std::ops::Range;

use crate::block::{Scraped, is_unspaced};
use crate::verdict::Verdict;

/// What is left of a text, and where it stood there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Left {
    pub(super) text: String,
    /// Where all of it stood in the text, in order.
    pub(super) runs: Vec<Run>,
}

/// Bytes in a row that are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// Where they stand in what is left.
    pub(super) at: usize,
    /// Where they stood in the text.
    pub(super) from: usize,
    pub(super) len: usize,
}

impl Left {
    /// The same, of a text that is itself what was left of another, of which `earlier` are the runs: where it stood in
    /// that.
    pub(super) fn traced_through(mut self, earlier: &[Run]) -> Self {
        let mut traced = Vec::with_capacity(self.runs.len() + earlier.len());
        let mut earlier = earlier.iter().peekable();
        for run in std::mem::take(&mut self.runs) {
            while earlier.next_if(|other| other.at + other.len <= run.from).is_some() {}
            let end = run.from + run.len;
            while let Some(other) = earlier.peek().filter(|other| other.at < end) {
                let (from, to) = (run.from.max(other.at), end.min(other.at + other.len));
                traced.push(Run { at: run.at + from - run.from, from: other.from + from - other.at, len: to - from });
                if other.at + other.len > end {
                    break;
                }
                earlier.next();
            }
        }
        self.runs = traced;
        self
    }

    /// Adds bytes of `text`.
    fn take(&mut self, text: &str, range: Range<usize>) {
        let (at, len) = (self.text.len(), range.len());
        self.text.push_str(&text[range.clone()]);
        match self.runs.last_mut() {
            Some(run) if run.at + run.len == at && run.from + run.len == range.start => run.len += len,
            _ if len > 0 => self.runs.push(Run { at, from: range.start, len }),
            _ => {}
        }
    }
}

/// A text without the blocks that go; all of it where none does.
pub(super) fn without_dropped(Scraped { text, ranges }: &Scraped, verdicts: &[Verdict]) -> Left {
    let mut left = Left { text: String::with_capacity(text.len()), runs: Vec::new() };
    if verdicts.iter().all(Verdict::is_keep) {
        left.take(text, 0..text.len());
        return left;
    }
    let mut gaps = Gaps::default();
    let mut end = 0;
    for (range, verdict) in ranges.iter().zip(verdicts) {
        gaps.add(text, end..range.start);
        end = range.end;
        if verdict.is_keep() {
            let gaps = std::mem::take(&mut gaps);
            if left.text.is_empty() {
                gaps.lead(text, &mut left);
            } else {
                gaps.part(text, &mut left, &text[range.clone()]);
            }
            left.take(text, range.clone());
        } else {
            gaps.drop_block(text, range);
        }
    }
    if !left.text.is_empty() {
        left.take(text, end..text.len());
    }
    left
}

/// The gaps between two kept blocks: one, or several where dropped blocks stand between them.
#[derive(Debug, Default)]
struct Gaps {
    count: usize,
    /// The gap of most line breaks up to the last of them, the first of several.
    breaks: Range<usize>,
    break_count: usize,
    /// What stands between the last line break and the block behind it.
    indent: Range<usize>,
    /// The first white space within a line.
    space: Range<usize>,
    /// The first space within a dropped block.
    inner_space: Range<usize>,
}

impl Gaps {
    fn add(&mut self, text: &str, gap: Range<usize>) {
        self.count += 1;
        let white = &text[gap.clone()];
        let Some(last) = white.rfind(is_break) else {
            if self.space.is_empty() {
                self.space = gap;
            }
            return;
        };
        let indent = white[last..].chars().next().map_or(gap.end, |c| gap.start + last + c.len_utf8());
        let count = count_breaks(white);
        if count > self.break_count {
            (self.breaks, self.break_count) = (gap.start..indent, count);
        }
        self.indent = indent..gap.end;
    }

    /// Goes past a block that is dropped.
    fn drop_block(&mut self, text: &str, block: &Range<usize>) {
        if self.inner_space.is_empty()
            && let Some(at) = memchr::memchr(b' ', &text.as_bytes()[block.clone()])
        {
            self.inner_space = block.start + at..block.start + at + 1;
        }
    }

    /// Takes what stands ahead of the first kept block: all of it where nothing was dropped ahead of it, else what
    /// stands in its own line.
    fn lead(&self, text: &str, left: &mut Left) {
        if self.count == 1 {
            left.take(text, self.breaks.clone());
        }
        let is_first_line = self.count == 1 && self.break_count == 0;
        left.take(text, if is_first_line { self.space.clone() } else { self.indent.clone() });
    }

    /// Takes what stands between the story so far and `next`. Where all that did is glued to both, a space of its own parts
    /// them: what is left is to be what stood there, in its order.
    fn part(&self, text: &str, left: &mut Left, next: &str) {
        if self.break_count > 0 {
            left.take(text, self.breaks.clone());
            left.take(text, self.indent.clone());
        } else if !self.space.is_empty() || self.count == 1 {
            left.take(text, self.space.clone());
        } else if !(left.text.ends_with(is_wide) || next.starts_with(is_wide)) {
            left.take(text, self.inner_space.clone());
        }
    }
}

/// Whether no space stands next to a character where sentences meet.
fn is_wide(c: char) -> bool {
    is_unspaced(c) || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

/// Line breaks of any kind; `\r\n` is one.
fn count_breaks(white: &str) -> usize {
    white.matches(is_break).count() - white.matches("\r\n").count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::{Evidence, Reason, Role, Stage};

    /// The text without the parts that stand in braces.
    fn rejoined(marked: &str) -> String {
        let (mut scraped, mut verdicts) = (Scraped::default(), Vec::new());
        for piece in marked.split_inclusive(['}', '{', '|', '\n', ' ', '\r', '\u{2028}']) {
            let block = piece.trim_end_matches(['}', '{', '|', '\n', ' ', '\r', '\u{2028}']);
            let reason =
                |role| Reason { role, stage: Stage::Rule, evidence: vec![Evidence::NoPhrase], story_likelihood: 0.5 };
            let start = scraped.text.len();
            scraped.text.push_str(block);
            if !block.is_empty() {
                scraped.ranges.push(start..scraped.text.len());
                verdicts.push(if piece.ends_with('}') {
                    Verdict::Drop(reason(Role::Ad))
                } else {
                    Verdict::Keep(reason(Role::Story))
                });
            }
            scraped.text.push_str(piece[block.len()..].trim_start_matches(['}', '{', '|']));
        }
        let Left { text: left, runs } = without_dropped(&scraped, &verdicts);
        let text = &scraped.text;
        assert!(runs.iter().all(|run| left[run.at..run.at + run.len] == text[run.from..run.from + run.len]));
        left
    }

    #[test]
    fn nothing_dropped_changes_nothing() {
        for text in ["  a\n\n\tb c\r\n \r\nd  \n\n", "\u{2028}a b\u{2028}", "", "\n\n"] {
            assert_eq!(rejoined(text), text);
        }
        assert_eq!(rejoined("a|b c"), "ab c");
    }

    #[test]
    fn the_break_between_paragraphs_stays() {
        for (marked, story) in [
            ("a\n{ad}\nb\n", "a\nb\n"),
            ("a\n\n{ad}\n\nb", "a\n\nb"),
            ("a\n\n{ad}\n{ad}\n\n\n{ad}\nb", "a\n\n\nb"),
            ("a\n{ad}b\nc", "a\nb\nc"),
            ("a{ad}\n\nb", "a\n\nb"),
            ("a\r\n\r\n{ad}\r\nb\r\n", "a\r\n\r\nb\r\n"),
            ("a\u{2028}{ad}\u{2028}b", "a\u{2028}b"),
            ("a\r{ad}\rb", "a\rb"),
        ] {
            assert_eq!(rejoined(marked), story, "{marked:?}");
        }
    }

    #[test]
    fn each_line_keeps_its_own_indentation() {
        assert_eq!(rejoined("  a\n    {ad}\n  b\nc"), "  a\n  b\nc");
        assert_eq!(rejoined("a\n\n    {ad}\nb"), "a\n\nb");
        assert_eq!(rejoined("{ad}\n    a\n    b"), "    a\n    b");
        assert_eq!(rejoined("a\n  {ad}b"), "a\n  b");
    }

    #[test]
    fn within_a_line_one_space_parts_sentences() {
        for (marked, story) in [("a. {ad}b", "a. b"), ("a.{ad} b", "a. b"), ("a. {ad} b", "a. b")] {
            assert_eq!(rejoined(marked), story, "{marked:?}");
        }
    }

    #[test]
    fn sentences_that_an_insert_is_glued_to_are_parted_by_a_space_of_it() {
        for (text, blocks, story) in [
            ("a.an adb", &[2, 7][..], "a. b"),
            ("a.ad\u{a0}twob", &[2, 9], "a.b"),
            ("a.adan adb", &[2, 4, 9], "a. b"),
            ("a.adb", &[2, 4], "a.b"),
            ("市长说。an ad他走了。", &[12, 17], "市长说。他走了。"),
        ] {
            let ends = blocks.iter().copied().chain([text.len()]);
            let starts = [0].into_iter().chain(blocks.iter().copied());
            let ranges: Vec<_> = starts.zip(ends).map(|(start, end)| start..end).collect();
            let reason = |role| Reason { role, stage: Stage::Rule, evidence: Vec::new(), story_likelihood: 0.5 };
            let mut verdicts = vec![Verdict::Drop(reason(Role::Ad)); ranges.len()];
            for end in [0, ranges.len() - 1] {
                verdicts[end] = Verdict::Keep(reason(Role::Story));
            }
            let left = without_dropped(&Scraped { text: text.to_owned(), ranges }, &verdicts);
            assert_eq!(left.text, story, "{text:?}");
        }
    }

    #[test]
    fn what_goes_at_the_ends_takes_its_line_along() {
        assert_eq!(rejoined("\n\n{ad}\n\na\n"), "a\n");
        assert_eq!(rejoined("a\n\n{ad}\n"), "a\n");
        assert_eq!(rejoined("a\n\n{ad}"), "a");
        assert_eq!(rejoined("{ad}a"), "a");
        assert_eq!(rejoined("{ad}\n"), "");
    }
}
