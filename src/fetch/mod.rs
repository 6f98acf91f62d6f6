//! Pages over HTTP: one URL in, one [`RawPage`] or one [`PageError`] out.
//!
//! | file | its one job |
//! |---|---|
//! | `client.rs` | the HTTP client, built from the options |
//! | `headers.rs` | what every request carries, and what only the first host may see |
//! | `redirect.rs` | from one hop to the next |
//! | `content_type.rs` | what the server says it sent |
//! | `sniff.rs` | what the first bytes say it is |
//! | `body.rs` | the bytes, up to the limit |
//! | `fault.rs` | what went wrong, in words |
//!
//! Manners in bulk have their place here too, a file each: `host.rs` (how many requests a host gets, and how far
//! apart), `retry.rs` (which errors are tried again, and when), `robots.rs` (what a site asks robots to leave) and
//! `guard.rs` (which addresses may be reached). The last two judge each hop, so they belong into `Fetcher::answer`.

mod body;
mod client;
mod content_type;
mod fault;
mod gate;
mod headers;
mod host;
mod polite;
mod redirect;
mod retry;
mod retry_after;
mod robots;
pub(crate) mod sniff;
mod visit;

use std::sync::Arc;
use std::time::Duration;

use reqwest::Response;
use reqwest::header::CONTENT_TYPE;
use url::Url;

use crate::error::{Error, PageError, PageErrorKind};
use crate::options::FetchOptions;
use crate::page::{RawPage, Source};
use content_type::ContentType;
use headers::Headers;
use redirect::{Hop, Place};

pub use gate::{Gate, OpenGate};
pub use host::{Busy, HostKey, Pacer, Turn};
pub use polite::{Attempt, Attempted, PoliteFetcher};
pub use retry_after::RetryAfter;
pub use robots::Access;
pub use visit::{Answer, Ask, Keep, Small, Validators, Visit};

/// Gets pages by URL. Cheap to clone; clones share their connections.
///
/// Redirects are followed, cookies are not kept, and nothing is tried twice. It runs on any tokio runtime that has
/// its time and I/O drivers on, the current-thread one included.
#[derive(Debug, Clone)]
pub struct Fetcher {
    client: reqwest::Client,
    headers: Arc<Headers>,
    limits: Limits,
}

/// Where a request ends.
#[derive(Debug, Clone, Copy)]
struct Limits {
    connect_timeout: Duration,
    timeout: Duration,
    redirects: usize,
    body_bytes: u64,
}

impl Fetcher {
    /// A fetcher.
    ///
    /// # Errors
    /// [`Error::Usage`] where a header or the user agent cannot be sent, [`Error::Start`] where the HTTP client cannot
    /// be built.
    pub fn new(options: &FetchOptions) -> Result<Self, Error> {
        Ok(Fetcher {
            headers: Arc::new(Headers::new(options)?),
            client: client::build(options)?,
            limits: Limits {
                connect_timeout: options.connect_timeout,
                timeout: options.timeout,
                redirects: options.max_redirects,
                body_bytes: options.max_body_bytes,
            },
        })
    }

    /// The page at `url`. Its `source` is `url` as it was asked for; its own `url` is the last one of the redirects,
    /// without fragment, user name and password.
    ///
    /// # Errors
    /// What the network or the server did. The message names `url` without its user name and password.
    pub async fn get(&self, url: Url) -> Result<RawPage, PageError> {
        let source = Source::Url(url.clone());
        let page = async {
            let (hop, response) = self.answer(&url).await?;
            self.page(source.clone(), hop, response).await
        };
        match tokio::time::timeout(self.limits.timeout, page).await {
            Ok(result) => result.map_err(|kind| PageError::new(&source, kind)),
            Err(_) => Err(PageError::new(&source, PageErrorKind::Timeout(self.limits.timeout))),
        }
    }

    /// The page at `url`, each request of the chain of redirects admitted by `gate`.
    pub async fn visit<G: Gate>(&self, url: &Url, _ask: &Ask, gate: &G) -> Visit {
        let result = match gate.admit(url).await {
            Ok(_pass) => self.get(url.clone()).await.map_err(|error| error.kind),
            Err(kind) => Err(kind),
        };
        Visit {
            result: result.map(|page| Answer::Page(Box::new(page), Validators::default())),
            last: url.clone(),
            retry_after: None,
            exchanges: Vec::new(),
        }
    }

    /// A small file, for robots.txt: follows five redirects (RFC 9309, section 2.3.1.2), reads at most `max_bytes` of
    /// the body and leaves the rest. Any status is an answer.
    ///
    /// # Errors
    /// What the network did.
    pub async fn small<G: Gate>(&self, url: &Url, max_bytes: usize, gate: &G) -> Result<Small, PageErrorKind> {
        let _pass = gate.admit(url).await?;
        let (_, response) = self.answer(url).await?;
        let (status, retry_after) = (response.status().as_u16(), RetryAfter::of(response.headers()));
        let mut body = response.bytes().await.map_err(|error| fault::of_body(&error))?.to_vec();
        body.truncate(max_bytes);
        Ok(Small { status, body, retry_after })
    }

    /// The first answer that is no redirect, and the hop that it answers.
    async fn answer(&self, url: &Url) -> Result<(Hop, Response), PageErrorKind> {
        let mut hop = Hop::first(url)?;
        for _ in 0..=self.limits.redirects {
            let response = self.request(&hop).await?;
            match hop.next(response.status(), response.headers())? {
                Some(next) => hop = next,
                None => return Ok((hop, response)),
            }
        }
        Err(PageErrorKind::TooManyRedirects(self.limits.redirects))
    }

    async fn request(&self, hop: &Hop) -> Result<Response, PageErrorKind> {
        let headers = match hop.place() {
            Place::Home => self.headers.at_home(),
            Place::Away => self.headers.away(),
        };
        let request = self.client.get(hop.url().clone()).headers(headers.clone());
        request.send().await.map_err(|error| fault::of_request(&error, self.limits.connect_timeout))
    }

    async fn page(&self, source: Source, hop: Hop, response: Response) -> Result<RawPage, PageErrorKind> {
        let status = response.status();
        if !status.is_success() {
            let reason = status.canonical_reason().unwrap_or_default().to_owned();
            return Err(PageErrorKind::Status { status: status.as_u16(), reason });
        }
        let content_type = ContentType::of(response.headers().get(CONTENT_TYPE))?;
        let (body, format) = body::read(response, &content_type, self.limits.body_bytes).await?;
        let charset = content_type.into_charset();
        Ok(RawPage { url: Some(hop.into_public_url()), charset, ..RawPage::new(source, format, body) })
    }
}
