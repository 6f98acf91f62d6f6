//! What is read.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::options::{InputFormat, InputOptions, PageField};

#[derive(Debug, Args)]
#[command(next_help_heading = "Input")]
pub(super) struct InputArgs {
    /// Read more sources from LIST, one URL or path a line; - is standard
    /// input, blank lines and # comments are skipped
    #[arg(short, long, value_name = "LIST")]
    input_file: Option<PathBuf>,

    /// What files and standard input hold
    #[arg(short, long, value_enum, value_name = "KIND", default_value = "auto")]
    from: From,

    /// The field of a JSON line that holds the page; default: text, else html
    #[arg(long, value_name = "NAME")]
    field: Option<String>,
}

/// What files hold, as it is typed.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum From {
    Auto,
    Html,
    Text,
    Jsonl,
    Warc,
}

impl InputArgs {
    /// The options that the arguments mean, without sources.
    pub(super) fn options(self) -> InputOptions {
        InputOptions {
            sources: Vec::new(),
            list: self.input_file,
            format: self.from.format(),
            field: self.field.map_or(PageField::Usual, PageField::Named),
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
            From::Warc => InputFormat::Warc,
        }
    }
}
