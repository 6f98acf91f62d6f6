//! A server for the benches of the crawl: each path is a page, the same one each time.
//!
//!     stub_server ADDRESS [FOLDER]
//!
//! FOLDER holds the pages (`.html`, `.html.gz`), which are given out in turn by the number at the path's end; without it
//! all get a page of a few sentences. A `robots.txt` is not there. Prints its address when it listens.

use std::error::Error;
use std::fs;
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::read::GzDecoder;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Bytes of a request's head, at most.
const MAX_HEAD: usize = 16 * 1024;

const SMALL_PAGE: &str = "<!doctype html><title>Ferry hits pier</title><article><h1>Ferry hits pier</h1>
<p>A ferry with 80 people on board hit the pier at Oban on Friday evening, and nobody was hurt, the owners said.</p>
<p>The captain had radioed minutes before that one of the two engines would not answer, according to the pilot.</p>
<p>Sailings are off until Sunday, when divers will have looked at the hull and at what is left of the pier.</p>
</article>";

type Answers = Arc<Vec<Vec<u8>>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().ok_or("an address to listen at is needed: 127.0.0.1:8080")?;
    let pages = match arguments.next() {
        Some(folder) => pages(Path::new(&folder))?,
        None => vec![SMALL_PAGE.as_bytes().to_vec()],
    };
    let answers: Answers = Arc::new(pages.iter().map(|page| answer("200 OK", page)).collect());
    let listener = TcpListener::bind(address).await?;
    let mut stdout = std::io::stdout();
    writeln!(stdout, "{}", listener.local_addr()?)?;
    stdout.flush()?;
    loop {
        let (stream, _) = listener.accept().await?;
        let answers = Arc::clone(&answers);
        // A connection that breaks is its client's concern.
        tokio::spawn(async move { serve(stream, answers).await.ok() });
    }
}

fn pages(folder: &Path) -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let mut pages = Vec::new();
    for path in paths {
        let mut page = fs::read(&path)?;
        if path.extension().is_some_and(|extension| extension == "gz") {
            let packed = std::mem::take(&mut page);
            GzDecoder::new(packed.as_slice()).read_to_end(&mut page)?;
        }
        pages.push(page);
    }
    if pages.is_empty() { Err(format!("no page in {}", folder.display()).into()) } else { Ok(pages) }
}

fn answer(status: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

async fn serve(mut stream: TcpStream, answers: Answers) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let missing = answer("404 Not Found", b"");
    let mut head = Vec::with_capacity(1024);
    loop {
        head.clear();
        while !head.ends_with(b"\r\n\r\n") {
            if head.len() > MAX_HEAD || stream.read_buf(&mut head).await? == 0 {
                return Ok(());
            }
        }
        let path = head.split(|&byte| byte == b' ').nth(1).unwrap_or_default();
        let answer = if path == b"/robots.txt" { &missing } else { &answers[number(path) % answers.len()] };
        stream.write_all(answer).await?;
    }
}

/// The number at the end of a path; 0 without one.
fn number(path: &[u8]) -> usize {
    let digits = path.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&path[path.len() - digits..]).ok().and_then(|text| text.parse().ok()).unwrap_or(0)
}
