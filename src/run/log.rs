//! What `-v` and `-vv` show: the program's own events, on standard error.

use std::env;
use std::io::{self, IsTerminal};

use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::options::Messages;

/// Has events written to standard error from here on, where `messages` asks for them. For the program alone: a
/// library's caller has a subscriber of their own.
pub fn log_to_stderr(messages: Messages) {
    let level = match messages {
        Messages::Quiet | Messages::Notes => return,
        Messages::Info => LevelFilter::INFO,
        Messages::Debug => LevelFilter::DEBUG,
    };
    // https://no-color.org
    let colors = io::stderr().is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let events = tracing_subscriber::fmt::layer().with_writer(io::stderr).without_time().with_target(false);
    let own = Targets::new().with_target(env!("CARGO_CRATE_NAME"), level);
    // A second subscriber is refused; the first one stays.
    let _ = tracing_subscriber::registry().with(events.with_ansi(colors).with_filter(own)).try_init();
}
