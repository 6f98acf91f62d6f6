//! A page as the judge sees it: its lines, its containers, and where each line stands.

use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

use crate::block::{BlockKind, Document, Element};
use crate::knowledge::{JudgeModel, Knowledge};
use crate::verdict::Role;

use super::containers::{Container, Containers};
use super::forms::Forms;
use super::likeness::{Vocabulary, WordSet};
use super::linear::{LinearScore, asked_for, linear_scores};
use super::lines::Line;
use super::markup::Names;
use super::outline::Outline;
use super::place::{Place, Places, TELLING_TAGS};

/// Elements around a block that are looked through; pages have at most 512 open at once.
const MAX_DEPTH: usize = 512;

/// Blocks that a line such as "Related stories" may head.
const SECTION_REACH: usize = 15;

/// A page and what was seen of it.
pub(crate) struct PageView<'a> {
    pub(super) document: &'a Document,
    pub(crate) lines: Vec<Line<'a>>,
    /// What the linear models say of each block; nothing of those that are in menus and that no other block asks for.
    pub(crate) linear: Vec<LinearScore>,
    pub(super) containers: Containers,
    /// Where the blocks stand in the tree.
    pub(super) places: Places,
    /// For each block, the group of blocks of the same form.
    pub(super) groups: Vec<usize>,
    /// For each group, its blocks, words and link characters.
    pub(super) group_sums: Vec<GroupSum>,
    /// Words of running text ahead of each block, and of the page at the end.
    pub(super) prose_before: Vec<f32>,
    /// For each block, the opening phrase it stands under: of the last line that opens a section, with no running text
    /// between.
    pub(super) openers: Vec<Option<usize>>,
    /// The first block that opens the comments.
    pub(super) comments: Option<usize>,
    /// The headline's block.
    pub(super) headline: Option<usize>,
    /// The outermost `article` around the headline, or around the best container.
    pub(super) article: Option<usize>,
    /// The outermost `article` around the headline.
    pub(super) headline_article: Option<usize>,
    /// For each element, whether it belongs to another story than the headline's.
    pub(super) other_stories: Vec<bool>,
    /// The share of the page's running text that the markup hides, in 0..=1.
    pub(super) hidden_prose: f32,
    /// The outline of the page.
    pub(super) outline: Outline,
    /// The words of the title.
    pub(super) title: WordSet,
    /// The words of the page's description.
    pub(super) description: WordSet,
    /// The words of the structured body; none where the page gives no such.
    pub(super) body: WordSet,
    /// The words of the page's running text.
    vocabulary: Vocabulary,
}

/// What the blocks of one form add up to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct GroupSum {
    pub(super) blocks: f32,
    pub(super) words: f32,
    pub(super) prose: f32,
    pub(super) link_chars: f32,
    pub(super) chars: f32,
}

impl<'a> PageView<'a> {
    pub(crate) fn of(document: &'a Document, knowledge: &'a Knowledge) -> Self {
        let lines = Line::all(document, &knowledge.lexicon);
        Self::with(document, knowledge, lines, &knowledge.model)
    }

    /// A page of which the lines are known, by other linear models than the built-in ones.
    pub(crate) fn with(
        document: &'a Document,
        knowledge: &'a Knowledge,
        mut lines: Vec<Line<'a>>,
        model: &JudgeModel,
    ) -> Self {
        let asked_for = asked_for(document, &lines);
        let forms = Forms::of(document, &asked_for);
        let names = Names::of(&document.elements, &forms, &model.markup, &knowledge.tokens);
        let linear = linear_scores(document, &lines, &asked_for, &names, model);
        for (line, linear) in lines.iter_mut().zip(&linear) {
            line.prose *= linear.trust();
            if line.prose < 1.0 {
                line.prose = 0.0;
            }
        }
        let containers = Containers::of(document, &lines, &forms, &names);
        let places = Places::of(document, &containers);
        let (groups, group_sums) = group(document, &lines, &forms);
        let metadata = &document.metadata;
        let headline = find_headline(document, &lines);
        let of_headline = headline.and_then(|headline| places.of_block(headline).article());
        let of_best = || containers.best.and_then(|best| places.in_element(best).article());
        PageView {
            article: of_headline.or_else(of_best),
            headline_article: of_headline,
            other_stories: find_other_stories(document, headline, &groups),
            hidden_prose: hidden_prose(&lines, &places),
            outline: Outline::of(document, &lines, headline),
            prose_before: running_sum(&lines),
            openers: find_openers(&lines),
            comments: lines.iter().position(|line| line.opens().is_some_and(|hit| hit.role == Role::Comments)),
            headline,
            title: WordSet::of(metadata.title.as_deref().unwrap_or_default()),
            description: WordSet::of(metadata.description.as_deref().unwrap_or_default()),
            body: WordSet::of(document.structured_body.as_deref().unwrap_or_default()),
            vocabulary: Vocabulary::of(&lines),
            linear,
            document,
            lines,
            containers,
            places,
            groups,
            group_sums,
        }
    }

    /// What the element `level` levels around a block holds.
    pub(super) fn container(&self, block: usize, level: usize) -> &Container {
        self.containers.of_element(self.place(block).level(level))
    }

    /// Where a block stands.
    pub(super) fn place(&self, block: usize) -> &Place {
        self.places.of_block(block)
    }

    /// The nearest element around a block.
    pub(super) fn element(&self, block: usize) -> Option<usize> {
        self.places.element(block)
    }

    /// The nearest element around a block whose names tell of `role`.
    pub(super) fn element_named(&self, block: usize, role: Role) -> Option<Element<'a>> {
        let mut next = self.place(block).level(0);
        while let Some(index) = next {
            if self.containers.all[index].roles.has(role) {
                return self.document.elements.get(index);
            }
            next = self.document.elements.parent(index);
        }
        None
    }

    /// Whether a block stands under a line that opens a section of `role`.
    pub(super) fn stands_under(&self, block: usize, role: Role) -> bool {
        let opener = self.openers[block].and_then(|opener| self.lines[opener].opens());
        opener.is_some_and(|opener| opener.role == role)
    }

    /// Whether a block stands inside a tag of [`TELLING_TAGS`].
    pub(super) fn is_inside(&self, block: usize, tag: &str) -> bool {
        let index = TELLING_TAGS.iter().position(|telling| *telling == tag);
        index.is_some_and(|index| self.place(block).tags & (1 << index) != 0)
    }

    /// The tag of the nearest element around a block; empty where there is none.
    pub(super) fn tag_around(&self, block: usize) -> &str {
        self.place(block).level(0).map_or("", |element| self.document.elements.tag(element))
    }

    /// Whether a block stands in another box of the same form as one that holds the headline, with a headline of its
    /// own: the next story of an endless page, or the one before.
    pub(super) fn is_in_other_story(&self, block: usize) -> bool {
        let beside = self.element(block).is_some_and(|element| self.other_stories.get(element) == Some(&true));
        let (Some(own), Some(theirs)) = (self.headline_article, self.place(block).article()) else { return beside };
        let class = |element: usize| self.document.elements.class(element);
        beside || theirs > own && has_names_of(class(theirs), class(own))
    }

    /// Whether an element holds little of the page's running text. A short story is a small box too; where no line is
    /// long enough for running text, it is the box of the headline.
    pub(super) fn is_aside_of_story(&self, element: usize) -> bool {
        if self.containers.prose > 0.0 {
            return self.containers.all[element].prose < 0.3 * self.prose();
        }
        let elements = &self.document.elements;
        let around = |block: usize| elements.around(self.element(block));
        self.headline.is_some_and(|headline| around(headline).all(|around| around != element))
    }

    /// The share of a block that stands in the page's description, in 0..=1.
    pub(super) fn in_description(&self, block: usize) -> f32 {
        self.description.share_of(self.lines[block].hashes())
    }

    /// The share of a block that stands in the structured body, in 0..=1.
    pub(super) fn in_body(&self, block: usize) -> f32 {
        self.body.share_of(self.lines[block].hashes())
    }

    /// The share of a block's words that the running text of other blocks has too.
    pub(super) fn coherence(&self, block: usize) -> f32 {
        self.vocabulary.shares_of(&self.lines[block]).known
    }

    /// How often a block names an author by the last name.
    pub(super) fn names_author(&self, block: usize) -> f32 {
        self.outline.mentions.of_authors(&self.lines[block])
    }

    /// How often a block names the site.
    pub(super) fn says_site(&self, block: usize) -> f32 {
        self.outline.mentions.of_site(&self.lines[block])
    }

    /// Words of running text of the whole page, at least 1.
    pub(super) fn prose(&self) -> f32 {
        self.containers.prose.max(1.0)
    }
}

/// Groups the blocks by form: kind, and tag and class of the three nearest elements.
fn group(document: &Document, lines: &[Line<'_>], forms: &Forms) -> (Vec<usize>, Vec<GroupSum>) {
    let mut known: FxHashMap<u64, usize> = FxHashMap::default();
    let mut sums: Vec<GroupSum> = Vec::with_capacity(document.blocks.len());
    let mut groups = Vec::with_capacity(document.blocks.len());
    for (block, line) in document.blocks.iter().zip(lines) {
        let mut hasher = FxHasher::default();
        form_of(block.kind).hash(&mut hasher);
        let mut next = block.element;
        for _ in 0..3 {
            let Some(element) = next else { break };
            forms.looks[element].hash(&mut hasher);
            next = document.elements.parent(element);
        }
        let fresh = sums.len();
        let index = *known.entry(hasher.finish()).or_insert(fresh);
        if index == fresh {
            sums.push(GroupSum::default());
        }
        let sum = &mut sums[index];
        sum.blocks += 1.0;
        sum.words += line.words;
        sum.prose += line.prose;
        sum.link_chars += block.link_chars as f32;
        sum.chars += line.chars;
        groups.push(index);
    }
    (groups, sums)
}

fn form_of(kind: BlockKind) -> u8 {
    match kind {
        BlockKind::Paragraph => 0,
        BlockKind::Heading(level) => level,
        BlockKind::ListItem { .. } => 7,
        BlockKind::Quote => 8,
        BlockKind::TableRow => 9,
        BlockKind::Preformatted => 10,
        BlockKind::Caption => 11,
    }
}

/// Whether a class has all names of another, which has some: `story story--next` has those of `story`.
fn has_names_of(class: &str, other: &str) -> bool {
    let has = |name: &str| class.split_ascii_whitespace().any(|own| own == name);
    !other.is_empty() && (class == other || other.split_ascii_whitespace().all(has))
}

fn hidden_prose(lines: &[Line<'_>], places: &Places) -> f32 {
    let hidden = lines.iter().enumerate().filter(|(index, _)| places.of_block(*index).hidden);
    let hidden: f32 = hidden.map(|(_, line)| line.prose).sum();
    let all: f32 = lines.iter().map(|line| line.prose).sum();
    if all == 0.0 { 0.0 } else { hidden / all }
}

pub(super) fn running_sum(lines: &[Line<'_>]) -> Vec<f32> {
    let mut sum = 0.0;
    let mut sums = Vec::with_capacity(lines.len() + 1);
    sums.push(0.0);
    for line in lines {
        sum += line.prose;
        sums.push(sum);
    }
    sums
}

/// The elements of other stories: boxes beside one that holds the headline, of the same tag and class, that hold a
/// heading of the headline's form.
fn find_other_stories(document: &Document, headline: Option<usize>, groups: &[usize]) -> Vec<bool> {
    let elements = &document.elements;
    let mut others = vec![false; elements.len()];
    let Some(headline) = headline else { return others };
    let mut own = vec![false; elements.len()];
    let chain = |block: usize| elements.around(document.blocks[block].element).take(MAX_DEPTH);
    chain(headline).for_each(|element| own[element] = true);
    let is_beside = |element: usize| {
        let (tag, class) = (elements.tag(element), elements.class(element));
        let is_twin = |mine: usize| elements.tag(mine) == tag && elements.class(mine) == class;
        let named = !class.is_empty() || tag == "article";
        named && chain(headline).any(|mine| elements.parent(mine) == elements.parent(element) && is_twin(mine))
    };
    let alike = (0..groups.len()).filter(|block| groups[*block] == groups[headline] && *block != headline);
    for block in alike {
        if let Some(top) = chain(block).take_while(|element| !own[*element]).last().filter(|top| is_beside(*top)) {
            others[top] = true;
        }
    }
    for index in 0..others.len() {
        others[index] |= elements.parent(index).is_some_and(|parent| others[parent]);
    }
    others
}

pub(super) fn find_openers(lines: &[Line<'_>]) -> Vec<Option<usize>> {
    let mut opener = None;
    let under = |(index, line): (usize, &Line<'_>)| {
        if line.opens().is_some() {
            opener = Some(index);
            return None;
        }
        if line.prose > 0.0 || opener.is_some_and(|opener| index - opener > SECTION_REACH) {
            opener = None;
        }
        opener
    };
    lines.iter().enumerate().map(under).collect()
}

/// The block that says the title: a heading that says all of it, else the first `h1`.
fn find_headline(document: &Document, lines: &[Line<'_>]) -> Option<usize> {
    let title = WordSet::of(document.metadata.title.as_deref().unwrap_or_default());
    let headings =
        || document.blocks.iter().enumerate().filter(|(_, block)| matches!(block.kind, BlockKind::Heading(_)));
    let says_title = headings().find(|(index, _)| !title.is_empty() && title.same_as(lines[*index].hashes()));
    let first = || headings().find(|(_, block)| block.kind == BlockKind::Heading(1));
    says_title.or_else(first).map(|(index, _)| index)
}
