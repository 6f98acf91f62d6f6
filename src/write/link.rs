//! Which targets a link may have in a document that others will open.

use std::fmt::Write as _;

use url::Url;

/// What is written of a link's target: `None` where the link must go and its text alone stay.
///
/// Kept are `http`, `https` and `mailto`, and targets relative to the page. As the WHATWG URL Standard has it, tabs
/// and line breaks inside and control characters around mean nothing, so they are taken out before the scheme is read:
/// `java\tscript:` is `javascript:`. Characters that no URL holds come percent-encoded, among them all that would end a
/// target in HTML or Markdown, but for `&`, `(` and `)`.
pub(super) fn safe_target(target: &str) -> Option<String> {
    let bare: String = target.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let bare = bare.trim_matches(|c: char| c <= ' ' || c.is_whitespace());
    match scheme(bare) {
        Some(scheme) if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") => {
            Url::parse(bare).ok().map(|url| encoded(url.as_str()))
        }
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto") => Some(encoded(bare)),
        Some(_) => None,
        None if bare.is_empty() || hides_scheme(bare) => None,
        None => Some(encoded(bare)),
    }
}

/// All ahead of the first colon of an absolute target. A colon behind `/`, `?` or `#` makes no scheme (RFC 3986, 4.2);
/// one behind characters that no scheme holds is taken for a scheme all the same, which refuses the link.
fn scheme(target: &str) -> Option<&str> {
    let (head, _) = target.split_once(':')?;
    (!head.contains(['/', '?', '#'])).then_some(head)
}

/// Whether the first segment of a relative target holds an `&`, as no address of a page does: `javascript&colon;…` is
/// relative, and something else for whoever reads a document's entities once too often.
fn hides_scheme(target: &str) -> bool {
    target.split(['/', '?']).next().is_some_and(|segment| segment.contains('&'))
}

fn encoded(target: &str) -> String {
    let mut out = String::with_capacity(target.len());
    for c in target.chars() {
        if must_be_encoded(c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                // Writing to a String cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// The characters that RFC 3986 leaves out of URLs (2.2, 2.3), in so far as they end or change something in a document.
fn must_be_encoded(c: char) -> bool {
    c.is_control() || c.is_whitespace() || "<>\"'`{}|\\^".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_and_mail_targets_stay() {
        for (target, written) in [
            ("https://example.com/a?b=c&d=e#f", "https://example.com/a?b=c&d=e#f"),
            ("HTTP://EXAMPLE.com", "http://example.com/"),
            (" https://example.com/\n", "https://example.com/"),
            ("mailto:desk@example.com", "mailto:desk@example.com"),
            ("/news/1", "/news/1"),
            ("story.html?at=10:30", "story.html?at=10:30"),
            ("//example.com/x", "//example.com/x"),
            ("#top", "#top"),
        ] {
            assert_eq!(safe_target(target).as_deref(), Some(written), "{target:?}");
        }
    }

    #[test]
    fn targets_that_run_something_go() {
        for target in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "  javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "\u{a0}javascript:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript\r:alert(1)",
            "java\0script:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "vbscript:msgbox(1)",
            "blob:https://example.com/1",
            "file:///etc/passwd",
            "view-source:https://example.com",
            "&#106;avascript:alert(1)",
            "javascript&colon;alert(1)",
            "https:",
            "http://[",
            "",
            " \t\n",
        ] {
            assert_eq!(safe_target(target), None, "{target:?}");
        }
    }

    #[test]
    fn what_no_url_holds_is_encoded() {
        assert_eq!(safe_target("/a b<c>\"d\\e|f").as_deref(), Some("/a%20b%3Cc%3E%22d%5Ce%7Cf"));
        assert_eq!(safe_target("mailto:a\u{0}b\u{2028}@c").as_deref(), Some("mailto:a%00b%E2%80%A8@c"));
        assert_eq!(safe_target("/caf\u{e9}_(1)").as_deref(), Some("/caf\u{e9}_(1)"));
    }
}
