//! Sentences of a story that hold what is an insert's phrase elsewhere.

/// Letters of a word that counts, and such words from which what follows a label is the rest of a sentence.
const WORD_LETTERS: usize = 3;
const SENTENCE_WORDS: usize = 2;
/// Likewise, behind the number of a day or year.
const WORDS_BEHIND_DAY: usize = 4;
/// Words around a phrase in quotation marks of which the sentence around it tells.
const WORDS_AROUND: usize = 3;

/// Whether a sentence begins with what is a `label` elsewhere: "More news came at noon." It goes on in small letters, ends as
/// sentences do, and has no sign between. The label is in small letters.
pub(super) fn begins_sentence(text: &str, label: &str) -> bool {
    let text = text.trim();
    let begin = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let Some(rest) = behind(begin, label).filter(|_| ends_flatly(text)) else { return false };
    let mut follows = rest.chars();
    if !follows.next().is_some_and(char::is_whitespace) {
        return false;
    }
    let words = rest.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= WORD_LETTERS).count();
    match follows.next() {
        Some(c) if c.is_lowercase() => words >= SENTENCE_WORDS,
        Some(c) if c.is_numeric() => words >= WORDS_BEHIND_DAY,
        _ => false,
    }
}

/// Whether a sentence has a `phrase` in quotation marks and says something of it: 'The gate says "All rights reserved".'
pub(super) fn quotes(text: &str, phrase: &str) -> bool {
    let text = text.trim().to_lowercase();
    let Some((ahead, behind)) = text.split_once(phrase).filter(|_| ends_flatly(&text)) else { return false };
    let closes = behind.trim_start_matches(['.', ',', '!', '?']).starts_with(['"', '”', '“', '»', '«', '’', '」']);
    let opens = ahead.ends_with(['"', '“', '„', '«', '»', '‘', '「']);
    let words = ahead.split_whitespace().chain(behind.split_whitespace());
    opens && closes && words.filter(|word| word.chars().any(char::is_alphabetic)).count() >= WORDS_AROUND
}

/// What stands behind a beginning in small letters.
fn behind<'t>(text: &'t str, beginning: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for wanted in beginning.chars() {
        if !rest.next()?.to_lowercase().eq([wanted]) {
            return None;
        }
    }
    Some(rest.as_str())
}

fn ends_flatly(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '“', '»', '«', '’', ')']);
    text.ends_with(['.', '!', '?', '。', '।', '۔', '؟']) && !text.ends_with("..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_may_begin_with_a_label() {
        for (text, label) in [
            ("Mehr dazu wollte die Polizei nicht sagen.", "mehr dazu"),
            ("Photo by photo, they rebuilt the wall.", "photo by"),
            ("More news came at noon, again and again.", "more news"),
            ("“Aucun commentaire n'a été fait par la préfecture.”", "aucun commentaire"),
            ("Senast uppdaterad 1974 visar kartan ingen kurva.", "senast uppdaterad"),
        ] {
            assert!(begins_sentence(text, label), "{text}");
        }
    }

    #[test]
    fn a_label_labels() {
        for (text, label) in [
            ("Mehr dazu: Neue Regeln für Radfahrer.", "mehr dazu"),
            ("Mehr dazu im Video", "mehr dazu"),
            ("Photo by Ada Marlow.", "photo by"),
            ("More news", "more news"),
            ("Last updated 4 March 2031.", "last updated"),
            ("Auch interessant – was die Fischer sagen.", "auch interessant"),
        ] {
            assert!(!begins_sentence(text, label), "{text}");
        }
    }

    #[test]
    fn a_sentence_may_quote_a_phrase() {
        let phrase = "all rights reserved";
        assert!(quotes("The gate says \"All rights reserved\", and the deer cannot read.", phrase));
        assert!(quotes("Auf dem Tor steht „All rights reserved.“ in roten Lettern.", phrase));
        for text in
            ["“All rights reserved.”", "Copyright “Marlow Press” 2031. All rights reserved.", "All rights reserved"]
        {
            assert!(!quotes(text, phrase), "{text}");
        }
    }
}
