//! The words that publishers name their boxes by, and the roles they tell of.

use rustc_hash::FxHashMap;

use crate::block::{Element, name_word};
use crate::verdict::Role;

// `TOKENS`: the hash of each word of `data/tokens.toml`, and a role that it tells of.
include!(concat!(env!("OUT_DIR"), "/tokens.rs"));

/// A set of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RoleSet(u32);

impl RoleSet {
    /// The set without a role.
    pub const NONE: RoleSet = RoleSet(0);

    /// The set with `role` alone.
    pub fn of(role: Role) -> Self {
        RoleSet(1 << role as u32)
    }

    /// Whether `role` is in the set.
    pub fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u32) != 0
    }

    /// Whether no role is in the set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Adds the roles of another set.
    pub fn add(&mut self, other: RoleSet) {
        self.0 |= other.0;
    }
}

/// Bits of the table of words.
const BITS: usize = 1 << 14;

/// The roles that each word tells of, from `data/tokens.toml`.
#[derive(Debug, Default)]
pub struct TokenRoles {
    /// The words as bits: most names are none of them. Two words may share a bit.
    table: Box<[u64]>,
    /// By the hash of the word.
    roles: FxHashMap<u64, RoleSet>,
}

impl TokenRoles {
    /// The words inside the program.
    pub(super) fn builtin() -> Self {
        let mut table = vec![0; BITS / 64];
        let mut roles: FxHashMap<u64, RoleSet> = FxHashMap::default();
        for (word, role) in TOKENS {
            table[bit(*word) / 64] |= 1 << (bit(*word) % 64);
            roles.entry(*word).or_default().add(RoleSet::of(*role));
        }
        TokenRoles { table: table.into(), roles }
    }

    /// The word among the names of an element that tells of `role`.
    pub fn token_for(&self, element: &Element<'_>, role: Role) -> Option<String> {
        let mut found = None;
        for_each_token(element, |hash, token| {
            if found.is_none() && self.role(hash).has(role) {
                found = Some(token.to_ascii_lowercase());
            }
        });
        found
    }

    /// The roles that a word tells of, by its hash.
    pub(crate) fn role(&self, token: u64) -> RoleSet {
        let may_tell = self.table.get(bit(token) / 64).is_some_and(|bits| bits & (1 << (bit(token) % 64)) != 0);
        if may_tell { self.roles.get(&token).copied().unwrap_or_default() } else { RoleSet::NONE }
    }
}

fn bit(hash: u64) -> usize {
    (hash >> (64 - BITS.trailing_zeros())) as usize
}

/// Calls `visit` with each word of an element's names: its hash in lower case, and the word as written.
pub(crate) fn for_each_token(element: &Element<'_>, mut visit: impl FnMut(u64, &str)) {
    for name in [element.class, element.id, element.role, element.itemprop, element.data_testid, element.data_component]
    {
        for_each_word(name, &mut visit);
    }
}

fn for_each_word(name: &str, visit: &mut impl FnMut(u64, &str)) {
    let bytes = name.as_bytes();
    let mut start = 0;
    while let Some(byte) = bytes.get(start) {
        if !byte.is_ascii_alphanumeric() {
            start += 1;
            continue;
        }
        let (hash, end) = name_word(bytes, start);
        visit(hash, &name[start..end]);
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::word_hash;

    #[test]
    fn names_are_cut_at_hyphens_and_capitals() {
        let element = Element { class: "storyBody c-related_links", id: "x9", ..Element::default() };
        let mut tokens = Vec::new();
        for_each_token(&element, |_, token| tokens.push(token.to_owned()));
        assert_eq!(tokens, ["story", "Body", "c", "related", "links", "x9"]);
    }

    #[test]
    fn words_of_names_are_hashed_as_others_are_in_lower_case() {
        let element = Element { class: "NewsletterSignupBox IPAddress12345678x é", ..Element::default() };
        let mut words = Vec::new();
        for_each_token(&element, |hash, token| {
            assert_eq!(hash, word_hash(token.to_ascii_lowercase()), "{token}");
            words.push(token.to_owned());
        });
        assert_eq!(words, ["Newsletter", "Signup", "Box", "IPAddress12345678x"]);
    }

    #[test]
    fn builtin_tokens_tell_of_roles() {
        let tokens = TokenRoles::builtin();
        let element = Element { class: "nl-box newsletterSignup", ..Element::default() };
        assert_eq!(tokens.token_for(&element, Role::Newsletter).as_deref(), Some("nl"));
        assert_eq!(tokens.token_for(&element, Role::Comments), None);
    }
}
