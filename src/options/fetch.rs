//! How pages are fetched and read.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

/// How pages are fetched and read.
#[derive(Debug, Clone)]
pub struct FetchOptions {
    /// Time for a connection; default 10 s. A later one is an error that can be tried again.
    pub connect_timeout: Duration,
    /// Time for a page in all, redirects and body included; default 30 s.
    pub timeout: Duration,
    /// Redirects that are followed; default 10. One more is an error.
    pub max_redirects: usize,
    /// Bytes of a body after decompression, of files too; default 10 MiB. A larger one is an error, never cut.
    pub max_body_bytes: u64,
    /// Pages in flight at once; default 16.
    pub max_concurrency: usize,
    /// The `User-Agent` header; default the program's own name and version.
    pub user_agent: String,
    /// More headers, name and value, sent with each request.
    pub headers: Vec<(String, String)>,
    /// Bytes a second that a body has to come with, on average over ten seconds; default 500. A slower one is an error.
    pub min_body_rate: u64,
    /// Which machines may be asked; default the public ones alone.
    pub private_addresses: PrivateAddresses,
    /// Addresses of host names, looked up here before anywhere else; default none.
    pub resolve: Vec<(String, IpAddr)>,
    /// Whether a site's robots.txt is obeyed; default it is.
    pub robots: Robots,
    /// Requests that one host has in flight at once; default 2.
    pub host_concurrency: usize,
    /// Time from one request to a host to the next, more or less a fifth of it; default 1 s. A `Crawl-delay` of the
    /// host and its answers 429 and 503 raise it.
    pub host_request_interval: Duration,
    /// What holds for single hosts in place of the above, by name in lower case; default none.
    pub hosts: BTreeMap<String, HostOptions>,
    /// How often a page is asked for again after a passing fault; default 3.
    pub max_retries: u32,
    /// Time ahead of the first retry, doubled for each further one; default 1 s.
    pub retry_wait: Duration,
    /// The longest `Retry-After` that is waited for; default 300 s. A longer one is an error.
    pub max_retry_after: Duration,
}

impl Default for FetchOptions {
    fn default() -> Self {
        FetchOptions {
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(30),
            max_redirects: 10,
            max_body_bytes: 10 * 1024 * 1024,
            max_concurrency: 16,
            user_agent: concat!("cleancopy/", env!("CARGO_PKG_VERSION")).to_owned(),
            headers: Vec::new(),
            min_body_rate: 500,
            private_addresses: PrivateAddresses::default(),
            resolve: Vec::new(),
            robots: Robots::default(),
            host_concurrency: 2,
            host_request_interval: Duration::from_secs(1),
            hosts: BTreeMap::new(),
            max_retries: 3,
            retry_wait: Duration::from_secs(1),
            max_retry_after: Duration::from_secs(300),
        }
    }
}

/// What holds for one host.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HostOptions {
    /// In place of [`FetchOptions::host_request_interval`].
    pub request_interval: Option<Duration>,
    /// In place of [`FetchOptions::host_concurrency`].
    pub concurrency: Option<usize>,
    /// Headers, name and value, beside [`FetchOptions::headers`]; one of the same name takes its place.
    pub headers: Vec<(String, String)>,
}

/// Which machines may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PrivateAddresses {
    /// Those at public addresses alone: no loopback, private, link-local, shared or reserved address, in whatever
    /// form, behind whatever name or redirect.
    #[default]
    Refused,
    /// All.
    Allowed,
}

/// Whether robots.txt is obeyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Robots {
    /// It is: a page that it disallows is an error, and its `Crawl-delay` holds.
    #[default]
    Obeyed,
    /// It is not asked for.
    Ignored,
}
