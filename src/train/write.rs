//! The files that training leaves.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::TrainError;
use super::evaluate::Outcome;

/// Writes the files of the models; tells their sizes.
///
/// # Errors
///
/// Where one cannot be written.
pub fn write_model(folder: &Path, files: impl Iterator<Item = (&'static str, Vec<u8>)>) -> Result<String, TrainError> {
    let mut sizes = String::new();
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::write(&path, &bytes).map_err(|error| TrainError::file(&path, error))?;
        let _ = writeln!(sizes, "  {name:<16} {:>8} bytes", bytes.len());
    }
    Ok(sizes)
}

/// Writes the text of the held-out pages, a file a corpus.
///
/// # Errors
///
/// Where one cannot be written.
pub fn write_held_out(folder: &Path, outcomes: &[Outcome<'_>], names: &[String]) -> Result<(), TrainError> {
    fs::create_dir_all(folder).map_err(|error| TrainError::file(folder, error))?;
    for (corpus, name) in names.iter().enumerate() {
        let mine = outcomes.iter().filter(|outcome| outcome.source.corpus == corpus);
        write_texts(folder, name, mine.map(|outcome| (outcome.source.gold.id.as_str(), outcome.text.as_str())))?;
    }
    Ok(())
}

/// Writes texts, `NAME.jsonl`.
///
/// # Errors
///
/// Where it cannot be written.
pub fn write_texts<'a>(
    folder: &Path,
    name: &str,
    texts: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<(), TrainError> {
    let path = folder.join(format!("{name}.jsonl"));
    let lines = texts.map(|(id, text)| serde_json::json!({ "id": id, "text": text }).to_string() + "\n");
    fs::write(&path, lines.collect::<String>()).map_err(|error| TrainError::file(&path, error))
}
