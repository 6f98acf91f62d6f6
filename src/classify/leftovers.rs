//! Lines that hold no words, and code of the page's template: what is left where something else should stand.

use crate::block::{Block, BlockKind};
use crate::verdict::{Evidence, Role, Verdict};

use super::page::PageView;
use super::repair::context;

/// Drops kept lines that show nothing, headings and ends of sentences without a word, code of a template, and dividers and
/// addresses at the ends of the story. A divider within the story is the author's.
pub(super) fn drop_leftovers(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let blocks = &page.document.blocks;
    for (block, verdict) in blocks.iter().zip(verdicts.iter_mut()).filter(|(_, verdict)| verdict.is_keep()) {
        if let Some(shape) = leftover(block) {
            *verdict = context(Role::Boilerplate, Evidence::Shape(shape), verdict);
        }
    }
    let kept: Vec<usize> = (0..verdicts.len()).filter(|index| verdicts[*index].is_keep()).collect();
    let at_end = |index: &usize| Some((*index, leftover_at_end(&blocks[*index])?));
    let first = kept.iter().map_while(at_end);
    let last = kept.iter().rev().map_while(at_end);
    for (index, shape) in first.chain(last) {
        verdicts[index] = context(Role::Boilerplate, Evidence::Shape(shape), &verdicts[index]);
    }
}

/// What a block is, if it is none of the story ahead of it or behind: a divider, the writer's address.
fn leftover_at_end(block: &Block) -> Option<&'static str> {
    let text = block.text.trim();
    if block.kind != BlockKind::Paragraph {
        None
    } else if !has_words(text) {
        Some("a line without words")
    } else {
        is_mail_address(text).then_some("an address alone")
    }
}

fn is_mail_address(text: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace);
    text.split_once('@').is_some_and(|(name, host)| is_part(name) && is_part(host) && host.contains('.'))
}

/// What a block is, if it is none of the story wherever it stands.
fn leftover(block: &Block) -> Option<&'static str> {
    let text = block.text.trim();
    let is_heading = matches!(block.kind, BlockKind::Heading(_));
    if !is_heading && block.kind != BlockKind::Paragraph {
        return None;
    }
    if !has_words(text) && (is_heading || text.chars().all(shows_nothing) || text.chars().all(closes)) {
        return Some("a line without words");
    }
    is_template_code(text).then_some("code of the page's template")
}

fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Whether a character has no shape of its own: joiners, marks of direction and of byte order.
fn shows_nothing(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
        || c.is_whitespace()
}

/// Whether a character closes what stands ahead of it.
fn closes(c: char) -> bool {
    matches!(c, '.' | ',' | ':' | ';' | ')' | ']' | '|')
}

/// Whether a text is a variable (`{{ad-slot}}`) or a shortcode with a value (`[form id=12]`) that was not filled in.
fn is_template_code(text: &str) -> bool {
    let inside = |open: &str, close: &str| {
        text.strip_prefix(open)?.strip_suffix(close).filter(|inside| !inside.contains(open) && !inside.contains(close))
    };
    let is_variable = inside("{{", "}}").or_else(|| inside("{%", "%}")).is_some();
    let is_shortcode = inside("[", "]").is_some_and(|inside| {
        let (name, values) = inside.split_once(' ').unwrap_or((inside, ""));
        let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        is_name && values.split_once('=').is_some_and(|(key, _)| !key.is_empty() && !key.contains(' '))
    });
    is_variable || is_shortcode
}

#[cfg(test)]
mod tests {
    use super::super::repair::dropped_of_kept;
    use super::*;

    const PROSE: &str = "<p>The keeper opened the weir on Tuesday, and the first boats came down before noon.</p>";

    fn leftovers(between: &str) -> Vec<String> {
        dropped_of_kept(&format!("{PROSE}{between}{PROSE}"), drop_leftovers)
    }

    #[test]
    fn lines_without_words_go() {
        assert_eq!(leftovers("<p>&zwj;</p><h3>🔗</h3><p>.</p><p>):</p>").len(), 4);
        assert!(leftovers("<p>* * *</p><p>§</p><p>?!</p><p>❤️</p><p>1</p><pre>}</pre>").is_empty());
    }

    #[test]
    fn dividers_at_the_ends_go() {
        let html = format!("<p>***</p>{PROSE}<p>—</p>{PROSE}<p>◇</p><p>___</p>");
        assert_eq!(dropped_of_kept(&html, drop_leftovers), ["***", "◇", "___"]);
    }

    #[test]
    fn the_writer_s_address_goes() {
        let html = format!("{PROSE}<p>desk@harbour.test</p>{PROSE}<p>ada@harbour.test</p>");
        assert_eq!(dropped_of_kept(&html, drop_leftovers), ["ada@harbour.test"]);
        assert!(leftovers(&format!("{PROSE}<p>Write to ada@harbour.test</p>")).is_empty());
    }

    #[test]
    fn code_of_templates_goes() {
        for code in ["{{hire-a-boat=\"/boats\"}}", "{% ad %}", "[form id=12]", "[post-player video-id=”x” at=1]"] {
            assert_eq!(leftovers(&format!("<p>{code}</p>")), [code]);
        }
        for line in ["[Applause]", "[sic]", "[laughs and nods]", "{weir}", "[The keeper = the weir]", "[a] and [b=1]"] {
            assert!(leftovers(&format!("<p>{line}</p>")).is_empty(), "{line}");
        }
    }
}
