//! What the words of a text tell of the phrases that may stand in it.

use std::fmt::Write;

use crate::UNREAD;
use crate::hash::word_hash;

/// A phrase by its words.
struct Trigger {
    number: u16,
    /// The hashes of the words of its first part.
    words: Vec<u64>,
    /// Which of them is the longest.
    longest: usize,
}

/// The code of a table of phrases, given by the number and the first part of each: by their longest words, and those
/// that share one in order; and of all of their words, one behind the other, as the texts of phrases are.
pub fn table_of_triggers<'a>(name: &str, phrases: impl Iterator<Item = (usize, &'a str)>) -> Result<String, String> {
    let triggers = phrases.map(|(number, part)| Trigger::of(number, part)).collect::<Result<Vec<_>, _>>()?;
    let mut triggers: Vec<Trigger> = triggers.into_iter().flatten().collect();
    triggers.sort_by_key(|trigger| trigger.words[trigger.longest]);
    let mut all: Vec<u64> = Vec::new();
    let mut code = format!("{UNREAD}pub(super) static {name}: &[Trigger] = &[\n");
    for Trigger { number, words, longest } in &triggers {
        let (first, count) = (all.len(), words.len());
        let _ = writeln!(code, "Trigger {{ number: {number}, first: {first}, count: {count}, longest: {longest} }},");
        all.extend(words);
    }
    let _ = writeln!(code, "];\n{UNREAD}pub(super) static {name}_WORDS: &[u64] = &{all:#x?};");
    Ok(code)
}

impl Trigger {
    /// Nothing where the part has no word.
    fn of(number: usize, part: &str) -> Result<Option<Self>, String> {
        // A capital I with a dot is two characters in small letters: an i, and a dot that is no letter.
        let words = part.split(|c: char| !c.is_alphanumeric() && c != '\u{307}').filter(|word| !word.is_empty());
        let words: Vec<&str> = words.collect();
        let Some(longest) = (0..words.len()).max_by_key(|word| words[*word].len()) else { return Ok(None) };
        let number = u16::try_from(number).map_err(|_| "the lexicon has more than 65,536 phrases".to_owned())?;
        Ok(Some(Trigger { number, words: words.into_iter().map(word_hash).collect(), longest }))
    }
}
