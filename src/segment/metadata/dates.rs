//! Days as pages write them: ISO 8601 and its relatives, RFC 2822, the dates of two dozen languages, Unix time.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use super::date_tokens::{Token, tokens};
use super::months::month;

/// Days before this year are older than the web.
const FIRST_YEAR: i16 = 1990;
/// There is no clock in here; a day beyond this year is not a date of publication.
const LAST_YEAR: i16 = 2100;

/// When something was published: the day in the publisher's own zone, the time if its zone is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct When {
    pub(super) date: Date,
    pub(super) clock: Option<(Time, Offset)>,
}

impl When {
    pub(super) fn day(date: Date) -> Self {
        When { date, clock: None }
    }

    /// Whether it is given in UTC, which is seldom the publisher's own zone.
    pub(super) fn is_utc(self) -> bool {
        self.clock.is_some_and(|(_, offset)| offset == Offset::UTC)
    }

    /// The instant in seconds since 1970, if the zone is known.
    pub(super) fn instant(self) -> Option<i64> {
        let (time, offset) = self.clock?;
        Some(offset.to_timestamp(self.date.to_datetime(time)).ok()?.as_second())
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        let Some((time, offset)) = self.clock else { return Ok(()) };
        write!(f, "T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())?;
        let minutes = offset.seconds() / 60;
        if minutes == 0 {
            return f.write_str("Z");
        }
        let sign = if minutes < 0 { '-' } else { '+' };
        write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
    }
}

/// Which of two numbers ahead of a year is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// 21/12/2023.
    DayFirst,
    /// 12/21/2023.
    MonthFirst,
}

/// The first date in a text.
pub(super) fn parse_date(text: &str, order: Order) -> Option<When> {
    let text = text.trim();
    if !may_hold_date(text) {
        return None;
    }
    if let Some(when) = unix_time(text) {
        return Some(when);
    }
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| date_at(&tokens, at, order))
}

/// Whether a text has as many digits as the shortest date, which is a year with the name of a month.
fn may_hold_date(text: &str) -> bool {
    // Beyond ASCII there are other digits.
    !text.is_ascii() || text.bytes().filter(u8::is_ascii_digit).count() >= 4
}

/// Seconds or milliseconds since 1970, if the text is nothing else.
fn unix_time(text: &str) -> Option<When> {
    let seconds = match text.len() {
        10 => text.parse().ok()?,
        13 => text.parse::<i64>().ok()? / 1000,
        _ => return None,
    };
    let civil = Offset::UTC.to_datetime(Timestamp::from_second(seconds).ok()?);
    plausible(civil.date()).map(|date| When { date, clock: Some((civil.time(), Offset::UTC)) })
}

/// The date whose first token stands at `at`.
fn date_at(tokens: &[Token<'_>], at: usize, order: Order) -> Option<When> {
    let (date, used) = match tokens[at] {
        Token::Number(_, 4) => year_first(&tokens[at..])?,
        Token::Number(value, 8 | 14) => (compact(value)?, 1),
        Token::Number(_, 1 | 2) => numbers(&tokens[at..], order).or_else(|| day_and_month_name(&tokens[at..]))?,
        Token::Word(word) => month_name_first(word, &tokens[at..])?,
        _ => return None,
    };
    let date = plausible(date)?;
    let clock = clock(&tokens[at + used..]).or_else(|| clock_inside(&tokens[at..at + used]));
    Some(When { date, clock: clock.and_then(|(time, offset)| Some((time, offset?))) })
}

fn plausible(date: Date) -> Option<Date> {
    (FIRST_YEAR..=LAST_YEAR).contains(&date.year()).then_some(date)
}

fn civil(year: u64, month: u64, day: u64) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// 20231221, 20231221140300.
fn compact(value: u64) -> Option<Date> {
    let day = if value > 99_999_999 { value / 1_000_000 } else { value };
    civil(day / 10_000, day / 100 % 100, day % 100)
}

/// 2023-12-21, 2023/12/21, 2023.12.21, 2023年12月21日, 2023 Dec 21, 2023. december 21.
fn year_first(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    match *tokens {
        [
            Token::Number(year, _),
            Token::Mark(_),
            Token::Number(month, 1 | 2),
            Token::Mark(mark),
            Token::Number(day, 1 | 2),
            ..,
            // "2021 - 10:15" is the end of a date and an hour.
        ] if mark != ':' => Some((civil(year, month, day)?, 5)),
        [Token::Number(year, _), Token::Word(name), Token::Number(day, 1 | 2), ..] => {
            Some((civil(year, month(name)?, day)?, 3))
        }
        [Token::Number(year, _), Token::Mark('.'), Token::Word(name), Token::Number(day, 1 | 2), ..] => {
            Some((civil(year, month(name)?, day)?, 4))
        }
        [
            Token::Number(year, _),
            Token::Mark('-'),
            Token::Word(name),
            Token::Mark('-'),
            Token::Number(day, 1 | 2),
            ..,
        ] => Some((civil(year, month(name)?, day)?, 5)),
        _ => None,
    }
}

/// 21/12/2023, 12/21/2023, 21.12.2023, 21-12-2023, 21.12.23.
fn numbers(tokens: &[Token<'_>], order: Order) -> Option<(Date, usize)> {
    let [
        Token::Number(first, digits),
        Token::Mark(mark),
        Token::Number(second, _),
        Token::Mark(again),
        Token::Number(year, year_digits),
        ..,
    ] = *tokens
    else {
        return None;
    };
    if mark != again || !matches!(mark, '/' | '.' | '-') {
        return None;
    }
    let year = match year_digits {
        4 => year,
        // Only dots with two digits each are a date beyond doubt: "21.12.23".
        2 if mark == '.' && digits == 2 => 2000 + year,
        _ => return None,
    };
    let day_first = || civil(year, second, first);
    let month_first = || civil(year, first, second);
    let date = match order {
        Order::MonthFirst if mark == '/' => month_first().or_else(day_first),
        _ => day_first().or_else(month_first),
    };
    Some((date?, 5))
}

/// 21 Dec 2023, 21. Dezember 2023, 21st of December, 2023, 21 de diciembre de 2023, 21-Dec-2023.
fn day_and_month_name(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    let Token::Number(day, _) = tokens[0] else { return None };
    let mut at = skip(tokens, 1, is_filler);
    let Some(Token::Word(name)) = tokens.get(at) else { return None };
    let number = month(name)?;
    // Arabic names a month twice: in its eastern and its western name.
    at = skip(tokens, at + 1, |token| is_filler(token) || matches!(token, Token::Word(name) if month(name).is_some()));
    let Some(Token::Number(year, 4)) = tokens.get(at) else { return None };
    Some((civil(*year, number, day)?, at + 1))
}

/// December 21, 2023; Dec. 21st 2023; Dec 21 14:03:00 CET 2023.
fn month_name_first(name: &str, tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    let number = month(name)?;
    let mut at = skip(tokens, 1, is_filler);
    let Some(Token::Number(day, 1 | 2)) = tokens.get(at) else { return None };
    at = skip(tokens, at + 1, is_filler);
    if let [
        Token::Number(_, _),
        Token::Mark(':'),
        Token::Number(_, _),
        Token::Mark(':'),
        Token::Number(_, _),
        Token::Word(_),
        ..,
    ] = tokens[at..]
    {
        at += 6;
    }
    let Some(Token::Number(year, 4)) = tokens.get(at) else { return None };
    Some((civil(*year, number, *day)?, at + 1))
}

fn skip(tokens: &[Token<'_>], from: usize, filler: fn(&Token<'_>) -> bool) -> usize {
    // A date has at most a mark and a word between its parts.
    from + tokens[from.min(tokens.len())..].iter().take(3).take_while(|token| filler(token)).count()
}

fn is_filler(token: &Token<'_>) -> bool {
    match token {
        Token::Mark(mark) => matches!(mark, '.' | ',' | '-' | '/' | 'º' | '°'),
        Token::Word(word) => {
            matches!(
                word.to_lowercase().as_str(),
                "st" | "nd" | "rd" | "th" | "er" | "de" | "del" | "of" | "º" | "ª" | "den" | "os"
            )
        }
        Token::Number(..) => false,
    }
}

/// The time of day behind a date, and its zone if that is given.
fn clock(tokens: &[Token<'_>]) -> Option<(Time, Option<Offset>)> {
    let start = tokens.iter().take(6).position(|token| *token == Token::Mark(':'))?.checked_sub(1)?;
    let tokens = &tokens[start..];
    let [Token::Number(hour, 1 | 2), Token::Mark(':'), Token::Number(minute, 2), ..] = *tokens else { return None };
    let mut at = 3;
    let mut second = 0;
    if let [Token::Mark(':'), Token::Number(value, 2), ..] = tokens[at..] {
        second = value;
        at += 2;
        if let [Token::Mark('.' | ','), Token::Number(..), ..] = tokens[at..] {
            at += 2;
        }
    }
    let (hour, used) = twelve_hours(hour, &tokens[at..]);
    let time =
        Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second.min(59)).ok()?, 0).ok()?;
    Some((time, offset(&tokens[at + used..])))
}

/// The time between day and year of `date(1)`'s format.
fn clock_inside(tokens: &[Token<'_>]) -> Option<(Time, Option<Offset>)> {
    tokens.contains(&Token::Mark(':')).then(|| clock(&tokens[1..]))?
}

/// The hour by a clock of 24 hours, and how many tokens say so.
fn twelve_hours(hour: u64, tokens: &[Token<'_>]) -> (u64, usize) {
    let (half, used) = match *tokens {
        [Token::Word(word), ..] if word.eq_ignore_ascii_case("am") || word.eq_ignore_ascii_case("pm") => (word, 1),
        [Token::Word(word), Token::Mark('.'), Token::Word(m), Token::Mark('.'), ..] if m.eq_ignore_ascii_case("m") => {
            (word, 4)
        }
        _ => return (hour, 0),
    };
    let afternoon = half.starts_with(['p', 'P']);
    (if afternoon { hour % 12 + 12 } else { hour % 12 }, used)
}

/// `Z`, `+0200`, `+02:00`, `GMT+2`, `EST`.
fn offset(tokens: &[Token<'_>]) -> Option<Offset> {
    let tokens = match tokens {
        [Token::Mark('('), rest @ ..] => rest,
        _ => tokens,
    };
    match *tokens {
        [Token::Word("GMT" | "UTC"), Token::Mark(sign @ ('+' | '-')), ref rest @ ..]
        | [Token::Mark(sign @ ('+' | '-' | '−')), ref rest @ ..] => numeric_offset(sign, rest),
        [Token::Word(name), ..] => named_offset(name),
        _ => None,
    }
}

fn numeric_offset(sign: char, tokens: &[Token<'_>]) -> Option<Offset> {
    let minutes = match *tokens {
        [Token::Number(hours, 1 | 2), Token::Mark(':'), Token::Number(minutes, 2), ..] => hours * 60 + minutes,
        [Token::Number(value, 4), ..] => value / 100 * 60 + value % 100,
        [Token::Number(hours, 1 | 2), ..] => hours * 60,
        _ => return None,
    };
    let seconds = i32::try_from(minutes).ok()? * 60;
    Offset::from_seconds(if sign == '+' { seconds } else { -seconds }).ok()
}

/// Names of zones that stand for one offset in the press that uses them.
fn named_offset(name: &str) -> Option<Offset> {
    let hours = match name {
        "Z" | "z" | "GMT" | "UTC" | "WET" => 0,
        "CET" | "MEZ" | "BST" | "WEST" => 1,
        "CEST" | "MESZ" | "EET" | "SAST" => 2,
        "EEST" | "MSK" => 3,
        "JST" | "KST" => 9,
        "AEST" => 10,
        "AEDT" => 11,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ => return None,
    };
    Some(Offset::constant(hours))
}

/// The day in the path of an address: `/2023/12/21/`, `/2023-12-21-`, `/20231221/`.
pub(super) fn date_in_path(path: &str) -> Option<When> {
    let parts: Vec<&str> = path.split('/').collect();
    let number = |part: &str| part.parse::<u64>().ok();
    for window in parts.windows(3) {
        let [year, middle, day] = window else { continue };
        let month = number(middle).or_else(|| month(middle));
        let day = day.split(['-', '_', '.']).next().unwrap_or(day);
        if year.len() == 4 && (1..=2).contains(&day.len()) {
            let date =
                number(year).zip(month).zip(number(day)).and_then(|((year, month), day)| civil(year, month, day));
            if let Some(date) = date.and_then(plausible) {
                return Some(When::day(date));
            }
        }
    }
    parts.iter().find_map(|part| {
        let digits = part.bytes().take_while(|b| b.is_ascii_digit() || *b == b'-').count();
        let day = match part[..digits].trim_end_matches('-') {
            compact_day if compact_day.len() == 8 => compact(number(compact_day)?)?,
            dashed if dashed.len() >= 10 => dashed.get(..10)?.parse().ok()?,
            _ => return None,
        };
        plausible(day).map(When::day)
    })
}

#[cfg(test)]
mod tests {
    use super::{Order, date_in_path, parse_date};

    fn day_first(text: &str) -> String {
        parse_date(text, Order::DayFirst).map(|when| when.to_string()).unwrap_or_default()
    }

    #[test]
    fn iso_8601_and_its_relatives_keep_their_zone() {
        for (text, expected) in [
            ("2023-12-21T23:03:00+02:00", "2023-12-21T23:03:00+02:00"),
            ("2023-12-21T23:03:00.123+0200", "2023-12-21T23:03:00+02:00"),
            ("2023-12-21T23:03:00.1234567Z", "2023-12-21T23:03:00Z"),
            ("2023-12-21T23:03Z", "2023-12-21T23:03:00Z"),
            ("2023-12-21 23:03:00 -0530", "2023-12-21T23:03:00-05:30"),
            ("2023-12-21 23:03:00 +02:00", "2023-12-21T23:03:00+02:00"),
            ("2023-12-21 23:03:00", "2023-12-21"),
            ("2023-12-21", "2023-12-21"),
            ("20231221", "2023-12-21"),
            ("20231221140300", "2023-12-21"),
            ("2023/12/21 14:03", "2023-12-21"),
        ] {
            assert_eq!(day_first(text), expected, "{text}");
        }
    }

    #[test]
    fn mail_and_unix_formats_are_read() {
        assert_eq!(day_first("Thu, 21 Dec 2023 09:45:16 PST"), "2023-12-21T09:45:16-08:00");
        assert_eq!(day_first("Thu, 21 Dec 2023 09:45:16 +0000"), "2023-12-21T09:45:16Z");
        assert_eq!(day_first("Fri Apr 28 19:20:36 CEST 2023"), "2023-04-28T19:20:36+02:00");
        assert_eq!(day_first("1703167380"), "2023-12-21T14:03:00Z");
        assert_eq!(day_first("1703167380000"), "2023-12-21T14:03:00Z");
    }

    #[test]
    fn month_names_of_many_languages_are_read() {
        for text in [
            "Posted on December 21st, 2023 by someone",
            "Published Dec. 21, 2023",
            "21 Dec 2023",
            "21st of December 2023",
            "21. Dezember 2023, 14:03 Uhr",
            "21 décembre 2023",
            "21 de diciembre de 2023",
            "21 de dezembro de 2023",
            "21 dicembre 2023",
            "21 december 2023",
            "21. desember 2023",
            "21 grudnia 2023",
            "21. prosince 2023",
            "21 декабря 2023",
            "21 Aralık 2023",
            "2023年12月21日",
            "2023년 12월 21일",
            "Do 21.12.23 | 14:07 Uhr",
            "21-Dec-2023",
            "21.Dec.2023",
            "21 грудня 2023 року",
            "21 decembrie 2023",
            "2023. december 21. 8:15",
            "21. joulukuuta 2023",
            "21 Δεκεμβρίου 2023",
            "21 בדצמבר 2023",
            "٢١ ديسمبر ٢٠٢٣",
            "21 दिसंबर 2023, 8:15 AM",
            "२१ दिसंबर २०२३",
            "21 Desember 2023",
        ] {
            assert_eq!(day_first(text), "2023-12-21", "{text}");
        }
    }

    #[test]
    fn an_hour_behind_a_year_is_no_month() {
        assert_eq!(day_first("3 مارس 2021 - 10:15"), "2021-03-03");
        assert_eq!(day_first("23 مايو/ أيار 2024"), "2024-05-23");
        assert_eq!(day_first("3 Machi 2021 - 10:15"), "");
    }

    #[test]
    fn a_time_of_twelve_hours_with_a_zone_is_a_time() {
        assert_eq!(day_first("Dec 22, 2023, 10:22 PM EST"), "2023-12-22T22:22:00-05:00");
        assert_eq!(day_first("Dec 22, 2023 12:05 a.m. GMT"), "2023-12-22T00:05:00Z");
    }

    #[test]
    fn the_order_of_day_and_month_follows_the_page_unless_impossible() {
        assert_eq!(day_first("05/06/2023"), "2023-06-05");
        assert_eq!(day_first("12/21/2023"), "2023-12-21");
        let american = |text| parse_date(text, Order::MonthFirst).map(|when| when.to_string());
        assert_eq!(american("05/06/2023").as_deref(), Some("2023-05-06"));
        assert_eq!(american("21/12/2023").as_deref(), Some("2023-12-21"));
        assert_eq!(american("05.06.2023").as_deref(), Some("2023-06-05"));
    }

    #[test]
    fn what_is_no_day_of_the_web_is_refused() {
        for text in
            ["", "yesterday", "0001-01-01T00:00:00Z", "1969-12-31", "2023-13-45", "31/31/2023", "May 2023", "12345"]
        {
            assert_eq!(day_first(text), "", "{text}");
        }
    }

    #[test]
    fn paths_hold_days() {
        for path in
            ["/news/2023/12/21/weir", "/2023/dec/21/weir", "/a/2023-12-21-weir", "/20231221/weir", "/2023/12/21-weir"]
        {
            assert_eq!(date_in_path(path).map(|when| when.to_string()).as_deref(), Some("2023-12-21"), "{path}");
        }
        assert_eq!(date_in_path("/2023/12/weir"), None);
        assert_eq!(date_in_path("/99999999/weir"), None);
    }
}
