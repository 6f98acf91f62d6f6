//! What a crawl came to, from its state.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use super::crawl::{grouped, state_path};
use crate::error::Error;
use crate::state::{Phase, State, Tally};

/// Hosts that are named.
const NAMED_HOSTS: usize = 15;

/// Prints the counts by outcome and by host of a crawl on standard output; at `path` is its state, or its output beside
/// that.
///
/// # Errors
/// [`Error::State`] where there is none, [`Error::Output`].
pub fn print_status(path: &Path) -> Result<(), Error> {
    let of_output = state_path(path);
    let state = State::open(if of_output.exists() { &of_output } else { path })?;
    let text = status(&state.tally(NAMED_HOSTS)?, state.phase()?);
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    written.map_err(|error| Error::Output { target: "standard output".to_owned(), error })
}

fn status(tally: &Tally, phase: Phase) -> String {
    let Tally { outcomes, hosts, host_count, failed, pages } = tally;
    let phase = match phase {
        Phase::Underway => "unfinished: --resume goes on with it",
        Phase::Finished => "finished",
    };
    let mut text = format!("{} pages, {} failed ({phase})\n", grouped(*pages), grouped(*failed));
    let mut by_count: Vec<(&String, &u64)> = outcomes.iter().collect();
    by_count.sort_by(|a, b| b.1.cmp(a.1));
    // Writing to a String does not fail.
    for (outcome, count) in by_count {
        let _ = writeln!(text, "{:>12}  {outcome}", grouped(*count));
    }
    if hosts.is_empty() {
        return text;
    }
    let noun = if *host_count == 1 { "host" } else { "hosts" };
    let _ = writeln!(text, "\n{} {noun}\n{:>12}{:>12}", grouped(*host_count as u64), "pages", "failed");
    for host in hosts {
        let _ = writeln!(text, "{:>12}{:>12}  {}", grouped(host.pages), grouped(host.failed), host.host);
    }
    if *host_count > hosts.len() {
        let _ = writeln!(text, "{:>12}{:>12}  and {} more", "", "", grouped((host_count - hosts.len()) as u64));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::HostTally;

    #[test]
    fn the_most_frequent_outcome_and_the_worst_host_come_first() {
        let host = |name: &str, pages, failed| HostTally { host: name.to_owned(), pages, failed };
        let tally = Tally {
            outcomes: [("article".to_owned(), 1200), ("timeout".to_owned(), 34)].into(),
            hosts: vec![host("slow.example", 40, 34), host("good.example", 1194, 0)],
            host_count: 3,
            failed: 34,
            pages: 1234,
        };
        let expected = "\
1,234 pages, 34 failed (unfinished: --resume goes on with it)
       1,200  article
          34  timeout

3 hosts
       pages      failed
          40          34  slow.example
       1,194           0  good.example
                          and 1 more
";
        assert_eq!(status(&tally, Phase::Underway), expected);
    }
}
