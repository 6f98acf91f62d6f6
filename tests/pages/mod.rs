//! Pages as proptest makes them: some that a newsroom could have made, some that no one would.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const WORDS: &[&str] = &[
    "the", "council", "bridge", "river", "said", "Tuesday", "a", "of", "harbour", "mayor", "Ellery", "ferry", "and",
    "in", "to", "1958", "money", "county", "school", "vote", "morning", "its", "who", "was", "built", "letter", "news",
    "reader", "story", "Straße", "café", "não", "мост", "было", "years", "after", "flood", "$14.6", "million", "they",
];

const MENU: &[&str] = &["Home", "News", "Sports", "Opinion", "Log in", "Subscribe", "Weather", "Obituaries"];

/// What publishers plant between paragraphs.
const INSERTS: &[&str] = &[
    "<div class=nl-signup><h3>Keep up with the top headlines</h3><p>Subscribe to our free newsletter</p></div>",
    "<p class=related><b> RELATED: </b> <a href=/b> Who stole the statue? </a></p>",
    "<div class=ad-slot>Advertisement</div>",
    "<p>Support independent journalism. Donate today.</p>",
    "<ul class=share><li><a href=# > Post </a></li><li><a href=# > Email </a></li></ul>",
    "<figure><img src=/a.jpg alt=a><figcaption>The bridge at dusk. Photo: T. Reyne</figcaption></figure>",
    "<aside><h4>Most read</h4><ol><li><a href=/1> Smoked mullet is back </a></li></ol></aside>",
    "<div hidden>You're all signed up!</div>",
    "<script>var a = '<p>no text of the page</p>';</script>",
    "<form><label>Email address</label><button>Sign me up</button></form>",
];

/// What a page may hold that its author did not think through.
const SCRAPS: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<ul>",
    "<li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<b>",
    "</b>",
    "<i>",
    "<a href=/x>",
    "<a href='javascript:alert(1)'>",
    "</a>",
    "<br>",
    "<br><br>",
    "<pre>",
    "</pre>",
    "<h1>",
    "</h1>",
    "<h7>",
    "<blockquote>",
    "</blockquote>",
    "<script>",
    "</script>",
    "<style>",
    "<textarea>",
    "<title>",
    "</title>",
    "<svg><p>",
    "<math><mi>",
    "<template>",
    "<noscript>",
    "<select><option>",
    "<frameset>",
    "<plaintext>",
    "<iframe>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?xml version=1.0?>",
    "<!doctype html>",
    "</body>",
    "</html>",
    "<html lang=x>",
    "<base href=//a.example/>",
    "<base href='::'>",
    "<meta charset=utf-16>",
    "<div class='",
    "<p id=\"",
    "'",
    "\"",
    ">",
    "<",
    "</",
    "&",
    "&amp;",
    "&lt;script&gt;",
    "&#0;",
    "&#x110000;",
    "&nbsp;",
    "&NotEqualTilde;",
    "\0",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "\u{fffd}",
    "e\u{301}",
    "\u{1f468}\u{200d}\u{1f469}",
    "\r\n",
    "\t",
    "\u{a0}",
    "<script type=application/ld+json>",
    "{\"@type\":\"NewsArticle\",\"articleBody\":\"",
    "\",\"author\":[{\"name\":\"",
    "\"}]}",
    "[[[[",
    "{\"@graph\":",
    "<meta property=article:published_time content='",
    "2025-02-31T25:61",
    "# ",
    "* ",
    "1. ",
    "---",
    "```",
    "| a | b |",
    "[x](javascript:y)",
    "![i](j)",
    "\\",
    "<img src=data:,x>",
    "<time datetime=-1>",
    "<p hidden>",
    "<div style='display:none'>",
    "<article>",
    "</article>",
    "<nav>",
    "<main>",
    "<figcaption>",
    "The council met on Tuesday, and nothing came of it. ",
    "Sign up for our newsletter",
    "Advertisement",
    "日本語の文。",
    "العربية",
    "word ",
];

fn sentence() -> impl Strategy<Value = String> {
    vec(select(WORDS), 5..18).prop_map(|words| format!("Yesterday {}.", words.join(" ")))
}

fn paragraph() -> impl Strategy<Value = String> {
    vec(sentence(), 1..5).prop_map(|sentences| sentences.join(" "))
}

/// A piece of a story's body. Tags inside a line have a space on either side, so that a stripper of tags sees the
/// words that a reader sees.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        10 => paragraph().prop_map(|text| format!("<p>{text}</p>\n")),
        2 => (paragraph(), sentence())
            .prop_map(|(a, b)| format!("<p>{a} <a href=/c> link words </a> {b} <b> bold </b></p>")),
        1 => sentence().prop_map(|text| format!("<h2>{text}</h2>")),
        1 => vec(sentence(), 1..6).prop_map(|items| format!("<ul><li>{}</li></ul>", items.join("</li><li>"))),
        1 => vec(sentence(), 1..4)
            .prop_map(|items| format!("<ol><li>{}<ul><li>inner</li></ul></ol>", items.join("<li>"))),
        1 => paragraph().prop_map(|text| format!("<blockquote><p>{text}</p></blockquote>")),
        1 => vec(sentence(), 2..6)
            .prop_map(|cells| format!("<table><tr><td>{}</td></tr></table>", cells.join("</td><td>"))),
        1 => (sentence(), sentence()).prop_map(|(a, b)| format!("<div>{a}<br><br>{b}</div>")),
        1 => vec(sentence(), 1..4).prop_map(|lines| format!("<pre>{}</pre>", lines.join("\n  "))),
        4 => select(INSERTS).prop_map(str::to_owned),
    ]
}

/// A page as a newsroom makes it: menu, headline, paragraphs with boxes between them, teasers and a footer.
pub fn article_page() -> impl Strategy<Value = String> {
    let menu = vec(select(MENU), 2..8).prop_map(|names| names.join(" </a></li><li><a href=/n> "));
    (menu, sentence(), vec(piece(), 0..14), vec(sentence(), 0..4)).prop_map(|(menu, title, body, teasers)| {
        let teasers: Vec<String> =
            teasers.iter().map(|teaser| format!("<li><a href=/t> {teaser} </a></li>")).collect();
        format!(
            "<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} | The Ledger</title>\
             <meta property=og:type content=article></head>\n<body><header><nav><ul><li><a href=/n> {menu} </a></li></ul>\
             </nav></header>\n<main><article><h1>{title}</h1><p class=byline>By Dana Whitlock</p>\n\
             <div class=article-body>{}</div></article>\n<section class=more><h2>More stories</h2><ul>{}</ul>\
             </section></main><footer><p>All rights reserved. <a href=/t> Terms </a></p></footer></body></html>",
            body.concat(),
            teasers.concat()
        )
    })
}

/// Markup in no order.
pub fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop_oneof![8 => select(SCRAPS).prop_map(str::to_owned), 1 => "\\PC{0,12}"];
    vec(scrap, 0..60).prop_map(|scraps| scraps.concat())
}

/// A page of a newsroom with scraps in it.
pub fn torn_page() -> impl Strategy<Value = String> {
    let scraps = vec((any::<prop::sample::Index>(), select(SCRAPS)), 1..8);
    (article_page(), scraps).prop_map(|(mut page, scraps)| {
        for (place, scrap) in scraps {
            let place = (0..=place.index(page.len())).rev().find(|place| page.is_char_boundary(*place));
            page.insert_str(place.unwrap_or(0), scrap);
        }
        page
    })
}
