//! How many words a text has.

use super::script::is_unspaced;
use super::sixteen::WIDTH;
use super::stretch::Stretch;

/// The number of words: runs between white space that hold a letter or digit; in scripts without spaces two
/// characters count as a word.
pub fn count_words(text: &str) -> usize {
    count_up_to(text, usize::MAX)
}

/// Whether a text has so many words or more, by [`count_words`].
pub(crate) fn has_words(text: &str, least: usize) -> bool {
    count_up_to(text, least) >= least
}

/// The number of words, of those that are met until they are `enough`.
fn count_up_to(text: &str, enough: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut words, mut at) = (0, 0);
    while let Some(byte) = bytes.get(at).filter(|_| words < enough) {
        if is_space(*byte) {
            at += 1;
            continue;
        }
        let end = run_end(bytes, at + 1);
        if byte.is_ascii_alphanumeric() && bytes.get(end).is_none_or(|byte| is_space(*byte)) {
            words += 1;
            at = end + 1;
        } else {
            at = token_end(text, at, &mut words);
        }
    }
    words
}

/// ASCII white space by the Unicode rule, which has the vertical tab.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// The place of the first byte from `at` on that is white space, a control character or beyond ASCII.
fn run_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() {
        let length = Stretch::at(bytes, at).run();
        at += length;
        if length < WIDTH {
            break;
        }
    }
    // Bytes of no text end it too.
    at.min(bytes.len())
}

/// The end of the run that begins at `start`, whose words are added to `words`.
fn token_end(text: &str, start: usize, words: &mut usize) -> usize {
    let rest = &text[start..];
    let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
    *words += words_of_token(&rest[..length]);
    // White space beyond ASCII goes with it.
    start + length.max(rest.chars().next().map_or(1, char::len_utf8))
}

fn words_of_token(token: &str) -> usize {
    if token.is_ascii() {
        return usize::from(token.bytes().any(|b| b.is_ascii_alphanumeric()));
    }
    let unspaced = token.chars().filter(|c| is_unspaced(*c)).count();
    if unspaced > 0 { unspaced.div_ceil(2) } else { usize::from(token.chars().any(char::is_alphanumeric)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_with_a_letter_or_digit() {
        for (text, words) in [
            ("", 0),
            (" ", 0),
            ("one", 1),
            ("One two, three!", 3),
            (" \"one\" -- (two)\u{b}three", 3),
            ("— 3.5 % —", 1),
            ("internationalisation, counted once", 3),
            ("caf\u{e9} au\u{a0}lait\u{3000}x", 4),
            ("a\u{e9} \u{e9}a -\u{e9}", 3),
            ("東京で会議 today", 4),
            ("x東y", 1),
            ("a\0b c", 2),
        ] {
            assert_eq!(count_words(text), words, "{text:?}");
            assert!(has_words(text, words) && !has_words(text, words + 1), "{text:?}");
        }
    }
}
