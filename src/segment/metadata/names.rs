//! Names of people out of what stands in a byline.

use memchr::{memchr2, memrchr};

use super::byline_words::{AGENCIES, BETWEEN, DEGREES, NO_NAMES, NOT_THE_AUTHOR, PARTICLES, ROLES, leads_to_author};
use super::leads::{ahead_of_reporter, without_lead};
use super::months::month;
use super::plain::{key, plain};

/// Where a text that holds names comes from, and so how much else may stand in it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// Structured data: the publisher calls it the author.
    Declared,
    /// A byline on the page, with roles, places and dates around the names.
    Shown,
}

/// Longest name in bytes.
const MAX_NAME_BYTES: usize = 90;
/// Most names of one page; only papers of physics have more.
const MAX_NAMES: usize = 100;
/// Characters of a byline that are read.
const MAX_BYLINE_CHARS: usize = 4_000;
/// Most words of a name that is shown on a page.
pub(super) const MAX_NAME_WORDS: usize = 6;

/// Whether an address is of an author's page: `/author/ada-marlow`.
pub(super) fn is_author_page(href: &str) -> bool {
    let path = memchr2(b'?', b'#', href.as_bytes()).map_or(href, |end| &href[..end]).trim_end_matches('/');
    let Some(slug) = memrchr(b'/', path.as_bytes()) else { return false };
    // Parts are short: to search for their ends costs more than to walk to them.
    let mut parts = path.as_bytes()[..slug].rsplit(|byte| *byte == b'/');
    path.len() - slug > 3 && parts.by_ref().take(2).any(leads_to_author)
}

/// The names in a text, in order, each once.
pub(super) fn names_in(text: &str, manner: Manner) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let end = text.char_indices().nth(MAX_BYLINE_CHARS).map_or(text.len(), |(at, _)| at);
    for line in text[..end].lines() {
        let line = plain(line);
        if manner == Manner::Shown && names_another(&line) {
            break;
        }
        for part in pieces(cut_tail(without_lead(&line, manner), manner)) {
            add_part(&mut names, part, manner);
        }
    }
    names
}

/// Adds a name unless it is there already, whatever its case: all of it, or the one word that it is.
pub(super) fn add_name(names: &mut Vec<String>, name: String) {
    let known = key(&name);
    let says = |name: &String| {
        let name = key(name);
        name == known || name.split(' ').any(|word| word == known)
    };
    if !known.is_empty() && names.len() < MAX_NAMES && !names.iter().any(says) {
        names.push(name);
    }
}

/// Whether a line names a reviewer, a photographer or the like.
pub(super) fn names_another(line: &str) -> bool {
    let lower = line.to_lowercase();
    NOT_THE_AUTHOR.iter().any(|lead| lower.starts_with(lead))
}

fn add_part(names: &mut Vec<String>, part: &str, manner: Manner) {
    let part = without_lead(strip_marks(part), manner);
    let part = strip_marks(without_place_in_brackets(ahead_of_reporter(part)));
    if part.is_empty() || part.len() > MAX_NAME_BYTES || is_address(part) {
        return;
    }
    if !names.is_empty() && (AGENCIES.contains(&key(part).as_str()) || is_domain(part)) {
        return;
    }
    if is_degree(part) && !names.is_empty() {
        if let Some(last) = names.last_mut() {
            last.push_str(", ");
            last.push_str(part);
        }
        return;
    }
    let kept = match manner {
        Manner::Declared => {
            part.chars().filter(|c| c.is_alphabetic()).count() > 1
                && !is_placeholder(part)
                && (names.is_empty() || !has_role(part))
        }
        Manner::Shown => looks_like_name(part),
    };
    if kept && !is_date(part) {
        add_name(names, part.to_owned());
    }
}

/// A key or template that a publishing system failed to fill: `page.extra.author`, `{{author}}`, `undefined`.
fn is_placeholder(part: &str) -> bool {
    let dots = part.matches('.').count();
    part.contains(['{', '}', '%', '$'])
        || dots > 1 && !part.contains(' ') && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'.')
        || matches!(
            part.to_ascii_lowercase().as_str(),
            "undefined" | "null" | "none" | "unknown" | "n/a" | "written by" | "author"
        )
}

/// Whether a text reads as the name of a person.
pub(super) fn looks_like_name(part: &str) -> bool {
    let words: Vec<&str> = part.split_whitespace().collect();
    if words.is_empty() || words.len() > MAX_NAME_WORDS || has_role(part) || part.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    let uncased = part.chars().any(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase());
    if uncased {
        return part.chars().count() <= 30;
    }
    let capital = |word: &&str| {
        word.trim_start_matches(|c: char| !c.is_alphabetic()).chars().next().is_some_and(char::is_uppercase)
    };
    let particle = |word: &str| PARTICLES.contains(&word.to_lowercase().as_str());
    words.first().is_some_and(|word| capital(word) || particle(word))
        && words.iter().all(|word| capital(word) || particle(word))
        && words.iter().any(capital)
        && !part.contains(['?', '!', ':', '…'])
        && !words.iter().any(|word| NO_NAMES.contains(&word.to_lowercase().as_str()))
}

fn has_role(part: &str) -> bool {
    key(part).split(' ').any(|word| ROLES.contains(&word))
}

fn is_degree(part: &str) -> bool {
    let alone = part.split_whitespace().count() == 1;
    !part.is_empty()
        && part.split_whitespace().all(|word| {
            let bare: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
            let capitals = bare.chars().count() >= 2 && bare.chars().all(char::is_uppercase);
            DEGREES.contains(&bare.to_lowercase().as_str()) && word.starts_with(char::is_uppercase)
                || alone && capitals && bare.len() <= 6
        })
}

/// `herald.test`: a site behind a name.
fn is_domain(part: &str) -> bool {
    !part.contains(' ')
        && part.rsplit_once('.').is_some_and(|(name, end)| {
            name.len() > 1
                && matches!(end.to_ascii_lowercase().as_str(), "com" | "org" | "net" | "de" | "co" | "uk" | "test")
        })
}

fn is_date(part: &str) -> bool {
    let key = key(part);
    key.split(' ').any(|word| month(word).is_some()) && key.chars().any(|c| c.is_ascii_digit())
        || matches!(
            key.as_str(),
            "updated"
                | "published"
                | "posted"
                | "today"
                | "yesterday"
                | "share"
                | "follow"
                | "linkedin"
                | "twitter"
                | "facebook"
        )
}

/// Whether a part is an address of mail or the web, or a handle.
fn is_address(part: &str) -> bool {
    part.contains("://")
        || part.starts_with(['@', '#'])
        || part.starts_with("www.")
        || part.contains('@') && !part.contains(' ')
}

/// What ends the names in a declared byline.
const DECLARED_ENDS: &[&str] = &[" | ", " • ", " · "];
/// What ends them in one that is shown.
const SHOWN_ENDS: &[&str] = &[
    " | ",
    "|",
    " • ",
    "•",
    " · ",
    "·",
    " - ",
    " – ",
    " — ",
    " / ",
    "http",
    " for ",
    " on ",
    " at ",
    " from ",
    " is ",
    " in ",
    " of the ",
    " Published",
    " published",
    " Updated",
    " updated",
    " Posted",
    " posted",
    " für ",
    " aus ",
    " pour ",
    " para ",
    " via ",
    " @",
];

/// The text ahead of what is no longer names: a mark that parts, an address, a clause. A mark that the text begins with
/// ends nothing.
fn cut_tail(text: &str, manner: Manner) -> &str {
    let ends = match manner {
        Manner::Declared => DECLARED_ENDS,
        Manner::Shown => SHOWN_ENDS,
    };
    let begins = |rest: &[u8], end: &&str| rest.starts_with(end.as_bytes());
    let bytes = text.as_bytes();
    let ends_at = |at: &usize| {
        let rest = &bytes[*at..];
        // Most places end here.
        (rest[0] == b'h' || !rest[0].is_ascii_alphanumeric())
            && ends.iter().any(|end| begins(rest, end) && !begins(bytes, end))
    };
    let end = (1..bytes.len()).find(ends_at).unwrap_or(bytes.len());
    &text[..end]
}

/// The parts of a list of names.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces: Vec<&str> = text.split([',', ';', '、', '，', '；']).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    for between in BETWEEN.iter().filter(|between| words.contains(between)) {
        pieces = pieces.into_iter().flat_map(|piece| split_between(piece, between)).collect();
    }
    pieces
}

/// Splits at a word between two names, if what stands on its sides can be names.
fn split_between<'a>(piece: &'a str, between: &str) -> Vec<&'a str> {
    // It may follow a comma: "A, B, and C".
    let ahead = piece.trim_start();
    let piece = ahead.strip_prefix(between).filter(|rest| rest.starts_with(' ')).unwrap_or(piece);
    let parts: Vec<&str> = piece.split(&format!(" {between} ")).collect();
    let words = || parts.iter().map(|part| part.split_whitespace().count());
    let (fewest, most) = (words().min().unwrap_or(0), words().max().unwrap_or(0));
    // "Ramón y Cajal" is one name, and so is "Office of Ports and Rivers".
    let letter = between.chars().count() == 1 && between != "&";
    let names = fewest >= if letter { 2 } else { 1 } && !(fewest == 1 && most > 2);
    if parts.len() > 1 && names && !has_role(piece) { parts } else { vec![piece] }
}

/// The letters by which a newsroom knows its writer: `(abc)`.
fn is_shorthand(inside: &str) -> bool {
    let letters = inside.trim_end_matches(')');
    (2..=4).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_lowercase())
}

fn strip_marks(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, ',' | ':' | ';' | '|' | '-' | '–' | '—' | '•' | '·' | '/' | '*' | '"' | '“' | '”')
    })
}

/// The name ahead of a bracket that holds a role, a place or an address.
fn without_place_in_brackets(part: &str) -> &str {
    match part.split_once(" (") {
        Some((name, inside))
            if inside.ends_with(')') && (has_role(inside) || is_address(inside) || is_shorthand(inside)) =>
        {
            name
        }
        _ => part,
    }
}

#[cfg(test)]
mod tests {
    use super::{Manner, looks_like_name, names_in};

    fn declared(text: &str) -> Vec<String> {
        names_in(text, Manner::Declared)
    }

    fn shown(text: &str) -> Vec<String> {
        names_in(text, Manner::Shown)
    }

    #[test]
    fn leads_roles_and_addresses_go() {
        assert_eq!(shown("By Ada Marlow, Senior Correspondent"), ["Ada Marlow"]);
        assert_eq!(shown("Von Ada Marlow"), ["Ada Marlow"]);
        assert_eq!(shown("Par Ada Marlow, journaliste"), ["Ada Marlow"]);
        assert_eq!(shown("Ada Marlow\nStaff Writer\nada@herald.test\n@adamarlow"), ["Ada Marlow"]);
        assert_eq!(declared("By Ada Marlow, ada@herald.test"), ["Ada Marlow"]);
        assert_eq!(declared("Ada Marlow, Staff Writer | Harbour Herald"), ["Ada Marlow"]);
        assert_eq!(shown("Written by: Ada Marlow • December 3, 2023"), ["Ada Marlow"]);
    }

    #[test]
    fn lists_of_names_are_split() {
        assert_eq!(shown("By Ada Marlow, Ben Okoro and Cy Lund"), ["Ada Marlow", "Ben Okoro", "Cy Lund"]);
        assert_eq!(declared("Ada Marlow & Ben Okoro"), ["Ada Marlow", "Ben Okoro"]);
        assert_eq!(declared("Ada Marlow und Ben Okoro"), ["Ada Marlow", "Ben Okoro"]);
        assert_eq!(declared("Ada Marlow; ADA MARLOW"), ["Ada Marlow"]);
    }

    #[test]
    fn degrees_stay_with_their_name() {
        assert_eq!(declared("Ada Marlow, Ph.D., Ben Okoro, MD"), ["Ada Marlow, Ph.D.", "Ben Okoro, MD"]);
    }

    #[test]
    fn a_name_may_begin_with_what_leads_bylines_elsewhere() {
        assert_eq!(declared("Von Hollis"), ["Von Hollis"]);
        assert_eq!(declared("Di Okoro"), ["Di Okoro"]);
    }

    #[test]
    fn what_is_declared_alone_is_kept_even_if_it_is_a_desk() {
        assert_eq!(declared("The Herald Team"), ["The Herald Team"]);
        assert_eq!(declared("newsdesk"), ["newsdesk"]);
    }

    #[test]
    fn prose_is_no_name() {
        assert!(!looks_like_name("Read more about our work"));
        assert!(!looks_like_name("3 min read"));
        assert!(looks_like_name("Ada van der Marlow"));
        assert!(looks_like_name("大渡 美咲"));
    }
}
