//! Cuts a page into blocks.

mod budget;
mod dom;
#[cfg(feature = "fuzzing")]
pub(crate) mod fuzzing;
mod html;
mod language;
mod metadata;
mod near;
mod slim;
mod text;

use crate::block::Document;
use crate::options::{LanguageBy, Limits, PageParser};
use crate::page::{Page, PageFormat};
use budget::Budget;

pub use budget::{Deadline, OutOfTime, Unhurried};

/// How a page is cut.
#[derive(Clone, Copy)]
pub struct Segmenting<'a> {
    /// What reads its markup.
    pub parser: PageParser,
    /// What it may cost.
    pub limits: &'a Limits,
    /// When its time is up.
    pub deadline: &'a dyn Deadline,
    /// How its language is found.
    pub language: LanguageBy,
}

/// The blocks of a page, with its metadata: what the page says of itself, else what was stated of it. By the usual
/// parser, within the usual limits, in whatever time it takes.
pub fn segment(page: &Page) -> Document {
    let how = Segmenting {
        parser: PageParser::default(),
        limits: &Limits::default(),
        deadline: &Unhurried,
        language: LanguageBy::Sentences,
    };
    // There is no deadline to miss.
    segment_within(page, &how).unwrap_or_default()
}

/// Likewise, as `how` says. What a limit left out is told in [`Document::truncated`].
///
/// # Errors
/// [`OutOfTime`] where the deadline came first.
pub fn segment_within(page: &Page, how: &Segmenting<'_>) -> Result<Document, OutOfTime> {
    let budget = Budget::new(how.limits, how.deadline);
    let mut document = match page.format {
        PageFormat::Html => html::segment_html(page, how.parser, &budget),
        PageFormat::Text => text::segment_text(page),
    };
    document.url.clone_from(&page.url);
    let Document { metadata, .. } = &mut document;
    metadata.title = metadata.title.take().or_else(|| page.stated.title.clone());
    metadata.lang = metadata.lang.take().or_else(|| page.stated.lang.clone());
    if how.language == LanguageBy::Sentences {
        language::detect(&mut document);
    }
    document.truncated = budget.end()?;
    Ok(document)
}
