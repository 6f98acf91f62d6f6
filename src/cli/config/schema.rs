//! Which flag stands in which table.

use std::any::TypeId;

use clap::{Arg, ArgAction, Command};

/// The groups of the help, by heading, and their tables. What stands in no group, or in another, is typed alone.
pub(super) const TABLES: &[(&str, &str)] = &[
    ("Input", "input"),
    ("Output", "output"),
    ("Cleaning", "clean"),
    ("Fetching", "fetch"),
    ("Manners", "manners"),
    ("Crawl", "crawl"),
    ("Running", "run"),
];

/// A key of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key<'a> {
    /// The table it stands in.
    pub(super) table: &'static str,
    /// Its name: that of the flag.
    pub(super) name: &'a str,
    /// The flag.
    pub(super) arg: &'a Arg,
}

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `true` or `false`.
    Switch,
    /// How often the flag is typed.
    Level,
    /// A value.
    One,
    /// A list of values.
    List,
}

impl Key<'_> {
    /// What the key takes.
    pub(super) fn shape(&self) -> Shape {
        match self.arg.get_action() {
            ArgAction::Count => Shape::Level,
            ArgAction::Append => Shape::List,
            _ if self.arg.get_value_parser().type_id() == TypeId::of::<bool>() => Shape::Switch,
            _ => Shape::One,
        }
    }
}

/// All keys, in the order of the help.
pub(super) fn keys(grammar: &Command) -> impl Iterator<Item = Key<'_>> {
    grammar.get_arguments().filter_map(|arg| {
        let heading = arg.get_help_heading()?;
        let (_, table) = TABLES.iter().find(|(of, _)| *of == heading)?;
        Some(Key { table, name: arg.get_long()?, arg })
    })
}
