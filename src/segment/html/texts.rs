//! The texts of a page's blocks, all in one, of which each block has a piece: pages have hundreds of blocks, and of links.

use std::ops::Range;

use bytestring::ByteString;

use crate::block::{Block, BlockKind, Origin, Span, SpanKind};

/// The texts of the blocks so far, and where their links lead.
#[derive(Default)]
pub(super) struct Texts {
    text: String,
    spans: Vec<OpenSpan>,
    /// Where the text of the last block ends.
    blocks_end: usize,
}

/// A [`Span`] of a block that is being read.
pub(super) struct OpenSpan {
    /// Bytes of the block's text.
    pub(super) range: Range<usize>,
    pub(super) kind: OpenKind,
}

/// A [`SpanKind`]; a link leads to a place in [`Texts`].
#[derive(Clone)]
pub(super) enum OpenKind {
    Link(Range<usize>),
    Strong,
    Emphasis,
    Code,
}

/// A finished block, but for what it is.
pub(super) struct BuiltText {
    pub(super) words: Words,
    pub(super) link_chars: usize,
    pub(super) emphasis_chars: usize,
    /// The inline element with a name that holds the whole text.
    pub(super) cover: Option<usize>,
}

/// The words of a block, with their links and type, as places in [`Texts`].
pub(super) struct Words {
    text: Range<usize>,
    spans: Range<usize>,
}

impl Texts {
    /// A link that leads to an address.
    pub(super) fn link_to(&mut self, address: &str) -> OpenKind {
        OpenKind::Link(self.add(address))
    }

    /// Takes back where a link leads that no block has, if it is what was added last: a page may be nothing but such links.
    pub(super) fn forget(&mut self, kind: &OpenKind) {
        if let OpenKind::Link(target) = kind
            && target.end == self.text.len()
        {
            self.text.truncate(target.start);
        }
    }

    /// Takes back where links lead that were added since the last block, but for those that are `open`.
    pub(super) fn forget_all_but<'a>(&mut self, open: impl Iterator<Item = &'a OpenKind>) {
        let end_of_target = |kind: &OpenKind| if let OpenKind::Link(target) = kind { target.end } else { 0 };
        self.text.truncate(open.map(end_of_target).fold(self.blocks_end, usize::max));
    }

    /// Adds the words of a block.
    pub(super) fn put_down(&mut self, text: &str, spans: &mut Vec<OpenSpan>) -> Words {
        let first = self.spans.len();
        self.spans.append(spans);
        let text = self.add(text);
        self.blocks_end = text.end;
        Words { text, spans: first..self.spans.len() }
    }

    fn add(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    /// The texts of the page, to which nothing is added any more.
    pub(super) fn finish(mut self) -> PageText {
        // The blocks keep it as long as they are kept.
        self.text.shrink_to_fit();
        PageText { text: self.text.into(), spans: self.spans }
    }
}

/// The texts of a page, of which its blocks have pieces.
pub(super) struct PageText {
    text: ByteString,
    spans: Vec<OpenSpan>,
}

impl PageText {
    /// The block of a text that was built.
    pub(super) fn block(&self, built: &BuiltText, kind: BlockKind, element: Option<usize>) -> Block {
        let BuiltText { words: Words { text, spans }, link_chars, emphasis_chars, .. } = built;
        Block {
            text: self.piece(text),
            kind,
            link_chars: *link_chars,
            emphasis_chars: *emphasis_chars,
            spans: self.spans[spans.clone()].iter().map(|span| self.span(span)).collect(),
            element,
            origin: Origin::Page,
        }
    }

    fn span(&self, OpenSpan { range, kind }: &OpenSpan) -> Span {
        let kind = match kind {
            OpenKind::Link(target) => SpanKind::Link(self.piece(target)),
            OpenKind::Strong => SpanKind::Strong,
            OpenKind::Emphasis => SpanKind::Emphasis,
            OpenKind::Code => SpanKind::Code,
        };
        Span { range: range.clone(), kind }
    }

    fn piece(&self, place: &Range<usize>) -> ByteString {
        self.text.slice_ref(&self.text[place.clone()])
    }
}
