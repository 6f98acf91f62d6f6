//! Where a block stands in the page's outline: its heading, its run of blocks of one kind, the line of credits above it,
//! the headline.

use crate::block::{Block, BlockKind, Document, word_hashes};

use super::around::distances;
use super::lines::Line;

/// Levels between a block and what holds the headline too, from which it makes no difference.
const FAR: u8 = 12;
/// Words of the longest line that may name an author or the like.
const CREDIT_WORDS: f32 = 30.0;
/// Letters of the shortest last name that tells an author from a common word.
const NAME_LETTERS: usize = 4;
/// Letters of the shortest host that tells a site's name from a common word.
const HOST_LETTERS: usize = 5;

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
    /// For each block, how often it names an author, in full or by the last name.
    pub(super) author_names: Vec<f32>,
    /// For each block, how often it names the site.
    pub(super) site_names: Vec<f32>,
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
            author_names: author_names(document, lines),
            site_names: site_names(document, lines),
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

/// How often each line names an author by the last name, which a full name ends with.
fn author_names(document: &Document, lines: &[Line<'_>]) -> Vec<f32> {
    let last = |author: &String| {
        let name = author.rsplit(char::is_whitespace).next().filter(|name| name.chars().count() >= NAME_LETTERS)?;
        word_hashes(name).first().copied()
    };
    let names: Vec<u64> = document.metadata.authors.iter().filter_map(last).collect();
    let count = |line: &Line<'_>| line.hashes().iter().filter(|word| names.contains(word)).count().min(3) as f32;
    lines.iter().map(count).collect()
}

/// How often each line names the site: by its name, by the first two words of a long one, by its host.
fn site_names(document: &Document, lines: &[Line<'_>]) -> Vec<f32> {
    let metadata = &document.metadata;
    let name = metadata.site.as_deref().map(word_hashes).unwrap_or_default();
    let host = metadata.canonical_url.as_ref().and_then(url::Url::host_str).unwrap_or_default();
    let label = host.rsplit('.').nth(1).filter(|label| label.len() >= HOST_LETTERS).unwrap_or_default();
    let label = word_hashes(label);
    let short = if name.len() > 2 { &name[..2] } else { &name[..] };
    let names = |line: &Line<'_>| {
        let words = line.hashes();
        let count = count_runs(words, short).max(count_runs(words, &label));
        count.min(3) as f32
    };
    lines.iter().map(names).collect()
}

/// How often a run of words stands in a line; an empty run never does.
fn count_runs(words: &[u64], run: &[u64]) -> usize {
    let Some(first) = run.first() else { return 0 };
    words.windows(run.len()).filter(|window| window[0] == *first && *window == run).count()
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
        let url = url::Url::parse("https://www.harbourherald.test/a").ok();
        let mut document = segment(&Page::from_html(html, url.clone()));
        document.metadata.canonical_url = url;
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
    fn the_site_is_named_by_its_host() {
        let html = "<h1>Tides</h1><p>Read HarbourHerald daily, HarbourHerald by night.</p><p>The harbour is full.</p>";
        let names = seen(html, |_, outline| outline.site_names.clone());
        assert!(names[1] > 1.5 && names[2] < 0.5, "{names:?}");
    }

    #[test]
    fn an_author_is_known_by_the_last_name() {
        let html = r#"<meta name="author" content="Ada Marlow"><h1>Tides</h1><p>Marlow covers the coast. Reach Ada Marlow by
            post.</p><p>Ada is a name of many.</p>"#;
        let names = seen(html, |_, outline| outline.author_names.clone());
        assert_eq!(names, [0.0, 2.0, 0.0]);
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
