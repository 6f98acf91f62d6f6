//! What the class, id and like attributes of an element call it.

use super::super::dom::DomElement;

/// Bytes of an attribute that are looked through; utility classes may run to thousands.
const MAX_BYTES: usize = 200;

const BYLINE: u16 = 1;
const DATE: u16 = 1 << 1;
const MODIFIED: u16 = 1 << 2;
const PUBLISHED: u16 = 1 << 3;
const ASIDE: u16 = 1 << 4;
const TITLE: u16 = 1 << 5;
/// Of an author, but not the name: a biography, a picture, a role.
const BESIDE_NAME: u16 = 1 << 6;
const NAME: u16 = 1 << 7;
const KICKER: u16 = 1 << 8;

/// What an element's names say of it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Hints(u16);

impl Hints {
    /// It may name authors.
    pub(super) fn byline(self) -> bool {
        self.0 & BYLINE != 0
    }

    /// It may hold a date.
    pub(super) fn date(self) -> bool {
        self.0 & DATE != 0
    }

    /// Its date is of a change.
    pub(super) fn modified(self) -> bool {
        self.0 & MODIFIED != 0
    }

    /// Its date is of publication.
    pub(super) fn published(self) -> bool {
        self.0 & PUBLISHED != 0
    }

    /// It is no part of the story.
    pub(super) fn aside(self) -> bool {
        self.0 & ASIDE != 0
    }

    /// It is the headline.
    pub(super) fn title(self) -> bool {
        self.0 & TITLE != 0
    }

    /// It stands beside a name: a biography, a picture, a role.
    pub(super) fn beside_name(self) -> bool {
        self.0 & BESIDE_NAME != 0
    }

    /// It is the line above a headline.
    pub(super) fn kicker(self) -> bool {
        self.0 & KICKER != 0
    }

    /// It is a name.
    pub(super) fn name(self) -> bool {
        self.0 & NAME != 0
    }
}

/// Reads an element's names.
pub(super) fn hints(element: DomElement<'_>) -> Hints {
    let mut found = 0;
    for (name, value) in element.attrs() {
        if matches!(
            name,
            "class" | "id" | "itemprop" | "rel" | "data-testid" | "data-test-id" | "data-qa" | "data-component"
        ) {
            found |= hints_in(value.as_bytes());
        }
    }
    Hints(found)
}

fn hints_in(names: &[u8]) -> u16 {
    let names = &names[..names.len().min(MAX_BYTES)];
    let mut found = 0;
    let pairs = names.iter().zip(names.iter().skip(1)).take(names.len().saturating_sub(2));
    for (at, (first, second)) in pairs.enumerate() {
        if !begins_hint(*first, *second) {
            continue;
        }
        // Words begin a name, follow a mark, or begin with a capital (`articleAuthor`).
        let begins = at == 0 || !names[at - 1].is_ascii_alphabetic() || names[at].is_ascii_uppercase();
        found |= hint_at(&names[at..], begins);
    }
    found
}

/// For each letter that a word of a hint begins with, the letters that may come second, a bit each.
const SECONDS: [u32; 256] = {
    let mut seconds = [0; 256];
    let mut at = 0;
    while at < BEGINNINGS.len() {
        let (first, all) = BEGINNINGS[at];
        let mut letter = 0;
        while letter < all.len() {
            seconds[first as usize] |= 1 << (all[letter] & 31);
            letter += 1;
        }
        seconds[first.to_ascii_uppercase() as usize] = seconds[first as usize];
        at += 1;
    }
    seconds
};
/// How the words of hints begin: the first letter, and those that may come second.
const BEGINNINGS: &[(u8, &[u8])] = &[
    (b'a', b"uv"),
    (b'b', b"yia"),
    (b'c', b"oa"),
    (b'd', b"aei"),
    (b'e', b"y"),
    (b'f', b"o"),
    (b'h', b"e"),
    (b'i', b"mc"),
    (b'j', b"o"),
    (b'k', b"i"),
    (b'm', b"o"),
    (b'n', b"ae"),
    (b'o', b"vb"),
    (b'p', b"uohir"),
    (b'r', b"eo"),
    (b's', b"iohu"),
    (b't', b"ireo"),
    (b'u', b"p"),
    (b'w', b"r"),
];

/// Whether a word of a hint may begin with these bytes. Most places of most names end here.
fn begins_hint(first: u8, second: u8) -> bool {
    SECONDS[usize::from(first)] >> (second & 31) & 1 != 0
}

/// The hint whose word begins here. Most words are looked for anywhere in a name (`articledate`), short ones only
/// where a word begins.
fn hint_at(rest: &[u8], begins: bool) -> u16 {
    let is = |word: &str| rest.len() >= word.len() && rest[..word.len()].eq_ignore_ascii_case(word.as_bytes());
    let any = |words: &[&str]| words.iter().any(|word| is(word));
    match rest[0] | 0x20 {
        b'a' if any(&["author", "autor", "auteur"]) => BYLINE,
        b'a' if begins && any(&["avatar"]) => BESIDE_NAME,
        b'b' if any(&["byline"]) => BYLINE,
        b'b' if begins && any(&["bio", "badge"]) => BESIDE_NAME,
        b'c' if is("contributor") => BYLINE,
        b'c' if is("comment") => ASIDE,
        b'c' if begins && is("caption") => BESIDE_NAME,
        b'd' if begins && is("description") => BESIDE_NAME,
        b'd' if is("date") && !is("dates") => DATE | if is("datemod") { MODIFIED } else { 0 },
        b'd' if is("disqus") => ASIDE,
        b'd' if is("dachzeile") => KICKER,
        b'e' if begins && any(&["eyebrow"]) => KICKER,
        b'f' if begins && any(&["follow"]) => BESIDE_NAME,
        b'h' if any(&["headline"]) => TITLE,
        b'i' if begins && any(&["image", "img", "icon"]) => BESIDE_NAME,
        b'j' if is("journalist") => BYLINE,
        b'k' if is("kicker") => KICKER,
        b'o' if any(&["overline", "overtitle", "obertitel"]) => KICKER,
        b'j' if begins && is("job") => BESIDE_NAME,
        b'm' if is("modified") => MODIFIED | DATE,
        b'm' if any(&["most-read", "mostread", "more-stories", "most-popular"]) => ASIDE,
        b'n' if begins && is("name") => NAME,
        b'n' if is("newsletter") => ASIDE,
        b'p' if is("publish") => PUBLISHED | DATE,
        b'p' if is("posted") => DATE,
        b'p' if begins && any(&["photo", "position", "profile-image", "picture"]) => BESIDE_NAME,
        b'p' if begins && is("popular") => ASIDE,
        b'r' if is("reporter") => BYLINE,
        b'r' if any(&["related", "recirc", "recommend"]) => ASIDE,
        b'r' if begins && any(&["role", "reading", "read-time"]) => BESIDE_NAME,
        b's' if is("sidebar") => ASIDE,
        b's' if begins && any(&["supertitle", "surtitle"]) => KICKER,
        b's' if begins && any(&["social", "share"]) => BESIDE_NAME,
        b't' if begins && is("timestamp") || is("timestamp") => DATE,
        b't' if begins && is("time") => DATE,
        b't' if any(&["trending", "teaser"]) => ASIDE,
        b't' if any(&["topline", "toptitle"]) => KICKER,
        b't' if begins && is("title") => TITLE,
        b'u' if is("updated") => MODIFIED | DATE,
        b'u' if is("upnext") => ASIDE,
        b'w' if any(&["writer", "writtenby", "written-by"]) => BYLINE,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{ASIDE, BYLINE, DATE, MODIFIED, PUBLISHED, hints_in};

    #[test]
    fn names_are_read_in_any_spelling() {
        assert_eq!(hints_in(b"articleAuthor") & BYLINE, BYLINE);
        assert_eq!(hints_in(b"entry-byline__name") & BYLINE, BYLINE);
        assert_eq!(hints_in(b"post_date") & DATE, DATE);
        assert_eq!(hints_in(b"updated-on") & (DATE | MODIFIED), DATE | MODIFIED);
        assert_eq!(hints_in(b"publishedAt") & PUBLISHED, PUBLISHED);
        assert_eq!(hints_in(b"RelatedStories") & ASIDE, ASIDE);
    }

    #[test]
    fn short_words_count_only_where_a_word_begins() {
        assert_eq!(hints_in(b"sometimes-on"), 0);
        assert_eq!(hints_in(b"biology") & BYLINE, 0);
    }
}
