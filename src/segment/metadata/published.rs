//! When the story was published, by everything the page says.

use url::Url;

use super::dates::{Order, When, date_in_path, parse_date};
use super::gather::{DayKind, DayMark, Marks, Zone};
use super::graph::{Node, Nodes};

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
        let declared = self.declared("datePublished", PUBLISHED);
        let modified = self.declared("dateModified", MODIFIED).or_else(|| self.shown(&[DayKind::Modified]));
        let published = declared
            .or_else(|| self.shown(&[DayKind::Published]))
            .or_else(|| self.shown(&[DayKind::Time, DayKind::Class]))
            .or_else(|| self.near())
            .or_else(|| {
                self.main.and_then(|main| self.parse(&main.text("dateCreated").or_else(|| main.text("uploadDate"))?))
            })
            .or_else(|| self.of_nodes("datePublished"))
            .or_else(|| self.url.and_then(|url| date_in_path(url.path())))
            .or_else(|| self.far())
            .or(modified);
        Days {
            published: published.map(|when| self.in_own_zone(when)),
            modified: modified.map(|when| self.in_own_zone(when)),
        }
    }

    fn parse(&self, text: &str) -> Option<When> {
        parse_date(text, self.order)
    }

    fn declared(&self, property: &str, metas: &[&str]) -> Option<When> {
        let structured = self.main.and_then(|main| self.parse(main.raw(property)?));
        structured
            .or_else(|| metas.iter().find_map(|name| self.marks.meta_all(name).find_map(|content| self.parse(content))))
    }

    fn of_nodes(&self, property: &str) -> Option<When> {
        self.nodes.of_type("WebPage").find_map(|node| self.parse(node.raw(property)?))
    }

    fn day_of(&self, mark: &DayMark<'_>) -> Option<When> {
        mark.machine.and_then(|machine| self.parse(machine)).or_else(|| self.parse(&mark.text))
    }

    /// The first date of these kinds behind the first heading, or the last one just ahead of it.
    fn shown(&self, kinds: &[DayKind]) -> Option<When> {
        let heading = self.heading();
        let mut best: Option<(usize, When)> = None;
        for mark in self.marks.days.iter().filter(|mark| kinds.contains(&mark.kind) && mark.place.zone == Zone::Main) {
            let Some(heading) = heading else { return self.day_of(mark).or_else(|| best.map(|(_, when)| when)) };
            let position = mark.place.position;
            // A date ahead of the heading must stand closer than one behind it.
            let distance = if position > heading { position - heading } else { (heading - position) * 3 };
            if distance < NEAR_HEADING
                && best.is_none_or(|(known, _)| distance < known)
                && let Some(when) = self.day_of(mark)
            {
                best = Some((distance, when));
            }
        }
        best.map(|(_, when)| when)
    }

    /// Any date that markup shows, wherever it stands.
    fn far(&self) -> Option<When> {
        self.marks.days.iter().find_map(|mark| self.day_of(mark))
    }

    fn heading(&self) -> Option<usize> {
        self.marks
            .headings
            .iter()
            .find(|heading| heading.place.zone == Zone::Main)
            .map(|heading| heading.place.position)
    }

    /// A date in the lines beside the heading.
    fn near(&self) -> Option<When> {
        self.marks.near.iter().find_map(|line| self.parse(line))
    }

    /// The same day as the page shows it, if `when` is in UTC and the page knows its own zone.
    fn in_own_zone(&self, when: When) -> When {
        if !when.is_utc() {
            return when;
        }
        let instant = when.instant();
        let local = self.marks.days.iter().find_map(|mark| {
            let shown = self.day_of(mark)?;
            (!shown.is_utc() && shown.instant().is_some() && shown.instant() == instant).then_some(shown)
        });
        local.unwrap_or(when)
    }
}
