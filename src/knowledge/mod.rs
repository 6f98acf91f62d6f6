//! What the program knows: data files and a loader each. Code says how, data says what.

mod lexicon;
pub mod model;
mod tokens;

use std::sync::LazyLock;

pub(crate) use lexicon::Telling;
pub use lexicon::{Lexicon, Opens, PhraseHit, Stands, Strength};
pub use model::{Forest, HashedLinear, JudgeModel, KindModel, TextModel};
pub(crate) use tokens::for_each_token;
pub use tokens::{RoleSet, TokenRoles};

/// Everything that is known. Made once, shared between threads.
#[derive(Debug, Default)]
pub struct Knowledge {
    /// Phrases of inserts and of pages without a story.
    pub lexicon: Lexicon,
    /// Names of boxes.
    pub tokens: TokenRoles,
    /// What the judge has learned.
    pub model: JudgeModel,
    /// What it has learned of text without markup: read at the first such page.
    pub text: LazyLock<TextModel>,
    /// What it has learned of the kinds of insert: read where reasons are first asked for.
    pub kinds: LazyLock<KindModel>,
}

impl Knowledge {
    /// The knowledge inside the program: `data/model/`, and the tables that the build script makes of
    /// `data/lexicon/LANG.toml` and `data/tokens.toml`.
    pub fn builtin() -> Self {
        Knowledge {
            lexicon: Lexicon::builtin(),
            tokens: TokenRoles::builtin(),
            model: JudgeModel::builtin(),
            text: LazyLock::new(TextModel::builtin),
            kinds: LazyLock::new(KindModel::builtin),
        }
    }
}
