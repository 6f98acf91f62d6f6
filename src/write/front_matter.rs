//! Metadata as a YAML block ahead of text or Markdown.

use std::fmt::Write as _;
use std::io;

use super::{Format, Record};
use crate::article::Article;

/// Writes what the page says of itself between `---` lines, then the story in the format `F`. Only what is known is
/// there, each value as a quoted string, so that no title can be taken for a number, a date or markup. Writes nothing
/// of its own where there is no story.
#[derive(Debug, Clone, Copy, Default)]
pub struct FrontMatter<F> {
    format: F,
}

impl<F: Format> FrontMatter<F> {
    /// Front matter ahead of `format`.
    pub fn new(format: F) -> Self {
        FrontMatter { format }
    }
}

impl<F: Format> Format for FrontMatter<F> {
    fn write(&self, record: &Record<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        if let Ok(article) = record.outcome
            && article.kept().next().is_some()
        {
            writeln!(out, "---\n{}---\n", fields(article))?;
        }
        self.format.write(record, out)
    }
}

/// The lines between the marks.
fn fields(article: &Article) -> String {
    let metadata = &article.metadata;
    let url = article.url.as_ref().or(metadata.canonical_url.as_ref());
    let mut yaml = String::new();
    value(&mut yaml, "title", metadata.title.as_deref());
    list(&mut yaml, "authors", &metadata.authors);
    value(&mut yaml, "date", metadata.date.as_deref());
    value(&mut yaml, "modified", metadata.modified.as_deref());
    value(&mut yaml, "site", metadata.site.as_deref());
    value(&mut yaml, "lang", metadata.lang.as_deref());
    value(&mut yaml, "url", url.map(url::Url::as_str));
    value(&mut yaml, "section", metadata.section.as_deref());
    list(&mut yaml, "tags", &metadata.tags);
    value(&mut yaml, "description", metadata.description.as_deref());
    value(&mut yaml, "image", metadata.image.as_deref());
    value(&mut yaml, "verdict", Some(article.verdict.name()));
    yaml
}

fn value(yaml: &mut String, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        yaml.push_str(name);
        yaml.push_str(": ");
        quote(value, yaml);
        yaml.push('\n');
    }
}

fn list(yaml: &mut String, name: &str, values: &[String]) {
    if values.is_empty() {
        return;
    }
    yaml.push_str(name);
    yaml.push_str(":\n");
    for value in values {
        yaml.push_str("  - ");
        quote(value, yaml);
        yaml.push('\n');
    }
}

/// A double-quoted scalar on one line (YAML 1.2.2, 7.3.1). What is not printable (5.1, `c-printable`), a line break or
/// a byte order mark comes as an escape; DEL and the C1 controls too, which older readers refuse.
fn quote(value: &str, yaml: &mut String) {
    yaml.push('"');
    for c in value.chars() {
        match c {
            '"' => yaml.push_str("\\\""),
            '\\' => yaml.push_str("\\\\"),
            '\n' => yaml.push_str("\\n"),
            '\r' => yaml.push_str("\\r"),
            '\t' => yaml.push_str("\\t"),
            _ if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') => {
                // Writing to a String cannot fail.
                let _ = write!(yaml, "\\u{:04X}", u32::from(c));
            }
            _ => yaml.push(c),
        }
    }
    yaml.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use saphyr::{LoadableYamlNode, Yaml};
    use url::Url;

    use super::*;
    use crate::block::{BlockKind, Metadata};
    use crate::write::sample::{block, failure, story, written, written_outcome};
    use crate::write::{Markdown, Text};

    fn one_paragraph(metadata: Metadata) -> Article {
        let mut article = story(vec![block("Words.", BlockKind::Paragraph)]);
        article.metadata = metadata;
        article
    }

    #[test]
    fn only_what_is_known_is_there() {
        let metadata = Metadata {
            title: Some("\"Yes\": it's # 1".to_owned()),
            authors: vec!["Ada".to_owned(), "Bo: b".to_owned()],
            date: Some("2024-05-01".to_owned()),
            canonical_url: Url::parse("https://example.com/a").ok(),
            ..Metadata::default()
        };
        let expected = "---\ntitle: \"\\\"Yes\\\": it's # 1\"\nauthors:\n  - \"Ada\"\n  - \"Bo: b\"\ndate: \"2024-05-01\"\n\
            url: \"https://example.com/a\"\nverdict: \"article\"\n---\n\nWords.\n";
        assert_eq!(written(&FrontMatter::new(Text), &one_paragraph(metadata)), expected);
    }

    #[test]
    fn nothing_without_a_story() {
        assert_eq!(written(&FrontMatter::new(Markdown), &story(vec![])), "");
        assert_eq!(written_outcome(&FrontMatter::new(Text), Err(&failure())), "");
    }

    fn read_back(value: &str) -> Option<String> {
        let metadata = Metadata { title: Some(value.to_owned()), tags: vec![value.to_owned()], ..Metadata::default() };
        let yaml = fields(&one_paragraph(metadata));
        let documents = Yaml::load_from_str(&yaml).unwrap();
        let title = documents[0]["title"].as_str().map(str::to_owned);
        assert_eq!(documents[0]["tags"][0].as_str().map(str::to_owned), title);
        title
    }

    #[test]
    fn awkward_values_come_back() {
        for value in [
            "",
            " ",
            "yes",
            "1.0",
            "---",
            "a\n---\nb",
            "a\r\nb\tc",
            "\\n",
            "\0\u{1}\u{7f}\u{80}\u{85}\u{9f}",
            "\u{a0}\u{2028}\u{2029}\u{feff}\u{fffe}\u{ffff}\u{fffd}",
            "\u{1f600} \u{5d0}\u{202e}",
            "{a: [b]} & *c !d | e > f % g @ h",
        ] {
            assert_eq!(read_back(value).as_deref(), Some(value), "{value:?}");
        }
    }

    proptest! {
        #[test]
        fn any_value_comes_back(value in any::<String>()) {
            prop_assert_eq!(read_back(&value), Some(value));
        }
    }
}
