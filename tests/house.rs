//! The rules of the house, read off the source: who may name whom, and how long things may be.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod source;

use source::{SourceFile, positions_of_word, source_files};

/// Which modules of the crate a module may name, itself aside.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("envelope", &[]),
    ("page", &["envelope"]),
    ("error", &[]),
    ("verdict", &[]),
    ("block", &[]),
    ("options", &["verdict"]),
    ("article", &["page", "block", "verdict"]),
    ("input", &["envelope", "page", "error", "options", "fetch", "warc"]),
    ("clock", &[]),
    ("compression", &[]),
    ("state", &["error", "page"]),
    ("exchange", &[]),
    ("warc", &["compression", "exchange"]),
    ("fetch", &["clock", "compression", "exchange", "page", "error", "options"]),
    ("segment", &["page", "block", "error", "options"]),
    ("knowledge", &["block", "verdict", "error"]),
    ("classify", &["block", "verdict", "knowledge", "options"]),
    ("cleaner", &["page", "error", "block", "verdict", "article", "classify", "knowledge", "options", "segment"]),
    ("write", &["envelope", "article", "verdict", "block"]),
    ("train", &["page", "error", "options", "block", "verdict", "article", "segment", "knowledge", "classify"]),
    ("bin", &["train"]),
    (
        "run",
        &[
            "clock",
            "state",
            "exchange",
            "warc",
            "page",
            "error",
            "options",
            "block",
            "verdict",
            "article",
            "input",
            "fetch",
            "segment",
            "knowledge",
            "classify",
            "cleaner",
            "write",
        ],
    ),
    ("cli", &["options", "verdict"]),
    ("main", &["cli", "run", "error"]),
];

/// Names that belong to a few files: those whose path begins so.
const OWNED: &[(&str, &[&str])] = &[
    ("scraper", &["segment/dom"]),
    ("ego_tree", &["segment/dom"]),
    ("html5ever", &["segment/dom"]),
    ("reqwest", &["fetch/"]),
    ("tokio", &["fetch/", "run/"]),
    ("clap", &["cli.rs", "cli/"]),
    ("rusqlite", &["state/"]),
    ("parquet", &["run/table"]),
    ("rayon", &["run/", "train/"]),
    ("ammonia", &["write/html.rs"]),
    ("Instant", &["clock.rs"]),
    ("SystemTime", &["clock.rs"]),
    ("now", &["clock.rs"]),
    ("print", &["main.rs"]),
    ("println", &["main.rs"]),
    ("eprint", &["main.rs"]),
    ("eprintln", &["main.rs", "bin/"]),
];

/// Lines of a file without its unit tests.
const MAX_FILE_LINES: usize = 400;

/// Lines of a function.
const MAX_FUNCTION_LINES: usize = 80;

/// All but this share of the functions are shorter than [`SHORT_FUNCTION_LINES`].
const LONG_FUNCTION_SHARE: f64 = 0.05;

const SHORT_FUNCTION_LINES: usize = 40;

/// Words that say nothing of what a file or function is for.
const EMPTY_NAMES: &[&str] = &["utils", "util", "helpers", "helper", "common", "misc"];
const EMPTY_VERBS: &[&str] = &["process_", "handle_"];

fn assert_none(rule: &str, violations: &[String]) {
    assert!(violations.is_empty(), "{rule}:\n  {}", violations.join("\n  "));
}

/// The modules of the crate that a file names by `crate::…`, or by `super::…` from the crate's root.
fn named_modules(file: &SourceFile) -> Vec<String> {
    let is_root_child = file.path == format!("{}.rs", file.module) || file.path == format!("{}/mod.rs", file.module);
    let roots = match (file.module.as_str(), is_root_child) {
        ("main", _) => vec!["cleancopy"],
        (_, true) => vec!["crate", "super"],
        (_, false) => vec!["crate"],
    };
    let mut modules: Vec<String> = roots.into_iter().flat_map(|root| named_behind(&file.code, root)).collect();
    modules.sort();
    modules.dedup();
    modules
}

/// The first names behind `root::`, those of a list in braces too.
fn named_behind(code: &str, root: &str) -> Vec<String> {
    let behind = positions_of_word(code, root).filter_map(|at| code[at + root.len()..].strip_prefix("::"));
    behind.flat_map(|path| if path.starts_with('{') { list_heads(path) } else { vec![identifier(path)] }).collect()
}

/// The first name of each path in a list in braces.
fn list_heads(list: &str) -> Vec<String> {
    let (mut depth, mut start, mut heads) = (0, 1, Vec::new());
    for (index, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || (depth == 1 && c == ',') {
            heads.push(identifier(list[start..index].trim_start()));
            start = index + 1;
        }
        if depth == 0 {
            break;
        }
    }
    heads.retain(|head| !head.is_empty());
    heads
}

fn identifier(code: &str) -> String {
    code.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn each_module_names_only_those_it_may() {
    let mut violations = Vec::new();
    for file in source_files() {
        let Some((_, allowed)) = MAY_NAME.iter().find(|(module, _)| *module == file.module) else {
            // `lib.rs` names them all; a new module has to be put into the table.
            if file.module != "lib" {
                violations.push(format!("{} belongs to a module that the table does not know", file.path));
            }
            continue;
        };
        let names = named_modules(&file).into_iter();
        let forbidden = names.filter(|name| *name != file.module && !allowed.contains(&name.as_str()));
        violations.extend(forbidden.map(|name| format!("{} names `{name}`", file.path)));
    }
    assert_none("a module names one that it may not", &violations);
}

#[test]
fn the_parser_the_network_and_the_clock_have_one_owner_each() {
    let mut violations = Vec::new();
    for file in source_files() {
        for (name, owners) in OWNED {
            if file.names(name) && !owners.iter().any(|owner| file.path.starts_with(owner)) {
                violations.push(format!("{} names `{name}`", file.path));
            }
        }
    }
    assert_none("a name is used outside of the files that own it", &violations);
}

#[test]
fn files_are_short() {
    let long = source_files().into_iter().filter(|file| file.lines() > MAX_FILE_LINES);
    let violations: Vec<String> = long.map(|file| format!("{}: {} lines", file.path, file.lines())).collect();
    assert_none("a file is longer than 400 lines without its tests", &violations);
}

#[test]
fn functions_are_short() {
    let (mut too_long, mut long, mut count) = (Vec::new(), Vec::new(), 0);
    for file in source_files() {
        for function in file.functions() {
            count += 1;
            let place = || format!("{}: `{}` has {} lines", file.path, function.name, function.lines);
            if function.lines > MAX_FUNCTION_LINES {
                too_long.push(place());
            }
            if function.lines >= SHORT_FUNCTION_LINES {
                long.push(place());
            }
        }
    }
    assert!(count > 100, "only {count} functions were found");
    assert_none("a function is longer than 80 lines", &too_long);
    let share = long.len() as f64 / f64::from(count);
    assert!(share <= LONG_FUNCTION_SHARE, "{share:.3} of {count} functions have 40 lines:\n  {}", long.join("\n  "));
}

#[test]
fn names_say_what_things_are_for() {
    let mut violations = Vec::new();
    for file in source_files() {
        if file.path.split(['/', '.']).any(|part| EMPTY_NAMES.contains(&part)) {
            violations.push(format!("{}: the name of the file", file.path));
        }
        for function in file.functions() {
            // The parser's own trait names this one.
            let is_given = function.name == "process_token" && file.path.starts_with("segment/dom");
            if !is_given && EMPTY_VERBS.iter().any(|verb| function.name.starts_with(verb)) {
                violations.push(format!("{}: `{}`", file.path, function.name));
            }
            if function.public_parameters.contains(": bool") {
                violations.push(format!("{}: `{}` takes a bool", file.path, function.name));
            }
        }
    }
    assert_none("a name says nothing", &violations);
}
