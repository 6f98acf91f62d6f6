//! What is learned of how planted lines read: a linear model over runs of letters, from invented lines and from the
//! stories of the pages.
//!
//! Each language is of the same mind about how rare planted lines are: where the corpora hold a thousand paragraphs for
//! each of them and where they hold none, the stories' lines count the same together. Else the words of a language would
//! speak for what it has more of.

use std::collections::{BTreeMap, BTreeSet};

use super::TrainError;
use super::data::Sample;
use super::hashed::{HashedOptions, Tokens, fit};
use super::stages::Labelled;
use crate::classify::training::{PITCH_BITS, is_of_pitch_length, letter_run_value, letter_runs};
use crate::knowledge::HashedLinear;

/// How the model is fitted.
const LETTERS: HashedOptions =
    HashedOptions { bits: PITCH_BITS, epochs: 10, rate: 0.3, shrink: 1e-3, value: letter_run_value };
/// What the stories' lines of a language count, for each planted one; and what one counts at the most.
const STORIES: f32 = 30.0;
const MAX_WEIGHT: f32 = 3.0;

/// The lines of a language, by the places of their runs.
#[derive(Default)]
struct LinesOfLanguage {
    pitches: Vec<Vec<u64>>,
    stories: Vec<Vec<u64>>,
}

impl LinesOfLanguage {
    fn tokens(&self) -> impl Iterator<Item = Tokens<'_>> {
        let weight = (STORIES * self.pitches.len() as f32 / self.stories.len() as f32).min(MAX_WEIGHT);
        let pitches = self.pitches.iter().map(|places| Tokens { places, label: false, weight: 1.0 });
        pitches.chain(self.stories.iter().map(move |places| Tokens { places, label: true, weight }))
    }
}

/// Fits the model to the pages and to the invented lines of their folds.
///
/// # Errors
///
/// Where the weights cannot be stored.
pub fn fit_letters(pages: &[&Sample<'_>]) -> Result<HashedLinear, TrainError> {
    let folds: BTreeSet<usize> = pages.iter().map(|page| page.fold()).collect();
    let mut languages: BTreeMap<&str, LinesOfLanguage> = BTreeMap::new();
    let invented = pages.first().map_or(&[][..], |page| &page.invented.lines);
    for line in invented.iter().filter(|line| folds.contains(&line.fold)) {
        let language = languages.entry(&line.language).or_default();
        let lines = if line.is_story { &mut language.stories } else { &mut language.pitches };
        lines.push(places(&line.text));
    }
    for page in pages {
        if let Some(language) = languages.get_mut(page.source.language().as_str()) {
            let blocks = page.source.document.blocks.iter().zip(&page.labels);
            let stories = blocks.filter(|(block, label)| **label && is_of_pitch_length(&block.text));
            language.stories.extend(stories.map(|(block, _)| places(&block.text)));
        }
    }
    fit(&languages.values().flat_map(LinesOfLanguage::tokens).collect::<Vec<_>>(), LETTERS)
}

fn places(text: &str) -> Vec<u64> {
    let mut places = Vec::new();
    letter_runs(text, |place| places.push(place));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likelihood(model: &HashedLinear, text: &str) -> f32 {
        let places = places(text);
        let sum: f32 = places.iter().map(|place| model.weight(*place)).sum();
        1.0 / (1.0 + (-(model.bias() + sum * letter_run_value(places.len()))).exp())
    }

    #[test]
    fn a_line_is_known_by_other_forms_of_its_words() {
        let lines = |texts: &[&str]| texts.iter().map(|text| places(text)).collect();
        let language = LinesOfLanguage {
            pitches: lines(&["Abonnieren Sie uns", "Unser Newsletter", "Das Abonnement wird gekündigt"]),
            stories: lines(&["Der Rat tagt", "Die Brücke ist gesperrt", "Ein Boot kam an", "Er fuhr nach Hause"]),
        };
        let tokens: Vec<Tokens<'_>> = language.tokens().collect();
        assert_eq!(tokens.len(), 7);
        let model = fit(&tokens, LETTERS).expect("a power of two");
        let (pitch, story) = (likelihood(&model, "Wer abonniert"), likelihood(&model, "Der Rat fuhr"));
        assert!(pitch < story, "{pitch} {story}");
    }
}
