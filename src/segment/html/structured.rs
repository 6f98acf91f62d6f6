//! The body that stands in a page's data alone: in its structured data, or in what its programs read.

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::super::budget::Budget;
use super::super::metadata::{BodyLine, Shown, body_of_page_data, key};
use crate::block::{Block, BlockKind, Document, Origin, Spans, Truncation, has_words, written_words};

/// Share of the body's words that the page may show before it counts as shown.
const SHOWN: f64 = 0.5;
/// Words of a body that is a story.
const MIN_WORDS: usize = 60;
/// Words of running text from which a page shows its story: its data is not read.
const SHOWS_STORY_WORDS: usize = 400;
/// Words of a paragraph that counts as running text of a page.
const PARAGRAPH_WORDS: usize = 15;
/// Link density up to which it does.
const PARAGRAPH_LINKS: f64 = 0.3;
/// Words of a line that stands for itself wherever it stands: by it the body finds its place in the page.
const ANCHOR_WORDS: usize = 8;
/// Paragraphs cut short that are compared with the body; a page of more is a list of teasers.
const MAX_CUT: usize = 20;

/// Adds the paragraphs of the body where the page itself does not show them. `page_data` is searched for one only where
/// the structured data gives none and the page shows little text: it may be megabytes.
pub(super) fn add_missing_body(document: &mut Document, page_data: &[&str], budget: &Budget<'_>) {
    let found = match &document.structured_body {
        Some(_) => None,
        None if page_data.is_empty() || shows_story(&document.blocks) => return,
        None => {
            let max_bytes = budget.limits.max_page_data_bytes;
            if page_data.iter().any(|script| script.len() > max_bytes) {
                budget.hit(Truncation::PageData);
            }
            let scripts: Vec<&str> = page_data.iter().copied().filter(|script| script.len() <= max_bytes).collect();
            let Some(lines) = body_of_page_data(&scripts, || shown(document)) else { return };
            document.structured_body = Some(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n"));
            Some(lines)
        }
    };
    let Some(body) = &document.structured_body else { return };
    if !is_shown(body, &document.blocks) {
        let lines = found.unwrap_or_else(|| body.lines().filter_map(paragraph).collect());
        insert(document, lines);
    }
}

fn paragraph(line: &str) -> Option<BodyLine> {
    let text = line.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(BodyLine { text, kind: BlockKind::Paragraph, link_chars: 0 })
}

fn shows_story(blocks: &[Block]) -> bool {
    let is_running = |block: &&Block| {
        !matches!(block.kind, BlockKind::Heading(_) | BlockKind::Caption) && block.link_density() <= PARAGRAPH_LINKS
    };
    let words = blocks.iter().filter(is_running).map(Block::words).filter(|words| *words >= PARAGRAPH_WORDS);
    words.sum::<usize>() >= SHOWS_STORY_WORDS
}

fn shown(document: &Document) -> Shown {
    Shown {
        title: key(document.metadata.title.as_deref().unwrap_or_default()),
        lines: document.blocks.iter().map(|block| key(&block.text)).collect(),
    }
}

/// Puts the lines of a body that the page does not show where they belong: behind the one ahead of them that it does
/// show, in the same box. Of a body of which it shows nothing, all stand at the end.
fn insert(document: &mut Document, lines: Vec<BodyLine>) {
    let anchors = anchors(document, &lines);
    let end = document.blocks.len();
    let first = anchors.iter().flatten().next().copied();
    let (mut place, mut element) = (first.unwrap_or(end), first.and_then(|first| box_of(document, first)));
    let mut missing: Vec<(usize, Block)> = Vec::new();
    for (line, anchor) in lines.into_iter().zip(anchors) {
        if let Some(anchor) = anchor {
            (place, element) = (anchor + 1, box_of(document, anchor));
            let block = &mut document.blocks[anchor];
            if is_cut(&block.text) && line.text.len() > block.text.len() {
                *block = body_block(line, block.element);
            }
        } else {
            missing.push((place, body_block(line, element)));
        }
    }
    for image in &mut document.images {
        image.block += missing.partition_point(|(place, _)| *place < image.block);
    }
    let mut missing = missing.into_iter().peekable();
    let mut blocks = Vec::with_capacity(end + missing.len());
    for (index, block) in std::mem::take(&mut document.blocks).into_iter().enumerate() {
        while let Some((_, added)) = missing.next_if(|(place, _)| *place <= index) {
            blocks.push(added);
        }
        blocks.push(block);
    }
    blocks.extend(missing.map(|(_, added)| added));
    document.blocks = blocks;
}

/// The element that the paragraphs beside a block stand in.
fn box_of(document: &Document, block: usize) -> Option<usize> {
    let own = document.blocks.get(block)?.element?;
    if document.elements.tag(own) == "p" { document.elements.parent(own) } else { Some(own) }
}

/// For each line, the block that shows it or its beginning, in the order of both. What is hidden or in a menu shows
/// nothing.
fn anchors(document: &Document, lines: &[BodyLine]) -> Vec<Option<usize>> {
    let mut known: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    let mut cut: Vec<(usize, String)> = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        let is_unseen = || document.path(block).any(|element| element.hidden || element.tag == "nav");
        if block.words() < ANCHOR_WORDS || is_unseen() {
            continue;
        }
        if is_cut(&block.text) && cut.len() < MAX_CUT {
            cut.push((index, key(&block.text)));
        }
        known.entry(key(&block.text)).or_default().push(index);
    }
    let mut from = 0;
    let place = |line: &BodyLine| {
        let line = key(&line.text);
        let whole = known.get(&line).and_then(|places| places.iter().copied().find(|place| *place >= from));
        let begun =
            || cut.iter().find(|(place, start)| *place >= from && line.starts_with(start)).map(|(place, _)| *place);
        let place = whole.or_else(begun)?;
        from = place + 1;
        Some(place)
    };
    lines.iter().map(place).collect()
}

/// Whether a paragraph ends where the page cuts it short.
fn is_cut(text: &str) -> bool {
    text.ends_with('…') || text.ends_with("...")
}

fn body_block(line: BodyLine, element: Option<usize>) -> Block {
    Block {
        text: line.text.into(),
        kind: line.kind,
        link_chars: line.link_chars,
        emphasis_chars: 0,
        spans: Spans::new(),
        element,
        origin: Origin::StructuredData,
    }
}

/// Whether half of the body's words stand in the blocks, by its different words of four letters and more. So does one that
/// is too short to be a story.
fn is_shown(body: &str, blocks: &[Block]) -> bool {
    /// Bytes of a body for each different word of it, about.
    const BYTES_A_WORD: usize = 12;
    if !has_words(body, MIN_WORDS) {
        return true;
    }
    let mut missing = FxHashSet::with_capacity_and_hasher(body.len() / BYTES_A_WORD, FxBuildHasher);
    missing.extend(words(body));
    let may_be_missing = missing.len() as f64 * (1.0 - SHOWN);
    let mut blocks = blocks.iter();
    while missing.len() as f64 > may_be_missing {
        let Some(block) = blocks.next() else { return false };
        for word in words(&block.text) {
            missing.remove(word);
        }
    }
    true
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    written_words(text).filter(|word| word.len() > 3)
}

#[cfg(test)]
mod tests {
    use super::super::segment_html;
    use crate::block::{Document, Origin};
    use crate::options::PageParser;
    use crate::page::Page;
    use crate::segment::budget::Budget;

    const LINES: [&str; 6] = [
        "The weir above the old mill was opened again on Tuesday after two winters of repairs by the county.",
        "The first boats came down before noon while the town looked on from the bridge and from the quay.",
        "Nobody had been sure that the gates, which were cut from one oak, would hold the spring flood back.",
        "They held, said the keeper, who had slept beside them with a lamp for the whole of the first week.",
        "The next work is to the fish ladder, which has stood dry since a barge took its upper end away.",
        "The money for it is to come from the county, which has not said so yet but has been asked to by letter.",
    ];

    fn page(shown: &str) -> Document {
        let paragraphs: Vec<String> =
            LINES.iter().map(|line| format!(r#"{{"type": "p", "children": [{{"text": "{line}"}}]}}"#)).collect();
        let data = format!(
            r#"{{"story": {{"title": "Weir", "settings": "{}", "text": [{}]}}}}"#,
            "x".repeat(1_000),
            paragraphs.join(",")
        );
        let html = format!(
            r#"<title>Weir</title><h1>Weir</h1><main><div>{shown}</div></main><img src=a.png><p>Terms</p><img src=b.png>
            <script type="application/json">{data}</script>"#
        );
        Budget::usual(|budget| segment_html(&Page::from_html(&html, None), PageParser::Streaming, budget))
    }

    fn story(document: &Document) -> Vec<&str> {
        document.blocks.iter().map(|block| &*block.text).filter(|text| LINES.contains(text)).collect()
    }

    #[test]
    fn what_the_page_does_not_show_follows_what_it_shows() {
        let document = page(&format!("<p>{}</p><p>{}</p>", LINES[0], LINES[1]));
        assert_eq!(story(&document), LINES);
        assert_eq!(document.blocks.last().map(|block| &*block.text), Some("Terms"));
        // A picture stays where it was among the blocks of the page.
        let places: Vec<usize> = document.images.iter().map(|image| image.block).collect();
        assert_eq!(places, [3, 8]);
        let added = document.blocks.iter().find(|block| block.origin == Origin::StructuredData);
        let path: Vec<&str> =
            added.into_iter().flat_map(|block| document.path(block)).map(|element| element.tag).collect();
        assert_eq!(path.first(), Some(&"div"));
    }

    #[test]
    fn what_stands_ahead_of_the_part_that_is_shown_goes_ahead_of_it() {
        assert_eq!(story(&page(&format!("<p>{}</p>", LINES[1]))), LINES);
    }

    #[test]
    fn a_paragraph_that_the_page_cuts_short_is_shown_whole() {
        let begun = &LINES[1][..60];
        let document = page(&format!("<p>{}</p><p>{begun}…</p>", LINES[0]));
        assert_eq!(story(&document), LINES);
        assert!(document.blocks.iter().all(|block| !block.text.ends_with('…')));
    }

    #[test]
    fn a_page_that_shows_nothing_gets_all() {
        assert_eq!(story(&page("")), LINES);
    }

    #[test]
    fn what_is_hidden_is_not_shown() {
        let document = page(&format!("<div hidden><p>{}</p></div>", LINES[0]));
        assert_eq!(story(&document).get(1..), Some(&LINES[..]));
    }

    #[test]
    fn a_page_that_shows_its_text_is_left_as_it_is() {
        let whole: String = format!("<p>{}</p>", LINES.join("</p><p>"));
        assert!(page(&whole).blocks.iter().all(|block| block.origin == Origin::Page));
        let other = "<p>Another story altogether, which goes on about something else for as long as it likes to.</p>"
            .repeat(30);
        let document = page(&other);
        assert!(document.blocks.iter().all(|block| block.origin == Origin::Page));
        assert_eq!(document.structured_body, None);
    }
}
