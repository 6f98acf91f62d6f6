//! The codings of a body undone: the chunks it came in, and its compression.

use std::io::{self, Read};

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::fault::BodyFault;

/// Codings that a `Content-Encoding` may name, in a chain at most: more is an attack.
const MAX_CODINGS: usize = 4;

/// What is done about a body that ends early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// It is an error.
    Whole,
    /// The record says that it was cut: what there is will do.
    Cut,
}

/// The body without its chunks. One that is not stored in chunks, whatever its head says, stays as it is: many archives
/// keep the header and not the chunks.
pub(super) fn without_chunks(body: &[u8], ending: Ending) -> Result<Vec<u8>, BodyFault> {
    let mut whole = Vec::new();
    let mut rest = body;
    loop {
        let Some((size, chunk)) = chunk(rest) else {
            return match ending {
                _ if rest.len() == body.len() => Ok(body.to_vec()),
                Ending::Cut => Ok(whole),
                Ending::Whole => Err(BodyFault::Chunks),
            };
        };
        if size == 0 {
            return Ok(whole);
        }
        let Some((data, behind)) = chunk.split_at_checked(size) else {
            whole.extend_from_slice(chunk);
            return if ending == Ending::Cut { Ok(whole) } else { Err(BodyFault::Chunks) };
        };
        whole.extend_from_slice(data);
        rest = behind.strip_prefix(b"\r\n").or_else(|| behind.strip_prefix(b"\n")).unwrap_or(behind);
    }
}

/// The size of a chunk and what stands behind the line that says it.
fn chunk(bytes: &[u8]) -> Option<(usize, &[u8])> {
    /// The longest line, in bytes: the size, and extensions that no one uses.
    const MAX_LINE_BYTES: usize = 1024;
    let end = memchr::memchr(b'\n', &bytes[..bytes.len().min(MAX_LINE_BYTES)])?;
    let line = std::str::from_utf8(&bytes[..end]).ok()?;
    let size = line.split(';').next()?.trim();
    let is_number = !size.is_empty() && size.bytes().all(|byte| byte.is_ascii_hexdigit());
    let size = if is_number { usize::from_str_radix(size, 16).ok()? } else { return None };
    Some((size, &bytes[end + 1..]))
}

/// The body decompressed as `Content-Encoding` says, the last coding first. What is not compressed, whatever the header
/// says, stays as it is.
///
/// # Errors
/// [`BodyFault::TooLarge`] beyond `max_bytes`, [`BodyFault::Compression`] and [`BodyFault::Unknown`].
pub(super) fn decompressed(
    mut body: Vec<u8>,
    encodings: &str,
    max_bytes: u64,
    ending: Ending,
) -> Result<Vec<u8>, BodyFault> {
    let codings: Vec<String> = encodings.split(',').map(|coding| coding.trim().to_ascii_lowercase()).collect();
    if codings.len() > MAX_CODINGS {
        return Err(BodyFault::Unknown(format!("{} codings", codings.len())));
    }
    for coding in codings.iter().rev() {
        let undone = decoder(&body, coding)?.map(|decoder| read(decoder, coding, max_bytes, ending));
        if let Some(undone) = undone {
            body = undone?;
        }
    }
    Ok(body)
}

/// What undoes a coding; `None` where there is nothing to undo.
fn decoder<'a>(body: &'a [u8], coding: &str) -> Result<Option<Box<dyn Read + 'a>>, BodyFault> {
    let decoder: Box<dyn Read + 'a> = match coding {
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => Box::new(MultiGzDecoder::new(body)),
        "deflate" if is_zlib(body) => Box::new(ZlibDecoder::new(body)),
        "deflate" if !is_markup(body) => Box::new(DeflateDecoder::new(body)),
        "br" if !is_markup(body) => Box::new(brotli_decompressor::Decompressor::new(body, 4096)),
        "zstd" if body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => Box::new(zstd_decoder(body)?),
        "compress" | "x-compress" | "dcb" | "dcz" => return Err(BodyFault::Unknown(coding.to_owned())),
        // The rest is no compression (`identity`, `utf-8`), or there is none left.
        _ => return Ok(None),
    };
    Ok(Some(decoder).filter(|_| !body.is_empty()))
}

fn zstd_decoder(body: &[u8]) -> Result<impl Read, BodyFault> {
    zstd::Decoder::with_buffer(body).map_err(|error| broken("zstd", &error))
}

/// Whether a body begins as zlib's format does (RFC 1950, 2.2).
fn is_zlib(body: &[u8]) -> bool {
    matches!(body, [method, flags, ..] if method & 0x0f == 8 && u16::from_be_bytes([*method, *flags]).is_multiple_of(31))
}

fn is_markup(body: &[u8]) -> bool {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start().starts_with(b"<")
}

fn read(decoder: impl Read, coding: &str, max_bytes: u64, ending: Ending) -> Result<Vec<u8>, BodyFault> {
    let mut body = Vec::new();
    let read = decoder.take(max_bytes.saturating_add(1)).read_to_end(&mut body);
    if body.len() as u64 > max_bytes {
        return Err(BodyFault::TooLarge { limit: max_bytes });
    }
    match read {
        Err(error) if ending == Ending::Whole || body.is_empty() => Err(broken(coding, &error)),
        _ => Ok(body),
    }
}

fn broken(coding: &str, error: &io::Error) -> BodyFault {
    BodyFault::Compression { coding: coding.to_owned(), reason: error.to_string() }
}
