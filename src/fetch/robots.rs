//! What a site asks robots to leave (RFC 9309).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use texting_robots::Robot;
use url::{Origin, Url};

use super::rule_ends::{with_end, with_plain_rules};
use super::visit::Small;
use crate::clock::Stopwatch;
use crate::error::PageErrorKind;
use crate::page::public;

/// Bytes of a robots.txt that are read: what RFC 9309, section 2.5, asks a robot to read at the least.
pub(super) const MAX_BYTES: usize = 500 * 1024;

/// How long rules hold: RFC 9309, section 2.4.
const LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);

/// How long a site stays given up whose robots.txt could not be had.
const LIFETIME_OF_FAILURE: Duration = Duration::from_secs(10 * 60);

/// Bytes of all robots.txt together that are kept, at most.
const MAX_KEPT_BYTES: usize = 16 * 1024 * 1024;

/// Sites that are kept, at most.
const MAX_KEPT: usize = 4096;

/// The longest `Crawl-delay` that is kept to; a longer one would be as good as forbidding.
const MAX_CRAWL_DELAY: Duration = Duration::from_secs(300);

/// Whether a page may be asked for.
#[derive(Debug)]
pub enum Access {
    /// It may.
    Allowed,
    /// It may not, and why.
    Refused(PageErrorKind),
    /// The site's robots.txt is not read yet.
    Unknown,
}

/// What the sites asked for, in memory for a day.
#[derive(Debug)]
pub(super) struct RobotsCache {
    agent: String,
    start: Stopwatch,
    sites: Mutex<Sites>,
    /// The sites whose robots.txt is being read: who else needs it waits for the lock.
    reading: Mutex<HashMap<Origin, Arc<tokio::sync::Mutex<()>>>>,
}

#[derive(Debug, Default)]
struct Sites {
    by_origin: HashMap<Origin, Site>,
    bytes: usize,
}

#[derive(Debug)]
struct Site {
    rules: Arc<Rules>,
    bytes: usize,
    until: Duration,
}

/// What one site asks for.
#[derive(Debug)]
pub(super) enum Rules {
    /// Nothing: it has no robots.txt.
    None,
    /// These rules.
    Some(Box<Robot>),
    /// Its robots.txt cannot be had, which forbids everything (RFC 9309, section 2.3.1.4).
    Unreachable(Unreachable),
}

/// Why a robots.txt cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unreachable {
    UnknownHost(String),
    Dns(String),
    Connect(String),
    Tls(String),
    Timeout(Duration),
    PrivateAddress(String),
    Other(String),
}

impl Unreachable {
    /// What its pages fail by. Where no request gets through, the reason is none of robots.txt.
    fn error(&self) -> PageErrorKind {
        match self.clone() {
            Unreachable::UnknownHost(reason) => PageErrorKind::UnknownHost(reason),
            Unreachable::Dns(reason) => PageErrorKind::Dns(reason),
            Unreachable::Connect(reason) => PageErrorKind::Connect(reason),
            Unreachable::Tls(reason) => PageErrorKind::Tls(reason),
            Unreachable::Timeout(time) => PageErrorKind::Timeout(time),
            Unreachable::PrivateAddress(address) => PageErrorKind::PrivateAddress(address),
            Unreachable::Other(reason) => PageErrorKind::Robots(format!("its robots.txt cannot be had: {reason}")),
        }
    }
}

impl From<PageErrorKind> for Unreachable {
    fn from(kind: PageErrorKind) -> Self {
        match kind {
            PageErrorKind::UnknownHost(reason) => Unreachable::UnknownHost(reason),
            PageErrorKind::Dns(reason) => Unreachable::Dns(reason),
            PageErrorKind::Connect(reason) => Unreachable::Connect(reason),
            PageErrorKind::Tls(reason) => Unreachable::Tls(reason),
            PageErrorKind::Timeout(time) => Unreachable::Timeout(time),
            PageErrorKind::PrivateAddress(address) => Unreachable::PrivateAddress(address),
            other => Unreachable::Other(other.to_string()),
        }
    }
}

impl Rules {
    /// The rules that an answer gives to `agent`.
    ///
    /// # Errors
    /// The status, where it stands for "later": 429 and 5xx.
    pub(super) fn of(answer: &Small, agent: &str) -> Result<Rules, PageErrorKind> {
        match answer.status {
            200..=299 => Ok(match Robot::new(agent, &with_plain_rules(&answer.body)) {
                Ok(robot) => Rules::Some(Box::new(robot)),
                // What cannot be read at all asks for nothing.
                Err(_) => Rules::None,
            }),
            429 | 500..=599 => Err(PageErrorKind::Status { status: answer.status, reason: String::new() }),
            // RFC 9309, section 2.3.1.3: a robots.txt that is not there; and what is still a redirect after five.
            _ => Ok(Rules::None),
        }
    }

    /// The time between requests that they ask for.
    pub(super) fn crawl_delay(&self) -> Option<Duration> {
        let Rules::Some(robot) = self else { return None };
        let delay = Duration::try_from_secs_f32(robot.delay?).ok()?;
        Some(delay.min(MAX_CRAWL_DELAY))
    }

    /// Whether they let a page be asked for.
    pub(super) fn access(&self, url: &Url) -> Access {
        match self {
            Rules::None => Access::Allowed,
            Rules::Some(robot) if robot.allowed(&with_end(url)) => Access::Allowed,
            Rules::Some(_) => Access::Refused(PageErrorKind::Robots("the site's robots.txt disallows it".to_owned())),
            Rules::Unreachable(why) => Access::Refused(why.error()),
        }
    }
}

impl RobotsCache {
    /// An empty cache of rules for the robot that `user_agent` names.
    pub(super) fn new(user_agent: &str) -> Self {
        RobotsCache {
            agent: product(user_agent).to_owned(),
            start: Stopwatch::start(),
            sites: Mutex::default(),
            reading: Mutex::default(),
        }
    }

    /// The name that rules are looked up by.
    pub(super) fn agent(&self) -> &str {
        &self.agent
    }

    /// What is known of a site.
    pub(super) fn rules(&self, url: &Url) -> Option<Arc<Rules>> {
        let moment = self.start.elapsed();
        let sites = locked(&self.sites);
        sites.by_origin.get(&url.origin()).filter(|site| moment < site.until).map(|site| Arc::clone(&site.rules))
    }

    /// The lock of whoever reads the robots.txt of the site of `url`.
    pub(super) fn reading(&self, url: &Url) -> Arc<tokio::sync::Mutex<()>> {
        Arc::clone(locked(&self.reading).entry(url.origin()).or_default())
    }

    /// Keeps the rules of the site of `url`, whose robots.txt had so many bytes.
    pub(super) fn keep(&self, url: &Url, rules: Arc<Rules>, bytes: usize) {
        let moment = self.start.elapsed();
        let lifetime = if matches!(*rules, Rules::Unreachable(_)) { LIFETIME_OF_FAILURE } else { LIFETIME };
        locked(&self.sites).keep(url.origin(), Site { rules, bytes, until: moment + lifetime }, moment);
        locked(&self.reading).remove(&url.origin());
    }
}

/// What a panic leaves behind is a cache, of which anything may be missing.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Sites {
    fn keep(&mut self, origin: Origin, site: Site, moment: Duration) {
        if self.by_origin.len() >= MAX_KEPT || self.bytes + site.bytes > MAX_KEPT_BYTES {
            self.by_origin.retain(|_, site| site.until > moment);
            self.forget_older_half();
        }
        self.bytes += site.bytes;
        if let Some(old) = self.by_origin.insert(origin, site) {
            self.bytes -= old.bytes;
        }
    }

    fn forget_older_half(&mut self) {
        let mut ends: Vec<Duration> = self.by_origin.values().map(|site| site.until).collect();
        ends.sort_unstable();
        if let Some(&middle) = ends.get(ends.len() / 2) {
            self.by_origin.retain(|_, site| site.until > middle);
        }
        self.bytes = self.by_origin.values().map(|site| site.bytes).sum();
    }
}

/// The address of the robots.txt of a page's site.
pub(super) fn address(url: &Url) -> Option<Url> {
    Some(public(&url.join("/robots.txt").ok()?))
}

/// The product's name in a user agent: `cleancopy` of `cleancopy/0.1 (+https://…)`. RFC 9309 takes letters, `-` and `_`.
fn product(user_agent: &str) -> &str {
    let is_name = |c: char| c.is_ascii_alphabetic() || c == '-' || c == '_';
    let end = user_agent.find(|c| !is_name(c)).unwrap_or(user_agent.len());
    if end == 0 { "cleancopy" } else { &user_agent[..end] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn answer(status: u16, body: &str) -> Small {
        Small { last: url("http://a.x/robots.txt"), status, body: body.as_bytes().to_vec(), retry_after: None }
    }

    fn access(status: u16, body: &str, page: &str) -> String {
        match Rules::of(&answer(status, body), "cleancopy").map(|rules| rules.access(&url(page))) {
            Ok(Access::Allowed) => "allowed".to_owned(),
            Ok(Access::Refused(kind)) => kind.name().to_owned(),
            Ok(Access::Unknown) => "unknown".to_owned(),
            Err(kind) => kind.to_string(),
        }
    }

    #[test]
    fn the_most_specific_group_and_the_longest_rule_hold() {
        let body = "User-agent: *\nDisallow: /\n\nUser-agent: CleanCopy\nDisallow: /private\nAllow: /private/open$\n";
        assert_eq!(access(200, body, "http://a.x/news"), "allowed");
        assert_eq!(access(200, body, "http://a.x/private/letters?page=2"), "robots");
        assert_eq!(access(200, body, "http://a.x/private/open"), "allowed");
        assert_eq!(access(200, "User-agent: *\nDisallow: /*.php$", "http://a.x/b.php"), "robots");
        assert_eq!(access(200, "\u{feff}User-agent: *\r\nDisallow: /a", "http://a.x/a"), "robots");
    }

    #[test]
    fn the_end_of_an_address_is_told_from_a_dollar_within() {
        for (rule, page, verdict) in [
            ("/*.php$", "/a.php", "robots"),
            ("/*.php$", "/a.php?page=2", "allowed"),
            ("/*.php$", "/.php/a.php", "robots"),
            ("/a$", "/a", "robots"),
            ("/a$", "/ab", "allowed"),
            ("/$", "/", "robots"),
            ("/a$b", "/a$bc", "robots"),
            ("/a$b$", "/a$b", "robots"),
            ("/a$b$", "/a$bc", "allowed"),
            ("/it's", "/it's", "robots"),
            ("/a", "/'", "allowed"),
            ("/a'$", "/a'", "robots"),
            ("/a'", "/a", "allowed"),
            ("/*'", "/a", "allowed"),
            ("/a$ # all of it", "/a", "robots"),
        ] {
            let body = format!("User-agent: *\r\nDisallow: {rule}\r\n");
            assert_eq!(access(200, &body, &format!("http://a.x{page}")), verdict, "{rule} {page}");
        }
    }

    #[test]
    fn a_rule_without_bounds_costs_no_other_its_own() {
        let body = format!("User-agent: *\nDisallow: /private\nDisallow: /{}$\n", "a*".repeat(50_000));
        assert_eq!(access(200, &body, "http://a.x/private"), "robots");
        assert_eq!(access(200, &body, "http://a.x/open"), "allowed");
    }

    #[test]
    fn thousands_of_rules_are_read() {
        let body = format!("User-agent: *\n{}", "Disallow: /*a$\n".repeat(MAX_BYTES / 15));
        assert_eq!(access(200, &body, "http://a.x/banana"), "robots");
        assert_eq!(access(200, &body, "http://a.x/cherry"), "allowed");
    }

    #[test]
    fn statuses_stand_for_what_the_rfc_says() {
        let closed = "User-agent: *\nDisallow: /";
        for status in [301, 401, 403, 404, 410] {
            assert_eq!(access(status, closed, "http://a.x/"), "allowed", "{status}");
        }
        for status in [429, 500, 503] {
            assert!(access(status, "", "http://a.x/").contains("the server answered"), "{status}");
        }
        assert_eq!(access(200, "<html>not a robots.txt</html>", "http://a.x/"), "allowed");
    }

    #[test]
    fn crawl_delays_are_bounded() {
        let delay =
            |line: &str| Rules::of(&answer(200, &format!("User-agent: *\n{line}\n")), "x").unwrap().crawl_delay();
        assert_eq!(delay("Crawl-delay: 2.5"), Some(Duration::from_millis(2500)));
        assert_eq!(delay("Crawl-delay: 1e30"), None);
        assert_eq!(delay("Crawl-delay: 100000"), Some(MAX_CRAWL_DELAY));
        for line in ["Crawl-delay: -1", "Crawl-delay: NaN", "Crawl-delay: soon"] {
            assert_eq!(delay(line), None, "{line}");
        }
    }

    #[test]
    fn a_site_is_scheme_name_and_port() {
        let cache = RobotsCache::new("cleancopy/0.1");
        let closed = Rules::of(&answer(200, "User-agent: *\nDisallow: /"), cache.agent()).unwrap();
        cache.keep(&url("http://a.x/news"), Arc::new(closed), 30);
        assert!(cache.rules(&url("http://a.x/other")).is_some());
        for other in ["https://a.x/", "http://a.x:81/", "http://b.x/"] {
            assert!(cache.rules(&url(other)).is_none(), "{other}");
        }
    }

    #[test]
    fn rules_hold_for_a_day_and_failures_for_minutes() {
        let cache = RobotsCache::new("x");
        let page = url("http://a.x/");
        let why = Unreachable::Other("the server answered 503".to_owned());
        for (rules, lifetime) in [(Rules::None, LIFETIME), (Rules::Unreachable(why), LIFETIME_OF_FAILURE)] {
            cache.keep(&page, Arc::new(rules), 0);
            assert!(cache.rules(&page).is_some());
            let mut sites = locked(&cache.sites);
            let site = sites.by_origin.get_mut(&page.origin()).unwrap();
            // A minute for a machine that is busy.
            assert!(site.until >= lifetime && site.until < lifetime + Duration::from_secs(60));
            site.until = Duration::ZERO;
            drop(sites);
            assert!(cache.rules(&page).is_none());
        }
    }

    #[test]
    fn the_cache_is_bounded() {
        let cache = RobotsCache::new("x");
        for number in 0..3 * MAX_KEPT {
            cache.keep(&url(&format!("http://{number}.x/")), Arc::new(Rules::None), 100);
        }
        assert!(locked(&cache.sites).by_origin.len() <= MAX_KEPT);
        assert!(cache.rules(&url(&format!("http://{}.x/", 3 * MAX_KEPT - 1))).is_some());
        for number in 0..100 {
            cache.keep(&url(&format!("http://big{number}.x/")), Arc::new(Rules::None), MAX_BYTES);
        }
        assert!(locked(&cache.sites).bytes <= MAX_KEPT_BYTES);
    }

    #[test]
    fn the_robot_goes_by_its_products_name() {
        assert_eq!(product("cleancopy/0.1 (+https://example.com)"), "cleancopy");
        assert_eq!(product("My-Bot"), "My-Bot");
        assert_eq!(product("(x)"), "cleancopy");
    }
}
