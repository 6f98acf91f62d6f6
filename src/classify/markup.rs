//! The names of the elements around a block, as tokens for a linear model: tags, words of `class`, `id` and the like.
//! A token counts by how far the element is from the block.

use crate::block::{Block, Document, Element, Elements, word_hash};
use crate::knowledge::{HashedLinear, RoleSet, TokenRoles, for_each_token};
use crate::verdict::Lean;

use super::forms::Forms;

/// Elements around a block that are looked at.
const REACH: usize = 6;
/// Characters of a name that a reason shows.
const MAX_NAME: usize = 40;
/// Tokens that the names of most elements are less than.
const TOKENS: usize = 16;
/// The ranges of distance.
const RANGES: usize = 4;

/// The range of an element `level` levels around a block: 0, 1, 2 to 3, 4 to 5.
fn range(level: usize) -> usize {
    match level {
        0 | 1 => level,
        2 | 3 => 2,
        _ => 3,
    }
}

/// The tokens of an element: of what each is, its hash, and the name that a user can read; tags have none.
fn tokens(element: &Element<'_>, tag_around: Option<&str>, mut visit: impl FnMut(u64, u64, &str)) {
    let tag = word_hash(element.tag);
    let around = tag_around.map_or(0, word_hash);
    visit(TAG, tag, "");
    visit(TAG_IN_TAG, tag.rotate_left(17) ^ around, "");
    for_each_token(element, |word, name| visit(WORD, word, name));
    for class in element.class.split_ascii_whitespace() {
        visit(CLASS, word_hash(class), class);
    }
    if !element.id.is_empty() {
        visit(ID, word_hash(element.id), element.id);
    }
}

/// What a token is of.
const TAG: u64 = 1;
const TAG_IN_TAG: u64 = 2;
const WORD: u64 = 3;
const CLASS: u64 = 4;
const ID: u64 = 5;

fn token(of: u64, hash: u64) -> u64 {
    hash ^ of.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The number of weights is two to the power of this.
pub(crate) const MARKUP_BITS: u32 = 18;

/// The place of a token in the model, by its range; or, with [`RANGES`], whatever its range. The places of one token
/// lie side by side: they are read from memory together.
fn place(token: u64, range: usize) -> u64 {
    let mixed = token.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(20).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (mixed & !(0b111 << (64 - MARKUP_BITS))) | ((range as u64) << (64 - MARKUP_BITS))
}

/// The linear scores of a block's surroundings, as log-odds.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct MarkupScore {
    /// Of the two nearest elements.
    pub(crate) near: f32,
    /// Of the next two.
    pub(crate) middle: f32,
    /// Of the next two.
    pub(crate) far: f32,
    /// Of all, with the model's bias.
    pub(crate) all: f32,
}

/// What the names of an element say.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Names {
    /// What they add to the score of a block, by its range.
    scores: [f32; RANGES],
    /// What they tell of.
    pub(super) roles: RoleSet,
}

impl Names {
    /// Of each element that has a form.
    pub(super) fn of(elements: &Elements, forms: &Forms, model: &HashedLinear, roles: &TokenRoles) -> Vec<Names> {
        // First all places, then their weights: see `HashedLinear::eights_of`.
        let mut places = Vec::with_capacity(forms.examples.len() * TOKENS);
        let mut tokens_of = |index: &usize| {
            let element = elements.get(*index).unwrap_or_default();
            let mut tells = RoleSet::NONE;
            tokens(&element, element.parent.map(|parent| elements.tag(parent)), |of, hash, _| {
                if of == WORD {
                    tells.add(roles.role(hash));
                }
                let place = place(token(of, hash), 0);
                model.fetch(place);
                places.push(place);
            });
            (places.len(), tells)
        };
        let ends: Vec<(usize, RoleSet)> = forms.examples.iter().map(&mut tokens_of).collect();
        let weights = model.eights_of(&places);
        let mut start = 0;
        let names = |(end, roles)| {
            let mut names = Names { scores: [0.0; RANGES], roles };
            for weights in &weights[start..end] {
                let weight = |range: usize| model.in_steps(weights[range]);
                names.scores = std::array::from_fn(|range| names.scores[range] + (weight(RANGES) + weight(range)));
            }
            start = end;
            names
        };
        forms.spread(&ends.into_iter().map(names).collect::<Vec<_>>())
    }
}

/// The score of a block.
pub(super) fn markup_score(document: &Document, block: &Block, names: &[Names], model: &HashedLinear) -> MarkupScore {
    let mut score = MarkupScore::default();
    for (level, element) in surroundings(document, block).enumerate() {
        let value = names[element].scores[range(level)];
        match level {
            0 | 1 => score.near += value,
            2 | 3 => score.middle += value,
            _ => score.far += value,
        }
    }
    score.all = model.bias() + score.near + score.middle + score.far;
    score
}

/// The nearest elements around a block, nearest first.
fn surroundings<'a>(document: &'a Document, block: &Block) -> impl Iterator<Item = usize> + use<'a> {
    let known = |element: usize| Some(element).filter(|element| *element < document.elements.len());
    document.elements.around(block.element.and_then(known)).take(REACH)
}

/// The name around a block that speaks most for the story, or most against it.
pub(super) fn weightiest_token(document: &Document, block: &Block, model: &HashedLinear, lean: Lean) -> Option<String> {
    let mut weightiest: Option<(f32, String)> = None;
    for (level, element) in surroundings(document, block).enumerate() {
        tokens(&document.elements.get(element).unwrap_or_default(), None, |of, hash, name| {
            let token = token(of, hash);
            let weight = model.weight(place(token, RANGES)) + model.weight(place(token, range(level)));
            let weight = if lean == Lean::Story { weight } else { -weight };
            let heaviest = weightiest.as_ref().map_or(0.0, |(heaviest, _)| *heaviest);
            if weight > heaviest && is_telling(name) {
                weightiest = Some((weight, name.chars().take(MAX_NAME).collect()));
            }
        });
    }
    weightiest.map(|(_, name)| name)
}

/// Whether a name tells a reader something: not the letter or two of a shortened one, nor one with the figures of a grid
/// or of a program that made it.
fn is_telling(name: &str) -> bool {
    /// Letters that a word has at least.
    const LETTERS: usize = 3;
    name.chars().filter(|c| c.is_alphabetic()).count() >= LETTERS && !name.contains(|c: char| c.is_ascii_digit())
}

/// The places of a block's tokens in a model, as training counts them.
#[cfg(feature = "train")]
pub(crate) fn markup_tokens(document: &Document, block: &Block, places: &mut Vec<u64>) {
    for (level, element) in surroundings(document, block).enumerate() {
        let element = document.elements.get(element).unwrap_or_default();
        tokens(&element, element.parent.map(|parent| document.elements.tag(parent)), |of, hash, _| {
            let token = token(of, hash);
            places.push(place(token, RANGES));
            places.push(place(token, range(level)));
        });
    }
}

#[cfg(test)]
mod tests {
    use super::is_telling;

    #[test]
    fn a_box_is_named_by_words() {
        assert!(["newsletter-signup", "related", "Über-uns"].into_iter().all(is_telling));
        assert!(!["f", "on", "col-md-4", "ebzsujn0", "--", ""].into_iter().any(is_telling));
    }
}
