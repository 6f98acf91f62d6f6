//! Pages over HTTP: one URL in, one [`RawPage`] or one [`PageError`] out.
//!
//! | file | its one job |
//! |---|---|
//! | `visit.rs` | what is asked of a visit, and what comes back |
//! | `chain.rs` | from the first request to the last answer |
//! | `gate.rs` | what each request has to pass before it is sent |
//! | `guard.rs` | which machines may be asked |
//! | `address.rs` | which addresses are public |
//! | `resolver.rs` | from the name of a host to the addresses that may be connected to |
//! | `proxy.rs` | the proxies that the environment names |
//! | `client.rs` | the HTTP client, built from the options |
//! | `headers.rs` | what every request carries, and what only the first host may see |
//! | `redirect.rs` | from one hop to the next |
//! | `content_type.rs` | what the server says it sent |
//! | `sniff.rs` | what the first bytes say it is |
//! | `body.rs` | the bytes, up to the limit |
//! | `decompress.rs` | the bytes without their compression |
//! | `pace.rs` | how fast a body has to come |
//! | `budget.rs` | the time of a page |
//! | `host.rs` | how many requests a host gets, and how far apart |
//! | `robots.rs` | what a site asks robots to leave |
//! | `rule_ends.rs` | the `$` at the end of its rules, without regular expressions |
//! | `retry.rs` | which errors are tried again, and when |
//! | `polite.rs` | a fetcher with these manners |
//! | `retry_after.rs` | when a server wants to be asked again |
//! | `trail.rs` | what is kept of a chain on its way |
//! | `fault.rs` | what went wrong, in words |
//! | `fuzzing.rs` | what the fuzz targets reach |
//!
//! Limits, beside those of [`FetchOptions`]: an answer may have 256 headers and 400 kB of them; what an archive keeps of
//! a redirect or an error is 1 MiB and what comes within 5 s; 100 names are looked up at once.

mod address;
mod body;
mod budget;
mod chain;
mod client;
mod content_type;
mod decompress;
mod fault;
#[cfg(feature = "fuzzing")]
pub(crate) mod fuzzing;
mod gate;
mod guard;
mod headers;
mod host;
mod pace;
mod polite;
mod proxy;
mod redirect;
mod resolver;
mod retry;
mod retry_after;
mod robots;
mod rule_ends;
pub(crate) mod sniff;
mod trail;
mod visit;

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::{Response, StatusCode};
use url::Url;

use crate::error::{Error, PageError, PageErrorKind};
use crate::options::FetchOptions;
use crate::page::{RawPage, Source};
use chain::{Arrival, Chain};
use content_type::ContentType;
use guard::Guard;
use headers::Headers;
use redirect::Hop;
use resolver::GuardedResolver;
use trail::Trail;

pub use gate::{Gate, OpenGate};
pub use host::{Busy, HostKey, Pacer, Turn};
pub use polite::{Attempt, Attempted, PoliteFetcher, Slot};
pub use resolver::{LookUp, Network, Resolver, SystemResolver};
pub use retry_after::RetryAfter;
pub use robots::Access;
pub use visit::{Answer, Ask, Keep, Small, Validators, Visit};

/// Redirects that lead to a small file (RFC 9309, section 2.3.1.2).
const SMALL_REDIRECTS: usize = 5;

/// Gets pages by URL. Cheap to clone; clones share their connections.
///
/// Redirects are followed, cookies are not kept, and nothing is tried twice. Private addresses are not reached unless
/// [`FetchOptions::private_addresses`] says so, neither by a URL, nor a redirect, nor a name. Behind a proxy, which is
/// taken from the environment (`HTTPS_PROXY` and the like) and from the system, that holds for addresses and for
/// `localhost` alone: a proxy looks names up by itself. The proxy may have a private address; one that the system names
/// and not the environment must then be named by address.
///
/// It runs on any tokio runtime that has
/// its time and I/O drivers on, the current-thread one included.
#[derive(Debug, Clone)]
pub struct Fetcher {
    client: reqwest::Client,
    headers: Arc<Headers>,
    guard: Arc<Guard>,
    limits: Limits,
}

/// Where a request ends.
#[derive(Debug, Clone, Copy)]
struct Limits {
    connect_timeout: Duration,
    timeout: Duration,
    redirects: usize,
    body_bytes: u64,
    body_rate: u64,
}

impl Fetcher {
    /// A fetcher.
    ///
    /// # Errors
    /// [`Error::Usage`] where a header or the user agent cannot be sent or a name to resolve is none, [`Error::Start`]
    /// where the HTTP client cannot be built.
    pub fn new(options: &FetchOptions) -> Result<Self, Error> {
        Fetcher::with_network(options, Network::default())
    }

    /// A fetcher that reaches the network in a way of its own.
    ///
    /// # Errors
    /// As for [`Fetcher::new`].
    pub fn with_network(options: &FetchOptions, network: Network) -> Result<Self, Error> {
        let guard = Arc::new(Guard::new(options.private_addresses, network.exempt, proxy::names()));
        let resolver = GuardedResolver {
            given: resolver::given(&options.resolve)?,
            resolver: network.resolver,
            guard: Arc::clone(&guard),
        };
        Ok(Fetcher {
            headers: Arc::new(Headers::new(options)?),
            client: client::build(options, resolver)?,
            guard,
            limits: Limits {
                connect_timeout: options.connect_timeout,
                timeout: options.timeout,
                redirects: options.max_redirects,
                body_bytes: options.max_body_bytes,
                body_rate: options.min_body_rate,
            },
        })
    }

    /// The page at `url`. Its `source` is `url` as it was asked for; its own `url` is the last one of the redirects,
    /// without fragment, user name and password.
    ///
    /// # Errors
    /// What the network or the server did. The message names `url` without its user name and password.
    pub async fn get(&self, url: Url) -> Result<RawPage, PageError> {
        let visit = self.visit(&url, &Ask::default(), &OpenGate).await;
        let source = Source::Url(url);
        match visit.result {
            Ok(Answer::Page(page, _)) => Ok(*page),
            // It was asked without validators, so a server that says this is at fault.
            Ok(Answer::NotModified) => Err(PageError::new(&source, not_a_success(StatusCode::NOT_MODIFIED))),
            Err(kind) => Err(PageError::new(&source, kind)),
        }
    }

    /// Visits `url`: as [`Fetcher::get`], with each request of the chain of redirects admitted by `gate`, and with what
    /// `ask` asks for. The time of a page does not run while the gate is waited for.
    pub async fn visit<G: Gate>(&self, url: &Url, ask: &Ask, gate: &G) -> Visit {
        let mut chain = Chain::new(self, gate, &ask.validators, Trail::new(url, ask.keep));
        let result = self.answer(url, ask, &mut chain).await;
        let Trail { last, retry_after, exchanges, .. } = chain.trail;
        Visit { result, last, retry_after, exchanges }
    }

    async fn answer<G: Gate>(&self, url: &Url, ask: &Ask, chain: &mut Chain<'_, G>) -> Result<Answer, PageErrorKind> {
        let Arrival { hop, response, pass: _pass } = chain.follow(url, self.limits.redirects).await?;
        chain.budget.spend(self.read_answer(url, ask, &hop, response, &mut chain.trail)).await
    }

    /// A small file, for robots.txt: follows five redirects (RFC 9309, section 2.3.1.2), reads the first `max_bytes` of
    /// the body, decompressed, and leaves the rest. Any status is an answer.
    ///
    /// # Errors
    /// What the network did, what the gate says, or `TooManyRedirects`.
    pub async fn small<G: Gate>(&self, url: &Url, max_bytes: usize, gate: &G) -> Result<Small, PageErrorKind> {
        let none = Validators::default();
        let mut chain = Chain::new(self, gate, &none, Trail::new(url, Keep::Nothing));
        let Arrival { hop, response, pass: _pass } = chain.follow(url, SMALL_REDIRECTS).await?;
        let (status, retry_after) = (response.status().as_u16(), chain.trail.retry_after);
        let read = body::read_start(response, &mut chain.trail, max_bytes, self.limits.body_rate);
        Ok(Small { last: hop.public_url(), status, body: chain.budget.spend(read).await?, retry_after })
    }

    /// What an answer that is no redirect means for a visit.
    async fn read_answer(
        &self,
        asked: &Url,
        ask: &Ask,
        hop: &Hop,
        response: Response,
        trail: &mut Trail,
    ) -> Result<Answer, PageErrorKind> {
        let status = response.status();
        if !status.is_success() {
            body::read_aside(response, trail, self.limits.body_bytes).await;
            let is_expected = status == StatusCode::NOT_MODIFIED && !ask.validators.is_empty();
            return if is_expected { Ok(Answer::NotModified) } else { Err(not_a_success(status)) };
        }
        let content_type = ContentType::of(response.headers().get(CONTENT_TYPE))?;
        let validators = Validators::of(response.headers());
        let Limits { body_bytes, body_rate, .. } = self.limits;
        let (body, format) = body::read_page(response, trail, &content_type, body_bytes, body_rate).await?;
        let page = RawPage {
            url: Some(hop.public_url()),
            charset: content_type.into_charset(),
            ..RawPage::new(Source::Url(asked.clone()), format, body)
        };
        Ok(Answer::Page(Box::new(page), validators))
    }
}

fn not_a_success(status: StatusCode) -> PageErrorKind {
    let reason = status.canonical_reason().unwrap_or_default().to_owned();
    PageErrorKind::Status { status: status.as_u16(), reason }
}
