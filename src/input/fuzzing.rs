//! What the fuzz targets reach of this module.

use std::io::Cursor;

use super::jsonl::Records;
use super::{Job, Reading, Work};
use crate::error::PageErrorKind;
use crate::page::RawPage;

/// The pages of the lines of a JSON Lines file.
pub fn records(file: Vec<u8>, reading: &Reading) -> impl Iterator<Item = Result<RawPage, PageErrorKind>> {
    Records::new("records.jsonl".to_owned(), 0, reading.max_bytes, Box::new(Cursor::new(file))).filter_map(|job| {
        let Job { source, work, .. } = job;
        match work {
            Work::Open(local) => Some(local.open(source, reading)),
            Work::Failed(error) => Some(Err(error)),
            Work::Fetch(_) => None,
        }
    })
}
