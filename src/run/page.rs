//! One page from its bytes to its record, on a thread of the pool.

use std::any::Any;
use std::mem;
use std::ops::AddAssign;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::time::Duration;

use super::plan::Silence;
use crate::article::Article;
use crate::classify::judge_whole;
use crate::cleaner::Cleaner;
use crate::clock::{Stopwatch, timed};
use crate::error::PageErrorKind;
use crate::input::{Local, Reading};
use crate::options::{InputFormat, LanguageBy};
use crate::page::{PageFormat, RawPage, Source, decode};
use crate::segment::{Deadline, OutOfTime, Segmenting, segment_within};
use crate::verdict::PageVerdict;
use crate::write::{Failure, Format, Record};

/// Where a page stands among the sources.
#[derive(Debug)]
pub(super) struct Ticket {
    /// The source as the user named it.
    pub(super) name: String,
    /// Where the page comes from.
    pub(super) source: Source,
    /// The number of its source.
    pub(super) group: u64,
}

/// A page before it is cleaned.
#[derive(Debug)]
pub(super) enum Arrival {
    /// Its bytes came over the network.
    Fetched(Box<RawPage>),
    /// It is still to be read.
    Local(Local),
    /// There is none.
    Failed(PageErrorKind),
}

/// What became of a page.
#[derive(Debug)]
pub(super) struct Outcome {
    /// Where the page stands among the sources.
    pub(super) ticket: Ticket,
    /// Its record in the format of the output; empty where the format has none for it.
    pub(super) record: Vec<u8>,
    /// What the page is, or why it failed.
    pub(super) result: Result<PageVerdict, Failure>,
    /// Bytes of the page, decompressed.
    pub(super) bytes: u64,
    /// The time each stage took.
    pub(super) times: Times,
}

/// Time by stage; of several pages the sum, as if they came one after the other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Times {
    pub(super) fetch: Duration,
    pub(super) read: Duration,
    pub(super) decode: Duration,
    pub(super) segment: Duration,
    pub(super) judge: Duration,
    pub(super) write: Duration,
}

impl AddAssign for Times {
    fn add_assign(&mut self, other: Times) {
        self.fetch += other.fetch;
        self.read += other.read;
        self.decode += other.decode;
        self.segment += other.segment;
        self.judge += other.judge;
        self.write += other.write;
    }
}

/// The end of a page's time.
struct Until {
    start: Stopwatch,
    time: Duration,
}

impl Deadline for Until {
    fn is_over(&self) -> bool {
        self.start.elapsed() > self.time
    }
}

/// Makes records of pages. Shared by the threads.
pub(super) struct PageWorker {
    /// Cleans.
    pub(super) cleaner: Cleaner,
    /// Writes.
    pub(super) format: Box<dyn Format>,
    /// The pages that `format` has no place for.
    pub(super) silence: Silence,
    /// How pages at hand are read.
    pub(super) reading: Reading,
    /// Where they are read to.
    pub(super) rooms: Rooms,
}

/// The memory of the last page that each thread of the pool is done with.
#[derive(Debug, Default)]
pub(super) struct Rooms(Mutex<Vec<Vec<u8>>>);

impl Rooms {
    /// Bytes of the largest that is kept; pages beyond are few.
    const MAX_BYTES: usize = 4 << 20;

    /// The room of this thread, which may hold what was there before.
    fn take(&self) -> Vec<u8> {
        let Ok(mut rooms) = self.0.lock() else { return Vec::new() };
        rooms.get_mut(Rooms::own()).map(mem::take).unwrap_or_default()
    }

    /// Takes back the room of a page.
    fn put_back(&self, room: Vec<u8>) {
        if room.capacity() <= Rooms::MAX_BYTES
            && let Ok(mut rooms) = self.0.lock()
        {
            let count = rooms.len().max(Rooms::own() + 1);
            rooms.resize_with(count, Vec::new);
            rooms[Rooms::own()] = room;
        }
    }

    /// The number of this thread.
    fn own() -> usize {
        rayon::current_thread_index().unwrap_or_default()
    }
}

impl PageWorker {
    /// Reads, cleans and renders a page. A panic on the way is the page's failure.
    // A function of its own in every build: .ci/instructions.py counts inside of it.
    #[inline(never)]
    pub(super) fn work(&self, ticket: Ticket, arrival: Arrival, fetch: Duration) -> Outcome {
        let mut times = Times { fetch, ..Times::default() };
        let mut bytes = 0;
        let mut envelope = None;
        let cleaned = self.open(&ticket, arrival, &mut times).and_then(|mut raw| {
            bytes = raw.body.len() as u64;
            envelope = raw.envelope.take();
            if let Some(fault) = raw.fault.take() {
                return Err(PageErrorKind::Record(fault));
            }
            guarded(|| {
                let is_shown = self.format.shows_language(envelope.as_ref());
                let language = if is_shown { LanguageBy::Sentences } else { LanguageBy::Statement };
                let article = self.clean(raw, language, &mut times)?;
                let record = Record { source: &ticket.name, envelope: envelope.as_ref(), outcome: Ok(&article) };
                let rendered =
                    if self.leaves_out(&article) { Ok(Vec::new()) } else { self.render(&record, &mut times) };
                log(&ticket.name, &article);
                rendered.map(|rendered| (article.verdict, rendered))
            })?
        });
        let (result, record) = match cleaned {
            Ok((verdict, record)) => (Ok(verdict), record),
            Err(kind) => {
                let failure = failure(&kind);
                let record = Record { source: &ticket.name, envelope: envelope.as_ref(), outcome: Err(&failure) };
                let record = self.render(&record, &mut times).unwrap_or_default();
                (Err(failure), record)
            }
        };
        tracing::debug!(source = ?ticket.name, bytes, ?times, "done");
        Outcome { ticket, record, result, bytes, times }
    }

    fn open(&self, ticket: &Ticket, arrival: Arrival, times: &mut Times) -> Result<RawPage, PageErrorKind> {
        match arrival {
            Arrival::Fetched(mut raw) => {
                if self.reading.format == InputFormat::Text {
                    raw.format = PageFormat::Text;
                }
                Ok(*raw)
            }
            Arrival::Local(local) => {
                timed(&mut times.read, || local.open_into(self.rooms.take(), ticket.source.clone(), &self.reading))
            }
            Arrival::Failed(kind) => Err(kind),
        }
    }

    fn clean(&self, raw: RawPage, language: LanguageBy, times: &mut Times) -> Result<Article, PageErrorKind> {
        let Cleaner { knowledge, options } = &self.cleaner;
        let page = timed(&mut times.decode, || decode(raw));
        let deadline = Until { start: Stopwatch::start(), time: options.limits.max_time };
        let how = Segmenting { parser: options.parser, limits: &options.limits, deadline: &deadline, language };
        let document = timed(&mut times.segment, || segment_within(&page, &how))
            .map_err(|OutOfTime| PageErrorKind::OutOfTime(options.limits.max_time))?;
        let judgement = timed(&mut times.judge, || judge_whole(&document, knowledge, options));
        let article = timed(&mut times.judge, || self.cleaner.settle(&page, document, judgement));
        self.rooms.put_back(page.text.into_bytes());
        Ok(article)
    }

    /// Whether the format has no record for an article that holds no story.
    fn leaves_out(&self, article: &Article) -> bool {
        let has_story = article.verdict.has_story() && article.kept().next().is_some();
        self.silence == Silence::FailuresAndNoStories && !has_story
    }

    fn render(&self, record: &Record<'_>, times: &mut Times) -> Result<Vec<u8>, PageErrorKind> {
        let mut bytes = Vec::new();
        timed(&mut times.write, || self.format.write(record, &mut bytes))
            .map_err(|error| PageErrorKind::Clean(format!("cannot write its record: {error}")))?;
        Ok(bytes)
    }
}

fn failure(kind: &PageErrorKind) -> Failure {
    Failure { kind: kind.name().to_owned(), message: kind.to_string(), retryable: kind.is_retryable() }
}

fn log(name: &str, article: &Article) {
    tracing::info!(
        source = ?name,
        verdict = %article.verdict,
        words = article.words(),
        dropped_words = article.dropped_words(),
        confidence = article.confidence,
        "cleaned"
    );
}

/// Does `work`; a panic in it is an error.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, PageErrorKind> {
    // What a panic leaves half done is dropped with the page: nothing shared is written to.
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        PageErrorKind::Clean(format!("a fault of the program, please report it: {}", panic_message(panic.as_ref())))
    })
}

fn panic_message(panic: &(dyn Any + Send)) -> &str {
    match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
        (Some(message), _) => message,
        (_, Some(message)) => message,
        _ => "it does not say what",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_the_failure_of_its_page() {
        let error = guarded(|| -> () { panic!("index {} of 2", 3) }).unwrap_err();
        assert_eq!(error.name(), "clean");
        assert!(error.to_string().contains("index 3 of 2"), "{error}");
        assert_eq!(guarded(|| 7).unwrap(), 7);
    }
}
