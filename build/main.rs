//! Turns the data files that people edit into tables of the program, so that no start of it reads them: the phrases of
//! `data/lexicon/LANG.toml` and the names of `data/tokens.toml`. A file that cannot be used ends the build with its name,
//! the line and the reason.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

mod lexicon;
mod tokens;

// What the program and its tables have to agree on.
#[path = "../src/block/hash.rs"]
#[expect(dead_code, reason = "names are hashed by the program alone")]
mod hash;
#[path = "../src/block/script.rs"]
mod script;
#[path = "../src/verdict.rs"]
#[expect(dead_code, reason = "the names of the kinds and verdicts are what is needed")]
mod verdict;

/// Where the data files are.
const DATA: &str = "src/knowledge/data";
/// What the tables are made of, beside the files of the build script itself.
const SOURCES: [&str; 5] =
    ["build", "src/block/hash.rs", "src/block/script.rs", "src/verdict.rs", "src/knowledge/data"];

/// What stands ahead of a table of hashes.
const UNREAD: &str = "#[allow(clippy::unreadable_literal, reason = \"nobody reads the hashes, nor the places\")]\n";

fn main() -> ExitCode {
    match write_tables() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            // Where standard error is closed the exit code says it alone.
            let _ = writeln!(io::stderr(), "{reason}");
            ExitCode::FAILURE
        }
    }
}

fn write_tables() -> Result<(), String> {
    let folder = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set: Cargo runs this program")?);
    let data = Path::new(DATA);
    write(&folder.join("lexicon.rs"), &lexicon::tables(&data.join("lexicon"))?)?;
    write(&folder.join("tokens.rs"), &tokens::table(&data.join("tokens.toml"))?)?;
    tell_cargo().map_err(|error| format!("cannot write to standard output: {error}"))
}

/// Names what the tables depend on.
fn tell_cargo() -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    SOURCES.iter().try_for_each(|source| writeln!(stdout, "cargo::rerun-if-changed={source}"))
}

fn write(path: &Path, code: &str) -> Result<(), String> {
    fs::write(path, code).map_err(|error| format!("{}: cannot write it: {error}", path.display()))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: cannot read it: {error}", path.display()))
}
