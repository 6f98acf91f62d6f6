//! Where comments, scripts and other raw text end (sections 13.2.5.2 to 13.2.5.53).

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2};

use super::tag::is_tag_named;

/// Scripts within one script that are looked over for its end.
const MAX_INNER_SCRIPTS: usize = 8;

/// The place behind the next `>`, or the end of the page.
pub(super) fn after_bracket(bytes: &[u8], start: usize) -> usize {
    memchr(b'>', &bytes[start..]).map_or(bytes.len(), |offset| start + offset + 1)
}

/// The place behind the comment whose `<!--` stands at `start`. `<!-->` and `<!--->` are whole comments.
pub(super) fn comment_end(bytes: &[u8], start: usize) -> usize {
    let inside = start + 4;
    let rest = &bytes[inside..];
    if rest.starts_with(b">") {
        return inside + 1;
    }
    if rest.starts_with(b"->") {
        return inside + 2;
    }
    let ends = |at: &usize| rest[..*at].ends_with(b"--") || rest[..*at].ends_with(b"--!");
    memchr_iter(b'>', rest).find(ends).map_or(bytes.len(), |at| inside + at + 1)
}

/// Raw text from `start` to the end tag of `name`, and the place behind that.
pub(super) fn raw_text(bytes: &[u8], start: usize, name: &[u8]) -> (Range<usize>, usize) {
    let is_end = |at: &usize| bytes.get(at + 1) == Some(&b'/') && is_tag_named(bytes, at + 2, name);
    let end = memchr_iter(b'<', &bytes[start..]).map(|offset| start + offset).find(is_end);
    end.map_or((start..bytes.len(), bytes.len()), |end| (start..end, after_bracket(bytes, end)))
}

/// A script from `start` to its end tag, and the place behind that. In a comment `<!-- <script> </script>` the end tag
/// is the inner script's (script data double escaped state); where that leaves no end tag, the first one counts after
/// all, for a story is worth more than the rule.
pub(super) fn script(bytes: &[u8], start: usize) -> (Range<usize>, usize) {
    let mut comment = None;
    let mut is_end = |at: &usize| match bytes.get(at + 1) {
        Some(b'/') => is_tag_named(bytes, at + 2, b"script"),
        Some(b'!') if comment.is_none() && bytes[*at..].starts_with(b"<!--") => {
            comment = Some(*at);
            false
        }
        _ => false,
    };
    let first = memchr_iter(b'<', &bytes[start..]).map(|offset| start + offset).find(&mut is_end);
    match comment.and_then(|comment| escaped_script_end(bytes, comment)).or(first) {
        Some(end) => (start..end, after_bracket(bytes, end)),
        None => (start..bytes.len(), bytes.len()),
    }
}

/// Where a script that holds the comment at `comment` ends.
fn escaped_script_end(bytes: &[u8], comment: usize) -> Option<usize> {
    let mut state = Escape::None;
    let mut inner = 0;
    let mut at = comment;
    while inner < MAX_INNER_SCRIPTS {
        at += memchr2(b'<', b'>', &bytes[at..])?;
        let rest = &bytes[at..];
        if rest[0] == b'>' {
            if bytes[comment..at].ends_with(b"--") {
                state = Escape::None;
            }
        } else if state == Escape::None && rest.starts_with(b"<!--") {
            // The dashes may be those of `-->` as well.
            state = Escape::Once;
        } else if state == Escape::Once && rest[0] == b'<' && is_tag_named(bytes, at + 1, b"script") {
            state = Escape::Twice;
        } else if rest.starts_with(b"</") && is_tag_named(bytes, at + 2, b"script") {
            if state != Escape::Twice {
                return Some(at);
            }
            state = Escape::Once;
            inner += 1;
        }
        at += 1;
    }
    None
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Escape {
    None,
    Once,
    Twice,
}
