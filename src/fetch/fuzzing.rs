//! What the fuzz targets reach of this module.

use reqwest::header::{CONTENT_ENCODING, HeaderMap, HeaderValue};
use url::Url;

use super::decompress::Decompressor;
use super::robots::{Access, Rules};
use super::visit::Small;
use crate::error::PageErrorKind;

/// A body that comes in pieces of this many bytes, decompressed: what there is of it, and what went wrong.
pub fn decompress(encoding: &str, body: &[u8], piece_bytes: usize, limit: u64) -> (Vec<u8>, Result<(), PageErrorKind>) {
    let headers: HeaderMap =
        HeaderValue::from_str(encoding).map(|value| (CONTENT_ENCODING, value)).into_iter().collect();
    let mut decompressor = match Decompressor::of(&headers, limit) {
        Ok(decompressor) => decompressor,
        Err(error) => return (Vec::new(), Err(error)),
    };
    let pushed = body.chunks(piece_bytes.max(1)).try_for_each(|piece| decompressor.push(piece));
    match pushed {
        Ok(()) => {
            let part = decompressor.body().to_vec();
            (part, decompressor.finish().map(drop))
        }
        Err(error) => (decompressor.into_part(), Err(error)),
    }
}

/// Whether a robots.txt lets `page` be asked for, and the time between requests in seconds that it asks for.
pub fn robots(body: &[u8], page: &Url) -> (bool, Option<f64>) {
    let answer = Small { last: page.clone(), status: 200, body: body.to_vec(), retry_after: None };
    let Ok(rules) = Rules::of(&answer, "cleancopy") else { return (false, None) };
    (matches!(rules.access(page), Access::Allowed), rules.crawl_delay().map(|delay| delay.as_secs_f64()))
}
