//! Lines that publishers plant between the paragraphs of a story, in the form of these: sign-ups, pleas, prompts.
//!
//! The model over words (`wording.rs`) learns from what stands in boxes of its own, and knows few words of most languages.
//! This one has learned from planted lines and from lines of stories alone. It reads runs of letters, which tell the stem
//! of a word whatever its ending. It is asked last, and only of what the scores are not sure of: as a feature of the
//! forests it told less, and more of the stories went.

use crate::block::BlockKind;
use crate::knowledge::HashedLinear;
use crate::verdict::{Evidence, Reason, Role, Stage, Verdict};

use super::around::logit;
use super::page::PageView;
use super::scores::likelihood;

/// The number of weights is two to the power of this.
pub(crate) const PITCH_BITS: u32 = 17;
/// Bytes of a block that may be a pitch: a longer one is a paragraph, a shorter one a label.
const BYTES: std::ops::RangeInclusive<usize> = 20..=400;
/// The log-odds under which a paragraph reads as a planted line, and by how much they have to be lower for each unit of
/// the scores' log-odds above a likelihood of `FIRM`: of 26,900 paragraphs of held-out stories seven go so, and five
/// of these are prompts that the golds keep.
const READS_AS_PITCH: f32 = -1.0;
const FIRM: f32 = 0.9;
const WEIGHT_OF_SCORES: f32 = 2.0;
/// The likelihood from which a paragraph stays whatever it reads as.
const SURE: f32 = 0.98;
/// What a short paragraph right beside one has to be to go with it: its likelihood, its words, its log-odds by its letters.
const SURE_BESIDE: f32 = 0.75;
const WORDS_BESIDE: f32 = 15.0;
const READS_AS_STORY: f32 = 2.5;
/// The share of the kept words from which such lines are the tone of the page.
const MAX_SHARE: f32 = 0.2;
/// Letters of a run at the most.
const RUN: usize = 5;
/// What stands at both ends of a word.
const EDGE: u64 = 0;

/// Drops kept paragraphs that read sooner as a planted line than as a story's, and of which the scores are not sure. One
/// that quotes somebody stays, or leads to a list, or stands ahead of all running text, and all do where a good part of the
/// page reads so: it is written in that tone. Short ones in doubt right beside one that goes are of the same plea.
pub(super) fn drop_pitches(page: &PageView<'_>, model: &HashedLinear, verdicts: &mut [Verdict]) {
    let score = |(index, verdict)| Some((index, score_of_pitch(page, index, verdict, model)?));
    let pitches: Vec<(usize, f32)> = verdicts.iter().enumerate().filter_map(score).collect();
    let kept = verdicts.iter().zip(&page.lines).filter(|(verdict, _)| verdict.is_keep());
    let kept: f32 = kept.map(|(_, line)| line.words).sum();
    let words: f32 = pitches.iter().map(|(index, _)| page.lines[*index].words).sum();
    if words > kept * MAX_SHARE {
        return;
    }
    for (index, score) in &pitches {
        drop_pitch(&mut verdicts[*index], *score);
    }
    for (index, _) in pitches {
        drop_rest_of_pitch(page, index, model, verdicts);
    }
}

/// Drops what stands right beside a planted line and is of the same plea.
fn drop_rest_of_pitch(page: &PageView<'_>, pitch: usize, model: &HashedLinear, verdicts: &mut [Verdict]) {
    let is_rest = |beside: &usize| is_rest_of_pitch(page, *beside, &verdicts[*beside], model);
    let ahead = (0..pitch).rev().take_while(is_rest);
    let behind = (pitch + 1..verdicts.len()).take_while(is_rest);
    for beside in ahead.chain(behind).collect::<Vec<_>>() {
        drop_pitch(&mut verdicts[beside], READS_AS_PITCH);
    }
}

fn drop_pitch(verdict: &mut Verdict, score: f32) {
    let story_likelihood = likelihood(score).min(verdict.reason().story_likelihood);
    let evidence = vec![Evidence::ReadsAsPitch];
    *verdict = Verdict::Drop(Reason { role: Role::Boilerplate, stage: Stage::Context, evidence, story_likelihood });
}

/// Whether a short paragraph right beside a planted one is of the same plea: "Spotted a mistake?"
fn is_rest_of_pitch(page: &PageView<'_>, index: usize, verdict: &Verdict, model: &HashedLinear) -> bool {
    may_be_pitch(page, index, verdict)
        && verdict.reason().story_likelihood < SURE_BESIDE
        && page.lines[index].words <= WORDS_BESIDE
        && !reads_as_story(page, index, model)
}

/// The log-odds that a block is the story's, where they are so low that it is taken for a planted line.
fn score_of_pitch(page: &PageView<'_>, index: usize, verdict: &Verdict, model: &HashedLinear) -> Option<f32> {
    let score = may_be_pitch(page, index, verdict).then(|| letter_score(page, index, model))?;
    Some(score).filter(|score| *score < pitch_bound(verdict.reason().story_likelihood))
}

fn may_be_pitch(page: &PageView<'_>, index: usize, verdict: &Verdict) -> bool {
    let block = &page.document.blocks[index];
    verdict.is_keep()
        && verdict.reason().story_likelihood < SURE
        && block.kind == BlockKind::Paragraph
        && page.prose_before[index] > 0.0
        && page.lines[index].scan.quotes == 0
        && !block.text.ends_with(':')
        && is_of_pitch_length(&block.text)
}

/// The log-odds by its runs of letters under which a paragraph of this likelihood goes: the surer the scores, the surer has
/// the reading to be.
fn pitch_bound(likelihood: f32) -> f32 {
    READS_AS_PITCH - WEIGHT_OF_SCORES * (logit(likelihood) - logit(FIRM)).max(0.0)
}

/// Whether nothing in the letters of a block speaks for a planted line.
pub(super) fn reads_as_story(page: &PageView<'_>, index: usize, model: &HashedLinear) -> bool {
    letter_score(page, index, model) >= READS_AS_STORY
}

/// The log-odds that a block is the story's by its runs of letters alone.
fn letter_score(page: &PageView<'_>, index: usize, model: &HashedLinear) -> f32 {
    /// Runs whose weights are read in a row: see `HashedLinear::eights_of`.
    const TOGETHER: usize = 256;
    let add = |sum: f32, places: &[u64]| places.iter().fold(sum, |sum, place| sum + model.weight(*place));
    let mut places = Vec::with_capacity(TOGETHER);
    let (mut sum, mut count) = (0.0, 0);
    letter_runs(&page.document.blocks[index].text, |place| {
        model.fetch(place);
        places.push(place);
        count += 1;
        if places.len() == TOGETHER {
            sum = add(sum, &places);
            places.clear();
        }
    });
    model.bias() + add(sum, &places) * letter_run_value(count)
}

/// Whether a text is as long as a pitch may be.
pub(crate) fn is_of_pitch_length(text: &str) -> bool {
    BYTES.contains(&text.len())
}

/// What a run of letters counts in a block that has several.
pub(crate) fn letter_run_value(count: usize) -> f32 {
    1.0 / (count.max(1) as f32).sqrt().sqrt()
}

/// Visits the runs of two to five letters of each word as tokens. Both ends of a word count as a letter.
pub(crate) fn letter_runs(text: &str, mut visit: impl FnMut(u64)) {
    let mut tail = Tail::default();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            tail.push(u64::from(u32::from(c.to_ascii_lowercase())), &mut visit);
        } else if c.is_alphanumeric() {
            c.to_lowercase().for_each(|c| tail.push(u64::from(u32::from(c)), &mut visit));
        } else {
            tail.end(&mut visit);
        }
    }
    tail.end(&mut visit);
}

/// The last letters of a word.
#[derive(Default)]
struct Tail {
    /// The last first; the edge ahead of the word among them.
    letters: [u64; RUN - 1],
    /// Letters of the word.
    length: usize,
}

impl Tail {
    /// Visits the runs that end in a letter.
    fn push(&mut self, letter: u64, visit: &mut impl FnMut(u64)) {
        let mut run = letter;
        for earlier in &self.letters[..(self.length + 1).min(RUN - 1)] {
            run = (run.rotate_left(17) ^ earlier).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            visit(run);
        }
        self.letters.rotate_right(1);
        self.letters[0] = letter;
        self.length += 1;
    }

    /// Visits the runs that end where the word does.
    fn end(&mut self, visit: &mut impl FnMut(u64)) {
        if self.length > 0 {
            self.push(EDGE, visit);
            *self = Tail::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::repair::kept_of_scored;
    use super::*;
    use crate::knowledge::Knowledge;

    const STORY: &str = "The keeper opened the weir on Tuesday, and the first boats came down before noon.";
    const PITCH: &str = "Like what you read? Our morning briefing lands in your inbox at six, free of charge.";

    /// Which paragraphs stay of those that the scores keep with these likelihoods.
    fn kept(paragraphs: &[(&str, f32)]) -> Vec<bool> {
        let texts: Vec<&str> = paragraphs.iter().map(|(text, _)| *text).collect();
        let html = format!("<p>{}</p>", texts.join("</p><p>"));
        let likelihoods: Vec<f32> = paragraphs.iter().map(|(_, likelihood)| *likelihood).collect();
        kept_of_scored(&html, &likelihoods, |page, verdicts| {
            drop_pitches(page, &Knowledge::builtin().model.pitches, verdicts);
        })
    }

    fn same(a: f32, b: f32) -> bool {
        (a - b).abs() < 1e-5
    }

    /// A page whose story has six paragraphs, and this one; whether it stays.
    fn stays(text: &str, likelihood: f32) -> bool {
        let mut paragraphs = vec![(STORY, 0.9); 6];
        paragraphs.push((text, likelihood));
        kept(&paragraphs)[6]
    }

    #[test]
    fn a_paragraph_that_reads_as_a_pitch_goes_where_the_scores_are_not_sure() {
        assert!(!stays(PITCH, 0.8));
        assert!(stays(PITCH, 0.985), "the scores are sure");
        assert!(stays(STORY, 0.5), "it reads as a story");
    }

    #[test]
    fn the_surer_the_scores_the_surer_has_the_reading_to_be() {
        assert!(same(pitch_bound(0.5), READS_AS_PITCH) && same(pitch_bound(FIRM), READS_AS_PITCH));
        assert!(pitch_bound(0.95) < READS_AS_PITCH - 1.0 && pitch_bound(0.97) < pitch_bound(0.95));
    }

    #[test]
    fn what_stands_ahead_of_the_text_or_leads_to_a_list_stays() {
        assert_eq!(
            kept(&[(PITCH, 0.8), (STORY, 0.9), (STORY, 0.9), (STORY, 0.9), (STORY, 0.9), (STORY, 0.9)]),
            [true; 6]
        );
        assert!(stays(&PITCH.replace("charge.", "charge:"), 0.8));
    }

    #[test]
    fn who_quotes_a_pitch_tells_a_story() {
        assert!(stays(&format!("\u{201c}{PITCH}\u{201d}"), 0.8));
    }

    #[test]
    fn a_page_that_speaks_in_that_tone_is_left_alone() {
        assert_eq!(kept(&[(STORY, 0.9), (PITCH, 0.8), (STORY, 0.9)]), [true; 3]);
    }

    #[test]
    fn a_short_line_in_doubt_beside_a_pitch_goes_with_it() {
        let beside = |text, likelihood| {
            let mut paragraphs = vec![(STORY, 0.9); 9];
            paragraphs.extend([(PITCH, 0.8), (text, likelihood)]);
            kept(&paragraphs)[10]
        };
        assert!(!beside("Have your say on the newsletter", 0.5));
        assert!(beside("Have your say on the newsletter", 0.8), "the scores are sure of it");
        assert!(beside("The keeper opened the weir", 0.5), "it reads as a story");
    }

    #[test]
    fn pitches_are_known_in_many_languages() {
        for pitch in [
            "Abonnieren Sie unseren Newsletter und lesen Sie jeden Morgen das Wichtigste aus der Region.",
            "Suscríbase a nuestro boletín y reciba cada mañana las noticias en su correo.",
            "Подпишитесь на нашу рассылку, чтобы не пропустить главные новости дня.",
            "Bültenimize abone olun, her sabah en önemli haberleri e-postanıza gönderelim.",
        ] {
            assert!(!stays(pitch, 0.8), "{pitch}");
        }
    }

    #[test]
    fn stories_of_languages_that_were_not_learned_stay() {
        for line in [
            "Baraza la mji liliidhinisha Jumanne ujenzi wa daraja jipya juu ya mto.",
            "شورای شهر روز سه‌شنبه با ساخت پل تازه بر رودخانه موافقت کرد.",
            "Gradsko vijeće u utorak je odobrilo gradnju novog mosta preko rijeke.",
            "สภาเทศบาลอนุมัติการก่อสร้างสะพานใหม่ข้ามแม่น้ำเมื่อวันอังคาร",
        ] {
            assert!(stays(line, 0.5), "{line}");
        }
    }

    fn runs(text: &str) -> Vec<u64> {
        let mut runs = Vec::new();
        letter_runs(text, |run| runs.push(run));
        runs
    }

    #[test]
    fn a_word_has_the_runs_that_end_in_each_of_its_letters_and_behind_it() {
        // "^a", "ab" "^ab", "b$" "ab$" "^ab$".
        assert_eq!(runs("ab").len(), 1 + 2 + 3);
        // Each letter from the fourth on ends four.
        assert_eq!(runs("abcdef").len(), 1 + 2 + 3 + 4 + 4 + 4 + 4);
        assert!(runs(" — ").is_empty());
    }

    #[test]
    fn runs_end_with_the_word_and_know_no_capitals() {
        assert_eq!(runs("Sign UP"), [runs("sign"), runs("up")].concat());
        assert_eq!(runs("sign-up, ÉTÉ"), [runs("sign"), runs("up"), runs("été")].concat());
    }

    #[test]
    fn words_of_one_stem_share_runs() {
        let (one, other) = (runs("подпишитесь"), runs("подпишись"));
        assert!(one.iter().filter(|run| other.contains(run)).count() > 15);
    }

    #[test]
    fn paragraphs_and_labels_are_no_pitches() {
        assert!(is_of_pitch_length("It lands at six, in your inbox."));
        assert!(!is_of_pitch_length("Share") && !is_of_pitch_length(&"word ".repeat(90)));
    }
}
