//! What stands behind the story's last running text: the links and labels of the page's foot, sooner than the story's.

use crate::block::BlockKind;
use crate::verdict::{Evidence, Role, Stage, Verdict};

use super::page::PageView;
use super::repair::{context, kept_prose};

/// The likelihood from which a short line or a link stays there: of those below it one in ten is the story's.
const SURE: f32 = 0.5;
/// Words of a short line. One that ends a sentence is the story's last word.
const SHORT_WORDS: f32 = 4.0;

/// Drops the links alone and the short lines that are no sentence behind the last kept running text, where the scores
/// hardly keep them.
pub(super) fn drop_doubtful_tail(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let Some(prose) = kept_prose(page, verdicts) else { return };
    for (index, verdict) in verdicts.iter_mut().enumerate().skip(prose.end() + 1) {
        let (line, reason) = (&page.lines[index], verdict.reason());
        let is_doubtful = verdict.is_keep() && reason.stage == Stage::Score && reason.story_likelihood < SURE;
        let is_paragraph = page.document.blocks[index].kind == BlockKind::Paragraph;
        let is_label = line.words <= SHORT_WORDS && !line.ends_sentence;
        if is_doubtful && is_paragraph && (line.is_link_alone() || is_label) {
            *verdict = context(Role::Boilerplate, Evidence::AfterStory, verdict);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::repair::kept_of_scored;
    use super::*;

    const TEXT: &str =
        "<p>The keeper opened the weir on Tuesday, and the first boats came down before noon, she said.</p>";

    fn stays(line: &str, likelihood: f32) -> bool {
        kept_of_scored(&format!("{TEXT}{line}"), &[0.9, likelihood], drop_doubtful_tail)[1]
    }

    #[test]
    fn labels_and_links_behind_the_story_go_where_they_are_in_doubt() {
        assert!(!stays("<p>Boats, weirs</p>", 0.45));
        assert!(!stays("<p><a href=/tides>Tides and winds of the coming week</a></p>", 0.45));
        assert!(stays("<p>Boats, weirs</p>", 0.55), "the scores are surer");
    }

    #[test]
    fn the_story_s_last_word_stays() {
        assert!(stays("<p>She travels free.</p>", 0.45), "a sentence");
        assert!(stays("<p>With her went all who could swim</p>", 0.45), "a long line");
        assert!(stays("<ul><li>Boats</li></ul>", 0.45), "an item");
        let amid = format!("{TEXT}<p>Boats, weirs</p>{TEXT}");
        assert_eq!(kept_of_scored(&amid, &[0.9, 0.45, 0.9], drop_doubtful_tail), [true; 3], "amid the story");
    }
}
