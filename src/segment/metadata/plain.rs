//! Plain text out of what metadata holds: fragments of HTML, entities, odd white space.

use memchr::memchr2;

use super::super::dom::{Dom, DomElement, Event};
use super::super::slim::Tag;
use crate::block::sixteen::{Sixteen, WIDTH, is, within};

/// White space collapsed to single spaces; characters that nobody sees (soft hyphens, zero-width spaces) taken out. Joiners
/// within a word stay: Persian spells with them, and signs are made of several.
pub(super) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let begins = out.is_empty() || out.ends_with(' ');
        let (tidy, behind) = rest.split_at(tidy_bytes(rest.as_bytes(), begins));
        out.push_str(tidy);
        let mut chars = behind.chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_unseen(c) || is_joiner(c) && joins(out.chars().next_back()) && joins(chars.next()) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The bytes at the start of a text that are ASCII with single spaces between words, as most are: none of them is changed.
/// `begins` says whether a space would be one too many.
fn tidy_bytes(text: &[u8], begins: bool) -> usize {
    let mut behind_space = begins;
    let (sixteens, rest) = text.as_chunks();
    for (number, sixteen) in sixteens.iter().enumerate() {
        let sixteen = Sixteen::new(*sixteen);
        let spaces = is(sixteen, b' ').to_bitmask();
        let doubled = spaces & (spaces << 1 | u32::from(behind_space));
        let untidy = (!within(sixteen, b' ', b'~')).to_bitmask() | doubled;
        if untidy != 0 {
            return number * WIDTH + untidy.trailing_zeros() as usize;
        }
        behind_space = spaces >> (WIDTH - 1) != 0;
    }
    let is_tidy = |byte: &&u8| {
        let is_space = **byte == b' ';
        let is_tidy = byte.is_ascii_graphic() || is_space && !behind_space;
        behind_space = is_space;
        is_tidy
    };
    text.len() - rest.len() + rest.iter().take_while(is_tidy).count()
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Whether a joiner beside a character has a meaning: in ASCII there is none.
fn joins(c: Option<char>) -> bool {
    c.is_some_and(|c| !c.is_ascii() && !c.is_whitespace() && !is_unseen(c))
}

fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// The text of a string that may hold tags and entities, on one line. Publishers encode twice
/// (`&amp;quot;`), so an entity that is left is read again.
pub(super) fn plain(text: &str) -> String {
    if !holds_markup(text) {
        return tidy(text);
    }
    let once = tidy(&lines_of_html(text));
    if holds_entity(&once) { tidy(&lines_of_html(&once)) } else { once }
}

/// Whether a text may hold a tag or an entity.
pub(super) fn holds_markup(text: &str) -> bool {
    memchr2(b'<', b'&', text.as_bytes()).is_some()
}

fn holds_entity(text: &str) -> bool {
    text.split('&').skip(1).any(|rest| {
        let name = rest.as_bytes().iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
        (2..=8).contains(&name) && rest.as_bytes().get(name) == Some(&b';')
    })
}

/// The text of a piece of HTML; its blocks stand on lines of their own.
pub(super) fn lines_of_html(html: &str) -> String {
    let dom = Dom::parse(html);
    let mut out = String::with_capacity(html.len());
    for event in dom.walk() {
        match event {
            Event::Text(text) => out.push_str(text),
            Event::Open(element) | Event::Close(element) if breaks_line(element) => out.push('\n'),
            _ => {}
        }
    }
    out
}

/// Whether an element begins and ends a line.
pub(super) fn breaks_line(element: DomElement<'_>) -> bool {
    matches!(
        element.tag(),
        Tag::P
            | Tag::BR
            | Tag::DIV
            | Tag::LI
            | Tag::UL
            | Tag::OL
            | Tag::H1
            | Tag::H2
            | Tag::H3
            | Tag::H4
            | Tag::H5
            | Tag::H6
            | Tag::BLOCKQUOTE
            | Tag::FIGURE
            | Tag::FIGCAPTION
            | Tag::TABLE
            | Tag::TR
            | Tag::TD
            | Tag::SECTION
            | Tag::HEADER
            | Tag::FOOTER
            | Tag::ADDRESS
            | Tag::DT
            | Tag::DD
            | Tag::HR
            | Tag::PRE
    )
}

/// For each character of ASCII what it is in a [`key`]: a letter, small, or a space; 0 where it goes.
const IN_KEY: [u8; 128] = {
    let mut in_key = [b' '; 128];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            in_key[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    in_key[b'\'' as usize] = 0;
    in_key
};

/// The words of a text in lower case, for comparison: punctuation and spacing do not count.
pub(in super::super) fn key(text: &str) -> String {
    // Bytes, as a string looks at each letter that it gets how long it is.
    let mut out = Vec::with_capacity(text.len());
    let mut behind_space = true;
    for c in text.chars() {
        let letter = match IN_KEY.get(c as usize) {
            Some(letter) => *letter,
            None if c.is_alphanumeric() => {
                push_small(&mut out, c);
                behind_space = false;
                continue;
            }
            None if matches!(c, '’' | '‘' | '\u{ad}') => 0,
            None => b' ',
        };
        if letter != 0 && !(letter == b' ' && behind_space) {
            out.push(letter);
            behind_space = letter == b' ';
        }
    }
    if behind_space {
        out.pop();
    }
    text_of_letters(out)
}

/// The first character of a [`key`].
pub(super) fn first_of_key(text: &str) -> Option<char> {
    text.chars().find(|c| c.is_alphanumeric())?.to_lowercase().next()
}

/// Likewise without the spaces between words: "Daily Herald" and "dailyherald" are one.
pub(super) fn tight_key(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        match IN_KEY.get(c as usize) {
            Some(0 | b' ') => {}
            Some(letter) => out.push(*letter),
            None if c.is_alphanumeric() => push_small(&mut out, c),
            None => {}
        }
    }
    text_of_letters(out)
}

/// Adds a letter, small.
fn push_small(out: &mut Vec<u8>, letter: char) {
    for small in letter.to_lowercase() {
        out.extend_from_slice(small.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

/// They were characters, and are text again.
fn text_of_letters(letters: Vec<u8>) -> String {
    String::from_utf8(letters).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{first_of_key, key, plain, tidy, tidy_bytes, tight_key};

    #[test]
    fn bytes_are_tidy_up_to_the_first_that_is_not_wherever_it_stands() {
        for byte in 0..=u8::MAX {
            for length in [0, 3, 7, 8, 9, 16, 21] {
                let mut text = vec![b'a'; length];
                text.extend([byte, b' ', b'b', b'c', b' ', b'd', b' ', b' ', b'e']);
                let begins = length == 0;
                let tidy = match byte {
                    b' ' => length + usize::from(!begins),
                    0x21..=0x7e => length + 7,
                    _ => length,
                };
                assert_eq!(tidy_bytes(&text, begins), tidy, "{byte:#x} behind {length}");
            }
        }
    }

    #[test]
    fn white_space_collapses_and_unseen_characters_go() {
        assert_eq!(tidy(" Har\u{ad}bour \n\t wall\u{200b} "), "Harbour wall");
    }

    #[test]
    fn tags_and_entities_are_read_even_if_encoded_twice() {
        assert_eq!(plain("The <em>old</em> mill &amp; the weir"), "The old mill & the weir");
        assert_eq!(plain("It&amp;#039;s a &amp;quot;weir&amp;quot;"), "It's a \"weir\"");
        assert_eq!(plain("Q&A with R&D; more"), "Q&A with R&D; more");
    }

    #[test]
    fn keys_ignore_case_punctuation_and_apostrophes() {
        assert_eq!(key("The Mayor’s “no” – again!"), "the mayors no again");
        assert_eq!(key(" – Élan  d'été\u{a0}(Über) 2 "), "élan dété über 2");
        assert_eq!(tight_key("The Daily-Herald: Öre’s"), "thedailyheraldöres");
        for text in ["", "–", "'Tis", "«Élan»", "İzmir", "水门 reopens"] {
            assert_eq!(first_of_key(text), key(text).chars().next(), "{text}");
        }
    }
}
