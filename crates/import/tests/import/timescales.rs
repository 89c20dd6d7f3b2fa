//! Rule sets and bank holidays: those that come with the program, and those from other people's files.

use std::collections::BTreeSet;

use jiff::civil::date;
use quarterlight_domain::timescale::asks::Asks;
use quarterlight_domain::timescale::working_days::{Counting, Unkept};
use quarterlight_import::timescales::{england_toml, from_toml, returns_toml, to_toml};
use quarterlight_import::{bank_holidays, framework};

#[test]
fn the_sets_that_are_shipped_go_out_and_come_back_the_same() {
    for text in [england_toml(), returns_toml()] {
        let set = from_toml(text).unwrap();
        let written = to_toml(&set).unwrap();
        assert_eq!(from_toml(&written).unwrap(), set);
        assert_eq!(to_toml(&from_toml(&written).unwrap()).unwrap(), written);
    }
}

#[test]
fn the_rules_of_the_returns_are_twenty() {
    let set = from_toml(returns_toml()).unwrap();
    let codes: Vec<String> = set.rules().iter().map(|rule| rule.code.to_string()).collect();
    let expected: Vec<String> = (1..=20).map(|number| format!("R{number:02}")).collect();
    assert_eq!(codes, expected);
}

#[test]
fn every_rule_of_england_has_a_source_and_standards_that_there_are() {
    let set = from_toml(england_toml()).unwrap();
    let framework = framework::from_toml(framework::default_toml()).unwrap();
    let codes: BTreeSet<_> = framework.standards().map(|standard| &standard.code).collect();
    assert!(set.rules().len() >= 33);
    for rule in set.rules() {
        assert!(rule.standards.iter().all(|code| codes.contains(code)), "{}", rule.code);
        if let Asks::Auditor { why, limit } = &rule.asks {
            assert!(why.ends_with('.') && !limit.is_empty(), "{}", rule.code);
        }
        assert!(!rule.asks.limit_in_words().is_empty(), "{}", rule.code);
    }
    let unconfirmed = set.rules().iter().filter(|rule| rule.confirm_locally).count();
    assert_eq!(unconfirmed, 11);
}

#[test]
fn days_that_were_proclaimed_are_bank_holidays_and_those_they_replaced_are_not() {
    let england = bank_holidays::england().unwrap();
    let has = |day| england.days().contains(&day);
    for day in [
        date(2020, 5, 8),
        date(2022, 6, 2),
        date(2022, 6, 3),
        date(2022, 9, 19),
        date(2023, 5, 8),
        date(2026, 12, 28),
    ] {
        assert!(has(day), "{day}");
    }
    assert!(!has(date(2020, 5, 4)) && !has(date(2022, 5, 30)) && !has(date(2026, 12, 26)));
    assert_eq!(england.years(), (1996, 2027));
    let counted = england.between(date(2026, 12, 23), date(2028, 1, 4), Counting::default());
    assert_eq!(counted, Err(Unkept(2028)));
    // A year has 8 of them, and 9 or 10 where days were proclaimed.
    for year in 1996..=2027 {
        let count = england.days().iter().filter(|day| day.year() == year).count();
        let extra = match year {
            2022 => 2,
            1999 | 2002 | 2011 | 2012 | 2023 => 1,
            _ => 0,
        };
        assert_eq!(count, 8 + extra, "{year}");
    }
}

#[test]
fn what_is_no_rule_set_is_refused_with_its_place() {
    let refused = |text: &str| from_toml(text).unwrap_err().to_string();
    let set = |rule: &str| {
        format!(
            "name = \"Ours\"\ndated = \"2026-01-01\"\n\n[[rule]]\ncode = \"a\"\nname = \"A\"\nsource = \"Us\"\n{rule}"
        )
    };
    let said = "[rule.said]\nmatter = \"worker\"\n";
    assert!(from_toml(&set(said)).is_ok());
    assert!(
        refused("name = \"Ours\"\ndated = ").starts_with("The rule set cannot be read. Line 2")
    );
    assert!(refused(&set("colour = 3")).contains("Line 8"));
    for (rule, what) in [
        ("", "must ask one thing"),
        (&format!("{said}[rule.auditor]\nlimit = \"\"\nwhy = \"\"\n"), "must ask one thing"),
        (&format!("needs = [\"XXX\"]\n{said}"), "“XXX” for a need"),
        ("[rule.said]\nmatter = \"weather\"\n", "“weather” for a matter"),
        ("[rule.said]\nmatter = \"worker\"\nafter = \"3 days\"\n", "together"),
        ("[rule.episode]\nkind = \"care\"\nwhich = \"ended\"\nlimit = \"3 days\"\n", "months"),
        ("[rule.episode]\nkind = \"care\"\nwhich = \"open\"\nlimit = \"soon\"\n", "“soon”"),
        (
            "[rule.latest]\nkind = \"care_visit\"\nsince = \"care\"\nwhen_none = \"cannot_tell\"\n",
            "asks nothing",
        ),
    ] {
        let sentence = refused(&set(rule));
        assert!(sentence.contains(what) && sentence.contains("Rule a"), "{sentence}");
    }
}

#[test]
fn bank_holidays_with_a_gap_or_of_another_shape_are_refused() {
    let file = |first: &str, days: &str| {
        let text = format!(
            "place = \"England\"\nsource = \"\"\nlimits = \"\"\nfirst_year = {first}\nlast_year = 2026\ndays = [{days}]"
        );
        bank_holidays::from_toml(&text)
    };
    assert!(file("2026", "\"2026-12-25\"").is_ok());
    assert!(file("2025", "\"2026-12-25\"").is_err());
    assert!(file("2026", "\"25/12/2026\"").is_err());
    assert!(bank_holidays::from_toml("place = 3").is_err());
}
