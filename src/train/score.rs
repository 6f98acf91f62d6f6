//! The figures of `bench/score.py`, page by page and over a corpus.

use std::fmt;

use rustc_hash::{FxHashMap, FxHashSet};

use super::corpus::GoldPage;
use super::words::{tokens, words};

/// Words in a row that do not stand in the gold and count as a foreign passage.
const FOREIGN_RUN: usize = 5;

/// The figures of one page with gold text.
#[derive(Debug, Clone)]
pub struct PageScore {
    /// Shares of the shingles of both texts: in both, in the output alone, in the gold alone.
    hit: f64,
    extra: f64,
    missing: f64,
    /// Whether the words are the gold's, in order.
    exact: bool,
    /// The share of the gold's paragraphs that are missing.
    pub lost: f64,
    /// The share of the output's words that stand in foreign passages.
    pub noise: f64,
    /// Whether no paragraph is lost and no passage foreign.
    pub clean: bool,
}

/// Snippets found and not.
#[derive(Debug, Clone, Copy, Default)]
pub struct SnippetScore {
    wanted_found: usize,
    wanted_missing: usize,
    unwanted_found: usize,
}

/// The mean figures of several pages.
#[derive(Debug, Clone, Copy, Default)]
pub struct Figures {
    /// Pages with gold text.
    pub pages: usize,
    /// Shingle F1, precision and recall, each a mean over the pages.
    pub f1: f64,
    /// Shingle precision.
    pub precision: f64,
    /// Shingle recall.
    pub recall: f64,
    /// Share of pages whose words are all the gold's.
    pub exact: f64,
    /// Share of gold paragraphs that are missing.
    pub lost: f64,
    /// Share of output words that are foreign.
    pub noise: f64,
    /// Share of pages with no paragraph lost and no foreign passage.
    pub clean: f64,
    /// F1 of the snippets; none where there are none.
    pub snippets: Option<f64>,
}

impl PageScore {
    /// The figures of an output; nothing where the page has no gold text.
    pub fn of(page: &GoldPage, output: &str) -> Option<Self> {
        let gold = page.text.as_deref().filter(|text| !text.is_empty())?;
        let (hit, extra, missing) = shingle_shares(gold, output);
        let lines = LineScore::of(gold, output, page.title.as_deref().unwrap_or_default());
        Some(PageScore {
            hit,
            extra,
            missing,
            exact: tokens(gold).eq(tokens(output)),
            lost: ratio(lines.lost, lines.paragraphs),
            noise: ratio(lines.foreign, lines.words),
            clean: lines.lost == 0 && lines.foreign == 0,
        })
    }

    /// Whether the page is right but for a twentieth of its shingles: what [`crate::Article::confidence`] is about.
    pub fn is_right(&self) -> bool {
        self.f1() >= 0.95
    }

    /// The shingle F1 of the page alone.
    pub fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision().unwrap_or(0.0), self.recall().unwrap_or(0.0));
        harmonic(precision, recall)
    }

    fn precision(&self) -> Option<f64> {
        (self.hit + self.extra > 0.0).then(|| self.hit / (self.hit + self.extra))
    }

    fn recall(&self) -> Option<f64> {
        (self.hit + self.missing > 0.0).then(|| self.hit / (self.hit + self.missing))
    }
}

impl SnippetScore {
    /// Counts the snippets of a page.
    pub fn add(&mut self, page: &GoldPage, output: &str) {
        for snippet in &page.with {
            if output.contains(snippet.as_str()) {
                self.wanted_found += 1;
            } else {
                self.wanted_missing += 1;
            }
        }
        self.unwanted_found += page.without.iter().filter(|snippet| output.contains(snippet.as_str())).count();
    }

    fn f1(self) -> Option<f64> {
        let wrong = self.wanted_missing + self.unwanted_found;
        let all = 2 * self.wanted_found + wrong;
        (all > 0).then(|| 2.0 * self.wanted_found as f64 / all as f64)
    }
}

impl Figures {
    /// The mean over pages, as the scorer takes it: precision and recall are means, F1 is theirs.
    pub fn of<'a>(scores: impl Iterator<Item = &'a PageScore> + Clone, snippets: SnippetScore) -> Self {
        let precision = mean(scores.clone().filter_map(PageScore::precision));
        let recall = mean(scores.clone().filter_map(PageScore::recall));
        Figures {
            pages: scores.clone().count(),
            f1: harmonic(precision, recall),
            precision,
            recall,
            exact: mean(scores.clone().map(|score| f64::from(u8::from(score.exact)))),
            lost: mean(scores.clone().map(|score| score.lost)),
            noise: mean(scores.clone().map(|score| score.noise)),
            clean: mean(scores.map(|score| f64::from(u8::from(score.clean)))),
            snippets: snippets.f1(),
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pages > 0 {
            let Figures { f1, precision, recall, exact, lost, noise, clean, .. } = self;
            write!(f, "F1 {f1:.4}  P {precision:.4}  R {recall:.4}  exact {exact:.4}  ")?;
            write!(f, "lost {lost:.4}  noise {noise:.4}  clean {clean:.4}")?;
        }
        match self.snippets {
            Some(snippets) if self.pages > 0 => write!(f, "  snipF1 {snippets:.4}"),
            Some(snippets) => write!(f, "snipF1 {snippets:.4}"),
            None => Ok(()),
        }
    }
}

/// What the lines of an output and a gold text have and lack.
struct LineScore {
    paragraphs: usize,
    lost: usize,
    words: usize,
    /// Words in foreign passages.
    foreign: usize,
}

impl LineScore {
    fn of(gold: &str, output: &str, title: &str) -> Self {
        let gold_known = Known::of(&[gold, title]);
        let output_known = Known::of(&[output]);
        let lines = |text: &str| text.split('\n').map(words).filter(|words| !words.is_empty()).collect::<Vec<_>>();
        let paragraphs = lines(gold);
        let is_lost = |paragraph: &&Vec<String>| 2 * count(&output_known.marks(paragraph)) < paragraph.len();
        let foreign = lines(output).iter().map(|line| foreign_words(&gold_known.marks(line))).sum();
        LineScore {
            paragraphs: paragraphs.len(),
            lost: paragraphs.iter().filter(is_lost).count(),
            words: words(output).len(),
            foreign,
        }
    }
}

/// The words of a line that stand in foreign passages: all of them where under half are known, else runs of them.
fn foreign_words(known: &[bool]) -> usize {
    if 2 * count(known) < known.len() {
        return known.len();
    }
    known.split(|known| *known).map(<[bool]>::len).filter(|run| *run >= FOREIGN_RUN).sum()
}

fn count(marks: &[bool]) -> usize {
    marks.iter().filter(|mark| **mark).count()
}

/// The words and runs of three words of some texts.
pub struct Known {
    words: FxHashSet<String>,
    runs: FxHashSet<[String; 3]>,
}

impl Known {
    /// Those of `texts`.
    pub fn of(texts: &[&str]) -> Self {
        let mut known = Known { words: FxHashSet::default(), runs: FxHashSet::default() };
        for text in texts {
            let words = words(text);
            known.runs.extend(words.windows(3).map(|run| [run[0].clone(), run[1].clone(), run[2].clone()]));
            known.words.extend(words);
        }
        known
    }

    /// Whether a run of three words is known.
    pub fn has_run(&self, run: &[String; 3]) -> bool {
        self.runs.contains(run)
    }

    /// For each word, whether it stands in a known run of three; of a shorter text, whether it is known.
    pub fn marks(&self, words: &[String]) -> Vec<bool> {
        if words.len() < 3 {
            return words.iter().map(|word| self.words.contains(word)).collect();
        }
        let mut marks = vec![false; words.len()];
        for at in 0..words.len() - 2 {
            if self.runs.contains(&[words[at].clone(), words[at + 1].clone(), words[at + 2].clone()]) {
                marks[at..at + 3].fill(true);
            }
        }
        marks
    }
}

/// Of the shingles of both texts, counted with repeats, the shares in both, in the output alone, in the gold alone.
fn shingle_shares(gold: &str, output: &str) -> (f64, f64, f64) {
    let (gold, output) = (shingles(gold), shingles(output));
    let in_other = |other: &FxHashMap<Vec<&str>, usize>, shingle: &Vec<&str>| other.get(shingle).copied().unwrap_or(0);
    let hit: usize = gold.iter().map(|(shingle, count)| (*count).min(in_other(&output, shingle))).sum();
    let extra = output.values().sum::<usize>() - hit;
    let missing = gold.values().sum::<usize>() - hit;
    let total = (hit + extra + missing).max(1) as f64;
    (hit as f64 / total, extra as f64 / total, missing as f64 / total)
}

fn shingles(text: &str) -> FxHashMap<Vec<&str>, usize> {
    let tokens: Vec<&str> = tokens(text).collect();
    let mut counts = FxHashMap::default();
    if tokens.len() < 4 {
        counts.insert(tokens, 1);
        return counts;
    }
    for shingle in tokens.windows(4) {
        *counts.entry(shingle.to_vec()).or_default() += 1;
    }
    counts
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn harmonic(a: f64, b: f64) -> f64 {
    if a + b > 0.0 { 2.0 * a * b / (a + b) } else { 0.0 }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}
