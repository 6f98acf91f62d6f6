//! The configuration file: what is not typed. Its keys are the flags, read off the definition of the command line, so
//! that the two cannot drift apart; a value takes the way of a typed one, through the same parser.
//!
//! - `schema`: which flag stands in which table
//! - `find`: which file is read
//! - `file`, `hosts`: the file's settings, checked
//! - `merge`: settings and arguments taken together
//! - `dump`: the options that hold, as such a file
//! - `problem`, `nearest`: what is said of a wrong one

mod dump;
mod file;
mod find;
mod hosts;
mod merge;
mod nearest;
mod problem;
mod schema;

pub(super) use dump::dump;
pub(super) use file::Settings;
pub(super) use find::find;
pub(super) use merge::merge;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::ffi::OsString;
    use std::fs;

    use super::schema::{Shape, keys};
    use crate::cli::{Cli, Command, grammar};
    use crate::options::Options;

    /// Flags that have no place in a file.
    const TYPED_ALONE: &[&str] = &["help", "version", "config", "no-config", "dump-config"];

    /// A value for each flag, none of them the default, but for `quiet`, which does not go with `verbose`.
    const VALUES: &[(&str, &[&str])] = &[
        ("input-file", &["list \"of\" urls\\.txt"]),
        ("from", &["jsonl"]),
        ("field", &["2024"]),
        ("to", &["md"]),
        ("output", &["0x10"]),
        ("front-matter", &[]),
        ("explain", &[]),
        ("markdown", &[]),
        ("strictness", &["0.75"]),
        ("include", &["captions", "byline"]),
        ("parser", &["reference"]),
        ("max-concurrency", &["7"]),
        ("timeout", &["1.5m"]),
        ("connect-timeout", &["250ms"]),
        ("min-rate", &["0"]),
        ("max-size", &["3KiB"]),
        ("max-redirects", &["0"]),
        ("user-agent", &["it's \"me\"; 1.0"]),
        ("header", &["Cookie: a=b", "X: #=é"]),
        ("resolve", &["example.com=192.0.2.7", "example.org=::1"]),
        ("allow-private", &[]),
        ("host-concurrency", &["1"]),
        ("host-request-interval", &["0"]),
        ("ignore-robots", &[]),
        ("max-retries", &["9"]),
        ("retry-wait", &["2"]),
        ("max-retry-after", &["1h"]),
        ("resume", &[]),
        ("save-warc", &["a.warc.gz"]),
        ("cache", &["old.state"]),
        ("failed-file", &["failed.txt"]),
        ("dry-run", &[]),
        ("threads", &["3"]),
        ("unordered", &[]),
        ("no-progress", &[]),
        ("verbose", &[]),
        ("stats", &[]),
    ];

    const HOSTS: &str = "[host.'Example.com']\nrequest-interval = '1.001s'\nconcurrency = 1\n\
                         headers = { Cookie = 'a=\"b\"', \"X!\" = 1 }\n[host.\"[::1]\"]\n[host.other]\nconcurrency = 0x10\n";

    fn all_arguments() -> Vec<String> {
        let typed = VALUES.iter().flat_map(|(name, values)| match values {
            [] => vec![format!("--{name}")],
            values => values.iter().map(|value| format!("--{name}={value}")).collect(),
        });
        typed.collect()
    }

    fn read(arguments: &[String]) -> Command {
        let program = OsString::from("cleancopy");
        let arguments: Vec<OsString> = [program].into_iter().chain(arguments.iter().map(OsString::from)).collect();
        Cli::read(&arguments).unwrap_or_else(|error| panic!("{error}"))
    }

    fn options(arguments: &[String]) -> Options {
        let Command::Clean(options) = read(arguments) else { panic!("{arguments:?} is no cleaning") };
        *options
    }

    fn dumped(arguments: &[String]) -> String {
        let Command::Print(text) = read(&[arguments, &["--dump-config".to_owned()]].concat()) else {
            panic!("{arguments:?} is no dump")
        };
        String::from_utf8(text).unwrap()
    }

    /// The arguments that name a file of this text.
    fn file(text: &str) -> (tempfile::TempDir, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.toml");
        fs::write(&path, text).unwrap();
        let arguments = vec!["--config".to_owned(), path.to_str().unwrap().to_owned()];
        (folder, arguments)
    }

    #[test]
    fn a_dump_reads_back_as_what_it_was_made_of() {
        let (_hosts, with_hosts) = file(HOSTS);
        for arguments in [vec!["--no-config".to_owned()], [with_hosts, all_arguments()].concat()] {
            let dump = dumped(&arguments);
            let (_folder, from_dump) = file(&dump);
            assert_eq!(format!("{:?}", options(&from_dump)), format!("{:?}", options(&arguments)), "{dump}");
            let without_head = |text: &str| text.split_once('\n').unwrap().1.to_owned();
            assert_eq!(without_head(&dumped(&from_dump)), without_head(&dump));
        }
    }

    #[test]
    fn hosts_have_options_of_their_own() {
        let (_folder, arguments) = file(HOSTS);
        let hosts = options(&arguments).fetch.hosts;
        assert_eq!(hosts.keys().map(String::as_str).collect::<Vec<_>>(), ["[::1]", "example.com", "other"]);
        let host = &hosts["example.com"];
        assert_eq!((host.request_interval.unwrap().as_millis(), host.concurrency), (1001, Some(1)));
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(host.headers, [header("Cookie", "a=\"b\""), header("X!", "1")]);
        assert_eq!(hosts["other"].concurrency, Some(16));
    }

    #[test]
    fn each_flag_has_a_key_and_each_key_a_flag() {
        let grammar = grammar();
        let flags: BTreeSet<&str> = grammar.get_arguments().filter_map(clap::Arg::get_long).collect();
        let names: BTreeSet<&str> = keys(&grammar).map(|key| key.name).chain(TYPED_ALONE.iter().copied()).collect();
        assert!(flags.is_subset(&names), "no key: {:?}", flags.difference(&names));

        let dump = dumped(&["--no-config".to_owned()]);
        let uncommented = dump.lines().map(|line| line.strip_prefix("# ").unwrap_or(line));
        let of_flags = uncommented.take_while(|line| !line.starts_with("For one host"));
        let in_dump: Vec<&str> = of_flags.filter_map(|line| Some(line.split_once(" = ")?.0)).collect();
        assert_eq!(in_dump, keys(&grammar).map(|key| key.name).collect::<Vec<_>>());
    }

    #[test]
    fn the_test_of_the_dump_sets_each_key() {
        let grammar = grammar();
        let set: BTreeSet<&str> = VALUES.iter().map(|(name, _)| *name).collect();
        let missing: Vec<&str> = keys(&grammar).map(|key| key.name).filter(|name| !set.contains(name)).collect();
        assert_eq!(missing, ["quiet"]);
    }

    #[test]
    fn each_key_refuses_what_it_cannot_be() {
        let grammar = grammar();
        for key in keys(&grammar) {
            let wrong = if key.shape() == Shape::Switch { "1" } else { "{ a = 1979-05-27 }" };
            let (_folder, arguments) = file(&format!("\n[{}]\n{} = {wrong}\n", key.table, key.name));
            let arguments: Vec<OsString> =
                [OsString::from("cleancopy")].into_iter().chain(arguments.iter().map(OsString::from)).collect();
            let error = Cli::read(&arguments).unwrap_err().to_string();
            assert!(error.contains("line 3 of ") && error.contains(&format!("`{}`: should be", key.name)), "{error}");
        }
    }
}
