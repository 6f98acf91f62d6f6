//! What the program knows: data files and a loader each. Code says how, data says what.

mod lexicon;
mod tokens;
mod weights;

pub use lexicon::{Lexicon, Opens, PhraseHit, Strength};
pub use tokens::{RoleSet, TokenRoles};
pub use weights::{PassWeights, Weights};

/// Everything that is known. Made once, shared between threads.
#[derive(Debug, Default)]
pub struct Knowledge {
    /// Phrases of inserts and of pages without a story.
    pub lexicon: Lexicon,
    /// Names of boxes.
    pub tokens: TokenRoles,
    /// What each feature of a block weighs.
    pub weights: PassWeights,
}

impl Knowledge {
    /// The knowledge inside the program: `data/lexicon/LANG.toml` `data/tokens.toml` and `data/weights.toml`.
    pub fn builtin() -> Self {
        Knowledge { lexicon: Lexicon::builtin(), tokens: TokenRoles::builtin(), weights: PassWeights::builtin() }
    }
}
