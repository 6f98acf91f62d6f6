//! Every block with its verdict and reason, for a person at a terminal.

use std::io;

use super::wrap::{width, wrap};
use super::{Failure, Format, Record};
use crate::article::{Article, Judged};
use crate::envelope::Envelope;
use crate::verdict::{Reason, Stage};

/// Columns of a line: what a terminal has that nobody has made wider.
const COLUMNS: usize = 80;
/// Lines of a text, enough to know it again.
const TEXT_LINES: usize = 2;
/// Columns of a line's margin: `+ ` or `- `.
const MARGIN: usize = 2;
/// The column where the reason stands if a block and its reason share a line.
const REASON_COLUMN: usize = 36;
/// Lines of a value of the header.
const HEADER_LINES: usize = 3;
/// Columns of the header's labels.
const LABEL: usize = 12;

/// What became of the page: its metadata, then each of its blocks in order, the kept ones behind `+`, the dropped ones
/// behind `-` with the reason. Texts are shortened and no block is left out. Plain text, 80 columns wide.
#[derive(Debug, Clone, Copy, Default)]
pub struct Explain;

impl Format for Explain {
    fn write(&self, record: &Record<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        for line in wrap(record.source, COLUMNS, HEADER_LINES) {
            writeln!(out, "{line}")?;
        }
        match record.outcome {
            Ok(article) => {
                write_header(article, out)?;
                article.blocks.iter().try_for_each(|judged| write_block(judged, out))?;
            }
            Err(failure) => write_failure(failure, out)?,
        }
        writeln!(out)
    }

    fn shows_language(&self, _: Option<&Envelope>) -> bool {
        false
    }
}

fn write_failure(failure: &Failure, out: &mut dyn io::Write) -> io::Result<()> {
    let Failure { kind, message, retryable } = failure;
    let hope = if *retryable { " (another try may succeed)" } else { "" };
    write_field("failed", &format!("{kind}: {message}{hope}"), out)
}

fn write_header(article: &Article, out: &mut dyn io::Write) -> io::Result<()> {
    let metadata = &article.metadata;
    write_field("verdict", article.verdict.name(), out)?;
    write_field("title", metadata.title.as_deref().unwrap_or_default(), out)?;
    write_field("authors", &metadata.authors.join(", "), out)?;
    write_field("date", metadata.date.as_deref().unwrap_or_default(), out)?;
    write_field("words", &format!("{} kept, {} dropped", article.words(), article.dropped_words()), out)?;
    write_field("confidence", &format!("{:.2}", article.confidence), out)?;
    writeln!(out)
}

/// A line of the header; none for an empty value.
fn write_field(label: &str, value: &str, out: &mut dyn io::Write) -> io::Result<()> {
    for (i, line) in wrap(value, COLUMNS - MARGIN - LABEL, HEADER_LINES).iter().enumerate() {
        let label = if i == 0 { label } else { "" };
        writeln!(out, "{:MARGIN$}{label:LABEL$}{line}", "")?;
    }
    Ok(())
}

fn write_block(judged: &Judged, out: &mut dyn io::Write) -> io::Result<()> {
    let lines = wrap(&judged.block.text, COLUMNS - MARGIN, TEXT_LINES);
    if judged.verdict.is_keep() {
        return write_text("+", &lines, out);
    }
    let reason = sentence(judged.verdict.reason());
    match (lines.as_slice(), wrap(&reason, COLUMNS - REASON_COLUMN, TEXT_LINES).as_slice()) {
        ([text], [reason]) if width(text) + MARGIN + 2 <= REASON_COLUMN => {
            let gap = REASON_COLUMN - MARGIN - width(text);
            writeln!(out, "- {text}{:gap$}{reason}", "")
        }
        _ => {
            write_text("-", &lines, out)?;
            let indent = MARGIN + 2;
            wrap(&reason, COLUMNS - indent, TEXT_LINES)
                .iter()
                .try_for_each(|line| writeln!(out, "{:indent$}{line}", ""))
        }
    }
}

fn write_text(mark: &str, lines: &[String], out: &mut dyn io::Write) -> io::Result<()> {
    for (i, line) in lines.iter().enumerate() {
        writeln!(out, "{} {line}", if i == 0 { mark } else { " " })?;
    }
    Ok(())
}

/// The reason and, in brackets, the stage that gave it, a score with the likelihood that the block is of the story: who wants to change a verdict must know where to look.
fn sentence(reason: &Reason) -> String {
    match reason.stage {
        Stage::Rule => format!("{reason} [rule]"),
        Stage::Score => format!("{reason} [score {:.2}]", reason.story_likelihood),
        Stage::Context => format!("{reason} [context]"),
        Stage::Option => format!("{reason} [option]"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::block::{BlockKind, Metadata};
    use crate::write::sample::{article, block, dropped, failure, kept, written, written_outcome};

    #[test]
    fn a_page_is_told_block_by_block() {
        let long = "The bridge over the river reopened on Monday, two years after the flood took it. ".repeat(4);
        let mut article = article(vec![
            dropped(block("Subscribe now", BlockKind::Paragraph), "subscribe now"),
            kept(block("The bridge is open.", BlockKind::Paragraph)),
            kept(block(&long, BlockKind::Paragraph)),
            dropped(block("Keep up with the top headlines of the bay", BlockKind::Heading(3)), "keep up with"),
        ]);
        article.metadata = Metadata {
            title: Some("Bridge opens".to_owned()),
            authors: vec!["A. Doe".to_owned(), "B. Roe".to_owned()],
            ..Metadata::default()
        };
        let expected = "\
page.html
  verdict     article
  title       Bridge opens
  authors     A. Doe, B. Roe
  words       64 kept, 11 dropped
  confidence  0.91

- Subscribe now                     newsletter: says \"subscribe now\" [rule]
+ The bridge is open.
+ The bridge over the river reopened on Monday, two years after the flood took
  it. The bridge over the river reopened on Monday, two years after the flood \u{2026}
- Keep up with the top headlines of the bay
    newsletter: says \"keep up with\" [rule]

";
        assert_eq!(written(&Explain, &article), expected);
    }

    #[test]
    fn a_failure_is_told() {
        assert_eq!(
            written_outcome(&Explain, Err(&failure())),
            "page.html\n  failed      timeout: No answer for 30 s. (another try may succeed)\n\n"
        );
    }

    proptest! {
        #[test]
        fn no_block_is_missing_and_no_line_too_long(texts in prop::collection::vec("[a-z\u{4e2d}\0\u{1b} ]{0,200}", 1..6)) {
            let blocks = texts.iter().enumerate().map(|(i, text)| {
                let block = block(&format!("x{text}"), BlockKind::Paragraph);
                if i % 2 == 0 { kept(block) } else { dropped(block, text) }
            });
            let said = written(&Explain, &article(blocks.collect()));
            prop_assert_eq!(said.lines().filter(|line| line.starts_with(['+', '-'])).count(), texts.len());
            for line in said.lines() {
                prop_assert!(width(line) <= COLUMNS, "{}", line);
                prop_assert!(!line.contains(char::is_control));
            }
        }
    }
}
