//! The whole `clean`, in every format.

use std::sync::LazyLock;

use cleancopy::Cleaner;
use cleancopy::article::Article;
use cleancopy::options::CleanOptions;
use cleancopy::page::Page;
use cleancopy::segment::segment;
use cleancopy::write::{
    BlockList, Explain, Format, FrontMatter, Html, Json, JsonFields, Jsonl, Markdown, MarkdownText, Record, Text,
};

use crate::letters::{is_rest_of, is_subsequence_of};
use crate::{markup, scraped};

static CLEANER: LazyLock<Cleaner> = LazyLock::new(|| Cleaner::new(CleanOptions::default()));

const EVERYTHING: JsonFields = JsonFields { markdown: MarkdownText::Include, blocks: BlockList::Include };

/// An HTML page is cleaned: each block has a verdict, no word is made up, and every format writes it.
pub fn check_html(data: &[u8]) {
    let page = markup::page(&String::from_utf8_lossy(data));
    let article = clean(&page);
    let document = segment(&page);
    assert!(article.blocks.iter().map(|judged| &judged.block).eq(&document.blocks), "other blocks");
    let page_text: String = document.blocks.iter().map(|block| &*block.text).collect();
    assert!(is_rest_of(&article.text(), &page_text), "words that stand otherwise in the page:\n{}", article.text());
    write_all(&article);
}

/// A text is cleaned: what is left is the text without what was dropped, all of it where nothing was, and clean.
pub fn check_text(data: &[u8]) {
    let page = scraped::page(&String::from_utf8_lossy(data));
    let article = clean(&page);
    let story = article.text();
    if article.dropped().next().is_none() {
        assert_eq!(story, page.text);
    }
    let kept: String = article.kept().map(|judged| without_space(&judged.block.text)).collect();
    assert_eq!(without_space(&story), kept, "not the kept blocks, and they alone");
    assert!(is_subsequence_of(&story, &page.text));
    assert_eq!(clean(&scraped::page(&story)).text(), story, "a second cleaning changes it");
    write_all(&article);
}

/// The article of a page.
pub fn clean(page: &Page) -> Article {
    CLEANER.clean(page)
}

fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn write_all(article: &Article) {
    let formats: [&dyn Format; 8] = [
        &Text,
        &Markdown,
        &FrontMatter::new(Text),
        &FrontMatter::new(Markdown),
        &Html::new(),
        &Json::new(EVERYTHING),
        &Jsonl::new(EVERYTHING),
        &Explain,
    ];
    for format in formats {
        written(format, article);
    }
    let line = written(&Jsonl::new(EVERYTHING), article);
    assert_eq!(line.trim_end_matches('\n').lines().count(), 1, "a record of several lines");
    assert!(serde_json::from_str::<serde_json::Value>(&line).is_ok_and(|value| value.is_object()), "no JSON: {line}");
}

fn written(format: &dyn Format, article: &Article) -> String {
    let mut out = Vec::new();
    let record = Record { source: "page", envelope: None, outcome: Ok(article) };
    assert!(format.write(&record, &mut out).is_ok());
    String::from_utf8(out).expect("what is written is text")
}
