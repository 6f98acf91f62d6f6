//! What the first scores of a page say of each block: those of its neighbours, of its section, of its likes. A feature
//! is added in one place: a line of `feature_list!` here.

use crate::block::BlockKind;

use super::means::LocalMeans;
use super::page::PageView;
use super::scores::feature_list;
use super::whole::Whole;

/// Words of a block that is a paragraph of a story for certain, where its score is high.
const FIRM_WORDS: f32 = 12.0;

feature_list! { At<'_>:
    "own" => |a| a.logit(0),
    "prev-1" => |a| a.logit(-1),
    "next-1" => |a| a.logit(1),
    "prev-2" => |a| a.logit(-2),
    "next-2" => |a| a.logit(2),
    "prev-3" => |a| a.logit(-3),
    "next-3" => |a| a.logit(3),
    "local-4" => |a| a.around.means.beside(a.index, 4),
    "local-10" => |a| a.around.means.beside(a.index, 10),
    "before" => |a| a.around.before[a.index],
    "after" => |a| a.around.after[a.index],
    "inner" => |a| a.around.before[a.index].min(a.around.after[a.index]),
    "style" => |a| a.style(),
    "style-many" => |a| a.style() * (1.0 + a.likes()).ln(),
    "heading-body" => |a| a.if_heading(a.around.body[a.index]),
    "heading-local" => |a| a.if_heading(a.around.means.beside(a.index, 4)),
    "item-run" => |a| a.if_item(a.around.run[a.index]),
    "item-local" => |a| a.if_item(a.around.means.beside(a.index, 10)),
    "row-run" => |a| a.if_row(a.around.run[a.index]),
    "firm-before" => |a| (1.0 + a.around.since_firm[a.index].min(99.0)).ln(),
    "firm-after" => |a| (1.0 + a.around.until_firm[a.index].min(99.0)).ln(),
    "box-0" => |a| a.boxed(0).mean,
    "box-1" => |a| a.boxed(1).mean,
    "box-2" => |a| a.boxed(2).mean,
    "box-3" => |a| a.boxed(3).mean,
    "box-story-0" => |a| a.boxed(0).story,
    "box-story-1" => |a| a.boxed(1).story,
    "box-story-2" => |a| a.boxed(2).story,
    "box-story-3" => |a| a.boxed(3).story,
    "form-story" => |a| a.around.form_story[a.page.groups[a.index]],
    "prev-like" => |a| a.around.prev_like[a.index],
    "next-like" => |a| a.around.next_like[a.index],
    "section" => |a| a.around.section[a.index].mean,
    "section-heading" => |a| a.around.section[a.index].heading,
    "section-at" => |a| a.around.section[a.index].at.min(8.0),
    "words-before" => |a| a.ln_words(a.around.before[a.index]),
    "words-after" => |a| a.ln_words(a.around.after[a.index]),
    "since-low" => |a| a.around.since_low[a.index].min(30.0),
    "until-low" => |a| a.around.until_low[a.index].min(30.0),
    "until-high" => |a| a.around.until_high[a.index].min(60.0),
    "near-2" => |a| a.around.means.beside(a.index, 2),
    "page-likely" => |a| a.around.whole.likely.min(60.0),
    "page-likely-share" => |a| a.around.whole.share,
    "page-sureness" => |a| a.around.whole.sureness,
}

/// A block among the first scores.
pub(super) struct At<'a> {
    pub(super) page: &'a PageView<'a>,
    pub(super) around: &'a Around,
    pub(super) index: usize,
}

impl At<'_> {
    fn logit(&self, offset: isize) -> f32 {
        let at = self.index.checked_add_signed(offset);
        at.and_then(|at| self.around.logits.get(at))
            .map_or(-2.0, |logit| if offset == 0 { *logit } else { logit / 2.0 })
    }

    fn kind(&self) -> BlockKind {
        self.page.document.blocks[self.index].kind
    }

    /// Blocks of the same form, itself included.
    fn likes(&self) -> f32 {
        self.page.group_sums[self.page.groups[self.index]].blocks
    }

    /// The mean score of the other blocks of the same form, less one half.
    fn style(&self) -> f32 {
        self.around.style[self.index]
    }

    /// How many words of the story, as scored, a share of them is, as a logarithm.
    fn ln_words(&self, share: f32) -> f32 {
        (1.0 + share * self.around.story).min(300.0).ln()
    }

    fn boxed(&self, level: usize) -> Boxed {
        let Some(element) = self.page.place(self.index).level(level) else { return Boxed::default() };
        let (sum, total, story) = self.around.boxes[element];
        let own = self.around.means.own[self.index];
        let rest = total - own.1;
        Boxed { mean: if rest > 0.5 { (sum - own.0) / rest } else { -1.0 }, story: story / self.around.story }
    }

    fn if_heading(&self, value: f32) -> f32 {
        if matches!(self.kind(), BlockKind::Heading(_)) { value } else { 0.0 }
    }

    fn if_item(&self, value: f32) -> f32 {
        if matches!(self.kind(), BlockKind::ListItem { .. }) { value } else { 0.0 }
    }

    fn if_row(&self, value: f32) -> f32 {
        if self.kind() == BlockKind::TableRow { value } else { 0.0 }
    }
}

/// What an element holds by the first scores.
#[derive(Default)]
struct Boxed {
    /// The mean score of its other blocks; -1 where there are none.
    mean: f32,
    /// Its share of the story's words.
    story: f32,
}

/// The blocks under a heading by the first scores.
#[derive(Clone, Copy)]
struct Section {
    /// The mean score of the section's other blocks; -1 where there are none.
    mean: f32,
    /// The score of its heading; -1 where there is none.
    heading: f32,
    /// Blocks since its heading.
    at: f32,
}

/// What the first scores add up to around each block of a page.
pub(super) struct Around {
    whole: Whole,
    /// The first scores as log-odds, in -6..=6.
    logits: Vec<f32>,
    /// The scores by the root of the blocks' words.
    means: LocalMeans,
    /// The share of the story's words, as scored, ahead of the block.
    before: Vec<f32>,
    /// The share behind it.
    after: Vec<f32>,
    /// The mean score of the other blocks of the same form, less one half; 0 where there are none.
    style: Vec<f32>,
    /// The score of the next block that is no heading.
    body: Vec<f32>,
    /// The mean score of the run of blocks of the same kind around the block.
    run: Vec<f32>,
    /// For each element: scores times weights, weights, scores times words.
    boxes: Vec<(f32, f32, f32)>,
    /// Words of the story, as scored.
    story: f32,
    /// For each form, its share of the story's words.
    form_story: Vec<f32>,
    /// The score of the last block of the same form; -1 where there is none.
    prev_like: Vec<f32>,
    /// The score of the next one.
    next_like: Vec<f32>,
    /// What the section of each block holds.
    section: Vec<Section>,
    since_low: Vec<f32>,
    until_low: Vec<f32>,
    until_high: Vec<f32>,
    /// Blocks since the last firm paragraph.
    since_firm: Vec<f32>,
    /// Blocks until the next one.
    until_firm: Vec<f32>,
}

impl Around {
    /// What `scores`, one a block and in 0..=1, add up to.
    pub(super) fn of(page: &PageView<'_>, scores: &[f32]) -> Self {
        let roots: Vec<f32> = page.lines.iter().map(|line| line.words.max(1.0).sqrt()).collect();
        let firm: Vec<bool> =
            scores.iter().zip(&page.lines).map(|(score, line)| *score > 0.7 && line.words >= FIRM_WORDS).collect();
        let (before, after) = shares(page, scores);
        let story =
            scores.iter().zip(&page.lines).map(|(score, line)| score * line.words.max(1.0)).sum::<f32>().max(1.0);
        let back = |firm: Vec<bool>| {
            let mut until = distances(firm.into_iter().rev());
            until.reverse();
            until
        };
        let low = || scores.iter().map(|score| *score < 0.3);
        let high = || scores.iter().map(|score| *score > 0.8);
        let (prev_like, next_like) = likes(page, scores);
        Around {
            whole: Whole::of(scores),
            boxes: boxes(page, scores, &roots),
            story,
            form_story: form_shares(page, scores, story),
            prev_like,
            next_like,
            section: sections(page, scores, &roots),
            since_low: distances(low()),
            until_low: back(low().collect()),
            until_high: back(high().collect()),
            means: LocalMeans::of(scores, &roots),
            logits: scores.iter().map(|score| logit(*score)).collect(),
            before,
            after,
            style: style_means(page, scores, &roots),
            body: next_bodies(page, scores),
            run: run_means(page, scores, &roots),
            since_firm: distances(firm.iter().copied()),
            until_firm: {
                let mut until = distances(firm.iter().rev().copied());
                until.reverse();
                until
            },
        }
    }
}

pub(super) fn logit(score: f32) -> f32 {
    let score = score.clamp(0.001, 0.999);
    (score / (1.0 - score)).ln().clamp(-6.0, 6.0)
}

fn shares(page: &PageView<'_>, scores: &[f32]) -> (Vec<f32>, Vec<f32>) {
    let words: Vec<f32> = scores.iter().zip(&page.lines).map(|(score, line)| score * line.words.max(1.0)).collect();
    let total = words.iter().sum::<f32>().max(1e-3);
    let mut sum = 0.0;
    let mut before = Vec::with_capacity(words.len());
    let mut after = Vec::with_capacity(words.len());
    for own in words {
        before.push(sum / total);
        sum += own;
        after.push(((total - sum) / total).max(0.0));
    }
    (before, after)
}

fn style_means(page: &PageView<'_>, scores: &[f32], roots: &[f32]) -> Vec<f32> {
    let mut sums = vec![(0.0_f32, 0.0_f32); page.group_sums.len()];
    for ((score, root), group) in scores.iter().zip(roots).zip(&page.groups) {
        sums[*group].0 += score * root;
        sums[*group].1 += root;
    }
    let others = |((score, root), group): ((&f32, &f32), &usize)| {
        let (sum, total) = (sums[*group].0 - score * root, sums[*group].1 - root);
        if total > 0.5 { sum / total - 0.5 } else { 0.0 }
    };
    scores.iter().zip(roots).zip(&page.groups).map(others).collect()
}

/// For each element, scores times weights, weights, and scores times words of all blocks in it.
fn boxes(page: &PageView<'_>, scores: &[f32], roots: &[f32]) -> Vec<(f32, f32, f32)> {
    let elements = &page.document.elements;
    let mut sums = vec![(0.0, 0.0, 0.0); elements.len()];
    for index in 0..scores.len() {
        if let Some(sum) = page.element(index).and_then(|element| sums.get_mut(element)) {
            sum.0 += scores[index] * roots[index];
            sum.1 += roots[index];
            sum.2 += scores[index] * page.lines[index].words.max(1.0);
        }
    }
    for index in (0..sums.len()).rev() {
        if let Some(parent) = elements.parent(index) {
            let (score, weight, story) = sums[index];
            sums[parent].0 += score;
            sums[parent].1 += weight;
            sums[parent].2 += story;
        }
    }
    sums
}

fn form_shares(page: &PageView<'_>, scores: &[f32], story: f32) -> Vec<f32> {
    let mut shares = vec![0.0; page.group_sums.len()];
    for ((score, line), group) in scores.iter().zip(&page.lines).zip(&page.groups) {
        shares[*group] += score * line.words.max(1.0) / story;
    }
    shares
}

/// For each block, the scores of the last and of the next block of its form.
fn likes(page: &PageView<'_>, scores: &[f32]) -> (Vec<f32>, Vec<f32>) {
    let mut last = vec![-1.0; page.group_sums.len()];
    let mut swap = |(score, group): (&f32, &usize)| std::mem::replace(&mut last[*group], *score);
    let before = scores.iter().zip(&page.groups).map(&mut swap).collect();
    let mut last = vec![-1.0; page.group_sums.len()];
    let mut swap = |(score, group): (&f32, &usize)| std::mem::replace(&mut last[*group], *score);
    let mut after: Vec<f32> = scores.iter().zip(&page.groups).rev().map(&mut swap).collect();
    after.reverse();
    (before, after)
}

/// What stands under each block's heading: up to the next heading of any level.
fn sections(page: &PageView<'_>, scores: &[f32], roots: &[f32]) -> Vec<Section> {
    let blocks = &page.document.blocks;
    let is_heading = |index: usize| matches!(blocks[index].kind, BlockKind::Heading(_));
    let mut sections = Vec::with_capacity(scores.len());
    while sections.len() < scores.len() {
        let start = sections.len();
        let headed = is_heading(start);
        let end = (start + 1..scores.len()).find(|index| is_heading(*index)).unwrap_or(scores.len());
        let body = start + usize::from(headed)..end;
        let sum: f32 = body.clone().map(|index| scores[index] * roots[index]).sum();
        let total: f32 = roots[body.clone()].iter().sum();
        let heading = if headed { scores[start] } else { -1.0 };
        for index in start..end {
            let inside = body.contains(&index);
            let (sum, total) =
                if inside { (sum - scores[index] * roots[index], total - roots[index]) } else { (sum, total) };
            let mean = if total > 0.5 { sum / total } else { -1.0 };
            sections.push(Section { mean, heading, at: (index - start) as f32 });
        }
    }
    sections
}

fn next_bodies(page: &PageView<'_>, scores: &[f32]) -> Vec<f32> {
    let mut next = 0.0;
    let mut bodies: Vec<f32> = scores
        .iter()
        .zip(&page.document.blocks)
        .rev()
        .map(|(score, block)| {
            let body = next;
            if !matches!(block.kind, BlockKind::Heading(_)) {
                next = *score;
            }
            body
        })
        .collect();
    bodies.reverse();
    bodies
}

fn run_means(page: &PageView<'_>, scores: &[f32], roots: &[f32]) -> Vec<f32> {
    let blocks = &page.document.blocks;
    let mut means = Vec::with_capacity(scores.len());
    while means.len() < scores.len() {
        let start = means.len();
        let form = std::mem::discriminant(&blocks[start].kind);
        let length = blocks[start..].iter().take_while(|block| std::mem::discriminant(&block.kind) == form).count();
        let run = start..start + length;
        let sum: f32 = run.clone().map(|index| scores[index] * roots[index]).sum();
        let total: f32 = roots[run].iter().sum();
        means.extend(std::iter::repeat_n(sum / total.max(1e-3), length));
    }
    means
}

/// For each, how many went by since the last that was firm; 99 where there was none.
pub(super) fn distances(firm: impl Iterator<Item = bool>) -> Vec<f32> {
    let mut since = 99.0;
    firm.map(|is_firm| {
        let distance = since;
        since = if is_firm { 0.0 } else { since + 1.0 };
        distance
    })
    .collect()
}
