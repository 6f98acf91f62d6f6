//! What the judge has learned of text without markup.

use std::borrow::Cow;

use super::{Forest, HashedLinear, fingerprint, part};
use crate::error::Error;

/// What the judge has learned of text without markup.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TextModel {
    /// Over the words of a line.
    pub wording: HashedLinear,
    /// Over what a line shows by itself and by its place, and the linear score.
    pub first: Forest,
    /// Over that, and over what `first` says of the lines around.
    pub second: Forest,
}

/// The file of each part, with its bytes.
const FILES: [(&str, &[u8]); 3] = [
    ("text_wording.bin", include_bytes!("../data/model/text_wording.bin")),
    ("text_first.bin", include_bytes!("../data/model/text_first.bin")),
    ("text_second.bin", include_bytes!("../data/model/text_second.bin")),
];

impl TextModel {
    #[expect(clippy::expect_used, reason = "the files are inside the program, and a test loads them")]
    pub(in crate::knowledge) fn builtin() -> Self {
        Self::parse(FILES.map(|(name, bytes)| (name, bytes.into()))).expect("the model files are well-formed")
    }

    /// Reads a model as [`TextModel::to_files`] gives it. The weights of borrowed bytes are not copied.
    ///
    /// # Errors
    ///
    /// Names the file that is broken.
    pub fn parse(files: [(&str, Cow<'static, [u8]>); 3]) -> Result<Self, Error> {
        let [wording, first, second] = files;
        Ok(TextModel {
            wording: part(wording, HashedLinear::read)?,
            first: part(first, |bytes| Forest::read(&bytes).map(Forest::ranked))?,
            second: part(second, |bytes| Forest::read(&bytes).map(Forest::ranked))?,
        })
    }

    /// A number that tells models apart: of the bytes of all parts (FNV-1a, 64 bits).
    pub fn fingerprint(&self) -> u64 {
        fingerprint(&self.to_files())
    }

    /// The parts as files: name and bytes.
    pub fn to_files(&self) -> [(&'static str, Vec<u8>); 3] {
        [
            (FILES[0].0, self.wording.to_bytes()),
            (FILES[1].0, self.first.to_bytes()),
            (FILES[2].0, self.second.to_bytes()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_read_as_it_was_written() {
        let model = TextModel::builtin();
        let files = model.to_files();
        let files = files.map(|(name, bytes)| (name, bytes.into()));
        assert_eq!(TextModel::parse(files).expect("well-formed"), model);
    }
}
