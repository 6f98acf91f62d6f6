//! Why a line of text was judged as it was: what moved its score most, in words.

use crate::knowledge::TextModel;
use crate::verdict::{Evidence, Lean};

use super::super::scores::Rows;
use super::super::wording::weightiest_words;
use super::second_text_names;
use super::view::TextView;

/// Pieces of evidence that a reason names.
const NAMED: usize = 3;
/// Characters of a line that a reason quotes.
const QUOTED_CHARS: usize = 60;

/// What a group of features is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Topic {
    Phrase,
    Opener,
    Wording,
    Coherence,
    Neighbours,
    Words,
    Repeats,
    Title,
    Nothing,
}

const TOPICS: [Topic; 9] = [
    Topic::Phrase,
    Topic::Opener,
    Topic::Wording,
    Topic::Coherence,
    Topic::Neighbours,
    Topic::Words,
    Topic::Repeats,
    Topic::Title,
    Topic::Nothing,
];

/// The place of [`Topic::Words`] in [`TOPICS`].
const WORDS: usize = 5;

/// Makes reasons of the walks through the trees.
pub(super) struct TextReasons<'a> {
    view: &'a TextView<'a>,
    model: &'a TextModel,
    /// For each feature of the second pass, the place of its topic in [`TOPICS`].
    topics: Vec<usize>,
}

impl<'a> TextReasons<'a> {
    pub(super) fn new(view: &'a TextView<'a>, model: &'a TextModel) -> Self {
        let place = |name: &str| {
            let known = topic_of(name);
            TOPICS.iter().position(|topic| *topic == known).unwrap_or(TOPICS.len() - 1)
        };
        TextReasons { view, model, topics: second_text_names().into_iter().map(place).collect() }
    }

    /// What speaks for the verdict on a line, the weightiest first.
    pub(super) fn evidence(&self, first: &Rows, second: &Rows, index: usize, goes: bool) -> Vec<Evidence> {
        let lean = if goes { Lean::Other } else { Lean::Story };
        let telltale = self.view.telltales[index].filter(|telltale| (telltale.odds() < 0.0) == goes);
        let mut evidence: Vec<Evidence> =
            telltale.map(|telltale| Evidence::Shape(telltale.words())).into_iter().collect();
        for topic in self.weigh(first, second, index, lean) {
            if let Some(piece) = self.piece(topic, index, lean).filter(|piece| !evidence.contains(piece)) {
                evidence.push(piece);
            }
        }
        evidence.truncate(NAMED);
        if evidence.is_empty() {
            evidence.push(if goes { Evidence::NothingForIt } else { Evidence::NoPhrase });
        }
        evidence
    }

    fn weigh(&self, first: &Rows, second: &Rows, index: usize, lean: Lean) -> Vec<Topic> {
        let mut contributions = vec![0.0; self.topics.len()];
        match (second.row(index), first.row(index)) {
            (Some(row), _) => self.model.second.explain(row, &mut contributions),
            (None, Some(row)) => self.model.first.explain(row, &mut contributions),
            (None, None) => {}
        }
        let mut sums = [0.0_f32; TOPICS.len()];
        for (contribution, topic) in contributions.iter().zip(&self.topics) {
            sums[*topic] += contribution;
        }
        if self.view.telltales[index].is_none() {
            let words = usize::from(self.view.lines[index].hits.is_empty()) * WORDS;
            sums[words] += self.view.known_odds(index);
        }
        let sign = if lean == Lean::Story { 1.0 } else { -1.0 };
        let mut order: Vec<usize> = (0..TOPICS.len()).filter(|topic| sums[*topic] * sign > 0.0).collect();
        order.sort_by(|a, b| (sums[*b] * sign).total_cmp(&(sums[*a] * sign)));
        order.into_iter().map(|topic| TOPICS[topic]).collect()
    }

    fn piece(&self, topic: Topic, index: usize, lean: Lean) -> Option<Evidence> {
        let line = &self.view.lines[index];
        match topic {
            Topic::Phrase => line.hits.first().map(|hit| Evidence::Phrase(hit.text.to_owned())),
            Topic::Opener => {
                let opener = self.view.openers[index].and_then(|opener| self.view.lines[opener].opens());
                opener.map(|hit| Evidence::Under(hit.text.chars().take(QUOTED_CHARS).collect()))
            }
            Topic::Wording => weightiest_words(self.view.text(index), &self.model.wording, lean).map(Evidence::Wording),
            Topic::Coherence => Some(Evidence::Coherence(lean)),
            Topic::Neighbours if lean == Lean::Story => Some(Evidence::AmongStory),
            Topic::Neighbours => Some(Evidence::Around),
            Topic::Words if lean == Lean::Story && line.ends_sentence => Some(Evidence::Sentences),
            Topic::Words => Some(Evidence::Words(line.scan.words)),
            Topic::Repeats => (line.repeats > 1).then_some(Evidence::SaysAgain),
            Topic::Title => (lean == Lean::Other).then_some(Evidence::SaysHeadline),
            Topic::Nothing => None,
        }
    }
}

/// What a feature is about, by its name.
fn topic_of(name: &str) -> Topic {
    match name {
        "phrase" | "opens" => Topic::Phrase,
        "under-opener" => Topic::Opener,
        "wording" => Topic::Wording,
        "repeats" => Topic::Repeats,
        "says-title" => Topic::Title,
        "ln-words" | "ends" | "sentence" | "sentences" | "commas" => Topic::Words,
        _ if ["coherence", "names", "near", "telling"].iter().any(|family| name.starts_with(family)) => {
            Topic::Coherence
        }
        _ if ["prev", "next", "local", "run", "since", "until", "wording-"].iter().any(|f| name.starts_with(f)) => {
            Topic::Neighbours
        }
        _ => Topic::Nothing,
    }
}
