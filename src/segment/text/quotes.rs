//! Whether a quotation mark opens or closes: each language has its own pair, and some marks do both.

/// What a quotation mark does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// What is quoted stands behind it.
    Opens,
    /// What is quoted stands ahead of it.
    Closes,
}

/// The quotations that are open at a place of a line.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    straight: bool,
    low: bool,
    /// The mark that opened.
    angle: Option<char>,
}

impl Quotes {
    /// What the mark does that stands between `before` and `behind`, `None` being the end of the line. To be asked for
    /// each mark of a line in order.
    pub(super) fn side(&mut self, mark: char, before: Option<char>, behind: Option<char>) -> Side {
        let by_place = by_place(before, behind);
        match mark {
            '"' => toggled(&mut self.straight, by_place),
            '»' | '«' => {
                // French sets a space on the inner side of both.
                let closes = self.angle.is_some_and(|opened| opened != mark);
                self.angle = if closes { None } else { Some(mark) };
                if closes { Side::Closes } else { Side::Opens }
            }
            '„' => {
                self.low = true;
                Side::Opens
            }
            // It closes what a low mark opened, and opens where none did.
            '“' if self.low => {
                self.low = false;
                Side::Closes
            }
            '“' => by_place.unwrap_or(Side::Opens),
            _ => {
                self.low = false;
                by_place.unwrap_or(Side::Closes)
            }
        }
    }
}

/// What the space on one side says; a mark between two words may do either.
fn by_place(before: Option<char>, behind: Option<char>) -> Option<Side> {
    if before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–')) {
        return Some(Side::Opens);
    }
    let closes = |c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '—' | '–');
    behind.is_none_or(closes).then_some(Side::Closes)
}

fn toggled(is_open: &mut bool, by_place: Option<Side>) -> Side {
    let side = by_place.unwrap_or(if *is_open { Side::Closes } else { Side::Opens });
    *is_open = side == Side::Opens;
    side
}
