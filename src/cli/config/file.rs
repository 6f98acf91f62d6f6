//! The settings of a file. Each is checked, those too that something typed takes the place of.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::ops::Range;
use std::path::{Path, PathBuf};

use clap::{Command, Error, Id};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::hosts::hosts;
use super::nearest::nearest;
use super::problem::{Place, reason};
use super::schema::{Key, Shape, TABLES, keys};
use crate::options::HostOptions;

/// The table of the tables of single hosts.
pub(super) const HOST: &str = "host";

/// What a configuration file holds.
#[derive(Debug, Default)]
pub(in crate::cli) struct Settings {
    /// The file.
    pub(super) path: Option<PathBuf>,
    /// The flags that are set.
    pub(super) flags: Vec<Flag>,
    /// What holds for single hosts.
    pub(in crate::cli) hosts: BTreeMap<String, HostOptions>,
}

/// A flag that a file sets.
#[derive(Debug)]
pub(super) struct Flag {
    pub(super) id: Id,
    /// As one would type it; nothing where it is not to be set.
    pub(super) arguments: Vec<OsString>,
    /// Where it stands in the file.
    span: Range<usize>,
}

impl Settings {
    /// Reads the file at `path`, which holds `text`. `grammar` is the command line's.
    pub(in crate::cli) fn parse(path: &Path, text: &str, grammar: &mut Command) -> Result<Settings, Error> {
        let place = Place { path, text };
        let document = DeTable::parse(text).map_err(|error| {
            let span = error.span().unwrap_or_default();
            place.error(&span, error.message())
        })?;
        let mut settings = Settings { path: Some(path.to_owned()), ..Settings::default() };
        for (name, value) in in_order(document.get_ref()) {
            match value.get_ref() {
                DeValue::Table(table) if name.get_ref() == HOST => settings.hosts = hosts(table, place)?,
                DeValue::Table(table) => settings.flags.extend(flags(name, table, grammar, place)?),
                _ => return Err(place.error(&name.span(), outside_of_tables(name.get_ref(), grammar))),
            }
        }
        settings.refuse_conflicts(grammar, place)?;
        Ok(settings)
    }

    fn refuse_conflicts(&self, grammar: &Command, place: Place<'_>) -> Result<(), Error> {
        let set = |id: &Id| self.flags.iter().find(|flag| flag.id == *id && !flag.arguments.is_empty());
        for key in keys(grammar) {
            let Some(flag) = set(key.arg.get_id()) else { continue };
            if let Some(other) =
                grammar.get_arg_conflicts_with(key.arg).into_iter().find(|arg| set(arg.get_id()).is_some())
            {
                let other = other.get_long().unwrap_or_default();
                return Err(place.error(&flag.span, format_args!("`{}` does not go with `{other}`", key.name)));
            }
        }
        Ok(())
    }
}

/// What a table holds, in the order of the file.
pub(super) fn in_order<'a, 'i>(
    table: &'a DeTable<'i>,
) -> impl Iterator<Item = (&'a Spanned<toml::de::DeString<'i>>, &'a Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    entries.into_iter()
}

/// A value as it would be typed; none of what cannot be.
pub(super) fn typed(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.clone().into_owned()),
        DeValue::Integer(number) => {
            i128::from_str_radix(number.as_str(), number.radix()).ok().map(|number| number.to_string())
        }
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        _ => None,
    }
}

/// The flags of a table.
fn flags(
    table: &Spanned<toml::de::DeString<'_>>,
    entries: &DeTable<'_>,
    grammar: &mut Command,
    place: Place<'_>,
) -> Result<Vec<Flag>, Error> {
    if !TABLES.iter().any(|(_, known)| known == table.get_ref()) {
        return Err(place.error(&table.span(), unknown_table(table.get_ref())));
    }
    let mut flags = Vec::new();
    for (name, value) in in_order(entries) {
        let Some(key) = keys(grammar).find(|key| key.table == table.get_ref() && key.name == name.get_ref()) else {
            return Err(place.error(&name.span(), unknown_key(table.get_ref(), name.get_ref(), grammar)));
        };
        let wrong = |message: String| place.error(&value.span(), format_args!("`{}`: {message}", name.get_ref()));
        let arguments = arguments(key, value.get_ref()).map_err(wrong)?;
        let flag = Flag { id: key.arg.get_id().clone(), arguments, span: name.span() };
        for argument in &flag.arguments {
            let typed = [OsString::from("cleancopy"), argument.clone()];
            grammar.try_get_matches_from_mut(typed).map_err(|error| wrong(reason(&error)))?;
        }
        flags.push(flag);
    }
    Ok(flags)
}

/// What one would type in place of a setting.
fn arguments(key: Key<'_>, value: &DeValue<'_>) -> Result<Vec<OsString>, String> {
    let flag = format!("--{}", key.name);
    let with = |value: &DeValue<'_>| typed(value).map(|value| OsString::from(format!("{flag}={value}")));
    match (key.shape(), value) {
        (Shape::Switch, DeValue::Boolean(true)) => Ok(vec![flag.into()]),
        (Shape::Switch, DeValue::Boolean(false)) => Ok(Vec::new()),
        (Shape::Switch, _) => Err("should be true or false".to_owned()),
        (Shape::Level, value) => {
            let level: Option<u8> = typed(value).and_then(|level| level.parse().ok());
            let level = level.ok_or("should be a small whole number: 0, 1 or 2")?;
            Ok(vec![OsString::from(flag); level.into()])
        }
        (Shape::List, DeValue::Array(values)) => {
            let values: Option<_> = values.iter().map(|value| with(value.get_ref())).collect();
            values.ok_or_else(|| "should be a list of strings".to_owned())
        }
        (Shape::List, value) => with(value).map(|value| vec![value]).ok_or("should be a list of strings".to_owned()),
        (Shape::One, value) => with(value).map(|value| vec![value]).ok_or("should be a string or a number".to_owned()),
    }
}

fn unknown_table(name: &str) -> String {
    let known = TABLES.iter().map(|(_, table)| *table).chain([HOST]);
    match nearest(name, known.clone()) {
        Some(near) => format!("there is no table [{name}]; did you mean [{near}]?"),
        None => format!("there is no table [{name}]; there are {}", known.collect::<Vec<_>>().join(", ")),
    }
}

fn unknown_key(table: &str, name: &str, grammar: &Command) -> String {
    let missing = format!("there is no `{name}` in [{table}]");
    let own: Vec<&str> = keys(grammar).filter(|key| key.table == table).map(|key| key.name).collect();
    match (keys(grammar).find(|key| key.name == name), nearest(name, own.iter().copied())) {
        (Some(key), _) => format!("{missing}; it belongs in [{}]", key.table),
        (None, Some(near)) => format!("{missing}; did you mean `{near}`?"),
        (None, None) => match near_elsewhere(name, grammar) {
            Some(key) => format!("{missing}; did you mean `{}` in [{}]?", key.name, key.table),
            None => format!("{missing}; there are {}", own.join(", ")),
        },
    }
}

fn near_elsewhere<'a>(name: &str, grammar: &'a Command) -> Option<Key<'a>> {
    let near = nearest(name, keys(grammar).map(|key| key.name))?;
    keys(grammar).find(|key| key.name == near)
}

fn outside_of_tables(name: &str, grammar: &Command) -> String {
    match near_elsewhere(name, grammar) {
        _ if TABLES.iter().any(|(_, table)| *table == name) || name == HOST => {
            format!("`{name}` should be a table: [{name}]")
        }
        Some(key) if key.name == name => format!("`{name}` stands outside of a table; it belongs in [{}]", key.table),
        Some(key) => format!("there is no `{name}`; did you mean `{}` in [{}]?", key.name, key.table),
        None => format!("there is no `{name}`; --dump-config lists all keys"),
    }
}
