//! What a page's head, data, text and bylines tell of it.

use super::{PageFacts, read_facts};
use crate::block::Genre;
use crate::options::PageParser;
use crate::page::Page;
use crate::segment::budget::Budget;
use crate::segment::dom::Dom;
use url::Url;

const PROSE: &str = "<p>The weir above the old mill was opened again on Tuesday after two winters of repairs, and the \
    first boats came down before noon while the town looked on from the bridge and the quay.</p>";

fn facts(html: &str) -> PageFacts {
    facts_at(html, "https://www.harbourherald.test/news/weir-reopens")
}

fn facts_at(html: &str, url: &str) -> PageFacts {
    let page = Page::from_html(html, Url::parse(url).ok());
    let (dom, scripts) = Budget::usual(|budget| Dom::parse_by(PageParser::Streaming, &page.text, budget));
    read_facts(&page, &scripts, &dom)
}

fn authors(html: &str) -> Vec<String> {
    facts(html).metadata.authors
}

fn date(html: &str) -> Option<String> {
    facts(html).metadata.date
}

#[test]
fn the_most_telling_type_is_the_genre() {
    let genre = |types: &str| {
        let script = format!(r#"{{"@type": {types}, "headline": "Weir reopens"}}"#);
        facts(&format!(r#"<script type="application/ld+json">{script}</script><h1>Weir reopens</h1>{PROSE}"#))
            .signs
            .genre
    };
    assert_eq!(genre(r#"["Article", "BlogPosting"]"#), Genre::Blog);
    assert_eq!(genre(r#"["ReportageNewsArticle", "Article"]"#), Genre::News);
    assert_eq!(genre(r#""TechArticle""#), Genre::Article);
    assert_eq!(genre(r#""WebPage""#), Genre::Unsaid);
}

#[test]
fn a_page_of_structured_data_is_read_whole() {
    let html = format!(
        r##"<html lang="en_gb"><head><title>Weir reopens | Harbour Herald</title>
        <link rel="canonical" href="/news/weir-reopens"><meta property="og:image" content="/weir.jpg">
        <meta property="article:tag" content="Rivers"><meta property="article:tag" content="rivers">
        <script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [
          {{"@type": "Person", "@id": "#ada", "name": "Ada Marlow"}},
          {{"@type": "Organization", "@id": "#hh", "name": "Harbour Herald"}},
          {{"@type": "NewsArticle", "headline": "Weir reopens", "author": [{{"@id": "#ada"}}, null, {{"name": "Ben Okoro"}}],
            "publisher": {{"@id": "#hh"}}, "datePublished": "2023-12-21T23:10:00+02:00", "dateModified": "2023-12-22T08:00:00+02:00",
            "articleSection": ["Local"], "isAccessibleForFree": "False", "description": "Boats &amp; bridges",}},
        ]}}</script></head><body><h1>Weir reopens</h1>{PROSE}<noscript><b>Please enable JavaScript</b></noscript></body></html>"##
    );
    let facts = facts(&html);
    let metadata = facts.metadata;
    assert_eq!(metadata.title.as_deref(), Some("Weir reopens"));
    assert_eq!(metadata.authors, ["Ada Marlow", "Ben Okoro"]);
    assert_eq!(metadata.date.as_deref(), Some("2023-12-21T23:10:00+02:00"));
    assert_eq!(metadata.modified.as_deref(), Some("2023-12-22T08:00:00+02:00"));
    assert_eq!(metadata.site.as_deref(), Some("Harbour Herald"));
    assert_eq!(metadata.lang.as_deref(), Some("en-GB"));
    assert_eq!(metadata.description.as_deref(), Some("Boats & bridges"));
    assert_eq!(metadata.section.as_deref(), Some("Local"));
    assert_eq!(metadata.tags, ["Rivers"]);
    assert_eq!(metadata.image.as_deref(), Some("https://www.harbourherald.test/weir.jpg"));
    assert_eq!(
        metadata.canonical_url.map(String::from).as_deref(),
        Some("https://www.harbourherald.test/news/weir-reopens")
    );
    assert!(facts.signs.article && facts.signs.not_free && !facts.signs.live);
    assert_eq!(facts.signs.genre, Genre::News);
    assert_eq!(facts.signs.noscript, "Please enable JavaScript");
}

#[test]
fn an_empty_page_has_no_facts() {
    let metadata = facts_at("", "about:blank").metadata;
    assert_eq!(metadata, crate::block::Metadata::default());
}

#[test]
fn the_headline_readers_see_outvotes_the_title_for_search_engines() {
    let html = r#"<title>Weir reopening 2023: times, boats, tickets | Harbour Herald</title>
        <meta property="og:title" content="Weir reopening 2023: times, boats, tickets"><h1>Harbour Herald</h1>
        <h1 class="headline">Weir reopens to boats</h1>"#;
    assert_eq!(facts(html).metadata.title.as_deref(), Some("Weir reopens to boats"));
}

#[test]
fn a_heading_that_has_nothing_in_common_with_the_titles_is_not_the_headline() {
    let html = r#"<title>Weir reopens to boats | Harbour Herald</title><meta property="og:title" content="Weir reopens to boats">
        <h1>Our stories</h1>"#;
    assert_eq!(facts(html).metadata.title.as_deref(), Some("Weir reopens to boats"));
}

#[test]
fn a_line_above_the_headline_is_not_part_of_it() {
    let html = r#"<h1><span class="article-kicker">Local news</span> <span>Weir reopens to boats</span></h1>"#;
    assert_eq!(facts(html).metadata.title.as_deref(), Some("Weir reopens to boats"));
}

#[test]
fn a_declared_title_that_a_second_heading_shows_is_the_headline() {
    let page = |second: &str| {
        format!(
            r#"<title>Weir mill 2023: When do boats go again?</title><meta property="og:title" content="The weir is open to boats again">
            <ol><li>News</li><li><h1>Weir mill 2023: When do boats go again?</h1></li></ol>{second}{PROSE}"#
        )
    };
    let title = |second: &str| facts(&page(second)).metadata.title;
    let shown = "<h2><span>After the flood</span> <span>The weir is open to boats again</span></h2>";
    assert_eq!(title(shown).as_deref(), Some("The weir is open to boats again"));
    let teaser = "<h2><a href='/x'>The weir is open to boats again</a></h2>";
    assert_eq!(title(teaser).as_deref(), Some("Weir mill 2023: When do boats go again?"));
}

#[test]
fn a_line_above_the_headline_that_the_page_does_not_show_there_is_not_part_of_it() {
    let html = r#"<meta property="og:title" content="Flood on the river: Boats come down again"><h1>Boats come down again</h1>
        <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Boats come down again"}</script>"#;
    assert_eq!(facts(html).metadata.title.as_deref(), Some("Boats come down again"));
    let html = r#"<meta property="og:title" content="Flood on the river: Boats come down again">
        <h1><span class="overline">After the storm</span> <span>Boats come down again</span></h1>"#;
    assert_eq!(facts(html).metadata.title.as_deref(), Some("Boats come down again"));
}

#[test]
fn what_stands_behind_the_structured_headline_is_no_part_of_it() {
    let html = r#"<title>Boats come down again-LocalㅣHH</title><meta property="og:title" content="Boats come down again-LocalㅣHH">
        <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Boats come down again"}</script>"#;
    assert_eq!(facts(html).metadata.title.as_deref(), Some("Boats come down again"));
    let html = r#"<title>Boats come down again - Latest news</title><meta property="og:title" content="Boats come down again - Latest news">
        <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Boats come down again - Latest news"}</script>
        <h1>Boats come down again</h1>"#;
    assert_eq!(facts(html).metadata.title.as_deref(), Some("Boats come down again - Latest news"));
}

#[test]
fn a_label_ahead_of_a_bar_is_cut_off() {
    let html = r#"<meta property="og:title" content="Opinion | What the river taught us"><h1>Opinion | What the river taught us</h1>"#;
    assert_eq!(facts(html).metadata.title.as_deref(), Some("What the river taught us"));
}

#[test]
fn the_only_reader_who_commented_is_no_author() {
    let prose = "<p>The ferry will run again on Monday, the harbour master said on Tuesday.</p>".repeat(30);
    let by = r#"<span class="author">Ada Marlow</span>"#;
    assert_eq!(authors(&format!("<h1>Ferry</h1>{prose}<div class=post-end>{by}</div>")), ["Ada Marlow"]);
    for name in ["comments", "disqus_thread", "post-comments-list"] {
        let html = format!("<h1>Ferry</h1>{prose}<div class={name}><div>{by}<p>Good news.</p></div></div>");
        assert!(authors(&html).is_empty(), "{name}");
    }
}

#[test]
fn the_field_that_is_added_for_shared_links_names_the_author_in_many_languages() {
    for label in ["Written by", "Verfasst von", "Écrit par", "Napisane przez", "執筆者", "Ditulis oleh"] {
        let html = format!(
            r#"<meta name="twitter:label1" content="{label}"><meta name="twitter:data1" content="Ada Marlow">"#
        );
        assert_eq!(authors(&html), ["Ada Marlow"], "{label}");
    }
}

#[test]
fn authors_are_found_in_bylines_of_many_makes() {
    for html in [
        r#"<h1>Weir</h1><p class="byline">By <a href="/authors/ada-marlow">Ada Marlow</a>, Staff Writer</p>"#,
        r#"<h1>Weir</h1><div class="meta">Written by <span>Ada Marlow</span></div>"#,
        r#"<h1>Weir</h1><span itemprop="author" itemscope><span itemprop="name">Ada Marlow</span><i class="job-title">Editor</i></span>"#,
        r#"<h1>Weir</h1><a rel="author" href="/x">Ada Marlow</a><a rel="author" href="/y">ADA MARLOW</a>"#,
        r#"<h1>Weir</h1><a href="/team/ada-marlow/">Ada Marlow</a><a href="/team/about-us/">About us</a>"#,
        r#"<meta name="author" content="By Ada Marlow | Harbour Herald"><h1>Weir</h1>"#,
        r#"<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ada Marlow"><h1>Weir</h1>"#,
        r#"<meta name="citation_author" content="Marlow, Ada"><h1>Weir</h1>"#,
        r#"<h1>Weir</h1><div class="author">Von Ada Marlow<br>ada@herald.test</div>"#,
    ] {
        assert_eq!(authors(html), ["Ada Marlow"], "{html}");
    }
}

#[test]
fn a_first_heading_that_leads_home_is_the_site() {
    for title in [
        "The Skell Times &raquo; Blog Archive &raquo; Old mill opens again",
        "Skell Times: Old mill opens again",
        "Skell Times - Old mill opens again",
        "Old mill opens again - Skell Times",
    ] {
        for home in ["/", "https://skelltimes.test", "http://www.skelltimes.test/index.html"] {
            let html =
                format!("<title>{title}</title><h1><a href='{home}'>Skell Times</a></h1><h3>Old mill opens again</h3>");
            let metadata = facts(&html).metadata;
            assert_eq!(metadata.title.as_deref(), Some("Old mill opens again"), "{html}");
            assert_eq!(metadata.site.as_deref(), Some("Skell Times"), "{html}");
        }
    }
    let own = "<title>Old mill opens again</title><h1><a href='/mill'>Old mill opens again</a></h1>";
    let metadata = facts(own).metadata;
    assert_eq!((metadata.title.as_deref(), metadata.site), (Some("Old mill opens again"), None));
}

#[test]
fn the_first_name_of_an_author_is_no_other() {
    let html = r#"<h1>Weir</h1><p class="author">Ada Marlow</p><p class="author">Ada</p><p class="author">Cy Orr</p>"#;
    assert_eq!(authors(html), ["Ada Marlow", "Cy Orr"]);
}

#[test]
fn bylines_of_other_stories_and_of_reviewers_are_left_out() {
    let html = format!(
        r#"<h1>Weir</h1><div class="byline">By Ada Marlow</div><div class="byline">Reviewed by Cy Lund</div>{PROSE}
        <div class="related-stories"><a class="author" href="/author/dan-orr">Dan Orr</a></div>"#
    );
    assert_eq!(authors(&html), ["Ada Marlow"]);
}

#[test]
fn the_site_is_the_author_only_if_no_person_is_named() {
    let declared = r#"<meta property="og:site_name" content="Harbour Herald"><meta name="author" content="Harbour Herald"><h1>Weir</h1>"#;
    assert_eq!(authors(declared), ["Harbour Herald"]);
    assert_eq!(authors(&format!(r#"{declared}<p class="byline">By Ada Marlow</p>"#)), ["Ada Marlow"]);
    assert_eq!(authors(&format!(r#"{declared}<p class="byline">Agencies</p>"#)), ["Harbour Herald"]);
}

#[test]
fn an_address_of_a_profile_is_no_author() {
    let html = r#"<meta property="article:author" content="https://social.test/adamarlow"><h1>Weir</h1><p class="byline">Ada Marlow</p>"#;
    assert_eq!(authors(html), ["Ada Marlow"]);
}

#[test]
fn the_day_is_the_publisher_s_own() {
    let utc = r#"<meta property="article:published_time" content="2023-12-23T03:22:07Z"><h1>Weir</h1>"#;
    assert_eq!(date(utc).as_deref(), Some("2023-12-23T03:22:07Z"));
    let same_instant = format!(r#"{utc}<time datetime="2023-12-22T22:22:07-0500">22 Dec</time>"#);
    assert_eq!(date(&same_instant).as_deref(), Some("2023-12-22T22:22:07-05:00"));
    let shown_day = format!(r#"{utc}<span class="date">December 22, 2023</span>"#);
    assert_eq!(date(&shown_day).as_deref(), Some("2023-12-22"));
}

#[test]
fn the_day_of_a_post_that_the_story_shows_is_not_its_own() {
    let post = r##"<blockquote class="twitter-tweet">Weir! — Ada <a href="#">June 3, 2019</a></blockquote>"##;
    assert_eq!(date(&format!("<h1>The weir</h1><p>It is open.</p>{post}")), None);
    let plain = "<h1>The weir</h1><blockquote><p>June 3, 2019</p></blockquote>";
    assert_eq!(date(plain).as_deref(), Some("2019-06-03"));
}

#[test]
fn a_date_called_a_change_never_takes_the_place_of_the_day_of_publication() {
    let html = r#"<meta property="article:published_time" content="2021-03-04T08:00:00+01:00"><h1>Weir</h1>
        <p class="date">Last updated: December 21, 2023</p>"#;
    assert_eq!(date(html).as_deref(), Some("2021-03-04T08:00:00+01:00"));
}

#[test]
fn a_day_that_only_the_structured_data_declares_gives_way_to_the_one_shown() {
    let page = |meta: &str, shown: &str| {
        format!(
            r#"<script type="application/ld+json">{{"@type": "Article", "headline": "Weir", "datePublished": "2021-03-04T08:00:00+01:00",
            "dateModified": "2023-12-21T09:00:00+01:00"}}</script>{meta}<h1>Weir</h1><p class="date">{shown}</p>"#
        )
    };
    let meta = r#"<meta property="article:published_time" content="2021-03-04T08:00:00+01:00">"#;
    assert_eq!(date(&page("", "Updated December 21, 2023")).as_deref(), Some("2023-12-21"));
    assert_eq!(date(&page(meta, "Updated December 21, 2023")).as_deref(), Some("2021-03-04T08:00:00+01:00"));
    // Unnamed, but of the day of the declared change.
    assert_eq!(date(&page(meta, "December 21, 2023")).as_deref(), Some("2021-03-04T08:00:00+01:00"));
    assert_eq!(date(&page(meta, "Published December 21, 2023")).as_deref(), Some("2023-12-21"));
}

#[test]
fn of_declarations_that_differ_the_one_shown_is_right() {
    let html = r#"<script type="application/ld+json">{"@type": "Article", "headline": "Weir", "datePublished": "2018-04-03T16:50:31Z"}</script>
        <meta property="article:published_time" content="2023-12-19T18:06:00Z"><h1>Weir</h1><p class="date">Updated: Dec 19, 2023</p>"#;
    assert_eq!(date(html).as_deref(), Some("2023-12-19T18:06:00Z"));
}

#[test]
fn what_a_reader_reads_outdoes_what_a_machine_is_to_read() {
    let html = r#"<script type="application/ld+json">{"@type": "Article", "headline": "Weir", "datePublished": "2023-12-21T09:00:00Z"}</script>
        <h1>Weir</h1><time datetime="2024-01-02T15:04:07Z">Posted: Dec 21, 2023 8:25 AM | Last Updated: January 2</time>"#;
    assert_eq!(date(html).as_deref(), Some("2023-12-21T09:00:00Z"));
}

#[test]
fn the_day_called_that_of_publication_outdoes_a_declared_day_called_a_change() {
    let html = r#"<script type="application/ld+json">{"@type": "Article", "headline": "Weir", "datePublished": "2023-12-21"}</script>
        <h1>Weir</h1><div>Published</div><div>Apr 26, 2021</div><p class="date">Updated Dec 21, 2023</p>"#;
    assert_eq!(date(html).as_deref(), Some("2021-04-26"));
}

#[test]
fn the_moment_of_the_last_change_is_not_that_of_publication() {
    let html = r#"<script type="application/ld+json">{"@type": "Article", "headline": "Weir", "datePublished": "2023-12-21T12:28:31-05:00",
        "dateModified": "2023-12-21T12:28:31-05:00"}</script><h1>Weir</h1><footer><time pubdate datetime="2023-08-13">Aug 13</time></footer>"#;
    assert_eq!(date(html).as_deref(), Some("2023-08-13"));
    let declared = format!(r#"<meta property="article:published_time" content="2023-08-12">{html}"#);
    assert_eq!(date(&declared).as_deref(), Some("2023-08-12"));
}

#[test]
fn figures_are_read_in_the_order_that_agrees_with_the_address() {
    let html = r#"<html lang="en-US"><h1>Weir</h1><p class="date">03/10/2023</p>"#;
    assert_eq!(date(html).as_deref(), Some("2023-03-10"));
    let dated = facts_at(html, "https://herald.test/blog/2023/october/03/weir").metadata.date;
    assert_eq!(dated.as_deref(), Some("2023-10-03"));
}

#[test]
fn a_page_without_a_heading_is_dated_by_its_lines() {
    let html = format!("<title>Weir</title><main>{PROSE}<small>December 21, 2023</small></main>");
    assert_eq!(date(&html).as_deref(), Some("2023-12-21"));
}

#[test]
fn dates_are_found_beside_the_headline_before_those_of_teasers() {
    let html = format!(
        r#"<h1>Weir</h1><div>21. Dezember 2023, 14:03 Uhr</div>{PROSE}<ul class="teaser"><li><time datetime="2023-12-01">1. Dez</time></li></ul>"#
    );
    assert_eq!(date(&html).as_deref(), Some("2023-12-21"));
}

#[test]
fn the_address_dates_a_page_that_says_nothing() {
    let facts = facts_at("<h1>Weir</h1>", "https://herald.test/2023/12/21/weir");
    assert_eq!(facts.metadata.date.as_deref(), Some("2023-12-21"));
}

#[test]
fn the_structured_body_is_plain_lines_and_no_summary() {
    let words = "The weir opened again and boats came down. ".repeat(4);
    let html = format!(
        r#"<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "<p>{words}</p><p>More &amp;amp; more.</p>"}}</script>"#
    );
    let body = facts(&html).structured_body.unwrap_or_default();
    assert_eq!(body.lines().count(), 2, "{body}");
    assert!(body.starts_with("The weir") && !body.contains('<'));
    let short = r#"<script type="application/ld+json">{"@type": "NewsArticle", "articleBody": "Too short."}</script>"#;
    assert_eq!(facts(short).structured_body, None);
}

#[test]
fn the_entries_of_a_live_ticker_are_its_body() {
    let entry = "The weir opened again and boats came down before noon while the town looked on.";
    let html = format!(
        r#"<script type="application/ld+json">{{"@type": "LiveBlogPosting", "liveBlogUpdate": [
        {{"@type": "BlogPosting", "articleBody": "{entry}"}}, {{"articleBody": "{entry}"}}]}}</script>"#
    );
    let facts = facts(&html);
    assert!(facts.signs.live);
    assert_eq!(facts.structured_body.map(|body| body.lines().count()), Some(2));
}

#[test]
fn hostile_pages_are_read_in_time() {
    let many = "<div class=\"byline date\">".repeat(20_000);
    let names = "a,".repeat(400_000);
    let html = format!(
        r#"<meta name="keywords" content="{}"><script type="application/ld+json">{{"@type":"Article","author":"{names}"}}</script>{many}"#,
        "tag, ".repeat(1_000)
    );
    assert!(facts(&html).metadata.authors.len() <= 100);
}

#[test]
fn words_on_two_lines_of_a_heading_stay_apart_whatever_parts_the_lines() {
    for tag in ["p", "div", "ul", "ol", "li", "section", "header", "footer", "figure"] {
        let html = format!("<h1>Weir<{tag}> <b>reopens</b></{tag}> <i>after</i><{tag}>flood</{tag}></h1>{PROSE}");
        assert_eq!(facts(&html).metadata.title.as_deref(), Some("Weir reopens after flood"), "{tag}");
    }
}
