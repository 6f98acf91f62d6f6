//! Servers on this machine, good ones and faulty ones. Each runs until the test's runtime ends.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::sync::Arc;

use axum::Router;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

async fn listen() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    (listener, base)
}

/// A server with these pages; returns its address without a slash.
pub async fn start(router: Router) -> String {
    let (listener, base) = listen().await;
    tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
    base
}

/// Runs `each` on every connection as soon as its request came.
async fn on_request<F: Future<Output = ()> + Send>(each: impl Fn(TcpStream) -> F + Send + 'static) -> String {
    let (listener, base) = listen().await;
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            each(stream).await;
        }
    });
    base
}

/// Answers each request with these bytes and closes.
pub async fn raw(answer: Vec<u8>) -> String {
    let answer: Arc<[u8]> = answer.into();
    on_request(move |mut stream| {
        let answer = answer.clone();
        async move {
            let _ = stream.write_all(&answer).await;
            let _ = stream.shutdown().await;
        }
    })
    .await
}

/// Says this, then nothing, and keeps the connection.
pub async fn stalling(answer: &'static [u8]) -> String {
    on_request(async |mut stream| {
        let _ = stream.write_all(answer).await;
        std::future::pending::<()>().await;
    })
    .await
}

/// Says this, then resets the connection once the client has read it.
pub async fn resetting(answer: &'static [u8]) -> String {
    on_request(move |mut stream| async move {
        let _ = stream.write_all(answer).await;
        // Without lingering, closing sends a reset instead of an end.
        let _ = stream.set_zero_linger();
    })
    .await
}

/// Says this and then `a` for ever.
pub async fn endless(answer: &'static [u8]) -> String {
    on_request(move |mut stream| async move {
        let _ = stream.write_all(answer).await;
        while stream.write_all(&[b'a'; 8192]).await.is_ok() {}
    })
    .await
}

/// An address where no one listens, as long as the socket that holds the port lives.
pub fn refusing() -> (TcpSocket, String) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let base = format!("http://{}", socket.local_addr().unwrap());
    (socket, base)
}

/// A server of TLS whose certificate it signed itself.
pub async fn self_signed() -> String {
    let certified = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(certified.signing_key.serialize_der().into());
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let (listener, base) = listen().await;
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let _ = acceptor.accept(stream).await;
        }
    });
    base.replace("http:", "https:")
}
