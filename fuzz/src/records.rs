//! WARC files and JSON Lines.

use std::io::Write;

use cleancopy::envelope::Story;
use cleancopy::fuzzing::records;
use cleancopy::input::Reading;
use cleancopy::options::{InputFormat, PageField};
use cleancopy::warc::{Capture, WarcError, WarcReader, WarcRecord};
use flate2::Compression;
use flate2::write::GzEncoder;

/// Bytes of a record and of a body at the most.
const LIMIT: u64 = 100_000;

/// A WARC file is read to its end in a bounded number of records, none over the limit; packed, it has the same records
/// up to the first broken one.
pub fn check_warc(data: &[u8]) {
    let plain = read_warc(data);
    if data.starts_with(b"WARC/") {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        assert!(packed.write_all(data).is_ok());
        let packed = read_warc(&packed.finish().unwrap_or_default());
        let blocks = |records: Vec<Result<WarcRecord, WarcError>>| -> Vec<Vec<u8>> {
            records.into_iter().map_while(Result::ok).map(|record| record.block).collect()
        };
        assert!(blocks(plain) == blocks(packed), "packed, the file has other records");
    }
}

fn read_warc(file: &[u8]) -> Vec<Result<WarcRecord, WarcError>> {
    let mut offset = 0;
    let mut read = Vec::new();
    for record in WarcReader::new(file, LIMIT) {
        let place = record.as_ref().map_or_else(|error| error.place, |record| record.place);
        assert!(place.offset >= offset && place.offset <= file.len() as u64, "{place} behind offset {offset}");
        offset = place.offset;
        if let Ok(record) = &record {
            assert!(record.block.len() as u64 <= LIMIT);
            check_capture(record.clone());
        }
        read.push(record);
        // A record takes a byte at the least, and compression makes no more than about a thousand of one.
        assert!(read.len() <= 1100 * file.len(), "records without end");
    }
    read
}

fn check_capture(record: WarcRecord) {
    let Ok(Some(capture)) = Capture::of(record) else { return };
    let _ = (capture.url(), capture.date(), capture.media_type(), capture.charset());
    assert!(capture.stored_body().len() as u64 <= LIMIT);
    if let Ok(body) = capture.into_body(LIMIT) {
        assert!(body.len() as u64 <= LIMIT);
    }
}

/// Each line of a JSON Lines file is a page or an error, and its record goes out as it came in.
pub fn check_jsonl(data: &[u8]) {
    let field = if data.first() == Some(&b' ') { PageField::Named("body".to_owned()) } else { PageField::Usual };
    let reading = Reading { format: InputFormat::Jsonl, field, max_bytes: LIMIT };
    let mut lines = data.split(|&byte| byte == b'\n').filter(|line| !is_blank(line));
    for page in records(data.to_vec(), &reading) {
        let line = lines.next().expect("a line for each record");
        let Ok(page) = page else { continue };
        let Some(envelope) = page.envelope else { panic!("a page without its record") };
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        for (story, added) in [
            (Story::Unchanged, None),
            (Story::Text("story"), None),
            (Story::Missing, Some(("cleancopy", "{\"error\":null}"))),
        ] {
            let mut out = Vec::new();
            assert!(envelope.write(story, added, &mut out).is_ok());
            let written = serde_json::from_slice::<Object>(&out);
            assert!(written.is_ok(), "no record: {}", String::from_utf8_lossy(&out));
            let had_html = page.format == cleancopy::page::PageFormat::Html;
            if story == Story::Unchanged && !had_html {
                assert!(out == line, "not as it came in: {}", String::from_utf8_lossy(&out));
            }
        }
        assert!(serde_json::from_str::<Object>(&envelope.around_page()).is_ok(), "{}", envelope.around_page());
    }
    assert_eq!(lines.next(), None, "a line without a record");
}

/// Any JSON object, its values unread: what they hold may be beyond what numbers can.
type Object<'a> = std::collections::BTreeMap<String, &'a serde_json::value::RawValue>;

fn is_blank(line: &[u8]) -> bool {
    line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii().is_empty()
}
