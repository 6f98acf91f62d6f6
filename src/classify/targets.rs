//! Where a block's links lead, as tokens for a linear model: the host of another site, the first parts of the path. An
//! insert links to a sign-up, a shop, a profile; a story to other stories and to its sources.

use std::ops::Range;

use memchr::{memchr, memchr2, memchr3};

use crate::block::{Block, Document, Span, SpanKind, word_hash};
use crate::knowledge::HashedLinear;

/// The number of weights is two to the power of this.
pub(crate) const TARGET_BITS: u32 = 15;
/// Links of a block that are looked at.
const LINKS: usize = 4;
/// Parts of a path that are looked at.
const PARTS: usize = 3;
/// Tokens that the links of most blocks are less than.
const TOKENS: usize = 12;
/// Bytes of a path that are looked at. A link around a whole page is one of each block.
const PATH_BYTES: usize = 500;
/// Words of a part that is no title of a story.
const PART_WORDS: usize = 3;

/// What a token is of.
const OTHER_HOST: u64 = 1;
const OWN_HOST: u64 = 2;
const SCHEME: u64 = 3;
const PART: u64 = 4;
const WORD: u64 = 5;
const SHAPE: u64 = 6;

/// The scores of where the links of the blocks lead, as log-odds; the model's bias where a block has none, and 0 where it
/// is not `asked_for`.
pub(crate) fn target_scores(document: &Document, asked_for: &[bool], model: &HashedLinear) -> Vec<f32> {
    // First all tokens, then their weights: see `HashedLinear::eights_of`.
    let mut tokens = Vec::with_capacity(document.blocks.len() * TOKENS);
    let mut tokens_of = |(block, asked_for): (&Block, &bool)| {
        asked_for.then(|| {
            let start = tokens.len();
            target_tokens(document, block, |token| tokens.push(token));
            start..tokens.len()
        })
    };
    let ranges: Vec<Option<Range<usize>>> = document.blocks.iter().zip(asked_for).map(&mut tokens_of).collect();
    let score = |range: Option<Range<usize>>| {
        range.map_or(0.0, |range| {
            let count = range.len() as f32;
            let sum: f32 = tokens[range].iter().fold(0.0, |sum, token| sum + model.weight(*token));
            model.bias() + sum / count.max(1.0).sqrt()
        })
    };
    ranges.into_iter().map(score).collect()
}

/// Visits the tokens of a block's first links.
pub(crate) fn target_tokens(document: &Document, block: &Block, mut visit: impl FnMut(u64)) {
    let own = own_host(document);
    for target in targets(block).take(LINKS) {
        tokens_of(target, own, &mut visit);
    }
}

/// Whether a block's last words are a link.
pub(super) fn ends_in_link(block: &Block) -> bool {
    let is_last = |span: &Span| matches!(span.kind, SpanKind::Link(_)) && span.range.end + 1 >= block.text.len();
    block.spans.iter().rev().any(is_last)
}

/// Whether a block has links, and all lead to pages of the page's own site.
pub(super) fn leads_to_own_site_alone(document: &Document, block: &Block) -> bool {
    targets(block).next().is_some() && targets(block).all(|target| leads_to_own_site(document, target))
}

/// Where people share what they read, and follow those who write it.
const NETWORKS: [&str; 16] = [
    "facebook.com",
    "twitter.com",
    "x.com",
    "instagram.com",
    "whatsapp.com",
    "wa.me",
    "t.me",
    "telegram.me",
    "linkedin.com",
    "pinterest.com",
    "reddit.com",
    "bsky.app",
    "threads.net",
    "tiktok.com",
    "vk.com",
    "line.me",
];

/// Whether a block has a link to a social network.
pub(super) fn leads_to_network(block: &Block) -> bool {
    let is_one = |host: &str| {
        NETWORKS
            .iter()
            .any(|network| host.strip_suffix(network).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
    };
    targets(block)
        .take(LINKS)
        .any(|target| target.starts_with("whatsapp:") || host_and_path(target).is_some_and(|(host, _)| is_one(host)))
}

/// Words of the longest part of an address that a block's links lead to, as signs set them apart: those of a title, where
/// it is that of a story.
pub(super) fn title_words(block: &Block) -> usize {
    let path = |target| host_and_path(target).map_or(target, |(_, path)| path);
    let parts = targets(block).take(LINKS).flat_map(|target| path_head(path(target)).split('/'));
    parts.map(|part| part.split(is_joint).filter(|word| !word.is_empty()).count()).max().unwrap_or(0)
}

/// Whether a sign joins words of an address.
fn is_joint(sign: char) -> bool {
    matches!(sign, '-' | '_' | '.' | '+')
}

/// Whether a link leads to a page of the page's own site.
pub(super) fn leads_to_own_site(document: &Document, target: &str) -> bool {
    match host_and_path(target) {
        Some((host, _)) => is_same_site(host, own_host(document)),
        None => !target.starts_with(['#', '?']) && !target.contains(':'),
    }
}

/// Where a block's links lead, in order.
pub(super) fn targets(block: &Block) -> impl Iterator<Item = &str> {
    block.spans.iter().filter_map(|span| match &span.kind {
        SpanKind::Link(target) => Some(&**target),
        _ => None,
    })
}

/// The host of the page, without `www.`; empty where it is not known.
fn own_host(document: &Document) -> &str {
    let host = document.metadata.canonical_url.as_ref().and_then(url::Url::host_str).unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

/// The host that an address names, and what stands behind the first slash behind it; nothing where it is relative or of
/// another scheme.
fn host_and_path(target: &str) -> Option<(&str, &str)> {
    let rest = target.strip_prefix("https://").or_else(|| target.strip_prefix("http://"))?;
    let end = memchr3(b'/', b'?', b'#', rest.as_bytes()).unwrap_or(rest.len());
    let (host, behind) = rest.split_at(end);
    let path = memchr(b'/', behind.as_bytes()).map_or("", |slash| &behind[slash + 1..]);
    Some((host.strip_prefix("www.").unwrap_or(host), path))
}

/// Whether one host is the other, or a part of it.
fn is_same_site(host: &str, own: &str) -> bool {
    own.is_empty() || host == own || host.ends_with(own) || own.ends_with(host)
}

fn tokens_of(target: &str, own: &str, visit: &mut impl FnMut(u64)) {
    let path = match host_and_path(target) {
        Some((host, path)) if is_same_site(host, own) => {
            visit(token(0, OWN_HOST));
            path
        }
        Some((host, path)) => {
            visit(token(0, OTHER_HOST));
            visit(token(word_hash(host), OTHER_HOST));
            path
        }
        None => match target.split_once(':').filter(|(scheme, _)| scheme.len() < 12 && !scheme.contains('/')) {
            Some((scheme, _)) => return visit(token(word_hash(scheme), SCHEME)),
            None => target.trim_start_matches('/'),
        },
    };
    path_tokens(path, visit);
}

fn path_tokens(path: &str, visit: &mut impl FnMut(u64)) {
    if path.is_empty() || path.starts_with('#') {
        return visit(token(path.len().min(1) as u64, SHAPE));
    }
    // Byte by byte: parts are short, and a search costs more to begin than they do to read.
    let path = path_head(path).as_bytes();
    let mut parts = 0;
    for part in path.split(|byte| *byte == b'/').filter(|part| !part.is_empty()) {
        parts += 1;
        if parts > PARTS {
            break;
        }
        part_tokens(part, visit);
    }
    visit(token(20 + parts as u64, SHAPE));
}

fn part_tokens(part: &[u8], visit: &mut impl FnMut(u64)) {
    let mut words = [&part[..0]; PART_WORDS];
    let mut count = 0;
    for word in part.split(|byte| is_joint(char::from(*byte))).filter(|word| !word.is_empty()) {
        if let Some(place) = words.get_mut(count) {
            *place = word;
        }
        count += 1;
    }
    if count > PART_WORDS {
        return visit(token(2 + count.min(8) as u64, SHAPE));
    }
    visit(token(word_hash(part), PART));
    words[..count].iter().for_each(|word| visit(token(word_hash(word), WORD)));
}

/// A path without what is behind a `?` or `#`, and without what is too far behind.
fn path_head(path: &str) -> &str {
    let limit = path.len().min(PATH_BYTES);
    let head = &path.as_bytes()[..limit];
    let end = memchr2(b'?', b'#', head).unwrap_or(limit);
    let end = (0..=end).rev().find(|at| path.is_char_boundary(*at)).unwrap_or(0);
    &path[..end]
}

fn token(hash: u64, of: u64) -> u64 {
    (hash ^ of.wrapping_mul(0x9e37_79b9_7f4a_7c15))
        .wrapping_mul(0xd6e8_feb8_6659_fd93)
        .rotate_left(27)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;
    use crate::segment::segment;

    /// The tokens of the only block of a page that says where it stands.
    fn tokens(html: &str) -> Vec<u64> {
        let url = url::Url::parse("https://www.harbourherald.test/a").ok();
        let mut document = segment(&Page::from_html(html, url.clone()));
        document.metadata.canonical_url = url;
        let mut tokens = Vec::new();
        target_tokens(&document, &document.blocks[0], |token| tokens.push(token));
        tokens
    }

    #[test]
    fn a_social_network_is_known_by_its_host() {
        let block = |target: &str| {
            let document = segment(&Page::from_html(format!("<p><a href={target}>Post</a></p>"), None));
            leads_to_network(&document.blocks[0])
        };
        for target in ["https://www.facebook.com/sharer?u=1", "https://x.com/", "//m.facebook.com/a", "whatsapp://send"]
        {
            assert_eq!(block(target), !target.starts_with("//"), "{target}");
        }
        assert!(!block("https://netflix.com/") && !block("/facebook.com"));
    }

    #[test]
    fn a_path_ends_ahead_of_its_query_or_where_it_gets_too_long() {
        for (path, head) in [("news/a-b?x=/c", "news/a-b"), ("news#a?b", "news"), ("?x", ""), ("news/", "news/")] {
            assert_eq!(path_head(path), head);
        }
        let long = "é".repeat(PATH_BYTES);
        assert_eq!(path_head(&long).len(), PATH_BYTES);
        assert_eq!(path_head(&format!("a{long}")).len(), PATH_BYTES - 1);
    }

    #[test]
    fn an_own_link_reads_the_same_with_and_without_the_host() {
        let absolute = tokens("<p><a href=https://harbourherald.test/newsletters/morning>Sign up</a></p>");
        let relative = tokens("<p><a href=/newsletters/morning>Sign up</a></p>");
        assert_eq!(absolute, relative);
        assert!(absolute.len() > 4, "{absolute:?}");
    }

    #[test]
    fn the_title_of_a_story_is_no_token_of_its_own() {
        let one = tokens("<p><a href=/news/the-tide-came-early-again>More</a></p>");
        let other = tokens("<p><a href=/news/a-bridge-opens-at-last>More</a></p>");
        assert_eq!(one, other);
        assert_ne!(one, tokens("<p><a href=https://shop.test/news/a-bridge-opens-at-last>More</a></p>"));
    }

    #[test]
    fn addresses_of_any_form_are_read() {
        for target in
            ["mailto:desk@example.test", "#top", "", "//cdn.test/x", "https://", "javascript:void(0)", "é/ü?ß#"]
        {
            let html = format!("<p><a href=\"{target}\">A link</a> and words behind it.</p>");
            assert!(tokens(&html).len() < 20, "{target}");
        }
        assert!(tokens("<p>No link.</p>").is_empty());
    }
}
