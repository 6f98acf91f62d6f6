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
    pub(super) budget: Budget,
    pub(super) trail: Trail,
}

/// The first answer that is no redirect. Its body is still to be read, in the time that the chain has left.
pub(super) struct Arrival<P> {
    pub(super) hop: Hop,
    pub(super) response: Response,
    /// The leave to ask for it, to be held until the body is read.
    pub(super) pass: P,
}

impl<'a, G: Gate> Chain<'a, G> {
    pub(super) fn new(fetcher: &'a Fetcher, gate: &'a G, validators: &'a Validators, trail: Trail) -> Self {
        Chain { fetcher, gate, validators, budget: Budget::new(fetcher.limits.timeout), trail }
    }

    /// Follows the redirects from `url` to their end.
    pub(super) async fn follow(&mut self, url: &Url, max_redirects: usize) -> Result<Arrival<G::Pass>, PageErrorKind> {
        let mut hop = Hop::first(url)?;
        for _ in 0..=max_redirects {
            match self.step(hop).await? {
                ControlFlow::Continue(next) => hop = next,
                ControlFlow::Break(arrival) => return Ok(arrival),
            }
        }
        Err(PageErrorKind::TooManyRedirects(max_redirects))
    }

    /// One request, and where its answer leads.
    async fn step(&mut self, hop: Hop) -> Result<ControlFlow<Arrival<G::Pass>, Hop>, PageErrorKind> {
        let Chain { fetcher, gate, validators, budget, trail } = self;
        let url = hop.public_url();
        trail.reach(url.clone());
        // Ahead of the gate, which may ask the host for its robots.txt.
        fetcher.guard.check(&url)?;
        let pass = gate.admit(&url).await?;
        let answer = async {
            let response = fetcher.send(&hop, validators, trail).await?;
            let next = match hop.next(response.status(), response.headers()) {
                Ok(None) => return Ok(ControlFlow::Break(response)),
                Ok(Some(next)) => Ok(ControlFlow::Continue(next)),
                Err(kind) => Err(kind),
            };
            body::read_aside(response, trail, fetcher.limits.body_bytes).await;
            next
        };
        Ok(match budget.spend(answer).await? {
            ControlFlow::Break(response) => ControlFlow::Break(Arrival { hop, response, pass }),
            ControlFlow::Continue(next) => ControlFlow::Continue(next),
        })
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
