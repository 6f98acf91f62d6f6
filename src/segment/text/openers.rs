//! Words that open a sentence far more often than they stand capitalised within one: articles, pronouns,
//! prepositions and conjunctions of the languages that news is scraped in and that have capitals.

/// In byte order. None that names end in (`RenderMan`, `HomePod`, `CapitalOne`).
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "Aber", "According", "After", "Ahora", "Ainsi", "Al", "Ale", "Alla", "Alle", "Alors", "Als", "Although", "Am",
    "Ama", "An", "Ancak", "Anche", "And", "Ao", "Aos", "Apesar", "Après", "As", "Así", "At", "Até", "Au", "Auch",
    "Auf", "Aunque", "Aus", "Aux", "Av", "Avant", "Avec", "Ayrıca", "Až", "Because", "Before", "Bei", "Beim", "Bij",
    "Bir", "Biz", "Bo", "Both", "Bu", "Bunun", "But", "By", "Byl", "Byla", "Bylo", "Był", "Była", "Było", "Ce", "Ces",
    "Cet", "Cette", "Che", "Chez", "Chi", "Co", "Com", "Como", "Con", "Così", "Cuando", "Czy", "Da", "Daar", "Daha",
    "Dal", "Dalla", "Damit", "Dann", "Dans", "Das", "Dass", "Dat", "De", "Del", "Della", "Dem", "Den", "Denn",
    "Denne", "Depois", "Depuis", "Der", "Dermed", "Des", "Desde", "Despite", "Después", "Dessa", "Det", "Detta",
    "Dette", "Deze", "Di", "Die", "Dies", "Diese", "Dieser", "Disse", "Dit", "Dla", "Do", "Doch", "Door", "Dopo",
    "Du", "Durante", "Durch", "During", "Där", "Each", "Earlier", "Een", "Efter", "Ein", "Eine", "Einen", "Einer",
    "El", "Ela", "Ele", "Eles", "Ella", "Elle", "Elles", "Ellos", "Em", "En", "Entre", "Er", "Es", "Esse", "Esta",
    "Este", "Esto", "Et", "Ett", "Etter", "Even", "Every", "Fakat", "For", "Fra", "From", "Från", "För", "Für", "Gdy",
    "Gli", "Han", "Har", "Hasta", "He", "Her", "Here", "Het", "Hij", "His", "How", "However", "Hun", "Hvis", "Hvor",
    "Här", "Ich", "If", "Ifølge", "Ihr", "Ik", "Il", "Ils", "Im", "In", "Inte", "Ist", "It", "Its", "Jag", "Jak",
    "Jako", "Je", "Jednak", "Jeg", "Jego", "Jeho", "Jej", "Jejich", "Její", "Jest", "Jsou", "Już", "Kadar", "Když",
    "Kein", "Kiedy", "Která", "Které", "Který", "Która", "Które", "Który", "La", "Las", "Last", "Later", "Le", "Les",
    "Leur", "Lo", "Lors", "Los", "Ma", "Maar", "Mais", "Many", "Mas", "Meanwhile", "Med", "Men", "Mens", "Met",
    "Mientras", "Mit", "Most", "Na", "Naar", "Nach", "Nachdem", "Nad", "Nas", "Ne", "Nel", "Nella", "Never", "Nicht",
    "Nie", "Niet", "No", "Nog", "Non", "Nos", "Not", "Nous", "Nu", "Nun", "Nur", "När", "Nå", "Når", "Ob", "Obwohl",
    "Och", "Od", "Og", "Olarak", "Om", "Omdat", "On", "Once", "Onder", "Onlar", "Only", "Ook", "Op", "Os", "Ou",
    "Our", "Over", "Par", "Para", "Pela", "Pelo", "Pendant", "Per", "Perché", "Perhaps", "Pero", "Però", "Plus", "Po",
    "Podczas", "Podle", "Poi", "Por", "Porque", "Pour", "Pro", "Proto", "Przed", "Przez", "Przy", "Puis", "På",
    "Před", "Při", "Quand", "Quando", "Que", "Questa", "Questo", "Qui", "Sa", "Samtidig", "Samtidigt", "Sans",
    "Schon", "Se", "Secondo", "Segundo", "Según", "Sein", "Seine", "Seit", "Selon", "Sem", "Ses", "Several", "She",
    "Si", "Sie", "Sin", "Since", "So", "Sobre", "Som", "Some", "Sometimes", "Son", "Sono", "Sonra", "Sous", "Still",
    "Su", "Sul", "Sulla", "Sur", "Så", "Są", "Ta", "Tak", "Také", "Także", "También", "Te", "Ten", "Tento", "That",
    "The", "Their", "Then", "There", "These", "They", "This", "Those", "Though", "Til", "Till", "To", "Today", "Toen",
    "Tous", "Tras", "Tym", "Uit", "Um", "Uma", "Un", "Una", "Und", "Une", "Uno", "Uns", "Unser", "Unter", "Until",
    "Vad", "Van", "Var", "Ve", "Ved", "Vi", "Vid", "Volgens", "Vom", "Von", "Voor", "Vor", "Vous", "Wann", "War",
    "Was", "Wat", "We", "Według", "Weil", "Wenn", "Wer", "What", "When", "Where", "Whether", "Which", "While", "Who",
    "Why", "Wie", "Wij", "Wir", "With", "Wo", "Wszystko", "Ya", "Yeni", "Yet", "You", "Your", "Za", "Zdaniem", "Ze",
    "Zij", "Zo", "Zu", "Zum", "Zur", "Zwar", "Zwei", "Çünkü", "Über", "Şu", "Že", "Без", "Был", "Была", "Были",
    "Было", "Во", "Все", "Вчера", "Для", "До", "Его", "Ее", "Если", "Ещё", "Её", "За", "Из", "Их", "Как", "Когда",
    "Кроме", "Мы", "На", "Не", "Но", "Об", "Он", "Она", "Они", "От", "По", "Под", "После", "При", "Сегодня", "Так",
    "Также", "Тем", "То", "Только", "Что", "Чтобы", "Эта", "Эти", "Это", "Этот",
];

/// The words of one letter that do so.
const SHORT_OPENERS: &[char] =
    &['A', 'E', 'I', 'O', 'S', 'U', 'V', 'W', 'Y', 'Z', 'À', 'É', 'А', 'В', 'И', 'К', 'О', 'С', 'У', 'Я'];

/// Articles that a capitalised noun follows where nouns have capitals.
const ARTICLES_OF_NOUNS: &[&str] = &["Das", "Dem", "Den", "Der", "Die", "Ein", "Eine", "Im"];

/// Whether a capitalised word opens a sentence rather than a name.
pub(super) fn is_opener(word: &str) -> bool {
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(letter), None) => SHORT_OPENERS.contains(&letter),
        _ => OPENERS.binary_search(&word).is_ok(),
    }
}

/// Whether an opener is followed by a capital in any sentence of its language.
pub(super) fn goes_with_nouns(opener: &str) -> bool {
    ARTICLES_OF_NOUNS.contains(&opener)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openers_are_sorted() {
        assert!(OPENERS.is_sorted());
        assert!(is_opener("The") && is_opener("Über") && is_opener("Это") && is_opener("A"));
        assert!(!is_opener("Hollande") && !is_opener("X") && !is_opener("the") && !is_opener(""));
    }
}
