//! What the classes of a page say, kept: most of them come again and again.

/// Classes that are kept, a power of two; most pages have fewer.
const PLACES: usize = 512;

/// Classes and what they say, each at the place of its letters.
pub(super) struct HintCache<'a> {
    places: Vec<(&'a str, u16)>,
}

impl Default for HintCache<'_> {
    fn default() -> Self {
        HintCache { places: vec![("", 0); PLACES] }
    }
}

impl<'a> HintCache<'a> {
    /// What `names` say, which `read` tells where they are not known.
    pub(super) fn get_or_read(&mut self, names: &'a str, read: impl FnOnce(&[u8]) -> u16) -> u16 {
        let known = &mut self.places[place_of(names.as_bytes())];
        // Of two with the same place the last is kept.
        if known.0 != names {
            *known = (names, read(names.as_bytes()));
        }
        known.1
    }
}

/// The place of the names that begin and end so and are as long: nearly all that differ have places of their own.
fn place_of(names: &[u8]) -> usize {
    let letters = match (names.first_chunk(), names.last_chunk()) {
        (Some(first), Some(last)) => u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(29),
        _ => names.iter().fold(0, |letters, letter| letters << 8 | u64::from(*letter)),
    };
    // The multiplier of Fibonacci hashing, 2^64 / φ.
    let product = (letters ^ names.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (product >> (u64::BITS - PLACES.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use super::HintCache;

    #[test]
    fn each_class_keeps_what_it_says() {
        let classes: Vec<String> = (0..3_000).map(|number| format!("class-{number} of-a-page")).collect();
        let mut cache = HintCache::default();
        for _ in 0..2 {
            for (number, class) in (0..).zip(&classes) {
                assert_eq!(cache.get_or_read(class, |_| number), number, "{class}");
            }
        }
        assert_eq!(cache.get_or_read("", |_| 0), 0);
    }
}
