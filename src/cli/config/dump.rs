//! The options that hold, as a configuration file.

use std::fmt::Write;

use clap::{ArgMatches, Command, Error};
use toml::Value;

use super::file::{HOST, Settings};
use super::hosts::{CONCURRENCY, HEADERS, REQUEST_INTERVAL};
use super::problem::wrong;
use super::schema::{Key, Shape, keys};
use crate::options::HostOptions;

/// Columns of a line of comment.
const COLUMNS: usize = 80;

const HOST_EXAMPLE: &str = "\
# For one host, in place of what holds for all. A header takes the place of one
# of the same name.
# [host.\"example.com\"]
# request-interval = \"5s\"
# concurrency = 1
# headers = { Cookie = \"a=b\" }
";

/// A file that gives the options of `matches` and the hosts of `settings` when it is read.
pub(in crate::cli) fn dump(matches: &ArgMatches, settings: &Settings, grammar: &Command) -> Result<String, Error> {
    let read = settings.path.as_ref().map_or_else(|| "none".to_owned(), |path| path.display().to_string());
    let head = comment(&format!("The options of cleancopy. File read: {}.", read.escape_debug()));
    let mut paragraphs = vec![head + &comment("Paths are as seen from the folder that cleancopy is run in.")];
    let mut table = "";
    for key in keys(grammar) {
        let heading = if key.table == table { String::new() } else { format!("[{}]\n", key.table) };
        table = key.table;
        paragraphs.push(heading + &comment(&explanation(key)) + &setting(key, matches)?);
    }
    paragraphs.push(HOST_EXAMPLE.to_owned());
    paragraphs.extend(settings.hosts.iter().map(|(host, options)| host_table(host, options)));
    Ok(paragraphs.join("\n"))
}

/// What the help says of a key.
fn explanation(key: Key<'_>) -> String {
    let mut text = key.arg.get_help().map(ToString::to_string).unwrap_or_default();
    let is_value = matches!(key.shape(), Shape::One | Shape::List);
    for default in key.arg.get_default_values().iter().filter(|_| is_value) {
        // Writing to a string cannot fail.
        let _ = write!(text, " [default: {}]", default.to_string_lossy());
    }
    let values = key.arg.get_possible_values();
    if is_value && !values.is_empty() {
        let values: Vec<&str> = values.iter().map(clap::builder::PossibleValue::get_name).collect();
        let _ = write!(text, " [possible values: {}]", values.join(", "));
    }
    text
}

/// The line of a key: a comment where nothing is set.
fn setting(key: Key<'_>, matches: &ArgMatches) -> Result<String, Error> {
    let id = key.arg.get_id().as_str();
    let name = key.name;
    let mut values = Vec::new();
    for raw in matches.get_raw(id).into_iter().flatten() {
        let text = raw.to_str().ok_or_else(|| {
            wrong(format_args!("--{name}: {} is not UTF-8, which a configuration file has to be", raw.display()))
        })?;
        values.push(literal(text));
    }
    Ok(match (key.shape(), values.as_slice()) {
        (Shape::Switch, _) => format!("{name} = {}\n", matches.get_flag(id)),
        (Shape::Level, _) => format!("{name} = {}\n", matches.get_count(id)),
        (Shape::List, values) => format!("{name} = [{}]\n", values.join(", ")),
        (Shape::One, [value]) => format!("{name} = {value}\n"),
        (Shape::One, _) => format!("# {name} = {}\n", literal(&value_name(key))),
    })
}

fn value_name(key: Key<'_>) -> String {
    key.arg.get_value_names().unwrap_or_default().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// A value: numbers as such, all else as a string.
fn literal(text: &str) -> String {
    match text.parse::<i64>() {
        Ok(number) if number.to_string() == text => text.to_owned(),
        _ => Value::from(text).to_string(),
    }
}

fn host_table(host: &str, options: &HostOptions) -> String {
    let string = |text: &str| Value::from(text).to_string();
    let mut lines = vec![format!("[{HOST}.{}]\n", string(host))];
    if let Some(interval) = options.request_interval {
        lines.push(format!("{REQUEST_INTERVAL} = \"{}s\"\n", interval.as_secs_f64()));
    }
    if let Some(concurrency) = options.concurrency {
        lines.push(format!("{CONCURRENCY} = {concurrency}\n"));
    }
    if !options.headers.is_empty() {
        let headers = options.headers.iter().map(|(name, value)| format!("{} = {}", string(name), string(value)));
        lines.push(format!("{HEADERS} = {{ {} }}\n", headers.collect::<Vec<_>>().join(", ")));
    }
    lines.concat()
}

/// A text as lines of comment.
fn comment(text: &str) -> String {
    let mut out = String::new();
    let mut line = String::from("#");
    for word in text.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > COLUMNS && line != "#" {
            out.push_str(&line);
            out.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line.push_str(word);
    }
    out.push_str(&line);
    out.push('\n');
    out
}
