//! The stages one after the other, for a page at hand.

use url::Url;

use crate::article::Article;
use crate::block::Document;
use crate::classify::{check_features, judge_whole};
use crate::error::Error;
use crate::knowledge::model::Broken;
use crate::knowledge::{JudgeModel, Knowledge};
use crate::options::{CleanOptions, LanguageBy};
use crate::page::Page;
use crate::segment::{Segmenting, Unhurried, segment_within};
use crate::verdict::Judgement;

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

    /// A cleaner with a model that was trained elsewhere.
    ///
    /// # Errors
    ///
    /// Where the model was trained on other features than the program's.
    pub fn with_model(model: JudgeModel, options: CleanOptions) -> Result<Self, Error> {
        let refuse = |broken: Broken| Error::Knowledge { name: "model".to_owned(), reason: broken.to_string() };
        check_features(&model).map_err(refuse)?;
        Ok(Cleaner { knowledge: Knowledge { model, ..Knowledge::builtin() }, options })
    }

    /// Segments and judges a page. A page without a story gives an article without kept blocks whose
    /// [`verdict`](Article::verdict) says what the page is.
    pub fn clean(&self, page: &Page) -> Article {
        let (document, judgement) = self.judge(page, self.options.language);
        self.settle(page, document, judgement)
    }

    /// The article of a page that was segmented and judged.
    pub(crate) fn settle(&self, page: &Page, document: Document, judgement: Judgement) -> Article {
        Article::settle(page, document, judgement, |rest| self.judge(rest, LanguageBy::Statement))
    }

    fn judge(&self, page: &Page, language: LanguageBy) -> (Document, Judgement) {
        let CleanOptions { parser, limits, .. } = &self.options;
        let how = Segmenting { parser: *parser, limits, deadline: &Unhurried, language };
        // There is no deadline to miss.
        let document = segment_within(page, &how).unwrap_or_default();
        let judgement = judge_whole(&document, &self.knowledge, &self.options);
        (document, judgement)
    }
}

/// Cleans one HTML page. `url` is the address the page came from; links are made absolute with it. The built-in
/// knowledge is loaded for each call: for many pages, make a [`Cleaner`] once.
pub fn clean(html: &str, url: Option<&Url>) -> Article {
    Cleaner::new(CleanOptions::default()).clean(&Page::from_html(html, url.cloned()))
}
