//! Text that was cleaned is clean: cleaning it again changes nothing, whatever it holds and however sure the judge has to be.
//!
//! The texts are the same in each run; `PROPTEST_RNG_SEED=1 PROPTEST_CASES=10000` looks at others.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod cases;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use cleancopy::Cleaner;
use cleancopy::article::Article;
use cleancopy::options::{Certainty, CleanOptions, Reasons, Strictness};
use cleancopy::page::{Page, PageFormat, RawPage, Source, decode};
use cleancopy::write::{Format, Record, Text};
use proptest::prelude::*;

use cases::cases;

/// By how sure the judge has to be: the settings by name, and one that no text is made for.
static CLEANERS: LazyLock<Vec<Cleaner>> = LazyLock::new(|| {
    let lax = Strictness::AtLeast(Certainty::new(0.1).unwrap());
    let options = |strictness| CleanOptions { strictness, reasons: Reasons::Brief, ..CleanOptions::default() };
    [Strictness::Strict, Strictness::Balanced, Strictness::Eager, lax].map(|s| Cleaner::new(options(s))).into()
});

/// The lines of the fixtures, hand-written all of them.
static LINES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut folders: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let texts = folders.iter().filter_map(|folder| fs::read_to_string(folder.join("scraped.txt")).ok());
    texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
});

const BREAKS: &[&str] =
    &["\n", "\n", "\n", "\n\n", "\n\n", "", "", " ", "\r\n", "\n \t", "\r", "\u{2028}", "\n\n\n", "\u{a0}", "\u{feff}"];

/// What makes a decoder read the bytes behind it otherwise.
const MARKS: &[&[u8]] =
    &[b"", b"\xef\xbb\xbf", b"\xef\xbb\xbf\xef\xbb\xbf", b"\xff\xfe", b"a\0b\0c\0d\0e\0f\0g\0h\0i\0"];

/// Lines of several stories and their inserts, shuffled, some of them glued.
fn shuffled() -> impl Strategy<Value = String> {
    let line = (prop::sample::select(BREAKS), prop::sample::select(LINES.as_slice()));
    prop::collection::vec(line, 0..30)
        .prop_map(|lines| lines.into_iter().map(|(gap, line)| gap.to_owned() + &line).collect())
}

/// Stretches of several stories one behind the other, as they stand there but for the breaks.
fn in_stretches() -> impl Strategy<Value = String> {
    let stretch = (0..LINES.len(), 1..15_usize, prop::sample::select(BREAKS));
    prop::collection::vec(stretch, 1..4).prop_map(|stretches| {
        let lines = |(start, count, gap): (usize, usize, &str)| {
            LINES.iter().skip(start).take(count).map(|line| line.clone() + gap).collect::<String>()
        };
        stretches.into_iter().map(lines).collect()
    })
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![4 => shuffled(), 4 => in_stretches(), 1 => any::<String>()]
}

fn cleaned(cleaner: &Cleaner, text: &str) -> Article {
    cleaner.clean(&Page { format: PageFormat::Text, ..Page::from_html(text, None) })
}

/// The bytes that the program makes of bytes.
fn written(cleaner: &Cleaner, bytes: Vec<u8>) -> Vec<u8> {
    let article = cleaner.clean(&decode(RawPage::new(Source::Memory, PageFormat::Text, bytes)));
    let mut out = Vec::new();
    Text.write(&Record { source: "text", envelope: None, outcome: Ok(&article) }, &mut out).unwrap();
    out
}

/// Whether `part` is `whole` with some of its bytes gone.
fn is_rest_of(part: &str, whole: &str) -> bool {
    let mut whole = whole.bytes();
    part.bytes().all(|byte| whole.any(|other| other == byte))
}

fn check(cleaner: &Cleaner, text: &str) {
    let article = cleaned(cleaner, text);
    let story = article.text();
    let again = cleaned(cleaner, &story);
    let gone: Vec<&str> = again.dropped().map(|judged| &*judged.block.text).collect();
    assert!(again.text() == story, "a second cleaning drops {gone:?} of\n{story}");
    if article.dropped().next().is_none() {
        assert_eq!(story, text);
    }
    let letters = |text: &str| text.split_whitespace().collect::<String>();
    assert!(is_rest_of(&story, text));
    let blocks = |keep: bool| article.blocks.iter().filter(move |judged| judged.verdict.is_keep() || !keep);
    let said = |keep: bool| blocks(keep).map(|judged| letters(&judged.block.text)).collect::<String>();
    assert_eq!(said(true), letters(&story), "not the kept blocks, and they alone");
    assert_eq!(said(false), letters(text), "not all of the text has a verdict");
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn what_was_cleaned_is_clean(text in texts()) {
        for cleaner in CLEANERS.iter() {
            check(cleaner, &text);
        }
    }

    #[test]
    fn so_is_what_was_written(
        marks in prop::sample::select(MARKS),
        bytes in prop_oneof![texts().prop_map(String::into_bytes), prop::collection::vec(any::<u8>(), 0..400)],
    ) {
        for cleaner in CLEANERS.iter() {
            let once = written(cleaner, [marks, &bytes].concat());
            prop_assert_eq!(written(cleaner, once.clone()), once);
        }
    }
}

#[test]
fn a_fixture_that_was_cleaned_is_clean() {
    let text = LINES.join("\n");
    for cleaner in CLEANERS.iter() {
        check(cleaner, &text);
    }
}
