//! Text without markup, by the simplest rules: a line that says a sure phrase of the lexicon goes, unless the caller asks
//! for more than such a phrase can give ([`Strictness`]).

use crate::block::{Document, Scan};
use crate::knowledge::{Lexicon, Strength};
use crate::options::Strictness;
use crate::verdict::{Evidence, Reason, Role, Stage, Verdict};

/// How likely a line that says a sure phrase belongs to the story all the same: it may quote it.
const QUOTED: f32 = 0.05;

/// One verdict a line.
pub(super) fn judge_text(document: &Document, lexicon: &Lexicon, strictness: Strictness) -> Vec<Verdict> {
    let most = 1.0 - strictness.min_certainty().share();
    document.blocks.iter().map(|block| at_most(judge_line(&block.text, lexicon), most)).collect()
}

fn judge_line(text: &str, lexicon: &Lexicon) -> Verdict {
    let hits = lexicon.inserts(text, &Scan::of(text));
    let stage = Stage::Rule;
    match hits.first() {
        Some(hit) if hit.strength == Strength::Sure => {
            let evidence = vec![Evidence::Phrase(hit.text.to_owned())];
            Verdict::Drop(Reason { role: hit.role, stage, evidence, story_likelihood: QUOTED })
        }
        _ => Verdict::Keep(Reason {
            role: Role::Story,
            stage,
            evidence: vec![Evidence::NoPhrase],
            story_likelihood: 0.8,
        }),
    }
}

/// The verdict where blocks go whose likelihood to belong to the story is no higher than `most`.
fn at_most(verdict: Verdict, most: f32) -> Verdict {
    match verdict {
        Verdict::Drop(reason) if reason.story_likelihood > most => Verdict::Keep(reason),
        verdict => verdict,
    }
}
