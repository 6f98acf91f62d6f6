//! Phrases of inserts and of pages without a story: one data file a language, `data/lexicon/LANG.toml`.

mod joined;
mod normal;
mod phrase;
mod saying;
mod tables;
mod triggers;

use crate::block::Scan;
use crate::verdict::{PageVerdict, Role};
use joined::JoinedFinder;
pub(crate) use normal::NormalText;
pub use phrase::{Opens, Stands, Strength};
use phrase::{Phrase, Tells};
use saying::Saying;
pub(crate) use saying::Telling;
use triggers::Triggers;

/// Words of a line in quotation marks that is speech; a shorter one may be a headline or a label.
const SPEECH_WORDS: usize = 8;

/// The phrases of all languages, and what finds them.
#[derive(Debug, Default)]
pub struct Lexicon {
    phrases: &'static [Phrase],
    /// Words of the longest block that may say a phrase.
    longest: usize,
    /// Finds the phrases of inserts whose script sets words apart.
    inserts: Triggers,
    /// Finds those of pages.
    pages: Triggers,
    /// Finds the others.
    joined: JoinedFinder,
    saying: Saying,
}

/// A phrase that a block says.
#[derive(Debug, Clone, PartialEq)]
pub struct PhraseHit<'a> {
    /// The kind of insert.
    pub role: Role,
    /// Whether the phrase is enough by itself.
    pub strength: Strength,
    /// The phrase as the lexicon has it.
    pub text: &'a str,
    /// Whether it heads a section of its kind.
    pub opens: Opens,
    /// Where it is one.
    pub stands: Stands,
}

impl Lexicon {
    pub(super) fn builtin() -> Self {
        Lexicon {
            phrases: tables::PHRASES,
            longest: tables::PHRASES.iter().map(|phrase| phrase.max_words).max().unwrap_or(0),
            inserts: Triggers::of(tables::INSERTS, tables::INSERTS_WORDS),
            pages: Triggers::of(tables::PAGES, tables::PAGES_WORDS),
            joined: JoinedFinder::of(tables::JOINED),
            saying: Saying::of(tables::SAYING, tables::SAYING_JOINED),
        }
    }

    /// The phrases of inserts that a block says, in any language, the surest first. The page's own language does not
    /// matter: pages mislabel it, and no phrase of one language is a story's line in another.
    pub(crate) fn inserts<'a>(&'a self, text: &str, scan: &Scan) -> Vec<PhraseHit<'a>> {
        let mut hits = Vec::new();
        // Someone says it: a line of speech is no insert by its words.
        let is_speech = || scan.words >= SPEECH_WORDS && begins_speech(text.trim_start());
        if scan.words > self.longest || is_speech() {
            return hits;
        }
        let may_say = |phrase: &Phrase| match phrase.tells {
            Tells::Insert { .. } => scan.words <= phrase.max_words,
            Tells::Page(_) => false,
        };
        for phrase in self.said(text, scan, &self.inserts, may_say) {
            if let Tells::Insert { role, strength, opens, stands } = phrase.tells {
                hits.push(PhraseHit { role, strength, text: phrase.text.as_str(), opens, stands });
            }
        }
        hits.sort_by_key(|hit| (hit.strength, std::cmp::Reverse(hit.text.len())));
        hits
    }

    /// Whether a sentence ends by telling who says what it begins with, in any language: that is a quotation, with marks or
    /// without.
    pub(crate) fn is_told(&self, text: &str, telling: Telling) -> bool {
        self.saying.is_told(text, telling)
    }

    /// What a block of a page without a story says that the page is.
    pub(crate) fn page_verdict(&self, text: &str, scan: &Scan) -> Option<(PageVerdict, &str)> {
        let is_of_page = |phrase: &Phrase| matches!(phrase.tells, Tells::Page(_));
        self.said(text, scan, &self.pages, is_of_page).into_iter().find_map(|phrase| match phrase.tells {
            Tells::Page(verdict) => Some((verdict, phrase.text.as_str())),
            Tells::Insert { .. } => None,
        })
    }

    /// Those of the `wanted` phrases that a text says, each once.
    fn said(
        &self,
        text: &str,
        scan: &Scan,
        triggers: &Triggers,
        wanted: impl Fn(&Phrase) -> bool,
    ) -> Vec<&'static Phrase> {
        let mut numbers = triggers.candidates(scan);
        numbers.retain(|number| wanted(&self.phrases[*number]));
        if numbers.is_empty() && !scan.joined {
            return Vec::new();
        }
        let text = NormalText::of(text);
        numbers.retain(|number| self.phrases[*number].stands_in(&text));
        if scan.joined {
            for (number, start) in self.joined.candidates(text.all()) {
                let phrase = &self.phrases[number];
                if wanted(phrase) && !numbers.contains(&number) && phrase.matches(&text, start) {
                    numbers.push(number);
                }
            }
        }
        numbers.into_iter().map(|number| &self.phrases[number]).collect()
    }
}

/// Whether a line begins with what someone says: not with a name in quotation marks ahead of a colon, nor with the few
/// characters in Japanese ones that a button has.
fn begins_speech(text: &str) -> bool {
    /// Characters of the longest label of a button.
    const LABEL_CHARS: usize = 12;
    let mut characters = text.chars();
    let is_label = match characters.next() {
        Some('"' | '“' | '„' | '«' | '‘') => {
            let mut behind = characters.skip_while(|c| !matches!(c, '"' | '”' | '“' | '»' | '’'));
            behind.nth(1) == Some(':')
        }
        Some('「' | '『') => characters.take(LABEL_CHARS + 1).any(|c| matches!(c, '」' | '』')),
        _ => return false,
    };
    !is_label
}

#[cfg(test)]
#[path = "../../build/lexicon/file.rs"]
#[expect(dead_code, reason = "tests read the phrases and their examples alone")]
mod file;

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::file::LexiconFile;
    use super::*;

    fn files() -> Vec<LexiconFile> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/knowledge/data/lexicon");
        let paths = folder.read_dir().expect("a folder").map(|entry| entry.expect("readable").path());
        let files = paths.map(|path| fs::read_to_string(path).expect("readable"));
        files.map(|toml| LexiconFile::parse(&toml).expect("well-formed")).collect()
    }

    #[test]
    fn each_example_says_its_phrase() {
        let lexicon = Lexicon::builtin();
        for LexiconFile { language, phrases, pages, .. } in files() {
            for entry in &phrases {
                let hits = lexicon.inserts(&entry.example, &Scan::of(&entry.example));
                assert!(
                    hits.iter().any(|hit| *hit.text == entry.text),
                    "{language}: {:?} does not say {:?}",
                    entry.example,
                    entry.text
                );
            }
            for entry in &pages {
                let verdict = lexicon.page_verdict(&entry.example, &Scan::of(&entry.example));
                assert!(verdict.is_some(), "{language}: {:?} does not say {:?}", entry.example, entry.text);
            }
        }
    }

    #[test]
    fn who_says_a_phrase_is_known_by_each_word_and_by_no_phrase() {
        let lexicon = Lexicon::builtin();
        for LexiconFile { language, phrases, says, .. } in files() {
            for word in &says {
                assert!(lexicon.is_told(&format!("Abc, {word}."), Telling::BehindPause), "{language}: {word}");
            }
            for entry in &phrases {
                let sentence = format!("{}.", entry.example.trim_end_matches('.'));
                assert!(!lexicon.is_told(&sentence, Telling::BehindPause), "{language}: {sentence}");
            }
        }
    }

    #[test]
    fn each_phrase_of_the_files_is_in_the_program() {
        let phrases: usize = files().iter().map(|file| file.phrases.len() + file.pages.len()).sum();
        assert_eq!(Lexicon::builtin().phrases.len(), phrases);
    }

    #[test]
    fn a_broken_file_is_refused_with_the_line() {
        let unknown = "language = \"en\"\n[[phrase]]\nkind = \"newsleter\"\n";
        let reason = LexiconFile::parse(unknown).expect_err("no such kind");
        assert!(reason.contains("line 3") && reason.contains("newsleter"), "{reason}");
        let empty = "language = \"en\"\n[[page]]\nverdict = \"blocked\"\ntext = \"…\"\nexample = \"x\"\n";
        let reason = LexiconFile::parse(empty).expect_err("no words");
        assert!(reason.contains("has no words"), "{reason}");
        let capital = "language = \"en\"\nsays = [\"Asks\"]\n";
        let reason = LexiconFile::parse(capital).expect_err("a capital");
        assert!(reason.contains("Asks"), "{reason}");
    }

    #[test]
    fn who_speaks_says_no_phrase() {
        let lexicon = Lexicon::builtin();
        let says = |text: &str| !lexicon.inserts(text, &Scan::of(text)).is_empty();
        assert!(!says("“Sign up for our newsletter now, and read it every day,” she told the readers."));
        assert!(says("『カテゴリーをフォロー』すると、港の記事をまとめて読めます。"));
        assert!(!says("「カテゴリーをフォローすることは、私はしません」と町長は話した。"));
        assert!(says("“Harbour Morning”: Sign up for our newsletter now, and read it every day."));
    }

    #[test]
    fn a_phrase_ends_at_a_word() {
        let lexicon = Lexicon::builtin();
        assert!(lexicon.inserts("Advertisement", &Scan::of("Advertisement")).iter().any(|hit| hit.role == Role::Ad));
        let other = "Advertisements for the play were banned";
        assert!(lexicon.inserts(other, &Scan::of(other)).iter().all(|hit| hit.strength != Strength::Sure));
    }
}
