//! Paragraphs that are judged otherwise than all others of their form on the page, however far apart these stand: what
//! stands close together has agreed before (`agreement.rs`).

use crate::block::BlockKind;
use crate::knowledge::HashedLinear;
use crate::verdict::{Evidence, Lean, Reason, Role, Stage, Verdict};

use super::lines::Line;
use super::page::PageView;
use super::pitches::reads_as_story;
use super::repair::{FormSum, context, is_dropped_by_score, kept_by_context, kept_prose, sums_of_forms};
use super::scores::KEEP_FROM;

/// Blocks of a form all but one of which went, and the likelihood from which that one stays: in held-out pages such running
/// text below it was foreign each time.
const DROPPED_FORM: usize = 3;
const SURE: f32 = 0.7;
/// Blocks of a form nearly all of which stay, one in how many of them may have gone, and the likelihood from which those
/// stay too: every second is the story's, and a sentence lost is worse than one too many.
const KEPT_FORM: usize = 6;
const ONE_IN: usize = 10;
const DOUBTFUL: f32 = 0.25;
/// Share of its characters that may be in links.
const LINKS: f32 = 0.3;

/// Drops running text in doubt of a form of which nothing else is kept, and keeps paragraphs in doubt amid the story of a
/// form of which next to all else is.
pub(super) fn judge_outliers_as_their_form(page: &PageView<'_>, pitches: &HashedLinear, verdicts: &mut [Verdict]) {
    let Some(prose) = kept_prose(page, verdicts) else { return };
    let forms = sums_of_forms(page, verdicts);
    for index in prose {
        if page.document.blocks[index].kind != BlockKind::Paragraph {
            continue;
        }
        let (form, verdict) = (forms[page.groups[index]], &mut verdicts[index]);
        if is_alone_of_dropped_form(&page.lines[index], form, verdict) {
            *verdict = context(Role::Boilerplate, Evidence::Form(Lean::Other), verdict);
        } else if is_missing_of_kept_form(&page.lines[index], form, verdict) && reads_as_story(page, index, pitches) {
            let story_likelihood = verdict.reason().story_likelihood.max(KEEP_FROM);
            *verdict = kept_by_context(vec![Evidence::Form(Lean::Story)], story_likelihood);
        }
    }
}

fn is_alone_of_dropped_form(line: &Line<'_>, form: FormSum, verdict: &Verdict) -> bool {
    let Reason { stage, story_likelihood, .. } = *verdict.reason();
    verdict.is_keep()
        && stage == Stage::Score
        && story_likelihood < SURE
        && line.prose > 0.0
        && form.kept == 1
        && form.all >= DROPPED_FORM
}

fn is_missing_of_kept_form(line: &Line<'_>, form: FormSum, verdict: &Verdict) -> bool {
    is_dropped_by_score(verdict)
        && verdict.reason().story_likelihood >= DOUBTFUL
        && line.hits.is_empty()
        && line.link_density < LINKS
        && is_kept_form(form)
}

/// Whether next to all blocks of a form are kept.
fn is_kept_form(form: FormSum) -> bool {
    form.all >= KEPT_FORM && form.all - form.kept <= (form.all / ONE_IN).max(1)
}

#[cfg(test)]
mod tests {
    use super::super::repair::kept_of_scored;
    use super::*;
    use crate::knowledge::Knowledge;

    const TEXT: &str =
        "<p>The keeper opened the weir on Tuesday, and the first boats came down before noon, she said.</p>";
    const CAPTION: &str =
        "<div class=photo><p>From left, the keeper, her two sons and the mayor, at the weir.</p></div>";

    fn kept(html: &str, likelihoods: &[f32]) -> Vec<bool> {
        kept_of_scored(html, likelihoods, |page, verdicts| {
            judge_outliers_as_their_form(page, &Knowledge::builtin().model.pitches, verdicts);
        })
    }

    #[test]
    fn running_text_goes_where_all_else_of_its_form_went() {
        let html = [TEXT, CAPTION, TEXT, CAPTION, TEXT, CAPTION, TEXT].concat();
        let middle = |own, other| kept(&html, &[0.9, other, 0.9, own, 0.9, other, 0.9])[3];
        assert!(!middle(0.6, 0.2));
        assert!(middle(0.75, 0.2), "the scores are sure");
        assert!(middle(0.6, 0.5), "the others are kept");
        let two = [TEXT, CAPTION, TEXT, CAPTION, TEXT].concat();
        assert!(kept(&two, &[0.9, 0.6, 0.9, 0.2, 0.9])[1], "one other tells little");
    }

    #[test]
    fn a_paragraph_amid_the_story_stays_where_next_to_all_of_its_form_do() {
        let story = |line: &str| [&TEXT.repeat(3), line, &TEXT.repeat(3)].concat();
        let fourth = |line: &str, likelihood| kept(&story(line), &[0.9, 0.9, 0.9, likelihood, 0.9, 0.9, 0.9])[3];
        assert!(fourth(TEXT, 0.3));
        assert!(!fourth(TEXT, 0.2), "hardly in doubt");
        assert!(!fourth(&TEXT.replace("<p>", "<p class=note>"), 0.3), "of another form");
        assert!(
            !fourth(
                &TEXT.replace(
                    "<p>The keeper opened the weir on Tuesday, and",
                    "<p><a href=/weir>The keeper opened the weir on Tuesday,</a> and"
                ),
                0.3
            ),
            "half a link"
        );
        assert!(!fourth("<p>Our morning briefing lands in your inbox at six, free of charge.</p>", 0.3), "a prompt");
        assert!(!fourth("<p>Sign up for our newsletter.</p>", 0.3), "an insert");
    }
}
