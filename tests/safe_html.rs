//! The HTML that is written, read again as a browser would: nothing in it runs, whatever stood in the page.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

use cleancopy::Article;
use cleancopy::article::Judged;
use cleancopy::block::{Block, BlockKind, Elements, Metadata, Origin, Span, SpanKind, Spans};
use cleancopy::page::ByteOrderMark;
use cleancopy::verdict::{PageVerdict, Reason, Role, Stage, Verdict};
use cleancopy::write::{Format, Html, Record};
use proptest::prelude::*;

/// The elements that may come out.
const TAGS: [&str; 21] = [
    "article",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "ul",
    "ol",
    "li",
    "blockquote",
    "table",
    "tbody",
    "tr",
    "td",
    "pre",
    "a",
    "strong",
    "em",
    "code",
    "br",
];

fn block(text: &str, kind: BlockKind) -> Block {
    Block {
        text: text.into(),
        kind,
        link_chars: 0,
        emphasis_chars: 0,
        spans: Spans::new(),
        element: None,
        origin: Origin::Page,
    }
}

fn linked(text: &str, target: &str) -> Block {
    let span = Span { range: 0..text.len(), kind: SpanKind::Link(target.into()) };
    Block { spans: Spans::from([span]), ..block(text, BlockKind::Paragraph) }
}

/// What is written for a story of these blocks.
fn html(blocks: Vec<Block>) -> String {
    let reason = Reason { role: Role::Story, stage: Stage::Score, evidence: Vec::new(), story_likelihood: 0.9 };
    let kept = |block| Judged::new(block, Verdict::Keep(reason.clone()));
    let article = Article {
        url: None,
        metadata: Metadata::default(),
        verdict: PageVerdict::Article,
        confidence: 0.9,
        blocks: blocks.into_iter().map(kept).collect(),
        elements: Elements::default(),
        images: Vec::new(),
        scraped: None,
        mark: ByteOrderMark::None,
        truncated: Vec::new(),
    };
    let mut out = Vec::new();
    Html::new().write(&Record { source: "page.html", envelope: None, outcome: Ok(&article) }, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Strings that got through sanitisers: mutations by another parse (Heiderich et al., "mXSS attacks", 2013),
/// foreign content, attributes that are broken out of.
const ATTACKS: [&str; 12] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "</p></article><iframe srcdoc=\"<script>alert(1)</script>\">",
    "\" onmouseover=\"alert(1)",
    "' onfocus='alert(1)' autofocus='",
    "`` onmouseover=alert(1)",
    "<a href=\"javascript&colon;alert(1)\">x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
];

/// Reads the HTML again as a browser would and says what should not be there.
fn findings(html: &str) -> Vec<String> {
    let page = scraper::Html::parse_document(html);
    let mut found = Vec::new();
    for element in page.root_element().descendent_elements() {
        let element = element.value();
        if !TAGS.contains(&element.name()) && !["html", "head", "body"].contains(&element.name()) {
            found.push(element.name().to_owned());
        }
        for (name, value) in element.attrs() {
            let is_harmless = match name {
                "href" => !value.trim().to_ascii_lowercase().starts_with("javascript:"),
                "rel" | "lang" | "value" => true,
                _ => false,
            };
            if !is_harmless {
                found.push(format!("{name}={value}"));
            }
        }
    }
    found
}

#[test]
fn attacks_are_text() {
    for attack in ATTACKS {
        for kind in [
            BlockKind::Paragraph,
            BlockKind::Heading(2),
            BlockKind::TableRow,
            BlockKind::Preformatted,
            BlockKind::Quote,
        ] {
            let html = html(vec![
                block(attack, kind),
                block(attack, BlockKind::ListItem { depth: 0, ordinal: None }),
                linked("x", attack),
                linked(attack, "/x"),
            ]);
            assert_eq!(findings(&html), Vec::<String>::new(), "{html}");
            let text: String = scraper::Html::parse_fragment(&html).root_element().text().collect();
            assert!(text.contains(attack.trim()), "{text}");
        }
    }
}

#[test]
fn targets_that_run_something_go() {
    for target in [
        "javascript:alert(1)",
        "JAVA\nscript:alert(1)",
        "&#106;avascript:alert(1)",
        "javascript&#58;alert(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "\u{1}vbscript:msgbox(1)",
    ] {
        let html = html(vec![linked("x", target)]);
        assert!(!findings(&html).iter().any(|found| found.starts_with("href")), "{html}");
        assert!(!html.contains("script:") && !html.contains("data:"), "{html}");
    }
}

proptest! {
    #[test]
    fn any_text_and_target_is_harmless(
        text in "(<|>|\"|'|&|&lt;|/|=|!--|--|script|style|svg|math|img|a|onerror|javascript:|\\PC| |\0){1,16}",
        target in "(javascript|JavaScript|:|&colon;|&#58;|\"|'|<|>|\t|\n| |\0|https://a.example|/|\\PC){0,8}",
    ) {
        let html = html(vec![linked(&text, &target), block(&text, BlockKind::TableRow), block(&text, BlockKind::Preformatted)]);
        prop_assert_eq!(findings(&html), Vec::<String>::new(), "{}", html);
    }
}
