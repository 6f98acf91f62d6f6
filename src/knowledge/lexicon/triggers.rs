//! A quick look at a text, ahead of the search for phrases: most texts have no word that a phrase needs.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::normal::is_hangul;
use crate::block::is_unspaced;

/// Bits of the table.
const BITS: usize = 1 << 16;

/// For each phrase its longest word, by which it is looked for.
#[derive(Debug)]
pub(super) struct Triggers {
    /// The words as bits. Two words may share a bit: then the map is asked in vain.
    table: Box<[u64]>,
    phrases: FxHashMap<u64, Vec<usize>>,
}

/// The phrases that a text may say.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Candidates {
    /// These, by number, each once.
    Some(Vec<usize>),
    /// Any: its script does not set words apart.
    Any,
}

impl Default for Triggers {
    fn default() -> Self {
        Triggers { table: vec![0; BITS / 64].into(), phrases: FxHashMap::default() }
    }
}

impl Triggers {
    /// The triggers of phrases, by the number and the first part of each.
    pub(super) fn of<'a>(phrases: impl Iterator<Item = (usize, &'a str)>) -> Self {
        let mut triggers = Triggers::default();
        for (number, part) in phrases {
            // A capital I with a dot is two characters in small letters: an i, and a dot that is no letter.
            let words = part.split(|c: char| !c.is_alphanumeric() && c != '\u{307}');
            if let Some(longest) = words.max_by_key(|word| word.len()) {
                let mut hasher = FxHasher::default();
                longest.chars().for_each(|c| hasher.write_u32(u32::from(c)));
                let hash = hasher.finish();
                let bit = bit(hash);
                triggers.table[bit / 64] |= 1 << (bit % 64);
                triggers.phrases.entry(hash).or_default().push(number);
            }
        }
        triggers
    }

    /// The phrases whose longest word a text has.
    pub(super) fn candidates(&self, text: &str) -> Candidates {
        let mut found = Vec::new();
        let mut word = FxHasher::default();
        let mut in_word = false;
        for c in text.chars() {
            if c.is_ascii_alphanumeric() {
                word.write_u32(u32::from(c.to_ascii_lowercase()));
                in_word = true;
            } else if !c.is_ascii() && c.is_alphanumeric() {
                if is_unspaced(c) || is_hangul(c) {
                    return Candidates::Any;
                }
                c.to_lowercase().for_each(|lower| word.write_u32(u32::from(lower)));
                in_word = true;
            } else if in_word {
                self.add(std::mem::take(&mut word).finish(), &mut found);
                in_word = false;
            }
        }
        if in_word {
            self.add(word.finish(), &mut found);
        }
        Candidates::Some(found)
    }

    fn add(&self, word: u64, found: &mut Vec<usize>) {
        let bit = bit(word);
        if self.table[bit / 64] & (1 << (bit % 64)) == 0 {
            return;
        }
        for number in self.phrases.get(&word).into_iter().flatten() {
            if !found.contains(number) {
                found.push(*number);
            }
        }
    }
}

fn bit(hash: u64) -> usize {
    (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_may_say_the_phrases_whose_longest_word_it_has() {
        let triggers = Triggers::of(["sign up for our", "newsletter", "mehr zum thema"].into_iter().enumerate());
        assert_eq!(triggers.candidates("SIGN UP: a Newsletter for newsletter fans"), Candidates::Some(vec![0, 1]));
        assert_eq!(triggers.candidates("Mehr zum Thema:"), Candidates::Some(vec![2]));
        assert_eq!(triggers.candidates("The ferry hit the pier."), Candidates::Some(vec![]));
        assert_eq!(triggers.candidates("関連記事"), Candidates::Any);
    }
}
