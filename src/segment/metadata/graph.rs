//! The structured data of a page (schema.org in JSON-LD): its nodes, and the one that is the article.

use std::collections::HashMap;

use serde_json_borrow::{ObjectAsVec, Value};

use super::json::parse_script;
use super::plain::{key, plain};

/// Nodes of all scripts that are looked at; a page with more is a catalogue.
const MAX_NODES: usize = 5_000;

/// The values of all JSON-LD scripts.
#[derive(Default)]
pub(super) struct Graph<'a> {
    values: Vec<Value<'a>>,
}

impl<'a> Graph<'a> {
    /// Parses the scripts of a page; `repaired` holds those that had to be repaired.
    pub(super) fn of(scripts: &[&'a str], repaired: &'a mut Vec<String>) -> Self {
        repaired.resize_with(scripts.len(), String::new);
        let scripts = scripts.iter().zip(repaired);
        Graph { values: scripts.flat_map(|(script, repaired)| parse_script(script, repaired)).collect() }
    }

    /// Every object in it that says what it is.
    pub(super) fn nodes(&self) -> Nodes<'_> {
        let mut nodes = Nodes::default();
        // The order of the page is kept: the stack gives back the last first.
        let mut waiting: Vec<(&Value<'_>, usize)> = self.values.iter().rev().map(|value| (value, 0)).collect();
        while let Some((value, depth)) = waiting.pop() {
            match value {
                Value::Array(items) => waiting.extend(items.iter().rev().map(|item| (item, depth))),
                Value::Object(map) if nodes.all.len() < MAX_NODES => {
                    nodes.add(Node { map, depth });
                    let deeper = depth + usize::from(!map.contains_key("@graph"));
                    let below = map.as_vec().iter().rev().filter(|(_, value)| value.is_object() || value.is_array());
                    waiting.extend(below.map(|(_, value)| (value, deeper)));
                }
                _ => {}
            }
        }
        nodes
    }
}

/// An object of the structured data.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    map: &'a ObjectAsVec<'a>,
    depth: usize,
}

impl<'a> Node<'a> {
    /// A member that is there and not null.
    pub(super) fn get(self, name: &str) -> Option<&'a Value<'a>> {
        self.map.get(name).filter(|value| !value.is_null())
    }

    /// A member's text: of a string, of the first of a list, of an object's name or value.
    pub(super) fn text(self, name: &str) -> Option<String> {
        text_of(self.get(name)?)
    }

    /// A member's string as it stands.
    pub(super) fn raw(self, name: &str) -> Option<&'a str> {
        first_string(self.get(name)?)
    }

    /// Its types, without the vocabulary in front.
    pub(super) fn types(self) -> impl Iterator<Item = &'a str> {
        let of = self.get("@type").or_else(|| self.get("type"));
        let list = of.and_then(Value::as_array).unwrap_or_default();
        of.and_then(Value::as_str)
            .into_iter()
            .chain(list.iter().filter_map(Value::as_str))
            .map(|name| name.rsplit(['/', '#', ':']).next().unwrap_or(name))
    }

    /// Whether it is an article of any kind.
    pub(super) fn is_article(self) -> bool {
        self.types().any(|name| article_rank(name) >= ARTICLE)
    }

    /// Whether it is a live ticker.
    pub(super) fn is_live(self) -> bool {
        self.types().any(|name| name == "LiveBlogPosting")
    }
}

/// The string of a value: itself, the first of a list, the `@value` or `name` of an object.
fn first_string<'a>(value: &'a Value<'a>) -> Option<&'a str> {
    let mut value = value;
    // Lists in lists and names in names end soon on any honest page.
    for _ in 0..6 {
        value = match value {
            Value::Str(text) => return Some(text),
            Value::Array(items) => items.iter().find(|item| !item.is_null())?,
            Value::Object(map) => map.get("@value").or_else(|| map.get("name"))?,
            _ => return None,
        };
    }
    None
}

/// The plain text of a value; none if it is blank.
pub(super) fn text_of(value: &Value<'_>) -> Option<String> {
    Some(plain(first_string(value)?)).filter(|text| !text.is_empty())
}

/// The nodes of a page.
#[derive(Default)]
pub(super) struct Nodes<'a> {
    all: Vec<Node<'a>>,
    /// Each with whether it has a name: members are searched one by one, and an object may have a million.
    by_id: HashMap<&'a str, (Node<'a>, bool)>,
}

impl<'a> Nodes<'a> {
    fn add(&mut self, node: Node<'a>) {
        // A reference is an object that holds its `@id` and nothing else.
        if let Some(id) = node.raw("@id").filter(|_| node.map.len() > 1) {
            let new = (node, node.map.contains_key("name"));
            let known = self.by_id.entry(id).or_insert(new);
            if !known.1 && new.1 {
                *known = new;
            }
        }
        if node.map.contains_key("@type") || node.map.contains_key("type") {
            self.all.push(node);
        }
    }

    /// The node that `reference` names by its `@id`.
    pub(super) fn by_id(&self, reference: &ObjectAsVec<'_>) -> Option<&'a ObjectAsVec<'a>> {
        self.by_id.get(reference.get("@id")?.as_str()?).map(|(node, _)| node.map)
    }

    /// The nodes of a type.
    pub(super) fn of_type(&self, wanted: &str) -> impl Iterator<Item = Node<'a>> {
        self.all.iter().copied().filter(move |node| node.types().any(|name| name == wanted))
    }

    /// The node that describes the page's article: by its type, then by whether its headline or address is the page's.
    pub(super) fn main(&self, hints: &PageHints<'_>) -> Option<Node<'a>> {
        let mut best: Option<(u32, Node<'a>)> = None;
        for node in &self.all {
            let rank = node.types().map(article_rank).max().unwrap_or(0);
            if rank == 0 {
                continue;
            }
            let score = rank * 10
                + hints.likeness(*node) * 15
                + u32::from(node.depth == 0) * 12
                + u32::from(node.depth == 1) * 6;
            if best.is_none_or(|(known, _)| score > known) {
                best = Some((score, *node));
            }
        }
        best.map(|(_, node)| node)
    }
}

/// What the page says of its article elsewhere.
pub(super) struct PageHints<'a> {
    /// The keys of its headings and titles.
    pub(super) titles: &'a [String],
    /// The addresses it has, without scheme and query.
    pub(super) addresses: &'a [String],
}

impl PageHints<'_> {
    fn likeness(&self, node: Node<'_>) -> u32 {
        let headline = node.text("headline").or_else(|| node.text("name")).map(|text| key(&text));
        let titled = headline.is_some_and(|headline| !headline.is_empty() && self.titles.contains(&headline));
        let addressed = ["url", "mainEntityOfPage", "@id"].iter().any(|name| {
            let value = node.get(name);
            let nested = value.and_then(Value::as_object);
            let nested = nested.and_then(|map| map.get("@id").or_else(|| map.get("url"))).and_then(Value::as_str);
            let address = nested.or_else(|| value.and_then(Value::as_str));
            address.is_some_and(|address| self.addresses.contains(&address_key(address)))
        });
        u32::from(titled) + u32::from(addressed)
    }
}

/// An address without its scheme, query and fragment.
pub(super) fn address_key(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['?', '#']).next().unwrap_or(rest).trim_end_matches('/').to_ascii_lowercase()
}

const ARTICLE: u32 = 3;

/// How much a node of this type is the article: 0 is not at all.
pub(super) fn article_rank(name: &str) -> u32 {
    match name {
        "LiveBlogPosting" => 5,
        "BlogPosting"
        | "SocialMediaPosting"
        | "Report"
        | "Article"
        | "Review"
        | "Recipe"
        | "HowTo"
        | "TechArticle"
        | "ScholarlyArticle"
        | "MedicalScholarlyArticle"
        | "AdvertiserContentArticle" => 4,
        "DiscussionForumPosting" | "CriticReview" | "UserReview" | "ClaimReview" => 3,
        name if name.ends_with("NewsArticle") => 5,
        name if name.ends_with("Article") || name.ends_with("Review") => 3,
        "WebPage" | "ItemPage" | "MedicalWebPage" | "VideoObject" | "FAQPage" | "CreativeWork" => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{Graph, PageHints, Value, text_of};
    use serde_json::json;

    fn headline(scripts: &[&str], titles: &[&str]) -> Option<String> {
        let mut repaired = Vec::new();
        let graph = Graph::of(scripts, &mut repaired);
        let titles: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
        let node = graph.nodes().main(&PageHints { titles: &titles, addresses: &["news.test/a".into()] })?;
        node.text("headline")
    }

    #[test]
    fn the_article_is_found_in_graphs_lists_and_nulls() {
        let script = r#"[null, {"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["Thing", "NewsArticle"], "headline": "Weir &amp; mill"}]}]"#;
        assert_eq!(headline(&[script], &[]).as_deref(), Some("Weir & mill"));
    }

    #[test]
    fn of_two_articles_the_page_s_own_wins() {
        let script = r#"[{"@type": "NewsArticle", "headline": "Other"}, {"@type": "NewsArticle", "headline": "Own!"}]"#;
        assert_eq!(headline(&[script], &["own"]).as_deref(), Some("Own!"));
        let script = r#"[{"@type": "Article", "headline": "Other"},
            {"@type": "Article", "headline": "Own", "mainEntityOfPage": {"@id": "https://news.test/a?x"}}]"#;
        assert_eq!(headline(&[script], &[]).as_deref(), Some("Own"));
    }

    #[test]
    fn an_article_inside_a_page_node_is_found() {
        let script = r#"{"@type": "WebPage", "headline": "P", "mainEntity": {"@type": "http://schema.org/NewsArticle", "headline": "A"}}"#;
        assert_eq!(headline(&[script], &[]).as_deref(), Some("A"));
    }

    #[test]
    fn text_is_found_in_lists_and_objects() {
        let text_of = |value| text_of(&Value::from(&value));
        assert_eq!(text_of(json!([null, {"@value": " <b>Weir</b> "}])).as_deref(), Some("Weir"));
        assert_eq!(text_of(json!({"name": ["One", "Two"]})).as_deref(), Some("One"));
        assert_eq!(text_of(json!(3)), None);
    }
}
