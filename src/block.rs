//! A page as a list of blocks. One block is one line a reader could delete: a paragraph, a heading, a list item.

mod elements;
mod hash;
mod name_word;
mod scan;
mod script;
pub(crate) mod sixteen;
mod stretch;
mod words;
mod written;

use bytestring::ByteString;
use serde::Serialize;
use smallvec::SmallVec;
use std::ops::Range;

use url::Url;

pub use elements::{Element, ElementPath, Elements};
pub(crate) use hash::{ascii_word_hash, word_hash};
pub(crate) use name_word::name_word;
pub(crate) use scan::{Scan, word_hashes};
pub(crate) use script::is_hangul;
pub use script::is_unspaced;
pub use words::count_words;
pub(crate) use words::has_words;
pub(crate) use written::written_words;

/// A page cut into blocks, in reading order, with what the page says of itself.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The address the page was served from.
    pub url: Option<Url>,
    /// Title, authors, dates and the like.
    pub metadata: Metadata,
    /// The blocks, in the order of the page. None is empty but for spaces.
    pub blocks: Vec<Block>,
    /// The block-level elements of the page; blocks and elements point into it.
    pub elements: Elements,
    /// Pictures of the page, in order.
    pub images: Vec<Image>,
    /// What the page as a whole shows.
    pub signs: PageSigns,
    /// The body of the story as the page's structured data gives it (`articleBody`), plain, one paragraph a line; where
    /// it gives none and the page shows little text, as the data of the page's programs does. It may be cut short or be
    /// of another story.
    pub structured_body: Option<String>,
    /// The text itself, where the page has no markup.
    pub scraped: Option<Scraped>,
    /// What a limit left out; empty for nearly every page.
    pub truncated: Vec<Truncation>,
}

/// What a limit left out of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Truncation {
    /// What stands behind the last tag or text that is read.
    Nodes,
    /// Tags nested too deep; their text is there.
    Depth,
    /// Attributes: too many in one tag, or too long.
    Attributes,
    /// What stands behind the last block.
    Blocks,
    /// A JSON-LD script that is too long.
    StructuredData,
    /// A script of other data that is too long.
    PageData,
}

impl Truncation {
    /// All of them, in the order of their declaration.
    pub const ALL: [Truncation; 6] = [
        Truncation::Nodes,
        Truncation::Depth,
        Truncation::Attributes,
        Truncation::Blocks,
        Truncation::StructuredData,
        Truncation::PageData,
    ];
}

/// Text without markup, and where the blocks stand in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scraped {
    /// The text as it came.
    pub text: String,
    /// The bytes of each block in `text`, on character boundaries, in order. What is between two blocks is white space,
    /// or nothing where an insert was glued to the story.
    pub ranges: Vec<Range<usize>>,
}

impl Document {
    /// The block ancestors of `block`, nearest first.
    pub fn path<'a>(&'a self, block: &Block) -> ElementPath<'a> {
        ElementPath { elements: &self.elements, next: block.element }
    }
}

/// One line of a page that a reader could delete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The words, white space collapsed to single spaces; in [`BlockKind::Preformatted`] as written. A table row's
    /// cells are joined by ` | `. A piece of one text of the whole page, which it keeps in memory.
    pub text: ByteString,
    /// What the markup says it is.
    pub kind: BlockKind,
    /// Characters of `text` inside links.
    pub link_chars: usize,
    /// Characters of `text` inside bold or italic type.
    pub emphasis_chars: usize,
    /// Links and type inside `text`, ordered by start, none empty.
    pub spans: Spans,
    /// The nearest block-level element around the block: an index into [`Document::elements`].
    pub element: Option<usize>,
    /// Where the words stand in the page.
    pub origin: Origin,
}

impl Block {
    /// Characters (Unicode scalar values) of the text.
    pub fn chars(&self) -> usize {
        if self.text.is_ascii() { self.text.len() } else { self.text.chars().count() }
    }

    /// Words of the text, as [`count_words`] counts them.
    pub fn words(&self) -> usize {
        count_words(&self.text)
    }

    /// Link characters / characters, in 0..=1 (Kohlschütter et al., "Boilerplate Detection using Shallow Text
    /// Features", 2010). 0 for an empty block.
    pub fn link_density(&self) -> f64 {
        ratio(self.link_chars, self.chars())
    }

    /// Emphasised characters / characters, in 0..=1. 0 for an empty block.
    pub fn emphasis_density(&self) -> f64 {
        ratio(self.emphasis_chars, self.chars())
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// What the markup says a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// An item of a list.
    ListItem {
        /// Lists around the item's own; 0 for an outermost list.
        depth: u8,
        /// Its number in an ordered list.
        ordinal: Option<u32>,
    },
    /// A paragraph of a quotation.
    Quote,
    /// A row of a table.
    TableRow,
    /// Text whose line breaks are its own.
    Preformatted,
    /// The words under a picture.
    Caption,
}

/// Where a block's words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Origin {
    /// In the page's own text.
    #[default]
    Page,
    /// In the page's data alone (the `articleBody` of its JSON-LD, or what its programs read): it is shown by script.
    StructuredData,
}

/// The links and type of a block: most have one or none, which needs no memory of its own.
pub type Spans = SmallVec<[Span; 1]>;

/// A stretch of a block's text that is a link or stands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Bytes of [`Block::text`], on character boundaries.
    pub range: Range<usize>,
    /// What it is.
    pub kind: SpanKind,
}

/// What a [`Span`] is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpanKind {
    /// A link, its target made absolute where the page's address is known; as written where it cannot be resolved. It is
    /// a piece of one text of the whole page, which a link around many blocks shares with each.
    Link(ByteString),
    /// Bold type.
    Strong,
    /// Italic type.
    Emphasis,
    /// Code.
    Code,
}

/// A picture of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Its address, absolute where the page's address is known.
    pub src: String,
    /// Its alternative text; empty where there is none.
    pub alt: String,
    /// The number of blocks ahead of it.
    pub block: usize,
    /// The nearest block-level element around it: an index into [`Document::elements`].
    pub element: Option<usize>,
}

/// What the page as a whole shows, beside its blocks.
#[allow(clippy::struct_excessive_bools, reason = "each is a sign of its own")]
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageSigns {
    /// The page says it is a live ticker (`LiveBlogPosting`).
    pub live: bool,
    /// The page says that its story is not free (`isAccessibleForFree: false`).
    pub not_free: bool,
    /// The page says it is an article (`NewsArticle` and the like, `og:type` article).
    pub article: bool,
    /// What kind of article the page's structured data says it is.
    pub genre: Genre,
    /// Elements `script` of the page.
    pub scripts: usize,
    /// Text of `noscript` elements, up to 2,000 bytes: a page that needs JavaScript says so here.
    pub noscript: String,
    /// The text was plain: nothing is known of its markup.
    pub plain_text: bool,
}

/// The kind of article that a page's structured data (schema.org, JSON-LD) names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Genre {
    /// It names none, or gives no structured data.
    #[default]
    Unsaid,
    /// An article of another kind: `Article`, `Review`, `Recipe` and the like.
    Article,
    /// A post of a blog: `BlogPosting`.
    Blog,
    /// News: `NewsArticle`, its kinds, `LiveBlogPosting`.
    News,
}

/// What a page says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// The headline, without the site's name.
    pub title: Option<String>,
    /// Names of the authors, in order, without "By", roles and addresses.
    pub authors: Vec<String>,
    /// When it was published: RFC 3339, or a bare date; the day as published in its own zone.
    pub date: Option<String>,
    /// When it was last changed, likewise.
    pub modified: Option<String>,
    /// The name of the site.
    pub site: Option<String>,
    /// The language: a BCP 47 tag such as `en` or `pt-BR`.
    pub lang: Option<String>,
    /// The page's summary of itself.
    pub description: Option<String>,
    /// The address of the lead picture.
    pub image: Option<String>,
    /// The section of the paper.
    pub section: Option<String>,
    /// Tags or keywords.
    pub tags: Vec<String>,
    /// The address the page gives as its own.
    pub canonical_url: Option<Url>,
}
