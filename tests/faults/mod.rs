//! A list of pages with faults drawn from a fixed seed, what each of them does, and the record that it must end in.
//!
//! - `answers`: what a page's server says
//! - `manners`: what the hosts' robots.txt say

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod answers;
mod manners;

use std::fmt::Write as _;

use crate::sites::sentence;

pub use answers::{answer, build_bombs};
pub use manners::{CRAWL_DELAY, Manners, manners};

/// Pages in all.
pub const PAGES: usize = 5000;

/// Hosts in all.
pub const HOSTS: usize = 50;

/// Pages of a host that asks for much time between requests.
const PAGES_OF_SLOW_HOSTS: usize = 25;

/// The limit of redirects.
const MAX_REDIRECTS: usize = 10;

/// How a page's compression is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    Gzip,
    Br,
    Zstd,
}

/// Whether a fault passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lasting {
    /// The next request gets the story.
    Once,
    /// It stays.
    Always,
}

/// What a page does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Story,
    Packed(Coding),
    Chunked,
    /// windows-1252 that is said to be UTF-8.
    SaidUtf8,
    /// UTF-8 that is said to be Latin-1.
    SaidLatin1,
    /// So many redirects on its own host.
    Moved(usize),
    /// One redirect to another host.
    MovedAway,
    /// A redirect to what robots.txt disallows.
    MovedToForbidden,
    /// A redirect out of the web.
    MovedOut,
    Loop,
    /// A reset instead of an answer.
    Reset(Lasting),
    /// A reset in the middle of the story.
    ResetInBody(Lasting),
    /// Less than its Content-Length says.
    TooShort(Lasting),
    /// More than its Content-Length says: what looks like another answer.
    TooLong,
    Stall(Lasting),
    /// 429 with Retry-After in seconds.
    BusySeconds,
    /// 429 with Retry-After as a date.
    BusyDate,
    /// 429 with a Retry-After of a day.
    BusyForADay,
    /// 503 to so many requests.
    Burst(usize),
    Status(u16, Lasting),
    Bomb(Coding),
    BrokenGzip,
    EndlessHeaders,
    EndlessBody,
    PdfByType,
    PdfByBytes,
    NoHttp,
    BadCertificate,
    Refused,
    Forbidden,
}

/// How many pages of a thousand do what. The rest are stories.
const FAULTS: [(u64, Kind); 42] = [
    (50, Kind::Packed(Coding::Gzip)),
    (40, Kind::Packed(Coding::Br)),
    (40, Kind::Packed(Coding::Zstd)),
    (40, Kind::Chunked),
    (20, Kind::SaidUtf8),
    (20, Kind::SaidLatin1),
    (40, Kind::Moved(1)),
    (20, Kind::Moved(3)),
    (4, Kind::Moved(MAX_REDIRECTS)),
    (4, Kind::Moved(MAX_REDIRECTS + 1)),
    (30, Kind::MovedAway),
    (10, Kind::MovedToForbidden),
    (10, Kind::MovedOut),
    (8, Kind::Loop),
    (20, Kind::Reset(Lasting::Once)),
    (6, Kind::Reset(Lasting::Always)),
    (10, Kind::ResetInBody(Lasting::Once)),
    (6, Kind::ResetInBody(Lasting::Always)),
    (20, Kind::TooShort(Lasting::Once)),
    (10, Kind::TooShort(Lasting::Always)),
    (20, Kind::TooLong),
    (2, Kind::Stall(Lasting::Once)),
    (5, Kind::Burst(1)),
    (3, Kind::Burst(2)),
    (10, Kind::Status(500, Lasting::Once)),
    (8, Kind::Status(502, Lasting::Always)),
    (5, Kind::Status(408, Lasting::Once)),
    (40, Kind::Status(404, Lasting::Always)),
    (15, Kind::Status(410, Lasting::Always)),
    (10, Kind::Status(403, Lasting::Always)),
    (10, Kind::Bomb(Coding::Gzip)),
    (10, Kind::Bomb(Coding::Br)),
    (10, Kind::Bomb(Coding::Zstd)),
    (8, Kind::BrokenGzip),
    (5, Kind::EndlessHeaders),
    (10, Kind::EndlessBody),
    (15, Kind::PdfByType),
    (15, Kind::PdfByBytes),
    (8, Kind::NoHttp),
    (10, Kind::BadCertificate),
    (6, Kind::Refused),
    (40, Kind::Forbidden),
];

/// Faults that hold up a host for seconds: one for each of these hosts.
const SLOW_FAULTS: [(usize, Kind); 20] = [
    (1, Kind::BusySeconds),
    (2, Kind::BusyDate),
    (11, Kind::BusySeconds),
    (12, Kind::BusyDate),
    (21, Kind::BusySeconds),
    (22, Kind::BusyDate),
    (31, Kind::BusySeconds),
    (32, Kind::BusyDate),
    (20, Kind::Status(503, Lasting::Always)),
    (30, Kind::Status(503, Lasting::Always)),
    (40, Kind::Status(429, Lasting::Always)),
    (41, Kind::BusyForADay),
    (42, Kind::BusyForADay),
    (26, Kind::Stall(Lasting::Always)),
    (27, Kind::Stall(Lasting::Always)),
    (28, Kind::Stall(Lasting::Always)),
    (33, Kind::Burst(3)),
    (34, Kind::Burst(3)),
    (35, Kind::Burst(3)),
    (36, Kind::Burst(3)),
];

/// A page of the list.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    pub number: usize,
    pub host: usize,
    pub kind: Kind,
}

/// The record that a page must end in.
#[derive(Debug, PartialEq, Eq)]
pub enum Expected {
    /// Its story, from this address.
    Story(String),
    /// An error of this kind, whose message has this in it.
    Error(&'static str, String),
}

/// Ports of the servers.
#[derive(Debug, Clone, Copy)]
pub struct Ports {
    pub sites: u16,
    /// Where a certificate is shown that no one signed.
    pub bad_certificate: u16,
    /// Where no one listens.
    pub refused: u16,
}

/// The name of a host.
pub fn host_name(host: usize) -> String {
    format!("h{host:02}.example")
}

/// Pages by number: those of a host are together.
pub fn draw(seed: u64) -> Vec<Page> {
    let mut chance = Chance(seed);
    let mut pages: Vec<Page> = Vec::new();
    let slow_hosts = (0..HOSTS).filter(|&host| manners(host) == Manners::Delay).count();
    let others = PAGES - slow_hosts * PAGES_OF_SLOW_HOSTS;
    let mut left = HOSTS - slow_hosts;
    let mut taken = 0;
    for host in 0..HOSTS {
        let count = if manners(host) == Manners::Delay {
            PAGES_OF_SLOW_HOSTS
        } else {
            let count = (others - taken) / left;
            (taken, left) = (taken + count, left - 1);
            count
        };
        let first = pages.len();
        pages.extend((first..first + count).map(|number| Page { number, host, kind: chance.kind() }));
        for (_, kind) in SLOW_FAULTS.iter().filter(|fault| fault.0 == host) {
            // Early, so that the run does not wait for them alone at its end.
            pages[first + chance.below(count as u64 / 3) as usize].kind = *kind;
        }
    }
    pages
}

impl Page {
    /// Its address.
    pub fn url(&self, ports: Ports) -> String {
        let host = host_name(self.host);
        match self.kind {
            Kind::BadCertificate => format!("https://{host}:{}{}", ports.bad_certificate, self.path()),
            Kind::Refused => format!("http://{host}:{}{}", ports.refused, self.path()),
            _ => format!("http://{host}:{}{}", ports.sites, self.path()),
        }
    }

    /// The path of its address.
    pub fn path(&self) -> String {
        let folder = if self.kind == Kind::Forbidden { "private" } else { "news" };
        format!("/{folder}/{}", self.number)
    }

    /// The host that it has moved to.
    fn other_host(&self) -> usize {
        (self.host + 1 + self.number % (HOSTS - 1)) % HOSTS
    }

    /// The record that it must end in.
    pub fn expected(&self, ports: Ports) -> Expected {
        let error = |kind, says: &str| Expected::Error(kind, says.to_owned());
        match self.kind {
            Kind::BadCertificate => return error("tls", "no authority"),
            Kind::Refused => return error("connect", "cannot connect"),
            _ if manners(self.host) == Manners::Broken => return error("robots", "robots.txt cannot be had"),
            _ => {}
        }
        let at = |host: usize, path: String| format!("http://{}:{}{path}", host_name(host), ports.sites);
        match self.kind {
            Kind::Forbidden | Kind::MovedToForbidden if manners(self.host).forbid() => error("robots", "disallows it"),
            Kind::MovedToForbidden => Expected::Story(at(self.host, format!("/private/{}", self.number))),
            Kind::MovedAway if manners(self.other_host()) == Manners::Broken => error("robots", "cannot be had"),
            Kind::MovedAway => Expected::Story(at(self.other_host(), format!("/away/{}", self.number))),
            Kind::Moved(hops) if hops > MAX_REDIRECTS => error("redirects", "more than 10"),
            Kind::Moved(_) => Expected::Story(at(self.host, format!("/hop/{}/0", self.number))),
            Kind::Loop => error("redirects", "more than 10"),
            Kind::MovedOut => error("bad-source", "mailto"),
            Kind::Reset(Lasting::Always) | Kind::NoHttp => error("connect", ""),
            Kind::ResetInBody(Lasting::Always) | Kind::TooShort(Lasting::Always) | Kind::BrokenGzip => {
                error("body", "broke off")
            }
            Kind::Stall(Lasting::Always) => error("timeout", "--timeout"),
            Kind::BusyForADay => error("retry-after", "86400 s"),
            Kind::Status(status, Lasting::Always) => Expected::Error("status", status.to_string()),
            Kind::Bomb(_) | Kind::EndlessBody => error("too-large", "--max-size"),
            Kind::EndlessHeaders => error("bad-source", "headers of its answer are too long"),
            Kind::PdfByType | Kind::PdfByBytes => error("content-type", "not a page"),
            _ => Expected::Story(self.url(ports)),
        }
    }

    /// The sentence that stands in its story alone.
    pub fn sentence(&self) -> String {
        sentence(self.number)
    }
}

/// The pages as a list.
pub fn list(pages: &[Page], ports: Ports) -> String {
    pages.iter().fold(String::new(), |mut list, page| {
        writeln!(list, "{}", page.url(ports)).unwrap();
        list
    })
}

/// Numbers that look drawn by chance: `SplitMix64` (Steele, Lea, Flood 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn kind(&mut self) -> Kind {
        let mut drawn = self.below(1000);
        for (share, kind) in FAULTS {
            if drawn < share {
                return kind;
            }
            drawn -= share;
        }
        Kind::Story
    }
}
