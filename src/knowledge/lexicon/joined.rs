//! The search for phrases of scripts that do not set words apart.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

/// Finds phrases by how they begin.
#[derive(Debug, Default)]
pub(super) struct JoinedFinder {
    /// Each first part, and the numbers of the phrases that begin with it.
    starts: &'static [(&'static str, &'static [u16])],
    /// Made when a text is to be searched: most pages have none, and making it takes a millisecond.
    automaton: OnceLock<AhoCorasick>,
}

impl JoinedFinder {
    pub(super) fn of(starts: &'static [(&'static str, &'static [u16])]) -> Self {
        JoinedFinder { starts, automaton: OnceLock::new() }
    }

    /// The phrases that may stand in a text: the number of each, and where it begins.
    pub(super) fn candidates<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
        let hits = self.automaton.get_or_init(|| self.build()).find_overlapping_iter(text);
        hits.flat_map(|hit| {
            let numbers = self.starts[hit.pattern().as_usize()].1.iter();
            numbers.map(move |number| (usize::from(*number), hit.start()))
        })
    }

    #[expect(clippy::expect_used, reason = "the patterns are inside the program, and a test builds it")]
    fn build(&self) -> AhoCorasick {
        let patterns = self.starts.iter().map(|(part, _)| part);
        let built = AhoCorasick::builder().match_kind(MatchKind::Standard).build(patterns);
        built.expect("the patterns are few and short")
    }
}
