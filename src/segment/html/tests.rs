//! What the pass ahead leaves gives the blocks of the whole page.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::budget::Budget;
use super::super::dom::Dom;
use super::super::dom::tests::cases;
use super::Cutter;
use super::images::ImageReader;
use crate::block::{Block, Elements};
use crate::options::PageParser;

/// Pages that are written in ways the pass has to know.
const PAGES: &[&str] = &[
    "<!doctype html><title>A &amp; B</title><p>One &eacute;t&eacute;.<p class=a>Two<br><br>Three",
    "<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\"><p>One<table><tr><td>Two</table>",
    "<p>One<table><tr><td>Two</table><p>no doctype: the table stands in the paragraph",
    "One <!-- two --> three <!--> four --> five <!--- six --> seven <!-- eight --!> nine <!-- - -- -> ten",
    "<p>before<!-- unclosed <p>never",
    "<p>a<script>if (a < b) { document.write(\"<p>x</p>\") }</script>b<script src=x></SCRIPT >c",
    "<script><!-- <script>x</script> --></script><p>behind",
    "<script><!-- document.write('<script>x<\\/script>') //--></script><p>behind",
    "<script><!--><script>x</script><p>behind",
    "<script><!-- <script>one</script> <script>two</script> </script><p>behind",
    "<p title=\"a > b\" class='it\"s' id=x/y data-qa = z>One</p><p class=\"a\" class=\"b\" CLASS=c ID=first id=second>Two",
    "<a href=\"/x?a=1&copy=2&amp;b=3\">One</a> <a href=/y?z=1>Two</a> <a href=''>Three</a> <a href>Four</a>",
    "<p>a < b, a <b>c</b> and <3, </> gone, </ gone too> and <? gone ?> and <!gone>",
    "<div>One<svg viewBox='0 0 1 1'><title>no</title><path d='M0>0'/><g><svg></svg></g></svg>two</div>",
    "<div>One<svg><path></svg>two <svg/>three <math><mi>x</mi></math>four</div>",
    "<div>One<svg><g><p>breaks out</p></div><div>two",
    "<svg><style>a</style><script>b</script></svg><p>behind",
    "<iframe><p>no</p></iframe><style>p > a {}</style><p>behind<noscript><p>no <img src=a.png></p></noscript>",
    "<head><noscript><p>no</noscript><title>x</title></head><body><p>One</body></html><p>behind all",
    "<p>One<textarea>\n<p>no &lt; </textarea>two<textarea>never closed <p>gone",
    "<title>never closed <p>gone",
    "<pre>\r\n one\r\n  two\n\n&lt;three&gt;\tfour\r</pre><p>five\r\nsix",
    "<ul><li>One<li>Two<ol start=3><li>Three</ol></ul><dl><dt>a<dd>b<dt>c</dl>",
    "<table><caption>c</caption><tr><th>a<th>b<tr><td>1<td>2</table>text<table><tr><td>x<p>foster</table>",
    "<table>foster <b>me</b><tr><td>in</td> out </tr></table>",
    "<b><p>one</b>two</p><i><div>three</i>four</div><a href=1>five<a href=2>six</a>",
    "<p>null\0 in text\0</p><p class=\"a\0b\">and in class</p>",
    "<p hidden>no</p><p style='color:red; display: none'>no</p><p style=\"visibility:hidden\">no</p><p>yes",
    "<select><option>a<option>b</select><template><p>no</p></template><object><p>no</p></object><p>yes",
    "<p>&#8220;x&#8221; &#x2014; &#150; &nbsp; &notin; &notit; &amp;amp; &unknown; & &; &#; &#xZ; AT&T R&D",
    "<P>upper <STRONG>case</STRONG> <My-Element>inline</My-Element><x-card>block</x-card>",
    "<frameset><frame></frameset><noframes><p>no</noframes>",
    "<p>the end is in a tag <b",
    "<p>the end is in a value <b class=\"x",
    "<p>ends with <",
    // White space where lines meet, and where they only seem to.
    "<p><span>a</span></div> <span>b</span></p> <span>c</span> <span>d</span>",
    "<div>\n<p>one<!-- c --> <a href=/x>two</a>\n<!-- c -->\n</p>\n<p>three</p>\n</div>\nfour",
    "<div>one<div> <b>two</b></div> <i>three</i></div><b><p>four</b></p> <p>five",
    "<table><tr><td>a<div>b</div> <p> c</table><div> <pre> d\n</pre><div> <b>e</b>",
    "<p>ends with </",
    "<p>ends with &",
    "<p>ends with &am",
    "<p>ends with &amp",
    "",
    "plain text, no tag",
];

fn blocks(dom: &Dom<'_>) -> (Vec<Block>, Elements) {
    let mut cutter = Cutter::new(ImageReader::new(None), 0);
    Budget::usual(|budget| cutter.cut(dom.walk(), budget));
    let (blocks, elements, _) = cutter.finish();
    (blocks, elements)
}

#[test]
fn the_pass_ahead_changes_no_block() {
    for page in PAGES {
        let reference = blocks(&Dom::parse_whole(page));
        let by_reference = Budget::usual(|budget| Dom::parse_by(PageParser::Reference, page, budget).0);
        assert_eq!(blocks(&by_reference), reference, "{page}");
        assert_eq!(blocks(&Dom::parse(page)), reference, "{page}");
    }
}

#[test]
fn pieces_of_pages_are_pages() {
    let whole = PAGES.concat();
    for (end, _) in whole.char_indices() {
        let page = &whole[..end];
        assert!(blocks(&Dom::parse(page)).0.len() <= page.len());
    }
}

#[test]
fn white_space_that_is_taken_off_counts_for_no_link() {
    let (blocks, _) = blocks(&Dom::parse("<pre><a href=/x><i>\n\n one \n\n </i></a></pre>"));
    assert_eq!((&*blocks[0].text, blocks[0].link_chars, blocks[0].emphasis_chars), (" one", 4, 4));
}

/// Pieces of pages whose white space counts here and not there.
const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<ul>",
    "<li>",
    "</li>",
    "</ul>",
    "<h2>",
    "</h2>",
    "<section>",
    "</section>",
    "<b>",
    "</b>",
    "<span class=x>",
    "</span>",
    "<br>",
    "<img src=a>",
    "<!-- c -->",
    "<script>s</script>",
    "<pre>",
    "</pre>",
    "<table><tr><td>",
    "</td>",
    "</table>",
    "<x-y>",
    "</x-y>",
    " ",
    "\n",
    "\n\t",
    "\u{a0}",
    "one",
    " two",
    "three ",
    "&nbsp;",
];

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_blocks_are_those_of_the_reference_wherever_white_space_stands(pieces in vec(select(PIECES), 0..40)) {
        let page = pieces.concat();
        let reference = Budget::usual(|budget| Dom::parse_by(PageParser::Reference, &page, budget).0);
        prop_assert_eq!(blocks(&Dom::parse(&page)), blocks(&reference));
    }
}
