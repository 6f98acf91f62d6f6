//! Runs the program in a folder of its own.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use tempfile::TempDir;

pub fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes.as_ref()).unwrap();
    encoder.finish().unwrap()
}

/// A folder to run in.
pub struct Folder(pub TempDir);

impl Folder {
    pub fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> &Folder {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Names in a subfolder, sorted.
    pub fn names(&self, name: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(name)).unwrap();
        let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cleancopy"));
        command.current_dir(self.0.path()).args(arguments).stdin(Stdio::null());
        // The options of whoever runs the tests are not meant.
        command.env("XDG_CONFIG_HOME", self.path("no-configuration"));
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran(self.command(arguments).output().unwrap())
    }

    pub fn run_with_stdin(&self, arguments: &[&str], stdin: impl AsRef<[u8]>) -> Ran {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // The program may close its end before all is written: that is its right.
        let _ = child.stdin.take().unwrap().write_all(stdin.as_ref());
        Ran(child.wait_with_output().unwrap())
    }
}

/// A run that ended.
pub struct Ran(pub Output);

impl Ran {
    pub fn stdout(&self) -> &str {
        std::str::from_utf8(&self.0.stdout).unwrap()
    }

    pub fn stderr(&self) -> &str {
        std::str::from_utf8(&self.0.stderr).unwrap()
    }

    pub fn records(&self) -> Vec<Value> {
        records(self.stdout())
    }

    #[track_caller]
    pub fn ends(&self, code: i32) -> &Ran {
        let stdout = String::from_utf8_lossy(&self.0.stdout);
        assert_eq!(self.0.status.code(), Some(code), "stdout: {stdout}\nstderr: {}", self.stderr());
        self
    }

    #[track_caller]
    pub fn says(&self, message: &str) -> &Ran {
        assert!(self.stderr().contains(message), "no {message:?} in {:?}", self.stderr());
        self
    }

    #[track_caller]
    pub fn gives(&self, text: &str) -> &Ran {
        assert!(self.stdout().contains(text), "no {text:?} in {:?}", self.stdout());
        self
    }
}

pub fn records(jsonl: &str) -> Vec<Value> {
    jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
