//! Training as its user runs it, up to what it needs from outside.
#![cfg(feature = "train")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

use std::process::{Command, Output};

fn train(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cleancopy-train")).args(arguments).output().unwrap()
}

#[test]
fn wrong_arguments_show_the_usage() {
    for arguments in [&[][..], &["corpora", "--pyton", "x"], &["corpora", "--python"]] {
        let output = train(arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("Usage: cleancopy-train"));
    }
}

#[test]
fn a_corpus_that_is_not_there_is_named() {
    let output = train(&["/no/corpora"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("/no/corpora/news424/gold.jsonl"));
}

#[test]
fn a_broken_line_of_gold_is_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("news424")).unwrap();
    std::fs::write(folder.path().join("news424/gold.jsonl"), "{\"id\": \"a\"}\n{broken\n").unwrap();
    let output = train(&[folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("line 2"));
}
