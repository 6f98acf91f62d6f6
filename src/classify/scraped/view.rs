//! A text as the judge sees it: its lines, and what was seen of each.

use rustc_hash::FxHashMap;

use crate::block::{Document, ascii_word_hash, word_hash};
use crate::knowledge::{HashedLinear, Knowledge};

use super::super::around::distances;
use super::super::likeness::{Shares, Vocabulary, WordSet};
use super::super::lines::Line;
use super::super::page::{find_openers, running_sum};
use super::super::scores::yes;
use super::super::wording::wording_scores;
use super::context::{ad_labels, forget_phrases, telltale_of};
use super::near::near_shares;
use super::quoted::said;
use super::signs::Signs;
use super::telltale::{Telltale, telltales};

/// Words of the longest line that may be a headline, a label, a prompt.
pub(super) const SHORT: f32 = 30.0;
/// Letters of the shortest word that may be a name.
const NAME_LETTERS: usize = 3;
/// What running text counts, sentences of other lines, and the times of a ticker, as log-odds.
const PROSE_ODDS: f32 = 2.0;
const SENTENCE_ODDS: f32 = 2.0;
/// What a sentence counts that tells what someone said.
const QUOTING_ODDS: f32 = 3.0;
/// What a sentence or a headline counts that names what the story names, be it next to an insert.
const NAMING_ODDS: f32 = 4.0;
const TIME_ODDS: f32 = 4.0;
/// What a phrase counts, at least, that no story says.
const SURE_ODDS: f32 = 6.0;
/// What a line counts that someone says: the story is to keep it.
const SAID_ODDS: f32 = 4.0;
/// What a line of a text without any running text counts: there is no story to tell it from.
const NO_PROSE_ODDS: f32 = 6.0;
/// Words of the shortest sentence that counts.
const SENTENCE_WORDS: f32 = 3.0;
/// The share of a headline's telling words that the story has.
const TELLING_SHARE: f32 = 0.2;
/// Times of day that make a ticker.
const TICKER_TIMES: usize = 3;
/// Bytes of the longest of these.
const TIME_BYTES: usize = 5;
/// Words ahead of a colon that make it a label.
const LABEL_WORDS: usize = 4;
/// Bytes that are looked at for a label.
const LABEL_BYTES: usize = 40;

/// A text and what was seen of it.
pub(crate) struct TextView<'a> {
    document: &'a Document,
    pub(crate) lines: Vec<Line<'a>>,
    /// What the linear model says of the words of each line.
    pub(super) wording: Vec<f32>,
    /// For each line, the share of its words that the running text of other lines has.
    pub(super) coherence: Vec<f32>,
    /// Likewise of its words that few lines have, and how many those are.
    pub(super) telling: Vec<(f32, usize)>,
    /// The mean of `coherence` over the running text.
    pub(super) mean_coherence: f32,
    /// For each line, its capitalised words.
    pub(super) names: Vec<Names>,
    /// For each line, the share of its words in the last running text ahead of it, and in the next behind.
    pub(super) near: Vec<(f32, f32)>,
    pub(super) title: WordSet,
    pub(super) address: WordSet,
    /// Words of running text ahead of each line, and of all at the end.
    pub(super) prose_before: Vec<f32>,
    /// Words of all lines.
    pub(super) words: f32,
    /// For each line, the line that opens the section it stands in.
    pub(super) openers: Vec<Option<usize>>,
    /// Lines since one that says a phrase of an insert.
    pub(super) since_phrase: Vec<f32>,
    /// Lines until the next one.
    pub(super) until_phrase: Vec<f32>,
    /// Whether each block is glued to the one ahead: nothing stands between them.
    pub(super) glued: Vec<bool>,
    /// Whether each block stands in the line of the one ahead.
    pub(super) goes_on: Vec<bool>,
    /// For each line, the number of its run, and its place in that.
    run_of: Vec<(usize, f32)>,
    /// The runs: short lines in a row; a long line is one by itself.
    runs: Vec<Run>,
    /// For each line, the words ahead of a colon at its start.
    pub(super) labels: Vec<f32>,
    /// For each line, how many begin, and how many end, with its two first or last words.
    pub(super) same_ends: Vec<(f32, f32)>,
    /// For each line, its characters that are not of words.
    pub(super) signs: Vec<Signs>,
    /// Lines since one that opens a section of inserts; 99 where there is none.
    pub(super) since_opener: Vec<f32>,
    /// For each line, whether someone says it.
    pub(super) said: Vec<bool>,
    /// For each line, whether it is the label of an advertisement.
    pub(super) ad_labels: Vec<bool>,
    /// For each line, what it is by its form alone.
    pub(super) telltales: Vec<Option<Telltale>>,
    /// Whether it has several lines that are a time of day.
    is_ticker: bool,
}

/// Capitalised words of a line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Names {
    /// How many.
    pub(super) count: f32,
    /// How many of them the running text of other lines has.
    pub(super) known: f32,
}

/// Short lines in a row, and the means over them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Run {
    /// How many; 0 for a long line by itself.
    pub(super) lines: f32,
    /// How the line ahead of them ends, as [`Line::ending`] has it; -1 where there is none.
    pub(super) intro: f32,
    pub(super) words: f32,
    pub(super) wording: f32,
    pub(super) telling: f32,
    pub(super) title_case: f32,
    /// The share that has a label.
    pub(super) labels: f32,
    /// The share that ends as sentences end.
    pub(super) sentences: f32,
}

impl<'a> TextView<'a> {
    pub(crate) fn of(document: &'a Document, knowledge: &'a Knowledge) -> Self {
        Self::with(document, Line::all(document, &knowledge.lexicon), &knowledge.text.wording)
    }

    /// A text of which the lines are known, by another linear model than the built-in one.
    pub(crate) fn with(document: &'a Document, mut lines: Vec<Line<'a>>, wording: &HashedLinear) -> Self {
        let vocabulary = Vocabulary::of(&lines);
        let shares: Vec<Shares> = lines.iter().map(|line| vocabulary.shares_of(line)).collect();
        let coherence: Vec<f32> = shares.iter().map(|shares| shares.known).collect();
        let said = said(&document.blocks, &lines);
        let ad_labels = ad_labels(&lines);
        forget_phrases(&mut lines, &said, &coherence);
        let says_phrase = || lines.iter().map(|line| !line.hits.is_empty());
        let texts = document.blocks.iter().map(|block| &*block.text);
        let address = document.url.as_ref().or(document.metadata.canonical_url.as_ref());
        let (run_of, runs) = runs(&lines);
        let goes_on = goes_on(document);
        let view = TextView {
            run_of,
            runs,
            wording: wording_scores(lines.iter().map(Line::hashes), wording),
            mean_coherence: mean_of_prose(&lines, &coherence),
            telling: shares.iter().map(|shares| shares.telling).collect(),
            names: texts.clone().zip(&lines).map(|(text, line)| names(text, line, &vocabulary)).collect(),
            near: near_shares(&lines),
            title: WordSet::of(document.metadata.title.as_deref().unwrap_or_default()),
            address: WordSet::of(address.map(url::Url::path).unwrap_or_default()),
            prose_before: running_sum(&lines),
            words: lines.iter().map(|line| line.words).sum(),
            openers: find_openers(&lines),
            since_phrase: distances(says_phrase()),
            until_phrase: {
                let mut until = distances(says_phrase().rev());
                until.reverse();
                until
            },
            glued: seams(document, str::is_empty),
            telltales: telltales(&document.blocks, &lines, &goes_on),
            goes_on,
            labels: texts.clone().map(label_words).collect(),
            same_ends: same_ends(&lines),
            signs: texts.clone().map(Signs::of).collect(),
            is_ticker: texts.clone().filter(|text| is_time(text)).count() >= TICKER_TIMES,
            since_opener: distances(lines.iter().map(|line| line.opens().is_some())),
            said,
            ad_labels,
            coherence,
            lines,
            document,
        };
        view.with_runs().with_context()
    }

    /// Adds what the lines around tell of those that tell nothing by themselves.
    fn with_context(mut self) -> Self {
        for index in 0..self.lines.len() {
            let known = self.telltales[index].filter(|telltale| !self.contradicts(index, *telltale));
            self.telltales[index] = known.or_else(|| telltale_of(&self, index));
        }
        self
    }

    /// Sums up the lines of each run.
    fn with_runs(mut self) -> Self {
        for (index, line) in self.lines.iter().enumerate() {
            let run = &mut self.runs[self.run_of[index].0];
            let share = 1.0 / run.lines.max(1.0);
            run.words += line.words * share;
            run.wording += self.wording[index] * share;
            run.telling += self.telling[index].0 * share;
            run.title_case += line.scan.title_case * share;
            run.labels += yes(self.labels[index] > 0.0) * share;
            run.sentences += yes(line.ends_sentence) * share;
        }
        self
    }

    /// The number of the run that a line stands in.
    pub(super) fn number_of_run(&self, index: usize) -> usize {
        self.run_of[index].0
    }

    /// The run that a line stands in.
    pub(super) fn run(&self, index: usize) -> &Run {
        &self.runs[self.run_of[index].0]
    }

    /// The place of a line in its run.
    pub(super) fn place_in_run(&self, index: usize) -> f32 {
        self.run_of[index].1
    }

    /// What speaks for a line besides what was learned, as log-odds: running text is the story's unless much speaks
    /// against it, in whatever language, and so are the times of a ticker. Phrases speak against it.
    pub(super) fn known_odds(&self, index: usize) -> f32 {
        let line = &self.lines[index];
        if let Some(telltale) = self.telltales[index] {
            return telltale.odds() - phrase_odds(line);
        }
        if !line.hits.is_empty() {
            return -phrase_odds(line);
        }
        if self.said[index] {
            return SAID_ODDS;
        }
        if self.prose_before.last().is_none_or(|prose| *prose == 0.0) {
            NO_PROSE_ODDS
        } else if line.ends_sentence && line.words >= SENTENCE_WORDS && line.scan.quotes >= 2 {
            QUOTING_ODDS
        } else if line.prose > 0.0 {
            PROSE_ODDS
        } else if line.words >= SENTENCE_WORDS && (self.states_names(index) || self.is_headline(index)) {
            NAMING_ODDS
        } else if line.ends_sentence && line.words >= SENTENCE_WORDS {
            SENTENCE_ODDS
        } else if self.is_ticker && is_time(self.text(index)) {
            TIME_ODDS
        } else {
            0.0
        }
    }

    /// Whether a line is the story's though it stands where an offer would have it.
    fn contradicts(&self, index: usize, telltale: Telltale) -> bool {
        matches!(telltale, Telltale::Pitch(_)) && self.states_names(index)
    }

    /// Whether it is a sentence that ends in a full stop, of whose names the story has half.
    fn states_names(&self, index: usize) -> bool {
        let names = self.names[index];
        self.has_full_stop(index) && names.known >= 1.0 && names.known * 2.0 >= names.count
    }

    /// Whether a line ends in a full stop.
    pub(super) fn has_full_stop(&self, index: usize) -> bool {
        self.text(index).ends_with(['.', '。', '।'])
    }

    /// Whether it begins the text, ahead of a paragraph, in words that the story has.
    fn is_headline(&self, index: usize) -> bool {
        let names = self.names[index];
        let is_next_prose = self.lines.get(index + 1).is_some_and(|line| line.prose > 0.0);
        let shares = self.telling[index].0 >= TELLING_SHARE || names.count > 0.0 && names.known * 2.0 >= names.count;
        index == 0 && is_next_prose && shares
    }

    /// The text of a line.
    pub(super) fn text(&self, index: usize) -> &str {
        &self.document.blocks[index].text
    }

    /// Words of running text, at least 1.
    pub(super) fn prose(&self) -> f32 {
        self.prose_before.last().copied().unwrap_or(0.0).max(1.0)
    }
}

fn mean_of_prose(lines: &[Line<'_>], values: &[f32]) -> f32 {
    let prose = || lines.iter().zip(values).filter(|(line, _)| line.prose > 0.0);
    let count = prose().count();
    if count == 0 { 0.0 } else { prose().map(|(_, value)| value).sum::<f32>() / count as f32 }
}

/// The capitalised words of a short line; a long one is no headline.
fn names(text: &str, line: &Line<'_>, vocabulary: &Vocabulary) -> Names {
    let mut names = Names::default();
    if line.words > SHORT {
        return names;
    }
    let mut count = |hash: u64| {
        names.count += 1.0;
        names.known += yes(vocabulary.knows(hash, line));
    };
    let mut lower = String::new();
    // Most words begin with a small letter of ASCII, and are passed over by the byte.
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    let bytes = text.as_bytes();
    let mut end = 0;
    while let Some(next) = bytes[end..].iter().position(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()) {
        let ahead = bytes[end..end + next].iter().rev().take_while(|byte| is_part(byte)).count();
        let start = end + next - ahead;
        end += next + bytes[end + next..].iter().take_while(|byte| is_part(byte)).count();
        let part = &bytes[start..end];
        if part.is_ascii() {
            if part.len() >= NAME_LETTERS && part[0].is_ascii_uppercase() {
                count(ascii_word_hash(part, 0..part.len()));
            }
            continue;
        }
        let words = text[start..end].split(|c: char| !c.is_alphanumeric());
        for word in words.filter(|word| word.len() >= NAME_LETTERS && word.starts_with(char::is_uppercase)) {
            lower.clear();
            lower.extend(word.chars().flat_map(char::to_lowercase));
            count(word_hash(&lower));
        }
    }
    names
}

/// Whether each block stands in the line of the one ahead.
pub(super) fn goes_on(document: &Document) -> Vec<bool> {
    seams(document, |between| !between.contains(['\n', '\r', '\u{2028}', '\u{2029}']))
}

/// Whether what stands between each block and the one ahead of it is a `seam`.
fn seams(document: &Document, seam: impl Fn(&str) -> bool) -> Vec<bool> {
    let Some(scraped) = &document.scraped else { return vec![false; document.blocks.len()] };
    let mut end = None;
    let is_seam = |range: &std::ops::Range<usize>| {
        let between = end.replace(range.end).and_then(|end| scraped.text.get(end..range.start));
        between.is_some_and(&seam)
    };
    scraped.ranges.iter().map(is_seam).collect()
}

/// The runs of short lines; a long line is a run by itself, of no lines.
fn runs(lines: &[Line<'_>]) -> (Vec<(usize, f32)>, Vec<Run>) {
    let (mut run_of, mut runs) = (Vec::with_capacity(lines.len()), Vec::new());
    while run_of.len() < lines.len() {
        let start = run_of.len();
        let length = lines[start..].iter().take_while(|line| line.prose == 0.0 && line.words <= SHORT).count();
        let ahead = start.checked_sub(1).map_or(-1.0, |ahead| lines[ahead].ending);
        run_of.extend((0..length.max(1)).map(|at| (runs.len(), at as f32)));
        runs.push(Run { lines: length as f32, intro: ahead, ..Run::default() });
    }
    (run_of, runs)
}

/// What the phrases of a line count against it: of languages that few texts were learned from, the model knows no better
/// than that short lines are headings.
fn phrase_odds(line: &Line<'_>) -> f32 {
    if line.is_insert() { line.phrase_odds().max(SURE_ODDS) } else { line.phrase_odds() }
}

/// Whether a line is a time of day and nothing else: `07:34`, `7.34`, `7h34`.
fn is_time(text: &str) -> bool {
    if text.len() > TIME_BYTES {
        return false;
    }
    let Some((hour, minute)) = text.split_once([':', '.', 'h']) else { return false };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    is_number(hour) && is_number(minute) && hour.len() <= 2 && minute.len() == 2
}

/// The words ahead of a colon at the start of a line: "RELATED: …". 0 where there is none.
fn label_words(text: &str) -> f32 {
    let is_colon = |at: &usize| text.as_bytes()[*at] == b':' || text.as_bytes()[*at..].starts_with("：".as_bytes());
    let colon = (0..text.len().min(LABEL_BYTES)).find(is_colon);
    let words = colon.map_or(0, |colon| text[..colon].split_whitespace().count());
    if words <= LABEL_WORDS { words as f32 } else { 0.0 }
}

/// For each line, how many lines begin with its first two words, and how many end with its last two: prompts and headlines of
/// one box are of one form.
fn same_ends(lines: &[Line<'_>]) -> Vec<(f32, f32)> {
    let first = |line: &Line<'_>| line.hashes().first_chunk::<2>().copied();
    let last = |line: &Line<'_>| line.hashes().last_chunk::<2>().copied();
    let (mut starts, mut ends) = (FxHashMap::<[u64; 2], f32>::default(), FxHashMap::<[u64; 2], f32>::default());
    for line in lines {
        if let (Some(first), Some(last)) = (first(line), last(line)) {
            *starts.entry(first).or_default() += 1.0;
            *ends.entry(last).or_default() += 1.0;
        }
    }
    let count = |known: &FxHashMap<[u64; 2], f32>, pair: Option<[u64; 2]>| {
        pair.and_then(|pair| known.get(&pair)).copied().unwrap_or(1.0)
    };
    lines.iter().map(|line| (count(&starts, first(line)), count(&ends, last(line)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Page, PageFormat};
    use crate::segment::segment;

    const STORY: &str = "The ferry Marlow hit the pier at Port Ellery on Tuesday, and the harbour office closed it, it said.\n\
        The Marlow had left Port Ellery at dawn, its owners said, and nobody on board was hurt, they added.\n";

    fn seen<T>(text: &str, see: impl Fn(&TextView<'_>) -> T) -> T {
        let document = segment(&Page { format: PageFormat::Text, ..Page::from_html(text, None) });
        let knowledge = Knowledge::builtin();
        see(&TextView::of(&document, &knowledge))
    }

    #[test]
    fn names_of_the_story_are_known() {
        let names = seen(&format!("{STORY}Marlow Inquiry Opens\nBitcoin Tops Record\n"), |view| view.names.clone());
        assert!(names[2].known > 0.5 && names[2].count > 2.5, "{names:?}");
        assert!(names[3].known < 0.5, "{names:?}");
    }

    #[test]
    fn names_are_capitalised_words_of_three_letters_in_any_script() {
        let count = |line: &str| seen(&format!("{STORY}{line}\n"), |view| view.names[2].count);
        for (line, names) in [
            ("Élan of Ada-Marie’s Ørsted to Łódź", 5.0),
            ("a McGuffin eBay iPhone", 1.0),
            ("Поезд Москва – Тверь", 3.0),
            ("At Al, B2B and Q42", 2.0),
            ("none at all", 0.0),
        ] {
            let count: f32 = count(line);
            assert!((count - names).abs() < 0.1, "{line}: {count}");
        }
    }

    #[test]
    fn short_lines_in_a_row_are_one_run() {
        let text = format!("{STORY}Related:\nBitcoin tops record\nRain ahead\n{STORY}Rain ahead\n");
        seen(&text, |view| {
            let lengths: Vec<f32> = (0..view.lines.len()).map(|index| view.run(index).lines).collect();
            assert_eq!(lengths, [0.0, 0.0, 3.0, 3.0, 3.0, 0.0, 0.0, 1.0]);
            assert!((view.place_in_run(4) - 2.0).abs() < 0.1);
        });
    }

    #[test]
    fn what_heads_a_text_in_its_words_is_its_headline() {
        let is_headline = |text: &str| seen(text, |view| view.is_headline(0));
        assert!(is_headline(&format!("Ferry hits the pier\n{STORY}")));
        assert!(!is_headline(&format!("Weather Traffic Jobs\n{STORY}")), "it shares nothing");
        assert!(!is_headline(&format!("Ferry hits the pier\nBy Ada Brook\n{STORY}")), "no paragraph follows");
    }

    #[test]
    fn a_time_of_day_is_told_from_a_score() {
        assert!(["07:34", "7.34", "7h34"].iter().all(|text| is_time(text)));
        assert!(["7:3", "Tide 7:34", "2:1", "107:34", ":34", ""].iter().all(|text| !is_time(text)));
    }

    #[test]
    fn who_quotes_a_phrase_says_none() {
        let hits = seen("“Subscribe to our newsletter!”\nSubscribe to our newsletter!\n", |view| {
            view.lines.iter().map(|line| line.hits.len()).collect::<Vec<_>>()
        });
        assert!(hits[0] == 0 && hits[1] > 0, "{hits:?}");
    }

    #[test]
    fn a_label_stands_ahead_of_a_colon() {
        assert!((label_words("RELATED: Rain ahead") - 1.0).abs() < 0.1);
        assert!(label_words("Rain ahead").abs() < 0.1);
        assert!(label_words("She put it like this, at length and slowly: no.").abs() < 0.1);
    }

    #[test]
    fn lines_of_one_form_are_counted() {
        let counts = same_ends_of("2 of 57\n3 of 57\nTry it now\n");
        assert!(counts[0].1 > 1.5 && counts[2].1 < 1.5, "{counts:?}");
    }

    fn same_ends_of(text: &str) -> Vec<(f32, f32)> {
        seen(text, |view| view.same_ends.clone())
    }
}
