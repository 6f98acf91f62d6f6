//! Visits: gates, validators, exchanges, limits, and the small files beside the pages.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]
#![cfg(feature = "fetch")]

mod server;

use std::io::Write as _;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use cleancopy::error::PageErrorKind;
use cleancopy::exchange::{Completeness, Exchange, Protocol};
use cleancopy::fetch::{Answer, Ask, Fetcher, Gate, Keep, OpenGate, RetryAfter, Validators, Visit};
use cleancopy::options::{FetchOptions, HostOptions, PrivateAddresses};
use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::sync::Notify;
use url::Url;

const STORY: &str = "<!doctype html><p>Once upon a time.";

/// The servers are on this machine.
fn fetcher_with(options: FetchOptions) -> Fetcher {
    Fetcher::new(&FetchOptions { private_addresses: PrivateAddresses::Allowed, ..options }).unwrap()
}

fn fetcher() -> Fetcher {
    fetcher_with(FetchOptions::default())
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

/// A visit of which all is kept.
async fn kept(fetcher: &Fetcher, address: &str) -> Visit {
    let ask = Ask { keep: Keep::Exchanges, ..Ask::default() };
    fetcher.visit(&url(address), &ask, &OpenGate).await
}

fn body(visit: &Visit) -> &[u8] {
    match &visit.result {
        Ok(Answer::Page(page, _)) => &page.body,
        other => panic!("{other:?}"),
    }
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

fn html(body: impl IntoResponse) -> Response {
    ([(header::CONTENT_TYPE, "text/html")], body).into_response()
}

fn value<'a>(headers: &'a [cleancopy::exchange::Header], name: &str) -> Option<&'a str> {
    let header = headers.iter().find(|header| header.name == name)?;
    Some(std::str::from_utf8(&header.value).unwrap())
}

// ---- exchanges

#[tokio::test]
async fn each_hop_is_kept_as_it_went_over_the_wire() {
    let compressed = gzip(STORY.as_bytes());
    let sent = compressed.clone();
    let router = Router::new()
        .route("/a", get(async || (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, "/b?c")], "moved")))
        .route(
            "/b",
            get(async move || html(([(header::CONTENT_ENCODING, "gzip"), (header::SET_COOKIE, "x=y")], sent))),
        );
    let base = server::start(router).await;
    let visit = kept(&fetcher(), &format!("{base}/a#part")).await;
    assert_eq!(body(&visit), STORY.as_bytes());
    assert_eq!(visit.last.as_str(), format!("{base}/b?c"));
    let [first, second] = visit.exchanges.as_slice() else { panic!("{:?}", visit.exchanges) };
    assert_eq!((first.url.as_str(), first.status), (format!("{base}/a").as_str(), 301));
    assert_eq!((first.body.as_slice(), first.completeness), (&b"moved"[..], Completeness::Whole));
    assert_eq!(value(&first.headers, "location"), Some("/b?c"));
    assert_eq!((second.url.as_str(), second.status), (format!("{base}/b?c").as_str(), 200));
    assert_eq!((&second.body, second.completeness), (&compressed, Completeness::Whole));
    assert_eq!(value(&second.headers, "content-encoding"), Some("gzip"));
    assert_eq!(value(&second.headers, "set-cookie"), Some("x=y"));
    assert_eq!((second.peer, second.protocol), (Some(IpAddr::from([127, 0, 0, 1])), Protocol::Http11));
    assert!(first.began <= second.began && first.began > Duration::from_secs(1_700_000_000));
}

#[tokio::test]
async fn the_headers_of_a_request_are_kept_as_sent_but_for_secrets() {
    let raw = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&raw);
    let echo = async move |headers: HeaderMap| {
        let names = headers.keys().map(|name| name.as_str().to_owned());
        *seen.lock().unwrap() = names.collect();
        STORY
    };
    let base = server::start(Router::new().route("/", get(echo))).await;
    let headers = [("Cookie", "hush"), ("X-Key", "hush"), ("Proxy-Authorization", "hush"), ("Accept-Language", "da")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let own = HostOptions { headers: vec![("X-Own".to_owned(), "hush".to_owned())], ..HostOptions::default() };
    let hosts = [("127.0.0.1".to_owned(), own)].into();
    let fetcher = fetcher_with(FetchOptions { headers, hosts, ..FetchOptions::default() });
    let visit = kept(&fetcher, &base.replace("http://", "http://user:hush@")).await;
    let exchange = &visit.exchanges[0];
    let secret = ["cookie", "x-key", "proxy-authorization", "authorization", "x-own"];
    let sent = raw.lock().unwrap().clone();
    assert!(secret.iter().all(|name| sent.contains(&(*name).to_owned())), "{sent:?}");
    let shown: Vec<&str> = sent.iter().map(String::as_str).filter(|name| !secret.contains(name)).collect();
    let kept: Vec<&str> = exchange.request_headers.iter().map(|header| header.name.as_str()).collect();
    assert_eq!(kept, shown);
    assert_eq!(value(&exchange.request_headers, "accept-language"), Some("da"));
    assert_eq!(value(&exchange.request_headers, "host"), Some(base.trim_start_matches("http://")));
    assert!(!format!("{visit:?}").contains("hush") || matches!(visit.result, Ok(Answer::Page(..))));
    assert!(!format!("{exchange:?}").contains("hush") && !visit.last.as_str().contains("hush"));
}

#[tokio::test]
async fn nothing_is_kept_unasked() {
    let base = server::start(Router::new().route("/", get(async || html(STORY)))).await;
    let visit = fetcher().visit(&url(&base), &Ask::default(), &OpenGate).await;
    assert_eq!((body(&visit), visit.exchanges.len()), (STORY.as_bytes(), 0));
}

/// The only exchange of a visit to a server that answers with these bytes and closes.
async fn exchange(options: FetchOptions, answer: &str) -> (PageErrorKind, Exchange) {
    let visit = kept(&fetcher_with(options), &server::raw(answer.into()).await).await;
    let [exchange] = <[Exchange; 1]>::try_from(visit.exchanges).unwrap();
    (visit.result.unwrap_err(), exchange)
}

#[tokio::test]
async fn failed_visits_have_exchanges_too() {
    let small = || FetchOptions { max_body_bytes: 5, ..FetchOptions::default() };
    let large = FetchOptions::default;
    for (options, answer, error, kept, completeness) in [
        (large(), "404 Not Found\r\nContent-Length: 4\r\n\r\ngone", "status", "gone", Completeness::Whole),
        (small(), "200 OK\r\nContent-Type: text/html\r\n\r\n<p>Once", "too-large", "<p>On", Completeness::CutByLength),
        (small(), "200 OK\r\nContent-Length: 9999\r\n\r\n<p>Once", "too-large", "", Completeness::CutByLength),
        (small(), "404 Not Found\r\n\r\nlonger than five", "status", "longe", Completeness::CutByLength),
        (large(), "200 OK\r\nContent-Length: 99\r\n\r\n<p>Once", "body", "<p>Once", Completeness::CutByDisconnect),
        (large(), "404 Not Found\r\nContent-Length: 99\r\n\r\ngone", "status", "gone", Completeness::CutByDisconnect),
        (large(), "200 OK\r\nContent-Type: image/png\r\n\r\nabc", "content-type", "", Completeness::CutByLength),
        (large(), "200 OK\r\nContent-Encoding: compress\r\n\r\nabc", "body", "", Completeness::CutByLength),
        (large(), "200 OK\r\nContent-Length: 5\r\n\r\n%PDF-", "content-type", "%PDF-", Completeness::Whole),
        (
            large(),
            "302 Found\r\nLocation: file:///x\r\nContent-Length: 1\r\n\r\n-",
            "bad-source",
            "-",
            Completeness::Whole,
        ),
    ] {
        let (kind, exchange) = exchange(options, &format!("HTTP/1.1 {answer}")).await;
        let answer = answer.escape_debug();
        assert_eq!(kind.name(), error, "{answer}: {kind}");
        assert_eq!(String::from_utf8_lossy(&exchange.body), kept, "{answer}");
        assert_eq!(exchange.completeness, completeness, "{answer}");
    }
}

#[tokio::test]
async fn what_came_before_the_time_ran_out_is_kept() {
    let head = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Once";
    let timeout = Duration::from_millis(500);
    let options = FetchOptions { timeout, ..FetchOptions::default() };
    let visit = kept(&fetcher_with(options), &server::stalling(head).await).await;
    assert!(matches!(visit.result, Err(PageErrorKind::Timeout(time)) if time == timeout), "{:?}", visit.result);
    let [exchange] = visit.exchanges.as_slice() else { panic!("{:?}", visit.exchanges) };
    assert_eq!((exchange.body.as_slice(), exchange.completeness), (&b"<p>Once"[..], Completeness::CutByTime));
    assert_eq!(exchange.protocol, Protocol::Http10);
}

// ---- validators and Retry-After

/// The page of version `"2"`, last modified on a Sunday.
async fn versioned(headers: HeaderMap) -> Response {
    let version = [(header::ETAG, "\"2\""), (header::LAST_MODIFIED, "Sun, 06 Nov 1994 08:49:37 GMT")];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|etag| etag == "\"2\"") {
        return (StatusCode::NOT_MODIFIED, version).into_response();
    }
    let since = headers.get(header::IF_MODIFIED_SINCE).map(|date| date.to_str().unwrap().to_owned());
    html((version, format!("{STORY} {}", since.unwrap_or_default())))
}

fn validators(etag: Option<&str>, last_modified: Option<&str>) -> Ask {
    let validators = Validators { etag: etag.map(str::to_owned), last_modified: last_modified.map(str::to_owned) };
    Ask { validators, keep: Keep::Exchanges }
}

#[tokio::test]
async fn a_page_that_has_not_changed_is_not_sent_again() {
    let router = Router::new().route("/page", get(versioned)).route("/old", get(async || Redirect::permanent("/page")));
    let base = server::start(router).await;
    let first = fetcher().visit(&url(&format!("{base}/page")), &Ask::default(), &OpenGate).await;
    let Ok(Answer::Page(_, known)) = first.result else { panic!("{:?}", first.result) };
    assert_eq!(known, validators(Some("\"2\""), Some("Sun, 06 Nov 1994 08:49:37 GMT")).validators);
    for path in ["page", "old"] {
        let ask = Ask { validators: known.clone(), keep: Keep::Exchanges };
        let again = fetcher().visit(&url(&format!("{base}/{path}")), &ask, &OpenGate).await;
        assert!(matches!(again.result, Ok(Answer::NotModified)), "{:?}", again.result);
        let last = again.exchanges.last().unwrap();
        assert_eq!((last.status, last.body.len(), last.completeness), (304, 0, Completeness::Whole));
        assert_eq!(value(&last.request_headers, "if-none-match"), Some("\"2\""));
        assert_eq!(again.last.path(), "/page");
    }
    let (page, older) = (url(&format!("{base}/page")), validators(Some("\"1\""), Some("long ago")));
    let changed = fetcher().visit(&page, &older, &OpenGate).await;
    assert_eq!(body(&changed), format!("{STORY} long ago").as_bytes());
}

#[tokio::test]
async fn validators_that_no_header_can_carry_are_left_out() {
    let base = server::start(Router::new().route("/", get(versioned))).await;
    let visit = fetcher().visit(&url(&base), &validators(Some("\"2\"\r\nX: y"), Some("\n")), &OpenGate).await;
    assert_eq!(body(&visit), format!("{STORY} ").as_bytes());
    assert_eq!(value(&visit.exchanges[0].request_headers, "if-none-match"), None);
}

#[tokio::test]
async fn not_modified_is_a_fault_where_no_one_asked() {
    let answer = "HTTP/1.1 304 Not Modified\r\n\r\n";
    let (kind, exchange) = exchange(FetchOptions::default(), answer).await;
    assert_eq!((kind.to_string().as_str(), exchange.status), ("the server answered 304 Not Modified", 304));
}

#[tokio::test]
async fn the_wait_that_a_server_wants_is_told() {
    for (header, expected) in [
        ("Retry-After: 7", Some(RetryAfter::In(Duration::from_secs(7)))),
        ("Retry-After: Sun, 06 Nov 1994 08:49:37 GMT", Some(RetryAfter::At(Duration::from_secs(784_111_777)))),
        ("Retry-After: -7", None),
        ("X: y", None),
    ] {
        let answer = format!("HTTP/1.1 429 Too Many Requests\r\n{header}\r\nContent-Length: 0\r\n\r\n");
        let address = url(&server::raw(answer.into_bytes()).await);
        let visit = fetcher().visit(&address, &Ask::default(), &OpenGate).await;
        assert_eq!(visit.result.unwrap_err().to_string(), "the server answered 429 Too Many Requests");
        assert_eq!(visit.retry_after, expected, "{header}");
    }
}

// ---- gates

/// A gate that writes down what passes it and when that is done.
#[derive(Clone, Default)]
struct Ledger(Arc<Mutex<Vec<String>>>);

struct Entry(Ledger, String);

impl Ledger {
    fn write(&self, line: String) {
        self.0.lock().unwrap().push(line);
    }

    fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Gate for Ledger {
    type Pass = Entry;

    async fn admit(&self, url: &Url) -> Result<Entry, PageErrorKind> {
        if url.path() == "/private" {
            return Err(PageErrorKind::Robots("not this one".to_owned()));
        }
        self.write(format!("admit {}", &url[url::Position::BeforeUsername..]));
        Ok(Entry(self.clone(), url.path().to_owned()))
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.0.write(format!("done {}", self.1));
    }
}

#[tokio::test]
async fn each_hop_passes_the_gate_and_is_done_ahead_of_the_next() {
    let router = Router::new()
        .route("/a", get(async || Redirect::to("/b")))
        .route("/b", get(async || html(STORY)))
        .route("/c", get(async || Redirect::to("/private")))
        .route("/private", get(async || html("never asked for")));
    let base = server::start(router).await;
    let host = base.trim_start_matches("http://");
    let ledger = Ledger::default();
    let address = url(&format!("http://user:hush@{host}/a#part"));
    let visit = fetcher().visit(&address, &Ask::default(), &ledger).await;
    assert_eq!(body(&visit), STORY.as_bytes());
    let expected = [format!("admit {host}/a"), "done /a".to_owned(), format!("admit {host}/b"), "done /b".to_owned()];
    assert_eq!(ledger.lines(), expected);

    let refused = fetcher().visit(&url(&format!("{base}/c")), &validators(None, None), &ledger).await;
    assert!(matches!(&refused.result, Err(PageErrorKind::Robots(reason)) if reason == "not this one"));
    assert_eq!((refused.last.path(), refused.exchanges.len()), ("/private", 1));
}

#[tokio::test]
async fn a_pass_is_held_until_the_body_is_there() {
    let (asked, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (was_asked, may_go_on) = (Arc::clone(&asked), Arc::clone(&go_on));
    let slow = async move || {
        was_asked.notify_one();
        may_go_on.notified().await;
        html(STORY)
    };
    let address = url(&server::start(Router::new().route("/", get(slow))).await);
    let (ledger, fetcher, ask) = (Ledger::default(), fetcher(), Ask::default());
    let (visit, ()) = tokio::join!(fetcher.visit(&address, &ask, &ledger), async {
        asked.notified().await;
        assert_eq!(ledger.lines().len(), 1);
        go_on.notify_one();
    });
    assert_eq!(body(&visit), STORY.as_bytes());
    assert_eq!(ledger.lines()[1], "done /");
}

#[tokio::test]
async fn the_wait_at_the_gate_is_no_time_of_the_page() {
    /// A gate that lets no one pass before the time of a page is over.
    struct SlowGate(Duration);
    impl Gate for SlowGate {
        type Pass = ();
        async fn admit(&self, _url: &Url) -> Result<(), PageErrorKind> {
            tokio::time::sleep(self.0).await;
            Ok(())
        }
    }
    let address = url(&server::start(Router::new().route("/", get(async || html(STORY)))).await);
    let timeout = Duration::from_secs(1);
    let fetcher = fetcher_with(FetchOptions { timeout, ..FetchOptions::default() });
    let visit = fetcher.visit(&address, &Ask::default(), &SlowGate(timeout)).await;
    assert_eq!(body(&visit), STORY.as_bytes());
}

#[test]
fn a_visit_can_be_handed_to_another_thread() {
    fn is_send<T: Send>(_: &T) {}
    let (fetcher, address, ask) = (fetcher(), url("http://a.example/"), Ask::default());
    is_send(&fetcher.visit(&address, &ask, &OpenGate));
    is_send(&fetcher.small(&address, 1, &OpenGate));
}

// ---- limits

#[tokio::test]
async fn headers_without_end_are_an_error() {
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "X: y\r\n".repeat(300));
    for address in [
        server::endless(b"HTTP/1.1 200 OK\r\nX: ").await,
        server::endless(b"HTTP/1.1 200 OK\r\n").await,
        server::raw(many.into_bytes()).await,
    ] {
        let kind = fetcher().visit(&url(&address), &Ask::default(), &OpenGate).await.result.unwrap_err();
        let says = "the headers of its answer are too long (more than 256, or more than 400 kB)";
        assert_eq!(kind.to_string(), says);
        assert!(!kind.is_retryable());
    }
}

#[tokio::test]
async fn headers_of_a_usual_number_are_read() {
    let policy = "x".repeat(100_000);
    let answer = format!("HTTP/1.1 200 OK\r\nCsp: {policy}\r\n{}Content-Length: 2\r\n\r\nab", "X: y\r\n".repeat(200));
    let visit = fetcher().visit(&url(&server::raw(answer.into_bytes()).await), &Ask::default(), &OpenGate).await;
    assert_eq!(body(&visit), b"ab");
}

// ---- small files

/// `/n` leads to `/n-1`, and `/0` is a file.
async fn hop(Path(n): Path<usize>, State(status): State<StatusCode>) -> Response {
    match n {
        0 => (status, "User-agent: *\nDisallow: /private\n").into_response(),
        n => Redirect::to(&format!("/{}", n - 1)).into_response(),
    }
}

#[tokio::test]
async fn a_small_file_has_any_status_and_five_redirects() {
    for status in [StatusCode::OK, StatusCode::NOT_FOUND, StatusCode::SERVICE_UNAVAILABLE] {
        let base = server::start(Router::new().route("/{n}", get(hop)).with_state(status)).await;
        let ledger = Ledger::default();
        let small = fetcher().small(&url(&format!("{base}/5")), 1000, &ledger).await.unwrap();
        assert_eq!(small.status, status.as_u16());
        assert!(small.body.starts_with(b"User-agent: *"));
        assert_eq!(ledger.lines().len(), 12);
        let error = fetcher().small(&url(&format!("{base}/6")), 1000, &OpenGate).await.unwrap_err();
        assert!(matches!(error, PageErrorKind::TooManyRedirects(5)), "{error}");
    }
}

#[tokio::test]
async fn of_a_small_file_the_start_is_read_and_the_rest_left() {
    let endless = server::endless(b"HTTP/1.1 200 OK\r\nRetry-After: 3\r\n\r\nDisallow: /").await;
    let small = fetcher().small(&url(&endless), 500, &OpenGate).await.unwrap();
    assert_eq!((small.body.len(), small.retry_after), (500, Some(RetryAfter::In(Duration::from_secs(3)))));
    let bomb = gzip(&vec![b'#'; 100_000]);
    let router = Router::new().route("/", get(async move || ([(header::CONTENT_ENCODING, "gzip")], bomb)));
    let small = fetcher().small(&url(&server::start(router).await), 5000, &OpenGate).await.unwrap();
    assert_eq!(small.body, [b'#'; 5000]);
}

#[tokio::test]
async fn a_small_file_that_breaks_off_is_an_error() {
    let address = server::raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nDisallow".to_vec()).await;
    let error = fetcher().small(&url(&address), 500, &OpenGate).await.unwrap_err();
    assert!(matches!(error, PageErrorKind::Body(_)), "{error}");
}
