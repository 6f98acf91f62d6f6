//! What a list may hold, and how it is worked off.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod crawler;
mod program;
mod sites;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use program::{Folder, records};
use serde_json::Value;
use sites::{Reply, Request, Sites, answer, html, moved, page, robots, sentence};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::sync::{Barrier, Semaphore};
use tokio::time::timeout;

const QUICK: [&str; 4] = ["--host-request-interval", "0", "--retry-wait", "20ms"];

fn hosts(count: usize) -> Vec<String> {
    (0..count).map(|host| format!("h{host}.example")).collect()
}

fn number(request: &Request) -> Option<usize> {
    request.path.strip_prefix("/news/")?.parse().ok()
}

fn stories(request: &Request) -> Reply {
    match number(request) {
        Some(number) => page(&html(number)),
        None => Reply::Whole(answer("404 Not Found", &[], "")),
    }
}

fn sources(records: &[Value]) -> Vec<&str> {
    let mut sources: Vec<&str> = records.iter().map(|record| record["source"].as_str().unwrap()).collect();
    sources.sort_unstable();
    sources
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_in_a_list_twice_has_one_record() {
    let sites = Sites::start(async |request| stories(&request)).await;
    let url = |path: &str| sites.url("h0.example", path);
    let capital = format!("HTTP://H0.Example:{}/news/1", sites.port);
    let list = [url("/news/1"), url("/news/2"), url("/news/1#top"), capital, url("/news/1"), url("/news/1?page=2")];
    let folder = Folder::new();
    folder.file("urls.txt", list.join("\n"));
    for output in [&["-o", "out.jsonl"][..], &[]] {
        let before = sites.ledger.pages();
        let arguments = [&["-i", "urls.txt", "--stats"], output, &QUICK].concat();
        let ran = crawler::run(&folder, &hosts(1), &arguments).await;
        // The page with the query is another one, and is not there.
        ran.ends(3).says("\"skipped\":3");
        let records = if output.is_empty() { ran.records() } else { records(&folder.read("out.jsonl")) };
        assert_eq!(sources(&records), [url("/news/1"), url("/news/1?page=2"), url("/news/2")]);
        assert_eq!(sites.ledger.pages() - before, 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_sorted_by_host_runs_at_full_width() {
    const HOSTS: usize = 8;
    const PAGES: usize = 50;
    // Pages come when as many are asked for as there are hosts; each host has one under way at the most.
    let together = Arc::new(Barrier::new(HOSTS));
    let sites = Sites::start(move |request| {
        let together = Arc::clone(&together);
        async move {
            if number(&request).is_some() {
                together.wait().await;
            }
            stories(&request)
        }
    })
    .await;
    let urls = (0..HOSTS * PAGES)
        .map(|number| sites.url(&format!("h{}.example", number / PAGES), &format!("/news/{number}\n")));
    let folder = Folder::new();
    folder.file("urls.txt", urls.collect::<String>());
    let arguments = [&["-i", "urls.txt", "--max-concurrency", "8", "--host-concurrency", "1"], &QUICK[..]].concat();
    let ran = crawler::run(&folder, &hosts(HOSTS), &arguments).await;
    assert_eq!(ran.ends(0).records().len(), HOSTS * PAGES);
    for host in hosts(HOSTS) {
        assert_eq!(sites.ledger.account(&host).most_in_flight, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_that_are_sent_on_to_a_slow_host_do_not_hold_up_the_others() {
    const MOVED: usize = 12;
    const OTHERS: usize = 30;
    let all_moved = Arc::new(Semaphore::new(0));
    let counted = Arc::clone(&all_moved);
    let sites = Sites::start(move |request| {
        let counted = Arc::clone(&counted);
        async move {
            match (request.host.as_str(), request.path.as_str()) {
                ("h0.example", "/robots.txt") => robots("User-agent: *\nCrawl-delay: 300\n"),
                (_, "/robots.txt") => robots(""),
                ("h1.example", _) => {
                    let _ = counted.acquire_many(MOVED as u32).await.unwrap();
                    stories(&request)
                }
                ("h2.example" | "h3.example" | "h4.example", path) => {
                    counted.add_permits(1);
                    let port = request.header("host").unwrap().rsplit(':').next().unwrap();
                    moved(&format!("http://h0.example:{port}{path}"))
                }
                _ => stories(&request),
            }
        }
    })
    .await;
    let moved =
        (0..MOVED).map(|number| sites.url(&format!("h{}.example", 2 + number % 3), &format!("/news/{number}\n")));
    let others = (0..OTHERS).map(|number| sites.url("h1.example", &format!("/news/{number}\n")));
    let folder = Folder::new();
    folder.file("urls.txt", moved.chain(others).collect::<String>());
    let arguments = [&["-i", "urls.txt", "-o", "out.jsonl", "--max-concurrency", "4"], &QUICK[..]].concat();
    let mut running = crawler::start(&folder, &hosts(5), &arguments);
    // The slow host gives one page before its wait begins.
    let all = sites.ledger.wait_for_pages(MOVED + OTHERS + 1);
    timeout(Duration::from_secs(60), all).await.expect("the slow host holds up the others");
    // The others wait for five minutes.
    running.signal("INT").await;
    running.wait_until_it_says("once more").await;
    running.signal("INT").await;
    running.end().await.ends(130);
    assert_eq!(sites.ledger.account("h0.example").arrivals.len(), 2, "robots.txt and a page");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_may_hold_addresses_files_and_what_is_neither() {
    let sites = Sites::start(async |request| stories(&request)).await;
    let folder = Folder::new();
    let line = |number: usize| serde_json::json!({ "html": html(number) }).to_string() + "\n";
    folder.file("one.html", html(1)).file("pages/two.html", html(2)).file("more.jsonl", line(3) + &line(4));
    let url = sites.url("h0.example", "/news/5");
    let list =
        format!("# pages\none.html\n\n{url}\npages/two.html\nmissing.html\nmore.jsonl\none.html\nftp://h0.example/\n");
    folder.file("list.txt", &list);
    let arguments = [&["-i", "list.txt", "-o", "out.jsonl", "--failed-file", "failed.txt"], &QUICK[..]].concat();
    crawler::run(&folder, &hosts(1), &arguments).await.ends(3);
    let first = folder.read("out.jsonl");
    for number in 1..=5 {
        assert_eq!(first.matches(&sentence(number)).count(), 1, "{first}");
    }
    let records = records(&first);
    let failed = records.iter().filter(|record| !record["error"].is_null()).count();
    assert_eq!((records.len(), failed), (7, 2), "{first}");
    let mut names: Vec<String> = folder.read("failed.txt").lines().map(str::to_owned).collect();
    names.sort();
    assert_eq!(names, ["ftp://h0.example/", "missing.html"]);

    // Each of them is known to be done.
    crawler::run(&folder, &hosts(1), &[&arguments[..], &["--resume"]].concat()).await.ends(0);
    assert_eq!(folder.read("out.jsonl"), first);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_goes_on_gives_its_records_and_can_be_interrupted() {
    let sites = Sites::start(async |request| stories(&request)).await;
    let folder = Folder::new();
    let mut running = crawler::start(&folder, &hosts(1), &[&["-i", "-"], &QUICK[..]].concat());
    let mut list = running.0.stdin.take().unwrap();
    let mut records = BufReader::new(running.0.stdout.take().unwrap()).lines();
    for number in [1, 2, 3] {
        let url = sites.url("h0.example", &format!("/news/{number}"));
        list.write_all(format!("{url}\n").as_bytes()).await.unwrap();
        let record = records.next_line().await.unwrap().unwrap();
        assert!(record.contains(&url) && record.contains(&sentence(number)), "{record}");
    }
    running.signal("INT").await;
    running.end().await.ends(130).says("interrupted, 3 pages done");
    drop(list);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_robots_txt_that_leads_in_a_circle_forbids_nothing() {
    let sites = Sites::start(async |request: Request| match request.path.as_str() {
        "/robots.txt" => moved("/robots.txt?again"),
        path if path.starts_with("/robots.txt") => moved("/robots.txt"),
        _ => page(&html(1)),
    })
    .await;
    let folder = Folder::new();
    folder.file("urls.txt", sites.url("h0.example", "/news/1"));
    let arguments = ["-i", "urls.txt", "--host-request-interval", "0"];
    let ran = crawler::run(&folder, &hosts(1), &arguments).await;
    assert!(ran.ends(0).stdout().contains(&sentence(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn robots_txt_is_obeyed_unless_it_is_to_be_ignored() {
    let sites = Sites::start(async |request| match request.path.as_str() {
        "/robots.txt" => robots("User-agent: *\nDisallow: /\n\nUser-agent: cleancopy\nDisallow: /news/1\n"),
        _ => stories(&request),
    })
    .await;
    let folder = Folder::new();
    let urls = [1, 2].map(|number| sites.url("h0.example", &format!("/news/{number}")));
    folder.file("urls.txt", urls.join("\n"));
    let arguments = [&["-i", "urls.txt"], &QUICK[..]].concat();
    let ran = crawler::run(&folder, &hosts(1), &arguments).await;
    for record in ran.ends(3).records() {
        let expected = if record["source"] == urls[0].as_str() { "robots".into() } else { Value::Null };
        assert_eq!(record["error"]["kind"], expected, "{record}");
    }
    assert_eq!(sites.ledger.visits("h0.example", "/news/1"), 0);
    assert_eq!(sites.ledger.visits("h0.example", "/robots.txt"), 1);

    let ran = crawler::run(&folder, &hosts(1), &[&arguments[..], &["--ignore-robots"]].concat()).await;
    assert!(ran.ends(0).records().iter().all(|record| record["text"].is_string()));
    assert_eq!(sites.ledger.visits("h0.example", "/robots.txt"), 1, "it was not asked for again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_names_each_page_once_and_asks_for_none() {
    let sites = Sites::start(async |request| stories(&request)).await;
    let folder = Folder::new();
    let urls: Vec<String> = (0..5).map(|number| sites.url("h0.example", &format!("/news/{number}"))).collect();
    let list = |count: usize| urls[..count].join("\n") + "\n" + &urls[0] + "#again\n";
    folder.file("urls.txt", list(3));
    let arguments = [&["-i", "urls.txt", "-o", "out.jsonl"], &QUICK[..]].concat();
    let dry = [&arguments[..], &["--dry-run"]].concat();
    let named = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let ran = crawler::run(&folder, &hosts(1), &dry).await;
    assert_eq!(ran.ends(0).stdout(), urls[..3].join("\n") + "\n");
    assert_eq!(sites.ledger.pages(), 0);
    assert_eq!(folder.names("."), ["urls.txt"], "nothing is written");

    crawler::run(&folder, &hosts(1), &arguments).await.ends(0);
    folder.file("urls.txt", list(5));
    let ran = crawler::run(&folder, &hosts(1), &[&dry[..], &["--resume"]].concat()).await;
    assert_eq!(named(ran.ends(0).stdout()), urls[3..].iter().cloned().collect());
    assert_eq!(named(crawler::run(&folder, &hosts(1), &dry).await.ends(0).stdout()).len(), 5);
    assert_eq!(sites.ledger.pages(), 3);
}
