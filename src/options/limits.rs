//! What a page may cost.

use std::time::Duration;

/// What a page may cost. Its bytes are bounded where it is read ([`FetchOptions::max_body_bytes`](super::FetchOptions::max_body_bytes)). Of a page beyond a
/// limit a part is left out, and its record says so (`truncated`); only the time ends it as a whole, by an error.
///
/// HTML inside of a page's data and of its `noscript` elements is read by itself, within the defaults.
///
/// Not to be set: JSON nested deeper than 128 is not read, and neither are more than 5,000 objects of structured data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Tags and texts that are read; default 2,000,000, more than a page of 10 MiB has that is no attack. The page ends
    /// there (`nodes`).
    pub max_nodes: usize,
    /// Elements that are open at once; default 512, as in browsers, and at most that. Deeper tags are left out, their
    /// text stays (`depth`).
    pub max_depth: usize,
    /// Attributes of one tag that are read, of the kinds that tell anything; default 24. Those behind are left out
    /// (`attributes`).
    pub max_attributes: usize,
    /// Bytes of an attribute; default 8 KiB. A longer one is left out (`attributes`); a picture in it is never read and
    /// never told of.
    pub max_attribute_bytes: usize,
    /// Blocks of a page; default 500,000. The page ends there (`blocks`).
    pub max_blocks: usize,
    /// Bytes of one JSON-LD script; default 1 MiB. A longer one is left out (`structured-data`).
    pub max_json_ld_bytes: usize,
    /// Bytes of one script of other data, which is looked into where the page shows no story; default 2 MiB. A longer
    /// one is left out (`page-data`).
    pub max_page_data_bytes: usize,
    /// Time to cut a page into blocks; default 20 s, a hundred times what 10 MiB take. Judging takes as long again at
    /// most, as [`Limits::max_blocks`] bounds it. Beyond, the page is an error. It holds for the program, and for
    /// callers of [`segment_within`](crate::segment::segment_within), who bring the clock.
    pub max_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_nodes: 2_000_000,
            max_depth: 512,
            max_attributes: 24,
            max_attribute_bytes: 8 * 1024,
            max_blocks: 500_000,
            max_json_ld_bytes: 1024 * 1024,
            max_page_data_bytes: 2 * 1024 * 1024,
            max_time: Duration::from_secs(20),
        }
    }
}
