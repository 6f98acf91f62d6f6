//! Lines of a stream that may be endless, each within a limit.

use std::io::{self, BufRead};

/// What stood at the head of the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// A line; its bytes without the line break are in the buffer.
    Whole,
    /// A line over the limit, skipped.
    TooLong,
    /// Nothing: the stream ended.
    End,
}

/// Reads the next line into `line`, which is emptied first. `\n` and `\r\n` end a line.
pub(super) fn read_line(reader: &mut dyn BufRead, limit: u64, line: &mut Vec<u8>) -> io::Result<Line> {
    line.clear();
    let mut bytes: u64 = 0;
    loop {
        let chunk = match reader.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if chunk.is_empty() {
            return Ok(if bytes == 0 { Line::End } else { whole(line, bytes, limit) });
        }
        let end = memchr::memchr(b'\n', chunk);
        let piece = &chunk[..end.unwrap_or(chunk.len())];
        bytes += piece.len() as u64;
        if bytes <= limit {
            line.extend_from_slice(piece);
        }
        let used = piece.len() + usize::from(end.is_some());
        reader.consume(used);
        if end.is_some() {
            return Ok(whole(line, bytes, limit));
        }
    }
}

fn whole(line: &mut Vec<u8>, bytes: u64, limit: u64) -> Line {
    if bytes > limit {
        line.clear();
        return Line::TooLong;
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Line::Whole
}

/// A line without the byte order mark that the first one may carry.
pub(super) fn without_bom(line: &[u8]) -> &[u8] {
    line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    fn lines(text: &str, limit: u64) -> Vec<Option<String>> {
        // A buffer of 4 bytes: lines span several.
        let mut reader = BufReader::with_capacity(4, text.as_bytes());
        let mut line = Vec::new();
        let mut lines = Vec::new();
        loop {
            match read_line(&mut reader, limit, &mut line).unwrap() {
                Line::Whole => lines.push(Some(String::from_utf8(line.clone()).unwrap())),
                Line::TooLong => lines.push(None),
                Line::End => return lines,
            }
        }
    }

    #[test]
    fn breaks_of_both_kinds_and_a_last_line_without_one() {
        let expected = ["one", "", "three three", "four"].map(|line| Some(line.to_owned()));
        assert_eq!(lines("one\r\n\nthree three\nfour", 100), expected);
        assert_eq!(lines("", 100), []);
    }

    #[test]
    fn a_long_line_is_skipped_and_the_next_one_read() {
        assert_eq!(lines("123456\n12345\n1234567890", 5), [None, Some("12345".to_owned()), None]);
    }
}
