//! What Annex A says happened, against what the maker of each population says is true.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use quarterlight_domain::case_list::{CaseLine, KeyDate};
use quarterlight_domain::history::{Episode, Fact};
use quarterlight_domain::need::{Known, Need, Placement};
use quarterlight_import::annex_a::{AnnexA, read_files};
use quarterlight_import::{Limits, annex_a};

use crate::truth::{Population, populations};

fn read(population: &Population) -> AnnexA {
    let files = [("annex_a.xlsx", population.bytes.as_slice())];
    read_files(None, &files, population.as_at, &Limits::default()).unwrap()
}

/// The rules that need no working days, on one line; the others are the business of the rules.
fn breaches(line: &CaseLine, as_at: Date) -> Vec<&'static str> {
    let is = |need| line.needs.contains(&need);
    let asked = |fact| line.history.asked.contains(&fact);
    let none = |kind| asked(Fact::Date(kind)) && line.history.latest(kind).is_none();
    let before = |kind, days: i64| {
        line.history.latest(kind).is_some_and(|date| date < as_at.saturating_sub(days.days()))
    };
    let care = line.history.current(Episode::Care);
    let care_over =
        |span| is(Need::InCare) && care.is_some_and(|care| care.from < as_at.saturating_sub(span));
    let only_in_need = line.needs == BTreeSet::from([Need::ChildInNeed]) && !line.assessment_open;
    let missing = line.history.missing_episodes.is_some_and(|count| count > 0);
    let unsaid = |fact, known| asked(fact) && known != Known::Yes;
    let history = &line.history;
    let rules = [
        ("R04", is(Need::ChildProtection) && none(KeyDate::ProtectionVisit)),
        ("R07", is(Need::InCare) && before(KeyDate::CareVisit, 42)),
        ("R11", care_over(4.months()) && unsaid(Fact::PermanencePlan, history.permanence_plan)),
        ("R12", care_over(28.days()) && none(KeyDate::ReviewingOfficerContact)),
        ("R13", missing && unsaid(Fact::ReturnInterview, history.return_interview_offered)),
        ("R14", only_in_need && none(KeyDate::LastSeen)),
        ("R15", only_in_need && before(KeyDate::LastSeen, 42)),
        ("R16", !line.needs.is_empty() && asked(Fact::Worker) && line.worker.is_none()),
        ("R17", asked(Fact::Disability) && line.disabled == Known::Unknown),
        ("R18", unsaid(Fact::Ethnicity, history.ethnicity_obtained)),
        ("R20", is(Need::CareLeaver) && before(KeyDate::CareLeaverContact, 56)),
    ];
    rules.into_iter().filter(|(_, holds)| *holds).map(|(rule, _)| rule).collect()
}

#[test]
fn the_histories_hold_exactly_what_the_rules_without_working_days_find() {
    let tested = ["R04", "R07", "R11", "R12", "R13", "R14", "R15", "R16", "R17", "R18", "R20"];
    let mut untold = Vec::new();
    for population in populations() {
        let annex = read(&population);
        let lines = || annex.records.iter().chain(&annex.closed);
        let found: BTreeSet<(String, String)> = lines()
            .flat_map(|line| {
                let rules = breaches(line, population.as_at).into_iter();
                rules.map(|rule| (rule.to_owned(), line.reference.as_str().to_owned()))
            })
            .collect();
        let has_contact = lines()
            .any(|line| line.history.asked.contains(&Fact::Date(KeyDate::CareLeaverContact)));
        let told: BTreeSet<&str> = lines().map(|line| line.reference.as_str()).collect();
        let unseen =
            |breach: &&BTreeMap<String, String>| !told.contains(breach["child_id"].as_str());
        untold.extend(
            population
                .breaches
                .iter()
                .filter(unseen)
                .map(|breach| (breach["rule"].as_str().to_owned(), breach["child_id"].clone())),
        );
        let expected: BTreeSet<(String, String)> = population
            .breaches
            .iter()
            .filter(|breach| !unseen(breach))
            .filter(|breach| tested.contains(&breach["rule"].as_str()))
            // The edition of 2021 has no column for the contact with a care leaver.
            .filter(|breach| has_contact || breach["rule"] != "R20")
            .map(|breach| (breach["rule"].clone(), breach["child_id"].clone()))
            .collect();
        assert!(!expected.is_empty());
        let extra: Vec<_> = found.difference(&expected).collect();
        let lacking: Vec<_> = expected.difference(&found).collect();
        assert!(
            extra.is_empty() && lacking.is_empty(),
            "{}: {extra:?} {lacking:?}",
            population.name
        );
    }
}

#[test]
fn every_dated_breach_is_of_a_date_in_the_history() {
    let mut seen = 0;
    for population in populations() {
        let annex = read(&population);
        for breach in &population.breaches {
            let Ok(date) = breach["date"].parse::<Date>() else { continue };
            let mut lines = annex.records.iter().chain(&annex.closed);
            let line = lines.find(|line| line.reference.as_str() == breach["child_id"]);
            let history = &line.unwrap_or_else(|| panic!("{breach:?} is of no line")).history;
            let ends = |kind| history.episodes.get(&kind).into_iter().flatten();
            let is_there = match breach["rule"].as_str() {
                "R01" => {
                    ends(Episode::Assessment).any(|span| span.from == date && span.until.is_none())
                }
                "R02" => ends(Episode::Assessment).any(|span| span.until == Some(date)),
                "R03" => ends(Episode::Enquiry).any(|span| span.until == Some(date)),
                "R19" if !history.asked.contains(&Fact::Date(KeyDate::PathwayReview)) => true,
                "R20" if !history.asked.contains(&Fact::Date(KeyDate::CareLeaverContact)) => true,
                _ => history.dates.values().any(|dates| dates.contains(&date)),
            };
            assert!(is_there, "{}: {breach:?} {history:?}", population.name);
            seen += 1;
        }
    }
    assert!(seen > 50, "{seen}");
}

#[test]
fn every_child_is_born_when_it_was_and_seen_by_the_lists_that_have_it() {
    for population in populations() {
        let annex = read(&population);
        let source = &annex.source.source;
        let number = |name: &str| source.lists.iter().position(|list| list.name == name).unwrap();
        for child in &population.children {
            let of_child =
                source.sightings.iter().filter(|it| it.reference.as_str() == child["child_id"]);
            let of_child: Vec<_> = of_child.collect();
            for sighting in &of_child {
                let born = sighting.history.born.map(|born| born.to_string());
                assert_eq!(born.as_deref(), Some(child["dob"].as_str()));
            }
            let care =
                of_child.iter().find(|it| it.list == number("List 8") && it.open == Known::Yes);
            assert_eq!(care.is_some(), child["looked_after_now"] == "1", "{child:?}");
            if let Some(care) = care {
                let out = Some(Placement::OutOfArea) == care.placement;
                assert_eq!(out, child["placed_out_of_la"] == "1");
                assert_eq!(care.unaccompanied == Known::Yes, child["uasc"] == "1");
            }
        }
    }
}

#[test]
fn the_lists_as_texts_say_the_same_as_the_workbook() {
    use calamine::{Reader, Xlsx};
    let population = populations().into_iter().find(|it| it.name == "synthetic_80_messy").unwrap();
    let whole = read(&population);
    let mut workbook = Xlsx::new(std::io::Cursor::new(population.bytes.as_slice())).unwrap();
    let mut texts = Vec::new();
    for (name, range) in workbook.worksheets() {
        let mut text = String::new();
        for row in range.rows() {
            let cells: Vec<String> = row
                .iter()
                .map(|cell| format!("\"{}\"", cell.to_string().replace('"', "\"\"")))
                .collect();
            text += &(cells.join(";") + "\r\n");
        }
        texts.push((format!("{name}.csv"), text.into_bytes()));
    }
    let files: Vec<(&str, &[u8])> =
        texts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let apart = read_files(None, &files, population.as_at, &Limits::default()).unwrap();
    assert_eq!(apart.records, whole.records);
    assert_eq!(apart.closed, whole.closed);
    assert_eq!(apart.source.account.files.len(), files.len());
    assert!(apart.source.account.lists().all(quarterlight_import::account::ListAccount::adds_up));
    // A single text without a name is still refused where a workbook is asked for.
    assert!(annex_a::read(files[0].1, population.as_at, &Limits::default()).is_err());
}
