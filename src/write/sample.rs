//! Blocks and articles for the tests of the formats.

use crate::article::{Article, Judged};
use crate::block::{Block, BlockKind, Elements, Metadata, Origin, Spans};
use crate::page::ByteOrderMark;
use crate::verdict::{Evidence, PageVerdict, Reason, Role, Stage, Verdict};

/// A block without links and type.
pub(super) fn block(text: &str, kind: BlockKind) -> Block {
    Block {
        text: text.into(),
        kind,
        link_chars: 0,
        emphasis_chars: 0,
        spans: Spans::new(),
        element: None,
        origin: Origin::Page,
    }
}

/// An item of an unordered list.
pub(super) fn item(text: &str, depth: u8) -> Block {
    block(text, BlockKind::ListItem { depth, ordinal: None })
}

/// The block as one of the story.
pub(super) fn kept(block: Block) -> Judged {
    let reason = Reason {
        role: Role::Story,
        stage: Stage::Score,
        evidence: vec![Evidence::InMainContainer],
        story_likelihood: 0.98765,
    };
    Judged::new(block, Verdict::Keep(reason))
}

/// The block as one that went, for a phrase in it.
pub(super) fn dropped(block: Block, phrase: &str) -> Judged {
    let reason = Reason {
        role: Role::Newsletter,
        stage: Stage::Rule,
        evidence: vec![Evidence::Phrase(phrase.to_owned())],
        story_likelihood: 0.01,
    };
    Judged::new(block, Verdict::Drop(reason))
}

/// An article of these blocks that says nothing of itself.
pub(super) fn article(blocks: Vec<Judged>) -> Article {
    Article {
        url: None,
        metadata: Metadata::default(),
        verdict: PageVerdict::Article,
        confidence: 0.912_345,
        blocks,
        elements: Elements::default(),
        images: Vec::new(),
        scraped: None,
        mark: ByteOrderMark::None,
        truncated: Vec::new(),
    }
}

/// An article whose story these blocks are.
pub(super) fn story(blocks: Vec<Block>) -> Article {
    article(blocks.into_iter().map(kept).collect())
}

/// What a format writes for an article from nowhere.
pub(super) fn written(format: &dyn super::Format, article: &Article) -> String {
    written_outcome(format, Ok(article))
}

/// What a format writes for an outcome of the source `page.html`.
pub(super) fn written_outcome(format: &dyn super::Format, outcome: Result<&Article, &super::Failure>) -> String {
    let mut out = Vec::new();
    format.write(&super::Record { source: "page.html", envelope: None, outcome }, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A failure that may pass.
pub(super) fn failure() -> super::Failure {
    super::Failure { kind: "timeout".to_owned(), message: "No answer for 30 s.".to_owned(), retryable: true }
}
