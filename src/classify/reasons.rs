//! Why a block scored as it did: what weighed most, in words.

use crate::knowledge::{Knowledge, TokenRoles};
use crate::verdict::{Evidence, Lean, Reason, Role, Stage, Verdict};

use super::around;
use super::features;
use super::page::PageView;
use super::scores::{Scored, WeightRow};

/// The likelihood from which a block is kept.
const KEEP_FROM: f32 = 0.5;
/// Pieces of evidence that a reason names.
const NAMED: usize = 3;

/// What a group of features is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Topic {
    Box(Role),
    Tag(&'static str),
    Phrase,
    Opener,
    Links,
    Words,
    Markup,
    Container,
    Form,
    Neighbours,
    Position,
    Repeats,
    Title,
    Body,
    Hidden,
    Comments,
    InsertBox,
    Card,
    OtherStory,
    Deck,
    Credit,
    Nothing,
}

/// Makes reasons out of scores.
pub(super) struct Explainer<'a> {
    tokens: &'a TokenRoles,
    /// What the features are about, each topic once.
    topics: Vec<Topic>,
    /// For each feature, the index of its topic, and what it weighs in the end: by itself in the second pass, and
    /// through the first pass's score, which the second sees as log-odds.
    features: Vec<(usize, f32)>,
}

impl<'a> Explainer<'a> {
    pub(super) fn new(knowledge: &'a Knowledge) -> Self {
        let names: Vec<&str> = features::NAMES.iter().chain(around::NAMES).copied().collect();
        let second = WeightRow::of(&knowledge.weights.around, &names);
        let first = WeightRow::of(&knowledge.weights.own, features::NAMES);
        let own = knowledge.weights.around.of("own");
        let through_first = |index: usize| first.weights.get(index).map_or(0.0, |weight| weight * own);
        let mut topics: Vec<Topic> = Vec::new();
        let mut index_of = |topic: Topic| {
            topics.iter().position(|known| *known == topic).unwrap_or_else(|| {
                topics.push(topic);
                topics.len() - 1
            })
        };
        let weigh = |(index, name): (usize, &&str)| match *name {
            "own" => (index_of(Topic::Nothing), 0.0),
            name => (index_of(topic_of(name)), second.weights[index] + through_first(index)),
        };
        let features = names.iter().enumerate().map(weigh).collect();
        Explainer { tokens: &knowledge.tokens, topics, features }
    }

    /// The verdict on a block by its score.
    pub(super) fn verdict(&self, page: &PageView<'_>, scored: &Scored, index: usize) -> Verdict {
        let story_likelihood = scored.likelihoods[index];
        let lean = if story_likelihood >= KEEP_FROM { Lean::Story } else { Lean::Other };
        let topics = self.weigh(&scored.rows[index], lean);
        let mut evidence: Vec<Evidence> =
            topics.iter().filter_map(|(topic, _)| self.evidence(page, index, *topic, lean)).take(NAMED).collect();
        if evidence.is_empty() {
            evidence.push(Evidence::NothingForIt);
        }
        let role = if lean == Lean::Story { Role::Story } else { role_of(page, index, &topics) };
        let reason = Reason { role, stage: Stage::Score, evidence, story_likelihood };
        if lean == Lean::Story { Verdict::Keep(reason) } else { Verdict::Drop(reason) }
    }

    /// The topics that speak for the verdict, the weightiest first.
    fn weigh(&self, row: &[f32], lean: Lean) -> Vec<(Topic, f32)> {
        let mut sums = vec![0.0; self.topics.len()];
        for (value, (topic, weight)) in row.iter().zip(&self.features) {
            sums[*topic] += value * weight;
        }
        let speaks = |sum: f32| if lean == Lean::Story { sum > 0.1 } else { sum < -0.1 };
        let known = self.topics.iter().copied().zip(sums);
        let mut weighed: Vec<(Topic, f32)> =
            known.filter(|(topic, sum)| *topic != Topic::Nothing && speaks(*sum)).collect();
        weighed.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        weighed
    }

    fn evidence(&self, page: &PageView<'_>, index: usize, topic: Topic, lean: Lean) -> Option<Evidence> {
        let line = &page.lines[index];
        let block = &page.document.blocks[index];
        Some(match topic {
            Topic::Box(role) => Evidence::Token(self.tokens.token_for(page.element_named(index, role)?, role)?),
            Topic::Tag(tag) => Evidence::Inside(tag.to_owned()),
            Topic::Phrase => Evidence::Phrase(line.hits.first()?.text.to_owned()),
            Topic::Opener => {
                Evidence::Under(page.document.blocks[page.openers[index]?].text.chars().take(60).collect())
            }
            Topic::Links => Evidence::LinkDensity(line.link_density),
            Topic::Words if lean == Lean::Story && line.ends_sentence => Evidence::Sentences,
            Topic::Words => Evidence::Words(block.words()),
            Topic::Markup => Evidence::Markup(markup_name(block.kind)?),
            Topic::Container if page.places[index].in_best => Evidence::InMainContainer,
            Topic::Container => Evidence::OutsideMainContainer,
            Topic::Form => Evidence::Form(lean),
            Topic::Neighbours if lean == Lean::Story => Evidence::AmongStory,
            Topic::Neighbours => Evidence::AmongDropped,
            Topic::Position => position(page, index)?,
            Topic::Repeats => Evidence::SaysAgain,
            Topic::Title => Evidence::SaysHeadline,
            Topic::Body => Evidence::InStructuredBody,
            Topic::Hidden => Evidence::Hidden,
            Topic::Comments => Evidence::Under(page.document.blocks[page.comments?].text.chars().take(60).collect()),
            Topic::InsertBox => Evidence::InInsertBox,
            Topic::Card => Evidence::InCard,
            Topic::OtherStory => Evidence::InOtherStory,
            Topic::Deck => Evidence::Deck,
            Topic::Credit => Evidence::Credit,
            Topic::Nothing => return None,
        })
    }
}

fn position(page: &PageView<'_>, index: usize) -> Option<Evidence> {
    let before = page.prose_before[index] / page.prose();
    if before < 0.05 { Some(Evidence::BeforeStory) } else { (before > 0.95).then_some(Evidence::AfterStory) }
}

fn markup_name(kind: crate::block::BlockKind) -> Option<&'static str> {
    use crate::block::BlockKind;
    match kind {
        BlockKind::Paragraph => None,
        BlockKind::Heading(_) => Some("a heading"),
        BlockKind::ListItem { .. } => Some("a list item"),
        BlockKind::Quote => Some("a quotation"),
        BlockKind::TableRow => Some("a table row"),
        BlockKind::Preformatted => Some("preformatted text"),
        BlockKind::Caption => Some("a caption"),
    }
}

/// What a dropped block is: what it says, else what it stands under, else what its box is named, else its tag.
fn role_of(page: &PageView<'_>, index: usize, topics: &[(Topic, f32)]) -> Role {
    if let Some(hit) = page.lines[index].hits.first() {
        return hit.role;
    }
    let opener = page.openers[index].and_then(|opener| page.lines[opener].opens());
    if let Some(opener) = opener {
        return opener.role;
    }
    let named = topics.iter().find_map(|(topic, _)| match topic {
        Topic::Box(role) if *role != Role::Story => Some(*role),
        Topic::Tag("nav" | "header" | "footer" | "aside") => Some(Role::Navigation),
        Topic::Tag("form" | "button") => Some(Role::Ui),
        Topic::Tag("figure") => Some(Role::Caption),
        Topic::Comments => Some(Role::Comments),
        Topic::Hidden => Some(Role::Hidden),
        Topic::Card | Topic::OtherStory => Some(Role::Related),
        Topic::Credit => Some(Role::Byline),
        Topic::Deck => Some(Role::Headline),
        _ => None,
    });
    named.unwrap_or(Role::Boilerplate)
}

/// What a feature is about, by its name.
fn topic_of(name: &str) -> Topic {
    let box_name = ["near-", "farther-", "far-"].iter().find_map(|prefix| name.strip_prefix(prefix));
    if let Some(role) = box_name.and_then(|role| Role::ALL.iter().find(|known| known.name() == role)) {
        return Topic::Box(*role);
    }
    if let Some(tag) = name.strip_prefix("tag-") {
        let known = super::page::TELLING_TAGS.iter().find(|telling| **telling == tag);
        return known.map_or(Topic::Nothing, |tag| Topic::Tag(tag));
    }
    match name {
        "opens-section" => Topic::Phrase,
        "under-opener" => Topic::Opener,
        "behind-comments" => Topic::Comments,
        "hidden" => Topic::Hidden,
        "repeats" => Topic::Repeats,
        "says-title" | "is-headline" => Topic::Title,
        "in-body" => Topic::Body,
        "quote" | "table-row" | "list-item" | "caption" => Topic::Markup,
        "box-insert" | "box-insert-wide" => Topic::InsertBox,
        "card" => Topic::Card,
        "other-article" | "outside-article" | "headings-since" => Topic::OtherStory,
        "deck" | "deck-alone" => Topic::Deck,
        "says-author" | "says-year" => Topic::Credit,
        _ => topic_of_family(name),
    }
}

/// What a family of features is about, by the start of its name.
fn topic_of_family(name: &str) -> Topic {
    const FAMILIES: &[(&str, Topic)] = &[
        ("phrase-", Topic::Phrase),
        ("words-", Topic::Words),
        ("sentence", Topic::Words),
        ("commas", Topic::Words),
        ("links-around", Topic::Container),
        ("links-", Topic::Links),
        ("heading-body", Topic::Neighbours),
        ("heading-orphan", Topic::Neighbours),
        ("heading-local", Topic::Neighbours),
        ("heading-", Topic::Markup),
        ("in-best", Topic::Container),
        ("prose-share", Topic::Container),
        ("prose-around", Topic::Neighbours),
        ("prose-before", Topic::Position),
        ("prose-after", Topic::Position),
        ("before", Topic::Position),
        ("after", Topic::Position),
        ("inner", Topic::Position),
        ("alike-", Topic::Form),
        ("style", Topic::Form),
        ("prev", Topic::Neighbours),
        ("next", Topic::Neighbours),
        ("local-", Topic::Neighbours),
        ("item-", Topic::Neighbours),
        ("row-", Topic::Neighbours),
        ("firm-", Topic::Neighbours),
        ("short-", Topic::Neighbours),
    ];
    FAMILIES.iter().find(|(family, _)| name.starts_with(family)).map_or(Topic::Nothing, |(_, topic)| *topic)
}
