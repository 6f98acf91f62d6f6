//! Choices that are the same in each run.

/// Choices drawn from a number, which is not 0 (xorshift64: Marsaglia, 2003).
pub struct Chance(u64);

impl Chance {
    /// The choices that begin at `seed`.
    pub fn new(seed: u64) -> Self {
        Chance(seed)
    }

    /// Whether it is the one in `count`.
    pub fn one_in(&mut self, count: u64) -> bool {
        self.step().is_multiple_of(count)
    }

    /// A number below `count`, which is 1 at least.
    pub fn below(&mut self, count: usize) -> usize {
        // Seeds of names that are alike need some steps to part.
        self.step();
        self.step();
        ((self.step() >> 11) % count as u64) as usize
    }

    fn step(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

/// A seed of a page's name; another `basis` gives another one.
pub fn hash_of_name(name: &str, basis: u64) -> u64 {
    name.bytes().fold(basis, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
