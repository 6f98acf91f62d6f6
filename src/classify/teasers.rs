//! Teasers amid the story: a box with the linked headline of another one and a line or two about it.

use crate::block::BlockKind;
use crate::verdict::{Evidence, Role, Verdict};

use super::page::PageView;
use super::repair::{context, kept_prose, sum_by_container, sums_of_forms};

/// Likelihood from which the text of a teaser stays.
const SURE: f32 = 0.97;
/// Teasers of a form at the most: more of them are what the story is about, tools, courses, products.
const FEW: usize = 3;

/// Drops the running text of teasers: all else of the box went, the linked headline too, and nothing else of the text's form
/// is kept.
pub(super) fn drop_texts_of_teasers(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let Some(prose) = kept_prose(page, verdicts) else { return };
    let forms = sums_of_forms(page, verdicts);
    let may_be_one = |index: &usize| {
        verdicts[*index].is_keep()
            && verdicts[*index].reason().story_likelihood < SURE
            && page.lines[*index].prose > 0.0
            && forms[page.groups[*index]].kept <= FEW
    };
    // Ahead of the first running text stands the headline's box with the story's own summary.
    let mut texts: Vec<usize> = prose.skip(1).filter(may_be_one).collect();
    if texts.is_empty() {
        return;
    }
    let headlines = sum_by_container(page, |index| is_linked_headline(page, index) && !verdicts[index].is_keep());
    let dropped = sum_by_container(page, |index| !verdicts[index].is_keep());
    let is_teaser = |level: usize| {
        let all_else = page.containers.all[level].blocks - 1.5;
        headlines[level] > 0.0 && dropped[level] > all_else && page.is_aside_of_story(level)
    };
    texts.retain(|index| page.place(*index).levels().any(is_teaser));
    let mut of_forms = vec![0; forms.len()];
    for index in &texts {
        of_forms[page.groups[*index]] += 1;
    }
    for index in texts {
        if of_forms[page.groups[index]] == forms[page.groups[index]].kept {
            verdicts[index] = context(Role::Related, Evidence::AmongDropped, &verdicts[index]);
        }
    }
}

fn is_linked_headline(page: &PageView<'_>, index: usize) -> bool {
    matches!(page.document.blocks[index].kind, BlockKind::Heading(_)) && page.lines[index].is_link_alone()
}

#[cfg(test)]
mod tests {
    use super::super::repair::kept_of_scored;
    use super::*;

    const TEXT: &str =
        "<p>The keeper opened the weir on Tuesday, and the first boats came down before noon, she said.</p>";
    const TEASER: &str = "<div class=card><h3><a href=/otters>Otters at the mill</a></h3>\
        <span class=time>3 min</span><p class=about>Two of them were seen at the mill again, and the miller is not pleased.</p></div>";

    fn kept(html: &str, likelihoods: &[f32]) -> Vec<bool> {
        kept_of_scored(html, likelihoods, drop_texts_of_teasers)
    }

    #[test]
    fn the_text_of_a_teaser_goes_with_its_headline() {
        let html = [&TEXT.repeat(3), TEASER, &TEXT.repeat(3)].concat();
        let text = |headline, text| kept(&html, &[0.9, 0.9, 0.9, headline, 0.1, text, 0.9, 0.9, 0.9])[5];
        assert!(!text(0.2, 0.7));
        assert!(text(0.6, 0.7), "the headline is kept");
        assert!(text(0.2, 0.98), "the scores are sure");
        let first = [TEASER, &TEXT.repeat(3)].concat();
        assert!(kept(&first, &[0.2, 0.1, 0.7, 0.9, 0.9, 0.9])[2], "the summary under the headline");
        let unlinked = html.replace("<a href=/otters>Otters at the mill</a>", "Otters at the mill");
        assert!(kept(&unlinked, &[0.9, 0.9, 0.9, 0.2, 0.1, 0.7, 0.9, 0.9, 0.9])[5], "a box of the story's own");
    }

    #[test]
    fn many_of_a_form_are_what_the_story_is_about() {
        let html = [&TEXT.repeat(12), &TEASER.repeat(4), TEXT].concat();
        let likelihoods = [vec![0.9; 12], [0.2, 0.1, 0.7].repeat(4), vec![0.9]].concat();
        assert_eq!(kept(&html, &likelihoods).iter().filter(|kept| **kept).count(), 12 + 4 + 1);
    }
}
