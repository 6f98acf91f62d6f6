//! Words as they are written.

use super::sixteen::WIDTH;
use super::stretch::Stretch;

/// The runs of letters and digits of a text, in any script. None is empty.
pub(crate) fn written_words(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let start = at;
            at = word_end(text, start);
            if start < at {
                return Some(&text[start..at]);
            }
            // What is no word is a sign.
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
        None
    })
}

/// The end of the letters and digits from `at` on.
fn word_end(text: &str, mut at: usize) -> usize {
    loop {
        let word = Stretch::at(text.as_bytes(), at).word();
        at += word.length;
        if word.goes_beyond_ascii {
            match text[at..].chars().next() {
                Some(c) if is_of_word(c) => at += c.len_utf8(),
                _ => return at,
            }
        } else if word.length < WIDTH {
            return at;
        }
    }
}

/// Whether `c` is a letter or digit. What most texts have beyond ASCII are quotation marks, dashes and the like, of which
/// the standard library finds out slowly that they are none.
pub(super) fn is_of_word(c: char) -> bool {
    !matches!(c, '\u{2000}'..='\u{206f}') && c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_are_those_of_the_standard_library() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_of_word(c), c.is_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn words_are_what_stands_between_signs() {
        for text in [
            "",
            "  ",
            "The ferry’s late — again!",
            "Été à naïveté, café",
            "東京で会議 x東y",
            "12345678 123456789é newsletters",
            "हिन्दी में",
            "…«»",
            "a",
            "\u{a0}x\0y",
        ] {
            let split = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            assert_eq!(written_words(text).collect::<Vec<_>>(), split.collect::<Vec<_>>(), "{text}");
        }
    }
}
