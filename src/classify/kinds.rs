//! What a block is that the scores drop: a sign-up, a link to another story, a caption. A forest for each kind says how
//! likely it is that one; what the block says and what a link shows by itself come first.
//!
//! Only output that shows reasons asks for it, or options that keep a kind: see [`crate::options::Reasons`].

mod features;
mod kin;

use crate::knowledge::KindModel;
use crate::knowledge::model::Broken;
use crate::verdict::{Role, Stage, Verdict};

use super::page::PageView;
use super::scores::{differing_feature, likelihood};
use super::targets::{leads_to_network, leads_to_own_site_alone, title_words};

pub(crate) use features::{names, row};
pub(crate) use kin::Kin;

/// The likelihood from which a block is called a kind. Below, it is boilerplate, of which nothing more is known.
const SAID_FROM: f32 = 0.2;
/// Words of the shortest link to another story, and of the shortest part of an address that is a title.
const TITLE_WORDS: usize = 4;
/// Words of the longest link to a social network.
const NETWORK_WORDS: f32 = 4.0;
/// Link characters / characters of a block that is a link.
const LINK_DENSITY: f32 = 0.8;
/// Words of the shortest line about an author that is more than a credit.
const BIO_WORDS: f32 = 10.0;

/// Says of each block that the scores drop what it is.
pub(super) fn name_kinds(page: &PageView<'_>, model: &KindModel, verdicts: &mut [Verdict]) {
    let kin = Kin::of(page);
    for (index, verdict) in verdicts.iter_mut().enumerate() {
        if let Verdict::Drop(reason) = verdict
            && reason.stage == Stage::Score
        {
            reason.role = kind_of(page, &kin, model, index);
        }
    }
}

/// Whether a model was trained on the features of this program, in their order.
///
/// # Errors
///
/// Names the first feature that differs.
pub fn check_kind_features(model: &KindModel) -> Result<(), Broken> {
    let names = names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    model.forests().try_for_each(|(_, forest)| differing_feature("kinds", forest.names(), &names))
}

/// What a block is that does not belong to the story.
pub(crate) fn kind_of(page: &PageView<'_>, kin: &Kin, model: &KindModel, index: usize) -> Role {
    if let Some(hit) = page.lines[index].hits.first() {
        return hit.role;
    }
    if page.stands_under(index, Role::Comments) || is_named(page, index, Role::Comments) {
        return Role::Comments;
    }
    if has_copyright(&page.document.blocks[index].text) {
        return Role::Legal;
    }
    if is_link_to_story(page, index) {
        return Role::Related;
    }
    if is_link_to_network(page, index) {
        return Role::Social;
    }
    match likeliest(model, &row(page, kin, index, &page.lines[index].hits)) {
        Some(Role::Byline) if is_about_author(page, index) => Role::Bio,
        Some(kind) => kind,
        None => by_box(page, index),
    }
}

/// The kind that a row is most likely of, where one is likely enough.
fn likeliest(model: &KindModel, row: &[f32]) -> Option<Role> {
    let scored = model.forests().map(|(kind, forest)| (kind, likelihood(forest.log_odds(row))));
    let (kind, likelihood) = scored.max_by(|a, b| a.1.total_cmp(&b.1))?;
    (likelihood >= SAID_FROM).then_some(kind)
}

/// Whether one of the five nearest elements around a block has a name that tells of `role`.
fn is_named(page: &PageView<'_>, index: usize, role: Role) -> bool {
    let place = page.place(index);
    place.near.has(role) || place.farther.has(role)
}

/// Whether a block is a link to a page of the same site whose address holds a title.
fn is_link_to_story(page: &PageView<'_>, index: usize) -> bool {
    let (block, line) = (&page.document.blocks[index], &page.lines[index]);
    line.link_density > LINK_DENSITY
        && line.words >= TITLE_WORDS as f32
        && title_words(block) >= TITLE_WORDS
        && leads_to_own_site_alone(page.document, block)
}

/// Whether a block is a link to a social network that is not its author's.
pub(crate) fn is_link_to_network(page: &PageView<'_>, index: usize) -> bool {
    let (block, line) = (&page.document.blocks[index], &page.lines[index]);
    let is_authors = || [Role::Byline, Role::Bio].iter().any(|role| is_named(page, index, *role));
    line.link_density > LINK_DENSITY
        && line.words <= NETWORK_WORDS
        && leads_to_network(block)
        && !page.outline.credits[index]
        && !is_authors()
}

/// Whether a text has a copyright sign with a year.
fn has_copyright(text: &str) -> bool {
    text.split('©').skip(1).any(|behind| {
        let year = behind.trim_start().chars().take_while(char::is_ascii_digit).count();
        year == 4
    })
}

fn is_about_author(page: &PageView<'_>, index: usize) -> bool {
    let line = &page.lines[index];
    line.ends_sentence && line.words >= BIO_WORDS
}

/// What the tags and names around a block tell of, where nothing is known of the block itself.
fn by_box(page: &PageView<'_>, index: usize) -> Role {
    const BY_TAG: [(Role, &[&str]); 3] = [
        (Role::Navigation, &["nav", "header", "footer", "aside"]),
        (Role::Ui, &["form", "button"]),
        (Role::Caption, &["figure"]),
    ];
    let by_tag = BY_TAG.iter().find(|(_, tags)| tags.iter().any(|tag| page.is_inside(index, tag)));
    let by_name = || [Role::Bio, Role::Navigation].into_iter().find(|role| is_named(page, index, *role));
    by_tag.map(|(role, _)| *role).or_else(by_name).unwrap_or(Role::Boilerplate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::judge;
    use crate::knowledge::Knowledge;
    use crate::options::{CleanOptions, Reasons};
    use crate::page::Page;
    use crate::segment::segment;

    const STORY: &str = "<article><h1>Skerry boats stay in harbour</h1>
        <p>The boats of Skerry stayed in the harbour on Tuesday, because the swell at the mole was higher than three metres.</p>
        <p>The harbour master, Oda Brekke, said that she would look at the mole again at noon, and then decide.</p></article>";

    const OTHER_STORY: &str = "<div><a href=/news/ferry-back-on-its-old-route>Ferja går att i si gamle rute</a></div>";

    /// What a block is said to be that stands behind a story.
    fn kind(html: &str, text: &str, options: &CleanOptions) -> Role {
        let url = url::Url::parse("https://skerrynews.test/a").ok();
        let document = segment(&Page::from_html(format!("{STORY}{html}"), url));
        let verdicts = judge(&document, &Knowledge::builtin(), options);
        let index = document.blocks.iter().position(|block| block.text == text).expect("the block is there");
        assert!(!verdicts[index].is_keep(), "{}", verdicts[index]);
        verdicts[index].reason().role
    }

    fn full(html: &str, text: &str) -> Role {
        kind(html, text, &CleanOptions::default())
    }

    #[test]
    fn a_link_whose_address_holds_a_title_is_another_story() {
        assert_eq!(full(OTHER_STORY, "Ferja går att i si gamle rute"), Role::Related);
    }

    #[test]
    fn a_link_to_a_network_is_social_but_for_the_authors() {
        let link = "<a href=https://www.facebook.com/sharer?u=1>Vis frem</a>";
        assert_eq!(full(&format!("<div>{link}</div>"), "Vis frem"), Role::Social);
        assert_ne!(full(&format!("<div class=author-bio>{link}</div>"), "Vis frem"), Role::Social);
    }

    #[test]
    fn a_copyright_sign_with_a_year_is_legal() {
        assert_eq!(full("<div>Skerry Press © 2031</div>", "Skerry Press © 2031"), Role::Legal);
        assert!(has_copyright("© 2031 Skerry") && !has_copyright("© Oda Brekke") && !has_copyright("Gate 2031"));
    }

    #[test]
    fn what_stands_in_a_box_of_readers_comments_is_one() {
        let html = "<div class=comments><div><b>Tormod</b></div><div>Måsane er her alt.</div></div>";
        assert_eq!(full(html, "Måsane er her alt."), Role::Comments);
    }

    #[test]
    fn a_kind_is_worked_out_where_reasons_are_shown_or_a_kind_is_kept() {
        let brief = CleanOptions { reasons: Reasons::Brief, ..CleanOptions::default() };
        let of = |options: &CleanOptions| kind(OTHER_STORY, "Ferja går att i si gamle rute", options);
        assert_eq!(of(&brief), Role::Boilerplate);
        let include = CleanOptions { include: [Role::Caption].into(), ..brief };
        assert_eq!(of(&include), Role::Related);
    }

    #[test]
    fn a_model_of_other_features_is_refused() {
        assert_eq!(check_kind_features(&Knowledge::builtin().kinds), Ok(()));
        assert!(check_kind_features(&KindModel::default()).is_err());
    }
}
