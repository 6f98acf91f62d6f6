//! The words that publishers name their boxes by, and the roles they tell of.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::block::{Element, WordHash, word_hash};
use crate::error::Error;
use crate::verdict::Role;

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

/// The roles that each word tells of, from `data/tokens.toml`.
#[derive(Debug, Default)]
pub struct TokenRoles {
    /// By the hash of the word.
    roles: FxHashMap<u64, RoleSet>,
}

impl TokenRoles {
    /// The words inside the program.
    #[expect(clippy::expect_used, reason = "the file is inside the program, and a test loads it")]
    pub(super) fn builtin() -> Self {
        Self::parse(include_str!("data/tokens.toml")).expect("tokens.toml is well-formed")
    }

    fn parse(toml: &str) -> Result<Self, Error> {
        let broken = |reason: String| Error::Knowledge { name: "tokens.toml".to_owned(), reason };
        let file: BTreeMap<String, Vec<String>> = toml::from_str(toml).map_err(|error| broken(error.to_string()))?;
        let mut roles: FxHashMap<u64, RoleSet> = FxHashMap::default();
        for (name, words) in file {
            let role = Role::ALL.iter().find(|role| role.name() == name);
            let role = *role.ok_or_else(|| broken(format!("there is no role `{name}`")))?;
            for word in words {
                roles.entry(word_hash(&word)).or_default().add(RoleSet::of(role));
            }
        }
        Ok(TokenRoles { roles })
    }

    /// The roles that the names of an element tell of.
    pub fn roles_of(&self, element: &Element) -> RoleSet {
        let mut roles = RoleSet::default();
        for_each_token(element, |hash, _| roles.add(self.role(hash)));
        roles
    }

    /// The word among the names of an element that tells of `role`.
    pub fn token_for(&self, element: &Element, role: Role) -> Option<String> {
        let mut found = None;
        for_each_token(element, |hash, token| {
            if found.is_none() && self.role(hash).has(role) {
                found = Some(token.to_ascii_lowercase());
            }
        });
        found
    }

    fn role(&self, token: u64) -> RoleSet {
        self.roles.get(&token).copied().unwrap_or_default()
    }
}

/// Calls `visit` with each word of an element's names: its hash in lower case, and the word as written.
pub(crate) fn for_each_token(element: &Element, mut visit: impl FnMut(u64, &str)) {
    for name in
        [&element.class, &element.id, &element.role, &element.itemprop, &element.data_testid, &element.data_component]
    {
        let (mut start, mut after_lower) = (0, false);
        let mut hash = WordHash::default();
        for (at, byte) in name.bytes().enumerate() {
            let splits = !byte.is_ascii_alphanumeric() || byte.is_ascii_uppercase() && after_lower;
            if splits {
                if start < at {
                    visit(std::mem::take(&mut hash).finish(), &name[start..at]);
                }
                start = at;
            }
            if byte.is_ascii_alphanumeric() {
                hash.add(byte | 0x20);
            } else {
                start = at + 1;
            }
            after_lower = byte.is_ascii_lowercase() || byte.is_ascii_digit();
        }
        if start < name.len() {
            visit(hash.finish(), &name[start..]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_at_hyphens_and_capitals() {
        let element = Element { class: "storyBody c-related_links".into(), id: "x9".into(), ..Element::default() };
        let mut tokens = Vec::new();
        for_each_token(&element, |_, token| tokens.push(token.to_owned()));
        assert_eq!(tokens, ["story", "Body", "c", "related", "links", "x9"]);
    }

    #[test]
    fn builtin_tokens_tell_of_roles() {
        let tokens = TokenRoles::builtin();
        let element = Element { class: "nl-box newsletterSignup".into(), ..Element::default() };
        assert!(tokens.roles_of(&element).has(Role::Newsletter));
        assert_eq!(tokens.token_for(&element, Role::Newsletter).as_deref(), Some("nl"));
        assert!(!tokens.roles_of(&element).has(Role::Comments));
    }
}
