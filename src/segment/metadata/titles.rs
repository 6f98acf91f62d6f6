//! The headline, without the name of the site.

use super::gather::{Heading, Marks, Named, Zone};
use super::graph::Node;
use super::plain::{key, plain};
use super::site::Site;

/// What parts a headline from the name of the site, with the spaces it needs.
const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " − ", " · ", " • ", " » ", " « ", " › ", " :: ", " ~ ", " / ", " // ", " > ", " < ",
    " ― ", "--", "｜", "：", " : ", ": ", "|", ", ", " @ ",
];
/// Words of the longest tail that is cut off a `title` for no other reason than its separator.
const MAX_TAIL_WORDS: usize = 5;

/// A title and how far its source is to be trusted.
struct Candidate {
    text: String,
    weight: u32,
}

/// The page's headline. Sources that agree outvote a single one.
pub(super) fn title(main: Option<Node<'_>>, marks: &Marks<'_>, site: &Site) -> Option<String> {
    let candidates = candidates(main, marks, site);
    let mut best: Option<(u32, &Candidate)> = None;
    for candidate in &candidates {
        let words = key(&candidate.text);
        let votes = candidates.iter().filter(|other| key(&other.text) == words).map(|other| other.weight).sum();
        if best.is_none_or(|(known, _)| votes > known) {
            best = Some((votes, candidate));
        }
    }
    best.map(|(_, candidate)| candidate.text.clone())
}

fn candidates(main: Option<Node<'_>>, marks: &Marks<'_>, site: &Site) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let headings: Vec<&Heading> = headings(marks, site);
    let mut add = |text: String, weight: u32| {
        if text.chars().any(char::is_alphanumeric) {
            candidates.push(Candidate { text, weight });
        }
    };
    let anchors: Vec<&str> = headings.iter().map(|heading| heading.text.as_str()).collect();
    for (rank, heading) in headings.iter().enumerate() {
        let weight = if rank == 0 { 9 } else { 2 };
        add(without_site(&heading.text, site, &[], Cut::NamedTail), weight);
    }
    if let Some(headline) = main.and_then(|main| main.text("headline").or_else(|| main.text("name"))) {
        add(without_site(&headline, site, &anchors, Cut::NamedTail), 7);
    }
    for (name, weight) in [
        ("og:title", 7),
        ("twitter:title", 2),
        ("dc.title", 2),
        ("citation_title", 8),
        ("parsely-title", 3),
        ("sailthru.title", 3),
    ] {
        if let Some(content) = marks.meta(name) {
            add(without_site(&plain(content), site, &anchors, Cut::NamedTail), weight);
        }
    }
    if let Some(headline) = marks.item("headline") {
        add(without_site(&plain(headline), site, &anchors, Cut::NamedTail), 4);
    }
    if let Some(title) = &marks.title {
        add(without_site(title, site, &anchors, Cut::AnyTail), 4);
    }
    candidates
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
        let tail =
            rest.strip_prefix(anchor).filter(|tail| SEPARATORS.iter().any(|separator| tail.starts_with(separator)));
        if tail.is_some() && anchor.split_whitespace().count() > 1 {
            return (*anchor).to_owned();
        }
    }
    // A title may carry section and site: two tails, rarely three.
    for _ in 0..3 {
        let shorter = tail_cut(rest, site, cut).or_else(|| head_cut(rest, site));
        match shorter {
            Some(shorter) => rest = shorter.trim(),
            None => break,
        }
    }
    rest.to_owned()
}

fn tail_cut<'a>(title: &'a str, site: &Site, cut: Cut) -> Option<&'a str> {
    for separator in SEPARATORS {
        let Some((head, tail)) = title.rsplit_once(separator) else { continue };
        if head.trim().is_empty() {
            continue;
        }
        if site.is_name(tail) {
            return Some(head);
        }
        let bar = separator.contains('|') || matches!(*separator, " » " | " • " | " :: ");
        let tail_words = tail.split_whitespace().count();
        if cut == Cut::AnyTail && bar && tail_words <= MAX_TAIL_WORDS && head.split_whitespace().count() > tail_words {
            return Some(head);
        }
    }
    None
}

fn head_cut<'a>(title: &'a str, site: &Site) -> Option<&'a str> {
    SEPARATORS.iter().find_map(|separator| {
        let (head, tail) = title.split_once(separator)?;
        (separator != &", " && site.is_name(head) && tail.split_whitespace().count() > 1).then_some(tail)
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
