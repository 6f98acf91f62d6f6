//! The summary under the headline, which counts as story.

use crate::verdict::{Evidence, Verdict};

use super::page::PageView;
use super::repair::{is_dropped_by_score, kept_by_context};

/// How papers name the box of a summary, in small letters.
const NAMES: [&str; 3] = ["dek", "deck", "standfirst"];
/// Blocks between the headline and a summary: a byline, a date.
const REACH: usize = 3;
/// Likelihood from which it stays.
const DOUBTFUL: f32 = 0.3;
/// Share of it that stands in the page's description.
const SAYS_DESCRIPTION: f32 = 0.9;

/// Keeps a summary that the scores drop, if it is right under the headline, named one, and the page's description too.
pub(super) fn keep_deck(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let Some(headline) = page.headline else { return };
    for index in (headline + 1..verdicts.len()).take(REACH) {
        let reason = verdicts[index].reason();
        let is_doubtful = is_dropped_by_score(&verdicts[index]) && reason.story_likelihood >= DOUBTFUL;
        let says_description = page.in_description.get(index).is_some_and(|share| *share >= SAYS_DESCRIPTION);
        if is_doubtful && says_description && is_named_deck(page, index) {
            verdicts[index] = kept_by_context(vec![Evidence::Deck], reason.story_likelihood);
        }
    }
}

fn is_named_deck(page: &PageView<'_>, index: usize) -> bool {
    let named = |class: &str| {
        let class = class.to_ascii_lowercase();
        class.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| NAMES.contains(&word))
    };
    page.place(index).levels().take(2).any(|level| named(page.document.elements.class(level)))
}
