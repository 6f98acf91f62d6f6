//! Records, WARC and state, written by a thread of their own. A page is done when all three hold it.

use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::sync::mpsc::{Receiver, Sender, UnboundedReceiver, UnboundedSender, channel, unbounded_channel};

use super::archive::Archive;
use super::watch::Watch;
use crate::clock::timed;
use crate::error::Error;
use crate::exchange::Exchange;
use crate::run::growing::Growing;
use crate::run::page::Outcome;
use crate::run::report::{Report, Summary};
use crate::run::sink::Sink;
use crate::state::{DonePage, Lengths, PageKey, Phase, Stamps, State};

/// Pages that wait to be written, at most.
const WAITING: usize = 64;

/// Pages of one commit, at most. A kill costs no more than these are fetched again.
const MAX_UNCOMMITTED: usize = 256;

/// What the recorder is told.
pub(super) enum Message {
    /// A page is done.
    Done(Box<Done>),
    /// A page is asked for again; these are the requests and answers so far.
    Exchanges(Vec<Exchange>),
    /// Time to commit.
    Commit,
    /// The end: the list is done, or no more of it is wanted.
    End(Phase),
}

/// A page that is done.
pub(super) struct Done {
    pub(super) outcome: Outcome,
    pub(super) key: PageKey,
    pub(super) attempts: u32,
    pub(super) stamps: Stamps,
    pub(super) exchanges: Vec<Exchange>,
}

/// Where records go.
pub(super) enum Records {
    /// To a file that grows, kept account of.
    Growing(Growing),
    /// To whatever else; a run that is killed starts afresh.
    Passing(Sink),
}

/// The recorder, as the crawl sees it.
pub(super) struct Recorder {
    pub(super) messages: Sender<Message>,
    /// The pages that were committed.
    pub(super) committed: UnboundedReceiver<Vec<PageKey>>,
    thread: JoinHandle<Result<Summary, Error>>,
}

impl Recorder {
    /// Starts it.
    pub(super) fn start(
        records: Records,
        archive: Option<Archive>,
        state: State,
        committed: Lengths,
        report: Report,
        watch: Arc<Watch>,
    ) -> Recorder {
        let (messages, receiver) = channel(WAITING);
        let (acknowledge, acknowledged) = unbounded_channel();
        let desk = Desk { records, archive, state, report, watch, rows: Vec::new(), lengths: committed, acknowledge };
        Recorder { messages, committed: acknowledged, thread: thread::spawn(move || desk.work(receiver)) }
    }

    /// Waits for its end, once no one tells it anything any more.
    ///
    /// # Errors
    /// What could not be written.
    pub(super) fn finish(self) -> Result<Summary, Error> {
        drop(self.messages);
        let broken = |_| Error::Start { what: "the output", reason: "a fault of the program".to_owned() };
        self.thread.join().map_err(broken)?
    }
}

struct Desk {
    records: Records,
    archive: Option<Archive>,
    state: State,
    report: Report,
    watch: Arc<Watch>,
    rows: Vec<DonePage>,
    /// The lengths of the last commit.
    lengths: Lengths,
    acknowledge: UnboundedSender<Vec<PageKey>>,
}

impl Desk {
    fn work(mut self, mut messages: Receiver<Message>) -> Result<Summary, Error> {
        while let Some(message) = messages.blocking_recv() {
            match message {
                Message::Done(done) => self.add(*done)?,
                Message::Exchanges(exchanges) => self.keep(&exchanges)?,
                Message::Commit => self.commit()?,
                Message::End(phase) => return self.end(phase),
            }
        }
        // The crawl broke down. What grows can be gone on with; what else there is is given up.
        self.commit()?;
        Ok(self.report.finish())
    }

    fn end(mut self, phase: Phase) -> Result<Summary, Error> {
        self.commit()?;
        self.state.set_phase(phase)?;
        if let Records::Passing(sink) = self.records {
            sink.finish()?;
        }
        Ok(self.report.finish())
    }

    fn add(&mut self, done: Done) -> Result<(), Error> {
        let Done { outcome, key, attempts, stamps, exchanges } = done;
        let mut writing = Duration::ZERO;
        let offset = timed(&mut writing, || {
            self.keep(&exchanges)?;
            match &mut self.records {
                Records::Growing(file) => file.add(&outcome.record).map(Some),
                Records::Passing(sink) => sink.write(&outcome.ticket, &outcome.record).map(|()| None),
            }
        })?;
        self.report.add_write(writing);
        self.report.page(&outcome);
        self.watch.settled(&outcome);
        let (name, error) = match outcome.result {
            Ok(verdict) => (verdict.name().to_owned(), None),
            Err(failure) => (failure.kind, Some(failure.message)),
        };
        self.rows.push(DonePage { key, outcome: name, attempts, error, offset, validators: stamps });
        if self.rows.len() >= MAX_UNCOMMITTED { self.commit() } else { Ok(()) }
    }

    fn keep(&mut self, exchanges: &[Exchange]) -> Result<(), Error> {
        self.archive.as_mut().map_or(Ok(()), |archive| archive.add(exchanges))
    }

    /// The files first: what the state tells of is there.
    fn commit(&mut self) -> Result<(), Error> {
        if self.rows.is_empty() {
            return Ok(());
        }
        if let Records::Growing(file) = &mut self.records {
            self.lengths.output = file.commit()?;
        }
        if let Some(archive) = &mut self.archive {
            self.lengths.warc = archive.commit()?;
        }
        self.state.commit(&self.rows, self.lengths)?;
        // The crawl may have ended.
        let _ = self.acknowledge.send(self.rows.drain(..).map(|row| row.key).collect());
        Ok(())
    }
}
