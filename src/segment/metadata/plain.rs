//! Plain text out of what metadata holds: fragments of HTML, entities, odd white space.

use super::super::dom::{Dom, DomElement, Event};
use super::super::slim::Tag;

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
    let is_tidy = |byte: &&u8| {
        let is_space = **byte == b' ';
        let is_tidy = byte.is_ascii_graphic() || is_space && !behind_space;
        behind_space = is_space;
        is_tidy
    };
    text.iter().take_while(is_tidy).count()
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
    if !text.contains(['<', '&']) {
        return tidy(text);
    }
    let once = tidy(&lines_of_html(text));
    if holds_entity(&once) { tidy(&lines_of_html(&once)) } else { once }
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

/// The words of a text in lower case, for comparison: punctuation and spacing do not count.
pub(in super::super) fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.ends_with(' ') && !out.is_empty() && !matches!(c, '\'' | '’' | '‘' | '\u{ad}') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Likewise without the spaces between words: "Daily Herald" and "dailyherald" are one.
pub(super) fn tight_key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{key, plain, tidy};

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
    }
}
