//! Plain text: the words of the story and nothing else.

use std::io;

use super::{Format, Record};
use crate::envelope::Envelope;

/// The story as [`Article::text`](crate::Article::text) has it, with a final line break where it has none, and behind the byte
/// order mark that text without markup came with. Writes nothing for a page without a story and for a failure.
#[derive(Debug, Clone, Copy, Default)]
pub struct Text;

impl Format for Text {
    fn write(&self, record: &Record<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        match record.outcome {
            Ok(article) if article.kept().next().is_some() => {
                let text = article.text();
                let end = if text.ends_with('\n') { "" } else { "\n" };
                write!(out, "{}{text}{end}", article.mark.as_str())
            }
            _ => Ok(()),
        }
    }

    fn shows_language(&self, _: Option<&Envelope>) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::BlockKind;
    use crate::write::sample::{article, block, dropped, failure, kept, written, written_outcome};

    #[test]
    fn the_story_and_a_line_break() {
        let article = article(vec![
            kept(block("One.", BlockKind::Paragraph)),
            dropped(block("Subscribe now", BlockKind::Paragraph), "subscribe now"),
            kept(block("Two.", BlockKind::Paragraph)),
        ]);
        assert_eq!(written(&Text, &article), "One.\n\nTwo.\n");
    }

    #[test]
    fn nothing_without_a_story() {
        let article = article(vec![dropped(block("Subscribe now", BlockKind::Paragraph), "subscribe now")]);
        assert_eq!(written(&Text, &article), "");
        assert_eq!(written_outcome(&Text, Err(&failure())), "");
    }
}
