//! Text without markup: what is left to judge by is words, punctuation, length, neighbours, place, and how a line hangs
//! together with the story.
//!
//! The stages are those of a page ([`super::judge`]) but for the rules: no phrase is certain here, as a story may quote it.
//! A linear model reads the words of each line, a small forest sees it with what the line shows (`features.rs`), and a
//! second one decides what is left open, with the first one's scores of the lines around (`around.rs`).

mod around;
mod context;
mod features;
mod near;
mod quoted;
mod reasons;
mod signs;
mod telltale;
mod view;

pub(crate) use view::TextView;

use crate::block::{Document, Scan, word_hashes};
use crate::knowledge::model::Broken;
use crate::knowledge::{Forest, Knowledge, TextModel};
use crate::options::{CleanOptions, Reasons, Strictness};
use crate::verdict::{Evidence, Reason, Role, Stage, Verdict};

use super::scores::{Rows, differing_feature, likelihood};
use around::{Around, At};
use features::Seen;
use reasons::TextReasons;
use telltale::Telltale;

/// A text's lines with their scores.
struct ScoredText {
    /// The likelihood of each line to belong to the story, in 0..=1.
    likelihoods: Vec<f32>,
    first: Rows,
    second: Rows,
}

/// One verdict a block, and the scans of their texts.
pub(super) fn judge_scraped(
    document: &Document,
    knowledge: &Knowledge,
    options: &CleanOptions,
) -> (Vec<Verdict>, Vec<Scan>) {
    let view = TextView::of(document, knowledge);
    let scored = score(&view, &knowledge.text);
    let most = likelihood_to_go(&view, &scored.likelihoods, options.strictness);
    let reasons = match options.reasons {
        Reasons::Full => Some(TextReasons::new(&view, &knowledge.text)),
        Reasons::Brief => None,
    };
    let verdict = |index: usize| {
        let story_likelihood = scored.likelihoods[index];
        let goes = story_likelihood <= most;
        let evidence = |reasons: &TextReasons<'_>| reasons.evidence(&scored.first, &scored.second, index, goes);
        let evidence = reasons.as_ref().map(evidence).unwrap_or_default();
        let role = if goes { role_of(&view, index) } else { Role::Story };
        let reason = Reason { role, stage: Stage::Score, evidence, story_likelihood };
        if goes { Verdict::Drop(reason) } else { Verdict::Keep(reason) }
    };
    let mut verdicts: Vec<Verdict> = (0..view.lines.len()).map(verdict).collect();
    drop_between(&view, &mut verdicts);
    (verdicts, view.lines.into_iter().map(|line| line.scan).collect())
}

/// The likelihood up to which a line is no doubt an insert though it says no phrase of one.
const NO_DOUBT: f32 = 0.02;
/// Likewise, of one that is a phrase and nothing else.
const SAYS_NOTHING_ELSE: f32 = 0.1;

/// The likelihood up to which a line goes. Of a text that holds nothing for certain no insert nothing else goes: a scraper
/// that takes inserts along takes some that can be told.
fn likelihood_to_go(view: &TextView<'_>, likelihoods: &[f32], strictness: Strictness) -> f32 {
    let up_to = |strictness: Strictness| 1.0 - strictness.min_certainty().share();
    let certain = up_to(Strictness::Strict);
    let is_certain = |(index, likelihood): (usize, &f32)| {
        let line = &view.lines[index];
        let is_told = !line.hits.is_empty() || view.telltales[index].is_some();
        let says_nothing_else = || line.hits.iter().any(|hit| word_hashes(hit.text) == line.hashes());
        *likelihood
            <= match is_told {
                true if says_nothing_else() => SAYS_NOTHING_ELSE,
                true => certain,
                false => NO_DOUBT.min(certain),
            }
    };
    let holds_inserts = likelihoods.iter().enumerate().any(is_certain);
    if holds_inserts { up_to(strictness) } else { certain.min(up_to(strictness)) }
}

/// The likelihood from which a line between two that went is the story's.
const KEPT_BETWEEN: f32 = 0.9;

/// Words of the shortest sentence that may be one of the story's between two lines that went.
const SENTENCE_BETWEEN: f32 = 5.0;

/// Drops a short line between two that went, the middle of a box, unless it is surely the story's, or a sentence between two
/// that are of no one box.
fn drop_between(view: &TextView<'_>, verdicts: &mut [Verdict]) {
    let gone: Vec<bool> = verdicts.iter().map(|verdict| !verdict.is_keep()).collect();
    for index in 1..verdicts.len().saturating_sub(1) {
        let is_between = gone[index - 1] && gone[index + 1] && !gone[index] && view.run(index).lines > 0.0;
        let Reason { story_likelihood, .. } = *verdicts[index].reason();
        let is_certain = view.telltales[index].is_some_and(|telltale| telltale.odds() > 0.0);
        let around = [verdicts[index - 1].reason().role, verdicts[index + 1].reason().role];
        let is_sentence = view.has_full_stop(index) && view.lines[index].words >= SENTENCE_BETWEEN;
        let is_statement = is_sentence && !are_of_one_box(around);
        if is_between && !is_certain && !is_statement && story_likelihood < KEPT_BETWEEN {
            let evidence = vec![Evidence::AmongDropped];
            let role = verdicts[index - 1].reason().role;
            verdicts[index] = Verdict::Drop(Reason { role, stage: Stage::Context, evidence, story_likelihood });
        }
    }
}

/// Whether two inserts may be of one box: a label of an advertisement, a link and a prompt to share stand by themselves, or
/// among others of their kind.
fn are_of_one_box([before, behind]: [Role; 2]) -> bool {
    let stands_alone = |role: Role| matches!(role, Role::Ad | Role::Related | Role::Social);
    before == behind || !stands_alone(before) && !stands_alone(behind)
}

/// What a line is that is no story: by its phrase, by the line that it stands under, or by its form.
fn role_of(view: &TextView<'_>, index: usize) -> Role {
    let own = view.lines[index].hits.first();
    let opener = || view.openers[index].and_then(|opener| view.lines[opener].opens());
    let telltale = view.telltales[index].map_or(Role::Boilerplate, Telltale::role);
    own.or_else(opener).map_or(telltale, |hit| hit.role)
}

fn score(view: &TextView<'_>, model: &TextModel) -> ScoredText {
    let first = first_text_rows(view);
    let mut likelihoods = first_text_likelihoods(&first, &model.first);
    let second = if may_hold_inserts(view, &likelihoods) {
        second_text_rows(view, &first, &likelihoods)
    } else {
        Rows::none(likelihoods.len())
    };
    for (index, log_odds) in second.log_odds(&model.second) {
        likelihoods[index] = likelihood(log_odds);
    }
    for (index, value) in likelihoods.iter_mut().enumerate() {
        *value = likelihood(log_odds_of(*value) + view.known_odds(index));
    }
    ScoredText { likelihoods, first, second }
}

/// Whether a line is likelier an insert than the story's by the first pass, or says a phrase, or tells by its form: else there
/// is nothing that the second pass would take.
fn may_hold_inserts(view: &TextView<'_>, first: &[f32]) -> bool {
    let is_told = |index: usize| {
        !view.lines[index].hits.is_empty() || view.telltales[index].is_some_and(|telltale| telltale.odds() < 0.0)
    };
    first.iter().enumerate().any(|(index, likelihood)| *likelihood < 0.5 || is_told(index))
}

fn log_odds_of(likelihood: f32) -> f32 {
    let likelihood = likelihood.clamp(1e-6, 1.0 - 1e-6);
    (likelihood / (1.0 - likelihood)).ln()
}

/// The names of the features of the first pass.
pub(crate) fn first_text_names() -> Vec<&'static str> {
    features::NAMES.to_vec()
}

/// The names of the features of the second pass, which begin with those of the first.
pub(crate) fn second_text_names() -> Vec<&'static str> {
    features::NAMES.iter().chain(around::NAMES).copied().collect()
}

/// The rows of the first pass, one a line.
pub(crate) fn first_text_rows(view: &TextView<'_>) -> Rows {
    let fill = |index: usize, row: &mut Vec<f32>| features::fill(&Seen::new(view, index), row);
    Rows::new(view.lines.len(), features::NAMES.len(), |_| true, fill)
}

/// The likelihoods that the first pass gives.
pub(crate) fn first_text_likelihoods(rows: &Rows, forest: &Forest) -> Vec<f32> {
    rows.log_odds(forest).map(|(_, log_odds)| likelihood(log_odds)).collect()
}

/// The rows of the second pass; settled lines have none.
pub(crate) fn second_text_rows(view: &TextView<'_>, first: &Rows, likelihoods: &[f32]) -> Rows {
    let around = Around::of(view, likelihoods);
    let fill = |index: usize, row: &mut Vec<f32>| {
        row.extend_from_slice(first.row(index).unwrap_or_default());
        around::fill(&At { around: &around, index }, row);
    };
    let width = features::NAMES.len() + around::NAMES.len();
    Rows::new(likelihoods.len(), width, |index| !is_settled(likelihoods[index]), fill)
}

/// Below this likelihood, and above its counterpart, the first pass settles a line.
const SETTLED: f32 = 0.02;

fn is_settled(first: f32) -> bool {
    !(SETTLED..=1.0 - SETTLED).contains(&first)
}

/// Whether a model was trained on the features of this program, in their order.
///
/// # Errors
///
/// Names the forest that differs, and the first feature of it that does.
pub fn check_text_features(model: &TextModel) -> Result<(), Broken> {
    differing_feature("text_first", model.first.names(), &first_text_names())?;
    differing_feature("text_second", model.second.names(), &second_text_names())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Page, PageFormat};
    use crate::segment::segment;

    fn dropped(text: &str) -> Vec<String> {
        let page = Page { format: PageFormat::Text, ..Page::from_html(text, None) };
        let document = segment(&page);
        let (verdicts, _) = judge_scraped(&document, &Knowledge::builtin(), &CleanOptions::default());
        let gone = document.blocks.iter().zip(verdicts).filter(|(_, verdict)| !verdict.is_keep());
        gone.map(|(block, _)| block.text.to_string()).collect()
    }

    #[test]
    fn a_sign_up_goes_and_the_story_around_it_stays() {
        let text = "The ferry Marlow hit the pier at Port Ellery on Tuesday, and the harbour office closed it, it said.\n\
            Sign up for our newsletter\n\
            The Marlow had left Port Ellery at dawn, its owners said, and nobody on board was hurt, they added.\n";
        assert_eq!(dropped(text), ["Sign up for our newsletter"]);
    }

    #[test]
    fn a_paragraph_between_two_prompts_is_no_part_of_them() {
        let text = "The ferry Marlow hit the pier at Port Ellery on Tuesday, and the harbour office closed it, it said.\n\
            Sign up for our newsletter\n\
            About 400 people spent the night in a sports hall, where volunteers handed out soup and blankets.\n\
            Sign up for our newsletter\n\
            The Marlow had left Port Ellery at dawn, its owners said, and nobody on board was hurt, they added.\n";
        assert_eq!(dropped(text), ["Sign up for our newsletter"; 2]);
    }

    #[test]
    fn a_sentence_between_inserts_of_two_kinds_is_no_part_of_them() {
        let text = "The ferry Marlow hit the pier at Port Ellery on Tuesday, and the harbour office closed it, it said.\n\
            Read more: Council sells the town hall\n\
            Subscriptions, by contrast, stay at 2,300.\n\
            Advertisement\n\
            The next ferry leaves on Friday.\n\
            Sign up for our newsletter\n\
            The Marlow had left Port Ellery at dawn, its owners said, and nobody on board was hurt, they added.\n";
        let inserts = ["Read more: Council sells the town hall", "Advertisement", "Sign up for our newsletter"];
        assert_eq!(dropped(text), inserts);
    }

    #[test]
    fn a_text_of_one_line_or_none_is_judged() {
        assert!(dropped("").is_empty() && dropped("x").is_empty() && dropped("Wanted:\na clock").is_empty());
        assert!(dropped("The ferry Marlow hit the pier at Port Ellery on Tuesday, its owners said.").is_empty());
    }

    #[test]
    fn the_model_was_trained_on_these_features() {
        assert_eq!(check_text_features(&Knowledge::builtin().text), Ok(()));
    }
}
