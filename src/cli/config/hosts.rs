//! What a file says of single hosts.

use std::collections::BTreeMap;

use clap::Error;
use toml::de::{DeTable, DeValue};

use super::file::{in_order, typed};
use super::nearest::nearest;
use super::problem::Place;
use crate::cli::values;
use crate::options::HostOptions;

pub(super) const REQUEST_INTERVAL: &str = "request-interval";
pub(super) const CONCURRENCY: &str = "concurrency";
pub(super) const HEADERS: &str = "headers";

/// The options of each host.
pub(super) fn hosts(tables: &DeTable<'_>, place: Place<'_>) -> Result<BTreeMap<String, HostOptions>, Error> {
    let mut hosts = BTreeMap::new();
    for (name, value) in in_order(tables) {
        let DeValue::Table(table) = value.get_ref() else {
            let message = format_args!("`{}` should be a table: [host.\"example.com\"]", name.get_ref());
            return Err(place.error(&name.span(), message));
        };
        let host = values::host(name.get_ref()).map_err(|message| place.error(&name.span(), message))?;
        if hosts.insert(host.clone(), host_options(table, place)?).is_some() {
            return Err(place.error(&name.span(), format_args!("the host {host} has two tables")));
        }
    }
    Ok(hosts)
}

fn host_options(table: &DeTable<'_>, place: Place<'_>) -> Result<HostOptions, Error> {
    let mut options = HostOptions::default();
    for (name, value) in in_order(table) {
        let wrong = |message: String| place.error(&value.span(), format_args!("`{}`: {message}", name.get_ref()));
        let text = || typed(value.get_ref()).ok_or_else(|| wrong("should be a string or a number".to_owned()));
        match name.get_ref().as_ref() {
            REQUEST_INTERVAL => options.request_interval = Some(values::pause(&text()?).map_err(wrong)?),
            CONCURRENCY => options.concurrency = Some(values::count(&text()?).map_err(wrong)?.get()),
            HEADERS => options.headers = headers(value.get_ref()).map_err(wrong)?,
            unknown => return Err(place.error(&name.span(), unknown_key(unknown))),
        }
    }
    Ok(options)
}

fn headers(value: &DeValue<'_>) -> Result<Vec<(String, String)>, String> {
    let form = || "should be a table, as in { Cookie = \"a=b\" }".to_owned();
    let DeValue::Table(table) = value else { return Err(form()) };
    in_order(table)
        .map(|(name, value)| {
            let value = typed(value.get_ref()).ok_or_else(form)?;
            values::header_of(name.get_ref(), &value)
        })
        .collect()
}

fn unknown_key(name: &str) -> String {
    let known = [REQUEST_INTERVAL, CONCURRENCY, HEADERS];
    match nearest(name, known) {
        Some(near) => format!("a host has no `{name}`; did you mean `{near}`?"),
        None => format!("a host has no `{name}`; there are {}", known.join(", ")),
    }
}
