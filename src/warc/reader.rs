//! Records from bytes, and the next one behind a broken one.

use std::io::BufRead;

use memchr::memmem;

use super::fault::{Fault, Place, WarcError};
use super::record::{WarcRecord, content_length, parse_fields};
use super::unpack::{Behind, HEAD_BYTES, Unpacked, begins_record};

/// The longest head of a record, in bytes.
const MAX_HEAD_BYTES: usize = 256 * 1024;
/// What is kept of a block that is too large, in bytes: enough for the head of an answer.
const KEPT_BYTES: u64 = 64 * 1024;
/// The two line breaks behind a record, in bytes.
const END_BYTES: usize = 4;

/// Reads the records of a file of WARC/1.0 or WARC/1.1, one after the other: as it is, compressed with gzip or
/// Zstandard, each record for itself or all as one.
///
/// It holds one record at a time. A broken one is an error, and the next one that can be found comes behind it: in a
/// file with a member a record, that of the next member; else the next line that begins one. Where a length is far too
/// large in a file without members, records are lost with it: all that it covers if it is beyond the limit.
pub struct WarcReader<R: BufRead> {
    bytes: Unpacked<R>,
    max_bytes: u64,
    state: State,
}

/// Where the reader stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Where a record should begin.
    AtRecord,
    /// Somewhere behind the start of a broken one.
    Astray,
    /// In a broken member.
    InBrokenMember,
    Ended,
}

impl<R: BufRead> WarcReader<R> {
    /// A reader of `reader`, which stands at the file's start and gives its bytes as they lie there. A block over
    /// `max_bytes` is an error and not held.
    pub fn new(reader: R, max_bytes: u64) -> Self {
        WarcReader { bytes: Unpacked::new(reader), max_bytes, state: State::AtRecord }
    }

    /// The next record; `None` at the end.
    fn record(&mut self) -> Result<Option<WarcRecord>, WarcError> {
        let record = match self.skip_blank_lines() {
            Ok(false) => return Ok(None),
            Ok(true) => Ok(self.bytes.place()),
            Err(fault) => Err(WarcError { place: self.bytes.place(), fault }),
        };
        let record = record.and_then(|place| self.record_at(place).map_err(|fault| WarcError { place, fault }));
        record.map(Some).inspect_err(|error| self.state = behind(&error.fault, self.state))
    }

    fn record_at(&mut self, place: Place) -> Result<WarcRecord, Fault> {
        if !self.bytes.begins_record()? {
            return Err(Fault::NoRecord);
        }
        let fields = parse_fields(&self.head()?)?;
        let length = content_length(&fields)?;
        let kept = if length > self.max_bytes { KEPT_BYTES.min(self.max_bytes) } else { length };
        let mut block = Vec::new();
        self.block(length, kept, &mut block)?;
        self.end(length, &block)?;
        let record = WarcRecord { place, fields, block };
        if length > self.max_bytes {
            return Err(Fault::TooLarge { record: Box::new(record), length, limit: self.max_bytes });
        }
        Ok(record)
    }

    /// Goes on to what is no line break; `false` where there is nothing more.
    fn skip_blank_lines(&mut self) -> Result<bool, Fault> {
        loop {
            let chunk = self.bytes.fill()?;
            let breaks = chunk.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let (is_empty, is_blank) = (chunk.is_empty(), breaks == chunk.len());
            self.bytes.consume(breaks);
            if is_empty && self.bytes.next_member()? == Behind::End {
                return Ok(false);
            }
            if !is_blank {
                return Ok(true);
            }
        }
    }

    /// The lines of a record's head behind the first, up to the blank one.
    fn head(&mut self) -> Result<Vec<u8>, Fault> {
        let mut head = Vec::new();
        self.line(&mut head)?;
        head.clear();
        loop {
            let start = head.len();
            self.line(&mut head)?;
            if matches!(&head[start..], b"\n" | b"\r\n") {
                return Ok(head);
            }
        }
    }

    /// Appends a line with its break.
    fn line(&mut self, head: &mut Vec<u8>) -> Result<(), Fault> {
        loop {
            let chunk = self.bytes.fill()?;
            let end = memchr::memchr(b'\n', chunk).map(|at| at + 1);
            let piece = &chunk[..end.unwrap_or(chunk.len())];
            if piece.is_empty() {
                if self.bytes.next_member()? == Behind::End || self.bytes.begins_record()? {
                    return Err(Fault::ShortHead);
                }
                continue;
            }
            if head.len() + piece.len() > MAX_HEAD_BYTES {
                return Err(Fault::LongHead(MAX_HEAD_BYTES));
            }
            head.extend_from_slice(piece);
            let used = piece.len();
            self.bytes.consume(used);
            if end.is_some() {
                return Ok(());
            }
        }
    }

    /// Goes through a block of `length` bytes, the first `kept` of which are appended to `block`.
    fn block(&mut self, length: u64, kept: u64, block: &mut Vec<u8>) -> Result<(), Fault> {
        let mut found = 0;
        while found < length {
            let chunk = self.bytes.fill()?;
            if chunk.is_empty() {
                match self.bytes.next_member() {
                    Ok(Behind::End) if found == block.len() as u64 => {
                        self.put_back_records(block, &[]);
                    }
                    // What stands there instead is a fault of its own.
                    Ok(Behind::End) | Err(Fault::NoRecord) => {}
                    Ok(Behind::Member) if self.bytes.begins_record()? => {}
                    // Some files are packed in members that have nothing to do with the records.
                    Ok(Behind::Member) => continue,
                    Err(fault) => return Err(fault),
                }
                return Err(Fault::Short { found, announced: length });
            }
            let used = (length - found).min(chunk.len() as u64);
            let missing = kept.saturating_sub(found).min(used);
            block.extend_from_slice(&chunk[..missing as usize]);
            found += used;
            self.bytes.consume(used as usize);
        }
        Ok(())
    }

    /// Goes on behind the two line breaks that end a record. They may be missing where it is clear without them.
    fn end(&mut self, length: u64, block: &[u8]) -> Result<(), Fault> {
        let tail = self.bytes.peek(END_BYTES + HEAD_BYTES)?;
        let breaks = tail.iter().take(END_BYTES).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let rest = &tail[breaks..];
        if breaks == END_BYTES || tail.starts_with(b"\n\n") || rest.is_empty() || begins_record(rest) {
            self.bytes.consume(breaks);
            return Ok(());
        }
        let tail = tail.to_vec();
        if length == block.len() as u64 && self.put_back_records(block, &tail) {
            self.state = State::AtRecord;
        } else {
            self.state = State::Astray;
        }
        Err(Fault::WrongLength(length))
    }

    /// Puts the records back that a block took for its own, the first of which may go on in the `tail` behind it.
    /// `false` where there are none.
    fn put_back_records(&mut self, block: &[u8], tail: &[u8]) -> bool {
        let bytes = [block, tail].concat();
        let starts = memmem::find_iter(&bytes, b"\nWARC/1.").map(|at| at + 1);
        let is_behind_blank_line = |&at: &usize| bytes[..at].ends_with(b"\n\n") || bytes[..at].ends_with(b"\r\n\r\n");
        let start = starts.filter(is_behind_blank_line).find(|&at| begins_record(&bytes[at..]));
        start.is_some_and(|at| at < block.len() && self.bytes.put_back(&block[at..]))
    }

    /// Goes on to the next record behind a broken one. `false` at the end.
    fn find_record(&mut self) -> Result<bool, Fault> {
        if self.state == State::Astray {
            match self.skip_lines() {
                Err(Fault::Read(error)) => return Err(Fault::Read(error)),
                Err(_) => self.state = State::InBrokenMember,
                found => return found,
            }
        }
        Ok(self.bytes.recover()? == Behind::Member)
    }

    /// Goes on to the next line that begins a record, or to the next member.
    fn skip_lines(&mut self) -> Result<bool, Fault> {
        while !self.bytes.begins_record()? {
            loop {
                let chunk = self.bytes.fill()?;
                if chunk.is_empty() {
                    return Ok(self.bytes.next_member()? == Behind::Member);
                }
                let end = memchr::memchr(b'\n', chunk).map(|at| at + 1);
                let used = end.unwrap_or(chunk.len());
                self.bytes.consume(used);
                if end.is_some() {
                    break;
                }
            }
        }
        Ok(true)
    }
}

/// Where the reader stands behind a fault, `state` where that was known when it was met.
fn behind(fault: &Fault, state: State) -> State {
    match fault {
        Fault::Read(_) => State::Ended,
        Fault::Compression(_) => State::InBrokenMember,
        Fault::Short { .. } | Fault::TooLarge { .. } => State::AtRecord,
        Fault::WrongLength(_) => state,
        Fault::NoRecord
        | Fault::FieldLine(_)
        | Fault::LongHead(_)
        | Fault::ShortHead
        | Fault::ContentLength(_)
        | Fault::Http => State::Astray,
    }
}

impl<R: BufRead> Iterator for WarcReader<R> {
    type Item = Result<WarcRecord, WarcError>;

    fn next(&mut self) -> Option<Self::Item> {
        if matches!(self.state, State::Astray | State::InBrokenMember) {
            match self.find_record() {
                Ok(true) => self.state = State::AtRecord,
                Ok(false) => self.state = State::Ended,
                Err(fault) => {
                    self.state = State::Ended;
                    return Some(Err(WarcError { place: self.bytes.place(), fault }));
                }
            }
        }
        if self.state == State::Ended {
            return None;
        }
        let record = self.record().transpose();
        if record.is_none() {
            self.state = State::Ended;
        }
        record
    }
}
