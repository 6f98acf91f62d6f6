//! What must hold of everything that comes in from outside, whatever it is. Each function takes the bytes that a fuzz
//! target is given and panics where its property does not hold; `fuzz_targets/` has a file of three lines for each.
//!
//! | file | what it checks |
//! |---|---|
//! | `markup.rs` | slim, and the blocks and metadata of HTML |
//! | `scraped.rs` | the blocks of text without markup |
//! | `story.rs` | the whole `clean`, in every format |
//! | `bytes.rs` | from bytes to text, compression |
//! | `records.rs` | WARC files, JSON Lines |
//! | `rules.rs` | robots.txt |
//! | `repeated.rs` | a few bytes over and over: what is quadratic is too slow |
//! | `letters.rs` | whether what comes out was in what went in |

mod letters;

pub mod bytes;
pub mod markup;
pub mod records;
pub mod repeated;
pub mod rules;
pub mod scraped;
pub mod story;
