//! Looks in short texts for any of some words, all at once.

use super::beginnings::Beginnings;

/// Words in small letters, of two bytes or more.
pub(super) struct WordSearch {
    words: &'static [&'static str],
    beginnings: Beginnings,
}

impl WordSearch {
    /// A search for these words.
    pub(super) const fn of(words: &'static [&'static str]) -> Self {
        WordSearch { words, beginnings: Beginnings::none().with_all(words) }
    }

    /// Whether any of them stands anywhere in a text, in letters of any case.
    pub(super) fn finds_any(&self, text: &str) -> bool {
        // The case of ASCII makes no difference below.
        if text.is_ascii() { self.finds_in(text.as_bytes()) } else { self.finds_in(text.to_lowercase().as_bytes()) }
    }

    fn finds_in(&self, text: &[u8]) -> bool {
        let begins = |word: &&str, rest: &[u8]| {
            rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
        };
        text.windows(2).enumerate().any(|(at, two)| {
            // Most places end here.
            self.beginnings.has(two[0], two[1]) && self.words.iter().any(|word| begins(word, &text[at..]))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::WordSearch;

    #[test]
    fn words_are_found_anywhere_and_in_any_case() {
        static WORDS: WordSearch = WordSearch::of(&["updat", "mis à jour", "обновлено", "更新"]);
        for text in ["Last UPDATED today", "updat", "Article mis à jour le 3 mai", "ОБНОВЛЕНО: 3 мая", "本文更新"]
        {
            assert!(WORDS.finds_any(text), "{text}");
        }
        for text in ["", "u", "upda", "Mis a jour", "update".get(1..).unwrap_or_default(), "更", "新更"] {
            assert!(!WORDS.finds_any(text), "{text}");
        }
    }
}
