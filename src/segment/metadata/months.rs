//! The names of the months.

/// The number of the month that `name` is the name of, in English, German, French, Spanish, Portuguese, Italian,
/// Dutch, Swedish, Norwegian, Danish, Polish, Czech, Russian or Turkish: whole, inflected or abbreviated.
pub(super) fn month(name: &str) -> Option<u64> {
    let number = match name.to_lowercase().as_str() {
        "january" | "jan" | "januar" | "jänner" | "jän" | "janvier" | "janv" | "enero" | "ene" | "janeiro"
        | "gennaio" | "gen" | "januari" | "stycznia" | "styczeń" | "sty" | "ledna" | "leden" | "января" | "январь"
        | "янв" | "ocak" | "oca" => 1,
        "february" | "feb" | "februar" | "feber" | "février" | "fevrier" | "févr" | "fév" | "febrero" | "fevereiro"
        | "fev" | "febbraio" | "febbr" | "februari" | "lutego" | "luty" | "lut" | "února" | "únor" | "февраля"
        | "февраль" | "фев" | "şubat" | "şub" => 2,
        "march" | "mar" | "märz" | "mär" | "mrz" | "mars" | "marzo" | "março" | "maart" | "mrt" | "marts" | "marca"
        | "marzec" | "března" | "březen" | "марта" | "март" | "мар" | "mart" => 3,
        "april" | "apr" | "avril" | "avr" | "abril" | "abr" | "aprile" | "kwietnia" | "kwiecień" | "kwi" | "dubna"
        | "duben" | "апреля" | "апрель" | "апр" | "nisan" | "nis" => 4,
        "may" | "mai" | "mayo" | "maio" | "maggio" | "mag" | "mei" | "maj" | "maja" | "května" | "květen" | "мая"
        | "май" | "mayıs" => 5,
        "june" | "jun" | "juni" | "juin" | "junio" | "junho" | "giugno" | "giu" | "czerwca" | "czerwiec" | "cze"
        | "června" | "červen" | "июня" | "июнь" | "июн" | "haziran" | "haz" => 6,
        "july" | "jul" | "juli" | "juillet" | "juil" | "julio" | "julho" | "luglio" | "lug" | "lipca" | "lipiec"
        | "lip" | "července" | "červenec" | "июля" | "июль" | "июл" | "temmuz" | "tem" => 7,
        "august" | "aug" | "août" | "aout" | "agosto" | "ago" | "augustus" | "augusti" | "sierpnia" | "sierpień"
        | "sie" | "srpna" | "srpen" | "августа" | "август" | "авг" | "ağustos" | "ağu" => 8,
        "september" | "sep" | "sept" | "septembre" | "septiembre" | "setiembre" | "setembro" | "set" | "settembre"
        | "sett" | "września" | "wrzesień" | "wrz" | "září" | "сентября" | "сентябрь" | "сен" | "сент" | "eylül"
        | "eyl" => 9,
        "october" | "oct" | "oktober" | "okt" | "octobre" | "octubre" | "outubro" | "out" | "ottobre" | "ott"
        | "października" | "październik" | "paź" | "října" | "říjen" | "октября" | "октябрь" | "окт" | "ekim"
        | "eki" => 10,
        "november" | "nov" | "novembre" | "noviembre" | "novembro" | "listopada" | "listopad" | "lis" | "ноября"
        | "ноябрь" | "ноя" | "нояб" | "kasım" | "kas" => 11,
        "december" | "dec" | "dezember" | "dez" | "décembre" | "decembre" | "déc" | "diciembre" | "dic"
        | "dezembro" | "dicembre" | "desember" | "des" | "grudnia" | "grudzień" | "gru" | "prosince" | "prosinec"
        | "декабря" | "декабрь" | "дек" | "aralık" | "ara" => 12,
        _ => return None,
    };
    Some(number)
}
