//! What holds for every page, whatever it holds.
//!
//! The pages are the same in each run; `PROPTEST_RNG_SEED=1 PROPTEST_CASES=10000` looks at others.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod cases;
mod pages;

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use cleancopy::Cleaner;
use cleancopy::article::{Article, Judged};
use cleancopy::block::{Block, Document, Metadata};
use cleancopy::classify::judge;
use cleancopy::error::{Error, PageError};
use cleancopy::knowledge::Knowledge;
use cleancopy::options::{CleanOptions, Options};
use cleancopy::page::{Page, PageFormat, RawPage, Source, decode};
use cleancopy::segment::segment;
use cleancopy::verdict::{Evidence, PageVerdict, Reason, Verdict};
use cleancopy::write::{
    BlockList, Explain, Format, FrontMatter, Html, Json, JsonFields, Jsonl, Markdown, MarkdownText, Record, Text,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use pulldown_cmark::{Event, Parser, TagEnd};
use saphyr::LoadableYamlNode;
use serde_json::Value;

use cases::cases;
use pages::{article_page, scraps, torn_page};

static CLEANER: LazyLock<Cleaner> = LazyLock::new(|| Cleaner::new(CleanOptions::default()));

static FORMATS: LazyLock<Vec<Box<dyn Format>>> = LazyLock::new(|| {
    vec![
        Box::new(Text),
        Box::new(Markdown),
        Box::new(FrontMatter::new(Text)),
        Box::new(FrontMatter::new(Markdown)),
        Box::new(Html::new()),
        Box::new(Json::new(EVERYTHING)),
        Box::new(Jsonl::new(EVERYTHING)),
        Box::new(Explain),
    ]
});

const EVERYTHING: JsonFields = JsonFields { markdown: MarkdownText::Include, blocks: BlockList::Include };

fn text_page(text: &str) -> Page {
    Page { format: PageFormat::Text, ..Page::from_html(text, None) }
}

fn written(format: &dyn Format, article: &Article) -> String {
    let mut out = Vec::new();
    format.write(&Record { source: "page", envelope: None, outcome: Ok(article) }, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Cleans a page and writes it in every format.
fn clean_and_write(page: &Page) -> Article {
    let article = CLEANER.clean(page);
    for format in FORMATS.iter() {
        written(&**format, &article);
    }
    article
}

fn text_of(html: &str) -> String {
    CLEANER.clean(&Page::from_html(html, None)).text()
}

/// The page of each fixture, with its name.
fn fixture_pages() -> Vec<(String, Page)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut pages: Vec<(String, Page)> =
        fs::read_dir(root).unwrap().filter_map(|entry| fixture_page(&entry.unwrap().path())).collect();
    pages.sort_by(|a, b| a.0.cmp(&b.0));
    pages
}

fn fixture_page(folder: &Path) -> Option<(String, Page)> {
    let read =
        |name: &str, format| fs::read(folder.join(name)).ok().map(|body| RawPage::new(Source::Memory, format, body));
    let page = read("page.html", PageFormat::Html).or_else(|| read("scraped.txt", PageFormat::Text))?;
    Some((folder.file_name()?.display().to_string(), decode(page)))
}

/// Runs of letters and digits, without the marks that formats put between them.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// The first of `part` that does not stand in `whole`, in order.
fn first_not_in_order<'a>(part: &[&'a str], whole: &[&str]) -> Option<&'a str> {
    let mut whole = whole.iter();
    part.iter().find(|word| !whole.any(|other| other == *word)).copied()
}

/// The words between the tags of a page of [`article_page`], read without a parser.
fn without_tags(html: &str) -> String {
    let (_, body) = html.split_once("<body>").unwrap();
    let mut text = String::new();
    for piece in body.split('<') {
        text.push(' ');
        text.push_str(piece.split_once('>').map_or(piece, |(_, behind)| behind));
    }
    text
}

// ---- nothing panics

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn no_bytes_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..600),
        charset in prop::sample::select(vec![None, Some("utf-16"), Some("gbk"), Some("iso-2022-jp"), Some("none")]),
        format in prop::sample::select(vec![PageFormat::Html, PageFormat::Text]),
    ) {
        let charset = charset.map(str::to_owned);
        clean_and_write(&decode(RawPage { charset, ..RawPage::new(Source::Memory, format, bytes) }));
    }

    #[test]
    fn no_markup_panics(html in scraps()) {
        clean_and_write(&decode(RawPage::new(Source::Memory, PageFormat::Html, html.into_bytes())));
    }

    #[test]
    fn no_text_panics(text in scraps()) {
        clean_and_write(&text_page(&text));
    }
}

#[test]
fn a_page_nested_too_deep_for_a_stack_is_cleaned() {
    const DEPTH: usize = 100_000;
    let sentence = "The council met on Tuesday and voted for the bridge, which will open in the spring.";
    for (open, close) in [("<div>", "</div>"), ("<ul><li>", "</li></ul>"), ("<b>", "</b>"), ("<blockquote>", "")] {
        let html = format!("<p>{sentence}</p>{}<p>{sentence}</p>{}", open.repeat(DEPTH), close.repeat(DEPTH));
        let small_stack = thread::Builder::new().stack_size(2 * 1024 * 1024);
        let cleaned = small_stack.spawn(move || clean_and_write(&Page::from_html(html, None))).unwrap();
        let article = cleaned.join().unwrap();
        let found = article.blocks.iter().filter(|judged| judged.block.text == sentence).count();
        assert_eq!(found, 2, "{open}");
    }
}

// ---- what comes out was there

#[test]
fn a_story_among_thousands_of_links_is_found() {
    let paragraphs = [
        "The ferry between Saltmarsh and Orrin Point will run again from Friday, the harbor board said on Wednesday, \
         nine weeks after a barge struck the northern pier.",
        "About 600 people cross the sound on a working day. Since August they have taken the road around the head of \
         the inlet, a drive of 70 minutes.",
        "The barge's owner, Corrigan Bulk, has paid 1.2 million for the pier and disputes a further 400,000 for the \
         fares that the board lost.",
        "The first boat leaves Saltmarsh at 5:40 a.m. on Friday. The board will charge nothing for the first week, \
         it said, as thanks for the patience of those who drove.",
    ];
    let links = |numbers: std::ops::Range<u32>| -> String {
        numbers
            .map(|number| format!("<div><a href=\"/page/{number}\">Page {number}</a></div>\n"))
            .collect::<Vec<_>>()
            .concat()
    };
    let story: String = paragraphs.iter().map(|paragraph| format!("<p>{paragraph}</p>\n")).collect::<Vec<_>>().concat();
    let html = format!(
        "<title>Ferry to run again</title>{}<h1>Ferry to run again</h1>{story}{}",
        links(1..2500),
        links(2500..5000)
    );
    assert_eq!(text_of(&html), paragraphs.join("\n\n"));
}

#[test]
fn most_made_articles_are_stories() {
    let mut runner = TestRunner::new(cases(1));
    let pages = (0..100).map(|_| article_page().new_tree(&mut runner).unwrap().current());
    let stories = pages.filter(|html| words(&text_of(html)).len() > 30).count();
    assert!(stories > 60, "of 100 pages only {stories} are stories: the other properties say little");
}

fn assert_words_of_page(document: &Document, article: &Article) {
    let page: Vec<&str> = document.blocks.iter().flat_map(|block| words(&block.text)).collect();
    let text = article.text();
    assert_eq!(first_not_in_order(&words(&text), &page), None, "a word that is not the page's:\n{text}");
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn each_block_has_one_verdict_and_no_word_is_made_up(html in prop_oneof![article_page(), torn_page(), scraps()]) {
        let page = Page::from_html(html, None);
        let document = segment(&page);
        prop_assert_eq!(judge(&document, &CLEANER.knowledge, &CLEANER.options).len(), document.blocks.len());
        let article = CLEANER.clean(&page);
        prop_assert!(article.blocks.iter().map(|judged| &judged.block).eq(&document.blocks));
        assert_words_of_page(&document, &article);
    }

    #[test]
    fn words_stand_in_the_order_of_the_page(html in article_page()) {
        let text = text_of(&html);
        let page = without_tags(&html);
        prop_assert_eq!(first_not_in_order(&words(&text), &words(&page)), None, "{}", text);
    }
}

/// Words of a line that is a paragraph.
const PARAGRAPH_WORDS: usize = 12;

/// The paragraphs that a second cleaning takes off a text that is clean already. Of shorter lines it may take some: the
/// lines around them are others now.
fn dropped_again(text: &str) -> String {
    let mut dropped = String::new();
    let article = CLEANER.clean(&text_page(text));
    for Judged { block, verdict, .. } in article.dropped().filter(|judged| judged.block.words() >= PARAGRAPH_WORDS) {
        write!(dropped, "\n  {verdict}: {}", block.text).unwrap();
    }
    dropped
}

#[test]
fn paragraphs_of_the_clean_fixtures_stay() {
    let mut report = String::new();
    for (name, page) in fixture_pages() {
        let dropped = dropped_again(&CLEANER.clean(&page).text());
        if !dropped.is_empty() {
            write!(report, "\n{name}:{dropped}").unwrap();
        }
    }
    assert!(report.is_empty(), "a second cleaning drops{report}");
}

#[test]
fn words_of_the_fixtures_are_those_of_their_pages() {
    for (_, page) in fixture_pages() {
        assert_words_of_page(&segment(&page), &CLEANER.clean(&page));
    }
}

// ---- text without markup

/// Lines as scrapers leave them, glued, indented, broken in any way, with inserts among them.
fn scraped_text() -> impl Strategy<Value = String> {
    const STORY: &[&str] = &[
        "The council of Port Ellery met on Tuesday and voted for the bridge.",
        "“We left,” he said, and nobody asked why.",
        "\"It was late.\"",
        "Der Rat tagt am Montag, sagte Frau McAllister.",
        "Мост снова открыт, сообщила мэрия.",
        "市长说，大桥已经开放。",
        "An iPhone, a DeLorean and USA Today.",
        "In 2019",
        "—",
        "x",
    ];
    const INSERTS: &[&str] = &[
        "Sign up for our newsletter",
        "Advertisement",
        "Subscribe to our newsletter.",
        "Share on Facebook",
        "Anzeige",
        "Подписывайтесь на нашу рассылку",
        "You're all signed up!",
    ];
    const BREAKS: &[&str] =
        &["", "", " ", "\n", "\n\n", "\r\n", "\n \t", "\r", "\u{2028}", "\n\n\n", "\u{a0}", "\0", "\u{3000}"];
    let piece = prop_oneof![
        4 => prop::sample::select(STORY).prop_map(str::to_owned),
        2 => prop::sample::select(INSERTS).prop_map(str::to_owned),
        1 => Just("The bridge reopened after two years, and the mayor was first to cross it. ".repeat(16)),
        1 => any::<String>(),
    ];
    let pieces = prop::collection::vec((prop::sample::select(BREAKS), piece), 0..12);
    (pieces, prop::sample::select(BREAKS)).prop_map(|(pieces, end)| {
        pieces.into_iter().map(|(gap, piece)| gap.to_owned() + &piece).collect::<String>() + end
    })
}

/// Whether `part` is `whole` with some of its characters gone.
fn is_rest_of(part: &str, whole: &str) -> bool {
    let mut whole = whole.chars();
    part.chars().all(|c| whole.any(|other| other == c))
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn scraped_text_is_what_is_left_of_it(text in prop_oneof![scraped_text(), any::<String>(), scraps()]) {
        let article = CLEANER.clean(&text_page(&text));
        let story = article.text();
        if article.dropped().next().is_none() {
            prop_assert_eq!(&story, &text);
        }
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let kept: String = article.kept().map(|judged| letters(&judged.block.text)).collect();
        prop_assert_eq!(letters(&story), kept, "not the kept blocks, and they alone");
        prop_assert!(is_rest_of(&letters(&story), &letters(&text)));
        prop_assert!(story.len() <= text.len() + article.dropped().count());
    }

    #[test]
    fn blocks_of_scraped_text_hold_all_of_it(text in prop_oneof![scraped_text(), any::<String>()]) {
        let document = segment(&text_page(&text));
        let scraped = document.scraped.unwrap();
        prop_assert_eq!(&scraped.text, &text);
        let mut end = 0;
        for (range, block) in scraped.ranges.iter().zip(&document.blocks) {
            prop_assert!(text[end..range.start].trim().is_empty());
            prop_assert_eq!(&block.text, &text[range.clone()]);
            prop_assert!(!block.text.is_empty() && block.text.trim() == &*block.text);
            end = range.end;
        }
        prop_assert!(text[end..].trim().is_empty());
        prop_assert_eq!(scraped.ranges.len(), document.blocks.len());
    }

    #[test]
    fn any_bytes_are_some_text(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let page = decode(RawPage::new(Source::Memory, PageFormat::Text, bytes));
        let article = CLEANER.clean(&page);
        prop_assert!(article.dropped().next().is_some() || article.text() == page.text);
    }
}

// ---- same page, same article

fn record(page: &Page) -> String {
    written(&Jsonl::new(EVERYTHING), &CLEANER.clean(page))
}

/// The record of each page, made on so many threads.
fn records(pages: &[Page], threads: usize) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let work = || {
        let indices =
            std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)).filter(|index| *index < pages.len()));
        indices.map(|index| (index, record(&pages[index]))).collect::<Vec<_>>()
    };
    let mut records: Vec<(usize, String)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    records.sort();
    records.into_iter().map(|(_, record)| record).collect()
}

#[test]
fn threads_change_nothing() {
    let mut runner = TestRunner::new(cases(1));
    let made = (0..20).map(|_| Page::from_html(torn_page().new_tree(&mut runner).unwrap().current(), None));
    let pages: Vec<Page> = fixture_pages().into_iter().map(|(_, page)| page).chain(made).collect();
    assert!(records(&pages, 1) == records(&pages, 8), "the articles of 8 threads are not those of one");
}

// ---- what is written is well-formed

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn what_is_written_is_well_formed(html in prop_oneof![article_page(), torn_page(), scraps()]) {
        assert_well_formed(&CLEANER.clean(&Page::from_html(html, None)));
    }
}

#[test]
fn what_is_written_of_the_fixtures_is_well_formed() {
    for (_, page) in fixture_pages() {
        assert_well_formed(&CLEANER.clean(&page));
    }
}

fn assert_well_formed(article: &Article) {
    assert_json(&written(&Json::new(EVERYTHING), article), article);
    let line = written(&Jsonl::new(EVERYTHING), article);
    assert_eq!(line.find('\n'), Some(line.len() - 1), "{line}");
    assert_json(&line, article);
    assert_html(&written(&Html::new(), article), article);
    assert_markdown(&written(&Markdown, article), article);
    assert_front_matter(&written(&FrontMatter::new(Text), article), article);
}

fn assert_json(json: &str, article: &Article) {
    let record: Value = serde_json::from_str(json).unwrap();
    assert_eq!(record["text"], article.text());
    assert_eq!(record["blocks"].as_array().unwrap().len(), article.blocks.len());
}

/// HTML is well-formed where a parser has nothing to mend: it reads the elements that it would write again.
fn assert_html(html: &str, article: &Article) {
    let parsed = scraper::Html::parse_fragment(html);
    let again = parsed.html();
    assert_eq!(again.strip_prefix("<html>").unwrap().strip_suffix("</html>").unwrap(), html);
    let text: String = parsed.root_element().text().flat_map(|text| [text, " "]).collect();
    assert_same_letters(&text, article);
}

/// No HTML comes through, and the words are those of the story.
fn assert_markdown(markdown: &str, article: &Article) {
    let mut text = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(piece) | Event::Code(piece) => text.push_str(&piece),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => text.push(' '),
            Event::Html(html) | Event::InlineHtml(html) => panic!("HTML in Markdown: {html}\n{markdown}"),
            _ => {}
        }
    }
    assert_same_letters(&text, article);
}

/// The same letters and digits in the same order, whatever stands between them.
fn assert_same_letters(text: &str, article: &Article) {
    let expected = words(&article.text()).concat();
    assert_eq!(words(text).concat(), expected);
}

fn assert_front_matter(text: &str, article: &Article) {
    let Some(rest) = text.strip_prefix("---\n") else {
        return assert_eq!(article.kept().count(), 0);
    };
    let (yaml, _) = rest.split_once("---\n\n").unwrap();
    let yaml = saphyr::Yaml::load_from_str(yaml).unwrap();
    assert_eq!(yaml[0]["verdict"].as_str(), Some(article.verdict.name()));
    assert_eq!(yaml[0].as_mapping_get("title").and_then(|title| title.as_str()), article.metadata.title.as_deref());
}

// ---- what threads may share

#[test]
fn values_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<(Article, Judged, Block, Document, Metadata)>();
    shared::<(Verdict, Reason, Evidence, PageVerdict)>();
    shared::<(Page, RawPage, Source)>();
    shared::<(Cleaner, Knowledge, Options, CleanOptions)>();
    shared::<(Error, PageError)>();
    shared::<(Text, Markdown, FrontMatter<Markdown>, Html, Json, Jsonl, Explain, Box<dyn Format>)>();
}
