//! What a page says of itself.

mod authors;
mod beginnings;
mod body;
mod byline;
mod byline_words;
mod date_tokens;
mod dates;
mod details;
mod gather;
mod graph;
mod hint_cache;
mod hints;
mod json;
mod leads;
mod lines;
mod marks;
mod metas;
mod months;
mod names;
mod page_data;
mod plain;
mod published;
mod rich_text;
mod separators;
mod shown;
mod signs;
mod site;
mod titles;
mod word_ends;
mod word_search;
mod zones;

use url::Url;

use super::dom::Dom;
use super::slim::Scripts;
use crate::block::{Metadata, PageSigns};
use crate::page::Page;

use dates::Order;
use gather::gather;
use graph::{Graph, Node, Nodes, PageHints, address_key};
use marks::{Marks, Zone};
use published::DaySources;
use site::Site;

pub(super) use body::BodyLine;
pub(super) use page_data::{Shown, body_of_page_data};
pub(super) use plain::key;

/// Words of the longest name of a site.
const MAX_SITE_WORDS: usize = 7;

/// What is read off a page beside its blocks.
#[derive(Debug, Default)]
pub(super) struct PageFacts {
    /// Title, authors, dates and the like.
    pub(super) metadata: Metadata,
    /// What the page as a whole shows.
    pub(super) signs: PageSigns,
    /// The `articleBody` of the page's structured data, plain, one paragraph a line.
    pub(super) structured_body: Option<String>,
}

/// Reads a page's facts off its JSON-LD, its `meta` elements, its microdata and the page itself.
pub(super) fn read_facts(page: &Page, scripts: &Scripts<'_>, dom: &Dom<'_>) -> PageFacts {
    let marks = gather(dom);
    let mut repaired = Vec::new();
    let graph = Graph::of(&scripts.json_ld, &mut repaired);
    let nodes = graph.nodes();
    let canonical = canonical_url(page, &marks);
    let base = page.url.as_ref().or(canonical.as_ref());
    let main = main_node(&nodes, &marks, [page.url.as_ref(), canonical.as_ref()]);
    let declared = details::site(main, &nodes, &marks);
    let site_name = declared.or_else(|| marks.logos.first().cloned());
    // A name that is the headline or runs on like one tells nothing.
    let usable = |name: &&str| name.split_whitespace().count() <= MAX_SITE_WORDS && !is_title(name, &marks);
    let names = site_name.iter().chain(&marks.logos).map(String::as_str);
    let site = Site::of(names.filter(usable), base);
    let lang = details::language(main, &marks);
    let order = order_of(lang.as_deref(), base);
    let days = DaySources { main, nodes: &nodes, marks: &marks, url: base, order }.days();
    let metadata = Metadata {
        title: titles::title(main, &marks, &site),
        authors: authors::authors(main, &nodes, &marks, &site),
        date: days.published.map(|when| when.to_string()),
        modified: days.modified.map(|when| when.to_string()),
        lang,
        description: details::description(main, &marks),
        image: details::image(main, &marks, base),
        section: details::section(main, &marks),
        tags: details::tags(main, &marks),
        site: site_name,
        canonical_url: canonical.clone(),
    };
    PageFacts {
        metadata,
        signs: signs::signs(main, &marks, scripts.others),
        structured_body: main.and_then(body::structured_body),
    }
}

fn main_node<'a>(nodes: &Nodes<'a>, marks: &Marks<'_>, urls: [Option<&Url>; 2]) -> Option<Node<'a>> {
    let headings = marks.headings.iter().map(|heading| key(&heading.text));
    let titles: Vec<String> =
        headings.chain(marks.meta("og:title").map(key)).chain(marks.title.as_deref().map(key)).collect();
    let addresses: Vec<String> = urls.into_iter().flatten().map(|url| address_key(url.as_str())).collect();
    nodes.main(&PageHints { titles: &titles, addresses: &addresses })
}

fn is_title(name: &str, marks: &Marks<'_>) -> bool {
    let name = key(name);
    marks.headings.iter().any(|heading| key(&heading.text) == name && heading.place.zone == Zone::Main)
        && marks.meta("og:title").is_none_or(|title| key(title) == name)
}

fn canonical_url(page: &Page, marks: &Marks<'_>) -> Option<Url> {
    let written = [marks.canonical, marks.meta("og:url")];
    let absolute = |address: &str| match &page.url {
        Some(base) => base.join(address).ok(),
        None => Url::parse(address).ok(),
    };
    written.into_iter().flatten().filter_map(absolute).find(|url| matches!(url.scheme(), "http" | "https"))
}

/// Americans write the month first. A page in English that names no country is American unless its host says otherwise.
fn order_of(lang: Option<&str>, url: Option<&Url>) -> Order {
    let lang = lang.map(str::to_ascii_lowercase).unwrap_or_default();
    let end = url.and_then(Url::host_str).and_then(|host| host.rsplit('.').next()).unwrap_or_default();
    let elsewhere = end.len() == 2 && end != "us";
    if lang == "en-us" || lang == "en" && !elsewhere { Order::MonthFirst } else { Order::DayFirst }
}

#[cfg(test)]
mod tests;
