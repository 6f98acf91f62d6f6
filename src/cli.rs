//! The command line: arguments become [`Options`]. No I/O.

mod values;

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{ArgAction, Parser, ValueEnum};

use crate::options::{
    CleanOptions, CrawlOptions, Explain, FetchOptions, FrontMatter, InputFormat, InputOptions, Messages, Options,
    OutputFormat, OutputOptions, PageField, PageParser, Progress, Reasons, RecordMarkdown, RunOptions, Stats,
    Strictness, Target,
};
use crate::verdict::Role;

const AFTER_HELP: &str = "\
Exit codes:
  0  every page was cleaned (a page without a story is no failure)
  1  the run ended early: the output cannot be written, the list not read
  2  wrong arguments
  3  some pages failed
  4  all pages failed

Examples:
  cleancopy https://example.com/news/bridge-reopens
  cleancopy -t markdown --front-matter saved.html > story.md
  cleancopy -t explain saved.html | less
  cleancopy -i urls.txt -o stories.jsonl --stats
  cleancopy pages/ -t text -o stories/
  cleancopy -f jsonl -t jsonl crawl.jsonl.zst -o clean.jsonl.zst
  curl -s https://example.com/story | cleancopy";

/// Takes scraped news pages and gives back the stories: no menus, no ads, no
/// newsletter boxes, no related links.
#[derive(Debug, Parser)]
#[allow(clippy::struct_excessive_bools, reason = "a flag of the command line is a bool; Options has none")]
#[command(name = "cleancopy", version, max_term_width = 80, after_help = AFTER_HELP)]
pub struct Cli {
    /// A URL, a file (HTML, text, JSON Lines; .gz, .zst), a folder, or - for
    /// standard input (which is read too when nothing is given)
    #[arg(value_name = "SOURCE")]
    sources: Vec<OsString>,

    /// Read more sources from LIST, one URL or path a line; - is standard
    /// input, blank lines and # comments are skipped
    #[arg(short, long, value_name = "LIST", help_heading = "Input")]
    input_file: Option<PathBuf>,

    /// What files and standard input hold
    #[arg(short, long, value_enum, value_name = "KIND", default_value = "auto", help_heading = "Input")]
    from: From,

    /// The field of a JSON line that holds the page; default: text, else html
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    field: Option<String>,

    /// How sure one must be before a line of text without HTML is dropped:
    /// strict (loses least of the stories), balanced, eager (leaves least
    /// inserts), or a number from 0 to 1
    #[arg(long, value_name = "HOW", default_value = "balanced", value_parser = values::strictness)]
    strictness: Strictness,

    /// What reads the HTML: streaming (fast), or reference (html5ever, to
    /// compare with)
    #[arg(long, value_name = "PARSER", default_value = "streaming", value_parser = values::parser)]
    parser: PageParser,

    /// Write as; default: text for one page, jsonl for several
    #[arg(short, long, value_enum, value_name = "FORMAT", help_heading = "Output")]
    to: Option<To>,

    /// Write to FILE (.gz, .zst: compressed), or to one file a source in DIR/;
    /// default: standard output
    #[arg(short, long, value_name = "FILE|DIR/", help_heading = "Output")]
    output: Option<PathBuf>,

    /// Keep what is dropped by default: captions, bylines, headlines, bios, …
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = values::role, help_heading = "Output")]
    include: Vec<Role>,

    /// Put the metadata ahead of text and markdown, as YAML
    #[arg(long, help_heading = "Output")]
    front_matter: bool,

    /// List every block in json and jsonl, with its verdict and the reason; in
    /// records that came in as JSON Lines, what was dropped, as cleancopy
    #[arg(long, help_heading = "Output")]
    explain: bool,

    /// Add the story as Markdown to json and jsonl
    #[arg(long, help_heading = "Output")]
    markdown: bool,

    /// Fetch at most N pages at once
    #[arg(long, value_name = "N", default_value = "16", value_parser = values::count, help_heading = "Fetching")]
    max_concurrency: NonZeroUsize,

    /// Give a page up after TIME (30, 30s, 500ms, 2m)
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = values::time, help_heading = "Fetching")]
    timeout: Duration,

    /// Give a connection up after TIME
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = values::time, help_heading = "Fetching")]
    connect_timeout: Duration,

    /// Refuse pages, files and JSON lines over SIZE (500k, 10MiB), counted
    /// after decompression
    #[arg(long, value_name = "SIZE", default_value = "10MiB", value_parser = values::size, help_heading = "Fetching")]
    max_size: u64,

    /// Follow at most N redirects
    #[arg(long, value_name = "N", default_value = "10", help_heading = "Fetching")]
    max_redirects: usize,

    /// Send this User-Agent; default: cleancopy/VERSION
    #[arg(long, value_name = "TEXT", value_parser = values::header_value, help_heading = "Fetching")]
    user_agent: Option<String>,

    /// Send this header with each request (may be repeated)
    #[arg(short = 'H', long, value_name = "NAME: VALUE", value_parser = values::header, help_heading = "Fetching")]
    header: Vec<(String, String)>,

    /// Clean on N threads; default: one a core
    #[arg(long, value_name = "N", value_parser = values::count, help_heading = "Running")]
    threads: Option<NonZeroUsize>,

    /// Show no progress
    #[arg(long, help_heading = "Running")]
    no_progress: bool,

    /// Say nothing of failed pages and pages without a story
    #[arg(short, long, conflicts_with = "verbose", help_heading = "Running")]
    quiet: bool,

    /// Say what is done (-vv: and how)
    #[arg(short, long, action = ArgAction::Count, help_heading = "Running")]
    verbose: u8,

    /// Say at the end, as one JSON line on standard error: pages, failures,
    /// bytes, and the seconds of each stage
    #[arg(long, help_heading = "Running")]
    stats: bool,
}

/// What files hold, as it is typed.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum From {
    Auto,
    Html,
    Text,
    Jsonl,
}

/// The format of the output, as it is typed.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum To {
    #[value(alias = "txt")]
    Text,
    #[value(alias = "md")]
    Markdown,
    Json,
    Jsonl,
    Html,
    Explain,
}

impl Cli {
    /// The options that the program's arguments mean. Wrong ones end the program with exit code 2, `--help` and
    /// `--version` with 0, as clap does it.
    pub fn options() -> Options {
        Cli::parse().into_options()
    }

    fn into_options(self) -> Options {
        let output = self.output_options();
        let shows_reasons = output.explain == Explain::Blocks || output.format == Some(OutputFormat::Explain);
        let reasons = if shows_reasons { Reasons::Full } else { Reasons::Brief };
        Options {
            output,
            run: self.run_options(),
            clean: CleanOptions {
                include: self.include.into_iter().collect(),
                reasons,
                strictness: self.strictness,
                parser: self.parser,
            },
            input: InputOptions {
                sources: self.sources,
                list: self.input_file,
                format: self.from.format(),
                field: self.field.map_or(PageField::Usual, PageField::Named),
            },
            crawl: CrawlOptions::default(),
            fetch: FetchOptions {
                connect_timeout: self.connect_timeout,
                timeout: self.timeout,
                max_redirects: self.max_redirects,
                max_body_bytes: self.max_size,
                max_concurrency: self.max_concurrency.get(),
                user_agent: self.user_agent.unwrap_or_else(|| FetchOptions::default().user_agent),
                headers: self.header,
                ..FetchOptions::default()
            },
        }
    }

    fn output_options(&self) -> OutputOptions {
        OutputOptions {
            format: self.to.map(To::format),
            front_matter: if self.front_matter { FrontMatter::Yaml } else { FrontMatter::None },
            explain: if self.explain { Explain::Blocks } else { Explain::Nothing },
            markdown: if self.markdown { RecordMarkdown::Included } else { RecordMarkdown::Omitted },
            target: match &self.output {
                Some(path) if path != Path::new("-") => Target::Path(path.clone()),
                _ => Target::Stdout,
            },
        }
    }

    fn run_options(&self) -> RunOptions {
        RunOptions {
            threads: self.threads,
            progress: if self.no_progress { Progress::Never } else { Progress::Auto },
            messages: match self.verbose {
                0 if self.quiet => Messages::Quiet,
                0 => Messages::Notes,
                1 => Messages::Info,
                _ => Messages::Debug,
            },
            stats: if self.stats { Stats::Json } else { Stats::Nothing },
        }
    }
}

impl From {
    fn format(self) -> InputFormat {
        match self {
            From::Auto => InputFormat::Auto,
            From::Html => InputFormat::Html,
            From::Text => InputFormat::Text,
            From::Jsonl => InputFormat::Jsonl,
        }
    }
}

impl To {
    fn format(self) -> OutputFormat {
        match self {
            To::Text => OutputFormat::Text,
            To::Markdown => OutputFormat::Markdown,
            To::Json => OutputFormat::Json,
            To::Jsonl => OutputFormat::Jsonl,
            To::Html => OutputFormat::Html,
            To::Explain => OutputFormat::Explain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn options(arguments: &[&str]) -> Options {
        Cli::try_parse_from([&["cleancopy"], arguments].concat()).unwrap().into_options()
    }

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn defaults_are_those_of_the_library() {
        let mut typed = options(&[]);
        assert_eq!(typed.clean.reasons, Reasons::Brief, "text shows no reasons");
        typed.clean.reasons = Reasons::default();
        assert_eq!(format!("{typed:?}"), format!("{:?}", Options::default()));
    }

    #[test]
    fn a_dash_is_standard_output() {
        assert_eq!(options(&["-o", "-"]).output.target, Target::Stdout);
    }

    #[test]
    fn help_fits_eighty_columns() {
        let help = Cli::command().render_long_help().to_string();
        for line in help.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}
