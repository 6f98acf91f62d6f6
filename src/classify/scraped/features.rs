//! What the judge sees of a line of text, as numbers. A feature is added in one place: a line of `feature_list!` here.

use crate::knowledge::Strength;

use super::super::lines::Line;
use super::super::scores::{feature_list, yes};
use super::view::{Run, TextView};

/// A line in its text.
pub(super) struct Seen<'a> {
    view: &'a TextView<'a>,
    index: usize,
}

feature_list! { Seen<'_>:
    "ln-words" => |s| (1.0 + s.line().words).ln(),
    "chars-a-word" => |s| s.line().chars / s.line().words.max(1.0),
    "ends" => |s| s.line().ending,
    "starts" => |s| s.line().beginning,
    "sentence" => |s| yes(s.line().ends_sentence),
    "sentences" => |s| s.line().scan.sentences.min(6) as f32,
    "commas" => |s| s.line().scan.commas.min(8) as f32,
    "quotes" => |s| s.line().scan.quotes.min(6) as f32,
    "title-case" => |s| s.line().scan.title_case,
    "all-capitals" => |s| yes(s.line().scan.all_capitals),
    "bar" => |s| yes(s.line().scan.has_bar),
    "address" => |s| yes(s.line().scan.has_address),
    "joined" => |s| yes(s.line().scan.joined),
    "label" => |s| s.view.labels[s.index],
    "repeats" => |s| s.line().repeats.min(4) as f32,
    "phrase" => |s| s.phrase(),
    "same-start" => |s| s.view.same_ends[s.index].0.min(12.0),
    "same-end" => |s| s.view.same_ends[s.index].1.min(12.0),
    "code" => |s| s.view.signs[s.index].code,
    "digits" => |s| s.view.signs[s.index].digits,
    "currency" => |s| yes(s.view.signs[s.index].currency),
    "since-opener" => |s| s.view.since_opener[s.index].min(40.0),
    "opens" => |s| yes(s.line().opens().is_some()),
    "under-opener" => |s| s.view.openers[s.index].map_or(30.0, |opener| (s.index - opener) as f32),
    "since-phrase" => |s| s.view.since_phrase[s.index].min(30.0),
    "until-phrase" => |s| s.view.until_phrase[s.index].min(30.0),
    "wording" => |s| s.wording(0),
    "wording-prev-1" => |s| s.wording(-1),
    "wording-prev-2" => |s| s.wording(-2),
    "wording-next-1" => |s| s.wording(1),
    "wording-next-2" => |s| s.wording(2),
    "coherence" => |s| s.view.coherence[s.index],
    "coherence-more" => |s| s.view.coherence[s.index] - s.view.mean_coherence,
    "coherence-all" => |s| s.view.mean_coherence,
    "names" => |s| s.view.names[s.index].count.min(12.0),
    "names-known" => |s| s.view.names[s.index].known / s.view.names[s.index].count.max(1.0),
    "names-new" => |s| (s.view.names[s.index].count - s.view.names[s.index].known).min(12.0),
    "near-before" => |s| s.view.near[s.index].0,
    "near-after" => |s| s.view.near[s.index].1,
    "in-title" => |s| s.view.title.share_of_words(s.line().hashes()),
    "in-address" => |s| s.view.address.share_of_words(s.line().hashes()),
    "says-title" => |s| yes(s.view.title.same_as(s.line().hashes())),
    "index" => |s| s.index.min(30) as f32,
    "from-end" => |s| (s.view.lines.len() - 1 - s.index).min(30) as f32,
    "prose-before" => |s| s.view.prose_before[s.index] / s.view.prose(),
    "prose-ahead" => |s| s.view.prose_before[s.index].min(200.0),
    "prose-behind" => |s| (s.view.prose() - s.view.prose_before[s.index]).min(200.0),
    "lines" => |s| (s.view.lines.len().min(400) as f32).ln(),
    "prose-of-words" => |s| s.view.prose() / s.view.words.max(1.0),
    "words-a-line" => |s| (s.view.words / s.view.lines.len() as f32).min(80.0),
    "glued-before" => |s| yes(s.view.glued[s.index]),
    "goes-on" => |s| yes(s.view.goes_on[s.index]),
    "gone-on" => |s| yes(s.view.goes_on.get(s.index + 1) == Some(&true)),
    "glued-after" => |s| yes(s.view.glued.get(s.index + 1) == Some(&true)),
    "run" => |s| (1.0 + s.run().lines.min(60.0)).ln(),
    "run-at" => |s| s.view.place_in_run(s.index).min(20.0),
    "run-left" => |s| (s.run().lines - s.view.place_in_run(s.index)).min(20.0),
    "run-intro" => |s| s.run().intro,
    "run-words" => |s| s.run().words.min(40.0),
    "run-wording" => |s| s.run().wording,
    "run-telling" => |s| s.run().telling,
    "run-title-case" => |s| s.run().title_case,
    "run-labels" => |s| s.run().labels,
    "run-sentences" => |s| s.run().sentences,
    "telling" => |s| s.view.telling[s.index].0,
    "telling-new" => |s| ((1.0 - s.view.telling[s.index].0) * s.view.telling[s.index].1 as f32).min(20.0),
    "prev-words" => |s| s.neighbour(-1, |line| (1.0 + line.words).ln()),
    "next-words" => |s| s.neighbour(1, |line| (1.0 + line.words).ln()),
    "prev-ends" => |s| s.neighbour(-1, |line| line.ending),
    "next-ends" => |s| s.neighbour(1, |line| line.ending),
    "prev-title-case" => |s| s.neighbour(-1, |line| line.scan.title_case),
    "next-title-case" => |s| s.neighbour(1, |line| line.scan.title_case),
}

impl<'a> Seen<'a> {
    pub(super) fn new(view: &'a TextView<'a>, index: usize) -> Self {
        Seen { view, index }
    }

    fn run(&self) -> &Run {
        self.view.run(self.index)
    }

    fn line(&self) -> &Line<'a> {
        &self.view.lines[self.index]
    }

    /// What the linear model says of a line near by; 0 beyond the ends of the text.
    fn wording(&self, offset: isize) -> f32 {
        let at = self.index.checked_add_signed(offset);
        at.and_then(|at| self.view.wording.get(at)).copied().unwrap_or(0.0)
    }

    fn neighbour(&self, offset: isize, value: fn(&Line<'_>) -> f32) -> f32 {
        let at = self.index.checked_add_signed(offset);
        at.and_then(|at| self.view.lines.get(at)).map_or(-1.0, value)
    }

    /// 2 where the line says a phrase that no story says, 1 where it says one that few do.
    fn phrase(&self) -> f32 {
        match self.line().hits.first().map(|hit| hit.strength) {
            Some(Strength::Sure) => 2.0,
            Some(_) => 1.0,
            None => 0.0,
        }
    }
}
