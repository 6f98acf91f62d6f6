//! Links to other stories behind a label, planted between the paragraphs of a story: "RELATED: Rain ahead".

use crate::block::{Block, BlockKind, Scan, Span, SpanKind};
use crate::knowledge::{Lexicon, PhraseHit, Strength};
use crate::verdict::{Evidence, Role, Verdict};

use super::page::PageView;
use super::repair::context;
use super::targets::leads_to_own_site;

/// Words of a label in capitals, at least: a single one may be a place, an agency, a speaker.
const LABEL_WORDS: usize = 2;
/// Words of a headline behind such a label, at least.
const HEADLINE_WORDS: usize = 4;

/// Drops links whose label is glued to them, as pages do that set the two apart by style alone: "Read alsoRain ahead"; those
/// behind a label of links to other stories and a colon: "Recommended: Rain ahead"; and those to the page's own site behind
/// a label in capitals, in any language.
pub(super) fn drop_labelled_links(page: &PageView<'_>, lexicon: &Lexicon, verdicts: &mut [Verdict]) {
    for (block, verdict) in page.document.blocks.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_keep()) {
        if let Some((role, evidence)) = by_phrase(block, lexicon).or_else(|| by_capitals(page, block)) {
            *verdict = context(role, evidence, verdict);
        }
    }
}

fn by_phrase(block: &Block, lexicon: &Lexicon) -> Option<(Role, Evidence)> {
    let glued = glued_label(block);
    let label = glued.or_else(|| label_ahead(block, &[':', '：']))?;
    let hit = lexicon.inserts(label, &Scan::of(label)).into_iter().next();
    let tells = |hit: &PhraseHit<'_>| match glued {
        Some(_) => hit.strength == Strength::Sure,
        None => hit.role == Role::Related,
    };
    hit.filter(tells).map(|hit| (hit.role, Evidence::Phrase(hit.text.to_owned())))
}

fn by_capitals(page: &PageView<'_>, block: &Block) -> Option<(Role, Evidence)> {
    let label = label_ahead(block, &[':', '：', '|'])?;
    let (link, target) = first_link(block)?;
    let words = |text: &str| text.split_whitespace().count();
    let shouts = label.contains(char::is_uppercase) && !label.contains(char::is_lowercase);
    let is_headline = words(label) >= LABEL_WORDS && words(block.text.get(link.range.clone())?) >= HEADLINE_WORDS;
    // Items of a list may be places or shops, each with its page.
    let may_be_one = shouts && is_headline && !matches!(block.kind, BlockKind::ListItem { .. } | BlockKind::TableRow);
    let evidence = Evidence::Shape("a label in capitals ahead of a link");
    (may_be_one && leads_to_own_site(page.document, target)).then_some((Role::Related, evidence))
}

fn first_link(block: &Block) -> Option<(&Span, &str)> {
    block.spans.iter().find_map(|span| match &span.kind {
        SpanKind::Link(target) => Some((span, &**target)),
        _ => None,
    })
}

/// What stands ahead of a block's first link, where it ends with a letter and the link begins with a capital.
fn glued_label(block: &Block) -> Option<&str> {
    let (link, _) = first_link(block)?;
    let (label, linked) = block.text.split_at_checked(link.range.start)?;
    let is_glued = label.ends_with(char::is_alphabetic) && linked.starts_with(char::is_uppercase);
    is_glued.then_some(label)
}

/// What stands ahead of a link that ends a block, up to one of some signs.
fn label_ahead<'b>(block: &'b Block, signs: &[char]) -> Option<&'b str> {
    let (link, _) = first_link(block)?;
    let label = block.text.get(..link.range.start)?.trim_end().strip_suffix(signs)?;
    block.text.get(link.range.end..)?.is_empty().then_some(label)
}

#[cfg(test)]
mod tests {
    use super::super::repair::dropped_of_kept;
    use super::*;
    use crate::knowledge::Knowledge;

    /// What goes of a page with this line alone.
    fn dropped(line: &str) -> Vec<String> {
        let html = format!("<link rel=canonical href='https://harbourherald.test/a'>{line}");
        dropped_of_kept(&html, |page, verdicts| drop_labelled_links(page, &Knowledge::builtin().lexicon, verdicts))
    }

    #[test]
    fn a_label_in_capitals_ahead_of_a_headline_of_the_site_leads_to_another_story() {
        for line in [
            "<p>LEES DIT VERDER | <a href=/b>Die brug is weer oop vir bote</a></p>",
            "<p>YE SE DDE: <a href='https://www.harbourherald.test/b'>Ada Marlow wa fi aka ye</a></p>",
        ] {
            assert_eq!(dropped(line).len(), 1, "{line}");
        }
    }

    #[test]
    fn a_label_is_known_however_it_is_glued() {
        for line in ["<p>Read also<a href=/b>Rain ahead</a></p>", "<p>İLGİLİ HABERLER<a href=/b>Dağ köyleri</a></p>"]
        {
            assert_eq!(dropped(line).len(), 1, "{line}");
        }
        assert!(dropped("<p>Read also what the <a href=/b>Rain Office</a> says of it.</p>").is_empty());
    }

    #[test]
    fn other_labels_and_links_stay() {
        for line in [
            "<p>THE WEIR REPORT: <a href='https://archive.test/b'>What the keepers knew of it</a></p>",
            "<p>MARLOW: <a href=/b>The bridge opens again for boats</a></p>",
            "<p>The Weir: <a href=/b>The bridge opens again for boats</a></p>",
            "<p>NORTH QUAY: <a href=/b>Marlow and Daughters</a></p>",
            "<li>NORTH QUAY: <a href=/b>The old house by the weir</a></li>",
            "<p>NORTH QUAY: <a href=/b>The bridge opens again for boats</a>, the council said.</p>",
        ] {
            assert_eq!(dropped(line), Vec::<String>::new(), "{line}");
        }
    }
}
