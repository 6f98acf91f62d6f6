//! Texts that may be dates, cut into numbers, words and signs.

/// Characters of a text that are searched for a date.
const MAX_CHARS: usize = 160;
/// Tokens that most dates have fewer of.
const USUAL_TOKENS: usize = 16;

/// A piece of a text that may be a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A number and the count of its digits.
    Number(u64, usize),
    /// A run of letters.
    Word(&'a str),
    /// A sign, or a letter that dates have as one.
    Mark(char),
}

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let text = beginning(text);
    let mut tokens = Vec::with_capacity(USUAL_TOKENS);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let mut length = c.len_utf8();
        if digit(c).is_some() {
            let (value, digits, bytes) = number_at(rest);
            tokens.push(Token::Number(value, digits));
            length = bytes;
        } else if c.is_alphabetic() {
            length = rest.find(|c: char| !c.is_alphabetic() && !is_vowel_sign(c)).unwrap_or(rest.len());
            tokens.extend(words_of(&rest[..length]));
        } else if !c.is_whitespace() {
            tokens.push(Token::Mark(c));
        }
        at += length;
    }
    tokens
}

/// What of a text is searched.
fn beginning(text: &str) -> &str {
    // Most texts have fewer bytes than that.
    if text.len() <= MAX_CHARS {
        return text;
    }
    let end = text.char_indices().nth(MAX_CHARS).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// The value of the number that a text begins with, its digits and its bytes.
fn number_at(text: &str) -> (u64, usize, usize) {
    let digits = text.chars().map_while(|c| digit(c).map(|value| (value, c.len_utf8())));
    digits.fold((0, 0, 0), |(sum, digits, bytes), (value, length)| {
        (sum.saturating_mul(10).saturating_add(value), digits + 1, bytes + length)
    })
}

/// The value of a digit, in Latin, Arabic, Persian or Devanagari script.
fn digit(c: char) -> Option<u64> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        _ => return None,
    };
    Some(u64::from(u32::from(c) - u32::from(zero)))
}

/// Whether a character is a part of a word of Devanagari that is no letter.
fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}')
}

/// A run of letters. The `T` of ISO 8601 and the ideographs of East Asian dates are marks.
fn words_of(run: &str) -> impl Iterator<Item = Token<'_>> {
    let marks = matches!(run, "T" | "t" | "年" | "月" | "日" | "년" | "월" | "일");
    let mark = run.chars().next().filter(|_| marks).map(Token::Mark);
    let word = (!marks).then_some(Token::Word(run));
    mark.into_iter().chain(word)
}
