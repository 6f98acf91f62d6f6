//! The words next to a place of a text. None of these looks further than [`REACH`] bytes, so that what is done at a
//! place takes the same time in a line of any length.

/// Bytes that are looked at on either side of a place.
pub(super) const REACH: usize = 64;

/// The end of the text ahead of `at`, from `start` on at the earliest.
pub(super) fn window_ahead(text: &str, start: usize, at: usize) -> &str {
    let from = at.saturating_sub(REACH).max(start);
    looked_at(&text[ceil_char_boundary(text, from)..at])
}

/// The beginning of the text behind `at`.
pub(super) fn window_behind(text: &str, at: usize) -> &str {
    let to = (at + REACH).min(text.len());
    looked_at(&text[at..ceil_char_boundary(text, to)])
}

/// The text itself; the tests count the bytes that are looked at.
pub(super) fn looked_at(text: &str) -> &str {
    #[cfg(test)]
    work::add(text.len());
    text
}

fn ceil_char_boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

/// The end of a text behind the last white space.
pub(super) fn token_ahead(ahead: &str) -> &str {
    ahead.rsplit(char::is_whitespace).next().unwrap_or(ahead)
}

/// The letters that a text ends in.
pub(super) fn letters_ahead(ahead: &str) -> &str {
    &ahead[ahead.trim_end_matches(char::is_alphabetic).len()..]
}

/// The letters that a text begins with.
pub(super) fn letters_behind(behind: &str) -> &str {
    &behind[..behind.len() - behind.trim_start_matches(char::is_alphabetic).len()]
}

#[cfg(test)]
pub(super) mod work {
    use std::cell::Cell;

    thread_local! {
        static BYTES: Cell<usize> = const { Cell::new(0) };
    }

    pub(super) fn add(bytes: usize) {
        BYTES.set(BYTES.get() + bytes);
    }

    /// The bytes that were looked at on this thread since the last time.
    pub(in super::super) fn taken() -> usize {
        BYTES.replace(0)
    }
}
