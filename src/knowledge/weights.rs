//! The weights of the judge's features, from `data/weights.toml`.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::error::Error;

/// The weights of both passes of the judge.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassWeights {
    /// Of what a block shows by itself and by its place.
    pub own: Weights,
    /// Of that, and of what the first pass says of the blocks around.
    pub around: Weights,
}

/// The weights of one pass: log-odds that a block is of the story, for each unit of a feature.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// The log-odds of a block without any feature.
    pub bias: f32,
    /// Weights by the name of the feature.
    pub features: FxHashMap<String, f32>,
}

impl Weights {
    /// The weight of a feature; 0 where it has none.
    pub fn of(&self, feature: &str) -> f32 {
        self.features.get(feature).copied().unwrap_or(0.0)
    }
}

impl PassWeights {
    #[expect(clippy::expect_used, reason = "the file is inside the program, and a test loads it")]
    pub(super) fn builtin() -> Self {
        Self::parse(include_str!("data/weights.toml")).expect("weights.toml is well-formed")
    }

    fn parse(toml: &str) -> Result<Self, Error> {
        toml::from_str(toml)
            .map_err(|error| Error::Knowledge { name: "weights.toml".to_owned(), reason: error.to_string() })
    }
}
