//! What is pasted from a file, and small files of settings: whatever stands there, it is read to its end.

use proptest::prelude::*;
use quarterlight_domain::register::minutes::{MOST, candidates};
use quarterlight_import::{bank_holidays, groups, indicators, retention, staff_list};

/// Anything at all, and pieces of what is really pasted.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("Court Team 1,2026-06,12.5\n".to_owned()),
        Just("\"Care, Team\"\t07/2026\t\n".to_owned()),
        Just("RESOLVED: that\n(a) the report be noted;\n".to_owned()),
        Just("The Chair asked the Director to provide figures. ".to_owned()),
        Just("[[indicators]]\ncode = \"I1\"\n".to_owned()),
        Just("[[group]]\nname = \"a\"\nrole = \"auditor\"\n".to_owned()),
        Just("first_year = 2026\ndays = [\"2026-12-25\"]\n".to_owned()),
        "[\\[\\]\"=,.\n\t0-9a-zé\u{feff}]{0,40}",
        any::<String>(),
    ];
    prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn whatever_is_pasted_is_read_to_its_end(text in texts()) {
        let (lines, problems) = staff_list::read(&text);
        prop_assert!(lines.len() + problems.len() <= text.lines().count());
        prop_assert!(candidates(&text).len() <= MOST);
        let _ = indicators::from_toml(&text);
        let _ = retention::from_toml(&text);
        let _ = groups::from_toml(&text);
        let _ = bank_holidays::from_toml(&text);
    }
}
