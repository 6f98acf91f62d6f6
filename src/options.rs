//! What can be set, with its defaults. Units are in the type or in the name.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::verdict::Role;

/// Everything that can be set.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How pages are fetched.
    pub fetch: FetchOptions,
    /// How pages are cleaned.
    pub clean: CleanOptions,
    /// How articles are written.
    pub output: OutputOptions,
}

/// How pages are fetched and read.
#[derive(Debug, Clone)]
pub struct FetchOptions {
    /// Time for a connection; default 10 s. A later one is an error that can be tried again.
    pub connect_timeout: Duration,
    /// Time for a page in all, redirects and body included; default 30 s.
    pub timeout: Duration,
    /// Redirects that are followed; default 10. One more is an error.
    pub max_redirects: usize,
    /// Bytes of a body after decompression, of files too; default 10 MiB. A larger one is an error, never cut.
    pub max_body_bytes: u64,
    /// Pages in flight at once; default 16.
    pub max_concurrency: usize,
    /// The `User-Agent` header; default the program's own name and version.
    pub user_agent: String,
    /// More headers, name and value, sent with each request.
    pub headers: Vec<(String, String)>,
}

impl Default for FetchOptions {
    fn default() -> Self {
        FetchOptions {
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(30),
            max_redirects: 10,
            max_body_bytes: 10 * 1024 * 1024,
            max_concurrency: 16,
            user_agent: concat!("cleancopy/", env!("CARGO_PKG_VERSION")).to_owned(),
            headers: Vec::new(),
        }
    }
}

/// How pages are cleaned.
#[derive(Debug, Clone, Default)]
pub struct CleanOptions {
    /// Roles that are kept though they are not the story; default none. [`Role::Caption`] and [`Role::Byline`] are
    /// the usual ones.
    pub include: BTreeSet<Role>,
}

/// How articles are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutputOptions {
    /// The format; default text.
    pub format: OutputFormat,
    /// Metadata ahead of text and markdown; default none.
    pub front_matter: FrontMatter,
    /// How much of the judging a JSON record shows; default nothing.
    pub explain: Explain,
}

/// A format that articles are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum OutputFormat {
    /// The story, a blank line between paragraphs.
    #[default]
    Text,
    /// `CommonMark`, escaped: no HTML comes through.
    Markdown,
    /// One JSON object, indented; an array for several pages.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// A fragment of sanitised HTML.
    Html,
    /// Every block with its verdict and reason, for a reader.
    Explain,
}

/// Whether metadata stands ahead of text and markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum FrontMatter {
    /// The story alone.
    #[default]
    None,
    /// A YAML block between `---` lines.
    Yaml,
}

/// Whether a JSON record lists every block with its verdict and reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Explain {
    /// It does not.
    #[default]
    Nothing,
    /// It does, as `blocks`.
    Blocks,
}
