//! A linear model over hashed tokens: each token's hash is the place of its weight. Two tokens may share a place (the
//! "hashing trick": Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", 2009).

use std::borrow::Cow;

use prefetch_index::prefetch_index;

use super::file::{Broken, Reader};

const KIND: &str = "cleancopy hashed 1\n";

/// A linear model over hashed tokens. Empty, it gives no token a weight.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HashedLinear {
    /// The log-odds of a block without tokens.
    bias: f32,
    /// What one step of a weight is worth.
    step: f32,
    /// A power of two of weights, in steps, each a signed byte. Those inside the program are not copied.
    weights: Cow<'static, [u8]>,
    /// By how many bits a hash is shifted to be a place.
    shift: u32,
}

impl HashedLinear {
    /// Rounds weights to 255 steps. Their number has to be a power of two, at least 2.
    ///
    /// # Errors
    ///
    /// Where it is not.
    pub fn quantised(bias: f32, weights: &[f32]) -> Result<Self, Broken> {
        let largest = weights.iter().fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
        let step = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        let steps = |weight: &f32| ((weight / step).round() as i8).cast_unsigned();
        let weights: Vec<u8> = weights.iter().map(steps).collect();
        Ok(HashedLinear { bias, step, shift: shift(weights.len())?, weights: weights.into() })
    }

    /// The log-odds of a block without tokens.
    pub fn bias(&self) -> f32 {
        self.bias
    }

    /// The number of weights is two to the power of this.
    pub fn bits(&self) -> u32 {
        64 - self.shift
    }

    /// The weight of a token by its hash, whose upper bits count.
    pub fn weight(&self, hash: u64) -> f32 {
        self.in_steps(self.weights.get((hash >> self.shift) as usize).copied().unwrap_or(0))
    }

    /// Asks the memory for the weight of a token, and for those around it, which are read in a while.
    #[inline]
    pub(crate) fn fetch(&self, hash: u64) {
        prefetch_index(&self.weights, (hash >> self.shift) as usize);
    }

    /// The eight weights at the place of each token and behind it, in steps; 0 where the last are less than eight. They are
    /// far from each other in memory: read in a row, with nothing else between, the processor waits for many at once.
    pub(crate) fn eights_of(&self, hashes: &[u64]) -> Vec<[u8; 8]> {
        let eight = |hash: &u64| {
            let weights = self.weights.get((hash >> self.shift) as usize..);
            weights.and_then(|weights| weights.first_chunk()).copied().unwrap_or_default()
        };
        hashes.iter().map(eight).collect()
    }

    /// Puts the weights of many tokens, by their hashes, into `weights` in place of what is there: see
    /// [`HashedLinear::eights_of`].
    pub(crate) fn weights_of(&self, hashes: &[u64], weights: &mut Vec<f32>) {
        weights.clear();
        weights.extend(hashes.iter().map(|hash| self.weight(*hash)));
    }

    /// What a weight is worth that is in steps.
    pub(crate) fn in_steps(&self, weight: u8) -> f32 {
        f32::from(weight.cast_signed()) * self.step
    }

    pub(super) fn read(bytes: Cow<'static, [u8]>) -> Result<Self, Broken> {
        let mut reader = Reader::new(&bytes, KIND)?;
        let (bias, step, length) = (reader.f32()?, reader.f32()?, reader.u32()? as usize);
        let shift = shift(length)?;
        reader.take(length)?;
        reader.finish()?;
        let head = bytes.len() - length;
        let weights = match bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[head..]),
            Cow::Owned(mut bytes) => Cow::Owned(bytes.split_off(head)),
        };
        Ok(HashedLinear { bias, step, weights, shift })
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = KIND.as_bytes().to_vec();
        bytes.extend(self.bias.to_le_bytes());
        bytes.extend(self.step.to_le_bytes());
        bytes.extend((self.weights.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&self.weights);
        bytes
    }
}

fn shift(length: usize) -> Result<u32, Broken> {
    let fits = length.is_power_of_two() && length > 1;
    if fits { Ok(64 - length.trailing_zeros()) } else { Err(Broken::Value(format!("{length} weights"))) }
}
