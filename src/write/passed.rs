//! A record of JSON Lines input on its way out: as it came in, the story in its page's place.

use std::fmt::Display;
use std::io;

use serde::Serialize;
use serde::ser::Serializer;

use super::Failure;
use super::json::{BlockList, rounded, sentence};
use crate::article::Article;
use crate::envelope::{Envelope, Story};
use crate::verdict::Role;

/// Writes the record that came in with the story in its page's place, and one field more only for a failure (`error`)
/// or on request (`cleancopy`). A field of that name that came in makes way for it.
pub(super) fn write_passed(
    envelope: &Envelope,
    outcome: Result<&Article, &Failure>,
    blocks: BlockList,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match outcome {
        Err(failure) => {
            let story = if envelope.holds_page() { Story::Missing } else { Story::Unchanged };
            envelope.write(story, Some(("error", &serde_json::to_string(failure)?)), out)
        }
        Ok(article) => {
            let cleaning = match blocks {
                BlockList::Include => Some(serde_json::to_string(&Cleaning::new(article))?),
                BlockList::Omit => None,
            };
            let added = cleaning.as_deref().map(|json| ("cleancopy", json));
            let is_unchanged = article.scraped.is_some() && article.dropped().next().is_none();
            if is_unchanged {
                envelope.write(Story::Unchanged, added, out)
            } else {
                envelope.write(Story::Text(&article.text()), added, out)
            }
        }
    }
}

/// What was done to a record.
#[derive(Serialize)]
struct Cleaning<'a> {
    dropped_words: usize,
    confidence: f64,
    dropped: Vec<DroppedRecord<'a>>,
}

impl<'a> Cleaning<'a> {
    fn new(article: &'a Article) -> Self {
        let dropped = article.dropped().map(|judged| DroppedRecord {
            text: &judged.block.text,
            kind: judged.verdict.reason().role,
            reason: judged.verdict.reason(),
        });
        Cleaning {
            dropped_words: article.dropped_words(),
            confidence: rounded(article.confidence),
            dropped: dropped.collect(),
        }
    }
}

/// A block that went.
#[derive(Serialize)]
struct DroppedRecord<'a> {
    text: &'a str,
    kind: Role,
    #[serde(serialize_with = "as_sentence")]
    reason: &'a dyn Display,
}

fn as_sentence<S: Serializer>(reason: &dyn Display, serializer: S) -> Result<S::Ok, S::Error> {
    sentence(reason, serializer)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::block::BlockKind;
    use crate::write::sample::{article, block, dropped, failure, kept};

    fn sample() -> Article {
        article(vec![
            kept(block("The *bridge* is open.", BlockKind::Paragraph)),
            dropped(block("Sign up for our newsletter", BlockKind::Paragraph), "sign up for our"),
        ])
    }

    fn passed(json: &str, outcome: Result<&Article, &Failure>, blocks: BlockList) -> String {
        let envelope = Envelope::parse(json.to_owned()).unwrap().with_text_in("text");
        let mut out = Vec::new();
        write_passed(&envelope, outcome, blocks, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_record_goes_out_as_it_came() {
        let came = "{\"id\": 7.0, \"text\": \"old\", \"meta\": {\"b\": 1, \"a\": [2.50]}}";
        let out = passed(came, Ok(&sample()), BlockList::Omit);
        assert_eq!(out, came.replace("old", "The *bridge* is open."));
        let unchanged = Article { scraped: Some("old".to_owned()), ..article(Vec::new()) };
        assert_eq!(passed(came, Ok(&unchanged), BlockList::Omit), came);
    }

    #[test]
    fn it_says_what_went_on_request() {
        let out = passed("{\"id\":7,\"cleancopy\":1,\"text\":\"old\"}", Ok(&sample()), BlockList::Include);
        let record: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(record.as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "text", "cleancopy"]);
        assert_eq!(
            record["cleancopy"],
            json!({
                "dropped_words": 5, "confidence": 0.912,
                "dropped": [{
                    "text": "Sign up for our newsletter", "kind": "newsletter",
                    "reason": "newsletter: says \"sign up for our\"",
                }],
            })
        );
    }

    #[test]
    fn it_says_why_it_failed() {
        assert_eq!(
            passed("{\"text\":\"x\",\"error\":\"old\",\"id\":7}", Err(&failure()), BlockList::Include),
            "{\"text\":null,\"id\":7,\"error\":{\"kind\":\"timeout\",\"message\":\"No answer for 30 s.\",\"retryable\":true}}"
        );
    }
}
