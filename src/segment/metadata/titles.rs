//! The headline, without the name of the site.

use super::graph::Node;
use super::marks::{Heading, Marks, Named, Zone};
use super::plain::{first_of_key, key, plain};
use super::separators::{SEPARATORS, Separators};
use super::site::Site;
use crate::block::is_unspaced;

/// Kinds of pieces that publishers put beside a headline.
const LABELS: &[&str] = &[
    "opinion",
    "analysis",
    "editorial",
    "column",
    "video",
    "watch",
    "exclusive",
    "letters",
    "review",
    "interview",
    "podcast",
    "live",
    "blog",
    "meinung",
    "kommentar",
    "analyse",
    "opinión",
    "opinione",
    "opinião",
    "vidéo",
    "photos",
    "gallery",
    "quiz",
    "advertorial",
    "perspective",
];
/// What parts it without spaces where the headline is known.
const TIGHT_SEPARATORS: [char; 3] = ['-', '_', 'ㅣ'];
/// Words of the longest tail that is cut off a `title` for no other reason than its separator.
const MAX_TAIL_WORDS: usize = 5;

/// What old `WordPress` puts between the site's name and the headline, in small letters.
const ARCHIVE: &str = "blog archive";

/// A title and how far its source is to be trusted.
struct Candidate {
    text: String,
    key: String,
    weight: u32,
}

/// Longest title in bytes; a longer one is a text.
const MAX_TITLE_BYTES: usize = 1_000;
/// Weight of the headline as the page shows it: what readers see outvotes what search engines and networks are told.
const HEADING: u32 = 30;
/// Likewise on a page of the press.
const NEWS_HEADING: u32 = 12;
/// Weight of a heading that shares too few words with what the page calls itself elsewhere.
const STRANGE_HEADING: u32 = 2;
/// Weight of a declared title that a second heading shows: more than all others together.
const SHOWN_BELOW: u32 = 100;
/// Words of the shortest of them; what a chapter is called is shorter.
const MIN_SHOWN_WORDS: usize = 5;
/// Share of words that a headline has in common with the page's other titles.
const MIN_LIKENESS: f64 = 0.16;
/// Weights of `meta` elements with titles. Of the rest, sources that agree outvote a single one.
const META_TITLES: &[(&str, u32)] = &[
    ("og:title", 7),
    ("twitter:title", 4),
    ("citation_title", 8),
    ("parsely-title", 3),
    ("sailthru.title", 3),
    ("dc.title", 2),
];
/// Weight of the headline in the structured data.
const STRUCTURED: u32 = 5;
/// Weight of the headline in microdata.
const ITEM: u32 = 4;
/// Weight of the `title` element.
const TITLE: u32 = 3;

/// The page's headline.
pub(super) fn title(main: Option<Node<'_>>, marks: &Marks<'_>, site: &Site) -> Option<String> {
    let headings = headings(marks, site);
    let mut candidates = declared(main, marks, site, &headings);
    let likeness = |heading: &Heading| likeness(&heading.text, &candidates);
    let heading = headings.iter().map(|heading| (heading, likeness(heading))).rev().max_by(|a, b| a.1.total_cmp(&b.1));
    if let Some((heading, likeness)) = heading {
        let text = without_site(&heading.text, site, &[], Cut::Heading);
        let weight = if likeness >= MIN_LIKENESS { heading_weight(main) } else { STRANGE_HEADING };
        let key = key(&text);
        let label = |head: &str| is_label(head, main, marks);
        // With or without the line above the headline ("Local elections: Weir reopens")? As the page declares it.
        let same = |other: &Candidate| {
            is_kicked(&text, &key, &other.key, label)
                || is_kicked(&other.text, &other.key, &key, label) && keeps_kicker(heading, other)
        };
        let equal = candidates.iter().position(|other| other.key == key);
        match equal.or_else(|| candidates.iter().position(same)) {
            Some(at) => candidates[at].weight += weight,
            None => candidates.insert(0, Candidate { text, key, weight }),
        }
    }
    add_shown_below(&mut candidates, marks);
    let best = candidates.iter().rev().max_by_key(|candidate| votes(&candidates, &candidate.key))?;
    Some(without_label(&best.text, main, marks).to_owned())
}

/// Whether a declared title, which has a line ahead of the heading's, has the one that the page shows there, if it shows
/// any.
fn keeps_kicker(heading: &Heading, declared: &Candidate) -> bool {
    heading.kicked.as_deref().is_none_or(|kicked| key(kicked) == declared.key)
}

/// Where a first heading is the last crumb of a trail or holds words for search engines, the headline that readers see is
/// the second heading that repeats a declared title.
fn add_shown_below(candidates: &mut [Candidate], marks: &Marks<'_>) {
    let declared = |shown: &String| {
        let shown = key(shown);
        candidates.iter().position(|candidate| candidate.key == shown && units(&shown).len() >= MIN_SHOWN_WORDS)
    };
    let may_be_declared = |shown: &&String| {
        let first = first_of_key(shown);
        candidates.iter().any(|candidate| candidate.key.chars().next() == first)
    };
    let found = marks.subheadings.iter().filter(may_be_declared).find_map(declared);
    if let Some(candidate) = found.and_then(|at| candidates.get_mut(at)) {
        candidate.weight += SHOWN_BELOW;
    }
}

/// The weight of all candidates that say the same.
fn votes(candidates: &[Candidate], key: &str) -> u32 {
    candidates.iter().filter(|candidate| candidate.key == key).map(|candidate| candidate.weight).sum()
}

/// The press gives networks another headline of its own writing; elsewhere they get what search engines like.
fn heading_weight(main: Option<Node<'_>>) -> u32 {
    if main.is_some_and(|main| main.types().any(|name| name.ends_with("NewsArticle"))) { NEWS_HEADING } else { HEADING }
}

/// What the page declares as its title.
fn declared(main: Option<Node<'_>>, marks: &Marks<'_>, site: &Site, headings: &[&Heading]) -> Vec<Candidate> {
    let headline = main.and_then(|main| main.text("headline").or_else(|| main.text("name")));
    let mut anchors: Vec<&str> = headings.iter().map(|heading| heading.text.as_str()).collect();
    match headline.as_deref().map(|headline| without_site(headline, site, &[], Cut::NamedTail)) {
        // What the structured headline has behind the heading is no name of a site.
        Some(whole) if !anchors.is_empty() => {
            anchors.retain(|anchor| whole == *anchor || !whole.starts_with(anchor));
        }
        _ => anchors.extend(headline.as_deref()),
    }
    let mut candidates = Vec::new();
    let mut add = |text: &str, weight: u32, cut: Cut| {
        if text.len() > MAX_TITLE_BYTES {
            return;
        }
        let text = without_site(text, site, &anchors, cut);
        if text.chars().any(char::is_alphanumeric) {
            candidates.push(Candidate { key: key(&text), text, weight });
        }
    };
    if let Some(headline) = &headline {
        add(headline, STRUCTURED, Cut::NamedTail);
    }
    for (name, weight) in META_TITLES {
        if let Some(content) = marks.meta(name) {
            add(&plain(content), *weight, if headings.is_empty() { Cut::AnyTail } else { Cut::NamedTail });
        }
    }
    if let Some(headline) = marks.item("headline") {
        add(&plain(headline), ITEM, Cut::NamedTail);
    }
    if let Some(title) = &marks.title {
        add(title, TITLE, Cut::AnyTail);
    }
    candidates
}

/// Common words / words of the longer, of a heading and the likest of the page's other titles; 1 if there are none.
fn likeness(heading: &str, others: &[Candidate]) -> f64 {
    let heading = key(heading);
    if others.iter().any(|other| other.key == heading) {
        return 1.0;
    }
    let heading = units(&heading);
    let shared = |other: &Candidate| {
        let other = units(&other.key);
        let common = heading.iter().filter(|unit| other.contains(unit)).count();
        common as f64 / heading.len().max(other.len()) as f64
    };
    others.iter().map(shared).max_by(f64::total_cmp).unwrap_or(1.0)
}

/// The words of a key; in scripts without spaces its characters.
fn units(key: &str) -> Vec<&str> {
    if !key.is_ascii() && key.chars().any(is_unspaced) {
        key.split("").filter(|unit| !unit.trim().is_empty()).collect()
    } else {
        key.split(' ').collect()
    }
}

/// Whether `heading` is `headline` with another line ahead of it.
fn is_kicked(text: &str, heading: &str, headline: &str, is_label: impl Fn(&str) -> bool) -> bool {
    let Some(head) = heading.strip_suffix(headline).and_then(|head| head.strip_suffix(' ')) else { return false };
    let words = head.split(' ').count();
    // "The Weir" is no kicker and a headline: the head must be parted by a mark, or be a line of its own.
    let parted = [": ", " - ", " – ", " | ", " / "]
        .iter()
        .any(|mark| text.split_once(mark).is_some_and(|(kicker, _)| key(kicker) == head));
    headline.split(' ').count() >= 3 && (parted || words == 2 || is_label(head))
}

/// Whether a text is the section of the paper or the kind of piece.
fn is_label(text: &str, main: Option<Node<'_>>, marks: &Marks<'_>) -> bool {
    let text = key(text);
    let section = || main.and_then(|main| main.text("articleSection"));
    LABELS.contains(&text.as_str())
        || marks.meta("article:section").is_some_and(|section| key(section) == text)
        || section().is_some_and(|section| key(&section) == text)
}

/// A title without a label ahead of a bar or behind it.
fn without_label<'a>(title: &'a str, main: Option<Node<'_>>, marks: &Marks<'_>) -> &'a str {
    match title.rsplit_once(" | ") {
        Some((head, label)) if is_label(label, main, marks) => head.trim_end(),
        Some(_) => match title.split_once(" | ") {
            Some((label, tail)) if is_label(label, main, marks) => tail.trim_start(),
            _ => title,
        },
        None => title,
    }
}

/// First headings that may be the headline, the likeliest first.
fn headings<'a>(marks: &'a Marks<'_>, site: &Site) -> Vec<&'a Heading> {
    let mut headings: Vec<&Heading> = marks.headings.iter().filter(|heading| !site.is_name(&heading.text)).collect();
    headings.sort_by_key(|heading| (heading.place.zone, std::cmp::Reverse(heading.named), heading.place.position));
    if headings.iter().any(|heading| heading.place.zone == Zone::Main && heading.named == Named::Yes) {
        headings.retain(|heading| heading.place.zone == Zone::Main);
    }
    headings
}

/// What may be cut off a title.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// A tail that names the site.
    Heading,
    /// A tail or head that names the site.
    NamedTail,
    /// Any short tail behind a bar too.
    AnyTail,
}

/// A title without the site's name. `anchors` are headings of the page: a title that is one of them and a tail is that
/// one.
fn without_site(title: &str, site: &Site, anchors: &[&str], cut: Cut) -> String {
    let mut rest = title.trim();
    for anchor in anchors {
        let parted = |tail: &&str| {
            tail.starts_with(TIGHT_SEPARATORS)
                || SEPARATORS.iter().any(|separator| tail.starts_with(separator)) && !tail.starts_with([':', ',', '：'])
        };
        let tail = rest.strip_prefix(anchor).filter(parted);
        if tail.is_some() && anchor.split_whitespace().count() > 1 {
            return (*anchor).to_owned();
        }
    }
    if let Some(headline) = anchors.iter().find(|anchor| cut == Cut::AnyTail && is_named_ahead(rest, anchor)) {
        return (*headline).to_owned();
    }
    // A title may carry section and site: two tails, rarely three.
    for _ in 0..3 {
        let separators = Separators::of(rest);
        let head = || (cut != Cut::Heading).then(|| head_cut(rest, &separators, site)).flatten();
        let short_tail = || (cut == Cut::AnyTail).then(|| short_tail_cut(rest, &separators)).flatten();
        let shorter = named_tail_cut(rest, &separators, site).or_else(head).or_else(short_tail);
        match shorter {
            Some(shorter) => rest = shorter.trim(),
            None => break,
        }
    }
    rest.to_owned()
}

/// Whether a title is a headline behind the name of a site, which is shorter: "The Skell Times - Old mill opens again". A
/// single word may be a section, and what a colon parts may be the headline's own.
fn is_named_ahead(title: &str, headline: &str) -> bool {
    let Some(head) = title.strip_suffix(headline) else { return false };
    let mut separators = SEPARATORS.iter().filter(|separator| !separator.contains([':', '：', ',']));
    let name = separators.find_map(|separator| head.strip_suffix(separator));
    let count = |text: &str| text.split_whitespace().count();
    name.is_some_and(|name| (2..=MAX_TAIL_WORDS.min(count(headline).saturating_sub(1))).contains(&count(name)))
}

fn named_tail_cut<'a>(title: &'a str, separators: &Separators, site: &Site) -> Option<&'a str> {
    separators.found().find_map(|separator| {
        let (head, tail) = title.rsplit_once(separator)?;
        (!head.trim().is_empty() && site.is_name(tail)).then_some(head)
    })
}

/// Cuts a tail behind a bar that is short and shorter than what stands ahead of it.
fn short_tail_cut<'a>(title: &'a str, separators: &Separators) -> Option<&'a str> {
    separators.found().find_map(|separator| {
        let (head, tail) = title.rsplit_once(separator)?;
        let bar = separator.contains('|') || matches!(separator, " » " | " • " | " :: ");
        let tail_words = tail.split_whitespace().count();
        (bar && tail_words <= MAX_TAIL_WORDS && head.split_whitespace().count() > tail_words).then_some(head)
    })
}

fn head_cut<'a>(title: &'a str, separators: &Separators, site: &Site) -> Option<&'a str> {
    separators.found().find_map(|separator| {
        let (head, tail) = title.split_once(separator)?;
        let names_site = site.is_name(head) || key(head) == ARCHIVE;
        (separator != ", " && names_site && tail.split_whitespace().count() > 1).then_some(tail)
    })
}

#[cfg(test)]
mod tests {
    use super::{Cut, without_site};
    use crate::segment::metadata::site::Site;

    fn clean(title: &str, anchors: &[&str]) -> String {
        let site = Site::of(["Harbour Herald"].into_iter(), None);
        without_site(title, &site, anchors, Cut::AnyTail)
    }

    #[test]
    fn the_site_s_name_is_cut_off_either_end() {
        for title in [
            "Weir reopens after flood | Harbour Herald",
            "Weir reopens after flood - Harbour Herald",
            "Weir reopens after flood — News — Harbour Herald",
            "Harbour Herald: Weir reopens after flood",
            "Weir reopens after flood | Local news",
        ] {
            assert!(clean(title, &[]).starts_with("Weir reopens after flood"), "{title}");
            assert!(!clean(title, &[]).contains("Herald"), "{title}");
        }
    }

    #[test]
    fn a_site_that_nothing_else_names_is_cut_off_ahead_of_the_headline() {
        let headline = "The old mill opens again";
        assert_eq!(clean("Skell Valley Times - The old mill opens again", &[headline]), headline);
        for whole in [
            "Skell: the valley, its mills and its boats - The old mill opens again",
            "Valley talk: The old mill opens again",
        ] {
            assert_eq!(clean(whole, &[headline]), whole);
        }
        // A logo may be a heading too.
        assert!(clean("The old mill opens again - The Skell Times", &["The Skell Times"]).starts_with(headline));
    }

    #[test]
    fn a_headline_s_own_dash_or_colon_survives() {
        for title in ["Weir reopens - at last", "Weir: a history", "The long way home – by boat"] {
            assert_eq!(clean(&format!("{title} | Harbour Herald"), &[]), title);
        }
    }

    #[test]
    fn a_title_that_is_the_heading_and_a_tail_is_the_heading() {
        assert_eq!(clean("Weir reopens - what to know this week and beyond", &["Weir reopens"]), "Weir reopens");
    }
}
