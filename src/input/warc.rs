//! WARC files: each answer that is a page is one.

use std::io::BufRead;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use url::Url;

use super::sniff::not_a_page;
use super::{Job, Local, Work};
use crate::error::PageErrorKind;
use crate::fetch::sniff;
use crate::page::{PageFormat, RawPage, Source, public};
use crate::warc::{BodyFault, Capture, Fault, WarcError, WarcReader, WarcRecord};

/// Room for what stands ahead of a page in its record, in bytes: the limit of a page is one of its body.
const HEAD_BYTES: u64 = 64 * 1024;

/// What archives held that their records do not show. Clones count together.
#[derive(Debug, Clone, Default)]
pub struct ArchiveTally(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    passed_over: AtomicU64,
    cut: AtomicU64,
    broken: AtomicU64,
}

impl ArchiveTally {
    /// Answers so far that were no pages.
    pub fn passed_over(&self) -> u64 {
        self.0.passed_over.load(Ordering::Relaxed)
    }

    /// Records so far that could not be read.
    pub fn broken(&self) -> u64 {
        self.0.broken.load(Ordering::Relaxed)
    }

    /// Pages so far that the archive holds the beginning of alone (`WARC-Truncated`).
    pub fn cut(&self) -> u64 {
        self.0.cut.load(Ordering::Relaxed)
    }
}

/// The pages of a WARC stream as jobs. What is no answer is skipped, and so are answers that are no pages: those are
/// counted.
pub(super) struct Archive {
    container: String,
    group: u64,
    max_bytes: u64,
    reader: WarcReader<Box<dyn BufRead + Send>>,
    tally: ArchiveTally,
}

impl Archive {
    /// The pages of `reader`, which is named `container` and gives the bytes as they lie there. One over `max_bytes`
    /// fails.
    pub(super) fn new(
        container: String,
        group: u64,
        max_bytes: u64,
        reader: Box<dyn BufRead + Send>,
        tally: ArchiveTally,
    ) -> Self {
        let reader = WarcReader::new(reader, max_bytes.saturating_add(HEAD_BYTES));
        Archive { container, group, max_bytes, reader, tally }
    }

    /// The job for a record; `None` where it is no page.
    fn job(&self, record: Result<WarcRecord, WarcError>) -> Option<Job> {
        match record {
            Ok(record) => {
                let place = record.place;
                match Capture::of(record) {
                    Ok(capture) => self.page(capture?),
                    Err(fault) => Some(self.broken(WarcError { place, fault })),
                }
            }
            Err(WarcError { fault: Fault::TooLarge { record, .. }, .. }) => {
                let page = self.page(Capture::of(*record).ok()??)?;
                Some(Job { work: Work::Failed(PageErrorKind::TooLarge { limit: self.max_bytes }), ..page })
            }
            Err(error) => Some(self.broken(error)),
        }
    }

    fn page(&self, capture: Capture) -> Option<Job> {
        if !(200..300).contains(&capture.head.status) || format(&capture).is_none() {
            self.tally.0.passed_over.fetch_add(1, Ordering::Relaxed);
            return None;
        }
        if capture.record.field("WARC-Truncated").is_some() {
            self.tally.0.cut.fetch_add(1, Ordering::Relaxed);
        }
        let source = match capture.record.id() {
            Some(id) => Source::Archived {
                container: self.container.clone(),
                url: web_address(capture.url()).map_or_else(|| capture.url().to_owned(), String::from),
                record_id: id.to_owned(),
            },
            None => self.place(capture.record.place.offset),
        };
        Some(self.job_of(source, Work::Open(Local::Archived(Box::new(capture)))))
    }

    fn broken(&self, error: WarcError) -> Job {
        self.tally.0.broken.fetch_add(1, Ordering::Relaxed);
        let source = self.place(error.place.offset);
        let kind = match error.fault {
            Fault::Read(error) => PageErrorKind::Read(error),
            fault => PageErrorKind::Record(WarcError { fault, ..error }.to_string()),
        };
        self.job_of(source, Work::Failed(kind))
    }

    fn place(&self, offset: u64) -> Source {
        Source::ArchivePlace { container: self.container.clone(), offset }
    }

    fn job_of(&self, source: Source, work: Work) -> Job {
        Job { name: source.to_string(), source, group: self.group, work }
    }
}

impl Iterator for Archive {
    type Item = Job;

    fn next(&mut self) -> Option<Job> {
        loop {
            let record = self.reader.next()?;
            if let Some(job) = self.job(record) {
                return Some(job);
            }
        }
    }
}

/// The page in an answer. Its address and charset are what the archive says.
pub(super) fn page(source: Source, capture: Capture, max_bytes: u64) -> Result<RawPage, PageErrorKind> {
    let format = format(&capture);
    let (url, charset) = (web_address(capture.url()), capture.charset());
    let body = capture.into_body(max_bytes).map_err(|fault| match fault {
        BodyFault::TooLarge { limit } => PageErrorKind::TooLarge { limit },
        fault => PageErrorKind::Record(fault.to_string()),
    })?;
    if body.len() as u64 > max_bytes {
        return Err(PageErrorKind::TooLarge { limit: max_bytes });
    }
    if let Some(what) = not_a_page(&body) {
        return Err(PageErrorKind::ContentType(what.to_owned()));
    }
    let is_document = sniff::is_html_document(&body[..body.len().min(sniff::HEAD_BYTES)]);
    let format = if is_document { PageFormat::Html } else { format.unwrap_or_default() };
    Ok(RawPage { url, charset, ..RawPage::new(source, format, body) })
}

/// What an answer says it is; `None` where it is neither HTML nor plain text.
fn format(capture: &Capture) -> Option<PageFormat> {
    match capture.media_type().as_deref() {
        Some("text/html" | "application/xhtml+xml") => Some(PageFormat::Html),
        Some("text/plain") => Some(PageFormat::Text),
        Some(_) => None,
        None => {
            let body = capture.stored_body();
            sniff::is_html(&body[..body.len().min(sniff::HEAD_BYTES)]).then_some(PageFormat::Html)
        }
    }
}

/// An address without user name, password and fragment.
fn web_address(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    Some(public(&url))
}
