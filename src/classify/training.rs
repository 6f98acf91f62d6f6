//! What training needs of the judge: the same features, from the same code.

pub(crate) use super::kinds::{Kin, is_link_to_network, kind_of, names as kind_names, row as kind_row};
pub(crate) use super::lines::Line;
pub(crate) use super::markup::{MARKUP_BITS, markup_tokens};
pub(crate) use super::page::PageView;
pub(crate) use super::pitches::{PITCH_BITS, is_of_pitch_length, letter_run_value, letter_runs};
pub(crate) use super::rules::certain_verdicts;
pub(crate) use super::scores::{
    LEARNED_FROM, Rows, first_likelihoods, first_names, first_rows, score, second_names, second_rows,
};
pub(crate) use super::scraped::{
    TextView, first_text_likelihoods, first_text_names, first_text_rows, second_text_names, second_text_rows,
};
pub(crate) use super::targets::{TARGET_BITS, target_tokens};
pub(crate) use super::wording::grams;
