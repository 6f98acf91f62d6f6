//! What is not to be reached is not, however it is written: in a URL, in a redirect, behind a name.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]
#![cfg(feature = "fetch")]

mod server;

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use cleancopy::error::{Error, PageErrorKind};
use cleancopy::fetch::{Answer, Ask, Fetcher, Gate, LookUp, Network, OpenGate, Resolver, Visit};
use cleancopy::options::{FetchOptions, PrivateAddresses};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use url::Url;

/// Addresses that lead to the listener at port PORT of this machine, over IPv4.
const HERE: &[&str] = &[
    "http://127.0.0.1:PORT/",
    "https://127.0.0.1:PORT/",
    "http://127.0.0.1.:PORT/",
    "http://2130706433:PORT/",
    "http://0x7f000001:PORT/",
    "http://0X7F000001:PORT/",
    "http://017700000001:PORT/",
    "http://0x7f.0.0.1:PORT/",
    "http://0177.0.0.1:PORT/",
    "http://0177.0x0.00.0x01:PORT/",
    "http://00000177.0.0.01:PORT/",
    "http://127.1:PORT/",
    "http://127.0.1:PORT/",
    "http://0x7f.1:PORT/",
    "http://0:PORT/",
    "http://0x0:PORT/",
    "http://0.0.0.0:PORT/",
    "http://0.0:PORT/",
    "http://%31%32%37.0.0.1:PORT/",
    "http://127%2e0%2E0%2e1:PORT/",
    "http://１２７.０.０.１:PORT/",
    "http://①②⑦.⓪.⓪.①:PORT/",
    "http://𝟏𝟐𝟕.𝟎.𝟎.𝟏:PORT/",
    "http://127。0。0。1:PORT/",
    "http://127．0．0．1:PORT/",
    "http://127｡0｡0｡1:PORT/",
    "http://0ｘ7f.1:PORT/",
    "http://1\u{ad}27.0.0.1:PORT/",
    "http://[::ffff:127.0.0.1]:PORT/",
    "http://[::ffff:7f00:1]:PORT/",
    "http://[::FFFF:7F00:0001]:PORT/",
    "http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/",
    "http://example.com@127.0.0.1:PORT/",
    "http://example.com:80@127.0.0.1:PORT/",
    "http://example.com%40@127.0.0.1:PORT/",
    "http://127.0.0.1:PORT#@example.com/",
    "http://127.0.0.1:PORT?@example.com/",
    "http://127.0.0.1:PORT\\@example.com/",
    "http://127.0.0.1:PORT/@example.com/",
    "http:\\\\127.0.0.1:PORT\\",
    "http:////127.0.0.1:PORT/",
    "HTTP://127.0.0.1:PORT/",
    "http://localhost:PORT/",
    "http://LOCALHOST:PORT/",
    "http://localhost.:PORT/",
    "http://a.b.localhost:PORT/",
    "http://loc%61lhost:PORT/",
    "http://ｌｏｃａｌｈｏｓｔ:PORT/",
    "http://user:hush@localhost:PORT/",
    "http://loopback.example:PORT/",
    "http://Loopback.Example.:PORT/",
    "http://mapped.example:PORT/",
    "http://unspecified.example:PORT/",
    "http://twice-private.example:PORT/",
    "http://given.example:PORT/",
    "http://GIVEN.example.:PORT/",
];

/// As above, over IPv6, where this machine has it.
const HERE_V6: &[&str] = &[
    "http://[::1]:PORT/",
    "http://[0:0:0:0:0:0:0:1]:PORT/",
    "http://[0000:0000:0000:0000:0000:0000:0000:0001]:PORT/",
    "http://[::0.0.0.1]:PORT/",
    "http://example.com@[::1]:PORT/",
    "http://loopback6.example:PORT/",
];

/// Addresses that lead to no public machine, and not to the listener either.
const ELSEWHERE: &[&str] = &[
    "http://127.0.0.2/",
    "http://127.255.255.255/",
    "http://10.0.0.1/",
    "http://10.1/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://0xA9FEA9FE/",
    "http://0251.0376.0251.0376/",
    "http://169.254.43518/",
    "http://100.64.0.1/",
    "http://100.100.100.200/",
    "http://168.63.129.16/",
    "http://192.0.0.192/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://203.0.113.1/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[::]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::1]/",
    "http://[2002:a9fe:a9fe::1]/",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    "http://[2001:db8::1]/",
    "http://[100::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://metadata.example/",
    "http://translated.example/",
];

/// What no parser of URLs should take for an address.
const NOWHERE: &[&str] = &[
    "http://[fe80::1%25eth0]/",
    "http://[::1%lo]/",
    "http://[::1%25lo]/",
    "http://[::ffff:127.0.0.1.]/",
    "http://[127.0.0.1]/",
    "http://256.0.0.1/",
    "http://127.0.0.1.1/",
    "http://127.0.0.08/",
    "http://0x100000000/",
    "http://127.0.0.1%00.example.com/",
    "http://127.0.0.1%2f.example.com/",
    "http://127.0.0.1 .example.com/",
];

/// The names of the tables above.
const NAMES: &[(&str, &[&str])] = &[
    ("localhost", &["127.0.0.1"]),
    ("a.b.localhost", &["127.0.0.1"]),
    ("loopback.example", &["127.0.0.1"]),
    ("loopback6.example", &["::1"]),
    ("mapped.example", &["::ffff:127.0.0.1"]),
    ("unspecified.example", &["0.0.0.0"]),
    ("twice-private.example", &["127.0.0.1", "10.0.0.1"]),
    ("metadata.example", &["169.254.169.254", "fd00:ec2::254"]),
    ("translated.example", &["64:ff9b::7f00:1", "2002:7f00:1::"]),
    // 3ffe::/16 was given back: no one is there, and no special network is.
    ("half-private.example", &["127.0.0.1", "3ffe::1"]),
    ("empty.example", &[]),
];

/// Answers of a name server, one look-up after the other; the last one stays.
#[derive(Debug, Default)]
struct Answers(Mutex<HashMap<String, Vec<Vec<IpAddr>>>>);

impl Answers {
    fn new(names: &[(&str, &[&str])]) -> Answers {
        let answers = Answers::default();
        for (name, addresses) in names {
            answers.then(name, addresses);
        }
        answers
    }

    fn then(&self, name: &str, addresses: &[&str]) {
        let addresses = addresses.iter().map(|address| address.parse().unwrap()).collect();
        self.0.lock().unwrap().entry(name.to_owned()).or_default().push(addresses);
    }
}

impl Resolver for Answers {
    fn look_up(&self, host: &str) -> LookUp {
        let mut names = self.0.lock().unwrap();
        let answer = match names.get_mut(host.trim_end_matches('.')) {
            Some(answers) if answers.len() > 1 => Ok(answers.remove(0)),
            Some(answers) => Ok(answers[0].clone()),
            None => Err(io::Error::other("no such name")),
        };
        Box::pin(std::future::ready(answer))
    }
}

/// Someone on this machine who counts who comes, over IPv4 and, where there is, IPv6 at the same port.
struct Listener {
    port: u16,
    has_v6: bool,
    peers: watch::Receiver<Vec<SocketAddr>>,
}

impl Listener {
    async fn new() -> Listener {
        let v4 = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = v4.local_addr().unwrap().port();
        let v6 = TcpListener::bind(("::1", port)).await.ok();
        let (sender, peers) = watch::channel(Vec::new());
        let has_v6 = v6.is_some();
        for listener in [Some(v4), v6].into_iter().flatten() {
            let sender = sender.clone();
            tokio::spawn(async move {
                loop {
                    let (stream, peer) = listener.accept().await.unwrap();
                    sender.send_modify(|peers| peers.push(peer));
                    tokio::spawn(answer(stream));
                }
            });
        }
        Listener { port, has_v6, peers }
    }

    fn urls(&self, tables: &[&[&str]]) -> Vec<String> {
        tables.concat().iter().map(|url| url.replace("PORT", &self.port.to_string())).collect()
    }

    /// How many came since `earlier` ones. Connections are accepted in their order: once one of our own is, so are all
    /// that came before it.
    async fn came_since(&mut self, earlier: usize) -> usize {
        let mut own = 0;
        for host in ["127.0.0.1", "::1"].iter().take(1 + usize::from(self.has_v6)) {
            let stream = TcpStream::connect((*host, self.port)).await.unwrap();
            let address = stream.local_addr().unwrap();
            self.peers.wait_for(|peers| peers.contains(&address)).await.unwrap();
            own += 1;
        }
        self.seen() - own - earlier
    }

    /// How many were accepted by now.
    fn seen(&self) -> usize {
        self.peers.borrow().len()
    }
}

async fn answer(mut stream: TcpStream) {
    let _ = stream.read(&mut [0; 4096]).await;
    let _ =
        stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/html\r\n\r\n<p>Inside.").await;
    let _ = stream.shutdown().await;
}

fn options(private_addresses: PrivateAddresses) -> FetchOptions {
    let given = ("given.example".to_owned(), [127, 0, 0, 1].into());
    let connect_timeout = Duration::from_secs(2);
    FetchOptions { private_addresses, resolve: vec![given], connect_timeout, ..FetchOptions::default() }
}

fn fetcher(private_addresses: PrivateAddresses, exempt: Option<SocketAddr>) -> Fetcher {
    let network = Network { resolver: Arc::new(Answers::new(NAMES)), exempt };
    Fetcher::with_network(&options(private_addresses), network).unwrap()
}

async fn visit(fetcher: &Fetcher, url: &str) -> Visit {
    fetcher.visit(&Url::parse(url).unwrap(), &Ask::default(), &OpenGate).await
}

/// A server that leads each request for `/N` to the Nth of these places.
async fn leading_to(places: Vec<String>) -> (String, SocketAddr) {
    let lead = async |Path(index): Path<usize>, State(places): State<Arc<Vec<String>>>| {
        (StatusCode::FOUND, [(header::LOCATION, HeaderValue::from_bytes(places[index].as_bytes()).unwrap())])
            .into_response()
    };
    let base = server::start(Router::new().route("/{index}", get(lead)).with_state(Arc::new(places))).await;
    let address = base.trim_start_matches("http://").parse().unwrap();
    (base, address)
}

fn is_private(visit: &Visit) -> bool {
    matches!(&visit.result, Err(PageErrorKind::PrivateAddress(_)))
}

#[test]
fn the_tables_are_long() {
    assert!([HERE, HERE_V6, ELSEWHERE].concat().len() >= 100);
}

#[tokio::test]
async fn no_url_reaches_what_is_private() {
    let mut listener = Listener::new().await;
    let fetcher = fetcher(PrivateAddresses::Refused, None);
    for url in listener.urls(&[HERE, HERE_V6, ELSEWHERE]) {
        let visit = visit(&fetcher, &url).await;
        assert!(is_private(&visit), "{url}: {:?}", visit.result);
        let message = visit.result.unwrap_err().to_string();
        assert!(message.ends_with("is no public address (--allow-private fetches from it)"), "{url}: {message}");
        assert!(!message.contains("hush"), "{message}");
    }
    assert_eq!(listener.came_since(0).await, 0);
}

#[tokio::test]
async fn no_redirect_reaches_what_is_private() {
    let mut listener = Listener::new().await;
    let places = listener.urls(&[HERE, HERE_V6, ELSEWHERE]);
    let (base, exempt) = leading_to(places.clone()).await;
    let fetcher = fetcher(PrivateAddresses::Refused, Some(exempt));
    for (index, place) in places.iter().enumerate() {
        let visit = visit(&fetcher, &format!("{base}/{index}")).await;
        assert!(is_private(&visit), "{place}: {:?}", visit.result);
        assert_ne!(visit.last.port(), Some(exempt.port()), "{place}");
    }
    assert_eq!(listener.came_since(0).await, 0);
}

#[tokio::test]
async fn all_of_that_is_reached_where_it_may_be() {
    let mut listener = Listener::new().await;
    let tables: &[&[&str]] = if listener.has_v6 { &[HERE, HERE_V6] } else { &[HERE] };
    let urls = listener.urls(tables);
    let (base, _) = leading_to(urls.clone()).await;
    let fetcher = fetcher(PrivateAddresses::Allowed, None);
    for (index, url) in urls.iter().enumerate() {
        for asked in [url, &format!("{base}/{index}")] {
            let before = listener.seen();
            let result = visit(&fetcher, asked).await.result;
            // The listener does not speak TLS, but it was reached.
            let is_answer = matches!(&result, Ok(Answer::Page(page, _)) if page.body == b"<p>Inside.");
            assert!(
                is_answer || url.starts_with("https") && matches!(result, Err(PageErrorKind::Tls(_))),
                "{url}: {result:?}"
            );
            assert!(listener.came_since(before).await > 0, "{url}");
        }
    }
}

#[tokio::test]
async fn what_is_no_address_is_an_error() {
    for url in NOWHERE {
        assert!(Url::parse(url).is_err(), "{url}");
    }
    let (base, exempt) = leading_to(NOWHERE.iter().map(|url| (*url).to_owned()).collect()).await;
    let fetcher = fetcher(PrivateAddresses::Refused, Some(exempt));
    for (index, place) in NOWHERE.iter().enumerate() {
        let result = visit(&fetcher, &format!("{base}/{index}")).await.result;
        assert!(matches!(result, Err(PageErrorKind::BadSource(_))), "{place}: {result:?}");
    }
}

#[tokio::test]
async fn the_error_names_host_and_address() {
    let fetcher = fetcher(PrivateAddresses::Refused, None);
    for (url, says) in [
        ("http://2130706433/", "127.0.0.1 is no public address"),
        ("http://[::ffff:7f00:1]/", "::ffff:127.0.0.1 is no public address"),
        ("http://A.Localhost./", "a.localhost is no public address"),
        ("http://Metadata.example/", "metadata.example (169.254.169.254) is no public address"),
        ("http://user:hush@given.example/", "given.example (127.0.0.1) is no public address"),
    ] {
        let message = visit(&fetcher, url).await.result.unwrap_err().to_string();
        assert!(message.starts_with(says), "{message}");
    }
}

#[tokio::test]
async fn a_name_that_changes_its_mind_reaches_nothing() {
    let mut listener = Listener::new().await;
    let answers = Answers::default();
    answers.then("rebinding.example", &["3ffe::1"]);
    answers.then("rebinding.example", &["127.0.0.1"]);
    let url = format!("http://rebinding.example:{}/", listener.port);
    let (base, exempt) = leading_to(vec![url.clone()]).await;
    let network = Network { resolver: Arc::new(answers), exempt: Some(exempt) };
    let options = FetchOptions { connect_timeout: Duration::from_millis(200), ..FetchOptions::default() };
    let fetcher = Fetcher::with_network(&options, network).unwrap();
    let first = visit(&fetcher, &url).await;
    assert!(matches!(first.result, Err(PageErrorKind::Connect(_) | PageErrorKind::Timeout(_))), "{:?}", first.result);
    for asked in [url, format!("{base}/0")] {
        let later = visit(&fetcher, &asked).await;
        assert!(is_private(&later), "{:?}", later.result);
    }
    assert_eq!(listener.came_since(0).await, 0);
}

#[tokio::test]
async fn of_a_name_with_public_and_private_addresses_the_public_ones_are_asked() {
    let mut listener = Listener::new().await;
    let network = Network { resolver: Arc::new(Answers::new(NAMES)), exempt: None };
    let options = FetchOptions { connect_timeout: Duration::from_millis(200), ..FetchOptions::default() };
    let fetcher = Fetcher::with_network(&options, network).unwrap();
    let result = visit(&fetcher, &format!("http://half-private.example:{}/", listener.port)).await.result;
    assert!(matches!(result, Err(PageErrorKind::Connect(_) | PageErrorKind::Timeout(_))), "{result:?}");
    assert_eq!(listener.came_since(0).await, 0);
}

#[tokio::test]
async fn a_name_without_an_address_is_an_error_of_dns() {
    let fetcher = fetcher(PrivateAddresses::Refused, None);
    for (name, says) in [("empty", "it has no address"), ("unknown", "no such name")] {
        let result = visit(&fetcher, &format!("http://{name}.example/")).await.result;
        assert!(matches!(&result, Err(PageErrorKind::Dns(reason)) if reason == says), "{result:?}");
    }
}

#[tokio::test]
async fn a_look_up_that_hangs_is_given_up_with_the_connection() {
    #[derive(Debug)]
    struct Hanging;
    impl Resolver for Hanging {
        fn look_up(&self, _host: &str) -> LookUp {
            Box::pin(std::future::pending())
        }
    }
    let connect_timeout = Duration::from_millis(200);
    let options = FetchOptions { connect_timeout, ..FetchOptions::default() };
    let network = Network { resolver: Arc::new(Hanging), exempt: None };
    let result = visit(&Fetcher::with_network(&options, network).unwrap(), "http://a.example/").await.result;
    assert!(matches!(result, Err(PageErrorKind::Timeout(time)) if time == connect_timeout), "{result:?}");
}

#[tokio::test]
async fn fifty_hosts_can_be_one_machine() {
    let listener = Listener::new().await;
    let names: Vec<String> = (0..50).map(|n| format!("news{n}.example")).collect();
    let resolve = names.iter().map(|name| (name.clone(), [127, 0, 0, 1].into())).collect();
    let fetcher = Fetcher::new(&FetchOptions { resolve, ..options(PrivateAddresses::Allowed) }).unwrap();
    for name in names {
        let page = fetcher.get(Url::parse(&format!("http://{name}:{}/x", listener.port)).unwrap()).await.unwrap();
        assert_eq!(page.url.unwrap().host_str(), Some(name.as_str()));
    }
}

#[test]
fn an_address_for_no_name_is_said_at_once() {
    let resolve = vec![("127.0.0.1".to_owned(), IpAddr::from([127, 0, 0, 1]))];
    let error = Fetcher::new(&FetchOptions { resolve, ..FetchOptions::default() }).unwrap_err();
    assert!(matches!(&error, Error::Usage(message) if message.contains("\"127.0.0.1\"")), "{error}");
}

#[tokio::test]
async fn the_gate_is_not_asked_for_what_is_private() {
    #[derive(Default)]
    struct Counting(AtomicUsize);
    impl Gate for Counting {
        type Pass = ();
        async fn admit(&self, _url: &Url) -> Result<(), PageErrorKind> {
            self.0.fetch_add(1, Ordering::SeqCst);
            Ok(())
        }
    }
    let gate = Counting::default();
    let fetcher = fetcher(PrivateAddresses::Refused, None);
    let url = Url::parse("http://127.1/robots.txt").unwrap();
    assert!(is_private(&fetcher.visit(&url, &Ask::default(), &gate).await));
    assert!(matches!(fetcher.small(&url, 100, &gate).await, Err(PageErrorKind::PrivateAddress(_))));
    assert_eq!(gate.0.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn only_the_web_is_fetched() {
    let fetcher = fetcher(PrivateAddresses::Allowed, None);
    for url in
        ["file:///etc/passwd", "ftp://a.example/", "gopher://127.0.0.1:70/", "data:text/html,x", "ws://a.example/"]
    {
        let result = visit(&fetcher, url).await.result;
        assert!(matches!(result, Err(PageErrorKind::BadSource(_))), "{url}: {result:?}");
    }
}

/// What the program says of `url` in an environment that names this proxy.
#[cfg(feature = "cli")]
async fn behind_proxy(proxy: &str, url: &str) -> (Option<i32>, String) {
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_cleancopy"));
    for variable in ["HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"] {
        command.env_remove(variable);
    }
    let output = command
        .env("http_proxy", proxy)
        .args(["-t", "jsonl", "--ignore-robots", "--no-config", url])
        .output()
        .await
        .unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[cfg(feature = "cli")]
#[tokio::test]
async fn a_proxy_is_reached_and_no_private_address_through_it() {
    let mut listener = Listener::new().await;
    let port = listener.port;
    for proxy in [format!("http://127.0.0.1:{port}"), format!("localhost:{port}")] {
        let before = listener.seen();
        let (code, record) = behind_proxy(&proxy, "http://news.example/story").await;
        assert!(code == Some(0) && !record.contains("\"error\""), "{record}");
        assert_eq!(listener.came_since(before).await, 1);
        let before = listener.seen();
        for url in ["http://10.1/", "http://localhost/", &format!("http://127.0.0.1:{port}/")] {
            let (code, record) = behind_proxy(&proxy, url).await;
            assert!(code == Some(4) && record.contains("private-address"), "{record}");
        }
        assert_eq!(listener.came_since(before).await, 0);
    }
}
