//! Cleans what is left of a text again, until nothing more goes: the lines that are left have other neighbours than they
//! had, and cleaning what was cleaned has to change nothing.
//!
//! Each round sees what a second run of the program would see: the very text that is left, cut anew. Its blocks need not
//! be those of the text that came; what it drops is put down at its place there, and a block of which a part goes is
//! parted.

use std::ops::Range;

use super::Judged;
use super::rejoin::{Run, without_dropped};
use crate::block::{Block, Document, Scraped};
use crate::page::is_read_otherwise;
use crate::verdict::{Evidence, Judgement, PageVerdict, Reason, Role, Stage, Verdict};

/// Rounds at the most. A news text takes two or three, one of which nothing goes takes one, and thousands of them in one text
/// of 100 MB take some twenty.
const MAX_ROUNDS: usize = 48;

/// A text of which nothing more goes.
pub(super) struct Settled {
    pub(super) blocks: Vec<Judged>,
    /// What is left of the text.
    pub(super) text: String,
    pub(super) verdict: PageVerdict,
    pub(super) confidence: f32,
}

/// A block of the text that came, or a part of one, and where it stands there.
struct Part {
    range: Range<usize>,
    judged: Judged,
}

/// Judges what is left of a text until nothing more goes: `judge` cuts a text and judges its blocks. Where no end comes
/// in sight, and where what is left would be read as something else than text, all stays as it came.
pub(super) fn settle(
    blocks: Vec<Block>,
    scraped: Scraped,
    judgement: Judgement,
    mut judge: impl FnMut(String) -> (Document, Judgement),
) -> Settled {
    let Judgement { verdicts, words, page, mut confidence } = judgement;
    let is_settled = |verdicts: &[Verdict]| verdicts.iter().all(Verdict::is_keep);
    let judged = blocks.into_iter().zip(verdicts.iter().cloned()).zip(words);
    let judged = judged.map(|((block, verdict), words)| Judged { block, verdict, words });
    if is_settled(&verdicts) {
        return Settled { blocks: judged.collect(), text: scraped.text, verdict: page, confidence };
    }
    let mut left = without_dropped(&scraped, &verdicts);
    let Scraped { text, ranges } = scraped;
    let mut parts: Vec<Part> = ranges.into_iter().zip(judged).map(|(range, judged)| Part { range, judged }).collect();
    for _ in 1..MAX_ROUNDS {
        let (document, judgement) = judge(left.text.clone());
        let Some(scraped) = document.scraped else { break };
        confidence = confidence.min(judgement.confidence);
        if is_settled(&judgement.verdicts) {
            if is_read_otherwise(&left.text) {
                break;
            }
            let blocks = parts.into_iter().map(|part| part.judged).collect();
            return Settled { blocks, text: left.text, verdict: judgement.page, confidence };
        }
        let remainder = without_dropped(&scraped, &judgement.verdicts).traced_through(&left.runs);
        parts = with_dropped(parts, dropped_places(&left.runs, &scraped.ranges, judgement.verdicts));
        left = remainder;
    }
    Settled { blocks: parts.into_iter().map(unsettled).collect(), text, verdict: page, confidence: 0.0 }
}

/// The block of a part, kept.
fn unsettled(Part { judged: Judged { block, verdict, words }, .. }: Part) -> Judged {
    let Reason { story_likelihood, .. } = *verdict.reason();
    let evidence = vec![Evidence::Unsettled];
    Judged {
        block,
        words,
        verdict: Verdict::Keep(Reason { role: Role::Story, stage: Stage::Context, evidence, story_likelihood }),
    }
}

/// Where the dropped blocks of what is left stand in the text that came.
fn dropped_places(runs: &[Run], ranges: &[Range<usize>], verdicts: Vec<Verdict>) -> Vec<(Range<usize>, Verdict)> {
    let mut runs = runs.iter().peekable();
    let mut place = |at: usize| {
        while runs.next_if(|run| run.at + run.len <= at).is_some() {}
        runs.peek().map_or(0, |run| run.from + at.saturating_sub(run.at))
    };
    let dropped = ranges.iter().zip(verdicts).filter(|(_, verdict)| !verdict.is_keep());
    // No block begins or ends with the space of an insert that parts two of them.
    dropped.map(|(range, verdict)| (place(range.start)..place(range.end - 1) + 1, verdict)).collect()
}

/// The parts, of which those that stand at the places that are `gone` are dropped. A part is gone through once, however
/// many places lie in it.
fn with_dropped(parts: Vec<Part>, gone: Vec<(Range<usize>, Verdict)>) -> Vec<Part> {
    let mut gone = gone.into_iter().peekable();
    let mut after = Vec::with_capacity(parts.len());
    for part in parts {
        while gone.next_if(|(place, _)| place.end <= part.range.start).is_some() {}
        let is_touched = |gone: &(Range<usize>, Verdict)| gone.0.start < part.range.end;
        if !part.judged.verdict.is_keep() || !gone.peek().is_some_and(is_touched) {
            after.push(part);
            continue;
        }
        let mut at = part.range.start;
        while let Some((place, verdict)) = gone.peek().filter(|gone| is_touched(gone)) {
            let (start, end) = (place.start.max(at), place.end.min(part.range.end));
            after.extend(part.piece(at..start, &part.judged.verdict));
            after.extend(part.piece(start..end, verdict));
            at = end;
            if gone.next_if(|(place, _)| place.end <= part.range.end).is_none() {
                break;
            }
        }
        after.extend(part.piece(at..part.range.end, &part.judged.verdict));
    }
    after
}

impl Part {
    /// What stands at a place within this part but for the white space at its ends; nothing where that is all.
    fn piece(&self, place: Range<usize>, verdict: &Verdict) -> Option<Part> {
        let Judged { block, .. } = &self.judged;
        let text = &block.text[place.start - self.range.start..place.end - self.range.start];
        let words = text.trim();
        let start = place.start + text.len() - text.trim_start().len();
        // Not a clone of the block with another text: a block may have a million pieces.
        let block = || Block { text: block.text.slice_ref(words), spans: block.spans.clone(), ..*block };
        (!words.is_empty())
            .then(|| Part { range: start..start + words.len(), judged: Judged::new(block(), verdict.clone()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::{BlockKind, Origin, Spans};

    fn reason(role: Role) -> Reason {
        Reason { role, stage: Stage::Score, evidence: vec![Evidence::NoPhrase], story_likelihood: 0.5 }
    }

    /// Cuts a text at its bars and line breaks, and drops what `goes`.
    fn judged(text: &str, goes: &dyn Fn(&[&str], usize) -> bool) -> (Document, Judgement) {
        let (mut ranges, mut start) = (Vec::new(), 0);
        for piece in text.split_inclusive(['\n', '|']) {
            let words = piece.trim_end_matches('\n');
            if !words.is_empty() {
                ranges.push(start..start + words.len());
            }
            start += piece.len();
        }
        let texts: Vec<&str> = ranges.iter().map(|range| &text[range.clone()]).collect();
        let block = |text: &&str| Block {
            text: (*text).into(),
            kind: BlockKind::Paragraph,
            link_chars: 0,
            emphasis_chars: 0,
            spans: Spans::new(),
            element: None,
            origin: Origin::Page,
        };
        let verdict = |at| {
            if goes(&texts, at) { Verdict::Drop(reason(Role::Ad)) } else { Verdict::Keep(reason(Role::Story)) }
        };
        let verdicts = (0..texts.len()).map(verdict).collect();
        let blocks: Vec<Block> = texts.iter().map(block).collect();
        let scraped = Some(Scraped { text: text.to_owned(), ranges });
        let words = blocks.iter().map(Block::words).collect();
        let judgement = Judgement { verdicts, words, page: PageVerdict::Article, confidence: 1.0 };
        (Document { blocks, scraped, ..Document::default() }, judgement)
    }

    /// What is left, the blocks that are kept, and those that went.
    fn settled(text: &str, goes: &dyn Fn(&[&str], usize) -> bool) -> (String, Vec<String>, Vec<String>) {
        let (Document { blocks, scraped, .. }, judgement) = judged(text, goes);
        let settled = settle(blocks, scraped.expect("text"), judgement, |text| judged(&text, goes));
        let (kept, gone): (Vec<Judged>, Vec<Judged>) =
            settled.blocks.into_iter().partition(|judged| judged.verdict.is_keep());
        let texts = |list: Vec<Judged>| list.into_iter().map(|judged| judged.block.text.to_string()).collect();
        (settled.text, texts(kept), texts(gone))
    }

    /// A line goes that stands ahead of the line `ad`, and so does that.
    fn ahead_of_ad(texts: &[&str], at: usize) -> bool {
        texts[at] == "ad" || texts.get(at + 1) == Some(&"ad")
    }

    #[test]
    fn what_goes_later_stands_in_its_place() {
        let goes = |texts: &[&str], at: usize| texts[at] == "b" && texts.get(at + 1) != Some(&"c") || texts[at] == "c";
        assert_eq!(
            settled("a\n\nb\nc\n\nd\n", &goes),
            ("a\n\nd\n".to_owned(), vec!["a".to_owned(), "d".to_owned()], vec!["b".to_owned(), "c".to_owned()])
        );
    }

    #[test]
    fn a_block_of_which_a_part_goes_is_parted() {
        // Without the line ahead of it, the second is cut in two.
        let goes = |texts: &[&str], at: usize| texts[at] == "x" || (texts.len() == 1 && texts[at].starts_with("a  b"));
        let parted = with_dropped(
            vec![Part {
                range: 10..16,
                judged: Judged::new(judged("a b  c", &goes).0.blocks.remove(0), Verdict::Keep(reason(Role::Story))),
            }],
            vec![(0..11, Verdict::Drop(reason(Role::Ad))), (15..20, Verdict::Drop(reason(Role::Related)))],
        );
        let shown: Vec<_> = parted
            .iter()
            .map(|part| (part.range.clone(), &*part.judged.block.text, part.judged.verdict.is_keep()))
            .collect();
        assert_eq!(shown, [(10..11, "a", false), (12..13, "b", true), (15..16, "c", false)]);
    }

    #[test]
    fn a_block_of_which_very_many_parts_go_is_gone_through_once() {
        let text = "ab ".repeat(400_000);
        let place = |at: usize| (3 * at..3 * at + 1, Verdict::Drop(reason(Role::Ad)));
        let mut part = judged("x", &|_, _| false).0.blocks.remove(0);
        part.text = text.as_str().into();
        let part = Part { range: 0..text.len(), judged: Judged::new(part, Verdict::Keep(reason(Role::Story))) };
        let parted = with_dropped(vec![part], (0..400_000).map(place).collect());
        assert_eq!(parted.len(), 800_000);
        assert!(
            parted.iter().all(|part| part.judged.block.text == if part.judged.verdict.is_keep() { "b" } else { "a" })
        );
    }

    #[test]
    fn a_text_that_comes_to_no_end_stays_as_it_came() {
        let text = "x\n".repeat(100) + "ad\n";
        let (left, kept, gone) = settled(&text, &ahead_of_ad);
        assert_eq!((left, kept.len(), gone.len()), ("x\n".repeat(99), 99, 2));
        let (left, kept, gone) = settled(&text, &|texts, at| at + 1 == texts.len());
        assert_eq!((left, kept.len(), gone.len()), (text, 101, 0));
    }

    #[test]
    fn what_would_be_read_as_something_else_stays() {
        let text = "ad\n\u{feff}a\n";
        assert_eq!(settled(text, &|texts, at| texts[at] == "ad").0, text);
    }
}
