//! The story's blocks as a document has them: neighbours that make one list, one quotation or one table.

use crate::article::Article;
use crate::block::{Block, BlockKind};

/// Levels that lists are nested to. Deeper items are written at the last one: news stories stay far below, and indents
/// that grow with the depth would let a small page make a huge document.
const MAX_LIST_LEVELS: u8 = 16;

/// The kept blocks that say anything, in order.
pub(super) fn story(article: &Article) -> Vec<&Block> {
    article.kept().map(|judged| &judged.block).filter(|block| !block.text.trim().is_empty()).collect()
}

/// The blocks cut into groups: a list, a table, the paragraphs of a quotation, or one block.
pub(super) fn groups<'a, 'b>(blocks: &'b [&'a Block]) -> impl Iterator<Item = &'b [&'a Block]> {
    blocks.chunk_by(|before, after| {
        matches!(
            (before.kind, after.kind),
            (BlockKind::ListItem { .. }, BlockKind::ListItem { .. })
                | (BlockKind::Quote, BlockKind::Quote)
                | (BlockKind::TableRow, BlockKind::TableRow)
        )
    })
}

/// An item of a list and the lists inside it.
#[derive(Debug)]
pub(super) struct Item<'a> {
    /// Its words.
    pub block: &'a Block,
    /// Its number in an ordered list.
    pub ordinal: Option<u32>,
    /// The items of the lists inside it.
    pub children: Vec<Item<'a>>,
}

/// The items of a group as a tree: an item holds the deeper ones behind it.
pub(super) fn items<'a>(blocks: &[&'a Block]) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    let mut rest = blocks;
    while let Some((first, behind)) = rest.split_first() {
        let (level, ordinal) = level(first);
        let inside = behind.iter().take_while(|block| self::level(block).0 > level).count();
        let (children, after) = behind.split_at(inside);
        items.push(Item { block: first, ordinal, children: self::items(children) });
        rest = after;
    }
    items
}

/// The lists among neighbouring items: a numbered item and one without a number are of two.
pub(super) fn lists<'a, 'b>(items: &'b [Item<'a>]) -> impl Iterator<Item = &'b [Item<'a>]> {
    items.chunk_by(|before, after| before.ordinal.is_some() == after.ordinal.is_some())
}

fn level(block: &Block) -> (u8, Option<u32>) {
    match block.kind {
        BlockKind::ListItem { depth, ordinal } => (depth.min(MAX_LIST_LEVELS - 1), ordinal),
        _ => (0, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample::{block, item};

    fn shape(items: &[Item<'_>]) -> String {
        items.iter().map(|item| item.block.text.to_string() + "(" + &shape(&item.children) + ")").collect()
    }

    #[test]
    fn deeper_items_stand_inside() {
        let blocks = [item("a", 0), item("b", 1), item("c", 2), item("d", 1), item("e", 0)];
        let blocks: Vec<&Block> = blocks.iter().collect();
        assert_eq!(shape(&items(&blocks)), "a(b(c())d())e()");
    }

    #[test]
    fn a_list_whose_outer_items_went_keeps_its_order() {
        let blocks = [item("a", 2), item("b", 2), item("c", 1), item("d", 0)];
        let blocks: Vec<&Block> = blocks.iter().collect();
        assert_eq!(shape(&items(&blocks)), "a()b()c()d()");
    }

    #[test]
    fn depth_is_bounded() {
        let blocks: Vec<Block> = (0..=255).map(|depth| item("x", depth)).collect();
        let blocks: Vec<&Block> = blocks.iter().collect();
        let shape = shape(&items(&blocks));
        assert_eq!(shape.matches('x').count(), 256);
        assert!(shape.contains("x()x()x()"));
    }

    #[test]
    fn lists_quotes_and_tables_group() {
        let kinds = [
            BlockKind::Paragraph,
            BlockKind::Paragraph,
            BlockKind::Quote,
            BlockKind::Quote,
            BlockKind::TableRow,
            BlockKind::TableRow,
            BlockKind::Caption,
        ];
        let blocks: Vec<Block> = kinds.iter().map(|kind| block("x", *kind)).collect();
        let blocks: Vec<&Block> = blocks.iter().collect();
        assert_eq!(groups(&blocks).map(<[_]>::len).collect::<Vec<_>>(), [1, 1, 2, 2, 1]);
    }
}
