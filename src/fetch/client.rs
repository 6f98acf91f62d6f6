//! The HTTP client, built from the options.

use crate::error::Error;
use crate::options::FetchOptions;

/// A client that decompresses, follows no redirect by itself (`redirect.rs` does) and sends no header by itself.
pub(super) fn build(options: &FetchOptions) -> Result<reqwest::Client, Error> {
    reqwest::Client::builder()
        .connect_timeout(options.connect_timeout)
        .redirect(reqwest::redirect::Policy::none())
        // Browsers put up with these three faults, so there are servers that have them.
        .http1_ignore_invalid_headers_in_responses(true)
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true)
        .build()
        .map_err(|error| Error::Start { what: "the HTTP client", reason: super::fault::reason(&error) })
}
