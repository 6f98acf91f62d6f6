//! What the story says in someone's words: a phrase that it quotes is no insert.

use crate::block::Block;

use super::super::lines::Line;

/// Characters of a line that are looked at for what it quotes first.
const SPEECH_CHARS: usize = 400;
/// Lines of the longest quotation.
const QUOTED_LINES: usize = 12;
/// Words of the shortest line that introduces what someone says.
const INTRODUCING_WORDS: f32 = 5.0;

/// For each line, whether it is a quotation or begins with one, or stands in one of several lines, or says a phrase that the
/// story quotes without marks.
pub(super) fn said(blocks: &[Block], lines: &[Line<'_>]) -> Vec<bool> {
    let mut said: Vec<bool> = blocks.iter().map(|block| is_quoted(&block.text) || quotes_first(&block.text)).collect();
    for (index, line) in lines.iter().enumerate() {
        said[index] |= line.is_told || is_introduced(blocks, lines, index);
    }
    let mut at = 0;
    while at < blocks.len() {
        let end = leaves_open(&blocks[at].text).then(|| end_of_quotation(&blocks[at + 1..])).flatten();
        let next = at + 1 + end.unwrap_or(0);
        if end.is_some() {
            said[at..next].fill(true);
        }
        at = next;
    }
    said
}

/// Whether a sentence stands behind a colon of the story: "The box read: / Subscribe now."
fn is_introduced(blocks: &[Block], lines: &[Line<'_>], index: usize) -> bool {
    let introduces = |before: usize| {
        let line = &lines[before];
        line.hits.is_empty() && line.words >= INTRODUCING_WORDS && blocks[before].text.ends_with([':', '：'])
    };
    let line = &lines[index];
    line.is_pitch() && line.ends_sentence && index.checked_sub(1).is_some_and(introduces)
}

/// Whether a line begins and ends with quotation marks.
fn is_quoted(text: &str) -> bool {
    text.starts_with(['“', '”', '"', '„', '«', '»', '「', '‘', '\''])
        && text.ends_with(['”', '"', '“', '»', '«', '」', '’', '\''])
}

/// What may close a quotation that begins with this sign; nothing where none does.
fn closers(opening: char) -> &'static [char] {
    match opening {
        '"' => &['"'],
        '“' | '”' => &['”'],
        '„' => &['“', '”'],
        '«' => &['»'],
        '»' => &['«', '»'],
        '\'' => &['\''],
        '‘' => &['’'],
        _ => &[],
    }
}

/// Whether a line begins with words in quotation marks, and says more behind them as a sentence.
fn quotes_first(text: &str) -> bool {
    let mut characters = text.chars();
    let closers = characters.next().map_or(&[][..], closers);
    if closers.is_empty() || !text.ends_with(['.', '!', '?']) {
        return false;
    }
    let rest = characters.as_str();
    let rest = &rest[..rest.char_indices().nth(SPEECH_CHARS).map_or(rest.len(), |(at, _)| at)];
    let goes_on = |end: usize| {
        let behind = rest[end..].trim_start_matches(closers).trim_start_matches([',', '.', '!', '?']);
        // Russian and Polish have a dash between them.
        let said_by = behind.strip_prefix(' ').map(|more| more.trim_start_matches(['—', '–', ' ']));
        said_by.is_some_and(|more| more.starts_with(char::is_lowercase) && more.contains(' '))
    };
    rest.match_indices(closers).any(|(end, _)| goes_on(end))
}

/// Whether a line begins with a quotation mark, and has none that closes it.
fn leaves_open(text: &str) -> bool {
    let mut characters = text.chars();
    // An apostrophe opens a word as often as a quotation.
    let opening = characters.next().filter(|first| matches!(first, '"' | '“' | '„' | '«' | '»'));
    opening.is_some_and(|opening| !characters.as_str().contains(closers(opening)))
}

/// How many of the `blocks` behind the first line of a quotation are of it: up to the one that closes it. None where the
/// next begins with a mark, as each paragraph of a speech does.
fn end_of_quotation(blocks: &[Block]) -> Option<usize> {
    let marks = |text: &str| text.starts_with(['"', '“', '„', '«', '»']);
    let near = blocks.iter().take(QUOTED_LINES).take_while(|block| !marks(&block.text));
    let closes = |text: &str| text.trim_end_matches(['.', ',', '!', '?']).ends_with(['"', '”', '“', '»', '«']);
    near.map(|block| closes(&block.text)).position(|closes| closes).map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;
    use crate::page::{Page, PageFormat};
    use crate::segment::segment;

    fn are_said(text: &str) -> Vec<bool> {
        let document = segment(&Page { format: PageFormat::Text, ..Page::from_html(text, None) });
        let knowledge = Knowledge::builtin();
        let lines = Line::all(&document, &knowledge.lexicon);
        said(&document.blocks, &lines)
    }

    #[test]
    fn who_is_quoted_says_no_phrase() {
        for line in [
            "“Subscribe!”",
            "”Prenumerera nu!”",
            "'Schrijf je nu in!'",
            "'Sign up for our newsletter' hangs over the bakery, although the baker has none.",
            "»Lesen Sie auch das Kleingedruckte«, steht am Rathaus.",
            "\"Subscribe now,\" she said to the crowd.",
            "«Поддержите нас», — попросила редактор.",
            "Sign up for our newsletter, asks a loudspeaker at the pier.",
        ] {
            assert_eq!(are_said(line), [true], "{line}");
        }
        for line in
            ["'Harbour Morning': sign up now", "\"Harbour Morning\" Sign up for it.", "“We left", "5' is too low."]
        {
            assert_eq!(are_said(line), [false], "{line}");
        }
    }

    #[test]
    fn what_stands_behind_a_colon_of_the_story_is_said() {
        assert_eq!(are_said("The second box was shorter and read:\nSubscribe now."), [false, true]);
        assert_eq!(are_said("The second box was shorter and read:\nSubscribe now"), [false, false], "no sentence");
        assert_eq!(are_said("Read more:\nSubscribe now."), [false, false]);
    }

    #[test]
    fn a_quotation_may_take_several_lines() {
        let leaflet =
            "It said:\n\"Dear neighbours,\nSign up for our newsletter.\nShare it with a friend.\"\nNobody knows.";
        assert_eq!(are_said(leaflet), [false, true, true, true, false]);
        assert_eq!(are_said("“We left.\nSubscribe\n“We came back.”"), [false, false, true], "paragraphs of a speech");
        assert_eq!(are_said(&format!("“We left.\n{}Rain.”", "Rain.\n".repeat(12)))[..2], [false, false], "too far");
    }
}
