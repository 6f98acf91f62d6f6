//! The ids and dates of records.

use std::time::Duration;

use jiff::Timestamp;
use sha1::{Digest, Sha1};

/// The namespace of names that are addresses (RFC 9562, 6.6).
const URL_NAMESPACE: [u8; 16] =
    [0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8];

/// The id of a record: a UUID of version 5 (RFC 9562, 5.5) in the namespace of addresses. Its name is made of what no
/// two records share: kind, address, date to the microsecond, and the place in the file. The same crawl written twice
/// has the same ids.
pub(super) fn record_id(kind: &str, url: &str, date: &str, offset: u64) -> String {
    let hash = Sha1::new().chain_update(URL_NAMESPACE).chain_update(format!("{url} {date} {kind} {offset}")).finalize();
    let mut uuid = [0; 16];
    uuid.copy_from_slice(&hash[..16]);
    uuid[6] = (uuid[6] & 0x0f) | 0x50;
    uuid[8] = (uuid[8] & 0x3f) | 0x80;
    let hex = data_encoding::HEXLOWER.encode(&uuid);
    format!("<urn:uuid:{}-{}-{}-{}-{}>", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// A time since the first of January 1970, UTC, as `WARC-Date` has it, to the microsecond. A time beyond the year 9999
/// is that year's end.
pub(super) fn warc_date(time: Duration) -> String {
    let micros = i64::try_from(time.as_micros()).unwrap_or(i64::MAX);
    format!("{:.6}", Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_uuids_of_version_5_and_differ_by_each_part() {
        let id = record_id("response", "https://example.com/a", "2026-03-01T10:00:00.000001Z", 0);
        assert_eq!(id.len(), "<urn:uuid:00000000-0000-5000-8000-000000000000>".len());
        assert_eq!(&id[24..25], "5");
        assert!("89ab".contains(&id[29..30]), "{id}");
        assert_eq!(id, record_id("response", "https://example.com/a", "2026-03-01T10:00:00.000001Z", 0));
        assert_ne!(id, record_id("request", "https://example.com/a", "2026-03-01T10:00:00.000001Z", 0));
        assert_ne!(id, record_id("response", "https://example.com/a", "2026-03-01T10:00:00.000001Z", 9));
    }

    #[test]
    fn dates_have_microseconds() {
        assert_eq!(warc_date(Duration::from_micros(1_772_359_200_000_001)), "2026-03-01T10:00:00.000001Z");
        assert_eq!(warc_date(Duration::ZERO), "1970-01-01T00:00:00.000000Z");
        assert!(warc_date(Duration::MAX).starts_with("9999-12-"));
    }
}
