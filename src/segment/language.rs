//! The language of a page that names none.

use whatlang::Lang;

use crate::block::Document;

/// Characters that are looked at: enough to tell, and no more work on a long page.
const LOOK_CHARS: usize = 4_000;
/// Likewise of text without markup, nearly all of which is sentences: of 252 news texts more characters tell no more.
const LOOK_TEXT_CHARS: usize = 300;
/// Words of a block that is a sentence rather than a label.
const SENTENCE_WORDS: usize = 8;

/// Sets the language by the page's sentences, where the page names none and they tell it for certain.
pub(super) fn detect(document: &mut Document) {
    if document.metadata.lang.is_some() {
        return;
    }
    let look_chars = if document.signs.plain_text { LOOK_TEXT_CHARS } else { LOOK_CHARS };
    let mut sample = String::new();
    for block in document.blocks.iter().filter(|block| block.words() >= SENTENCE_WORDS) {
        sample.extend(block.text.chars().take(look_chars));
        sample.push('\n');
        if sample.len() >= look_chars {
            break;
        }
    }
    let found = whatlang::detect(&sample).filter(whatlang::Info::is_reliable);
    document.metadata.lang = found.map(|info| tag(info.lang()).to_owned());
}

/// The BCP 47 tag of a language: its two letters where it has such, else the three of ISO 639-3.
fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Kor => "ko",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Ron => "ro",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Khm => "km",
        Lang::Dan => "da",
        Lang::Nob => "nb",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Cat => "ca",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Afr => "af",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use crate::page::Page;
    use crate::segment::segment;

    fn language(html: &str) -> Option<String> {
        segment(&Page::from_html(html, None)).metadata.lang
    }

    #[test]
    fn sentences_tell_the_language_where_the_page_does_not() {
        let story = "<p>Der Gemeinderat hat am Dienstag beschlossen, die alte Brücke über den Fluss noch in diesem Jahr zu sanieren.</p>";
        assert_eq!(language(story).as_deref(), Some("de"));
        assert_eq!(language(&format!("<html lang=de-AT>{story}")).as_deref(), Some("de-AT"));
        assert_eq!(language("<p>OK</p>"), None);
    }
}
