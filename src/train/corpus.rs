//! Pages with their gold, as `corpus/README.md` describes them: `gold.jsonl` and `pages/ID.html.gz`.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use serde::Deserialize;

use super::TrainError;
use crate::page::{Page, PageFormat, RawPage, Source, decode};

/// A corpus: pages of one origin.
pub struct Corpus {
    /// Its pages, in the order of `gold.jsonl`.
    pub pages: Vec<GoldPage>,
}

/// A page and what should come out of it.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldPage {
    /// The name of the file, without its ending.
    pub id: String,
    /// The site, which no two folds share.
    #[serde(default)]
    pub site: String,
    /// The language, where it is known.
    #[serde(default)]
    pub lang: String,
    /// The headline.
    #[serde(default)]
    pub title: Option<String>,
    /// The story; nothing where the corpus has only snippets.
    #[serde(default)]
    pub text: Option<String>,
    /// Words that have to come out.
    #[serde(default)]
    pub with: Vec<String>,
    /// Words that must not.
    #[serde(default)]
    pub without: Vec<String>,
    /// Where the bytes are.
    #[serde(skip)]
    path: PathBuf,
}

impl Corpus {
    /// Reads the gold of a corpus.
    ///
    /// # Errors
    ///
    /// Names the file, and the line that is broken.
    pub fn read(folder: &Path) -> Result<Self, TrainError> {
        let path = folder.join("gold.jsonl");
        let gold = fs::read_to_string(&path).map_err(|error| TrainError::file(&path, error))?;
        let mut pages = Vec::new();
        for (number, line) in gold.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let mut page: GoldPage = serde_json::from_str(line)
                .map_err(|error| TrainError::file(&path, format!("line {}: {error}", number + 1)))?;
            page.path = folder.join("pages").join(format!("{}.html.gz", page.id));
            pages.push(page);
        }
        Ok(Corpus { pages })
    }
}

impl GoldPage {
    /// The page as the program reads it.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read.
    pub fn open(&self) -> Result<Page, TrainError> {
        let file = fs::read(&self.path).map_err(|error| TrainError::file(&self.path, error))?;
        let mut body = Vec::new();
        MultiGzDecoder::new(&*file).read_to_end(&mut body).map_err(|error| TrainError::file(&self.path, error))?;
        // As the program reads a folder of saved pages: without their address.
        Ok(decode(RawPage::new(Source::File(self.path.clone()), PageFormat::Html, body)))
    }
}
