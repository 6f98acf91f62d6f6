//! The files `data/lexicon/LANG.toml` as tables: the phrases, and what finds them.

mod file;
mod triggers;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::UNREAD;
use crate::script::{is_hangul, is_unspaced};
use file::{LexiconFile, PageEntry, PhraseEntry};
use triggers::table_of_triggers;

/// A phrase of any language.
struct Phrase {
    text: String,
    tells: Tells,
    /// What the program has of it beside its text.
    code: String,
}

#[derive(Clone, Copy, PartialEq)]
enum Tells {
    Insert,
    Page,
}

/// Whether a script sets words apart.
#[derive(PartialEq)]
enum Script {
    Separated,
    Joined,
}

/// The code of the tables.
pub fn tables(folder: &Path) -> Result<String, String> {
    let files = files(folder)?;
    let phrases = phrases(&files);
    let mut code = table_of_phrases(&phrases);
    code.push_str(&table_of_triggers("INSERTS", separated(&phrases, Tells::Insert))?);
    code.push_str(&table_of_triggers("PAGES", separated(&phrases, Tells::Page))?);
    code.push_str(&table_of_joined(&phrases));
    code.push_str(&tables_of_saying(&files));
    Ok(code)
}

/// The phrases, whose texts stand in one, and that text: addresses of theirs would be written to memory at each start.
fn table_of_phrases(phrases: &[Phrase]) -> String {
    let mut texts = String::new();
    let mut code = format!("{UNREAD}pub(super) static PHRASES: &[Phrase] = &[\n");
    for Phrase { text, code: rest, .. } in phrases {
        let (start, bytes) = (texts.len(), text.len());
        let has_gap = text.contains('…');
        let text_code = format!("Text {{ start: {start}, bytes: {bytes} }}");
        let _ = writeln!(code, "Phrase {{ text: {text_code}, has_gap: {has_gap}, {rest} }},");
        texts.push_str(text);
    }
    let _ = writeln!(code, "];\npub(super) static TEXTS: &str = {texts:?};");
    code
}

/// The phrases of all files, by language.
fn phrases(files: &[LexiconFile]) -> Vec<Phrase> {
    let of_file = |file: &LexiconFile| -> Vec<Phrase> {
        let inserts = file.phrases.iter().map(Phrase::of_insert);
        inserts.chain(file.pages.iter().map(Phrase::of_page)).collect()
    };
    files.iter().flat_map(of_file).collect()
}

fn files(folder: &Path) -> Result<Vec<LexiconFile>, String> {
    let file = |path: PathBuf| {
        let broken = |reason: String| format!("{}: {reason}", path.display());
        let file = LexiconFile::parse(&crate::read(&path)?).map_err(broken)?;
        if path.file_stem().is_none_or(|stem| *stem != *file.language) {
            return Err(broken(format!("its language is `{}`", file.language)));
        }
        Ok(file)
    };
    paths(folder)?.into_iter().map(file).collect()
}

fn paths(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let unreadable = |error: std::io::Error| format!("{}: cannot list it: {error}", folder.display());
    let entries = folder.read_dir().map_err(unreadable)?.map(|entry| entry.map(|entry| entry.path()));
    let mut files = entries.collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    Ok(files)
}

impl Phrase {
    fn of_insert(entry: &PhraseEntry) -> Self {
        let PhraseEntry { kind, text, at, strength, max_words, .. } = entry;
        let opens = if entry.opens { "Section" } else { "Nothing" };
        let stands = match (entry.by_pitch, entry.label) {
            (true, _) => "ByPitch",
            (_, true) => "AsLabel",
            _ => "Anywhere",
        };
        let role = kind.role();
        let tells = format!(
            "Tells::Insert {{ role: Role::{role:?}, strength: Strength::{strength:?}, opens: Opens::{opens}, \
             stands: Stands::{stands} }}"
        );
        let code = format!("place: Place::{at:?}, max_words: {max_words}, tells: {tells}");
        Phrase { text: text.clone(), tells: Tells::Insert, code }
    }

    fn of_page(entry: &PageEntry) -> Self {
        let PageEntry { text, verdict, .. } = entry;
        let tells = format!("Tells::Page(PageVerdict::{:?})", verdict.verdict());
        let code = format!("place: Place::Anywhere, max_words: 0, tells: {tells}");
        Phrase { text: text.clone(), tells: Tells::Page, code }
    }

    /// Its words up to the first ellipsis.
    fn first_part(&self) -> &str {
        self.text.split('…').map(str::trim).find(|part| !part.is_empty()).unwrap_or_default()
    }

    fn script(&self) -> Script {
        Script::of(self.first_part())
    }
}

impl Script {
    fn of(text: &str) -> Self {
        let joined = |c: char| is_unspaced(c) || is_hangul(c);
        if text.chars().any(joined) { Script::Joined } else { Script::Separated }
    }
}

/// The number and the first part of each phrase whose script sets words apart.
fn separated(phrases: &[Phrase], tells: Tells) -> impl Iterator<Item = (usize, &str)> {
    let phrases = phrases.iter().enumerate();
    let wanted = phrases.filter(move |(_, phrase)| phrase.tells == tells && phrase.script() == Script::Separated);
    wanted.map(|(number, phrase)| (number, phrase.first_part()))
}

/// The first parts of the other phrases, each with the numbers of those that begin with it.
fn table_of_joined(phrases: &[Phrase]) -> String {
    let mut starts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, phrase) in phrases.iter().enumerate().filter(|(_, phrase)| phrase.script() == Script::Joined) {
        starts.entry(phrase.first_part()).or_default().push(number);
    }
    let mut code = "pub(super) static JOINED: &[(&str, &[u16])] = &[\n".to_owned();
    for (part, numbers) in starts {
        let _ = writeln!(code, "({part:?}, &{numbers:?}),");
    }
    code.push_str("];\n");
    code
}

/// The words that tell who says something: those of scripts that set words apart, sorted, and the others.
fn tables_of_saying(files: &[LexiconFile]) -> String {
    let all: BTreeSet<&str> = files.iter().flat_map(|file| &file.says).map(String::as_str).collect();
    let (words, parts): (Vec<&str>, Vec<&str>) =
        all.into_iter().partition(|word| Script::of(word) == Script::Separated);
    format!("pub(super) static SAYING: &[&str] = &{words:?};\npub(super) static SAYING_JOINED: &[&str] = &{parts:?};\n")
}
