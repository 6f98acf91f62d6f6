//! What the benches clean: pages and texts of the corpora where they are there, else the fixtures.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use cleancopy::page::{Page, PageFormat, RawPage, Source, decode};
use flate2::read::GzDecoder;
use serde_json::Value;

/// So many pages, or texts, of each corpus.
const OF_EACH: usize = 25;

const CORPORA: [&str; 3] = ["news424", "fundus", "wcxb"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn corpus(name: &str) -> PathBuf {
    root().join("../shared/corpus").join(name)
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// HTML pages.
#[allow(dead_code, reason = "each bench has its own kind")]
pub fn pages() -> Vec<Page> {
    let packed = CORPORA.iter().flat_map(|name| sorted(&corpus(name).join("pages")).into_iter().take(OF_EACH));
    let unpack = |path: PathBuf| {
        let mut body = Vec::new();
        GzDecoder::new(fs::File::open(path).ok()?).read_to_end(&mut body).ok()?;
        Some(decode(RawPage::new(Source::Memory, PageFormat::Html, body)))
    };
    let pages: Vec<Page> = packed.filter_map(unpack).collect();
    if pages.is_empty() { fixtures("page.html", PageFormat::Html) } else { pages }
}

/// Texts without markup: gold, of which next to nothing goes, and such as hold inserts.
#[allow(dead_code, reason = "each bench has its own kind")]
pub fn texts() -> Vec<Page> {
    let gold = CORPORA.iter().map(|name| corpus(name).join("gold.jsonl"));
    let files = gold.chain([corpus("inserts").join("docs.jsonl")]);
    let text = |line: &str| {
        let text = serde_json::from_str::<Value>(line).ok()?.get("text")?.as_str()?.to_owned();
        Some(Page { format: PageFormat::Text, ..Page::from_html(text, None) })
    };
    let of_file = |path: PathBuf| -> Vec<Page> {
        fs::read_to_string(path).unwrap_or_default().lines().filter_map(text).take(OF_EACH).collect()
    };
    let texts: Vec<Page> = files.flat_map(of_file).collect();
    if texts.is_empty() { fixtures("scraped.txt", PageFormat::Text) } else { texts }
}

fn fixtures(name: &str, format: PageFormat) -> Vec<Page> {
    let bodies = sorted(&root().join("fixtures")).into_iter().filter_map(|folder| fs::read(folder.join(name)).ok());
    bodies.map(|body| decode(RawPage::new(Source::Memory, format, body))).collect()
}

/// Bytes of some pages.
pub fn bytes(pages: &[Page]) -> usize {
    pages.iter().map(|page| page.text.len()).sum()
}
