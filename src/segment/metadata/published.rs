//! When the story was published, by everything the page says.

use url::Url;

use super::dates::{Order, When, date_in_path, parse_date};
use super::graph::{Node, Nodes};
use super::marks::{DayKind, DayMark, Marks, Zone};

/// `meta` elements with the day of publication, the surest first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "published_date",
    "published",
    "date.published",
    "article.published",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "prism.publicationdate",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dc.date.created",
    "dcterms.created",
    "date",
    "originalpublicationdate",
    "rnews:datepublished",
    "displaydate",
    "article_date_original",
    "timestamp",
    "og:pubdate",
    "ptime",
    "created",
    "creation_date",
    "datecreated",
];
/// Likewise of the last change.
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "article:modified",
    "modified_time",
    "lastmod",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "article:updated_time",
    "cxenseparse:modifiedtime",
    "updated",
    "modified",
    "revised",
];
/// Elements between a date and the first heading, beyond which it is of another story.
const NEAR_HEADING: usize = 250;

/// Likewise, within which a date is the story's own whatever else the page declares.
const BESIDE_HEADING: usize = 25;
/// Most words of a line that is a date: "Last updated on Thursday, December 21, 2023 at 5:00 PM EST".
const MAX_DATE_WORDS: usize = 11;

/// Words of a date of change.
const CHANGE_WORDS: &[&str] = &[
    "updat",
    "modified",
    "revised",
    "reviewed",
    "edited",
    "aktualisiert",
    "geändert",
    "mis à jour",
    "modifié",
    "actualizad",
    "atualizad",
    "aggiornat",
    "bijgewerkt",
    "uppdaterad",
    "oppdatert",
    "opdateret",
    "aktualizac",
    "обновлено",
    "güncelleme",
    "更新",
];
/// Words of a date of publication.
const PUBLISHED_WORDS: &[&str] = &["publi", "posted", "veröffentlicht", "erstellt", "publicad", "pubblicat", "yayın"];

/// The days of a page.
pub(super) struct Days {
    pub(super) published: Option<When>,
    pub(super) modified: Option<When>,
}

/// What the days are read from.
pub(super) struct DaySources<'a> {
    pub(super) main: Option<Node<'a>>,
    pub(super) nodes: &'a Nodes<'a>,
    pub(super) marks: &'a Marks<'a>,
    pub(super) url: Option<&'a Url>,
    pub(super) order: Order,
}

impl DaySources<'_> {
    /// The days of publication and of the last change, each in the publisher's own zone.
    pub(super) fn days(&self) -> Days {
        let shown = self.shown();
        let modified = self.declared("dateModified", MODIFIED).or_else(|| self.marked(DayKind::Modified));
        let published = self
            .declared("datePublished", PUBLISHED)
            .or_else(|| self.marked(DayKind::Published))
            .map(|declared| match self.main {
                // A ticker shows the day of its last entry.
                Some(main) if main.is_live() => local(declared, &shown).unwrap_or(declared),
                _ => reconciled(declared, modified, &shown),
            })
            .or_else(|| shown.first().map(|shown| shown.when))
            .or_else(|| {
                self.main.and_then(|main| self.parse(main.raw("dateCreated").or_else(|| main.raw("uploadDate"))?))
            })
            .or_else(|| self.of_pages())
            .or_else(|| self.url.and_then(|url| date_in_path(url.path())))
            .or_else(|| self.marks.days.iter().find_map(|mark| self.day_of(mark)))
            .or_else(|| self.marks.dated.iter().filter(|line| is_all_date(line)).find_map(|line| self.parse(line)))
            .or(modified);
        Days { published, modified: modified.map(|when| local(when, &shown).unwrap_or(when)) }
    }

    fn parse(&self, text: &str) -> Option<When> {
        parse_date(text, self.order)
    }

    /// What the structured data or a `meta` element declares.
    fn declared(&self, property: &str, metas: &[&str]) -> Option<When> {
        let structured = self.main.and_then(|main| self.parse(main.raw(property)?));
        structured
            .or_else(|| metas.iter().find_map(|name| self.marks.meta_all(name).find_map(|content| self.parse(content))))
            .or_else(|| {
                let named = |name: &str| property == "datePublished" && is_date_of_publication(name);
                self.marks.metas().filter(|(name, _)| named(name)).find_map(|(_, content)| self.parse(content))
            })
    }

    fn of_pages(&self) -> Option<When> {
        self.nodes.of_type("WebPage").find_map(|node| self.parse(node.raw("datePublished")?))
    }

    fn day_of(&self, mark: &DayMark<'_>) -> Option<When> {
        mark.machine.and_then(|machine| self.parse(machine)).or_else(|| self.parse(&mark.text))
    }

    /// The first date of a kind, wherever it stands.
    fn marked(&self, kind: DayKind) -> Option<When> {
        let of_kind = || self.marks.days.iter().filter(|mark| mark.kind == kind);
        let main = of_kind().filter(|mark| mark.place.zone == Zone::Main).find_map(|mark| self.day_of(mark));
        main.or_else(|| of_kind().find_map(|mark| self.day_of(mark)))
    }

    /// The dates a reader sees beside the headline, the nearest first.
    fn shown(&self) -> Vec<Shown> {
        let heading = self.heading();
        let mut shown = Vec::new();
        for mark in self.marks.days.iter().filter(|mark| mark.place.zone == Zone::Main && !mark.text.is_empty()) {
            let Some(when) = self.day_of(mark) else { continue };
            let position = mark.place.position;
            // A date ahead of the heading must stand closer than one behind it.
            let distance = match heading {
                Some(heading) if position > heading => position - heading,
                Some(heading) => (heading - position) * 3,
                None => NEAR_HEADING / 2,
            };
            if distance < NEAR_HEADING {
                let kind = if tells_change(&mark.text) { DayKind::Modified } else { mark.kind };
                shown.push(Shown { when, distance, kind });
            }
        }
        for (at, line) in self.marks.near.iter().enumerate().filter(|(_, line)| is_all_date(line)) {
            if let Some(when) = self.parse(line) {
                let distance = if at < self.marks.near_ahead { NEAR_HEADING / 2 } else { at - self.marks.near_ahead };
                let ahead = at.checked_sub(1).and_then(|ahead| self.marks.near.get(ahead));
                let change = tells_change(line) || ahead.is_some_and(|ahead| tells_change(ahead));
                shown.push(Shown { when, distance, kind: if change { DayKind::Modified } else { DayKind::Class } });
            }
        }
        shown.sort_by_key(|shown| (shown.kind == DayKind::Modified, shown.distance));
        shown
    }

    fn heading(&self) -> Option<usize> {
        self.marks
            .headings
            .iter()
            .find(|heading| heading.place.zone == Zone::Main)
            .map(|heading| heading.place.position)
    }
}

/// A date beside the headline.
struct Shown {
    when: When,
    distance: usize,
    kind: DayKind,
}

/// Whether a date is called that of a change.
fn tells_change(line: &str) -> bool {
    let lower = line.to_lowercase();
    CHANGE_WORDS.iter().any(|word| lower.contains(word)) && !PUBLISHED_WORDS.iter().any(|word| lower.contains(word))
}

/// Whether a line beside the headline says when, and not much else.
fn is_all_date(line: &str) -> bool {
    line.bytes().any(|b| b.is_ascii_digit()) && line.split_whitespace().count() <= MAX_DATE_WORDS
}

/// Whether the name of a `meta` element says that it holds the day of publication.
fn is_date_of_publication(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("publish") && (name.contains("date") || name.contains("time")) && !name.contains("expir")
        || name.ends_with("pubdate")
}

/// The declared day as the page shows it.
///
/// A day in UTC becomes the day in the publisher's zone if the page shows that. A page that shows one day by its
/// headline, and not the declared one, dates itself anew: the text is of the day it shows.
fn reconciled(declared: When, modified: Option<When>, shown: &[Shown]) -> When {
    if let Some(local) = local(declared, shown) {
        return local;
    }
    let days = |other: &Shown| i64::from((other.when.date - declared.date).get_days());
    if shown.iter().any(|other| days(other) == 0) {
        return declared;
    }
    let Some(first) = shown.first() else { return declared };
    if days(first).abs() <= 1 {
        let hour = declared.clock.filter(|_| declared.is_utc()).map(|(time, _)| time.hour());
        let shifted = match (days(first), hour) {
            (-1, Some(hour)) => hour < 12,
            (1, Some(hour)) => hour >= 10,
            _ => false,
        };
        return if shifted { When::day(first.when.date) } else { declared };
    }
    let is_change = modified.is_some_and(|modified| (first.when.date - modified.date).get_days().abs() <= 1);
    if first.kind != DayKind::Modified && (is_change || first.distance < BESIDE_HEADING) {
        first.when
    } else {
        declared
    }
}

/// The same instant in the zone in which the page shows it.
fn local(when: When, shown: &[Shown]) -> Option<When> {
    let instant = when.instant().filter(|_| when.is_utc())?;
    shown.iter().map(|shown| shown.when).find(|other| !other.is_utc() && other.instant() == Some(instant))
}
