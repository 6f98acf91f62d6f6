//! The body of the story as the structured data gives it.

use super::graph::Node;
use super::plain::{holds_markup, lines_of_html, tidy};
use crate::block::{BlockKind, has_words};

/// Words of the shortest body; a shorter one is a summary.
const MIN_WORDS: usize = 20;

/// One block of a body that stands in a page's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct BodyLine {
    /// Its words, white space collapsed; never empty.
    pub(in super::super) text: String,
    /// What the data says it is.
    pub(in super::super) kind: BlockKind,
    /// Characters of the text inside links.
    pub(in super::super) link_chars: usize,
}

/// The body of the main node, or of the entries of a live ticker; one paragraph a line.
pub(super) fn structured_body(main: Node<'_>) -> Option<String> {
    let body = match main.raw("articleBody") {
        Some(body) => lines(body),
        None => live_entries(main)?,
    };
    has_words(&body, MIN_WORDS).then_some(body)
}

fn live_entries(main: Node<'_>) -> Option<String> {
    let entries = main.get("liveBlogUpdate")?.as_array()?;
    let bodies = entries.iter().filter_map(|entry| entry.get("articleBody").as_str()).map(lines);
    Some(bodies.filter(|body| !body.is_empty()).collect::<Vec<_>>().join("\n"))
}

/// A body's paragraphs, tags and entities read, one a line.
pub(super) fn lines(body: &str) -> String {
    let text = if holds_markup(body) { lines_of_html(body) } else { body.to_owned() };
    let text = if text.contains("</") || text.contains("&nbsp;") { lines_of_html(&text) } else { text };
    text.lines().map(tidy).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
