//! How far the likelihoods of held-out blocks are from their labels. F1 and clean hang on a few blocks of each page; every
//! block counts here.

use std::fmt;

use super::data::{Sample, TrainingSet};
use crate::classify::training::{certain_verdicts, first_likelihoods, score};
use crate::knowledge::JudgeModel;
use crate::options::Reasons;

/// Likelihoods are taken to be no surer than this, in 0..=1: one block of a wrong label must not outweigh a page.
const SUREST: f64 = 0.999;

/// The log loss of some blocks, each by what it counts.
#[derive(Debug, Clone, Copy, Default)]
pub struct LogLoss {
    sum: f64,
    weight: f64,
}

impl LogLoss {
    /// Counts a block that is of the story with `likelihood`, in 0..=1.
    fn add(&mut self, likelihood: f32, is_story: bool, weight: f32) {
        let likelihood = f64::from(likelihood).clamp(1.0 - SUREST, SUREST);
        let of_label = if is_story { likelihood } else { 1.0 - likelihood };
        self.sum -= f64::from(weight) * of_label.ln();
        self.weight += f64::from(weight);
    }

    /// The mean, in nats a block; 0 of no block.
    fn mean(self) -> f64 {
        if self.weight > 0.0 { self.sum / self.weight } else { 0.0 }
    }
}

/// The log loss of the blocks of a corpus that no rule decides.
#[derive(Debug, Clone, Default)]
pub struct CorpusLoss {
    name: String,
    /// By the first forest.
    first: LogLoss,
    /// By both, as the judge puts them together.
    both: LogLoss,
}

/// That of each corpus.
#[derive(Debug, Clone)]
pub struct Losses(Vec<CorpusLoss>);

impl Losses {
    /// Nothing is counted yet.
    pub fn new(names: &[String]) -> Self {
        Losses(names.iter().map(|name| CorpusLoss { name: name.clone(), ..CorpusLoss::default() }).collect())
    }

    /// Counts the pages of a fold, which `model` has not seen.
    pub fn add(&mut self, set: &TrainingSet<'_>, fold: usize, model: &JudgeModel) {
        for page in set.pages.iter().filter(|page| page.source.fold == fold) {
            if let Some(loss) = self.0.get_mut(page.source.corpus) {
                loss.add(page, model);
            }
        }
    }
}

impl CorpusLoss {
    fn add(&mut self, page: &Sample<'_>, model: &JudgeModel) {
        let view = page.view(model);
        let certain = certain_verdicts(&view, Reasons::Brief);
        // In full, as those that the linear scores settle have a row for the first forest then.
        let scored = score(&view, &certain, model, Reasons::Full);
        let first = first_likelihoods(&scored.first, &certain, &model.first);
        let both = scored.likelihoods;
        for (index, (label, weight)) in page.labels.iter().zip(&page.weights).enumerate() {
            if certain[index].is_none() {
                self.first.add(first[index], *label, *weight);
                self.both.add(both[index], *label, *weight);
            }
        }
    }
}

impl fmt::Display for Losses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = self.0.iter().filter(|loss| loss.both.weight > 0.0);
        let line = |loss: &CorpusLoss| format!("  {:<12} {:.4}  {:.4}", loss.name, loss.first.mean(), loss.both.mean());
        writeln!(f, "{}", known.map(line).collect::<Vec<_>>().join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_surely_right_costs_nearly_nothing_and_what_is_surely_wrong_no_more_than_its_bound() {
        let of = |blocks: &[(f32, bool, f32)]| {
            let mut loss = LogLoss::default();
            for (likelihood, is_story, weight) in blocks {
                loss.add(*likelihood, *is_story, *weight);
            }
            loss.mean()
        };
        assert!(of(&[(1.0, true, 1.0), (0.0, false, 1.0)]) < 0.002);
        assert!((of(&[(0.5, true, 3.0), (0.5, false, 1.0)]) - 2_f64.ln()).abs() < 1e-9);
        assert!((of(&[(1.0, false, 1.0)]) + (1.0 - SUREST).ln()).abs() < 1e-9);
        let (light, heavy) = (of(&[(0.9, true, 1.0), (0.1, true, 1.0)]), of(&[(0.9, true, 1.0), (0.1, true, 9.0)]));
        assert!(light < heavy, "{light} {heavy}");
        assert!(of(&[]).abs() < f64::EPSILON);
    }
}
