//! WARC files: what is written, and what is read however a file is packed and broken.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod program;

use std::io::{BufReader, Read, Write};
use std::time::Duration;

use cleancopy::exchange::{Completeness, Exchange, Header, Protocol};
use cleancopy::warc::{
    BodyFault, Capture, Fault, RecordType, RobotsPolicy, WarcError, WarcInfo, WarcReader, WarcRecord, WarcWriter,
};
use flate2::Compression;
use flate2::write::{DeflateEncoder, ZlibEncoder};
use program::{Folder, gzip};
use proptest::prelude::*;
use serde_json::Value;
use url::Url;

const LIMIT: u64 = 1 << 20;

type RecordResult = Result<WarcRecord, WarcError>;

fn record_of(kind: &str, url: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:x:{}>\r\nWARC-Target-URI: {url}\r\n\
         WARC-Date: 2026-03-01T10:00:00Z\r\nContent-Type: application/http; msgtype={kind}\r\nContent-Length: {}\r\n\r\n",
        url.len(),
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// A response whose body is `text`.
fn response(text: &str) -> Vec<u8> {
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{text}");
    record_of("response", "https://example.com/a", block.as_bytes())
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

fn read(bytes: &[u8]) -> Vec<RecordResult> {
    // A small buffer: whatever is looked for lies over its edges.
    read_within(bytes, LIMIT)
}

fn read_within(bytes: &[u8], limit: u64) -> Vec<RecordResult> {
    WarcReader::new(BufReader::with_capacity(7, bytes), limit).collect()
}

#[test]
fn a_frame_that_the_decoder_takes_nothing_of_is_left_behind() {
    // A reserved bit that is set, a window too large, a dictionary that is not there (RFC 8878, section 3.1.1.1).
    for head in [&b"\x28\xb5\x2f\xfd\x08\x00"[..], b"\x28\xb5\x2f\xfd\x00\xff\x00", b"\x28\xb5\x2f\xfd\x01\x88\x07\x00"]
    {
        let file = [&zstd(&response("one")), head, b"and what is behind it", &zstd(&response("two"))].concat();
        for records in [read(&file), WarcReader::new(&file[..], LIMIT).collect()] {
            let bodies: Vec<String> = told(records).into_iter().filter(|told| told.len() == 3).collect();
            assert_eq!(bodies, ["one", "two"], "{head:?}");
        }
    }
}

/// The bodies that were read, and the errors, in order.
fn told(records: Vec<RecordResult>) -> Vec<String> {
    let told = records.into_iter().map(|record| match record {
        Ok(record) => {
            let capture = Capture::of(record).unwrap().unwrap();
            String::from_utf8(capture.into_body(LIMIT).unwrap()).unwrap()
        }
        Err(error) => format!("! {error}"),
    });
    told.collect()
}

// --- what is read ---------------------------------------------------------------------------------------------------

#[test]
fn files_are_read_however_they_are_packed() {
    let records = [response("one"), record_of("metadata", "https://example.com/a", b"x"), response("three")];
    let packed = |pack: fn(&[u8]) -> Vec<u8>| records.iter().flat_map(|record| pack(record)).collect::<Vec<u8>>();
    let whole = records.concat();
    let halves = |pack: fn(&[u8]) -> Vec<u8>| [pack(&whole[..300]), pack(&whole[300..])].concat();
    for (how, bytes) in [
        ("plain", whole.clone()),
        ("a member a record", packed(|bytes| gzip(bytes))),
        ("gzip as a whole", gzip(&whole)),
        ("members that do not care", halves(|bytes| gzip(bytes))),
        ("a frame a record", packed(zstd)),
        ("zstd as a whole", zstd(&whole)),
    ] {
        let read = read(&bytes);
        let types: Vec<RecordType> = read.iter().map(|record| record.as_ref().unwrap().record_type()).collect();
        assert_eq!(types, [RecordType::Response, RecordType::Other, RecordType::Response], "{how}");
        let blocks: Vec<&[u8]> = read.iter().map(|record| record.as_ref().unwrap().block.as_slice()).collect();
        assert!(blocks[0].ends_with(b"one") && blocks[1] == b"x" && blocks[2].ends_with(b"three"), "{how}");
    }
}

#[test]
fn places_are_offsets_in_the_file() {
    let one = response("one");
    let places = |bytes: &[u8]| -> Vec<(u64, Option<u64>)> {
        read(bytes)
            .into_iter()
            .map(|record| record.unwrap().place)
            .map(|place| (place.offset, place.unpacked))
            .collect()
    };
    let length = one.len() as u64;
    assert_eq!(places(&one.repeat(3)), [(0, None), (length, None), (2 * length, None)]);
    let member = gzip(&one).len() as u64;
    assert_eq!(places(&gzip(&one).repeat(3)), [(0, None), (member, None), (2 * member, None)]);
    assert_eq!(places(&gzip(one.repeat(2))), [(0, None), (0, Some(length))]);
}

#[test]
fn zstandard_files_may_bring_their_dictionary() {
    let records = [response("one and one"), response("two and two")];
    // Any bytes serve as a dictionary.
    let dictionary = records.concat();
    let frame = |record: &Vec<u8>| {
        let mut encoder = zstd::Encoder::with_dictionary(Vec::new(), 3, &dictionary).unwrap();
        encoder.write_all(record).unwrap();
        encoder.finish().unwrap()
    };
    for content in [dictionary.clone(), zstd(&dictionary)] {
        let length = u32::try_from(content.len()).unwrap().to_le_bytes();
        let file =
            [&[0x5d, 0x2a, 0x4d, 0x18], &length[..], &content, &frame(&records[0]), &frame(&records[1])].concat();
        assert_eq!(told(read(&file)), ["one and one", "two and two"]);
        let cut = told(read(&file[..20]));
        assert!(cut.len() == 1 && cut[0].contains("its dictionary cannot be read"), "{cut:?}");
    }
}

#[test]
fn nothing_is_no_record_and_blank_lines_are_none() {
    assert!(read(b"").is_empty());
    assert!(read(b"\r\n\r\n\n").is_empty());
    assert!(read(&gzip(b"")).is_empty());
    let sparse = [b"\r\n", &response("one")[..], b"\r\n\r\n", &response("two")].concat();
    assert_eq!(told(read(&sparse)), ["one", "two"]);
    // Line breaks behind a record that should be there and are not.
    let one = response("one");
    let dense = [one.strip_suffix(b"\r\n\r\n").unwrap(), &response("two")].concat();
    assert_eq!(told(read(&dense)), ["one", "two"]);
    assert_eq!(told(read(one.strip_suffix(b"\r\n\r\n").unwrap())), ["one"]);
}

// --- what is broken -------------------------------------------------------------------------------------------------

#[test]
fn a_broken_record_costs_itself_alone() {
    let (one, three) = (response("one"), response("three"));
    let two = String::from_utf8(response("two")).unwrap();
    let length = two.split("\r\n\r\n").nth(1).unwrap().len() + "\r\n\r\ntwo".len();
    let says = |claim: &str| two.replace(&format!("Content-Length: {length}"), claim);
    for (broken, message) in [
        (says("Content-Length"), "a line of its head is no field: \"Content-Length\""),
        (says("X: 1"), "its Content-Length is missing"),
        (says("Content-Length: many"), "its Content-Length is no number: \"many\""),
        (says(&format!("Content-Length: {}", length - 1)), "it does not end behind the"),
        (says(&format!("Content-Length: {}", length + 5)), "it does not end behind the"),
        (two.replace("WARC/1.0", "WARC/3.0"), "no record of WARC/1.0 or WARC/1.1 begins here"),
        ("some garbage\nwith a line break\n".to_owned(), "no record of WARC/1.0 or WARC/1.1 begins here"),
    ] {
        let plain = [&one, broken.as_bytes(), &three].concat();
        let members = [gzip(&one), gzip(&broken), gzip(&three)].concat();
        let frames = [zstd(&one), zstd(broken.as_bytes()), zstd(&three)].concat();
        for (how, bytes, offset) in [
            ("plain", &plain, format!("! offset {}: ", one.len())),
            ("members", &members, format!("! offset {}: ", gzip(&one).len())),
            ("whole", &gzip(&plain), format!("! offset 0 (and {} bytes on, decompressed): ", one.len())),
            ("frames", &frames, format!("! offset {}: ", zstd(&one).len())),
        ] {
            let told = told(read(bytes));
            assert_eq!(told.len(), 3, "{how}: {told:?}");
            assert_eq!([&told[0], &told[2]], ["one", "three"], "{how}: {told:?}");
            let is_short = told[1].contains("it ends after");
            assert!(told[1].starts_with(&offset) && (told[1].contains(message) || is_short), "{how}: {}", told[1]);
        }
    }
}

#[test]
fn a_length_that_swallows_the_next_records_costs_none_of_them() {
    let two = String::from_utf8(response("two")).unwrap();
    let length = two.split("\r\n\r\n").nth(1).unwrap().len() + "\r\n\r\ntwo".len();
    for more in [200, 2000] {
        let two = two.replace(&format!("h: {length}\r"), &format!("h: {}\r", length + more));
        let file = [&response("one"), two.as_bytes(), &response("three"), &response("four")].concat();
        for bytes in [&file, &gzip(&file)] {
            let told = told(read(bytes));
            assert_eq!(told.len(), 4, "{more}: {told:?}");
            assert_eq!([&told[0], &told[2], &told[3]], ["one", "three", "four"], "{told:?}");
        }
    }
}

#[test]
fn a_broken_member_costs_itself_alone() {
    // Each letter from the one before by a generator that gzip finds no pattern in.
    let letters =
        std::iter::successors(Some(1_u64), |n| Some(n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1)));
    let noise: String = letters.take(3000).map(|n| char::from(b'a' + ((n >> 33) % 26) as u8)).collect();
    let (one, two, three) = (gzip(response("one")), gzip(response(&noise)), gzip(response("three")));
    let mut flipped = two.clone();
    flipped[700] ^= 0x55;
    let mut wrong_checksum = two.clone();
    let length = wrong_checksum.len();
    wrong_checksum[length - 6] ^= 0x55;
    let cut = two[..two.len() / 2].to_vec();
    let headless = two[2..].to_vec();
    let padding = vec![0; 512];
    for broken in [flipped, wrong_checksum, cut, headless, padding] {
        let told = told(read(&[&one[..], &broken, &three].concat()));
        assert_eq!(told.len(), 3, "{told:?}");
        assert_eq!([&told[0], &told[2]], ["one", "three"], "{told:?}");
        assert!(told[1].starts_with(&format!("! offset {}: ", one.len())), "{}", told[1]);
    }
    let told = told(read(&[&one[..], &two[..two.len() - 4]].concat()));
    assert_eq!(told[1], format!("! offset {}: its compression is broken: the file ends within it", one.len()));
}

#[test]
fn what_is_no_member_is_an_error_of_its_own() {
    let short = &response("two")[..240];
    let file = [&gzip(response("one"))[..], &gzip(short), &[0; 512], &gzip(response("three"))].concat();
    let told = told(read(&file));
    let garbage = gzip(response("one")).len() + gzip(short).len();
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told[1].contains("it ends after "), "{told:?}");
    assert_eq!(told[2], format!("! offset {garbage}: no record of WARC/1.0 or WARC/1.1 begins here"));
    assert_eq!([&told[0], &told[3]], ["one", "three"]);
}

#[test]
fn a_member_that_is_stored_and_cut_does_not_take_the_next_ones_along() {
    let stored = |text: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Compression::none());
        encoder.write_all(&response(text)).unwrap();
        encoder.finish().unwrap()
    };
    let long = stored(&"x".repeat(20_000));
    let file = [&long[..10_000], &stored("two"), &gzip(response("three"))].concat();
    let told = told(read(&file));
    assert_eq!((told.len(), told[1].as_str(), told[2].as_str()), (3, "two", "three"), "{told:?}");
}

#[test]
fn a_block_over_the_limit_is_named_and_not_held() {
    let long = response(&"x".repeat(300_000));
    for file in [
        [response("one"), long.clone(), response("three")].concat(),
        [gzip(response("one")), gzip(&long), gzip(response("three"))].concat(),
    ] {
        let records = read_within(&file, 100_000);
        let Err(WarcError { fault: Fault::TooLarge { record, length, limit }, .. }) = &records[1] else { panic!() };
        assert_eq!((*length, *limit), (300_045, 100_000));
        assert!(record.block.len() <= 64 * 1024 && record.block.starts_with(b"HTTP/1.1 200"));
        let message = records[1].as_ref().unwrap_err().to_string();
        assert!(message.contains("record urn:x:21 of https://example.com/a has 300045 bytes, more than 100000"));
        let told = told(records);
        assert_eq!([&told[0], &told[2]], ["one", "three"]);
    }
    // A length out of all proportion.
    let huge =
        String::from_utf8(response("x")).unwrap().replace("Content-Length: 46", "Content-Length: 18446744073709551615");
    assert!(told(read(huge.as_bytes()))[0].contains("it ends after 50 of the 18446744073709551615 bytes"));
    let file = [gzip(huge), gzip(response("two"))].concat();
    assert_eq!(told(read(&file))[1], "two");
    assert!(
        told(read(format!("WARC/1.0\r\nX: {}", "x".repeat(300_000)).as_bytes()))[0].contains("its head ends nowhere")
    );
}

#[test]
fn a_file_that_cannot_be_read_on_ends_with_the_error() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    for bytes in [response("one"), gzip(response("one"))] {
        for length in [0, 1, bytes.len() - 3, bytes.len()] {
            let reader = BufReader::new(bytes[..length].chain(Broken));
            let told = told(WarcReader::new(reader, LIMIT).take(5).collect());
            assert!(told.len() <= 2, "{told:?}");
            assert!(told.last().unwrap().contains("the disk is gone"), "{told:?}");
        }
    }
}

proptest! {
    #[test]
    fn whatever_the_bytes_reading_ends(
        pieces in prop::collection::vec(
            prop_oneof![
                Just(response("a story")),
                Just(gzip(response("a story"))),
                Just(zstd(&response("a story"))),
                Just(b"WARC/1.0\r\n".to_vec()),
                Just(b"WARC/1.1\r\nContent-Length: 300\r\n\r\n".to_vec()),
                Just(b"Content-Length: 99999999999\r\n\r\n".to_vec()),
                Just(vec![0x1f, 0x8b, 8, 0]),
                Just(vec![0x28, 0xb5, 0x2f, 0xfd]),
                Just(vec![0x5d, 0x2a, 0x4d, 0x18, 3, 0, 0, 0]),
                prop::collection::vec(any::<u8>(), 0..40),
            ],
            0..12,
        ),
        cut in 0..400_usize,
        flip in any::<prop::sample::Index>(),
        packed in any::<bool>(),
    ) {
        let mut bytes = pieces.concat();
        if packed {
            bytes = gzip(bytes);
        }
        if !bytes.is_empty() {
            let at = flip.index(bytes.len());
            bytes[at] ^= (cut % 256) as u8;
            bytes.truncate(bytes.len().saturating_sub(cut));
        }
        let records = WarcReader::new(BufReader::with_capacity(5, &bytes[..]), 1000);
        for record in records.take(bytes.len() + 2).enumerate() {
            prop_assert!(record.0 <= bytes.len());
            if let Ok(record) = record.1
                && let Ok(Some(capture)) = Capture::of(record)
            {
                let _ = (capture.charset(), capture.media_type(), capture.into_body(1000));
            }
        }
    }

    #[test]
    fn whatever_an_answer_holds_it_is_read(block in prop::collection::vec(any::<u8>(), 0..200), coding in "gzip|br|zstd|deflate|x") {
        let head = format!("HTTP/1.1 200\nContent-Encoding: {coding}\nTransfer-Encoding: chunked\n");
        for block in [block.clone(), [head.as_bytes(), b"\n", &block].concat(), [head.as_bytes(), &block].concat()] {
            let record = read(&record_of("response", "https://example.com/", &block)).remove(0).unwrap();
            prop_assert_eq!(&record.block, &block);
            if let Ok(Some(capture)) = Capture::of(record) {
                let _ = capture.into_body(1000);
            }
        }
    }
}

// --- answers --------------------------------------------------------------------------------------------------------

fn capture(block: impl AsRef<[u8]>) -> Capture {
    let record = read(&record_of("response", "https://example.com/a", block.as_ref())).remove(0).unwrap();
    Capture::of(record).unwrap().unwrap()
}

fn body(head: &str, body: &[u8]) -> Result<String, BodyFault> {
    let block = [format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes(), body].concat();
    capture(block).into_body(1000).map(|body| String::from_utf8(body).unwrap())
}

#[test]
fn heads_are_read_as_they_occur() {
    let capture = capture("HTTP/1.0 404\nContent-Type: Text/HTML;\n charset=\"GBK\"\nnot a header\nX :y\n\n<p>x");
    assert_eq!(capture.head.status, 404);
    assert_eq!(capture.media_type().as_deref(), Some("text/html"));
    assert_eq!(capture.charset().as_deref(), Some("GBK"));
    assert_eq!(capture.head.header("x").as_deref(), Some("y"));
    assert_eq!(capture.date(), Some("2026-03-01T10:00:00Z"));
    assert_eq!(capture.url(), "https://example.com/a");
    assert_eq!(capture.into_body(10).unwrap(), b"<p>x");
    for block in ["", "<p>no head", "HTTP/1.1 abc", "HTTP/1.1", "HTTPS 200 x"] {
        let record = read(&record_of("response", "https://example.com/a", block.as_bytes())).remove(0).unwrap();
        assert!(matches!(Capture::of(record), Err(Fault::Http)), "{block}");
    }
}

#[test]
fn types_are_told_by_the_archive_where_the_server_does_not() {
    let record =
        String::from_utf8(record_of("response", "https://example.com/a", b"HTTP/1.1 200 OK\r\n\r\n<p>x")).unwrap();
    let record = record.replace("WARC-Date", "WARC-Identified-Payload-Type: text/html\r\nWARC-Date");
    let capture = Capture::of(read(record.as_bytes()).remove(0).unwrap()).unwrap().unwrap();
    assert_eq!(capture.media_type().as_deref(), Some("text/html"));
}

#[test]
fn resources_have_no_head_and_other_records_no_answer() {
    let record = |kind: &str, content_type: &str| {
        let record = String::from_utf8(record_of(kind, "https://example.com/a", b"<p>x")).unwrap();
        record.replace(&format!("application/http; msgtype={kind}"), content_type)
    };
    let of = |bytes: String| Capture::of(read(bytes.as_bytes()).remove(0).unwrap()).unwrap();
    let resource = of(record("resource", "text/html; charset=KOI8-R")).unwrap();
    assert_eq!((resource.head.status, resource.charset().as_deref()), (200, Some("KOI8-R")));
    assert_eq!(resource.into_body(10).unwrap(), b"<p>x");
    assert_eq!(of(record("response", "text/dns")), None);
    for kind in ["request", "revisit", "metadata", "warcinfo", "conversion"] {
        assert_eq!(of(record(kind, "application/http")), None, "{kind}");
    }
}

#[test]
fn chunks_are_joined_where_there_are_some() {
    let chunked = |bytes: &str| body("Transfer-Encoding: chunked", bytes.as_bytes());
    assert_eq!(chunked("4\r\nThe \r\n6;x=y\r\nbridge\r\n0\r\n\r\n").unwrap(), "The bridge");
    assert_eq!(chunked("4\nThe \n06\nbridge\n0\n").unwrap(), "The bridge");
    assert_eq!(chunked("The bridge").unwrap(), "The bridge");
    assert_eq!(chunked("").unwrap(), "");
    for broken in ["4\r\nThe \r\n6\r\nbri", "4\r\nThe \r\nxyz\r\n", "4\r\nThe \r\n", "ffffffffffffffff\r\nx"] {
        assert_eq!(chunked(broken), Err(BodyFault::Chunks), "{broken:?}");
    }
}

#[test]
fn compression_is_undone_where_there_is_some() {
    let text = "<p>The bridge is open again. ".repeat(20);
    let zlib = {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let deflate = {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    // "abc" as Brotli: one uncompressed block.
    let brotli: &[u8] = &[0x0b, 0x01, 0x80, b'a', b'b', b'c', 0x03];
    for (coding, bytes, expected) in [
        ("gzip", &gzip(&text)[..], text.as_str()),
        ("X-GZIP", &gzip(&text), &text),
        ("deflate", &zlib, &text),
        ("deflate", &deflate, &text),
        ("zstd", &zstd(text.as_bytes()), &text),
        ("br", brotli, "abc"),
        ("zstd, gzip", &gzip(zstd(text.as_bytes())), &text),
        ("identity", text.as_bytes(), &text),
        ("utf-8", text.as_bytes(), &text),
        ("gzip", text.as_bytes(), &text),
        ("br", text.as_bytes(), &text),
        ("deflate", text.as_bytes(), &text),
        ("zstd", b"", ""),
    ] {
        assert_eq!(body(&format!("Content-Encoding: {coding}"), bytes).unwrap(), expected, "{coding}");
    }
    let half = &gzip(&text)[..40];
    assert!(matches!(body("Content-Encoding: gzip", half), Err(BodyFault::Compression { .. })));
    assert!(matches!(body("Content-Encoding: br", b"\xff\xff\xff"), Err(BodyFault::Compression { .. })));
    assert_eq!(body("Content-Encoding: compress", b"x"), Err(BodyFault::Unknown("compress".to_owned())));
    let bomb = gzip(vec![b'x'; 1_000_000]);
    assert_eq!(body("Content-Encoding: gzip", &bomb), Err(BodyFault::TooLarge { limit: 1000 }));
    let chunks = [format!("{:x}\r\n", gzip(&text).len()).as_bytes(), &gzip(&text), b"\r\n0\r\n\r\n"].concat();
    assert_eq!(body("Content-Encoding: gzip\r\nTransfer-Encoding: chunked", &chunks).unwrap(), text);
}

#[test]
fn what_the_archive_says_is_cut_is_read_as_far_as_it_goes() {
    let text = "The bridge is open again. ".repeat(20);
    let cut = gzip(&text);
    for (head, stored) in [
        ("Content-Encoding: gzip", &cut[..cut.len() - 9]),
        ("Transfer-Encoding: chunked", format!("208\r\n{}", &text[..100]).as_bytes()),
    ] {
        let block = [format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes(), stored].concat();
        let record = record_of("response", "https://example.com/a", &block);
        let record = [b"WARC/1.0\r\nWARC-Truncated: length", &record[8..]].concat();
        let capture = Capture::of(read(&record).remove(0).unwrap()).unwrap().unwrap();
        let body = String::from_utf8(capture.into_body(1000).unwrap()).unwrap();
        assert!(!body.is_empty() && text.starts_with(&body), "{head}: {body}");
    }
}

// --- what is written ------------------------------------------------------------------------------------------------

fn header(name: &str, value: impl AsRef<[u8]>) -> Header {
    Header { name: name.to_owned(), value: value.as_ref().to_vec() }
}

fn exchange() -> Exchange {
    Exchange {
        url: Url::parse("https://example.com/news?id=7").unwrap(),
        began: Duration::from_micros(1_772_359_200_123_456),
        peer: Some("192.0.2.7".parse().unwrap()),
        request_headers: vec![header("host", "example.com"), header("user-agent", "cleancopy/0")],
        protocol: Protocol::Http2,
        status: 200,
        headers: vec![header("content-type", "text/html; charset=utf-8"), header("x-name", b"caf\xe9")],
        body: "<p>The bridge is open.".into(),
        completeness: Completeness::Whole,
    }
}

fn written(exchange: &Exchange) -> Vec<WarcRecord> {
    let mut writer = WarcWriter::new(Vec::new(), 0);
    writer.write_exchange(exchange).unwrap();
    read(&writer.into_inner()).into_iter().map(Result::unwrap).collect()
}

fn block(record: &WarcRecord) -> String {
    String::from_utf8_lossy(&record.block).into_owned()
}

#[test]
fn an_exchange_is_a_response_and_its_request() {
    let records = written(&exchange());
    let [response, request] = &records[..] else { panic!("{records:?}") };
    assert_eq!((response.record_type(), request.record_type()), (RecordType::Response, RecordType::Request));
    for (record, other) in [(response, request), (request, response)] {
        assert_eq!(record.field("WARC-Concurrent-To"), other.field("WARC-Record-ID"));
        assert_eq!(record.target_uri(), Some("https://example.com/news?id=7"));
        assert_eq!(record.field("WARC-Date"), Some("2026-03-01T10:00:00.123456Z"));
        assert_eq!(record.field("WARC-IP-Address"), Some("192.0.2.7"));
        assert_eq!(record.field("WARC-Protocol"), Some("h2"));
        assert!(record.field("WARC-Block-Digest").unwrap().starts_with("sha1:"));
        assert_eq!(record.field("WARC-Truncated"), None);
    }
    assert_eq!(response.field("Content-Type"), Some("application/http;msgtype=response"));
    assert_eq!(block(request), "GET /news?id=7 HTTP/1.1\r\nhost: example.com\r\nuser-agent: cleancopy/0\r\n\r\n");
    let capture = Capture::of(response.clone()).unwrap().unwrap();
    assert_eq!(capture.head.status, 200);
    assert_eq!(capture.head.headers, exchange().headers);
    assert_eq!(capture.stored_body(), exchange().body);
}

#[test]
fn what_no_longer_fits_the_body_has_another_name() {
    let of = |headers: Vec<Header>| block(&written(&Exchange { headers, ..exchange() })[0]);
    assert_eq!(
        of(vec![header("transfer-encoding", "chunked"), header("content-length", "7")]),
        "HTTP/1.1 200 OK\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\nX-Archive-Orig-Content-Length: 7\r\n\
         content-length: 22\r\n\r\n<p>The bridge is open."
    );
    assert_eq!(
        of(vec![header("content-length", "22")]),
        "HTTP/1.1 200 OK\r\ncontent-length: 22\r\n\r\n<p>The bridge is open."
    );
}

#[test]
fn no_header_can_break_out_of_its_line() {
    let headers = vec![header("x", "a\r\n\r\nWARC/1.1\nb"), header("b\nc: d", "e")];
    let exchange = Exchange { headers: headers.clone(), request_headers: headers, peer: None, ..exchange() };
    let records = written(&exchange);
    assert_eq!(records.len(), 2);
    assert!(block(&records[0]).starts_with("HTTP/1.1 200 OK\r\nx: a    WARC/1.1 b\r\nb-c--d: e\r\n\r\n<p>"));
    assert_eq!(
        block(&records[1]),
        "GET /news?id=7 HTTP/1.1\r\nhost: example.com\r\nx: a    WARC/1.1 b\r\nb-c--d: e\r\n\r\n"
    );
    assert_eq!(records[0].field("WARC-IP-Address"), None);
}

#[test]
fn what_was_cut_says_why() {
    for (completeness, why) in [
        (Completeness::CutByLength, "length"),
        (Completeness::CutByTime, "time"),
        (Completeness::CutByDisconnect, "disconnect"),
    ] {
        let records = written(&Exchange { completeness, protocol: Protocol::Http10, status: 299, ..exchange() });
        assert_eq!(records[0].field("WARC-Truncated"), Some(why));
        assert_eq!(records[0].field("WARC-Protocol"), Some("http/1.0"));
        assert!(block(&records[0]).starts_with("HTTP/1.0 299 \r\n"));
    }
}

#[test]
fn a_file_is_cut_back_and_gone_on_with() {
    let info = WarcInfo { software: "cleancopy/0", robots: RobotsPolicy::Obeyed, user_agent: "x\r\ny" };
    let mut writer = WarcWriter::new(Vec::new(), 0);
    writer.write_info(&info, exchange().began).unwrap();
    writer.write_exchange(&exchange()).unwrap();
    let committed = writer.bytes();
    writer.write_exchange(&exchange()).unwrap();
    let mut file = writer.into_inner();
    file.truncate(usize::try_from(committed).unwrap() + 5);
    file.truncate(usize::try_from(committed).unwrap());
    let mut writer = WarcWriter::new(file, committed);
    writer.write_exchange(&exchange()).unwrap();
    assert_eq!(writer.bytes(), writer.get_mut().len() as u64);
    let records: Vec<WarcRecord> = read(&writer.into_inner()).into_iter().map(Result::unwrap).collect();
    let types: Vec<RecordType> = records.iter().map(WarcRecord::record_type).collect();
    let exchange_types = [RecordType::Response, RecordType::Request];
    assert_eq!(types, [&[RecordType::Warcinfo][..], &exchange_types, &exchange_types].concat());
    assert!(block(&records[0]).contains("robots: classic\r\nhttp-header-user-agent: x  y\r\n"));
    let mut ids: Vec<&str> = records.iter().map(|record| record.id().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 5, "the same exchange twice has two ids");
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        status in 100..600_u16,
        names in prop::collection::vec("[a-z]{1,8}-[a-z]{0,5}", 0..4),
        value in "[ -~é]{0,20}",
        body in prop::collection::vec(any::<u8>(), 0..300),
        query in any::<Option<String>>(),
    ) {
        let mut url = exchange().url;
        url.set_query(query.as_deref());
        let headers: Vec<Header> = names.iter().map(|name| header(name, value.trim())).collect();
        let went = Exchange { url: url.clone(), status, headers: headers.clone(), body: body.clone(), ..exchange() };
        let capture = Capture::of(written(&went).remove(0)).unwrap().unwrap();
        prop_assert_eq!(capture.url(), url.as_str());
        prop_assert_eq!(capture.head.status, status);
        prop_assert_eq!(&capture.head.headers, &headers);
        prop_assert_eq!(capture.stored_body(), body);
    }
}

// --- through the program --------------------------------------------------------------------------------------------

/// A page whose story names `what`.
fn page(what: &str) -> String {
    let paragraph = |number: usize| {
        format!(
            "<p>The {what} over the Warrow was shut for the {number}th time on Monday, and the county said that the work \
             would go on until the spring, when the floods are over and the steel has come.</p>"
        )
    };
    let paragraphs: String = (4..9).map(paragraph).collect();
    format!("<!doctype html><title>The {what}</title><nav><a href=/>Home</a></nav><article>{paragraphs}</article>")
}

fn answer(number: usize, head: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let block = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body.as_ref()].concat();
    record_of("response", &format!("https://example.com/{}", "x".repeat(number)), &block)
}

/// Three pages; between them a request, an error, an image and a broken record.
fn crawl() -> [Vec<u8>; 7] {
    const HTML: &str = "200 OK\r\nContent-Type: text/html; charset=utf-8";
    [
        answer(1, HTML, page("bridge")),
        record_of("request", "https://example.com/x", b"GET / HTTP/1.1\r\n\r\n"),
        answer(2, "404 Not Found\r\nContent-Type: text/html", page("door")),
        answer(3, &format!("{HTML}\r\nContent-Encoding: gzip"), gzip(page("tower"))),
        answer(4, "200 OK\r\nContent-Type: image/png", b"\x89PNG\r\n\x1a\n"),
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: none\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>x\r\n\r\n".to_vec(),
        answer(5, HTML, page("ferry")),
    ]
}

#[test]
fn the_pages_of_an_archive_become_records() {
    let folder = Folder::new();
    let members: Vec<Vec<u8>> = crawl().iter().map(gzip).collect();
    let offset: usize = members[..5].iter().map(Vec::len).sum();
    folder
        .file("x.warc.gz", members.concat())
        .file("y.data", crawl().concat())
        .file("z.warc.zst", zstd(&crawl().concat()));
    let ran = folder.run(&["-f", "warc", "x.warc.gz", "-t", "jsonl"]);
    let records = ran.ends(3).says("1 of 4 pages failed").records();
    ran.says("2 archived answers passed over: images, redirects, errors and the like");
    assert_eq!(records[0]["source"], "https://example.com/x <urn:x:21>");
    assert_eq!(records[0]["url"], "https://example.com/x");
    for (record, what) in [(0, "bridge"), (1, "tower"), (3, "ferry")] {
        assert!(records[record]["text"].as_str().unwrap().contains(&format!("The {what} over the Warrow")));
    }
    assert_eq!(records[2]["source"], format!("x.warc.gz:{offset}"));
    assert_eq!(records[2]["error"]["kind"], "record");
    assert_eq!(records[2]["error"]["message"], format!("offset {offset}: its Content-Length is no number: \"none\""));
    for ran in [
        folder.run(&["y.data", "--from", "warc"]),
        folder.run(&["z.warc.zst"]),
        folder.run_with_stdin(&["--from", "warc"], members.concat()),
        folder.run_with_stdin(&["--from", "warc", "-"], zstd(&crawl().concat())),
    ] {
        let others = ran.ends(3).records();
        let texts = |records: &[Value]| -> Vec<Value> { records.iter().map(|record| record["text"].clone()).collect() };
        assert_eq!(texts(&others), texts(&records));
    }
}

#[test]
fn archives_are_named_in_folders_and_written_to_one_file_each() {
    let folder = Folder::new();
    folder.file("in/day.warc.gz", gzip(crawl().concat())).file("in/a.html", page("harbour"));
    folder.run(&["in", "-t", "text", "-o", "out/"]).ends(3).says("in/day.warc.gz:0: offset 0 (and ");
    assert_eq!(folder.names("out"), ["a.txt", "day.txt"]);
    assert_eq!(folder.read("out/day.txt").matches("\n---\n").count(), 2);
}

#[test]
fn the_limit_is_one_of_pages_and_concerns_them_alone() {
    let folder = Folder::new();
    let long = "x".repeat(200_000);
    let bomb = answer(6, "200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip", gzip(&long));
    let plain = answer(7, "200 OK\r\nContent-Type: text/plain", &long);
    let film = answer(8, "200 OK\r\nContent-Type: video/mp4", &long);
    let close = answer(9, "200 OK\r\nContent-Type: text/plain", &long[..60_000]);
    folder.file("x.warc", [&bomb[..], &plain, &film, &close, &crawl()[0]].concat());
    let ran = folder.run(&["x.warc", "--max-size", "50k"]);
    let records = ran.ends(3).says("3 of 4 pages failed").says("1 archived answer passed over").records();
    for record in &records[..3] {
        assert_eq!(record["error"]["kind"], "too-large");
        assert!(record["source"].as_str().unwrap().starts_with("https://example.com/x"));
    }
    assert!(records[3]["text"].as_str().unwrap().contains("The bridge"));
}

#[test]
fn pages_are_told_from_other_things() {
    let folder = Folder::new();
    let pages = [
        answer(1, "200 OK", page("bridge")),
        answer(2, "200 OK\r\nContent-Type: text/plain", page("tower")),
        answer(3, "200 OK\r\nContent-Type: application/xhtml+xml", page("ferry")),
        answer(4, "200 OK\r\nContent-Type: text/html", "%PDF-1.7"),
        answer(5, "200 OK\r\nContent-Type: text/css", "p {}"),
        answer(6, "200 OK", "GIF89a"),
        answer(7, "nonsense", ""),
    ];
    let file = String::from_utf8(pages.concat()).unwrap();
    folder.file("x.warc", file.replacen("WARC-Date", "WARC-Truncated: length\r\nWARC-Date", 1));
    let ran = folder.run(&["x.warc"]);
    let records = ran.ends(3).says("2 archived answers passed over").says("1 archived page was cut short").records();
    for (record, what) in [(0, "bridge"), (1, "tower"), (2, "ferry")] {
        assert!(records[record]["text"].as_str().unwrap().starts_with(&format!("The {what} over the Warrow")));
    }
    assert_eq!(records[3]["error"]["message"], "not a page but a PDF");
    assert!(records[4]["error"]["message"].as_str().unwrap().contains("its block begins with no status line of HTTP"));
    assert_eq!(records.len(), 5);
}

#[test]
fn an_archive_without_pages_says_so() {
    let folder = Folder::new();
    folder.file("x.warc", crawl()[1].clone()).file("y.dat", crawl()[1].clone());
    folder.run(&["x.warc"]).ends(0).says("nothing to clean: no page among the sources");
    folder.run(&["y.dat", "-t", "jsonl"]).ends(4).gives("not a page but a WARC file (--from warc reads it)");
    let ran = folder.run(&["--from", "warc", "https://example.com/x"]);
    ran.ends(4).gives("for --from warc give a file");
    folder.run(&["--from", "warc", "no.warc"]).ends(4).gives("no such file");
}
