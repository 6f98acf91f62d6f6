//! What the hosts' robots.txt say.

use std::time::Duration;

use crate::sites::{Reply, answer, moved, robots};

/// Rules that the hosts have, where they have any.
const RULES: &str = "User-agent: *\nDisallow: /private/\n";

/// The time between requests that some hosts ask for.
pub const CRAWL_DELAY: Duration = Duration::from_millis(500);

/// How a host answers for its robots.txt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manners {
    /// With rules.
    Rules,
    /// With rules that have no end.
    Endless,
    /// With rules at the third request.
    Late,
    /// With rules at another address.
    Moved,
    /// With rules and a time between requests.
    Delay,
    /// It has none.
    Missing,
    /// With a fault that stays, so nothing of it may be fetched.
    Broken,
}

impl Manners {
    /// Whether its rules disallow anything.
    pub fn forbid(self) -> bool {
        self != Manners::Missing
    }
}

/// How a host answers for its robots.txt.
pub fn manners(host: usize) -> Manners {
    match host {
        3 | 13 => Manners::Broken,
        4 | 14 | 24 => Manners::Missing,
        5 | 15 => Manners::Delay,
        6 => Manners::Endless,
        7 => Manners::Late,
        9 => Manners::Moved,
        _ => Manners::Rules,
    }
}

/// The answer to the `visit`th request for the robots.txt of a host.
pub fn robots_txt(host: usize, visit: usize) -> Reply {
    match manners(host) {
        Manners::Endless => {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{RULES}");
            Reply::Endless(head.into_bytes(), b"# And so on, and on, and on.\n")
        }
        Manners::Late if visit < 3 => Reply::Whole(answer("503 Service Unavailable", &[], "")),
        Manners::Rules | Manners::Late => robots(RULES),
        Manners::Moved => moved("/well-known/robots.txt"),
        Manners::Delay => robots(&format!("{RULES}Crawl-delay: {}\n", CRAWL_DELAY.as_secs_f64())),
        Manners::Missing => Reply::Whole(answer("404 Not Found", &[], "")),
        Manners::Broken => Reply::Whole(answer("500 Internal Server Error", &[], RULES)),
    }
}

/// The rules at their other address.
pub fn moved_robots_txt() -> Reply {
    robots(RULES)
}
