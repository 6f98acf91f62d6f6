//! Settings and arguments taken together.

use std::ffi::OsString;

use clap::parser::ValueSource;
use clap::{ArgMatches, Command, Error};

use super::file::{Flag, Settings};

/// What `arguments` (the program's name first) mean where `settings` hold for what is not typed. `typed` is what they
/// mean by themselves.
pub(in crate::cli) fn merge(
    arguments: &[OsString],
    typed: &ArgMatches,
    settings: &Settings,
    grammar: &mut Command,
) -> Result<ArgMatches, Error> {
    let kept = settings.flags.iter().filter(|flag| gives_way(flag, typed, grammar) == GivesWay::No);
    let set: Vec<&OsString> = kept.flat_map(|flag| &flag.arguments).collect();
    let (program, behind) = arguments.split_at(arguments.len().min(1));
    let all: Vec<&OsString> = program.iter().chain(set).chain(behind).collect();
    grammar.try_get_matches_from_mut(all)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum GivesWay {
    Yes,
    No,
}

/// Whether the flag, or one that does not go with it, is typed.
fn gives_way(flag: &Flag, typed: &ArgMatches, grammar: &Command) -> GivesWay {
    let is_typed = |id: &str| typed.value_source(id) == Some(ValueSource::CommandLine);
    let arg = grammar.get_arguments().find(|arg| *arg.get_id() == flag.id);
    let rivals = arg.map(|arg| grammar.get_arg_conflicts_with(arg)).unwrap_or_default();
    if is_typed(flag.id.as_str()) || rivals.iter().any(|rival| is_typed(rival.get_id().as_str())) {
        GivesWay::Yes
    } else {
        GivesWay::No
    }
}
