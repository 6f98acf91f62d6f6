//! What the fuzz targets reach of this module.

use std::borrow::Cow;

use super::slim::{self, Token};

/// What slim leaves of a page: the texts, and the values of the attributes, each as written and in order.
pub fn slim(page: &str) -> (Vec<&str>, Vec<&str>) {
    let markup = slim::slim(page).html;
    let texts = markup.tokens.into_iter().filter_map(|token| match token {
        Token::Doctype(text) | Token::Text(text) | Token::TextContent(text) | Token::RawContent(text) => Some(text),
        Token::Start(..) | Token::End(_) => None,
    });
    let values = markup.attributes.into_iter().filter_map(|attribute| match attribute.value {
        Cow::Borrowed(value) => Some(value),
        Cow::Owned(_) => None,
    });
    (texts.collect(), values.collect())
}
