//! The words of bylines, of many languages. Lists of single words are parted by spaces, lists of phrases by bars.

use super::word_ends::WordEnds;

/// A list of words or phrases parted by `$mark`, as a constant.
macro_rules! listed {
    ($mark:literal: $list:literal) => {
        &parted::<{ count($list, $mark) }>($list, $mark)
    };
}

const fn count(list: &str, mark: u8) -> usize {
    let (bytes, mut count, mut at) = (list.as_bytes(), 1, 0);
    while at < bytes.len() {
        count += (bytes[at] == mark) as usize;
        at += 1;
    }
    count
}

const fn parted<const N: usize>(list: &'static str, mark: u8) -> [&'static str; N] {
    let (mut parts, mut rest, mut number, mut at) = ([""; N], list, 0, 0);
    while at < rest.len() {
        if rest.as_bytes()[at] == mark {
            let (part, behind) = rest.split_at(at);
            parts[number] = part.trim_ascii();
            (rest, number, at) = (behind.split_at(1).1, number + 1, 0);
        } else {
            at += 1;
        }
    }
    parts[number] = rest.trim_ascii();
    parts
}

/// What leads a byline. Each is followed by a space or a colon.
pub(super) const LEADS: &[&str] = listed!(b'|': "\
    written and produced by | written by | words by | story by | reported by | posted by | published by \
    | article by | created by | submitted by | authored by | contributed by | by: | by | author: | \
    authors: | author | authors | von: | von | par: | par | por: | por | di: | door: | door | av: | av | \
    af: | af | text: | texte: | texto: | testo: | tekst: | foto: | autor: | autora: | autore: | auteur: \
    | автор: | yazar: | tekst og foto: | text und bilder: | van: | geschreven door | escrito por | \
    publicado por | scritto da | écrit par | a cura di | geschrieben von | skrevet av | skrevet af | \
    skriven av | ein kommentar von | eine analyse von | ein gastbeitrag von | interview von | aus | 文/ | \
    记者 | reported for | redaktion: | verfasst von");

/// What leads a byline in languages of which [`LEADS`] has few words. Those that begin with an ASCII letter end in a colon.
pub(super) const LEADS_ELSEWHERE: &[&str] = listed!(b'|': "\
    автор: | авторка: | авторы: | текст: | γράφει ο | γράφει η | γράφουν οι | του | της | מאת: | מאת | כתב: | כתבה: | \
    بقلم: | بقلم | كتب: | كتبت: | كتب - | إعداد: | الكاتب: | نویسنده: | گزارش: | लेखक: | लेखिका: | संवाददाता: | โดย: | โดย | \
    ผู้เขียน: | เรื่อง: | 作者: | 作者：| 记者: | 记者：| 记者 | 本报记者 | 撰文: | 撰文：| 撰稿: | 撰稿：| 文/ | 文／| 記者: | \
    記者：| 記者 | 文・ | 文＝ | 文: | 文：| 取材・文 | 執筆: | 執筆：| ライター: | ライター：| 글: | 글쓴이: | 기자: | tác giả: | \
    phóng viên: | bài: | muhabir: | yazan: | yazar: | haber: | oleh: | penulis: | reporter: | írta: | szerző: | teksti: | \
    kirjoittanut: | scris de: | napsal: | napsala: | napisał: | napisała: | författare: | forfatter: | journalist: | \
    journaliste: | redactor: | autoarea: | autoři: | autorzy: | autori:");

/// What the field of the author is called that `WordPress` pages add for shared links, in small letters, where
/// [`LEADS`] does not have it.
pub(super) const WRITTEN_BY: &[&str] = listed!(b'|': "\
    napisane przez | написано автором | автор | 執筆者 | 作者 | 撰写 | 글쓴이 | được viết bởi | ditulis oleh | كُتب بواسطة | \
    كتبه | נכתב על ידי | författare | kirjoittanut | szerző | συντάκτης | συντάχθηκε από | napsal(a) | yazan");

/// What stands behind a name and says that it is a reporter's.
pub(super) const REPORTERS: &[&str] = listed!(b'|': "기자 | 특파원 | 논설위원");

/// Leads that are also the first word of names, and so are taken off shown bylines alone.
pub(super) const SHOWN_LEADS: &[&str] = listed!(b' ': "\
    di de da van text from with words tekst автор od oleh");

/// What stands between two names.
pub(super) const BETWEEN: &[&str] = listed!(b' ': "\
    and & und et y e og och en i ve with mit avec con и és a oraz");

/// Words of a role; a part of a byline that holds one beside a name is no name.
pub(super) const ROLES: &[&str] = listed!(b' ': "\
    editor editors reporter reporters writer writers correspondent staff contributor contributors \
    contributing columnist journalist producer director manager analyst founder cofounder ceo cto cmo \
    coo president chief expert specialist strategist officer bureau blogger author intern freelance \
    freelancer team desk newsroom head consultant senior associate assistant fellow professor lecturer \
    marketer copywriter photographer host anchor redakteur redakteurin redaktion korrespondent \
    korrespondentin reporterin journalistin autorin chefredakteur volontär volontärin redacción redactor \
    redactora periodista corresponsal journaliste rédaction rédacteur rédactrice giornalista redazione \
    jornalista redação redactie verslaggever редакция корреспондент dietitian coach attorney editorial \
    vice lead engineer developer designer advisor adviser coordinator executive representative 기자");

/// Small words inside names.
pub(super) const PARTICLES: &[&str] = listed!(b' ': "\
    de del della di da dos das do du des la le los las van von der den ter ten te zu zur vom af av al el \
    bin bint ibn ben y e o' d' het 't op the");

/// Degrees and the like, which a comma parts from the name they belong to.
pub(super) const DEGREES: &[&str] = listed!(b' ': "\
    phd md ms ma mba rd rn dds dvm cpa cfp cfa jd esq jr sr ii iii iv msc bsc mph rdn lmft lcsw psyd edd \
    faclm do np pt dpt ccc slp ba bs pharmd obe mbe mw");

/// News agencies: behind a comma they say whom a person writes for.
pub(super) const AGENCIES: &[&str] = listed!(b'|': "\
    associated press | the associated press | ap | reuters | afp | agence france presse | dpa | canadian \
    press | the canadian press | upi");

/// Words of bylines that are no part of any name.
pub(super) const NO_NAMES: &[&str] = listed!(b' ': "\
    subscribe sign read more about posts post view written bio last updated update follow comments \
    contact home menu login log search full profile author articles all by edited reviewed checked \
    published share email print save listen meet website history agencies agenturen news blog privacy \
    policy terms tips courtesy with policies instructions facebook bluesky photo photos illustration \
    guest name tip tips mon tue wed thu \
    fri sat sun");

/// What a byline begins with that names someone else than the author.
pub(super) const NOT_THE_AUTHOR: &[&str] = listed!(b'|': "\
    reviewed by | medically reviewed | edited by | fact check | fact-check | photo | image | illustrat | \
    translated | updated by | last updated | produced by | video by | graphics by | expert review | \
    checked by | approved by | verified by | art by | foto: | bild: | 责任编辑 | 责编 | 编辑： | 编辑: | 校对 | 审核");

/// What an author's page stands behind in an address.
const AHEAD_OF_AUTHOR: &[&str] = listed!(b' ': "\
    auteur auteurs author authors autor autore autoren autores autori by byline columnist columnists contributor \
    contributors journalist journalists meet-the-team people person producers profile profiles redakteur reporter \
    reporters staff team writer writers");
/// How they begin and end.
static AUTHOR_ENDS: WordEnds = WordEnds::of(AHEAD_OF_AUTHOR);

/// Whether an author's page stands behind this part of an address. Asked of every link.
pub(super) fn leads_to_author(part: &[u8]) -> bool {
    // Most parts end here.
    AUTHOR_ENDS.may_have(part) && AHEAD_OF_AUTHOR.iter().any(|word| word.as_bytes() == part)
}

#[cfg(test)]
mod tests {
    use super::{AGENCIES, AHEAD_OF_AUTHOR, LEADS, PARTICLES, SHOWN_LEADS, count, leads_to_author, parted};

    #[test]
    fn every_word_ahead_of_an_author_is_known() {
        assert!(AHEAD_OF_AUTHOR.iter().all(|word| leads_to_author(word.as_bytes())));
        for part in ["", "b", "news", "authored", "www.herald.test"] {
            assert!(!leads_to_author(part.as_bytes()), "{part}");
        }
    }

    #[test]
    fn lists_are_parted() {
        assert_eq!(parted::<3>("one | two three|four", b'|'), ["one", "two three", "four"]);
        assert_eq!(count("one | two three|four", b'|'), 3);
        assert!(LEADS.contains(&"written by") && LEADS.contains(&"von:") && AGENCIES.contains(&"reuters"));
        for list in [LEADS, SHOWN_LEADS, PARTICLES] {
            assert!(list.iter().all(|part| !part.is_empty() && part.trim() == *part), "{list:?}");
        }
    }
}
