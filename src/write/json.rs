//! Articles as JSON: one object a line, or one indented object.

use std::fmt::Display;
use std::io;

use serde::Serialize;
use serde::ser::Serializer;
use url::Url;

use super::markdown::markdown;
use super::passed::write_passed;
use super::{Failure, Format, Record};
use crate::article::{Article, Judged};
use crate::block::{BlockKind, Truncation};
use crate::envelope::Envelope;
use crate::verdict::{PageVerdict, Role, Stage};

/// JSON Lines: each record is exactly one line, failures too.
///
/// A record that came in as JSON Lines goes out as it came, its `text` replaced by the story; see [`Record::envelope`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Jsonl {
    fields: JsonFields,
}

impl Jsonl {
    /// JSON Lines with these fields.
    pub fn new(fields: JsonFields) -> Self {
        Jsonl { fields }
    }
}

impl Format for Jsonl {
    fn write(&self, record: &Record<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        match record.envelope {
            Some(envelope) => write_passed(envelope, record.outcome, self.fields.blocks, out)?,
            None => serde_json::to_writer(&mut *out, &Output::new(record, self.fields))?,
        }
        writeln!(out)
    }

    fn shows_language(&self, envelope: Option<&Envelope>) -> bool {
        envelope.is_none()
    }
}

/// The records of [`Jsonl`], indented for a reader; a record that came in as JSON Lines stays on its line.
#[derive(Debug, Clone, Copy, Default)]
pub struct Json {
    fields: JsonFields,
}

impl Json {
    /// Indented JSON with these fields.
    pub fn new(fields: JsonFields) -> Self {
        Json { fields }
    }
}

impl Format for Json {
    fn write(&self, record: &Record<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        match record.envelope {
            Some(envelope) => write_passed(envelope, record.outcome, self.fields.blocks, out)?,
            None => serde_json::to_writer_pretty(&mut *out, &Output::new(record, self.fields))?,
        }
        writeln!(out)
    }

    fn shows_language(&self, envelope: Option<&Envelope>) -> bool {
        envelope.is_none()
    }
}

/// What a record has beside the fields that each has; nothing by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JsonFields {
    /// The story as Markdown.
    pub markdown: MarkdownText,
    /// Every block with its verdict.
    pub blocks: BlockList,
}

/// Whether a record has the field `markdown`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MarkdownText {
    /// It has not.
    #[default]
    Omit,
    /// It has, beside `text`.
    Include,
}

/// Whether a record lists the blocks of the page, each with its verdict and reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BlockList {
    /// It does not.
    #[default]
    Omit,
    /// It does, as `blocks`; a record that came in as JSON Lines lists what went, as `cleancopy`.
    Include,
}

/// A record in one of its forms.
#[derive(Serialize)]
#[serde(untagged)]
enum Output<'a> {
    Article(Box<ArticleRecord<'a>>),
    Failure { source: &'a str, error: &'a Failure },
}

impl<'a> Output<'a> {
    fn new(record: &Record<'a>, fields: JsonFields) -> Self {
        match record.outcome {
            Ok(article) => Output::Article(Box::new(ArticleRecord::new(record.source, article, fields))),
            Err(error) => Output::Failure { source: record.source, error },
        }
    }
}

/// An article. What is not known is `null`, or an empty list.
#[derive(Serialize)]
pub(super) struct ArticleRecord<'a> {
    source: &'a str,
    url: Option<&'a Url>,
    canonical_url: Option<&'a Url>,
    verdict: PageVerdict,
    title: Option<&'a str>,
    authors: &'a [String],
    date: Option<&'a str>,
    modified: Option<&'a str>,
    site: Option<&'a str>,
    lang: Option<&'a str>,
    description: Option<&'a str>,
    image: Option<&'a str>,
    section: Option<&'a str>,
    tags: &'a [String],
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
    dropped_words: usize,
    words: usize,
    confidence: f64,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    truncated: &'a [Truncation],
    #[serde(skip_serializing_if = "Option::is_none")]
    blocks: Option<Vec<BlockRecord<'a>>>,
}

impl<'a> ArticleRecord<'a> {
    pub(super) fn new(source: &'a str, article: &'a Article, fields: JsonFields) -> Self {
        let metadata = &article.metadata;
        ArticleRecord {
            source,
            url: article.url.as_ref(),
            canonical_url: metadata.canonical_url.as_ref(),
            verdict: article.verdict,
            title: metadata.title.as_deref(),
            authors: &metadata.authors,
            date: metadata.date.as_deref(),
            modified: metadata.modified.as_deref(),
            site: metadata.site.as_deref(),
            lang: metadata.lang.as_deref(),
            description: metadata.description.as_deref(),
            image: metadata.image.as_deref(),
            section: metadata.section.as_deref(),
            tags: &metadata.tags,
            text: article.text(),
            markdown: (fields.markdown == MarkdownText::Include).then(|| markdown(article)),
            dropped_words: article.dropped_words(),
            words: article.words(),
            truncated: &article.truncated,
            confidence: rounded(article.confidence),
            blocks: (fields.blocks == BlockList::Include)
                .then(|| article.blocks.iter().map(BlockRecord::new).collect()),
        }
    }
}

/// A block and its verdict.
#[derive(Serialize)]
struct BlockRecord<'a> {
    text: &'a str,
    kind: &'static str,
    kept: bool,
    role: Role,
    stage: Stage,
    #[serde(serialize_with = "sentence")]
    reason: &'a dyn Display,
    evidence: Vec<String>,
    story_likelihood: f64,
}

impl<'a> BlockRecord<'a> {
    fn new(judged: &'a Judged) -> Self {
        let reason = judged.verdict.reason();
        BlockRecord {
            text: &judged.block.text,
            kind: kind_name(judged.block.kind),
            kept: judged.verdict.is_keep(),
            role: reason.role,
            stage: reason.stage,
            reason,
            evidence: reason.evidence.iter().map(ToString::to_string).collect(),
            story_likelihood: rounded(reason.story_likelihood),
        }
    }
}

pub(super) fn sentence<S: Serializer>(reason: &dyn Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(reason)
}

fn kind_name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Paragraph => "paragraph",
        BlockKind::Heading(_) => "heading",
        BlockKind::ListItem { .. } => "list-item",
        BlockKind::Quote => "quote",
        BlockKind::TableRow => "table-row",
        BlockKind::Preformatted => "preformatted",
        BlockKind::Caption => "caption",
    }
}

/// To three decimals: more would claim a certainty that no one has.
pub(super) fn rounded(share: f32) -> f64 {
    (f64::from(share) * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, Value, json};

    use super::*;
    use crate::block::Metadata;
    use crate::write::sample::{article, block, dropped, failure, kept, written, written_outcome};

    fn explained() -> Jsonl {
        Jsonl::new(JsonFields { markdown: MarkdownText::Include, blocks: BlockList::Include })
    }

    fn sample() -> Article {
        let mut article = article(vec![
            kept(block("The *bridge* is open.", BlockKind::Paragraph)),
            dropped(block("Sign up for our newsletter", BlockKind::Heading(3)), "sign up for our"),
        ]);
        article.url = Url::parse("https://example.com/a").ok();
        article.metadata =
            Metadata { title: Some("Open".to_owned()), tags: vec!["roads".to_owned()], ..Metadata::default() };
        article
    }

    fn names(line: &str) -> Vec<String> {
        serde_json::from_str::<Map<String, Value>>(line).unwrap().keys().cloned().collect()
    }

    #[test]
    fn a_record_has_its_fields_in_order() {
        let line = written(&Jsonl::default(), &sample());
        assert_eq!(
            names(&line).join(" "),
            "source url canonical_url verdict title authors date modified site lang description image section tags text \
             dropped_words words confidence"
        );
        let record: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(
            record,
            json!({
                "source": "page.html", "url": "https://example.com/a", "canonical_url": null, "verdict": "article",
                "title": "Open", "authors": [], "date": null, "modified": null, "site": null, "lang": null,
                "description": null, "image": null, "section": null, "tags": ["roads"],
                "text": "The *bridge* is open.", "dropped_words": 5, "words": 4, "confidence": 0.912,
            })
        );
    }

    #[test]
    fn more_fields_on_request() {
        let record: Value = serde_json::from_str(&written(&explained(), &sample())).unwrap();
        assert_eq!(record["markdown"], "The \\*bridge\\* is open.");
        assert_eq!(
            record["blocks"][1],
            json!({
                "text": "Sign up for our newsletter", "kind": "heading", "kept": false, "role": "newsletter",
                "stage": "rule", "reason": "newsletter: says \"sign up for our\"",
                "evidence": ["says \"sign up for our\""], "story_likelihood": 0.01,
            })
        );
        assert_eq!(record["blocks"][0]["kept"], true);
        assert_eq!(record["blocks"][0]["story_likelihood"], 0.988);
    }

    #[test]
    fn indented_records_say_the_same() {
        let lines = written(&Jsonl::default(), &sample());
        let indented = written(&Json::default(), &sample());
        assert!(indented.starts_with("{\n  \"source\""));
        assert_eq!(serde_json::from_str::<Value>(&indented).unwrap(), serde_json::from_str::<Value>(&lines).unwrap());
    }

    #[test]
    fn a_failure_is_a_record() {
        let line = written_outcome(&Jsonl::default(), Err(&failure()));
        assert_eq!(
            line,
            "{\"source\":\"page.html\",\"error\":{\"kind\":\"timeout\",\"message\":\"No answer for 30 s.\",\"retryable\":true}}\n"
        );
    }

    proptest! {
        #[test]
        fn each_record_is_one_line_that_reads_back(text in any::<String>(), phrase in any::<String>()) {
            let article = article(vec![
                kept(block(&text, BlockKind::Preformatted)),
                dropped(block(&text, BlockKind::Quote), &phrase),
            ]);
            let line = written(&explained(), &article);
            prop_assert_eq!(line.matches('\n').count(), 1);
            prop_assert!(line.ends_with('\n'));
            let record: Value = serde_json::from_str(&line).unwrap();
            prop_assert_eq!(record["text"].as_str(), Some(text.as_str()));
            prop_assert_eq!(record["blocks"][1]["text"].as_str(), Some(text.as_str()));
        }
    }
}
