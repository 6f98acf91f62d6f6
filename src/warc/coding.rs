//! The codings of a body undone: the chunks it came in, and its compression.

use super::fault::BodyFault;
use crate::compression::{Codec, UnpackFault, Unpacker};

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
        if let Some(codec) = codec(&body, coding)? {
            body = unpacked(&body, codec, coding, max_bytes, ending)?;
        }
    }
    Ok(body)
}

/// What undoes a coding; `None` where there is nothing to undo.
fn codec(body: &[u8], coding: &str) -> Result<Option<Codec>, BodyFault> {
    let is_there = match coding {
        "gzip" | "x-gzip" => body.starts_with(&[0x1f, 0x8b]),
        "deflate" | "br" => !body.is_empty() && !is_markup(body),
        "zstd" => body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]),
        "compress" | "x-compress" | "dcb" | "dcz" => return Err(BodyFault::Unknown(coding.to_owned())),
        // The rest is no compression (`identity`, `utf-8`), or there is none left.
        _ => false,
    };
    Ok(if is_there { Codec::named(coding) } else { None })
}

fn is_markup(body: &[u8]) -> bool {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start().starts_with(b"<")
}

fn unpacked(body: &[u8], codec: Codec, coding: &str, max_bytes: u64, ending: Ending) -> Result<Vec<u8>, BodyFault> {
    let mut unpacker = Unpacker::new(Some(codec), max_bytes);
    let fault = match unpacker.push(body) {
        Err(UnpackFault::TooLarge) => return Err(BodyFault::TooLarge { limit: max_bytes }),
        _ if ending == Ending::Cut && !unpacker.body().is_empty() => return Ok(unpacker.into_part()),
        Err(_) => "its data are not what it says",
        Ok(()) => match unpacker.finish() {
            Ok(body) => return Ok(body),
            Err(_) => "its data end too early",
        },
    };
    Err(BodyFault::Compression { coding: coding.to_owned(), reason: fault.to_owned() })
}
