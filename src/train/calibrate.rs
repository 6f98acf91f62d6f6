//! Fits the curve from the certainty of a page's verdicts to the chance that it is right.

use super::evaluate::Outcome;
use crate::knowledge::model::Calibration;

/// Steps of Newton's method; a handful suffice.
const STEPS: usize = 30;
/// What the slope costs: keeps the fit finite where all pages are right.
const SHRINK: f64 = 1e-3;

/// Fits the curve to held-out pages, by the largest likelihood.
pub fn fit(outcomes: &[Outcome<'_>]) -> Calibration {
    let known = outcomes.iter().filter_map(|outcome| {
        let right = f64::from(u8::from(outcome.score.as_ref()?.is_right()));
        (outcome.certainty > 0.0).then(|| (f64::from(Calibration::log_odds(outcome.certainty)), right))
    });
    fit_curve(&known.collect::<Vec<_>>())
}

fn fit_curve(pages: &[(f64, f64)]) -> Calibration {
    let (mut offset, mut slope) = (0.0_f64, 1.0_f64);
    for _ in 0..STEPS {
        // The gradient, and the matrix of second derivatives [[a, b], [b, c]].
        let (mut by_offset, mut by_slope) = (-SHRINK * offset, -SHRINK * slope);
        let (mut a, mut b, mut c) = (SHRINK, 0.0, SHRINK);
        for (x, right) in pages {
            let likelihood = 1.0 / (1.0 + (-offset - slope * x).exp());
            let spread = likelihood * (1.0 - likelihood);
            by_offset += right - likelihood;
            by_slope += (right - likelihood) * x;
            a += spread;
            b += spread * x;
            c += spread * x * x;
        }
        let determinant = a * c - b * b;
        offset += (c * by_offset - b * by_slope) / determinant;
        slope += (a * by_slope - b * by_offset) / determinant;
    }
    Calibration { offset: offset as f32, slope: slope as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_says_how_often_pages_are_right() {
        // At a certainty of one half, one page in four is right; at log-odds of 2, three in four.
        let pages: Vec<(f64, f64)> = (0..4)
            .map(|i| (0.0, f64::from(u8::from(i < 1))))
            .chain((0..4).map(|i| (2.0, f64::from(u8::from(i < 3)))))
            .collect();
        let calibration = fit_curve(&pages);
        assert!((calibration.confidence(0.5) - 0.25).abs() < 0.01);
        assert!((calibration.offset + 2.0 * calibration.slope - 3.0_f32.ln()).abs() < 0.01);
    }
}
