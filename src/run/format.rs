//! Which writer a format has.

use crate::options::{Explain, FrontMatter, OutputFormat, OutputOptions, RecordMarkdown};
use crate::write;
use crate::write::{BlockList, Format, JsonFields, MarkdownText};

/// The writer of `format` with what `options` ask for beside it.
pub(super) fn writer(format: OutputFormat, options: &OutputOptions) -> Box<dyn Format> {
    let blocks = match options.explain {
        Explain::Nothing => BlockList::Omit,
        Explain::Blocks => BlockList::Include,
    };
    let markdown = match options.markdown {
        RecordMarkdown::Omitted => MarkdownText::Omit,
        RecordMarkdown::Included => MarkdownText::Include,
    };
    let fields = JsonFields { markdown, blocks };
    match (format, options.front_matter) {
        (OutputFormat::Text, FrontMatter::None) => Box::new(write::Text),
        (OutputFormat::Text, FrontMatter::Yaml) => Box::new(write::FrontMatter::new(write::Text)),
        (OutputFormat::Markdown, FrontMatter::None) => Box::new(write::Markdown),
        (OutputFormat::Markdown, FrontMatter::Yaml) => Box::new(write::FrontMatter::new(write::Markdown)),
        (OutputFormat::Json, _) => Box::new(write::Json::new(fields)),
        (OutputFormat::Jsonl, _) => Box::new(write::Jsonl::new(fields)),
        (OutputFormat::Html, _) => Box::new(write::Html::new()),
        (OutputFormat::Parquet, _) => Box::new(write::Row::new(markdown)),
        (OutputFormat::Explain, _) => Box::new(write::Explain),
    }
}
