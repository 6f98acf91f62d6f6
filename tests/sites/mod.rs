//! Sites on this machine: many host names behind one port, and an account of what each of them was asked for.
//!
//! - `wire`: requests and what is said to them
//! - `ledger`: what was asked for, when, and how much at once
//! - `stories`: pages to give

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod ledger;
mod stories;
mod wire;

use std::sync::Arc;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

#[allow(unused_imports, reason = "each test file uses a part of it")]
pub use ledger::{Account, Ledger};
pub use stories::{html, sentence};
#[allow(unused_imports, reason = "each test file uses a part of it")]
pub use wire::{Reply, Request, answer, chunked, moved, page, robots};

/// Sites that run until the test's runtime ends.
pub struct Sites {
    pub port: u16,
    pub ledger: Arc<Ledger>,
}

impl Sites {
    /// Answers each request with what `answer` says.
    pub async fn start<F, A>(answer: F) -> Sites
    where
        F: Fn(Request) -> A + Send + Sync + 'static,
        A: Future<Output = Reply> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let ledger = Arc::new(Ledger::default());
        let (answer, entries) = (Arc::new(answer), Arc::clone(&ledger));
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, Arc::clone(&answer), Arc::clone(&entries)));
            }
        });
        Sites { port, ledger }
    }

    /// The same, with each page held back until a permit lets it through.
    pub async fn start_held(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> (Sites, Arc<Semaphore>) {
        let permits = Arc::new(Semaphore::new(0));
        let (answer, held) = (Arc::new(answer), Arc::clone(&permits));
        let sites = Sites::start(move |request| {
            let (answer, held) = (Arc::clone(&answer), Arc::clone(&held));
            async move {
                if request.path != "/robots.txt" {
                    held.acquire().await.unwrap().forget();
                }
                answer(&request)
            }
        })
        .await;
        (sites, permits)
    }

    /// The address of a page.
    pub fn url(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.port)
    }
}

/// Answers the requests of a connection, until one of the two ends it.
async fn serve<F, A>(mut stream: TcpStream, answer: Arc<F>, ledger: Arc<Ledger>)
where
    F: Fn(Request) -> A + Send + Sync + 'static,
    A: Future<Output = Reply> + Send + 'static,
{
    let mut read = Vec::new();
    while let Some(mut request) = wire::read_request(&mut stream, &mut read).await {
        let host = request.host.clone();
        request.visit = ledger.enter(&host, &request.path);
        let reply = answer(request).await;
        // Ahead of the answer: with its first byte the client may see all that it wants.
        ledger.leave(&host);
        if reply.send(&mut stream).await.is_none() {
            return;
        }
    }
}
