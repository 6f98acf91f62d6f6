//! The four compressions of the web, a step at a time.

use brotli_decompressor::{BrotliDecompressStream, BrotliResult, BrotliState, StandardAlloc};
use flate2::{Decompress, FlushDecompress, Status};
use zstd::stream::raw::{DParameter, Decoder as ZstdDecoder, InBuffer, Operation, OutBuffer};

/// Members of one gzip file that are read: each costs as much as some kilobytes of text, so a file of nothing but empty
/// ones would keep a processor busy. Block gzip has one for each 64 kB.
const MAX_MEMBERS: usize = 10_000;

/// The largest window of zstd that a server may ask for: 2^23 bytes (RFC 9659).
const ZSTD_WINDOW_LOG: u32 = 23;

/// The largest window of deflate, as power of two.
const DEFLATE_WINDOW_LOG: u8 = 15;

/// The first byte of a member of gzip (RFC 1952, section 2.3.1).
const GZIP_MAGIC: u8 = 0x1F;

/// The first bytes of a frame of zstd, little-endian (RFC 8878, section 3.1): one of data, one to skip.
const ZSTD_MAGIC: u8 = 0x28;
const ZSTD_SKIPPABLE: std::ops::RangeInclusive<u8> = 0x50..=0x5F;

/// The data are not what their name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Broken;

/// What one step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    /// Bytes of the input that were read.
    pub(super) consumed: usize,
    /// Bytes of the output that were written.
    pub(super) produced: usize,
    pub(super) place: Place,
}

/// Where in the compressed data one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing of them has come.
    Start,
    /// In the midst of them.
    Within,
    /// Where they may end.
    End,
    /// Behind their end, in bytes that are no data.
    Padding,
}

/// A compression that is being undone.
pub(crate) enum Codec {
    Gzip { inflate: Decompress, members: usize },
    Deflate(Deflate),
    Brotli(Box<BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>>),
    Zstd(ZstdDecoder<'static>),
}

/// `deflate` is zlib by the standard (RFC 9110, section 8.4.1.2), and bare deflate with servers that read its name and
/// no more. The first two bytes tell.
pub(crate) enum Deflate {
    Unknown(Option<u8>),
    Known(Decompress),
}

impl Codec {
    /// The one of this name of `Content-Encoding`, in lower case.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "gzip" | "x-gzip" => Some(Codec::Gzip { inflate: Decompress::new_gzip(DEFLATE_WINDOW_LOG), members: 1 }),
            "deflate" => Some(Codec::Deflate(Deflate::Unknown(None))),
            // Without the large windows of a gigabyte that are no part of what HTTP calls `br` (RFC 7932).
            "br" => {
                let alloc = StandardAlloc::default;
                Some(Codec::Brotli(Box::new(BrotliState::new_strict(alloc(), alloc(), alloc()))))
            }
            "zstd" => {
                let mut decoder = ZstdDecoder::new().ok()?;
                decoder.set_parameter(DParameter::WindowLogMax(ZSTD_WINDOW_LOG)).ok()?;
                Some(Codec::Zstd(decoder))
            }
            _ => None,
        }
    }

    /// Reads some of `input` and writes some of what it stands for.
    pub(super) fn step(&mut self, input: &[u8], output: &mut [u8]) -> Result<Step, Broken> {
        match self {
            Codec::Gzip { inflate, .. } => inflate_step(inflate, input, output),
            Codec::Deflate(deflate) => deflate.step(input, output),
            Codec::Brotli(state) => brotli_step(state, input, output),
            Codec::Zstd(decoder) => zstd_step(decoder, input, output),
        }
    }

    /// Goes on behind a place where the data may end, if what follows begins a further piece of them. Other bytes there
    /// are padding, which browsers leave alone.
    pub(super) fn resume(&mut self, next: u8) -> Result<Place, Broken> {
        match self {
            Codec::Gzip { inflate, members } if next == GZIP_MAGIC => {
                *members += 1;
                if *members > MAX_MEMBERS {
                    return Err(Broken);
                }
                *inflate = Decompress::new_gzip(DEFLATE_WINDOW_LOG);
                Ok(Place::Within)
            }
            Codec::Zstd(decoder) if next == ZSTD_MAGIC || ZSTD_SKIPPABLE.contains(&next) => {
                decoder.reinit().map_err(|_| Broken)?;
                Ok(Place::Within)
            }
            _ => Ok(Place::Padding),
        }
    }
}

impl Deflate {
    fn step(&mut self, input: &[u8], output: &mut [u8]) -> Result<Step, Broken> {
        let first = match self {
            Deflate::Known(inflate) => return inflate_step(inflate, input, output),
            Deflate::Unknown(first) => *first,
        };
        let (start, consumed) = match (first, input) {
            (None, [first]) => {
                *self = Deflate::Unknown(Some(*first));
                return Ok(Step { consumed: 1, produced: 0, place: Place::Within });
            }
            (None, [first, second, ..]) => ([*first, *second], 2),
            (Some(first), [second, ..]) => ([first, *second], 1),
            (_, []) => return Ok(Step { consumed: 0, produced: 0, place: Place::Within }),
        };
        let mut inflate = Decompress::new(is_zlib(start));
        let step = inflate_step(&mut inflate, &start, output)?;
        *self = Deflate::Known(inflate);
        Ok(Step { consumed, ..step })
    }
}

/// Whether these bytes are a header of zlib (RFC 1950, section 2.2).
fn is_zlib([method, flags]: [u8; 2]) -> bool {
    method & 0x0F == 8 && method >> 4 <= 7 && (u16::from(method) << 8 | u16::from(flags)).is_multiple_of(31)
}

fn inflate_step(inflate: &mut Decompress, input: &[u8], output: &mut [u8]) -> Result<Step, Broken> {
    let (read, written) = (inflate.total_in(), inflate.total_out());
    let status = inflate.decompress(input, output, FlushDecompress::None).map_err(|_| Broken)?;
    Ok(Step {
        consumed: (inflate.total_in() - read) as usize,
        produced: (inflate.total_out() - written) as usize,
        place: if status == Status::StreamEnd { Place::End } else { Place::Within },
    })
}

fn brotli_step(
    state: &mut BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>,
    input: &[u8],
    output: &mut [u8],
) -> Result<Step, Broken> {
    let (mut to_read, mut consumed) = (input.len(), 0);
    let (mut room, mut produced, mut total) = (output.len(), 0, 0);
    let result =
        BrotliDecompressStream(&mut to_read, &mut consumed, input, &mut room, &mut produced, output, &mut total, state);
    let place = match result {
        BrotliResult::ResultSuccess => Place::End,
        BrotliResult::NeedsMoreInput | BrotliResult::NeedsMoreOutput => Place::Within,
        BrotliResult::ResultFailure => return Err(Broken),
    };
    Ok(Step { consumed, produced, place })
}

fn zstd_step(decoder: &mut ZstdDecoder<'static>, input: &[u8], output: &mut [u8]) -> Result<Step, Broken> {
    let mut source = InBuffer::around(input);
    let mut target = OutBuffer::around(output);
    let hint = decoder.run(&mut source, &mut target).map_err(|_| Broken)?;
    let place = if hint == 0 { Place::End } else { Place::Within };
    Ok(Step { consumed: source.pos(), produced: target.pos(), place })
}
