//! Any bytes as what is in a backup once it is opened: it is refused unless its digests are right.
#![no_main]

use libfuzzer_sys::fuzz_target;

/// The program's own file, with as much around it as it needs.
#[path = "../../crates/cli/src/backup/file.rs"]
#[expect(dead_code, reason = "the program uses more of it")]
mod file;

mod sealed {
    pub const DAMAGED: &str = "damaged";
}

mod tried {
    use std::collections::BTreeMap;

    pub struct Tried {
        pub steps: Vec<String>,
        pub rows: BTreeMap<String, u64>,
        pub head: (),
    }

    impl Tried {
        pub fn engine(&self) -> &'static str {
            "sqlite"
        }
    }
}

mod ending {
    pub fn wrong<T>(sentence: impl Into<String>) -> anyhow::Result<T> {
        Err(anyhow::anyhow!(sentence.into()))
    }
}

mod journal {
    pub fn in_words((): &()) -> String {
        String::new()
    }
}

fuzz_target!(|bytes: &[u8]| {
    let mut copy = Vec::new();
    let from = Box::new(std::io::Cursor::new(bytes.to_vec()));
    if let Ok(header) = file::Header::read(from, &mut copy) {
        assert_eq!(header.bytes, copy.len() as u64);
    }
});
