//! Cuts text that has no markup into blocks: a line is a block, and so is
//!
//! - each part of a line to which another is glued without a space, as scrapers glue an insert to the story
//!   ("Explore all your optionsHollande said"; `glue.rs`),
//! - the words behind the last sentence of a line that end in none,
//! - each sentence of a line so long that it must have lost its line breaks, and of Chinese and Japanese, where nothing
//!   but the full stop shows a seam (`sentences.rs`).
//!
//! A cut costs nothing where both its sides are kept: they are joined again as they were
//! ([`crate::Article::scraped`]). Every step takes time in proportion to the text, whatever its lines.

mod abbreviations;
mod glue;
mod openers;
mod quotes;
mod sentences;
mod words;

use std::ops::Range;

use bytestring::ByteString;

use crate::block::{Block, BlockKind, Document, Origin, PageSigns, Scraped, Spans};
use crate::page::Page;
use glue::Glue;
use sentences::Ends;

/// Characters of the longest paragraph; a longer line is several, its line breaks lost. In stories of 252 news sites
/// three paragraphs in a thousand are longer.
const PARAGRAPH_CHARS: usize = 1_000;
/// Blocks of a text at the most; behind them the rest is one. A story has a few hundred, a book some ten thousand.
const MAX_BLOCKS: usize = 500_000;

/// The lines of a text and their parts, those of white space alone left out.
pub(super) fn segment_text(page: &Page) -> Document {
    let ranges = cut(&page.text);
    let signs = PageSigns { plain_text: true, ..PageSigns::default() };
    let text = ByteString::from(page.text.as_str());
    let blocks = ranges.iter().map(|range| block(text.slice_ref(&text[range.clone()]))).collect();
    Document { blocks, signs, scraped: Some(Scraped { text: page.text.clone(), ranges }), ..Document::default() }
}

fn cut(text: &str) -> Vec<Range<usize>> {
    let glue = Glue::of(text);
    let (mut blocks, mut parts) = (Vec::new(), Vec::new());
    let is_unspaced = memchr::memmem::find(text.as_bytes(), "。".as_bytes()).is_some();
    for line in lines(text) {
        if blocks.len() >= MAX_BLOCKS {
            blocks.push(line.start..text.trim_end().len());
            break;
        }
        let ends = if is_longer(&text[line.clone()], PARAGRAPH_CHARS) { Ends::All } else { Ends::Unspaced };
        if ends == Ends::Unspaced && !is_unspaced {
            glue.cut(line, &mut parts);
            parts.drain(..).for_each(|part| sentences::cut_tail(text, part, &mut blocks));
            continue;
        }
        glue.cut(line, &mut parts);
        for part in parts.drain(..) {
            sentences::cut(text, part, ends, &mut blocks);
        }
    }
    blocks
}

fn is_longer(line: &str, chars: usize) -> bool {
    line.len() > chars && line.chars().count() > chars
}

/// The lines without the white space at their ends; none is empty.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_separator = |at: &usize| {
        let bytes = &text.as_bytes()[*at..];
        bytes[0] != 0xe2 || bytes.starts_with("\u{2028}".as_bytes()) || bytes.starts_with("\u{2029}".as_bytes())
    };
    let ends = memchr::memchr3_iter(b'\n', b'\r', 0xe2, text.as_bytes()).filter(is_separator);
    let mut start = 0;
    ends.chain([text.len()]).filter_map(move |end| {
        let line = &text[start..end];
        let words = end - line.trim_start().len()..start + line.trim_end().len();
        start = end;
        (words.start < words.end).then_some(words)
    })
}

fn block(text: ByteString) -> Block {
    Block {
        text,
        kind: BlockKind::Paragraph,
        link_chars: 0,
        emphasis_chars: 0,
        spans: Spans::new(),
        element: None,
        origin: Origin::Page,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::PageFormat;

    fn segmented(text: &str) -> Document {
        segment_text(&Page { format: PageFormat::Text, ..Page::from_html(text, None) })
    }

    fn blocks(text: &str) -> Vec<String> {
        segmented(text).blocks.iter().map(|block| block.text.to_string()).collect()
    }

    /// A line that is too long for a paragraph, with `within` in its middle.
    fn long_line(within: &str) -> String {
        let sentence = "the council of the town met again on Tuesday, and it talked about the bridge, ";
        format!("Then {}and left. {within} Later {}and left.", sentence.repeat(8), sentence.repeat(8))
    }

    #[test]
    fn blocks_lie_in_the_text_as_they_are() {
        let text =
            "\tOne line. \r\n\r\n  Sign up for our newsletterThe mayor left.\rOld Mac\u{2028}Odd\u{2029}“Odd.”\n";
        let document = segmented(text);
        let blocks: Vec<&str> = document.blocks.iter().map(|block| &*block.text).collect();
        assert_eq!(blocks, ["One line.", "Sign up for our newsletter", "The mayor left.", "Old Mac", "Odd", "“Odd.”"]);
        let scraped = document.scraped.expect("text");
        assert!(scraped.ranges.iter().zip(&blocks).all(|(range, block)| scraped.text[range.clone()] == **block));
    }

    #[test]
    fn text_without_letters_has_no_blocks_or_some() {
        assert!(blocks(" \n\u{a0}\n").is_empty());
        assert_eq!(blocks("—").len(), 1);
        assert_eq!(blocks("\0").len(), 1);
    }

    #[test]
    fn a_line_that_has_lost_its_breaks_is_cut_into_sentences() {
        for (within, expected) in [
            ("It was late. \"We left,\" he said.", &["It was late.", "\"We left,\" he said."][..]),
            ("Sign up for our newsletter. The mayor left.", &["Sign up for our newsletter.", "The mayor left."]),
            ("Advertisement The mayor left.", &["Advertisement", "The mayor left."]),
            ("Anzeige Die Stadt zahlt.", &["Anzeige", "Die Stadt zahlt."]),
            ("He told The Associated Press so.", &["He told The Associated Press so."]),
            (
                "Mr. Smith, Dr. J. Roe and the U.S. Senate left on 3. May.",
                &["Mr. Smith, Dr. J. Roe and the U.S. Senate left on 3. May."],
            ),
            ("Er fragte: „Wann?“ Dann ging er…  So war es!", &["Er fragte: „Wann?“", "Dann ging er…", "So war es!"]),
            ("市长说。广告「好的。」他走了。", &["市长说。", "广告「好的。」他走了。"]),
            ("¿Quién? ¡Él! Y ya.", &["¿Quién?", "¡Él!", "Y ya."]),
            ("It cost 3.5 million. it seems.", &["It cost 3.5 million. it seems."]),
        ] {
            let blocks = blocks(&long_line(within));
            assert_eq!(blocks[1..blocks.len() - 1], *expected);
        }
        assert_eq!(blocks("One sentence. Two.\nThree. Four."), ["One sentence. Two.", "Three. Four."]);
    }

    #[test]
    fn words_behind_the_last_sentence_are_cut_from_it() {
        for (line, expected) in [
            ("The mayor left. Sign up for our newsletter", &["The mayor left.", "Sign up for our newsletter"][..]),
            ("Did he? No! Share this story", &["Did he? No!", "Share this story"]),
            ("The mayor left. Subscribe", &["The mayor left. Subscribe"]),
            ("The mayor left. Sign up for it.", &["The mayor left. Sign up for it."]),
            ("The mayor met Dr. Roe of the U.S. Senate", &["The mayor met Dr. Roe of the U.S. Senate"]),
            ("Sign up for our newsletter", &["Sign up for our newsletter"]),
            ("It cost 3.5 million", &["It cost 3.5 million"]),
        ] {
            assert_eq!(blocks(line), *expected);
        }
    }

    #[test]
    fn sentences_without_spaces_are_cut_in_any_line() {
        assert_eq!(blocks("点击下载客户端。县林业站说。"), ["点击下载客户端。", "县林业站说。"]);
        assert_eq!(
            blocks("社長は「残念。もう無理。」と話した。終わり。"),
            ["社長は「残念。もう無理。」と話した。", "終わり。"]
        );
        assert_eq!(blocks("終わり？はい！ そうだ。"), ["終わり？", "はい！", "そうだ。"]);
        assert_eq!(blocks("社長（談）。」終"), ["社長（談）。」", "終"]);
    }

    #[test]
    fn texts_of_many_lines_have_a_bound() {
        let blocks = segmented(&"a\n".repeat(MAX_BLOCKS + 10)).blocks;
        assert_eq!((blocks.len(), blocks.last().map(|block| block.text.len())), (MAX_BLOCKS + 1, Some(19)));
    }

    /// Bytes that are looked at for each of the text, beyond the one pass over them all.
    fn work(unit: &str, bytes: usize) -> f64 {
        let text = unit.repeat(bytes / unit.len() + 1);
        words::work::taken();
        cut(&text);
        words::work::taken() as f64 / text.len() as f64
    }

    #[test]
    fn work_is_in_proportion_to_the_text_whatever_its_lines() {
        for unit in [
            "aA",
            "optionsHollande",
            "inboxThe",
            "a. A",
            "A. ",
            ".\") ",
            "! ",
            "\"A\"",
            "“A",
            "… A",
            "TIMEFor",
            "x A The b ",
            "。",
            "Я",
            "яЯ",
            " ",
            "a",
            "\u{2028}",
            "2019The",
            &format!("{}{}", ".'".repeat(40), " ".repeat(500)),
        ] {
            let (short, long) = (work(unit, 20_000), work(unit, 200_000));
            assert!(long < 2.0 * REACH_TWICE && long < short * 1.5 + 1.0, "{unit:?}: {short} and {long}");
        }
    }

    /// A place of a text is looked at on both sides.
    const REACH_TWICE: f64 = 2.0 * words::REACH as f64;
}
