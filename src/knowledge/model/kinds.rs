//! What the judge has learned of the kinds of insert.

use std::borrow::Cow;

use super::file::{Broken, Reader, write_text};
use super::{Forest, fingerprint, part};
use crate::error::Error;
use crate::verdict::Role;

const KIND: &str = "cleancopy kinds 1\n";

/// The kinds that are told apart: those that `corpus/inserts` labels, and menus.
pub const KINDS: [Role; 10] = [
    Role::Related,
    Role::Ad,
    Role::Caption,
    Role::Ui,
    Role::Byline,
    Role::Newsletter,
    Role::Social,
    Role::Subscribe,
    Role::Legal,
    Role::Navigation,
];

/// For each of [`KINDS`], a forest over what a dropped block shows by itself and by its place: how likely it is of that
/// kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KindModel {
    forests: [Forest; KINDS.len()],
}

/// The file, with its bytes.
const FILE: (&str, &[u8]) = ("kinds.bin", include_bytes!("../data/model/kinds.bin"));

impl KindModel {
    /// A model of a forest for each of [`KINDS`], in their order.
    pub fn new(forests: [Forest; KINDS.len()]) -> Self {
        KindModel { forests }
    }

    #[expect(clippy::expect_used, reason = "the file is inside the program, and a test loads it")]
    pub(in crate::knowledge) fn builtin() -> Self {
        Self::parse((FILE.0, FILE.1.into())).expect("the model file is well-formed")
    }

    /// Reads a model as [`KindModel::to_file`] gives it.
    ///
    /// # Errors
    ///
    /// Names the file where it is broken.
    pub fn parse(file: (&str, Cow<'static, [u8]>)) -> Result<Self, Error> {
        part(file, |bytes| Self::read(&bytes))
    }

    fn read(bytes: &[u8]) -> Result<Self, Broken> {
        let mut reader = Reader::new(bytes, KIND)?;
        let mut model = KindModel::default();
        for (kind, forest) in KINDS.iter().zip(&mut model.forests) {
            let name = reader.text()?;
            if name != kind.name() {
                return Err(Broken::Value(format!("it knows `{name}` where the program has `{kind}`")));
            }
            let length = reader.u32()?;
            *forest = Forest::read(reader.take(length as usize)?)?;
        }
        reader.finish()?;
        Ok(model)
    }

    /// The kinds with their forests.
    pub fn forests(&self) -> impl Iterator<Item = (Role, &Forest)> {
        KINDS.into_iter().zip(&self.forests)
    }

    /// A number that tells models apart: of its bytes (FNV-1a, 64 bits).
    pub fn fingerprint(&self) -> u64 {
        fingerprint(&[self.to_file()])
    }

    /// The model as a file: name and bytes.
    pub fn to_file(&self) -> (&'static str, Vec<u8>) {
        let mut bytes = KIND.as_bytes().to_vec();
        for (kind, forest) in self.forests() {
            let forest = forest.to_bytes();
            write_text(&mut bytes, kind.name());
            bytes.extend((forest.len() as u32).to_le_bytes());
            bytes.extend(forest);
        }
        (FILE.0, bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_read_as_it_was_written() {
        let model = KindModel::builtin();
        let (name, bytes) = model.to_file();
        assert_eq!(KindModel::parse((name, bytes.into())).expect("well-formed"), model);
    }

    #[test]
    fn a_model_of_other_kinds_is_refused() {
        let mut bytes = FILE.1.to_vec();
        bytes[KIND.len() + 1] = b'x';
        let error = KindModel::parse((FILE.0, bytes.into())).expect_err("no such kind").to_string();
        assert!(error.contains("kinds.bin") && error.contains("`xelated`"), "{error}");
    }

    #[test]
    fn a_model_that_is_cut_short_is_refused() {
        assert!(KindModel::parse((FILE.0, FILE.1[..FILE.1.len() - 1].into())).is_err());
    }
}
