//! The words that publishers name their boxes by, and the roles they tell of.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::block::Element;
use crate::error::Error;
use crate::verdict::Role;

/// A set of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RoleSet(u32);

impl RoleSet {
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
    roles: FxHashMap<Box<str>, RoleSet>,
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
        let mut roles: FxHashMap<Box<str>, RoleSet> = FxHashMap::default();
        for (name, words) in file {
            let role = Role::ALL.iter().find(|role| role.name() == name);
            let role = *role.ok_or_else(|| broken(format!("there is no role `{name}`")))?;
            for word in words {
                roles.entry(word.into()).or_default().add(RoleSet::of(role));
            }
        }
        Ok(TokenRoles { roles })
    }

    /// The roles that the names of an element tell of.
    pub fn roles_of(&self, element: &Element) -> RoleSet {
        let mut roles = RoleSet::default();
        for_each_token(element, |token| roles.add(self.role(token)));
        roles
    }

    /// The word among the names of an element that tells of `role`.
    pub fn token_for(&self, element: &Element, role: Role) -> Option<String> {
        let mut found = None;
        for_each_token(element, |token| {
            if found.is_none() && self.role(token).has(role) {
                found = Some(token.to_owned());
            }
        });
        found
    }

    fn role(&self, token: &str) -> RoleSet {
        self.roles.get(token).copied().unwrap_or_default()
    }
}

/// Calls `visit` with each word of an element's names, in lower case.
pub(crate) fn for_each_token(element: &Element, mut visit: impl FnMut(&str)) {
    let mut token = String::new();
    for name in
        [&element.class, &element.id, &element.role, &element.itemprop, &element.data_testid, &element.data_component]
    {
        let mut after_lower = false;
        for byte in name.bytes() {
            let splits = !byte.is_ascii_alphanumeric() || byte.is_ascii_uppercase() && after_lower;
            if splits && !token.is_empty() {
                visit(&token);
                token.clear();
            }
            if byte.is_ascii_alphanumeric() {
                token.push(char::from(byte.to_ascii_lowercase()));
            }
            after_lower = byte.is_ascii_lowercase() || byte.is_ascii_digit();
        }
        if !token.is_empty() {
            visit(&token);
            token.clear();
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
        for_each_token(&element, |token| tokens.push(token.to_owned()));
        assert_eq!(tokens, ["story", "body", "c", "related", "links", "x9"]);
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
