//! Searches for a byte that is mostly near: a search by `memchr` costs more to begin than these to end. They look at
//! sixteen bytes at once, and hand what is farther to `memchr`.

use memchr::{memchr, memchr2};

use crate::block::sixteen::{Sixteen, WIDTH, ends_of, first_of, is, within};

/// Bytes that are near.
const NEAR: usize = 96;

/// The place of the first `byte`.
#[inline]
pub(super) fn find(byte: u8, bytes: &[u8]) -> Option<usize> {
    match near(bytes, |sixteen| is(sixteen, byte)) {
        Near::At(place) => Some(place),
        Near::Behind(place) => memchr(byte, &bytes[place..]).map(|offset| place + offset),
    }
}

/// The place of the first byte that is `end`, or that may mean another than is written: a `&`, a carriage return, a null.
#[inline]
pub(super) fn find_end_or_escape(end: u8, bytes: &[u8]) -> Option<usize> {
    match near(bytes, |sixteen| is(sixteen, end) | is(sixteen, b'&') | is(sixteen, b'\r') | is(sixteen, 0)) {
        Near::At(place) => Some(place),
        Near::Behind(place) => {
            let rest = &bytes[place..];
            let end = memchr2(end, b'&', rest);
            let offset = memchr2(b'\r', 0, &rest[..end.unwrap_or(rest.len())]).or(end)?;
            Some(place + offset)
        }
    }
}

/// The place of the first byte that is white space or a control character.
#[inline]
pub(super) fn find_space(bytes: &[u8]) -> Option<usize> {
    match near(bytes, |sixteen| within(sixteen, 0, b' ')) {
        Near::At(place) => Some(place),
        Near::Behind(place) => bytes[place..].iter().position(|byte| *byte <= b' ').map(|offset| place + offset),
    }
}

/// The place of the first byte that is a null or part of a character beyond ASCII.
#[inline]
pub(super) fn find_unusual(bytes: &[u8]) -> Option<usize> {
    let unusual = |byte: &u8| *byte == 0 || !byte.is_ascii();
    match near(bytes, |sixteen| !within(sixteen, 1, 0x7f)) {
        Near::At(place) => Some(place),
        Near::Behind(place) => bytes[place..].iter().position(unusual).map(|offset| place + offset),
    }
}

/// Whether all bytes are such as `are` says of sixteen, and `is_one` of one.
#[inline]
pub(super) fn all(bytes: &[u8], are: impl Fn(Sixteen) -> Sixteen, is_one: impl Fn(u8) -> bool) -> bool {
    if let Some(end) = bytes.last_chunk() {
        // What is left behind the last sixteen is looked at with what is ahead of it.
        let sixteens = bytes.as_chunks().0.iter().map(|sixteen| are(Sixteen::new(*sixteen)));
        sixteens.fold(are(Sixteen::new(*end)), |all, own| all & own).all()
    } else if let Some(ends) = ends_of(bytes) {
        are(Sixteen::new(ends)).all()
    } else {
        bytes.iter().all(|byte| is_one(*byte))
    }
}

/// How many bytes of white space, by [`is_space`], a text begins with.
#[inline]
pub(super) fn leading_space(bytes: &[u8]) -> usize {
    match near(bytes, |sixteen| !spaces(sixteen)) {
        Near::At(place) => place,
        Near::Behind(place) => {
            let rest = &bytes[place..];
            place + rest.iter().position(|byte| !is_space(*byte)).unwrap_or(rest.len())
        }
    }
}

/// The place of the first white space, by [`is_space`], that is more than a single space between two words; the end of the
/// text where there is none. What follows the text counts as white space.
#[inline]
pub(super) fn find_ragged_space(bytes: &[u8]) -> usize {
    let mut at = 0;
    // The last of the sixteen is looked at again, with what is behind it.
    while let Some(sixteen) = bytes.get(at..).and_then(first_of) {
        let ragged = ragged(sixteen) & (u32::from(u16::MAX) >> 1);
        if ragged != 0 {
            return at + ragged.trailing_zeros() as usize;
        }
        at += WIDTH - 1;
    }
    let is_ragged = |at: &usize| {
        let is_single = bytes[*at] == b' ' && bytes.get(at + 1).is_some_and(|next| !is_space(*next));
        is_space(bytes[*at]) && !is_single
    };
    (at..bytes.len()).find(is_ragged).unwrap_or(bytes.len())
}

/// A bit for each white space that is no single space ahead of a word; not known of the last.
#[inline]
fn ragged(sixteen: Sixteen) -> u32 {
    let (blanks, breaks) = (is(sixteen, b' ').to_bitmask(), breaks(sixteen).to_bitmask());
    let spaces = blanks | breaks;
    breaks | spaces & (spaces >> 1)
}

/// ASCII white space by the Unicode rule, which has the vertical tab.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

/// Those that are white space, by [`is_space`].
#[inline]
fn spaces(sixteen: Sixteen) -> Sixteen {
    is(sixteen, b' ') | breaks(sixteen)
}

/// Those from the tab to the carriage return.
#[inline]
fn breaks(sixteen: Sixteen) -> Sixteen {
    within(sixteen, b'\t', b'\r')
}

enum Near {
    /// It is there.
    At(usize),
    /// It is there or behind it, if it is anywhere.
    Behind(usize),
}

/// Looks for the first byte that is one of those `found` among sixteen.
#[inline]
fn near(bytes: &[u8], found: impl Fn(Sixteen) -> Sixteen) -> Near {
    let mut at = 0;
    while at < NEAR {
        let Some(sixteen) = bytes.get(at..).and_then(first_of) else { break };
        let found = found(sixteen).to_bitmask();
        if found != 0 {
            return Near::At(at + found.trailing_zeros() as usize);
        }
        at += WIDTH;
    }
    Near::Behind(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_found_however_far() {
        for length in [0, 1, 7, 8, 9, 15, 16, 17, 47, 48, 49, 63, 95, 96, 97, 200] {
            let mut bytes = vec![b'a'; length];
            assert_eq!((find(b'<', &bytes), find_end_or_escape(b'"', &bytes), find_space(&bytes)), (None, None, None));
            bytes.extend(b"\xe9<=;\"' &<");
            assert_eq!(find(b'<', &bytes), Some(length + 1));
            assert_eq!(find_end_or_escape(b'"', &bytes), Some(length + 4));
            assert_eq!(find_end_or_escape(b'<', &bytes), Some(length + 1));
            assert_eq!(find_space(&bytes), Some(length + 6));
            assert_eq!(find_unusual(&bytes), Some(length));
            assert_eq!(find_unusual(&bytes[length + 1..]), None);
            for escape in [b'&', b'\r', 0] {
                bytes.insert(length, escape);
                assert_eq!(find_end_or_escape(b'<', &bytes), Some(length), "{escape} behind {length}");
            }
        }
    }

    #[test]
    fn one_byte_that_is_another_is_enough_wherever_it_stands() {
        let are_letters =
            |bytes: &[u8]| all(bytes, |sixteen| within(sixteen, b'a', b'z'), |byte| byte.is_ascii_lowercase());
        for length in 0..50 {
            let mut bytes = vec![b'q'; length];
            assert!(are_letters(&bytes));
            for place in 0..length {
                bytes[place] = b'!';
                assert!(!are_letters(&bytes), "{place} of {length}");
                bytes[place] = b'q';
            }
        }
    }

    #[test]
    fn each_byte_that_is_no_space_ends_the_space_ahead() {
        for byte in 0..=u8::MAX {
            let is_space = byte.is_ascii() && char::from(byte).is_whitespace();
            for length in [0, 5, 7, 50] {
                let mut bytes = b" \t\n\x0b\x0c\r".repeat(10);
                bytes.truncate(length);
                bytes.extend([byte; 60]);
                assert_eq!(leading_space(&bytes), length + if is_space { 60 } else { 0 }, "{byte:#x} behind {length}");
            }
        }
    }

    #[test]
    fn white_space_is_ragged_unless_it_is_one_space_between_words() {
        for (space, is_ragged) in [(" ", false), ("  ", true), ("\n", true), (" \t", true), ("\x0b", true), ("", false)]
        {
            for length in 0..20 {
                let text = format!("{} b{space}{}", "a".repeat(length), "\u{e9}c ".repeat(10).trim_end());
                let found = if is_ragged { length + 2 } else { text.len() };
                assert_eq!(find_ragged_space(&text.as_bytes()[1..]), found - 1, "{text:?}");
            }
        }
        assert_eq!((find_ragged_space(b"a b "), find_ragged_space(b""), find_ragged_space(b"a b cd ef ")), (3, 0, 9));
    }
}
