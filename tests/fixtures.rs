//! Pages written by hand, each with the text that has to come out of it and a record of all that is dropped and why.
//!
//! `fixtures/NAME/` holds `page.html` (or `scraped.txt`), `expected.txt` and `expected.json`. The text is the truth and
//! is written by hand; an empty file says that the page holds no story. The record is written by the program:
//! `CLEANCOPY_REWRITE_FIXTURES=1 cargo test --test fixtures`, and read by whoever commits it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod diff;

use std::fmt::Write;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use cleancopy::article::{Article, Judged};
use cleancopy::knowledge::Knowledge;
use cleancopy::page::{PageFormat, RawPage, Source, decode};
use cleancopy::{Cleaner, options::CleanOptions};
use serde_json::{Value, json};

use diff::diff;

const REWRITE: &str = "CLEANCOPY_REWRITE_FIXTURES";

/// Fewer fixtures than this means that some were lost.
const MIN_FIXTURES: usize = 25;

/// Characters of a dropped block that its record shows.
const SHOWN_CHARS: usize = 80;

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let entries = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn raw_page(folder: &Path) -> Result<RawPage, String> {
    let read =
        |name: &str, format| fs::read(folder.join(name)).ok().map(|body| RawPage::new(Source::Memory, format, body));
    match (read("page.html", PageFormat::Html), read("scraped.txt", PageFormat::Text)) {
        (Some(page), None) | (None, Some(page)) => Ok(page),
        (None, None) => Err("neither page.html nor scraped.txt is there".to_owned()),
        (Some(_), Some(_)) => Err("page.html and scraped.txt are both there".to_owned()),
    }
}

/// What the program makes of a page, but for the text and for the numbers that change with each training.
fn record(article: &Article) -> String {
    let record = json!({
        "title": article.metadata.title,
        "authors": article.metadata.authors,
        "date": article.metadata.date,
        "verdict": article.verdict,
        "words": article.words(),
        "dropped": article.dropped().map(dropped).collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&record).unwrap() + "\n"
}

fn dropped(judged: &Judged) -> Value {
    let reason = judged.verdict.reason();
    let text: String = judged.block.text.chars().take(SHOWN_CHARS).collect();
    json!({ "text": text, "role": reason.role, "stage": reason.stage, "reason": reason.to_string() })
}

/// The text as the program writes it.
fn text(article: &Article) -> String {
    let text = article.text();
    if text.is_empty() || text.ends_with('\n') { text } else { text + "\n" }
}

/// What is wrong with `actual` beside the file `name`; nothing where they are the same.
fn compare(folder: &Path, name: &str, actual: &str) -> Option<String> {
    match fs::read_to_string(folder.join(name)) {
        Ok(expected) if expected == actual => None,
        Ok(expected) if expected.trim_end() == actual.trim_end() => Some(format!("{name}: the line breaks at its end")),
        Ok(expected) => Some(format!("{name} (- expected, + came out):\n{}", diff(&expected, actual))),
        Err(error) if error.kind() == ErrorKind::NotFound => Some(format!("{name} is missing")),
        Err(error) => Some(format!("{name} cannot be read: {error}")),
    }
}

fn check(cleaner: &Cleaner, folder: &Path) -> Vec<String> {
    let article = match raw_page(folder) {
        Ok(page) => cleaner.clean(&decode(page)),
        Err(fault) => return vec![fault],
    };
    let record = record(&article);
    if std::env::var_os(REWRITE).is_some_and(|value| value == "1") {
        fs::write(folder.join("expected.json"), &record).unwrap();
    }
    let faults = [compare(folder, "expected.txt", &text(&article)), compare(folder, "expected.json", &record)];
    faults.into_iter().flatten().collect()
}

#[test]
fn every_fixture_comes_out_as_expected() {
    let cleaner = Cleaner::new(CleanOptions::default());
    let (mut report, mut failed) = (String::new(), 0);
    let folders = folders();
    for folder in &folders {
        let faults = check(&cleaner, folder);
        failed += usize::from(!faults.is_empty());
        for fault in faults {
            writeln!(report, "\n{}: {fault}", folder.file_name().unwrap().display()).unwrap();
        }
    }
    assert!(
        failed == 0,
        "{failed} of {} fixtures fail. Where a record is new or changed for good, {REWRITE}=1 writes expected.json.\n{report}",
        folders.len()
    );
}

#[test]
fn whether_there_is_a_story_does_not_hang_on_the_calibration() {
    // Training holds pages out ahead of fitting it: its figures would else be of other texts than come out in the end.
    let text_of = |offset: f32| {
        let mut model = Knowledge::builtin().model;
        model.calibration.offset = offset;
        let cleaner = Cleaner::with_model(model, CleanOptions::default()).unwrap();
        let texts = folders().into_iter().map(|folder| text(&cleaner.clean(&decode(raw_page(&folder).unwrap()))));
        texts.collect::<Vec<String>>()
    };
    assert_eq!(text_of(-20.0), text_of(20.0));
}

#[test]
fn no_fixture_was_lost() {
    let count = folders().len();
    assert!(count >= MIN_FIXTURES, "only {count} fixtures");
}

#[test]
fn a_difference_is_shown_with_a_line_around_it() {
    assert_eq!(diff("a\nb\nc\nd\ne", "a\nb\nX\nd\ne\nY"), "    b\n  - c\n  + X\n    d\n    e\n  + Y\n");
    assert_eq!(diff("same", "same"), "");
}
