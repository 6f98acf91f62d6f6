//! The bytes of an answer, up to the limit.

use reqwest::Response;
use reqwest::header::{CONTENT_ENCODING, HeaderMap};

use super::content_type::ContentType;
use super::{fault, sniff};
use crate::error::PageErrorKind;
use crate::page::PageFormat;

/// Room that is made on the server's word alone; more grows as it comes.
const MAX_RESERVED_BYTES: u64 = 1024 * 1024;

/// Compressions that some servers use and that are not undone here, alone or in a list. Other values of the header are
/// a server's error (`utf-8`, `none`) and mean nothing.
const COMPRESSIONS: [&str; 9] = ["gzip", "x-gzip", "deflate", "br", "zstd", "compress", "x-compress", "dcb", "dcz"];

/// The body, decompressed and whole, and its format.
///
/// # Errors
/// `TooLarge` as soon as it holds more than `max_bytes`, `ContentType` as soon as its head is seen to be no page, `Body`
/// where it breaks off.
pub(super) async fn read(
    mut response: Response,
    content_type: &ContentType,
    max_bytes: u64,
) -> Result<(Vec<u8>, PageFormat), PageErrorKind> {
    check_compression(response.headers())?;
    // Known for a body that is not compressed alone.
    let announced = response.content_length().unwrap_or(0);
    if announced > max_bytes {
        return Err(PageErrorKind::TooLarge { limit: max_bytes });
    }
    let mut body = Vec::with_capacity(announced.min(MAX_RESERVED_BYTES) as usize);
    while body.len() < sniff::HEAD_BYTES && read_chunk(&mut response, &mut body, max_bytes).await?.is_some() {}
    let format = content_type.format(&body[..body.len().min(sniff::HEAD_BYTES)])?;
    while read_chunk(&mut response, &mut body, max_bytes).await?.is_some() {}
    Ok((body, format))
}

/// Appends the next chunk; `None` at the end.
async fn read_chunk(response: &mut Response, body: &mut Vec<u8>, max_bytes: u64) -> Result<Option<()>, PageErrorKind> {
    let Some(chunk) = response.chunk().await.map_err(|error| fault::of_body(&error))? else { return Ok(None) };
    if (body.len() + chunk.len()) as u64 > max_bytes {
        return Err(PageErrorKind::TooLarge { limit: max_bytes });
    }
    body.extend_from_slice(&chunk);
    Ok(Some(()))
}

/// The client takes the header away where it undid the compression, so what is left was not.
fn check_compression(headers: &HeaderMap) -> Result<(), PageErrorKind> {
    for value in headers.get_all(CONTENT_ENCODING) {
        let value = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
        if value.split(',').any(|name| COMPRESSIONS.contains(&name.trim())) {
            return Err(PageErrorKind::Body(format!("it is compressed in a way that cannot be undone ({value})")));
        }
    }
    Ok(())
}
