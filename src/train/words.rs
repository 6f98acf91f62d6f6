//! Words as the scorers of the corpora cut them (`bench/score.py`).

use unicode_general_category::{GeneralCategory as Category, get_general_category};

/// The runs of letters, digits and underscores, as written: `\w+` as Python reads it.
pub fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_word(c)).filter(|token| !token.is_empty())
}

/// The words in lower case; a Chinese character or a kana is a word of its own.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for token in tokens(text) {
        let mut rest = token;
        while let Some(c) = rest.chars().next() {
            let end = if is_own_word(c) { c.len_utf8() } else { rest.find(is_own_word).unwrap_or(rest.len()) };
            words.push(rest[..end].to_lowercase());
            rest = &rest[end..];
        }
    }
    words
}

fn is_own_word(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

/// Python's `\w`: letters and numbers, but no marks, as which many vowels of Indian scripts count.
fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    matches!(
        get_general_category(c),
        Category::UppercaseLetter
            | Category::LowercaseLetter
            | Category::TitlecaseLetter
            | Category::ModifierLetter
            | Category::OtherLetter
            | Category::DecimalNumber
            | Category::LetterNumber
            | Category::OtherNumber
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kana_and_han_are_words_of_their_own() {
        assert_eq!(words("Das 東京Olympia 2020"), ["das", "東", "京", "olympia", "2020"]);
    }

    #[test]
    fn marks_end_a_token() {
        assert_eq!(tokens("don't snake_case हिन्दी").collect::<Vec<_>>(), ["don", "t", "snake_case", "ह", "न", "द"]);
    }
}
