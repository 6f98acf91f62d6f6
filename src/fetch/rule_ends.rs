//! The `$` at the end of a rule, without regular expressions.
//!
//! `texting_robots` compiles a regular expression for each rule that holds a `$`. A robots.txt of such rules alone takes
//! long, and one of them that is too large costs all the rules. So the end of an address becomes a character that stands
//! in none, in the rules as in the addresses; what else is a `$` is one like any other character.

use std::borrow::Cow;

use url::{Position, Url};

/// Stands for the end of an address. In addresses and rules themselves it is encoded.
const END: &str = "'";
const ENCODED_END: &str = "%27";
const ENCODED_DOLLAR: &str = "%24";

/// A robots.txt in which no rule has a `$`: one at the end is [`END`], others are encoded.
pub(super) fn with_plain_rules(body: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr2(b'$', END.as_bytes()[0], body).is_none() {
        return Cow::Borrowed(body);
    }
    let mut plain = Vec::with_capacity(body.len());
    // The crate takes a NUL for the end of a line.
    for line in body.split_inclusive(|byte| matches!(byte, b'\n' | b'\r' | 0)) {
        let rule_end = memchr::memchr2(b'#', 0, line).unwrap_or(line.len());
        let (rule, behind) = line.split_at(line[..rule_end].trim_ascii_end().len());
        let (rule, end) = rule.strip_suffix(b"$").map_or((rule, ""), |rule| (rule, END));
        for &byte in rule {
            match byte {
                b'$' => plain.extend_from_slice(ENCODED_DOLLAR.as_bytes()),
                b'\'' => plain.extend_from_slice(ENCODED_END.as_bytes()),
                _ => plain.push(byte),
            }
        }
        plain.extend_from_slice(end.as_bytes());
        plain.extend_from_slice(behind);
    }
    Cow::Owned(plain)
}

/// What such rules are compared with: path and query of an address.
pub(super) fn with_end(url: &Url) -> String {
    let address = &url[Position::BeforePath..Position::AfterQuery];
    let mut address = address.replace('$', ENCODED_DOLLAR).replace(END, ENCODED_END);
    address.push_str(END);
    address
}
