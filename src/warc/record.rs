//! A record: fields and block.

use super::fault::{Fault, Place};

/// A record of a WARC file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WarcRecord {
    /// Where it begins.
    pub place: Place,
    /// Its fields in the order they came.
    pub fields: Vec<Field>,
    /// Its block.
    pub block: Vec<u8>,
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name as it was written.
    pub name: String,
    /// Its value; bytes that are no UTF-8 became U+FFFD.
    pub value: String,
}

/// What a record is (`WARC-Type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecordType {
    /// A server's answer.
    Response,
    /// A thing without the protocol that brought it.
    Resource,
    /// What was asked.
    Request,
    /// What the file is.
    Warcinfo,
    /// An answer that is the same as an earlier one.
    Revisit,
    /// Any other: metadata, conversions, continuations, and what is yet to be invented.
    Other,
}

impl WarcRecord {
    /// The value of the first field of this name, in any case.
    pub fn field(&self, name: &str) -> Option<&str> {
        value(&self.fields, name)
    }

    /// What it is.
    pub fn record_type(&self) -> RecordType {
        match self.field("WARC-Type").unwrap_or_default().to_ascii_lowercase().as_str() {
            "response" => RecordType::Response,
            "resource" => RecordType::Resource,
            "request" => RecordType::Request,
            "warcinfo" => RecordType::Warcinfo,
            "revisit" => RecordType::Revisit,
            _ => RecordType::Other,
        }
    }

    /// Its id without the angle brackets: `urn:uuid:…`.
    pub fn id(&self) -> Option<&str> {
        self.field("WARC-Record-ID").map(without_brackets)
    }

    /// The address it is of. Some files of WARC/1.0 put it in angle brackets; they are left out.
    pub fn target_uri(&self) -> Option<&str> {
        self.field("WARC-Target-URI").map(without_brackets)
    }
}

fn value<'a>(fields: &'a [Field], name: &str) -> Option<&'a str> {
    fields.iter().find(|field| field.name.eq_ignore_ascii_case(name)).map(|field| field.value.as_str())
}

fn without_brackets(value: &str) -> &str {
    value.strip_prefix('<').and_then(|value| value.strip_suffix('>')).unwrap_or(value)
}

/// The fields in the lines behind the version. A line that begins with white space goes on with the one before.
///
/// # Errors
/// [`Fault::FieldLine`] where a line is no field.
pub(super) fn parse_fields(lines: &[u8]) -> Result<Vec<Field>, Fault> {
    let mut fields: Vec<Field> = Vec::new();
    for line in lines.split(|&byte| byte == b'\n') {
        let text = String::from_utf8_lossy(line);
        let text = text.trim_end();
        if text.is_empty() {
            continue;
        }
        match (text.starts_with([' ', '\t']), fields.last_mut(), text.split_once(':')) {
            (true, Some(field), _) => {
                field.value.push(' ');
                field.value.push_str(text.trim_start());
            }
            (false, _, Some((name, value))) if is_name(name) => {
                fields.push(Field { name: name.to_owned(), value: value.trim().to_owned() });
            }
            _ => return Err(Fault::FieldLine(shortened(text))),
        }
    }
    Ok(fields)
}

/// The length of the block that the fields announce, in bytes.
///
/// # Errors
/// [`Fault::ContentLength`] where they do not.
pub(super) fn content_length(fields: &[Field]) -> Result<u64, Fault> {
    let Some(length) = value(fields, "Content-Length") else { return Err(Fault::ContentLength(None)) };
    let is_number = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
    let number = if is_number { length.parse().ok() } else { None };
    number.ok_or_else(|| Fault::ContentLength(Some(shortened(length))))
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic())
}

/// What a message can quote.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_in_any_case_folded_and_with_bare_line_feeds() {
        let fields =
            parse_fields(b"WARC-Type: response\r\nwarc-target-uri:<http://a.example/>\nX: one\r\n  two\r\n").unwrap();
        let place = Place { offset: 0, unpacked: None };
        let record = WarcRecord { place, fields, block: Vec::new() };
        assert_eq!(record.record_type(), RecordType::Response);
        assert_eq!(record.target_uri(), Some("http://a.example/"));
        assert_eq!(record.field("x"), Some("one two"));
        assert_eq!(record.id(), None);
    }

    #[test]
    fn a_line_that_is_no_field_is_named() {
        for line in ["no colon", ": no name", " folded without a field", "a name: x"] {
            let error = parse_fields(line.as_bytes()).unwrap_err();
            assert!(error.to_string().contains(line.trim_start()), "{error}");
        }
    }

    #[test]
    fn lengths_are_numbers() {
        let length =
            |value: &str| content_length(&parse_fields(format!("content-length: {value}").as_bytes()).unwrap());
        assert_eq!(length("12").unwrap(), 12);
        for value in ["", "-1", "+1", "1 2", "0x10", "99999999999999999999"] {
            assert!(length(value).is_err(), "{value}");
        }
        assert!(content_length(&[]).is_err());
    }
}
