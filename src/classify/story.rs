//! What a page as a whole is.

use crate::block::{Block, BlockKind, Document, Origin, Scan};
use crate::knowledge::Lexicon;
use crate::verdict::{Evidence, PageVerdict, Reason, Role, Stage, Verdict};

use super::lines::ends_sentence;

/// Words of a text that may be all that a robot check or an error page says.
const NOTICE_WORDS: usize = 120;
/// Likewise of a page that says it in its title, in a first heading or in its text; teasers of other pages included.
const HEADED_NOTICE_WORDS: usize = 500;
/// Words of the shortest story that does not say it is one.
const STORY_WORDS: usize = 40;
/// Words of the shortest story that says it is one.
const DECLARED_WORDS: usize = 15;
/// Likewise where what is kept are whole sentences in the only `article` of the page.
const BRIEF_WORDS: usize = 20;
const DECLARED_BRIEF_WORDS: usize = 8;
/// Words of the longest teaser of a story that has to be paid for.
const TEASER_WORDS: usize = 350;
/// The tag of a story, or of a teaser of one.
const ARTICLE: &str = "article";
/// Words of text that a page has at the most which cannot show its own without a script.
const EMPTY_WORDS: usize = 60;

/// The verdict on a page by the verdicts on its blocks; `scans` are of the blocks' texts.
pub(super) fn page_verdict(
    document: &Document,
    scans: &[Scan],
    verdicts: &[Verdict],
    lexicon: &Lexicon,
) -> PageVerdict {
    let kept = || texts(document, scans).zip(verdicts).filter(|(_, verdict)| verdict.is_keep()).map(|(text, _)| text);
    let words: usize = kept().map(|(_, scan)| scan.words).sum();
    if document.signs.plain_text {
        return if words > 0 { PageVerdict::Article } else { PageVerdict::NotAnArticle };
    }
    if words > HEADED_NOTICE_WORDS {
        return if document.signs.live { PageVerdict::Live } else { PageVerdict::Article };
    }
    let says = said(document, scans, lexicon);
    // A body out of the page's data is the whole story, whatever the page says of itself to those who do not pay or run
    // no script.
    let is_given = kept().any(|(block, _)| block.origin == Origin::StructuredData);
    let is_article = document.signs.article || document.signs.live || is_given;
    let notice = says.filter(|verdict| matches!(verdict, PageVerdict::Blocked | PageVerdict::ScriptOnly));
    let plain_notice =
        || kept().any(|(block, scan)| is_notice(&block.text, scan, lexicon)) || heads_notice(document, scans, lexicon);
    let notice_words = if notice.is_some() && plain_notice() { HEADED_NOTICE_WORDS } else { NOTICE_WORDS };
    if let Some(notice) = notice.filter(|_| words < notice_words && !is_article) {
        return notice;
    }
    let teased = says == Some(PageVerdict::Paywalled) || document.signs.not_free;
    if (DECLARED_WORDS..=TEASER_WORDS).contains(&words) && says == Some(PageVerdict::Paywalled) && !is_given {
        return PageVerdict::Paywalled;
    }
    let enough = match (is_article, is_brief(document, verdicts)) {
        (true, true) => DECLARED_BRIEF_WORDS,
        (true, false) => DECLARED_WORDS,
        (false, true) => BRIEF_WORDS,
        (false, false) => STORY_WORDS,
    };
    if words >= enough {
        return if document.signs.live { PageVerdict::Live } else { PageVerdict::Article };
    }
    if teased && is_article {
        return PageVerdict::Paywalled;
    }
    without_story(document, scans, notice)
}

/// Whether all that is kept are whole sentences that stand in the only `article` of the page.
fn is_brief(document: &Document, verdicts: &[Verdict]) -> bool {
    let mut articles = (0..document.elements.len()).filter(|element| document.elements.tag(*element) == ARTICLE);
    let (Some(article), None) = (articles.next(), articles.next()) else { return false };
    let around = |block: &Block| document.elements.around(block.element);
    let kept = document.blocks.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_keep());
    kept.map(|(block, _)| block)
        .all(|block| ends_sentence(&block.text) && around(block).any(|element| element == article))
}

/// What a page without a story is.
fn without_story(document: &Document, scans: &[Scan], notice: Option<PageVerdict>) -> PageVerdict {
    if let Some(notice) = notice {
        return notice;
    }
    let all_words: usize = scans.iter().map(|scan| scan.words).sum();
    if all_words < EMPTY_WORDS && document.signs.scripts > 0 {
        PageVerdict::ScriptOnly
    } else {
        PageVerdict::NotAnArticle
    }
}

/// The blocks with their scans.
fn texts<'a>(document: &'a Document, scans: &'a [Scan]) -> impl Iterator<Item = (&'a Block, &'a Scan)> {
    document.blocks.iter().zip(scans)
}

/// Whether the title or the page's first lines say that it is a notice.
fn heads_notice(document: &Document, scans: &[Scan], lexicon: &Lexicon) -> bool {
    let title = document.metadata.title.as_deref();
    let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading(1 | 2));
    let mut headings = texts(document, scans).filter(|(block, _)| is_heading(block)).take(2);
    title.is_some_and(|title| is_notice(title, &Scan::of(title), lexicon))
        || headings.any(|(block, scan)| is_notice(&block.text, scan, lexicon))
}

fn is_notice(text: &str, scan: &Scan, lexicon: &Lexicon) -> bool {
    lexicon.page_verdict(text, scan).is_some_and(|(verdict, _)| verdict != PageVerdict::Paywalled)
}

/// What the page's own sentences say that it is.
fn said(document: &Document, scans: &[Scan], lexicon: &Lexicon) -> Option<PageVerdict> {
    let verdict_by = |text: &str, scan: &Scan| lexicon.page_verdict(text, scan).map(|(verdict, _)| verdict);
    let outside = |text: &str| verdict_by(text, &Scan::of(text));
    let may_say = |block: &Block| block.kind != BlockKind::TableRow && block.text.len() < 600;
    let blocks = texts(document, scans).filter(|(block, _)| may_say(block));
    let verdicts = document.metadata.title.as_deref().and_then(outside).into_iter();
    let verdicts = verdicts.chain(blocks.filter_map(|(block, scan)| verdict_by(&block.text, scan)));
    verdicts.chain(outside(&document.signs.noscript)).min_by_key(|verdict| match verdict {
        PageVerdict::Paywalled => 0,
        PageVerdict::Blocked => 1,
        _ => 2,
    })
}

/// Drops all that was kept of a page without a story.
pub(super) fn drop_all(verdicts: &mut [Verdict]) {
    for verdict in verdicts {
        if let Verdict::Keep(reason) = verdict {
            let story_likelihood = reason.story_likelihood.min(0.4);
            let evidence = vec![Evidence::NoStoryAround];
            *verdict =
                Verdict::Drop(Reason { role: Role::Boilerplate, stage: Stage::Context, evidence, story_likelihood });
        }
    }
}
