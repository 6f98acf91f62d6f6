//! What the judge sees of a block, as numbers. A feature is added in one place: a line of `feature_list!` here.

use crate::block::BlockKind;
use crate::knowledge::Strength;
use crate::verdict::Role;

use super::containers::Container;
use super::linear::LinearScore;
use super::lines::Line;
use super::outline::Run;
use super::page::PageView;
use super::place::{LEVELS, Place};
use super::scores::{feature_list, yes};
use super::targets::ends_in_link;

/// A block in its page.
pub(super) struct Seen<'a> {
    page: &'a PageView<'a>,
    index: usize,
    place: &'a Place,
    /// What the elements around it hold, the nearest first.
    containers: [&'a Container; LEVELS],
    /// The share of it that stands in the page's description, in 0..=1.
    in_description: f32,
    /// Likewise in the structured body.
    in_body: f32,
}

feature_list! { Seen<'_>:
    "sentence-long" => |s| yes(s.line().ends_sentence && s.line().words >= 10.5),
    "sentences" => |s| s.line().scan.sentences.min(4) as f32,
    "emphasis-all" => |s| yes(s.line().emphasis > 0.9),
    "in-p" => |s| yes(s.tag_is("p")),
    "in-p-short" => |s| yes(s.tag_is("p") && s.line().words < 10.5),
    "in-best" => |s| yes(s.place.in_best),
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
    "depth" => |s| f32::from(s.place.depth.min(40)) / 10.0,
    "tag-article" => |s| s.inside("article"),
    "tag-main" => |s| s.inside("main"),
    "tag-aside" => |s| s.inside("aside"),
    "tag-footer" => |s| s.inside("footer"),
    "tag-button" => |s| s.inside("button"),
    "tag-ul" => |s| s.inside("ul"),
    "near-social" => |s| s.near(Role::Social),
    "near-comments" => |s| s.near(Role::Comments),
    "near-caption" => |s| s.near(Role::Caption),
    "farther-related" => |s| s.farther(Role::Related),
    "farther-navigation" => |s| s.farther(Role::Navigation),
    "farther-comments" => |s| s.farther(Role::Comments),
    "farther-bio" => |s| s.farther(Role::Bio),
    "farther-ui" => |s| s.farther(Role::Ui),
    "farther-legal" => |s| s.farther(Role::Legal),
    "far-story" => |s| s.anywhere(Role::Story),
    "far-related" => |s| s.anywhere(Role::Related),
    "far-navigation" => |s| s.anywhere(Role::Navigation),
    "far-comments" => |s| s.anywhere(Role::Comments),
    "far-ui" => |s| s.anywhere(Role::Ui),
    "phrase-likely" => |s| s.phrase(Strength::Likely),
    "under-opener" => |s| yes(s.page.openers[s.index].is_some()),
    "outside-article" => |s| yes(s.page.article.is_some() && s.place.article().is_none()),
    "deck" => |s| yes(s.prose_before() < 0.01 && s.in_description > 0.7 && s.line().words < 60.0 && s.page.headline.is_some_and(|headline| s.index > headline)),
    "says-author" => |s| yes(s.says_author()),
    "behind-comments" => |s| yes(s.page.comments.is_some_and(|comments| s.index > comments)),
    "next-links" => |s| s.neighbour(1, |line| line.link_density),
    "prose-around" => |s| s.prose_around(),
    "prose-before" => |s| s.prose_before(),
    "before-headline" => |s| yes(s.page.headline.is_some_and(|headline| s.index < headline)),
    "says-title" => |s| yes(s.page.title.same_as(s.line().hashes())),
    "like-description" => |s| s.in_description,
    "repeats" => |s| yes(s.line().repeats > 1),
    "in-body" => |s| s.in_body,
    "not-in-body" => |s| yes(!s.page.body.is_empty() && s.in_body < 0.3),
    "alike-blocks" => |s| (1.0 + s.page.group_sums[s.page.groups[s.index]].blocks.min(30.0)).ln(),
    "alike-words" => |s| { let sum = s.page.group_sums[s.page.groups[s.index]]; (sum.words / sum.blocks).min(50.0) / 10.0 },
    "alike-prose" => |s| s.page.group_sums[s.page.groups[s.index]].prose / s.page.prose(),
    "alike-links" => |s| { let sum = s.page.group_sums[s.page.groups[s.index]]; sum.link_chars / sum.chars.max(1.0) },
    "ln-words" => |s| (1.0 + s.line().words).ln(),
    "link-density" => |s| s.line().link_density,
    "emphasis" => |s| s.line().emphasis,
    "chars-a-word" => |s| s.line().chars / s.line().words.max(1.0),
    "kind" => |s| kind_number(s.kind()),
    "level" => |s| match s.kind() { BlockKind::Heading(level) => f32::from(level), _ => 0.0 },
    "ends" => |s| s.line().ending,
    "starts" => |s| s.line().beginning,
    "title-case" => |s| s.line().scan.title_case,
    "quotes" => |s| s.line().scan.quotes.min(6) as f32,
    "coherence" => |s| s.page.coherence(s.index),
    "in-title" => |s| s.page.title.share_of_words(s.line().hashes()),
    "ln-words-around-0" => |s| s.around_words(0),
    "ln-words-around-1" => |s| s.around_words(1),
    "ln-words-around-2" => |s| s.around_words(2),
    "ln-words-around-3" => |s| s.around_words(3),
    "words-a-block-1" => |s| s.words_a_block(1),
    "words-a-block-2" => |s| s.words_a_block(2),
    "words-a-block-3" => |s| s.words_a_block(3),
    "prose-of-words-1" => |s| s.prose_of_words(1),
    "prose-of-words-2" => |s| s.prose_of_words(2),
    "prose-of-words-3" => |s| s.prose_of_words(3),
    "twins-0" => |s| s.twins(0),
    "twins-1" => |s| s.twins(1),
    "twins-2" => |s| s.twins(2),
    "twins-3" => |s| s.twins(3),
    "linked-headings-1" => |s| s.linked_headings(1),
    "linked-headings-2" => |s| s.linked_headings(2),
    "linked-headings-3" => |s| s.linked_headings(3),
    "insert-rate-1" => |s| s.insert_rate(1),
    "insert-rate-2" => |s| s.insert_rate(2),
    "insert-rate-3" => |s| s.insert_rate(3),
    "score-1" => |s| s.score(1),
    "score-2" => |s| s.score(2),
    "score-3" => |s| s.score(3),
    "from-best" => |s| s.levels_to_best(),
    "since-headline" => |s| s.since_headline(),
    "markup" => |s| s.linear(0).markup.all,
    "markup-near" => |s| s.linear(0).markup.near,
    "markup-middle" => |s| s.linear(0).markup.middle,
    "markup-far" => |s| s.linear(0).markup.far,
    "wording" => |s| s.linear(0).wording,
    "worst-stretch" => |s| s.linear(0).worst_stretch,
    "markup-prev-1" => |s| s.linear(-1).markup.all,
    "markup-prev-2" => |s| s.linear(-2).markup.all,
    "markup-next-1" => |s| s.linear(1).markup.all,
    "markup-next-2" => |s| s.linear(2).markup.all,
    "wording-prev-1" => |s| s.linear(-1).wording,
    "wording-prev-2" => |s| s.linear(-2).wording,
    "wording-next-1" => |s| s.linear(1).wording,
    "wording-next-2" => |s| s.linear(2).wording,
    "targets" => |s| s.linear(0).targets,
    "targets-prev-1" => |s| s.linear(-1).targets,
    "targets-next-1" => |s| s.linear(1).targets,
    "links-end" => |s| yes(ends_in_link(&s.page.document.blocks[s.index])),
    "names-author" => |s| s.page.names_author(s.index),
    "says-site" => |s| s.page.says_site(s.index),
    "since-credit" => |s| s.page.outline.since_credit[s.index].min(30.0),
    "to-headline" => |s| s.page.outline.levels_to_headline(s.page.element(s.index)),
    "of-description" => |s| s.of_description(),
    "under-wording" => |s| s.heading().wording,
    "under-markup" => |s| s.heading().markup.all,
    "since-heading" => |s| s.page.outline.headings[s.index].map_or(30.0, |heading| ((s.index - heading) as f32).min(30.0)),
    "run-blocks" => |s| (1.0 + s.run().blocks.min(40.0)).ln(),
    "run-words" => |s| (s.run().words / s.run().blocks.max(1.0)).min(80.0),
    "run-links" => |s| s.run().link_chars / s.run().chars.max(1.0),
    "run-intro" => |s| s.run().intro,
    "markup-change" => |s| s.linear(0).markup.all - s.linear(-1).markup.all,
    "markup-change-next" => |s| s.linear(0).markup.all - s.linear(1).markup.all,
    "page-genre" => |s| f32::from(s.page.document.signs.genre as u8),
    "page-article" => |s| yes(s.page.document.signs.article),
    "page-dated" => |s| yes(s.page.document.metadata.date.is_some()),
    "page-body" => |s| yes(!s.page.body.is_empty()),
    "page-english" => |s| yes(s.page.document.metadata.lang.as_deref().is_some_and(|lang| lang.starts_with("en"))),
}

impl<'a> Seen<'a> {
    pub(super) fn new(page: &'a PageView<'a>, index: usize) -> Self {
        Seen {
            page,
            index,
            place: page.place(index),
            containers: std::array::from_fn(|level| page.container(index, level)),
            in_description: page.in_description(index),
            in_body: page.in_body(index),
        }
    }

    fn line(&self) -> &Line<'a> {
        &self.page.lines[self.index]
    }

    /// The linear scores of a block near by; 0 beyond the ends of the page.
    fn linear(&self, offset: isize) -> LinearScore {
        let at = self.index.checked_add_signed(offset);
        at.and_then(|at| self.page.linear.get(at)).copied().unwrap_or_default()
    }

    fn kind(&self) -> BlockKind {
        self.page.document.blocks[self.index].kind
    }

    fn tag_is(&self, tag: &str) -> bool {
        self.page.tag_around(self.index) == tag
    }

    fn inside(&self, tag: &str) -> f32 {
        yes(self.page.is_inside(self.index, tag))
    }

    fn near(&self, role: Role) -> f32 {
        yes(self.place.near.has(role))
    }

    fn farther(&self, role: Role) -> f32 {
        yes(self.place.farther.has(role))
    }

    fn anywhere(&self, role: Role) -> f32 {
        yes(self.place.anywhere.has(role))
    }

    fn phrase(&self, strength: Strength) -> f32 {
        yes(self.line().hits.iter().any(|hit| hit.strength == strength))
    }

    /// The share of the page's running text that the element `level` levels around holds.
    fn prose_share(&self, level: usize) -> f32 {
        self.containers[level].prose / self.page.prose()
    }

    fn links_around(&self, level: usize) -> f32 {
        self.containers[level].link_density()
    }

    fn blocks_around(&self, level: usize) -> f32 {
        (1.0 + self.containers[level].blocks.min(40.0)).ln()
    }

    fn around_words(&self, level: usize) -> f32 {
        (1.0 + self.containers[level].words.min(300.0)).ln()
    }

    fn words_a_block(&self, level: usize) -> f32 {
        (self.containers[level].words / self.containers[level].blocks.max(1.0)).min(80.0)
    }

    fn prose_of_words(&self, level: usize) -> f32 {
        self.containers[level].prose / self.containers[level].words.max(1.0)
    }

    fn twins(&self, level: usize) -> f32 {
        self.containers[level].twins.min(30.0)
    }

    fn linked_headings(&self, level: usize) -> f32 {
        self.containers[level].linked_headings.min(20.0)
    }

    fn insert_rate(&self, level: usize) -> f32 {
        self.containers[level].inserts / self.containers[level].blocks.max(1.0)
    }

    fn score(&self, level: usize) -> f32 {
        self.containers[level].score / self.page.containers.best_score()
    }

    /// Levels between the block and the best container; 40 where it stands outside.
    fn levels_to_best(&self) -> f32 {
        if !self.place.in_best {
            return 40.0;
        }
        let best = self.page.containers.best.map_or(0, |best| self.page.places.in_element(best).depth);
        f32::from(self.place.depth.saturating_sub(best))
    }

    /// Blocks since the headline, negative ahead of it, in -10..=20; 30 without one.
    fn since_headline(&self) -> f32 {
        self.page.headline.map_or(30.0, |headline| (self.index as f32 - headline as f32).clamp(-10.0, 20.0))
    }

    /// Whether the block is a short line that names an author.
    fn says_author(&self) -> bool {
        self.page.outline.credits[self.index]
    }

    /// The share of the page's description that the block may hold, in 0..=2: its words that stand in the description,
    /// for each word of that.
    fn of_description(&self) -> f32 {
        (self.in_description * self.line().hashes().len() as f32 / self.page.description.count().max(1) as f32).min(2.0)
    }

    fn run(&self) -> Run {
        self.page.outline.run(self.index)
    }

    /// What the linear models say of the heading above; 0 where there is none.
    fn heading(&self) -> LinearScore {
        let heading = self.page.outline.headings[self.index];
        heading.and_then(|heading| self.page.linear.get(heading)).copied().unwrap_or_default()
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

/// A number for what a block is in the markup.
pub(super) fn kind_number(kind: BlockKind) -> f32 {
    match kind {
        BlockKind::Paragraph => 0.0,
        BlockKind::Heading(_) => 1.0,
        BlockKind::ListItem { .. } => 2.0,
        BlockKind::TableRow => 3.0,
        BlockKind::Quote => 4.0,
        BlockKind::Preformatted => 5.0,
        BlockKind::Caption => 6.0,
    }
}
