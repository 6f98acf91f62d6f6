#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cleancopy_fuzz::repeated::check_repeated(data));
