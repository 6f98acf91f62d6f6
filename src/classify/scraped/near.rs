//! How much of a line stands in the running text next to it.

use super::super::lines::Line;
use super::view::SHORT;

/// For each short line, the share of its words that stand in the nearest running text on each side.
pub(super) fn near_shares(lines: &[Line<'_>]) -> Vec<(f32, f32)> {
    let shares = |lines: &mut dyn Iterator<Item = &Line<'_>>| -> Vec<f32> {
        let mut near: &[u64] = &[];
        // Made when a short line asks for it: most lines of a story do not.
        let mut signature = None;
        let mut shares = Vec::new();
        for line in lines {
            let of_near = || Signature::of(near);
            let is_short = line.words <= SHORT;
            shares.push(if is_short { signature.get_or_insert_with(of_near).share_of(line.hashes()) } else { 0.0 });
            if line.prose > 0.0 {
                near = line.hashes();
                signature = None;
            }
        }
        shares
    };
    let before = shares(&mut lines.iter());
    let mut after = shares(&mut lines.iter().rev());
    after.reverse();
    before.into_iter().zip(after).collect()
}

/// The words of one line as bits of a small table.
#[derive(Default)]
struct Signature([u64; 32]);

impl Signature {
    fn of(words: &[u64]) -> Self {
        let mut signature = Signature::default();
        for word in words {
            let (at, bit) = Self::place(*word);
            signature.0[at] |= bit;
        }
        signature
    }

    fn place(word: u64) -> (usize, u64) {
        let place = (word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 53) as usize;
        (place / 64, 1 << (place % 64))
    }

    fn share_of(&self, words: &[u64]) -> f32 {
        let known = words.iter().filter(|word| {
            let (at, bit) = Self::place(**word);
            self.0[at] & bit != 0
        });
        known.count() as f32 / words.len().max(1) as f32
    }
}
