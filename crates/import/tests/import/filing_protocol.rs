//! The filing protocol that comes with the program, and those from other people's files.

use jiff::civil::date;
use quarterlight_import::filing_protocol::{default_toml, from_toml, to_toml};

#[test]
fn the_protocol_that_is_shipped_goes_out_and_comes_back_the_same() {
    let from = date(2026, 4, 1);
    let protocol = from_toml(default_toml(), Some(from)).unwrap();
    assert_eq!((protocol.kinds().len(), protocol.from()), (16, from));
    let on_paper = protocol.kinds().iter().filter(|kind| kind.paper.is_some()).count();
    assert_eq!(on_paper, 13, "some kinds are not kept on paper");
    let written = to_toml(&protocol).unwrap();
    assert_eq!(from_toml(&written, None).unwrap(), protocol);
    let later = from_toml(&written, Some(date(2027, 1, 1))).unwrap();
    assert_eq!(later.from(), date(2027, 1, 1), "the day that is given stands");
}

#[test]
fn a_file_that_is_none_is_refused_with_its_line_or_its_kind() {
    let refused = |text: &str| from_toml(text, None).unwrap_err().sentence().to_owned();
    let good = "name = \"Ours\"\nfrom = \"2026-04-01\"\n[[kind]]\ncode = \"letter\"\n\
        name = \"Letter\"\nelectronic = \"Letters\"\nwithin = 5\n";
    assert!(from_toml(good, None).is_ok(), "the control");
    assert!(refused(default_toml()).contains("from which day"));
    assert!(refused(&good.replace("within = 5", "within = \"soon\"")).contains("Line 7"));
    assert!(refused(&good.replace("2026-04-01", "April")).contains("not a day"));
    assert!(refused(&good.replace("\"letter\"", "\"A letter\"")).contains("A letter"));
    assert!(refused(&good.replace("electronic", "computer")).contains("computer"));
    assert!(refused("name = \"Ours\"\nfrom = \"2026-04-01\"\n").contains("between 1 and"));
}
