//! How articles are written, and where to.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::options::{Explain, FrontMatter, OutputFormat, OutputOptions, RecordMarkdown, Target};

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct OutputArgs {
    /// Write as; default: as FILE ends (of several pages only .parquet counts),
    /// else text for one page, jsonl for several
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    to: Option<To>,

    /// Write to FILE (.gz, .zst: compressed), or to one file a source in DIR/;
    /// default: standard output
    #[arg(short, long, value_name = "FILE|DIR/")]
    output: Option<PathBuf>,

    /// Put the metadata ahead of text and markdown, as YAML
    #[arg(long)]
    front_matter: bool,

    /// List every block in json and jsonl, with its verdict and the reason; in
    /// records that came in as JSON Lines, what was dropped, as cleancopy
    #[arg(long)]
    explain: bool,

    /// Add the story as Markdown to json, jsonl and parquet
    #[arg(long)]
    markdown: bool,
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
    Parquet,
}

impl OutputArgs {
    /// The options that the arguments mean.
    pub(super) fn options(self) -> OutputOptions {
        OutputOptions {
            format: self.to.map(To::format),
            front_matter: if self.front_matter { FrontMatter::Yaml } else { FrontMatter::None },
            explain: if self.explain { Explain::Blocks } else { Explain::Nothing },
            markdown: if self.markdown { RecordMarkdown::Included } else { RecordMarkdown::Omitted },
            target: match self.output {
                Some(path) if path != Path::new("-") => Target::Path(path),
                _ => Target::Stdout,
            },
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
            To::Parquet => OutputFormat::Parquet,
        }
    }
}
