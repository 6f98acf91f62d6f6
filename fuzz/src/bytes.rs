//! From bytes to text, and compression.

use cleancopy::fuzzing::decompress;
use cleancopy::page::{BodyEncoding, Page, PageFormat, RawPage, Source, decode};
use url::Url;

/// Bytes of a body at the most.
const LIMIT: u64 = 300_000;

/// Charsets that a header may name: of each kind of encoding one, none, and nonsense.
const CHARSETS: [Option<&str>; 9] = [
    None,
    Some("utf-8"),
    Some("utf-16"),
    Some("windows-1252"),
    Some("shift_jis"),
    Some("gb18030"),
    Some("iso-2022-jp"),
    Some("x-user-defined"),
    Some("none such"),
];

const ENCODINGS: [&str; 7] = ["gzip", "deflate", "br", "zstd", "identity", "gzip, br", ""];

/// All bytes are some text. The first byte says what was said of them.
pub fn check_decode(data: &[u8]) {
    let Some((&hint, body)) = data.split_first() else { return };
    let hint = usize::from(hint);
    let format = if hint.is_multiple_of(2) { PageFormat::Html } else { PageFormat::Text };
    let raw = RawPage {
        charset: CHARSETS[hint / 2 % CHARSETS.len()].map(str::to_owned),
        url: Url::parse(["https://a.test/", "https://a.jp/", "https://xn--p1ai./"][hint % 3]).ok(),
        encoding: if hint > 250 { BodyEncoding::Utf8 } else { BodyEncoding::Unknown },
        ..RawPage::new(Source::Memory, format, body.to_vec())
    };
    let is_utf8 = raw.encoding == BodyEncoding::Utf8;
    let Page { text, .. } = decode(raw);
    // A byte becomes at most three: U+FFFD, or a character of East Asia.
    assert!(text.len() <= 3 * body.len() + 3, "{} bytes became {}", body.len(), text.len());
    if let (true, Ok(body)) = (is_utf8, str::from_utf8(body)) {
        assert_eq!(text, body);
    }
}

/// A compressed body takes no more room than it may, and is the same in whatever pieces it comes.
pub fn check_decompress(data: &[u8]) {
    let [encoding, piece, body @ ..] = data else { return };
    let encoding = ENCODINGS[usize::from(*encoding) % ENCODINGS.len()];
    let (whole, outcome) = decompress(encoding, body, usize::MAX, LIMIT);
    assert!(whole.len() as u64 <= LIMIT);
    let (in_pieces, outcome_in_pieces) = decompress(encoding, body, 1 + usize::from(*piece), LIMIT);
    assert_eq!(outcome.is_ok(), outcome_in_pieces.is_ok(), "{outcome:?}, in pieces {outcome_in_pieces:?}");
    if outcome.is_ok() {
        assert!(whole == in_pieces, "another body in pieces");
    }
}
