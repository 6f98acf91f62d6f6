//! The configuration file as its user meets it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod program;

use std::fs;

use program::Folder;

/// The value of a key in what `--dump-config` gives.
#[track_caller]
fn value(dump: &str, key: &str) -> String {
    let line = dump.lines().find(|line| line.split(" = ").next() == Some(key));
    line.unwrap_or_else(|| panic!("no {key} in {dump}")).to_owned()
}

#[test]
fn the_file_of_the_folder_holds_and_what_is_typed_wins() {
    let folder = Folder::new();
    folder.file(
        "cleancopy.toml",
        "[fetch]\ntimeout = 7\nheader = [\"A: b\", \"C: d\"]\n[run]\nquiet = true\nstats = true\n",
    );
    let dump = |arguments: &[&str]| folder.run(&[arguments, &["--dump-config"]].concat()).ends(0).stdout().to_owned();
    let plain = dump(&[]);
    assert!(plain.starts_with("# The options of cleancopy. File read: cleancopy.toml."), "{plain}");
    assert_eq!(value(&plain, "timeout"), "timeout = 7");
    assert_eq!(value(&plain, "header"), "header = [\"A: b\", \"C: d\"]");
    let typed = dump(&["--timeout", "8s", "-H", "X: y", "-v", "--stats=false"]);
    assert_eq!(value(&typed, "timeout"), "timeout = \"8s\"");
    assert_eq!(value(&typed, "header"), "header = [\"X: y\"]");
    assert_eq!([value(&typed, "quiet"), value(&typed, "verbose")], ["quiet = false", "verbose = 1"]);
    assert_eq!(value(&typed, "stats"), "stats = false");
    assert_eq!(value(&dump(&["--no-config"]), "timeout"), "timeout = \"30s\"");
}

#[test]
fn the_options_of_the_file_do_what_flags_do() {
    let folder = Folder::new();
    folder.file("cleancopy.toml", "[output]\nto = \"jsonl\"\n[run]\nquiet = true\n").file("empty.html", "");
    assert_eq!(folder.run(&["empty.html"]).ends(0).records().len(), 1);
    folder.run(&["empty.html", "-t", "text"]).ends(0);
    assert_eq!(folder.run(&["missing.html"]).ends(4).stderr(), "");
}

#[test]
fn the_folder_comes_before_the_user_and_a_named_file_before_both() {
    let folder = Folder::new();
    folder.file("user/cleancopy/cleancopy.toml", "[run]\nthreads = 1\n");
    let dump = |arguments: &[&str]| {
        let mut command = folder.command(arguments);
        command.arg("--dump-config").env("XDG_CONFIG_HOME", folder.path("user"));
        program::Ran(command.output().unwrap()).ends(0).stdout().to_owned()
    };
    assert_eq!(value(&dump(&[]), "threads"), "threads = 1");
    folder.file("cleancopy.toml", "[run]\nthreads = 2\n").file("other.toml", "[run]\nthreads = 3\n");
    assert_eq!(value(&dump(&[]), "threads"), "threads = 2");
    assert_eq!(value(&dump(&["--config", "other.toml"]), "threads"), "threads = 3");
    assert_eq!(value(&dump(&["--no-config"]), "# threads"), "# threads = \"N\"");
    fs::remove_file(folder.path("cleancopy.toml")).unwrap();
    fs::create_dir_all(folder.path(".config/cleancopy")).unwrap();
    fs::rename(folder.path("other.toml"), folder.path(".config/cleancopy/cleancopy.toml")).unwrap();
    let mut command = folder.command(&["--dump-config"]);
    command.env_remove("XDG_CONFIG_HOME").env("HOME", folder.0.path());
    assert_eq!(value(program::Ran(command.output().unwrap()).ends(0).stdout(), "threads"), "threads = 3");
}

#[test]
fn a_wrong_file_says_where_and_what_would_be_right() {
    let folder = Folder::new();
    for (text, message) in [
        (
            "[fetch]\ntime-out = 1\n",
            "line 2 of cleancopy.toml: there is no `time-out` in [fetch]; did you mean `timeout`?",
        ),
        ("[run]\ntimeout = 1\n", "line 2 of cleancopy.toml: there is no `timeout` in [run]; it belongs in [fetch]"),
        ("\ntimeout = 1\n", "line 2 of cleancopy.toml: `timeout` stands outside of a table; it belongs in [fetch]"),
        ("[fecth]\n", "line 1 of cleancopy.toml: there is no table [fecth]; did you mean [fetch]?"),
        ("[colours]\n", "there are input, output, clean, fetch, manners, crawl, run, host"),
        ("fetch = 1\n", "`fetch` should be a table: [fetch]"),
        (
            "[fetch]\n\n\ntimeout = \"3 weeks\"\n",
            "line 4 of cleancopy.toml: `timeout`: the unit should be ms, s, m or h",
        ),
        ("[fetch]\nmax-size = [1]\n", "`max-size`: should be a string or a number"),
        ("[input]\nfrom = \"pdf\"\n", "`from`: should be one of auto, html, text, jsonl"),
        ("[output]\noutput = \"\"\n", "`output`: should not be empty"),
        ("[run]\nquiet = \"yes\"\n", "`quiet`: should be true or false"),
        ("[run]\nquiet = true\nverbose = 1\n", "line 2 of cleancopy.toml: `quiet` does not go with `verbose`"),
        ("[manners]\nmax-retries = -1\n", "`max-retries`: should be a whole number, 0 or more"),
        ("[fetch]\nresolve = [\"a\"]\n", "`resolve`: should be HOST=ADDRESS"),
        ("[run\n", "line 1 of cleancopy.toml: "),
        ("[run]\nstats = true\nstats = true\n", "line 3 of cleancopy.toml: duplicate key"),
        ("[host]\nx = 1\n", "`x` should be a table: [host.\"example.com\"]"),
        ("[host.\"https://a.example/\"]\n", "is no name of a host"),
        ("[host.\"A.example\"]\n[host.\"a.example\"]\n", "line 2 of cleancopy.toml: the host a.example has two tables"),
        ("[host.a]\ninterval = 1\n", "a host has no `interval`; there are request-interval, concurrency, headers"),
        ("[host.a]\nconcurrency = 0\n", "`concurrency`: should be a whole number from 1 to"),
        ("[host.a]\nheaders = [\"A: b\"]\n", "`headers`: should be a table, as in { Cookie = \"a=b\" }"),
    ] {
        let ran = folder.file("cleancopy.toml", text).run(&["missing.html"]);
        assert_eq!(ran.ends(2).says(message).stdout(), "", "{text}");
    }
    folder.file("cleancopy.toml", b"[run]\nthreads = \"\xff\"\n");
    folder.run(&["x"]).ends(2).says("line 2 of cleancopy.toml: the line is not UTF-8");
}

#[test]
fn a_wrong_value_counts_though_another_is_typed_but_its_text_is_not_shown() {
    let folder = Folder::new();
    folder.file("cleancopy.toml", "[fetch]\nheader = [\"Cookie s3cret\"]\n");
    let ran = folder.run(&["-H", "A: b", "x"]);
    assert!(!ran.ends(2).says("`header`: should be").stderr().contains("s3cret"));
}

#[test]
fn a_file_that_is_not_there_or_cannot_be_read_is_said() {
    let folder = Folder::new();
    folder.run(&["--config", "x.toml", "a.html"]).ends(2).says("x.toml: no such file");
    folder.run(&["--config", "x.toml", "--no-config", "a.html"]).ends(2).says("cannot be used with");
    fs::create_dir(folder.path("cleancopy.toml")).unwrap();
    folder.run(&["a.html"]).ends(2).says("cannot read cleancopy.toml");
    // What cleans nothing needs no options.
    folder.run(&["--help"]).ends(0);
    folder.run(&["completions", "bash"]).ends(0);
}

#[test]
fn a_flag_is_unset_by_name() {
    let folder = Folder::new();
    folder.file("empty.html", "");
    folder.run(&["--quiet=false", "empty.html"]).ends(0).says("no story found");
    folder.run(&["--quiet=perhaps", "empty.html"]).ends(2).says("possible values: true, false");
    assert_eq!(folder.run(&["-q", "empty.html"]).ends(0).stderr(), "");
}
