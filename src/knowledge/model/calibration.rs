//! How likely a page is right, by how sure its verdicts are.

use super::file::{Broken, Reader};

const KIND: &str = "cleancopy calibration 1\n";

/// Bounds of a certainty, which may be 0 or 1.
const BOUND: f32 = 1e-4;

/// A logistic curve over the log-odds of the certainty (Platt, "Probabilistic Outputs for Support Vector Machines",
/// 1999), fitted to pages that training held out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// The log-odds where the certainty is one half.
    pub offset: f32,
    /// What a unit of the certainty's log-odds adds.
    pub slope: f32,
}

/// The certainty as it is.
impl Default for Calibration {
    fn default() -> Self {
        Calibration { offset: 0.0, slope: 1.0 }
    }
}

impl Calibration {
    /// How likely a page with this certainty is right, in 0..=1.
    pub fn confidence(self, certainty: f32) -> f32 {
        1.0 / (1.0 + (-self.offset - self.slope * Self::log_odds(certainty)).exp())
    }

    /// The log-odds of a certainty, in -9..=9.
    pub fn log_odds(certainty: f32) -> f32 {
        let certainty = certainty.clamp(BOUND, 1.0 - BOUND);
        (certainty / (1.0 - certainty)).ln()
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, Broken> {
        let mut reader = Reader::new(bytes, KIND)?;
        let calibration = Calibration { offset: reader.f32()?, slope: reader.f32()? };
        reader.finish()?;
        Ok(calibration)
    }

    pub(super) fn to_bytes(self) -> Vec<u8> {
        let mut bytes = KIND.as_bytes().to_vec();
        bytes.extend(self.offset.to_le_bytes());
        bytes.extend(self.slope.to_le_bytes());
        bytes
    }
}
