//! What a site asks robots to leave.

use cleancopy::fuzzing::robots;
use url::Url;

/// The longest time between requests that is kept to, in seconds.
const MAX_DELAY: f64 = 300.0;

/// A robots.txt says yes or no, and a delay that can be waited for. The first line is the page's path.
pub fn check_robots(data: &[u8]) {
    let (path, body) = data.split_at(data.iter().position(|&byte| byte == b'\n').unwrap_or(0));
    let path = String::from_utf8_lossy(path);
    let base = Url::parse("https://www.harbourherald.test/").expect("an address");
    let page = base.join(&path).unwrap_or(base);
    let (_, delay) = robots(body, &page);
    assert!(delay.is_none_or(|delay| (0.0..=MAX_DELAY).contains(&delay)), "{delay:?}");
}
