//! A block's links and type as a proper nest: what opens, the words inside, what closes.

use std::cmp::Reverse;
use std::ops::Range;

use super::link::safe_target;
use crate::block::{Span, SpanKind};

/// One step through a text with links and type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// A link or a stretch of type begins.
    Open(&'a SpanKind),
    /// Words; never empty.
    Text(&'a str),
    /// It ends.
    Close(&'a SpanKind),
}

/// The spans of `text` that can be written, each inside the one before it or behind it: without spaces at their ends,
/// with targets that are safe. A link wins against what crosses it, and of two others that cross the first. Nothing
/// stands inside code, and nothing inside its own kind.
pub(super) fn nest(text: &str, spans: &[Span]) -> Vec<Span> {
    let trimmed: Vec<Span> = spans.iter().filter_map(|span| trimmed(text, span)).collect();
    let links = links(&trimmed);
    let mut nested = styles(trimmed, &links);
    nested.extend(links);
    nested.sort_by_key(order);
    nested
}

/// The text and its nested spans as steps.
pub(super) fn steps<'a>(text: &'a str, nested: &'a [Span]) -> Vec<Step<'a>> {
    let mut walk = Walk { text, at: 0, open: Vec::new(), steps: Vec::new() };
    for span in nested {
        walk.close_before(span.range.start);
        walk.text_to(span.range.start);
        walk.steps.push(Step::Open(&span.kind));
        walk.open.push(span);
    }
    walk.close_before(text.len());
    walk.text_to(text.len());
    walk.steps
}

/// A walk along a text.
struct Walk<'a> {
    text: &'a str,
    at: usize,
    open: Vec<&'a Span>,
    steps: Vec<Step<'a>>,
}

impl Walk<'_> {
    fn close_before(&mut self, position: usize) {
        while let Some(span) = self.open.pop_if(|span| span.range.end <= position) {
            self.text_to(span.range.end);
            self.steps.push(Step::Close(&span.kind));
        }
    }

    fn text_to(&mut self, end: usize) {
        if let Some(text) = self.text.get(self.at..end).filter(|text| !text.is_empty()) {
            self.steps.push(Step::Text(text));
        }
        self.at = end;
    }
}

/// The order of a nest: by start, the longer first; at the same place a link around type around code.
fn order(span: &Span) -> (usize, Reverse<usize>, u8) {
    let rank = match span.kind {
        SpanKind::Link(_) => 0,
        SpanKind::Strong => 1,
        SpanKind::Emphasis => 2,
        SpanKind::Code => 3,
    };
    (span.range.start, Reverse(span.range.end), rank)
}

/// The span without spaces at its ends; none if nothing is left or the range is not one of the text.
fn trimmed(text: &str, span: &Span) -> Option<Span> {
    let part = text.get(span.range.clone())?;
    let start = span.range.start + part.len() - part.trim_start().len();
    let range = start..start + part.trim().len();
    (!range.is_empty()).then(|| Span { range, kind: span.kind.clone() })
}

/// The links with safe targets, none over another.
fn links(spans: &[Span]) -> Vec<Span> {
    let mut found: Vec<Span> = spans
        .iter()
        .filter_map(|span| match &span.kind {
            SpanKind::Link(target) => safe_target(target)
                .map(|target| Span { range: span.range.clone(), kind: SpanKind::Link(target.into()) }),
            _ => None,
        })
        .collect();
    found.sort_by_key(order);
    let mut end = 0;
    found.retain(|link| {
        let free = link.range.start >= end;
        if free {
            end = link.range.end;
        }
        free
    });
    found
}

/// Type and code that cross neither a link nor each other. At most one of each kind is open at a time, so the work is
/// linear in the spans.
fn styles(mut spans: Vec<Span>, links: &[Span]) -> Vec<Span> {
    spans.retain(|span| !matches!(span.kind, SpanKind::Link(_)) && !crosses_link(span, links));
    spans.sort_by_key(order);
    let mut open: Vec<Span> = Vec::new();
    spans.retain(|span| {
        open.retain(|outer| outer.range.end > span.range.start);
        let fits = open
            .iter()
            .all(|outer| outer.range.end >= span.range.end && outer.kind != span.kind && outer.kind != SpanKind::Code);
        if fits {
            open.push(span.clone());
        }
        fits
    });
    spans
}

/// Whether the span begins or ends inside a link that it does not lie in; for code also whether a link lies inside it.
/// `links` are in order and apart.
fn crosses_link(span: &Span, links: &[Span]) -> bool {
    let Range { start, end } = span.range;
    let first = links.partition_point(|link| link.range.end <= start);
    let last = links.partition_point(|link| link.range.start < end);
    let met = links.get(first..last).unwrap_or_default();
    let around = |link: &Span| link.range.start <= start && end <= link.range.end;
    let inside = |link: &Span| start <= link.range.start && link.range.end <= end;
    let crosses = |link: &Span| !(around(link) || inside(link));
    met.first().is_some_and(crosses)
        || met.last().is_some_and(crosses)
        || span.kind == SpanKind::Code && met.first().is_some_and(|link| !around(link))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn link(range: Range<usize>) -> Span {
        Span { range, kind: SpanKind::Link("/x".into()) }
    }

    fn strong(range: Range<usize>) -> Span {
        Span { range, kind: SpanKind::Strong }
    }

    fn emphasis(range: Range<usize>) -> Span {
        Span { range, kind: SpanKind::Emphasis }
    }

    fn code(range: Range<usize>) -> Span {
        Span { range, kind: SpanKind::Code }
    }

    const TEXT: &str = "abcdefghij";

    #[test]
    fn a_link_stands_around_type_of_the_same_stretch() {
        assert_eq!(nest(TEXT, &[strong(2..5), link(2..5)]), [link(2..5), strong(2..5)]);
    }

    #[test]
    fn type_around_a_link_stays() {
        assert_eq!(nest(TEXT, &[strong(0..9), link(2..5)]), [strong(0..9), link(2..5)]);
    }

    #[test]
    fn what_crosses_goes() {
        assert_eq!(nest(TEXT, &[strong(0..4), link(2..6)]), [link(2..6)]);
        assert_eq!(nest(TEXT, &[strong(4..8), link(2..6)]), [link(2..6)]);
        assert_eq!(nest(TEXT, &[strong(0..4), emphasis(2..6)]), [strong(0..4)]);
        assert_eq!(nest(TEXT, &[link(0..4), link(2..6), link(6..8)]), [link(0..4), link(6..8)]);
        assert_eq!(nest(TEXT, &[code(0..8), link(2..6)]), [link(2..6)]);
        assert_eq!(nest(TEXT, &[code(0..8), strong(2..6)]), [code(0..8)]);
        assert_eq!(nest(TEXT, &[strong(0..8), strong(2..6)]), [strong(0..8)]);
    }

    #[test]
    fn spaces_stay_outside() {
        assert_eq!(nest("a bc d", &[strong(1..5)]), [strong(2..4)]);
        assert_eq!(nest("a  d", &[strong(1..3)]), []);
    }

    #[test]
    fn a_range_that_is_none_goes() {
        assert_eq!(nest("\u{e9}", &[strong(1..2), link(0..9)]), []);
    }

    #[test]
    fn steps_open_and_close_in_order() {
        let spans = [strong(0..9), link(2..5)];
        let steps = steps(TEXT, &spans);
        let (strong, link) = (&spans[0].kind, &spans[1].kind);
        assert_eq!(
            steps,
            [
                Step::Open(strong),
                Step::Text("ab"),
                Step::Open(link),
                Step::Text("cde"),
                Step::Close(link),
                Step::Text("fghi"),
                Step::Close(strong),
                Step::Text("j"),
            ]
        );
    }

    fn any_span() -> impl Strategy<Value = Span> {
        let kind = prop_oneof![
            Just(SpanKind::Strong),
            Just(SpanKind::Emphasis),
            Just(SpanKind::Code),
            Just(SpanKind::Link("/x".into())),
        ];
        (0..12usize, 0..12usize, kind).prop_map(|(start, len, kind)| Span { range: start..start + len, kind })
    }

    proptest! {
        #[test]
        fn steps_are_balanced_and_lose_no_text(text in "[ab ]{0,12}", spans in prop::collection::vec(any_span(), 0..12)) {
            let nested = nest(&text, &spans);
            let mut open = Vec::new();
            let mut said = String::new();
            for step in steps(&text, &nested) {
                match step {
                    Step::Open(kind) => {
                        prop_assert!(!open.contains(&&SpanKind::Code), "nothing stands inside code");
                        open.push(kind);
                    }
                    Step::Text(text) => said.push_str(text),
                    Step::Close(kind) => prop_assert_eq!(open.pop(), Some(kind)),
                }
            }
            prop_assert!(open.is_empty());
            prop_assert_eq!(said, text);
        }
    }
}
