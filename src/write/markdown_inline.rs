//! The words of one block as Markdown: every character that would mean something escaped, links and type written.

use super::inline::{Step, steps};
use crate::block::{Span, SpanKind};

/// Where words stand in the document, which says what must be escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At the start of a line, behind the marker of an item or a quotation too: `1.` or `#` would begin a block.
    Line,
    /// Behind the `##` of a heading: a last `#` would be part of the markup.
    Heading,
    /// In a cell of a table: `|` would end it.
    Cell,
}

/// The text as Markdown on one line, without spaces at its ends: those at its start could make it code, those at its
/// end a line break. `nested` comes from [`nest`](super::inline::nest).
pub(super) fn inline(text: &str, nested: &[Span], place: Place) -> String {
    let written = writable(text, nested, place);
    let steps = steps(text, &written);
    let mut out = String::with_capacity(text.len() + 16);
    for (i, step) in steps.iter().enumerate() {
        match step {
            Step::Text(text) => match i.checked_sub(1).and_then(|i| steps.get(i)) {
                Some(Step::Open(SpanKind::Code)) => code(text, &mut out),
                None if place == Place::Line => escape(text, place, line_start(text), &mut out),
                _ => escape(text, place, None, &mut out),
            },
            Step::Close(SpanKind::Link(target)) => link_end(target, &mut out),
            Step::Open(kind) | Step::Close(kind) => out.push_str(delimiter(kind)),
        }
    }
    let mut out = out.trim().to_owned();
    if place == Place::Heading {
        escape_last_hashes(&mut out);
    }
    out
}

/// What opens a span, and closes it if it is no link. Code is fenced where its text is known.
fn delimiter(kind: &SpanKind) -> &'static str {
    match kind {
        SpanKind::Link(_) => "[",
        SpanKind::Strong => "**",
        SpanKind::Emphasis => "_",
        SpanKind::Code => "",
    }
}

/// The spans whose markup a reader will take for markup. The others go, so that no star or underscore is left standing
/// in the text: for emphasis `CommonMark` asks for certain neighbours (0.31, 6.2, "flanking").
fn writable(text: &str, nested: &[Span], place: Place) -> Vec<Span> {
    let mut ends = [0; 3];
    let mut written = Vec::with_capacity(nested.len());
    for (i, span) in nested.iter().enumerate() {
        let inside = nested.get(i + 1..).unwrap_or_default();
        let end = match span.kind {
            SpanKind::Link(_) => None,
            SpanKind::Strong => ends.first_mut(),
            SpanKind::Emphasis => ends.get_mut(1),
            SpanKind::Code => ends.get_mut(2),
        };
        // Two of a kind that touch would run their delimiters together: `**a****b**`.
        let touches = end.as_ref().is_some_and(|end| **end == span.range.start && span.range.start > 0);
        if !touches && is_delimited(text, span, inside, place) {
            if let Some(end) = end {
                *end = span.range.end;
            }
            written.push(span.clone());
        }
    }
    written
}

fn is_delimited(text: &str, span: &Span, inside: &[Span], place: Place) -> bool {
    let (before, from) = text.split_at(span.range.start);
    let (words, after) = from.split_at(span.range.end - span.range.start);
    let opens_free = before.chars().next_back().is_none_or(is_free);
    let closes_free = after.chars().next().is_none_or(is_free);
    match span.kind {
        SpanKind::Link(_) => true,
        SpanKind::Code => place != Place::Cell || !words.contains('|'),
        SpanKind::Emphasis => opens_free && closes_free,
        SpanKind::Strong => {
            let within = || inside.iter().take_while(|other| other.range.start < span.range.end);
            let begins_bare =
                words.starts_with(is_letter_or_number) && within().all(|other| other.range.start != span.range.start);
            let ends_bare =
                words.ends_with(is_letter_or_number) && within().all(|other| other.range.end != span.range.end);
            (opens_free || begins_bare) && (closes_free || ends_bare)
        }
    }
}

/// Whether every reader takes the character for white space or punctuation. They differ on symbols and on the rarer
/// line separators, so these do not count.
fn is_free(c: char) -> bool {
    let is_line_separator = matches!(c, '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    c.is_ascii_punctuation()
        || c.is_whitespace() && !is_line_separator
        || matches!(c, '\u{a1}' | '\u{ab}' | '\u{bb}' | '\u{bf}' | '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{ff01}' | '\u{ff08}' | '\u{ff09}' | '\u{ff0c}' | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}')
}

/// Whether every reader takes the character for a letter or a number. Letters in circles and squares (`Ⓐ`, `🄰`) are
/// alphabetic, and symbols by their category, which readers of `CommonMark` 0.31 take for punctuation.
fn is_letter_or_number(c: char) -> bool {
    let is_enclosed = matches!(c, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}');
    c.is_alphanumeric() && !is_enclosed
}

/// Code between more backticks than it holds; with a space at each end where it begins or ends with one, which the
/// reader takes off.
fn code(text: &str, out: &mut String) {
    let fence = "`".repeat(longest_run(text, '`') + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    out.push_str(&fence);
    out.push_str(pad);
    out.extend(text.chars().map(on_one_line));
    out.push_str(pad);
    out.push_str(&fence);
}

/// The most of the character in a row.
pub(super) fn longest_run(text: &str, c: char) -> usize {
    text.split(|other| other != c).map(|run| run.len() / c.len_utf8()).max().unwrap_or(0)
}

fn link_end(target: &str, out: &mut String) {
    out.push_str("](");
    for (i, c) in target.char_indices() {
        if matches!(c, '(' | ')') || c == '&' && begins_entity(target, i) {
            out.push('\\');
        }
        out.push(c);
    }
    out.push(')');
}

/// Writes the words so that they are read as words. `line_start` is the byte of a character that would begin a block.
fn escape(text: &str, place: Place, line_start: Option<usize>, out: &mut String) {
    let mut before: Option<char> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let after = chars.peek().map(|(_, after)| *after);
        let is_markup = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' => true,
            // Between letters an underscore can neither open nor close emphasis.
            '_' => !(before.is_some_and(is_letter_or_number) && after.is_some_and(is_letter_or_number)),
            '&' => begins_entity(text, i),
            // Ahead of a link it would make an image.
            '!' => after.is_none(),
            '|' => place == Place::Cell || line_start == Some(i),
            _ => line_start == Some(i),
        };
        if is_markup {
            out.push('\\');
        }
        out.push(on_one_line(c));
        before = Some(c);
    }
}

/// Whether the `&` at byte `at` begins what has the form of an entity: `&amp;`, `&#38;`, `&#x26;`.
fn begins_entity(text: &str, at: usize) -> bool {
    let name = text.get(at + 1..).unwrap_or_default();
    let end = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    end.len() < name.len() && end.starts_with(';')
}

/// The byte of the character that would make the line a heading, an item, a quotation, a rule or an underline.
fn line_start(text: &str) -> Option<usize> {
    let words = text.trim_start();
    marker_end(words).map(|end| text.len() - words.len() + end)
}

fn marker_end(text: &str) -> Option<usize> {
    let ends_marker =
        |rest: &str, marker: char| rest.is_empty() || rest.starts_with(marker) || rest.starts_with(char::is_whitespace);
    match text.chars().next()? {
        '#' | '>' | '=' => Some(0),
        // Behind the marker of an item that stands under `a | b` it would be the rule under the head of a table.
        '|' => text.chars().all(|c| matches!(c, '|' | '-' | ':') || c.is_whitespace()).then_some(0),
        marker @ ('-' | '+') => ends_marker(text.get(1..)?, marker).then_some(0),
        '0'..='9' => {
            let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
            let marker = rest.chars().next().filter(|c| matches!(c, '.' | ')'))?;
            ends_marker(rest.get(1..)?, marker).then_some(text.len() - rest.len())
        }
        _ => None,
    }
}

/// A line break inside a line of Markdown would begin another line.
fn on_one_line(c: char) -> char {
    if matches!(c, '\n' | '\r') { ' ' } else { c }
}

/// Escapes the `#`s that end a heading's line: they would count as its closing markup.
fn escape_last_hashes(out: &mut String) {
    let body = out.trim_end_matches('#').len();
    let hashes = out.len() - body;
    out.truncate(body);
    out.push_str(&"\\#".repeat(hashes));
}

#[cfg(test)]
mod tests {
    use unicode_general_category::get_general_category;

    use super::*;
    use crate::write::inline::nest;

    fn line(text: &str) -> String {
        inline(text, &[], Place::Line)
    }

    #[test]
    fn what_would_be_markup_is_escaped() {
        for (text, written) in [
            ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
            ("<https://example.com>", "\\<https://example.com>"),
            ("a &amp; b &#60; c &#x3c; d", "a \\&amp; b \\&#60; c \\&#x3c; d"),
            ("AT&T & Co; R&D", "AT&T & Co; R&D"),
            ("*a* **b** _c_ `d` ~e~", "\\*a\\* \\*\\*b\\*\\* \\_c\\_ \\`d\\` \\~e\\~"),
            ("snake_case_name", "snake_case_name"),
            ("[a](b) ![c](d) [e]: f", "\\[a\\](b) !\\[c\\](d) \\[e\\]: f"),
            ("back\\slash", "back\\\\slash"),
            ("What?!", "What?\\!"),
        ] {
            assert_eq!(line(text), written);
        }
    }

    #[test]
    fn a_line_begins_no_block() {
        for (text, written) in [
            ("# one", "\\# one"),
            ("> one", "\\> one"),
            ("- one", "\\- one"),
            ("+ one", "\\+ one"),
            ("* one", "\\* one"),
            ("-", "\\-"),
            ("---", "\\---"),
            ("===", "\\==="),
            ("1. one", "1\\. one"),
            ("12) one", "12\\) one"),
            ("1.", "1\\."),
            ("1.5 million", "1.5 million"),
            ("-5 degrees", "-5 degrees"),
            ("2024 was", "2024 was"),
            ("|", "\\|"),
            ("| - |:-:|", "\\| - |:-:|"),
            ("| one", "| one"),
            ("one - two 1. three # four", "one - two 1. three # four"),
        ] {
            assert_eq!(line(text), written);
        }
    }

    #[test]
    fn a_heading_keeps_its_last_hashes() {
        assert_eq!(inline("About C #", &[], Place::Heading), "About C \\#");
        assert_eq!(inline("F##", &[], Place::Heading), "F\\#\\#");
        assert_eq!(inline("a \\#", &[], Place::Heading), "a \\\\\\#");
    }

    fn with_span(text: &str, part: &str, kind: SpanKind) -> String {
        let start = text.find(part).unwrap();
        let span = Span { range: start..start + part.len(), kind };
        inline(text, &nest(text, &[span]), Place::Line)
    }

    #[test]
    fn links_and_type() {
        let link = SpanKind::Link("https://example.com/a_(b)?c=1&amp;d".into());
        assert_eq!(
            with_span("See it [here]!", "[here]", link.clone()),
            "See it [\\[here\\]](https://example.com/a_\\(b\\)?c=1\\&amp;d)\\!"
        );
        assert_eq!(
            with_span("Wow! here", " here", link.clone()),
            "Wow! [here](https://example.com/a_\\(b\\)?c=1\\&amp;d)"
        );
        assert_eq!(with_span("Wow!here", "here", link), "Wow\\![here](https://example.com/a_\\(b\\)?c=1\\&amp;d)");
        assert_eq!(with_span("so bold it is", "bold ", SpanKind::Strong), "so **bold** it is");
        assert_eq!(with_span("so fine it is", "fine", SpanKind::Emphasis), "so _fine_ it is");
        assert_eq!(with_span("call `f`()", "`f`()", SpanKind::Code), "call `` `f`() ``");
        assert_eq!(with_span("- is bold", "-", SpanKind::Strong), "**-** is bold");
    }

    #[test]
    fn type_that_could_not_be_read_goes() {
        assert_eq!(with_span("un(believ)able", "(believ)", SpanKind::Strong), "un(believ)able");
        assert_eq!(with_span("unbelievable", "believ", SpanKind::Strong), "un**believ**able");
        assert_eq!(with_span("unbelievable", "believ", SpanKind::Emphasis), "unbelievable");
    }

    #[test]
    fn letters_in_circles_and_squares_are_no_letters_to_every_reader() {
        assert_eq!(with_span("vitamin A🄰", "🄰", SpanKind::Strong), "vitamin A🄰");
        assert_eq!(with_span("vitamin Ⓐb", "Ⓐ", SpanKind::Strong), "vitamin Ⓐb");
        assert_eq!(with_span("an 🄰 here", "🄰", SpanKind::Strong), "an **🄰** here");
        assert_eq!(line("🄰_a_"), "🄰\\_a\\_");
    }

    #[test]
    fn what_counts_as_a_letter_is_neither_punctuation_nor_a_symbol() {
        for c in ('\0'..=char::MAX).filter(|c| is_letter_or_number(*c)) {
            let category = get_general_category(c).abbreviation();
            assert!(!category.starts_with(['P', 'S']), "{c:?} is of category {category}");
        }
    }

    #[test]
    fn what_counts_as_free_is_punctuation_or_space() {
        for c in ('\0'..=char::MAX).filter(|c| is_free(*c) && !c.is_ascii()) {
            let category = get_general_category(c).abbreviation();
            assert!(category.starts_with(['P', 'Z']), "{c:?} is of category {category}");
        }
    }

    #[test]
    fn an_unsafe_link_leaves_its_text() {
        for target in ["javascript:alert(1)", " JAVA\tSCRIPT:alert(1)", "data:text/html,x", "vbscript:x"] {
            assert_eq!(with_span("click here now", "here", SpanKind::Link(target.into())), "click here now");
        }
    }
}
