//! What is said on standard error, and what the run comes to.

use std::fmt::{self, Write as _};
use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use hdrhistogram::Histogram;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use serde_json::json;

use super::page::{Outcome, Times};
use super::plan::Silence;
use crate::clock::Stopwatch;
use crate::error::Error;
use crate::input::ArchiveTally;
use crate::options::Messages;
use crate::verdict::PageVerdict;

/// The longest fetch that is told apart, in microseconds: an hour.
const MAX_FETCH_MICROS: u64 = 3_600_000_000;

/// What a run came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Pages, those that failed among them.
    pub pages: u64,
    /// Pages that failed.
    pub failed: u64,
    /// Bytes of the pages, decompressed.
    pub bytes: u64,
    /// Pages of a list that an earlier run had done, or that stood in it before.
    pub skipped: u64,
    /// Whether the run came to its end.
    pub ending: Ending,
    fetching: Percentiles,
    times: Times,
    wall: Duration,
}

/// Whether a run came to its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Ending {
    /// It did.
    #[default]
    Complete,
    /// It was interrupted, with pages left.
    Interrupted,
}

/// How long pages took to fetch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Percentiles {
    pages: u64,
    p50: Duration,
    p90: Duration,
    p99: Duration,
    max: Duration,
}

impl Summary {
    /// The exit code: 0 no page failed, 3 some failed, 4 all failed, 130 interrupted (as for a signal of Ctrl-C).
    pub fn exit_code(&self) -> u8 {
        match self.failed {
            _ if self.ending == Ending::Interrupted => 130,
            0 => 0,
            failed if failed < self.pages => 3,
            _ => 4,
        }
    }

    /// The line of `--stats`.
    fn stats(&self) -> String {
        // Microseconds are enough; more digits would only look exact.
        let seconds = |time: Duration| (time.as_secs_f64() * 1e6).round() / 1e6;
        let Times { fetch, read, decode, segment, judge, write } = self.times;
        let mut stats = json!({
            "pages": self.pages,
            "failed": self.failed,
            "skipped": self.skipped,
            "bytes": self.bytes,
            "seconds": {
                "fetch": seconds(fetch),
                "read": seconds(read),
                "decode": seconds(decode),
                "segment": seconds(segment),
                "judge": seconds(judge),
                "write": seconds(write),
                "wall": seconds(self.wall),
            },
        });
        let Percentiles { pages, p50, p90, p99, max } = self.fetching;
        if pages > 0 {
            let seconds = json!({ "p50": seconds(p50), "p90": seconds(p90), "p99": seconds(p99), "max": seconds(max) });
            stats["fetch_seconds"] = seconds;
        }
        stats.to_string()
    }
}

/// Counts pages and says what the output does not.
#[derive(Debug)]
pub(super) struct Report {
    summary: Summary,
    stopwatch: Stopwatch,
    voice: Voice,
    silence: Silence,
    counting: Counting,
    fetches: Histogram<u32>,
    /// What it says of a run without a page.
    of_none: &'static str,
}

/// Who shows how many pages are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counting {
    /// The report, on its bar.
    Here,
    /// Someone else.
    Elsewhere,
}

/// Speaks on standard error, around a line of progress where there is one.
#[derive(Debug, Clone)]
pub(super) struct Voice {
    messages: Messages,
    bar: Option<ProgressBar>,
}

impl Voice {
    /// A voice for `messages`.
    pub(super) fn new(messages: Messages, bar: Option<ProgressBar>) -> Self {
        Voice { messages, bar }
    }

    /// Says a line.
    pub(super) fn say(&self, message: &str) {
        if self.messages == Messages::Quiet {
            return;
        }
        match &self.bar {
            Some(bar) => bar.suspend(|| print_line(message)),
            None => print_line(message),
        }
    }

    /// Says what the archives among the sources held that no record shows.
    pub(super) fn say_archives(&self, tally: &ArchiveTally) {
        match tally.passed_over() {
            0 => {}
            1 => self.say("1 archived answer passed over: an image, a redirect, an error or the like"),
            count => self.say(&format!("{count} archived answers passed over: images, redirects, errors and the like")),
        }
        match tally.broken() {
            0 => {}
            1 => self.say("1 broken record of an archive was skipped"),
            count => self.say(&format!("{count} broken records of archives were skipped")),
        }
        match tally.cut() {
            0 => {}
            1 => self.say("1 archived page was cut short by its crawler (WARC-Truncated)"),
            count => self.say(&format!("{count} archived pages were cut short by their crawler (WARC-Truncated)")),
        }
    }

    /// Shows on the two lines of a crawl's progress what `lines` gives.
    pub(super) fn show(&self, lines: impl FnOnce() -> [String; 2]) {
        if let Some(bar) = &self.bar {
            let [first, second] = lines();
            bar.set_message(first);
            bar.set_prefix(second);
            bar.tick();
        }
    }
}

impl Report {
    /// A report of a run that starts now.
    pub(super) fn start(voice: Voice, silence: Silence, counting: Counting) -> Result<Self, Error> {
        let fetches = Histogram::new_with_max(MAX_FETCH_MICROS, 2);
        let fetches = fetches.map_err(|error| Error::Start { what: "the statistics", reason: error.to_string() })?;
        let (summary, stopwatch) = (Summary::default(), Stopwatch::start());
        let of_none = "nothing to clean: no page among the sources";
        Ok(Report { summary, stopwatch, voice, silence, counting, fetches, of_none })
    }

    /// Says of a run without a page that another has done all.
    pub(super) fn goes_on(&mut self) {
        self.of_none = "nothing left to clean: all pages are done";
    }

    /// Counts a page and says what is to be said of it.
    pub(super) fn page(&mut self, outcome: &Outcome) {
        self.summary.pages += 1;
        self.summary.failed += u64::from(outcome.result.is_err());
        self.summary.bytes += outcome.bytes;
        self.summary.times += outcome.times;
        if let Some(note) = self.note(outcome) {
            self.say(&format!("{}: {note}", outcome.ticket.name));
        }
        if outcome.times.fetch > Duration::ZERO {
            self.fetches.saturating_record(outcome.times.fetch.as_micros().min(MAX_FETCH_MICROS.into()) as u64);
        }
        if let (Some(bar), Counting::Here) = (&self.voice.bar, self.counting) {
            bar.set_message(match self.summary.failed {
                0 => String::new(),
                failed => format!(", {failed} failed"),
            });
            bar.inc(1);
        }
    }

    fn note(&self, outcome: &Outcome) -> Option<String> {
        match (&outcome.result, self.silence) {
            (Err(failure), Silence::Failures | Silence::FailuresAndNoStories) => Some(failure.message.clone()),
            (Ok(verdict), Silence::FailuresAndNoStories) if outcome.record.is_empty() => Some(if outcome.bytes == 0 {
                "no story found: the page is empty".to_owned()
            } else {
                no_story(*verdict)
            }),
            (Ok(PageVerdict::Paywalled), Silence::FailuresAndNoStories) => {
                Some("only the teaser: paywalled".to_owned())
            }
            _ => None,
        }
    }

    /// Adds the time that the run's own thread took to write.
    pub(super) fn add_write(&mut self, time: Duration) {
        self.summary.times.write += time;
    }

    /// Ends the report.
    pub(super) fn finish(mut self) -> Summary {
        let Summary { pages, failed, .. } = self.summary;
        match (pages, failed) {
            (0, _) => self.say(self.of_none),
            (2.., 1..) => {
                let where_why =
                    if self.silence == Silence::Nothing { ": `error` in their records says why" } else { "" };
                self.say(&format!("{failed} of {pages} pages failed{where_why}"));
            }
            _ => {}
        }
        self.summary.wall = self.stopwatch.elapsed();
        let quantile = |share| Duration::from_micros(self.fetches.value_at_quantile(share));
        self.summary.fetching = Percentiles {
            pages: self.fetches.len(),
            p50: quantile(0.5),
            p90: quantile(0.9),
            p99: quantile(0.99),
            max: Duration::from_micros(self.fetches.max()),
        };
        self.summary
    }

    fn say(&self, message: &str) {
        self.voice.say(message);
    }
}

impl Drop for Report {
    /// However the run ends, the line of progress does not stay.
    fn drop(&mut self) {
        if let Some(bar) = &self.voice.bar {
            bar.finish_and_clear();
        }
    }
}

/// Prints the line of `--stats`.
pub(super) fn print_stats(summary: &Summary) {
    let _ = writeln!(io::stderr(), "{}", summary.stats());
}

/// Where standard error takes no line, no one is there to be told.
fn print_line(message: &str) {
    let _ = writeln!(io::stderr(), "cleancopy: {}", printable(message));
}

/// A message whose control characters, which a terminal would obey, are written out: names come from anywhere.
fn printable(message: &str) -> String {
    let mut printable = String::with_capacity(message.len());
    for c in message.chars() {
        if c.is_control() {
            let _ = write!(printable, "{}", c.escape_default());
        } else {
            printable.push(c);
        }
    }
    printable
}

fn no_story(verdict: PageVerdict) -> String {
    let why = match verdict {
        PageVerdict::Article | PageVerdict::Live => return "no story found: nothing is left of the page".to_owned(),
        PageVerdict::Paywalled => "one has to pay for it",
        PageVerdict::ScriptOnly => "the page needs JavaScript",
        PageVerdict::Blocked => "robot check, consent wall or error page",
        PageVerdict::NotAnArticle => "a section front, a login or the like, or too few words",
    };
    format!("no story found: {verdict} ({why})")
}

/// The lines that tell how far a crawl is, where standard error is a terminal. What they say is [`Voice::show`]'s.
pub(super) fn crawl_bar() -> Option<ProgressBar> {
    if !io::stderr().is_terminal() {
        return None;
    }
    let style = ProgressStyle::with_template("{spinner} {wide_msg}\n  {prefix}").ok()?;
    Some(ProgressBar::new_spinner().with_style(style))
}

/// The line that tells how far a run is, where standard error is a terminal.
pub(super) fn progress_bar() -> Option<ProgressBar> {
    if !io::stderr().is_terminal() {
        return None;
    }
    let style = ProgressStyle::with_template("{spinner} {pos} done{msg}, {rate}, {elapsed}").ok()?;
    let rate = |state: &ProgressState, out: &mut dyn fmt::Write| {
        // Where the line cannot be drawn, nothing is lost.
        let _ = write!(out, "{:.0}/s", state.per_sec());
    };
    Some(ProgressBar::new_spinner().with_style(style.with_key("rate", rate)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_codes_tell_none_some_and_all() {
        let exit_code = |pages, failed| Summary { pages, failed, ..Summary::default() }.exit_code();
        assert_eq!(
            [exit_code(0, 0), exit_code(3, 0), exit_code(3, 1), exit_code(3, 3), exit_code(1, 1)],
            [0, 0, 3, 4, 4]
        );
    }

    #[test]
    fn messages_cannot_steer_the_terminal() {
        assert_eq!(printable("a\u{1b}[2Jb\nc é"), "a\\u{1b}[2Jb\\nc é");
    }
}
