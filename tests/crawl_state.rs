//! What a crawl leaves beside its output, and what a later run makes of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod crawler;
mod program;
mod sites;

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Stdio;

use cleancopy::state::State;
use flate2::read::MultiGzDecoder;
use program::{Folder, records};
use sites::{Reply, Request, Sites, answer, html, moved, page, sentence};

const QUICK: [&str; 6] = ["-i", "urls.txt", "--host-request-interval", "0", "--retry-wait", "20ms"];

fn hosts() -> Vec<String> {
    ["a.example", "b.example"].map(str::to_owned).to_vec()
}

fn number(request: &Request) -> Option<usize> {
    request.path.strip_prefix("/news/")?.parse().ok()
}

fn stories(request: &Request) -> Reply {
    match number(request) {
        Some(number) if number % 5 != 4 => page(&html(number)),
        _ => Reply::Whole(answer("404 Not Found", &[], "")),
    }
}

fn list(sites: &Sites, pages: usize) -> String {
    let host = |number: usize| ["a.example", "b.example"][number % 2];
    (0..pages).map(|number| sites.url(host(number), &format!("/news/{number}\n"))).collect()
}

fn into_file<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [&QUICK[..], &["-o", "out.jsonl"], arguments].concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_be_lost_is_refused() {
    let (sites, permits) = Sites::start_held(stories).await;
    let folder = Folder::new();
    folder.file("urls.txt", list(&sites, 10)).file("out.jsonl", "{}\n");
    let ran = crawler::run(&folder, &hosts(), &into_file(&["--resume"])).await;
    ran.ends(2).says("there is no out.jsonl.state to tell what out.jsonl holds; remove the output to start afresh");
    assert_eq!(folder.read("out.jsonl"), "{}\n");
    fs::remove_file(folder.path("out.jsonl")).unwrap();
    for output in [&[][..], &["-o", "pages/"], &["-o", "out.txt", "-t", "text"], &["-o", "/dev/null"]] {
        let arguments = [&QUICK[..], &["--resume"], output].concat();
        crawler::run(&folder, &hosts(), &arguments).await.ends(2).says("--resume goes with -o FILE of JSON Lines");
    }

    // Two at once.
    let running = crawler::start(&folder, &hosts(), &into_file(&["--max-retries", "0", "--failed-file", "urls.txt"]));
    sites.ledger.wait_for_pages(4).await;
    for arguments in [&[][..], &["--resume"]] {
        let ran = crawler::run(&folder, &hosts(), &into_file(arguments)).await;
        ran.ends(1).says("cannot write out.jsonl: another run is writing it");
    }
    // Interrupted with four of ten done.
    running.signal("INT").await;
    permits.add_permits(1000);
    running.end().await.ends(130).says("urls.txt is as it was: not all of its pages are done");
    assert_eq!(folder.read("urls.txt"), list(&sites, 10));
    let kept = folder.read("out.jsonl");
    assert_eq!(records(&kept).len(), 4);
    let ran = crawler::run(&folder, &hosts(), &into_file(&[])).await;
    ran.ends(2).says("out.jsonl.state tells of an unfinished run, 4 pages done").says("go on with --resume");
    // Nor is a page written over it, nor a crawl of another format.
    folder.file("page.html", html(1));
    for arguments in [&["page.html", "-o", "out.jsonl"][..], &["-i", "urls.txt", "-t", "json", "-o", "out.jsonl"]] {
        let ran = crawler::run(&folder, &hosts(), arguments).await;
        ran.ends(2).says("out.jsonl.state tells of an unfinished run");
    }
    assert_eq!(folder.read("out.jsonl"), kept);
    // Its file was put elsewhere.
    fs::rename(folder.path("out.jsonl"), folder.path("moved.jsonl")).unwrap();
    for arguments in [&["--resume"][..], &["--resume", "--dry-run"]] {
        let ran = crawler::run(&folder, &hosts(), &into_file(arguments)).await;
        ran.ends(2).says("out.jsonl is missing: put it back, or remove out.jsonl.state to start afresh");
    }
    fs::rename(folder.path("moved.jsonl"), folder.path("out.jsonl")).unwrap();

    // Its records would be of two kinds.
    let others = ["--resume", "--include", "bio", "--explain", "--dry-run"];
    for arguments in [&others[..], &others[..4]] {
        let ran = crawler::run(&folder, &hosts(), &into_file(arguments)).await;
        ran.ends(2)
            .says("--resume: out.jsonl: its records were made by the default options, those of this run would be made");
        ran.says("with --include bio --explain: give the same options, or remove out.jsonl.state to start afresh");
    }
    assert_eq!(folder.read("out.jsonl"), kept);

    crawler::run(&folder, &hosts(), &into_file(&["--resume"])).await.ends(3);
    assert_eq!(records(&folder.read("out.jsonl")).len(), 10);
    // What is finished is started afresh.
    folder.file("urls.txt", list(&sites, 3));
    crawler::run(&folder, &hosts(), &into_file(&[])).await.ends(0);
    assert_eq!(records(&folder.read("out.jsonl")).len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_file_of_the_user_is_taken_for_another() {
    let (sites, _permits) = Sites::start_held(stories).await;
    let folder = Folder::new();
    let archive = folder.path("pages.warc.gz");
    let urls = list(&sites, 4) + &archive.display().to_string() + "\n";
    folder.file("urls.txt", &urls).file("page.html", html(1)).file("pages.warc.gz", "an earlier crawl");
    for (failed, message) in [
        ("page.html", "page.html is a source and would be overwritten"),
        ("out.jsonl", "--failed-file out.jsonl: it is the output"),
        ("./out.jsonl.state", "--failed-file ./out.jsonl.state: it is the output's state"),
        ("new.warc.gz", "--failed-file new.warc.gz: it is the WARC file"),
        ("nowhere/failed.txt", "cannot write nowhere/failed.txt: No such file or directory"),
    ] {
        let arguments = into_file(&["page.html", "--save-warc", "new.warc.gz", "--failed-file", failed]);
        let ran = crawler::run(&folder, &hosts(), &arguments).await;
        ran.ends(if failed.starts_with("nowhere") { 1 } else { 2 }).says(message);
    }
    // Before anything else is known to be wrong.
    let ran = crawler::run(&folder, &hosts(), &into_file(&["--save-warc", "pages.warc.gz"])).await;
    ran.ends(2).says("--save-warc pages.warc.gz: it is there already and would be overwritten");
    assert_eq!((folder.read("urls.txt"), folder.read("pages.warc.gz")), (urls, "an earlier crawl".to_owned()));
    assert_eq!(folder.read("page.html"), html(1));
    assert_eq!(sites.ledger.pages(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_was_killed_before_it_did_anything_is_gone_on_with() {
    let sites = Sites::start(async |request| stories(&request)).await;
    for arguments in [&[][..], &["--resume"], &["--resume", "--dry-run"]] {
        let folder = Folder::new();
        folder.file("urls.txt", list(&sites, 4)).file("out.jsonl", "").file("out.jsonl.state", "");
        crawler::run(&folder, &hosts(), &into_file(arguments)).await.ends(0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_state_tells_how_it_went_and_what_to_try_again() {
    let sites = Sites::start(async |request| stories(&request)).await;
    let folder = Folder::new();
    folder.file("urls.txt", list(&sites, 20));
    let ran = crawler::run(&folder, &hosts(), &into_file(&["--failed-file", "failed.txt"])).await;
    ran.ends(3).says("4 of 20 pages failed");
    let status = folder.run(&["status", "out.jsonl.state"]);
    status.ends(0).gives("20 pages, 4 failed (finished)\n").gives("16  article\n").gives("4  status\n");
    status.gives("2 hosts\n").gives("10           2  a.example\n").gives("10           2  b.example\n");
    let failed: BTreeSet<String> = folder.read("failed.txt").lines().map(str::to_owned).collect();
    let missing = list(&sites, 20).lines().skip(4).step_by(5).map(str::to_owned).collect();
    assert_eq!(failed, missing);
    // The list can be read again.
    let arguments = [&["-i", "failed.txt", "--failed-file", "failed.txt"], &QUICK[2..]].concat();
    let ran = crawler::run(&folder, &hosts(), &arguments).await;
    assert_eq!(ran.ends(4).records().len(), 4);
    assert_eq!(folder.read("failed.txt").lines().count(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_breaks_off_ends_the_run_and_what_was_done_is_kept() {
    // The part of the list that can be read is long enough for pages to be done when it breaks.
    let sites = Sites::start(async |request| stories(&request)).await;
    let folder = Folder::new();
    let whole = program::gzip(list(&sites, 4000));
    folder.file("urls.txt", &whole[..whole.len() / 2]);
    let ran = crawler::run(&folder, &hosts(), &into_file(&["--save-warc", "raw.warc.gz"])).await;
    ran.ends(1).says("cannot read the list urls.txt: ");
    let output = folder.read("out.jsonl");
    assert!(output.is_empty() || output.ends_with('\n'), "{output}");
    let done = format!("{} pages, ", records(&output).len());
    folder.run(&["status", "out.jsonl.state"]).ends(0).gives(&done).gives("(unfinished: ");
}

/// Pages that have a version: by name, by date, or none. Number 3 has a new one from the second request on.
fn versioned(request: &Request) -> Reply {
    let Some(number) = number(request) else { return Reply::Whole(answer("404 Not Found", &[], "")) };
    let (shown, etag) = if number == 3 && request.visit > 1 { (103, "\"v2\"") } else { (number, "\"v1\"") };
    let date = "Mon, 02 Nov 2026 10:00:00 GMT";
    let (version, is_known) = match number % 3 {
        0 => (("ETag", etag), request.header("if-none-match") == Some(etag)),
        1 => (("Last-Modified", date), request.header("if-modified-since") == Some(date)),
        _ => (("X-Version", "none"), false),
    };
    if is_known {
        return Reply::Whole(format!("HTTP/1.1 304 Not Modified\r\n{}: {}\r\n\r\n", version.0, version.1).into_bytes());
    }
    Reply::Whole(answer("200 OK", &[("Content-Type", "text/html"), version], html(shown)))
}

fn sorted_lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_that_have_not_changed_are_not_sent_again() {
    let sites = Sites::start(async |request| versioned(&request)).await;
    let folder = Folder::new();
    folder.file("urls.txt", list(&sites, 9));
    let crawl = async |output: &str, cache: &[&str]| {
        let arguments = [&QUICK[..], &["-o", output, "--stats"], cache].concat();
        let ran = crawler::run(&folder, &hosts(), &arguments).await;
        let stats: serde_json::Value = serde_json::from_str(ran.ends(0).stderr().lines().last().unwrap()).unwrap();
        (folder.read(output), stats["bytes"].as_u64().unwrap())
    };
    let (first, all_bytes) = crawl("first.jsonl", &[]).await;
    let (second, bytes) = crawl("second.jsonl", &["--cache", "first.jsonl.state"]).await;
    // Three pages have no version, and one has a new one.
    assert!(bytes > 0 && bytes < all_bytes / 2, "{bytes} of {all_bytes}");
    let (first, second) = (sorted_lines(&first), sorted_lines(&second));
    let changed: Vec<_> = second.iter().filter(|line| !first.contains(line)).collect();
    assert_eq!((second.len(), changed.len()), (9, 1));
    assert!(changed[0].contains(&sentence(103)), "{changed:?}");
    // The versions are known of the second crawl too.
    let (third, _) = crawl("third.jsonl", &["--cache", "second.jsonl.state"]).await;
    assert_eq!(sorted_lines(&third), second);

    let arguments = [&QUICK[..], &["-o", "third.jsonl", "--cache", "third.jsonl.state"]].concat();
    crawler::run(&folder, &hosts(), &arguments).await.ends(2).says("the state of this output itself");
    assert_eq!(folder.read("third.jsonl"), third);

    let arguments = [&QUICK[..], &["-o", "fourth.jsonl", "--markdown", "--cache", "third.jsonl.state"]].concat();
    let ran = crawler::run(&folder, &hosts(), &arguments).await;
    ran.ends(2)
        .says("--cache third.jsonl.state: its records were made by the default options")
        .says("leave --cache out");

    // A record is JSON, whatever is asked for now.
    let arguments = [&QUICK[..], &["-t", "text", "--cache", "third.jsonl.state"]].concat();
    crawler::run(&folder, &hosts(), &arguments).await.ends(2).says("--cache goes with --to jsonl");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_cannot_begin_changes_nothing() {
    let sites = Sites::start(async |request| stories(&request)).await;
    let folder = Folder::new();
    folder.file("urls.txt", list(&sites, 5)).file("old.warc.gz", "an archive");
    crawler::run(&folder, &hosts(), &into_file(&[])).await.ends(3);
    let done = folder.read("out.jsonl");
    for (wrong, says) in [
        (&["--cache", "none.jsonl.state"][..], "none.jsonl.state"),
        (&["--save-warc", "pages.warc"], "give it a name that ends with .warc.gz"),
        (&["--save-warc", "old.warc.gz", "old.warc.gz"], "old.warc.gz: it is there already and would be overwritten"),
        (&["--resolve", "a.example=10.0.0.1", "out.jsonl"], "out.jsonl is a source and would be overwritten"),
    ] {
        let ran = crawler::run(&folder, &hosts(), &into_file(wrong)).await;
        assert!(ran.says(says).0.status.code().is_some_and(|code| code != 0 && code != 3));
        assert_eq!(folder.read("out.jsonl"), done, "{wrong:?}");
        folder.run(&["status", "out.jsonl.state"]).ends(0).gives("5 pages, 1 failed (finished)");
    }
    assert_eq!(folder.read("old.warc.gz"), "an archive");
    let arguments = ["-i", "out.jsonl", "-o", "out.jsonl"];
    crawler::run(&folder, &hosts(), &arguments).await.ends(2).says("out.jsonl is a source and would be overwritten");
    assert_eq!(folder.read("out.jsonl"), done);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_crawl_over_an_old_one_that_is_killed_before_its_first_page_can_be_gone_on_with() {
    let sites = Sites::start(async |request| stories(&request)).await;
    let folder = Folder::new();
    folder.file("urls.txt", list(&sites, 9)).file("out.jsonl", "{\"source\": \"of the old crawl\"}\n");
    // As such a kill leaves it: the new state is there, and the old output is not cut yet.
    drop(State::create(&folder.path("out.jsonl.state")).unwrap());
    // Nothing is done yet: it need not be done in the same manner.
    crawler::run(&folder, &hosts(), &into_file(&["--resume", "--markdown"])).await.ends(3);
    let text = folder.read("out.jsonl");
    assert_eq!((records(&text).len(), text.contains("old crawl"), text.contains("\"markdown\"")), (9, false, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_ends_the_run_and_what_was_done_is_kept() {
    let sites = Sites::start(async |request| stories(&request)).await;
    let folder = Folder::new();
    folder.file("urls.txt", list(&sites, 200));
    let arguments = [&QUICK[..], &["-o", "/dev/full"]].concat();
    crawler::run(&folder, &hosts(), &arguments).await.ends(1).says("cannot write /dev/full: No space left on device");

    // No file may have more than 64 blocks of 512 bytes, as on a disk that is nearly full. The shell counts in them,
    // and a limit that is met ends no one who does not care for the signal.
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$@\"", "sh"]);
    let program = crawler::command(&folder, &hosts(), &into_file(&["--save-warc", "raw.warc.gz"]));
    limited.arg(program.get_program()).args(program.get_args()).current_dir(folder.path("."));
    limited.stdin(Stdio::null());
    let ran = program::Ran(tokio::task::spawn_blocking(move || limited.output().unwrap()).await.unwrap());
    ran.ends(1).says("cannot ");
    assert!(ran.stderr().contains("too large") || ran.stderr().contains("full"), "{}", ran.stderr());

    let arguments = into_file(&["--save-warc", "raw.warc.gz", "--resume"]);
    crawler::run(&folder, &hosts(), &arguments).await.ends(3);
    assert_eq!(records(&folder.read("out.jsonl")).len(), 200);
}

/// All that a file holds, decompressed where it is compressed.
fn content(path: &Path) -> String {
    let mut bytes = fs::read(path).unwrap();
    if path.extension().is_some_and(|extension| extension == "gz") {
        let packed = std::mem::take(&mut bytes);
        MultiGzDecoder::new(packed.as_slice()).read_to_end(&mut bytes).unwrap();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_come_out_nowhere() {
    // "me:secret" in base64.
    const TOKEN: &str = "bWU6c2VjcmV0";
    let sites = Sites::start(async |request: Request| {
        let authorization = request.header("authorization").map(str::to_owned);
        match (request.host.as_str(), number(&request)) {
            ("a.example", Some(number)) if authorization != Some(format!("Basic {TOKEN}")) => {
                Reply::Whole(answer("401 Unauthorized", &[], number.to_string()))
            }
            ("a.example", Some(3)) => {
                let port = request.header("host").unwrap().rsplit(':').next().unwrap();
                moved(&format!("http://b.example:{port}/news/3"))
            }
            ("b.example", Some(_)) if authorization.is_some() => Reply::Whole(answer("400 Bad Request", &[], "")),
            _ => stories(&request),
        }
    })
    .await;
    let folder = Folder::new();
    let with_secret = |number: usize| format!("http://me:secret@a.example:{}/news/{number}\n", sites.port);
    folder.file("urls.txt", (1..80).map(with_secret).collect::<String>());
    let arguments = into_file(&["--save-warc", "raw.warc.gz", "--failed-file", "failed.txt", "--stats", "-vv"]);
    let ran = crawler::run(&folder, &hosts(), &arguments).await;
    ran.ends(3);
    let records = records(&folder.read("out.jsonl"));
    let failed = records.iter().filter(|record| !record["error"].is_null()).count();
    assert_eq!((records.len(), failed), (79, 16), "{records:?}");
    let written = folder.names(".").into_iter().filter(|name| name != "urls.txt");
    let written: Vec<(String, String)> = written.map(|name| (name.clone(), content(&folder.path(&name)))).collect();
    assert!(written.len() >= 4, "{written:?}");
    for (name, text) in written.iter().chain([&("standard error".to_owned(), ran.stderr().to_owned())]) {
        assert!(!text.contains("secret") && !text.contains(TOKEN), "in {name}");
        assert!(text.contains("/news/1"), "{name} tells of something else");
    }
    let dry = crawler::run(&folder, &hosts(), &into_file(&["--dry-run"])).await;
    assert!(!dry.ends(0).gives("/news/1").stdout().contains("secret"));
}

/// Of pages alone: it has no robots.txt.
fn busy(request: &Request) -> Reply {
    Reply::Whole(match number(request) {
        Some(_) => answer("503 Busy", &[("Retry-After", "100")], ""),
        None => answer("404 Not Found", &[], ""),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_long_for_a_page_is_told_so_without_its_password() {
    let sites = Sites::start(async |request| busy(&request)).await;
    let url = sites.url("a.example", "/news/1").replace("://", "://me:secret@");
    let mut running = crawler::start(&Folder::new(), &hosts(), &[&url]);
    let said = running.wait_until_it_says("failed for now, asked again in ").await;
    assert!(said.contains("://a.example") && !said.contains("secret"), "{said}");
    running.kill().await;
}
