//! JSON as pages write it: with trailing commas, raw line breaks, comments around it, several values in one script.

use serde_json::Deserializer;
use serde_json_borrow::Value;

/// The value of a script that programs wrote for programs: it is JSON or it is nothing. Depth is bounded by
/// `serde_json`, at 128.
pub(super) fn parse_data(script: &str) -> Option<Value<'_>> {
    serde_json::from_str(script.trim_ascii()).ok()
}

/// The values in a script. One that is no JSON is repaired in `repaired`; if that does not help, it gives what stands
/// ahead of its fault. Depth is bounded by `serde_json`, at 128.
pub(super) fn parse_script<'a>(script: &'a str, repaired: &'a mut String) -> Vec<Value<'a>> {
    let script = unwrapped(script);
    let values = parse_values(script);
    if let Some(values) = values.whole {
        return values;
    }
    let decoded = script.contains("&quot;").then(|| script.replace("&quot;", "\"").replace("&amp;", "&"));
    *repaired = repair(decoded.as_deref().unwrap_or(script));
    let repaired = parse_values(repaired);
    match repaired.whole {
        Some(whole) => whole,
        None if repaired.ahead_of_fault.len() > values.ahead_of_fault.len() => repaired.ahead_of_fault,
        None => values.ahead_of_fault,
    }
}

#[derive(Default)]
struct Parsed<'a> {
    whole: Option<Vec<Value<'a>>>,
    ahead_of_fault: Vec<Value<'a>>,
}

fn parse_values(text: &str) -> Parsed<'_> {
    let mut values = Vec::new();
    for value in Deserializer::from_str(text).into_iter::<Value<'_>>() {
        match value {
            Ok(value) => values.push(value),
            Err(_) => return Parsed { whole: None, ahead_of_fault: values },
        }
    }
    Parsed { whole: Some(values), ..Parsed::default() }
}

/// The script without the comment or CDATA section around it.
fn unwrapped(script: &str) -> &str {
    let mut rest = script;
    loop {
        let before = rest.len();
        rest = rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ';' | '\u{feff}'));
        for opening in ["//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "<![CDATA[", "<!--"] {
            rest = rest.strip_prefix(opening).unwrap_or(rest);
        }
        for closing in ["//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>", "-->"] {
            rest = rest.strip_suffix(closing).unwrap_or(rest);
        }
        if rest.len() == before {
            return rest;
        }
    }
}

/// Mends what breaks JSON on real pages: control characters and quotes inside strings, escapes that JSON does not
/// know, commas ahead of a closing bracket or between values, semicolons, and brackets that are never closed.
fn repair(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut open = Vec::new();
    let mut in_string = false;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        if in_string {
            match c {
                '"' if ends_string(&text[at + 1..]) => {
                    in_string = false;
                    out.push('"');
                }
                '"' => out.push_str("\\\""),
                '\\' => push_escape(&mut out, chars.next().map(|(_, next)| next)),
                '\n' => out.push_str("\\n"),
                c if c.is_control() => out.push(' '),
                c => out.push(c),
            }
            continue;
        }
        match c {
            '"' => in_string = true,
            '{' => open.push('}'),
            '[' => open.push(']'),
            '}' | ']' if open.pop() != Some(c) => break,
            ',' if open.is_empty() || text[at + 1..].trim_start().starts_with(['}', ']', ',']) => continue,
            ';' => continue,
            c if c.is_control() && !c.is_whitespace() => continue,
            _ => {}
        }
        out.push(c);
    }
    if in_string {
        out.push('"');
    }
    out.extend(open.iter().rev());
    out
}

fn push_escape(out: &mut String, escaped: Option<char>) {
    match escaped {
        Some(c @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => out.extend(['\\', c]),
        Some(c) if !c.is_control() => out.push(c),
        _ => out.push(' '),
    }
}

/// Whether a quote ends its string, by what follows: a string is followed by a bracket, a colon, or by a comma and the
/// next member.
fn ends_string(rest: &str) -> bool {
    let rest = rest.trim_start();
    match rest.chars().next() {
        None | Some('}' | ']' | ':') => true,
        Some(',') => {
            let next = rest[1..].trim_start();
            next.is_empty()
                || next.starts_with(['"', '{', '[', '}', ']'])
                || next.starts_with(|c: char| c.is_ascii_digit())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    fn parse_script(script: &str) -> Vec<Value> {
        super::parse_script(script, &mut String::new()).into_iter().map(Value::from).collect()
    }

    #[test]
    fn clean_json_is_read_as_it_is() {
        assert_eq!(parse_script(r#" {"a": [1, null]} "#), [json!({"a": [1, null]})]);
    }

    #[test]
    fn trailing_commas_and_semicolons_are_mended() {
        assert_eq!(parse_script(r#"{"a": [1, 2,], "b": "c, }",};"#), [json!({"a": [1, 2], "b": "c, }"})]);
    }

    #[test]
    fn raw_line_breaks_and_unknown_escapes_in_strings_are_mended() {
        assert_eq!(parse_script("{\"a\": \"one\ntwo\", \"b\": \"it\\'s\"}"), [json!({"a": "one\ntwo", "b": "it's"})]);
    }

    #[test]
    fn bare_quotes_in_strings_are_mended() {
        assert_eq!(
            parse_script(r#"{"a": "He said "no" and left", "b": 1}"#),
            [json!({"a": "He said \"no\" and left", "b": 1})]
        );
    }

    #[test]
    fn wrappers_are_taken_off() {
        assert_eq!(parse_script("<!--\n{\"a\":1}\n-->"), [json!({"a": 1})]);
        assert_eq!(parse_script("//<![CDATA[\n{\"a\":1}\n//]]>"), [json!({"a": 1})]);
    }

    #[test]
    fn values_one_after_another_are_all_read() {
        assert_eq!(parse_script(r#"{"a":1}{"b":2}"#), [json!({"a": 1}), json!({"b": 2})]);
        assert_eq!(parse_script(r#"{"a":1},{"b":2}"#), [json!({"a": 1}), json!({"b": 2})]);
    }

    #[test]
    fn entities_for_quotes_are_decoded() {
        assert_eq!(parse_script("{&quot;a&quot;: &quot;b &amp; c&quot;}"), [json!({"a": "b & c"})]);
    }

    #[test]
    fn a_script_cut_short_keeps_what_it_says() {
        assert_eq!(parse_script(r#"{"a": {"b": "c"}, "d": "e"#), [json!({"a": {"b": "c"}, "d": "e"})]);
    }

    #[test]
    fn nonsense_is_no_value() {
        assert!(parse_script("var a = 1").is_empty());
        assert!(parse_script("").is_empty());
        assert!(parse_script(&"[".repeat(10_000)).is_empty());
    }
}
