#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cleancopy_fuzz::markup::check_trees(data));
