//! `data/tokens.toml` as a table: each name's hash and what it tells of.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use crate::UNREAD;
use crate::hash::word_hash;
use crate::verdict::Role;

/// The code of the table.
pub fn table(path: &Path) -> Result<String, String> {
    let broken = |reason: String| format!("{}: {reason}", path.display());
    let file: BTreeMap<String, Vec<String>> =
        toml::from_str(&crate::read(path)?).map_err(|error| broken(error.to_string()))?;
    let mut code = format!("{UNREAD}static TOKENS: &[(u64, Role)] = &[\n");
    for (name, words) in file {
        let role = Role::ALL.iter().find(|role| role.name() == name);
        let role = role.ok_or_else(|| broken(format!("there is no role `{name}`")))?;
        for word in words {
            let _ = writeln!(code, "({:#x}, Role::{role:?}),", word_hash(&word));
        }
    }
    code.push_str("];\n");
    Ok(code)
}
