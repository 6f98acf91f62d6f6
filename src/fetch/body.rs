//! The bytes of an answer, up to the limit.

use std::time::Duration;

use reqwest::Response;

use super::content_type::ContentType;
use super::decompress::Decompressor;
use super::pace::Pace;
use super::trail::Trail;
use super::{fault, sniff};
use crate::error::PageErrorKind;
use crate::exchange::Completeness;
use crate::page::PageFormat;

/// Bytes of a body that is kept though it is no page: of a redirect, of a 404.
const MAX_ASIDE_BYTES: u64 = 1024 * 1024;

/// Time for such a body. The page does not wait any longer for it.
const MAX_ASIDE_TIME: Duration = Duration::from_secs(5);

/// A body on its way.
struct Body<'a> {
    response: Response,
    pace: Pace,
    trail: &'a mut Trail,
    /// Bytes that came.
    came: u64,
    /// How complete the body would be if no more of it were read.
    completeness: Completeness,
}

/// Whether a body goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    Within,
    End,
}

/// The body, decompressed and whole, and its format.
///
/// # Errors
/// `TooLarge` as soon as it holds more than `max_bytes`, `TooSlow` as soon as it comes at less than `min_rate` bytes a
/// second, `ContentType` as soon as its head is seen to be no page, `Body` where it breaks off.
pub(super) async fn read_page(
    response: Response,
    trail: &mut Trail,
    content_type: &ContentType,
    max_bytes: u64,
    min_rate: u64,
) -> Result<(Vec<u8>, PageFormat), PageErrorKind> {
    let mut decompressor = Decompressor::of(response.headers(), max_bytes)?;
    let mut body = Body::new(response, trail, min_rate);
    let result = async {
        body.announce(&mut decompressor)?;
        let format = match body.fill(&mut decompressor, sniff::HEAD_BYTES as u64).await? {
            Progress::Within => {
                let format = content_type.format(&decompressor.body()[..sniff::HEAD_BYTES])?;
                body.fill(&mut decompressor, u64::MAX).await?;
                Some(format)
            }
            Progress::End => None,
        };
        let bytes = decompressor.finish()?;
        let format = match format {
            Some(format) => format,
            None => content_type.format(&bytes[..bytes.len().min(sniff::HEAD_BYTES)])?,
        };
        Ok((bytes, format))
    }
    .await;
    body.close();
    result
}

/// The body, decompressed: the first `max_bytes` of it. The rest is left.
///
/// # Errors
/// `TooSlow` and `Body`, as above.
pub(super) async fn read_start(
    response: Response,
    trail: &mut Trail,
    max_bytes: usize,
    min_rate: u64,
) -> Result<Vec<u8>, PageErrorKind> {
    let mut decompressor = Decompressor::of(response.headers(), max_bytes as u64)?;
    let mut body = Body::new(response, trail, min_rate);
    let result = body.fill(&mut decompressor, max_bytes as u64).await;
    body.close();
    match result {
        Ok(Progress::End) => decompressor.finish(),
        Ok(Progress::Within) | Err(PageErrorKind::TooLarge { .. }) => Ok(decompressor.into_part()),
        Err(kind) => Err(kind),
    }
}

/// Keeps the body of an answer that is no page, where bodies are kept, and as much of it as comes soon.
pub(super) async fn read_aside(response: Response, trail: &mut Trail, max_bytes: u64) {
    if trail.body().is_none() {
        return;
    }
    let mut body = Body::new(response, trail, 0);
    // Nothing is made of what it holds.
    let mut plain = Decompressor::plain(max_bytes.min(MAX_ASIDE_BYTES));
    if tokio::time::timeout(MAX_ASIDE_TIME, body.fill(&mut plain, u64::MAX)).await.is_err() {
        body.completeness = Completeness::CutByTime;
    }
    body.close();
}

impl<'a> Body<'a> {
    fn new(response: Response, trail: &'a mut Trail, min_rate: u64) -> Self {
        // What stands if the page's time runs out meanwhile.
        trail.close(Completeness::CutByTime);
        Body { response, pace: Pace::new(min_rate), trail, came: 0, completeness: Completeness::CutByLength }
    }

    /// Takes the server at its word where it says how much is to come.
    fn announce(&mut self, decompressor: &mut Decompressor) -> Result<(), PageErrorKind> {
        let announced = self.response.content_length().unwrap_or(0);
        if announced > decompressor.wire_limit() {
            return Err(decompressor.too_large());
        }
        decompressor.reserve(announced);
        Ok(())
    }

    /// Reads until there are `min_bytes` of it or it ends.
    async fn fill(&mut self, decompressor: &mut Decompressor, min_bytes: u64) -> Result<Progress, PageErrorKind> {
        while (decompressor.body().len() as u64) < min_bytes {
            if self.read_chunk(decompressor).await? == Progress::End {
                return Ok(Progress::End);
            }
        }
        Ok(Progress::Within)
    }

    async fn read_chunk(&mut self, decompressor: &mut Decompressor) -> Result<Progress, PageErrorKind> {
        let chunk = self.pace.wait(self.response.chunk()).await.inspect_err(|_| {
            self.completeness = Completeness::CutByTime;
        })?;
        let chunk = chunk.map_err(|error| {
            self.completeness = Completeness::CutByDisconnect;
            fault::of_body(&error)
        })?;
        let Some(chunk) = chunk else {
            self.completeness = Completeness::Whole;
            return Ok(Progress::End);
        };
        self.pace.count(chunk.len());
        let room = decompressor.wire_limit().saturating_sub(self.came);
        self.came += chunk.len() as u64;
        if let Some(kept) = self.trail.body() {
            kept.extend_from_slice(&chunk[..chunk.len().min(room as usize)]);
        }
        decompressor.push(&chunk)?;
        if chunk.len() as u64 > room {
            return Err(decompressor.too_large());
        }
        Ok(Progress::Within)
    }

    fn close(self) {
        self.trail.close(self.completeness);
    }
}
