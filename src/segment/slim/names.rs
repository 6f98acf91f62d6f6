//! Names that are known, to be found by their letters.

/// The bit that a small letter has and its capital has not.
pub(super) const SMALL: u64 = 0x2020_2020_2020_2020;
/// Places of a table, a power of two: so few names share a place.
const PLACE_COUNT: usize = 1024;
/// Marks a place that no name has.
const NO_NAME: u8 = u8::MAX;

/// Names by their letters; none is known by two numbers.
pub(super) struct NameTable<const COUNT: usize> {
    names: [&'static str; COUNT],
    /// The first letters of each.
    letters: [u64; COUNT],
    /// The numbers of the names, each at the place of its letters or the next one that is free.
    places: [u8; PLACE_COUNT],
}

impl<const COUNT: usize> NameTable<COUNT> {
    /// The table of these names, which are in lower case.
    pub(super) const fn of(known: &[&'static str]) -> Self {
        assert!(COUNT < NO_NAME as usize && COUNT == known.len());
        let mut table = NameTable { names: [""; COUNT], letters: [0; COUNT], places: [NO_NAME; PLACE_COUNT] };
        let mut number = 0;
        while number < COUNT {
            let name = known[number];
            table.names[number] = name;
            table.letters[number] = letters(name.as_bytes());
            let mut place = place_of(table.letters[number], name.len());
            while table.places[place] != NO_NAME {
                place = (place + 1) % PLACE_COUNT;
            }
            table.places[place] = number as u8;
            number += 1;
        }
        table
    }

    /// The number of the name that is written so, in any case, and has these [`letters`].
    #[inline]
    pub(super) fn find(&self, written: &[u8], letters: u64) -> Option<u8> {
        let mut place = place_of(letters, written.len());
        loop {
            let number = self.places[place];
            let name = self.names.get(usize::from(number))?;
            if self.letters[usize::from(number)] == letters
                && name.len() == written.len()
                && (written.len() <= 8 || name.as_bytes().eq_ignore_ascii_case(written))
            {
                return Some(number);
            }
            place = (place + 1) % PLACE_COUNT;
        }
    }
}

/// The first eight letters of a name, small, the first one lowest.
pub(super) const fn letters(name: &[u8]) -> u64 {
    let mut letters = 0;
    let mut at = 0;
    while at < name.len() && at < 8 {
        letters |= (name[at].to_ascii_lowercase() as u64) << (8 * at);
        at += 1;
    }
    letters
}

const fn place_of(letters: u64, length: usize) -> usize {
    // The multiplier of Fibonacci hashing, 2^64 / φ.
    ((letters ^ length as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize
}
