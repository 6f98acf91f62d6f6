//! What short lines are by what stands around them: a phrase that only a form says, a headline between two paragraphs that
//! it has nothing to do with, headlines under the heading of a list of them.

use crate::knowledge::Stands;
use crate::verdict::Role;

use super::super::around::distances;
use super::super::lines::Line;
use super::telltale::Telltale;
use super::view::TextView;

/// Lines between a sign-up and what its form says once it is sent.
const FORM_LINES: f32 = 8.0;
/// Words of the shortest and the longest headline.
const HEADLINE_WORDS: std::ops::RangeInclusive<f32> = 3.0..=20.0;
/// Words of running text from which a story's names are known.
const STORY_WORDS: f32 = 30.0;
/// The share of a foreign headline's words that the story may have: its "the" and "of".
const COMMON_SHARE: f32 = 0.34;
/// Digits of the shortest figure: sections, days and months have fewer.
const FIGURE_DIGITS: usize = 3;
/// Words of the longest heading that says what a story is about.
const SUBJECT_WORDS: f32 = 2.0;
/// Words of the longest heading of a list.
const HEADING_WORDS: f32 = 6.0;

/// Forgets the phrases that say nothing where they stand: those that the story quotes, a word or two of which it is
/// about ("Newsletters"), and what a form says where there is no form. `coherence` is the share of each line's words that
/// the running text has.
pub(super) fn forget_phrases(lines: &mut [Line<'_>], said: &[bool], coherence: &[f32]) {
    let has_prose = lines.iter().any(|line| line.prose > 0.0);
    for ((line, is_said), share) in lines.iter_mut().zip(said).zip(coherence) {
        let is_subject = line.words <= SUBJECT_WORDS && (*share >= 1.0 || !has_prose);
        if *is_said || is_subject {
            line.hits.clear();
        }
    }
    if lines.iter().all(says_anywhere) {
        return;
    }
    let is_pitch = |line: &Line<'_>| {
        let pitches = |role| matches!(role, Role::Newsletter | Role::Subscribe);
        line.hits.iter().any(|hit| hit.stands != Stands::ByPitch && pitches(hit.role))
    };
    let since = distances(lines.iter().map(is_pitch));
    let mut until = distances(lines.iter().rev().map(is_pitch));
    until.reverse();
    for ((line, since), until) in lines.iter_mut().zip(since).zip(until) {
        if since.min(until) > FORM_LINES {
            line.hits.retain(|hit| hit.stands != Stands::ByPitch);
        }
    }
}

/// Whether none of a line's phrases depends on where it stands.
fn says_anywhere(line: &Line<'_>) -> bool {
    line.hits.iter().all(|hit| hit.stands != Stands::ByPitch)
}

/// For each line, whether it is a label ahead of an advertisement, be the story about advertising or not.
pub(super) fn ad_labels(lines: &[Line<'_>]) -> Vec<bool> {
    let is_label = |line: &Line<'_>| {
        line.is_insert() && line.words <= SUBJECT_WORDS && line.hits.iter().any(|hit| hit.role == Role::Ad)
    };
    lines.iter().map(is_label).collect()
}

/// What a line is by what stands around it, where that is enough.
pub(super) fn telltale_of(view: &TextView<'_>, index: usize) -> Option<Telltale> {
    if view.ad_labels[index] && view.lines[index].hits.is_empty() && !view.said[index] {
        Some(Telltale::AdLabel)
    } else if is_listed(view, index) {
        Some(Telltale::Listed)
    } else if is_foreign(view, index) {
        Some(Telltale::Foreign)
    } else {
        None
    }
}

/// Whether it is a short line under a heading that lists other stories, with nothing but short lines between.
fn is_listed(view: &TextView<'_>, index: usize) -> bool {
    let heads_list = |line: &Line<'_>| {
        let lists = line.opens().is_some_and(|hit| hit.role == Role::Related);
        lists && line.is_insert() && line.words <= HEADING_WORDS
    };
    let is_short = |line: &Line<'_>| line.prose == 0.0 && line.words <= *HEADLINE_WORDS.end() && !line.ends_sentence;
    let is_under =
        |opener: usize| heads_list(&view.lines[opener]) && view.lines[opener + 1..=index].iter().all(is_short);
    view.openers[index].is_some_and(is_under) && !heads_story(view, index)
}

/// Whether it names the story's names ahead of a paragraph, as a heading of the story does.
fn heads_story(view: &TextView<'_>, index: usize) -> bool {
    let names = view.names[index];
    let is_next_prose = view.lines.get(index + 1).is_some_and(|line| line.prose > 0.0);
    is_next_prose && names.count > 1.0 && names.known * 2.0 > names.count
}

/// Whether it is a headline by itself between two paragraphs, with a figure and names that the story has nowhere.
fn is_foreign(view: &TextView<'_>, index: usize) -> bool {
    let line = &view.lines[index];
    let is_prose = |at: Option<usize>| at.and_then(|at| view.lines.get(at)).is_some_and(|line| line.prose > 0.0);
    let names = view.names[index];
    HEADLINE_WORDS.contains(&line.words)
        && !line.ends_sentence
        && is_prose(index.checked_sub(1))
        && is_prose(Some(index + 1))
        && view.prose() >= STORY_WORDS
        && names.count > 0.0
        && names.known == 0.0
        && view.coherence[index] <= COMMON_SHARE
        && tells_a_figure(view.text(index))
}

/// Whether a line in plain words has a figure: not the number of a section, a day, an address, a cell of a table.
fn tells_a_figure(text: &str) -> bool {
    let is_plain = |c: char| {
        c.is_alphanumeric() || c.is_whitespace() || matches!(c, ',' | '.' | '\'' | '’' | '%' | '$' | '€' | '£' | '¥')
    };
    let has_digits = |word: &str| word.chars().filter(char::is_ascii_digit).count() >= FIGURE_DIGITS;
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let mut words = text.split_whitespace();
    let begins =
        words.next().is_some_and(|word| word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase));
    begins && text.chars().all(is_plain) && words.any(|word| has_digits(word) && !is_year(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;
    use crate::page::{Page, PageFormat};
    use crate::segment::segment;

    const FIRST: &str = "The river Orl burst its banks at Hensel on Monday night, and some two hundred people were taken out \
        of their houses in the old town, the fire brigade said.";
    const SECOND: &str = "By morning the water stood a metre deep in the market square, and Mayor Ada Brook asked people to \
        stay away from the river, from Hensel and from the road to Tarn.";

    /// What the lines between the two paragraphs are told to be.
    fn seen(between: &[&str]) -> Vec<Option<Telltale>> {
        let text = [&[FIRST], between, &[SECOND]].concat().join("\n");
        let document = segment(&Page { format: PageFormat::Text, ..Page::from_html(text, None) });
        let knowledge = Knowledge::builtin();
        TextView::of(&document, &knowledge).telltales[1..=between.len()].to_vec()
    }

    fn has_hits(text: &str) -> Vec<bool> {
        let document = segment(&Page { format: PageFormat::Text, ..Page::from_html(text, None) });
        let knowledge = Knowledge::builtin();
        TextView::of(&document, &knowledge).lines.iter().map(|line| !line.hits.is_empty()).collect()
    }

    #[test]
    fn a_headline_with_figures_and_names_that_the_story_lacks_is_of_another() {
        for headline in ["Bitcoin tops $40,000", "Bitcoin tops the 40,000 mark in Oslo"] {
            assert_eq!(seen(&[headline]), [Some(Telltale::Foreign)], "{headline}");
        }
        for heading in [
            "Hensel needs $40,000",
            "Bitcoin tops record",
            "Step 3: Bitcoin",
            "4. Bitcoin tops all",
            "The year 2024",
            "Bitcoin | $40,000",
            "Bitcoin tops $40,000.",
            "“Bitcoin tops $40,000”",
            "BITCOIN TOPS $40,000",
            "40,000 saw Bitcoin",
        ] {
            assert_eq!(seen(&[heading]), [None], "{heading}");
        }
        assert_eq!(
            seen(&["Bitcoin tops $40,000", "Gold falls 300 points"]),
            [None, None],
            "no paragraph on both sides"
        );
    }

    #[test]
    fn what_is_short_under_a_heading_of_other_stories_is_one_of_them() {
        let listed = Some(Telltale::Listed);
        assert_eq!(seen(&["RELATED", "Rain ahead", "Minister goes", "Ten beaches"]), [None, listed, listed, listed]);
        assert_eq!(seen(&["Related", "Rain ahead", SECOND, "Ten beaches"]), [None, listed, None, None]);
        assert_eq!(seen(&["Related", "It rained on Sunday.", "Ten beaches"]), [None; 3]);
        assert_eq!(seen(&["Recommended videos", "Ada Brook of Hensel"]), [None; 2], "it names who the story is about");
        assert_eq!(seen(&["Newsletter", "Ten beaches"]), [None; 2]);
    }

    #[test]
    fn what_a_story_is_about_is_no_phrase() {
        assert_eq!(has_hits("It took nine years.\nNewsletters\nThey never worked."), [false; 3], "no running text");
        let about =
            "The paper asked for donations at Hensel on Monday, and nobody came, the editor said, but donations rose.";
        assert_eq!(has_hits(&format!("{about}\nDonations\n{about}\nAdvertisement")), [false, false, false, true]);
    }

    #[test]
    fn what_a_form_says_is_a_phrase_near_a_sign_up_alone() {
        let said = "You're all signed up!";
        let far = "x\n".repeat(9);
        assert_eq!(has_hits(&format!("Subscribe to our newsletter\n{said}")), [true, true]);
        assert_eq!(has_hits(&format!("{said}\nSubscribe to our newsletter")), [true, true]);
        assert_eq!(has_hits(&format!("{FIRST}\n{said}\n{SECOND}")), [false; 3]);
        assert!(!has_hits(&format!("Subscribe to our newsletter\n{far}{said}"))[10]);
        assert_eq!(has_hits(&format!("{said}\nThanks for signing up")), [false; 2]);
    }
}
