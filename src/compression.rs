//! Compressed bodies, undone as they come and up to a limit: those of answers and those of archives.

mod codec;

pub(crate) use codec::Codec;
use codec::{Broken, Place};

/// Bytes that are decompressed at once, ahead of a look at the limit.
const PIECE_BYTES: usize = 32 * 1024;

/// Room that is made on someone's word alone; more grows as it comes.
const MAX_RESERVED_BYTES: u64 = 1024 * 1024;

/// Takes the bytes of a body as they come and holds what they stand for: at most `limit` bytes, whatever comes.
pub(crate) struct Unpacker {
    body: Vec<u8>,
    limit: u64,
    compressed: Option<Compressed>,
}

/// Data that are being decompressed.
struct Compressed {
    codec: Codec,
    place: Place,
    piece: Box<[u8]>,
}

/// Why a body cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnpackFault {
    /// It is over the limit.
    TooLarge,
    /// The data are not what their name says.
    Broken,
    /// The data end too early.
    CutShort,
}

impl Unpacker {
    /// One that undoes `codec`, or takes the bytes as they are.
    pub(crate) fn new(codec: Option<Codec>, limit: u64) -> Self {
        let compressed = codec.map(|codec| Compressed {
            codec,
            place: Place::Start,
            piece: vec![0; PIECE_BYTES].into_boxed_slice(),
        });
        Unpacker { body: Vec::new(), limit, compressed }
    }

    /// Whether there is a compression to undo.
    pub(crate) fn is_compressed(&self) -> bool {
        self.compressed.is_some()
    }

    /// Bytes of the body at the most.
    pub(crate) fn limit(&self) -> u64 {
        self.limit
    }

    /// Makes room for a body that is announced to have this many bytes.
    pub(crate) fn reserve(&mut self, announced: u64) {
        self.body.reserve(announced.min(MAX_RESERVED_BYTES).min(self.limit) as usize);
    }

    /// Takes more of the body. After an error it must get no more.
    ///
    /// # Errors
    /// [`UnpackFault::TooLarge`] where it holds as much as it may and there is more, [`UnpackFault::Broken`].
    pub(crate) fn push(&mut self, mut input: &[u8]) -> Result<(), UnpackFault> {
        let Some(compressed) = &mut self.compressed else { return append(&mut self.body, input, self.limit) };
        loop {
            match (compressed.place, input.first()) {
                (Place::Start | Place::End, None) => return Ok(()),
                (Place::Start, Some(_)) => compressed.place = Place::Within,
                (Place::End, Some(&next)) => compressed.place = compressed.codec.resume(next).map_err(broken)?,
                (Place::Within | Place::Padding, _) => {}
            }
            if compressed.place == Place::Padding {
                return Ok(());
            }
            let step = compressed.codec.step(input, &mut compressed.piece).map_err(broken)?;
            compressed.place = step.place;
            input = &input[step.consumed..];
            append(&mut self.body, &compressed.piece[..step.produced], self.limit)?;
            if step.place == Place::Within {
                if input.is_empty() && step.produced < compressed.piece.len() {
                    return Ok(());
                }
                if step.consumed == 0 && step.produced == 0 {
                    return Err(broken(Broken));
                }
            }
        }
    }

    /// What there is of the body.
    pub(crate) fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body, when all of it has come.
    ///
    /// # Errors
    /// [`UnpackFault::CutShort`]
    pub(crate) fn finish(self) -> Result<Vec<u8>, UnpackFault> {
        match self.compressed {
            // A body of no bytes is empty, whatever it is said to be.
            Some(Compressed { place: Place::Within, .. }) => Err(UnpackFault::CutShort),
            _ => Ok(self.body),
        }
    }

    /// What there is of the body, whether or not more should come.
    pub(crate) fn into_part(self) -> Vec<u8> {
        self.body
    }
}

/// Appends what the limit has room for.
fn append(body: &mut Vec<u8>, bytes: &[u8], limit: u64) -> Result<(), UnpackFault> {
    let room = usize::try_from(limit).unwrap_or(usize::MAX).saturating_sub(body.len());
    let fitting = &bytes[..bytes.len().min(room)];
    let needed = body.len() + fitting.len();
    if needed > body.capacity() {
        // Twice as much each time, as vectors grow, but never more than may be used.
        let wanted = needed.max(2 * body.capacity()).min(body.len().saturating_add(room));
        body.reserve_exact(wanted - body.len());
    }
    body.extend_from_slice(fitting);
    if fitting.len() < bytes.len() { Err(UnpackFault::TooLarge) } else { Ok(()) }
}

fn broken(_: Broken) -> UnpackFault {
    UnpackFault::Broken
}
