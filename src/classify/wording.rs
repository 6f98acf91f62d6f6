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

/// The score of a block's words, as log-odds. The more words, the less each counts.
pub(crate) fn wording_score(line: &Line<'_>, model: &HashedLinear) -> f32 {
    let mut sum = 0.0;
    let mut count = 0.0_f32;
    grams(line.hashes(), |place| {
        sum += model.weight(place);
        count += 1.0;
    });
    model.bias() + sum / count.max(1.0).sqrt()
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
