//! The body that stands in a page's structured data alone.

use rustc_hash::FxHashSet;

use crate::block::{Block, BlockKind, Document, Origin};

/// Share of the structured body's words that the page may show before it counts as shown.
const SHOWN: f64 = 0.5;
/// Words of a structured body that is a story.
const MIN_WORDS: usize = 60;

/// Adds the paragraphs of the structured body where the page itself does not show them.
pub(super) fn add_missing_body(document: &mut Document) {
    let Some(body) = &document.structured_body else { return };
    if share_shown(body, &document.blocks) >= SHOWN {
        return;
    }
    let blocks: Vec<Block> = body.lines().map(str::trim).filter(|line| !line.is_empty()).map(body_block).collect();
    document.blocks.extend(blocks);
}

fn body_block(line: &str) -> Block {
    Block {
        text: line.split_whitespace().collect::<Vec<_>>().join(" "),
        kind: BlockKind::Paragraph,
        link_chars: 0,
        emphasis_chars: 0,
        spans: Vec::new(),
        element: None,
        origin: Origin::StructuredData,
    }
}

/// The share of the body's words that stand in the blocks, by its different words of four letters and more. 1 where
/// the body is too short to be a story.
fn share_shown(body: &str, blocks: &[Block]) -> f64 {
    if crate::block::count_words(body) < MIN_WORDS {
        return 1.0;
    }
    let mut missing: FxHashSet<&str> = words(body).collect();
    let all = missing.len();
    for block in blocks {
        for word in words(&block.text) {
            missing.remove(word);
        }
    }
    if all == 0 { 1.0 } else { 1.0 - missing.len() as f64 / all as f64 }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3)
}
