//! Inserts as publishers plant them, each alone in the middle of a story, in the languages of the news: it goes, and the
//! story stays as it was. `alone/LANG.txt` has the lines of a story, and behind an empty line the inserts.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

use std::fs;
use std::path::Path;

use cleancopy::Cleaner;
use cleancopy::options::CleanOptions;
use cleancopy::page::{Page, PageFormat};

/// Lines of the story ahead of the insert.
const AHEAD: usize = 4;

/// Where the insert does not go, or something else does: what is left.
fn fault(cleaner: &Cleaner, story: &[&str], insert: &str, between: &str) -> Option<String> {
    let with_insert = [&story[..AHEAD], &[insert], &story[AHEAD..]].concat().join(between);
    let page = Page { format: PageFormat::Text, ..Page::from_html(with_insert, None) };
    let left = cleaner.clean(&page).text();
    (left != story.join(between)).then_some(left)
}

#[test]
fn an_insert_alone_in_a_story_goes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/alone");
    let cleaner = Cleaner::new(CleanOptions::default());
    let mut languages = 0;
    for path in folder.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
        let text = fs::read_to_string(&path).unwrap();
        let (story, inserts) = text.split_once("\n\n").unwrap();
        let story: Vec<&str> = story.lines().collect();
        assert!(inserts.lines().count() > 10, "{}", path.display());
        for insert in inserts.lines() {
            for between in ["\n", "\n\n"] {
                let left = fault(&cleaner, &story, insert, between);
                assert!(left.is_none(), "{}: {insert:?} in {}", path.display(), left.unwrap());
            }
        }
        languages += 1;
    }
    assert_eq!(languages, 17);
}
