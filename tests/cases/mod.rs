//! How many inputs a property is held against.

use proptest::test_runner::{Config, RngSeed};

/// So many inputs, the same ones in each run; `PROPTEST_CASES` and `PROPTEST_RNG_SEED` ask for others.
pub fn cases(cases: u32) -> Config {
    let mut config = Config { failure_persistence: None, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = cases;
    }
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(20);
    }
    config
}
