//! The summary under the headline, which counts as story.

use crate::block::{BlockKind, Genre};
use crate::verdict::{Evidence, Verdict};

use super::page::PageView;
use super::repair::{is_dropped_by_score, kept_by_context, kept_prose};

/// How papers name the box of a summary, in small letters.
const NAMES: [&str; 3] = ["dek", "deck", "standfirst"];
/// Blocks between the headline and a summary: a byline, a date.
const REACH: usize = 3;
/// Likelihood from which it stays.
const DOUBTFUL: f32 = 0.3;
/// Share of it that stands in the page's description.
const SAYS_DESCRIPTION: f32 = 0.9;

/// The likelihood from which a sentence ahead of the running text stays, on a page that says it is news and on one that
/// does not say what it is: about half of them are the story's, and one lost is worse than one too many.
const DOUBTFUL_IN_NEWS: f32 = 0.25;
const DOUBTFUL_ELSEWHERE: f32 = 0.4;
/// The words of such a sentence at the least, and the share of its characters that may be in links.
const SENTENCE_WORDS: f32 = 6.0;
const SENTENCE_LINKS: f32 = 0.5;

/// Keeps a summary that the scores drop, if it is right under the headline, named one, and the page's description too.
pub(super) fn keep_deck(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let Some(headline) = page.headline else { return };
    for index in (headline + 1..verdicts.len()).take(REACH) {
        let reason = verdicts[index].reason();
        let is_doubtful = is_dropped_by_score(&verdicts[index]) && reason.story_likelihood >= DOUBTFUL;
        let says_description = || page.in_description(index) >= SAYS_DESCRIPTION;
        if is_doubtful && says_description() && is_named_deck(page, index) {
            verdicts[index] = kept_by_context(vec![Evidence::Deck], reason.story_likelihood);
        }
    }
}

/// Keeps sentences in doubt ahead of the running text, of news sooner: papers' writers sum up their stories there. Articles
/// of other kinds, guides and blogs, have offers in that place.
pub(super) fn keep_sentences_ahead_of_text(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let doubtful = match page.document.signs.genre {
        Genre::News => DOUBTFUL_IN_NEWS,
        Genre::Unsaid => DOUBTFUL_ELSEWHERE,
        Genre::Article | Genre::Blog => return,
    };
    let Some(prose) = kept_prose(page, verdicts) else { return };
    for (index, verdict) in verdicts.iter_mut().enumerate().take(*prose.start()) {
        let (line, story_likelihood) = (&page.lines[index], verdict.reason().story_likelihood);
        let is_doubtful = is_dropped_by_score(verdict) && story_likelihood >= doubtful;
        let kind = page.document.blocks[index].kind;
        let is_sentence = matches!(kind, BlockKind::Paragraph | BlockKind::Heading(_))
            && line.ends_sentence
            && line.words >= SENTENCE_WORDS
            && line.link_density <= SENTENCE_LINKS
            && line.hits.is_empty();
        if is_doubtful && is_sentence {
            *verdict = kept_by_context(vec![Evidence::Deck], story_likelihood);
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

#[cfg(test)]
mod tests {
    use super::super::repair::kept_of_scored;
    use super::*;

    const TEXT: &str =
        "<p>The keeper opened the weir on Tuesday, and the first boats came down before noon, she said.</p>";

    fn stays_in(genre: &str, ahead: &str, likelihood: f32) -> bool {
        let data = format!(r#"<script type="application/ld+json">{{"@type": "{genre}"}}</script>"#);
        let html = format!("{data}{ahead}{TEXT}");
        kept_of_scored(&html, &[likelihood, 0.9], keep_sentences_ahead_of_text)[0]
    }

    #[test]
    fn a_sentence_in_doubt_ahead_of_news_stays() {
        let deck = "<h2>Three boats lost their moorings in the night.</h2>";
        assert!(stays_in("NewsArticle", deck, 0.3));
        assert!(!stays_in("NewsArticle", deck, 0.2), "hardly in doubt");
        assert!(!stays_in("BlogPosting", deck, 0.42), "no news");
        assert!(stays_in("WebPage", deck, 0.42) && !stays_in("WebPage", deck, 0.3), "it does not say what it is");
        assert!(!stays_in("NewsArticle", "<h2>Boats and weirs of the north</h2>", 0.3), "no sentence");
        assert!(!stays_in("NewsArticle", "<p><a href=/b>Three boats lost their moorings in the night.</a></p>", 0.3));
        assert!(!stays_in("NewsArticle", "<p>Sign up for our newsletter about boats and weirs.</p>", 0.3), "an insert");
    }

    #[test]
    fn nothing_stays_that_stands_behind_the_first_paragraph() {
        let data = r#"<script type="application/ld+json">{"@type": "NewsArticle"}</script>"#;
        let html = format!("{data}{TEXT}<h2>Three boats lost their moorings in the night.</h2>");
        assert_eq!(kept_of_scored(&html, &[0.9, 0.3], keep_sentences_ahead_of_text), [true, false]);
    }
}
