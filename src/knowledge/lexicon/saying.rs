//! Words that tell who says something: a story may quote a phrase without quotation marks.

use crate::block::written_words;

/// Words behind a comma among which one of these stands: "…, The Sunday Herald promises".
const WORDS: usize = 4;
/// Where a sentence goes on to tell who says its first part.
const PAUSES: [char; 5] = [',', '，', '、', '」', '،'];
/// Where it does so in small letters; else another sentence begins.
const STOPS: [char; 5] = ['!', '?', '！', '？', '؟'];
/// Where it may do so in more words.
const COLONS: [char; 2] = [':', '：'];

/// The words of all languages.
#[derive(Debug, Default)]
pub(super) struct Saying {
    /// Lower-case, sorted, of scripts that set words apart.
    words: &'static [&'static str],
    /// Parts of the others.
    parts: &'static [&'static str],
}

/// Which parts of a sentence may tell who says the one ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Telling {
    /// A short one behind a comma: "Subscribe to our newsletter, asks a loudspeaker".
    BehindPause,
    /// Or whatever stands behind a colon: "Subscribe to our newsletter: four words that every paper says".
    BehindColon,
}

impl Saying {
    pub(super) fn of(words: &'static [&'static str], parts: &'static [&'static str]) -> Self {
        Saying { words, parts }
    }

    /// Whether a sentence ends by telling who says what it begins with.
    pub(super) fn is_told(&self, text: &str, telling: Telling) -> bool {
        let Some(sentence) = text.strip_suffix(['.', '。', '।', '۔']) else { return false };
        let behind_pause = |rest: &str| self.says(rest, WORDS);
        let behind_colon = |rest: &str| self.says(rest, usize::MAX);
        let is_new_sentence = |rest: &str| rest.trim_start().starts_with(char::is_uppercase);
        rests(sentence, &PAUSES).any(behind_pause)
            || rests(sentence, &STOPS).any(|rest| !is_new_sentence(rest) && behind_pause(rest))
            || telling == Telling::BehindColon && rests(sentence, &COLONS).any(behind_colon)
    }

    /// Whether one of the words is among the first so many of a text.
    fn says(&self, text: &str, first: usize) -> bool {
        let is_word = |word: &str| self.words.binary_search(&word.to_lowercase().as_str()).is_ok();
        let mut words = written_words(text);
        words.by_ref().take(first).any(is_word) || self.parts.iter().any(|part| text.contains(part))
    }
}

/// What stands behind each of the signs.
fn rests<'t>(text: &'t str, signs: &'t [char]) -> impl Iterator<Item = &'t str> {
    text.match_indices(signs).map(|(at, sign)| &text[at + sign.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;

    fn is_told(text: &str, telling: Telling) -> bool {
        Knowledge::builtin().lexicon.is_told(text, telling)
    }

    #[test]
    fn a_sentence_may_tell_who_says_its_beginning() {
        for text in [
            "Subscribe to our newsletter, asks a loudspeaker at the pier every hour.",
            "Share this article, they plead, and a few people do.",
            "You can unsubscribe at any time, The Sunday Kelp promises, but nobody has.",
            "Jetzt abonnieren, steht auch auf dem Karton.",
            "Hemen abone ol, diye bağırıyor çocuklar.",
            "Читайте также стихи, советует она взрослым.",
            "订阅我们的电子报，码头的广播写着这句话。",
            "ニュースレターに登録、と看板は呼びかける。",
        ] {
            assert!(is_told(text, Telling::BehindPause), "{text}");
        }
    }

    #[test]
    fn what_a_box_says_is_told_by_no_one() {
        for text in [
            "Subscribe to our newsletter, and get the best stories every morning.",
            "Sign up now! Calls are free.",
            "Subscribe to our newsletter, asks a loudspeaker",
            "Subscribe to our newsletter: four words that every paper says.",
            "订阅我们的电子报，获取最新消息。",
        ] {
            assert!(!is_told(text, Telling::BehindPause), "{text}");
        }
        assert!(is_told("Subscribe to our newsletter: four words that every paper says.", Telling::BehindColon));
    }
}
