//! Takes a scraped news page and gives back the story.

pub mod article;
pub mod block;
pub mod classify;
mod cleaner;
#[cfg(feature = "cli")]
pub mod cli;
pub mod error;
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
pub mod verdict;
pub mod write;

pub use article::Article;
pub use cleaner::{Cleaner, clean};
