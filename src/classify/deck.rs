//! The summary under the headline, which counts as story.

use crate::verdict::{Evidence, Reason, Role, Stage, Verdict};

use super::page::PageView;

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
        let is_doubtful =
            !verdicts[index].is_keep() && reason.stage == Stage::Score && reason.story_likelihood >= DOUBTFUL;
        let says_description = page.in_description.get(index).is_some_and(|share| *share >= SAYS_DESCRIPTION);
        if is_doubtful && says_description && is_named_deck(page, index) {
            let story_likelihood = reason.story_likelihood;
            let evidence = vec![Evidence::Deck];
            verdicts[index] =
                Verdict::Keep(Reason { role: Role::Story, stage: Stage::Context, evidence, story_likelihood });
        }
    }
}

fn is_named_deck(page: &PageView<'_>, index: usize) -> bool {
    let named = |class: &str| {
        let class = class.to_ascii_lowercase();
        class.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| NAMES.contains(&word))
    };
    page.place(index).levels().take(2).any(|level| named(&page.document.elements[level].class))
}
