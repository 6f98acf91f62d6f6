//! Takes a scraped news page and gives back the story: every paragraph of it and nothing else, with its title, authors
//! and date, and a reason for every line that went.
//!
//! ```
//! let html = "<title>Ferry hits pier | The Courier</title>
//!     <nav><a href=/>Home</a> <a href=/sport>Sport</a></nav>
//!     <article><h1>Ferry hits pier</h1>
//!     <p>A ferry with 80 people on board hit the pier at Oban on Friday evening, and nobody was hurt, the owners said.</p>
//!     <p>Sign up for our newsletter</p>
//!     <p>The captain had radioed minutes before that one of the two engines would not answer, according to the pilot.</p>
//!     <p>Sailings are off until Sunday, when divers will have looked at the hull and at what is left of the pier.</p>
//!     </article>";
//! let article = cleancopy::clean(html, None);
//! assert_eq!(article.metadata.title.as_deref(), Some("Ferry hits pier"));
//! assert_eq!(article.kept().count(), 3);
//! let why: Vec<String> = article.dropped().map(|judged| judged.verdict.to_string()).collect();
//! assert!(why.iter().any(|reason| reason.starts_with("drop newsletter: says")));
//! ```
//!
//! # The flow
//!
//! ```text
//! Source ─open─▶ RawPage ─decode─▶ Page ─segment─▶ Document ─judge─▶ verdicts ─assemble─▶ Article ─write─▶ bytes
//! ```
//!
//! Each stage is public and can be used by itself: [`page::decode`], [`segment::segment`], [`classify::judge`],
//! [`Article::assemble`] and the formats of [`mod@write`]. Everything between [`page::Page`] and [`Article`] is a pure
//! function of its input: no I/O, no clock, no global state; the same bytes in give the same bytes out on any number of
//! threads. For more than one page, make a [`Cleaner`] once and share it:
//!
//! ```
//! use cleancopy::{Cleaner, options::CleanOptions, page::Page, verdict::PageVerdict};
//!
//! let cleaner = Cleaner::new(CleanOptions::default());
//! let article = cleaner.clean(&Page::from_html("<h1>404</h1><p>Page not found</p>", None));
//! assert_eq!(article.text(), "");
//! assert_eq!(article.verdict, PageVerdict::Blocked);
//! ```
//!
//! # Words used here
//!
//! - **block**: one line that a reader could delete: a paragraph, a heading, a list item, a table row.
//! - **boilerplate**: what stands on many pages of a site: menus, footers, teasers.
//! - **insert**: what a publisher plants inside a story: a newsletter box, "RELATED: …", "Advertisement".
//! - **link density**: link characters / characters of a block, in 0..=1.
//! - **verdict**: keep or drop, for a block; article, paywalled, blocked and so on, for a page.
//! - **reason**: why: what the block is (its [role](verdict::Role)), the stage that decided, and the evidence.
//!
//! # Features
//!
//! `fetch` (default) gets pages over HTTP; without it the library needs neither tokio nor reqwest. `cli` (default) is the
//! program, and what reads and writes WARC files; `parquet` (default) lets it write tables.

pub mod article;
pub mod block;
pub mod classify;
mod cleaner;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "fetch")]
mod clock;
#[cfg(feature = "fetch")]
mod compression;
pub mod envelope;
pub mod error;
#[cfg(feature = "fetch")]
pub mod exchange;
#[cfg(feature = "fetch")]
pub mod fetch;
#[cfg(feature = "cli")]
pub mod input;
pub mod knowledge;
pub mod options;
pub mod page;
#[cfg(feature = "cli")]
pub mod run;
pub mod segment;
#[cfg(feature = "cli")]
pub mod state;
#[cfg(feature = "train")]
pub mod train;
pub mod verdict;
#[cfg(feature = "cli")]
pub mod warc;
pub mod write;

/// What the fuzz targets of `fuzz/` and the benches reach beside the above. No part of the interface: it changes without notice.
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing {
    pub use crate::fetch::fuzzing::{decompress, robots};
    pub use crate::input::fuzzing::records;
    pub use crate::segment::fuzzing::{reading_facts, slim, slim_tokens};
}

pub use article::Article;
pub use cleaner::{Cleaner, clean};
