//! What a crawl holds when it is killed: at the end each page has one record, and nothing in its files is broken.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod crawler;
mod program;
mod sites;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::time::Duration;

use cleancopy::state::{Lengths, State};
use cleancopy::warc::{RecordType, WarcReader, WarcRecord};
use flate2::read::MultiGzDecoder;
use program::{Folder, Ran, records};
use serde_json::Value;
use sites::{Reply, Request, Sites, answer, html, page, robots, sentence};
use tokio::sync::Semaphore;

const HOSTS: usize = 20;
const PAGES: usize = 2000;
const KILLS: usize = 50;

/// Pages that a run of the kill test gets ahead of its kill, at most; all runs together get fewer than there are.
const PAGES_A_RUN: u64 = 30;

const SEED: u64 = 42;

fn hosts() -> Vec<String> {
    (0..HOSTS).map(|host| format!("h{host:02}.example")).collect()
}

fn url(sites: &Sites, number: usize) -> String {
    sites.url(&format!("h{:02}.example", number % HOSTS), &format!("/news/{number}"))
}

fn list(sites: &Sites, pages: usize) -> String {
    (0..pages).map(|number| url(sites, number) + "\n").collect()
}

/// A story, a page that is missing, or one that is there at the second request.
fn answer_of(request: &Request) -> Reply {
    match number(request) {
        Some(number) if number % 20 == 11 && request.visit == 1 => Reply::Reset(Vec::new()),
        _ => steady_answer_of(request),
    }
}

/// Likewise, without a reset: where nothing is asked for again, the record of such a page is an error.
fn steady_answer_of(request: &Request) -> Reply {
    match number(request) {
        None => robots(""),
        Some(number) if number % 20 == 7 => Reply::Whole(answer("404 Not Found", &[], "")),
        Some(number) => page(&html(number)),
    }
}

fn number(request: &Request) -> Option<usize> {
    request.path.strip_prefix("/news/").map(|number| number.parse().unwrap())
}

/// At eighty pages a second or so, however fast the machine is: the list has to outlast fifty kills.
const SLOW: [&str; 7] =
    ["-i", "urls.txt", "--host-request-interval", "250ms", "--retry-wait", "20ms", "--ignore-robots"];

const QUICK: [&str; 6] = ["-i", "urls.txt", "--host-request-interval", "0", "--retry-wait", "20ms"];

/// Numbers that look drawn by chance (Knuth's MMIX).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Checks that each page of the list has its one record.
fn check_records(output: &str, sites: &Sites, pages: usize) {
    let records = records(output);
    assert_eq!(records.len(), pages);
    let by_source: HashMap<&str, &Value> =
        records.iter().map(|record| (record["source"].as_str().unwrap(), record)).collect();
    for number in 0..pages {
        let record = by_source.get(url(sites, number).as_str()).unwrap_or_else(|| panic!("page {number} is lost"));
        if number % 20 == 7 {
            assert_eq!(record["error"]["kind"], "status", "{record}");
        } else {
            assert!(record["text"].as_str().unwrap_or_default().contains(&sentence(number)), "{record}");
        }
    }
}

/// What the files held at the last commit before a kill.
#[derive(Default)]
struct Committed {
    output: Vec<u8>,
    archive: Vec<u8>,
}

impl Committed {
    /// Checks the files behind a kill: that they still begin with what was committed before, that all that is committed
    /// since is whole, and that behind it nothing is broken but the end of the file.
    fn check_and_advance(&self, folder: &Folder) -> Committed {
        let (pages, lengths) = state(folder);
        let output = fs::read(folder.path("out.jsonl")).unwrap_or_default();
        let archive = fs::read(folder.path("raw.warc.gz")).unwrap_or_default();
        let (output_end, archive_end) = (lengths.output as usize, lengths.warc as usize);
        assert!(output.starts_with(&self.output) && archive.starts_with(&self.archive), "what is committed stays");

        assert_eq!(lines(&output[..output_end], End::Whole), pages as usize);
        lines(&output[output_end..], End::MayBeCut);
        warc_records(&archive[self.archive.len()..archive_end], End::Whole);
        warc_records(&archive[archive_end..], End::MayBeCut);
        Committed { output: output[..output_end].to_vec(), archive: archive[..archive_end].to_vec() }
    }
}

/// The number of pages that are committed, and the lengths of the files. Read from a copy: the next run is to find the
/// state as the kill left it.
fn state(folder: &Folder) -> (u64, Lengths) {
    let copy = Folder::new();
    for name in ["out.jsonl.state", "out.jsonl.state-wal"] {
        let _ = fs::copy(folder.path(name), copy.path(name));
    }
    let path = copy.path("out.jsonl.state");
    if !State::exists(&path).unwrap() {
        return (0, Lengths::default());
    }
    let state = State::open(&path).unwrap();
    (state.count().unwrap(), state.lengths().unwrap())
}

/// How a piece of a file may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Whole,
    MayBeCut,
}

/// The number of whole lines, each of which is a record.
fn lines(bytes: &[u8], end: End) -> usize {
    let whole = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
    assert!(end == End::MayBeCut || whole == bytes.len(), "a line is cut");
    records(std::str::from_utf8(&bytes[..whole]).unwrap()).len()
}

/// The whole records of an archive.
fn warc_records(bytes: &[u8], end: End) -> Vec<WarcRecord> {
    let mut read: Vec<_> = WarcReader::new(Cursor::new(bytes), 10_000_000).collect();
    if end == End::MayBeCut {
        read.pop_if(|last| last.is_err());
    }
    read.into_iter().map(|record| record.unwrap_or_else(|error| panic!("{error}"))).collect()
}

/// Checks that the answers of all pages are in an archive.
fn check_archive(path: &Path, sites: &Sites, pages: usize) {
    let records = warc_records(&fs::read(path).unwrap(), End::Whole);
    assert_eq!(records[0].record_type(), RecordType::Warcinfo);
    let answers = records.iter().filter(|record| record.record_type() == RecordType::Response);
    let urls: HashSet<&str> = answers.map(|record| record.target_uri().unwrap()).collect();
    for number in 0..pages {
        assert!(urls.contains(url(sites, number).as_str()), "page {number} is not in the archive");
    }
    let requests = records.iter().filter(|record| record.record_type() == RecordType::Request).count();
    let responses = records.iter().filter(|record| record.record_type() == RecordType::Response).count();
    assert_eq!(requests, responses);
}

/// Runs the program until `pages` more pages were asked for and a moment longer, and kills it; `false` where it ended
/// before that.
async fn run_and_kill(folder: &Folder, sites: &Sites, arguments: &[&str], pages: u64, moment: Duration) -> bool {
    let goal = sites.ledger.pages() + pages as usize;
    let mut running = crawler::start(folder, &hosts(), arguments);
    let is_killed = tokio::select! {
        () = sites.ledger.wait_for_pages(goal) => true,
        _ = running.0.wait() => false,
    };
    if is_killed {
        // Any instant will do: while pages are written, while they are committed, or between.
        tokio::time::sleep(moment).await;
    }
    let output = running.kill().await;
    assert!(is_killed || output.status.success() || output.status.code() == Some(3), "{output:?}");
    is_killed
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_kills_lose_nothing_and_break_nothing() {
    let sites = Sites::start(async |request| answer_of(&request)).await;
    let folder = Folder::new();
    folder.file("urls.txt", list(&sites, PAGES));
    let arguments = [&SLOW[..], &["-o", "out.jsonl", "--save-warc", "raw.warc.gz", "--resume"]].concat();
    let mut chance = Chance(SEED);
    let mut committed = Committed::default();
    for kill in 0..KILLS {
        let moment = Duration::from_millis(chance.below(250));
        let pages = chance.below(PAGES_A_RUN);
        assert!(run_and_kill(&folder, &sites, &arguments, pages, moment).await, "kill {kill}");
        committed = committed.check_and_advance(&folder);
    }
    let ran = crawler::run(&folder, &hosts(), &arguments).await;
    ran.ends(3).says("going on: ");
    check_records(&folder.read("out.jsonl"), &sites, PAGES);
    check_archive(&folder.path("raw.warc.gz"), &sites, PAGES);
    folder.run(&["status", "out.jsonl.state"]).ends(0).gives("2,000 pages, 100 failed (finished)");
}

fn unpacked(path: &Path) -> String {
    let file = fs::File::open(path).unwrap();
    let mut text = String::new();
    match path.extension().unwrap().to_str() {
        Some("gz") => MultiGzDecoder::new(file).read_to_string(&mut text).unwrap(),
        _ => zstd::Decoder::new(file).unwrap().read_to_string(&mut text).unwrap(),
    };
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn compressed_outputs_go_on_after_kills() {
    const PAGES: usize = 300;
    for name in ["out.jsonl.gz", "out.jsonl.zst"] {
        let sites = Sites::start(async |request| answer_of(&request)).await;
        let folder = Folder::new();
        folder.file("urls.txt", list(&sites, PAGES));
        let arguments = [&QUICK[..], &["-o", name, "--resume"]].concat();
        let mut chance = Chance(SEED);
        for _ in 0..5 {
            let moment = Duration::from_millis(chance.below(300));
            let pages = chance.below(50);
            run_and_kill(&folder, &sites, &arguments, pages, moment).await;
        }
        crawler::run(&folder, &hosts(), &arguments).await;
        check_records(&unpacked(&folder.path(name)), &sites, PAGES);
    }
}

/// A run that has ten pages under way, and then none; it waits for ten more.
async fn ten_done_ten_under_way(folder: &Folder, sites: &Sites, gate: &Semaphore) -> crawler::Running {
    folder.file("urls.txt", list(sites, 100));
    let arguments = [&QUICK[..], &["-o", "out.jsonl", "--max-concurrency", "10", "--max-retries", "0"]].concat();
    let running = crawler::start(folder, &hosts(), &arguments);
    sites.ledger.wait_for_pages(10).await;
    gate.add_permits(10);
    sites.ledger.wait_for_pages(20).await;
    running
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_finishes_what_is_under_way_and_says_how_to_go_on() {
    for signal in ["INT", "TERM"] {
        is_finished_and_gone_on_with(signal).await;
    }
}

async fn is_finished_and_gone_on_with(signal: &str) {
    let (sites, gate) = Sites::start_held(steady_answer_of).await;
    let folder = Folder::new();
    let mut running = ten_done_ten_under_way(&folder, &sites, &gate).await;
    running.signal(signal).await;
    running.wait_until_it_says("finishing what is under way").await;
    gate.add_permits(1000);
    running.end().await.ends(130).says("interrupted, 20 pages done: the same command with --resume goes on");
    assert_eq!(sites.ledger.pages(), 20, "nothing more was asked for");
    assert_eq!(records(&folder.read("out.jsonl")).len(), 20);
    folder
        .run(&["status", "out.jsonl.state"])
        .ends(0)
        .gives("20 pages, ")
        .gives("(unfinished: --resume goes on with it)");

    let arguments = [&QUICK[..], &["-o", "out.jsonl", "--resume"]].concat();
    crawler::run(&folder, &hosts(), &arguments).await.ends(3).says("going on: 20 pages are done");
    assert_eq!(records(&folder.read("out.jsonl")).len(), 100);
    folder.run(&["status", "out.jsonl.state"]).ends(0).gives("100 pages, ").gives("(finished)");
    let again = crawler::run(&folder, &hosts(), &arguments).await;
    again.says("going on: 100 pages are done").says("nothing left to clean: all pages are done");
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_twice_ends_at_once() {
    let (sites, gate) = Sites::start_held(steady_answer_of).await;
    let folder = Folder::new();
    let mut running = ten_done_ten_under_way(&folder, &sites, &gate).await;
    running.signal("INT").await;
    running.wait_until_it_says("once more to stop at once").await;
    running.signal("INT").await;
    let ran: Ran = running.end().await;
    ran.ends(130).says("interrupted, 10 pages done");
    assert_eq!(records(&folder.read("out.jsonl")).len(), 10);

    gate.add_permits(1000);
    let arguments = [&QUICK[..], &["-o", "out.jsonl", "--resume"]].concat();
    crawler::run(&folder, &hosts(), &arguments).await.ends(3);
    check_records(&folder.read("out.jsonl"), &sites, 100);
}
