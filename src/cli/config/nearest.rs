//! The name that was meant by a mistyped one.

/// The name of `names` that is nearest to `typed`, where one is near.
pub(super) fn nearest<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = 1 + typed.chars().count() / 3;
    let distances = names.into_iter().map(|name| (distance(typed, name), name));
    distances.min_by_key(|(distance, _)| *distance).filter(|(distance, _)| *distance <= most).map(|(_, name)| name)
}

/// Characters to insert, delete or replace until one is the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.chars().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_near_or_not() {
        let names = ["timeout", "connect-timeout", "max-size"];
        assert_eq!(nearest("time-out", names), Some("timeout"));
        assert_eq!(nearest("connect_timeout", names), Some("connect-timeout"));
        assert_eq!(nearest("maxsize", names), Some("max-size"));
        assert_eq!(nearest("colour", names), None);
        assert_eq!(nearest("", ["a"]), Some("a"));
    }

    #[test]
    fn distances_are_counted_in_characters() {
        assert_eq!(distance("", "été"), 3);
        assert_eq!(distance("été", "ete"), 2);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
