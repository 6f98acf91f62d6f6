//! Text without markup: each stage by itself on what the one before gives, and all of them. A sample is 100 texts of the
//! corpora where they are there, else the fixtures.

#![allow(clippy::unwrap_used, reason = "a bench fails by a panic")]

mod samples;

use std::hint::black_box;
use std::sync::LazyLock;

use cleancopy::Cleaner;
use cleancopy::article::Article;
use cleancopy::block::Document;
use cleancopy::classify::judge_whole;
use cleancopy::options::{CleanOptions, LanguageBy, Reasons};
use cleancopy::page::Page;
use cleancopy::segment::segment;
use cleancopy::write::{Format, Record, Text};
use divan::Bencher;
use divan::counter::BytesCount;

static TEXTS: LazyLock<Vec<Page>> = LazyLock::new(samples::texts);
static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(|| TEXTS.iter().map(segment).collect());
static ARTICLES: LazyLock<Vec<Article>> = LazyLock::new(|| TEXTS.iter().map(|text| CLEANER.clean(text)).collect());
/// As the program cleans text into text, and records of JSON Lines: neither reasons nor a language are shown.
static CLEANER: LazyLock<Cleaner> = LazyLock::new(|| {
    let language = LanguageBy::Statement;
    Cleaner::new(CleanOptions { reasons: Reasons::Brief, language, ..CleanOptions::default() })
});
/// As the program cleans text into records that show its language.
static CLEANER_BY_LANGUAGE: LazyLock<Cleaner> =
    LazyLock::new(|| Cleaner::new(CleanOptions { reasons: Reasons::Brief, ..CleanOptions::default() }));

fn main() {
    divan::main();
}

/// The language too, which lines of JSON do without.
#[divan::bench]
fn segment_all(bencher: Bencher<'_, '_>) {
    bencher.counter(text_bytes()).bench(|| TEXTS.iter().map(|text| segment(text).blocks.len()).sum::<usize>());
}

/// Once: not what is left again.
#[divan::bench]
fn judge(bencher: Bencher<'_, '_>) {
    let Cleaner { knowledge, options } = &*CLEANER;
    let judged = |document: &Document| judge_whole(document, knowledge, options).verdicts.len();
    LazyLock::force(&DOCUMENTS);
    bencher.counter(text_bytes()).bench(|| DOCUMENTS.iter().map(judged).sum::<usize>());
}

#[divan::bench]
fn write(bencher: Bencher<'_, '_>) {
    LazyLock::force(&ARTICLES);
    bencher.counter(text_bytes()).bench(|| {
        let mut out = Vec::new();
        for article in ARTICLES.iter() {
            Text.write(&Record { source: "text", envelope: None, outcome: Ok(article) }, &mut out).unwrap();
        }
        out.len()
    });
}

/// Until nothing more goes.
#[divan::bench]
fn clean(bencher: Bencher<'_, '_>) {
    clean_by(&CLEANER, bencher);
}

/// The language too.
#[divan::bench]
fn clean_and_tell_language(bencher: Bencher<'_, '_>) {
    clean_by(&CLEANER_BY_LANGUAGE, bencher);
}

fn clean_by(cleaner: &Cleaner, bencher: Bencher<'_, '_>) {
    let words = |text: &Page| cleaner.clean(black_box(text)).words();
    bencher.counter(text_bytes()).bench(|| TEXTS.iter().map(words).sum::<usize>());
}

fn text_bytes() -> BytesCount {
    BytesCount::new(samples::bytes(&TEXTS))
}
