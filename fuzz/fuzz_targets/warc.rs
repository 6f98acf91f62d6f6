#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cleancopy_fuzz::records::check_warc(data));
