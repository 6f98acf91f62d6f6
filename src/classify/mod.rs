//! Which blocks belong to the story.

mod around;
mod containers;
mod features;
mod likeness;
mod lines;
mod page;
mod scores;

use crate::block::Document;
use crate::knowledge::Knowledge;
use crate::options::CleanOptions;
use crate::verdict::{Evidence, Reason, Role, Stage};
use crate::verdict::{PageVerdict, Verdict};

/// temp
pub fn feature_rows(document: &Document, knowledge: &Knowledge, q: Option<&[f32]>) -> (Vec<Vec<f32>>, Vec<usize>) {
    let view = page::PageView::of(document, knowledge);
    let around = q.map(|q| around::Around::of(&view, q));
    let mut out = vec![];
    for i in 0..document.blocks.len() {
        let mut row = vec![];
        features::fill(&features::Seen::new(&view, i), &mut row);
        if let Some(around) = &around {
            let mut more = vec![];
            around::fill(&around::At { page: &view, around, index: i }, &mut more);
            row.extend(more);
        }
        out.push(row);
    }
    (out, view.groups)
}
/// temp
pub fn feature_names() -> Vec<&'static str> {
    features::NAMES.iter().chain(around::NAMES).copied().collect()
}

/// One verdict a block, in order.
pub fn judge(document: &Document, _knowledge: &Knowledge, _options: &CleanOptions) -> Vec<Verdict> {
    let keep = |_| {
        Verdict::Keep(Reason {
            role: Role::Story,
            stage: Stage::Score,
            evidence: vec![Evidence::Sentences],
            story_likelihood: 0.5,
        })
    };
    document.blocks.iter().map(keep).collect()
}

/// What the page as a whole is.
pub fn judge_page(_document: &Document, _verdicts: &[Verdict], _knowledge: &Knowledge) -> PageVerdict {
    PageVerdict::Article
}
