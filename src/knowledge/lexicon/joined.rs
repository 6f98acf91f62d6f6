//! The search for phrases of scripts that do not set words apart.

use std::sync::OnceLock;

/// Bits of the set of first letters.
const BITS: usize = 1 << 12;

/// Finds phrases by how they begin.
#[derive(Debug, Default)]
pub(super) struct JoinedFinder {
    /// Each first part, and the numbers of the phrases that begin with it; sorted.
    starts: &'static [(&'static str, &'static [u16])],
    /// The letters that the parts begin with, as bits. Two letters may share a bit: then they are looked for in vain. Made
    /// when a text is to be searched: most pages have none.
    letters: OnceLock<Box<[u64]>>,
}

/// A first part that stands in a text.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    end: usize,
    start: usize,
    /// Its place among the parts.
    part: usize,
}

impl JoinedFinder {
    pub(super) fn of(starts: &'static [(&'static str, &'static [u16])]) -> Self {
        JoinedFinder { starts, letters: OnceLock::new() }
    }

    /// The phrases that may stand in a text, by where their first parts end: the number of each, and where it begins.
    pub(super) fn candidates(&self, text: &str) -> impl Iterator<Item = (usize, usize)> + use<> {
        let letters = self.letters.get_or_init(|| self.first_letters());
        let mut hits = Vec::new();
        for (start, letter) in text.char_indices() {
            let bit = bit(letter);
            if letters[bit / 64] & (1 << (bit % 64)) != 0 {
                self.hits_at(text, start, letter, &mut hits);
            }
        }
        hits.sort_unstable();
        let starts = self.starts;
        hits.into_iter()
            .flat_map(move |hit| starts[hit.part].1.iter().map(move |number| (usize::from(*number), hit.start)))
    }

    /// Adds the parts that stand at `start`, where a text has `letter`.
    fn hits_at(&self, text: &str, start: usize, letter: char, hits: &mut Vec<Hit>) {
        let rest = &text[start..];
        let first = self.starts.partition_point(|(part, _)| part.chars().next() < Some(letter));
        let alike = self.starts[first..].iter().take_while(|(part, _)| part.starts_with(letter));
        for (part, (words, _)) in (first..).zip(alike) {
            if rest.starts_with(words) {
                hits.push(Hit { end: start + words.len(), start, part });
            }
        }
    }

    fn first_letters(&self) -> Box<[u64]> {
        let mut letters = vec![0; BITS / 64];
        for letter in self.starts.iter().filter_map(|(part, _)| part.chars().next()) {
            let bit = bit(letter);
            letters[bit / 64] |= 1 << (bit % 64);
        }
        letters.into()
    }
}

fn bit(letter: char) -> usize {
    // The multiplier of Fibonacci hashing, 2^32 / φ; the upper bits count.
    (u32::from(letter).wrapping_mul(0x9e37_79b9) >> (32 - BITS.trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use super::super::tables::JOINED;
    use super::*;

    #[test]
    fn first_parts_are_sorted() {
        assert!(JOINED.is_sorted_by_key(|(part, _)| part));
    }

    #[test]
    fn parts_are_found_wherever_they_stand() {
        const STARTS: &[(&str, &[u16])] = &[("会", &[1, 2]), ("会員登録", &[3]), ("無料", &[5]), ("登録", &[4])];
        let finder = JoinedFinder::of(STARTS);
        let found = |text: &str| finder.candidates(text).collect::<Vec<_>>();
        assert_eq!(found("無料会員登録"), [(5, 0), (1, 6), (2, 6), (3, 6), (4, 12)]);
        assert_eq!(found("x会"), [(1, 1), (2, 1)]);
        assert!(found("無 料, no word of it").is_empty());
        assert!(JoinedFinder::default().candidates("会").next().is_none());
    }
}
