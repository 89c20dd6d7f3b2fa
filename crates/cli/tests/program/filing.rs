//! The filing protocol goes out as a file and comes in again from a later day.

use std::fs;

use quarterlight_testing::engines::{Engine, Fresh};

use crate::commands::run;

#[test]
fn the_filing_protocol_is_shown_and_superseded_by_a_file() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let fresh = Fresh::on(engine);
        let run = |words: &[&str]| run(&fresh.address, words, "");
        let migrated = run(&["migrate"]);
        assert!(migrated.out.contains("A filing protocol was kept"), "{}", migrated.out);
        assert!(!run(&["migrate"]).out.contains("filing protocol"), "once");
        let shown = run(&["filing", "protocol", "show"]);
        assert!(shown.out.contains("name = \"Court order or application\""), "{}", shown.err);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ours.toml").to_string_lossy().into_owned();
        fs::write(&file, shown.out.replace("within = 15", "within = 10")).unwrap();
        let import =
            |more: &[&str]| run(&[&["filing", "protocol", "import", file.as_str()], more].concat());
        let past = import(&[]);
        assert_eq!(past.code, 1, "its first day is past");
        assert!(past.err.contains("begins today or later"), "{}", past.err);
        let dry = import(&["--from", "2190-01-01", "--dry-run"]);
        assert!(dry.out.contains("16 kinds of correspondence"), "{}", dry.err);
        let kept = import(&["--from", "2190-01-01", "--why", "A new system"]);
        assert_eq!(kept.code, 0, "{}", kept.err);
        assert_eq!(import(&["--from", "2190-01-01"]).code, 1, "twice");
        let today = run(&["filing", "protocol", "show"]).out;
        assert!(today.contains("within = 15") && today.contains("# There is another"), "{today}");
        let later = run(&["filing", "protocol", "show", "--on", "2190-01-01"]).out;
        assert!(!later.contains("within = 15"), "{later}");
        assert_eq!(run(&["filing", "protocol", "show", "--on", "1900-01-01"]).code, 1);
    }
}
