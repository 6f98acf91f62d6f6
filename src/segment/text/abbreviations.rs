//! Words whose full stop ends no sentence: titles, months, units.

/// In small letters and in byte order. Words that sentences end in as well ("no", "art") are left out.
const ABBREVIATIONS: &[&str] = &[
    "abs", "allg", "apod", "approx", "apr", "atd", "aug", "av", "avv", "bl", "blz", "bspw", "bv", "bzw", "ca", "capt",
    "cf", "col", "corp", "dec", "dept", "dhr", "dipl", "dott", "dr", "drs", "dvs", "dña", "ecc", "ee", "env", "enz",
    "etc", "evtl", "feb", "fig", "ft", "geb", "gen", "gest", "ggf", "godz", "gov", "hon", "hr", "inc", "ing", "inkl",
    "jan", "jf", "jr", "kr", "lt", "ltd", "maj", "mevr", "mgr", "mio", "mld", "mlle", "mln", "mm", "mme", "mr", "mrd",
    "mrs", "ms", "mt", "např", "nos", "nov", "np", "nr", "núm", "oct", "osv", "pl", "pres", "prof", "pág", "rep",
    "rev", "sen", "sep", "sept", "sgt", "sog", "sr", "sra", "srta", "st", "std", "str", "tel", "tj", "tys", "tzn",
    "tzv", "ul", "usw", "uu", "vb", "vgl", "vol", "vs", "zit", "zzgl", "örn", "г", "гг", "др", "им", "млн", "млрд",
    "пр", "рис", "руб", "стр", "тыс", "ул",
];

/// Letters of the longest abbreviation.
const LONGEST: usize = 6;

/// Whether a word ahead of a full stop is one that it belongs to: an initial, or an abbreviation in any case.
pub(super) fn is_abbreviation(word: &str) -> bool {
    let letters = word.chars().take(LONGEST + 1).count();
    letters == 1 || (letters <= LONGEST && ABBREVIATIONS.binary_search(&word.to_lowercase().as_str()).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_sorted_and_short() {
        assert!(ABBREVIATIONS.is_sorted());
        assert!(ABBREVIATIONS.iter().all(|word| word.chars().count() <= LONGEST));
        assert!(is_abbreviation("Prof") && is_abbreviation("J") && is_abbreviation("млн"));
        assert!(!is_abbreviation("inbox") && !is_abbreviation("Council"));
    }
}
