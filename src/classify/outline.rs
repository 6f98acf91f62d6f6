//! Where a block stands in the page's outline: its heading, its run of blocks of one kind, the line of credits above it,
//! the headline.

use crate::block::{Block, BlockKind, Document, word_hashes};

use super::around::distances;
use super::lines::Line;
use super::mentions::{Mentions, count_runs};

/// Levels between a block and what holds the headline too, from which it makes no difference.
const FAR: u8 = 12;
/// Words of the longest line that may name an author or the like.
const CREDIT_WORDS: f32 = 30.0;

/// The outline of a page.
pub(super) struct Outline {
    /// For each block, the last heading above it.
    pub(super) headings: Vec<Option<usize>>,
    /// For each block, the number of its run.
    run_of: Vec<usize>,
    /// The runs of blocks of one kind.
    runs: Vec<Run>,
    /// For each block, the blocks since a line that names an author; 99 where there is none.
    pub(super) since_credit: Vec<f32>,
    /// For each block, whether it is a line that names an author.
    pub(super) credits: Vec<bool>,
    /// How the page's authors and its site are called.
    pub(super) mentions: Mentions,
    /// For each element, the levels up to one that holds the headline too.
    to_headline: Vec<u8>,
}

/// Blocks in a row that are of one kind.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Run {
    pub(super) blocks: f32,
    pub(super) words: f32,
    pub(super) chars: f32,
    pub(super) link_chars: f32,
    /// How the block ahead of it ends, as [`Line::ending`] has it; -1 where there is none.
    pub(super) intro: f32,
}

impl Outline {
    pub(super) fn of(document: &Document, lines: &[Line<'_>], headline: Option<usize>) -> Self {
        let (run_of, runs) = runs(&document.blocks, lines);
        let credits = credits(document, lines);
        Outline {
            headings: headings(&document.blocks),
            run_of,
            runs,
            since_credit: distances(credits.iter().copied()),
            mentions: Mentions::of(&document.metadata),
            to_headline: levels_to_headline(document, headline),
            credits,
        }
    }

    /// The run that a block stands in.
    pub(super) fn run(&self, block: usize) -> Run {
        self.run_of.get(block).and_then(|run| self.runs.get(*run)).copied().unwrap_or_default()
    }

    /// Levels from an element up to one that holds the headline too, [`FAR`] at the most.
    pub(super) fn levels_to_headline(&self, element: Option<usize>) -> f32 {
        f32::from(element.and_then(|element| self.to_headline.get(element)).copied().unwrap_or(FAR))
    }
}

fn headings(blocks: &[Block]) -> Vec<Option<usize>> {
    let mut last = None;
    let above = |(index, block): (usize, &Block)| {
        let above = last;
        if matches!(block.kind, BlockKind::Heading(_)) {
            last = Some(index);
        }
        above
    };
    blocks.iter().enumerate().map(above).collect()
}

fn runs(blocks: &[Block], lines: &[Line<'_>]) -> (Vec<usize>, Vec<Run>) {
    let mut runs: Vec<Run> = Vec::with_capacity(blocks.len());
    let mut run_of = Vec::with_capacity(blocks.len());
    for (index, (block, line)) in blocks.iter().zip(lines).enumerate() {
        let ahead = index.checked_sub(1);
        let goes_on = ahead
            .is_some_and(|ahead| std::mem::discriminant(&blocks[ahead].kind) == std::mem::discriminant(&block.kind));
        if !goes_on {
            runs.push(Run { intro: ahead.map_or(-1.0, |ahead| lines[ahead].ending), ..Run::default() });
        }
        if let Some(run) = runs.last_mut() {
            run.blocks += 1.0;
            run.words += line.words;
            run.chars += line.chars;
            run.link_chars += block.link_chars as f32;
        }
        run_of.push(runs.len() - 1);
    }
    (run_of, runs)
}

/// Whether each line is short and names an author.
fn credits(document: &Document, lines: &[Line<'_>]) -> Vec<bool> {
    let authors: Vec<Vec<u64>> = document.metadata.authors.iter().map(|author| word_hashes(author)).collect();
    let names_author = |line: &Line<'_>| {
        line.words < CREDIT_WORDS && authors.iter().any(|author| count_runs(line.hashes(), author) > 0)
    };
    lines.iter().map(names_author).collect()
}

fn levels_to_headline(document: &Document, headline: Option<usize>) -> Vec<u8> {
    let elements = &document.elements;
    let mut holds = vec![false; elements.len()];
    let mut next = headline.and_then(|headline| document.blocks[headline].element);
    while let Some(element) = next.filter(|element| *element < elements.len()) {
        holds[element] = true;
        next = elements.parent(element);
    }
    let mut levels: Vec<u8> = Vec::with_capacity(elements.len());
    for (index, holds) in holds.into_iter().enumerate() {
        // An element stands behind its parent in the list.
        let around = elements.parent(index).and_then(|parent| levels.get(parent)).copied().unwrap_or(FAR);
        levels.push(if holds { 0 } else { around.saturating_add(1).min(FAR) });
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;
    use crate::page::Page;
    use crate::segment::segment;

    fn seen<T>(html: &str, see: impl Fn(&Document, &Outline) -> T) -> T {
        let document = segment(&Page::from_html(html, None));
        let knowledge = Knowledge::builtin();
        let lines = Line::all(&document, &knowledge.lexicon);
        see(&document, &Outline::of(&document, &lines, Some(0)))
    }

    #[test]
    fn a_run_knows_how_it_is_announced() {
        let html = "<h1>Tides</h1><p>Bring these:</p><ul><li>Boots<li>A lamp<li>Bread</ul><p>Then go.</p>";
        seen(html, |_, outline| {
            let run = outline.run(3);
            assert!((run.blocks - 3.0).abs() < 0.1 && (run.words - 4.0).abs() < 0.1);
            assert!((run.intro - 3.0).abs() < 0.1, "a colon: {}", run.intro);
            assert_eq!(outline.headings, [None, Some(0), Some(0), Some(0), Some(0), Some(0)]);
        });
    }

    #[test]
    fn levels_are_counted_to_what_holds_the_headline() {
        let html = "<main><h1>Tides</h1><p>In the main text.</p><div><aside><p>Aside.</p></aside></div></main>";
        let levels = seen(html, |document, outline| {
            document.blocks.iter().map(|block| outline.levels_to_headline(block.element)).collect::<Vec<_>>()
        });
        assert!(levels[0] < levels[1] && levels[1] < levels[2], "{levels:?}");
    }
}
