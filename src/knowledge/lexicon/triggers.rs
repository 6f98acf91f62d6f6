//! A quick look at the words of a text, ahead of the search for phrases: most texts have no word that a phrase needs.

use std::ops::Range;

use smallvec::SmallVec;

use crate::block::Scan;

/// Bits of the table.
const BITS: usize = 1 << 16;
/// Words are sorted into so many groups by their upper bits.
const GROUPS: usize = 1 << 13;

/// The numbers of phrases that a text may say: few, if any.
pub(super) type Candidates = SmallVec<[usize; 8]>;

/// For each phrase its longest word, by which it is looked for.
#[derive(Debug, Default)]
pub(super) struct Triggers {
    /// The words as bits. Two words may share a bit: then their group is searched in vain.
    table: Box<[u64]>,
    /// Where the triggers of each group end.
    ends: Box<[u16]>,
    /// Of each trigger what most are looked at for alone.
    keys: Box<[Key]>,
    /// By their longest words; those that share one by their numbers.
    phrases: &'static [Trigger],
    /// The hashes of the words of all, in the order of `phrases`.
    all_words: &'static [u64],
}

/// What a text has that says a phrase: the phrase's longest word, and beside that one the next word of the phrase, or the
/// one ahead of it; of a phrase of one word that one.
#[derive(Debug)]
struct Key {
    longest: u64,
    beside: u64,
}

/// A phrase by its words.
#[derive(Debug)]
pub(super) struct Trigger {
    pub(super) number: u16,
    /// Where the words of its first part begin among those of all, how many they are, and which is the longest.
    pub(super) first: u32,
    pub(super) count: u8,
    pub(super) longest: u8,
}

impl Triggers {
    /// Prepares triggers that are sorted by the hashes of their longest words; `all_words` are those of all.
    pub(super) fn of(triggers: &'static [Trigger], all_words: &'static [u64]) -> Self {
        let keys: Box<[Key]> = triggers.iter().map(|trigger| trigger.key(all_words)).collect();
        let mut table = vec![0; BITS / 64];
        let mut ends = vec![0_u16; GROUPS];
        for key in &keys {
            let bit = bit(key.longest);
            table[bit / 64] |= 1 << (bit % 64);
            ends[group(key.longest)] += 1;
        }
        let mut end = 0;
        for group in &mut ends {
            end += *group;
            *group = end;
        }
        Triggers { table: table.into(), ends: ends.into(), keys, phrases: triggers, all_words }
    }

    /// The phrases whose words stand in a text in a row, each once; where words may be joined to others, those whose
    /// longest word does.
    pub(super) fn candidates(&self, scan: &Scan) -> Candidates {
        let mut found = Candidates::new();
        for (at, word) in scan.hashes.iter().enumerate() {
            let bit = bit(*word);
            if self.table.get(bit / 64).is_none_or(|bits| bits & (1 << (bit % 64)) == 0) {
                continue;
            }
            let ahead = at.checked_sub(1).and_then(|ahead| scan.hashes.get(ahead)).unwrap_or(word);
            let behind = scan.hashes.get(at + 1).unwrap_or(word);
            let is_said =
                |key: &Key| key.longest == *word && (scan.joined || [behind, ahead, word].contains(&&key.beside));
            for index in self.group(*word).filter(|index| is_said(&self.keys[*index])) {
                let trigger = &self.phrases[index];
                let may_stand = scan.joined || trigger.stands_at(at, &scan.hashes, self.all_words);
                let number = usize::from(trigger.number);
                if may_stand && !found.contains(&number) {
                    found.push(number);
                }
            }
        }
        found
    }

    /// The triggers among which those of a word are.
    fn group(&self, word: u64) -> Range<usize> {
        let group = group(word);
        let start = if group == 0 { 0 } else { self.ends[group - 1] };
        usize::from(start)..usize::from(self.ends[group])
    }
}

impl Trigger {
    /// The hashes of its words, of which `all` are those of all phrases.
    fn words<'w>(&self, all: &'w [u64]) -> &'w [u64] {
        &all[self.first as usize..][..usize::from(self.count)]
    }

    fn key(&self, all: &[u64]) -> Key {
        let (words, at) = (self.words(all), usize::from(self.longest));
        let longest = words[at];
        let ahead = || at.checked_sub(1).and_then(|ahead| words.get(ahead));
        Key { longest, beside: words.get(at + 1).or_else(ahead).copied().unwrap_or(longest) }
    }

    /// Whether the words stand among those of a text with the longest one `at` that place.
    fn stands_at(&self, at: usize, words: &[u64], all: &[u64]) -> bool {
        at.checked_sub(usize::from(self.longest)).is_some_and(|first| words[first..].starts_with(self.words(all)))
    }
}

fn bit(hash: u64) -> usize {
    (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize
}

fn group(hash: u64) -> usize {
    (hash >> (64 - GROUPS.trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use super::super::tables::{INSERTS, INSERTS_WORDS, PHRASES};
    use super::*;

    #[test]
    fn a_text_may_say_the_phrases_whose_words_it_has_in_a_row() {
        let triggers = Triggers::of(INSERTS, INSERTS_WORDS);
        let may_say = |text: &str, phrase: &str| {
            let candidates = triggers.candidates(&Scan::of(text));
            candidates.iter().filter(|number| PHRASES[**number].text.as_str() == phrase).count()
        };
        let newsletter = "sign up for our newsletter";
        assert_eq!(may_say("A Newsletter: SIGN UP for our newsletter. Sign up for our newsletter!", newsletter), 1);
        assert_eq!(may_say("SIGN UP for: our Newsletter", newsletter), 1);
        assert_eq!(may_say("SIGN UP: our newsletter", newsletter), 0);
        assert_eq!(may_say("newsletter", newsletter), 0);
        assert!(triggers.candidates(&Scan::of("The ferry hit the pier.")).is_empty());
        assert!(Triggers::default().candidates(&Scan::of(newsletter)).is_empty());
    }
}
