//! What the class, id and like attributes of an element call it.

use super::super::dom::DomElement;
use super::super::slim::{AttributeName, AttributeNames};
use super::hint_cache::HintCache;

/// Bytes of an attribute that are looked through; utility classes may run to thousands.
const MAX_BYTES: usize = 200;

/// The attributes that say what an element is called.
pub(super) const CALLING: AttributeNames = AttributeNames::of(&[
    AttributeName::CLASS,
    AttributeName::ID,
    AttributeName::ITEMPROP,
    AttributeName::REL,
    AttributeName::DATA_TESTID,
    AttributeName::DATA_TEST_ID,
    AttributeName::DATA_QA,
    AttributeName::DATA_COMPONENT,
]);

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
/// Of readers' comments, which are an aside too.
const COMMENTS: u16 = 1 << 9;

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

    /// It holds readers' comments.
    pub(super) fn comments(self) -> bool {
        self.0 & COMMENTS != 0
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
    Hints(names_of(element).fold(0, |found, (_, value)| found | hints_in(value.as_bytes())))
}

/// Reads the names of many elements.
#[derive(Default)]
pub(super) struct HintReader<'a> {
    classes: HintCache<'a>,
}

impl<'a> HintReader<'a> {
    /// Likewise.
    pub(super) fn hints(&mut self, element: DomElement<'a>) -> Hints {
        let mut found = 0;
        for (name, value) in names_of(element) {
            found |= match name {
                AttributeName::CLASS => self.classes.get_or_read(value, hints_in),
                _ => hints_in(value.as_bytes()),
            };
        }
        Hints(found)
    }
}

fn names_of(element: DomElement<'_>) -> impl Iterator<Item = (AttributeName, &str)> {
    element.attrs().filter(|(name, _)| CALLING.has(*name))
}

fn hints_in(names: &[u8]) -> u16 {
    let names = &names[..names.len().min(MAX_BYTES)];
    let [first, second, rest @ ..] = names else { return 0 };
    let mut found = 0;
    let mut letters = behind(behind(0, *first), *second);
    let mut rest = rest.iter();
    while let Some(letter) = rest.next() {
        letters = behind(letters, *letter);
        // Most places of most names end here.
        if BEGINNINGS[letters / 64] >> (letters % 64) & 1 == 0 {
            continue;
        }
        let at = names.len() - rest.len() - 3;
        // Words begin a name, follow a mark, or begin with a capital (`articleAuthor`).
        let begins = at == 0 || !names[at - 1].is_ascii_alphabetic() || names[at].is_ascii_uppercase();
        found |= hint_at(&names[at..], begins);
    }
    found
}

/// The words that [`hint_at`] knows.
const WORDS: &[&str] = &[
    "author",
    "autor",
    "auteur",
    "avatar",
    "badge",
    "bio",
    "byline",
    "caption",
    "comment",
    "contributor",
    "dachzeile",
    "date",
    "description",
    "disqus",
    "eyebrow",
    "follow",
    "forfatter",
    "headline",
    "icon",
    "image",
    "img",
    "job",
    "journalist",
    "kicker",
    "kirjoittaja",
    "modified",
    "more-stories",
    "most-popular",
    "most-read",
    "mostread",
    "muhabir",
    "name",
    "newsletter",
    "obertitel",
    "overline",
    "overtitle",
    "penulis",
    "photo",
    "picture",
    "popular",
    "position",
    "posted",
    "profile-image",
    "publish",
    "read-time",
    "reading",
    "recirc",
    "recommend",
    "related",
    "reporter",
    "role",
    "share",
    "sidebar",
    "social",
    "supertitle",
    "surtitle",
    "szerzo",
    "tac-gia",
    "tacgia",
    "teaser",
    "time",
    "title",
    "topline",
    "toptitle",
    "trending",
    "updated",
    "upnext",
    "writer",
    "written-by",
    "writtenby",
    "yazar",
];
/// Bits of a letter among [`BEGINNINGS`].
const LETTER_BITS: usize = 5;
/// How the words begin: three letters each, five bits of each letter, as a set of bits.
const BEGINNINGS: [u64; 1 << (3 * LETTER_BITS - 6)] = {
    let mut beginnings = [0; 1 << (3 * LETTER_BITS - 6)];
    let mut at = 0;
    while at < WORDS.len() {
        let word = WORDS[at].as_bytes();
        let beginning = behind(behind(behind(0, word[0]), word[1]), word[2]);
        beginnings[beginning / 64] |= 1 << (beginning % 64);
        at += 1;
    }
    beginnings
};

/// The last three letters, once `letter` comes behind them.
const fn behind(letters: usize, letter: u8) -> usize {
    (letters << LETTER_BITS | (letter & 31) as usize) % (1 << (3 * LETTER_BITS))
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
        b'c' if is("comment") => ASIDE | COMMENTS,
        b'c' if begins && is("caption") => BESIDE_NAME,
        b'd' if begins && is("description") => BESIDE_NAME,
        b'd' if is("date") && !is("dates") => DATE | if is("datemod") { MODIFIED } else { 0 },
        b'd' if is("disqus") => ASIDE | COMMENTS,
        b'd' if is("dachzeile") => KICKER,
        b'e' if begins && any(&["eyebrow"]) => KICKER,
        b'f' if begins && any(&["follow"]) => BESIDE_NAME,
        b'f' if is("forfatter") => BYLINE,
        b'h' if any(&["headline"]) => TITLE,
        b'i' if begins && any(&["image", "img", "icon"]) => BESIDE_NAME,
        b'j' if is("journalist") => BYLINE,
        b'k' if is("kicker") => KICKER,
        b'k' if is("kirjoittaja") => BYLINE,
        b'o' if any(&["overline", "overtitle", "obertitel"]) => KICKER,
        b'j' if begins && is("job") => BESIDE_NAME,
        b'm' if is("muhabir") => BYLINE,
        b'm' if is("modified") => MODIFIED | DATE,
        b'm' if any(&["most-read", "mostread", "more-stories", "most-popular"]) => ASIDE,
        b'n' if begins && is("name") => NAME,
        b'n' if is("newsletter") => ASIDE,
        b'p' if is("publish") => PUBLISHED | DATE,
        b'p' if is("posted") => DATE,
        b'p' if is("penulis") => BYLINE,
        b'p' if begins && any(&["photo", "position", "profile-image", "picture"]) => BESIDE_NAME,
        b'p' if begins && is("popular") => ASIDE,
        b'r' if is("reporter") => BYLINE,
        b'r' if any(&["related", "recirc", "recommend"]) => ASIDE,
        b'r' if begins && any(&["role", "reading", "read-time"]) => BESIDE_NAME,
        b's' if is("sidebar") => ASIDE,
        b's' if is("szerzo") => BYLINE,
        b's' if begins && any(&["supertitle", "surtitle"]) => KICKER,
        b's' if begins && any(&["social", "share"]) => BESIDE_NAME,
        b't' if is("timestamp") => DATE,
        b't' if any(&["tac-gia", "tacgia"]) => BYLINE,
        b't' if begins && is("time") => DATE,
        b't' if any(&["trending", "teaser"]) => ASIDE,
        b't' if any(&["topline", "toptitle"]) => KICKER,
        b't' if begins && is("title") => TITLE,
        b'u' if is("updated") => MODIFIED | DATE,
        b'u' if is("upnext") => ASIDE,
        b'w' if any(&["writer", "writtenby", "written-by"]) => BYLINE,
        b'y' if is("yazar") => BYLINE,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{ASIDE, BYLINE, DATE, MODIFIED, PUBLISHED, WORDS, hints_in};

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
    fn every_word_is_found() {
        for word in WORDS {
            assert_ne!(hints_in(word.as_bytes()), 0, "{word}");
            assert_ne!(hints_in(format!("my-{}", word.to_uppercase()).as_bytes()), 0, "{word}");
        }
    }

    #[test]
    fn short_words_count_only_where_a_word_begins() {
        assert_eq!(hints_in(b"sometimes-on"), 0);
        assert_eq!(hints_in(b"biology") & BYLINE, 0);
    }
}
