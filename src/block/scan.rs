//! One pass over the characters of a text: its words, punctuation, capitals.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use super::is_unspaced;

/// Words whose first letters are looked at.
const CAPITALS_OF: f32 = 30.0;

/// What the characters of a text add up to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scan {
    /// The words in lower case, as hashes; in scripts without spaces each character is a word.
    pub(crate) hashes: Vec<u64>,
    /// Characters.
    pub(crate) chars: f32,
    /// Words, as [`super::count_words`] counts them.
    pub(crate) words: usize,
    /// Ends of sentences.
    pub(crate) sentences: f32,
    /// Commas and the like.
    pub(crate) commas: f32,
    /// Quotation marks.
    pub(crate) quotes: f32,
    /// The share of the first words that begin with a capital, in 0..=1.
    pub(crate) title_case: f32,
    /// It has letters of a script that sets no words apart, or joins endings to them (Korean).
    pub(crate) joined: bool,
}

impl Scan {
    pub(crate) fn of(text: &str) -> Self {
        let mut reader = Reader { scan: Scan::default(), ..Reader::default() };
        reader.scan.hashes.reserve(text.len() / 5);
        for c in text.chars() {
            reader.read(c);
        }
        reader.finish()
    }
}

/// What is known ahead of the next character.
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
            self.word.write_u32(u32::from(c.to_ascii_lowercase()));
            self.in_word = true;
            return;
        }
        self.scan.joined |= is_unspaced(c) || is_hangul(c);
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

    fn finish(mut self) -> Scan {
        self.end_word();
        self.end_token();
        self.scan.sentences += f32::from(u8::from(self.stop));
        self.scan.title_case = self.capitals / self.tokens.max(1.0);
        self.scan
    }
}

/// The hash of a word that is in lower case, as [`Scan`] has it.
pub(crate) fn word_hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    word.chars().for_each(|c| hasher.write_u32(u32::from(c)));
    hasher.finish()
}

/// Whether `c` is a Korean syllable, to which endings are joined.
pub(crate) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7af}')
}

/// The words of a text in lower case, as hashes.
pub(crate) fn word_hashes(text: &str) -> Vec<u64> {
    Scan::of(text).hashes
}

#[cfg(test)]
mod tests {
    use super::super::count_words;
    use super::*;

    #[test]
    fn words_are_counted_as_blocks_count_them() {
        for text in ["", "One two, three!", "— 3.5 % —", "東京で会議 today", "don't  stop", "ไทย ลาว", "हिन्दी में"]
        {
            assert_eq!(Scan::of(text).words, count_words(text), "{text}");
        }
    }

    #[test]
    fn words_are_hashed_in_lower_case() {
        assert_eq!(word_hashes("STOP naïve ÉTÉ-2020"), ["stop", "naïve", "été", "2020"].map(word_hash));
        assert!(Scan::of("x 東").joined && Scan::of("서울").joined && !Scan::of("Tōkyō").joined);
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
