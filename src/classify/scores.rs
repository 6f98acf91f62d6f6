//! Both passes of the model: rows of features in, likelihoods out. Blocks that stand together then agree.

use std::ops::RangeInclusive;

use crate::knowledge::model::Broken;
use crate::knowledge::{Forest, JudgeModel};
use crate::options::Reasons;
use crate::verdict::Verdict;

use super::agreement::{Look, agree};
use super::around::{self, Around, At};
use super::features::{self, Seen};
use super::lines::Line;
use super::markup::MARKUP_BITS;
use super::page::PageView;
use super::pitches::PITCH_BITS;
use super::settled::settled_likelihood;
use super::targets::TARGET_BITS;

/// Declares features with the code that gives each its value: `NAMES`, and `fill`, which adds to a row.
macro_rules! feature_list {
    ($seen:ty: $($name:literal => $value:expr,)*) => {
        /// The names of the features, in the order of a row.
        pub(super) const NAMES: &[&str] = &[$($name),*];

        /// Adds the features of one block to `row`.
        pub(super) fn fill(seen: &$seen, row: &mut Vec<f32>) {
            row.extend_from_slice(&[$({
                let value: fn(&$seen) -> f32 = $value;
                value(seen)
            }),*]);
        }
    };
}
pub(super) use feature_list;

/// 1 for yes, 0 for no.
pub(super) fn yes(answer: bool) -> f32 {
    f32::from(u8::from(answer))
}

/// The likelihood from which a block is kept. From 0.40 to 0.50 cross-validation sees no difference.
pub(super) const KEEP_FROM: f32 = 0.44;

/// Likelihoods of the first pass at which it is not sure: the second is asked. Most of a page is menus and the like. From
/// 0.07 on, or up to 0.85, held-out pages come out differently.
const IN_DOUBT: RangeInclusive<f32> = 0.05..=0.95;
/// Those of the blocks that the second forest learns from: more, so that it knows what surer ones look like.
#[cfg(feature = "train")]
pub(crate) const LEARNED_FROM: RangeInclusive<f32> = 0.03..=0.985;

/// The features of some blocks of a page, a row each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    width: usize,
    values: Vec<f32>,
    /// For each block, where its row begins; nothing where it has none.
    starts: Vec<Option<usize>>,
}

impl Rows {
    /// Rows of `width` values for those of `count` blocks that are `wanted`, as `fill` adds them.
    pub(super) fn new(
        count: usize,
        width: usize,
        wanted: impl Fn(usize) -> bool,
        mut fill: impl FnMut(usize, &mut Vec<f32>),
    ) -> Self {
        let rows = (0..count).filter(|index| wanted(*index)).count();
        let mut values = Vec::with_capacity(rows * width);
        let row = |index: usize| {
            let start = values.len();
            wanted(index).then(|| {
                fill(index, &mut values);
                start
            })
        };
        let starts = (0..count).map(row).collect();
        Rows { width, values, starts }
    }

    /// No row for any of `count` blocks.
    pub(super) fn none(count: usize) -> Self {
        Rows { width: 0, values: Vec::new(), starts: vec![None; count] }
    }

    /// The features of a block.
    pub(crate) fn row(&self, index: usize) -> Option<&[f32]> {
        let start = self.starts[index]?;
        Some(&self.values[start..start + self.width])
    }

    /// The log-odds that a forest gives the blocks that have a row, in order.
    pub(super) fn log_odds(&self, forest: &Forest) -> impl Iterator<Item = (usize, f32)> {
        let blocks = self.starts.iter().enumerate().filter(|(_, start)| start.is_some()).map(|(index, _)| index);
        blocks.zip(forest.log_odds_of_rows(&self.values))
    }
}

/// The names of the features of the first pass.
pub(crate) fn first_names() -> Vec<&'static str> {
    features::NAMES.to_vec()
}

/// Whether a model was trained on the features of this program, in their order.
///
/// # Errors
///
/// Names the part that differs, and the first feature of it that does.
pub fn check_features(model: &JudgeModel) -> Result<(), Broken> {
    let sizes = [
        ("markup", model.markup.bits(), MARKUP_BITS),
        ("targets", model.targets.bits(), TARGET_BITS),
        ("pitches", model.pitches.bits(), PITCH_BITS),
    ];
    if let Some((part, has, wants)) = sizes.into_iter().find(|(_, has, wants)| has != wants) {
        return Err(Broken::Value(format!("{part} has 2^{has} weights in place of 2^{wants}")));
    }
    differing_feature("first", model.first.names(), &first_names())?;
    differing_feature("second", model.second.names(), &second_names())
}

/// Refuses a forest whose features are `known` where the program's are `names`.
pub(super) fn differing_feature(forest: &'static str, known: &[String], names: &[&str]) -> Result<(), Broken> {
    let differs = |at: &usize| known.get(*at).map(String::as_str) != names.get(*at).copied();
    let Some(at) = (0..known.len().max(names.len())).find(differs) else { return Ok(()) };
    let name = |name: Option<&str>| name.unwrap_or("nothing").to_owned();
    let (has, wants) = (name(known.get(at).map(String::as_str)), name(names.get(at).copied()));
    Err(Broken::Features { forest, has, wants })
}

/// The names of the features of the second pass, which begin with those of the first.
pub(crate) fn second_names() -> Vec<&'static str> {
    features::NAMES.iter().chain(around::NAMES).copied().collect()
}

/// The rows of the first pass: what the blocks that are `wanted` show by themselves and by their place.
pub(crate) fn first_rows(page: &PageView<'_>, wanted: impl Fn(usize) -> bool) -> Rows {
    let fill = |index: usize, row: &mut Vec<f32>| features::fill(&Seen::new(page, index), row);
    Rows::new(page.lines.len(), features::NAMES.len(), wanted, fill)
}

/// The likelihoods that the first pass gives; of the blocks with a verdict, that of the verdict.
pub(crate) fn first_likelihoods(rows: &Rows, verdicts: &[Option<Verdict>], forest: &Forest) -> Vec<f32> {
    let of_rule = |verdict: &Option<Verdict>| verdict.as_ref().map_or(0.0, |verdict| verdict.reason().story_likelihood);
    let mut likelihoods: Vec<f32> = verdicts.iter().map(of_rule).collect();
    for (index, log_odds) in rows.log_odds(forest) {
        likelihoods[index] = likelihood(log_odds);
    }
    likelihoods
}

/// The rows of the second pass: those of the first, and what the likelihoods that it gave say of the blocks around.
/// Blocks whose likelihood is not `in_doubt` have none.
pub(crate) fn second_rows(
    page: &PageView<'_>,
    first: &Rows,
    likelihoods: &[f32],
    in_doubt: &RangeInclusive<f32>,
) -> Rows {
    let around = Around::of(page, likelihoods);
    let wanted = |index: usize| first.starts[index].is_some() && in_doubt.contains(&likelihoods[index]);
    let fill = |index: usize, row: &mut Vec<f32>| {
        row.extend_from_slice(first.row(index).unwrap_or_default());
        around::fill(&At { page, around: &around, index }, row);
    };
    Rows::new(likelihoods.len(), first.width + around::NAMES.len(), wanted, fill)
}

/// The scores of a page.
pub(crate) struct Scored {
    /// The likelihood of each block, in 0..=1.
    pub(crate) likelihoods: Vec<f32>,
    /// For each block, whether it is judged as the others of its form are, against its own score.
    pub(super) agreed: Vec<bool>,
    /// The features of the blocks that the first pass saw.
    pub(crate) first: Rows,
    /// The features of the blocks that the second pass saw too.
    pub(super) second: Rows,
}

/// Scores the blocks of a page that no rule has given a verdict. Those that the linear scores settle have rows where the
/// reasons are asked for in full: what the forests make of them is why.
pub(crate) fn score(page: &PageView<'_>, verdicts: &[Option<Verdict>], model: &JudgeModel, reasons: Reasons) -> Scored {
    let settled = |index: usize| if verdicts[index].is_none() { settled_likelihood(page, index) } else { None };
    let settled: Vec<Option<f32>> = (0..verdicts.len()).map(settled).collect();
    let first =
        first_rows(page, |index| verdicts[index].is_none() && (settled[index].is_none() || reasons == Reasons::Full));
    let mut likelihoods = first_likelihoods(&first, verdicts, &model.first);
    for (likelihood, settled) in likelihoods.iter_mut().zip(&settled) {
        *likelihood = settled.unwrap_or(*likelihood);
    }
    let second = second_rows(page, &first, &likelihoods, &IN_DOUBT);
    for (index, log_odds) in second.log_odds(&model.second) {
        likelihoods[index] = likelihood(log_odds - page.lines[index].phrase_odds());
    }
    let is_scored = |index: usize| verdicts[index].is_none();
    let look = |index: usize| look(&page.lines[index]);
    let agreed = agree(&page.groups, is_scored, look, KEEP_FROM, &mut likelihoods);
    Scored { likelihoods, agreed, first, second }
}

/// What a line looks like to those that stand together with it.
fn look(line: &Line<'_>) -> Look {
    match line {
        line if line.prose > 0.0 => Look::Prose,
        line if line.is_link_alone() => Look::Link,
        _ => Look::Line,
    }
}

/// Log-odds as a likelihood, in 0..=1.
pub(crate) fn likelihood(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;

    #[test]
    fn a_model_of_other_features_is_refused() {
        let forest = Forest::new(&["words"], 0.0, &[]).expect("no trees");
        let error = check_features(&JudgeModel { first: forest, ..Knowledge::builtin().model }).expect_err("other");
        assert!(error.to_string().contains("`words`"), "{error}");
    }

    #[test]
    fn the_model_was_trained_on_these_features() {
        assert_eq!(check_features(&Knowledge::builtin().model), Ok(()));
    }
}
