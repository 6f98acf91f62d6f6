//! Whether what comes out was in what went in. What is compared are letters and digits: marks and spaces are the
//! formats' own.

use std::collections::HashMap;

/// Letters and digits of a text.
pub fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric())
}

/// Whether the letters of `part` are those of `whole` with some of them gone.
pub fn is_rest_of(part: &str, whole: &str) -> bool {
    let mut whole = letters(whole);
    letters(part).all(|c| whole.any(|other| other == c))
}

/// Whether `part` is `whole` with some of its bytes gone.
pub fn is_subsequence_of(part: &str, whole: &str) -> bool {
    let mut whole = whole.bytes();
    part.bytes().all(|byte| whole.any(|other| other == byte))
}

/// The first letter that `part` has more often than `whole`.
pub fn first_surplus(part: &str, whole: &str) -> Option<char> {
    let mut left: HashMap<char, usize> = HashMap::new();
    for c in letters(whole) {
        *left.entry(c).or_default() += 1;
    }
    letters(part).find(|c| left.get_mut(c).is_none_or(|count| count.checked_sub(1).map(|less| *count = less).is_none()))
}

/// A page as written, with what each character reference stands for put ahead of its name. Which references are decoded
/// is the parser's to say, so both forms are there.
pub fn with_references_decoded(html: &str) -> String {
    let mut pieces = html.split('&');
    let mut page = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '#' | ';');
        let reference = format!("&{}", &piece[..piece.find(|c| !is_name(c)).unwrap_or(piece.len())]);
        let decoded = htmlize::unescape(reference.as_str());
        if decoded != reference {
            // No reference stands for more than two characters; the rest is what follows it.
            page.extend(decoded.chars().take(2));
        }
        page.push_str(piece);
    }
    page
}
