//! Five thousand pages of fifty hosts with every fault there is: each page ends in its one right record, and no host is
//! asked for more than it should be, as the host saw it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod crawler;
mod faults;
mod program;
mod server;
mod sites;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use faults::{
    CRAWL_DELAY, Expected, HOSTS, Kind, Manners, PAGES, Page, Ports, answer, build_bombs, draw, host_name, list,
    manners,
};
use program::Folder;
use serde_json::Value;
use sites::{Account, Ledger, Sites};

const SEED: u64 = 20_261_126;

/// The time between requests to a host.
const INTERVAL: Duration = Duration::from_millis(100);

/// The least part of it: intervals differ by a fifth.
const LEAST: f64 = 0.8;

/// Requests at once to a host.
const HOST_CONCURRENCY: usize = 2;

/// Retries of a page.
const RETRIES: usize = 3;

/// By how much a request can come later than it was sent, on a busy machine. One that is sent on time right behind it
/// seems too early by that.
const LATENESS: Duration = Duration::from_secs(1);

/// The most memory, in KiB.
const MAX_MEMORY: u64 = 200 * 1024;

/// How long a server takes for an answer, so that requests can overlap.
fn service_time(page: usize) -> Duration {
    Duration::from_millis([0, 5, 30, 90][page % 4])
}

#[tokio::test(flavor = "multi_thread")]
async fn five_thousand_pages_end_in_their_right_records() {
    let pages: Arc<[Page]> = draw(SEED).into();
    assert_eq!(pages.len(), PAGES);
    build_bombs();
    let served = Arc::clone(&pages);
    let sites = Sites::start(move |request| {
        let served = Arc::clone(&served);
        async move {
            tokio::time::sleep(service_time(request.path.len() + request.visit)).await;
            answer(&served, &request)
        }
    })
    .await;
    let (_socket, refused) = server::refusing();
    let ports =
        Ports { sites: sites.port, bad_certificate: port(&server::self_signed().await), refused: port(&refused) };

    let folder = Folder::new();
    folder.file("urls.txt", list(&pages, ports));
    let hosts: Vec<String> = (0..HOSTS).map(host_name).collect();
    let interval = format!("{}ms", INTERVAL.as_millis());
    let arguments = ["-i", "urls.txt", "-o", "out.jsonl", "--stats", "--max-concurrency", "60"];
    let manners = ["--host-request-interval", &interval, "--timeout", "4s", "--retry-wait", "50ms"];
    let limits = ["--max-retry-after", "3s", "--max-size", "300k"];
    let running = crawler::start(&folder, &hosts, &[&arguments[..], &manners, &limits].concat());
    let (ran, peak) = running.end_with_peak().await;

    let expected: Vec<Expected> = pages.iter().map(|page| page.expected(ports)).collect();
    let failed = expected.iter().filter(|expected| matches!(expected, Expected::Error(..))).count();
    ran.ends(3);
    let stats: Value = serde_json::from_str(ran.stderr().lines().last().unwrap()).unwrap();
    assert_eq!((&stats["pages"], &stats["failed"]), (&PAGES.into(), &failed.into()), "{}", ran.stderr());
    check_records(&folder.read("out.jsonl"), &pages, &expected, ports);
    let accounts: Vec<Account> = (0..HOSTS).map(|host| sites.ledger.account(&host_name(host))).collect();
    for (host, account) in accounts.iter().enumerate() {
        check_host(host, account);
    }
    check_gaps(&accounts);
    check_visits(&pages, &sites.ledger);
    assert!(0 < peak && peak < MAX_MEMORY, "{peak} KiB at the peak");
}

fn port(base: &str) -> u16 {
    base.rsplit(':').next().unwrap().parse().unwrap()
}

/// Checks that each page has its right record, and that there is no other.
fn check_records(output: &str, pages: &[Page], expected: &[Expected], ports: Ports) {
    assert!(!output.contains("someone else"), "what follows an answer is no answer");
    let records = program::records(output);
    assert_eq!(records.len(), PAGES);
    let mut by_source: HashMap<&str, &Value> = HashMap::new();
    for record in &records {
        assert!(by_source.insert(record["source"].as_str().unwrap(), record).is_none(), "twice: {record}");
    }
    let mut wrong = Vec::new();
    for (page, expected) in pages.iter().zip(expected) {
        let record = by_source[page.url(ports).as_str()];
        if !is_right(page, expected, record) {
            wrong.push(format!("{page:?}\n  should be {expected:?}\n  and is {record}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong records:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

fn is_right(page: &Page, expected: &Expected, record: &Value) -> bool {
    match expected {
        Expected::Story(url) => record["text"].as_str().is_some_and(|text| {
            record["error"].is_null()
                && record["url"] == url.as_str()
                && text.contains(&page.sentence())
                && text.matches("reopened on Monday").count() == 1
        }),
        Expected::Error(kind, says) => {
            let error = &record["error"];
            error["kind"] == *kind && error["message"].as_str().is_some_and(|message| message.contains(says))
        }
    }
}

/// Checks that a host was asked for no more than it should be.
fn check_host(host: usize, account: &Account) {
    assert_eq!(account.in_flight, 0, "host {host}");
    assert!(account.most_in_flight <= HOST_CONCURRENCY, "host {host}: {} at once", account.most_in_flight);
    let interval = interval(host);
    // Over any number of requests they took as long as their intervals: so no burst hides between quiet times.
    let starts = account.arrivals.iter().enumerate();
    for ((first, start), (last, end)) in
        starts.clone().flat_map(|from| starts.clone().skip(from.0).map(move |to| (from, to)))
    {
        let took = *end - *start;
        let least = interval.mul_f64(LEAST * (last - first) as f64);
        assert!(took + LATENESS >= least, "host {host}: requests {first} to {last} in {took:?}, not {least:?}");
    }
}

/// Checks that requests do not come in bursts. Lateness makes some gaps short, at a host of few requests perhaps each
/// of its few; requests that nothing holds apart would make most so, over all hosts. `fetch/host.rs` has the exact
/// tests, by times it is handed.
fn check_gaps(accounts: &[Account]) {
    let (mut gaps, mut short) = (0, 0);
    for (host, account) in accounts.iter().enumerate() {
        let least = interval(host).mul_f64(LEAST / 2.0);
        gaps += account.arrivals.windows(2).count();
        short += account.arrivals.windows(2).filter(|pair| pair[1] - pair[0] < least).count();
    }
    assert!(short * 2 <= gaps, "{short} of {gaps} gaps are short");
}

/// The time between requests that a host is promised.
fn interval(host: usize) -> Duration {
    if manners(host) == Manners::Delay { CRAWL_DELAY } else { INTERVAL }
}

/// Checks that pages were asked for no more often than they may be.
fn check_visits(pages: &[Page], ledger: &Ledger) {
    for page in pages {
        let (visits, host) = (ledger.visits(&host_name(page.host), &page.path()), manners(page.host));
        let most = match page.kind {
            _ if host == Manners::Broken => 0,
            Kind::Forbidden if host.forbid() => 0,
            Kind::BadCertificate | Kind::Refused => 0,
            // Its own redirects lead to it, and a try that takes too long on a busy machine is made again.
            Kind::Loop => 11 * (RETRIES + 1),
            _ => RETRIES + 1,
        };
        assert!(visits <= most, "{page:?}: {visits} times");
    }
}
