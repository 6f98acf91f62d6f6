//! From the first request to the last answer.

use std::ops::ControlFlow;

use reqwest::Response;
use url::Url;

use super::budget::Budget;
use super::gate::Gate;
use super::redirect::Hop;
use super::trail::Trail;
use super::visit::Validators;
use super::{Fetcher, body, fault};
use crate::error::PageErrorKind;

/// A chain of redirects that is being followed.
pub(super) struct Chain<'a, G> {
    fetcher: &'a Fetcher,
    gate: &'a G,
    validators: &'a Validators,
    budget: Budget,
    trail: Trail,
}

impl<'a, G: Gate> Chain<'a, G> {
    pub(super) fn new(fetcher: &'a Fetcher, gate: &'a G, validators: &'a Validators, trail: Trail) -> Self {
        Chain { fetcher, gate, validators, budget: Budget::new(fetcher.limits.timeout), trail }
    }

    /// What `read` makes of the first answer that is no redirect.
    pub(super) async fn follow<T>(
        &mut self,
        url: &Url,
        max_redirects: usize,
        read: impl AsyncFn(&Hop, Response, &mut Trail) -> Result<T, PageErrorKind>,
    ) -> Result<T, PageErrorKind> {
        let mut hop = Hop::first(url)?;
        for _ in 0..=max_redirects {
            match self.step(&hop, &read).await? {
                ControlFlow::Continue(next) => hop = next,
                ControlFlow::Break(answer) => return Ok(answer),
            }
        }
        Err(PageErrorKind::TooManyRedirects(max_redirects))
    }

    pub(super) fn into_trail(self) -> Trail {
        self.trail
    }

    /// One request, and where its answer leads.
    async fn step<T>(
        &mut self,
        hop: &Hop,
        read: &impl AsyncFn(&Hop, Response, &mut Trail) -> Result<T, PageErrorKind>,
    ) -> Result<ControlFlow<T, Hop>, PageErrorKind> {
        let Chain { fetcher, gate, validators, budget, trail } = self;
        let url = hop.public_url();
        trail.reach(url.clone());
        // Ahead of the gate, which may ask the host for its robots.txt.
        fetcher.guard.check(&url)?;
        let _pass = gate.admit(&url).await?;
        let answer = async {
            let response = fetcher.send(hop, validators, trail).await?;
            match hop.next(response.status(), response.headers()) {
                Ok(None) => read(hop, response, trail).await.map(ControlFlow::Break),
                Ok(Some(next)) => {
                    body::read_aside(response, trail, fetcher.limits.body_bytes).await;
                    Ok(ControlFlow::Continue(next))
                }
                Err(kind) => {
                    body::read_aside(response, trail, fetcher.limits.body_bytes).await;
                    Err(kind)
                }
            }
        };
        budget.spend(answer).await
    }
}

impl Fetcher {
    async fn send(&self, hop: &Hop, validators: &Validators, trail: &mut Trail) -> Result<Response, PageErrorKind> {
        let mut headers = self.headers.of(hop);
        validators.put_into(&mut headers);
        let of_error = |error| fault::of_request(&error, self.limits.connect_timeout);
        let request = self.client.get(hop.url().clone()).headers(headers).build().map_err(of_error)?;
        let sent = trail.send(&request);
        let response = self.client.execute(request).await.map_err(of_error)?;
        trail.answer(sent, &response);
        Ok(response)
    }
}
