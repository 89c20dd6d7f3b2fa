//! The Standard Safeguarding Dataset, against the truth of its population and against Annex A.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use quarterlight_domain::allocation::Experience;
use quarterlight_domain::case_list::KeyDate;
use quarterlight_domain::history::{Episode, Fact};
use quarterlight_domain::need::{Known, Need};
use quarterlight_domain::source::Sighting;
use quarterlight_import::account::{ListAccount, Why};
use quarterlight_import::{Limits, NotReadable, SourceReading, ssd};

use crate::made::AS_AT;
use crate::truth::{Population, populations};

fn files() -> Vec<(String, Vec<u8>)> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/populations/synthetic_200/ssd");
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into(), fs::read(path).unwrap()))
        .collect();
    // Neither the names nor the order may matter.
    files.sort_by(|one, other| other.0.cmp(&one.0));
    for (at, file) in files.iter_mut().enumerate() {
        file.0 = format!("extract {at}.csv");
    }
    files
}

fn read(files: &[(String, Vec<u8>)]) -> SourceReading {
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    ssd::read(&files, AS_AT, &Limits::default()).unwrap()
}

fn population() -> Population {
    populations().into_iter().find(|it| it.name == "synthetic_200").unwrap()
}

/// What each table says of a child, by the table's name.
fn of_child<'r>(reading: &'r SourceReading, id: &str) -> BTreeMap<&'r str, &'r Sighting> {
    let of = reading.source.sightings.iter().filter(|it| it.reference.as_str() == id);
    of.map(|it| (reading.source.lists[it.list].name.as_str(), it)).collect()
}

#[test]
fn every_child_of_the_dataset_is_as_it_truly_is() {
    let reading = read(&files());
    assert!(reading.account.lists().all(ListAccount::adds_up));
    let (mut in_care, mut protected, mut held) = (0, 0, 0);
    for child in population().children {
        let tables = of_child(&reading, &child["child_id"]);
        let person = tables["ssd_person"];
        let born = person.history.born.map(|born| born.to_string());
        assert_eq!(born.as_deref(), Some(child["dob"].as_str()));
        let obtained = !matches!(child["ethnicity"].as_str(), "NOBT" | "REFU");
        assert_eq!(person.history.ethnicity_obtained == Known::Yes, obtained, "{child:?}");
        let disabled = if child["disability"].is_empty() { Known::No } else { Known::Yes };
        assert_eq!(tables["ssd_disability"].disabled, disabled, "{child:?}");
        let unaccompanied = tables.get("ssd_immigration_status").map(|it| it.unaccompanied);
        assert_eq!(unaccompanied == Some(Known::Yes), child["uasc"] == "1", "{child:?}");
        let needs = |need| tables.values().any(|it| it.needs.contains(&need));
        assert_eq!(needs(Need::InCare), child["looked_after_now"] == "1", "{child:?}");
        assert!(!needs(Need::ChildProtection) || child["status"] == "cpp", "{child:?}");
        in_care += usize::from(needs(Need::InCare));
        protected += usize::from(needs(Need::ChildProtection));
        if child["status"] != "leaver" {
            let open = if child["open"] == "1" { Known::Yes } else { Known::No };
            assert_eq!(tables["ssd_cin_episodes"].open, open, "{child:?}");
        }
        let holder = tables.get("ssd_involvements").map(|it| &it.holder);
        let is_named = !matches!(child["worker"].as_str(), "" | "#N/A" | "Duty Worker");
        if let (true, "1") = (is_named, child["open"].as_str()) {
            let holder = holder.unwrap();
            assert_eq!(holder.name.as_deref(), Some(child["worker"].as_str()));
            assert_eq!(holder.staff_number.as_deref(), Some(child["worker_id"].as_str()));
            assert!(holder.registration.as_ref().unwrap().starts_with("SW"));
            assert_eq!(tables["ssd_involvements"].team.as_ref(), Some(&child["team"]));
            held += 1;
        } else {
            assert!(holder.is_none(), "{child:?}");
        }
    }
    assert!(in_care > 20 && protected > 5 && held > 50, "{in_care} {protected} {held}");
}

#[test]
fn the_dataset_and_annex_a_tell_the_same_story() {
    let reading = read(&files());
    let annex = population().read();
    let mut same = 0;
    for line in &annex.rows {
        let tables = of_child(&reading, line.reference.as_str());
        for (table, kind) in [
            ("ssd_cp_visits", KeyDate::ProtectionVisit),
            ("ssd_cp_reviews", KeyDate::ProtectionReview),
            ("ssd_cla_visits", KeyDate::CareVisit),
            ("ssd_cla_reviews", KeyDate::CareReview),
            ("ssd_cla_episodes", KeyDate::CareStarted),
        ] {
            let Some(date) = line.dates.get(&kind) else { continue };
            assert_eq!(
                tables[table].history.latest(kind),
                Some(*date),
                "{} {table}",
                line.reference
            );
            same += 1;
        }
        if let Some(plan) = line.history.current(Episode::ProtectionPlan) {
            let plans = tables["ssd_cp_plans"];
            assert_eq!(plans.history.current(Episode::ProtectionPlan), Some(plan));
            assert!(plans.history.asked.contains(&Fact::Date(KeyDate::ProtectionVisit)));
        }
    }
    assert!(same > 80, "{same}");
}

#[test]
fn workers_have_their_registration_and_the_first_year_where_it_is_said() {
    let reading = read(&files());
    let workers = &reading.source.workers;
    let of =
        |name: &str| workers.iter().filter(|it| it.worker.name.as_deref() == Some(name)).count();
    assert!(of("Sami Zeller") >= 1);
    let new = workers.iter().filter(|it| it.experience == Experience::NewlyQualified).count();
    assert!(new > 0 && new < workers.len());
    let known = [Experience::NewlyQualified, Experience::Unknown];
    assert!(workers.iter().all(|it| known.contains(&it.experience)));
    assert!(workers.iter().all(|it| it.full_time_thousandths.is_some() && it.team.is_some()));
    assert!(workers.iter().any(|it| it.agency == Known::Yes));
}

#[test]
fn no_name_of_a_child_is_kept_anywhere() {
    let files = files();
    let people = files.iter().find(|(_, bytes)| bytes.starts_with(b"pers_person_id")).unwrap();
    let people = String::from_utf8(people.1.clone()).unwrap();
    // The fixture has these words where an authority's own file has names.
    assert!(people.contains("Forename-1,Surname-1,"));
    let text = format!("{:?}", read(&files));
    assert!(text.contains("Sami Zeller"), "the names of workers are kept");
    assert!(!text.contains("Forename-") && !text.contains("Surname-"));
}

#[test]
fn a_table_that_is_not_there_is_said_and_switches_off_what_it_tells() {
    let mut files = files();
    files.retain(|(_, bytes)| !bytes.starts_with(b"cppv_") && !bytes.starts_with(b"invo_"));
    let reading = read(&files);
    let asked = |fact| reading.source.lists.iter().any(|list| list.tells.contains(&fact));
    assert!(!asked(Fact::Date(KeyDate::ProtectionVisit)) && !asked(Fact::Worker));
    assert!(asked(Fact::Date(KeyDate::ProtectionReview)));
    let sentences: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
    assert!(sentences.iter().any(|it| it.contains("no table ssd_involvements")), "{sentences:?}");
}

#[test]
fn rows_of_nobody_and_bad_dates_are_problems_with_their_place() {
    let files = [
        (
            "a.csv",
            "cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date\nA1,2026-01-05,\n,2026-01-05,\nA2,31/31/2026,\n",
        ),
        ("b.csv", "clar_cla_review_id,clar_cla_id,clar_cla_review_date\n1,C9,2026-01-01\n"),
        ("c.csv", "disa_table_id,disa_person_id\n1,A1\n"),
        ("d.csv", "cont_contact_id,cont_person_id,cont_contact_date\n1,A1,2026-01-01\n"),
    ];
    let owned: Vec<(String, Vec<u8>)> =
        files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    let reading = read(&owned);
    let sentences: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
    let says =
        |part: &str| assert!(sentences.iter().any(|it| it.contains(part)), "{part} {sentences:#?}");
    says("ssd_cp_plans (“a.csv”), row 3: the row has no reference");
    says(
        "ssd_cp_plans (“a.csv”), row 4, column B (“cppl_cp_plan_start_date”): “31/31/2026” is not a date",
    );
    says("ssd_cla_reviews (“b.csv”), row 2: no other table has its period of care");
    says("ssd_disability (“c.csv”): there is no column “disa_disability_code”");
    let unused = reading.account.lists().find(|list| list.list == "ssd_contacts").unwrap();
    assert_eq!(unused.rows_not_used[&Why::TableNotUsed], 1);
    assert!(reading.account.lists().all(ListAccount::adds_up));
    let none = [("x.csv", b"a,b\n1,2\n".as_slice())];
    let refusal = ssd::read(&none, AS_AT, &Limits::default()).unwrap_err();
    assert!(matches!(refusal, NotReadable::NoTables { .. }));
}
