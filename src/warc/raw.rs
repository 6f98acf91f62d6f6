//! The bytes of a file as they lie there, with a way back: a broken member is left where it begins, not where its
//! decoder gave up.

use std::io::{self, BufRead, Read};

/// Bytes that can be gone back, at least. A decoder that reads on into the next member notices within a stored block,
/// which is 64 KiB.
const WAY_BACK_BYTES: usize = 128 * 1024;

/// A stream that knows its offset and can be gone back in.
pub(super) struct Raw<R> {
    reader: R,
    /// The last bytes of the stream. Those from `at` on were gone back and come again.
    kept: Vec<u8>,
    at: usize,
    offset: u64,
    is_broken: bool,
}

impl<R: BufRead> Raw<R> {
    /// The stream of `reader`, which stands at its start.
    pub(super) fn new(reader: R) -> Self {
        Raw { reader, kept: Vec::new(), at: 0, offset: 0, is_broken: false }
    }

    /// Bytes that were read so far.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Whether the stream itself cannot be read, other than its content.
    pub(super) fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// Goes back to `offset`, or as near to it as can be.
    pub(super) fn go_back_to(&mut self, offset: u64) {
        let bytes = self.offset.saturating_sub(offset).min(self.at as u64);
        self.at -= bytes as usize;
        self.offset -= bytes;
    }

    /// Goes on by one byte, if there is one.
    pub(super) fn skip_byte(&mut self) -> io::Result<()> {
        if !self.fill_buf()?.is_empty() {
            self.consume(1);
        }
        Ok(())
    }

    /// The next bytes, four at the most, which stay where they are.
    pub(super) fn peek(&mut self) -> io::Result<Vec<u8>> {
        let start = self.offset;
        let mut head = Vec::with_capacity(4);
        self.by_ref().take(4).read_to_end(&mut head)?;
        self.go_back_to(start);
        Ok(head)
    }

    /// Goes on to the next place where `begins` holds of the next four bytes, the first of which is `first`. `false`
    /// where there is none up to the end.
    pub(super) fn find(&mut self, first: u8, begins: fn(&[u8]) -> bool) -> io::Result<bool> {
        loop {
            let chunk = self.fill_buf()?;
            if chunk.is_empty() {
                return Ok(false);
            }
            let ahead = memchr::memchr(first, chunk);
            let skipped = ahead.unwrap_or(chunk.len());
            self.consume(skipped);
            if ahead.is_some() {
                if begins(&self.peek()?) {
                    return Ok(true);
                }
                self.consume(1);
            }
        }
    }
}

impl<R: BufRead> Read for Raw<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let chunk = self.fill_buf()?;
        let bytes = chunk.len().min(into.len());
        into[..bytes].copy_from_slice(&chunk[..bytes]);
        self.consume(bytes);
        Ok(bytes)
    }
}

impl<R: BufRead> BufRead for Raw<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.kept.len() {
            return Ok(&self.kept[self.at..]);
        }
        loop {
            match self.reader.fill_buf() {
                // Asked for again below: a borrow that is returned from a loop would last through it.
                Ok(_) => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.is_broken = true;
                    return Err(error);
                }
            }
        }
        self.reader.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        if bytes == 0 {
            return;
        }
        if self.at < self.kept.len() {
            let bytes = bytes.min(self.kept.len() - self.at);
            self.at += bytes;
            self.offset += bytes as u64;
            return;
        }
        // What is consumed was filled before, so this neither reads nor fails.
        let Ok(chunk) = self.reader.fill_buf() else { return };
        let bytes = bytes.min(chunk.len());
        if self.kept.len() > 2 * WAY_BACK_BYTES {
            self.kept.drain(..self.kept.len() - WAY_BACK_BYTES);
        }
        self.kept.extend_from_slice(&chunk[..bytes]);
        self.at = self.kept.len();
        self.reader.consume(bytes);
        self.offset += bytes as u64;
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn places_are_found_over_the_edges_of_the_buffer_and_gone_back_to() {
        let mut raw = Raw::new(BufReader::with_capacity(3, &b"..ab.abcd.abcde"[..]));
        let begins = |head: &[u8]| head == b"abcd";
        assert!(raw.find(b'a', begins).unwrap());
        assert_eq!(raw.offset(), 5);
        raw.consume(1);
        assert!(raw.find(b'a', begins).unwrap());
        assert_eq!((raw.offset(), raw.peek().unwrap()), (10, b"abcd".to_vec()));
        raw.go_back_to(6);
        assert_eq!(raw.peek().unwrap(), b"bcd.");
        assert!(raw.find(b'a', begins).unwrap());
        assert_eq!(raw.offset(), 10);
        raw.consume(1);
        assert!(!raw.find(b'a', begins).unwrap());
        assert_eq!(raw.offset(), 15);
    }

    #[test]
    fn the_way_back_is_long_and_the_memory_bounded() {
        let bytes: Vec<u8> = (0..1_000_000_u32).map(|number| (number % 251) as u8).collect();
        let mut raw = Raw::new(BufReader::with_capacity(1000, &bytes[..]));
        io::copy(&mut raw, &mut io::sink()).unwrap();
        assert!(raw.kept.len() <= 2 * WAY_BACK_BYTES + 1000);
        let back = 1_000_000 - WAY_BACK_BYTES as u64;
        raw.go_back_to(back);
        assert_eq!(raw.offset(), back);
        assert_eq!(raw.peek().unwrap(), bytes[back as usize..back as usize + 4]);
        raw.go_back_to(0);
        assert!(raw.offset() > 0);
    }
}
