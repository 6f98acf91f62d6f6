//! The phrases inside the program: the build script makes these tables of `data/lexicon/LANG.toml`.

#![allow(clippy::unicode_not_nfc, reason = "pages write Hindi in both forms")]

use super::phrase::{Opens, Phrase, Place, Stands, Strength, Tells, Text};
use super::triggers::Trigger;
use crate::verdict::{PageVerdict, Role};

include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));
