//! Text without markup, by the simplest rules: a line that says a sure phrase of the lexicon goes.

use crate::block::{Document, Scan};
use crate::knowledge::{Lexicon, Strength};
use crate::verdict::{Evidence, Reason, Role, Stage, Verdict};

/// One verdict a line; `scans` are of the lines.
pub(super) fn judge_text(document: &Document, scans: &[Scan], lexicon: &Lexicon) -> Vec<Verdict> {
    document.blocks.iter().zip(scans).map(|(block, scan)| judge_line(&block.text, scan, lexicon)).collect()
}

fn judge_line(text: &str, scan: &Scan, lexicon: &Lexicon) -> Verdict {
    let hits = lexicon.inserts(text, scan);
    let stage = Stage::Rule;
    match hits.first() {
        Some(hit) if hit.strength == Strength::Sure => {
            let evidence = vec![Evidence::Phrase(hit.text.to_owned())];
            Verdict::Drop(Reason { role: hit.role, stage, evidence, story_likelihood: 0.05 })
        }
        _ => Verdict::Keep(Reason {
            role: Role::Story,
            stage,
            evidence: vec![Evidence::NoPhrase],
            story_likelihood: 0.8,
        }),
    }
}
