//! Who wrote the story, by everything the page says.

use serde_json::Value;

use super::byline::{Byline, BylineKind};
use super::gather::{Marks, Zone};
use super::graph::{Node, Nodes};
use super::names::{Manner, add_name, looks_like_name, names_in};
use super::plain::{plain, tight_key};
use super::site::Site;

/// `meta` elements that name authors, the surest first.
const META_NAMES: &[&str] = &[
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "dc.creator.personalname",
    "article:author_name",
    "og:author",
    "og:article:author",
    "article.author",
    "cxenseparse:author",
    "authors",
    "creator",
    "twitter:author",
    "mediator_author",
    "cse_authors",
];
/// Authors that are read off one value.
const MAX_AUTHORS: usize = 60;
/// Elements between a byline and the first heading, beyond which it is of another story.
const NEAR_HEADING: usize = 250;

/// The authors of the page: people if any are named, else whoever is.
pub(super) fn authors(main: Option<Node<'_>>, nodes: &Nodes<'_>, marks: &Marks<'_>, site: &Site) -> Vec<String> {
    let structured = main.map(|main| of_node(main, nodes)).unwrap_or_default();
    let mut fallback = Vec::new();
    let mut sources = vec![structured];
    sources.push(of_metas(marks));
    sources.extend([of_bylines(marks), of_near(marks), of_persons(nodes)]);
    for names in sources {
        let people: Vec<String> = names.iter().filter(|name| !is_house(name, site)).cloned().collect();
        if !people.is_empty() {
            return people;
        }
        if fallback.is_empty() {
            fallback = names;
        }
    }
    fallback
}

/// Whether a name is the site's own or a mere account.
fn is_house(name: &str, site: &Site) -> bool {
    let tight = tight_key(name);
    matches!(
        tight.as_str(),
        "admin" | "administrator" | "staff" | "editor" | "editors" | "newsroom" | "webmaster" | "superuser"
    ) || site.is_name(name)
}

/// The authors of a node of the structured data.
fn of_node(node: Node<'_>, nodes: &Nodes<'_>) -> Vec<String> {
    let mut names = Vec::new();
    let Some(value) = node.get("author").or_else(|| node.get("creator")) else { return names };
    let mut waiting = vec![value];
    let mut seen = 0;
    while let Some(value) = waiting.pop() {
        seen += 1;
        if seen > MAX_AUTHORS {
            break;
        }
        match value {
            Value::String(text) => {
                for name in declared(text) {
                    add_name(&mut names, name);
                }
            }
            Value::Array(items) => waiting.extend(items.iter().rev()),
            Value::Object(map) => match map.get("name").filter(|name| !name.is_null()) {
                Some(name) => waiting.push(name),
                None => waiting.extend(nodes.by_id(map).and_then(|map| map.get("name"))),
            },
            _ => {}
        }
    }
    names
}

/// Names in a declared value; none of an address.
fn declared(text: &str) -> Vec<String> {
    let text = text.trim();
    if text.starts_with("http") || text.starts_with("//") || text.starts_with('/') {
        return Vec::new();
    }
    names_in(text, Manner::Declared)
}

fn of_metas(marks: &Marks<'_>) -> Vec<String> {
    for name in META_NAMES {
        let mut names = Vec::new();
        for content in marks.meta_all(name) {
            for name in declared(content) {
                add_name(&mut names, name);
            }
        }
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

/// The persons of the structured data, if there is only one: the author of a blog.
fn of_persons(nodes: &Nodes<'_>) -> Vec<String> {
    let mut names = Vec::new();
    for node in nodes.of_type("Person") {
        for name in node.text("name").iter().flat_map(|name| declared(name)) {
            add_name(&mut names, name);
        }
    }
    if names.len() == 1 { names } else { Vec::new() }
}

/// The names of the best bylines on the page: those of the surest kind that stand nearest to the heading.
fn of_bylines(marks: &Marks<'_>) -> Vec<String> {
    let heading = marks
        .headings
        .iter()
        .filter(|heading| heading.place.zone == Zone::Main)
        .map(|heading| heading.place.position)
        .next();
    let near =
        |byline: &Byline<'_>| heading.is_none_or(|heading| byline.place.position.abs_diff(heading) < NEAR_HEADING);
    for kind in [BylineKind::Property, BylineKind::Rel, BylineKind::Class] {
        let of_kind = || marks.bylines.iter().filter(|byline| byline.kind == kind && byline.place.zone == Zone::Main);
        let near_ones = of_kind().filter(|byline| near(byline));
        let mut first: Option<usize> = None;
        let mut names = Vec::new();
        for byline in near_ones {
            // Names of one byline may stand in several elements, side by side.
            if first.is_some_and(|first| byline.place.position > first + 30) {
                break;
            }
            let found = of_byline(byline);
            if !found.is_empty() {
                first.get_or_insert(byline.place.position);
            }
            for name in found {
                add_name(&mut names, name);
            }
        }
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

/// The names in a byline: of its elements called a name, else of its links, else of its text.
fn of_byline(byline: &Byline<'_>) -> Vec<String> {
    if byline.hints.beside_name() && !byline.hints.name() {
        return Vec::new();
    }
    let read = |texts: &mut dyn Iterator<Item = &str>| {
        let mut names = Vec::new();
        for text in texts {
            for name in names_in(text, Manner::Shown) {
                add_name(&mut names, name);
            }
        }
        names
    };
    let links = read(&mut byline.links.iter().map(|(text, _)| text.as_str()));
    if !links.is_empty() {
        return links;
    }
    let named = read(&mut byline.named.iter().map(String::as_str));
    if !named.is_empty() {
        return named;
    }
    read(&mut std::iter::once(byline.lines.as_str()))
}

/// The names of a line beside the heading that begins with "By".
fn of_near(marks: &Marks<'_>) -> Vec<String> {
    for (at, line) in marks.near.iter().enumerate() {
        let text = plain(line);
        let lower = text.to_lowercase();
        if matches!(lower.as_str(), "by" | "von" | "par" | "por" | "door" | "by:" | "written by") {
            let names: Vec<String> =
                marks.near.get(at + 1).map(|next| names_in(next, Manner::Shown)).unwrap_or_default();
            if !names.is_empty() {
                return names;
            }
        }
        if ["by ", "von ", "par ", "por ", "door ", "written by ", "by: "].iter().any(|lead| lower.starts_with(lead)) {
            let names: Vec<String> =
                names_in(&text, Manner::Shown).into_iter().filter(|name| looks_like_name(name)).collect();
            if !names.is_empty() {
                return names;
            }
        }
    }
    Vec::new()
}
