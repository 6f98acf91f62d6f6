//! One pass over the characters of a block: its words, punctuation, capitals.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::block::is_unspaced;

/// Words whose first letters are looked at.
const CAPITALS_OF: f32 = 30.0;

/// What the characters of a text add up to.
#[derive(Debug, Clone, Default)]
pub(super) struct Scan {
    /// The words in lower case, as hashes; in scripts without spaces each character is a word.
    pub(super) hashes: Vec<u64>,
    /// Characters.
    pub(super) chars: f32,
    /// Words, as [`crate::block::count_words`] counts them.
    pub(super) words: usize,
    /// Ends of sentences.
    pub(super) sentences: f32,
    /// Commas and the like.
    pub(super) commas: f32,
    /// Quotation marks.
    pub(super) quotes: f32,
    /// ASCII digits.
    pub(super) digits: f32,
    /// The share of the first words that begin with a capital, in 0..=1.
    pub(super) title_case: f32,
    /// It has capitals and no small letters.
    pub(super) all_capitals: bool,
    /// It has a bar, a bullet or a copyright sign.
    pub(super) has_bar: bool,
    /// It has an `@`, or `http`.
    pub(super) has_address: bool,
}

impl Scan {
    pub(super) fn of(text: &str) -> Self {
        let mut reader = Reader { scan: Scan::default(), ..Reader::default() };
        reader.scan.hashes.reserve(text.len() / 5);
        for c in text.chars() {
            reader.read(c);
        }
        reader.finish(text)
    }
}

/// What is known ahead of the next character.
#[allow(clippy::struct_excessive_bools, reason = "each is a sign of its own")]
#[derive(Default)]
struct Reader {
    scan: Scan,
    word: FxHasher,
    in_word: bool,
    /// A sign that ends a sentence unless a letter or digit follows.
    stop: bool,
    /// The run between white space: whether it has a letter or digit, and its characters of scripts without spaces.
    token: bool,
    unspaced: usize,
    tokens: f32,
    capitals: f32,
    has_capital: bool,
    has_small: bool,
}

impl Reader {
    fn read(&mut self, c: char) {
        self.scan.chars += 1.0;
        let letter_or_digit = if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() };
        if self.stop {
            self.stop = false;
            self.scan.sentences += f32::from(u8::from(!letter_or_digit));
        }
        if letter_or_digit {
            self.read_word(c);
        } else {
            self.end_word();
            self.read_sign(c);
        }
    }

    fn read_word(&mut self, c: char) {
        if !self.token {
            self.token = true;
            if self.tokens < CAPITALS_OF {
                self.tokens += 1.0;
                self.capitals += f32::from(u8::from(c.is_uppercase()));
            }
        }
        if c.is_ascii() {
            self.has_capital |= c.is_ascii_uppercase();
            self.has_small |= c.is_ascii_lowercase();
            self.scan.digits += f32::from(u8::from(c.is_ascii_digit()));
            self.word.write_u32(u32::from(c.to_ascii_lowercase()));
            self.in_word = true;
            return;
        }
        self.has_capital |= c.is_uppercase();
        self.has_small |= c.is_lowercase();
        if is_unspaced(c) {
            self.end_word();
            self.unspaced += 1;
        }
        c.to_lowercase().for_each(|lower| self.word.write_u32(u32::from(lower)));
        self.in_word = true;
        if is_unspaced(c) {
            self.end_word();
        }
    }

    fn read_sign(&mut self, c: char) {
        match c {
            ' ' => self.end_token(),
            '.' | '!' | '?' | '…' => self.stop = true,
            ',' | ';' | '،' | '、' | '，' | '；' | '؛' => self.scan.commas += 1.0,
            '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' => self.scan.quotes += 1.0,
            '。' | '！' | '？' | '।' | '؟' | '۔' | '։' => self.scan.sentences += 1.0,
            '|' | '•' | '©' => self.scan.has_bar = true,
            '@' => self.scan.has_address = true,
            // Vowel signs of scripts without spaces count as `count_words` counts them.
            c if is_unspaced(c) => self.unspaced += 1,
            c if c.is_whitespace() => self.end_token(),
            _ => {}
        }
    }

    fn end_word(&mut self) {
        if self.in_word {
            self.scan.hashes.push(std::mem::take(&mut self.word).finish());
            self.in_word = false;
        }
    }

    fn end_token(&mut self) {
        self.scan.words += if self.unspaced > 0 { self.unspaced.div_ceil(2) } else { usize::from(self.token) };
        self.token = false;
        self.unspaced = 0;
    }

    fn finish(mut self, text: &str) -> Scan {
        self.end_word();
        self.end_token();
        self.scan.sentences += f32::from(u8::from(self.stop));
        self.scan.title_case = self.capitals / self.tokens.max(1.0);
        self.scan.all_capitals = self.has_capital && !self.has_small;
        self.scan.has_address |= memchr::memmem::find(text.as_bytes(), b"http").is_some();
        self.scan
    }
}

/// The words of a text in lower case, as hashes.
pub(super) fn word_hashes(text: &str) -> Vec<u64> {
    Scan::of(text).hashes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::count_words;

    #[test]
    fn words_are_counted_as_blocks_count_them() {
        for text in ["", "One two, three!", "— 3.5 % —", "東京で会議 today", "don't  stop", "ไทย ลาว", "हिन्दी में"]
        {
            assert_eq!(Scan::of(text).words, count_words(text), "{text}");
        }
    }

    #[test]
    fn a_point_within_a_number_ends_no_sentence() {
        let sentences = Scan::of("It rose 3.5 points. Who knew? Nobody…").sentences;
        assert!((sentences - 3.0).abs() < f32::EPSILON);
    }

    #[test]
    fn each_character_of_a_script_without_spaces_is_a_word() {
        assert_eq!(word_hashes("東京").len(), 2);
        assert_eq!(word_hashes("Tōkyō 2020, tōkyō")[0], word_hashes("Tōkyō 2020, tōkyō")[2]);
    }
}
