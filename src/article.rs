//! What comes out: the blocks with their verdicts, and what they add up to.

mod rejoin;
mod settle;

use crate::block::{Block, BlockKind, Document, Elements, Image, Metadata, Truncation};
use crate::page::{ByteOrderMark, Page};
use crate::verdict::{Judgement, PageVerdict, Verdict};
use settle::Settled;
use url::Url;

/// A cleaned page: every block of it with its verdict, and what the page says of itself.
#[derive(Debug, Clone)]
pub struct Article {
    /// The address the page was served from.
    pub url: Option<Url>,
    /// Title, authors, dates and the like.
    pub metadata: Metadata,
    /// What the page as a whole is.
    pub verdict: PageVerdict,
    /// How likely it is that the story is right but for a twentieth of its words (shingle F1 of 0.95 or more), in
    /// 0..=1. Calibrated on pages of sites that training held out: of the pages with a confidence around 0.8, eight in
    /// ten are right so. Of plain text: how sure the verdicts are, not
    /// calibrated.
    pub confidence: f32,
    /// Every block of the page in its order.
    pub blocks: Vec<Judged>,
    /// The block-level elements that the blocks point into.
    pub elements: Elements,
    /// Pictures of the page, in order; [`Image::block`] counts [`Article::blocks`].
    pub images: Vec<Image>,
    /// Of text without markup: the story as it stood there. Where nothing was dropped it is the text that came in, byte
    /// for byte. Between two blocks that are left stands what stood there, the widest of the gaps where others stood
    /// between them, and a space of theirs where these were glued to both. It is a subsequence of the text's bytes.
    pub scraped: Option<String>,
    /// The byte order mark that stood ahead of it, no part of `scraped`.
    pub mark: ByteOrderMark,
    /// What a limit left out of the page; empty for nearly every page.
    pub truncated: Vec<Truncation>,
}

/// A block and what was decided of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The block.
    pub block: Block,
    /// The decision, with its reason.
    pub verdict: Verdict,
    /// Words of the block's text, as [`count_words`](crate::block::count_words) counts them.
    pub words: usize,
}

impl Judged {
    /// A block of which the words are still to be counted.
    pub fn new(block: Block, verdict: Verdict) -> Self {
        Judged { words: block.words(), block, verdict }
    }
}

impl Article {
    /// Puts a page's blocks and their verdicts together. A block without a verdict cannot be: the shorter of the
    /// two lists ends the article, and `judge` gives one verdict a block.
    pub fn assemble(page: &Page, document: Document, judgement: Judgement) -> Article {
        let Document { metadata, blocks, elements, images, scraped, truncated, .. } = document;
        let Judgement { verdicts, words, page: verdict, confidence } = judgement;
        let scraped = scraped.map(|scraped| rejoin::without_dropped(&scraped, &verdicts).text);
        let blocks = blocks.into_iter().zip(verdicts).zip(words);
        let blocks = blocks.map(|((block, verdict), words)| Judged { block, verdict, words }).collect();
        let (url, mark) = (page.url.clone(), page.mark);
        Article { url, metadata, verdict, confidence, blocks, elements, images, scraped, mark, truncated }
    }

    /// Likewise of text without markup, until nothing more goes: what is left of it is cut and judged again, by `judge`,
    /// as a second cleaning would do, which then has nothing to drop. A block of which a part went in a later round is
    /// two. A text that comes to no end stays as it came. Of a page with markup this is [`Article::assemble`].
    pub fn settle(
        page: &Page,
        mut document: Document,
        judgement: Judgement,
        mut judge: impl FnMut(&Page) -> (Document, Judgement),
    ) -> Article {
        let Some(scraped) = document.scraped.take() else { return Article::assemble(page, document, judgement) };
        let Document { metadata, blocks, elements, images, truncated, .. } = document;
        let rest = |text: String| {
            let Page { url, format, stated, encoding, mark, .. } = page;
            judge(&Page { text, url: url.clone(), format: *format, stated: stated.clone(), encoding, mark: *mark })
        };
        let Settled { blocks, text, verdict, confidence } = settle::settle(blocks, scraped, judgement, rest);
        let (url, mark, scraped) = (page.url.clone(), page.mark, Some(text));
        Article { url, metadata, verdict, confidence, blocks, elements, images, scraped, mark, truncated }
    }

    /// The blocks of the story, in order.
    pub fn kept(&self) -> impl Iterator<Item = &Judged> {
        self.blocks.iter().filter(|judged| judged.verdict.is_keep())
    }

    /// The blocks that went, in order.
    pub fn dropped(&self) -> impl Iterator<Item = &Judged> {
        self.blocks.iter().filter(|judged| !judged.verdict.is_keep())
    }

    /// Words of the story.
    pub fn words(&self) -> usize {
        self.kept().map(|judged| judged.words).sum()
    }

    /// Words that went.
    pub fn dropped_words(&self) -> usize {
        self.dropped().map(|judged| judged.words).sum()
    }

    /// The story as plain text: paragraphs separated by a blank line, list items and table rows as lines. Text that came
    /// without markup is as it was, but for what was dropped.
    ///
    /// ```
    /// let html = "<h1>Bridge reopens</h1><article>
    ///     <p>The bridge at Lower Fell reopened on Monday, two years after the flood took its middle arch.</p>
    ///     <p>About 300 people walked across it behind the town band, which played for an hour in the rain.</p>
    ///     <p>The county paid 4.1 million for the work, said Ana Orr, its engineer, and the rest came from a fund.</p>
    ///     </article>";
    /// assert!(cleancopy::clean(html, None).text().starts_with("The bridge"));
    /// ```
    pub fn text(&self) -> String {
        if let Some(scraped) = &self.scraped {
            return scraped.clone();
        }
        let mut text = String::new();
        let mut before: Option<BlockKind> = None;
        for judged in self.kept() {
            if let Some(before) = before {
                text.push_str(separator(before, judged.block.kind));
            }
            text.push_str(&judged.block.text);
            before = Some(judged.block.kind);
        }
        text
    }
}

/// What stands between two kept blocks of plain text.
fn separator(before: BlockKind, after: BlockKind) -> &'static str {
    match (before, after) {
        (BlockKind::ListItem { .. }, BlockKind::ListItem { .. }) | (BlockKind::TableRow, BlockKind::TableRow) => "\n",
        _ => "\n\n",
    }
}
