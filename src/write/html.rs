//! The story as a fragment of HTML that is safe to put into a page.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::io;

use ammonia::Builder;

use super::groups::{Item, groups, items, lists, story};
use super::inline::{Step, nest, steps};
use super::table::cells;
use super::{Format, Record};
use crate::article::Article;
use crate::block::{Block, BlockKind, Span, SpanKind};

/// The elements that are written, and no others come out.
const TAGS: [&str; 21] = [
    "article",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "ul",
    "ol",
    "li",
    "blockquote",
    "table",
    "tbody",
    "tr",
    "td",
    "pre",
    "a",
    "strong",
    "em",
    "code",
    "br",
];

/// The story as an `<article>` of headings from `<h2>`, paragraphs, lists, quotations, tables, links and type, and a
/// final line break. Writes nothing for a page without a story and for a failure.
///
/// All text is escaped as it is written, and ammonia then reads the whole and lets through these elements and `http`,
/// `https` and `mailto` links alone. Two walls, because sanitisers have had holes and so have escapers; ammonia is the
/// last, so nothing that it has seen is changed behind it.
#[derive(Debug)]
pub struct Html {
    cleaner: Builder<'static>,
}

impl Html {
    /// HTML with its sanitiser; make it once.
    pub fn new() -> Self {
        let mut cleaner = Builder::empty();
        cleaner
            .tags(HashSet::from(TAGS))
            .clean_content_tags(HashSet::from(["script", "style"]))
            .tag_attributes(HashMap::from([
                ("article", HashSet::from(["lang"])),
                ("li", HashSet::from(["value"])),
                ("a", HashSet::from(["href"])),
            ]))
            .url_schemes(HashSet::from(["http", "https", "mailto"]))
            .link_rel(Some("noopener noreferrer"));
        Html { cleaner }
    }
}

impl Default for Html {
    fn default() -> Self {
        Html::new()
    }
}

impl Format for Html {
    fn write(&self, record: &Record<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        match record.outcome.map(fragment) {
            Ok(html) if !html.is_empty() => {
                self.cleaner.clean(&html).write_to(&mut *out)?;
                writeln!(out)
            }
            _ => Ok(()),
        }
    }
}

/// The kept blocks as HTML; empty where there are none.
fn fragment(article: &Article) -> String {
    let blocks = story(article);
    let mut html = String::new();
    if blocks.is_empty() {
        return html;
    }
    html.push_str("<article");
    if let Some(lang) = &article.metadata.lang {
        html.push_str(" lang=\"");
        escape(lang, &mut html);
        html.push('"');
    }
    html.push_str(">\n");
    for group in groups(&blocks) {
        write_group(group, &mut html);
        html.push('\n');
    }
    html.push_str("</article>");
    html
}

fn write_group(group: &[&Block], html: &mut String) {
    let Some(first) = group.first() else { return };
    match first.kind {
        BlockKind::Paragraph | BlockKind::Caption => write_element("p", first, html),
        BlockKind::Heading(level) => {
            let tag = match level {
                0..=2 => "h2",
                3 => "h3",
                4 => "h4",
                5 => "h5",
                6.. => "h6",
            };
            write_element(tag, first, html);
        }
        BlockKind::ListItem { .. } => write_lists(&items(group), html),
        BlockKind::Quote => {
            html.push_str("<blockquote>");
            for paragraph in group {
                write_element("p", paragraph, html);
            }
            html.push_str("</blockquote>");
        }
        BlockKind::TableRow => write_table(group, html),
        BlockKind::Preformatted => write_element("pre", first, html),
    }
}

fn write_element(tag: &str, block: &Block, html: &mut String) {
    // Writing to a String cannot fail, here and below.
    let _ = write!(html, "<{tag}>");
    inline(&block.text, &nest(&block.text, &block.spans), html);
    let _ = write!(html, "</{tag}>");
}

fn write_lists(items: &[Item<'_>], html: &mut String) {
    for list in lists(items) {
        let is_numbered = list.first().is_some_and(|item| item.ordinal.is_some());
        let tag = if is_numbered { "ol" } else { "ul" };
        let _ = write!(html, "<{tag}>");
        for item in list {
            // Lists that count down, and lists that go on behind a paragraph, keep their numbers.
            match item.ordinal {
                Some(number) => {
                    let _ = write!(html, "<li value=\"{number}\">");
                }
                None => html.push_str("<li>"),
            }
            inline(&item.block.text, &nest(&item.block.text, &item.block.spans), html);
            write_lists(&item.children, html);
            html.push_str("</li>");
        }
        let _ = write!(html, "</{tag}>");
    }
}

fn write_table(rows: &[&Block], html: &mut String) {
    html.push_str("<table><tbody>");
    for row in rows {
        html.push_str("<tr>");
        for cell in cells(row) {
            html.push_str("<td>");
            inline(cell.text, &cell.spans, html);
            html.push_str("</td>");
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table>");
}

fn inline(text: &str, nested: &[Span], html: &mut String) {
    for step in steps(text, nested) {
        match step {
            Step::Text(text) => escape(text, html),
            Step::Open(SpanKind::Link(target)) => {
                html.push_str("<a href=\"");
                escape(target, html);
                html.push_str("\">");
            }
            Step::Open(SpanKind::Strong) => html.push_str("<strong>"),
            Step::Open(SpanKind::Emphasis) => html.push_str("<em>"),
            Step::Open(SpanKind::Code) => html.push_str("<code>"),
            Step::Close(SpanKind::Link(_)) => html.push_str("</a>"),
            Step::Close(SpanKind::Strong) => html.push_str("</strong>"),
            Step::Close(SpanKind::Emphasis) => html.push_str("</em>"),
            Step::Close(SpanKind::Code) => html.push_str("</code>"),
        }
    }
}

/// For text and for quoted attributes alike.
fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample::{block, failure, item, story as sample_story, written, written_outcome};

    fn html(blocks: Vec<Block>) -> String {
        let html = written(&Html::new(), &sample_story(blocks));
        html.trim().trim_start_matches("<article>").trim_end_matches("</article>").trim().to_owned()
    }

    fn linked(text: &str, target: &str) -> Block {
        let mut block = block(text, BlockKind::Paragraph);
        block.spans.push(Span { range: 0..text.len(), kind: SpanKind::Link(target.into()) });
        block
    }

    #[test]
    fn every_kind_has_its_element() {
        let numbered = |text, ordinal| block(text, BlockKind::ListItem { depth: 1, ordinal: Some(ordinal) });
        let blocks = vec![
            block("Head", BlockKind::Heading(1)),
            block("a < b", BlockKind::Paragraph),
            item("one", 0),
            numbered("two", 9),
            numbered("three", 8),
            item("four", 0),
            block("Said.", BlockKind::Quote),
            block("x | y", BlockKind::TableRow),
            block("a\n  b", BlockKind::Preformatted),
            block("Photo", BlockKind::Caption),
        ];
        assert_eq!(
            html(blocks),
            "<h2>Head</h2>\n<p>a &lt; b</p>\n<ul><li>one<ol><li value=\"9\">two</li><li value=\"8\">three</li></ol></li>\
             <li>four</li></ul>\n<blockquote><p>Said.</p></blockquote>\n<table><tbody><tr><td>x</td><td>y</td></tr></tbody>\
             </table>\n<pre>a\n  b</pre>\n<p>Photo</p>"
        );
    }

    #[test]
    fn links_and_type() {
        let mut block = linked("read it all", "https://example.com/?a=1&b=2");
        block.spans.push(Span { range: 5..7, kind: SpanKind::Strong });
        assert_eq!(
            html(vec![block]),
            "<p><a href=\"https://example.com/?a=1&amp;b=2\" rel=\"noopener noreferrer\">read <strong>it</strong> all</a></p>"
        );
    }

    #[test]
    fn the_language_is_named() {
        let mut article = sample_story(vec![block("Bom dia", BlockKind::Paragraph)]);
        article.metadata.lang = Some("pt-BR".to_owned());
        assert_eq!(written(&Html::new(), &article), "<article lang=\"pt-BR\">\n<p>Bom dia</p>\n</article>\n");
        article.metadata.lang = Some("\"><script>alert(1)</script>".to_owned());
        assert!(!written(&Html::new(), &article).contains("<script"));
    }

    #[test]
    fn nothing_without_a_story() {
        assert_eq!(written(&Html::new(), &sample_story(vec![])), "");
        assert_eq!(written_outcome(&Html::new(), Err(&failure())), "");
    }
}
