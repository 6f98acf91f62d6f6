//! One walk over the page that collects whatever may tell its title, authors and dates.

use super::super::dom::{Dom, DomElement, Event, Walk};
use super::super::slim::{AttributeName, AttributeNames, Tag};
use super::byline::{Byline, BylineKind};
use super::hints::{CALLING, HintReader, Hints, hints};
use super::leads::leads_names;
use super::lines::{holds_year, trimmed};
use super::marks::{DayKind, DayMark, Heading, Marks, Named, Place};
use super::names::is_author_page;
use super::plain::{breaks_line, key, plain, tidy};
use super::zones::Zones;

/// Marks of one kind that are kept; the page's own stand early.
const MAX_MARKS: usize = 60;
/// Bytes of the text of a heading or date that are read.
const MAX_TEXT_BYTES: usize = 400;
/// Steps through a heading or date, which may hold elements without end and no text.
const MAX_STEPS: usize = 200;
/// `meta` elements that are kept.
const MAX_METAS: usize = 2_000;
/// Lines that are kept on each side of the first heading.
const MAX_NEAR_LINES: usize = 24;
/// Lines that begin with "By" and the like that are kept.
const MAX_LED_LINES: usize = 12;
/// Bytes of prose that count as one element in distances.
const BYTES_A_STEP: usize = 80;
/// Bytes of a line that may be a date and nothing else.
const MAX_DATED_BYTES: usize = 60;
/// Bytes of a line beside a heading; a longer one is prose.
const MAX_NEAR_BYTES: usize = 160;
/// Bytes of `noscript` text that are kept, as `PageSigns::noscript` says.
const MAX_NOSCRIPT_BYTES: usize = 2_000;

/// Where an element says a date for machines, the surest first.
const MACHINE_DATES: [AttributeName; 6] = [
    AttributeName::DATETIME,
    AttributeName::CONTENT,
    AttributeName::DATA_TIME,
    AttributeName::DATA_DATE,
    AttributeName::DATA_PUBLISHED,
    AttributeName::TITLE,
];

/// What holds an element's microdata.
const MICRODATA: AttributeNames = AttributeNames::of(&[AttributeName::ITEMTYPE, AttributeName::ITEMPROP]);

/// Walks over the page.
pub(super) fn gather<'a>(dom: &'a Dom<'_>) -> Marks<'a> {
    let mut gatherer = Gatherer::default();
    let mut walk = dom.walk();
    while let Some(event) = walk.next() {
        match event {
            Event::Open(element) => gatherer.open(element, &mut walk),
            Event::Text(text) => gatherer.text(text),
            Event::Close(_) => gatherer.close(),
        }
    }
    gatherer.marks
}

#[derive(Default)]
struct Gatherer<'a> {
    marks: Marks<'a>,
    hints: HintReader<'a>,
    position: usize,
    depth: usize,
    zones: Zones,
    lines_behind_heading: usize,
    last_line: &'a str,
    /// Whether the last of the led lines waits for the line behind it.
    led_waits: bool,
}

impl<'a> Gatherer<'a> {
    fn open(&mut self, element: DomElement<'a>, walk: &mut Walk<'a>) {
        self.position += 1;
        self.depth += 1;
        match element.tag() {
            Tag::HTML => self.marks.lang = element.attr(AttributeName::LANG),
            Tag::HEAD | Tag::BR | Tag::B | Tag::I | Tag::STRONG | Tag::EM => {}
            Tag::META => self.meta(element),
            Tag::LINK => self.link(element),
            Tag::TITLE => {
                self.marks.title.get_or_insert_with(|| text_of(element));
            }
            Tag::NOSCRIPT => self.noscript(element),
            Tag::H1 => self.heading(element),
            Tag::BODY | Tag::MAIN => self.item(element, Hints::default()),
            Tag::OPTION | Tag::SELECT | Tag::TEXTAREA | Tag::DATALIST => walk.skip_inside(element),
            Tag::BLOCKQUOTE if is_post(element) => walk.skip_inside(element),
            tag => {
                let names = element.attribute_names();
                let hints = if names.has_any(CALLING) { self.hints.hints(element) } else { Hints::default() };
                self.zones.open(tag, hints, self.depth);
                if tag == Tag::H2 {
                    self.subheading(element);
                }
                if names.has_any(MICRODATA) {
                    self.item(element, hints);
                }
                // Most elements end here.
                if hints != Hints::default() || matches!(tag, Tag::A | Tag::TIME) {
                    self.mark(element, names, hints);
                }
            }
        }
    }

    fn close(&mut self) {
        self.zones.close(self.depth);
        self.depth = self.depth.saturating_sub(1);
    }

    fn place(&self) -> Place {
        Place { position: self.position, zone: self.zones.zone() }
    }

    fn is_behind_heading(&self) -> bool {
        !self.marks.headings.is_empty() || !self.marks.logos.is_empty()
    }

    /// Keeps short lines around the first heading.
    fn text(&mut self, text: &'a str) {
        let line = trimmed(text);
        // Most texts are white space between tags.
        if line.is_empty() {
            return;
        }
        // Prose counts too: what stands behind a long paragraph is not beside the headline.
        self.position += line.len() / BYTES_A_STEP;
        self.led(line);
        self.dated(line);
        self.last_line = line;
        if self.is_behind_heading() {
            self.lines_behind_heading += 1 + line.len() / BYTES_A_STEP;
        }
        if self.lines_behind_heading > MAX_NEAR_LINES || line.len() > MAX_NEAR_BYTES {
            return;
        }
        if !self.is_behind_heading() {
            if self.marks.near.len() == MAX_NEAR_LINES {
                self.marks.near.pop_front();
            } else {
                self.marks.near_ahead += 1;
            }
        }
        self.marks.near.push_back(line);
    }

    /// Keeps short lines that hold a year.
    fn dated(&mut self, line: &'a str) {
        if line.len() > MAX_DATED_BYTES || self.zones.is_aside() || !holds_year(line.as_bytes()) {
            return;
        }
        let behind_heading = self.is_behind_heading() || self.marks.title.is_none();
        let dated = if behind_heading { &mut self.marks.dated } else { &mut self.marks.dated_ahead };
        if dated.len() < MAX_MARKS {
            dated.push(line);
        }
    }

    /// Keeps lines that begin with "By" and the like.
    fn led(&mut self, line: &'a str) {
        if self.led_waits
            && let Some(led) = self.marks.led.last_mut()
        {
            led.1 = line;
        }
        let new = !self.zones.is_aside()
            && line.len() <= MAX_NEAR_BYTES
            && self.marks.led.len() < MAX_LED_LINES
            && leads_names(line)
            // In small letters it is prose, unless it stands by the headline.
            && (line.starts_with(char::is_uppercase) || (1..MAX_NEAR_LINES).contains(&self.lines_behind_heading));
        if new {
            self.marks.led.push((line, ""));
        }
        self.led_waits = new;
    }

    fn meta(&mut self, element: DomElement<'a>) {
        let Some(content) = element.attr(AttributeName::CONTENT).map(str::trim).filter(|content| !content.is_empty())
        else {
            return;
        };
        for name in [AttributeName::PROPERTY, AttributeName::NAME, AttributeName::HTTP_EQUIV] {
            if let Some(name) = element.attr(name).filter(|_| self.marks.metas.len() < MAX_METAS) {
                self.marks.metas.push(name.trim(), content);
            }
        }
        self.item(element, Hints::default());
    }

    fn link(&mut self, element: DomElement<'a>) {
        let rel = element.attr(AttributeName::REL).unwrap_or_default();
        if self.marks.canonical.is_none()
            && rel.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("canonical"))
        {
            self.marks.canonical = element.attr(AttributeName::HREF).map(str::trim).filter(|href| !href.is_empty());
        }
    }

    fn noscript(&mut self, element: DomElement<'a>) {
        if self.marks.noscript.len() < MAX_NOSCRIPT_BYTES * 4 {
            self.marks.noscript.push_str(&element.raw_text());
            self.marks.noscript.push('\n');
        }
    }

    fn heading(&mut self, element: DomElement<'a>) {
        if self.marks.headings.is_empty() {
            self.zones.first_heading(self.depth);
        }
        let text = plain(&heading_text(element));
        if text.is_empty() || self.marks.headings.len() >= MAX_MARKS {
            return;
        }
        let headline = element.attr(AttributeName::ITEMPROP).is_some_and(|name| matches!(name, "headline" | "name"));
        if !headline
            && text.contains(char::is_alphanumeric)
            && link_home(element).is_some_and(|link| key(&text_of(link)) == key(&text))
        {
            return self.marks.logos.push(text);
        }
        let named = if headline || hints(element).title() { Named::Yes } else { Named::No };
        let kicked = Some(text_of(element)).filter(|whole| key(whole) != key(&text));
        self.marks.headings.push(Heading { text, kicked, place: self.place(), named });
    }

    fn subheading(&mut self, element: DomElement<'a>) {
        let teaser =
            element.walk().take(MAX_STEPS).any(|event| matches!(event, Event::Open(inner) if inner.tag() == Tag::A));
        if self.zones.is_aside() || teaser || self.marks.subheadings.len() >= MAX_MARKS {
            return;
        }
        // The line above it and the headline stand in elements of their own.
        let pieces = element.walk().take(MAX_STEPS).filter_map(|event| match event {
            Event::Text(text) if text.len() <= MAX_TEXT_BYTES => Some(text.to_owned()),
            _ => None,
        });
        self.marks.subheadings.extend(pieces);
        self.marks.subheadings.push(text_of(element));
    }

    /// Reads an element's microdata.
    fn item(&mut self, element: DomElement<'a>, hints: Hints) {
        if let Some(item_type) = element.attr(AttributeName::ITEMTYPE) {
            self.marks.item_types.push(item_type);
        }
        let Some(names) = element.attr(AttributeName::ITEMPROP) else { return };
        for name in names.split_ascii_whitespace() {
            match name {
                "datePublished" => self.day(element, DayKind::Published),
                "dateModified" => self.day(element, DayKind::Modified),
                "author" | "creator" => self.byline(element, BylineKind::Property, hints),
                _ => {
                    if let Some(value) =
                        element.attr(AttributeName::CONTENT).or_else(|| element.attr(AttributeName::HREF))
                    {
                        self.marks.items.push((name, value));
                    }
                }
            }
        }
    }

    /// Notes an element that looks like a date or byline.
    fn mark(&mut self, element: DomElement<'a>, names: AttributeNames, hints: Hints) {
        let dated = names.has(AttributeName::ITEMPROP)
            && matches!(element.attr(AttributeName::ITEMPROP), Some("datePublished" | "dateModified"));
        if element.tag() == Tag::TIME && !dated {
            let kind = match hints {
                hints if hints.modified() => DayKind::Modified,
                hints if hints.published() || element.attr(AttributeName::PUBDATE).is_some() => DayKind::Published,
                _ => DayKind::Time,
            };
            self.day(element, kind);
        } else if hints.date()
            && !dated
            && !matches!(element.tag(), Tag::UL | Tag::OL | Tag::TABLE | Tag::SECTION | Tag::ARTICLE | Tag::FORM)
        {
            self.day(element, if hints.modified() { DayKind::Modified } else { DayKind::Class });
        }
        let rel = element.tag() == Tag::A
            && names.has(AttributeName::REL)
            && element
                .attr(AttributeName::REL)
                .is_some_and(|rel| rel.split_ascii_whitespace().any(|rel| rel == "author"));
        if rel {
            self.byline(element, BylineKind::Rel, hints);
        } else if element.tag() == Tag::A && element.attr(AttributeName::HREF).is_some_and(is_author_page) {
            self.byline(element, BylineKind::Link, hints);
        } else if hints.byline() && element.attr(AttributeName::ITEMPROP) != Some("author") {
            self.byline(element, BylineKind::Class, hints);
        }
    }

    fn day(&mut self, element: DomElement<'a>, kind: DayKind) {
        if self.marks.days.len() >= MAX_MARKS {
            return;
        }
        let machine = MACHINE_DATES
            .into_iter()
            .find_map(|name| element.attr(name).filter(|value| value.bytes().any(|b| b.is_ascii_digit())));
        let text = text_of(element);
        if machine.is_some() || text.bytes().any(|b| b.is_ascii_digit()) {
            self.marks.days.push(DayMark { machine, text, ahead: self.last_line, kind, place: self.place() });
        }
    }

    fn byline(&mut self, element: DomElement<'a>, kind: BylineKind, hints: Hints) {
        if self.marks.bylines.len() < MAX_MARKS {
            self.marks.bylines.extend(Byline::of(element, kind, hints, self.place()));
        }
    }
}

/// The first link of an element, if it leads to the front page of a site.
fn link_home(element: DomElement<'_>) -> Option<DomElement<'_>> {
    let mut links = element.walk().take(MAX_STEPS).filter_map(|event| match event {
        Event::Open(link) if link.tag() == Tag::A => Some(link),
        _ => None,
    });
    links.next().filter(|link| link.attr(AttributeName::HREF).is_some_and(leads_home))
}

fn leads_home(href: &str) -> bool {
    let href = href.trim();
    let path = match href.split_once("//") {
        Some(("" | "http:" | "https:", rest)) => rest.find('/').map_or("/", |slash| &rest[slash..]),
        _ => href,
    };
    matches!(path, "/" | "/index.html" | "/index.htm" | "/index.php")
}

/// The text of a heading without the line above it that names its subject, if the markup tells them apart.
fn heading_text(heading: DomElement<'_>) -> String {
    let mut text = String::new();
    let mut walk = heading.walk();
    let mut steps = 0;
    while let Some(event) = walk.next().filter(|_| steps < MAX_STEPS) {
        steps += 1;
        match event {
            Event::Open(inner) if hints(inner).kicker() => walk.skip_inside(inner),
            Event::Open(inner) if breaks_line(inner) => text.push(' '),
            Event::Text(piece) => text.push_str(piece),
            Event::Close(inner) if !is_part_of_word(inner.tag()) => text.push(' '),
            _ => {}
        }
        if text.len() > MAX_TEXT_BYTES {
            break;
        }
    }
    let text = text.trim();
    let whole = text.chars().any(char::is_alphanumeric) && !text.ends_with(':');
    if whole { text.trim_start_matches([':', ' ']).to_owned() } else { text_of(heading) }
}

/// Whether a quotation is a post of a network, which has its own author and date.
fn is_post(quotation: DomElement<'_>) -> bool {
    const POSTS: [&str; 5] = ["twitter-", "instagram-", "tiktok-", "bluesky-", "mastodon-"];
    quotation.attr(AttributeName::CLASS).is_some_and(|class| POSTS.iter().any(|post| class.contains(post)))
}

/// Whether an element may stand within a word.
fn is_part_of_word(tag: Tag) -> bool {
    matches!(tag, Tag::B | Tag::I | Tag::EM | Tag::STRONG | Tag::A | Tag::SUP)
}

/// The beginning of an element's text, on one line.
fn text_of(element: DomElement<'_>) -> String {
    let mut text = String::new();
    for event in element.walk().take(MAX_STEPS) {
        match event {
            Event::Text(piece) => text.push_str(piece),
            // Words of neighbouring elements stay apart.
            Event::Open(inner) if breaks_line(inner) => text.push(' '),
            Event::Close(inner) if !is_part_of_word(inner.tag()) => text.push(' '),
            _ => {}
        }
        if text.len() > MAX_TEXT_BYTES {
            break;
        }
    }
    tidy(&text)
}

/// The text of the page's `noscript` elements, bounded.
pub(super) fn noscript_text(noscript: &str) -> String {
    if noscript.trim().is_empty() {
        return String::new();
    }
    let mut text = super::plain::plain(noscript);
    let end = (0..=MAX_NOSCRIPT_BYTES.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    text.truncate(end.unwrap_or(0));
    text
}
