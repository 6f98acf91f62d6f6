//! The stages one after the other, for a page at hand.

use url::Url;

use crate::article::Article;
use crate::classify::judge_whole;
use crate::knowledge::Knowledge;
use crate::options::CleanOptions;
use crate::page::Page;
use crate::segment::segment;

/// Cleans pages: what is known, loaded once, and how to clean. Share one between threads.
#[derive(Debug, Default)]
pub struct Cleaner {
    /// Phrases and the like.
    pub knowledge: Knowledge,
    /// How to clean.
    pub options: CleanOptions,
}

impl Cleaner {
    /// A cleaner with the built-in knowledge.
    pub fn new(options: CleanOptions) -> Self {
        Cleaner { knowledge: Knowledge::builtin(), options }
    }

    /// Segments and judges a page. A page without a story gives an article without kept blocks whose
    /// [`verdict`](Article::verdict) says what the page is.
    pub fn clean(&self, page: &Page) -> Article {
        let document = segment(page);
        let (verdicts, verdict) = judge_whole(&document, &self.knowledge, &self.options);
        Article::assemble(page, document, verdicts, verdict)
    }
}

/// Cleans one HTML page. `url` is the address the page came from; links are made absolute with it. The built-in
/// knowledge is loaded for each call: for many pages, make a [`Cleaner`] once.
pub fn clean(html: &str, url: Option<&Url>) -> Article {
    Cleaner::new(CleanOptions::default()).clean(&Page::from_html(html, url.cloned()))
}
