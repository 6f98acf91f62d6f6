//! JSON Lines: one record a line, each a page.

use std::io::{self, BufRead};

use serde_json::{Map, Value};
use url::Url;

use super::lines::{Line, read_line, without_bom};
use super::{Job, Local, Work};
use crate::error::PageErrorKind;
use crate::page::{PageFormat, RawPage, Source};

/// The lines of a JSON Lines stream as jobs. Blank lines are skipped and counted.
pub(super) struct Records {
    container: String,
    group: u64,
    max_bytes: u64,
    reader: Option<Box<dyn BufRead + Send>>,
    line: u64,
}

impl Records {
    /// The records of `reader`, which is named `container`. A line over `max_bytes` fails.
    pub(super) fn new(container: String, group: u64, max_bytes: u64, reader: Box<dyn BufRead + Send>) -> Self {
        Records { container, group, max_bytes, reader: Some(reader), line: 0 }
    }

    fn job(&self, work: Work) -> Job {
        let source = Source::Record { container: self.container.clone(), line: self.line };
        Job { name: source.to_string(), source, group: self.group, work }
    }

    fn next_line(&mut self, line: &mut Vec<u8>) -> io::Result<Line> {
        let Some(reader) = &mut self.reader else { return Ok(Line::End) };
        self.line += 1;
        read_line(reader.as_mut(), self.max_bytes, line)
    }
}

impl Iterator for Records {
    type Item = Job;

    fn next(&mut self) -> Option<Job> {
        let mut line = Vec::new();
        loop {
            return match self.next_line(&mut line) {
                Ok(Line::End) => None,
                Ok(Line::TooLong) => Some(self.job(Work::Failed(PageErrorKind::TooLarge { limit: self.max_bytes }))),
                Ok(Line::Whole) if without_bom(&line).trim_ascii().is_empty() => continue,
                Ok(Line::Whole) => Some(self.job(Work::Open(Local::Line(line)))),
                Err(error) => {
                    self.reader = None;
                    Some(self.job(Work::Failed(PageErrorKind::Read(error))))
                }
            };
        }
    }
}

/// The page in a record: its `text`, else its `html`. The fields hold `text: null` in the text's place; HTML is not
/// carried along, and its record ends with the `text`.
pub(super) fn page(source: Source, line: &[u8]) -> Result<RawPage, PageErrorKind> {
    let mut fields: Map<String, Value> =
        serde_json::from_slice(without_bom(line)).map_err(|error| not_a_record(&source, &error))?;
    let url = fields.get("url").and_then(Value::as_str).and_then(web_address);
    let Some((format, body)) = take_body(&mut fields) else {
        let message = format!("{}the record has neither a `text` nor an `html` that is a string", line_of(&source));
        return Err(PageErrorKind::Record(message));
    };
    Ok(RawPage { url, fields, ..RawPage::new(source, format, body) })
}

fn take_body(fields: &mut Map<String, Value>) -> Option<(PageFormat, Vec<u8>)> {
    if let Some(Value::String(text)) = fields.get_mut("text").map(Value::take) {
        return Some((PageFormat::Text, text.into_bytes()));
    }
    let Some(Value::String(html)) = fields.shift_remove("html") else { return None };
    fields.entry("text").or_insert(Value::Null);
    Some((PageFormat::Html, html.into_bytes()))
}

fn web_address(text: &str) -> Option<Url> {
    Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

fn not_a_record(source: &Source, error: &serde_json::Error) -> PageErrorKind {
    let message = error.to_string();
    // Each line is a document of its own to the parser: its "line 1" would mislead.
    let what = message.split(" at line 1").next().unwrap_or_default();
    PageErrorKind::Record(format!("{}not a JSON object: {what} at column {}", line_of(source), error.column()))
}

fn line_of(source: &Source) -> String {
    match source {
        Source::Record { line, .. } => format!("line {line}: "),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(line: &str) -> Result<RawPage, PageErrorKind> {
        page(Source::Record { container: "x.jsonl".to_owned(), line: 7 }, line.as_bytes())
    }

    #[test]
    fn text_leaves_null_in_its_place() {
        let page = record(r#"{"id": 1, "text": "The bridge.", "url": "https://example.com/a", "z": [2]}"#).unwrap();
        assert_eq!((page.format, page.body.as_slice()), (PageFormat::Text, b"The bridge.".as_slice()));
        assert_eq!(page.url.unwrap().as_str(), "https://example.com/a");
        let fields = serde_json::to_string(&page.fields).unwrap();
        assert_eq!(fields, r#"{"id":1,"text":null,"url":"https://example.com/a","z":[2]}"#);
    }

    #[test]
    fn html_counts_where_there_is_no_text() {
        for line in [r#"{"html": "<p>x", "id": 1}"#, r#"{"text": null, "html": "<p>x", "id": 1}"#] {
            let page = record(line).unwrap();
            assert_eq!((page.format, page.body.as_slice()), (PageFormat::Html, b"<p>x".as_slice()));
            assert_eq!(page.fields.len(), 2);
            assert_eq!(page.fields["text"], Value::Null);
        }
    }

    #[test]
    fn only_web_addresses_are_urls() {
        for url in ["ftp://example.com/a", "a/b", ""] {
            let page = record(&format!(r#"{{"text": "x", "url": "{url}"}}"#)).unwrap();
            assert_eq!(page.url, None);
            assert_eq!(page.fields["url"], url);
        }
    }

    #[test]
    fn a_broken_record_says_where_and_what() {
        for (line, what) in [
            ("{\"text\": ", "line 7: not a JSON object: EOF while parsing a value at column 9"),
            ("[1]", "line 7: not a JSON object: invalid type: sequence, expected a map at column 0"),
            ("{\"id\": 1}", "line 7: the record has neither"),
            ("{\"text\": 1}", "line 7: the record has neither"),
        ] {
            let error = record(line).unwrap_err();
            assert_eq!(error.name(), "record");
            assert!(error.to_string().starts_with(what), "{error}");
        }
    }
}
