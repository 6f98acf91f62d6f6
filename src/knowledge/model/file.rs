//! Reading and writing numbers of a model file.

use thiserror::Error;

/// Why a model file cannot be read.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum Broken {
    /// It is of another kind or version.
    #[error("it does not begin with `{0}`")]
    Kind(&'static str),
    /// It ends too soon.
    #[error("it ends at byte {0}, in the middle of a number")]
    Short(usize),
    /// It goes on behind its end.
    #[error("{0} bytes follow its end")]
    Long(usize),
    /// It was trained on other features than the program's.
    #[error("the {forest} forest was trained on `{has}` where the program has `{wants}`: train it again")]
    Features {
        /// Which forest.
        forest: &'static str,
        /// The name of its feature.
        has: String,
        /// The name of the program's.
        wants: String,
    },
    /// A number in it cannot be.
    #[error("{0}")]
    Value(String),
}

/// Takes numbers off the front of a file.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// A reader behind the file's kind.
    pub(super) fn new(bytes: &'a [u8], kind: &'static str) -> Result<Self, Broken> {
        let mut reader = Reader { bytes, at: 0 };
        match reader.take(kind.len()) {
            Ok(start) if start == kind.as_bytes() => Ok(reader),
            _ => Err(Broken::Kind(kind)),
        }
    }

    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], Broken> {
        let end = self.at.checked_add(count).filter(|end| *end <= self.bytes.len());
        let end = end.ok_or(Broken::Short(self.bytes.len()))?;
        let taken = &self.bytes[self.at..end];
        self.at = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Broken> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    pub(super) fn u8(&mut self) -> Result<u8, Broken> {
        Ok(u8::from_le_bytes(self.array()?))
    }

    pub(super) fn u16(&mut self) -> Result<u16, Broken> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    pub(super) fn u32(&mut self) -> Result<u32, Broken> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    pub(super) fn f32(&mut self) -> Result<f32, Broken> {
        let value = f32::from_le_bytes(self.array()?);
        if value.is_finite() { Ok(value) } else { Err(Broken::Value(format!("{value} at byte {}", self.at - 4))) }
    }

    pub(super) fn text(&mut self) -> Result<String, Broken> {
        let length = usize::from(self.u8()?);
        let bytes = self.take(length)?;
        String::from_utf8(bytes.to_vec()).map_err(|error| Broken::Value(error.to_string()))
    }

    pub(super) fn finish(self) -> Result<(), Broken> {
        let rest = self.bytes.len() - self.at;
        if rest == 0 { Ok(()) } else { Err(Broken::Long(rest)) }
    }
}

/// Writes a name of up to 255 bytes; a longer one is cut there.
pub(super) fn write_text(bytes: &mut Vec<u8>, text: &str) {
    let length = (0..=text.len().min(255)).rfind(|length| text.is_char_boundary(*length)).unwrap_or(0);
    bytes.push(length as u8);
    bytes.extend_from_slice(&text.as_bytes()[..length]);
}
