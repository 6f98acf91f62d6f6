//! JSON Lines: one record a line, each a page.

use std::io::{self, BufRead};

use url::Url;

use super::lines::{Line, read_line, without_bom};
use super::{Job, Local, Work};
use crate::envelope::Envelope;
use crate::error::PageErrorKind;
use crate::options::PageField;
use crate::page::{BodyEncoding, PageFormat, RawPage, Source, Stated};

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

/// The page in a record: what stands in `field`. Its envelope is the record as it was written; HTML is not carried along,
/// the text that comes of it is. `url`, `title` and `lang` say what they say.
pub(super) fn page(source: Source, line: Vec<u8>, field: &PageField) -> Result<RawPage, PageErrorKind> {
    let json = record_text(line).map_err(|what| PageErrorKind::Record(format!("{}{what}", line_of(&source))))?;
    let envelope = Envelope::parse(json).map_err(|error| not_a_record(&source, &error))?;
    let url = envelope.string("url").as_deref().and_then(web_address);
    let title = envelope.string("title").filter(|title| !title.trim().is_empty());
    let lang = envelope.string("lang").filter(|lang| is_language_tag(lang));
    let stated = Stated { title, lang };
    match body(envelope, field) {
        Ok((format, body, envelope)) => Ok(RawPage {
            url,
            encoding: if format == PageFormat::Text { BodyEncoding::Utf8 } else { BodyEncoding::Unknown },
            envelope: Some(envelope),
            stated,
            ..RawPage::new(source, format, body.into_bytes())
        }),
        Err(envelope) => {
            let fault = Some(format!("{}{}", line_of(&source), no_page(field)));
            Ok(RawPage { fault, envelope: Some(envelope), ..RawPage::new(source, PageFormat::Text, Vec::new()) })
        }
    }
}

fn record_text(line: Vec<u8>) -> Result<String, String> {
    let line = if without_bom(&line).len() < line.len() { without_bom(&line).to_vec() } else { line };
    String::from_utf8(line)
        .map_err(|error| format!("not a JSON object: no UTF-8 at column {}", error.utf8_error().valid_up_to() + 1))
}

/// What stands in the field of a record, and where its story goes; the record where nothing does.
fn body(envelope: Envelope, field: &PageField) -> Result<(PageFormat, String, Envelope), Envelope> {
    let text = |envelope: Envelope, name: &str| match envelope.string(name) {
        Some(body) => Ok((PageFormat::Text, body, envelope.with_text_in(name))),
        None => Err(envelope),
    };
    let html = |envelope: Envelope| match envelope.string("html") {
        Some(body) => Ok((PageFormat::Html, body, envelope.with_html_in("html"))),
        None => Err(envelope),
    };
    match field {
        PageField::Named(name) if name != "html" => text(envelope, name),
        PageField::Usual => text(envelope, "text").or_else(html),
        PageField::Named(_) => html(envelope),
    }
}

fn no_page(field: &PageField) -> String {
    match field {
        PageField::Usual => "the record has neither a `text` nor an `html` that is a string (see --field)".to_owned(),
        PageField::Named(name) => format!("the record has no `{name}` that is a string (--field)"),
    }
}

/// Whether a value is written as language tags are (`en`, `pt-BR`), not as names of languages.
fn is_language_tag(value: &str) -> bool {
    let mut parts = value.split(['-', '_']);
    let is_primary = |part: &str| matches!(part.len(), 2 | 3) && part.bytes().all(|b| b.is_ascii_alphabetic());
    parts.next().is_some_and(is_primary)
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
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
    use crate::envelope::Story;

    fn record(line: &str) -> Result<RawPage, PageErrorKind> {
        record_of(line, &PageField::Usual)
    }

    fn record_of(line: &str, field: &PageField) -> Result<RawPage, PageErrorKind> {
        page(Source::Record { container: "x.jsonl".to_owned(), line: 7 }, line.as_bytes().to_vec(), field)
    }

    fn written(page: RawPage) -> String {
        let mut out = Vec::new();
        page.envelope.unwrap().write(Story::Text("S"), None, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_story_takes_the_place_of_the_text() {
        let page =
            record(r#"{"id": 1.0, "text": "\ufeffThe bridge.", "url": "https://example.com/a", "z": [2]}"#).unwrap();
        assert_eq!((page.format, page.body.as_slice()), (PageFormat::Text, "\u{feff}The bridge.".as_bytes()));
        assert_eq!(page.encoding, BodyEncoding::Utf8);
        assert_eq!(page.url.as_ref().unwrap().as_str(), "https://example.com/a");
        assert_eq!(written(page), r#"{"id": 1.0, "text": "S", "url": "https://example.com/a", "z": [2]}"#);
    }

    #[test]
    fn half_a_character_costs_no_record() {
        let page = record(r#"{"text": "A lone \ud83d half.", "id": 1}"#).unwrap();
        assert_eq!(page.body, "A lone \u{fffd}\u{fffd}\u{fffd} half.".as_bytes());
        let mut out = Vec::new();
        page.envelope.unwrap().write(Story::Unchanged, None, &mut out).unwrap();
        assert_eq!(out, br#"{"text": "A lone \ud83d half.", "id": 1}"#);
        assert!(record(r#"{"text": [65, 66]}"#).unwrap().fault.is_some(), "no string");
    }

    #[test]
    fn html_counts_where_there_is_no_text() {
        for (line, out) in [
            (r#"{"html": "<p>x", "id": 1}"#, r#"{ "id": 1,"text":"S"}"#),
            (r#"{"text": null, "html": "<p>x", "id": 1}"#, r#"{"text": "S", "id": 1}"#),
        ] {
            let page = record(line).unwrap();
            assert_eq!((page.format, page.body.as_slice()), (PageFormat::Html, b"<p>x".as_slice()));
            assert_eq!(written(page), out);
        }
    }

    #[test]
    fn another_field_may_hold_the_page() {
        let line = r#"{"text": "t", "body": "b", "html": "<p>h"}"#;
        let of = |name: &str| record_of(line, &PageField::Named(name.to_owned()));
        let page = of("body").unwrap();
        assert_eq!((page.format, page.body.as_slice()), (PageFormat::Text, b"b".as_slice()));
        assert_eq!(written(page), r#"{"text": "t", "body": "S", "html": "<p>h"}"#);
        assert_eq!(of("html").unwrap().format, PageFormat::Html);
        let fault = of("x").unwrap().fault.unwrap();
        assert_eq!(fault, "line 7: the record has no `x` that is a string (--field)");
    }

    #[test]
    fn title_and_language_are_stated_where_they_are_some() {
        let stated = |line: &str| record(line).unwrap().stated;
        let both = Stated { title: Some("Bridge".to_owned()), lang: Some("pt-BR".to_owned()) };
        assert_eq!(stated(r#"{"text": "x", "title": "Bridge", "lang": "pt-BR"}"#), both);
        for line in [
            r#"{"text": "x"}"#,
            r#"{"text": "x", "title": " ", "lang": "English"}"#,
            r#"{"text": "x", "title": 1, "lang": ""}"#,
        ] {
            assert_eq!(stated(line), Stated::default(), "{line}");
        }
    }

    #[test]
    fn only_web_addresses_are_urls() {
        for url in ["ftp://example.com/a", "a/b", ""] {
            assert_eq!(record(&format!(r#"{{"text": "x", "url": "{url}"}}"#)).unwrap().url, None);
        }
    }

    #[test]
    fn a_broken_record_says_where_and_what() {
        for (line, what) in [
            ("{\"text\": ", "line 7: not a JSON object: EOF while parsing a value at column 9"),
            ("[1]", "line 7: not a JSON object: invalid type: sequence, expected an object at column 0"),
        ] {
            let error = record(line).unwrap_err();
            assert_eq!(error.name(), "record");
            assert!(error.to_string().starts_with(what), "{error}");
        }
        for line in ["{\"id\": 1}", "{\"text\": 1}", "{\"text\": null}", "{\"html\": null}"] {
            let page = record(line).unwrap();
            assert!(page.fault.unwrap().starts_with("line 7: the record has neither"), "{line}");
            assert!(page.envelope.is_some_and(|envelope| !envelope.holds_page()));
        }
        let error = page(Source::Stdin, b"{\"text\": \"\xff\"}".to_vec(), &PageField::Usual).unwrap_err();
        assert_eq!(error.to_string(), "not a JSON object: no UTF-8 at column 11");
    }
}
