//! The `meta` elements of a page, quick to ask for those of a name: most names that are asked for a page does not have.

/// Places of names, a power of two: few of the names of a page share one.
const PLACES: usize = 512;

/// Names and contents of `meta` elements, in order.
#[derive(Default)]
pub(super) struct Metas<'a> {
    all: Vec<(&'a str, &'a str)>,
    /// The places of their names, as bits.
    places: [u64; PLACES / 64],
}

impl<'a> Metas<'a> {
    /// Adds one.
    pub(super) fn push(&mut self, name: &'a str, content: &'a str) {
        let place = place_of(name);
        self.places[place / 64] |= 1 << (place % 64);
        self.all.push((name, content));
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// All names and contents.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.all.iter().copied()
    }

    /// The contents of those of a name, in any case.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = &'a str> {
        let place = place_of(name);
        let may_be_there = self.places[place / 64] >> (place % 64) & 1 != 0;
        let all = if may_be_there { &self.all[..] } else { &[] };
        all.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, content)| *content)
    }
}

/// The place of a name by its first letter, its last and its length, whatever its case.
fn place_of(name: &str) -> usize {
    let letter = |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(byte | 0x20));
    let bytes = name.as_bytes();
    ((letter(bytes.first()) * 0x61 + letter(bytes.last()) * 0x25) ^ (bytes.len() * 0x6b)) % PLACES
}

#[cfg(test)]
mod tests {
    use super::Metas;

    #[test]
    fn names_are_found_in_any_case() {
        let mut metas = Metas::default();
        for (name, content) in [("og:Title", "Weir"), ("", "blank"), ("OG:TITLE", "Mill"), ("ü", "umlaut")] {
            metas.push(name, content);
        }
        assert_eq!(metas.named("og:title").collect::<Vec<_>>(), ["Weir", "Mill"]);
        assert_eq!(metas.named("").collect::<Vec<_>>(), ["blank"]);
        assert_eq!(metas.named("ü").collect::<Vec<_>>(), ["umlaut"]);
        assert_eq!(metas.named("og:titel").count(), 0);
        assert_eq!((metas.len(), metas.all().count()), (4, 4));
    }
}
