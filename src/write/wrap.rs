//! Text in the lines of a terminal, measured in its columns.

use unicode_width::UnicodeWidthChar;

/// Characters that a column may hold: some take no column at all, and a page may hold a million of those.
const MAX_CHARS_PER_COLUMN: usize = 8;

/// The columns that text takes: two for the wide characters of East Asian scripts, none for those that join others.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// The text in lines of `columns` at most, broken at spaces where it can be, the last one of `max_lines` with ` …` if
/// there is more. Control characters, which could move a terminal's cursor or change its colours, come as U+FFFD.
pub(super) fn wrap(text: &str, columns: usize, max_lines: usize) -> Vec<String> {
    let max_chars = columns * max_lines * MAX_CHARS_PER_COLUMN;
    let shown: String = text.chars().take(max_chars).map(printable).collect();
    let is_cut = text.chars().nth(max_chars).is_some();
    let mut lines = Vec::new();
    let mut rest = shown.trim();
    while !rest.is_empty() && lines.len() < max_lines {
        let (line, behind) = rest.split_at(line_end(rest, columns));
        lines.push(line.trim_end().to_owned());
        rest = behind.trim_start();
    }
    if (is_cut || !rest.is_empty())
        && let Some(last) = lines.last_mut()
    {
        shorten(last, columns);
    }
    lines
}

fn printable(c: char) -> char {
    if c.is_whitespace() {
        ' '
    } else if c.is_control() {
        '\u{fffd}'
    } else {
        c
    }
}

/// The byte where the first line of `text` ends: behind its last whole word, or inside a word that is too long for any
/// line. Never 0 for a text that is not empty.
fn line_end(text: &str, columns: usize) -> usize {
    let mut used = 0;
    let mut space = None;
    for (i, c) in text.char_indices() {
        used += char_width(c);
        if c == ' ' && i > 0 {
            space = Some(i);
        }
        if used > columns {
            let first = text.chars().next().map_or(0, char::len_utf8);
            return space.unwrap_or(i.max(first));
        }
    }
    text.len()
}

/// Makes place for ` …` at the end of a line.
fn shorten(line: &mut String, columns: usize) {
    const MORE: &str = " \u{2026}";
    let mut used = width(line);
    while used + width(MORE) > columns {
        let Some(c) = line.pop() else { break };
        used -= char_width(c);
    }
    line.truncate(line.trim_end().len());
    line.push_str(MORE);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(wrap("one two three four", 9, 9), ["one two", "three", "four"]);
        assert_eq!(wrap("one two three four", 9, 2), ["one two", "three \u{2026}"]);
        assert_eq!(wrap("one two three four", 7, 1), ["one t \u{2026}"]);
        assert_eq!(wrap("one two", 7, 1), ["one two"]);
        assert_eq!(wrap("  ", 7, 2), Vec::<String>::new());
    }

    #[test]
    fn long_words_break_inside() {
        assert_eq!(wrap("abcdefghij", 4, 9), ["abcd", "efgh", "ij"]);
    }

    #[test]
    fn wide_characters_count_two() {
        assert_eq!(width("\u{6771}\u{4eac}"), 4);
        assert_eq!(wrap("\u{6771}\u{4eac}\u{90fd}", 5, 9), ["\u{6771}\u{4eac}", "\u{90fd}"]);
    }

    #[test]
    fn a_terminal_takes_no_orders() {
        assert_eq!(wrap("a\u{1b}[2Jb\tc\nd", 20, 1), ["a\u{fffd}[2Jb c d"]);
    }

    proptest! {
        #[test]
        fn lines_fit_and_say_how_the_text_begins(text in any::<String>(), columns in 4..40usize, lines in 1..4usize) {
            let wrapped = wrap(&text, columns, lines);
            prop_assert!(wrapped.len() <= lines);
            for line in &wrapped {
                prop_assert!(width(line) <= columns, "{}", line);
            }
        }
    }
}
