//! The bytes of a file, decompressed member by member: gzip's members, Zstandard's frames, or the file as it is.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

use super::fault::{Fault, Place};
use super::raw::Raw;

/// Bytes that are decompressed at once.
const CHUNK_BYTES: usize = 16 * 1024;
/// The largest dictionary that is read, in bytes. Those in use have up to 1 MB.
const MAX_DICTIONARY_BYTES: u64 = 64 * 1024 * 1024;
/// The first bytes of a Zstandard frame (RFC 8878, 3.1.1).
const ZSTD_MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// The first bytes of the frame that holds the dictionary of the file ("WARC file compression with Zstandard", IIPC).
const DICTIONARY_MAGIC: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];
/// How often a byte may be put back, on average over the file.
const MAX_TIMES_PUT_BACK: u64 = 8;
/// Bytes that tell whether a record begins.
pub(super) const HEAD_BYTES: usize = 9;

/// What stands behind a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Behind {
    /// Another one.
    Member,
    /// Nothing: the file ends.
    End,
}

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    Plain,
    Gzip,
    Zstd,
}

enum Codec<R: BufRead> {
    /// Nothing was read yet.
    New(Raw<R>),
    Plain(Raw<R>),
    Gzip(Box<GzDecoder<Raw<R>>>),
    Zstd(Box<zstd::Decoder<'static, Raw<R>>>),
    /// Behind a member, where no other begins.
    Lost(Raw<R>),
    Ended,
}

/// A file's bytes, decompressed.
pub(super) struct Unpacked<R: BufRead> {
    codec: Codec<R>,
    packing: Packing,
    dictionary: Vec<u8>,
    /// What is decompressed at once.
    chunk: Box<[u8]>,
    buffer: Vec<u8>,
    /// Where the next byte stands in `buffer`.
    at: usize,
    /// Bytes that were decompressed and read so far.
    position: u64,
    /// The offset of the member in the file.
    member_offset: u64,
    /// The position of its first byte.
    member_position: u64,
    /// Bytes put back so far.
    put_back: u64,
}

impl<R: BufRead> Unpacked<R> {
    /// The bytes of `reader`, which stands at the file's start. How they are packed is told from the first ones.
    pub(super) fn new(reader: R) -> Self {
        Unpacked {
            codec: Codec::New(Raw::new(reader)),
            packing: Packing::Plain,
            dictionary: Vec::new(),
            chunk: vec![0; CHUNK_BYTES].into_boxed_slice(),
            buffer: Vec::new(),
            at: 0,
            position: 0,
            member_offset: 0,
            member_position: 0,
            put_back: 0,
        }
    }

    /// The place of the next byte.
    pub(super) fn place(&self) -> Place {
        let ahead = self.position - self.member_position;
        match self.packing {
            Packing::Plain => Place { offset: self.position, unpacked: None },
            _ => Place { offset: self.member_offset, unpacked: (ahead > 0).then_some(ahead) },
        }
    }

    /// The next bytes; none at the end of a member.
    ///
    /// # Errors
    /// [`Fault::Compression`] and [`Fault::Read`].
    pub(super) fn fill(&mut self) -> Result<&[u8], Fault> {
        if self.at == self.buffer.len() {
            self.pull()?;
        }
        Ok(&self.buffer[self.at..])
    }

    /// The next bytes of the member, `count` where there are as many.
    pub(super) fn peek(&mut self, count: usize) -> Result<&[u8], Fault> {
        while self.buffer.len() - self.at < count && self.pull()? > 0 {}
        let end = self.buffer.len().min(self.at + count);
        Ok(&self.buffer[self.at..end])
    }

    /// Whether a record begins here.
    pub(super) fn begins_record(&mut self) -> Result<bool, Fault> {
        Ok(begins_record(self.peek(HEAD_BYTES)?))
    }

    /// Goes on by as many bytes of those that were filled.
    pub(super) fn consume(&mut self, count: usize) {
        let count = count.min(self.buffer.len() - self.at);
        self.at += count;
        self.position += count as u64;
    }

    /// Puts bytes that were just read back, so that they come again. `false` where they are of an earlier member, or too
    /// many were put back already: a file that is made for it would be read for ever.
    pub(super) fn put_back(&mut self, bytes: &[u8]) -> bool {
        let count = bytes.len() as u64;
        let is_too_much = self.put_back + count > MAX_TIMES_PUT_BACK * self.position;
        if is_too_much || count > self.position - self.member_position {
            return false;
        }
        self.put_back += count;
        self.position -= count;
        self.buffer.splice(..self.at, bytes.iter().copied());
        self.at = 0;
        true
    }

    /// Goes on to the next member when all of this one was read.
    ///
    /// # Errors
    /// [`Fault::NoRecord`] where there is neither a member nor the end; [`Unpacked::recover`] goes on from there.
    pub(super) fn next_member(&mut self) -> Result<Behind, Fault> {
        if self.packing == Packing::Plain || matches!(self.codec, Codec::Ended) {
            return Ok(Behind::End);
        }
        let Some(raw) = self.take_raw() else { return Ok(Behind::End) };
        self.start_member(raw)
    }

    /// Leaves a broken member and goes on to the next one that holds a record. The broken one is searched too, as far
    /// back as is kept: what a decoder took for its content may be the next one.
    ///
    /// # Errors
    /// [`Fault::Read`].
    pub(super) fn recover(&mut self) -> Result<Behind, Fault> {
        let (first, begins): (u8, fn(&[u8]) -> bool) = match self.packing {
            Packing::Plain => return Ok(Behind::End),
            Packing::Gzip => (0x1f, begins_simple_member),
            Packing::Zstd => (ZSTD_MAGIC[0], begins_frame),
        };
        self.buffer.clear();
        self.at = 0;
        let Some(mut raw) = self.take_raw() else { return Ok(Behind::End) };
        if raw.is_broken() {
            return Ok(Behind::End);
        }
        let mut left = self.member_offset;
        loop {
            raw.go_back_to(left + 1);
            if raw.offset() <= left {
                // The decoder took nothing of it: the same place would be found for ever.
                raw.skip_byte().map_err(Fault::Read)?;
            }
            if !raw.find(first, begins).map_err(Fault::Read)? {
                return Ok(Behind::End);
            }
            left = raw.offset();
            if self.start_member(raw).is_ok() && self.begins_record().unwrap_or(false) {
                return Ok(Behind::Member);
            }
            match self.take_raw() {
                Some(rest) if !rest.is_broken() => raw = rest,
                _ => return Ok(Behind::End),
            }
        }
    }

    /// Reads on in the member; 0 at its end.
    fn pull(&mut self) -> Result<usize, Fault> {
        if let Codec::New(_) = self.codec {
            self.start()?;
        }
        self.buffer.drain(..self.at);
        self.at = 0;
        let read = read(&mut self.codec, &mut self.chunk).map_err(|error| self.fault(error))?;
        self.buffer.extend_from_slice(&self.chunk[..read]);
        Ok(read)
    }

    fn start(&mut self) -> Result<(), Fault> {
        let Some(mut raw) = self.take_raw() else { return Ok(()) };
        let head = raw.peek().map_err(Fault::Read)?;
        if begins_member(&head) {
            self.packing = Packing::Gzip;
        } else if begins_frame(&head) || head == DICTIONARY_MAGIC {
            self.packing = Packing::Zstd;
        } else {
            self.codec = Codec::Plain(raw);
            return Ok(());
        }
        if head == DICTIONARY_MAGIC {
            match read_dictionary(&mut raw) {
                Ok(dictionary) => self.dictionary = dictionary,
                Err(error) => {
                    self.codec = Codec::Lost(raw);
                    return Err(Fault::Compression(format!("its dictionary cannot be read: {error}")));
                }
            }
        }
        self.start_member(raw).map(drop)
    }

    /// Starts the member that `raw` stands at.
    fn start_member(&mut self, mut raw: Raw<R>) -> Result<Behind, Fault> {
        let head = raw.peek().map_err(Fault::Read)?;
        if head.is_empty() {
            return Ok(Behind::End);
        }
        self.buffer.clear();
        self.at = 0;
        self.member_offset = raw.offset();
        self.member_position = self.position;
        match self.packing {
            Packing::Gzip if begins_member(&head) => self.codec = Codec::Gzip(Box::new(GzDecoder::new(raw))),
            Packing::Zstd if begins_frame(&head) => {
                let decoder = zstd::Decoder::with_dictionary(raw, &self.dictionary).map_err(Fault::Read)?;
                self.codec = Codec::Zstd(Box::new(decoder.single_frame()));
            }
            _ => {
                self.codec = Codec::Lost(raw);
                return Err(Fault::NoRecord);
            }
        }
        Ok(Behind::Member)
    }

    fn take_raw(&mut self) -> Option<Raw<R>> {
        match std::mem::replace(&mut self.codec, Codec::Ended) {
            Codec::New(raw) | Codec::Plain(raw) | Codec::Lost(raw) => Some(raw),
            Codec::Gzip(decoder) => Some(decoder.into_inner()),
            Codec::Zstd(decoder) => Some(decoder.finish()),
            Codec::Ended => None,
        }
    }

    fn fault(&self, error: io::Error) -> Fault {
        let is_broken = match &self.codec {
            Codec::Gzip(decoder) => decoder.get_ref().is_broken(),
            Codec::Zstd(decoder) => decoder.get_ref().is_broken(),
            _ => true,
        };
        match (is_broken, error.kind()) {
            (true, _) => Fault::Read(error),
            (false, io::ErrorKind::UnexpectedEof) => Fault::Compression("the file ends within it".to_owned()),
            (false, _) => Fault::Compression(error.to_string()),
        }
    }
}

fn read<R: BufRead>(codec: &mut Codec<R>, into: &mut [u8]) -> io::Result<usize> {
    loop {
        let result = match codec {
            Codec::Plain(raw) => raw.read(into),
            Codec::Gzip(decoder) => decoder.read(into),
            Codec::Zstd(decoder) => decoder.read(into),
            Codec::New(_) | Codec::Lost(_) | Codec::Ended => Ok(0),
        };
        match result {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

/// Whether a head is that of a record of WARC/1.0 or WARC/1.1.
pub(super) fn begins_record(head: &[u8]) -> bool {
    matches!(head.strip_prefix(b"WARC/1."), Some([b'0' | b'1', b'\r' | b'\n', ..]))
}

fn begins_member(head: &[u8]) -> bool {
    head.starts_with(&[0x1f, 0x8b, 8])
}

/// A member with no name, comment or checksum of its head, as the tools that write WARC files make them: what is found
/// by searching is more likely one of these than chance.
fn begins_simple_member(head: &[u8]) -> bool {
    const EXTRA_FIELD: u8 = 4;
    begins_member(head) && head.get(3).is_some_and(|flags| flags & !EXTRA_FIELD == 0)
}

fn begins_frame(head: &[u8]) -> bool {
    // Frames of other things are skipped by the decoder (RFC 8878, 3.1.2).
    head == ZSTD_MAGIC || matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18])
}

/// The dictionary in the frame that `raw` stands at, which may be compressed itself.
fn read_dictionary(raw: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = [0; 8];
    raw.read_exact(&mut head)?;
    let length = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
    let mut bytes = Vec::new();
    raw.take(length.min(MAX_DICTIONARY_BYTES)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != length {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it is cut short or too large"));
    }
    if !bytes.starts_with(&ZSTD_MAGIC) {
        return Ok(bytes);
    }
    let mut dictionary = Vec::new();
    zstd::Decoder::new(&bytes[..])?.take(MAX_DICTIONARY_BYTES).read_to_end(&mut dictionary)?;
    Ok(dictionary)
}
