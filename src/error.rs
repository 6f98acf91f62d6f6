//! Errors are values: [`enum@Error`] ends the program, [`PageError`] is the result of one page.

use std::path::PathBuf;
use std::time::Duration;

use thiserror::Error;

/// What ends a run: nothing more can be read or written.
#[derive(Debug, Error)]
pub enum Error {
    /// The list of sources cannot be read.
    #[error("cannot read the list {}: {error}", path.display())]
    List {
        /// The list.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The output cannot be written.
    #[error("cannot write {target}: {error}")]
    Output {
        /// The file, folder or `standard output`.
        target: String,
        /// Why.
        error: std::io::Error,
    },
    /// The state of a crawl cannot be read or written.
    #[error("cannot use the state {}: {reason}", path.display())]
    State {
        /// The state.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// Two sources are written to one place, or a folder is asked for where there is a file.
    #[error("{0}")]
    Usage(String),
    /// The HTTP client or the thread pool does not start.
    #[error("cannot start {what}: {reason}")]
    Start {
        /// What was to start.
        what: &'static str,
        /// Why it did not.
        reason: String,
    },
    /// A data file is broken, or was made for another version of the program.
    #[error("the data file {name} cannot be used: {reason}")]
    Knowledge {
        /// The data file.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl Error {
    /// Whether the reader of the output went away, which is no failure (`cleancopy … | head`).
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Error::Output { error, .. } if error.kind() == std::io::ErrorKind::BrokenPipe)
    }
}

/// One page failed; the others go on.
#[derive(Debug, Error)]
#[error("{source_name}: {kind}")]
pub struct PageError {
    /// The source as the user named it.
    pub source_name: String,
    /// What happened.
    pub kind: PageErrorKind,
}

impl PageError {
    /// An error of `kind` of the page that `source_name` names.
    pub fn new(source_name: &impl ToString, kind: PageErrorKind) -> Self {
        PageError { source_name: source_name.to_string(), kind }
    }
}

/// What can happen to one page. `Display` says what to do where something can be done.
#[derive(Debug, Error)]
pub enum PageErrorKind {
    /// The argument or line names neither a URL nor a file.
    #[error("{0}")]
    BadSource(String),
    /// The file cannot be read.
    #[error("cannot read it: {0}")]
    Read(#[from] std::io::Error),
    /// There is no host of this name.
    #[error("cannot resolve the host: {0}")]
    UnknownHost(String),
    /// The host's name could not be looked up.
    #[error("cannot resolve the host: {0}")]
    Dns(String),
    /// The address is no public one.
    #[error("{0} is no public address (--allow-private fetches from it)")]
    PrivateAddress(String),
    /// The site asks robots to leave the page alone, or its robots.txt cannot be had.
    #[error("{0} (--ignore-robots fetches it)")]
    Robots(String),
    /// No connection.
    #[error("cannot connect: {0}")]
    Connect(String),
    /// The certificate is wrong, or another fault of TLS.
    #[error("no secure connection: {0}")]
    Tls(String),
    /// It took too long.
    #[error("no answer within {} s (--timeout)", .0.as_secs_f64())]
    Timeout(Duration),
    /// More redirects than allowed.
    #[error("more than {0} redirects (--max-redirects)")]
    TooManyRedirects(usize),
    /// The server answered with an error.
    #[error("the server answered {status}{}", reason_phrase(.reason))]
    Status {
        /// The status code, 400 to 599 or an unfollowable 3xx.
        status: u16,
        /// The standard phrase of the code; empty where there is none.
        reason: String,
    },
    /// The body is larger than allowed, counted after decompression.
    #[error("larger than {limit} bytes after decompression (--max-size)")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The body came too slowly.
    #[error("the body came at less than {0} bytes a second (--min-rate)")]
    TooSlow(u64),
    /// The server wants to be left alone for longer than allowed.
    #[error("the server asks to wait {} s (--max-retry-after)", .0.as_secs())]
    RetryAfter(Duration),
    /// The body is no text: an image, a PDF.
    #[error("not a page but {0}")]
    ContentType(String),
    /// The connection broke while the body was read, or its compression is broken.
    #[error("the body broke off: {0}")]
    Body(String),
    /// The record is not what JSON Lines should hold.
    #[error("{0}")]
    Record(String),
    /// The page took longer to clean than allowed.
    #[error("it took longer than {} s to clean (--clean-timeout)", .0.as_secs_f64())]
    OutOfTime(Duration),
    /// A limit of the cleaning was hit, or a fault of the program was met.
    #[error("cannot clean it: {0}")]
    Clean(String),
}

fn reason_phrase(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!(" {reason}") }
}

impl PageErrorKind {
    /// The name of the kind in records: `timeout`, `status`, …
    pub fn name(&self) -> &'static str {
        match self {
            PageErrorKind::BadSource(_) => "bad-source",
            PageErrorKind::Read(_) => "read",
            PageErrorKind::UnknownHost(_) => "unknown-host",
            PageErrorKind::Dns(_) => "dns",
            PageErrorKind::PrivateAddress(_) => "private-address",
            PageErrorKind::Robots(_) => "robots",
            PageErrorKind::Connect(_) => "connect",
            PageErrorKind::Tls(_) => "tls",
            PageErrorKind::Timeout(_) => "timeout",
            PageErrorKind::TooManyRedirects(_) => "redirects",
            PageErrorKind::Status { .. } => "status",
            PageErrorKind::TooLarge { .. } => "too-large",
            PageErrorKind::TooSlow(_) => "too-slow",
            PageErrorKind::RetryAfter(_) => "retry-after",
            PageErrorKind::ContentType(_) => "content-type",
            PageErrorKind::Body(_) => "body",
            PageErrorKind::Record(_) => "record",
            PageErrorKind::OutOfTime(_) => "out-of-time",
            PageErrorKind::Clean(_) => "clean",
        }
    }

    /// Whether another try may succeed: the network's and the server's passing faults.
    pub fn is_retryable(&self) -> bool {
        match self {
            PageErrorKind::Dns(_) | PageErrorKind::Connect(_) | PageErrorKind::Timeout(_) | PageErrorKind::Body(_) => {
                true
            }
            PageErrorKind::Status { status, .. } => matches!(status, 408 | 425 | 429 | 500..=599),
            _ => false,
        }
    }
}
