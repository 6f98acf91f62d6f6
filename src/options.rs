//! What can be set, with its defaults. Units are in the type or in the name.

mod crawl;
mod fetch;
mod limits;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use crate::verdict::Role;

pub use crawl::{CrawlOptions, Rehearsal, Resume};
pub use fetch::{FetchOptions, HostOptions, PrivateAddresses, Robots};
pub use limits::Limits;

/// Everything that can be set.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What is read.
    pub input: InputOptions,
    /// How pages are fetched.
    pub fetch: FetchOptions,
    /// How a list of addresses is worked off.
    pub crawl: CrawlOptions,
    /// How pages are cleaned.
    pub clean: CleanOptions,
    /// How articles are written.
    pub output: OutputOptions,
    /// How the program runs.
    pub run: RunOptions,
}

/// What is read, and as what.
#[derive(Debug, Clone, Default)]
pub struct InputOptions {
    /// URLs, files, folders and `-`, in the order of the output; default none.
    pub sources: Vec<OsString>,
    /// A file of one URL or path a line, or `-`; its sources come behind [`InputOptions::sources`]; default none.
    pub list: Option<PathBuf>,
    /// What files and standard input hold; default told from the name, else from the first bytes.
    pub format: InputFormat,
    /// The field of a JSON Lines record that holds the page; default `text`, else `html`.
    pub field: PageField,
}

/// The field of a JSON Lines record that holds the page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum PageField {
    /// `text`, else `html`.
    #[default]
    Usual,
    /// The one of this name. Its story takes its place. It is read as text, but for one named `html`.
    Named(String),
}

/// What a file or standard input holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum InputFormat {
    /// Told from the name's extension, else from the first bytes.
    #[default]
    Auto,
    /// One HTML page.
    Html,
    /// One page's text.
    Text,
    /// One JSON object a line, each with a `text` or `html`.
    Jsonl,
    /// What a crawler got (ISO 28500): each answer that is a page is one.
    Warc,
}

/// How pages are cleaned.
#[derive(Debug, Clone, Default)]
pub struct CleanOptions {
    /// Roles that are kept though they are not the story; default none. [`Role::Caption`] and [`Role::Byline`] are
    /// the usual ones.
    pub include: BTreeSet<Role>,
    /// How much of a verdict's reason is worked out; default all of it.
    pub reasons: Reasons,
    /// How sure the judge must be before a block of text without markup goes; default balanced.
    pub strictness: Strictness,
    /// What reads the markup of a page; default the crate's own parser.
    pub parser: PageParser,
    /// What a page may cost.
    pub limits: Limits,
    /// How the language of a page is found; default by its sentences where it names none. The program finds it where its
    /// format shows it.
    pub language: LanguageBy,
}

/// How the language of a page is found, which no verdict depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LanguageBy {
    /// By what the page says of itself, else by its sentences: for a text of a few thousand letters a third of the work.
    #[default]
    Sentences,
    /// By what the page says of itself alone.
    Statement,
}

/// What reads the markup of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PageParser {
    /// The crate's own: it goes through the page once and builds a slim tree by the rules of the HTML standard.
    #[default]
    Streaming,
    /// Another one, by others, to compare with. It takes a third longer over a page. The blocks are the same, but that a link which
    /// is never closed goes on in the blocks behind it.
    Reference,
}

/// How sure the judge must be that a block of text without markup is no story before it goes. Where there is no markup
/// words are all there is to judge by, so whoever cleans a corpus chooses: lose less of the stories, or leave fewer
/// inserts in them. A text in which no block is an insert as surely as [`Strictness::Strict`] asks, or without a doubt
/// where it says no phrase of one, loses at most what `Strict` takes, however little is asked: who takes inserts along takes
/// some that can be told. Pages with markup are not concerned.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Strictness {
    /// Nineteen in twenty: hardly a line of a story is lost, more inserts stay.
    Strict,
    /// Six in ten.
    #[default]
    Balanced,
    /// Four in ten: few inserts stay, more lines of stories are lost.
    Eager,
    /// As sure as this.
    AtLeast(Certainty),
}

impl Strictness {
    /// The certainty from which a block goes.
    pub fn min_certainty(self) -> Certainty {
        match self {
            Strictness::Strict => Certainty(0.95),
            Strictness::Balanced => Certainty(0.6),
            Strictness::Eager => Certainty(0.4),
            Strictness::AtLeast(certainty) => certainty,
        }
    }
}

/// How sure one is, in 0..=1; 1 is for certain.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Certainty(f32);

impl Certainty {
    /// A certainty; `None` outside of 0..=1.
    pub fn new(share: f32) -> Option<Certainty> {
        (0.0..=1.0).contains(&share).then_some(Certainty(share))
    }

    /// The share of the cases in which one is right, in 0..=1.
    pub fn share(self) -> f32 {
        self.0
    }
}

/// How much of the reason of a verdict by score on a page with markup is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reasons {
    /// What the block is, and what moved its score most.
    #[default]
    Full,
    /// Nothing but the likelihood: for output that shows no reasons. What the scores drop is
    /// [`Role::Boilerplate`], unless [`CleanOptions::include`] asks for a kind. Saves a
    /// tenth of the time a page.
    Brief,
}

/// How articles are written, and where to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OutputOptions {
    /// The format; default by the sources: text for one page, JSON Lines for several.
    pub format: Option<OutputFormat>,
    /// Metadata ahead of text and markdown; default none.
    pub front_matter: FrontMatter,
    /// How much of the judging a JSON record shows; default nothing.
    pub explain: Explain,
    /// Whether a JSON record holds the story as Markdown too; default not.
    pub markdown: RecordMarkdown,
    /// Where articles are written; default standard output.
    pub target: Target,
}

/// Where articles are written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Target {
    /// Standard output.
    #[default]
    Stdout,
    /// A file, or a folder where the path ends in a slash or is one already: then one file a source.
    Path(PathBuf),
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
    /// A table of the records, for those who filter by columns.
    Parquet,
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

/// Whether a JSON record holds the story as Markdown beside the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RecordMarkdown {
    /// It does not.
    #[default]
    Omitted,
    /// It does, as `markdown`.
    Included,
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

/// How the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RunOptions {
    /// Threads that clean pages; default one a core.
    pub threads: Option<NonZeroUsize>,
    /// The order of the records; default that of the sources. Those of a list, and those of a folder of files, are not
    /// concerned.
    pub order: Order,
    /// Whether a line on standard error tells how far it is; default where that is a terminal.
    pub progress: Progress,
    /// What else is said on standard error; default notes and failures.
    pub messages: Messages,
    /// What is said at the end; default nothing.
    pub stats: Stats,
}

/// The order of the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Order {
    /// That of the sources: a page that takes long holds up the records behind it.
    #[default]
    Sources,
    /// That in which pages are done.
    Done,
}

/// Whether a line on standard error tells how far the run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Progress {
    /// Where standard error is a terminal and there are several sources.
    #[default]
    Auto,
    /// Never.
    Never,
}

/// What is said on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Messages {
    /// Nothing but what ends the program.
    Quiet,
    /// Pages that failed, pages without a story.
    #[default]
    Notes,
    /// What the program does.
    Info,
    /// How it does it.
    Debug,
}

/// What is said of the run at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Stats {
    /// Nothing.
    #[default]
    Nothing,
    /// One JSON object on a line of standard error: pages, failed, bytes and the seconds of each stage.
    Json,
}
