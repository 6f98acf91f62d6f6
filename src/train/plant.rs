//! Pages with lines that publishers plant between the paragraphs of a story: sign-ups, offers, prompts.
//!
//! Nearly all such lines of the corpora stand in boxes of their own, so a judge that learns from these alone takes whatever
//! stands in the form of the story's paragraphs for the story. The lines planted here are invented, and none says a phrase
//! of the lexicon as far as the judge is told: it has to know them by their other words.

use super::align::align;
use super::chance::{Chance, hash_of_name};
use super::data::{Documents, PageDocument};
use super::invented::Invented;
use crate::block::{Block, BlockKind, Elements, Spans};

/// One page in so many gets lines to learn from.
const PAGES: usize = 3;
/// The languages of these: of the others there are few pages, and what a last line has in common with a planted one, that it
/// shares few words with the rest, would be all there is to learn.
const LEARNED: [&str; 2] = ["de", "en"];
/// Most lines that a page gets.
const MAX_LINES: usize = 2;
/// Bytes of a paragraph behind which one may stand, and how many such paragraphs a story has to have.
const PARAGRAPH_BYTES: usize = 60;
const PARAGRAPHS: usize = 4;
/// One line in so many holds a link, which has one character in four; one in so many is all emphasised.
const LINKED: usize = 2;
const EMPHASISED: usize = 4;
/// Where the choices for a page begin: they are others than those for its text.
const BASIS: u64 = 0x51ed_270b_9f4a_7c15;

/// What lines are planted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To learn from: in some pages.
    Learning,
    /// To see what the judge makes of them: in all pages with a story long enough.
    Judging,
}

/// The pages, some with planted lines.
pub fn plant(documents: &Documents, invented: &Invented, purpose: Purpose) -> Documents {
    let planted = |page: &PageDocument| planted(page, &invented.pitches(page.fold, &page.language()), purpose);
    Documents { all: documents.all.iter().map(planted).collect() }
}

fn planted(page: &PageDocument, pitches: &[&str], purpose: Purpose) -> PageDocument {
    let mut copy = page.clone();
    let mut chance = Chance::new(hash_of_name(&page.gold.id, BASIS) | 1);
    let is_learned = chance.below(PAGES) == 0 && LEARNED.contains(&page.language().as_str());
    let is_chosen = is_learned || purpose == Purpose::Judging;
    if !is_chosen || pitches.is_empty() {
        return copy;
    }
    let places = places(page);
    if places.len() < PARAGRAPHS {
        return copy;
    }
    // Not behind the first: there the story has hardly begun.
    let lines = 1 + chance.below(MAX_LINES);
    let mut chosen: Vec<usize> = (0..lines).map(|_| places[1 + chance.below(places.len() - 1)]).collect();
    chosen.sort_unstable();
    chosen.dedup();
    // From the end on: the places ahead stay what they are.
    for place in chosen.into_iter().rev() {
        let mut line = line_like(&page.document.blocks[place], pitches[chance.below(pitches.len())], &mut chance);
        line.element = element_like(page, line.element, &mut copy.document.elements);
        copy.document.blocks.insert(place + 1, line);
        copy.planted.iter_mut().for_each(|at| *at += 1);
        copy.planted.push(place + 1);
    }
    copy
}

/// The paragraphs of a page's story behind which a line may stand.
fn places(page: &PageDocument) -> Vec<usize> {
    let Some(gold) = page.gold.text.as_deref().filter(|text| !text.is_empty()) else { return Vec::new() };
    let blocks = &page.document.blocks;
    let texts: Vec<&str> = blocks.iter().map(|block| &*block.text).collect();
    let labels = align(&texts, gold);
    let is_paragraph = |at: &usize| {
        labels[*at] && blocks[*at].kind == BlockKind::Paragraph && blocks[*at].text.len() > PARAGRAPH_BYTES
    };
    (0..blocks.len()).filter(is_paragraph).collect()
}

/// A line in the form of a paragraph.
fn line_like(paragraph: &Block, text: &str, chance: &mut Chance) -> Block {
    let chars = text.chars().count();
    Block {
        text: text.into(),
        link_chars: if chance.below(LINKED) == 0 { chars / 4 } else { 0 },
        emphasis_chars: if chance.below(EMPHASISED) == 0 { chars } else { 0 },
        spans: Spans::new(),
        ..paragraph.clone()
    }
}

/// The element of a line in the form of a paragraph: like its `p`, which would hold two blocks else, as no page's does.
fn element_like(page: &PageDocument, paragraph: Option<usize>, elements: &mut Elements) -> Option<usize> {
    let own = page.document.elements.get(paragraph?)?;
    if own.tag == "p" { Some(elements.push(&own)) } else { paragraph }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;
    use crate::segment::segment;
    use crate::train::corpus::GoldPage;

    const PARAGRAPH: &str = "The keeper opened the weir on Tuesday, and the first boats came down before noon.";

    fn page(paragraphs: usize) -> PageDocument {
        let texts: Vec<String> = (0..paragraphs).map(|number| format!("{PARAGRAPH} It was boat {number}.")).collect();
        let html = format!("<p>{}</p>", texts.join("</p><p>"));
        let page = Page::from_html(&html, None);
        let gold: GoldPage =
            serde_json::from_value(serde_json::json!({ "id": "a", "text": texts.join("\n") })).expect("a page of gold");
        PageDocument { corpus: 0, fold: 0, document: segment(&page), page, gold, planted: Vec::new() }
    }

    #[test]
    fn lines_stand_behind_paragraphs_of_the_story() {
        let page = page(8);
        let planted = planted(&page, &["It lands at six."], Purpose::Judging);
        assert!(!planted.planted.is_empty());
        assert_eq!(planted.document.blocks.len(), 8 + planted.planted.len());
        for at in &planted.planted {
            let (line, ahead) = (&planted.document.blocks[*at], &planted.document.blocks[*at - 1]);
            assert_eq!(line.text, "It lands at six.");
            let elements = &planted.document.elements;
            let around = |block: &Block| elements.get(block.element.expect("a paragraph's"));
            assert_eq!((line.kind, around(line)), (ahead.kind, around(ahead)));
            assert_ne!(line.element, ahead.element);
        }
    }

    #[test]
    fn short_stories_and_languages_without_lines_get_none() {
        assert!(planted(&page(3), &["It lands at six."], Purpose::Judging).planted.is_empty());
        assert!(planted(&page(8), &[], Purpose::Judging).planted.is_empty());
    }
}
