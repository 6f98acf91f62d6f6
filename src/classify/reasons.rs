//! Why a block scored as it did: what weighed most, in words.

use crate::knowledge::{JudgeModel, Knowledge, TokenRoles};
use crate::options::Reasons;
use crate::verdict::{Evidence, Lean, Reason, Role, Stage, Verdict};

use super::markup::weightiest_token;
use super::page::PageView;
use super::scores::{KEEP_FROM, Scored, second_names};
use super::wording::weightiest_words;

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
    Comments,
    InsertBox,
    Card,
    OtherStory,
    Deck,
    Credit,
    Names,
    Wording,
    Coherence,
    Targets,
    Site,
    Nothing,
}

/// Makes verdicts out of scores.
pub(super) struct Explainer<'a> {
    tokens: &'a TokenRoles,
    model: &'a JudgeModel,
    reasons: Reasons,
    /// What the features are about, each topic once.
    topics: Vec<Topic>,
    /// For each feature of the second pass, which begin with those of the first, the index of its topic.
    features: Vec<usize>,
    /// The number of the feature that is the first pass's score.
    own: Option<usize>,
}

impl<'a> Explainer<'a> {
    pub(super) fn new(knowledge: &'a Knowledge, reasons: Reasons) -> Self {
        let mut explainer = Explainer {
            tokens: &knowledge.tokens,
            model: &knowledge.model,
            reasons,
            topics: Vec::new(),
            features: Vec::new(),
            own: None,
        };
        if reasons == Reasons::Full {
            for (index, name) in second_names().into_iter().enumerate() {
                explainer.add_feature(index, name);
            }
        }
        explainer
    }

    fn add_feature(&mut self, index: usize, name: &str) {
        if name == "own" {
            self.own = Some(index);
        }
        let topic = topic_of(name);
        let known = self.topics.iter().position(|known| *known == topic);
        self.features.push(known.unwrap_or(self.topics.len()));
        if known.is_none() {
            self.topics.push(topic);
        }
    }

    /// The verdict on a block by its score.
    pub(super) fn verdict(&self, page: &PageView<'_>, scored: &Scored, index: usize) -> Verdict {
        let story_likelihood = scored.likelihoods[index];
        let lean = if story_likelihood >= KEEP_FROM { Lean::Story } else { Lean::Other };
        let evidence = match self.reasons {
            Reasons::Full => self.evidence_for(page, scored, index, lean),
            Reasons::Brief => Vec::new(),
        };
        // What a dropped block is, is said at the end: see `kinds`.
        let role = if lean == Lean::Story { Role::Story } else { Role::Boilerplate };
        let reason = Reason { role, stage: Stage::Score, evidence, story_likelihood };
        if lean == Lean::Story { Verdict::Keep(reason) } else { Verdict::Drop(reason) }
    }

    fn evidence_for(&self, page: &PageView<'_>, scored: &Scored, index: usize, lean: Lean) -> Vec<Evidence> {
        let topics = self.weigh(scored, index, lean);
        let mut evidence: Vec<Evidence> = Vec::new();
        if scored.agreed[index] {
            evidence.push(Evidence::Form(lean));
        }
        for piece in topics.into_iter().filter_map(|topic| self.evidence(page, index, topic, lean)) {
            if evidence.len() < NAMED && !evidence.contains(&piece) {
                evidence.push(piece);
            }
        }
        if evidence.is_empty() {
            evidence.push(Evidence::NothingForIt);
        }
        evidence
    }

    /// The topics that speak for the verdict, the weightiest first.
    fn weigh(&self, scored: &Scored, index: usize, lean: Lean) -> Vec<Topic> {
        let mut sums = vec![0.0_f32; self.topics.len()];
        for (contribution, topic) in self.contributions(scored, index).iter().zip(&self.features) {
            sums[*topic] += contribution;
        }
        let speaks = |sum: f32| if lean == Lean::Story { sum > 0.1 } else { sum < -0.1 };
        let mut weighed: Vec<(Topic, f32)> =
            self.topics.iter().copied().zip(sums).filter(|(_, sum)| speaks(*sum)).collect();
        weighed.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        weighed.into_iter().map(|(topic, _)| topic).collect()
    }

    /// What each feature adds to the log-odds of a block. What the first pass's score adds to the second is shared out
    /// among the features that made it.
    fn contributions(&self, scored: &Scored, index: usize) -> Vec<f32> {
        let mut first = vec![0.0; self.features.len()];
        if let Some(row) = scored.first.row(index) {
            self.model.first.explain(row, &mut first);
        }
        let Some(row) = scored.second.row(index) else { return first };
        let mut second = vec![0.0; self.features.len()];
        self.model.second.explain(row, &mut second);
        if let Some(own) = self.own {
            let share = second[own] / first.iter().map(|value| value.abs()).sum::<f32>().max(0.1);
            second[own] = 0.0;
            second.iter_mut().zip(&first).for_each(|(sum, value)| *sum += value.abs() * share);
        }
        second
    }

    fn evidence(&self, page: &PageView<'_>, index: usize, topic: Topic, lean: Lean) -> Option<Evidence> {
        let line = &page.lines[index];
        let block = &page.document.blocks[index];
        Some(match topic {
            Topic::Box(role) => Evidence::Token(self.tokens.token_for(&page.element_named(index, role)?, role)?),
            Topic::Tag(tag) => Evidence::Inside(tag.to_owned()),
            Topic::Phrase => Evidence::Phrase(line.hits.first()?.text.to_owned()),
            Topic::Opener => {
                Evidence::Under(page.document.blocks[page.openers[index]?].text.chars().take(60).collect())
            }
            Topic::Links => Evidence::LinkDensity(line.link_density),
            Topic::Words if lean == Lean::Story && line.ends_sentence => Evidence::Sentences,
            Topic::Words => Evidence::Words(block.words()),
            Topic::Markup => Evidence::Markup(markup_name(block.kind)?),
            Topic::Container if page.place(index).in_best && lean == Lean::Story => Evidence::InMainContainer,
            Topic::Container if page.place(index).in_best || lean == Lean::Story => return None,
            Topic::Container => Evidence::OutsideMainContainer,
            Topic::Form => Evidence::Form(lean),
            Topic::Neighbours if lean == Lean::Story => Evidence::AmongStory,
            Topic::Neighbours => Evidence::Around,
            Topic::Position => position(page, index)?,
            Topic::Repeats => Evidence::SaysAgain,
            Topic::Title => Evidence::SaysHeadline,
            Topic::Body => Evidence::InStructuredBody,
            Topic::Comments => Evidence::Under(page.document.blocks[page.comments?].text.chars().take(60).collect()),
            Topic::InsertBox => Evidence::InInsertBox,
            Topic::Card => Evidence::InCard,
            Topic::OtherStory => Evidence::InOtherStory,
            Topic::Deck => Evidence::Deck,
            Topic::Credit => Evidence::Credit,
            Topic::Names => Evidence::Token(weightiest_token(page.document, block, &self.model.markup, lean)?),
            Topic::Wording => Evidence::Wording(weightiest_words(&block.text, &self.model.wording, lean)?),
            Topic::Coherence => Evidence::Coherence(lean),
            Topic::Targets if line.link_density > 0.0 => Evidence::LinkTargets(lean),
            Topic::Site if page.says_site(index) > 0.0 => Evidence::SaysSite,
            Topic::Targets | Topic::Site | Topic::Nothing => return None,
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

/// What a feature is about, by its name.
fn topic_of(name: &str) -> Topic {
    let box_name = ["near-", "farther-", "far-"].iter().find_map(|prefix| name.strip_prefix(prefix));
    if let Some(role) = box_name.and_then(|role| Role::ALL.iter().find(|known| known.name() == role)) {
        return Topic::Box(*role);
    }
    if let Some(tag) = name.strip_prefix("tag-") {
        let known = super::place::TELLING_TAGS.iter().find(|telling| **telling == tag);
        return known.map_or(Topic::Nothing, |tag| Topic::Tag(tag));
    }
    match name {
        "markup" | "markup-near" | "markup-middle" | "markup-far" => Topic::Names,
        "wording" | "worst-stretch" => Topic::Wording,
        "under-opener" => Topic::Opener,
        "behind-comments" => Topic::Comments,
        "repeats" => Topic::Repeats,
        "says-title" | "in-title" => Topic::Title,
        "in-body" => Topic::Body,
        "level" | "kind" => Topic::Markup,
        "outside-article" => Topic::OtherStory,
        "deck" => Topic::Deck,
        "says-author" | "names-author" => Topic::Credit,
        "coherence" => Topic::Coherence,
        "targets" => Topic::Targets,
        "says-site" => Topic::Site,
        "link-density" | "links-end" => Topic::Links,
        _ => topic_of_family(name),
    }
}

/// What a family of features is about, by the start of its name. What a user could not follow is about nothing.
fn topic_of_family(name: &str) -> Topic {
    const FAMILIES: &[(&str, Topic)] = &[
        ("phrase-", Topic::Phrase),
        ("linked-headings", Topic::Card),
        ("insert-rate", Topic::InsertBox),
        ("form-story", Topic::Form),
        ("alike-", Topic::Form),
        ("style", Topic::Form),
        ("box-", Topic::Container),
        ("score-", Topic::Container),
        ("from-best", Topic::Container),
        ("in-best", Topic::Container),
        ("prose-share", Topic::Container),
        ("links-around", Topic::Container),
        ("ln-words-around", Topic::Container),
        ("words-a-block", Topic::Container),
        ("prose-of-words", Topic::Container),
        ("prose-before", Topic::Position),
        ("prose-after", Topic::Position),
        ("words-before", Topic::Position),
        ("words-after", Topic::Position),
        ("since-headline", Topic::Position),
        ("to-headline", Topic::Position),
        ("targets-", Topic::Neighbours),
        ("under-", Topic::Neighbours),
        ("run-", Topic::Neighbours),
        ("before", Topic::Position),
        ("after", Topic::Position),
        ("inner", Topic::Position),
        ("ln-words", Topic::Words),
        ("sentence", Topic::Words),
        ("ends", Topic::Words),
        ("prose-around", Topic::Neighbours),
        ("markup-", Topic::Neighbours),
        ("wording-", Topic::Neighbours),
        ("section", Topic::Neighbours),
        ("heading-body", Topic::Neighbours),
        ("heading-local", Topic::Neighbours),
        ("heading-", Topic::Markup),
        ("since-", Topic::Neighbours),
        ("until-", Topic::Neighbours),
        ("near-2", Topic::Neighbours),
        ("prev", Topic::Neighbours),
        ("next", Topic::Neighbours),
        ("local-", Topic::Neighbours),
        ("item-", Topic::Neighbours),
        ("row-", Topic::Neighbours),
        ("firm-", Topic::Neighbours),
    ];
    FAMILIES.iter().find(|(family, _)| name.starts_with(family)).map_or(Topic::Nothing, |(_, topic)| *topic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_features_that_a_user_can_follow_have_a_topic() {
        let nameless: Vec<&str> = second_names().into_iter().filter(|name| topic_of(name) == Topic::Nothing).collect();
        let expected = [
            "blocks-around",
            "depth",
            "emphasis",
            "in-p",
            "own",
            "twins",
            "chars-a-word",
            "not-in-body",
            "quotes",
            "starts",
            "title-case",
            "like-description",
            "of-description",
            "page-",
        ];
        for name in nameless {
            assert!(expected.iter().any(|family| name.starts_with(family)), "{name} has no topic");
        }
    }
}
