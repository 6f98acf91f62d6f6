//! WARC files (ISO 28500): what went over the wire, kept as it was.
//!
//! | file | its one job |
//! |---|---|
//! | `record.rs` | a record: fields and block |
//! | `writer.rs` | exchanges become records |
//! | `http_head.rs` | the heads of a request and its answer as they are written |
//! | `identity.rs` | the ids and dates of records |
//! | `digest.rs` | digests as records carry them |
//! | `reader.rs` | records from bytes, and the next one behind a broken one |
//! | `unpack.rs` | the bytes of a file, decompressed member by member |
//! | `raw.rs` | the bytes of a file as they lie there, with a way back |
//! | `capture.rs` | the answer that a record holds |
//! | `coding.rs` | the codings of a body undone |
//! | `fault.rs` | what can be wrong |

mod capture;
mod coding;
mod digest;
mod fault;
mod http_head;
mod identity;
mod raw;
mod reader;
mod record;
mod unpack;
mod writer;

pub use capture::{Capture, Head};
pub use fault::{BodyFault, Fault, Place, WarcError};
pub use reader::WarcReader;
pub use record::{Field, RecordType, WarcRecord};
pub use writer::{RobotsPolicy, WarcInfo, WarcWriter};
