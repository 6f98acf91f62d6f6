//! Fetching, against real servers on this machine.

// Helpers of tests are not tests to clippy.
#![allow(clippy::unwrap_used)]
#![cfg(feature = "fetch")]

mod server;

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use cleancopy::error::{Error, PageError, PageErrorKind};
use cleancopy::fetch::{Ask, Attempted, Fetcher, HostKey, Pacer, PoliteFetcher};
use cleancopy::options::{FetchOptions, PrivateAddresses};
use cleancopy::page::{PageFormat, RawPage, Source};
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use url::Url;

const STORY: &str = "<!doctype html><p>Once upon a time.";

/// The servers are on this machine.
async fn fetch_with(options: FetchOptions, url: &str) -> Result<RawPage, PageError> {
    let options = FetchOptions { private_addresses: PrivateAddresses::Allowed, ..options };
    Fetcher::new(&options).unwrap().get(Url::parse(url).unwrap()).await
}

async fn fetch(url: &str) -> Result<RawPage, PageError> {
    fetch_with(FetchOptions::default(), url).await
}

/// What happens to a page whose server answers with these bytes and closes.
async fn fetch_raw(answer: impl Into<Vec<u8>>) -> Result<RawPage, PageErrorKind> {
    let url = server::raw(answer.into()).await;
    fetch(&url).await.map_err(|error| error.kind)
}

/// An answer with `header` and with `body`, ended by closing.
fn answer(header: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 200 OK\r\nConnection: close\r\n{header}\r\n\r\n").into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

fn limited(max_body_bytes: u64) -> FetchOptions {
    FetchOptions { max_body_bytes, ..FetchOptions::default() }
}

fn headers(headers: &[(&str, &str)]) -> Vec<(String, String)> {
    headers.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// A page that is the headers of its request, a line each, in order of their names.
async fn echo(headers: HeaderMap) -> impl IntoResponse {
    let mut lines: Vec<_> =
        headers.iter().map(|(name, value)| format!("{name}: {}\n", value.to_str().unwrap())).collect();
    lines.sort();
    lines.concat()
}

fn text(page: &RawPage) -> &str {
    std::str::from_utf8(&page.body).unwrap()
}

// ---- what comes back

#[tokio::test]
async fn a_page_comes_with_what_is_known_of_it() {
    let html = ([(header::CONTENT_TYPE, "text/html; charset=\"GBK\"")], STORY);
    let base = server::start(Router::new().route("/a", get(async || html))).await;
    let asked = Url::parse(&format!("{base}/a?b=c#part")).unwrap();
    let page = fetch(asked.as_str()).await.unwrap();
    assert_eq!(page.source, Source::Url(asked));
    assert_eq!(page.url.as_ref().map(Url::as_str), Some(format!("{base}/a?b=c").as_str()));
    assert_eq!((page.charset.as_deref(), page.format, text(&page)), (Some("GBK"), PageFormat::Html, STORY));
    assert_eq!(page.envelope, None);
}

#[tokio::test]
async fn an_empty_page_is_a_page() {
    assert_eq!(fetch_raw(answer("Content-Type: text/html", b"")).await.unwrap().body, b"");
}

#[tokio::test]
async fn plain_text_is_text_unless_it_is_a_document() {
    let plain = "Content-Type: text/plain";
    assert_eq!(fetch_raw(answer(plain, b"Once upon a time.")).await.unwrap().format, PageFormat::Text);
    assert_eq!(fetch_raw(answer(plain, STORY.as_bytes())).await.unwrap().format, PageFormat::Html);
}

#[tokio::test]
async fn a_page_without_a_type_is_known_by_its_bytes() {
    assert_eq!(fetch_raw(answer("X: y", STORY.as_bytes())).await.unwrap().format, PageFormat::Html);
    assert_eq!(fetch_raw(answer("Content-Type: what?", b"Just text.")).await.unwrap().format, PageFormat::Text);
}

#[tokio::test]
async fn faulty_headers_are_put_up_with() {
    for header in
        ["X Y: z\r\nContent-Type: text/html", "Content-Type : text/html", "A: b\r\n c\r\nContent-Type: text/html"]
    {
        assert_eq!(text(&fetch_raw(answer(header, STORY.as_bytes())).await.unwrap()), STORY, "{header}");
    }
}

// ---- compression

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

fn zlib(body: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

/// One stored meta-block and an empty last one (RFC 7932, section 9.2).
fn brotli(body: &[u8]) -> Vec<u8> {
    let head = (u32::try_from(body.len()).unwrap() - 1) << 4 | 1 << 20;
    [&head.to_le_bytes()[..3], body, &[3]].concat()
}

/// One raw block in a frame of a single segment (RFC 8878, section 3.1.1).
fn zstd(body: &[u8]) -> Vec<u8> {
    let size = u8::try_from(body.len()).unwrap();
    let block = (u32::from(size) << 3 | 1).to_le_bytes();
    [b"\x28\xb5\x2f\xfd\x20", &[size][..], &block[..3], body].concat()
}

#[tokio::test]
async fn compressed_pages_are_decompressed() {
    let forms = [("gzip", gzip as fn(&[u8]) -> Vec<u8>), ("deflate", zlib), ("br", brotli), ("zstd", zstd)];
    for (name, compress) in forms {
        let header = format!("Content-Type: text/html\r\nContent-Encoding: {name}");
        let page = fetch_raw(answer(&header, &compress(STORY.as_bytes()))).await;
        assert_eq!(text(&page.unwrap()), STORY, "{name}");
    }
}

#[tokio::test]
async fn broken_compression_is_an_error() {
    let whole = gzip(STORY.repeat(99).as_bytes());
    let broken = "its compression is broken";
    for (name, body, says) in [
        ("gzip", &whole[..whole.len() / 2], "its compressed data end too early"),
        ("gzip", b"no gzip at all", broken),
        ("br", b"\xff\xff\xff\xff no brotli", broken),
        ("zstd", b"no zstd at all", broken),
        ("deflate", b"no deflate at all", broken),
        ("compress", b"\x1f\x9d", "it is compressed in a way that cannot be undone (compress)"),
        ("gzip, gzip", b"\x1f\x8b", "it is compressed in a way that cannot be undone (gzip, gzip)"),
    ] {
        let header = format!("Content-Type: text/html\r\nContent-Encoding: {name}");
        let kind = fetch_raw(answer(&header, body)).await.unwrap_err();
        assert_eq!(kind.to_string(), format!("the body broke off: {says}"), "{name}");
    }
}

#[tokio::test]
async fn a_compression_that_is_none_is_ignored() {
    let header = "Content-Type: text/html\r\nContent-Encoding: utf-8";
    assert_eq!(text(&fetch_raw(answer(header, STORY.as_bytes())).await.unwrap()), STORY);
}

// ---- redirects

/// `/n` leads to `/n-1`, and `/0` is a page.
fn chain() -> Router {
    Router::new().route(
        "/{n}",
        get(async |Path(n): Path<usize>| match n {
            0 => STORY.into_response(),
            n => Redirect::to(&format!("/{}", n - 1)).into_response(),
        }),
    )
}

#[tokio::test]
async fn ten_redirects_are_followed_and_no_more() {
    let base = server::start(chain()).await;
    let page = fetch(&format!("{base}/10#x")).await.unwrap();
    assert_eq!(page.url.unwrap().as_str(), format!("{base}/0"));
    let error = fetch(&format!("{base}/11")).await.unwrap_err();
    assert_eq!(error.to_string(), format!("{base}/11: more than 10 redirects (--max-redirects)"));
}

#[tokio::test]
async fn the_limit_of_redirects_can_be_nought() {
    let base = server::start(chain()).await;
    let options = FetchOptions { max_redirects: 0, ..FetchOptions::default() };
    assert!(fetch_with(options.clone(), &format!("{base}/0")).await.is_ok());
    let kind = fetch_with(options, &format!("{base}/1")).await.unwrap_err().kind;
    assert!(matches!(kind, PageErrorKind::TooManyRedirects(0)), "{kind}");
}

#[tokio::test]
async fn a_loop_of_redirects_is_too_many() {
    let router = Router::new()
        .route("/a", get(async || Redirect::permanent("/b")))
        .route("/b", get(async || Redirect::temporary("/a")));
    let base = server::start(router).await;
    let kind = fetch(&format!("{base}/a")).await.unwrap_err().kind;
    assert!(matches!(kind, PageErrorKind::TooManyRedirects(10)), "{kind}");
}

#[tokio::test]
async fn a_redirect_out_of_the_web_is_an_error() {
    for location in ["file:///etc/passwd", "javascript:alert(1)", "http://"] {
        let kind = fetch_raw(format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\n\r\n")).await.unwrap_err();
        assert!(
            matches!(&kind, PageErrorKind::BadSource(text) if text.starts_with("the server redirects to")),
            "{kind}"
        );
    }
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_a_status() {
    let kind = fetch_raw("HTTP/1.1 301 Moved Permanently\r\nContent-Length: 0\r\n\r\n").await.unwrap_err();
    assert_eq!(kind.to_string(), "the server answered 301 Moved Permanently");
}

// ---- what the server is told

#[tokio::test]
async fn a_request_is_honest_and_plain() {
    let base = server::start(Router::new().route("/", get(echo))).await;
    let page = fetch(&base).await.unwrap();
    let (compressions, others) = text(&page).split_once('\n').unwrap();
    assert!(["gzip", "br", "zstd", "deflate"].iter().all(|name| compressions.contains(name)), "{compressions}");
    let expected = format!(
        "accept: text/html,application/xhtml+xml;q=0.9,text/plain;q=0.8,*/*;q=0.5\n\
         host: {}\n\
         user-agent: cleancopy/{}\n",
        base.trim_start_matches("http://"),
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(others, expected);
}

#[tokio::test]
async fn headers_of_the_users_are_sent() {
    let base = server::start(Router::new().route("/", get(echo))).await;
    let options = FetchOptions {
        user_agent: "reader/1 (+https://a.example)".to_owned(),
        headers: headers(&[("Cookie", "a=b"), ("X-Thing", "Grüße"), ("Accept-Language", "de")]),
        ..FetchOptions::default()
    };
    let router = Router::new().route(
        "/",
        get(async |headers: HeaderMap| String::from_utf8_lossy(headers["x-thing"].as_bytes()).into_owned()),
    );
    assert_eq!(text(&fetch_with(options.clone(), &server::start(router).await).await.unwrap()), "Grüße");

    let options = FetchOptions { headers: headers(&[("Cookie", "a=b"), ("Accept-Language", "de")]), ..options };
    let page = fetch_with(options, &base).await.unwrap();
    for line in ["user-agent: reader/1 (+https://a.example)\n", "cookie: a=b\n", "accept-language: de\n"] {
        assert!(text(&page).contains(line), "{}", text(&page));
    }
}

#[tokio::test]
async fn secrets_do_not_follow_to_another_host() {
    let other = server::start(Router::new().route("/", get(echo))).await;
    let home = server::start(
        Router::new()
            .route("/here", get(async || Redirect::to("/echo")))
            .route("/echo", get(echo))
            .route("/away", get(async move || Redirect::to(&other))),
    )
    .await;
    let options = FetchOptions {
        headers: headers(&[
            ("Authorization", "Bearer s"),
            ("cookie", "s"),
            ("X-Api-Key", "s"),
            ("Accept-Language", "de"),
        ]),
        ..FetchOptions::default()
    };
    let here = fetch_with(options.clone(), &format!("{home}/here")).await.unwrap();
    assert!(["authorization: Bearer s", "cookie: s", "x-api-key: s"].iter().all(|line| text(&here).contains(line)));
    let away = fetch_with(options, &format!("{home}/away")).await.unwrap();
    assert!(!["authorization", "cookie", "x-api-key"].iter().any(|name| text(&away).contains(name)), "{}", text(&away));
    assert!(text(&away).contains("accept-language: de"));
}

#[tokio::test]
async fn a_password_of_the_url_is_used_and_never_shown() {
    let other = server::start(Router::new().route("/", get(echo))).await;
    let router = Router::new()
        .route("/here", get(async || Redirect::to("/echo")))
        .route("/echo", get(echo))
        .route("/away", get(async move || Redirect::to(&other)));
    let base = server::start(router).await.replace("http://", "http://user:hush@");
    let here = fetch(&format!("{base}/here")).await.unwrap();
    assert!(text(&here).contains("authorization: Basic dXNlcjpodXNo"), "{}", text(&here));
    assert!(!here.url.unwrap().as_str().contains('@') && !here.source.to_string().contains("hush"));
    assert!(!text(&fetch(&format!("{base}/away")).await.unwrap()).contains("authorization"));

    let (_unheard, refused) = server::refusing();
    let refused = refused.replace("http://", "http://user:hush@");
    for url in [format!("{base}/nothing"), "http://user:hush@nothing.invalid/".to_owned(), refused] {
        let message = fetch(&url).await.unwrap_err().to_string();
        assert!(!message.contains("hush") && !message.contains("user"), "{message}");
        assert_eq!(message.matches("http").count(), 1, "{message}");
    }
}

#[tokio::test]
async fn cookies_are_not_kept() {
    let router = Router::new()
        .route("/", get(async || ([(header::SET_COOKIE, "a=b")], Redirect::to("/echo"))))
        .route("/echo", get(echo));
    let page = fetch(&server::start(router).await).await.unwrap();
    assert!(!text(&page).contains("cookie"));
}

#[test]
fn a_header_that_cannot_be_sent_is_said_at_once() {
    let options = FetchOptions { headers: headers(&[("bad name", "x")]), ..FetchOptions::default() };
    let error = Fetcher::new(&options).unwrap_err();
    assert!(matches!(error, Error::Usage(_)));
    assert_eq!(error.to_string(), "header \"bad name\": this cannot be the name of a header");
}

// ---- what is no page

#[tokio::test]
async fn an_error_of_the_server_is_its_status() {
    let router = Router::new()
        .route("/500", get(async || StatusCode::INTERNAL_SERVER_ERROR))
        .route("/599", get(async || StatusCode::from_u16(599).unwrap()));
    let base = server::start(router).await;
    for (path, says) in [
        ("/404", "the server answered 404 Not Found"),
        ("/500", "the server answered 500 Internal Server Error"),
        ("/599", "the server answered 599"),
    ] {
        assert_eq!(fetch(&format!("{base}{path}")).await.unwrap_err().kind.to_string(), says);
    }
}

#[tokio::test]
async fn what_is_no_page_is_not_read() {
    // The body never comes, so an answer means that none was waited for.
    let url = server::stalling(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Type: application/pdf\r\n\r\n").await;
    let error = fetch(&url).await.unwrap_err();
    assert_eq!(error.kind.to_string(), "not a page but a PDF (application/pdf)");
    assert!(!error.kind.is_retryable());
}

#[tokio::test]
async fn what_is_no_page_is_known_by_its_bytes() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    let says = async |header, body| fetch_raw(answer(header, body)).await.unwrap_err().to_string();
    assert_eq!(says("X: y", png).await, "not a page but an image (sent without a type)");
    assert_eq!(
        says("Content-Type: application/octet-stream", b"PK\x03\x04").await,
        "not a page but an archive (sent as application/octet-stream)"
    );
    assert_eq!(says("Content-Type: application/json", b"{}").await, "not a page but JSON (application/json)");
}

#[tokio::test]
async fn another_scheme_is_not_fetched() {
    let error = fetch("ftp://user:hush@a.example/x").await.unwrap_err();
    assert_eq!(error.to_string(), "ftp://a.example/x: only http and https can be fetched, not ftp");
}

// ---- too large

#[tokio::test]
async fn a_body_of_the_limit_is_whole_and_a_larger_one_an_error() {
    let body = [b'a'; 1000];
    for header in ["X: y", "Content-Length: 1000"] {
        let url = async || server::raw(answer(&format!("Content-Type: text/html\r\n{header}"), &body)).await;
        assert_eq!(fetch_with(limited(1000), &url().await).await.unwrap().body, body);
        let kind = fetch_with(limited(999), &url().await).await.unwrap_err().kind;
        assert!(matches!(kind, PageErrorKind::TooLarge { limit: 999 }), "{kind}");
    }
}

#[tokio::test]
async fn an_announced_size_is_believed_at_once() {
    let url = server::stalling(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n").await;
    let kind = fetch(&url).await.unwrap_err().kind;
    assert!(matches!(kind, PageErrorKind::TooLarge { .. }), "{kind}");
}

#[tokio::test]
async fn an_endless_body_ends_at_the_limit() {
    let url = server::endless(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n").await;
    let kind = fetch_with(limited(100_000), &url).await.unwrap_err().kind;
    assert!(matches!(kind, PageErrorKind::TooLarge { limit: 100_000 }), "{kind}");
}

#[tokio::test]
async fn a_bomb_ends_at_the_limit() {
    let bomb = gzip(&vec![b' '; 11_000_000]);
    assert!(bomb.len() < 60_000);
    let url = server::raw(answer("Content-Type: text/html\r\nContent-Encoding: gzip", &bomb)).await;
    let kind = fetch(&url).await.unwrap_err().kind;
    assert_eq!(kind.to_string(), "larger than 10485760 bytes after decompression (--max-size)");
}

// ---- faults of the network

#[tokio::test]
async fn a_body_that_breaks_off_is_an_error() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\nshort";
    let closed = fetch_raw(*head).await.unwrap_err();
    assert_eq!(closed.to_string(), "the body broke off: the connection closed before its end");
    let reset = fetch(&server::resetting(head).await).await.unwrap_err().kind;
    assert!(matches!(reset, PageErrorKind::Body(_)), "{reset}");
    let chunked = fetch_raw(answer("Transfer-Encoding: chunked", b"5\r\nshort\r\n")).await.unwrap_err();
    assert_eq!(chunked.to_string(), closed.to_string());
    assert!(closed.is_retryable() && reset.is_retryable());
}

#[tokio::test]
async fn a_server_that_never_answers_times_out() {
    let timeout = Duration::from_millis(200);
    let options = FetchOptions { timeout, ..FetchOptions::default() };
    for said in [&b""[..], b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>"] {
        let kind = fetch_with(options.clone(), &server::stalling(said).await).await.unwrap_err().kind;
        assert!(matches!(kind, PageErrorKind::Timeout(time) if time == timeout), "{kind}");
    }
}

#[tokio::test]
async fn a_connection_that_is_not_made_in_time_times_out() {
    let connect_timeout = Duration::from_millis(200);
    let options = FetchOptions { connect_timeout, ..FetchOptions::default() };
    // The handshake of TLS is part of connecting.
    let url = server::stalling(b"").await.replace("http:", "https:");
    let kind = fetch_with(options, &url).await.unwrap_err().kind;
    assert!(matches!(kind, PageErrorKind::Timeout(time) if time == connect_timeout), "{kind}");
}

#[tokio::test]
async fn a_refused_connection_is_an_error() {
    let (_unheard, url) = server::refusing();
    let kind = fetch(&url).await.unwrap_err().kind;
    assert!(matches!(kind, PageErrorKind::Connect(_)) && kind.is_retryable(), "{kind}");
    assert!(!kind.to_string().contains("os error"), "{kind}");
}

#[tokio::test]
async fn an_unknown_host_is_an_error() {
    let error = fetch("http://nothing.invalid/").await.unwrap_err();
    // Without a network no one knows.
    assert!(matches!(error.kind, PageErrorKind::UnknownHost(_) | PageErrorKind::Dns(_)), "{error}");
    assert_eq!(error.kind.is_retryable(), matches!(error.kind, PageErrorKind::Dns(_)), "{error}");
}

#[tokio::test]
async fn a_server_that_does_not_speak_http_is_an_error() {
    for (answer, says) in [
        ("", "cannot connect: the server closed the connection"),
        ("SSH-2.0-OpenSSH_9.9\r\n", "cannot connect: the server does not speak HTTP"),
    ] {
        assert_eq!(fetch_raw(answer).await.unwrap_err().to_string(), says);
    }
}

// ---- TLS

#[tokio::test]
async fn a_certificate_that_no_one_signed_is_an_error() {
    let error = fetch(&server::self_signed().await).await.unwrap_err();
    assert_eq!(
        error.kind.to_string(),
        "no secure connection: the certificate is signed by no authority that this computer trusts"
    );
    assert!(!error.kind.is_retryable());
}

#[tokio::test]
async fn a_server_that_does_not_speak_tls_is_an_error() {
    for (answer, says) in [("HTTP/1.1 400 Bad Request\r\n\r\n", "does not speak TLS"), ("", "during the handshake")] {
        let url = server::raw(answer.into()).await.replace("http:", "https:");
        let kind = fetch(&url).await.unwrap_err().kind;
        assert!(matches!(&kind, PageErrorKind::Tls(text) if text.contains(says)), "{kind}");
    }
}

// ---- manners

#[tokio::test]
async fn the_turn_of_a_page_serves_for_robots_txt_where_a_host_gives_one_at_a_time() {
    let url = Url::parse(&server::start(Router::new().route("/", get(STORY))).await).unwrap();
    let options = FetchOptions {
        private_addresses: PrivateAddresses::Allowed,
        host_concurrency: 1,
        host_request_interval: Duration::ZERO,
        ..FetchOptions::default()
    };
    let polite = PoliteFetcher::new(&options, Arc::new(Pacer::new(&options, None))).unwrap();
    let turn = polite.pacer().try_enter(&HostKey::of(&url)).unwrap();
    let ask = Ask::default();
    let attempt = tokio::time::timeout(Duration::from_secs(30), polite.attempt(&url, 1, Some(turn), None, &ask));
    let attempt = attempt.await.expect("it does not wait for itself");
    assert!(matches!(attempt.end, Attempted::Page(..)), "{:?}", attempt.end);
}
