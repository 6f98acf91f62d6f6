//! What the page as a whole shows: an article, a live ticker, a story that is not free.

use serde_json_borrow::Value;

use super::gather::noscript_text;
use super::graph::{Node, article_rank};
use super::marks::Marks;
use crate::block::{Genre, PageSigns};

/// Reads the signs of a page of so many scripts that are no data about it.
pub(super) fn signs(main: Option<Node<'_>>, marks: &Marks<'_>, scripts: usize) -> PageSigns {
    let item_type =
        |wanted: fn(&str) -> bool| marks.item_types.iter().any(|name| wanted(name.rsplit('/').next().unwrap_or(name)));
    let og_article = marks.meta("og:type").is_some_and(|kind| kind.eq_ignore_ascii_case("article"));
    PageSigns {
        live: main.is_some_and(Node::is_live) || item_type(|name| name == "LiveBlogPosting"),
        not_free: is_not_free(main, marks),
        article: main.is_some_and(Node::is_article) || og_article || item_type(|name| article_rank(name) >= 3),
        genre: main.map_or(Genre::Unsaid, genre),
        scripts,
        noscript: noscript_text(&marks.noscript),
        plain_text: false,
    }
}

/// The kind of article that a node is by its types, the most telling of them.
fn genre(main: Node<'_>) -> Genre {
    let of_type = |name: &str| match name {
        "BlogPosting" => Genre::Blog,
        "LiveBlogPosting" => Genre::News,
        name if name.ends_with("NewsArticle") => Genre::News,
        name if article_rank(name) >= 3 => Genre::Article,
        _ => Genre::Unsaid,
    };
    main.types().map(of_type).max().unwrap_or_default()
}

/// `isAccessibleForFree` in structured data or microdata, and the tier that publishers tell Facebook.
fn is_not_free(main: Option<Node<'_>>, marks: &Marks<'_>) -> bool {
    let structured = main.and_then(|main| main.get("isAccessibleForFree")).is_some_and(|value| match value {
        Value::Bool(free) => !free,
        Value::Str(free) => is_no(free),
        _ => false,
    });
    structured
        || marks.item("isAccessibleForFree").is_some_and(is_no)
        || marks.meta("article:content_tier").is_some_and(|tier| tier.eq_ignore_ascii_case("locked"))
}

fn is_no(text: &str) -> bool {
    let value = text.rsplit('/').next().unwrap_or(text).trim();
    value.eq_ignore_ascii_case("false") || value.eq_ignore_ascii_case("no")
}
