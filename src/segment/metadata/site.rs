//! The names of the site, for telling them from the story's own words.

use url::Url;

use super::plain::{key, tight_key};

/// What the site is called.
#[derive(Default)]
pub(super) struct Site {
    /// Its names in lower case without spaces.
    names: Vec<String>,
    /// The first letters of its names of several words.
    initials: Vec<String>,
    /// The host without `www.` and without dots, and its labels.
    hosts: Vec<String>,
}

impl Site {
    /// Takes in the names a page gives its site, and the address of the page.
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a str>, url: Option<&Url>) -> Self {
        let mut site = Site::default();
        for name in names {
            let tight = tight_key(name);
            if !tight.is_empty() && !site.names.contains(&tight) {
                let words = key(name);
                if words.contains(' ') {
                    site.initials.push(words.split(' ').filter_map(|word| word.chars().next()).collect());
                }
                site.names.push(tight);
            }
        }
        if let Some(host) = url.and_then(Url::host_str) {
            let host = host.strip_prefix("www.").unwrap_or(host);
            site.hosts.push(tight_key(host));
            let labels: Vec<&str> = host.split('.').collect();
            // The last label is the country or kind.
            let own = &labels[..labels.len().saturating_sub(1)];
            site.hosts
                .extend(own.iter().filter(|label| label.len() > 2 && **label != "www").map(|label| tight_key(label)));
        }
        site
    }

    /// Whether a text is the name of the site, or a part or extension of it.
    pub(super) fn is_name(&self, text: &str) -> bool {
        let tight = tight_key(text);
        let bare = tight.strip_prefix("the").unwrap_or(&tight);
        if bare.len() < 2 {
            return false;
        }
        let close = |name: &String| {
            let name = name.strip_prefix("the").unwrap_or(name);
            let (short, long) = if bare.len() < name.len() { (bare, name) } else { (name, bare) };
            short == long
                || short.len() >= 4
                    && long.len() <= short.len() * 3
                    && (long.starts_with(short) || long.ends_with(short))
        };
        self.names.iter().any(close) || self.initials.contains(&tight) || self.is_host(bare)
    }

    fn is_host(&self, tight: &str) -> bool {
        self.hosts.iter().any(|host| {
            host == tight
                || host.strip_prefix("the") == Some(tight)
                || tight.len() >= 4 && (host.starts_with(tight) || host.ends_with(tight))
                || host.len() >= 3 && tight.starts_with(host.as_str()) && tight.len() <= host.len() + 12
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Site;
    use url::Url;

    #[test]
    fn names_hosts_and_initials_are_the_site() {
        let url = Url::parse("https://www.harbourherald.test/a").ok();
        let site = Site::of(["Greater Mill Valley Times"].into_iter(), url.as_ref());
        for name in [
            "Harbour Herald",
            "harbourherald.test",
            "Greater Mill Valley Times",
            "GMVT",
            "The Greater Mill Valley Times",
        ] {
            assert!(site.is_name(name), "{name}");
        }
        for name in ["Ada Marlow", "Weir reopens", "Times change"] {
            assert!(!site.is_name(name), "{name}");
        }
    }
}
