//! Captions that the scores keep: lines in boxes that are named so, and lines alone in a box with a picture, as all of their
//! form are.

use crate::block::{BlockKind, Document, Image};
use crate::verdict::{Evidence, Role, Verdict};

use super::page::PageView;
use super::repair::context;
use super::scores::yes;

/// Words of the longest caption.
const CAPTION_WORDS: f32 = 60.0;
/// Elements around a picture and a block that are looked through for one that holds both.
const REACH: usize = 8;
/// Share of the blocks of a form that are alone with a picture each, from which they are captions.
const CAPTION_FORM: f32 = 0.8;
/// Share of the story's words from which the form is the story's own: of a story in pictures, of a list with one for each
/// item.
const STORY_FORM: f32 = 0.25;
/// Share of the blocks of a form that follow another of it or are all that stands under a heading, from which they are
/// steps or items: the captions of a story stand between its paragraphs.
const IN_ROWS: f32 = 0.6;
/// Likelihood from which a block stays, and that from which the only one of its form does.
const SURE: f32 = 0.96;
const SURE_SINGLE: f32 = 0.75;

/// Drops kept paragraphs that are alone with a picture, right under it, where the others of their form are too and the
/// story is of another form. Questions stay: the picture is the sign by which the answer folds out.
pub(super) fn drop_captions(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    if page.document.images.is_empty() {
        return;
    }
    let alone = alone_with_pictures(page);
    let forms = form_sums(page, verdicts, &alone);
    let kept_words: f32 = forms.iter().map(|form| form.words).sum();
    for (index, verdict) in verdicts.iter_mut().enumerate() {
        let (block, line) = (&page.document.blocks[index], &page.lines[index]);
        let (form, blocks) = (forms[page.groups[index]], page.group_sums[page.groups[index]].blocks);
        let sure = if blocks < 1.5 { SURE_SINGLE } else { SURE };
        let may_be_one = verdict.is_keep()
            && verdict.reason().story_likelihood < sure
            && alone[index]
            && block.kind == BlockKind::Paragraph
            && line.words <= CAPTION_WORDS
            && !block.text.ends_with(['?', '？', '؟']);
        let are_captions = form.alone >= CAPTION_FORM * blocks
            && form.words < STORY_FORM * kept_words
            && form.in_rows <= IN_ROWS * form.kept;
        if may_be_one && are_captions {
            *verdict = context(Role::Caption, Evidence::AloneWithPicture, verdict);
        }
    }
}

/// How a box of captions is named, in small letters, and how names of boxes begin that may hold one among much else.
const CAPTION_NAMES: [&str; 5] = ["caption", "bildunterschrift", "legende", "didascalia", "pie-de-foto"];
const OTHER_NAMES: [&str; 4] = ["has-", "no-", "with", "hide-"];
/// Share of the kept words from which what is named so is the story: of a gallery.
const STORY_CAPTIONS: f32 = 0.5;

/// Drops what is kept behind the first paragraph in a box that is named a caption, if the story stands elsewhere. Ahead of
/// the first paragraph, its summary may stand in such a box.
pub(super) fn drop_named_captions(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let kept: Vec<usize> = (0..verdicts.len()).filter(|index| verdicts[*index].is_keep()).collect();
    let names: Vec<Option<&str>> = kept.iter().map(|index| caption_name(page, *index)).collect();
    let is_prose = |at: &usize| page.lines[kept[*at]].prose > 0.0 && names[*at].is_none();
    let Some(first) = (0..kept.len()).find(is_prose) else { return };
    let captions: Vec<(usize, &str)> = (first..kept.len()).filter_map(|at| Some((kept[at], names[at]?))).collect();
    let words = |index: &usize| page.lines[*index].words;
    let (all, of_captions) =
        (kept.iter().map(words).sum::<f32>(), captions.iter().map(|(index, _)| words(index)).sum::<f32>());
    if of_captions < STORY_CAPTIONS * all {
        for (index, name) in captions {
            verdicts[index] = context(Role::Caption, Evidence::Token(name.to_owned()), &verdicts[index]);
        }
    }
}

/// The class by which one of the two nearest elements around a block is a caption.
fn caption_name<'a>(page: &PageView<'a>, index: usize) -> Option<&'a str> {
    let begins = |class: &[u8], name: &str| {
        class.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name.as_bytes()))
    };
    let names_caption = |class: &[u8]| CAPTION_NAMES.iter().any(|name| begins(class, name));
    let is_caption = |class: &&str| {
        let class = class.as_bytes();
        (0..class.len()).any(|at| names_caption(&class[at..])) && !OTHER_NAMES.iter().any(|name| begins(class, name))
    };
    let elements = &page.document.elements;
    let mut near = page.place(index).levels().take(2);
    near.find_map(|level| elements.class(level).split_ascii_whitespace().find(is_caption))
}

/// What the blocks of a form add up to.
#[derive(Debug, Clone, Copy, Default)]
struct FormSum {
    /// Blocks that are alone with a picture.
    alone: f32,
    /// Those that are kept.
    kept: f32,
    /// Of those, the ones that follow another of the form, with no other kept block between, or are all that stands under a
    /// heading.
    in_rows: f32,
    /// Words of those that are kept.
    words: f32,
}

fn form_sums(page: &PageView<'_>, verdicts: &[Verdict], alone: &[bool]) -> Vec<FormSum> {
    let mut forms = vec![FormSum::default(); page.group_sums.len()];
    for (group, alone) in page.groups.iter().zip(alone) {
        forms[*group].alone += yes(*alone);
    }
    let is_heading = |index: &usize| matches!(page.document.blocks[*index].kind, BlockKind::Heading(_));
    let kept: Vec<usize> = (0..verdicts.len()).filter(|index| verdicts[*index].is_keep()).collect();
    for (at, index) in kept.iter().enumerate() {
        let (before, behind) = (at.checked_sub(1).map(|before| kept[before]), kept.get(at + 1));
        let group = page.groups[*index];
        let follows_its_like = before.is_some_and(|before| page.groups[before] == group);
        let is_all_under_heading = before.is_some_and(|before| is_heading(&before)) && behind.is_none_or(is_heading);
        let form = &mut forms[group];
        form.kept += 1.0;
        form.in_rows += yes(follows_its_like || is_all_under_heading);
        form.words += page.lines[*index].words;
    }
    forms
}

/// Whether each block has a picture right ahead of it, in a box that holds no other block.
fn alone_with_pictures(page: &PageView<'_>) -> Vec<bool> {
    let mut alone = vec![false; page.lines.len()];
    for image in &page.document.images {
        if let Some(alone) = alone.get_mut(image.block) {
            let shared = shared_element(page.document, image);
            *alone |= shared.is_some_and(|element| page.containers.all[element].blocks < 1.5);
        }
    }
    alone
}

/// The innermost element that holds a picture and the block behind it.
fn shared_element(document: &Document, image: &Image) -> Option<usize> {
    let (mut one, mut other) = (image.element?, document.blocks[image.block].element?);
    for _ in 0..2 * REACH {
        if one == other {
            return Some(one);
        }
        // An element stands behind its parent in the list: the one farther behind cannot hold the other.
        let deeper = if one > other { &mut one } else { &mut other };
        *deeper = document.elements.parent(*deeper)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::repair::dropped_of_kept;
    use super::*;

    const PROSE: &str = "<p>The keeper opened the weir on Tuesday after two winters of repairs, and the first boats came \
        down before noon while the town looked on from the bridge and from the quay.</p>";

    fn captions(html: &str) -> Vec<String> {
        dropped_of_kept(html, drop_captions)
    }

    fn pictured(lines: [&str; 2]) -> String {
        let pictured =
            |line: &str| format!("{PROSE}{PROSE}<div class=x><img src='{line}.png'><div class=y>{line}</div></div>");
        lines.map(pictured).concat()
    }

    #[test]
    fn lines_of_a_form_that_are_alone_with_pictures_are_captions() {
        let lines = ["The keeper at the gate", "Boats below the weir."];
        assert_eq!(captions(&pictured(lines)), lines);
    }

    /// Six lines, each alone with a picture of its own, with something `ahead` of each, behind a story.
    fn items(ahead: &str) -> String {
        let item = |n: usize| {
            format!("{ahead}<div class=x><img src={n}.png><div class=y>It takes {n} sails to move.</div></div>")
        };
        PROSE.repeat(8) + &(0..6).map(item).collect::<String>()
    }

    #[test]
    fn what_is_named_a_caption_behind_the_first_paragraph_is_one() {
        let named = |html: &str| dropped_of_kept(html, drop_named_captions);
        let caption = "<div class=photoCaption><p>The keeper at the gate.</p></div>";
        assert_eq!(named(&format!("{PROSE}{caption}{PROSE}")), ["The keeper at the gate."]);
        assert!(named(&format!("{caption}{PROSE}")).is_empty(), "a summary");
        assert!(named(&format!("<div class=has-caption>{PROSE}<p>So it was.</p></div>")).is_empty());
        assert!(named(&format!("{PROSE}{}", caption.repeat(12))).is_empty(), "a gallery");
    }

    #[test]
    fn the_story_in_pictures_stays() {
        let item = |n: usize| format!("<div class=x><img src={n}.png>{PROSE}</div><p class=n>And number {n}:</p>");
        assert!(captions(&(0..8).map(item).collect::<String>()).is_empty());
    }

    #[test]
    fn steps_and_items_with_pictures_stay() {
        assert!(captions(&items("")).is_empty());
        assert!(captions(&(items("<h2>A boat</h2>") + "<h2>How we chose</h2>" + PROSE)).is_empty());
        assert_eq!(captions(&items(PROSE)).len(), 6);
    }

    #[test]
    fn a_paragraph_behind_a_picture_stays() {
        let html =
            format!("<div>{PROSE}<img src=a.png>{PROSE}</div><div><img src=b.png><p>Short.</p><p>Two.</p></div>");
        assert!(captions(&html).is_empty());
    }

    #[test]
    fn questions_that_fold_out_stay() {
        assert!(captions(&pictured(["When does the weir open?", "Who keeps it?"])).is_empty());
    }
}
