//! From the name of a host to the addresses that may be connected to.

use std::collections::HashMap;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::pin::Pin;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::Semaphore;
use url::Host;

use super::guard::{Guard, canonical};
use crate::error::Error;

/// Look-ups that the system does at once. One that hangs may hold its place for longer than anyone waits for it.
const MAX_LOOK_UPS: usize = 100;

/// The addresses of a host as they come.
pub type LookUp = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// Looks up the addresses of hosts.
pub trait Resolver: fmt::Debug + Send + Sync {
    /// The addresses of `host`, a name and no address, in the order in which they are tried. It is given up after the
    /// time for a connection.
    fn look_up(&self, host: &str) -> LookUp;
}

/// How a fetcher reaches the network.
#[derive(Debug, Clone)]
pub struct Network {
    /// Who looks names up; default the system. The addresses are checked like any others.
    pub resolver: Arc<dyn Resolver>,
    /// A private address and port that may be asked all the same where a URL spells it out: a server of a test, or a
    /// machine of the user's own. Default none.
    pub exempt: Option<SocketAddr>,
}

impl Default for Network {
    fn default() -> Self {
        Network { resolver: Arc::new(SystemResolver::default()), exempt: None }
    }
}

/// The look-up of the system: its hosts file, DNS and whatever else it is set to.
#[derive(Debug)]
pub struct SystemResolver {
    places: Arc<Semaphore>,
}

impl Default for SystemResolver {
    fn default() -> Self {
        SystemResolver { places: Arc::new(Semaphore::new(MAX_LOOK_UPS)) }
    }
}

impl Resolver for SystemResolver {
    fn look_up(&self, host: &str) -> LookUp {
        let (host, places) = (host.to_owned(), Arc::clone(&self.places));
        Box::pin(async move {
            let place = places.acquire_owned().await.map_err(io::Error::other)?;
            let look_up = tokio::task::spawn_blocking(move || {
                // It is kept until the system answers, even if no one waits for that any more.
                let _place = place;
                let addresses = (host.as_str(), 0).to_socket_addrs()?;
                Ok(addresses.map(|address| address.ip()).collect())
            });
            look_up.await.map_err(io::Error::other)?
        })
    }
}

/// The user's own addresses ahead of the resolver's, all of them guarded.
pub(super) struct GuardedResolver {
    pub(super) given: HashMap<String, Vec<IpAddr>>,
    pub(super) resolver: Arc<dyn Resolver>,
    pub(super) guard: Arc<Guard>,
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        let look_up = match self.given.get(&canonical(&host)) {
            Some(addresses) => Box::pin(std::future::ready(Ok(addresses.clone()))),
            None => self.resolver.look_up(&host),
        };
        let guard = Arc::clone(&self.guard);
        Box::pin(async move {
            let addresses = guard.admitted(&host, look_up.await?)?;
            if addresses.is_empty() {
                return Err(io::Error::other("it has no address").into());
            }
            // The port comes from the URL.
            let addresses: Addrs = Box::new(addresses.into_iter().map(|address| SocketAddr::new(address, 0)));
            Ok(addresses)
        })
    }
}

/// The user's own addresses by name.
///
/// # Errors
/// [`Error::Usage`] where a name is none.
pub(super) fn given(pairs: &[(String, IpAddr)]) -> Result<HashMap<String, Vec<IpAddr>>, Error> {
    let mut given: HashMap<String, Vec<IpAddr>> = HashMap::new();
    for (host, address) in pairs {
        let Ok(Host::Domain(name)) = Host::parse(host) else {
            return Err(Error::Usage(format!("an address is given for {host:?}, which is no name of a host")));
        };
        given.entry(canonical(&name)).or_default().push(*address);
    }
    Ok(given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn look_ups_wait_for_a_place() {
        let resolver = SystemResolver { places: Arc::new(Semaphore::new(1)) };
        let place = Arc::clone(&resolver.places).acquire_owned().await.unwrap();
        let mut look_up = resolver.look_up("localhost");
        tokio::select! {
            biased;
            addresses = &mut look_up => panic!("{addresses:?}"),
            () = tokio::task::yield_now() => drop(place),
        }
        assert!(look_up.await.unwrap().iter().all(IpAddr::is_loopback));
        assert_eq!(resolver.places.available_permits(), 1);
    }

    #[test]
    fn given_addresses_are_found_by_any_spelling_of_the_name() {
        let address: IpAddr = [127, 0, 0, 1].into();
        let pairs = [("News.Example".to_owned(), address), ("news.example.".to_owned(), address)];
        assert_eq!(given(&pairs).unwrap()["news.example"], [address, address]);
        for host in ["127.0.0.1", "[::1]", "0x7f.1", "", "a b"] {
            let message = given(&[(host.to_owned(), address)]).unwrap_err().to_string();
            assert!(message.contains(&format!("{host:?}")), "{message}");
        }
    }
}
