//! How often a line names the page's authors, and its site.

use crate::block::{Metadata, word_hashes};

use super::lines::Line;

/// Letters of the shortest last name that tells an author from a common word.
const NAME_LETTERS: usize = 4;
/// Letters of the shortest host that tells a site's name from a common word.
const HOST_LETTERS: usize = 5;
/// Mentions from which more say nothing new.
const ENOUGH: usize = 3;

/// How the authors of a page and its site are called.
pub(super) struct Mentions {
    /// The last names of the authors.
    last_names: Vec<u64>,
    /// The words of the site's name, the first two of a long one.
    site: Vec<u64>,
    /// The words of its host.
    host: Vec<u64>,
}

impl Mentions {
    pub(super) fn of(metadata: &Metadata) -> Self {
        let mut site = metadata.site.as_deref().map(word_hashes).unwrap_or_default();
        site.truncate(2);
        let host = metadata.canonical_url.as_ref().and_then(url::Url::host_str).unwrap_or_default();
        let label = host.rsplit('.').nth(1).filter(|label| label.len() >= HOST_LETTERS).unwrap_or_default();
        let last_names = metadata.authors.iter().filter_map(|author| last_name(author)).collect();
        Mentions { last_names, site, host: word_hashes(label) }
    }

    /// How often a line names an author by the last name, which a full name ends with.
    pub(super) fn of_authors(&self, line: &Line<'_>) -> f32 {
        line.hashes().iter().filter(|word| self.last_names.contains(word)).count().min(ENOUGH) as f32
    }

    /// How often a line names the site, by its name or by its host.
    pub(super) fn of_site(&self, line: &Line<'_>) -> f32 {
        let words = line.hashes();
        count_runs(words, &self.site).max(count_runs(words, &self.host)).min(ENOUGH) as f32
    }
}

fn last_name(author: &str) -> Option<u64> {
    let name = author.rsplit(char::is_whitespace).next().filter(|name| name.chars().count() >= NAME_LETTERS)?;
    word_hashes(name).first().copied()
}

/// How often a run of words stands in a line; an empty run never does.
pub(super) fn count_runs(words: &[u64], run: &[u64]) -> usize {
    let Some(first) = run.first() else { return 0 };
    words.windows(run.len()).filter(|window| window[0] == *first && *window == run).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;
    use crate::page::Page;
    use crate::segment::segment;

    /// How often each line of a page names an author, and the site.
    fn mentions(html: &str) -> (Vec<f32>, Vec<f32>) {
        let url = url::Url::parse("https://www.harbourherald.test/a").ok();
        let mut document = segment(&Page::from_html(html, url.clone()));
        document.metadata.canonical_url = url;
        let (mentions, knowledge) = (Mentions::of(&document.metadata), Knowledge::builtin());
        let lines = Line::all(&document, &knowledge.lexicon);
        lines.iter().map(|line| (mentions.of_authors(line), mentions.of_site(line))).unzip()
    }

    #[test]
    fn the_site_is_named_by_its_host() {
        let html = "<h1>Tides</h1><p>Read HarbourHerald daily, HarbourHerald by night.</p><p>The harbour is full.</p>";
        assert_eq!(mentions(html).1, [0.0, 2.0, 0.0]);
    }

    #[test]
    fn an_author_is_known_by_the_last_name() {
        let html = r#"<meta name="author" content="Ada Marlow"><h1>Tides</h1><p>Marlow covers the coast. Reach Ada Marlow by
            post.</p><p>Ada is a name of many.</p>"#;
        assert_eq!(mentions(html).0, [0.0, 2.0, 0.0]);
    }
}
