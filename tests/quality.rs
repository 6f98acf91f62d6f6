//! The record of the last training (`tests/quality.toml`) is of the model that is shipped.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

use cleancopy::knowledge::Knowledge;

fn record() -> toml::Table {
    toml::from_str(include_str!("quality.toml")).expect("the record is well-formed")
}

#[test]
fn the_recorded_figures_are_of_the_shipped_model() {
    let Knowledge { model, text, kinds, .. } = Knowledge::builtin();
    let models =
        [("model", model.fingerprint()), ("text_model", text.fingerprint()), ("kind_model", kinds.fingerprint())];
    for (name, fingerprint) in models {
        let shipped = format!("{fingerprint:016x}");
        assert_eq!(record()[name].as_str(), Some(shipped.as_str()), "train again: the record is of another {name}");
    }
}

#[test]
fn the_model_is_small() {
    const MAX_BYTES: usize = 3 * 1024 * 1024;
    let Knowledge { model, text, kinds, .. } = Knowledge::builtin();
    let files = model.to_files().into_iter().chain(text.to_files()).chain([kinds.to_file()]);
    let bytes: usize = files.map(|(_, bytes)| bytes.len()).sum();
    assert!(bytes <= MAX_BYTES, "{bytes} bytes");
}

#[test]
fn the_known_gold_errors_say_why() {
    let errors: toml::Table = toml::from_str(include_str!("../src/train/gold_errors.toml")).expect("well-formed");
    for (corpus, pages) in errors {
        let pages = pages.as_table().expect("a table of pages");
        assert!(pages.values().all(|why| why.as_str().is_some_and(|why| why.len() > 10)), "{corpus}");
    }
}
