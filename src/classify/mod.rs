//! Which blocks belong to the story.

use crate::block::Document;
use crate::knowledge::Knowledge;
use crate::options::CleanOptions;
use crate::verdict::{Evidence, Reason, Role, Stage};
use crate::verdict::{PageVerdict, Verdict};

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
