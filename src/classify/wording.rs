//! The words of a block and their runs of two and three, as tokens for a linear model. Of a long block its first and
//! last words count: that is where an insert says what it is.

use crate::block::word_hashes;
use crate::knowledge::HashedLinear;
use crate::verdict::Lean;

use super::lines::Line;

/// Words at the beginning of a block that are read.
const FIRST: usize = 24;
/// Words at the end of a longer one.
const LAST: usize = 12;

/// Words of a stretch that may tell what a block is, and words of a block that are looked through for one.
const STRETCH: usize = 8;
const STRETCHED: usize = 80;

/// Blocks that are added up side by side: each sum waits for its last addition, and several wait at once.
const LANES: usize = 4;

/// The scores of the words of lines, as log-odds; 0 of those that are not `asked_for`. The more words, the less each counts.
pub(crate) fn wording_scores(lines: &[Line<'_>], asked_for: &[bool], model: &HashedLinear) -> Vec<f32> {
    let mut scores = vec![0.0; lines.len()];
    // First the places of some lines, then their weights, which are far from each other in memory: see `Names::of`.
    let mut places: [Vec<u64>; LANES] = Default::default();
    let asked: Vec<usize> = (0..lines.len()).filter(|index| asked_for[*index]).collect();
    for some in asked.chunks(LANES) {
        places.iter_mut().for_each(Vec::clear);
        for (places, index) in places.iter_mut().zip(some) {
            grams(lines[*index].hashes(), |place| places.push(place));
        }
        let sums = sums_of_weights(&places, model);
        for ((sum, places), index) in sums.into_iter().zip(&places).zip(some) {
            scores[*index] = model.bias() + sum / (places.len() as f32).max(1.0).sqrt();
        }
    }
    scores
}

/// The weight of the stretch of words of a block that speaks most against the story: one clause tells an offer, however
/// many words stand around it.
pub(super) fn worst_stretch(words: &[u64], model: &HashedLinear) -> f32 {
    let (mut worst, mut sum) = (0.0_f32, 0.0);
    let mut weights = [0.0; STRETCH];
    let (mut before, mut earlier) = (None, None);
    for (at, word) in words.iter().take(STRETCHED).enumerate() {
        let mut own = model.weight(place(*word, 0));
        if let Some(before) = before {
            let pair = place(*word, before);
            own += model.weight(pair);
            own += earlier.map_or(0.0, |earlier| model.weight(place(pair, earlier)));
        }
        earlier = before;
        before = Some(*word);
        sum += own - std::mem::replace(&mut weights[at % STRETCH], own);
        worst = worst.min(sum);
    }
    worst
}

/// The sums of the weights at some places, each list from its first to its last.
fn sums_of_weights(places: &[Vec<u64>; LANES], model: &HashedLinear) -> [f32; LANES] {
    let shortest = places.iter().map(Vec::len).min().unwrap_or(0);
    let [first, second, third, fourth] = places.each_ref().map(|places| places.split_at(shortest));
    let mut sums = [0.0; LANES];
    for (((first, second), third), fourth) in first.0.iter().zip(second.0).zip(third.0).zip(fourth.0) {
        for (sum, place) in sums.iter_mut().zip([first, second, third, fourth]) {
            *sum += model.weight(*place);
        }
    }
    for (sum, rest) in sums.iter_mut().zip([first.1, second.1, third.1, fourth.1]) {
        *sum = rest.iter().fold(*sum, |sum, place| sum + model.weight(*place));
    }
    sums
}

/// Visits the places of a block's words and runs of words in the model.
pub(crate) fn grams(words: &[u64], mut visit: impl FnMut(u64)) {
    if words.len() <= FIRST + LAST {
        stretch(words, &mut visit);
    } else {
        stretch(&words[..FIRST], &mut visit);
        stretch(&words[words.len() - LAST..], &mut visit);
    }
    if let (Some(first), Some(last)) = (words.first(), words.last()) {
        visit(place(*first, 0x5157_11b5));
        visit(place(*last, 0x1a57_93c7));
    }
}

fn stretch(words: &[u64], visit: &mut impl FnMut(u64)) {
    let (mut before, mut earlier) = (None, None);
    for word in words {
        visit(place(*word, 0));
        if let Some(before) = before {
            let pair = place(*word, before);
            visit(pair);
            if let Some(earlier) = earlier {
                visit(place(pair, earlier));
            }
        }
        earlier = before;
        before = Some(*word);
    }
}

/// The words of a text, up to three in a row, that speak most for the story, or most against it. Nothing in scripts
/// without spaces.
pub(super) fn weightiest_words(text: &str, model: &HashedLinear, lean: Lean) -> Option<String> {
    let spans: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let words = word_hashes(text);
    if words.len() != spans.len() {
        return None;
    }
    let mut weightiest: Option<(f32, String)> = None;
    for start in 0..words.len().min(FIRST + LAST) {
        for length in 1..=3.min(words.len() - start) {
            let mut weight = 0.0;
            stretch(&words[start..start + length], &mut |place| weight += model.weight(place));
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
