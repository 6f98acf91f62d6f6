//! The words that the names of elements are made of.

use super::sixteen::WIDTH;
use super::stretch::Stretch;

/// The hash of the word that begins at `start` of a name, in lower case, and the place behind it. A word goes on up to a
/// sign, or up to a capital behind a small letter or a digit.
#[inline]
pub(crate) fn name_word(name: &[u8], start: usize) -> (u64, usize) {
    let (mut hash, mut end) = (0, start);
    // What it begins with may be a capital.
    let mut behind_capital = true;
    loop {
        let stretch = Stretch::at(name, end);
        let length = stretch.name_part(behind_capital);
        if length > 0 {
            hash = stretch.mixed_into(hash, length);
            end += length;
        }
        if length < WIDTH {
            return (hash, end);
        }
        behind_capital = name[end - 1].is_ascii_uppercase();
    }
}
