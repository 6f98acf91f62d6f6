//! The tree that the crate builds of a page gives the blocks of the tree that the reference builds.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use cleancopy::block::{Document, ElementPath};
use cleancopy::options::{LanguageBy, Limits, PageParser};
use cleancopy::page::{Page, PageFormat, RawPage, Source, decode};
use cleancopy::segment::{Segmenting, Unhurried, segment, segment_within};
use flate2::read::MultiGzDecoder;

/// Pages in a hundred whose blocks may differ: those with markup so broken that any reading is as good as another.
const MAX_DIFFERENT: usize = 1;

fn named(path: ElementPath<'_>) -> String {
    path.map(|element| format!("{}.{}#{}", element.tag, element.class, element.id)).collect::<Vec<_>>().join(" < ")
}

/// The blocks of a page, a line each, with what they are and where they stand.
fn lines(document: &Document) -> Vec<String> {
    let line = |block: &cleancopy::block::Block| {
        let densities = (block.link_chars, block.emphasis_chars);
        format!("{:?} {:?} {densities:?} {}", block.text, block.kind, named(document.path(block)))
    };
    document.blocks.iter().map(line).collect()
}

/// By html5ever, to compare with.
fn segment_by_reference(page: &Page) -> Document {
    let how = Segmenting {
        parser: PageParser::Reference,
        limits: &Limits::default(),
        deadline: &Unhurried,
        language: LanguageBy::Sentences,
    };
    segment_within(page, &how).unwrap()
}

/// The first lines in which two pages differ.
fn first_difference(own: &Document, reference: &Document) -> Option<String> {
    let (own, reference) = (lines(own), lines(reference));
    let at = (0..own.len().max(reference.len())).find(|at| own.get(*at) != reference.get(*at))?;
    Some(format!("own       {:?}\n  reference {:?}", own.get(at), reference.get(at)))
}

fn page(path: &Path) -> Page {
    let mut body = fs::read(path).unwrap();
    if path.extension().is_some_and(|extension| extension == "gz") {
        let packed = std::mem::take(&mut body);
        MultiGzDecoder::new(&packed[..]).read_to_end(&mut body).unwrap();
    }
    decode(RawPage::new(Source::File(path.to_owned()), PageFormat::Html, body))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn the_fixtures_have_the_blocks_of_the_reference() {
    for folder in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")) {
        let path = folder.join("page.html");
        if path.exists() {
            let page = page(&path);
            let difference = first_difference(&segment(&page), &segment_by_reference(&page));
            assert_eq!(difference, None, "{}", path.display());
        }
    }
}

#[test]
#[ignore = "reads thousands of pages: cargo test --release --test trees -- --ignored"]
fn the_corpora_have_the_blocks_of_the_reference() {
    for corpus in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus")) {
        let pages = files(&corpus.join("pages"));
        let mut different = Vec::new();
        for path in &pages {
            let page = page(path);
            let (own, reference) = (segment(&page), segment_by_reference(&page));
            if let Some(difference) = first_difference(&own, &reference) {
                different.push(format!("{}\n  {difference}", path.display()));
            } else {
                assert_eq!(own.metadata, reference.metadata, "{}", path.display());
            }
        }
        let (count, all) = (different.len(), pages.len());
        assert!(count * 100 <= all * MAX_DIFFERENT, "{count} of {all} pages differ:\n{}", different.join("\n"));
    }
}
