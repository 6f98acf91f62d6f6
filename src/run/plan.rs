//! What the options mean together: the format, and whether there may be several articles.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::Path;

use super::sink::names_folder;
use crate::error::Error;
use crate::input::container;
use crate::options::{Explain, FrontMatter, InputOptions, OutputFormat, OutputOptions, RecordMarkdown, Target};

/// How many articles an output may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    /// One page was asked for.
    One,
    /// Any number, none among them.
    Several,
}

/// The sources to read: standard input where none are named and it is no terminal.
pub(super) fn input(mut options: InputOptions) -> Result<InputOptions, Error> {
    if options.sources.is_empty() && options.list.is_none() {
        if io::stdin().is_terminal() {
            let message = "nothing to clean: give a URL, a file, a folder or -, or a list with -i (see --help)";
            return Err(Error::Usage(message.to_owned()));
        }
        options.sources.push(OsString::from("-"));
    }
    Ok(options)
}

/// How many articles the sources may give.
pub(super) fn count(input: &InputOptions) -> Count {
    match (&input.list, input.sources.as_slice()) {
        (None, [source]) if !Path::new(source).is_dir() && container(Path::new(source), input.format).is_none() => {
            Count::One
        }
        _ => Count::Several,
    }
}

/// The format to write.
pub(super) fn format(output: &OutputOptions, count: Count) -> Result<OutputFormat, Error> {
    let format = match (output.format, count, output.explain, output.front_matter) {
        (Some(format), ..) => format,
        (None, count, explain, _) => match (named_format(&output.target), count, explain) {
            (Some(OutputFormat::Parquet), ..) => OutputFormat::Parquet,
            (Some(format @ (OutputFormat::Json | OutputFormat::Jsonl)), Count::One, _)
            | (Some(format), Count::One, Explain::Nothing) => format,
            (_, Count::One, Explain::Blocks) => OutputFormat::Explain,
            (None, Count::One, Explain::Nothing) => OutputFormat::Text,
            (_, Count::Several, _) => OutputFormat::Jsonl,
        },
    };
    let takes_markdown = matches!(format, OutputFormat::Json | OutputFormat::Jsonl | OutputFormat::Parquet);
    if output.markdown == RecordMarkdown::Included && !takes_markdown {
        return Err(Error::Usage("--markdown goes with --to json, jsonl or parquet".to_owned()));
    }
    let takes_explain = matches!(format, OutputFormat::Json | OutputFormat::Jsonl | OutputFormat::Explain);
    if output.explain == Explain::Blocks && !takes_explain {
        return Err(Error::Usage("--explain goes with --to json, jsonl or explain".to_owned()));
    }
    if output.front_matter == FrontMatter::Yaml && !matches!(format, OutputFormat::Text | OutputFormat::Markdown) {
        return Err(Error::Usage("--front-matter goes with --to text or markdown".to_owned()));
    }
    if format == OutputFormat::Parquet && !cfg!(feature = "parquet") {
        let message = "this cleancopy was built without tables (its feature `parquet`): write --to jsonl";
        return Err(Error::Usage(message.to_owned()));
    }
    if format == OutputFormat::Parquet && output.target == Target::Stdout && io::stdout().is_terminal() {
        return Err(Error::Usage("--to parquet is no text for a terminal: give a file with -o".to_owned()));
    }
    Ok(format)
}

/// What is to be said of an output of which the name tells another format than what several articles are written in.
pub(super) fn note_of_name(output: &OutputOptions, format: OutputFormat) -> Option<String> {
    let Target::Path(path) = &output.target else { return None };
    let named = named_format(&output.target).filter(|named| output.format.is_none() && *named != format)?;
    let is_lines = format == OutputFormat::Jsonl && named != OutputFormat::Parquet;
    is_lines.then(|| format!("{} gets JSON Lines, as several pages do: --to tells otherwise", path.display()))
}

/// The format that the name of a file tells, a `.gz` or `.zst` behind it left out.
fn named_format(target: &Target) -> Option<OutputFormat> {
    let Target::Path(path) = target else { return None };
    let name = path.file_name().filter(|_| !names_folder(path))?.to_str()?.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    match name.rsplit_once('.')?.1 {
        "parquet" => Some(OutputFormat::Parquet),
        "jsonl" | "ndjson" => Some(OutputFormat::Jsonl),
        "json" => Some(OutputFormat::Json),
        "txt" => Some(OutputFormat::Text),
        "md" | "markdown" => Some(OutputFormat::Markdown),
        "html" | "htm" => Some(OutputFormat::Html),
        _ => None,
    }
}

/// The pages that a reader of the output would miss without a word on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Silence {
    /// None: failures are records, and so is what has no story.
    Nothing,
    /// Those that failed.
    Failures,
    /// Those that failed and those without a story.
    FailuresAndNoStories,
}

/// The pages that `format` has no place for.
pub(super) fn silence(format: OutputFormat) -> Silence {
    match format {
        OutputFormat::Json | OutputFormat::Jsonl | OutputFormat::Parquet => Silence::Nothing,
        OutputFormat::Explain => Silence::Failures,
        OutputFormat::Text | OutputFormat::Markdown | OutputFormat::Html => Silence::FailuresAndNoStories,
    }
}
