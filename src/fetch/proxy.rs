//! The proxies that the environment names.

use url::{Host, Url};

use super::guard::canonical;

/// The variables that the HTTP client reads.
const VARIABLES: [&str; 6] = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

/// The host names of the proxies. A proxy at an address has none and is not among them.
pub(super) fn names() -> Vec<String> {
    VARIABLES.iter().filter_map(|variable| name(&std::env::var(variable).ok()?)).collect()
}

/// The host name in a value of such a variable, which may come without a scheme.
fn name(value: &str) -> Option<String> {
    let url = if value.contains("://") { Url::parse(value) } else { Url::parse(&format!("http://{value}")) };
    match url.ok()?.host()? {
        Host::Domain(name) => Some(canonical(name)),
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_proxy_is_found_however_it_is_written() {
        for value in ["http://Proxy.example:3128", "proxy.example:3128", "https://user:hush@proxy.example./"] {
            assert_eq!(name(value).as_deref(), Some("proxy.example"), "{value}");
        }
        for value in ["", "http://10.0.0.1:3128", "[::1]:80", "://"] {
            assert_eq!(name(value), None, "{value}");
        }
    }
}
