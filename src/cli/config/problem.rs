//! What is wrong with a configuration file, and where.

use std::fmt::Display;
use std::ops::Range;
use std::path::Path;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// A configuration file and what it holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
}

impl Place<'_> {
    /// An error at a place in the file.
    pub(super) fn error(self, span: &Range<usize>, message: impl Display) -> Error {
        let line = 1 + self.text.bytes().take(span.start).filter(|byte| *byte == b'\n').count();
        wrong(format_args!("line {line} of {}: {message}", self.path.display()))
    }
}

/// An error of the kind of those of wrong arguments.
pub(super) fn wrong(message: impl Display) -> Error {
    Error::raw(ErrorKind::ValueValidation, format_args!("{message}\n"))
}

/// What would be right, of an error of the command line's parser. The value itself is left out: it may be a secret.
pub(super) fn reason(error: &Error) -> String {
    use std::error::Error as _;
    match (error.source(), error.get(ContextKind::ValidValue)) {
        (Some(source), _) => source.to_string(),
        (None, Some(ContextValue::Strings(values))) if !values.is_empty() => {
            format!("should be one of {}", values.join(", "))
        }
        _ => "should not be empty".to_owned(),
    }
}
