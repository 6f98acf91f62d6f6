//! From bytes to text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use url::Url;

use super::{BodyEncoding, ByteOrderMark, Page, PageFormat, RawPage, prescan};

/// The byte order mark in UTF-8.
const UTF_8_MARK: &[u8] = b"\xef\xbb\xbf";

/// How much of a body is looked at for the NULs of UTF-16.
const UTF16_HEAD_BYTES: usize = 256;

/// Fewer NULs than these are an accident.
const UTF16_MIN_NULS: usize = 8;

/// UTF-8 overrules another declared encoding where this many multi-byte sequences are well-formed for each that is
/// malformed. In text that is not UTF-8 the malformed ones are many and the well-formed ones an accident.
const OVERRULING_RATIO: usize = 8;

/// A declared encoding gives way to the guess where it leaves more than one in this many characters beyond ASCII
/// without a meaning, and the guess fewer.
const DOUBT_RATIO: usize = 10;

/// The text of a page. Never fails: bytes that mean nothing in the encoding become U+FFFD.
///
/// The encoding is, in this order,
///
/// 1. UTF-8 or UTF-16 by the byte order mark, which is not part of the text ([`Page::mark`] says that it was there);
/// 2. UTF-16 by a NUL in a quarter of the pairs of the first 256 bytes (eight at least), always in the same place; or by the HTTP
///    `Content-Type`, if there is a NUL at all, as every line of such text has one;
/// 3. UTF-8 where all of the body is valid UTF-8, whatever is declared: charsets are often declared wrongly, and text
///    in another encoding is not valid UTF-8 by accident. Nothing is copied then. (`ISO-2022-JP` is valid too, being
///    ASCII: where it is declared and its escape character occurs, it is used.)
/// 4. UTF-8 where only a few bytes are broken: if UTF-8 is declared, no more multi-byte sequences than are well-formed;
///    if nothing is, fewer than these; if another encoding is, one for eight of these. A sequence that the end of the
///    body cuts does not count;
/// 5. what the HTTP `Content-Type` declares, else what a `meta` tag or the XML declaration does in the first 4096 bytes
///    of HTML. UTF-8 is ruled out by now, so next to a header that declares it the page's own word counts;
/// 6. what chardetng guesses with the help of the URL's top-level domain. It also replaces a declared encoding that
///    leaves over a tenth of the characters beyond ASCII without a meaning, if it does better itself.
///
/// NULs are left as they are. Text without markup that would be read otherwise still, written as UTF-8 (a second byte
/// order mark), is read so at once: what the program writes, it reads as it wrote it. What is UTF-8 already ([`BodyEncoding::Utf8`]) is not looked at.
pub fn decode(raw: RawPage) -> Page {
    let RawPage { url, charset, format, body, encoding, stated, .. } = raw;
    let hints = Hints { url: url.as_ref(), label: charset.as_deref(), format };
    let is_marked = encoding == BodyEncoding::Unknown && format == PageFormat::Text && body.starts_with(UTF_8_MARK);
    let (text, encoding) = match (encoding, format) {
        (BodyEncoding::Unknown, PageFormat::Html) => text_of(body, &hints),
        (BodyEncoding::Unknown, PageFormat::Text) => lasting(text_of(body, &hints)),
        (BodyEncoding::Utf8, _) => match String::from_utf8(body) {
            Ok(text) => (text, UTF_8),
            Err(error) => text_of(error.into_bytes(), &hints),
        },
    };
    let mark = if is_marked && encoding == UTF_8 { ByteOrderMark::Utf8 } else { ByteOrderMark::None };
    Page { text, url, format, stated, encoding: encoding.name(), mark }
}

/// Whether the bytes of a text, read as a body of which nothing is known, would give another text.
pub(crate) fn is_read_otherwise(text: &str) -> bool {
    Encoding::for_bom(text.as_bytes()).is_some() || utf16_by_nuls(text.as_bytes()).is_some()
}

/// What is known of a body besides its bytes.
struct Hints<'a> {
    url: Option<&'a Url>,
    label: Option<&'a str>,
    format: PageFormat,
}

impl Hints<'_> {
    fn by_http(&self) -> Option<&'static Encoding> {
        prescan::by_label(self.label?.as_bytes())
    }

    fn by_markup(&self, body: &[u8]) -> Option<&'static Encoding> {
        match self.format {
            PageFormat::Html => prescan::declared(body),
            PageFormat::Text => None,
        }
    }

    /// Whether it is said to be ISO-2022-JP. Nearly no page has the number that each label of it has, so that none other
    /// is searched.
    fn names_iso_2022_jp(&self, body: &[u8]) -> bool {
        let may_be_named = || memchr::memmem::find(prescan::head(body), b"2022").is_some();
        let declared = self.by_http().or_else(|| may_be_named().then(|| self.by_markup(body)).flatten());
        declared == Some(ISO_2022_JP)
    }

    /// As chardetng wants it, which panics on other than lower-case ASCII without dots.
    fn top_level_domain(&self) -> Option<&str> {
        let label = self.url?.domain()?.trim_end_matches('.').rsplit('.').next()?;
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (!label.is_empty() && label.bytes().all(is_plain)).then_some(label)
    }
}

fn text_of(mut body: Vec<u8>, hints: &Hints<'_>) -> (String, &'static Encoding) {
    let by_mark = Encoding::for_bom(&body);
    if let Some((encoding, mark_bytes)) = by_mark {
        body.drain(..mark_bytes);
        if encoding != UTF_8 {
            return in_encoding(&body, encoding);
        }
    } else if let Some(encoding) = utf16_by_nuls(&body).or_else(|| declared_utf16(&body, hints)) {
        return in_encoding(&body, encoding);
    }
    match String::from_utf8(body) {
        Ok(text) if is_iso_2022_jp(&text, hints) => in_encoding(text.as_bytes(), ISO_2022_JP),
        Ok(text) => (text, UTF_8),
        Err(error) => text_of_invalid_utf8(error.as_bytes(), by_mark.map(|(encoding, _)| encoding), hints),
    }
}

/// Text, read again while it would be read otherwise.
fn lasting((mut text, mut encoding): (String, &'static Encoding)) -> (String, &'static Encoding) {
    while is_read_otherwise(&text) {
        let marks = text.len() - text.trim_start_matches('\u{feff}').len();
        text.drain(..marks);
        if let Some(other) = utf16_by_nuls(text.as_bytes()) {
            (text, encoding) = in_encoding(text.as_bytes(), other);
        }
    }
    (text, encoding)
}

fn in_encoding(body: &[u8], encoding: &'static Encoding) -> (String, &'static Encoding) {
    (encoding.decode_without_bom_handling(body).0.into_owned(), encoding)
}

/// UTF-16 by the NULs that its ASCII characters have, the markup above all.
fn utf16_by_nuls(body: &[u8]) -> Option<&'static Encoding> {
    let head = &body[..body.len().min(UTF16_HEAD_BYTES)];
    // A quarter of the pairs: a title in Cyrillic takes a good part of the head.
    let enough = UTF16_MIN_NULS.max(head.len() / 8);
    match NulPlaces::of(head) {
        NulPlaces { first: 0, second } if second >= enough => Some(UTF_16LE),
        NulPlaces { first, second: 0 } if first >= enough => Some(UTF_16BE),
        _ => None,
    }
}

/// UTF-16 by the HTTP label. Its NULs say in which byte order: the label `utf-16` leaves that open.
fn declared_utf16(body: &[u8], hints: &Hints<'_>) -> Option<&'static Encoding> {
    let declared = hints.by_http().filter(|&encoding| is_utf16(encoding))?;
    match NulPlaces::of(body) {
        NulPlaces { first: 0, second: 0 } => None,
        NulPlaces { first, second } if first > second => Some(UTF_16BE),
        NulPlaces { first, second } if first < second => Some(UTF_16LE),
        _ => Some(declared),
    }
}

fn is_utf16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// How many pairs of bytes have a NUL in their first, and in their second place.
struct NulPlaces {
    first: usize,
    second: usize,
}

impl NulPlaces {
    fn of(bytes: &[u8]) -> Self {
        let nuls_at = |place: usize| bytes.iter().skip(place).step_by(2).filter(|&&byte| byte == 0).count();
        NulPlaces { first: nuls_at(0), second: nuls_at(1) }
    }
}

fn is_iso_2022_jp(text: &str, hints: &Hints<'_>) -> bool {
    const ESCAPE: u8 = 0x1B;
    hints.names_iso_2022_jp(text.as_bytes()) && memchr::memchr(ESCAPE, text.as_bytes()).is_some() && text.is_ascii()
}

fn text_of_invalid_utf8(
    body: &[u8],
    by_mark: Option<&'static Encoding>,
    hints: &Hints<'_>,
) -> (String, &'static Encoding) {
    let by_transport = by_mark.or_else(|| hints.by_http());
    let by_markup = hints.by_markup(body);
    if Sequences::of(body).speak_for_utf8(by_transport.or(by_markup)) {
        return in_encoding(body, UTF_8);
    }
    // Real UTF-16 was met before.
    let is_possible = |&encoding: &&'static Encoding| encoding != UTF_8 && !is_utf16(encoding);
    match by_transport.filter(is_possible).or(by_markup.filter(is_possible)) {
        Some(declared) => in_declared_encoding(body, declared, hints),
        None => in_encoding(body, guess(body, hints)),
    }
}

/// In the declared encoding, unless that fits badly and the guess better.
fn in_declared_encoding(body: &[u8], declared: &'static Encoding, hints: &Hints<'_>) -> (String, &'static Encoding) {
    let (text, has_errors) = declared.decode_without_bom_handling(body);
    if has_errors {
        let beyond_ascii = text.chars().filter(|char| !char.is_ascii()).count();
        // One alone is what the end of the body cut.
        if replacements(&text) > 1 + beyond_ascii / DOUBT_RATIO {
            let guessed = in_encoding(body, guess(body, hints));
            if replacements(&guessed.0) < replacements(&text) {
                return guessed;
            }
        }
    }
    (text.into_owned(), declared)
}

fn replacements(text: &str) -> usize {
    text.matches(char::REPLACEMENT_CHARACTER).count()
}

fn guess(body: &[u8], hints: &Hints<'_>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // Not the last: a character that the end of the body cuts would rule its encoding out.
    detector.feed(body, false);
    detector.guess(hints.top_level_domain().map(str::as_bytes), Utf8Detection::Deny)
}

/// How far a body is UTF-8.
struct Sequences {
    /// Well-formed sequences of two bytes and more.
    well_formed: usize,
    /// Malformed ones, but for one that the end cuts.
    malformed: usize,
}

impl Sequences {
    fn of(body: &[u8]) -> Self {
        const FIRST_LEAD_BYTE: u8 = 0xC0;
        let mut sequences = Sequences { well_formed: 0, malformed: 0 };
        let mut chunks = body.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            sequences.well_formed += chunk.valid().bytes().filter(|&byte| byte >= FIRST_LEAD_BYTE).count();
            let is_cut = chunks.peek().is_none() && is_incomplete(chunk.invalid());
            sequences.malformed += usize::from(!chunk.invalid().is_empty() && !is_cut);
        }
        sequences
    }

    fn speak_for_utf8(&self, declared: Option<&'static Encoding>) -> bool {
        match declared {
            Some(encoding) if encoding == UTF_8 => self.well_formed >= self.malformed,
            Some(_) => self.well_formed > 0 && self.well_formed >= OVERRULING_RATIO * self.malformed,
            None => self.well_formed > self.malformed,
        }
    }
}

fn is_incomplete(sequence: &[u8]) -> bool {
    std::str::from_utf8(sequence).is_err_and(|error| error.error_len().is_none())
}
