//! Inserts as publishers plant them, each alone in the middle of a story, in the languages of the news: it goes, and the
//! story stays as it was; where someone of the story says it, it stays. `alone/LANG.txt` has the lines of a story, and behind
//! an empty line the inserts.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

use std::fs;
use std::path::Path;

use cleancopy::Cleaner;
use cleancopy::options::CleanOptions;
use cleancopy::page::{Page, PageFormat};

/// Lines of the story ahead of the insert.
const AHEAD: usize = 4;

/// Where the insert does not go, or something else does: what is left.
fn fault(cleaner: &Cleaner, story: &[&str], insert: &str, between: &str) -> Option<String> {
    let with_insert = [&story[..AHEAD], &[insert], &story[AHEAD..]].concat().join(between);
    let page = Page { format: PageFormat::Text, ..Page::from_html(with_insert, None) };
    let left = cleaner.clean(&page).text();
    (left != story.join(between)).then_some(left)
}

/// By language, a sentence that says who says an insert, without quotation marks.
const SAID: &[(&str, &str)] = &[
    ("en", "Subscribe to our newsletter, said a wet banner above the sports hall, and a few people laughed."),
    ("de", "Jetzt Newsletter abonnieren, stand auf einem nassen Plakat über der Turnhalle."),
    ("fr", "Inscrivez-vous à notre newsletter, disait une banderole mouillée au-dessus du gymnase."),
    ("es", "Suscríbete a nuestro boletín, decía una pancarta mojada sobre el gimnasio."),
    ("pt", "Subscreva a nossa newsletter, dizia uma faixa molhada sobre o ginásio."),
    ("it", "Iscriviti alla newsletter, diceva uno striscione bagnato sopra la palestra."),
    ("nl", "Schrijf je in voor onze nieuwsbrief, stond op een nat spandoek boven de sporthal."),
    ("sv", "Prenumerera på vårt nyhetsbrev, stod det på en våt banderoll över idrottshallen."),
    ("no", "Meld deg på nyhetsbrevet, sto det på et vått banner over idrettshallen."),
    ("da", "Tilmeld dig vores nyhedsbrev, stod der på et vådt banner over idrætshallen."),
    ("pl", "Zapisz się do newslettera, głosił mokry transparent nad salą gimnastyczną."),
    ("cs", "Přihlaste se k odběru newsletteru, hlásal mokrý transparent nad tělocvičnou."),
    ("ru", "Подпишитесь на нашу рассылку, гласил мокрый плакат над спортзалом."),
    ("tr", "Bültenimize abone olun, diyordu spor salonunun üstündeki ıslak pankart."),
    ("ja", "メルマガに登録してください、と体育館の上の濡れた横断幕には書かれていた。"),
    ("ko", "뉴스레터를 구독하세요, 라고 체육관 위의 젖은 현수막에 적혀 있었다."),
    ("zh", "订阅我们的电子报，体育馆上方湿透的横幅上写着这几个字。"),
];

#[test]
fn an_insert_that_someone_of_the_story_says_stays() {
    let cleaner = Cleaner::new(CleanOptions::default());
    for (language, sentence) in SAID {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/alone/{language}.txt"));
        let text = fs::read_to_string(&path).unwrap();
        let story: Vec<&str> = text.split_once("\n\n").unwrap().0.lines().collect();
        let story = [&story[..AHEAD], &[sentence], &story[AHEAD..]].concat().join("\n");
        let page = Page { format: PageFormat::Text, ..Page::from_html(story.as_str(), None) };
        assert_eq!(cleaner.clean(&page).text(), story);
    }
}

#[test]
fn an_insert_alone_in_a_story_goes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/alone");
    let cleaner = Cleaner::new(CleanOptions::default());
    let mut languages = 0;
    for path in folder.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
        let text = fs::read_to_string(&path).unwrap();
        let (story, inserts) = text.split_once("\n\n").unwrap();
        let story: Vec<&str> = story.lines().collect();
        assert!(inserts.lines().count() > 10, "{}", path.display());
        for insert in inserts.lines() {
            for between in ["\n", "\n\n"] {
                let left = fault(&cleaner, &story, insert, between);
                assert!(left.is_none(), "{}: {insert:?} in {}", path.display(), left.unwrap());
            }
        }
        languages += 1;
    }
    assert_eq!(languages, 27);
}
