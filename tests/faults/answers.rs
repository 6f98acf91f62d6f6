//! What a page's server says.

use std::io::Write;
use std::sync::LazyLock;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::{SignedDuration, Timestamp};

use super::manners::{moved_robots_txt, robots_txt};
use super::{Coding, Kind, Lasting, Page};
use crate::sites::{Reply, Request, answer as whole, chunked, html, moved, page as story};

/// Bytes of a bomb, decompressed.
const BOMB_BYTES: usize = 20_000_000;

/// Twenty million spaces in brotli.
const BROTLI_BOMB: &[u8] = b"\xcb\xff\xff\x3f\xf8\x25\x40\xe2\xb1\x40\x20\xf7\xfe\x8f\xff\xff\x7f\xf0\x4b\x00\xc4\x61\
    \x11\x80\xee\xfd\x5f\xfe\xb3\xc4\xe0\x97\x00\x88\xc3\x02\x00\x5d\x92\x18";

/// What follows an answer that is longer than it says. It must come out nowhere.
pub const POISON: &str =
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 29\r\n\r\n<p>A story of someone else's.";

const HTML: (&str, &str) = ("Content-Type", "text/html; charset=utf-8");

/// The answer to a request for any of these pages.
pub fn answer(pages: &[Page], request: &Request) -> Reply {
    let host: usize = request.host[1..3].parse().unwrap();
    let mut parts = request.path.split('/').skip(1);
    let folder = parts.next().unwrap();
    let number = parts.next().and_then(|number| number.parse::<usize>().ok());
    match (folder, number) {
        ("robots.txt", None) => robots_txt(host, request.visit),
        ("well-known", None) => moved_robots_txt(),
        ("hop", Some(number)) => match parts.next().unwrap().parse().unwrap() {
            0_usize => story(&html(number)),
            left => moved(&format!("../{number}/{}", left - 1)),
        },
        ("news" | "private" | "away", Some(number)) => match pages[number].kind {
            Kind::MovedToForbidden | Kind::MovedAway if folder != "news" => story(&html(number)),
            kind => answer_as(kind, &pages[number], request),
        },
        _ => Reply::Whole(whole("404 Not Found", &[], "")),
    }
}

fn answer_as(kind: Kind, page: &Page, request: &Request) -> Reply {
    let number = page.number;
    let html = html(number);
    let is_first = request.visit == 1;
    match kind {
        Kind::Reset(Lasting::Once)
        | Kind::ResetInBody(Lasting::Once)
        | Kind::TooShort(Lasting::Once)
        | Kind::Stall(Lasting::Once)
        | Kind::Status(_, Lasting::Once)
        | Kind::BusySeconds
        | Kind::BusyDate
            if !is_first =>
        {
            story(&html)
        }
        Kind::Burst(count) if request.visit > count => story(&html),
        Kind::Packed(coding) => packed(coding, html.as_bytes()),
        Kind::Chunked => chunked(&html),
        Kind::SaidUtf8 => Reply::Whole(whole("200 OK", &[HTML], windows_1252(&html))),
        Kind::SaidLatin1 => Reply::Whole(whole("200 OK", &[("Content-Type", "text/html; charset=ISO-8859-1")], html)),
        Kind::Moved(hops) => moved(&format!("/hop/{number}/{}", hops - 1)),
        Kind::MovedAway => {
            let port = request.header("host").unwrap().rsplit(':').next().unwrap();
            moved(&format!("http://{}:{port}/away/{number}", super::host_name(page.other_host())))
        }
        Kind::MovedToForbidden => moved(&format!("/private/{number}")),
        Kind::MovedOut => moved("mailto:desk@h00.example"),
        Kind::Loop => moved(&request.path),
        Kind::Bomb(coding) => bomb(coding),
        Kind::PdfByType => Reply::Whole(whole("200 OK", &[("Content-Type", "application/pdf")], "%PDF-1.7 and so on")),
        Kind::PdfByBytes => Reply::Whole(whole("200 OK", &[HTML], "%PDF-1.7 and so on")),
        _ => broken(kind, &html),
    }
}

/// The answer of a page that is broken on the wire, or says that it is not to be had.
fn broken(kind: Kind, html: &str) -> Reply {
    let status = |status: &str, headers: &[(&str, &str)]| Reply::Whole(whole(status, headers, html));
    let cut = whole("200 OK", &[HTML], html)[..400].to_vec();
    match kind {
        Kind::Reset(_) => Reply::Reset(Vec::new()),
        Kind::ResetInBody(_) => Reply::Reset(cut),
        Kind::TooShort(_) => Reply::Last(cut),
        Kind::TooLong => Reply::Last([whole("200 OK", &[HTML], html).as_slice(), POISON.as_bytes()].concat()),
        Kind::Stall(_) => Reply::Silence(cut),
        Kind::BusySeconds => status("429 Too Many Requests", &[("Retry-After", "1")]),
        Kind::BusyDate => {
            let moment = Timestamp::now() + SignedDuration::from_secs(2);
            let date = moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
            status("429 Too Many Requests", &[("Retry-After", &date)])
        }
        Kind::BusyForADay => status("429 Too Many Requests", &[("Retry-After", "86400")]),
        Kind::Burst(_) => status("503 Service Unavailable", &[]),
        Kind::Status(code, _) => status(&format!("{code} Whatever"), &[]),
        Kind::BrokenGzip => {
            let mut bytes = gzip(html.as_bytes());
            let middle = bytes.len() / 2;
            bytes[middle..].fill(0xff);
            Reply::Whole(whole("200 OK", &[HTML, ("Content-Encoding", "gzip")], bytes))
        }
        Kind::EndlessHeaders => Reply::Endless(b"HTTP/1.1 200 OK\r\n".to_vec(), b"X-More: and more and more\r\n"),
        Kind::EndlessBody => {
            Reply::Endless(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>".to_vec(), &[b'a'; 8192])
        }
        Kind::NoHttp => Reply::Last(b"220 mail.example ready\r\n".to_vec()),
        _ => story(html),
    }
}

fn packed(coding: Coding, body: &[u8]) -> Reply {
    let (name, bytes) = match coding {
        Coding::Gzip => ("gzip", gzip(body)),
        Coding::Br => ("br", brotli(body)),
        Coding::Zstd => ("zstd", zstd::encode_all(body, 3).unwrap()),
    };
    Reply::Whole(whole("200 OK", &[HTML, ("Content-Encoding", name)], bytes))
}

static GZIP_BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| gzip(&vec![b' '; BOMB_BYTES]));
static ZSTD_BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| zstd::encode_all(vec![b' '; BOMB_BYTES].as_slice(), 3).unwrap());

/// Builds what takes a while, ahead of the first request.
pub fn build_bombs() {
    LazyLock::force(&GZIP_BOMB);
    LazyLock::force(&ZSTD_BOMB);
}

/// Little on the wire, and twenty million bytes behind it.
fn bomb(coding: Coding) -> Reply {
    let (name, bytes) = match coding {
        Coding::Gzip => ("gzip", GZIP_BOMB.as_slice()),
        Coding::Br => ("br", BROTLI_BOMB),
        Coding::Zstd => ("zstd", ZSTD_BOMB.as_slice()),
    };
    Reply::Whole(whole("200 OK", &[HTML, ("Content-Encoding", name)], bytes))
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

/// One stored meta-block and an empty last one (RFC 7932, section 9.2).
fn brotli(body: &[u8]) -> Vec<u8> {
    let head = (u32::try_from(body.len()).unwrap() - 1) << 4 | 1 << 20;
    [&head.to_le_bytes()[..3], body, &[3]].concat()
}

/// A text of Latin letters alone in windows-1252.
fn windows_1252(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}
