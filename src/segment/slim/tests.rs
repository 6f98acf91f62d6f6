//! What the pass keeps, what it drops, and that no page makes it slow.

use std::fmt::Write;

use super::{ATTRIBUTE_NAMES, Markup, Token, slim};
use crate::segment::dom::{Dom, Event};

/// The markup that is left, written as HTML.
fn written(markup: &Markup<'_>) -> String {
    let mut html = String::new();
    for token in &markup.tokens {
        match token {
            Token::Doctype(text) | Token::Text(text, _) | Token::TextContent(text) | Token::RawContent(text) => {
                html.push_str(text);
            }
            Token::Start(name, attributes) => {
                write!(html, "<{}", markup.names.name(*name)).unwrap();
                for attribute in &markup.attributes[attributes.start as usize..attributes.end as usize] {
                    write!(html, " {}={:?}", attribute.name.as_str(), attribute.value).unwrap();
                }
                html.push('>');
            }
            Token::End(name) => write!(html, "</{}>", markup.names.name(*name)).unwrap(),
        }
    }
    html
}

fn left_of(page: &str) -> String {
    written(&slim(page).0)
}

fn text_of(page: &str) -> String {
    let dom = Dom::parse(page);
    dom.walk().filter_map(|event| if let Event::Text(text) = event { Some(text) } else { None }).collect()
}

fn assert_leaves(pages: &[(&str, &str)]) {
    for (page, left) in pages {
        assert_eq!(left_of(page), *left, "{page}");
    }
}

#[test]
fn names_go_to_a_space_a_slash_or_an_angle_however_long() {
    let rest = "and more words";
    for name in ["p", "H1", "Section", "BLOCKQUOTE", "figcaption"] {
        for behind in [">", " >", "/>", "\n>", " class=a>"] {
            let left = left_of(&format!("<{name}{behind}{rest}"));
            assert!(left.starts_with(&format!("<{}", name.to_lowercase())), "{name}{behind}: {left}");
        }
        // None of HTML's, whatever the sign has in common with a letter.
        for odd in ["\u{11}", "<", "=", "?", "_", "@", "\u{e9}"] {
            let text = format!("<{name}{odd}>{rest}");
            let (markup, _) = slim(&text);
            let Some(Token::Start(tag, _)) = markup.tokens.first() else { panic!("{name}{odd}") };
            assert!(!tag.is_known(), "{name}{odd}");
        }
    }
}

#[test]
fn names_of_attributes_go_to_the_same_signs_and_to_an_equals_sign() {
    assert_leaves(&[
        ("<p class=a id=b>c", "<p class=\"a\" id=\"b\">c"),
        ("<p CLASS='a'/ID=b>c", "<p class=\"a\" id=\"b\">c"),
        ("<p data-component-name=a data-component-names=b>c", "<p data-component-name=\"a\">c"),
        ("<p id\u{1}=a id?=b id<=c class=d>e", "<p class=\"d\">e"),
        ("<p\u{c}id\u{c}=\u{c}a>b", "<p id=\"a\">b"),
    ]);
}

#[test]
fn comments_end_where_the_standard_says() {
    assert_leaves(&[
        ("a<!-- b -->c", "ac"),
        ("a<!-->c", "ac"),
        ("a<!--->c", "ac"),
        ("a<!---->c", "ac"),
        ("a<!-- b --!>c", "ac"),
        ("a<!-- b ---->c", "ac"),
        ("a<!-- b > -> -- > c -->d", "ad"),
        ("a<!-- <!--> b", "a b"),
        ("a<!--- -!> b -->c", "ac"),
        ("a<!-- unclosed <p>b", "a"),
        ("a<!b>c<?d>e</f>", "ace</f>"),
    ]);
}

#[test]
fn scripts_go_as_a_whole() {
    assert_leaves(&[
        ("a<script>b</script>c", "ac"),
        ("a<SCRIPT type=x>b</ScRiPt\n>c", "ac"),
        ("a<script>'</scripts>' < </p></script >c", "ac"),
        ("a<script>x = '</script>'; b</script>c", "a'; b</script>c"),
        ("a<script><!-- x --></script>c", "ac"),
        ("a<script><!-- <script> x </script> --> y</script>c", "ac"),
        ("a<script><!-- <script> x </script> y</script>c", "ac"),
        ("a<script><!-- <scripts> x </script>c", "ac"),
        ("a<script><!-- <script> x </script>c", "ac"),
        ("a<script><!--> <script> x </script>c", "ac"),
        ("a<script>b", "a"),
        ("a<style>p > b</style>c<iframe><p></iframe>d", "acd"),
    ]);
}

#[test]
fn json_ld_is_kept_aside() {
    let (markup, scripts) =
        slim("<script type='application/LD+json'>{\"a\": \"<p>\"}</script><script>b</script><script src=c></script>");
    assert_eq!(scripts.json_ld, ["{\"a\": \"<p>\"}"]);
    assert_eq!(scripts.others, 2);
    assert_eq!(markup, Markup::default());
}

#[test]
fn data_of_the_page_s_programs_is_kept_aside() {
    let (markup, scripts) = slim(
        "<script id=x type=\"application/json\">{\"a\": 1}</script><script type='application/json; charset=utf-8'>[2]\
        </script><script type=application/javascript>b</script>",
    );
    assert_eq!(scripts.page_data, ["{\"a\": 1}", "[2]"]);
    assert_eq!(scripts.others, 3);
    assert_eq!(markup, Markup::default());
}

#[test]
fn attributes_that_nobody_reads_go() {
    assert_leaves(&[
        ("<p onclick=\"a > b\" class='c > d'>e", "<p class=\"c > d\">e"),
        ("<p CLASS = x Id=y/z data-x=1>", "<p class=\"x\" id=\"y/z\">"),
        ("<p class=a class=b>", "<p class=\"a\">"),
        ("<a href=/x/><br/>", "<a href=\"/x/\"><br>"),
        ("<img src=data:image/png;base64,x alt=y>", "<img alt=\"y\">"),
        ("<p style=color:red><p style='DISPLAY:none'>", "<p><p style=\"DISPLAY:none\">"),
        ("<p hidden title=''>", "<p hidden=\"\" title=\"\">"),
        ("<p =class=x>", "<p>"),
        ("</p class='>'>a", "</p>a"),
    ]);
    let long = format!("<p class={} id=x>", "a".repeat(10_000));
    assert_eq!(left_of(&long), "<p id=\"x\">");
}

#[test]
fn every_name_is_found_by_its_length() {
    assert!(ATTRIBUTE_NAMES.is_sorted_by_key(|name| name.len()));
    for name in ATTRIBUTE_NAMES {
        let page = format!("<p {name}=display>");
        assert_eq!(left_of(&page), format!("<p {name}=\"display\">"));
    }
}

#[test]
fn drawings_go_up_to_what_breaks_out() {
    assert_leaves(&[
        ("a<svg><path d='>'/><title>b</title></svg>c", "ac"),
        ("a<svg><svg></svg>b</svg>c", "ac"),
        ("a<svg/>b", "ab"),
        ("a<svg><g><p>b</p></svg>c", "a<p>b</p></svg>c"),
        ("a<svg><style></svg></style><!-- </svg> --></svg>c", "ac"),
        ("a<math><mi>b</mi></math>c", "ac"),
        ("a<svg>b", "a"),
    ]);
}

#[test]
fn text_that_looks_like_markup_is_text() {
    assert_leaves(&[
        ("a < b <3 <", "a < b <3 <"),
        ("<title>a <b> &amp; c</title>d", "<title>a <b> &amp; c</title>d"),
        ("<title>a <p>b", "<title>a <p>b</title>"),
        ("<textarea>a</title></textarea>b", "<textarea>a</title></textarea>b"),
        ("<plaintext>a<b>c", "a<b>c"),
    ]);
}

#[test]
fn a_deep_page_keeps_its_text() {
    let page = format!("{}story{}behind", "<div>".repeat(100_000), "</div>".repeat(100_000));
    assert_eq!(text_of(&page), "storybehind");
}

#[test]
fn a_flood_of_tags_keeps_the_story() {
    for tag in ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "<a href=x>", "<span></p>"] {
        let page = format!("{}<p>story", tag.repeat(400_000 / tag.len()));
        assert!(text_of(&page).contains("story"), "{tag}");
    }
}

#[test]
fn a_flood_in_one_tag_is_capped() {
    let mut page = String::from("<p");
    for n in 0..100_000 {
        write!(page, " a{n}=b id=c{n}").unwrap();
    }
    page.push_str(">story");
    assert_eq!(left_of(&page), "<p id=\"c0\">story");
}

#[test]
fn a_flood_of_beginnings_is_read_once() {
    for piece in
        ["<!--", "<!-- -", "-", "<script><!--<script></script>", "<svg>", "</", "<a b='", "<title>", "<svg><!--"]
    {
        let page = format!("story<!--{0}-->{0}", piece.repeat(300_000 / piece.len()));
        assert!(left_of(&page).starts_with("story"));
    }
}
