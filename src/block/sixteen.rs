//! Sixteen bytes of a text at once: which of them are such. Of what is found in one, a bit for each byte tells where, the
//! first byte's lowest.

pub(crate) use wide::u8x16 as Sixteen;

/// How many bytes are looked at together.
pub(crate) const WIDTH: usize = 16;

/// The bytes that text begins with; nothing where it is shorter.
#[inline]
pub(crate) fn first_of(text: &[u8]) -> Option<Sixteen> {
    text.first_chunk().map(|bytes| Sixteen::new(*bytes))
}

/// The first eight bytes of a text and its last eight, which is all of it where it is no longer than sixteen; nothing
/// where it is shorter than eight.
#[inline]
pub(crate) fn ends_of(text: &[u8]) -> Option<[u8; WIDTH]> {
    let eight = |bytes: &[u8; WIDTH / 2]| u128::from(u64::from_le_bytes(*bytes));
    Some((eight(text.first_chunk()?) | eight(text.last_chunk()?) << 64).to_le_bytes())
}

/// Those that are `byte`.
#[inline]
pub(crate) fn is(bytes: Sixteen, byte: u8) -> Sixteen {
    bytes.simd_eq(Sixteen::splat(byte))
}

/// Those from `first` to `last`.
#[inline]
pub(crate) fn within(bytes: Sixteen, first: u8, last: u8) -> Sixteen {
    let from_first = bytes - Sixteen::splat(first);
    from_first.min(Sixteen::splat(last - first)).simd_eq(from_first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_is_found_where_it_stands() {
        for byte in 0..=u8::MAX {
            for place in 0..WIDTH {
                let mut text = [b'~'; WIDTH];
                text[place] = byte;
                let bytes = first_of(&text).unwrap();
                let here = |found: Sixteen| found.to_bitmask() >> place & 1 != 0;
                assert!(here(is(bytes, byte)) && !here(is(bytes, byte ^ 1)));
                assert_eq!(here(within(bytes, b'a', b'f')), (b'a'..=b'f').contains(&byte), "{byte:#x}");
                assert_eq!(here(within(bytes, 0x90, 0xff)), byte >= 0x90, "{byte:#x}");
                assert_eq!(here(within(bytes, 0, b' ')), byte <= b' ', "{byte:#x}");
            }
        }
        assert!(first_of(b"too short").is_none());
        assert_eq!(ends_of(b"by the pier"), Some(*b"by the pthe pier"));
        assert_eq!(ends_of(b"by pier"), None);
        assert_eq!(is(Sixteen::new(*b"a-b-c-d-e-f-g-h-"), b'-').to_bitmask(), 0xaaaa);
    }
}
