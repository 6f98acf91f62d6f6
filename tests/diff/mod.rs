//! What differs between two texts, line by line.

use std::fmt::Write;

/// One line of the two texts taken together.
enum Line<'a> {
    Same(&'a str),
    Missing(&'a str),
    Extra(&'a str),
}

/// The lines that differ: `-` for one that is expected and missing, `+` for one that is there and should not be, and a
/// line of context around them.
pub fn diff(expected: &str, actual: &str) -> String {
    let lines = aligned(&expected.lines().collect::<Vec<_>>(), &actual.lines().collect::<Vec<_>>());
    let differs = |index: usize| lines.get(index).is_some_and(|line| !matches!(line, Line::Same(_)));
    let mut shown = String::new();
    for (index, line) in lines.iter().enumerate() {
        let near = differs(index + 1) || index > 0 && differs(index - 1);
        match line {
            Line::Same(text) if near => writeln!(shown, "    {text}").unwrap(),
            Line::Same(_) => {}
            Line::Missing(text) => writeln!(shown, "  - {text}").unwrap(),
            Line::Extra(text) => writeln!(shown, "  + {text}").unwrap(),
        }
    }
    shown
}

/// The two texts along their longest common subsequence of lines.
fn aligned<'a>(expected: &[&'a str], actual: &[&'a str]) -> Vec<Line<'a>> {
    let common = common_lengths(expected, actual);
    let (mut i, mut j) = (0, 0);
    let mut lines = Vec::new();
    while i < expected.len() || j < actual.len() {
        if i < expected.len() && j < actual.len() && expected[i] == actual[j] {
            lines.push(Line::Same(expected[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == actual.len() || (i < expected.len() && common[i + 1][j] >= common[i][j + 1]) {
            lines.push(Line::Missing(expected[i]));
            i += 1;
        } else {
            lines.push(Line::Extra(actual[j]));
            j += 1;
        }
    }
    lines
}

/// At `[i][j]` the length of the longest common subsequence of what follows line `i` and line `j`.
fn common_lengths(expected: &[&str], actual: &[&str]) -> Vec<Vec<usize>> {
    let mut lengths = vec![vec![0; actual.len() + 1]; expected.len() + 1];
    for i in (0..expected.len()).rev() {
        for j in (0..actual.len()).rev() {
            lengths[i][j] = if expected[i] == actual[j] {
                lengths[i + 1][j + 1] + 1
            } else {
                lengths[i + 1][j].max(lengths[i][j + 1])
            };
        }
    }
    lengths
}
