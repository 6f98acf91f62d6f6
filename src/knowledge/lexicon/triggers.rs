//! A quick look at the words of a text, ahead of the search for phrases: most texts have no word that a phrase needs.

use rustc_hash::FxHashMap;

use crate::block::{Scan, word_hash};

/// Bits of the table.
const BITS: usize = 1 << 16;

/// For each phrase its longest word, by which it is looked for.
#[derive(Debug)]
pub(super) struct Triggers {
    /// The words as bits. Two words may share a bit: then the map is asked in vain.
    table: Box<[u64]>,
    phrases: FxHashMap<u64, Vec<Trigger>>,
}

/// A phrase by its words.
#[derive(Debug)]
struct Trigger {
    number: usize,
    /// The hashes of the words of its first part.
    words: Box<[u64]>,
    /// Which of them is the longest.
    longest: usize,
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
            let words = part.split(|c: char| !c.is_alphanumeric() && c != '\u{307}').filter(|word| !word.is_empty());
            let words: Vec<&str> = words.collect();
            if let Some(longest) = (0..words.len()).max_by_key(|word| words[*word].len()) {
                let hash = word_hash(words[longest]);
                let bit = bit(hash);
                triggers.table[bit / 64] |= 1 << (bit % 64);
                let words = words.into_iter().map(word_hash).collect();
                triggers.phrases.entry(hash).or_default().push(Trigger { number, words, longest });
            }
        }
        triggers
    }

    /// The phrases whose words stand in a text in a row, each once; where words may be joined to others, those whose
    /// longest word does.
    pub(super) fn candidates(&self, scan: &Scan) -> Vec<usize> {
        let mut found = Vec::new();
        for (at, word) in scan.hashes.iter().enumerate() {
            let bit = bit(*word);
            if self.table[bit / 64] & (1 << (bit % 64)) == 0 {
                continue;
            }
            for trigger in self.phrases.get(word).into_iter().flatten() {
                let may_stand = scan.joined || trigger.stands_at(at, &scan.hashes);
                if may_stand && !found.contains(&trigger.number) {
                    found.push(trigger.number);
                }
            }
        }
        found
    }
}

impl Trigger {
    /// Whether the words stand among those of a text with the longest one `at` that place.
    fn stands_at(&self, at: usize, words: &[u64]) -> bool {
        at.checked_sub(self.longest).is_some_and(|first| words[first..].starts_with(&self.words))
    }
}

fn bit(hash: u64) -> usize {
    (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_may_say_the_phrases_whose_words_it_has_in_a_row() {
        let triggers = Triggers::of(["sign up for our", "newsletter", "mehr zum thema"].into_iter().enumerate());
        let candidates = |text: &str| triggers.candidates(&Scan::of(text));
        assert_eq!(candidates("SIGN UP: a Newsletter for newsletter fans"), [1]);
        assert_eq!(candidates("A newsletter: sign up for our newsletter"), [1, 0]);
        assert_eq!(candidates("Mehr zum Thema:"), [2]);
        assert!(candidates("The ferry hit the pier.").is_empty());
    }
}
