//! Credits that no name of a box tells: a paragraph that is the author's name and nothing else, a line ahead of the story
//! that says who wrote it, the day that the page gives as its own.

use rustc_hash::FxHashSet;

use crate::block::{BlockKind, Metadata, word_hash, word_hashes};
use crate::verdict::{Evidence, Role, Verdict};

use super::lines::Line;
use super::page::PageView;
use super::repair::context;

/// Words of the longest line that is a credit.
const CREDIT_WORDS: usize = 10;
/// Words of the shortest name: one of a single word is a site's, or a word.
const NAME_WORDS: usize = 2;
/// What stands before a name or between two.
const JOINTS: [&str; 22] = [
    "by", "and", "von", "und", "por", "y", "par", "et", "di", "e", "door", "en", "av", "och", "og", "af", "text",
    "words", "texto", "texte", "testo", "tekst",
];
/// Words with letters that a line with a day may have: the month, the day of the week, "published".
const DAY_LETTER_WORDS: usize = 3;
/// Blocks on each side among which who asks is named again.
const INTERVIEW_REACH: usize = 40;
/// Words and characters of the longest lead of a byline.
const LEAD_WORDS: usize = 2;
const LEAD_CHARS: usize = 16;
/// Words of a paragraph that is surely the story's: a day stands ahead of the first or behind the last.
const STORY_WORDS: f32 = 15.0;

/// Drops kept paragraphs that name the page's authors and say no more, and, around the story, those that are its day or
/// say who wrote it.
pub(super) fn drop_credits(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let metadata = &page.document.metadata;
    let authors = AuthorNames::of(metadata);
    let is_heading = |index: usize| matches!(page.document.blocks[index].kind, BlockKind::Heading(_));
    let is_story =
        |index: &usize| verdicts[*index].is_keep() && page.lines[*index].words >= STORY_WORDS && !is_heading(*index);
    let first = (0..verdicts.len()).find(is_story).unwrap_or_default();
    let last = (0..verdicts.len()).rev().find(is_story).unwrap_or_default();
    let kept: Vec<bool> = verdicts.iter().map(Verdict::is_keep).collect();
    // Who speaks is named so in an interview, again and again.
    let is_said_again = |index: usize| {
        let text = &page.document.blocks[index].text;
        let near = index.saturating_sub(INTERVIEW_REACH)..(index + INTERVIEW_REACH).min(kept.len());
        near.into_iter().any(|other| other != index && kept[other] && page.document.blocks[other].text == *text)
    };
    for (index, verdict) in verdicts.iter_mut().enumerate() {
        let (block, line) = (&page.document.blocks[index], &page.lines[index]);
        let may_be_one = verdict.is_keep()
            && matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_))
            && !block.text.ends_with(':');
        let is_short = (1..=CREDIT_WORDS).contains(&line.hashes().len());
        let is_paragraph = block.kind == BlockKind::Paragraph;
        let is_around = !(first..=last).contains(&index);
        let is_credit = || is_paragraph && authors.are_all_of(line) && !is_said_again(index);
        let is_day = || (is_paragraph && is_around || index < first) && is_day(&block.text, metadata);
        let is_byline = || index < first && !line.ends_sentence && authors.have_signed(line);
        let is_led = || is_paragraph && index < first && is_led_name(&block.text, &metadata.authors);
        if may_be_one && (is_short && (is_credit() || is_day() || is_byline()) || is_led() && !is_said_again(index)) {
            *verdict = context(Role::Byline, Evidence::Credit, verdict);
        }
    }
}

/// The words of the authors' names.
struct AuthorNames {
    names: Vec<Vec<u64>>,
    /// All of them, and what joins them.
    words: FxHashSet<u64>,
    joints: [u64; JOINTS.len()],
}

impl AuthorNames {
    fn of(metadata: &Metadata) -> Self {
        let names: Vec<Vec<u64>> = metadata.authors.iter().map(|name| word_hashes(name)).collect();
        let joints = JOINTS.map(word_hash);
        AuthorNames { words: names.iter().flatten().copied().chain(joints).collect(), names, joints }
    }

    /// Whether all words of a line are of names or join them, and at least one name stands there in full.
    fn are_all_of(&self, line: &Line<'_>) -> bool {
        let words = line.hashes();
        let is_whole = |name: &Vec<u64>| name.len() >= NAME_WORDS && name.iter().all(|word| words.contains(word));
        words.iter().all(|word| self.words.contains(word)) && self.names.iter().any(is_whole)
    }

    /// Whether a line says that one of them wrote it, and perhaps from where: "Von Ada Marlow, Hull".
    fn have_signed(&self, line: &Line<'_>) -> bool {
        let signs = |name: &Vec<u64>| {
            let mut places = line.hashes().windows(name.len() + 1);
            name.len() >= NAME_WORDS && places.any(|words| self.joints.contains(&words[0]) && words[1..] == name[..])
        };
        self.names.iter().any(signs)
    }
}

/// Whether a line is an author's name behind a word or two, in any language: `作者：` and the name.
fn is_led_name(text: &str, authors: &[String]) -> bool {
    let leads = |ahead: &str| {
        (1..=LEAD_WORDS).contains(&ahead.split_whitespace().count()) && ahead.chars().count() <= LEAD_CHARS
    };
    let is_led = |author: &String| text.strip_suffix(author.as_str()).is_some_and(leads);
    authors.iter().any(|author| is_led(author) && word_hashes(author).len() >= NAME_WORDS)
}

/// Whether a line is the day on which the page says that it was published or changed, in any language: it has the
/// year, the number of the day, and few words besides.
fn is_day(text: &str, metadata: &Metadata) -> bool {
    let numbers = || text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).count();
    let says = |date: &String| {
        let (Some(year), Some(day)) = (date.get(..4), date.get(8..10)) else { return false };
        numbers().any(|number| number == year)
            && numbers().any(|number| number.trim_start_matches('0') == day.trim_start_matches('0'))
    };
    words <= DAY_LETTER_WORDS && metadata.date.iter().chain(&metadata.modified).any(says)
}

#[cfg(test)]
mod tests {
    use super::super::repair::dropped_of_kept;
    use super::*;

    /// The texts that are dropped of a page by two authors of which all was kept, whose story stands between `ahead` and
    /// `behind`.
    fn credits(ahead: &str, behind: &str) -> Vec<String> {
        let html = format!(
            r#"<meta name="author" content="Ada Marlow, Ben Okoro"><meta property="article:published_time" content="2025-03-04T07:30:00Z">
            <h1>The weir</h1>{ahead}<p>The keeper opened the weir on Tuesday after two winters of repairs, and the first boats
            came down before noon while the town looked on from the quay.</p>{behind}"#
        );
        dropped_of_kept(&html, drop_credits)
    }

    #[test]
    fn an_authors_name_behind_a_lead_of_any_language_is_a_credit_ahead_of_the_story() {
        for line in ["Muhabir: Ada Marlow", "文・Ada Marlow", "Γράφει η Ada Marlow"] {
            assert_eq!(credits(&format!("<p>{line}</p>"), ""), [line]);
            assert!(credits("", &format!("<p>{line}</p>")).is_empty(), "{line}");
        }
        for line in ["An evening walk along the weir with Ada Marlow", "Ada Marlow resigns"] {
            assert!(credits(&format!("<p>{line}</p>"), "").is_empty(), "{line}");
        }
    }

    #[test]
    fn a_line_that_is_the_authors_name_is_a_credit() {
        for line in ["Ada Marlow", "Von Ada Marlow und Ben Okoro", "—BEN OKORO", "By Ada Marlow"] {
            assert_eq!(credits("", &format!("<p>{line}</p>")), [line]);
        }
        for line in ["Ada", "Ada Marlow lives in Hull.", "Ada Marlow:", "Cy Lund", "By and by"] {
            assert!(credits("", &format!("<p>{line}</p>")).is_empty(), "{line}");
        }
        assert!(credits("<p>Ada Marlow</p><p>Why?</p>", "<p>Ada Marlow</p><p>When?</p>").is_empty(), "who asks");
    }

    #[test]
    fn a_line_ahead_of_the_story_that_says_who_wrote_it_is_a_credit() {
        for line in ["Von Ada Marlow, Hull", "Tue 4 Mar | 07:30 | By Ben Okoro", "Photos by Ada Marlow"] {
            assert_eq!(credits(&format!("<p>{line}</p>"), ""), [line]);
            assert_eq!(credits(&format!("<h6>{line}</h6>"), ""), [line]);
            assert!(credits("", &format!("<p>{line}</p>")).is_empty(), "{line}");
        }
        for line in ["The weir was built by Ada Marlow.", "As Ada Marlow saw it", "By Ada, from Hull"] {
            assert!(credits(&format!("<p>{line}</p>"), "").is_empty(), "{line}");
        }
    }

    #[test]
    fn the_page_s_own_day_around_the_story_is_a_credit() {
        for line in ["4 March 2025", "Published: March 4th, 2025", "04.03.2025", "2025年3月4日"] {
            assert_eq!(credits(&format!("<p>{line}</p>"), ""), [line]);
        }
        for line in ["5 March 2025", "March 2025", "The bridge was closed on 4 March 2025"] {
            assert!(credits(&format!("<p>{line}</p>"), "").is_empty(), "{line}");
        }
        let story = "<p>4 March 2025</p><p>The keeper opened the weir again after two winters, and boats came down before \
            noon while the town looked on.</p>";
        assert!(credits("", story).is_empty());
    }
}
