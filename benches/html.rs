//! HTML pages: each stage by itself on what the one before gives, and all of them. A sample is 75 pages of the corpora
//! where they are there, else the fixtures.

#![allow(clippy::unwrap_used, reason = "a bench fails by a panic")]

mod samples;

use std::hint::black_box;
use std::sync::LazyLock;

use cleancopy::Cleaner;
use cleancopy::article::Article;
use cleancopy::block::Document;
use cleancopy::classify::judge_whole;
use cleancopy::fuzzing::{reading_facts, slim_tokens};
use cleancopy::options::{CleanOptions, Reasons};
use cleancopy::page::Page;
use cleancopy::segment::segment;
use cleancopy::write::{Format, Jsonl, Record};
use divan::Bencher;
use divan::counter::BytesCount;

static PAGES: LazyLock<Vec<Page>> = LazyLock::new(samples::pages);
static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(|| PAGES.iter().map(segment).collect());
static ARTICLES: LazyLock<Vec<Article>> = LazyLock::new(|| PAGES.iter().map(|page| CLEANER.clean(page)).collect());
/// As for records that do not ask for reasons.
static CLEANER: LazyLock<Cleaner> =
    LazyLock::new(|| Cleaner::new(CleanOptions { reasons: Reasons::Brief, ..CleanOptions::default() }));

fn main() {
    divan::main();
}

#[divan::bench]
fn slim(bencher: Bencher<'_, '_>) {
    bencher.counter(page_bytes()).bench(|| PAGES.iter().map(|page| slim_tokens(&page.text)).sum::<usize>());
}

#[divan::bench]
fn metadata(bencher: Bencher<'_, '_>) {
    let (page, bytes) = PAGES.iter().map(|page| (page, page.text.len())).max_by_key(|(_, bytes)| *bytes).unwrap();
    reading_facts(page, |read| bencher.counter(BytesCount::new(bytes)).bench_local(read));
}

/// Slim, the tree, the blocks and the metadata.
#[divan::bench]
fn segment_all(bencher: Bencher<'_, '_>) {
    bencher.counter(page_bytes()).bench(|| PAGES.iter().map(|page| segment(page).blocks.len()).sum::<usize>());
}

#[divan::bench]
fn judge(bencher: Bencher<'_, '_>) {
    let Cleaner { knowledge, options } = &*CLEANER;
    let judged = |document: &Document| judge_whole(document, knowledge, options).verdicts.len();
    LazyLock::force(&DOCUMENTS);
    bencher.counter(page_bytes()).bench(|| DOCUMENTS.iter().map(judged).sum::<usize>());
}

#[divan::bench]
fn write(bencher: Bencher<'_, '_>) {
    LazyLock::force(&ARTICLES);
    bencher.counter(page_bytes()).bench(|| {
        let mut out = Vec::new();
        for article in ARTICLES.iter() {
            let record = Record { source: "page", envelope: None, outcome: Ok(article) };
            Jsonl::default().write(&record, &mut out).unwrap();
        }
        out.len()
    });
}

#[divan::bench]
fn clean(bencher: Bencher<'_, '_>) {
    LazyLock::force(&CLEANER);
    bencher
        .counter(page_bytes())
        .bench(|| PAGES.iter().map(|page| CLEANER.clean(black_box(page)).words()).sum::<usize>());
}

fn page_bytes() -> BytesCount {
    BytesCount::new(samples::bytes(&PAGES))
}
