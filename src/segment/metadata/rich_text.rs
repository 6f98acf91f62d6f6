//! Rich text as content systems keep it in JSON: nodes that say what they are (`type`, `nodeType`, `_type`), and hold
//! text or nodes (`content`, `children`). The dialects differ in names alone: Contentful and unist, `ProseMirror`, Slate
//! and Lexical, Portable Text, Arc's content elements, HTML elements as JSON.

use serde_json_borrow::{ObjectAsVec, Value};

use super::body::{BodyLine, lines};
use super::plain::tidy;
use crate::block::BlockKind;

/// The members that hold the nodes inside a node.
const CHILDREN: [&str; 4] = ["content", "children", "content_elements", "items"];
/// The members by which a node says what it is.
const TYPES: [&str; 3] = ["nodeType", "_type", "type"];
/// Bytes of the longest name of a type that is known.
const MAX_NAME_BYTES: usize = 24;
/// The level of a heading that does not tell its own.
const HEADING_LEVEL: u8 = 2;

/// What a list of nodes says.
#[derive(Default)]
pub(super) struct RichText<'a> {
    /// Its paragraphs, headings, quotes and list items, in order.
    pub(super) lines: Vec<BodyLine>,
    /// The nodes that are none of these: inserts, or no nodes of a text at all.
    pub(super) others: Vec<&'a Value<'a>>,
}

impl<'a> RichText<'a> {
    /// Reads a list of nodes. Each value in it is looked at once; depth is bounded by the parser of the JSON.
    pub(super) fn of(nodes: &'a [Value<'a>]) -> Self {
        let mut text = RichText::default();
        text.read_all(nodes, Within::Text);
        text
    }

    fn read_all(&mut self, nodes: &'a [Value<'a>], within: Within) {
        for node in nodes {
            match node.as_object().map(|map| (map, shape(map))) {
                None | Some((_, Shape::Other)) => self.others.push(node),
                Some((map, shape)) => self.read(map, shape, within),
            }
        }
    }

    fn read(&mut self, map: &'a ObjectAsVec<'a>, shape: Shape, within: Within) {
        match shape {
            Shape::Paragraph => self.read_line(map, within.kind()),
            Shape::Heading(level) => self.read_line(map, BlockKind::Heading(level)),
            Shape::Quote => self.read_box(map, Within::Quote),
            Shape::List => self.read_all(children(map), within.list()),
            Shape::Item => self.read_box(map, within.item()),
            Shape::Group => self.read_all(children(map), within),
            Shape::Other => {}
        }
    }

    /// Reads a node that holds paragraphs, or text at once.
    fn read_box(&mut self, map: &'a ObjectAsVec<'a>, within: Within) {
        let holds_blocks = |node: &Value<'_>| node.as_object().is_some_and(|map| shape(map) != Shape::Other);
        if children(map).iter().any(holds_blocks) {
            self.read_all(children(map), within);
        } else {
            self.read_line(map, within.kind());
        }
    }

    fn read_line(&mut self, map: &ObjectAsVec<'_>, kind: BlockKind) {
        if let Some(html) = html_of(map) {
            let texts = lines(html);
            let texts = texts.lines().map(|text| BodyLine { text: text.to_owned(), kind, link_chars: 0 });
            self.lines.extend(texts);
            return;
        }
        let mut inline = Inline::default();
        inline.push_node(map, Linked::No);
        let text = tidy(&inline.text);
        if !text.is_empty() {
            let link_chars = tidy(&inline.linked).chars().count();
            self.lines.push(BodyLine { text, kind, link_chars });
        }
    }
}

/// What a node stands in.
#[derive(Debug, Clone, Copy)]
enum Within {
    Text,
    Quote,
    List(u8),
}

impl Within {
    fn kind(self) -> BlockKind {
        match self {
            Within::Text => BlockKind::Paragraph,
            Within::Quote => BlockKind::Quote,
            Within::List(depth) => BlockKind::ListItem { depth, ordinal: None },
        }
    }

    /// What stands in a list here.
    fn list(self) -> Self {
        if let Within::List(depth) = self { Within::List(depth.saturating_add(1)) } else { Within::List(0) }
    }

    /// What stands in an item here; some dialects have items without a list around them.
    fn item(self) -> Self {
        if let Within::List(_) = self { self } else { Within::List(0) }
    }
}

/// What a node is to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Paragraph,
    Heading(u8),
    Quote,
    List,
    Item,
    /// A part of the text that is nothing of its own.
    Group,
    /// An insert, a picture, a piece of a line, or no node.
    Other,
}

fn shape(map: &ObjectAsVec<'_>) -> Shape {
    let name = name_of(map);
    match name.as_str() {
        "paragraph" | "p" => Shape::Paragraph,
        "text" if html_of(map).is_some() => Shape::Paragraph,
        "block" if map.contains_key("_type") => styled_block(map),
        "heading" | "header" => Shape::Heading(level_of(map)),
        "blockquote" | "quote" => Shape::Quote,
        "list" | "ul" | "ol" | "bulletlist" | "bulletedlist" | "unorderedlist" | "orderedlist" | "numberedlist" => {
            Shape::List
        }
        "li" | "listitem" | "olistitem" => Shape::Item,
        // A whole document is none: a list of them is a list of stories.
        "section" | "div" | "fragment" => Shape::Group,
        name => name
            .strip_prefix("heading")
            .or_else(|| name.strip_prefix('h'))
            .and_then(heading_level)
            .map_or(Shape::Other, Shape::Heading),
    }
}

/// A block of Portable Text: its style says what it is.
fn styled_block(map: &ObjectAsVec<'_>) -> Shape {
    if map.contains_key("listItem") {
        return Shape::Item;
    }
    let style = map.get("style").and_then(Value::as_str).unwrap_or("normal");
    match style {
        "normal" => Shape::Paragraph,
        "blockquote" => Shape::Quote,
        style => style.strip_prefix('h').and_then(heading_level).map_or(Shape::Paragraph, Shape::Heading),
    }
}

fn heading_level(digits: &str) -> Option<u8> {
    digits.parse().ok().filter(|level| (1..=6).contains(level))
}

/// The level of a heading whose type's name does not tell it.
fn level_of(map: &ObjectAsVec<'_>) -> u8 {
    let inside = ["data", "attrs"].into_iter().filter_map(|name| map.get(name)?.as_object());
    let level = std::iter::once(map).chain(inside).find_map(|map| map.get("level").or_else(|| map.get("depth")));
    let level = level.and_then(Value::as_u64).and_then(|level| u8::try_from(level).ok());
    level.filter(|level| (1..=6).contains(level)).unwrap_or(HEADING_LEVEL)
}

/// The name of a node's type, in lower case and without the marks between its words; of an HTML element, its tag.
fn name_of(map: &ObjectAsVec<'_>) -> String {
    let told = TYPES.iter().find_map(|name| map.get(name)?.as_str()).unwrap_or_default();
    let tag = || ["tagName", "name"].iter().find_map(|name| map.get(name)?.as_str());
    let name = if matches!(told, "tag" | "element") { tag().unwrap_or_default() } else { told };
    if name.len() > MAX_NAME_BYTES {
        return String::new();
    }
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// The text of a node that holds it as HTML.
fn html_of<'a>(map: &'a ObjectAsVec<'a>) -> Option<&'a str> {
    let own = ["content", "html"].iter().find_map(|name| map.get(name)?.as_str());
    own.or_else(|| map.get("data")?.get("text").as_str())
}

fn children<'a>(map: &'a ObjectAsVec<'a>) -> &'a [Value<'a>] {
    CHILDREN.iter().find_map(|name| map.get(name)?.as_array()).unwrap_or_default()
}

/// Whether text stands in a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Linked {
    No,
    Yes,
}

/// The text of a line as it is put together.
#[derive(Default)]
struct Inline {
    text: String,
    /// What of it stands in links.
    linked: String,
}

impl Inline {
    fn push(&mut self, text: &str, linked: Linked) {
        self.text.push_str(text);
        if linked == Linked::Yes {
            self.linked.push_str(text);
        }
    }

    fn push_node(&mut self, map: &ObjectAsVec<'_>, linked: Linked) {
        let inside = children(map);
        if inside.is_empty() {
            let text = ["text", "value", "data"].iter().find_map(|name| map.get(name)?.as_str());
            self.push(text.unwrap_or_default(), if has_link_mark(map) { Linked::Yes } else { linked });
        }
        for node in inside {
            match node {
                Value::Str(text) => self.push(text, linked),
                Value::Object(map) => self.push_piece(map, linked),
                _ => {}
            }
        }
    }

    /// Adds a node inside a line. What is neither text nor type set apart, but holds text, leads somewhere.
    fn push_piece(&mut self, map: &ObjectAsVec<'_>, linked: Linked) {
        let linked = match name_of(map).as_str() {
            "br" | "break" | "hardbreak" | "linebreak" => return self.push(" ", linked),
            "embed" | "image" | "img" | "media" | "figure" | "video" | "iframe" | "ad" | "button" | "script"
            | "style" => return,
            "" | "text" | "span" | "strong" | "bold" | "b" | "emphasis" | "em" | "italic" | "i" | "underline" | "u"
            | "delete" | "s" | "sub" | "sup" | "mark" | "small" | "code" | "inlinecode" | "abbr" | "cite" | "q" => {
                linked
            }
            _ => Linked::Yes,
        };
        self.push_node(map, linked);
    }
}

fn has_link_mark(map: &ObjectAsVec<'_>) -> bool {
    let marks = map.get("marks").and_then(Value::as_array).unwrap_or_default();
    marks.iter().any(|mark| mark.get("type").as_str() == Some("link"))
}

#[cfg(test)]
mod tests {
    use super::{BodyLine, RichText};
    use crate::block::BlockKind::{self, Heading, ListItem, Paragraph, Quote};
    use serde_json::{Value, json};

    const ITEM: BlockKind = ListItem { depth: 0, ordinal: None };

    fn lines(nodes: &Value) -> Vec<BodyLine> {
        let json = nodes.to_string();
        let nodes: Vec<super::Value<'_>> = serde_json::from_str(&json).expect("a list");
        RichText::of(&nodes).lines
    }

    fn read(nodes: &Value) -> Vec<(BlockKind, String)> {
        lines(nodes).into_iter().map(|line| (line.kind, line.text)).collect()
    }

    fn line(kind: BlockKind, text: &str) -> (BlockKind, String) {
        (kind, text.to_owned())
    }

    #[test]
    fn documents_of_typed_nodes() {
        let nodes = json!([
            {"nodeType": "heading-3", "content": [{"nodeType": "text", "value": "The weir"}]},
            {"nodeType": "paragraph", "content": [
                {"nodeType": "text", "value": "Boats "},
                {"nodeType": "hyperlink", "data": {"uri": "x"}, "content": [{"nodeType": "text", "value": "came down"}]},
                {"nodeType": "text", "value": "  again."}]},
            {"nodeType": "blockquote", "content": [
                {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": "It held."}]}]},
            {"nodeType": "unordered-list", "content": [{"nodeType": "list-item", "content": [
                {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": "One gate"}]}]}]},
            {"nodeType": "embedded-asset-block", "data": {}, "content": []},
            {"nodeType": "ad", "content": [{"nodeType": "text", "value": "Advertisement"}]}
        ]);
        let lines = [
            line(Heading(3), "The weir"),
            line(Paragraph, "Boats came down again."),
            line(Quote, "It held."),
            line(ITEM, "One gate"),
        ];
        assert_eq!(read(&nodes), lines);
    }

    #[test]
    fn documents_of_marked_text() {
        let nodes = json!([
            {"type": "heading", "attrs": {"level": 4}, "content": [{"type": "text", "text": "The weir"}]},
            {"type": "paragraph", "content": [
                {"type": "text", "text": "Boats", "marks": [{"type": "bold"}]}, {"type": "hardBreak"},
                {"type": "text", "text": "came down."}]},
            {"type": "bulletList", "content": [{"type": "listItem", "content": [
                {"type": "paragraph", "content": [{"type": "text", "text": "One gate"}]},
                {"type": "bulletList", "content": [{"type": "listItem", "content": [
                    {"type": "paragraph", "content": [{"type": "text", "text": "Oak"}]}]}]}]}]}
        ]);
        let inner = ListItem { depth: 1, ordinal: None };
        let lines = [
            line(Heading(4), "The weir"),
            line(Paragraph, "Boats came down."),
            line(ITEM, "One gate"),
            line(inner, "Oak"),
        ];
        assert_eq!(read(&nodes), lines);
    }

    #[test]
    fn text_without_a_type() {
        let nodes = json!([
            {"type": "h2", "children": [{"text": "The weir"}]},
            {"type": "p", "children": [{"text": "Boats "}, {"type": "a", "url": "x", "children": [{"text": "came down."}]}]},
            {"type": "blockquote", "children": [{"text": "It held."}]}
        ]);
        assert_eq!(
            read(&nodes),
            [line(Heading(2), "The weir"), line(Paragraph, "Boats came down."), line(Quote, "It held.")]
        );
    }

    #[test]
    fn blocks_with_a_style() {
        let span = |text: &str| json!([{"_type": "span", "text": text, "marks": []}]);
        let nodes = json!([
            {"_type": "block", "style": "h3", "children": span("The weir")},
            {"_type": "block", "style": "normal", "children": span("Boats came down.")},
            {"_type": "block", "style": "normal", "listItem": "bullet", "children": span("One gate")},
            {"_type": "image", "asset": {}}
        ]);
        assert_eq!(
            read(&nodes),
            [line(Heading(3), "The weir"), line(Paragraph, "Boats came down."), line(ITEM, "One gate")]
        );
    }

    #[test]
    fn elements_that_hold_html() {
        let nodes = json!([
            {"type": "text", "content": "Boats <a href=x>came down</a> &amp; up."},
            {"type": "header", "level": 2, "content": "The weir"},
            {"type": "interstitial_link", "content": "Read also"},
            {"type": "list", "items": [{"type": "text", "content": "One gate"}]}
        ]);
        assert_eq!(
            read(&nodes),
            [line(Paragraph, "Boats came down & up."), line(Heading(2), "The weir"), line(ITEM, "One gate")]
        );
    }

    #[test]
    fn html_elements_as_json() {
        let nodes = json!([
            {"type": "tag", "name": "p", "children": [{"type": "text", "data": "Boats came down."}]},
            {"type": "element", "tagName": "div", "children": [
                {"type": "element", "tagName": "p", "children": [{"type": "text", "value": "And up."}]}]},
            {"type": "tag", "name": "aside", "children": [
                {"type": "tag", "name": "p", "children": [{"type": "text", "data": "Read also"}]}]}
        ]);
        assert_eq!(read(&nodes), [line(Paragraph, "Boats came down."), line(Paragraph, "And up.")]);
    }

    #[test]
    fn characters_in_links_are_counted() {
        let nodes = json!([{"type": "paragraph", "content": [
            {"type": "text", "text": "Read: "}, {"type": "text", "text": "the weir", "marks": [{"type": "link"}]}]}]);
        assert_eq!(lines(&nodes).first().map(|line| line.link_chars), Some(8));
    }
}
