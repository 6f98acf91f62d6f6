//! What tells the kinds of insert apart, as numbers. Nothing here depends on what the judge has learned. A feature is
//! added in one place: a line of `OF_KIND`, which has a value for each kind, or of `feature_list!`.

use crate::knowledge::PhraseHit;
use crate::knowledge::model::KINDS;
use crate::verdict::Role;

use super::super::features::kind_number;
use super::super::lines::Line;
use super::super::page::{GroupSum, PageView};
use super::super::scores::{feature_list, yes};
use super::super::targets::{leads_to_own_site, targets, title_words};
use super::kin::{Kin, says};

/// Links of a block that are looked at.
const LINKS: usize = 20;

/// A block in its page.
pub(super) struct Seen<'a> {
    page: &'a PageView<'a>,
    kin: &'a Kin,
    index: usize,
    /// The phrases that it is taken to say.
    hits: &'a [PhraseHit<'a>],
}

/// The value of a feature for a kind.
type OfKind = fn(&Seen<'_>, Role) -> f32;

/// Features that each kind has.
const OF_KIND: [(&str, OfKind); 7] = [
    ("named", |s, kind| s.named(kind)),
    ("says", |s, kind| s.says(kind)),
    ("said-0", |s, kind| s.kin.share_around(s.page, s.index, 0, kind)),
    ("said-1", |s, kind| s.kin.share_around(s.page, s.index, 1, kind)),
    ("said-2", |s, kind| s.kin.share_around(s.page, s.index, 2, kind)),
    ("said-alike", |s, kind| s.kin.share_alike(s.page, s.index, kind)),
    ("said-beside", |s, kind| s.said_beside(kind)),
];

feature_list! { Seen<'_>:
    "kind" => |s| s.kind_at(0),
    "kind-prev" => |s| s.kind_at(-1),
    "kind-next" => |s| s.kind_at(1),
    "words" => |s| s.line().words.min(100.0),
    "words-prev" => |s| s.at(-1).map_or(-1.0, |index| s.page.lines[index].words.min(100.0)),
    "words-next" => |s| s.at(1).map_or(-1.0, |index| s.page.lines[index].words.min(100.0)),
    "chars-a-word" => |s| s.line().chars / s.line().words.max(1.0),
    "link-density" => |s| s.line().link_density,
    "own-links" => |s| s.links().1,
    "other-links" => |s| s.links().0 - s.links().1,
    "title-words" => |s| title_words(&s.page.document.blocks[s.index]).min(12) as f32,
    "starts" => |s| s.line().beginning,
    "ends" => |s| s.line().ending,
    "title-case" => |s| s.line().scan.title_case,
    "price" => |s| yes(has_price(s.text())),
    "colon" => |s| s.text().find(':').map_or(-1.0, |at| at as f32 / s.text().len() as f32),
    "credit" => |s| yes(s.page.outline.credits[s.index]),
    "since-credit" => |s| s.page.outline.since_credit[s.index].min(30.0),
    "names-author" => |s| s.page.names_author(s.index),
    "names-site" => |s| s.page.says_site(s.index),
    "in-title" => |s| s.page.title.share_of_words(s.line().hashes()),
    "alike-blocks" => |s| s.alike().blocks.min(40.0),
    "alike-links" => |s| s.alike().link_chars / s.alike().chars.max(1.0),
    "alike-words" => |s| (s.alike().words / s.alike().blocks).min(60.0),
    "blocks-0" => |s| s.blocks_around(0),
    "blocks-1" => |s| s.blocks_around(1),
    "position" => |s| s.index as f32 / s.page.lines.len() as f32,
    "tag-aside" => |s| s.inside("aside"),
    "tag-footer" => |s| s.inside("footer"),
    "tag-header" => |s| s.inside("header"),
    "tag-form" => |s| s.inside("form"),
    "tag-figure" => |s| s.inside("figure"),
    "tag-button" => |s| s.inside("button"),
    "tag-table" => |s| s.inside("table"),
    "tag-ul" => |s| s.inside("ul"),
}

/// The names of the features, in the order of a row.
pub(crate) fn names() -> Vec<String> {
    let of_kinds = OF_KIND.iter().flat_map(|(name, _)| KINDS.map(|kind| format!("{name}-{kind}")));
    of_kinds.chain(NAMES.iter().map(|name| (*name).to_owned())).collect()
}

/// The features of a block that says the phrases `hits`. Without its own, training learns what the boxes and the blocks
/// around it tell of.
pub(crate) fn row<'a>(page: &'a PageView<'a>, kin: &'a Kin, index: usize, hits: &'a [PhraseHit<'a>]) -> Vec<f32> {
    let seen = Seen { page, kin, index, hits };
    let mut row: Vec<f32> = OF_KIND.iter().flat_map(|(_, value)| KINDS.map(|kind| value(&seen, kind))).collect();
    fill(&seen, &mut row);
    row
}

impl<'a> Seen<'a> {
    fn line(&self) -> &Line<'a> {
        &self.page.lines[self.index]
    }

    fn text(&self) -> &str {
        &self.page.document.blocks[self.index].text
    }

    fn inside(&self, tag: &str) -> f32 {
        yes(self.page.is_inside(self.index, tag))
    }

    fn alike(&self) -> GroupSum {
        self.page.group_sums[self.page.groups[self.index]]
    }

    fn blocks_around(&self, level: usize) -> f32 {
        self.page.container(self.index, level).blocks.min(40.0)
    }

    /// The number of the block `offset` blocks behind, within the page.
    fn at(&self, offset: isize) -> Option<usize> {
        self.index.checked_add_signed(offset).filter(|index| *index < self.page.lines.len())
    }

    /// How near an element is whose names tell of `role`: 3 for the two nearest, 2 for the next three, 1 for any, else 0.
    fn named(&self, role: Role) -> f32 {
        let place = self.page.place(self.index);
        let sets = [place.near, place.farther, place.anywhere];
        sets.iter().position(|set| set.has(role)).map_or(0.0, |nearness| 3.0 - nearness as f32)
    }

    /// 2 where the block says a phrase of `role`, 1 where it stands under one, else 0.
    fn says(&self, role: Role) -> f32 {
        if self.hits.iter().any(|hit| hit.role == role) {
            return 2.0;
        }
        yes(self.page.stands_under(self.index, role))
    }

    /// How many of the two blocks next to it say a phrase of `role`.
    fn said_beside(&self, role: Role) -> f32 {
        [-1, 1].into_iter().filter_map(|offset| self.at(offset)).map(|index| says(self.page, index, role)).sum()
    }

    /// How many of the block's links there are, and how many of them lead to the page's own site.
    fn links(&self) -> (f32, f32) {
        let document = self.page.document;
        let links = || targets(&document.blocks[self.index]).take(LINKS);
        let own = links().filter(|target| leads_to_own_site(document, target)).count();
        (links().count() as f32, own as f32)
    }

    /// A number for what a block near by is in the markup; -1 beyond the ends of the page.
    fn kind_at(&self, offset: isize) -> f32 {
        self.at(offset).map_or(-1.0, |index| kind_number(self.page.document.blocks[index].kind))
    }
}

/// Whether a sign of a currency stands next to a number.
fn has_price(text: &str) -> bool {
    let is_sign = |c: char| matches!(c, '$' | '€' | '£' | '¥' | '₹');
    text.char_indices().filter(|(_, c)| is_sign(*c)).any(|(at, sign)| {
        let behind = text[at + sign.len_utf8()..].trim_start().chars().next();
        let ahead = text[..at].trim_end().chars().next_back();
        [behind, ahead].into_iter().flatten().any(|c| c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_a_sign_beside_a_number() {
        for text in ["$1,299", "from 12 €", "Silk scarf, £ 40 via Marlow's"] {
            assert!(has_price(text), "{text}");
        }
        for text in ["The $ is weak", "12 ferries", ""] {
            assert!(!has_price(text), "{text}");
        }
    }
}
