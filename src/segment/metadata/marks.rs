//! What a page holds that may tell its title, authors and dates.

use std::collections::VecDeque;

use super::byline::Byline;
use super::metas::Metas;

/// What the walk found.
#[derive(Default)]
pub(super) struct Marks<'a> {
    /// Names and contents of the `meta` elements, in order.
    pub(super) metas: Metas<'a>,
    /// The `lang` of the root.
    pub(super) lang: Option<&'a str>,
    /// The `title` element.
    pub(super) title: Option<String>,
    /// The address that `link rel=canonical` gives.
    pub(super) canonical: Option<&'a str>,
    /// First headings, but those of `logos`.
    pub(super) headings: Vec<Heading>,
    /// First headings that are a link to the site's front page: its name.
    pub(super) logos: Vec<String>,
    /// Second headings of the story's part of the page: the pieces of each, then the whole.
    pub(super) subheadings: Vec<String>,
    /// Dates on the page.
    pub(super) days: Vec<DayMark<'a>>,
    /// Elements that may name authors.
    pub(super) bylines: Vec<Byline<'a>>,
    /// Short lines of text just ahead of the first heading and behind it.
    pub(super) near: VecDeque<&'a str>,
    /// How many of them stand ahead of it.
    pub(super) near_ahead: usize,
    /// Lines that begin with "By" and the like, each with the line behind it.
    pub(super) led: Vec<(&'a str, &'a str)>,
    /// Short lines behind the first heading that hold a year.
    pub(super) dated: Vec<&'a str>,
    /// Likewise ahead of it.
    pub(super) dated_ahead: Vec<&'a str>,
    /// Values of microdata that are not dates, authors or headings: name and value.
    pub(super) items: Vec<(&'a str, &'a str)>,
    /// Types of microdata.
    pub(super) item_types: Vec<&'a str>,
    /// The insides of `noscript` elements, as HTML.
    pub(super) noscript: String,
}

/// A first heading of the page.
pub(super) struct Heading {
    pub(super) text: String,
    /// The text with the line above the headline, where markup tells it apart and `text` leaves it out.
    pub(super) kicked: Option<String>,
    pub(super) place: Place,
    /// Whether markup calls it the headline.
    pub(super) named: Named,
}

/// Whether a class or property says what an element is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Named {
    No,
    Yes,
}

/// Where on the page something stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Elements and stretches of prose ahead of it.
    pub(super) position: usize,
    pub(super) zone: Zone,
}

/// Which part of the page something stands in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Zone {
    Main,
    /// Navigation, footer, related stories.
    Aside,
    /// Readers' comments.
    Comments,
}

/// A date on the page.
pub(super) struct DayMark<'a> {
    /// What a machine is to read.
    pub(super) machine: Option<&'a str>,
    /// What a reader reads.
    pub(super) text: String,
    /// The line ahead of it, which may say what it is.
    pub(super) ahead: &'a str,
    pub(super) kind: DayKind,
    pub(super) place: Place,
}

/// What markup says of a date.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum DayKind {
    Published,
    Modified,
    /// A `time` element.
    Time,
    /// An element with a date's class.
    Class,
}

impl<'a> Marks<'a> {
    /// The first content of a `meta` element of that name that is not blank.
    pub(super) fn meta(&self, name: &str) -> Option<&'a str> {
        self.meta_all(name).next()
    }

    /// The contents of all `meta` elements of that name.
    pub(super) fn meta_all(&self, name: &str) -> impl Iterator<Item = &'a str> {
        self.metas.named(name)
    }

    /// All `meta` elements.
    pub(super) fn metas(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.metas.all()
    }

    /// The first value of a microdata property.
    pub(super) fn item(&self, name: &str) -> Option<&'a str> {
        self.items.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }
}
