//! What stands around the records of one output.

use std::io::{self, Write};

use super::plan::Count;
use crate::options::OutputFormat;
use crate::page::ByteOrderMark;

/// What a text may begin with that came with it.
const MARK: &[u8] = ByteOrderMark::Utf8.as_str().as_bytes();

/// The records of one output, with what stands between them.
#[derive(Debug)]
pub(super) struct Frame {
    kind: Kind,
    is_empty: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// One after the other, with this between them.
    Sequence(&'static str),
    /// A JSON array.
    Array,
}

impl Frame {
    /// The frame of an output of `count` records.
    pub(super) fn new(format: OutputFormat, count: Count) -> Self {
        let kind = match (format, count) {
            (OutputFormat::Json, Count::Several) => Kind::Array,
            (OutputFormat::Text | OutputFormat::Markdown, _) => Kind::Sequence("\n---\n\n"),
            // Each page's explanation ends with a blank line of its own.
            (OutputFormat::Explain | OutputFormat::Json | OutputFormat::Jsonl | OutputFormat::Html, _) => {
                Kind::Sequence("")
            }
            // A table has no frame.
            (OutputFormat::Parquet, _) => Kind::Sequence(""),
        };
        Frame { kind, is_empty: true }
    }

    /// Writes a record with what stands ahead of it. An empty one leaves no trace.
    pub(super) fn write(&mut self, record: &[u8], out: &mut dyn Write) -> io::Result<()> {
        if record.is_empty() {
            return Ok(());
        }
        let ahead = match (self.kind, self.is_empty) {
            (Kind::Sequence(_), true) => "",
            (Kind::Sequence(between), false) => between,
            (Kind::Array, true) => "[\n",
            (Kind::Array, false) => ",\n",
        };
        out.write_all(ahead.as_bytes())?;
        self.is_empty = false;
        match self.kind {
            // A byte order mark marks the beginning of an output alone.
            Kind::Sequence(_) if !ahead.is_empty() => out.write_all(record.strip_prefix(MARK).unwrap_or(record)),
            Kind::Sequence(_) => out.write_all(record),
            Kind::Array => out.write_all(record.trim_ascii_end()),
        }
    }

    /// Writes what stands behind the last record.
    pub(super) fn close(&self, out: &mut dyn Write) -> io::Result<()> {
        match (self.kind, self.is_empty) {
            (Kind::Sequence(_), _) => Ok(()),
            (Kind::Array, true) => out.write_all(b"[]\n"),
            (Kind::Array, false) => out.write_all(b"\n]\n"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(format: OutputFormat, count: Count, records: &[&str]) -> String {
        let mut out = Vec::new();
        let mut frame = Frame::new(format, count);
        for record in records {
            frame.write(record.as_bytes(), &mut out).unwrap();
        }
        frame.close(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_rule_between_texts_and_none_for_what_left_no_text() {
        let text = framed(OutputFormat::Text, Count::Several, &["", "one\n", "", "two\n", ""]);
        assert_eq!(text, "one\n\n---\n\ntwo\n");
    }

    #[test]
    fn a_mark_stands_at_the_beginning_alone() {
        let text = framed(OutputFormat::Text, Count::Several, &["\u{feff}one\n", "\u{feff}two\n"]);
        assert_eq!(text, "\u{feff}one\n\n---\n\ntwo\n");
    }

    #[test]
    fn json_is_an_object_or_an_array() {
        assert_eq!(framed(OutputFormat::Json, Count::One, &["{}\n"]), "{}\n");
        assert_eq!(framed(OutputFormat::Json, Count::Several, &["{}\n", "{}\n"]), "[\n{},\n{}\n]\n");
        assert_eq!(framed(OutputFormat::Json, Count::Several, &["{}\n"]), "[\n{}\n]\n");
        assert_eq!(framed(OutputFormat::Json, Count::Several, &[]), "[]\n");
    }
}
