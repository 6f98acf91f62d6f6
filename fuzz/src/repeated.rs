//! A few bytes over and over. What takes time in proportion to the input is through in a moment; what is quadratic is
//! not through in the seconds that a run gets.

use cleancopy::fuzzing::robots;
use url::Url;

use crate::{markup, records, scraped, story};

/// Bytes of the input that is made.
const MADE_BYTES: usize = 400_000;

/// The parts of what is repeated stand between these.
const SEPARATOR: u8 = 0xff;

/// Stands for a word of [`WORD_BYTES`].
const LONG_WORD: u8 = 0xfe;
const WORD_BYTES: usize = 8_000;

/// The first byte says what reads it; then come a head, what is repeated, and a tail.
pub fn check_repeated(data: &[u8]) {
    let Some((&reader, parts)) = data.split_first() else { return };
    let mut parts = parts.splitn(3, |&byte| byte == SEPARATOR);
    let [head, unit, tail] = [(); 3].map(|()| with_long_words(parts.next().unwrap_or_default()));
    if unit.is_empty() {
        return;
    }
    let unit = unit.repeat(MADE_BYTES / unit.len());
    let made = [head, unit, tail].concat();
    match reader {
        b't' => drop(story::clean(&scraped::page(&String::from_utf8_lossy(&made)))),
        b'w' => records::check_warc(&made),
        b'j' => records::check_jsonl(&made),
        b'd' => markup::check_page_data(&made),
        b'r' => drop(Url::parse("https://www.harbourherald.test/").map(|page| robots(&made, &page))),
        _ => drop(story::clean(&markup::page(&String::from_utf8_lossy(&made)))),
    }
}

fn with_long_words(part: &[u8]) -> Vec<u8> {
    let words = part.split(|&byte| byte == LONG_WORD).map(<[u8]>::to_vec);
    words.collect::<Vec<_>>().join(&[b'a'; WORD_BYTES][..])
}
