//! Where an insert may be glued to the story within a line: a word or the end of a sentence, and right behind it a
//! capital or an opening quotation mark. Names (`McCain`, `YouTube`, `LinkedIn`), addresses and numbers are left whole.
//!
//! What is behind the seam tells most: an article or pronoun ("`inboxThe`") begins a sentence, where a name
//! ("`optionsHollande`") may as well go on. There the word ahead has to be long, or the name to stand elsewhere in the
//! text by itself.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;

use super::abbreviations::is_abbreviation;
use super::openers::is_opener;
use super::quotes::{Quotes, Side};
use super::words::{letters_ahead, letters_behind, looked_at, token_ahead, window_ahead, window_behind};
use crate::block::written_words;

/// Letters of the shortest word that any capital may be glued to: `Advertisement`, but not `Astra` (`AstraZeneca`).
const LONG_WORD: usize = 9;
/// Likewise of a word in small letters, as few names have: `options`, but not `local` (`localStorage`).
const LONG_SMALL_WORD: usize = 6;
/// Letters of the shortest word in small letters that another may be glued to where one of the two stands elsewhere in
/// the text by itself: "`hereHollande`", but not `eBay`.
const SMALL_WORD: usize = 4;
/// Letters of the shortest capitalised word ahead of a full stop that ends a sentence: `Monday.`, but not `St.`
const SENTENCE_NAME: usize = 4;
/// Capitals of the shortest word in capitals that another may be glued to: `TIME`, but not `JP` (`JPMorgan`).
const CAPITALS: usize = 4;
/// Capitals of the shortest word that may open a story: `NEW YORK`, `MOSCOW`, but not `OS` (`macOS`).
const DATELINE: usize = 5;
/// Names of the form of a seam.
const NAMES: &[&str] = &["KnowHow", "PricewaterhouseCoopers", "easyJet", "thyssenKrupp"];
/// What names and libraries end in behind a full stop.
const DOMAINS: &[&str] = &["Com", "Js", "Net", "Org"];

const OTHER: u8 = 0;
const SMALL: u8 = 1;
const CAPITAL: u8 = 2;
const DIGIT: u8 = 4;
const CLOSER: u8 = 8;
const QUOTE: u8 = 16;
const APOSTROPHE: u8 = 32;
/// The first byte of a character beyond ASCII.
const WIDE: u8 = 64;
/// The classes at which a part may begin or a quotation open or close.
const STOPS: u8 = CAPITAL | QUOTE | APOSTROPHE | WIDE;

/// What each byte is.
const CLASSES: [u8; 256] = {
    let mut classes = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' => CAPITAL,
            b'0'..=b'9' => DIGIT,
            b'.' | b'!' | b'?' | b')' | b']' => CLOSER,
            b'"' => QUOTE,
            b'\'' => APOSTROPHE,
            0xc0..=0xff => WIDE,
            _ => OTHER,
        };
        byte += 1;
    }
    classes
};

/// Cuts the lines of one text.
pub(super) struct Glue<'a> {
    text: &'a str,
    /// The words of the text that stand by themselves; gathered where a seam depends on them.
    free: OnceCell<HashSet<&'a str>>,
    /// The words with a capital inside that stand there more than once, likewise.
    names: OnceCell<HashSet<&'a str>>,
}

impl<'a> Glue<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Glue { text, free: OnceCell::new(), names: OnceCell::new() }
    }

    /// Adds the parts of a line to `parts`.
    pub(super) fn cut(&self, line: Range<usize>, parts: &mut Vec<Range<usize>>) {
        let bytes = &self.text.as_bytes()[..line.end];
        let mut quotes = Quotes::default();
        let (mut start, mut at, mut before) = (line.start, line.start, OTHER);
        while at < line.end {
            let plain = bytes[at..].iter().take_while(|byte| CLASSES[usize::from(**byte)] & STOPS == 0).count();
            if plain > 0 {
                at += plain;
                before = CLASSES[usize::from(bytes[at - 1])];
                continue;
            }
            let (class, len) = match CLASSES[usize::from(bytes[at])] {
                CAPITAL => (CAPITAL, 1),
                _ => self.class_at(line.clone(), at, before, &mut quotes),
            };
            let may_begin = class & (CAPITAL | QUOTE) != 0 && before & (SMALL | CAPITAL | DIGIT | CLOSER) != 0;
            // What a quotation opens with stands behind the mark.
            let opening = if class == QUOTE { at + len } else { at };
            if may_begin && self.is_seam(start..at, before, &self.text[opening..line.end]) {
                parts.push(start..at);
                start = at;
            }
            before = if class == QUOTE { OTHER } else { class };
            at += len;
        }
        parts.push(start..line.end);
    }

    /// The class of the character at one of [`STOPS`], and its bytes. A quotation mark that closes is a closing sign,
    /// and so is an apostrophe behind one.
    fn class_at(&self, line: Range<usize>, at: usize, before: u8, quotes: &mut Quotes) -> (u8, usize) {
        let Some(c) = self.text[at..line.end].chars().next() else { return (OTHER, 1) };
        let class = match c {
            '"' | '“' | '”' | '„' | '»' | '«' => {
                let ahead = self.text[line.start..at].chars().next_back();
                let behind = self.text[at + c.len_utf8()..line.end].chars().next();
                if quotes.side(c, ahead, behind) == Side::Opens { QUOTE } else { CLOSER }
            }
            '\'' | '’' => before & CLOSER,
            '…' => CLOSER,
            '¿' | '¡' => QUOTE,
            c if c.is_lowercase() => SMALL,
            c if c.is_uppercase() => CAPITAL,
            _ => OTHER,
        };
        (class, c.len_utf8())
    }

    /// Whether what ends at `ahead` goes no further.
    fn is_seam(&self, ahead: Range<usize>, before: u8, behind: &'a str) -> bool {
        let behind = window_behind(behind, 0);
        let Some(opening) = Opening::of(behind) else { return false };
        let at = ahead.end;
        let ahead = window_ahead(self.text, ahead.start, at);
        let Some((token, signs)) = token_and_signs(ahead).filter(|(token, _)| !is_address(token)) else { return false };
        match before {
            SMALL => self.parts_words(letters_ahead(token), opening) && !self.is_name(at, token, opening),
            CAPITAL => parts_capitals(letters_ahead(token), opening),
            DIGIT => parts_year(token, opening),
            _ => parts_sentences(token, signs, opening) && !is_path(ahead, token, opening, behind),
        }
    }

    /// Whether the word at a seam is a name of the text: glued by chance, it would not stand there again.
    fn is_name(&self, at: usize, token: &str, opening: Opening<'_>) -> bool {
        let Opening::Word(next) = opening else { return false };
        // A quotation mark may stand between the two.
        let is_next = self.text[at..].starts_with(next);
        let word = &self.text[at - letters_ahead(token).len()..at + if is_next { next.len() } else { 0 }];
        is_next && !is_opener(next) && self.names.get_or_init(|| repeated_names(self.text)).contains(word)
    }

    /// Whether a word that ends in a small letter and the capital behind it belong to two words.
    fn parts_words(&self, word: &str, opening: Opening<'_>) -> bool {
        let letters = word.chars().count();
        let is_small = word.starts_with(char::is_lowercase);
        let has_hump = word.chars().skip(1).any(char::is_uppercase);
        match opening {
            // `LinkedIn`, `SteelMen`, `MitarbeiterIn`, `MitarbeiterInnen`.
            Opening::Word("In" | "Men") if !is_small => letters >= LONG_WORD && !word.ends_with("er"),
            Opening::Word("Innen") if !is_small => false,
            Opening::Word(next) if NAMES.iter().any(|name| is_joined(name, word, next)) => false,
            Opening::Word(next) if is_opener(next) => letters >= shortest_ahead_of(next, word),
            Opening::Word(next) => {
                let long = match (is_small, word.starts_with(is_latin)) {
                    (false, _) => LONG_WORD,
                    (true, true) => LONG_SMALL_WORD,
                    (true, false) => SMALL_WORD,
                };
                let is_long = letters >= long && !(is_small && has_inner_capital(next));
                let is_known = || self.stands_free(next) || self.stands_free(word);
                !has_hump && (is_long || (is_small && letters >= SMALL_WORD && is_known()))
            }
            Opening::Capitals(capitals) => {
                let enough = if is_small { SMALL_WORD } else { LONG_WORD };
                !has_hump && capitals >= DATELINE && letters >= enough
            }
        }
    }

    fn stands_free(&self, word: &str) -> bool {
        self.free.get_or_init(|| free_words(self.text)).contains(word)
    }
}

/// Letters of the shortest word like `word` that an opener may be glued to. The shorter the two, the likelier a name:
/// `deLa`, `SnapOn`, `StandBy`.
fn shortest_ahead_of(opener: &str, word: &str) -> usize {
    match (word.starts_with(char::is_lowercase), opener.chars().count()) {
        (true, 3..) => 2,
        // "in ItalyA day later", but not `MegaA`.
        (false, 1) if matches!(opener, "A" | "I") => 5,
        (false, 0..=2) => 7,
        (false, 3) => 4,
        _ => 3,
    }
}

/// The last word of a text and the closing signs behind it. `None` where a full stop stands by itself (" .NET").
fn token_and_signs(ahead: &str) -> Option<(&str, &str)> {
    let mut words = ahead.trim_end_matches(is_closing);
    if words.ends_with(char::is_whitespace) {
        if ahead[words.len()..].starts_with('.') {
            return None;
        }
        // French sets a space ahead of closing signs.
        words = words.trim_end().trim_end_matches(is_closing);
    }
    Some((token_ahead(words), &ahead[words.len()..]))
}

/// How a part begins that may be the first of a sentence.
#[derive(Debug, Clone, Copy)]
enum Opening<'a> {
    /// With a capitalised word.
    Word(&'a str),
    /// With so many capitals.
    Capitals(usize),
}

impl<'a> Opening<'a> {
    fn of(behind: &'a str) -> Option<Self> {
        let word = letters_behind(behind);
        let capitals = word.chars().take_while(|c| c.is_uppercase()).count();
        match capitals {
            0 => None,
            1 if word.chars().nth(1).is_some_and(char::is_lowercase) => Some(Opening::Word(word)),
            1 => (is_opener(word) && behind[word.len()..].starts_with([' ', '’', '\''])).then_some(Opening::Word(word)),
            _ => Some(Opening::Capitals(capitals)),
        }
    }
}

/// Whether a word in capitals and the word behind it, the first letter of which is a capital too, are two.
fn parts_capitals(word: &str, opening: Opening<'_>) -> bool {
    let capitals = word.chars().count();
    match opening {
        // "UNESCOs", "NGOer": an ending.
        Opening::Word(next) => {
            let is_word = next.chars().count() > 2 && (is_opener(next) || capitals > CAPITALS);
            is_word && capitals >= CAPITALS && word.chars().all(char::is_uppercase)
        }
        Opening::Capitals(_) => false,
    }
}

/// Whether digits are a year and what is behind them a word: "since 2019The", but not "7Eleven".
fn parts_year(token: &str, opening: Opening<'_>) -> bool {
    let digits = &token[token.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
    let is_alone = !token[..token.len() - digits.len()].ends_with(|c: char| c.is_alphanumeric() || c == '.');
    let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    is_alone && is_year && matches!(opening, Opening::Word(_))
}

/// Whether the closing signs behind a token end a sentence or quotation, and belong to no initial, title, number or
/// file name.
fn parts_sentences(token: &str, signs: &str, opening: Opening<'_>) -> bool {
    let word = &token[token.trim_end_matches(char::is_alphanumeric).len()..];
    let letters = word.chars().count();
    let is_domain = matches!(opening, Opening::Word(next) if DOMAINS.contains(&next));
    match signs.chars().find(|c| is_stop(*c)) {
        Some('.') => {
            let is_name = word.starts_with(char::is_uppercase);
            let is_word = word.chars().all(char::is_alphabetic) && !is_abbreviation(word);
            let is_long = letters >= if is_name { SENTENCE_NAME } else { 2 };
            // "in 2031.The", but not "3.Liga".
            let is_number = letters > 2 && word.bytes().all(|b| b.is_ascii_digit());
            (is_number || (is_word && is_long)) && !is_domain
        }
        Some(_) => letters > 0,
        None => letters > 1,
    }
}

/// Whether a full stop stands within a path of names, as code has them: `builder.Services.Add(`, `log.Level = 3`. A
/// sentence has more than a word, and an opener begins the next.
fn is_path(ahead: &str, token: &str, opening: Opening<'_>, behind: &str) -> bool {
    let Opening::Word(next) = opening else { return false };
    let goes_on = || {
        let mut rest = behind[next.len()..].chars();
        match rest.next() {
            Some('(' | '[' | '<' | '_' | ';') => true,
            Some('.') => rest.next().is_some_and(char::is_alphabetic),
            _ => false,
        }
    };
    !is_opener(next) && (!ahead.contains(char::is_whitespace) || token.contains('.') || goes_on())
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

fn is_closing(c: char) -> bool {
    is_stop(c) || matches!(c, '"' | '“' | '”' | '»' | '«' | '’' | '\'' | ')' | ']')
}

/// Whether a token is an address, a path, a tag or code, in which a capital may stand anywhere.
fn is_address(token: &str) -> bool {
    token.contains(['@', '/', '_', '#', '~', '=', '{', '<', '>', '\\'])
        || token.starts_with("www")
        || token.starts_with("http")
}

/// Whether a letter is of the script that identifiers and brands of mixed case are written in.
fn is_latin(c: char) -> bool {
    matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

fn is_joined(name: &str, word: &str, next: &str) -> bool {
    name.strip_prefix(word) == Some(next)
}

fn has_inner_capital(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
}

/// The words of a text that nothing is glued to and that are long enough to be of use.
fn free_words(text: &str) -> HashSet<&str> {
    written_words(looked_at(text)).filter(|word| word.len() >= SMALL_WORD).collect()
}

/// The words with a capital behind a small letter that a text has more than once.
fn repeated_names(text: &str) -> HashSet<&str> {
    let has_hump = |word: &&str| {
        let mut small = false;
        word.chars().any(|c| std::mem::replace(&mut small, c.is_lowercase()) && c.is_uppercase())
    };
    let (mut once, mut names) = (HashSet::new(), HashSet::new());
    for word in written_words(looked_at(text)).filter(has_hump) {
        if !once.insert(word) {
            names.insert(word);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> Vec<&str> {
        let mut ranges = Vec::new();
        Glue::of(line).cut(0..line.len(), &mut ranges);
        ranges.into_iter().map(|range| &line[range]).collect()
    }

    /// Each line is glued at its bars and nowhere else.
    fn assert_seams(lines: &[&str]) {
        for line in lines {
            let expected: Vec<&str> = line.split('|').collect();
            assert_eq!(parts(&line.replace('|', "")), expected);
        }
    }

    #[test]
    fn words_are_parted() {
        assert_seams(&[
            "in your inbox|The mayor",
            "Sign up to our newsletter|Published on Monday",
            "Advertisement|The mayor",
            "Advertisement|Hollande said",
            "Share|The mayor",
            "Sign up here|A day later",
            "Advertisement|In a statement",
            "Jetzt anmelden|Über die Brücke",
            "Anzeige|Die Brücke",
            "Jetzt zum Newsletter anmelden|MOSKAU – Der Rat",
            "Подписывайтесь на нашу рассылку|Мэр города",
            "Читайте также|Он сказал",
            "Bültenimize üye olun|Bu karar",
            "İstanbul güzel. Haber bültenine abone olun|İstanbul'da",
            "Inscrivez-vous ici|À Lyon",
            "Zapisz się|Według władz",
        ]);
    }

    #[test]
    fn a_name_of_the_text_is_parted_from_a_shorter_word() {
        assert_seams(&[
            "Hollande arrived. Explore all your options|Hollande said",
            "Hollande arrived. Sign up here|Hollande said",
        ]);
        assert_eq!(parts("the useState hook"), ["the useState hook"]);
    }

    #[test]
    fn sentences_and_quotations_are_parted() {
        assert_seams(&[
            "in your inbox.|The mayor",
            "the mayor said.|Advertisement|The council",
            "in your inbox!|NEW YORK (AP)",
            "he said.”|A day later",
            "\"We left,\" he said.|\"Then we came back.\"",
            "\"We left.\"|Then they came back.",
            "Advertisement|“We left,” he said.",
            "Sign up here|\"We left,\" he said.",
            "‘We left.’|Then they came",
            "„Wir gingen.“|Dann kamen sie",
            "»Wir gingen.«|Dann kamen sie",
            "« Nous partons. »|Puis ils vinrent",
            "Suscríbete|¿Quién lo dijo?",
            "(2023)|The council",
            "I was 40 of them…|And then",
            "RELATED: Rain ahead in Italy|A day later",
            "since 2019|The council",
        ]);
    }

    #[test]
    fn names_of_code_are_whole() {
        assert_seams(&[
            "builder.Services.Add(harbour)",
            "options.Level = LogLevel.Debug;",
            "harbour.Tides = 3",
            "see MyApi.HarbourLogs[0], System.Net.Http.HarbourClient and Harbour.Extensions.Logging",
            "the tideHandler asks the tideHandler",
            "the tide came.|Hollande left",
            "the tide came.|The harbour (closed)",
            "glued.|The harbour",
        ]);
    }

    #[test]
    fn capitals_are_parted_from_a_word() {
        assert_seams(&["More From TIME|For some families", "in collaboration with VALENTINO|Shopping for goods"]);
    }

    #[test]
    fn names_numbers_and_addresses_are_whole() {
        assert_seams(&[
            "McCain and MacArthur drove a DeLorean to LaGuardia with VanDerMeer and LeBron",
            "an iPhone, YouTube, PayPal, eBay, TikTok, O'Neill and O’Neill of USA Today",
            "AstraZeneca, BioNTech, JPMorgan, BlackRock, McDonald's, WhatsApp and JavaScript",
            "LinkedIn is not AliExpress, SoundCloud, GlaxoSmithKline or PricewaterhouseCoopers",
            "the U.S.-led force, J.K.Rowling, St.Gallen, 3.Liga, 7Eleven and a Ph.D. at IJmuiden",
            "Prof.Müller, Capt.Smith and Dr.Jones",
            "see www.Example.com, parts_v2.Beta.csv, https://t.co/aBcDeF or desk@News.example",
            "BahnCard und GmbH, 80 km/h, pH 7, der BMWs wegen, UNESCOs NGOer",
            "Mitarbeiterinnen, MitarbeiterInnen und Schüler*innen",
            "getElementById, setTimeout, innerHTML, parseJSON and macOS",
            "dell’Unione, all'Italia, l’Équipe, d’Artagnan",
            "#JeSuisCharlie, #BlackLivesMatter, @TheRealMayor",
            "a \"Word\" and “Another” and „Ein“ und »Wort« et «Mot»",
            "Donaudampfschifffahrtsgesellschaft, ReVive eX, SpaceX, iPad-sized",
        ]);
    }
}
