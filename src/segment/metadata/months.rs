//! The names of the months.

use super::beginnings::Beginnings;

/// The number of the month that `name` is the name of, in English, German, French, Spanish, Portuguese, Italian,
/// Dutch, Swedish, Norwegian, Danish, Polish, Czech, Russian or Turkish: whole, inflected or abbreviated; and whole in
/// Ukrainian, Romanian, Hungarian, Finnish, Greek, Hebrew, Arabic, Hindi or Indonesian.
pub(super) fn month(name: &str) -> Option<u64> {
    // Most words end here.
    if let [first, second, ..] = name.as_bytes()
        && name.is_ascii()
        && !BEGINNINGS.has(*first, *second)
    {
        return None;
    }
    let name = name.to_lowercase();
    let at = MONTHS.binary_search_by_key(&name.as_str(), |(known, _)| known).ok()?;
    Some(MONTHS[at].1)
}

/// How the names begin.
static BEGINNINGS: Beginnings = {
    let mut beginnings = Beginnings::none();
    let mut at = 0;
    while at < MONTHS.len() {
        beginnings = beginnings.with(MONTHS[at].0);
        at += 1;
    }
    beginnings
};

/// Names in small letters, sorted by their bytes, and numbers of months.
#[rustfmt::skip]
const MONTHS: [(&str, u64); 403] = [
    ("abr", 4), ("abril", 4), ("ago", 8), ("agosto", 8), ("agustus", 8), ("aout", 8), ("août", 8), ("apr", 4),
    ("april", 4), ("aprile", 4), ("aprilie", 4), ("ara", 12), ("aralık", 12), ("aug", 8), ("august", 8),
    ("augusti", 8), ("augustus", 8), ("augusztus", 8), ("avr", 4), ("avril", 4), ("ağu", 8), ("ağustos", 8),
    ("březen", 3), ("března", 3), ("cze", 6), ("czerwca", 6), ("czerwiec", 6), ("dec", 12), ("december", 12),
    ("decembre", 12), ("decembrie", 12), ("des", 12), ("desember", 12), ("dez", 12), ("dezember", 12),
    ("dezembro", 12), ("dic", 12), ("dicembre", 12), ("diciembre", 12), ("duben", 4), ("dubna", 4), ("déc", 12),
    ("décembre", 12), ("eki", 10), ("ekim", 10), ("elokuu", 8), ("elokuuta", 8), ("ene", 1), ("enero", 1), ("eyl", 9),
    ("eylül", 9), ("feb", 2), ("febbr", 2), ("febbraio", 2), ("feber", 2), ("febrero", 2), ("februar", 2),
    ("februari", 2), ("februarie", 2), ("february", 2), ("február", 2), ("fev", 2), ("fevereiro", 2), ("fevrier", 2),
    ("fév", 2), ("févr", 2), ("février", 2), ("gen", 1), ("gennaio", 1), ("giu", 6), ("giugno", 6), ("gru", 12),
    ("grudnia", 12), ("grudzień", 12), ("haz", 6), ("haziran", 6), ("heinäkuu", 7), ("heinäkuuta", 7),
    ("helmikuu", 2), ("helmikuuta", 2), ("huhtikuu", 4), ("huhtikuuta", 4), ("ian", 1), ("ianuarie", 1), ("iulie", 7),
    ("iunie", 6), ("jan", 1), ("janeiro", 1), ("januar", 1), ("januari", 1), ("january", 1), ("január", 1),
    ("janv", 1), ("janvier", 1), ("joulukuu", 12), ("joulukuuta", 12), ("juil", 7), ("juillet", 7), ("juin", 6),
    ("jul", 7), ("julho", 7), ("juli", 7), ("julio", 7), ("july", 7), ("jun", 6), ("june", 6), ("junho", 6),
    ("juni", 6), ("junio", 6), ("jän", 1), ("jänner", 1), ("július", 7), ("június", 6), ("kas", 11), ("kasım", 11),
    ("kesäkuu", 6), ("kesäkuuta", 6), ("květen", 5), ("května", 5), ("kwi", 4), ("kwiecień", 4), ("kwietnia", 4),
    ("leden", 1), ("ledna", 1), ("lip", 7), ("lipca", 7), ("lipiec", 7), ("lis", 11), ("listopad", 11),
    ("listopada", 11), ("listopadu", 11), ("lokakuu", 10), ("lokakuuta", 10), ("lug", 7), ("luglio", 7), ("lut", 2),
    ("lutego", 2), ("luty", 2), ("maaliskuu", 3), ("maaliskuuta", 3), ("maart", 3), ("mag", 5), ("maggio", 5),
    ("mai", 5), ("maio", 5), ("maj", 5), ("maja", 5), ("mar", 3), ("marca", 3), ("march", 3), ("maret", 3),
    ("marraskuu", 11), ("marraskuuta", 11), ("mars", 3), ("mart", 3), ("martie", 3), ("marts", 3), ("marzec", 3),
    ("marzo", 3), ("março", 3), ("may", 5), ("mayo", 5), ("mayıs", 5), ("mei", 5), ("mrt", 3), ("mrz", 3),
    ("május", 5), ("március", 3), ("mär", 3), ("märz", 3), ("nis", 4), ("nisan", 4), ("noiembrie", 11), ("nov", 11),
    ("november", 11), ("novembre", 11), ("novembro", 11), ("noviembre", 11), ("oca", 1), ("ocak", 1), ("oct", 10),
    ("october", 10), ("octobre", 10), ("octombrie", 10), ("octubre", 10), ("okt", 10), ("oktober", 10),
    ("október", 10), ("ott", 10), ("ottobre", 10), ("out", 10), ("outubro", 10), ("paź", 10), ("październik", 10),
    ("października", 10), ("pebruari", 2), ("prosince", 12), ("prosinec", 12), ("sep", 9), ("sept", 9),
    ("september", 9), ("septembre", 9), ("septembrie", 9), ("septiembre", 9), ("set", 9), ("setembro", 9),
    ("setiembre", 9), ("sett", 9), ("settembre", 9), ("sie", 8), ("sierpień", 8), ("sierpnia", 8), ("srpen", 8),
    ("srpna", 8), ("sty", 1), ("styczeń", 1), ("stycznia", 1), ("syyskuu", 9), ("syyskuuta", 9), ("szeptember", 9),
    ("tammikuu", 1), ("tammikuuta", 1), ("tem", 7), ("temmuz", 7), ("toukokuu", 5), ("toukokuuta", 5), ("wrz", 9),
    ("wrzesień", 9), ("września", 9), ("září", 9), ("április", 4), ("únor", 2), ("února", 2), ("červen", 6),
    ("července", 7), ("červenec", 7), ("června", 6), ("říjen", 10), ("října", 10), ("şub", 2), ("şubat", 2),
    ("απρίλιος", 4), ("απριλίου", 4), ("αυγούστου", 8), ("αύγουστος", 8), ("δεκέμβριος", 12), ("δεκεμβρίου", 12),
    ("ιανουάριος", 1), ("ιανουαρίου", 1), ("ιουλίου", 7), ("ιουνίου", 6), ("ιούλιος", 7), ("ιούνιος", 6),
    ("μάιος", 5), ("μάρτιος", 3), ("μαΐου", 5), ("μαίου", 5), ("μαρτίου", 3), ("νοέμβριος", 11), ("νοεμβρίου", 11),
    ("οκτωβρίου", 10), ("οκτώβριος", 10), ("σεπτέμβριος", 9), ("σεπτεμβρίου", 9), ("φεβρουάριος", 2),
    ("φεβρουαρίου", 2), ("авг", 8), ("август", 8), ("августа", 8), ("апр", 4), ("апрель", 4), ("апреля", 4),
    ("березень", 3), ("березня", 3), ("вересень", 9), ("вересня", 9), ("грудень", 12), ("грудня", 12), ("дек", 12),
    ("декабрь", 12), ("декабря", 12), ("жовтень", 10), ("жовтня", 10), ("июл", 7), ("июль", 7), ("июля", 7),
    ("июн", 6), ("июнь", 6), ("июня", 6), ("квітень", 4), ("квітня", 4), ("липень", 7), ("липня", 7),
    ("листопад", 11), ("листопада", 11), ("лютий", 2), ("лютого", 2), ("май", 5), ("мар", 3), ("март", 3),
    ("марта", 3), ("мая", 5), ("ноя", 11), ("нояб", 11), ("ноябрь", 11), ("ноября", 11), ("окт", 10), ("октябрь", 10),
    ("октября", 10), ("сен", 9), ("сент", 9), ("сентябрь", 9), ("сентября", 9), ("серпень", 8), ("серпня", 8),
    ("січень", 1), ("січня", 1), ("травень", 5), ("травня", 5), ("фев", 2), ("февраль", 2), ("февраля", 2),
    ("червень", 6), ("червня", 6), ("янв", 1), ("январь", 1), ("января", 1), ("אוגוסט", 8), ("אוקטובר", 10),
    ("אפריל", 4), ("באוגוסט", 8), ("באוקטובר", 10), ("באפריל", 4), ("בדצמבר", 12), ("ביולי", 7), ("ביוני", 6),
    ("בינואר", 1), ("במאי", 5), ("במרס", 3), ("במרץ", 3), ("בנובמבר", 11), ("בספטמבר", 9), ("בפברואר", 2),
    ("דצמבר", 12), ("יולי", 7), ("יוני", 6), ("ינואר", 1), ("מאי", 5), ("מרס", 3), ("מרץ", 3), ("נובמבר", 11),
    ("ספטמבר", 9), ("פברואר", 2), ("آب", 8), ("آذار", 3), ("أبريل", 4), ("أغسطس", 8), ("أفريل", 4), ("أكتوبر", 10),
    ("أوت", 8), ("أيار", 5), ("أيلول", 9), ("إبريل", 4), ("ابريل", 4), ("اغسطس", 8), ("اكتوبر", 10), ("تموز", 7),
    ("جانفي", 1), ("جوان", 6), ("جويلية", 7), ("حزيران", 6), ("ديسمبر", 12), ("سبتمبر", 9), ("شباط", 2),
    ("فبراير", 2), ("فيفري", 2), ("مارس", 3), ("ماي", 5), ("مايو", 5), ("نوفمبر", 11), ("نيسان", 4), ("يناير", 1),
    ("يوليه", 7), ("يوليو", 7), ("يونيه", 6), ("يونيو", 6), ("अक्टूबर", 10), ("अक्तूबर", 10), ("अगस्त", 8),
    ("अप्रैल", 4), ("जनवरी", 1), ("जुलाई", 7), ("जून", 6), ("दिसंबर", 12), ("दिसम्बर", 12), ("नवंबर", 11),
    ("नवम्बर", 11), ("फरवरी", 2), ("फ़रवरी", 2), ("मई", 5), ("मार्च", 3), ("सितंबर", 9), ("सितम्बर", 9),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_sorted() {
        assert!(MONTHS.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn the_months_of_each_language_are_known() {
        for names in [
            "January February March April May June July August September October November December",
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            "januari februari maart april mei juni juli augustus september oktober november december",
            "januari februari mars april maj juni juli augusti september oktober november december",
            "januar februar mars april mai juni juli august september oktober november desember",
            "januar februar marts april maj juni juli august september oktober november december",
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
            "ledna února března dubna května června července srpna září října listopadu prosince",
            "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
            "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
            "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
            "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
            "január február március április május június július augusztus szeptember október november december",
            "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta \
             marraskuuta joulukuuta",
            "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου \
             Δεκεμβρίου",
            "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
            "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
            "जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
            "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
        ] {
            let numbers: Vec<Option<u64>> = names.split_whitespace().map(month).collect();
            assert_eq!(numbers, (1..=12).map(Some).collect::<Vec<_>>(), "{names}");
        }
        assert_eq!(month("Monday"), None);
    }
}
