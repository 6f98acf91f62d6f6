//! What a page says of itself beside title, authors and dates: description, picture, section, tags.

use serde_json_borrow::Value;
use url::Url;

use super::graph::{Node, Nodes, text_of};
use super::marks::Marks;
use super::plain::{key, plain, tidy};

/// Most tags that are kept.
const MAX_TAGS: usize = 60;
/// Longest tag in bytes; a longer one is a sentence.
const MAX_TAG_BYTES: usize = 100;

/// The page's summary of itself.
pub(super) fn description(main: Option<Node<'_>>, marks: &Marks<'_>) -> Option<String> {
    let metas = ["og:description", "description", "twitter:description", "dc.description"];
    let declared = metas.iter().find_map(|name| marks.meta(name).map(plain).filter(|text| !text.is_empty()));
    declared.or_else(|| main?.text("description"))
}

/// The address of the lead picture, absolute where a base is known.
pub(super) fn image(main: Option<Node<'_>>, marks: &Marks<'_>, base: Option<&Url>) -> Option<String> {
    let metas = ["og:image:secure_url", "og:image", "og:image:url"];
    let declared = metas.iter().find_map(|name| marks.meta(name));
    let structured =
        || main.and_then(|main| main.get("image").or_else(|| main.get("thumbnailUrl"))).and_then(address_of);
    let last = || marks.meta("twitter:image").or_else(|| marks.meta("twitter:image:src"));
    absolute(declared.or_else(structured).or_else(last)?, base)
}

/// The address in an image value: a string, the first of a list, the `url` of an object.
fn address_of<'a>(value: &'a Value<'a>) -> Option<&'a str> {
    let mut value = value;
    // An object in a list in an object is as deep as it gets.
    for _ in 0..4 {
        value = match value {
            Value::Str(address) => return Some(address),
            Value::Array(items) => items.iter().find(|item| !item.is_null())?,
            Value::Object(map) => map.get("url").or_else(|| map.get("contentUrl")).or_else(|| map.get("@id"))?,
            _ => return None,
        };
    }
    None
}

fn absolute(address: &str, base: Option<&Url>) -> Option<String> {
    let address = address.trim();
    let url = match base {
        Some(base) => base.join(address).ok(),
        None => Url::parse(address).ok(),
    };
    match url {
        Some(url) => matches!(url.scheme(), "http" | "https").then(|| url.into()),
        None => (!address.is_empty()).then(|| address.to_owned()),
    }
}

/// The section of the paper.
pub(super) fn section(main: Option<Node<'_>>, marks: &Marks<'_>) -> Option<String> {
    let structured = main.and_then(|main| main.text("articleSection"));
    let metas = ["article:section", "parsely-section", "section", "dc.subject", "cxenseparse:recs:category"];
    let declared = || metas.iter().find_map(|name| marks.meta(name).map(plain).filter(|text| !text.is_empty()));
    structured.or_else(declared).or_else(|| marks.item("articleSection").map(plain).filter(|text| !text.is_empty()))
}

/// Tags and keywords, in order, each once.
pub(super) fn tags(main: Option<Node<'_>>, marks: &Marks<'_>) -> Vec<String> {
    let mut tags = Tags::default();
    for tag in marks.meta_all("article:tag").chain(marks.meta_all("og:article:tag")) {
        tags.add_list(tag);
    }
    match main.and_then(|main| main.get("keywords")) {
        Some(Value::Array(items)) => items.iter().filter_map(text_of).for_each(|tag| tags.add_list(&tag)),
        Some(value) => text_of(value).iter().for_each(|list| tags.add_list(list)),
        None => {}
    }
    for name in ["news_keywords", "parsely-tags", "sailthru.tags", "keywords"] {
        for list in marks.meta_all(name) {
            tags.add_list(list);
        }
        if !tags.names.is_empty() {
            break;
        }
    }
    tags.names
}

#[derive(Default)]
struct Tags {
    names: Vec<String>,
    keys: Vec<String>,
}

impl Tags {
    /// Adds a list parted by commas or semicolons.
    fn add_list(&mut self, list: &str) {
        for tag in plain(list).split([',', ';', '、', '،']) {
            let tag = tidy(tag.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '[' | ']' | '#')));
            let key = key(&tag);
            if !key.is_empty() && tag.len() <= MAX_TAG_BYTES && self.names.len() < MAX_TAGS && !self.keys.contains(&key)
            {
                self.keys.push(key);
                self.names.push(tag);
            }
        }
    }
}

/// The language of the page as a BCP 47 tag.
pub(super) fn language(main: Option<Node<'_>>, marks: &Marks<'_>) -> Option<String> {
    let metas = ["og:locale", "content-language", "language", "dc.language"];
    let written = marks.lang.into_iter().chain(metas.iter().filter_map(|name| marks.meta(name)));
    written.chain(main.and_then(|main| main.raw("inLanguage"))).find_map(language_tag)
}

/// `en_us` → `en-US`; none if it is no tag.
fn language_tag(written: &str) -> Option<String> {
    let written = written.split([',', ';', ' ', '.']).next()?.trim();
    let mut parts = written.split(['-', '_']);
    let language = parts.next()?.to_ascii_lowercase();
    if !(2..=3).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    // Not told, and the character set in its place.
    if matches!(&*language, "und" | "utf") {
        return None;
    }
    let mut tag = language;
    for part in parts {
        let part = match part.len() {
            _ if !part.bytes().all(|b| b.is_ascii_alphanumeric()) => break,
            2 => part.to_ascii_uppercase(),
            4 => part[..1].to_ascii_uppercase() + &part[1..].to_ascii_lowercase(),
            3 if part.bytes().all(|b| b.is_ascii_digit()) => part.to_owned(),
            _ => break,
        };
        tag.push('-');
        tag.push_str(&part);
    }
    Some(tag)
}

/// The name of the site.
pub(super) fn site(main: Option<Node<'_>>, nodes: &Nodes<'_>, marks: &Marks<'_>) -> Option<String> {
    let named = |text: String| Some(text).filter(|text| text.chars().any(char::is_alphanumeric));
    let meta = |name: &str| marks.meta(name).map(plain).and_then(named);
    meta("og:site_name")
        .or_else(|| publisher(main?, nodes).and_then(named))
        .or_else(|| nodes.of_type("WebSite").find_map(|site| site.text("name")).and_then(named))
        .or_else(|| meta("application-name"))
        .or_else(|| meta("apple-mobile-web-app-title"))
}

fn publisher(main: Node<'_>, nodes: &Nodes<'_>) -> Option<String> {
    let value = main.get("publisher")?;
    text_of(value).or_else(|| text_of(nodes.by_id(value.as_object()?)?.get("name")?))
}

#[cfg(test)]
mod tests {
    use super::{Tags, absolute, language_tag};
    use url::Url;

    #[test]
    fn language_tags_are_put_in_form() {
        assert_eq!(language_tag("en_us").as_deref(), Some("en-US"));
        assert_eq!(language_tag("DE").as_deref(), Some("de"));
        assert_eq!(language_tag("zh-hans-CN").as_deref(), Some("zh-Hans-CN"));
        assert_eq!(language_tag("pt_BR.UTF-8").as_deref(), Some("pt-BR"));
        assert_eq!(language_tag("english"), None);
        assert_eq!(language_tag("utf-8"), None);
        assert_eq!(language_tag("und"), None);
        assert_eq!(language_tag(""), None);
    }

    #[test]
    fn tags_are_split_and_kept_once() {
        let mut tags = Tags::default();
        tags.add_list("Weir, mills; WEIR,  ");
        tags.add_list("R&amp;D");
        assert_eq!(tags.names, ["Weir", "mills", "R&D"]);
    }

    #[test]
    fn pictures_are_made_absolute_and_must_be_of_the_web() {
        let base = Url::parse("https://herald.test/a/b").ok();
        assert_eq!(absolute("/c.jpg", base.as_ref()).as_deref(), Some("https://herald.test/c.jpg"));
        assert_eq!(absolute("//cdn.test/c.jpg", base.as_ref()).as_deref(), Some("https://cdn.test/c.jpg"));
        assert_eq!(absolute("data:image/gif;base64,AA", base.as_ref()), None);
        assert_eq!(absolute("c.jpg", None).as_deref(), Some("c.jpg"));
    }
}
