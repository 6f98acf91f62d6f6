//! Values with units or a form of their own. Each error says what would be right.

use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::str::FromStr;
use std::time::Duration;

use url::Host;

use crate::options::{Certainty, PageParser, Strictness};
use crate::verdict::Role;

/// A kind of block, singular or plural: `caption`, `captions`.
pub(super) fn role(typed: &str) -> Result<Role, String> {
    let singular = |name: &str| name.strip_suffix('s').unwrap_or(name).to_owned();
    let wanted = singular(&typed.trim().to_ascii_lowercase());
    Role::ALL.iter().copied().find(|role| singular(role.name()) == wanted).ok_or_else(|| {
        let names: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
        format!("no such kind; there are {}", names.join(", "))
    })
}

/// How sure the judge must be: a name, or a share from 0 to 1.
pub(super) fn strictness(typed: &str) -> Result<Strictness, String> {
    match typed.trim().to_ascii_lowercase().as_str() {
        "strict" => Ok(Strictness::Strict),
        "balanced" | "default" => Ok(Strictness::Balanced),
        "eager" => Ok(Strictness::Eager),
        number => match number.parse().ok().and_then(Certainty::new) {
            Some(certainty) => Ok(Strictness::AtLeast(certainty)),
            None => Err("should be strict, balanced, eager or a number from 0 to 1".to_owned()),
        },
    }
}

/// What reads the HTML.
pub(super) fn parser(typed: &str) -> Result<PageParser, String> {
    match typed.trim().to_ascii_lowercase().as_str() {
        "streaming" | "default" => Ok(PageParser::Streaming),
        "reference" => Ok(PageParser::Reference),
        _ => Err("should be streaming or reference".to_owned()),
    }
}

/// More threads or connections at once than this is a slip of the finger.
const MAX_COUNT: usize = 10_000;

/// A number of threads or the like: one at least.
pub(super) fn count(typed: &str) -> Result<NonZeroUsize, String> {
    let count = typed.trim().parse().ok().filter(|count: &NonZeroUsize| count.get() <= MAX_COUNT);
    count.ok_or_else(|| format!("should be a whole number from 1 to {MAX_COUNT}"))
}

/// How often a thing is done at most; not at all is as good.
pub(super) fn limit<T: FromStr>(typed: &str) -> Result<T, String> {
    typed.trim().parse().map_err(|_| "should be a whole number, 0 or more".to_owned())
}

/// Bytes: `500k` is 500,000, `10MiB` is 10 × 1024 × 1024.
pub(super) fn size(typed: &str) -> Result<u64, String> {
    match rate(typed)? {
        0 => Err("nothing fits into 0 bytes".to_owned()),
        size => Ok(size),
    }
}

/// Bytes a second, with the units of a size; none is as good.
pub(super) fn rate(typed: &str) -> Result<u64, String> {
    let (number, unit) = split_unit(typed);
    let bytes: u64 = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "ki" | "kib" => 1 << 10,
        "m" | "mb" => 1_000_000,
        "mi" | "mib" => 1 << 20,
        "g" | "gb" => 1_000_000_000,
        "gi" | "gib" => 1 << 30,
        _ => return Err("the unit should be k, KiB, M, MiB, G or GiB".to_owned()),
    };
    let rate = number.parse::<u64>().ok().and_then(|number| number.checked_mul(bytes));
    rate.ok_or_else(|| "should be a whole number and a unit, as in 10MiB".to_owned())
}

/// A span of time: `30` and `30s` are seconds, `500ms`, `2m`.
pub(super) fn time(typed: &str) -> Result<Duration, String> {
    match pause(typed)? {
        Duration::ZERO => Err("should be more than nothing".to_owned()),
        time => Ok(time),
    }
}

/// The longest time that can be typed: sums and multiples of it are times too.
const MAX_TIME: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// A span of time that may be none.
pub(super) fn pause(typed: &str) -> Result<Duration, String> {
    let (number, unit) = split_unit(typed);
    let seconds = match unit {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" | "min" => 60.0,
        "h" => 3600.0,
        _ => return Err("the unit should be ms, s, m or h".to_owned()),
    };
    let wrong = || "should be a number and a unit, as in 30s".to_owned();
    let number: f64 = number.parse().map_err(|_| wrong())?;
    let time = Duration::try_from_secs_f64(number * seconds).map_err(|_| wrong())?;
    if time > MAX_TIME { Err("should be a year at most".to_owned()) } else { Ok(time) }
}

/// A header: `Accept-Language: de`.
pub(super) fn header(typed: &str) -> Result<(String, String), String> {
    let (name, value) = typed.split_once(':').ok_or("should be \"Name: value\"")?;
    header_of(name, value)
}

/// A header of this name and value.
pub(super) fn header_of(name: &str, value: &str) -> Result<(String, String), String> {
    let name = name.trim();
    let is_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    if name.is_empty() || !name.bytes().all(is_token) {
        return Err(format!("`{name}` is no name of a header"));
    }
    Ok((name.to_owned(), header_value(value)?))
}

/// The value of a header: one line.
pub(super) fn header_value(typed: &str) -> Result<String, String> {
    let value = typed.trim();
    if value.contains(|c: char| c.is_control() && c != '\t') {
        return Err("should be one line without control characters".to_owned());
    }
    Ok(value.to_owned())
}

/// A host and its address: `example.com=192.0.2.7`, `example.com=::1`.
pub(super) fn resolve(typed: &str) -> Result<(String, IpAddr), String> {
    let (name, address) = typed.split_once('=').ok_or("should be HOST=ADDRESS, as in example.com=192.0.2.7")?;
    let address = address.trim();
    let bare = address.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(address);
    let address = bare.parse().map_err(|_| format!("`{address}` is no IP address without a port"))?;
    Ok((host(name)?, address))
}

/// The name of a host as URLs have it: lower case, no scheme, port or path.
pub(super) fn host(typed: &str) -> Result<String, String> {
    let parsed = Host::parse(typed.trim()).map_err(|_| {
        format!("`{typed}` is no name of a host; give it as in example.com, without scheme, port and path")
    })?;
    Ok(parsed.to_string())
}

/// Cuts a value where its number ends.
fn split_unit(typed: &str) -> (&str, &str) {
    let typed = typed.trim();
    let end = typed.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(typed.len());
    let (number, unit) = typed.split_at(end);
    (number, unit.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_singular_or_plural() {
        assert_eq!(role("captions"), Ok(Role::Caption));
        assert_eq!(role("comment"), Ok(Role::Comments));
        assert_eq!(role("Comments"), Ok(Role::Comments));
        assert!(role("cookies").unwrap_err().contains("caption"));
    }

    #[test]
    fn a_parser_is_named() {
        assert_eq!(parser("streaming"), Ok(PageParser::default()));
        assert_eq!(parser("Reference"), Ok(PageParser::Reference));
        assert!(parser("lxml").unwrap_err().contains("streaming or reference"));
    }

    #[test]
    fn strictness_is_a_name_or_a_share() {
        assert_eq!(strictness("Strict"), Ok(Strictness::Strict));
        assert_eq!(strictness("default"), Ok(Strictness::default()));
        assert_eq!(strictness("0.95").map(|strictness| strictness.min_certainty().share()), Ok(0.95));
        for wrong in ["", "lax", "1.1", "-0.1", "NaN", "inf"] {
            assert!(strictness(wrong).unwrap_err().contains("strict, balanced, eager"), "{wrong}");
        }
    }

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("500k"), Ok(500_000));
        assert_eq!(size("10MiB"), Ok(10 * 1024 * 1024));
        assert_eq!(size("7"), Ok(7));
        for wrong in ["", "k", "1.5M", "10 parsecs", "0", "-1", "99999999999G"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn times_have_units() {
        assert_eq!(time("30"), Ok(Duration::from_secs(30)));
        assert_eq!(time("1.5s"), Ok(Duration::from_millis(1500)));
        assert_eq!(time("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(time("2m"), Ok(Duration::from_secs(120)));
        for wrong in ["", "0", "-1s", "3 weeks", "soon", "8761h", "18000000000000000000", "99999999999999999999999h"] {
            assert!(time(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_rate_and_a_pause_may_be_none() {
        assert_eq!((rate("0"), rate("10k")), (Ok(0), Ok(10_000)));
        assert_eq!((pause("0"), pause("1m")), (Ok(Duration::ZERO), Ok(Duration::from_secs(60))));
    }

    #[test]
    fn a_host_has_an_address() {
        assert_eq!(resolve("Example.COM=192.0.2.7"), Ok(("example.com".to_owned(), IpAddr::from([192, 0, 2, 7]))));
        assert_eq!(resolve("bücher.example=[::1]").unwrap().0, "xn--bcher-kva.example");
        for wrong in ["example.com", "=1.2.3.4", "a=b", "a=1.2.3.4:80", "https://a/=1.2.3.4", "a:80=1.2.3.4"] {
            assert!(resolve(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn headers_have_a_name_and_a_value() {
        assert_eq!(header("Accept-Language: de"), Ok(("Accept-Language".to_owned(), "de".to_owned())));
        for wrong in ["no colon", ": x", "a b: x", "X: a\r\nY: b"] {
            assert!(header(wrong).is_err(), "{wrong}");
        }
    }
}
