//! Blocks that are settled ahead of the forests: links amid links, of all of which the linear scores are sure. Most
//! are items of menus without a `nav`. The forests learn from them all the same.

use super::page::PageView;
use super::rules::MENU;

/// The sum of the linear scores, as log-odds, under which a block that is a link alone is surely foreign.
const SURE: f32 = -7.0;

/// The likelihood of such a block amid others, in 0..=1: about what the forests give it.
const LIKELIHOOD: f32 = 0.003;

/// The likelihood of a block that is settled; nothing of one that is not.
pub(super) fn settled_likelihood(page: &PageView<'_>, index: usize) -> Option<f32> {
    let goes_on = |beside: usize| {
        beside >= page.lines.len() || is_surely_foreign_link(page, beside) || page.is_inside(beside, MENU)
    };
    let ahead = index.checked_sub(1).is_none_or(goes_on);
    (is_surely_foreign_link(page, index) && ahead && goes_on(index + 1)).then_some(LIKELIHOOD)
}

fn is_surely_foreign_link(page: &PageView<'_>, index: usize) -> bool {
    let linear = page.linear[index];
    page.lines[index].is_link_alone() && linear.markup.all + linear.wording + linear.targets < SURE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;
    use crate::page::Page;
    use crate::segment::segment;

    #[test]
    fn a_link_amid_links_of_a_menu_is_settled_and_one_beside_a_paragraph_is_not() {
        let links = ["Sport", "Weather", "Contact", "Subscribe"].map(|name| {
            format!("<li class=\"footer-menu-item\"><a href=\"https://herald.test/{name}/\">{name}</a></li>")
        });
        let html = format!(
            "<h1>Ferry</h1><p>The ferry to the island was late again on Monday, the harbour master said at noon.</p>\
             <div class=\"site-footer\"><ul class=\"footer-menu\">{}</ul></div>",
            links.concat()
        );
        let (document, knowledge) = (segment(&Page::from_html(html, None)), Knowledge::builtin());
        let page = PageView::of(&document, &knowledge);
        let settled: Vec<&str> = (0..page.lines.len())
            .filter(|index| settled_likelihood(&page, *index).is_some())
            .map(|index| &*document.blocks[index].text)
            .collect();
        assert_eq!(settled, ["Weather", "Contact", "Subscribe"]);
    }
}
