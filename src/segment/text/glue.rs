//! Where two parts of a line may be glued: a small letter or a closing sign, and a capital right behind it, but not
//! within names (`McCain`, `YouTube`, `U.S.-led`) and addresses.

use std::ops::Range;

/// Letters of the shortest capitalised word that something may be glued to: `AdvertisementThe`, but not `YouTube`,
/// `AstraZeneca`, `BlackRock`.
const LONG_WORD: usize = 9;
/// Letters of the shortest word ahead of a full stop that ends a sentence: `inbox.The`, but not `St.Gallen`.
const SENTENCE_WORD: usize = 3;
/// Bytes ahead of a cut that are looked at.
const REACH: usize = 64;

/// Adds the parts of a line to `parts`.
pub(super) fn cut(text: &str, line: Range<usize>, parts: &mut Vec<Range<usize>>) {
    let mut start = line.start;
    let mut before = '\n';
    for (offset, c) in text[line.clone()].char_indices() {
        let at = line.start + offset;
        if c.is_uppercase() && may_end_here(before) && is_glued(&text[start..at], before, &text[at..line.end]) {
            parts.push(start..at);
            start = at;
        }
        before = c;
    }
    parts.push(start..line.end);
}

fn may_end_here(c: char) -> bool {
    c.is_lowercase() || matches!(c, '.' | '!' | '?' | '”' | '"' | '»' | '’' | ')')
}

/// Whether `behind`, which begins with a capital, is no part of the word that ends `ahead`.
fn is_glued(ahead: &str, last: char, behind: &str) -> bool {
    begins_sentence(behind) && {
        let token = last_token(ahead);
        let is_address = token.contains(['@', '/', '_']) || token.starts_with("www") || token.starts_with("http");
        let closed = token.trim_end_matches(['.', '!', '?', '”', '"', '»', '’', ')']);
        !is_address && if last.is_lowercase() { ends_insert(token) } else { ends_sentence(closed) }
    }
}

/// Whether a part begins as a sentence does: a capital and a small letter behind it, or a word of one letter.
fn begins_sentence(part: &str) -> bool {
    let mut chars = part.chars();
    let (first, second) = (chars.next(), chars.next());
    match second {
        Some(c) if c.is_lowercase() => true,
        Some(' ') => matches!(first, Some('A' | 'I' | 'À' | 'O' | 'E' | 'Y' | 'Í')),
        _ => false,
    }
}

/// The end of a text behind the last white space, [`REACH`] bytes at the most.
fn last_token(text: &str) -> &str {
    let from = (text.len().saturating_sub(REACH)..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let end = &text[from..];
    end.rsplit(char::is_whitespace).next().unwrap_or(end)
}

/// Whether a word that a capital follows may be the last of an insert: in small letters, or long.
fn ends_insert(token: &str) -> bool {
    let word = token.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or(token);
    let letters = word.chars().count();
    let is_capitalised = word.chars().next().is_some_and(char::is_uppercase);
    let has_inner_capital = word.chars().skip(1).any(char::is_uppercase);
    !has_inner_capital && letters >= if is_capitalised { LONG_WORD } else { 2 }
}

/// Whether a word ahead of a closing sign may be the last of a sentence, and is no initial, title or file name.
fn ends_sentence(token: &str) -> bool {
    let word = token.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or(token);
    let is_capitalised = word.chars().next().is_some_and(char::is_uppercase);
    let letters = word.chars().count();
    word.chars().all(char::is_alphabetic) && letters >= if is_capitalised { SENTENCE_WORD + 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> Vec<&str> {
        let mut ranges = Vec::new();
        cut(line, 0..line.len(), &mut ranges);
        ranges.into_iter().map(|range| &line[range]).collect()
    }

    #[test]
    fn an_insert_is_cut_from_the_sentence_behind_it() {
        assert_eq!(parts("Explore all your optionsHollande said"), ["Explore all your options", "Hollande said"]);
        assert_eq!(parts("in your inbox.The mayor"), ["in your inbox.", "The mayor"]);
        assert_eq!(parts("Sign up to our newsletterPublished"), ["Sign up to our newsletter", "Published"]);
        assert_eq!(parts("AdvertisementThe mayor"), ["Advertisement", "The mayor"]);
        assert_eq!(parts("he said.”A day later"), ["he said.”", "A day later"]);
        assert_eq!(parts("Jetzt anmeldenÜber die Brücke"), ["Jetzt anmelden", "Über die Brücke"]);
    }

    #[test]
    fn names_and_addresses_are_whole() {
        for line in [
            "McCain and MacArthur drove a DeLorean to LaGuardia",
            "an iPhone, YouTube, PayPal, eBay, TikTok and O'Neill of USA Today",
            "AstraZeneca, BioNTech, JPMorgan, LeBron, BlackRock and McDonald's",
            "the U.S.-led force, J.K.Rowling, St.Gallen, 3.Liga and a Ph.D. at IJmuiden",
            "see www.Example.com, parts_v2.Beta.csv or desk@News.example",
            "BahnCard und GmbH, 80 km/h, pH 7",
        ] {
            assert_eq!(parts(line), [line]);
        }
    }
}
