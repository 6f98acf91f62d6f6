//! What the judge has learned: three linear models over hashed tokens, two forests and a calibration, each in a file of
//! `data/model/`; and, each for itself, what it has learned of text without markup and of the kinds of insert.
//!
//! The files are written by training (see the documentation of `classify`) and read here. Numbers are little-endian.
//! A file begins with its kind and version, and a forest with the names of the features that it was trained on.
//! [`Cleaner::with_model`](crate::Cleaner::with_model) refuses a model whose features have other names or another order than
//! the program's; of those that are built in a test does.

mod calibration;
mod file;
mod forest;
mod hashed;
mod kinds;
mod text;

pub use calibration::Calibration;
pub use file::Broken;
pub use forest::{Forest, Node};
pub use hashed::HashedLinear;
pub use kinds::{KINDS, KindModel};
pub use text::TextModel;

use std::borrow::Cow;

use crate::error::Error;

/// Everything that the judge has learned.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JudgeModel {
    /// Over the names of the elements around a block.
    pub markup: HashedLinear,
    /// Over the words of a block.
    pub wording: HashedLinear,
    /// Over where the links of a block lead.
    pub targets: HashedLinear,
    /// Over the runs of letters of a block, which tell planted lines from a story's.
    pub pitches: HashedLinear,
    /// Over what a block shows by itself, and the two linear scores.
    pub first: Forest,
    /// Over that, and over what `first` says of the blocks around.
    pub second: Forest,
    /// How likely a page is right.
    pub calibration: Calibration,
}

/// The file of each part, with its bytes.
const FILES: [(&str, &[u8]); 7] = [
    ("markup.bin", include_bytes!("data/model/markup.bin")),
    ("wording.bin", include_bytes!("data/model/wording.bin")),
    ("targets.bin", include_bytes!("data/model/targets.bin")),
    ("pitches.bin", include_bytes!("data/model/pitches.bin")),
    ("first.bin", include_bytes!("data/model/first.bin")),
    ("second.bin", include_bytes!("data/model/second.bin")),
    ("calibration.bin", include_bytes!("data/model/calibration.bin")),
];

impl JudgeModel {
    #[expect(clippy::expect_used, reason = "the files are inside the program, and a test loads them")]
    pub(super) fn builtin() -> Self {
        Self::parse(FILES.map(|(name, bytes)| (name, bytes.into()))).expect("the model files are well-formed")
    }

    /// Reads a model as [`JudgeModel::to_files`] gives it: `markup.bin`, `wording.bin`, `targets.bin`, `pitches.bin`, `first.bin`,
    /// `second.bin` and `calibration.bin`, each with its name. The weights of borrowed bytes are not copied.
    ///
    /// # Errors
    ///
    /// Names the file that is broken.
    pub fn parse(files: [(&str, Cow<'static, [u8]>); 7]) -> Result<Self, Error> {
        let [markup, wording, targets, pitches, first, second, calibration] = files;
        Ok(JudgeModel {
            markup: part(markup, HashedLinear::read)?,
            wording: part(wording, HashedLinear::read)?,
            targets: part(targets, HashedLinear::read)?,
            pitches: part(pitches, HashedLinear::read)?,
            first: part(first, |bytes| Forest::read(&bytes).map(Forest::ranked))?,
            second: part(second, |bytes| Forest::read(&bytes).map(Forest::ranked))?,
            calibration: part(calibration, |bytes| Calibration::read(&bytes))?,
        })
    }

    /// A number that tells models apart: of the bytes of all parts (FNV-1a, 64 bits).
    pub fn fingerprint(&self) -> u64 {
        fingerprint(&self.to_files())
    }

    /// The parts as files: name and bytes.
    pub fn to_files(&self) -> [(&'static str, Vec<u8>); 7] {
        [
            (FILES[0].0, self.markup.to_bytes()),
            (FILES[1].0, self.wording.to_bytes()),
            (FILES[2].0, self.targets.to_bytes()),
            (FILES[3].0, self.pitches.to_bytes()),
            (FILES[4].0, self.first.to_bytes()),
            (FILES[5].0, self.second.to_bytes()),
            (FILES[6].0, self.calibration.to_bytes()),
        ]
    }
}

/// A number that tells files apart: of the bytes of all (FNV-1a, 64 bits).
fn fingerprint(files: &[(&str, Vec<u8>)]) -> u64 {
    let bytes = files.iter().flat_map(|(_, bytes)| bytes);
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The bytes of a file, which may be inside the program.
type Bytes = Cow<'static, [u8]>;

fn part<T>((name, bytes): (&str, Bytes), read: impl Fn(Bytes) -> Result<T, Broken>) -> Result<T, Error> {
    read(bytes).map_err(|broken| Error::Knowledge { name: name.to_owned(), reason: broken.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_read_as_it_was_written() {
        let model = JudgeModel::builtin();
        let files = model.to_files();
        let files = files.map(|(name, bytes)| (name, bytes.into()));
        assert_eq!(JudgeModel::parse(files).expect("well-formed"), model);
    }

    #[test]
    fn a_broken_file_is_named() {
        let mut files = FILES.map(|(name, bytes)| (name, bytes.into()));
        files[4].1 = FILES[4].1[..40].into();
        let error = JudgeModel::parse(files).expect_err("cut short").to_string();
        assert!(error.contains("first.bin"), "{error}");
    }
}
