//! What leads the names of a byline, and what follows them: "By", `作者：`, the Korean word for a reporter.

use crate::block::is_hangul;

use super::beginnings::Beginnings;
use super::byline_words::{LEADS, LEADS_ELSEWHERE, REPORTERS, SHOWN_LEADS};
use super::names::{MAX_NAME_WORDS, Manner};

/// Most characters of a name in a script without capitals that stands behind a lead.
const MAX_UNCASED_CHARS: usize = 24;
/// Most bytes of a lead in Latin letters.
const MAX_LEAD_BYTES: usize = 16;

/// Whether a line begins as bylines do.
pub(super) fn leads_names(line: &str) -> bool {
    let starts = |lead: &str| {
        line.get(..lead.len()).is_some_and(|head| head.eq_ignore_ascii_case(lead))
            && line[lead.len()..].chars().next().is_none_or(|c| c.is_whitespace() || c == ':')
    };
    let leads = match line.as_bytes().first().map(u8::to_ascii_lowercase) {
        Some(b'b') => starts("by"),
        Some(b'v') => starts("von"),
        Some(b'p') => ["par", "por", "posted by"].iter().any(|lead| starts(lead)),
        Some(b'w') => ["written by", "words by"].iter().any(|lead| starts(lead)),
        Some(b'd') => ["door", "di"].iter().any(|lead| starts(lead)),
        Some(b'a') => {
            ["af", "av"].iter().any(|lead| starts(lead))
                || ["author:", "authors:", "autor:"]
                    .iter()
                    .any(|lead| starts(&lead[..lead.len() - 1]) && line.contains(':'))
        }
        Some(b's') => starts("story by"),
        Some(b't') => {
            ["text:", "texte:", "texto:"].iter().any(|lead| starts(&lead[..lead.len() - 1]) && line.contains(':'))
        }
        _ => false,
    };
    leads || behind_lead_elsewhere(line).is_some_and(may_be_one_name) || is_reporter(line)
}

/// The first letter of a line, small, as it is written, if the line may begin with a lead of [`LEADS_ELSEWHERE`]: those in
/// Latin letters end in a colon, and the others begin with few letters.
fn first_of_lead(line: &str) -> Option<[u8; 4]> {
    let first = line.chars().next()?;
    let mut bytes = [0; 4];
    if first.is_ascii() {
        bytes[0] = first.to_ascii_lowercase() as u8;
        return has_colon_ahead(line.as_bytes()).then_some(bytes);
    }
    first.to_lowercase().next().unwrap_or(first).encode_utf8(&mut bytes);
    let bit = first_bit(bytes);
    (FIRSTS[bit / 64] >> (bit % 64) & 1 != 0).then_some(bytes)
}

/// Whether a colon is among the bytes of a lead in Latin letters.
fn has_colon_ahead(line: &[u8]) -> bool {
    match line.first_chunk::<MAX_LEAD_BYTES>() {
        // All of them at once.
        Some(head) => head.iter().fold(0, |found, byte| found | u8::from(*byte == b':')) != 0,
        None => line.contains(&b':'),
    }
}

/// The first letters of [`LEADS_ELSEWHERE`], as bits of a table.
const FIRSTS: [u64; FIRST_BITS / 64] = {
    let mut firsts = [0; FIRST_BITS / 64];
    let mut at = 0;
    while at < LEADS_ELSEWHERE.len() {
        let lead = LEADS_ELSEWHERE[at].as_bytes();
        let mut bytes = [0; 4];
        let mut byte = 0;
        // A letter ends ahead of the byte that begins the next.
        while byte == 0 || byte < lead.len() && byte < 4 && lead[byte] & 0xc0 == 0x80 {
            bytes[byte] = lead[byte];
            byte += 1;
        }
        let bit = first_bit(bytes);
        firsts[bit / 64] |= 1 << (bit % 64);
        at += 1;
    }
    firsts
};
const FIRST_BITS: usize = 1 << 8;

/// The place of a letter among [`FIRSTS`]: the first eight bits of its product.
const fn first_bit(letter: [u8; 4]) -> usize {
    (u32::from_le_bytes(letter).wrapping_mul(0x9e37_79b1) >> 24) as usize
}

/// The text behind a lead of [`LEADS_ELSEWHERE`].
fn behind_lead_elsewhere(line: &str) -> Option<&str> {
    // Most lines end here.
    let first = first_of_lead(line)?;
    let begins =
        |lead: &&&str| lead.bytes().zip(first).take_while(|(_, first)| *first != 0).all(|(own, first)| own == first);
    let is_end = |lead: &str, rest: &str| !lead.ends_with(char::is_alphanumeric) || rest.starts_with([' ', ':', '：']);
    let behind = |lead: &&str| behind(line, lead).filter(|rest| is_end(lead, rest));
    let rest = LEADS_ELSEWHERE.iter().filter(begins).find_map(behind)?;
    Some(rest.trim_start_matches([' ', ':', '：', '\u{a0}']))
}

/// The text behind `lead`, which is in small letters, at the beginning of a text in any.
fn behind<'a>(text: &'a str, lead: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    let mut own = lead.chars();
    loop {
        let Some(letter) = own.next() else { return Some(rest.as_str()) };
        if !rest.next()?.to_lowercase().eq([letter]) {
            return None;
        }
    }
}

/// Whether a text is as long as a name, of a first and a last one.
fn may_be_one_name(text: &str) -> bool {
    let is_uncased = |c: char| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase();
    if text.chars().any(is_uncased) {
        return text.chars().count() <= MAX_UNCASED_CHARS;
    }
    (2..=MAX_NAME_WORDS).contains(&text.split_whitespace().count())
}

/// Whether a line is a name, the word for a reporter, and perhaps an address: `한서연 기자 hsy@herald.test`.
fn is_reporter(line: &str) -> bool {
    if !line.starts_with(is_hangul) {
        return false;
    }
    let name = ahead_of_reporter(line);
    let behind = line[name.len()..].split_whitespace().skip(1);
    name.len() < line.len() && !name.trim().contains(' ') && behind.into_iter().all(|word| word.contains('@'))
}

/// The text ahead of the word that says that a name is a reporter's, as Korean has it.
pub(super) fn ahead_of_reporter(text: &str) -> &str {
    let ends = |word: &&'static str| {
        let at = text.find(word)?;
        let ends = text[at + word.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        (ends && text[..at].ends_with(' ')).then_some(&text[..at])
    };
    let name = text.starts_with(is_hangul).then(|| REPORTERS.iter().find_map(ends)).flatten();
    name.unwrap_or(text)
}

/// The text behind "By" and the like.
pub(super) fn without_lead(text: &str, manner: Manner) -> &str {
    let mut rest = text.trim();
    if manner == Manner::Shown
        && let Some(behind) = behind_lead_elsewhere(rest)
    {
        rest = behind;
    }
    loop {
        if !may_have_lead(rest) {
            return rest;
        }
        let shown = if manner == Manner::Shown { SHOWN_LEADS } else { &[] };
        let first = rest.as_bytes().first().filter(|first| first.is_ascii()).map(u8::to_ascii_lowercase);
        let lead = LEADS.iter().chain(shown).find_map(|lead| {
            // Most leads end here.
            if first.is_some() && first != lead.as_bytes().first().copied() {
                return None;
            }
            let head = rest.get(..lead.len())?;
            let tail = &rest[lead.len()..];
            let ends = lead.ends_with([':', '/']) || tail.starts_with([' ', ':']);
            // "Von Miller" and "Par Lager" are names where a publisher declares them.
            let fits = head.to_lowercase() == *lead && (manner == Manner::Shown || is_sure_lead(lead));
            // "Van Marlow" has no name left without its first word.
            let whole = !SHOWN_LEADS.contains(lead) || tail.split_whitespace().count() > 1;
            (ends && fits && whole).then_some(tail)
        });
        match lead {
            Some(tail) => rest = tail.trim_start_matches([' ', ':', '\u{a0}']),
            None => return rest,
        }
    }
}

/// Whether a text may begin with a lead of [`LEADS`] or [`SHOWN_LEADS`].
fn may_have_lead(text: &str) -> bool {
    match text.as_bytes() {
        [first, second, ..] if first.is_ascii() && second.is_ascii() => BEGINNINGS.has(*first, *second),
        _ => true,
    }
}

/// How the leads of [`LEADS`] and [`SHOWN_LEADS`] begin.
static BEGINNINGS: Beginnings = Beginnings::none().with_all(LEADS).with_all(SHOWN_LEADS);

fn is_sure_lead(lead: &str) -> bool {
    lead.contains([' ', ':']) || matches!(lead, "by" | "por" | "door")
}

#[cfg(test)]
mod tests {
    use super::super::names::names_in;
    use super::*;

    #[test]
    fn bylines_of_many_languages_are_read() {
        for (line, name) in [
            ("Автор: Ада Марлоу", "Ада Марлоу"),
            ("Γράφει η Ελένη Κώστα", "Ελένη Κώστα"),
            ("Του Νίκου Γεωργίου", "Νίκου Γεωργίου"),
            ("מאת: יוסי לוי", "יוסי לוי"),
            ("بقلم سارة يوسف", "سارة يوسف"),
            ("लेखक: अनीता वर्मा", "अनीता वर्मा"),
            ("โดย สมหญิง รักไทย", "สมหญิง รักไทย"),
            ("作者：张伟", "张伟"),
            ("記者 佐藤花子", "佐藤花子"),
            ("文・鈴木一郎", "鈴木一郎"),
            ("글: 한서연", "한서연"),
            ("Tác giả: Lê Minh Châu", "Lê Minh Châu"),
            ("Muhabir: Elif Şahin", "Elif Şahin"),
            ("Oleh: Budi Santoso", "Budi Santoso"),
        ] {
            assert!(leads_names(line), "{line}");
            assert_eq!(names_in(line, Manner::Shown), [name], "{line}");
        }
        assert!(leads_names("김민수 기자 mskim@haedam.test") && !leads_names("대통령 기자 회견"));
        for line in ["Της πόλης το λιμάνι έκλεισε", "작은 다리", "Haber", "文学", "Oleh-oleh dari kota"]
        {
            assert!(!leads_names(line) || names_in(line, Manner::Shown).is_empty(), "{line}");
        }
    }

    #[test]
    fn every_lead_is_found_whatever_its_case() {
        for lead in LEADS_ELSEWHERE {
            let capital = lead.chars().take(1).flat_map(char::to_uppercase).chain(lead.chars().skip(1));
            for line in [format!("{lead} Ada Marlow"), capital.chain(" Ada Marlow".chars()).collect()] {
                assert_eq!(behind_lead_elsewhere(&line), Some("Ada Marlow"), "{line}");
            }
        }
    }

    #[test]
    fn an_editor_in_charge_is_no_author() {
        assert!(
            names_in("责任编辑：宋晓禾", Manner::Shown).is_empty()
                && names_in("编辑：宋晓禾", Manner::Shown).is_empty()
        );
    }

    #[test]
    fn a_name_ends_ahead_of_the_word_for_a_reporter() {
        assert_eq!(names_in("한서연 기자", Manner::Shown), ["한서연"]);
        assert_eq!(names_in("김민수 기자 mskim@haedam.test", Manner::Shown), ["김민수"]);
        assert_eq!(names_in("박지영 특파원", Manner::Declared), ["박지영"]);
    }
}
