//! What the fuzz targets and the benches reach of this module.

use std::borrow::Cow;

use super::budget::Budget;
use super::dom::Dom;
use super::metadata::read_facts;
use super::slim::{self, Token};
use crate::block::Metadata;
use crate::options::PageParser;
use crate::page::Page;

/// How many tokens slim leaves of a page.
pub fn slim_tokens(page: &str) -> usize {
    slim::slim(page).0.tokens.len()
}

/// Hands out what reads the metadata off a page that is parsed already.
pub fn reading_facts(page: &Page, measure: impl FnOnce(&dyn Fn() -> Metadata)) {
    let (dom, scripts) = Budget::usual(|budget| Dom::parse_by(PageParser::Streaming, &page.text, budget));
    measure(&|| read_facts(page, &scripts, &dom).metadata);
}

/// What slim leaves of a page: the texts, and the values of the attributes, each as written and in order.
pub fn slim(page: &str) -> (Vec<&str>, Vec<&str>) {
    let markup = slim::slim(page).0;
    let texts = markup.tokens.into_iter().filter_map(|token| match token {
        Token::Doctype(text) | Token::Text(text, _) | Token::TextContent(text) | Token::RawContent(text) => Some(text),
        Token::Start(..) | Token::End(_) => None,
    });
    let values = markup.attributes.into_iter().filter_map(|attribute| match attribute.value {
        Cow::Borrowed(value) => Some(value),
        Cow::Owned(_) => None,
    });
    (texts.collect(), values.collect())
}
