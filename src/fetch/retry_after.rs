//! When a server wants to be asked again.

use std::time::{Duration, UNIX_EPOCH};

use reqwest::header::{HeaderMap, RETRY_AFTER};

/// The longest wait that is told apart: 136 years. What is longer is as good as this.
const MAX_SECONDS: u64 = u32::MAX as u64;

/// The `Retry-After` of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAfter {
    /// After this time.
    In(Duration),
    /// At this moment: the time since the first of January 1970, UTC.
    At(Duration),
}

impl RetryAfter {
    /// The one of an answer with these headers; `None` where there is none, or one that means nothing.
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        RetryAfter::parse(headers.get(RETRY_AFTER)?.to_str().ok()?.trim())
    }

    /// Seconds, or a date in one of the three forms of RFC 9110, section 5.6.7.
    fn parse(value: &str) -> Option<Self> {
        if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            let seconds = value.parse().unwrap_or(MAX_SECONDS).min(MAX_SECONDS);
            return Some(RetryAfter::In(Duration::from_secs(seconds)));
        }
        let date = httpdate::parse_http_date(value).ok()?;
        date.duration_since(UNIX_EPOCH).ok().map(RetryAfter::At)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_read() {
        let moment = RetryAfter::At(Duration::from_secs(784_111_777));
        for (value, expected) in [
            ("0", RetryAfter::In(Duration::ZERO)),
            ("120", RetryAfter::In(Duration::from_secs(120))),
            ("99999999999999999999999", RetryAfter::In(Duration::from_secs(MAX_SECONDS))),
            ("Sun, 06 Nov 1994 08:49:37 GMT", moment),
            ("Sunday, 06-Nov-94 08:49:37 GMT", moment),
            ("Sun Nov  6 08:49:37 1994", moment),
        ] {
            assert_eq!(RetryAfter::parse(value), Some(expected), "{value}");
        }
    }

    #[test]
    fn what_means_nothing_is_none() {
        for value in ["", "-1", "+5", "1.5", "5s", "soon", "Sun, 06 Nov 1994", "Sun, 99 Nov 1994 08:49:37 GMT"] {
            assert_eq!(RetryAfter::parse(value), None, "{value}");
        }
    }
}
