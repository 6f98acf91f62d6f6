//! What the first scores of a text say of each line: those of the lines around. A feature is added in one place: a line
//! of `feature_list!` here.

use super::super::around::{distances, logit};
use super::super::means::LocalMeans;
use super::super::scores::feature_list;
use super::view::TextView;

feature_list! { At<'_>:
    "own" => |a| a.logit(0),
    "prev-1" => |a| a.logit(-1),
    "next-1" => |a| a.logit(1),
    "prev-2" => |a| a.logit(-2),
    "next-2" => |a| a.logit(2),
    "prev-3" => |a| a.logit(-3),
    "next-3" => |a| a.logit(3),
    "local-2" => |a| a.around.means.beside(a.index, 2),
    "local-4" => |a| a.around.means.beside(a.index, 4),
    "local-10" => |a| a.around.means.beside(a.index, 10),
    "run-mean" => |a| a.around.run[a.index],
    "since-low" => |a| a.around.since_low[a.index].min(30.0),
    "until-low" => |a| a.around.until_low[a.index].min(30.0),
    "since-high" => |a| a.around.since_high[a.index].min(30.0),
    "until-high" => |a| a.around.until_high[a.index].min(30.0),
    "lows" => |a| a.around.lows,
}

/// A line among the first scores.
pub(super) struct At<'a> {
    pub(super) around: &'a Around,
    pub(super) index: usize,
}

impl At<'_> {
    fn logit(&self, offset: isize) -> f32 {
        let at = self.index.checked_add_signed(offset);
        at.and_then(|at| self.around.logits.get(at)).copied().unwrap_or(0.0)
    }
}

/// What the first scores add up to around each line.
pub(super) struct Around {
    logits: Vec<f32>,
    means: LocalMeans,
    /// The mean score of the short lines in a row around the line.
    run: Vec<f32>,
    since_low: Vec<f32>,
    until_low: Vec<f32>,
    since_high: Vec<f32>,
    until_high: Vec<f32>,
    /// The share of the lines of a low score.
    lows: f32,
}

impl Around {
    /// What `scores`, one a line and in 0..=1, add up to.
    pub(super) fn of(view: &TextView<'_>, scores: &[f32]) -> Self {
        let weights = vec![1.0; scores.len()];
        let low = || scores.iter().map(|score| *score < 0.3);
        let high = || scores.iter().zip(&view.lines).map(|(score, line)| *score > 0.8 && line.prose > 0.0);
        Around {
            logits: scores.iter().map(|score| logit(*score)).collect(),
            means: LocalMeans::of(scores, &weights),
            run: run_means(view, scores),
            since_low: distances(low()),
            until_low: reversed(distances(low().rev())),
            since_high: distances(high()),
            until_high: reversed(distances(high().rev())),
            lows: low().filter(|low| *low).count() as f32 / scores.len().max(1) as f32,
        }
    }
}

fn reversed(mut values: Vec<f32>) -> Vec<f32> {
    values.reverse();
    values
}

fn run_means(view: &TextView<'_>, scores: &[f32]) -> Vec<f32> {
    let mut means = Vec::with_capacity(scores.len());
    while means.len() < scores.len() {
        let start = means.len();
        let number = view.number_of_run(start);
        let length = (start..scores.len()).take_while(|index| view.number_of_run(*index) == number).count();
        let run = &scores[start..start + length];
        let mean = run.iter().sum::<f32>() / run.len().max(1) as f32;
        means.extend(std::iter::repeat_n(mean, run.len()));
    }
    means
}
