//! When the story was published, by everything the page says.

use url::Url;

use super::dates::{Order, When, date_in_path, parse_date};
use super::graph::{Node, Nodes};
use super::marks::{DayKind, DayMark, Marks, Zone};
use super::shown::{Shown, day_of, is_all_date, shown};

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
/// The days of a page.
pub(super) struct Days {
    pub(super) published: Option<When>,
    pub(super) modified: Option<When>,
}

/// A declared day of publication.
#[derive(Clone, Copy)]
struct Declared {
    when: When,
    witness: Witness,
}

/// What bears out a declared day.
#[derive(Clone, Copy)]
enum Witness {
    /// A `meta` element, with its own day: networks get it too, so that it holds against a day of change.
    Meta(When),
    /// The structured data or the markup alone.
    Page,
}

/// Elements between a date and the first heading, within which it is the story's own whatever else the page declares.
const BESIDE_HEADING: usize = 25;
/// Likewise if no `meta` element says otherwise.
const BELOW_HEADING: usize = 120;

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
        let modified = self.declared("dateModified", MODIFIED).or_else(|| self.marked(DayKind::Modified));
        let declared = self.declared_publication(modified);
        let known = [declared.map(|declared| declared.when), self.in_address()];
        let shown = shown(self.marks, self.order, known);
        let published = declared
            .map(|declared| match self.main {
                // A ticker shows the day of its last entry.
                Some(main) if main.is_live() => local(declared.when, &shown).unwrap_or(declared.when),
                _ => reconciled(declared, modified, &shown),
            })
            .or_else(|| self.undeclared(&shown))
            .or(modified);
        Days { published, modified: modified.map(|when| local(when, &shown).unwrap_or(when)) }
    }

    /// The day of publication of a page that declares none.
    fn undeclared(&self, shown: &[Shown]) -> Option<When> {
        let lines = if self.marks.headings.is_empty() { &self.marks.dated_ahead } else { &self.marks.dated };
        let line_of = |lines: &[&str]| lines.iter().filter(|line| is_all_date(line)).find_map(|line| self.parse(line));
        shown
            .iter()
            .find(|shown| shown.kind == DayKind::Published)
            .or(shown.first())
            .map(|shown| shown.when)
            .or_else(|| {
                self.main.and_then(|main| self.parse(main.raw("dateCreated").or_else(|| main.raw("uploadDate"))?))
            })
            .or_else(|| self.of_pages())
            .or_else(|| self.in_address())
            .or_else(|| self.marks.days.iter().find_map(|mark| self.day_of(mark)))
            .or_else(|| line_of(lines))
    }

    /// The declared day of publication: of the structured data and the `meta` elements, else of markup.
    fn declared_publication(&self, modified: Option<When>) -> Option<Declared> {
        let structured = self.main.and_then(|main| self.parse(main.raw("datePublished")?));
        let meta = self.of_metas("datePublished", PUBLISHED);
        let marked = || self.marked(DayKind::Published).map(|when| Declared { when, witness: Witness::Page });
        match (structured, meta) {
            // The very moment of the last change is not that of publication, if the page knows better.
            (Some(when), Some(meta)) if is_moment_of(when, modified) && meta.date < when.date => {
                Some(Declared { when: meta, witness: Witness::Meta(meta) })
            }
            (Some(when), Some(meta)) => Some(Declared { when, witness: Witness::Meta(meta) }),
            (None, Some(when)) => Some(Declared { when, witness: Witness::Meta(when) }),
            // The very moment of the last change is not that of publication, if the page knows better.
            (Some(when), None) if when.clock.is_some() && modified == Some(when) => marked()
                .filter(|marked| marked.when.date < when.date)
                .or(Some(Declared { when, witness: Witness::Page })),
            (Some(when), None) => Some(Declared { when, witness: Witness::Page }),
            (None, None) => marked(),
        }
    }

    fn in_address(&self) -> Option<When> {
        self.url.and_then(|url| date_in_path(url.path()))
    }

    fn parse(&self, text: &str) -> Option<When> {
        parse_date(text, self.order)
    }

    /// What the structured data or a `meta` element declares.
    fn declared(&self, property: &str, metas: &[&str]) -> Option<When> {
        let structured = self.main.and_then(|main| self.parse(main.raw(property)?));
        structured.or_else(|| self.of_metas(property, metas))
    }

    fn of_metas(&self, property: &str, metas: &[&str]) -> Option<When> {
        let known = metas.iter().find_map(|name| self.marks.meta_all(name).find_map(|content| self.parse(content)));
        known.or_else(|| {
            let named = |name: &str| property == "datePublished" && is_date_of_publication(name);
            self.marks.metas().filter(|(name, _)| named(name)).find_map(|(_, content)| self.parse(content))
        })
    }

    fn of_pages(&self) -> Option<When> {
        self.nodes.of_type("WebPage").find_map(|node| self.parse(node.raw("datePublished")?))
    }

    fn day_of(&self, mark: &DayMark<'_>) -> Option<When> {
        day_of(mark, self.order)
    }

    /// The first date of a kind, wherever it stands.
    fn marked(&self, kind: DayKind) -> Option<When> {
        let of_kind = || self.marks.days.iter().filter(|mark| mark.kind == kind);
        let main = of_kind().filter(|mark| mark.place.zone == Zone::Main).find_map(|mark| self.day_of(mark));
        main.or_else(|| of_kind().find_map(|mark| self.day_of(mark)))
    }
}

/// Whether the name of a `meta` element says that it holds the day of publication.
fn is_date_of_publication(name: &str) -> bool {
    // Most names end here.
    if !name.as_bytes().windows(3).any(|three| three.eq_ignore_ascii_case(b"pub")) {
        return false;
    }
    let name = name.to_ascii_lowercase();
    name.contains("publish") && (name.contains("date") || name.contains("time")) && !name.contains("expir")
        || name.ends_with("pubdate")
}

/// The declared day as the page shows it.
///
/// A day in UTC becomes the day in the publisher's zone if the page shows that. A page that shows one day by its
/// headline, and not the declared one, dates itself anew: the text is of the day it shows. A `meta` element that declares
/// the day holds against one of a change; structured data alone does not.
fn reconciled(declared: Declared, modified: Option<When>, shown: &[Shown]) -> When {
    let when = declared.when;
    if let Some(local) = local(when, shown) {
        return local;
    }
    if shown.iter().any(|other| other.when.date == when.date) {
        return named_published(when, shown).unwrap_or(when);
    }
    let Some(first) = shown.iter().find(|shown| shown.distance < BELOW_HEADING).or(shown.first()) else { return when };
    let near = first.distance < BELOW_HEADING;
    match declared.witness {
        Witness::Page if near => return first.when,
        // Where the declarations differ by more than a night, the one that the page shows is right.
        Witness::Meta(meta)
            if days_between(meta, when).abs() > 1 && shown.iter().any(|other| other.when.date == meta.date) =>
        {
            return meta;
        }
        _ => {}
    }
    if days_between(first.when, when).abs() <= 1 {
        return if is_shift(when, first.when) { When::day(first.when.date) } else { when };
    }
    if near && first.distance < BESIDE_HEADING && !is_change(first, modified, shown) { first.when } else { when }
}

/// Whether a time is the very moment of the last change.
fn is_moment_of(when: When, modified: Option<When>) -> bool {
    when.clock.is_some() && modified == Some(when)
}

/// Days from one to another.
fn days_between(later: When, earlier: When) -> i32 {
    (later.date - earlier.date).get_days()
}

/// Whether a day in UTC may be the other in some zone.
fn is_shift(utc: When, other: When) -> bool {
    let hour = utc.clock.filter(|_| utc.is_utc()).map(|(time, _)| time.hour());
    match (days_between(other, utc), hour) {
        (-1, Some(hour)) => hour < 12,
        (1, Some(hour)) => hour >= 10,
        _ => false,
    }
}

/// Whether a shown day is that of a change: it is called so, here or where it is shown again, or declared so.
fn is_change(day: &Shown, modified: Option<When>, shown: &[Shown]) -> bool {
    day.kind != DayKind::Published
        && (shown.iter().any(|other| other.kind == DayKind::Modified && other.when.date == day.when.date)
            || modified.is_some_and(|modified| days_between(day.when, modified).abs() <= 1))
}

/// The day that the page calls that of publication, where it calls the declared one a change.
fn named_published(declared: When, shown: &[Shown]) -> Option<When> {
    let mut changed = shown.iter().filter(|other| other.when.date == declared.date);
    let published = shown.iter().find(|other| other.kind == DayKind::Published)?;
    changed.all(|other| other.kind == DayKind::Modified).then_some(published.when)
}

/// The same instant in the zone in which the page shows it.
fn local(when: When, shown: &[Shown]) -> Option<When> {
    let instant = when.instant().filter(|_| when.is_utc())?;
    shown.iter().map(|shown| shown.when).find(|other| !other.is_utc() && other.instant() == Some(instant))
}
