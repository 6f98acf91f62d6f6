//! The story as `CommonMark`, tables as GitHub has them. Everything is escaped: no HTML of the page comes through.

use std::io;

use super::groups::{Item, groups, items, story};
use super::inline::nest;
use super::markdown_inline::{Place, inline, longest_run};
use super::table::cells;
use super::{Format, Record};
use crate::article::Article;
use crate::block::{Block, BlockKind, Span, SpanKind};
use crate::envelope::Envelope;

/// The story as Markdown, and a final line break. Writes nothing for a page without a story and for a failure.
#[derive(Debug, Clone, Copy, Default)]
pub struct Markdown;

impl Format for Markdown {
    fn write(&self, record: &Record<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        match record.outcome.map(markdown) {
            Ok(markdown) if !markdown.is_empty() => writeln!(out, "{markdown}"),
            _ => Ok(()),
        }
    }

    fn shows_language(&self, _: Option<&Envelope>) -> bool {
        false
    }
}

/// The kept blocks as Markdown, without a final line break; the headline stands in the metadata and is not among them.
///
/// Headings are of level 2 and below, links have `http`, `https`, `mailto` or relative targets, and what stands in the
/// text is text: `<script>` becomes `\<script>`.
pub fn markdown(article: &Article) -> String {
    let blocks = story(article);
    let mut out = String::new();
    for group in groups(&blocks) {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        write_group(group, &mut out);
    }
    out
}

fn write_group(group: &[&Block], out: &mut String) {
    let Some(first) = group.first() else { return };
    match first.kind {
        BlockKind::Paragraph => out.push_str(&line(first, Place::Line)),
        BlockKind::Heading(level) => {
            out.push_str(&"#".repeat(usize::from(level.clamp(2, 6))));
            out.push(' ');
            out.push_str(&line(first, Place::Heading));
        }
        BlockKind::ListItem { .. } => write_items(&items(group), "", out),
        BlockKind::Quote => write_quote(group, out),
        BlockKind::TableRow => write_table(group, out),
        BlockKind::Preformatted => write_fenced(&first.text, out),
        BlockKind::Caption => out.push_str(&caption(first)),
    }
}

fn line(block: &Block, place: Place) -> String {
    inline(&block.text, &nest(&block.text, &block.spans), place)
}

fn caption(block: &Block) -> String {
    let whole = Span { range: 0..block.text.len(), kind: SpanKind::Emphasis };
    let spans: Vec<Span> = std::iter::once(whole).chain(block.spans.iter().cloned()).collect();
    inline(&block.text, &nest(&block.text, &spans), Place::Line)
}

/// The items, each on a line of its own. Lists inside are indented by the width of their item's marker.
fn write_items(items: &[Item<'_>], indent: &str, out: &mut String) {
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push('\n');
            out.push_str(indent);
        }
        let marker = marker(item.ordinal);
        out.push_str(&marker);
        out.push_str(&line(item.block, Place::Line));
        let Some(child) = item.children.first() else { continue };
        // A number other than 1 begins no list right under a line of text (CommonMark 0.31, 5.3).
        out.push_str(if child.ordinal.is_none_or(|number| number == 1) { "\n" } else { "\n\n" });
        let indent = format!("{indent}{}", " ".repeat(marker.len()));
        out.push_str(&indent);
        write_items(&item.children, &indent, out);
    }
}

/// A list's numbers have nine digits at most (`CommonMark` 0.31, 5.2).
fn marker(ordinal: Option<u32>) -> String {
    ordinal.map_or_else(|| "- ".to_owned(), |number| format!("{}. ", number.min(999_999_999)))
}

fn write_quote(paragraphs: &[&Block], out: &mut String) {
    for (i, paragraph) in paragraphs.iter().enumerate() {
        out.push_str(if i > 0 { "\n>\n> " } else { "> " });
        out.push_str(&line(paragraph, Place::Line));
    }
}

/// The rows, the first as the header. It is filled up to the longest row: what stands behind the header's last column
/// is not shown.
fn write_table(rows: &[&Block], out: &mut String) {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| written_cells(row)).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    for (i, row) in rows.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        out.push_str("| ");
        out.push_str(&row.join(" | "));
        out.push_str(" |");
        if i == 0 {
            out.push_str(&"  |".repeat(columns - row.len()));
            out.push_str("\n|");
            out.push_str(&" --- |".repeat(columns));
        }
    }
}

fn written_cells(row: &Block) -> Vec<String> {
    cells(row).iter().map(|cell| inline(cell.text, &cell.spans, Place::Cell)).collect()
}

fn write_fenced(text: &str, out: &mut String) {
    let fence = "`".repeat((longest_run(text, '`') + 1).max(3));
    out.push_str(&fence);
    out.push('\n');
    out.push_str(text.trim_matches(['\n', '\r']));
    out.push('\n');
    out.push_str(&fence);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;
    use crate::write::sample::{block, failure, item, story, written, written_outcome};

    fn numbered(text: &str, depth: u8, ordinal: u32) -> Block {
        block(text, BlockKind::ListItem { depth, ordinal: Some(ordinal) })
    }

    #[test]
    fn every_kind_has_its_form() {
        let article = story(vec![
            block("Lead.", BlockKind::Paragraph),
            block("First", BlockKind::Heading(1)),
            block("Fourth", BlockKind::Heading(4)),
            block("Said one.", BlockKind::Quote),
            block("Said two.", BlockKind::Quote),
            block("let a = `b`;\n  ```\n", BlockKind::Preformatted),
            block("A bridge. Photo: Doe", BlockKind::Caption),
        ]);
        let expected = "Lead.\n\n## First\n\n#### Fourth\n\n> Said one.\n>\n> Said two.\n\n\
            ````\nlet a = `b`;\n  ```\n````\n\n_A bridge. Photo: Doe_\n";
        assert_eq!(written(&Markdown, &article), expected);
    }

    #[test]
    fn lists_nest_by_the_width_of_their_markers() {
        let article = story(vec![
            item("a", 0),
            numbered("b", 1, 1),
            numbered("c", 1, 2),
            item("d", 2),
            item("e", 0),
            numbered("f", 1, 7),
        ]);
        let expected = "- a\n  1. b\n  2. c\n     - d\n- e\n\n  7. f";
        assert_eq!(markdown(&article), expected);
    }

    #[test]
    fn an_item_under_another_makes_no_table_of_both() {
        assert_eq!(markdown(&story(vec![item("|!", 0), item("|", 1)])), "- |\\!\n  - \\|");
    }

    #[test]
    fn tables_are_as_wide_as_their_longest_row() {
        let rows = ["Team | Points", "Ajax|PSV | 3 | *", "x"];
        let article = story(rows.iter().map(|row| block(row, BlockKind::TableRow)).collect());
        assert_eq!(markdown(&article), "| Team | Points |  |\n| --- | --- | --- |\n| Ajax\\|PSV | 3 | \\* |\n| x |");
    }

    #[test]
    fn a_caption_is_italic_once() {
        let mut caption = block("A bridge on Monday.", BlockKind::Caption);
        caption.spans.push(Span { range: 0..8, kind: SpanKind::Emphasis });
        assert_eq!(markdown(&story(vec![caption])), "_A bridge on Monday._");
    }

    #[test]
    fn nothing_without_a_story() {
        assert_eq!(written(&Markdown, &story(vec![])), "");
        assert_eq!(written(&Markdown, &story(vec![block(" ", BlockKind::Paragraph)])), "");
        assert_eq!(written_outcome(&Markdown, Err(&failure())), "");
    }

    /// What a reader sees of a document: its words, and what would be HTML.
    fn rendered(markdown: &str) -> (String, Vec<String>, Vec<String>) {
        let (mut text, mut html, mut targets) = (String::new(), Vec::new(), Vec::new());
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_GFM;
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Text(words) | Event::Code(words) => text.push_str(&words),
                Event::Html(tag) | Event::InlineHtml(tag) => html.push(tag.to_string()),
                Event::Start(Tag::Link { dest_url, .. }) => targets.push(dest_url.to_string()),
                Event::Start(Tag::Image { dest_url, .. }) => html.push(dest_url.to_string()),
                Event::SoftBreak | Event::HardBreak | Event::Start(Tag::Item) => text.push(' '),
                Event::End(tag) if !is_inline(tag) => text.push(' '),
                _ => {}
            }
        }
        (text, html, targets)
    }

    fn is_inline(tag: pulldown_cmark::TagEnd) -> bool {
        use pulldown_cmark::TagEnd;
        matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
    }

    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof![
            4 => "[-a1 *_`#+.!|~<>()&;:=\"'\\\\\\[\\]\u{e9}\u{4e2d}]{1,24}",
            2 => "(\\*\\*|_|`|```|~~|<b>|</b>|<!--|-->|&lt;|&#60;|a|1\\.|- | |\\[|\\]\\(x\\)|!|\\| | \\| |\\\\|#|> ){1,12}",
            1 => "\\PC{1,24}",
        ]
    }

    fn any_kind() -> impl Strategy<Value = BlockKind> {
        prop_oneof![
            4 => Just(BlockKind::Paragraph),
            1 => (0..8u8).prop_map(BlockKind::Heading),
            2 => (0..4u8, prop::option::of(0..12u32)).prop_map(|(depth, ordinal)| BlockKind::ListItem { depth, ordinal }),
            1 => Just(BlockKind::Quote),
            2 => Just(BlockKind::TableRow),
            1 => Just(BlockKind::Preformatted),
            1 => Just(BlockKind::Caption),
        ]
    }

    fn any_span() -> impl Strategy<Value = Span> {
        let target = prop_oneof!["\\PC{0,12}", Just("https://a.example/b_(c)?d=&lt;".to_owned()), "[ -~]{0,12}"];
        let kind = prop_oneof![
            Just(SpanKind::Strong),
            Just(SpanKind::Emphasis),
            Just(SpanKind::Code),
            target.prop_map(|target| SpanKind::Link(target.into())),
        ];
        (0..24usize, 0..12usize, kind).prop_map(|(start, len, kind)| Span { range: start..start + len, kind })
    }

    prop_compose! {
        fn any_block()(text in any_text(), kind in any_kind(), spans in prop::collection::vec(any_span(), 0..6)) -> Block {
            let mut block = block(&text, kind);
            block.spans = spans.into();
            block
        }
    }

    /// The words that should come out; the cells of a row are told apart by its markup.
    fn words(blocks: &[Block]) -> Vec<String> {
        let texts = blocks.iter().map(|block| match block.kind {
            BlockKind::TableRow => block.text.replace(" | ", " "),
            _ => block.text.to_string(),
        });
        split(&texts.collect::<Vec<_>>().join(" "))
    }

    fn split(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]
        #[test]
        fn a_reader_sees_the_same_words_and_no_html(blocks in prop::collection::vec(any_block(), 1..5)) {
            let expected = words(&blocks);
            let markdown = markdown(&story(blocks));
            let (text, html, targets) = rendered(&markdown);
            prop_assert_eq!(html, Vec::<String>::new(), "{}", markdown);
            prop_assert_eq!(split(&text), expected, "{}", markdown);
            for target in targets {
                let head = target.split(['/', '?', '#']).next().unwrap_or_default().to_owned();
                let scheme = head.split_once(':').map(|(scheme, _)| scheme.to_owned());
                prop_assert!(matches!(scheme.as_deref(), None | Some("http" | "https" | "mailto")), "{}", target);
            }
        }
    }
}
