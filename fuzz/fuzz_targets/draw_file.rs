//! Any text as a draw file: what is read is written out to the letter, and repeating it never panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use quarterlight_domain::draw_file::DrawFile;

fuzz_target!(|text: &str| {
    if let Ok(file) = DrawFile::read(text) {
        let again = DrawFile::read(&file.text());
        assert_eq!(again.as_ref(), Ok(&file));
        let _ = file.verify();
    }
});
