//! What the program knows: data files and their loaders.

/// Everything that is known.
#[derive(Debug, Default)]
pub struct Knowledge {}

impl Knowledge {
    /// The knowledge inside the program.
    pub fn builtin() -> Self {
        Knowledge {}
    }
}
