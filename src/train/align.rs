//! Which blocks of a page stand in its gold text, by aligning both as sequences of words.
//!
//! A block does not belong to the story because its words stand somewhere in it: menus, teasers and repeated lines would
//! count too. It does where the words stand at its place in the order of the page:
//!
//! 1. **Anchors**: runs of five words that occur once in the page and once in the gold. The longest chain of them that
//!    is in order in both is kept, each is extended both ways as long as the words agree, and what lies between two of
//!    them is aligned again by itself, where more runs are unique.
//! 2. **Blocks**: one that has half of its words aligned is the story's.
//! 3. **Gaps**: a short block that has none (a heading, a list item, a line said twice) is looked for only in the gold
//!    between its neighbours' places.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::words::words;

/// Words of an anchor.
const ANCHOR: usize = 5;
/// Times that the stretches between anchors are aligned again.
const ROUNDS: usize = 4;
/// The share of a block's words that has to be aligned.
const ALIGNED_SHARE: f64 = 0.5;
/// Words of the longest block that is looked for in a gap.
const GAP_WORDS: usize = 60;
/// Words from which a block may stand in the middle of a gold paragraph.
const INNER_WORDS: usize = 4;

/// For each block, whether it is of the story.
///
/// ```
/// use cleancopy::train::align;
///
/// let page = ["Home", "The ferry hit the pier.", "Advertisement", "Nobody was hurt, said the owners."];
/// assert_eq!(align(&page, "The ferry hit the pier.\n\nNobody was hurt, said the owners."), [false, true, false, true]);
/// ```
pub fn align(blocks: &[&str], gold: &str) -> Vec<bool> {
    Alignment::of(blocks, gold).labels()
}

struct Alignment {
    page: Vec<u32>,
    gold: Vec<u32>,
    /// The words of each block.
    blocks: Vec<Range<usize>>,
    /// The words of each paragraph of the gold: where one begins.
    starts: Vec<bool>,
    /// For each word of the page, its place in the gold.
    places: Vec<Option<usize>>,
    /// Whether a word of the gold has its place in the page.
    taken: Vec<bool>,
}

impl Alignment {
    fn of(blocks: &[&str], gold: &str) -> Self {
        let mut ids = Ids::default();
        let mut page = Vec::new();
        let mut ranges = Vec::with_capacity(blocks.len());
        for block in blocks {
            let start = page.len();
            page.extend(words(block).into_iter().map(|word| ids.of(word)));
            ranges.push(start..page.len());
        }
        let (mut gold_words, mut starts) = (Vec::new(), Vec::new());
        for paragraph in gold.split('\n') {
            let ids = words(paragraph).into_iter().map(|word| ids.of(word));
            for (index, id) in ids.enumerate() {
                gold_words.push(id);
                starts.push(index == 0);
            }
        }
        starts.push(true);
        let (places, taken) = (vec![None; page.len()], vec![false; gold_words.len()]);
        let mut alignment = Alignment { page, gold: gold_words, blocks: ranges, starts, places, taken };
        alignment.anchor(0..alignment.page.len(), 0..alignment.gold.len(), ROUNDS);
        alignment
    }

    fn labels(mut self) -> Vec<bool> {
        let mut labels: Vec<bool> = self.blocks.clone().into_iter().map(|block| self.is_aligned(block)).collect();
        self.forget_strays(&labels);
        for (index, label) in labels.iter_mut().enumerate() {
            *label = *label || self.place_in_gap(index);
        }
        labels
    }

    fn is_aligned(&self, block: Range<usize>) -> bool {
        let aligned = self.places[block.clone()].iter().flatten().count();
        !block.is_empty() && aligned as f64 >= ALIGNED_SHARE * block.len() as f64
    }

    /// Takes back the places of words in blocks that are not of the story: a teaser that begins as a paragraph does.
    fn forget_strays(&mut self, labels: &[bool]) {
        for (block, label) in self.blocks.iter().zip(labels) {
            if !label {
                for place in &mut self.places[block.clone()] {
                    if let Some(place) = place.take() {
                        self.taken[place] = false;
                    }
                }
            }
        }
    }

    /// Aligns a stretch of the page with a stretch of the gold.
    fn anchor(&mut self, page: Range<usize>, gold: Range<usize>, rounds: usize) {
        if page.len() < ANCHOR || gold.len() < ANCHOR || rounds == 0 {
            return;
        }
        let chain = longest_chain(&self.common_runs(page.clone(), gold.clone()));
        if chain.is_empty() {
            return;
        }
        let (mut page_from, mut gold_from) = (page.start, gold.start);
        let mut gaps = Vec::new();
        for (at, place) in chain {
            if at < page_from || place < gold_from {
                continue;
            }
            let (start, end) = self.extend(at, place, page_from..page.end, gold_from..gold.end);
            gaps.push((page_from..start, gold_from..place - (at - start)));
            (page_from, gold_from) = (end, place + (end - at));
        }
        gaps.push((page_from..page.end, gold_from..gold.end));
        for (page, gold) in gaps {
            self.anchor(page, gold, rounds - 1);
        }
    }

    /// Extends an anchor both ways while the words agree. The stretch of the page it covers.
    fn extend(&mut self, at: usize, place: usize, page: Range<usize>, gold: Range<usize>) -> (usize, usize) {
        let back = (1..=(at - page.start).min(place - gold.start))
            .take_while(|step| self.page[at - step] == self.gold[place - step])
            .count();
        let ahead = (0..(page.end - at).min(gold.end - place))
            .take_while(|step| self.page[at + step] == self.gold[place + step])
            .count();
        for (offset, word) in (at - back..at + ahead).enumerate() {
            self.places[word] = Some(place - back + offset);
            self.taken[place - back + offset] = true;
        }
        (at - back, at + ahead)
    }

    /// Where the runs of words stand that occur once in both stretches, in the order of the page.
    fn common_runs(&self, page: Range<usize>, gold: Range<usize>) -> Vec<(usize, usize)> {
        let in_page = single_runs(&self.page, page);
        let in_gold = single_runs(&self.gold, gold);
        let mut common: Vec<(usize, usize)> =
            in_page.iter().filter_map(|(run, at)| Some(((*at)?, (*in_gold.get(run)?)?))).collect();
        common.sort_unstable();
        common
    }

    /// Looks for a block in the gold between its neighbours' places, and gives it its place.
    fn place_in_gap(&mut self, index: usize) -> bool {
        let block = self.blocks[index].clone();
        if block.is_empty() || block.len() > GAP_WORDS {
            return false;
        }
        let from = self.places[..block.start].iter().rev().flatten().next().map_or(0, |place| place + 1);
        let to = self.places[block.end..].iter().flatten().next().copied().unwrap_or(self.gold.len());
        if to < from + block.len() {
            return false;
        }
        let found = (from..=to - block.len()).find(|start| self.stands_at(*start, &block));
        if let Some(start) = found {
            for (offset, word) in block.enumerate() {
                self.places[word] = Some(start + offset);
                self.taken[start + offset] = true;
            }
        }
        found.is_some()
    }

    fn stands_at(&self, start: usize, block: &Range<usize>) -> bool {
        let end = start + block.len();
        let at_border = self.starts[start] || self.starts[end];
        let whole = self.starts[start] && self.starts[end];
        (whole || block.len() >= INNER_WORDS && at_border || block.len() >= 2 * INNER_WORDS)
            && self.gold[start..end] == self.page[block.clone()]
            && !self.taken[start..end].contains(&true)
    }
}

/// Numbers for words.
#[derive(Default)]
struct Ids(FxHashMap<String, u32>);

impl Ids {
    fn of(&mut self, word: String) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(word).or_insert(next)
    }
}

/// The runs of a stretch, with the place of those that occur once.
fn single_runs(words: &[u32], stretch: Range<usize>) -> FxHashMap<&[u32], Option<usize>> {
    let mut runs: FxHashMap<&[u32], Option<usize>> = FxHashMap::default();
    for (offset, run) in words[stretch.clone()].windows(ANCHOR).enumerate() {
        runs.entry(run).and_modify(|place| *place = None).or_insert(Some(stretch.start + offset));
    }
    runs
}

/// The longest part of the pairs, sorted by the first, whose seconds rise too: patience sorting.
fn longest_chain(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, (_, second)) in pairs.iter().enumerate() {
        let length = tails.partition_point(|tail| pairs[*tail].1 < *second);
        before.push(length.checked_sub(1).map(|length| tails[length]));
        if length == tails.len() {
            tails.push(index);
        } else {
            tails[length] = index;
        }
    }
    let mut chain = Vec::with_capacity(tails.len());
    let mut next = tails.last().copied();
    while let Some(index) = next {
        chain.push(pairs[index]);
        next = before[index];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "The ferry left the harbour at noon with eighty people on board, and the sea was calm.";
    const SECOND: &str = "An hour later it hit the pier of the island, where a crowd had come to meet it.";

    fn story(paragraphs: &[&str]) -> String {
        paragraphs.join("\n\n")
    }

    #[test]
    fn a_teaser_that_repeats_the_first_paragraph_is_not_the_story() {
        let page = ["News", FIRST, SECOND, "Most read", FIRST, "Fire in Fell"];
        assert_eq!(align(&page, &story(&[FIRST, SECOND])), [false, true, true, false, false, false]);
    }

    #[test]
    fn a_teaser_ahead_of_the_story_yields_to_the_paragraph_in_its_run() {
        let page = [&FIRST[..50], "Menu", FIRST, SECOND];
        assert_eq!(align(&page, &story(&[FIRST, SECOND])), [false, false, true, true]);
    }

    #[test]
    fn a_line_of_one_word_counts_only_between_its_neighbours() {
        let page = ["Weather", FIRST, "Weather", SECOND, "Weather"];
        assert_eq!(align(&page, &story(&[FIRST, "Weather", SECOND])), [false, true, true, true, false]);
    }

    #[test]
    fn a_word_of_a_paragraph_is_no_line_of_the_gold() {
        let page = [FIRST, "Harbour", SECOND];
        assert_eq!(align(&page, &story(&[FIRST, SECOND])), [true, false, true]);
    }

    #[test]
    fn a_gold_paragraph_may_be_two_blocks_and_two_may_be_one() {
        let (start, end) = FIRST.split_at(44);
        assert_eq!(align(&[start, end, SECOND], &story(&[FIRST, SECOND])), [true; 3]);
        let both = format!("{FIRST} {SECOND}");
        assert_eq!(align(&[&both, "Share"], &story(&[FIRST, SECOND])), [true, false]);
    }

    #[test]
    fn a_paragraph_that_the_gold_forgot_is_not_the_storys() {
        let page = [FIRST, "Divers went down at once to look for a hole in the hull of the ship.", SECOND];
        assert_eq!(align(&page, &story(&[FIRST, SECOND])), [true, false, true]);
    }

    #[test]
    fn a_block_with_a_changed_word_is_still_the_storys() {
        let page = [FIRST.replace("eighty", "80"), SECOND.to_owned()];
        let page: Vec<&str> = page.iter().map(String::as_str).collect();
        assert_eq!(align(&page, &story(&[FIRST, SECOND])), [true, true]);
    }

    #[test]
    fn nothing_is_aligned_with_nothing() {
        assert_eq!(align(&[FIRST, ""], ""), [false, false]);
        assert!(align(&[], FIRST).is_empty());
    }
}
