//! Cuts a line that has lost its line breaks into sentences, so that an insert among them can go; and a label that was
//! put ahead of a sentence from it ("Advertisement The council said …").

use std::ops::Range;

use super::abbreviations::is_abbreviation;
use super::openers::{goes_with_nouns, is_opener};
use super::words::{letters_ahead, letters_behind, looked_at, window_ahead, window_behind};

/// Bytes of the longest label.
const LABEL_BYTES: usize = 120;
/// Bytes of the longest insert at the end of a line.
const TAIL_BYTES: usize = 120;
/// Letters of the shortest word that a label ends in; shorter ones lead to a name ("of The band").
const LABEL_WORD: usize = 4;

/// Where lines are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    /// Behind every sentence and label: the line has lost its breaks.
    All,
    /// Behind sentences of scripts that set no space between them, where glue leaves no other trace.
    Unspaced,
}

/// Adds the sentences of a part of a line to `blocks`, without the white space between them.
pub(super) fn cut(text: &str, part: Range<usize>, ends: Ends, blocks: &mut Vec<Range<usize>>) {
    let line = &text[..part.end];
    let (mut start, mut at) = (part.start, part.start);
    let mut depth: usize = 0;
    while at < part.end {
        let cut = match (line.as_bytes()[at], ends) {
            (b'.' | b'!' | b'?', Ends::All) => sentence_end(line, start, at),
            (b' ', Ends::All) if at - start <= LABEL_BYTES => label_end(line, start, at),
            (0xe2 | 0xe3 | 0xef, _) => {
                depth = depth_behind(line, at, depth);
                sentence_end(line, start, at).filter(|cut| depth == 0 && (ends == Ends::All || cut.is_unspaced))
            }
            _ => None,
        };
        match cut {
            Some(Cut { end, next, .. }) if next < part.end => {
                blocks.push(start..end);
                (start, at) = (next, next);
            }
            _ => at += 1,
        }
    }
    blocks.push(start..part.end);
}

/// Adds a part of a line to `blocks`; where it ends without a full stop behind a sentence that has one, the few words at
/// its end by themselves: "… before the count. Sign up for our newsletter".
pub(super) fn cut_tail(text: &str, part: Range<usize>, blocks: &mut Vec<Range<usize>>) {
    let line = &text[..part.end];
    if !line.ends_with(char::is_alphanumeric) {
        return blocks.push(part);
    }
    let near = part.end.saturating_sub(TAIL_BYTES).max(part.start + 1)..part.end;
    let cut = near.into_iter().find(|at| line.is_char_boundary(*at)).and_then(|first| {
        let signs = memchr::memchr3_iter(b'.', b'!', b'?', &line.as_bytes()[first..]);
        signs.rev().find_map(|sign| sentence_end(line, part.start, first + sign))
    });
    match cut {
        Some(Cut { end, next, .. }) if line[next..].contains(' ') => blocks.extend([part.start..end, next..part.end]),
        _ => blocks.push(part),
    }
}

/// Quotations and brackets of East Asian text that are open behind the character at `at`.
fn depth_behind(line: &str, at: usize, depth: usize) -> usize {
    match line.get(at..).and_then(|rest| rest.chars().next()) {
        Some('「' | '『' | '（' | '【') => depth + 1,
        Some('」' | '』' | '）' | '】') => depth.saturating_sub(1),
        _ => depth,
    }
}

/// A place between two sentences: the end of one and the beginning of the next.
struct Cut {
    end: usize,
    next: usize,
    /// No space is needed between them.
    is_unspaced: bool,
}

/// Where the sentence ends whose last sign may begin at `at`.
fn sentence_end(line: &str, start: usize, at: usize) -> Option<Cut> {
    let sign = line.get(at..)?.chars().next()?;
    let is_wide = matches!(sign, '。' | '！' | '？');
    if !is_wide && !matches!(sign, '.' | '!' | '?' | '…') {
        return None;
    }
    let behind = at + sign.len_utf8();
    let closers: usize = window_behind(line, behind).chars().take_while(|c| is_closer(*c)).map(char::len_utf8).sum();
    let end = behind + closers;
    let rest = line[end..].trim_start();
    let next = line.len() - rest.len();
    looked_at(&line[end..next]);
    if is_wide {
        return Some(Cut { end, next, is_unspaced: true });
    }
    let first = rest.chars().next()?;
    let begins = !first.is_lowercase() && (first.is_alphanumeric() || is_opening(first));
    let ends = sign != '.' || ends_with_stop(window_ahead(line, start, at));
    (next > end && begins && ends).then_some(Cut { end, next, is_unspaced: false })
}

/// Whether a full stop behind these words ends their sentence, and no number of a day or abbreviation.
fn ends_with_stop(ahead: &str) -> bool {
    let word = letters_ahead(ahead);
    if !word.is_empty() {
        return !is_abbreviation(word);
    }
    let digits = ahead.bytes().rev().take_while(u8::is_ascii_digit).count();
    digits == 0 || digits > 2
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '“' | '’' | '»' | ')' | ']' | '」' | '』' | '）' | '】')
}

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '„' | '‘' | '«' | '»' | '(' | '[' | '¿' | '¡' | '—' | '–')
}

/// Where the label ends that began with the last sentence, the space at `space` behind it: a capitalised opener behind
/// it begins a sentence.
fn label_end(line: &str, start: usize, space: usize) -> Option<Cut> {
    let next = space + 1;
    if line.as_bytes().get(next).is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return None;
    }
    let behind = window_behind(line, next);
    if !behind.starts_with(char::is_uppercase) {
        return None;
    }
    let opener = letters_behind(behind);
    let follows = behind[opener.len()..].strip_prefix(' ')?.chars().next()?;
    let is_sentence = follows.is_lowercase() || follows.is_ascii_digit() || goes_with_nouns(opener);
    // Polite forms have a capital anywhere.
    let is_polite = matches!(opener, "Sie" | "Ihr" | "De" | "Vi");
    let ahead = window_ahead(line, start, space);
    let ends = ahead.ends_with(':') || letters_ahead(ahead).chars().count() >= LABEL_WORD;
    (opener.len() > 1 && is_sentence && !is_polite && ends && is_opener(opener)).then_some(Cut {
        end: space,
        next,
        is_unspaced: false,
    })
}
