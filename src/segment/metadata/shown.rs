//! The dates that a reader sees beside the headline.

use jiff::civil::Date;

use super::dates::{Order, When, parse_date};
use super::marks::{DayKind, DayMark, Marks, Zone};
use super::months::month;
use super::word_search::WordSearch;

/// Elements between a date and the first heading, beyond which it is of another story.
const NEAR_HEADING: usize = 250;
/// Most words of a line that is a date: "Last updated on Thursday, December 21, 2023 at 5:00 PM EST".
const MAX_DATE_WORDS: usize = 11;
/// Most words of a line that says what the date behind it is.
const MAX_LABEL_WORDS: usize = 4;

/// Words of a date of change.
static CHANGE_WORDS: WordSearch = WordSearch::of(&[
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
]);
/// Words of a date of publication.
static PUBLISHED_WORDS: WordSearch =
    WordSearch::of(&["publi", "posted", "veröffentlicht", "erstellt", "publicad", "pubblicat", "yayın"]);

/// A date beside the headline.
pub(super) struct Shown {
    pub(super) when: When,
    /// Elements or lines between it and the heading.
    pub(super) distance: usize,
    pub(super) kind: DayKind,
}

/// The dates a reader sees beside the headline, the nearest first, those of changes last. `known` are days that the page
/// has elsewhere.
pub(super) fn shown(marks: &Marks<'_>, order: Order, known: [Option<When>; 2]) -> Vec<Shown> {
    let heading =
        marks.headings.iter().find(|heading| heading.place.zone == Zone::Main).map(|heading| heading.place.position);
    let mut shown = Vec::new();
    for mark in marks.days.iter().filter(|mark| mark.place.zone == Zone::Main && !mark.text.is_empty()) {
        let Some(when) = day_of(mark, order) else { continue };
        let position = mark.place.position;
        // A date ahead of the heading must stand closer than one behind it.
        let distance = match heading {
            Some(heading) if position > heading => position - heading,
            Some(heading) => (heading - position) * 3,
            None => NEAR_HEADING / 2,
        };
        if distance < NEAR_HEADING {
            shown.push(Shown { when: as_known(when, &mark.text, known), distance, kind: kind_of(mark) });
        }
    }
    shown.extend(of_lines(marks, order, known));
    shown.sort_by_key(|shown| (shown.kind == DayKind::Modified, shown.distance));
    shown
}

/// Those of them that are plain lines.
fn of_lines(marks: &Marks<'_>, order: Order, known: [Option<When>; 2]) -> impl Iterator<Item = Shown> {
    let lines = marks.near.iter().enumerate().filter(|(_, line)| is_all_date(line));
    lines.filter_map(move |(at, line)| {
        let when = as_known(parse_date(line, order)?, line, known);
        let distance = if at < marks.near_ahead { NEAR_HEADING / 2 } else { at - marks.near_ahead };
        let ahead = at.checked_sub(1).and_then(|ahead| marks.near.get(ahead)).copied().unwrap_or_default();
        let kind = if tells_change(line) || tells_change(ahead) {
            DayKind::Modified
        } else if tells_publication(line) || is_label(ahead) && tells_publication(ahead) {
            DayKind::Published
        } else {
            DayKind::Class
        };
        Some(Shown { when, distance, kind })
    })
}

/// The day of a mark. What a reader reads outdoes what a machine is to read.
pub(super) fn day_of(mark: &DayMark<'_>, order: Order) -> Option<When> {
    let machine = mark.machine.and_then(|machine| parse_date(machine, order));
    let Some(machine) = machine else { return parse_date(&mark.text, order) };
    let read = parse_date(&mark.text, order).map(|read| as_known(read, &mark.text, [Some(machine), None]));
    Some(read.filter(|read| read.date != machine.date && !tells_change(&mark.text)).unwrap_or(machine))
}

/// A date in figures with day and month the other way round, if the page has that day elsewhere.
fn as_known(when: When, text: &str, known: [Option<When>; 2]) -> When {
    let turned = Date::new(when.date.year(), when.date.day(), when.date.month());
    let is_known = |date: &Date| known.iter().flatten().any(|known| known.date == *date);
    let named = || text.split(|c: char| !c.is_alphabetic()).any(|word| month(word).is_some());
    match turned {
        Ok(turned) if is_known(&turned) && !named() => When::day(turned),
        _ => when,
    }
}

/// What a date is, by its markup, its own words and the line ahead of it.
fn kind_of(mark: &DayMark<'_>) -> DayKind {
    if tells_change(&mark.text) || is_label(mark.ahead) && tells_change(mark.ahead) {
        DayKind::Modified
    } else if mark.kind != DayKind::Modified
        && (tells_publication(&mark.text) || is_label(mark.ahead) && tells_publication(mark.ahead))
    {
        DayKind::Published
    } else {
        mark.kind
    }
}

/// Whether a line is short enough to say what stands behind it.
fn is_label(line: &str) -> bool {
    line.split_whitespace().count() <= MAX_LABEL_WORDS
}

/// Whether a date is called that of publication.
fn tells_publication(line: &str) -> bool {
    PUBLISHED_WORDS.finds_any(line)
}

/// Whether a date is called that of a change.
fn tells_change(line: &str) -> bool {
    CHANGE_WORDS.finds_any(line) && !PUBLISHED_WORDS.finds_any(line)
}

/// Whether a line beside the headline says when, and not much else.
pub(super) fn is_all_date(line: &str) -> bool {
    line.bytes().any(|b| b.is_ascii_digit()) && line.split_whitespace().nth(MAX_DATE_WORDS).is_none()
}
