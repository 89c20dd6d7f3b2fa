//! The framework that comes with the program, and frameworks from other people's files.

use quarterlight_domain::standard::{Applies, StandardKind};
use quarterlight_import::framework::{default_toml, from_toml};

/// Code, kind, critical, what it applies to: the table of the default framework, as agreed.
const TABLE: &str = "\
A1 C ALL|A2 C ALL|A3 Q ALL|A4 C ALL|B1 C ALL|B2 Q ALL|B3 C ALL|B4 C ALL|B5 C ALL|B6 Q ALL|\
C1* C ALL|C2 Q ALL|D1 C CIN CP DIS UAS|D2 C ALL|D3 Q ALL|D4 Q CIN CP CLA DIS|D5 Q ALL|E1 C ALL|\
E2 Q ALL|E3 C ALL|E4 Q ALL|E5 Q ALL|F1* C CIN CP UAS DIS|F2* Q CP CLA DIS UAS|F3 C CP|F4* Q ALL|\
G1* C CLA|G2 C CLA UAS|G3 Q CLA|G4 Q CLA|G5 C CLA CL|G6 Q CL|H1 Q DIS|H2 C DIS CLA|H3* C DIS CLA|\
H4 Q DIS CLA|J1 C UAS|J2* Q UAS|J3 Q UAS CL|K1* C ALL|K2 Q ALL|K3 Q ALL|K4 C ALL|L1 Q ALL|L2 C ALL";

#[test]
fn the_default_framework_has_every_standard_of_the_table() {
    let contents = from_toml(default_toml()).unwrap();
    let rows: Vec<&str> = TABLE.split('|').collect();
    assert_eq!(contents.standards().count(), rows.len());
    for (standard, row) in contents.standards().zip(rows) {
        let mut words = row.split(' ');
        let code = words.next().unwrap();
        assert_eq!(standard.code.as_str(), code.trim_end_matches('*'));
        assert_eq!(standard.critical, code.ends_with('*'), "{code}");
        let kind = if words.next() == Some("C") {
            StandardKind::Compliance
        } else {
            StandardKind::Quality
        };
        assert_eq!(standard.kind, kind, "{code}");
        let applies = words.map(|word| Applies::from_code(word).unwrap()).collect();
        assert_eq!(standard.applies, applies, "{code}");
    }
}

#[test]
fn the_dip_set_is_the_ten_agreed() {
    let contents = from_toml(default_toml()).unwrap();
    let dip: Vec<&str> =
        contents.standards().filter(|it| it.dip).map(|it| it.code.as_str()).collect();
    assert_eq!(dip, ["B1", "B4", "B5", "C1", "D2", "E2", "E3", "K1", "K2", "L1"]);
}

#[test]
fn every_standard_is_said_in_full() {
    for standard in from_toml(default_toml()).unwrap().standards() {
        // A wording stands as a heading and inside sentences, so it has no full stop of its own.
        assert!(!standard.wording.ends_with('.'), "{}: {}", standard.code, standard.wording);
        assert!(standard.met_looks_like.ends_with('.'), "{}", standard.code);
        for text in [&standard.wording, &standard.met_looks_like] {
            assert!(text.starts_with(char::is_uppercase), "{}: {text}", standard.code);
        }
        assert!(standard.met_looks_like.len() > standard.wording.len(), "{}", standard.code);
    }
}

#[test]
fn a_file_that_is_wrong_is_refused_with_what_is_wrong() {
    let good = default_toml();
    for (from, to, says) in [
        ("kind = \"compliance\"", "kind = \"both\"", "Write compliance or quality."),
        ("applies = [\"ALL\"]", "applies = [\"LAC\"]", "Write ALL, CIN, CP"),
        ("code = \"A2\"", "code = \"A1\"", "two standards A1"),
        ("code = \"A2\"", "cod = \"A2\"", "Line "),
        ("name = ", "name : ", "Line "),
    ] {
        let wrong = good.replacen(from, to, 1);
        let refusal = from_toml(&wrong).unwrap_err();
        assert!(refusal.sentence().contains(says), "{refusal}");
    }
}
