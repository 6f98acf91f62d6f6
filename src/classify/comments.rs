//! Readers' comments that the scores keep: they read as stories do, and few pages to learn from hold any.

use std::ops::Range;

use crate::block::{BlockKind, Elements, word_hash};
use crate::knowledge::for_each_token;
use crate::verdict::{Evidence, Role, Verdict};

use super::page::PageView;
use super::repair::context;

/// Words that name a box of comments and, behind a story, little else. "Community", "feedback", "thread" name much more.
const NAMES: [&str; 28] = [
    "comment",
    "comments",
    "commentlist",
    "usercomments",
    "readercomments",
    "kommentar",
    "kommentare",
    "leserkommentare",
    "kommentarer",
    "kommentit",
    "comentario",
    "comentarios",
    "comentarii",
    "commentaire",
    "commentaires",
    "commento",
    "commenti",
    "reacties",
    "komentarze",
    "komentari",
    "komentare",
    "yorum",
    "yorumlar",
    "discussion",
    "replies",
    "disqus",
    "wpdiscuz",
    "livefyre",
];
/// Words of running text ahead of comments, at least: without a story they are what the page is for.
const STORY_WORDS: f32 = 100.0;
/// Share of those that may stand behind them: comments end a page.
const WORDS_BEHIND: f32 = 0.1;

/// Drops what is kept in boxes named as comments behind the story, and the heading right ahead of them.
pub(super) fn drop_comments(page: &PageView<'_>, verdicts: &mut [Verdict]) {
    let kept: Vec<usize> = (0..verdicts.len()).filter(|index| verdicts[*index].is_keep()).collect();
    let hashes = NAMES.map(word_hash);
    let elements = &page.document.elements;
    let mut boxes = Boxes { elements, hashes, names: vec![Name::Unknown; elements.len()], unknown: Vec::new() };
    let mut names: Vec<Option<&str>> = kept.iter().map(|index| boxes.name(page.place(*index).level(0))).collect();
    let Some(first) = names.iter().position(Option::is_some) else { return };
    let story = |range: Range<usize>| -> f32 {
        range.filter(|at| names[*at].is_none()).map(|at| page.lines[kept[at]].prose).sum()
    };
    let (ahead, behind) = (story(0..first), story(first..kept.len()));
    if ahead < STORY_WORDS || behind > WORDS_BEHIND * ahead {
        return;
    }
    let heads = |at: &usize| matches!(page.document.blocks[kept[*at]].kind, BlockKind::Heading(_));
    if let Some(heading) = first.checked_sub(1).filter(heads) {
        names[heading] = names[first];
    }
    for (index, name) in kept.into_iter().zip(names) {
        if let Some(name) = name {
            verdicts[index] = context(Role::Comments, Evidence::Token(name.to_owned()), &verdicts[index]);
        }
    }
}

/// The word that names an element, or one around it, as a box of comments.
#[derive(Clone, Copy)]
enum Name {
    /// It was not looked for yet.
    Unknown,
    /// The word, if there is one.
    Word(Option<&'static str>),
}

/// Which elements are boxes of comments, or stand in one, by the word that names it.
struct Boxes<'a> {
    elements: &'a Elements,
    /// The hashes of [`NAMES`].
    hashes: [u64; NAMES.len()],
    /// Of each element.
    names: Vec<Name>,
    /// Elements whose word is looked for.
    unknown: Vec<usize>,
}

impl Boxes<'_> {
    fn name(&mut self, innermost: Option<usize>) -> Option<&'static str> {
        let mut name = None;
        for element in self.elements.around(innermost) {
            match self.names[element] {
                Name::Unknown => self.unknown.push(element),
                Name::Word(known) => {
                    name = known;
                    break;
                }
            }
        }
        while let Some(element) = self.unknown.pop() {
            name = name.or_else(|| self.own_name(element));
            self.names[element] = Name::Word(name);
        }
        name
    }

    /// Not a heading's: that names what its section tells of; nor the page's: that says that it has comments.
    fn own_name(&self, element: usize) -> Option<&'static str> {
        let element = self.elements.get(element)?;
        if matches!(element.tag, "html" | "body" | "main" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
            return None;
        }
        let mut found = None;
        for_each_token(&element, |word, _| {
            found = found.or_else(|| self.hashes.iter().position(|hash| *hash == word));
        });
        found.map(|at| NAMES[at])
    }
}

#[cfg(test)]
mod tests {
    use super::super::repair::dropped_of_kept;
    use super::*;

    const STORY: &str = "<p>The keeper opened the weir on Tuesday after two winters of repairs, and the first boats came \
        down before noon while the town looked on from the bridge and from the quay. Nobody had thought that it would \
        take so long, the mayor said, and thanked the keepers, the carpenters and the two schools whose pupils had \
        carried the stones up from the old harbour. The lower gate follows in the spring.</p>";
    const COMMENT: &str = "<p>I walked there on Sunday with the whole family, and it was well worth the long way.</p>";

    fn dropped(html: &str) -> usize {
        dropped_of_kept(html, drop_comments).len()
    }

    fn list(names: &str) -> String {
        format!("<ol><li {names}>{COMMENT}</li><li {names}>{COMMENT}</li></ol>")
    }

    #[test]
    fn comments_behind_the_story_go() {
        for names in [
            "id=comment-12",
            "class='commentlist x'",
            "class=Kommentar",
            "class=reacties",
            "data-testid=comments-entry",
        ] {
            assert_eq!(dropped(&(STORY.repeat(2) + &list(names))), 2, "{names}");
        }
    }

    #[test]
    fn what_is_not_behind_a_story_stays() {
        let comments = list("class=comment");
        assert_eq!(dropped(&comments), 0, "a page of comments");
        assert_eq!(dropped(&(comments.clone() + &STORY.repeat(2))), 0, "ahead of the story");
        assert_eq!(dropped(&(STORY.repeat(2) + &comments + STORY)), 0, "amid the story");
        assert_eq!(dropped(&format!("<div class=comment>{}</div>", STORY.repeat(3))), 0, "an opinion");
    }

    #[test]
    fn names_of_headings_and_pages_name_no_box() {
        let heading = "<h2 id=reader-comments>What readers say</h2>";
        assert_eq!(dropped(&format!("{}{heading}{COMMENT}", STORY.repeat(2))), 0);
        assert_eq!(dropped(&(STORY.repeat(2) + "<h2>Eight voices</h2>" + &list("class=comment"))), 3, "heads comments");
        assert_eq!(dropped(&format!("<body class=has-comments>{}{COMMENT}", STORY.repeat(2))), 0);
    }
}
