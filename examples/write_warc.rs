//! Writes a WARC file of a few invented exchanges: `cargo run --example write_warc -- FILE`.

use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::time::Duration;

use cleancopy::exchange::{Completeness, Exchange, Header, Protocol};
use cleancopy::warc::{RobotsPolicy, WarcInfo, WarcWriter};
use flate2::Compression;
use flate2::write::GzEncoder;
use url::Url;

const STORY: &[u8] = "<h1>Café reopens</h1><p>The café at the bridge is open again, the county said.".as_bytes();

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("give the file to write")?;
    let began = Duration::from_micros(1_772_359_200_123_456);
    let mut writer = WarcWriter::new(File::create(path)?, 0);
    let info = WarcInfo { software: "cleancopy/0", robots: RobotsPolicy::Obeyed, user_agent: "cleancopy/0" };
    writer.write_info(&info, began)?;
    for exchange in exchanges(began)? {
        writer.write_exchange(&exchange)?;
    }
    Ok(())
}

fn exchanges(began: Duration) -> Result<Vec<Exchange>, Box<dyn Error>> {
    let page = Exchange {
        url: Url::parse("https://example.com/news?id=7")?,
        began,
        peer: Some("192.0.2.7".parse()?),
        request_headers: vec![header("host", "example.com"), header("user-agent", "cleancopy/0")],
        protocol: Protocol::Http11,
        status: 200,
        headers: vec![header("content-type", "text/html; charset=utf-8")],
        body: STORY.to_vec(),
        completeness: Completeness::Whole,
    };
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(STORY)?;
    let compressed = [page.headers.clone(), vec![header("content-encoding", "gzip")]].concat();
    let chunked = [page.headers.clone(), vec![header("transfer-encoding", "chunked")]].concat();
    Ok(vec![
        Exchange { headers: chunked, ..page.clone() },
        Exchange { protocol: Protocol::Http2, headers: compressed, body: gzip.finish()?, ..page.clone() },
        Exchange { protocol: Protocol::Http10, headers: vec![header("content-length", "9999")], ..page.clone() },
        Exchange { status: 301, headers: vec![header("location", "/news")], body: Vec::new(), ..page.clone() },
        Exchange { status: 404, peer: Some("2001:db8::7".parse()?), ..page.clone() },
        Exchange { body: STORY[..40].to_vec(), completeness: Completeness::CutByLength, ..page.clone() },
        Exchange { headers: vec![header("x-name", "a\r\n\r\nWARC/1.1\r\n")], body: vec![0, 13, 10, 255], ..page },
    ])
}

fn header(name: &str, value: &str) -> Header {
    Header { name: name.to_owned(), value: value.as_bytes().to_vec() }
}
