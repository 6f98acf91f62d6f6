//! The walk that cuts an HTML page into blocks. A block ends at every block-level boundary and at `<br><br>`.

mod builder;
mod elements;
mod images;
mod structured;
mod tables;
mod tags;
#[cfg(test)]
mod tests;
mod texts;

use super::budget::Budget;
use super::dom::{Dom, DomElement, Event, Walk};
use super::metadata::read_facts;
use super::slim::{AttributeName, Tag};
use crate::block::{Block, BlockKind, Document, Elements, Image, Truncation};
use crate::options::PageParser;
use crate::page::Page;
use builder::TextBuilder;
use elements::ElementStack;
use images::{ImageReader, PicturePlace};
use tags::{InlineKind, TagClass, classify_tag};
use texts::{BuiltText, OpenKind};

/// The blocks of an HTML page, with its metadata.
pub(super) fn segment_html(page: &Page, parser: PageParser, budget: &Budget<'_>) -> Document {
    let (dom, scripts) = Dom::parse_by(parser, &page.text, budget);
    let facts = read_facts(page, &scripts, &dom);
    let base = page.url.clone().or_else(|| facts.metadata.canonical_url.clone());
    let mut cutter = Cutter::new(ImageReader::new(base), dom.element_count());
    cutter.cut(dom.walk(), budget);
    let (blocks, elements, images) = cutter.finish();
    let mut document = Document {
        url: None,
        scraped: None,
        metadata: facts.metadata,
        signs: facts.signs,
        structured_body: facts.structured_body,
        blocks,
        elements,
        images,
        truncated: Vec::new(),
    };
    structured::add_missing_body(&mut document, &scripts.page_data, budget);
    document
}

/// The state of the walk.
struct Cutter {
    blocks: Vec<OpenBlock>,
    images: Vec<Image>,
    elements: ElementStack,
    /// What the elements are that the walk is in.
    open: Vec<TagClass>,
    text: TextBuilder,
    reader: ImageReader,
    lists: Vec<List>,
    items: Vec<OpenItem>,
    /// Line breaks since the last text.
    breaks: usize,
    /// Data tables that are open; a table inside one is part of its cell.
    data_tables: usize,
    /// Elements `pre` that are open.
    preformatted: usize,
}

/// A block whose text is still among those of the page.
struct OpenBlock {
    built: BuiltText,
    kind: BlockKind,
    element: Option<usize>,
}

/// A list that is open.
struct List {
    next_ordinal: Option<u32>,
}

/// A list item that is open.
struct OpenItem {
    first_block: usize,
    kind: BlockKind,
}

impl Cutter {
    /// A walk that has met nothing yet, for a page of so many elements.
    fn new(reader: ImageReader, elements: usize) -> Self {
        Cutter {
            // Of pages of news a third as many as elements.
            blocks: Vec::with_capacity(elements / 3),
            images: Vec::new(),
            elements: ElementStack::with_room(elements),
            open: Vec::new(),
            text: TextBuilder::default(),
            reader,
            lists: Vec::new(),
            items: Vec::new(),
            breaks: 0,
            data_tables: 0,
            preformatted: 0,
        }
    }

    fn cut(&mut self, mut walk: Walk<'_>, budget: &Budget<'_>) {
        while let Some(event) = walk.next() {
            if self.blocks.len() >= budget.limits.max_blocks && !matches!(event, Event::Close(_)) {
                budget.hit(Truncation::Blocks);
                return;
            }
            if !budget.step() {
                return;
            }
            match event {
                Event::Open(element) => self.open(element, &mut walk),
                Event::Text(text) => self.text(text),
                Event::Close(element) => self.close(element),
            }
        }
        self.end_block();
    }

    /// The blocks, the elements that they stand in, and the pictures.
    fn finish(self) -> (Vec<Block>, Elements, Vec<Image>) {
        let texts = self.text.finish_page();
        let block = |OpenBlock { built, kind, element }: &OpenBlock| texts.block(built, *kind, *element);
        (self.blocks.iter().map(block).collect(), self.elements.finish(), self.images)
    }

    fn open<'a>(&mut self, element: DomElement<'a>, walk: &mut Walk<'a>) {
        let class = self.class_of(element);
        self.open.push(class);
        match class {
            TagClass::Skipped => {
                self.reader.read_inside(element, self.picture_place(), &mut self.images);
                walk.skip_inside(element);
            }
            TagClass::Break => self.line_break(),
            TagClass::Image => self.reader.read(element, self.picture_place(), &mut self.images),
            TagClass::Inline(kind) => self.open_inline(element, kind),
            TagClass::Cell if self.data_tables > 0 => self.text.open_cell(),
            TagClass::Cell | TagClass::Block => self.open_block(element),
        }
    }

    /// Where a picture stands that is met now.
    fn picture_place(&self) -> PicturePlace {
        PicturePlace { block: self.blocks.len(), element: self.elements.top() }
    }

    fn close(&mut self, element: DomElement<'_>) {
        match self.open.pop() {
            None | Some(TagClass::Skipped | TagClass::Break | TagClass::Image) => {}
            Some(TagClass::Inline(_)) => self.text.close_inline(),
            Some(TagClass::Cell) if self.data_tables > 0 => {}
            Some(TagClass::Cell | TagClass::Block) => self.close_block(element),
        }
    }

    fn class_of(&self, element: DomElement<'_>) -> TagClass {
        let in_line_of_text = || self.elements.top_tag().is_some_and(tags::holds_text_only);
        let class = match classify_tag(element.tag(), element.tag_name()) {
            TagClass::Block if element.tag().is_custom() && in_line_of_text() => TagClass::Inline(InlineKind::Plain),
            class => class,
        };
        match class {
            // Words that the page hides inside a line: for screen readers, for scripts.
            TagClass::Inline(_) if elements::is_hidden(element) => TagClass::Skipped,
            // How a word is read: in brackets (`rp`) it is part of the line, glued to its word it would spoil it.
            TagClass::Inline(_) if element.tag() == Tag::RT && !self.text.ends_with_bracket() => TagClass::Skipped,
            class => class,
        }
    }

    fn text(&mut self, text: &str) {
        if self.preformatted > 0 {
            self.text.push_preformatted(text);
            return;
        }
        if self.breaks > 1 && !text.trim_ascii().is_empty() && self.data_tables == 0 {
            self.end_block();
        }
        if self.text.push(text) {
            self.breaks = 0;
        }
    }

    fn line_break(&mut self) {
        self.breaks += 1;
        if self.preformatted > 0 {
            self.text.push_preformatted("\n");
        } else {
            self.text.push(" ");
        }
    }

    fn open_inline(&mut self, element: DomElement<'_>, kind: InlineKind) {
        let span = match kind {
            InlineKind::Link => {
                element.attr(AttributeName::HREF).map(|href| self.text.link_to(&self.reader.resolve(href)))
            }
            InlineKind::Strong => Some(OpenKind::Strong),
            InlineKind::Emphasis => Some(OpenKind::Emphasis),
            InlineKind::Code => Some(OpenKind::Code),
            InlineKind::Plain => None,
        };
        let cover = if self.text.is_empty() { self.elements.add_inline(element) } else { None };
        self.text.open_inline(span, cover);
    }

    fn open_block(&mut self, element: DomElement<'_>) {
        if self.data_tables > 0 && element.tag() != Tag::TR {
            self.text.push(" ");
        } else {
            self.end_block();
        }
        self.elements.open(element);
        match element.tag() {
            Tag::UL | Tag::MENU | Tag::DIR => self.lists.push(List { next_ordinal: None }),
            Tag::OL => {
                let start = element.attr(AttributeName::START).and_then(|start| start.trim().parse().ok()).unwrap_or(1);
                self.lists.push(List { next_ordinal: Some(start) });
            }
            Tag::LI => self.open_item(),
            Tag::TABLE if self.data_tables > 0 || tables::is_data_table(element) => self.data_tables += 1,
            Tag::PRE => self.preformatted += 1,
            _ => {}
        }
    }

    fn close_block(&mut self, element: DomElement<'_>) {
        let tag = element.tag();
        if self.data_tables > 0 && !matches!(tag, Tag::TR | Tag::TABLE | Tag::CAPTION) {
            self.text.push(" ");
        } else {
            self.end_block();
        }
        match tag {
            Tag::UL | Tag::MENU | Tag::DIR | Tag::OL => {
                self.lists.pop();
            }
            Tag::LI => self.close_item(),
            Tag::TABLE => self.data_tables = self.data_tables.saturating_sub(1),
            Tag::PRE => self.preformatted = self.preformatted.saturating_sub(1),
            _ => {}
        }
        self.elements.close();
    }

    fn open_item(&mut self) {
        let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
        let ordinal = self.lists.last_mut().and_then(|list| {
            let ordinal = list.next_ordinal?;
            list.next_ordinal = Some(ordinal.saturating_add(1));
            Some(ordinal)
        });
        self.items.push(OpenItem { first_block: self.blocks.len(), kind: BlockKind::ListItem { depth, ordinal } });
    }

    /// The words of an item are a list item. An item of several paragraphs is a box of its own: a card, an entry of a
    /// ticker; its paragraphs stay paragraphs.
    fn close_item(&mut self) {
        let Some(item) = self.items.pop() else { return };
        let Some(blocks) = self.blocks.get_mut(item.first_block..) else { return };
        let paragraphs = blocks.iter().filter(|block| block.kind == BlockKind::Paragraph).count();
        let own_words_first = paragraphs < blocks.len();
        if let Some(first) = blocks.first_mut()
            && first.kind == BlockKind::Paragraph
            && (paragraphs == 1 || own_words_first)
        {
            first.kind = item.kind;
        }
    }

    /// Ends the block that is being read, if it has words.
    #[inline]
    fn end_block(&mut self) {
        self.breaks = 0;
        if let Some(built) = self.text.finish() {
            self.push_block(built);
        }
    }

    fn push_block(&mut self, built: BuiltText) {
        let element = built.cover.or(self.elements.top());
        let kind = self.kind();
        self.blocks.push(OpenBlock { built, kind, element });
    }

    fn kind(&self) -> BlockKind {
        if self.preformatted > 0 {
            return BlockKind::Preformatted;
        }
        if self.data_tables > 0 {
            return if self.elements.top_tag() == Some(Tag::CAPTION) {
                BlockKind::Caption
            } else {
                BlockKind::TableRow
            };
        }
        self.elements.kind()
    }
}
