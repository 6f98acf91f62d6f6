//! What the markup or a phrase says for certain.

use crate::block::{BlockKind, Origin};
use crate::knowledge::Strength;
use crate::options::Reasons;
use crate::verdict::{Evidence, Reason, Role, Stage, Verdict};

use super::page::PageView;

/// The tag of menus: nothing in it belongs to a story.
pub(super) const MENU: &str = "nav";

/// Levels of headings that may be the headline.
const HEADLINE_LEVELS: u8 = 2;

/// Words of running text ahead of a heading from which it is no headline.
const LEAD_PROSE: f32 = 60.0;

/// Link density from which a line that may announce another story does.
const LINKED_RELATED: f32 = 0.4;
/// Share of the page's running text that may be hidden for hiding to mean that it is not shown.
const MAX_HIDDEN_PROSE: f32 = 0.5;

/// The verdicts on the blocks of which there is no doubt; nothing for the others. Those of which the reasons are asked
/// for in brief have no evidence.
pub(crate) fn certain_verdicts(page: &PageView<'_>, reasons: Reasons) -> Vec<Option<Verdict>> {
    (0..page.lines.len()).map(|index| certain(page, reasons, index)).collect()
}

fn certain(page: &PageView<'_>, reasons: Reasons, index: usize) -> Option<Verdict> {
    let drop = |role: Role, evidence: &dyn Fn() -> Evidence| {
        let evidence = evidence_of(reasons, evidence);
        Verdict::Drop(Reason { role, stage: Stage::Rule, evidence, story_likelihood: 0.01 })
    };
    let block = &page.document.blocks[index];
    let line = &page.lines[index];
    if page.is_inside(index, MENU) {
        return Some(drop(Role::Navigation, &|| Evidence::Inside(MENU.to_owned())));
    }
    if let Some(hit) = line.hits.first().filter(|hit| hit.strength == Strength::Sure && !line.is_told) {
        return Some(drop(hit.role, &|| Evidence::Phrase(hit.text.to_owned())));
    }
    let related = line.hits.iter().find(|hit| hit.role == Role::Related);
    if let Some(hit) = related.filter(|_| line.link_density > LINKED_RELATED) {
        return Some(drop(hit.role, &|| Evidence::Phrase(hit.text.to_owned())));
    }
    let opener = page.openers[index].and_then(|opener| Some((opener, page.lines[opener].opens()?)));
    if let Some((opener, _)) = opener.filter(|(_, hit)| hit.role == Role::Related && line.is_link_alone()) {
        let heading = || page.document.blocks[opener].text.chars().take(60).collect();
        return Some(drop(Role::Related, &|| Evidence::Under(heading())));
    }
    if page.is_in_other_story(index) {
        return Some(drop(Role::Related, &|| Evidence::InOtherStory));
    }
    // Some pages show their story by script: where much of the text is hidden, hiding says nothing.
    if page.place(index).hidden && page.hidden_prose < MAX_HIDDEN_PROSE {
        return Some(drop(Role::Hidden, &|| Evidence::Hidden));
    }
    if block.kind == BlockKind::Caption {
        return Some(drop(Role::Caption, &|| Evidence::Inside(page.tag_around(index).to_owned())));
    }
    if block.origin == Origin::StructuredData {
        let evidence = evidence_of(reasons, &|| Evidence::InStructuredBody);
        return Some(Verdict::Keep(Reason { role: Role::Story, stage: Stage::Rule, evidence, story_likelihood: 0.95 }));
    }
    if may_be_headline(page, index) && page.title.same_as(line.hashes()) {
        return Some(drop(Role::Headline, &|| Evidence::SaysHeadline));
    }
    None
}

/// Whether a heading stands where the headline does. One further down that says the same is a section's: the answer to
/// the question that the headline asks.
fn may_be_headline(page: &PageView<'_>, index: usize) -> bool {
    let is_high = matches!(page.document.blocks[index].kind, BlockKind::Heading(level) if level <= HEADLINE_LEVELS);
    let is_first = page.headline == Some(index);
    is_high && (is_first || page.prose_before[index] < LEAD_PROSE)
}

fn evidence_of(reasons: Reasons, evidence: &dyn Fn() -> Evidence) -> Vec<Evidence> {
    match reasons {
        Reasons::Full => vec![evidence()],
        Reasons::Brief => Vec::new(),
    }
}
