//! What says again what the story has said: copies of it for other screens, copies of a paragraph, pull quotes.

use rustc_hash::FxHashMap;

use crate::block::BlockKind;
use crate::verdict::{Evidence, Role, Verdict};

use super::likeness::runs;
use super::page::PageView;
use super::repair::context;

/// Words of a paragraph that no story says twice; a list, a table, a refrain may say shorter lines again.
const REPEAT_WORDS: f32 = 15.0;
/// Repeats in the form of what they repeat that stay; more of them are copies of a part of the page.
const FEW_REPEATS: usize = 12;
/// Words of the shortest pull quote.
const SHORT_QUOTE_WORDS: f32 = 8.0;
/// Words of the longest pull quote.
const PULL_QUOTE_WORDS: f32 = 60.0;
/// Share of a pull quote's runs of words that stand in the story; its ends may differ by a word.
const PULL_QUOTE_SHARE: f32 = 0.8;
/// Blocks of a part of the page that is there twice, those of them that no story says twice, and the blocks without a copy
/// between two of it. A chorus has short lines alone.
const COPY_BLOCKS: usize = 3;
const COPY_PARAGRAPHS: usize = 2;
const COPY_GAP: usize = 2;

/// Drops the second copy of a part of the story: kept blocks that say what others said, in the same order, headings and
/// short lines among them.
pub(super) fn drop_copies(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let kept: Vec<usize> = (0..verdicts.len()).filter(|index| verdicts[*index].is_keep()).collect();
    let mut said: FxHashMap<&str, usize> = FxHashMap::default();
    let mut copies: Vec<Copies> = Vec::new();
    for (at, index) in kept.iter().enumerate().filter(|(_, index)| page.lines[**index].repeats > 1) {
        let Some(first) = said.get(&*page.document.blocks[*index].text).copied() else {
            said.insert(&page.document.blocks[*index].text, at);
            continue;
        };
        match copies.last_mut().filter(|copy| copy.goes_on(at, first)) {
            Some(copy) => copy.add(at, first),
            None => copies.push(Copies { copies: vec![at], last: first }),
        }
    }
    for copy in copies {
        let blocks: Vec<usize> = copy.copies.iter().map(|at| kept[*at]).collect();
        let paragraphs = blocks.iter().filter(|index| page.lines[**index].words >= REPEAT_WORDS).count();
        if blocks.len() >= COPY_BLOCKS && paragraphs >= COPY_PARAGRAPHS {
            for index in blocks {
                verdicts[index] = context(Role::Repeat, Evidence::SaysAgain, &verdicts[index]);
            }
        }
    }
}

/// A row of kept blocks that say, one behind the other, what others said.
struct Copies {
    /// Where they stand among the kept blocks.
    copies: Vec<usize>,
    /// Where the last stands of those they say again.
    last: usize,
}

impl Copies {
    /// Whether the copy of `first` at `at` is the next of the row.
    fn goes_on(&self, at: usize, first: usize) -> bool {
        let gap = at - self.copies.last().copied().unwrap_or(at);
        gap <= COPY_GAP + 1 && first > self.last && first - self.last <= COPY_GAP + 1
    }

    fn add(&mut self, at: usize, first: usize) {
        self.copies.push(at);
        self.last = first;
    }
}

/// Drops a paragraph that a kept one has said, letter for letter: a pull quote, a copy for another screen. A few in the
/// form of the first stay: instructions are given again where they are followed again.
pub(super) fn drop_repeats(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let mut said: FxHashMap<&str, usize> = FxHashMap::default();
    let (mut of_own_form, mut of_others) = (Vec::new(), Vec::new());
    for (index, block) in page.document.blocks.iter().enumerate() {
        let line = &page.lines[index];
        if !verdicts[index].is_keep() || line.words < REPEAT_WORDS || line.repeats < 2 {
            continue;
        }
        let Some(first) = said.insert(&block.text, index) else { continue };
        let repeats = if page.groups[first] == page.groups[index] { &mut of_own_form } else { &mut of_others };
        repeats.push(index);
    }
    if of_own_form.len() <= FEW_REPEATS {
        of_own_form.clear();
    }
    for index in of_own_form.into_iter().chain(of_others) {
        verdicts[index] = context(Role::Repeat, Evidence::SaysAgain, &verdicts[index]);
    }
}

/// Drops a kept block that is set apart and whose words all stand, in a row, in a longer kept one: a pull quote. A
/// plain paragraph may say again what another said: a summary, a live ticker's key points.
pub(super) fn drop_pull_quotes(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let may_be_one = |index: &usize| {
        let stands_apart = page.document.blocks[*index].kind == BlockKind::Quote
            || page.is_inside(*index, "aside")
            || page.is_inside(*index, "figure");
        stands_apart && (SHORT_QUOTE_WORDS..=PULL_QUOTE_WORDS).contains(&page.lines[*index].words)
    };
    let kept: Vec<usize> = (0..verdicts.len()).filter(|index| verdicts[*index].is_keep()).collect();
    let apart: Vec<usize> = kept.iter().copied().filter(may_be_one).collect();
    if apart.is_empty() {
        return;
    }
    let mut owners: FxHashMap<u64, [usize; 2]> = FxHashMap::default();
    for &index in &kept {
        for run in runs(page.lines[index].hashes()) {
            let owner = owners.entry(run).or_insert([index; 2]);
            owner[1] = index;
        }
    }
    for index in apart {
        if is_within_longer(page, index, &owners) {
            verdicts[index] = context(Role::Repeat, Evidence::SaysAgain, &verdicts[index]);
        }
    }
}

/// Whether nearly all runs of a block's words stand in one longer block.
fn is_within_longer(page: &PageView<'_>, index: usize, owners: &FxHashMap<u64, [usize; 2]>) -> bool {
    let line = &page.lines[index];
    let other = runs(line.hashes()).find_map(|run| owners.get(&run)?.iter().copied().find(|owner| *owner != index));
    let Some(other) = other.filter(|other| page.lines[*other].words > line.words) else { return false };
    let shared = runs(line.hashes()).filter(|run| owners.get(run).is_some_and(|owner| owner.contains(&other))).count();
    shared as f32 >= PULL_QUOTE_SHARE * runs(line.hashes()).count() as f32
}

#[cfg(test)]
mod tests {
    use super::super::repair::dropped_of_kept;
    use super::*;

    fn paragraph(name: &str) -> String {
        format!(
            "<p>{name} opened the weir on Tuesday after two winters of repairs, and boats came down before noon.</p>"
        )
    }

    /// What goes of a page of which all was kept, by the first word of each.
    fn dropped(html: &str) -> Vec<String> {
        let all = dropped_of_kept(html, |page, verdicts| {
            drop_copies(page, verdicts);
            drop_repeats(page, verdicts);
        });
        all.iter().map(|text| text.split(' ').next().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn a_second_copy_of_the_story_goes_as_a_whole() {
        let story = format!("{}<h2>Noon</h2>{}<p>Why?</p>{}", paragraph("Ada"), paragraph("Ben"), paragraph("Cy"));
        let page = format!("<main>{story}</main><div class=phone>{story}</div>");
        assert_eq!(dropped(&page), ["Ada", "Noon", "Ben", "Why?", "Cy"]);
    }

    #[test]
    fn instructions_that_are_given_again_stay() {
        let days =
            ["Monday", "Tuesday", "Friday"].map(|day| format!("<h2>{day}</h2>{}<p>{day}.</p>", paragraph("Ada")));
        assert!(dropped(&days.concat()).is_empty());
        let quoted = format!("{}{}<aside>{}</aside>", paragraph("Ada"), paragraph("Ben"), paragraph("Ada"));
        assert_eq!(dropped(&quoted), ["Ada"]);
    }

    #[test]
    fn a_chorus_stays() {
        let chorus = ["Row down", "to the weir, my dear", "row down to the weir", "while the keeper sleeps"];
        let chorus: String = chorus.map(|line| format!("<p>{line}</p>")).concat();
        let song = format!("{chorus}<p>The moon was high</p>{chorus}<p>The moon was low</p>{chorus}");
        assert!(dropped(&song).is_empty());
    }
}
