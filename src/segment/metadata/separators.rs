//! What parts a headline from the name of the site.

/// What parts a headline from the name of the site, with the spaces it needs.
pub(super) const SEPARATORS: [&str; 25] = [
    " | ", " - ", " – ", " — ", " − ", " · ", " • ", " » ", " « ", " › ", " :: ", " ~ ", " / ", " // ", " > ", " < ",
    " ― ", "--", "｜", "：", " : ", ": ", "|", ", ", " @ ",
];

/// For each byte whether it begins a separator.
const BEGINS: [bool; 256] = {
    let mut begins = [false; 256];
    let mut at = 0;
    while at < SEPARATORS.len() {
        begins[SEPARATORS[at].as_bytes()[0] as usize] = true;
        at += 1;
    }
    begins
};

/// The separators that stand in a title.
pub(super) struct Separators([bool; SEPARATORS.len()]);

impl Separators {
    /// Looks for them.
    pub(super) fn of(title: &str) -> Self {
        let bytes = title.as_bytes();
        let mut found = [false; SEPARATORS.len()];
        for (at, byte) in bytes.iter().enumerate() {
            // Most places end here: letters, and spaces ahead of words.
            if !BEGINS[usize::from(*byte)] || *byte == b' ' && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
            {
                continue;
            }
            for (found, separator) in found.iter_mut().zip(SEPARATORS) {
                *found |= bytes[at..].starts_with(separator.as_bytes());
            }
        }
        Separators(found)
    }

    /// Those that were found, in the order of [`SEPARATORS`].
    pub(super) fn found(&self) -> impl Iterator<Item = &'static str> {
        SEPARATORS.iter().zip(self.0).filter(|(_, found)| *found).map(|(separator, _)| *separator)
    }
}

#[cfg(test)]
mod tests {
    use super::{SEPARATORS, Separators};

    #[test]
    fn each_separator_is_found_wherever_it_stands() {
        for separator in SEPARATORS {
            for title in [format!("{separator}Weir"), format!("Weir{separator}Mühle"), format!("水门{separator}")] {
                assert!(Separators::of(&title).found().any(|found| found == separator), "{title}");
            }
        }
        assert_eq!(Separators::of("Weir: the mill's – at last").found().collect::<Vec<_>>(), [" – ", ": "]);
        assert_eq!(Separators::of("").found().count(), 0);
    }
}
