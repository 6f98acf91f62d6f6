//! Who wrote the story, by everything the page says.

use serde_json_borrow::Value;

use super::byline::{Byline, BylineKind};
use super::byline_words::{LEADS, WRITTEN_BY};
use super::graph::{Node, Nodes};
use super::leads::leads_names;
use super::marks::{Marks, Zone};
use super::names::{Manner, add_name, looks_like_name, names_another, names_in};
use super::plain::tight_key;
use super::site::Site;
use crate::block::{is_hangul, is_unspaced};

/// Most letters of a name in a script without spaces.
const MAX_UNSPACED: usize = 12;

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
const NEAR_HEADING: usize = 300;
/// Elements between the names of one byline.
const SIDE_BY_SIDE: usize = 30;
/// Words of the name of a desk, with its lead.
const MAX_DESK_WORDS: usize = 6;

/// The authors of the page: people if any are named, else whoever is.
pub(super) fn authors(main: Option<Node<'_>>, nodes: &Nodes<'_>, marks: &Marks<'_>, site: &Site) -> Vec<String> {
    let declared = [main.map(|main| of_node(main, nodes)).unwrap_or_default(), of_metas(marks)];
    let mut house = Vec::new();
    for names in declared {
        let people: Vec<String> = names.iter().filter(|name| !is_house(name, site)).cloned().collect();
        if !people.is_empty() {
            return people;
        }
        if house.is_empty() {
            house = names;
        }
    }
    for names in [of_bylines(marks), of_led(marks), of_persons(nodes)] {
        // Where the publisher declares itself the author, only what is a person's name beyond doubt is better.
        let sure = |name: &&String| !is_house(name, site) && (house.is_empty() || is_person(name));
        let people: Vec<String> = names.iter().filter(sure).cloned().collect();
        if !people.is_empty() {
            return people;
        }
        if house.is_empty() {
            house = names;
        }
    }
    if house.is_empty() { of_desks(marks) } else { house }
}

/// Whether a name is of two words or more, as a person's is.
fn is_person(name: &str) -> bool {
    looks_like_name(name) && name.split_whitespace().count() > 1
}

/// Whether a name is in letters between which no spaces are set, or in Korean syllables, and as long as a person's.
fn is_unspaced_name(name: &str) -> bool {
    (2..=MAX_UNSPACED).contains(&name.chars().count()) && name.chars().all(|c| is_unspaced(c) || is_hangul(c))
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
            Value::Str(text) => {
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

/// "Marlow, Ada", as libraries write it, the other way round.
fn turned(name: &str) -> Option<String> {
    let (last, first) = name.split_once(',')?;
    (!first.contains(',')).then(|| format!("{} {}", first.trim(), last.trim()))
}

fn of_metas(marks: &Marks<'_>) -> Vec<String> {
    for name in META_NAMES {
        let mut names = Vec::new();
        for content in marks.meta_all(name) {
            let turned = (*name == "citation_author").then(|| turned(content)).flatten();
            for name in declared(turned.as_deref().unwrap_or(content)) {
                add_name(&mut names, name);
            }
        }
        if !names.is_empty() {
            return names;
        }
    }
    // WordPress: `twitter:label1` "Written by", `twitter:data1` the name.
    let is_written = |label: &str| {
        let label = label.trim().to_lowercase();
        leads_names(&label) || [LEADS, WRITTEN_BY].iter().any(|list| list.contains(&label.as_str()))
    };
    let written = |label: &str| marks.meta(label).is_some_and(is_written);
    match (written("twitter:label1"), written("twitter:label2")) {
        (true, _) => marks.meta("twitter:data1").map(declared).unwrap_or_default(),
        (_, true) => marks.meta("twitter:data2").map(declared).unwrap_or_default(),
        _ => Vec::new(),
    }
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

/// The names of the best bylines on the page: those of the surest kind that stand nearest to the heading; else those of a
/// sure kind anywhere, if they agree.
fn of_bylines(marks: &Marks<'_>) -> Vec<String> {
    let heading =
        marks.headings.iter().find(|heading| heading.place.zone == Zone::Main).map(|heading| heading.place.position);
    let near =
        |byline: &&Byline<'_>| heading.is_none_or(|heading| byline.place.position.abs_diff(heading) < NEAR_HEADING);
    let kinds = [BylineKind::Property, BylineKind::Rel, BylineKind::Class, BylineKind::Link];
    for kind in kinds {
        let of_kind = marks.bylines.iter().filter(|byline| byline.kind == kind && byline.place.zone == Zone::Main);
        let names = of_row(of_kind.filter(near));
        if !names.is_empty() {
            return names;
        }
    }
    for kind in kinds {
        let mut all = Vec::new();
        // One reader who commented is no author.
        let of_kind = |byline: &&Byline<'_>| byline.kind == kind && byline.place.zone != Zone::Comments;
        for byline in marks.bylines.iter().filter(of_kind) {
            for name in of_byline(byline) {
                add_name(&mut all, name);
            }
        }
        if all.len() == 1 {
            return all;
        }
    }
    Vec::new()
}

/// The names of the first byline that has any, and of those that stand side by side with it.
fn of_row<'a, 'b: 'a>(bylines: impl Iterator<Item = &'a Byline<'b>>) -> Vec<String> {
    let mut first: Option<usize> = None;
    let mut names = Vec::new();
    for byline in bylines {
        if first.is_some_and(|first| byline.place.position > first + SIDE_BY_SIDE) {
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
    names
}

/// Desks and teams that a byline names ("Herald Staff"), where no person is named.
fn of_desks(marks: &Marks<'_>) -> Vec<String> {
    for byline in marks.bylines.iter().filter(|byline| byline.place.zone == Zone::Main) {
        let lines: Vec<&str> = byline.lines.lines().collect();
        if let [line] = lines[..]
            && line.split_whitespace().count() <= MAX_DESK_WORDS
        {
            let names = names_in(line, Manner::Declared);
            if names.iter().any(|name| name.starts_with(char::is_uppercase)) && !names_another(line) {
                return names;
            }
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
    if byline.kind == BylineKind::Property && byline.named.len() == 1 && byline.links.len() <= 1 {
        return names_in(&byline.named[0], Manner::Declared);
    }
    if byline.kind == BylineKind::Link {
        return byline
            .links
            .iter()
            .filter(|(text, href)| is_in_slug(text, href))
            .flat_map(|(text, _)| names_in(text, Manner::Shown))
            .collect();
    }
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

/// Whether a link's address holds a word of its text: `/team/ada-marlow` is of "Ada Marlow", not "About us".
fn is_in_slug(text: &str, href: &str) -> bool {
    let path = tight_key(href);
    text.split_whitespace().any(|word| word.len() > 2 && path.contains(&tight_key(word)))
}

/// The names of the first line that begins with "By" and the like.
fn of_led(marks: &Marks<'_>) -> Vec<String> {
    for (line, next) in &marks.led {
        let mut names = names_in(line, Manner::Shown);
        // "By" alone leads the name in the element behind it.
        names.retain(|name| !names_only_lead(name));
        if names.is_empty() {
            names = names_in(next, Manner::Shown);
        }
        // "By design" and "By Monday" lead lines too.
        names.retain(|name| is_person(name) || is_unspaced_name(name));
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

fn names_only_lead(name: &str) -> bool {
    leads_names(name) && name.split_whitespace().count() <= 2
}
