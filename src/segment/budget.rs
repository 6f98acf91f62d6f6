//! What a page may cost, and what was left out for it.

use std::cell::Cell;

use crate::block::Truncation;
use crate::options::Limits;

/// Steps between two looks at the clock.
const STEPS: u32 = 4096;

/// Says when the time of a page is up. The caller's, as nothing between page and article asks for the time itself.
pub trait Deadline {
    /// Whether it is.
    fn is_over(&self) -> bool;
}

/// All the time there is.
#[derive(Debug, Clone, Copy)]
pub struct Unhurried;

impl Deadline for Unhurried {
    fn is_over(&self) -> bool {
        false
    }
}

/// The time of a page is up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfTime;

/// What is left of what a page may cost.
pub(super) struct Budget<'a> {
    pub(super) limits: &'a Limits,
    deadline: &'a dyn Deadline,
    steps: Cell<u32>,
    is_over: Cell<bool>,
    hit: [Cell<bool>; Truncation::ALL.len()],
}

impl Budget<'_> {
    pub(super) fn new<'a>(limits: &'a Limits, deadline: &'a dyn Deadline) -> Budget<'a> {
        Budget { limits, deadline, steps: Cell::new(0), is_over: Cell::new(false), hit: Default::default() }
    }

    /// Does `work` within the usual limits, in whatever time it takes.
    pub(super) fn usual<T>(work: impl FnOnce(&Budget<'_>) -> T) -> T {
        work(&Budget::new(&Limits::default(), &Unhurried))
    }

    /// Takes a step of a loop. `false` where the time is up.
    #[inline]
    pub(super) fn step(&self) -> bool {
        let steps = self.steps.get() + 1;
        self.steps.set(steps % STEPS);
        if steps == STEPS {
            self.look();
        }
        !self.is_over.get()
    }

    fn look(&self) {
        self.is_over.set(self.is_over.get() || self.deadline.is_over());
    }

    /// Takes note that something is left out.
    pub(super) fn hit(&self, truncation: Truncation) {
        self.hit[truncation as usize].set(true);
    }

    /// What was left out.
    ///
    /// # Errors
    /// [`OutOfTime`]
    pub(super) fn end(&self) -> Result<Vec<Truncation>, OutOfTime> {
        self.look();
        if self.is_over.get() {
            return Err(OutOfTime);
        }
        Ok(Truncation::ALL.into_iter().filter(|truncation| self.hit[*truncation as usize].get()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::{LanguageBy, PageParser};
    use crate::page::Page;
    use crate::segment::slim::ATTRIBUTE_NAMES;
    use crate::segment::{Segmenting, segment, segment_within};

    struct Over;

    impl Deadline for Over {
        fn is_over(&self) -> bool {
            true
        }
    }

    fn truncated(html: &str, limits: &Limits, parser: PageParser) -> Vec<Truncation> {
        let how = Segmenting { parser, limits, deadline: &Unhurried, language: LanguageBy::Sentences };
        segment_within(&Page::from_html(html, None), &how).unwrap().truncated
    }

    #[test]
    fn what_is_left_out_is_told() {
        let deep = format!("{}<p>The ferry is late.", "<div>".repeat(600));
        let broad = format!("<p {}=x>The ferry is late.", ATTRIBUTE_NAMES.join("=x "));
        let scripts = format!("<script type=application/ld+json>{{\"a\": \"{}\"}}</script><p>x", "b".repeat(200));
        let paragraphs = "<p>The ferry is late.".repeat(40);
        let small = Limits { max_json_ld_bytes: 100, max_blocks: 30, ..Limits::default() };
        let nested = "<div><div><div><div><p>The ferry is late.</div></div></div></div>";
        let shallow = Limits { max_depth: 4, ..Limits::default() };
        let few = Limits { max_nodes: 20, ..Limits::default() };
        for parser in [PageParser::Streaming, PageParser::Reference] {
            assert_eq!(truncated("<p>The ferry is late.", &Limits::default(), parser), []);
            assert_eq!(truncated(&deep, &Limits::default(), parser), [Truncation::Depth]);
            assert_eq!(truncated(nested, &Limits::default(), parser), []);
            assert_eq!(truncated(nested, &shallow, parser), [Truncation::Depth]);
            assert_eq!(truncated(&broad, &Limits::default(), parser), [Truncation::Attributes]);
            assert_eq!(truncated(&scripts, &small, parser), [Truncation::StructuredData]);
            assert_eq!(truncated(&paragraphs, &small, parser), [Truncation::Blocks]);
            assert_eq!(truncated(&"<p>The ferry is late.".repeat(30), &small, parser), []);
            assert_eq!(truncated(&paragraphs, &few, parser), [Truncation::Nodes]);
        }
    }

    #[test]
    fn text_behind_a_limit_of_depth_stays() {
        let page = Page::from_html(format!("{}The ferry is late.", "<div>".repeat(5000)), None);
        assert_eq!(segment(&page).blocks.last().unwrap().text, "The ferry is late.");
    }

    #[test]
    fn a_page_whose_time_is_up_is_an_error() {
        let page = Page::from_html("<p>The ferry is late.".repeat(5000), None);
        let limits = Limits::default();
        let how = Segmenting {
            parser: PageParser::Streaming,
            limits: &limits,
            deadline: &Over,
            language: LanguageBy::Sentences,
        };
        assert_eq!(segment_within(&page, &how).map(drop), Err(OutOfTime));
    }
}
