//! A body without its compression, up to the limit.

use reqwest::header::{CONTENT_ENCODING, HeaderMap};

use crate::compression::{Codec, UnpackFault, Unpacker};
use crate::error::PageErrorKind;

/// The compressions that are undone, as `Accept-Encoding` names them.
pub(super) const ACCEPTED: &str = "gzip, deflate, br, zstd";

/// All compressions that some servers use, undone here or not. Other values of the header are a server's error
/// (`utf-8`, `none`) and mean nothing.
const COMPRESSIONS: [&str; 9] = ["gzip", "x-gzip", "deflate", "br", "zstd", "compress", "x-compress", "dcb", "dcz"];

/// Takes the bytes of an answer's body as they come and holds what they stand for.
pub(super) struct Decompressor(Unpacker);

impl Decompressor {
    /// The one for an answer with these headers: it holds at most `limit` bytes.
    ///
    /// # Errors
    /// `Body` where the body is compressed in a way that is not undone here.
    pub(super) fn of(headers: &HeaderMap, limit: u64) -> Result<Self, PageErrorKind> {
        Ok(Decompressor(Unpacker::new(codec(headers)?, limit)))
    }

    /// One that takes the bytes as they are.
    pub(super) fn plain(limit: u64) -> Self {
        Decompressor(Unpacker::new(None, limit))
    }

    /// Bytes of a body as it comes that the limit allows. What cannot be made smaller grows a little by compression.
    pub(super) fn wire_limit(&self) -> u64 {
        let limit = self.0.limit();
        if self.0.is_compressed() { limit.saturating_add(limit / 16).saturating_add(1024) } else { limit }
    }

    /// The error of a body that is over the limit.
    pub(super) fn too_large(&self) -> PageErrorKind {
        PageErrorKind::TooLarge { limit: self.0.limit() }
    }

    /// Makes room for a body that is announced to have this many bytes.
    pub(super) fn reserve(&mut self, announced: u64) {
        self.0.reserve(announced);
    }

    /// Takes more of the body. After an error it must get no more.
    ///
    /// # Errors
    /// `TooLarge` where it holds as much as it may and there is more, `Body` where the data are broken.
    pub(super) fn push(&mut self, input: &[u8]) -> Result<(), PageErrorKind> {
        let limit = self.0.limit();
        self.0.push(input).map_err(|fault| of_fault(fault, limit))
    }

    /// What there is of the body.
    pub(super) fn body(&self) -> &[u8] {
        self.0.body()
    }

    /// The body, when all of it has come.
    ///
    /// # Errors
    /// `Body` where the compressed data end too early.
    pub(super) fn finish(self) -> Result<Vec<u8>, PageErrorKind> {
        let limit = self.0.limit();
        self.0.finish().map_err(|fault| of_fault(fault, limit))
    }

    /// What there is of the body, whether or not more should come.
    pub(super) fn into_part(self) -> Vec<u8> {
        self.0.into_part()
    }
}

fn of_fault(fault: UnpackFault, limit: u64) -> PageErrorKind {
    match fault {
        UnpackFault::TooLarge => PageErrorKind::TooLarge { limit },
        UnpackFault::Broken => PageErrorKind::Body("its compression is broken".to_owned()),
        UnpackFault::CutShort => PageErrorKind::Body("its compressed data end too early".to_owned()),
    }
}

/// The compression that the headers name, if they name one.
fn codec(headers: &HeaderMap) -> Result<Option<Codec>, PageErrorKind> {
    let values: Vec<String> = headers
        .get_all(CONTENT_ENCODING)
        .iter()
        .map(|value| String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase())
        .collect();
    let names: Vec<&str> = values
        .iter()
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|name| COMPRESSIONS.contains(name))
        .collect();
    let codec = match names.as_slice() {
        [] => return Ok(None),
        [name] => Codec::named(name),
        _ => None,
    };
    let says =
        || PageErrorKind::Body(format!("it is compressed in a way that cannot be undone ({})", names.join(", ")));
    codec.map(Some).ok_or_else(says)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use proptest::prelude::*;
    use reqwest::header::HeaderValue;

    use super::*;

    const LIMIT: u64 = 1_000_000;

    /// A form of compression: its name, and what does it.
    type Form = (&'static str, fn(&[u8]) -> Vec<u8>);

    const FORMS: [Form; 6] =
        [("gzip", gzip), ("X-GZip", gzip), ("deflate", zlib), ("deflate", deflate), ("br", brotli), ("zstd", zstd)];

    /// A sentence a thousand times, by the reference encoder.
    const BROTLI_TEXT: &[u8] = b"\
        \x5b\x27\x1d\x01\x40\xa0\xdc\x96\xea\xd1\x87\xb1\x0f\x9c\x6c\x65\xca\xa3\x41\x0f\xb8\x58\x91\xcd\
        \x9c\x48\x53\xbe\x4d\x0e\xd8\x18\x3b\x27\xca\x2d\xf1\x83\xe0\xce\x38\x41\x9b\x4d\x56\x48\xdf\x6e\
        \x90\x35\x9c\x53\x21\xc3\x7b\xd2\x9b\xa8\xee\x65\x52\x04\xe4\xd3\x1d\xc0\x00\
        ";

    /// A hundred million spaces.
    const BROTLI_BOMB: &[u8] = b"\
        \xcb\xff\xff\x3f\xf8\x25\x40\xe2\xb1\x40\x20\xf7\xfe\x8f\xff\xff\x7f\xf0\x4b\x00\xc4\x61\x11\x80\
        \xee\xfd\x1f\xff\xff\xff\xe0\x97\x00\x88\xc3\x02\x00\xdd\xfb\x3f\xfe\xff\xff\xc1\x2f\x01\x10\x87\
        \x05\x00\xba\xf7\x7f\xfc\xff\xff\x83\x5f\x02\x20\x0e\x0b\x00\x74\xef\xff\xf8\xff\xff\x07\xbf\x04\
        \x40\x1c\x16\x00\xe8\xde\xff\xf1\xff\xff\x0f\x7e\x09\x80\x38\x2c\x00\xd0\xbd\xff\xe3\xff\xff\x1f\
        \xfc\x12\x00\x71\x58\x00\xa0\x7b\xff\xc7\xff\xff\x3f\xf8\x25\x00\xe2\xb0\x00\x40\xf7\xfe\x8f\xff\
        \xff\x7f\xf0\x4b\x00\xc4\x61\x01\x80\xee\xfd\x1f\xff\xff\xff\xe0\x97\x00\x88\xc3\x02\x00\xdd\xfb\
        \xbf\xfc\x07\xaf\xc3\x2f\x01\x10\x87\x05\x00\xba\xd8\x75\
        ";

    fn gzip(body: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(body).unwrap();
        encoder.finish().unwrap()
    }

    fn zlib(body: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(body).unwrap();
        encoder.finish().unwrap()
    }

    fn deflate(body: &[u8]) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(body).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(body: &[u8]) -> Vec<u8> {
        zstd::encode_all(body, 3).unwrap()
    }

    /// Stored meta-blocks and an empty last one (RFC 7932, section 9.2).
    fn brotli(body: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        // The first byte of the first block holds the size of the window too.
        for (index, block) in body.chunks(60_000).enumerate() {
            let window_bits = u32::from(index == 0);
            let head = (u32::try_from(block.len()).unwrap() - 1) << 3 | 1 << 19;
            bytes.extend_from_slice(&(head << window_bits).to_le_bytes()[..3]);
            bytes.extend_from_slice(block);
        }
        bytes.push(3);
        bytes
    }

    fn decompressor(encoding: &str, limit: u64) -> Decompressor {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_ENCODING, HeaderValue::from_str(encoding).unwrap());
        Decompressor::of(&headers, limit).unwrap()
    }

    fn decompress(encoding: &str, body: &[u8], chunk: usize, limit: u64) -> Result<Vec<u8>, PageErrorKind> {
        let mut decompressor = decompressor(encoding, limit);
        for chunk in body.chunks(chunk) {
            decompressor.push(chunk)?;
        }
        decompressor.finish()
    }

    /// Text in which there is little to compress.
    fn text(bytes: usize) -> Vec<u8> {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            b'a' + (state >> 24) as u8 % 26
        };
        (0..bytes).map(|_| next()).collect()
    }

    #[test]
    fn a_body_comes_back_however_it_is_cut() {
        for body in [text(1), text(100), text(40_000), vec![b' '; 100_000]] {
            for (name, compress) in FORMS {
                let compressed = compress(&body);
                for chunk in [1, 7, 4096, usize::MAX] {
                    let result = decompress(name, &compressed, chunk.min(compressed.len()), LIMIT);
                    assert!(result.unwrap() == body, "{name}, {} bytes in chunks of {chunk}", body.len());
                }
            }
        }
    }

    #[test]
    fn padding_behind_the_data_is_left_alone_however_it_is_cut() {
        let body = text(10);
        for (name, compress) in FORMS {
            let mut padded = compress(&body);
            // It may look like further data where a piece of it begins.
            padded.extend([0; 20]);
            padded.extend(compress(&body));
            padded.extend([0; 20]);
            for chunk in 1..=padded.len() {
                assert_eq!(decompress(name, &padded, chunk, LIMIT).ok().as_ref(), Some(&body), "{name}, {chunk}");
            }
        }
    }

    #[test]
    fn an_empty_body_is_empty_whatever_its_header_says() {
        for (name, _) in FORMS {
            assert_eq!(decompress(name, b"", 1, LIMIT).unwrap(), b"");
        }
        assert_eq!(decompress("gzip", &gzip(b""), 1, LIMIT).unwrap(), b"");
    }

    #[test]
    fn data_that_end_too_early_are_an_error() {
        let body = text(5000);
        for (name, compress) in FORMS {
            let compressed = compress(&body);
            for cut in [1, 2, 3, compressed.len() / 2, compressed.len() - 1] {
                let error = decompress(name, &compressed[..cut], 100, LIMIT).unwrap_err();
                assert_eq!(error.to_string(), "the body broke off: its compressed data end too early", "{name}, {cut}");
            }
        }
    }

    #[test]
    fn broken_data_are_an_error() {
        for (name, _) in FORMS {
            let error = decompress(name, b"\xff\xff\xff\xff no such thing at all", 100, LIMIT).unwrap_err();
            assert_eq!(error.to_string(), "the body broke off: its compression is broken", "{name}");
        }
        let mut wrong_sum = gzip(b"Once upon a time.");
        *wrong_sum.iter_mut().rev().nth(5).unwrap() ^= 1;
        assert!(decompress("gzip", &wrong_sum, 100, LIMIT).is_err());
    }

    #[test]
    fn several_pieces_are_one_body() {
        for (name, compress) in [("gzip", gzip as fn(&[u8]) -> Vec<u8>), ("zstd", zstd)] {
            let pieces = [compress(b"Once "), compress(b""), compress(b"upon a time.")].concat();
            for chunk in [1, 1000] {
                assert_eq!(decompress(name, &pieces, chunk, LIMIT).unwrap(), b"Once upon a time.", "{name}");
            }
        }
    }

    #[test]
    fn pieces_without_end_are_an_error() {
        let many = gzip(b"").repeat(10_001);
        assert!(matches!(decompress("gzip", &many, 4096, LIMIT), Err(PageErrorKind::Body(_))));
    }

    #[test]
    fn padding_behind_the_data_is_left_alone() {
        for (name, compress) in FORMS {
            let padded = [compress(b"Once upon a time."), vec![0; 9]].concat();
            for chunk in [1, 1000] {
                assert_eq!(decompress(name, &padded, chunk, LIMIT).unwrap(), b"Once upon a time.", "{name}");
            }
        }
    }

    #[test]
    fn the_limit_holds_to_the_byte_and_a_bomb_stops_there() {
        let body = vec![b'a'; 50_000];
        for (name, compress) in FORMS {
            assert_eq!(decompress(name, &compress(&body), 4096, 50_000).unwrap(), body, "{name}");
            let error = decompress(name, &compress(&body), 4096, 49_999).unwrap_err();
            assert!(matches!(error, PageErrorKind::TooLarge { limit: 49_999 }), "{name}: {error}");
        }
        let spaces = vec![b' '; 3_000_000];
        let bombs = [("gzip", gzip(&spaces)), ("deflate", deflate(&spaces)), ("zstd", zstd(&spaces))];
        for (name, bomb) in bombs.into_iter().chain([("br", BROTLI_BOMB.to_vec())]) {
            let mut decompressor = decompressor(name, LIMIT);
            assert!(decompressor.push(&bomb).is_err(), "{name}");
            assert_eq!(decompressor.body().len() as u64, LIMIT, "{name}");
            assert!(decompressor.into_part().capacity() as u64 <= LIMIT, "{name}");
        }
    }

    #[test]
    fn brotli_of_the_reference_encoder_is_read() {
        let sentence = b"Once upon a time there was a ferry that hit a pier, and nobody was hurt. ";
        for chunk in [1, 100] {
            assert!(decompress("br", BROTLI_TEXT, chunk, LIMIT).unwrap() == sentence.repeat(1000));
        }
    }

    #[test]
    fn a_window_that_is_too_large_is_refused() {
        // A frame that asks for 2^27 bytes (RFC 8878, section 3.1.1.1.2), and a stream of brotli with a large window.
        assert!(decompress("zstd", b"\x28\xb5\x2f\xfd\x00\x88\x01\x00\x00", 100, LIMIT).is_err());
        assert!(decompress("br", b"\x11\x1e\x03", 100, LIMIT).is_err());
    }

    #[test]
    fn names_that_mean_nothing_are_passed_over() {
        for name in ["utf-8", "none", "identity", "", "identity, UTF-8"] {
            assert_eq!(decompress(name, b"as it is", 100, LIMIT).unwrap(), b"as it is", "{name}");
        }
        assert_eq!(decompress("identity, GZIP", &gzip(b"x"), 100, LIMIT).unwrap(), b"x");
        for name in ["compress", "gzip, br", "dcb"] {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
            let error = Decompressor::of(&headers, LIMIT).err().unwrap().to_string();
            assert!(error.ends_with(&format!("cannot be undone ({name})")), "{error}");
        }
    }

    proptest! {
        #[test]
        fn no_data_are_too_strange(
            form in 0..FORMS.len(),
            text in proptest::collection::vec(prop_oneof![Just(b' '), any::<u8>()], 0..300),
            faults in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
            tail in proptest::collection::vec(any::<u8>(), 0..20),
            chunk in 1..100_usize,
        ) {
            let (name, compress) = FORMS[form];
            let mut data = compress(&text);
            for (index, byte) in &faults {
                let at = index.index(data.len());
                data[at] = *byte;
            }
            data.extend_from_slice(&tail);
            let result = decompress(name, &data, chunk, 250);
            prop_assert!(!matches!(result, Ok(body) if body.len() > 250));
        }
    }
}
