//! What the judge sees of a block, as numbers. A feature is added in one place: a line of `feature_list!` here.

use crate::block::BlockKind;
use crate::knowledge::Strength;
use crate::verdict::Role;

use super::lines::Line;
use super::page::PageView;
use super::scores::{feature_list, yes};

/// A block in its page.
pub(super) struct Seen<'a> {
    page: &'a PageView<'a>,
    index: usize,
}

feature_list! { Seen<'_>:
    "words-1-2" => |s| yes(s.line().words < 2.5),
    "words-3-5" => |s| within(s.line().words, 2.5, 5.5),
    "words-6-10" => |s| within(s.line().words, 5.5, 10.5),
    "words-11-20" => |s| within(s.line().words, 10.5, 20.5),
    "words-21-40" => |s| within(s.line().words, 20.5, 40.5),
    "words-41" => |s| yes(s.line().words >= 40.5),
    "sentence-short" => |s| yes(s.line().ends_sentence && s.line().words < 10.5),
    "sentence-long" => |s| yes(s.line().ends_sentence && s.line().words >= 10.5),
    "sentences" => |s| s.line().sentences.min(4.0),
    "commas" => |s| s.line().commas.min(4.0),
    "links-some" => |s| within(s.line().link_density, 0.01, 0.3),
    "links-half" => |s| within(s.line().link_density, 0.3, 0.7),
    "links-most" => |s| within(s.line().link_density, 0.7, 0.95),
    "links-all" => |s| yes(s.line().link_density >= 0.95),
    "emphasis-all" => |s| yes(s.line().emphasis > 0.9),
    "heading-1" => |s| yes(s.kind() == BlockKind::Heading(1)),
    "heading-2" => |s| yes(s.kind() == BlockKind::Heading(2)),
    "heading-3" => |s| yes(s.kind() == BlockKind::Heading(3)),
    "heading-4" => |s| yes(matches!(s.kind(), BlockKind::Heading(4..))),
    "list-item" => |s| yes(matches!(s.kind(), BlockKind::ListItem { .. })),
    "quote" => |s| yes(s.kind() == BlockKind::Quote),
    "table-row" => |s| yes(s.kind() == BlockKind::TableRow),
    "caption" => |s| yes(s.kind() == BlockKind::Caption),
    "in-p" => |s| yes(s.tag_is("p")),
    "in-p-short" => |s| yes(s.tag_is("p") && s.line().words < 10.5),
    "in-span" => |s| yes(s.tag_is("span") || s.tag_is("a")),
    "in-best" => |s| yes(s.place().in_best),
    "in-best-long" => |s| yes(s.place().in_best && s.line().words > 10.5),
    "in-best-linked" => |s| yes(s.place().in_best && s.line().link_density > 0.7),
    "in-best-item" => |s| yes(s.place().in_best && matches!(s.kind(), BlockKind::ListItem { .. })),
    "in-best-heading" => |s| yes(s.place().in_best && matches!(s.kind(), BlockKind::Heading(2..))),
    "prose-share-0" => |s| s.prose_share(0),
    "prose-share-1" => |s| s.prose_share(1),
    "prose-share-2" => |s| s.prose_share(2),
    "prose-share-3" => |s| s.prose_share(3),
    "prose-share-4" => |s| s.prose_share(4),
    "links-around-0" => |s| s.links_around(0),
    "links-around-1" => |s| s.links_around(1),
    "links-around-2" => |s| s.links_around(2),
    "links-around-3" => |s| s.links_around(3),
    "blocks-around-1" => |s| s.blocks_around(1),
    "blocks-around-3" => |s| s.blocks_around(3),
    "depth" => |s| f32::from(s.place().depth.min(40)) / 10.0,
    "hidden" => |s| yes(s.place().hidden),
    "tag-article" => |s| s.inside("article"),
    "tag-main" => |s| s.inside("main"),
    "tag-aside" => |s| s.inside("aside"),
    "tag-footer" => |s| s.inside("footer"),
    "tag-header" => |s| s.inside("header"),
    "tag-nav" => |s| s.inside("nav"),
    "tag-form" => |s| s.inside("form"),
    "tag-figure" => |s| s.inside("figure"),
    "tag-button" => |s| s.inside("button"),
    "tag-table" => |s| s.inside("table"),
    "tag-ul" => |s| s.inside("ul"),
    "tag-blockquote" => |s| s.inside("blockquote"),
    "tag-address" => |s| s.inside("address"),
    "tag-details" => |s| s.inside("details"),
    "near-story" => |s| s.near(Role::Story),
    "near-related" => |s| s.near(Role::Related),
    "near-social" => |s| s.near(Role::Social),
    "near-newsletter" => |s| s.near(Role::Newsletter),
    "near-subscribe" => |s| s.near(Role::Subscribe),
    "near-ad" => |s| s.near(Role::Ad),
    "near-navigation" => |s| s.near(Role::Navigation),
    "near-comments" => |s| s.near(Role::Comments),
    "near-bio" => |s| s.near(Role::Bio),
    "near-byline" => |s| s.near(Role::Byline),
    "near-caption" => |s| s.near(Role::Caption),
    "near-ui" => |s| s.near(Role::Ui),
    "near-legal" => |s| s.near(Role::Legal),
    "farther-story" => |s| s.farther(Role::Story),
    "farther-related" => |s| s.farther(Role::Related),
    "farther-social" => |s| s.farther(Role::Social),
    "farther-newsletter" => |s| s.farther(Role::Newsletter),
    "farther-subscribe" => |s| s.farther(Role::Subscribe),
    "farther-ad" => |s| s.farther(Role::Ad),
    "farther-navigation" => |s| s.farther(Role::Navigation),
    "farther-comments" => |s| s.farther(Role::Comments),
    "farther-bio" => |s| s.farther(Role::Bio),
    "farther-byline" => |s| s.farther(Role::Byline),
    "farther-caption" => |s| s.farther(Role::Caption),
    "farther-ui" => |s| s.farther(Role::Ui),
    "farther-legal" => |s| s.farther(Role::Legal),
    "near-headline" => |s| s.near(Role::Headline),
    "farther-headline" => |s| s.farther(Role::Headline),
    "far-story" => |s| s.anywhere(Role::Story),
    "far-related" => |s| s.anywhere(Role::Related),
    "far-navigation" => |s| s.anywhere(Role::Navigation),
    "far-comments" => |s| s.anywhere(Role::Comments),
    "far-ui" => |s| s.anywhere(Role::Ui),
    "phrase-sure" => |s| s.phrase(Strength::Sure),
    "phrase-likely" => |s| s.phrase(Strength::Likely),
    "phrase-newsletter" => |s| s.says(Role::Newsletter),
    "phrase-subscribe" => |s| s.says(Role::Subscribe),
    "phrase-social" => |s| s.says(Role::Social),
    "phrase-ad" => |s| s.says(Role::Ad),
    "phrase-legal" => |s| s.says(Role::Legal),
    "phrase-ui" => |s| s.says(Role::Ui),
    "phrase-comments" => |s| s.says(Role::Comments),
    "phrase-bio" => |s| s.says(Role::Bio),
    "phrase-caption" => |s| s.says(Role::Caption),
    "phrase-byline" => |s| s.says(Role::Byline),
    "phrase-related" => |s| s.says(Role::Related),
    "under-opener" => |s| yes(s.page.openers[s.index].is_some()),
    "box-insert" => |s| yes(s.is_in_insert_box(60.0, 0.0)),
    "box-insert-wide" => |s| yes(s.is_in_insert_box(180.0, 0.1)),
    "card" => |s| yes(s.is_in_card()),
    "other-article" => |s| yes(s.page.article.is_some() && s.place().article.is_some() && s.place().article != s.page.article),
    "outside-article" => |s| yes(s.page.article.is_some() && s.place().article.is_none()),
    "headings-since" => |s| s.page.headings_since[s.index].min(2.0),
    "deck" => |s| yes(s.prose_before() < 0.01 && s.in_description() > 0.7 && s.line().words < 60.0 && s.page.headline.is_some_and(|headline| s.index > headline)),
    "deck-alone" => |s| yes(s.prose_before() < 0.01 && s.page.group_sums[s.page.groups[s.index]].blocks < 1.5 && s.page.headline.is_some_and(|headline| s.index > headline)),
    "says-author" => |s| yes(s.line().words < 30.0 && s.says_author()),
    "says-year" => |s| yes(s.line().words < 20.0 && says_year(s.text())),
    "opens-section" => |s| yes(s.line().opens().is_some()),
    "behind-comments" => |s| yes(s.page.comments.is_some_and(|comments| s.index > comments)),
    "prev-phrase" => |s| s.neighbour(-1, |line| yes(!line.hits.is_empty())),
    "next-phrase" => |s| s.neighbour(1, |line| yes(!line.hits.is_empty())),
    "prev-prose" => |s| s.neighbour(-1, |line| yes(line.prose > 0.0)),
    "next-prose" => |s| s.neighbour(1, |line| yes(line.prose > 0.0)),
    "prev-links" => |s| s.neighbour(-1, |line| line.link_density),
    "next-links" => |s| s.neighbour(1, |line| line.link_density),
    "prev2-prose" => |s| s.neighbour(-2, |line| yes(line.prose > 0.0)),
    "next2-prose" => |s| s.neighbour(2, |line| yes(line.prose > 0.0)),
    "prev-short" => |s| s.neighbour(-1, |line| yes(line.words < 5.0)),
    "next-short" => |s| s.neighbour(1, |line| yes(line.words < 5.0)),
    "prose-around" => |s| s.prose_around(),
    "prose-before-none" => |s| yes(s.prose_before() < 0.01),
    "prose-before" => |s| s.prose_before(),
    "prose-after-none" => |s| yes(s.prose_before() > 0.99),
    "before-headline" => |s| yes(s.page.headline.is_some_and(|headline| s.index < headline)),
    "behind-headline" => |s| yes(s.page.headline.is_some_and(|headline| s.index > headline)),
    "just-behind-headline" => |s| yes(s.page.headline.is_some_and(|headline| s.index > headline && s.index < headline + 4)),
    "is-headline" => |s| yes(s.page.headline == Some(s.index)),
    "says-title" => |s| yes(s.page.title.same_as(&s.line().hashes)),
    "like-description" => |s| s.in_description(),
    "repeats" => |s| yes(s.line().repeats > 1),
    "in-body" => |s| s.page.in_body.get(s.index).copied().unwrap_or(0.0),
    "not-in-body" => |s| yes(s.page.in_body.get(s.index).is_some_and(|share| *share < 0.3)),
    "structured" => |s| yes(s.page.document.blocks[s.index].origin == crate::block::Origin::StructuredData),
    "alike-blocks" => |s| (1.0 + s.page.group_sums[s.page.groups[s.index]].blocks).ln(),
    "alike-words" => |s| { let sum = s.page.group_sums[s.page.groups[s.index]]; (sum.words / sum.blocks).min(50.0) / 10.0 },
    "alike-prose" => |s| s.page.group_sums[s.page.groups[s.index]].prose / s.page.prose(),
    "alike-links" => |s| { let sum = s.page.group_sums[s.page.groups[s.index]]; sum.link_chars / sum.chars.max(1.0) },
    "capitals" => |s| yes(s.text().chars().any(char::is_uppercase) && !s.text().chars().any(char::is_lowercase)),
    "digits" => |s| s.text().chars().filter(char::is_ascii_digit).count() as f32 / s.line().chars.max(1.0),
    "bar" => |s| yes(s.text().contains('|') || s.text().contains('•') || s.text().contains('©')),
    "link-or-mail-address" => |s| yes(s.text().contains('@') || s.text().contains("http")),
}

impl<'a> Seen<'a> {
    pub(super) fn new(page: &'a PageView<'a>, index: usize) -> Self {
        Seen { page, index }
    }

    fn line(&self) -> &Line<'a> {
        &self.page.lines[self.index]
    }

    fn text(&self) -> &str {
        &self.page.document.blocks[self.index].text
    }

    fn kind(&self) -> BlockKind {
        self.page.document.blocks[self.index].kind
    }

    fn place(&self) -> &super::page::Place {
        &self.page.places[self.index]
    }

    fn tag_is(&self, tag: &str) -> bool {
        self.page.tag_around(self.index) == tag
    }

    fn inside(&self, tag: &str) -> f32 {
        yes(self.page.is_inside(self.index, tag))
    }

    fn near(&self, role: Role) -> f32 {
        yes(self.place().near.has(role))
    }

    fn farther(&self, role: Role) -> f32 {
        yes(self.place().farther.has(role))
    }

    fn anywhere(&self, role: Role) -> f32 {
        yes(self.place().anywhere.has(role))
    }

    fn phrase(&self, strength: Strength) -> f32 {
        yes(self.line().hits.iter().any(|hit| hit.strength == strength))
    }

    fn says(&self, role: Role) -> f32 {
        yes(self.line().hits.iter().any(|hit| hit.role == role))
    }

    /// The share of the page's running text that the element `level` levels around holds.
    fn prose_share(&self, level: usize) -> f32 {
        self.page.container(self.index, level).map_or(0.0, |container| container.prose / self.page.prose())
    }

    fn links_around(&self, level: usize) -> f32 {
        self.page.container(self.index, level).map_or(0.0, super::containers::Container::link_density)
    }

    fn blocks_around(&self, level: usize) -> f32 {
        self.page.container(self.index, level).map_or(0.0, |container| (1.0 + container.blocks).ln())
    }

    /// Whether a box of fewer than `words` words around the block holds lines that say a sure phrase of an insert, more
    /// of them than the share `inserts`.
    fn is_in_insert_box(&self, words: f32, inserts: f32) -> bool {
        (0..super::page::LEVELS).filter_map(|level| self.page.container(self.index, level)).any(|container| {
            let is_box = container.blocks > 1.5 && container.words < words && self.page.is_aside_of_story(container);
            is_box && container.inserts > inserts * container.blocks
        })
    }

    /// Whether the block stands in one of several small boxes of the same form that each have a linked heading.
    fn is_in_card(&self) -> bool {
        (0..super::page::LEVELS).filter_map(|level| self.page.container(self.index, level)).any(|container| {
            container.twins > 2.5
                && container.words < 120.0
                && (container.linked_headings > 0.0 || container.link_density() > 0.4)
        })
    }

    /// The share of the block that stands in the page's description, in 0..=1.
    fn in_description(&self) -> f32 {
        self.page.in_description.get(self.index).copied().unwrap_or(0.0)
    }

    fn says_author(&self) -> bool {
        if self.page.authors.is_empty() {
            return false;
        }
        let text = self.text().to_lowercase();
        self.page.authors.iter().any(|author| text.contains(author.as_str()))
    }

    fn neighbour(&self, offset: isize, value: fn(&Line<'_>) -> f32) -> f32 {
        let index = self.index.checked_add_signed(offset);
        index.and_then(|index| self.page.lines.get(index)).map_or(0.0, value)
    }

    /// The share of the words of the four blocks on each side that are running text.
    fn prose_around(&self) -> f32 {
        let lines = &self.page.lines;
        let around = &lines[self.index.saturating_sub(4)..(self.index + 5).min(lines.len())];
        let words: f32 = around.iter().map(|line| line.words).sum();
        let prose: f32 = around.iter().map(|line| line.prose).sum();
        (prose - self.line().prose) / (words - self.line().words).max(1.0)
    }

    /// The share of the page's running text that stands ahead of the block.
    fn prose_before(&self) -> f32 {
        self.page.prose_before[self.index] / self.page.prose()
    }
}

fn within(value: f32, from: f32, to: f32) -> f32 {
    yes(value >= from && value < to)
}

/// Whether a text holds a year of our time.
fn says_year(text: &str) -> bool {
    let digits = text.split(|c: char| !c.is_ascii_digit());
    digits.filter(|run| run.len() == 4).any(|run| run.starts_with("19") || run.starts_with("20"))
}
