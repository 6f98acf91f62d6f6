//! Three hundred URLs of a real server on this machine, good pages and faulty ones, through the program.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod server;

use std::collections::HashMap;
use std::process::{Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::Barrier;
use tokio::time::timeout;

const PAGES: usize = 300;

/// Slow pages answer only when this many of them are asked for at once.
const SLOW_AT_ONCE: usize = 4;

/// What a page does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Story,
    Slow,
    Latin1,
    UnknownCharset,
    Redirected,
    PlainText,
    Missing,
    Broken,
    Loop,
    Pdf,
    Endless,
    Reset,
    Stalling,
    Refused,
}

impl Kind {
    fn of(page: usize) -> Kind {
        match page {
            0 => Kind::Stalling,
            100..104 | 200..204 => Kind::Slow,
            77 | 177 => Kind::Endless,
            _ => match page % 20 {
                3 => Kind::Missing,
                5 => Kind::Latin1,
                6 => Kind::UnknownCharset,
                8 => Kind::Redirected,
                10 => Kind::Broken,
                12 => Kind::Loop,
                14 => Kind::Pdf,
                16 => Kind::Reset,
                18 => Kind::Refused,
                19 => Kind::PlainText,
                _ => Kind::Story,
            },
        }
    }

    /// The kind of the error that its record tells, and whether it may be tried again.
    fn error(self) -> Option<(&'static str, bool)> {
        match self {
            Kind::Story | Kind::Slow | Kind::Latin1 | Kind::UnknownCharset | Kind::Redirected | Kind::PlainText => None,
            Kind::Missing => Some(("status", false)),
            Kind::Broken => Some(("status", true)),
            Kind::Loop => Some(("redirects", false)),
            Kind::Pdf => Some(("content-type", false)),
            Kind::Endless => Some(("too-large", false)),
            Kind::Reset => Some(("body", true)),
            Kind::Stalling => Some(("timeout", true)),
            Kind::Refused => Some(("connect", true)),
        }
    }
}

/// A sentence that stands in this page alone, with a letter that takes a right charset.
fn sentence(page: usize) -> String {
    let towns = ["Warrow", "Éstaple", "Grünau", "Lindholt", "São Brás", "Morvane", "Tølnes"];
    let things =
        ["bridge", "tower", "gate", "mill", "harbour", "library", "station", "market", "theatre", "school", "dam"];
    let (town, thing) = (towns[page % towns.len()], things[page % things.len()]);
    format!("The {thing} of {town} reopened on Monday, {page} days after the café beside it had closed for good.")
}

fn html(page: usize) -> String {
    format!(
        "<!doctype html><html lang=en><head><title>Reopened: number {page}</title></head><body>\
         <nav><a href=/>Home</a> <a href=/sports>Sports</a></nav><article><h1>Reopened: number {page}</h1>\
         <p>{}</p><p>Engineers said that the work had taken longer than planned, and that the town would have to pay \
         for the rest of it next year.</p><p>\"We have waited long enough,\" said the mayor, who came with her two \
         children and was among the first inside.</p></article></body></html>",
        sentence(page)
    )
}

/// A text of Latin letters alone in windows-1252.
fn windows_1252(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

fn answer(content_type: &'static str, body: impl IntoResponse) -> Response {
    ([(header::CONTENT_TYPE, content_type)], body).into_response()
}

async fn page(State(slow): State<Arc<Barrier>>, Path(page): Path<usize>) -> Response {
    match Kind::of(page) {
        Kind::Slow => {
            slow.wait().await;
            answer("text/html; charset=utf-8", html(page))
        }
        Kind::Latin1 => answer("text/html; charset=ISO-8859-1", windows_1252(&html(page))),
        Kind::UnknownCharset => answer(
            "text/html; charset=none",
            windows_1252(&html(page).replace("<title>", "<meta charset=latin1><title>")),
        ),
        Kind::Redirected => Redirect::temporary(&format!("/hop/{page}/3")).into_response(),
        Kind::PlainText => answer("text/plain; charset=utf-8", format!("{}\n\nNobody knew why.\n", sentence(page))),
        Kind::Missing => StatusCode::NOT_FOUND.into_response(),
        Kind::Broken => (StatusCode::INTERNAL_SERVER_ERROR, html(page)).into_response(),
        Kind::Loop => Redirect::to(&format!("/page/{page}")).into_response(),
        Kind::Pdf => answer("text/html", "%PDF-1.7 and so on"),
        _ => answer("text/html; charset=utf-8", html(page)),
    }
}

async fn hop(Path((page, left)): Path<(usize, usize)>) -> Response {
    match left {
        0 => answer("text/html; charset=utf-8", html(page)),
        _ => Redirect::permanent(&format!("../{page}/{}", left - 1)).into_response(),
    }
}

async fn serve() -> String {
    let slow = Arc::new(Barrier::new(SLOW_AT_ONCE));
    server::start(Router::new().route("/page/{page}", get(page)).route("/hop/{page}/{left}", get(hop)).with_state(slow))
        .await
}

fn spawn(arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cleancopy"));
    for proxy in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        command.env_remove(proxy);
    }
    // The servers are on this machine.
    command.arg("--allow-private").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.kill_on_drop(true).spawn().unwrap()
}

async fn run(arguments: &[&str], list: &str) -> Output {
    let mut child = spawn(arguments);
    child.stdin.take().unwrap().write_all(list.as_bytes()).await.unwrap();
    timeout(Duration::from_secs(60), child.wait_with_output()).await.expect("the program ends").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_pages_each_right_or_with_its_error() {
    const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
    let base = serve().await;
    let endless = server::endless(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>").await;
    let resetting = server::resetting([HEAD, b"Content-Length: 5000\r\n\r\n<p>part"].concat().leak()).await;
    let stalling = server::stalling([HEAD, b"Content-Length: 5000\r\n\r\n<p>part"].concat().leak()).await;
    let (_socket, refusing) = server::refusing();
    let url = |page: usize| match Kind::of(page) {
        Kind::Endless => format!("{endless}/{page}"),
        Kind::Reset => format!("{resetting}/{page}"),
        Kind::Stalling => format!("{stalling}/{page}"),
        Kind::Refused => format!("{refusing}/{page}"),
        _ => format!("{base}/page/{page}"),
    };
    let list: String = (0..PAGES).map(|page| url(page) + "\n").collect();
    let limits = ["--timeout", "5s", "--max-size", "200k", "--max-retries", "0"];
    let manners = ["--host-request-interval", "0", "--host-concurrency", "16", "--ignore-robots"];
    let arguments = [&["-i", "-", "--max-concurrency", "16", "--stats"], &limits[..], &manners[..]].concat();
    let output = run(&arguments, &list).await;

    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{stderr}");
    let records: Vec<Value> =
        std::str::from_utf8(&output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records.len(), PAGES);
    let by_source: HashMap<&str, &Value> =
        records.iter().map(|record| (record["source"].as_str().unwrap(), record)).collect();
    for page in 0..PAGES {
        check(page, &url(page), by_source[url(page).as_str()], &base);
    }
    let failed = (0..PAGES).filter(|page| Kind::of(*page).error().is_some()).count();
    let stats: Value = serde_json::from_str(stderr.lines().last().unwrap()).unwrap();
    assert_eq!((&stats["pages"], &stats["failed"]), (&Value::from(PAGES), &Value::from(failed)));
}

fn check(page: usize, url: &str, record: &Value, base: &str) {
    let kind = Kind::of(page);
    assert_eq!(record["source"], url, "page {page}");
    if let Some((name, retryable)) = kind.error() {
        let error = &record["error"];
        assert_eq!((&error["kind"], &error["retryable"]), (&name.into(), &retryable.into()), "page {page}: {record}");
        return;
    }
    let text = record["text"].as_str().unwrap_or_else(|| panic!("page {page} ({kind:?}): {record}"));
    // Of what is plain text only the way here is tested, not what is kept of it.
    if kind != Kind::PlainText {
        assert!(text.contains(&sentence(page)), "page {page} ({kind:?}): {record}");
        assert_eq!(text.matches("reopened on Monday").count(), 1, "page {page}: {text}");
    }
    let served_from = if kind == Kind::Redirected { format!("{base}/hop/{page}/0") } else { url.to_owned() };
    assert_eq!(record["url"], served_from.as_str(), "page {page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_comes_slowly_gives_each_record_at_once() {
    let base = serve().await;
    let mut child = spawn(&["-i", "-"]);
    let mut list = child.stdin.take().unwrap();
    let mut records = BufReader::new(child.stdout.take().unwrap()).lines();
    for page in [1, 2, 4] {
        list.write_all(format!("{base}/page/{page}\n").as_bytes()).await.unwrap();
        let line =
            timeout(Duration::from_secs(30), records.next_line()).await.expect("a record ahead of the next line");
        let record: Value = serde_json::from_str(&line.unwrap().unwrap()).unwrap();
        check(page, &format!("{base}/page/{page}"), &record, &base);
    }
    drop(list);
    assert!(child.wait().await.unwrap().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_page_says_what_happened_to_it() {
    let base = serve().await;
    let (_socket, refusing) = server::refusing();
    for (url, message) in [(format!("{base}/page/3"), "404"), (format!("{refusing}/"), "cannot connect")] {
        let output = run(&[&url], "").await;
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(4), "{stderr}");
        assert!(stderr.starts_with(&format!("cleancopy: {url}: ")) && stderr.contains(message), "{stderr}");
        assert!(output.stdout.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_do_not_come_out() {
    let base = serve().await;
    let url = format!("{}/page/1", base.replace("http://", "http://me:secret@"));
    for arguments in [&["-t", "jsonl", &url][..], &["-v", "-t", "explain", &url]] {
        let output = run(arguments, "").await;
        assert_eq!(output.status.code(), Some(0));
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(said.contains("/page/1") && !said.contains("secret"), "{said}");
    }
}
