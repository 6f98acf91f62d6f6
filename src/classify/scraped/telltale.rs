//! Lines that tell by their form alone what they are, in any language and whatever was learned. No story: programs of the
//! page, counters of a gallery, readers' comments, other stories behind a label that returns, and what stands within a
//! sign-up or an offer. Of the story: tables, the marks of a test, and code in a text that holds no program of its page.

use rustc_hash::FxHashMap;

use crate::block::Block;
use crate::verdict::Role;

use super::super::lines::Line;

/// Lines that say of which slide of so many they are, as a gallery has at least.
const GALLERY: usize = 3;
/// Bytes of the longest counter: "12 from 345".
const COUNTER_BYTES: usize = 16;
/// Lines between two of a pitch that are of it.
const PITCH_LINES: usize = 4;
/// Words of the longest line of a pitch.
const PITCH_WORDS: f32 = 40.0;
/// Comments that a thread has, at least, and the lines of the longest.
const THREAD: usize = 2;
const COMMENT_LINES: usize = 8;
/// What one presses to answer a comment; scrapers store it at the end of the comment, or on a line of its own.
const REPLIES: &[&str] = &[
    "Reply",
    "Antworten",
    "Répondre",
    "Responder",
    "Rispondi",
    "Beantwoorden",
    "Svara",
    "Svar",
    "Odpowiedz",
    "Odpovědět",
    "Ответить",
    "Yanıtla",
    "返信",
    "답글",
    "回复",
];
/// Lines in a row that are a table, at least.
const TABLE_ROWS: usize = 4;
/// Lines of code that a story about code has, at least.
const CODE_LINES: usize = 3;
/// Lines between two of code that are code too.
const BETWEEN_CODE: usize = 3;
/// Names that the programs of pages use and no story does: of consent, of ads, of measuring.
const PROGRAM_NAMES: &[&str] = &[
    "</script>",
    "<script",
    "googletag",
    "__tcfapi",
    "window.pbjs",
    "window.dataLayer",
    "dataLayer.push",
    "adsbygoogle",
    "fbq(",
    "gtag(",
    "_taq.push",
    "_gaq.push",
    "window._taboola",
    "OneTrust",
    "gdprApplies",
];

/// How lines of code begin, however long they are.
const BEGINNINGS: &[&str] = &["</", "<script", "!function", "(function", "window."];

/// How the requests of programs begin.
const METHODS: &[&str] = &["GET /", "POST /", "PUT /", "HEAD /", "DELETE /"];

/// What a line is by its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Telltale {
    /// A line of a program.
    Program,
    /// The number of a slide.
    Counter,
    /// So many points of so many.
    Mark,
    /// It stands between two lines of a sign-up or an offer.
    Pitch(Role),
    /// It stands in a thread of comments.
    Comment,
    /// It begins with a label in capitals and a bar, as others do.
    Labelled,
    /// A headline under the heading of a list of other stories.
    Listed,
    /// A label ahead of an advertisement.
    AdLabel,
    /// A headline of something else between two paragraphs.
    Foreign,
    /// A row of a table.
    Row,
    /// A line of code.
    Code,
}

impl Telltale {
    /// What it adds to the log-odds of a line.
    pub(super) fn odds(self) -> f32 {
        match self {
            Telltale::Program | Telltale::Counter | Telltale::Comment | Telltale::AdLabel | Telltale::Foreign => -8.0,
            Telltale::Labelled | Telltale::Listed => -4.0,
            Telltale::Pitch(_) => -2.0,
            // More than the model's surest no.
            Telltale::Mark | Telltale::Row | Telltale::Code => 16.0,
        }
    }

    /// The words that tell a reader.
    pub(super) fn words(self) -> &'static str {
        match self {
            Telltale::Program => "a line of a program of the page",
            Telltale::Counter => "the number of a slide",
            Telltale::Mark => "a mark of a test",
            Telltale::Pitch(_) => "within a sign-up or an offer",
            Telltale::Comment => "in a thread of comments",
            Telltale::Labelled => "behind a label that other lines have too",
            Telltale::Listed => "under a heading of other stories",
            Telltale::AdLabel => "the label of an advertisement",
            Telltale::Foreign => "names nothing of what the story names",
            Telltale::Row => "a row of a table",
            Telltale::Code => "a line of code",
        }
    }

    /// What a line is that is no story.
    pub(super) fn role(self) -> Role {
        match self {
            Telltale::Program | Telltale::Counter => Role::Ui,
            Telltale::Pitch(role) => role,
            Telltale::Comment => Role::Comments,
            Telltale::AdLabel => Role::Ad,
            Telltale::Labelled | Telltale::Listed | Telltale::Foreign => Role::Related,
            Telltale::Mark | Telltale::Row | Telltale::Code => Role::Boilerplate,
        }
    }
}

/// For each line, what it is by its form. `goes_on` says of each whether it stands in the line of the one ahead.
pub(super) fn telltales(blocks: &[Block], lines: &[Line<'_>], goes_on: &[bool]) -> Vec<Option<Telltale>> {
    let mut telltales = vec![None; lines.len()];
    mark_labels(blocks, &mut telltales);
    mark_tables(blocks, &mut telltales);
    mark_pitches(lines, &mut telltales);
    mark_counters(blocks, &mut telltales);
    mark_code(blocks, lines, goes_on, &mut telltales);
    mark_threads(blocks, &mut telltales);
    telltales
}

fn mark_pitches(lines: &[Line<'_>], telltales: &mut [Option<Telltale>]) {
    let mut last: Option<(usize, Role)> = None;
    for (index, line) in lines.iter().enumerate() {
        let Some(hit) = line.hits.iter().find(|hit| matches!(hit.role, Role::Newsletter | Role::Subscribe)) else {
            continue;
        };
        if let Some((before, role)) = last
            && index - before <= PITCH_LINES + 1
            && lines[before..index].iter().all(|line| line.words <= PITCH_WORDS)
        {
            // Two prompts may have a paragraph of the story between them.
            for between in (before + 1..index).filter(|between| lines[*between].prose == 0.0) {
                telltales[between] = Some(Telltale::Pitch(role));
            }
        }
        last = Some((index, hit.role));
    }
}

/// Marks the lines between two that one may reply to, and the first of these from the mark of its list on.
fn mark_threads(blocks: &[Block], telltales: &mut [Option<Telltale>]) {
    let ends: Vec<usize> = (0..blocks.len()).filter(|index| ends_comment(&blocks[*index].text)).collect();
    if ends.len() < THREAD {
        return;
    }
    let mut before = None;
    for end in ends {
        let reach = end.saturating_sub(COMMENT_LINES);
        let start = match before {
            Some(before) if before + 1 >= reach => before + 1,
            _ => (reach..=end).rev().find(|index| blocks[*index].text.starts_with("- ")).unwrap_or(end),
        };
        telltales[start..=end].fill(Some(Telltale::Comment));
        before = Some(end);
    }
}

/// Whether a line ends in what one presses to answer it.
fn ends_comment(text: &str) -> bool {
    let ends = |reply: &&str| {
        text.strip_suffix(*reply).is_some_and(|comment| {
            let words = comment.trim_end();
            words.is_empty() || words.len() < comment.len() && words.ends_with(['.', '!', '?', ')', '…', '"', '”'])
        })
    };
    REPLIES.iter().any(ends)
}

/// Marks lines that are a number of so many, where several name as many: slides, where each is higher than the one ahead or
/// the first again; else the marks of a test ("4/5").
fn mark_counters(blocks: &[Block], telltales: &mut [Option<Telltale>]) {
    let mut galleries: FxHashMap<u32, Gallery> = FxHashMap::default();
    for (index, block) in blocks.iter().enumerate() {
        if let Some((at, slides)) = slide(&block.text) {
            let gallery = galleries.entry(slides).or_default();
            gallery.climbs &= gallery.last < at || at == 1 && gallery.last > 1;
            gallery.last = at;
            gallery.lines.push(index);
        }
    }
    for gallery in galleries.values().filter(|gallery| gallery.lines.len() >= GALLERY) {
        let telltale = if gallery.climbs { Telltale::Counter } else { Telltale::Mark };
        for line in &gallery.lines {
            telltales[*line] = Some(telltale);
        }
    }
}

/// The lines that name as many slides.
#[derive(Debug)]
struct Gallery {
    lines: Vec<usize>,
    last: u32,
    climbs: bool,
}

impl Default for Gallery {
    fn default() -> Self {
        Gallery { lines: Vec::new(), last: 0, climbs: true }
    }
}

/// Which slide of how many a line says that it is: "3 of 57", "3/57", "3 von 57".
fn slide(text: &str) -> Option<(u32, u32)> {
    if text.len() > COUNTER_BYTES || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let between = text.trim_matches(|c: char| c.is_ascii_digit());
    let word = between.trim();
    let is_word = matches!(word, "/" | "of" | "von" | "de" | "sur" | "di" | "van" | "av" | "af" | "z" | "из" | "／");
    if !is_word || (word.starts_with(char::is_alphabetic) && !between.starts_with(' ')) {
        return None;
    }
    let (at, of) = text.split_once(between)?;
    let (at, of): (u32, u32) = (at.parse().ok()?, of.parse().ok()?);
    (at <= of && of > 1).then_some((at, of))
}

/// Marks lines in a row that have as many cells.
fn mark_tables(blocks: &[Block], telltales: &mut [Option<Telltale>]) {
    let (mut start, mut before) = (0, 0);
    for (index, block) in blocks.iter().enumerate() {
        let cells = cells(&block.text);
        if cells != before {
            (start, before) = (index, cells);
        }
        let rows = index + 1 - start;
        if cells > 0 && rows >= TABLE_ROWS {
            let new = if rows == TABLE_ROWS { start } else { index };
            telltales[new..=index].fill(Some(Telltale::Row));
        }
    }
}

/// The tabs of a line, or the bars of a row of Markdown; 0 where it is none.
fn cells(text: &str) -> usize {
    let sign = if text.starts_with('|') { b'|' } else { b'\t' };
    memchr::memchr_iter(sign, text.as_bytes()).count()
}

/// Marks lines that begin with the same label: "READ ALSO | Rain ahead".
fn mark_labels(blocks: &[Block], telltales: &mut [Option<Telltale>]) {
    let labelled = || blocks.iter().enumerate().filter_map(|(index, block)| Some((index, label(&block.text)?)));
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for (_, label) in labelled() {
        *counts.entry(label).or_default() += 1;
    }
    for (index, _) in labelled().filter(|(_, label)| counts[label] > 1) {
        telltales[index] = Some(Telltale::Labelled);
    }
}

/// The words in capitals ahead of the only bar of a line.
fn label(text: &str) -> Option<&str> {
    let (label, rest) = text.split_once('|')?;
    let label = label.trim();
    let is_capitals = label.chars().all(|c| c.is_uppercase() || c == ' ');
    (is_capitals && label.contains(' ') && !rest.trim().is_empty() && !rest.contains('|')).then_some(label)
}

/// Marks the lines of code: of a program of the page, where a line of code says that it is one. Of a program, the whole
/// line is.
fn mark_code(blocks: &[Block], lines: &[Line<'_>], goes_on: &[bool], telltales: &mut [Option<Telltale>]) {
    let mut is_page = false;
    let mut code = Vec::new();
    for (index, (block, line)) in blocks.iter().zip(lines).enumerate() {
        if line.prose == 0.0 && is_code(&block.text) || BEGINNINGS.iter().any(|begin| block.text.starts_with(begin)) {
            is_page |= PROGRAM_NAMES.iter().any(|name| block.text.contains(name));
            code.push(index);
        }
    }
    if is_page {
        mark_whole_lines(&code, goes_on, telltales);
    } else if code.len() >= CODE_LINES {
        mark_listings(&code, lines, telltales);
    }
}

/// Marks the lines that parts of a program stand in. Each is gone through once.
fn mark_whole_lines(code: &[usize], goes_on: &[bool], telltales: &mut [Option<Telltale>]) {
    let mut end = 0;
    for index in code.iter().copied() {
        if index < end {
            continue;
        }
        let start = (end..=index).rev().find(|at| !goes_on[*at]).unwrap_or(end);
        end = index + 1 + goes_on[index + 1..].iter().take_while(|goes_on| **goes_on).count();
        telltales[start..end].fill(Some(Telltale::Program));
    }
}

/// Marks lines of code and what stands between them.
fn mark_listings(code: &[usize], lines: &[Line<'_>], telltales: &mut [Option<Telltale>]) {
    let mut before = code[0];
    for index in code {
        let start = if index - before <= BETWEEN_CODE + 1 { before + 1 } else { *index };
        for between in (start..=*index).filter(|between| lines[*between].prose == 0.0) {
            telltales[between] = Some(Telltale::Code);
        }
        telltales[*index] = Some(Telltale::Code);
        before = *index;
    }
}

/// Whether a line ends or begins as lines of code do.
fn is_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_word = || bytes.iter().all(|byte| *byte != b' ' && byte.is_ascii());
    let has = |signs: &[u8]| signs.iter().any(|sign| bytes.contains(sign));
    match (bytes.first(), bytes.last()) {
        (_, Some(b'{' | b'}' | b'[' | b'(')) | (Some(b'<'), Some(b'>')) => true,
        (Some(b'/'), _) if text.starts_with("//") => true,
        (Some(b'G' | b'P' | b'H' | b'D'), _) if METHODS.iter().any(|method| text.starts_with(method)) => true,
        (_, Some(b']')) => bytes.windows(2).any(|pair| pair[0].is_ascii_alphanumeric() && pair[1] == b'['),
        (_, Some(b')')) => bytes.windows(2).any(|pair| pair[0].is_ascii_alphanumeric() && pair[1] == b'('),
        (_, Some(b';')) => has(b"=()_") || is_word(),
        (_, Some(b',')) => has(b"_:=") || (is_word() && has(b".")),
        _ => is_word() && has(b"_"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::view::goes_on;
    use super::*;
    use crate::knowledge::Knowledge;
    use crate::page::{Page, PageFormat};
    use crate::segment::segment;

    /// For each line of a text, what it is.
    fn seen(text: &str) -> Vec<Option<Telltale>> {
        let document = segment(&Page { format: PageFormat::Text, ..Page::from_html(text, None) });
        let knowledge = Knowledge::builtin();
        telltales(&document.blocks, &Line::all(&document, &knowledge.lexicon), &goes_on(&document))
    }

    fn are(text: &str, telltale: Option<Telltale>) -> bool {
        seen(text).iter().all(|seen| *seen == telltale)
    }

    #[test]
    fn counters_of_a_gallery_name_the_same_number() {
        for text in ["1 of 3\n2 of 3\n3 of 3", "1/3\n3/3\n1/3\n2/3", "1/12\n2/12\n3/12", "1 von 4\n2 von 4\n4 von 4"] {
            assert!(are(text, Some(Telltale::Counter)), "{text}");
        }
        for text in ["1 of 3\n2 of 4\n3 of 5", "3/1\n4/1\n5/1", "1of3\n2of3\n3of3", "1 of 3\n2 of 3", "12\n13\n14"] {
            assert!(are(text, None), "{text}");
        }
        for text in ["4/5\n5/5\n3/5", "5/5\n5/5\n5/5"] {
            assert!(are(text, Some(Telltale::Mark)), "{text}");
        }
        assert_eq!(slide("00000000009/99999999999"), None);
    }

    #[test]
    fn a_program_of_the_page_names_what_no_story_does() {
        let program = "window.dataLayer = window.dataLayer || [];\nif (tag) {\nbreak;\ntag_id,\n}";
        assert!(are(program, Some(Telltale::Program)));
        assert!(are(&program.replace("dataLayer", "harbour"), Some(Telltale::Code)));
        assert!(are("func f() {\ni := 0\nfmt.Println(i)\n}", Some(Telltale::Code)));
        assert!(are("Tell me, Muse;\nof the man of many ways;\nwho was driven;\nfar journeys {", None));
    }

    #[test]
    fn a_program_takes_its_whole_line_along() {
        let program = "<script>window.dataLayer = {\"tides\":\"High water today.The ferry left.Then it came back\"};";
        assert!(seen(program).len() > 1 && are(program, Some(Telltale::Program)), "{:?}", seen(program));
    }

    #[test]
    fn labels_that_return_are_of_other_stories() {
        let seen = seen("READ ALSO | Rain ahead\nThe ferry left.\nREAD ALSO | Marlow sold\nTIDES | High\nTIDES | Low");
        assert_eq!(seen, [Some(Telltale::Labelled), None, Some(Telltale::Labelled), None, None]);
    }

    #[test]
    fn comments_are_told_by_what_answers_them() {
        let comment = Some(Telltale::Comment);
        let thread = "The ferry left at dawn.\n- Oduya I saw it.\nIt was late. Reply\nBrook\nSo did I! Reply\nThe end.";
        assert_eq!(seen(thread), [None, comment, comment, comment, comment, None]);
        assert_eq!(seen("Good.\nReply\nBad.\nReply"), [None, comment, comment, comment]);
        assert!(are("She sent no Reply\nHe sent no Reply\nNobody did. Reply", None));
    }

    #[test]
    fn a_table_has_rows_of_as_many_cells() {
        assert!(are("Tide\tHeight\n07:34\t3.1\n13:50\t0.4\n19:58\t3.3", Some(Telltale::Row)));
        assert!(are("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |", Some(Telltale::Row)));
        assert!(are("Tide\tHeight\n07:34\t3.1\n13:50\n19:58\t3.3", None));
        assert!(are("Home | News\nSport | Tides\nHome | News\nSport | Tides", None));
    }

    #[test]
    fn what_stands_within_an_offer_is_of_it() {
        let offer = "Subscribe to our newsletter\nThe harbour, the tides\nSubscribe now\nA ferry left.";
        let pitch = Some(Telltale::Pitch(Role::Newsletter));
        assert_eq!(seen(offer), [None, pitch, None, None]);
        let story = format!("Subscribe to our newsletter\n{}\nSubscribe now", "The ferry left at dawn. ".repeat(12));
        assert_eq!(seen(&story)[1], None);
    }
}
