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

mod headers;
mod redirect;
pub(crate) mod sniff;

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
