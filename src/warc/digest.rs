//! Digests as records carry them.

use data_encoding::BASE32;
use sha1::{Digest, Sha1};

/// The SHA-1 of `bytes` as WARC files name it: `sha1:` and base 32.
pub(super) fn sha1_base32(bytes: &[u8]) -> String {
    format!("sha1:{}", BASE32.encode(&Sha1::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_of_nothing_is_the_one_that_archives_know() {
        assert_eq!(sha1_base32(b""), "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ");
    }
}
