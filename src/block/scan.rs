//! One pass over a text: its words, punctuation, capitals.

use smallvec::SmallVec;

use super::hash::word_hash;
use super::script::{is_hangul, is_unspaced};
use super::sixteen::WIDTH;
use super::stretch::Stretch;
use super::written::is_of_word;

/// Words whose first letters are looked at.
const CAPITALS_OF: u32 = 30;

/// The words of a text as hashes. Most blocks of a page are links of a few words, which need no memory of their own.
pub(crate) type WordHashes = SmallVec<[u64; 6]>;

/// What the characters of a text add up to.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and all are read by name")]
pub(crate) struct Scan {
    /// The words in lower case, as hashes; in scripts without spaces each character is a word.
    pub(crate) hashes: WordHashes,
    /// Characters.
    pub(crate) chars: usize,
    /// Words, as [`super::count_words`] counts them.
    pub(crate) words: usize,
    /// Ends of sentences.
    pub(crate) sentences: usize,
    /// Commas and the like.
    pub(crate) commas: usize,
    /// Quotation marks.
    pub(crate) quotes: usize,
    /// The share of the first words that begin with a capital, in 0..=1.
    pub(crate) title_case: f32,
    /// It has capitals and no small letters.
    pub(crate) all_capitals: bool,
    /// It has a bar, a bullet or a copyright sign.
    pub(crate) has_bar: bool,
    /// It has an `@`, or a word `http` or `https`.
    pub(crate) has_address: bool,
    /// It has letters of a script that sets no words apart, or joins endings to them (Korean), or an apostrophe that
    /// counts as a letter.
    pub(crate) joined: bool,
}

impl Scan {
    /// Reads a text.
    pub(crate) fn of(text: &str) -> Self {
        Scan::with_room(text, &mut Vec::new())
    }

    /// Reads a text; its words pass through `room`, which is used again for the next one.
    pub(crate) fn with_room(text: &str, room: &mut Vec<u64>) -> Self {
        room.clear();
        let (mut scan, hashes) = Reader::read_all(text, std::mem::take(room));
        scan.hashes = SmallVec::from_slice(&hashes);
        *room = hashes;
        scan
    }
}

/// The words of a text in lower case, as hashes.
pub(crate) fn word_hashes(text: &str) -> Vec<u64> {
    Reader::read_all(text, Vec::with_capacity(text.len() / 5)).1
}

const SMALL: u8 = 1;
const CAPITAL: u8 = 2;
const DIGIT: u8 = 4;
const ALPHANUMERIC: u8 = SMALL | CAPITAL | DIGIT;
const SPACE: u8 = 8;
/// Signs that are counted.
const SIGN: u8 = 16;

/// What each byte is; nothing for those beyond ASCII.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' => CAPITAL,
            b'0'..=b'9' => DIGIT,
            b' ' | b'\t'..=b'\r' => SPACE,
            b'.' | b'!' | b'?' | b',' | b';' | b'"' | b'|' | b'@' => SIGN,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

fn class(byte: u8) -> u8 {
    CLASSES[usize::from(byte)]
}

/// What is known ahead of the next character.
#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    at: usize,
    scan: Scan,
    /// Of the words so far.
    hashes: Vec<u64>,
    /// The run between white space: whether it has a letter or digit, and its characters of scripts without spaces.
    token: bool,
    unspaced: usize,
    tokens: u32,
    capitals: u32,
    /// The classes of all letters and digits.
    seen: u8,
    /// Bytes that go on with a character.
    continued: usize,
    /// The word in lower case, where it is not ASCII.
    lower: String,
}

impl<'a> Reader<'a> {
    /// What a text adds up to, and its words, which are added to `hashes`.
    fn read_all(text: &'a str, hashes: Vec<u64>) -> (Scan, Vec<u64>) {
        let mut reader = Reader { text, hashes, ..Reader::default() };
        while reader.at < text.len() {
            reader.read();
        }
        reader.finish()
    }

    /// Reads a word or a sign.
    #[inline]
    fn read(&mut self) {
        let byte = self.text.as_bytes()[self.at];
        let class = class(byte);
        if class & ALPHANUMERIC != 0 {
            self.begin_token(class == CAPITAL);
            self.read_word();
        } else if byte.is_ascii() {
            self.at += 1;
            match class {
                SPACE => self.end_token(),
                SIGN => self.read_ascii_sign(byte),
                _ => {}
            }
        } else {
            self.read_beyond_ascii();
        }
    }

    #[inline]
    fn read_word(&mut self) {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let (mut end, mut hash, mut seen) = (start, 0, 0);
        loop {
            let stretch = Stretch::at(bytes, end);
            let word = stretch.word();
            if word.goes_beyond_ascii {
                return self.read_mixed_word(start);
            }
            seen |= if word.has_capital { CAPITAL } else { 0 } | if word.has_small { SMALL } else { 0 };
            if word.length > 0 {
                hash = stretch.mixed_into(hash, word.length);
            }
            end += word.length;
            if word.length < WIDTH {
                break;
            }
        }
        self.seen |= seen;
        self.at = end;
        self.scan.has_address |= hash == HTTP || hash == HTTPS;
        self.hashes.push(hash);
        // As most words end.
        if bytes.get(end) == Some(&b' ') {
            self.end_token();
            self.at += 1;
        }
    }

    /// A word with letters beyond ASCII, or right ahead of a sign beyond ASCII.
    fn read_mixed_word(&mut self, start: usize) {
        let rest = &self.text[start..];
        self.lower.clear();
        for (offset, c) in rest.char_indices() {
            self.at = start + offset;
            if !is_of_word(c) {
                return self.end_mixed_word();
            }
            self.continued += c.len_utf8() - 1;
            self.seen |= if c.is_uppercase() { CAPITAL } else { 0 } | if c.is_lowercase() { SMALL } else { 0 };
            if is_unspaced(c) {
                self.end_mixed_word();
                self.unspaced += 1;
            }
            self.scan.joined |= is_unspaced(c) || is_hangul(c) || c == 'ʼ';
            // A Turkish capital I has a dot of its own, which no small letter keeps.
            self.lower.extend(c.to_lowercase().filter(|c| *c != '\u{307}'));
            if is_unspaced(c) {
                self.end_mixed_word();
            }
        }
        self.at = self.text.len();
        self.end_mixed_word();
    }

    fn end_mixed_word(&mut self) {
        if !self.lower.is_empty() {
            self.hashes.push(word_hash(&self.lower));
            self.lower.clear();
        }
    }

    fn begin_token(&mut self, is_capital: bool) {
        if !self.token {
            self.token = true;
            if self.tokens < CAPITALS_OF {
                self.tokens += 1;
                self.capitals += u32::from(is_capital);
            }
        }
    }

    fn end_token(&mut self) {
        self.scan.words += if self.unspaced > 0 { self.unspaced.div_ceil(2) } else { usize::from(self.token) };
        self.token = false;
        self.unspaced = 0;
    }

    fn read_ascii_sign(&mut self, sign: u8) {
        match sign {
            b',' | b';' => self.scan.commas += 1,
            b'"' => self.scan.quotes += 1,
            b'|' => self.scan.has_bar = true,
            b'@' => self.scan.has_address = true,
            _ => self.end_sentence(),
        }
    }

    fn read_beyond_ascii(&mut self) {
        let Some(c) = self.text[self.at..].chars().next() else { return };
        if is_of_word(c) {
            self.begin_token(c.is_uppercase());
            return self.read_mixed_word(self.at);
        }
        self.at += c.len_utf8();
        self.continued += c.len_utf8() - 1;
        match c {
            '…' => self.end_sentence(),
            '،' | '、' | '，' | '；' | '؛' => self.scan.commas += 1,
            '“' | '”' | '„' | '«' | '»' | '「' | '」' => self.scan.quotes += 1,
            '。' | '！' | '？' | '।' | '؟' | '۔' | '։' => self.scan.sentences += 1,
            '•' | '©' => self.scan.has_bar = true,
            // Vowel signs of scripts without spaces count as `count_words` counts them.
            c if is_unspaced(c) => self.unspaced += 1,
            c if c.is_whitespace() => self.end_token(),
            _ => {}
        }
    }

    /// A sign that ends a sentence unless a letter or digit follows.
    fn end_sentence(&mut self) {
        let goes_on = match self.text.as_bytes().get(self.at) {
            None => false,
            Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
            Some(_) => self.text[self.at..].chars().next().is_some_and(is_of_word),
        };
        self.scan.sentences += usize::from(!goes_on);
    }

    fn finish(mut self) -> (Scan, Vec<u64>) {
        self.end_token();
        self.scan.chars = self.text.len() - self.continued;
        self.scan.title_case = self.capitals as f32 / self.tokens.max(1) as f32;
        self.scan.all_capitals = self.seen & CAPITAL != 0 && self.seen & SMALL == 0;
        (self.scan, self.hashes)
    }
}

/// The hashes of the words that begin an address.
const HTTP: u64 = hash_of(b"http");
const HTTPS: u64 = hash_of(b"https");

const fn hash_of(word: &[u8]) -> u64 {
    let (mut bytes, mut at) = (0, 0);
    while at < word.len() {
        bytes = bytes << 8 | word[at] as u64;
        at += 1;
    }
    bytes.wrapping_mul(0x517c_c1b7_2722_0a95)
}

#[cfg(test)]
mod tests {
    use super::super::count_words;
    use super::*;

    #[test]
    fn words_and_characters_are_counted_as_blocks_count_them() {
        for text in [
            "",
            "One two, three!",
            "— 3.5 % —",
            "東京で会議 today",
            "don't  stop",
            "don’t stop",
            "ไทย ลาว",
            "हिन्दी में",
            "Été à Paris",
            "naïveté",
            "Administrators of BBC2",
            "Administratoren für Ort",
            "countriesé",
            "x東y",
        ] {
            let scan = Scan::of(text);
            assert_eq!(scan.words, count_words(text), "{text}");
            assert_eq!(scan.chars, text.chars().count(), "{text}");
        }
    }

    #[test]
    fn words_are_hashed_in_lower_case() {
        assert_eq!(word_hashes("Don’t STOP the naïve ÉTÉ-2020"), {
            ["don", "t", "stop", "the", "naïve", "été", "2020"].map(word_hash)
        });
        assert_eq!(word_hashes("A newsletter, NEWSLETTERS 12345678 123456789é"), {
            ["a", "newsletter", "newsletters", "12345678", "123456789é"].map(word_hash)
        });
        assert_eq!(word_hashes("İLGİLİ"), [word_hash("ilgili")]);
        assert_eq!(word_hashes("12345678"), [word_hash("12345678")]);
        assert_ne!(word_hash("newsletters"), word_hash("newsletter"));
        assert_ne!(word_hash("東"), word_hash("京"));
    }

    #[test]
    fn a_point_within_a_number_ends_no_sentence() {
        assert_eq!(Scan::of("It rose 3.5 points. Who knew? Nobody…").sentences, 3);
    }

    #[test]
    fn each_character_of_a_script_without_spaces_is_a_word() {
        assert_eq!(word_hashes("東京").len(), 2);
        assert_eq!(word_hashes("Tōkyō 2020, tōkyō")[0], word_hashes("Tōkyō 2020, tōkyō")[2]);
        assert!(Scan::of("x 東").joined && Scan::of("서울").joined && !Scan::of("Tōkyō").joined);
    }

    #[test]
    fn an_address_is_seen() {
        assert!(Scan::of("see https://news.example/x").has_address);
        assert!(Scan::of("desk@news.example").has_address);
        assert!(!Scan::of("no address").has_address);
    }
}
