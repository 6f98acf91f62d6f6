//! How a page is known.

use sha1::{Digest, Sha1};
use url::Url;

use crate::page::public;

/// Names with one hash, at the most. Two among ten million have one chance in 200,000; a third is not to be thought of.
const SAME_HASH: i64 = 4;

/// What tells a page from the others of a crawl.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageKey {
    name: String,
    id: i64,
}

impl PageKey {
    /// The key of an address: without its fragment, which no server sees, and without user name and password.
    pub fn of_url(url: &Url) -> PageKey {
        PageKey::new(public(url).into())
    }

    /// The key of a source that is no address.
    pub fn of_source(name: &str) -> PageKey {
        PageKey::new(name.to_owned())
    }

    fn new(name: String) -> PageKey {
        let digest = Sha1::digest(name.as_bytes());
        let mut head = [0; 8];
        head.copy_from_slice(&digest[..8]);
        // Room for the ids that follow, and no sign.
        PageKey { name, id: (i64::from_be_bytes(head) & i64::MAX).min(i64::MAX - SAME_HASH) }
    }

    /// The address or source.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// 63 bits that two keys share by chance alone: once among many millions of lists.
    pub fn hash(&self) -> i64 {
        self.id
    }

    /// The ids it may have in the database.
    pub(super) fn ids(&self) -> impl Iterator<Item = i64> {
        self.id..self.id + SAME_HASH
    }

    #[cfg(test)]
    pub(super) fn with_hash_of(mut self, other: &PageKey) -> PageKey {
        self.id = other.id;
        self
    }

    /// The host of a name that is an address.
    pub(super) fn host_of(name: &str) -> Option<&str> {
        let rest = name.strip_prefix("https://").or_else(|| name.strip_prefix("http://"))?;
        let authority = rest.split(['/', '?']).next()?;
        match authority.strip_prefix('[') {
            Some(v6) => v6.split(']').next(),
            None => authority.split(':').next(),
        }
    }
}
