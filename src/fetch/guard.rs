//! Which machines may be asked. Whoever writes a link or a redirect chooses where a request goes; without a guard it
//! could be this machine, the local network or the metadata of a cloud.
//!
//! An address that a URL spells out is checked before the request, on the first URL and on each redirect. A name is
//! checked when it is looked up for a connection: what was checked is what is connected to, so that an answer which
//! changes from one look-up to the next gains nothing.
//!
//! A proxy of the user's looks names up by itself, so behind one the guard holds for addresses and for `localhost`
//! alone. The proxy is reached wherever it is: at an address it is not checked, and by a name if the environment
//! (`HTTPS_PROXY` and the like) holds it. Pages are not fetched from that name.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use url::{Host, Url};

use super::address::is_public;
use crate::error::PageErrorKind;
use crate::options::PrivateAddresses;

/// Decides who may be asked.
#[derive(Debug)]
pub(super) struct Guard {
    rule: PrivateAddresses,
    exempt: Option<SocketAddr>,
    proxies: Vec<String>,
}

/// A name that leads to no public address.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refused {
    host: String,
    /// The first address of the name.
    address: IpAddr,
}

impl Guard {
    /// A guard that lets `exempt` pass where a URL spells it out, and the `proxies` of these names where they are
    /// looked up.
    pub(super) fn new(rule: PrivateAddresses, exempt: Option<SocketAddr>, proxies: Vec<String>) -> Self {
        Guard { rule, exempt, proxies }
    }

    /// Whether a request may go to `url`, as far as can be told ahead of a look-up.
    ///
    /// # Errors
    /// `PrivateAddress` where it may not.
    pub(super) fn check(&self, url: &Url) -> Result<(), PageErrorKind> {
        if self.rule == PrivateAddresses::Allowed {
            return Ok(());
        }
        let address: IpAddr = match url.host() {
            Some(Host::Ipv4(address)) => address.into(),
            Some(Host::Ipv6(address)) => address.into(),
            Some(Host::Domain(name)) => return self.check_name(name),
            // http and https have a host; nothing else comes here.
            None => return Ok(()),
        };
        let is_exempt = self
            .exempt
            .is_some_and(|exempt| (address, url.port_or_known_default()) == (exempt.ip(), Some(exempt.port())));
        if is_exempt || is_public(address) { Ok(()) } else { Err(PageErrorKind::PrivateAddress(address.to_string())) }
    }

    /// Names that mean this machine whatever a look-up says (RFC 6761, section 6.3), and those of proxies.
    fn check_name(&self, name: &str) -> Result<(), PageErrorKind> {
        let host = canonical(name);
        if host == "localhost" || host.ends_with(".localhost") || self.proxies.contains(&host) {
            return Err(PageErrorKind::PrivateAddress(host));
        }
        Ok(())
    }

    /// Those of the addresses of `host` that may be connected to.
    ///
    /// # Errors
    /// [`Refused`] where there are addresses and none of them is public.
    pub(super) fn admitted(&self, host: &str, mut addresses: Vec<IpAddr>) -> Result<Vec<IpAddr>, Refused> {
        let host = canonical(host);
        if self.rule == PrivateAddresses::Allowed || self.proxies.contains(&host) {
            return Ok(addresses);
        }
        let first = addresses.first().copied();
        addresses.retain(|&address| is_public(address));
        match first {
            Some(address) if addresses.is_empty() => Err(Refused { host, address }),
            _ => Ok(addresses),
        }
    }
}

/// A name as names are compared: in lower case, without the dot of the root.
pub(super) fn canonical(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase()
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.host, self.address)
    }
}

impl std::error::Error for Refused {}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(exempt: Option<&str>) -> Guard {
        let exempt = exempt.map(|address| address.parse().unwrap());
        Guard::new(PrivateAddresses::Refused, exempt, vec!["proxy.example".to_owned()])
    }

    fn check(guard: &Guard, url: &str) -> Result<(), String> {
        guard.check(&Url::parse(url).unwrap()).map_err(|kind| kind.to_string())
    }

    fn addresses(addresses: &[&str]) -> Vec<IpAddr> {
        addresses.iter().map(|address| address.parse().unwrap()).collect()
    }

    #[test]
    fn an_exemption_is_for_one_port_of_one_address() {
        let guard = guard(Some("127.0.0.1:8000"));
        assert_eq!(check(&guard, "http://127.0.0.1:8000/"), Ok(()));
        for url in ["http://127.0.0.1/", "http://127.0.0.1:8001/", "http://127.0.0.2:8000/", "http://[::1]:8000/"] {
            assert!(check(&guard, url).is_err(), "{url}");
        }
        assert_eq!(check(&Guard::new(PrivateAddresses::Allowed, None, Vec::new()), "http://[::1]/"), Ok(()));
    }

    #[test]
    fn names_of_this_machine_are_known_without_a_look_up() {
        for name in ["localhost", "LocalHost.", "a.b.localhost", "proxy.example", "proxy.example."] {
            let message = check(&guard(None), &format!("http://{name}/")).unwrap_err();
            assert!(message.contains("is no public address (--allow-private"), "{message}");
        }
        for name in ["notlocalhost", "localhost.example", "a.proxy.example"] {
            assert_eq!(check(&guard(None), &format!("http://{name}/")), Ok(()));
        }
    }

    #[test]
    fn of_several_addresses_the_public_ones_are_used() {
        let mixed = addresses(&["127.0.0.1", "8.8.8.8", "::1", "2a00::1"]);
        assert_eq!(guard(None).admitted("a.example", mixed), Ok(addresses(&["8.8.8.8", "2a00::1"])));
        assert_eq!(guard(None).admitted("a.example", Vec::new()), Ok(Vec::new()));
        let refused = guard(Some("10.0.0.1:80")).admitted("A.example.", addresses(&["10.0.0.1", "::1"])).unwrap_err();
        assert_eq!(refused.to_string(), "a.example (10.0.0.1)");
    }

    #[test]
    fn a_proxy_is_reached_wherever_it_is() {
        let private = addresses(&["10.0.0.1"]);
        assert_eq!(guard(None).admitted("Proxy.example", private.clone()), Ok(private));
    }
}
