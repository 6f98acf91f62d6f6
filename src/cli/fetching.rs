//! How a page is fetched, and with what patience for its host.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::time::Duration;

use clap::Args;

use super::values;
use crate::options::{FetchOptions, PrivateAddresses, Robots};

#[derive(Debug, Args)]
#[command(next_help_heading = "Fetching")]
pub(super) struct FetchingArgs {
    /// Fetch at most N pages at once
    #[arg(long, value_name = "N", default_value = "16", value_parser = values::count)]
    max_concurrency: NonZeroUsize,

    /// Give a page up after TIME (30, 30s, 500ms, 2m)
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = values::time)]
    timeout: Duration,

    /// Give a connection up after TIME
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = values::time)]
    connect_timeout: Duration,

    /// Give a page up that comes at less than SIZE a second, over ten seconds
    /// (500, 10k; 0: any rate will do)
    #[arg(long, value_name = "SIZE", default_value = "500", value_parser = values::rate)]
    min_rate: u64,

    /// Refuse pages, files and JSON lines over SIZE (500k, 10MiB), counted
    /// after decompression
    #[arg(long, value_name = "SIZE", default_value = "10MiB", value_parser = values::size)]
    max_size: u64,

    /// Follow at most N redirects
    #[arg(long, value_name = "N", default_value = "10", value_parser = values::limit::<usize>)]
    max_redirects: usize,

    /// Send this User-Agent; default: cleancopy/VERSION
    #[arg(long, value_name = "TEXT", value_parser = values::header_value)]
    user_agent: Option<String>,

    /// Send this header with each request (may be repeated)
    #[arg(short = 'H', long, value_name = "NAME: VALUE", value_parser = values::header)]
    header: Vec<(String, String)>,

    /// Take ADDRESS for the host's, whatever DNS says (may be repeated)
    #[arg(long, value_name = "HOST=ADDRESS", value_parser = values::resolve)]
    resolve: Vec<(String, IpAddr)>,

    /// Fetch from private addresses too: this machine, the local network
    #[arg(long)]
    allow_private: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Manners")]
pub(super) struct MannersArgs {
    /// Send one host at most N requests at once
    #[arg(long, value_name = "N", default_value = "2", value_parser = values::count)]
    host_concurrency: NonZeroUsize,

    /// Leave TIME between requests to one host; what it asks for in robots.txt
    /// or by the answers 429 and 503 may be longer
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = values::pause)]
    host_request_interval: Duration,

    /// Fetch pages whatever the sites' robots.txt says, Crawl-delay included
    #[arg(long)]
    ignore_robots: bool,

    /// Ask for a page again up to N times where the fault may pass
    #[arg(long, value_name = "N", default_value = "3", value_parser = values::limit::<u32>)]
    max_retries: u32,

    /// Wait TIME ahead of the first retry, twice as long ahead of each further
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = values::pause)]
    retry_wait: Duration,

    /// Give a page up where the host asks to come back later than TIME from
    /// now (Retry-After)
    #[arg(long, value_name = "TIME", default_value = "300s", value_parser = values::pause)]
    max_retry_after: Duration,
}

impl FetchingArgs {
    /// The options that the arguments mean. Single hosts have no arguments of their own.
    pub(super) fn options(self, manners: &MannersArgs) -> FetchOptions {
        FetchOptions {
            connect_timeout: self.connect_timeout,
            timeout: self.timeout,
            max_redirects: self.max_redirects,
            max_body_bytes: self.max_size,
            max_concurrency: self.max_concurrency.get(),
            user_agent: self.user_agent.unwrap_or_else(|| FetchOptions::default().user_agent),
            headers: self.header,
            min_body_rate: self.min_rate,
            private_addresses: if self.allow_private { PrivateAddresses::Allowed } else { PrivateAddresses::Refused },
            resolve: self.resolve,
            robots: if manners.ignore_robots { Robots::Ignored } else { Robots::Obeyed },
            host_concurrency: manners.host_concurrency.get(),
            host_request_interval: manners.host_request_interval,
            hosts: BTreeMap::new(),
            max_retries: manners.max_retries,
            retry_wait: manners.retry_wait,
            max_retry_after: manners.max_retry_after,
        }
    }
}
