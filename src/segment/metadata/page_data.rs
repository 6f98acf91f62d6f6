//! The body of the story in the data that the page's own programs read: pages that are drawn by script often show the
//! first paragraphs only, and hold the rest as a rich text among much else (menus, other stories, settings).

use std::cell::OnceCell;

use memchr::memmem;
use rustc_hash::FxHashSet;
use serde_json_borrow::{ObjectAsVec, Value};

use super::body::BodyLine;
use super::json::parse_data;
use super::plain::key;
use super::rich_text::RichText;
use crate::block::{BlockKind, count_words, has_words};

/// What a script holds somewhere that has a rich text. It is looked for before anything is parsed.
const MARKERS: [&str; 5] = ["\"paragraph\"", "\"p\"", "\"block\"", "\"content_elements\"", "\"text\""];
/// Bytes of the shortest script that may hold a story.
const MIN_SCRIPT_BYTES: usize = 1_000;
/// Words of running text of the shortest body that is a story.
const MIN_WORDS: usize = 100;
/// Words of a line that is running text, and that no two stories share.
const LINE_WORDS: usize = 8;
/// Running lines of a body by which it may be known to be the page's: the first may be written otherwise there.
const OPENING_LINES: usize = 3;
/// Objects around a rich text that may say what story it is of.
const TITLE_REACH: usize = 4;
/// Bytes of the longest title.
const MAX_TITLE_BYTES: usize = 400;

/// What the page itself shows: a body has to be of the same story.
#[derive(Debug, Default)]
pub(in super::super) struct Shown {
    /// The [`key`] of its title.
    pub(in super::super) title: String,
    /// The keys of its lines.
    pub(in super::super) lines: FxHashSet<String>,
}

/// The longest rich text in the scripts that is of the story that the page shows; `shown` is asked only if there may
/// be one.
pub(in super::super) fn body_of_page_data(scripts: &[&str], shown: impl FnOnce() -> Shown) -> Option<Vec<BodyLine>> {
    let mut scripts = scripts.iter().filter(|script| may_hold_text(script)).peekable();
    scripts.peek()?;
    let shown = shown();
    let mut best: Option<Body> = None;
    for script in scripts {
        let Some(data) = parse_data(script) else { continue };
        let mut search = Search { shown: &shown, around: Vec::new(), best };
        search.look_into(&data);
        best = search.best;
    }
    best.map(|body| body.lines)
}

fn may_hold_text(script: &str) -> bool {
    let bytes = script.as_bytes();
    bytes.len() >= MIN_SCRIPT_BYTES && MARKERS.iter().any(|marker| memmem::find(bytes, marker.as_bytes()).is_some())
}

struct Body {
    words: usize,
    lines: Vec<BodyLine>,
}

struct Search<'a, 's> {
    shown: &'s Shown,
    /// The objects around the value that is looked at, outermost first.
    around: Vec<Around<'a>>,
    best: Option<Body>,
}

/// An object, and whether it is titled as the page, once that was asked; nothing where it has no title. Its members are
/// searched one by one, and it may have a million of them and of texts.
struct Around<'a> {
    object: &'a ObjectAsVec<'a>,
    titled: OnceCell<Option<bool>>,
}

impl<'a> Search<'a, '_> {
    fn look_into(&mut self, value: &'a Value<'a>) {
        match value {
            Value::Object(map) => {
                self.around.push(Around { object: map, titled: OnceCell::new() });
                for value in map.values() {
                    self.look_into(value);
                }
                self.around.pop();
            }
            Value::Array(nodes) => {
                let text = RichText::of(nodes);
                self.offer(text.lines);
                for value in text.others {
                    self.look_into(value);
                }
            }
            _ => {}
        }
    }

    fn offer(&mut self, lines: Vec<BodyLine>) {
        let words = running_lines(&lines).map(|line| count_words(&line.text)).sum();
        let is_longer = words >= MIN_WORDS && self.best.as_ref().is_none_or(|best| best.words < words);
        if is_longer && (self.opens_the_page_s(&lines) || self.is_titled_as_the_page()) {
            self.best = Some(Body { words, lines });
        }
    }

    /// Whether the page shows how the body begins.
    fn opens_the_page_s(&self, lines: &[BodyLine]) -> bool {
        running_lines(lines).take(OPENING_LINES).any(|line| self.shown.lines.contains(&key(&line.text)))
    }

    /// Whether the nearest object around it that has a title has the page's. A farther one may be that of a page which
    /// only links to this story.
    fn is_titled_as_the_page(&self) -> bool {
        let is_titled = |around: &Around<'_>| {
            let titles = titles(around.object);
            (!titles.is_empty()).then(|| titles.iter().any(|title| key(title) == self.shown.title))
        };
        let mut near = self.around.iter().rev().take(TITLE_REACH);
        !self.shown.title.is_empty()
            && near.find_map(|around| *around.titled.get_or_init(|| is_titled(around))).unwrap_or(false)
    }
}

fn running_lines(lines: &[BodyLine]) -> impl Iterator<Item = &BodyLine> {
    let is_running = |line: &&BodyLine| !matches!(line.kind, BlockKind::Heading(_));
    lines.iter().filter(is_running).filter(|line| has_words(&line.text, LINE_WORDS))
}

/// The titles that an object has: strings, or objects that hold one for each place.
fn titles<'a>(map: &'a ObjectAsVec<'a>) -> Vec<&'a str> {
    let named = ["title", "headline", "headlines", "heading"].iter().filter_map(|name| map.get(name));
    let strings = named.flat_map(|value| match value {
        Value::Object(inside) => inside.values().filter_map(Value::as_str).collect(),
        value => value.as_str().into_iter().collect::<Vec<_>>(),
    });
    strings.filter(|title| !title.is_empty() && title.len() <= MAX_TITLE_BYTES).collect()
}

#[cfg(test)]
mod tests {
    use super::{Shown, body_of_page_data};
    use serde_json::{Value, json};

    const TITLE: &str = "The weir is open again";

    /// A document of `count` paragraphs that begin with `first`.
    fn document(first: &str, count: usize) -> Value {
        let text =
            |n: usize| format!("{first} {n}: the boats came down before noon while the town looked on from the quay.");
        let paragraph = |n: usize| json!({"type": "paragraph", "content": [{"type": "text", "text": text(n)}]});
        json!({"type": "document", "content": (0..count).map(paragraph).collect::<Vec<_>>()})
    }

    fn found(data: &Value, shown: &[&str]) -> Option<(usize, String)> {
        let shown = Shown { title: super::key(TITLE), lines: shown.iter().map(|line| super::key(line)).collect() };
        let lines = body_of_page_data(&[&data.to_string()], || shown)?;
        Some((lines.len(), lines.first()?.text.chars().take(5).collect()))
    }

    #[test]
    fn the_body_under_the_page_s_title_is_found() {
        let data = json!({"props": {"story": {"headline": TITLE, "body": document("Story", 10)},
            "more": [{"headline": "Other", "body": document("Other", 20)}]}});
        assert_eq!(found(&data, &[]), Some((10, "Story".into())));
    }

    #[test]
    fn the_body_that_the_page_begins_is_found() {
        let data = json!({"x": [document("Other", 20), document("Story", 10)]});
        let first = "Story 0: the boats came down before noon, while the town looked on from the quay";
        assert_eq!(found(&data, &[first]), Some((10, "Story".into())));
        assert_eq!(found(&data, &["Another paragraph of the page, long enough to be one of a story."]), None);
    }

    #[test]
    fn the_body_of_a_story_that_the_page_links_to_is_not_its_own() {
        let data = json!({"headline": TITLE, "related": {"headline": "Other", "body": document("Other", 20)}});
        assert_eq!(found(&data, &[]), None);
    }

    #[test]
    fn a_summary_is_no_body() {
        assert_eq!(found(&json!({"title": TITLE, "body": document("Story", 3)}), &[]), None);
    }

    #[test]
    fn what_is_no_json_or_nested_too_deep_has_no_body() {
        let deep = format!("{}\"paragraph\"", "[".repeat(100_000));
        assert_eq!(body_of_page_data(&["window.x = {\"type\": \"paragraph\"}", &deep, "", "{"], Shown::default), None);
    }
}
