//! The words of a block and their runs of two and three, as tokens for a linear model. Of a long block its first and
//! last words count: that is where an insert says what it is.

use crate::block::{word_hashes, written_words};
use crate::knowledge::HashedLinear;
use crate::verdict::Lean;

/// Words at the beginning of a block that are read.
const FIRST: usize = 24;
/// Words at the end of a longer one.
const LAST: usize = 12;

/// Blocks whose weights are asked for together: those of so few, and of as many behind them, have room in the cache nearest
/// to the processor.
const TOGETHER: usize = 4;

/// What makes a word another one where it begins a block, and where it ends one.
const FIRST_WORD: u64 = 0x5157_11b5;
const LAST_WORD: u64 = 0x1a57_93c7;

/// Words of a stretch that may tell what a block is, and words of a block that are looked through for one.
const STRETCH: usize = 8;
const STRETCHED: usize = 80;

/// What the words of a block say, as log-odds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wording {
    /// All of its words that are read. The more, the less each counts.
    pub(super) score: f32,
    /// The stretch of words that speaks most against the story, at most 0: one clause tells an offer, however many words
    /// stand around it.
    pub(super) worst_stretch: f32,
}

impl Wording {
    /// Of blocks by their words.
    pub(super) fn of_all<'w>(blocks: impl Iterator<Item = &'w [u64]>, model: &HashedLinear) -> Vec<Self> {
        Wording::with(blocks, STRETCHED, model)
    }

    /// Looks for the worst stretch among the first `stretched` words.
    fn with<'w>(blocks: impl Iterator<Item = &'w [u64]>, stretched: usize, model: &HashedLinear) -> Vec<Self> {
        let blocks: Vec<ReadWords<'_>> = blocks.map(|words| ReadWords::of(words, stretched)).collect();
        let mut wordings = Vec::with_capacity(blocks.len());
        let (mut places, mut places_behind, mut weights) = (Vec::new(), Vec::new(), Vec::new());
        let mut chunks = blocks.chunks(TOGETHER);
        fetch_places(chunks.next().unwrap_or_default(), &mut places, model);
        for together in blocks.chunks(TOGETHER) {
            // What is read next is on its way while these are added up.
            fetch_places(chunks.next().unwrap_or_default(), &mut places_behind, model);
            model.weights_of(&places, &mut weights);
            let mut rest = &weights[..];
            wordings.extend(together.iter().map(|read| {
                let own;
                (own, rest) = rest.split_at(read.count_places());
                read.wording(own, stretched, model.bias())
            }));
            std::mem::swap(&mut places, &mut places_behind);
        }
        wordings
    }
}

/// Puts the places of some blocks into `places` in place of what is there, and asks the memory for their weights.
fn fetch_places(blocks: &[ReadWords<'_>], places: &mut Vec<u64>, model: &HashedLinear) {
    places.clear();
    places.reserve(blocks.iter().map(ReadWords::count_places).sum());
    for read in blocks {
        read.add_places(places, |place| model.fetch(place));
    }
}

/// The scores of the words of blocks, as log-odds.
pub(super) fn wording_scores<'w>(blocks: impl Iterator<Item = &'w [u64]>, model: &HashedLinear) -> Vec<f32> {
    Wording::with(blocks, 0, model).into_iter().map(|wording| wording.score).collect()
}

/// The words of a block that are read.
struct ReadWords<'a> {
    /// Those at its beginning; a stretch is looked for in more of them than are counted.
    first: &'a [u64],
    /// How many of them are counted.
    counted: usize,
    /// Those at the end of a longer block.
    last: &'a [u64],
    /// Its first and its last word, each as such.
    ends: Option<[u64; 2]>,
}

impl<'a> ReadWords<'a> {
    fn of(words: &'a [u64], stretched: usize) -> Self {
        let (head, last) = read_words(words);
        let first = &words[..words.len().min(stretched).max(head.len())];
        ReadWords { first, counted: head.len(), last, ends: ends(words) }
    }

    /// Three places a word: where it ends no run of two or three, any.
    fn add_places(&self, places: &mut Vec<u64>, fetch: impl Fn(u64)) {
        for runs in runs(self.first).chain(runs(self.last)) {
            runs.into_iter().for_each(&fetch);
            places.extend_from_slice(&runs);
        }
        let ends = self.ends.into_iter().flatten();
        places.extend(ends.inspect(|place| fetch(*place)));
    }

    fn count_places(&self) -> usize {
        3 * (self.first.len() + self.last.len()) + self.ends.map_or(0, |ends| ends.len())
    }

    /// What the words say that have these weights.
    fn wording(&self, weights: &[f32], stretched: usize, bias: f32) -> Wording {
        let (first, rest) = weights.split_at(3 * self.first.len());
        let (last, ends) = rest.split_at(3 * self.last.len());
        let mut sum = 0.0;
        let mut stretch = Stretch::default();
        for (at, runs) in weights_of_runs(first).enumerate() {
            if at < self.counted {
                sum = runs.iter().fold(sum, |sum, weight| sum + weight);
            }
            if at < stretched {
                stretch.push(runs);
            }
        }
        sum = weights_of_runs(last).flatten().chain(ends.iter().copied()).fold(sum, |sum, weight| sum + weight);
        let count = count_runs(self.counted) + count_runs(self.last.len()) + ends.len();
        Wording { score: bias + sum / (count.max(1) as f32).sqrt(), worst_stretch: stretch.worst }
    }
}

/// The places of a block's first word and of its last one.
fn ends(words: &[u64]) -> Option<[u64; 2]> {
    Some([place(*words.first()?, FIRST_WORD), place(*words.last()?, LAST_WORD)])
}

/// The last words that were looked at.
#[derive(Default)]
struct Stretch {
    weights: [f32; STRETCH],
    at: usize,
    sum: f32,
    worst: f32,
}

impl Stretch {
    fn push(&mut self, [word, pair, three]: [f32; 3]) {
        let own = word + pair + three;
        self.sum += own - std::mem::replace(&mut self.weights[self.at % STRETCH], own);
        self.at += 1;
        self.worst = self.worst.min(self.sum);
    }
}

/// For each word the weights of the runs that end with it, of three a word; 0 where there is no such run.
fn weights_of_runs(weights: &[f32]) -> impl Iterator<Item = [f32; 3]> {
    let runs = |(at, [word, pair, three]): (usize, &[f32; 3])| {
        [*word, if at > 0 { *pair } else { 0.0 }, if at > 1 { *three } else { 0.0 }]
    };
    weights.as_chunks().0.iter().enumerate().map(runs)
}

/// For each word the places of the runs that end with it: of itself, of it and the one ahead, and of the two ahead; any
/// where there is no word ahead.
fn runs(words: &[u64]) -> impl Iterator<Item = [u64; 3]> {
    let (mut before, mut earlier) = (0, 0);
    words.iter().map(move |word| {
        let pair = place(*word, before);
        let three = place(pair, earlier);
        (earlier, before) = (before, *word);
        [place(*word, 0), pair, three]
    })
}

/// The places of all runs of some words.
fn places_of_runs(words: &[u64]) -> impl Iterator<Item = u64> {
    runs(words).enumerate().flat_map(|(at, runs)| runs.into_iter().take(at + 1))
}

/// Runs of one, two and three words among so many.
fn count_runs(words: usize) -> usize {
    words + words.saturating_sub(1) + words.saturating_sub(2)
}

/// The words at the beginning that are read, and those at the end.
fn read_words(words: &[u64]) -> (&[u64], &[u64]) {
    if words.len() <= FIRST + LAST { (words, &[]) } else { (&words[..FIRST], &words[words.len() - LAST..]) }
}

/// Visits the places of a block's words and runs of words in the model.
#[cfg(feature = "train")]
pub(crate) fn grams(words: &[u64], mut visit: impl FnMut(u64)) {
    let (head, tail) = read_words(words);
    let runs = places_of_runs(head).chain(places_of_runs(tail));
    runs.chain(ends(words).into_iter().flatten()).for_each(&mut visit);
}

/// The words of a text, up to three in a row, that speak most for the story, or most against it. Nothing in scripts
/// without spaces.
pub(super) fn weightiest_words(text: &str, model: &HashedLinear, lean: Lean) -> Option<String> {
    let spans: Vec<&str> = written_words(text).collect();
    let words = word_hashes(text);
    if words.len() != spans.len() {
        return None;
    }
    let mut weightiest: Option<(f32, String)> = None;
    for start in 0..words.len().min(FIRST + LAST) {
        for length in 1..=3.min(words.len() - start) {
            let runs = places_of_runs(&words[start..start + length]);
            let weight: f32 = runs.map(|run| model.weight(run)).sum();
            let weight = if lean == Lean::Story { weight } else { -weight };
            if weight > weightiest.as_ref().map_or(0.0, |(heaviest, _)| *heaviest) {
                weightiest = Some((weight, spans[start..start + length].join(" ")));
            }
        }
    }
    weightiest.map(|(_, words)| words)
}

fn place(word: u64, salt: u64) -> u64 {
    (word ^ salt.rotate_left(29))
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .rotate_left(23)
        .wrapping_mul(0xd6e8_feb8_6659_fd93)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BITS: u32 = 16;

    /// A model in which one word by itself has a weight of minus one, and nothing else any.
    fn against(word: u64) -> HashedLinear {
        let mut weights = vec![0.0; 1 << BITS];
        weights[(place(word, 0) >> (64 - BITS)) as usize] = -1.0;
        HashedLinear::quantised(0.5, &weights).expect("a power of two")
    }

    /// Words of which none is another.
    fn words(count: u64) -> Vec<u64> {
        (1..=count).map(|word| word.wrapping_mul(0x9e37_79b9_7f4a_7c15)).collect()
    }

    fn same(a: f32, b: f32) -> bool {
        (a - b).abs() < 1e-5
    }

    fn wording(words: &[u64], model: &HashedLinear) -> Wording {
        Wording::of_all([words].into_iter(), model)[0]
    }

    #[test]
    fn the_more_words_the_less_each_counts() {
        let words = words(12);
        let model = against(words[1]);
        // Three words have six runs, twelve have 33; the first and the last word count once more.
        assert!(same(wording(&words[..3], &model).score, 0.5 - 1.0 / 8.0_f32.sqrt()));
        assert!(same(wording(&words, &model).score, 0.5 - 1.0 / 35.0_f32.sqrt()));
        assert!(same(wording(&[], &model).score, 0.5));
    }

    #[test]
    fn the_worst_stretch_is_as_bad_whatever_stands_around_it() {
        let words = words(70);
        let model = against(words[40]);
        assert!(same(wording(&words[38..44], &model).worst_stretch, -1.0));
        assert!(same(wording(&words, &model).worst_stretch, -1.0));
        assert!(same(wording(&words[..40], &model).worst_stretch, 0.0));
    }

    #[test]
    fn bad_words_far_from_each_other_are_no_stretch() {
        let mut words = words(30);
        words[20] = words[2];
        assert!(same(wording(&words, &against(words[2])).worst_stretch, -1.0));
        words[9] = words[2];
        assert!(same(wording(&words, &against(words[2])).worst_stretch, -2.0));
    }

    #[test]
    fn of_a_long_block_the_ends_are_read_and_its_first_words_looked_through_for_a_stretch() {
        let words = words(120);
        let of = |at: usize| wording(&words, &against(words[at]));
        for (at, is_read, is_looked_through) in [
            (0, true, true),
            (23, true, true),
            (24, false, true),
            (79, false, true),
            (80, false, false),
            (108, true, false),
        ] {
            assert_eq!(of(at).score < 0.5, is_read, "{at}");
            assert_eq!(of(at).worst_stretch < -0.5, is_looked_through, "{at}");
        }
    }
}
