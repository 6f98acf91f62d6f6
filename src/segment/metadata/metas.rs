//! The `meta` elements of a page, quick to ask for those of a name: most names that are asked for a page does not have.

use super::word_ends::WordEnds;

/// Names and contents of `meta` elements, in order.
pub(super) struct Metas<'a> {
    all: Vec<(&'a str, &'a str)>,
    /// How their names begin and end.
    ends: WordEnds,
}

impl Default for Metas<'_> {
    fn default() -> Self {
        Metas { all: Vec::new(), ends: WordEnds::NONE }
    }
}

impl<'a> Metas<'a> {
    /// Adds one.
    pub(super) fn push(&mut self, name: &'a str, content: &'a str) {
        self.ends.add(name.as_bytes());
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
        let all = if self.ends.may_have(name.as_bytes()) { &self.all[..] } else { &[] };
        all.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, content)| *content)
    }
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
