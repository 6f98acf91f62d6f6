//! The HTTP client, built from the options.

use super::resolver::GuardedResolver;
use crate::error::Error;
use crate::options::FetchOptions;

/// Headers that an answer may have. Together they may have 400 kB over HTTP/1, which is a limit of the client's own.
const MAX_HEADERS: usize = 256;

/// Bytes of headers that an answer may have over HTTP/2.
const MAX_HEADER_BYTES: u32 = 400 * 1024;

/// A client that follows no redirect by itself (`redirect.rs` does), decompresses nothing (`decompress.rs` does) and
/// sends no header by itself.
pub(super) fn build(options: &FetchOptions, resolver: GuardedResolver) -> Result<reqwest::Client, Error> {
    reqwest::Client::builder()
        .connect_timeout(options.connect_timeout)
        .dns_resolver(resolver)
        .http1_max_headers(MAX_HEADERS)
        .http2_max_header_list_size(MAX_HEADER_BYTES)
        .redirect(reqwest::redirect::Policy::none())
        // Browsers put up with these three faults, so there are servers that have them.
        .http1_ignore_invalid_headers_in_responses(true)
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true)
        .build()
        .map_err(|error| Error::Start { what: "the HTTP client", reason: super::fault::reason(&error) })
}
