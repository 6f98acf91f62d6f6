//! Articles as bytes: one file a format, behind a one-method trait.

mod explain;
mod front_matter;
mod groups;
mod html;
mod inline;
mod json;
mod link;
mod markdown;
mod markdown_inline;
mod passed;
mod row;
#[cfg(test)]
mod sample;
mod table;
mod text;
mod wrap;

pub use explain::Explain;
pub use front_matter::FrontMatter;
pub use html::Html;
pub use json::{BlockList, Json, JsonFields, Jsonl, MarkdownText};
pub use markdown::{Markdown, markdown};
pub use row::Row;
pub use text::Text;

use std::io;

use serde::Serialize;

use crate::article::Article;
use crate::envelope::Envelope;

/// A format that records are written in.
pub trait Format: Send + Sync {
    /// Writes one record, ended by a line break. A format without a place for failures writes nothing for one.
    ///
    /// # Errors
    /// What `out` gives.
    fn write(&self, record: &Record<'_>, out: &mut dyn io::Write) -> io::Result<()>;

    /// Whether a record shows the language of its page, which came in `envelope` where it came in one.
    fn shows_language(&self, envelope: Option<&Envelope>) -> bool {
        let _ = envelope;
        true
    }
}

/// The outcome of one source.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// The source as the user named it.
    pub source: &'a str,
    /// The JSON Lines record that the page came in, where it came in one.
    pub envelope: Option<&'a Envelope>,
    /// The article, or why there is none.
    pub outcome: Result<&'a Article, &'a Failure>,
}

/// Why a source gave no article, as records show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The kind of the error: `timeout`, `status`, …
    pub kind: String,
    /// What happened and what to do.
    pub message: String,
    /// Whether another try may succeed.
    pub retryable: bool,
}
