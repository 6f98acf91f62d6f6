//! Articles as the rows of a table, in JSON: of the names of the table those that have a value; the table fills in the others.

use std::io;

use serde::Serialize;
use serde_json::value::RawValue;

use super::json::{ArticleRecord, JsonFields, MarkdownText};
use super::{Format, Record};

/// One JSON object a line for each record: the fields of [`super::Jsonl`] and, of a failure, `error_kind`,
/// `error_message` and `retryable`. Of a record that came in as JSON Lines, what is not the page is `fields`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Row {
    markdown: MarkdownText,
}

impl Row {
    /// Rows with the story as Markdown or without.
    pub fn new(markdown: MarkdownText) -> Self {
        Row { markdown }
    }
}

impl Format for Row {
    fn write(&self, record: &Record<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let fields = record.envelope.map(|envelope| RawValue::from_string(envelope.around_page())).transpose()?;
        let fields = fields.as_deref();
        match record.outcome {
            Ok(article) => {
                let only = JsonFields { markdown: self.markdown, ..JsonFields::default() };
                let record = ArticleRecord::new(record.source, article, only);
                serde_json::to_writer(&mut *out, &ArticleRow { record, fields })?;
            }
            Err(failure) => {
                let row = FailureRow {
                    source: record.source,
                    error_kind: &failure.kind,
                    error_message: &failure.message,
                    retryable: failure.retryable,
                    fields,
                };
                serde_json::to_writer(&mut *out, &row)?;
            }
        }
        writeln!(out)
    }
}

#[derive(Serialize)]
struct ArticleRow<'a> {
    #[serde(flatten)]
    record: ArticleRecord<'a>,
    fields: Option<&'a RawValue>,
}

#[derive(Serialize)]
struct FailureRow<'a> {
    source: &'a str,
    error_kind: &'a str,
    error_message: &'a str,
    retryable: bool,
    fields: Option<&'a RawValue>,
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::block::BlockKind;
    use crate::envelope::Envelope;
    use crate::write::sample::{article, block, failure, kept};

    fn row(outcome: Result<&crate::article::Article, &crate::write::Failure>, came: &str) -> Value {
        let envelope = Envelope::parse(came.to_owned()).unwrap().with_text_in("text");
        let mut out = Vec::new();
        let record = Record { source: "x.jsonl:1", envelope: Some(&envelope), outcome };
        Row::new(MarkdownText::Include).write(&record, &mut out).unwrap();
        assert_eq!(out.iter().position(|byte| *byte == b'\n'), Some(out.len() - 1));
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn a_record_that_came_in_is_a_row_with_its_fields() {
        let story = article(vec![kept(block("The bridge is open.", BlockKind::Paragraph))]);
        let row = row(Ok(&story), "{\"id\": 7.0, \"text\": \"old\", \"tags\": [1]}");
        assert_eq!((&row["source"], &row["text"]), (&json!("x.jsonl:1"), &json!("The bridge is open.")));
        assert_eq!((&row["markdown"], &row["words"]), (&json!("The bridge is open."), &json!(4)));
        assert_eq!(row["fields"], json!({"id": 7.0, "tags": [1]}));
    }

    #[test]
    fn a_failure_is_a_row() {
        assert_eq!(
            row(Err(&failure()), "{\"id\":7}"),
            json!({
                "source": "x.jsonl:1", "error_kind": "timeout", "error_message": "No answer for 30 s.",
                "retryable": true, "fields": {"id": 7},
            })
        );
    }
}
