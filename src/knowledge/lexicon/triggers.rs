//! A quick look at the words of a text, ahead of the search for phrases: most texts have no word that a phrase needs.

use rustc_hash::FxHashMap;

use crate::block::word_hash;

/// Bits of the table.
const BITS: usize = 1 << 16;

/// For each phrase its longest word, by which it is looked for.
#[derive(Debug)]
pub(super) struct Triggers {
    /// The words as bits. Two words may share a bit: then the map is asked in vain.
    table: Box<[u64]>,
    phrases: FxHashMap<u64, Vec<usize>>,
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
                let hash = word_hash(longest);
                let bit = bit(hash);
                triggers.table[bit / 64] |= 1 << (bit % 64);
                triggers.phrases.entry(hash).or_default().push(number);
            }
        }
        triggers
    }

    /// The phrases whose longest word is among `words`, each once.
    pub(super) fn candidates(&self, words: &[u64]) -> Vec<usize> {
        let mut found = Vec::new();
        for word in words {
            let bit = bit(*word);
            if self.table[bit / 64] & (1 << (bit % 64)) == 0 {
                continue;
            }
            for number in self.phrases.get(word).into_iter().flatten() {
                if !found.contains(number) {
                    found.push(*number);
                }
            }
        }
        found
    }
}

fn bit(hash: u64) -> usize {
    (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::word_hashes;

    #[test]
    fn a_text_may_say_the_phrases_whose_longest_word_it_has() {
        let triggers = Triggers::of(["sign up for our", "newsletter", "mehr zum thema"].into_iter().enumerate());
        let candidates = |text: &str| triggers.candidates(&word_hashes(text));
        assert_eq!(candidates("SIGN UP: a Newsletter for newsletter fans"), [0, 1]);
        assert_eq!(candidates("Mehr zum Thema:"), [2]);
        assert!(candidates("The ferry hit the pier.").is_empty());
    }
}
