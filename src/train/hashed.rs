//! Fits a linear model over hashed tokens: logistic regression by stochastic gradient descent, the step of each weight
//! shrinking with its own gradients (Duchi, Hazan, Singer, "Adaptive Subgradient Methods", 2011).

use super::TrainError;
use crate::knowledge::HashedLinear;

/// How a linear model is fitted.
#[derive(Debug, Clone, Copy)]
pub struct HashedOptions {
    /// The number of weights is two to the power of this.
    pub bits: u32,
    /// Passes over the blocks.
    pub epochs: usize,
    /// The first step of a weight.
    pub rate: f32,
    /// What a weight costs, for each unit of its square.
    pub shrink: f32,
    /// What a token counts in a block that has several.
    pub value: fn(usize) -> f32,
}

/// A block's tokens with its label and what it counts.
pub struct Tokens<'a> {
    /// The places of the tokens, in 64 bits.
    pub places: &'a [u64],
    /// Whether the block is of the story.
    pub label: bool,
    /// What the block counts; around 1.
    pub weight: f32,
}

/// Fits a model to blocks.
pub fn fit(blocks: &[Tokens<'_>], options: HashedOptions) -> Result<HashedLinear, TrainError> {
    let shift = 64 - options.bits;
    let size = 1_usize << options.bits;
    let (mut weights, mut squares) = (vec![0.0_f32; size], vec![1e-3_f32; size]);
    let (mut bias, mut bias_squares) = (0.0_f32, 1e-3_f32);
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    let mut random = Random(0x1234_5678_9abc_def1);
    for _ in 0..options.epochs {
        random.shuffle(&mut order);
        for &index in &order {
            let block = &blocks[index];
            let value = (options.value)(block.places.len());
            let sum: f32 = block.places.iter().map(|place| weights[(place >> shift) as usize]).sum();
            let likelihood = 1.0 / (1.0 + (-(bias + value * sum)).exp());
            let error = (likelihood - f32::from(u8::from(block.label))) * block.weight;
            bias_squares += error * error;
            bias -= options.rate * error / bias_squares.sqrt();
            for place in block.places {
                let at = (place >> shift) as usize;
                let slope = error * value + options.shrink * weights[at] * block.weight;
                squares[at] += slope * slope;
                weights[at] -= options.rate * slope / squares[at].sqrt();
            }
        }
    }
    Ok(HashedLinear::quantised(bias, &weights)?)
}

/// Numbers in an order that is the same in each run (xorshift64*: Vigna, 2016).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for last in (1..order.len()).rev() {
            order.swap(last, (self.next() >> 32) as usize % (last + 1));
        }
    }
}
