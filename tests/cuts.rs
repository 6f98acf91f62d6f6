//! Texts written by hand can be cut as they have to be: of each there are blocks that, kept, give its `expected.txt`. What
//! a judge makes of the blocks is another matter.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod diff;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use cleancopy::article::Article;
use cleancopy::block::Block;
use cleancopy::page::{Page, PageFormat};
use cleancopy::segment::segment;
use cleancopy::verdict::{Evidence, Judgement, PageVerdict, Reason, Role, Stage, Verdict};

use diff::diff;

/// The folders of texts without markup: the fixtures, and `wanted`, of which the judge still gets something wrong.
fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let inside = |name: &str| fs::read_dir(root.join(name)).unwrap().map(|entry| entry.unwrap().path());
    let folders = ["fixtures", "wanted"].into_iter().flat_map(inside);
    let mut folders: Vec<PathBuf> = folders.filter(|folder| text(folder).is_some()).collect();
    folders.sort();
    folders
}

fn text(folder: &Path) -> Option<String> {
    fs::read_to_string(folder.join("scraped.txt")).ok()
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The text with those blocks alone that come next in what is expected.
fn best_cut(text: &str, expected: &str) -> String {
    let page = Page { format: PageFormat::Text, ..Page::from_html(text, None) };
    let document = segment(&page);
    let expected = letters(expected);
    let mut rest = expected.as_str();
    let verdict = |block: &cleancopy::block::Block| {
        let evidence = vec![Evidence::NoPhrase];
        let reason = Reason { role: Role::Story, stage: Stage::Rule, evidence, story_likelihood: 0.5 };
        match rest.strip_prefix(letters(&block.text).as_str()) {
            Some(behind) => {
                rest = behind;
                Verdict::Keep(reason)
            }
            None => Verdict::Drop(reason),
        }
    };
    let verdicts = document.blocks.iter().map(verdict).collect();
    let words = document.blocks.iter().map(Block::words).collect();
    Article::assemble(&page, document, Judgement { verdicts, words, page: PageVerdict::Article, confidence: 1.0 })
        .text()
}

#[test]
fn each_text_can_be_cut_as_expected() {
    let mut report = String::new();
    let folders = folders();
    for folder in &folders {
        let expected = fs::read_to_string(folder.join("expected.txt")).unwrap();
        let story = best_cut(&text(folder).unwrap(), &expected);
        if story.trim_end() != expected.trim_end() {
            write!(report, "\n{}:\n{}", folder.display(), diff(&expected, &story)).unwrap();
        }
    }
    assert!(report.is_empty(), "these cannot be cut as expected (- expected, + best):{report}");
    assert!(folders.len() >= 40, "only {} texts", folders.len());
}
