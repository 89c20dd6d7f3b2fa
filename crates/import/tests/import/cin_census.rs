//! Children in need censuses: every shape, what is true of a whole population, and hostile files.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use quarterlight_domain::case_list::KeyDate;
use quarterlight_domain::history::{Episode, Fact, Span};
use quarterlight_domain::need::{Known, Need};
use quarterlight_domain::source::Sighting;
use quarterlight_import::{Limits, NotReadable, SourceReading, cin_census};

use crate::returns::{adds_up, few_elements, fixture, hostile_xml, sentences, sighting, truth};

const AS_AT: Date = date(2026, 3, 31);

fn read(xml: &str) -> Result<SourceReading, NotReadable> {
    cin_census::read("census.xml", xml.as_bytes(), AS_AT, &Limits::default())
}

/// A census of one child with these blocks after its identifiers.
fn census(blocks: &str) -> String {
    format!(
        "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>\
         <ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header><Children>\n\
         <Child><ChildIdentifiers><LAchildID>1</LAchildID><PersonBirthDate>2015-03-27\
         </PersonBirthDate></ChildIdentifiers>\n{blocks}\n</Child></Children></Message>"
    )
}

fn one(blocks: &str) -> Sighting {
    read(&census(blocks)).unwrap().source.sightings.remove(0)
}

const OPEN: &str = "<CINdetails><CINreferralDate>2025-10-06</CINreferralDate>";

#[test]
fn a_whole_population_is_read_as_it_truly_is() {
    let reading = read(&fixture("populations/synthetic_200/cin_census.xml")).unwrap();
    let sightings: BTreeMap<&str, &Sighting> =
        reading.source.sightings.iter().map(|each| (each.reference.as_str(), each)).collect();
    let children = truth("synthetic_200");
    // Care leavers are not in it, and neither is who closed before the year began.
    let expected: Vec<_> = children.iter().filter(|child| child["status"] != "leaver").collect();
    assert_eq!(sightings.len(), expected.len());
    let (mut open, mut plans) = (0, 0);
    for child in expected {
        let id = child["child_id"].as_str();
        let found = sightings[id];
        let is_open = child["open"] == "1";
        open += usize::from(is_open);
        assert_eq!(found.open, if is_open { Known::Yes } else { Known::No }, "{id}");
        let disabled = if child["disability"].is_empty() { Known::No } else { Known::Yes };
        assert_eq!(found.disabled, disabled, "{id}");
        assert_eq!(found.history.born.unwrap().to_string(), child["dob"], "{id}");
        let obtained = !matches!(child["ethnicity"].as_str(), "REFU" | "NOBT");
        let obtained = if obtained { Known::Yes } else { Known::No };
        assert_eq!(found.history.ethnicity_obtained, obtained, "{id}");
        let has_plan = found.history.current(Episode::ProtectionPlan).is_some();
        assert_eq!(found.needs.contains(&Need::ChildProtection), has_plan, "{id}");
        assert!(!has_plan || child["status"] == "cpp", "{id}");
        plans += usize::from(has_plan);
        let assessed = child["status"] == "assess" && is_open;
        assert!(!assessed || found.assessment_open || found.needs.is_empty(), "{id}");
        if child["status"] == "cin" {
            assert!(found.needs.contains(&Need::ChildInNeed), "{id}");
        }
        // The census holds children in care and has nothing that tells them from others.
        if child["status"] == "lac" && !found.assessment_open {
            assert!(found.needs.is_empty(), "{id}: {:?}", found.needs);
        }
    }
    // Counted in the file itself, without a reader.
    let xml = fixture("populations/synthetic_200/cin_census.xml");
    let ended = xml.matches("<CPPendDate>").count();
    assert_eq!(plans, xml.matches("<CPPstartDate>").count() - ended);
    assert!(open > 100 && plans > 10, "{open} open, {plans} plans");
    let of = |list: &str| {
        reading.account.lists().find(|each| each.list == list).map(|each| each.rows_read).unwrap()
    };
    // As the generator counts them.
    assert_eq!(
        [
            "Child",
            "Assessments",
            "Section47",
            "CINPlanDates",
            "ChildProtectionPlans",
            "CPPreviewDate"
        ]
        .map(of),
        [193, 89, 19, 84, 19, 32]
    );
    assert!(adds_up(&reading));
    assert!(
        sentences(&reading).iter().all(|it| it.contains("is after")),
        "{:#?}",
        reading.problems
    );
}

#[test]
fn every_published_sample_is_read_without_loss() {
    for (name, children, as_at) in [
        ("d2i_CIN2rows.xml", 1, date(2024, 3, 31)),
        ("d2i_CIN_Census_2021.xml", 1, date(2021, 3, 31)),
        ("d2i_CIN_Census_2024.xml", 2, date(2024, 3, 31)),
        ("liia_cin-2022.xml", 1, date(2022, 3, 31)),
    ] {
        let xml = fixture(&format!("returns/cin_census/{name}"));
        let reading = cin_census::read(name, xml.as_bytes(), as_at, &Limits::default()).unwrap();
        assert_eq!(reading.source.sightings.len(), children, "{name}");
        assert!(adds_up(&reading), "{name}: {:#?}", reading.account);
        assert!(cin_census::is_one(xml.as_bytes()), "{name}");
        insta::assert_snapshot!(name, sentences(&reading).join("\n"));
    }
}

#[test]
fn both_shapes_of_reviews_are_read() {
    let plan = |reviews: &str| {
        one(&format!(
            "{OPEN}<ChildProtectionPlans><CPPstartDate>2025-10-20</CPPstartDate>{reviews}\
             </ChildProtectionPlans></CINdetails>"
        ))
    };
    let one_block = "<Reviews><CPPreviewDate>2026-01-05</CPPreviewDate>\
                     <CPPreviewDate>2026-03-05</CPPreviewDate></Reviews>";
    let many = "<Reviews><CPPreviewDate>2026-01-05</CPPreviewDate></Reviews>\
                <Reviews><CPPreviewDate>2026-03-05</CPPreviewDate></Reviews>";
    let expected = [date(2026, 1, 5), date(2026, 3, 5)].into();
    for reviews in [one_block, many] {
        let child = plan(reviews);
        assert_eq!(child.history.dates[&KeyDate::ProtectionReview], expected);
        assert_eq!(child.needs, [Need::ChildProtection].into());
    }
}

#[test]
fn yes_and_no_are_read_in_words_and_in_figures() {
    for (said, open) in
        [("true", Known::No), ("1", Known::No), ("false", Known::Yes), ("0", Known::Yes)]
    {
        let child = one(&format!("{OPEN}<ReferralNFA>{said}</ReferralNFA></CINdetails>"));
        assert_eq!(child.open, open, "{said}");
    }
    let enquiry = |not_required: &str| {
        one(&format!(
            "{OPEN}<Section47><S47ActualStartDate>2025-10-07</S47ActualStartDate>\
             <ICPCnotRequired>{not_required}</ICPCnotRequired></Section47></CINdetails>"
        ))
    };
    // An enquiry that waits for its conference goes on; one that needs none does not.
    let goes_on = Span { from: date(2025, 10, 7), until: None };
    for said in ["false", "0"] {
        assert_eq!(enquiry(said).history.current(Episode::Enquiry), Some(goes_on));
    }
    for said in ["true", "1"] {
        assert_eq!(enquiry(said).history.current(Episode::Enquiry), None);
    }
}

#[test]
fn disability_and_ethnicity_have_three_states() {
    let child = |inside: &str| {
        one(&format!("<ChildCharacteristics>{inside}</ChildCharacteristics>{OPEN}</CINdetails>"))
    };
    let disabled = |codes: &[&str]| {
        let codes: String =
            codes.iter().flat_map(|code| ["<Disability>", code, "</Disability>"]).collect();
        child(&format!("<Disabilities>{codes}</Disabilities>")).disabled
    };
    assert_eq!(disabled(&["HAND", "HEAR"]), Known::Yes);
    assert_eq!(disabled(&["NONE"]), Known::No);
    assert_eq!(disabled(&["NONE", "AUT"]), Known::Yes);
    assert_eq!(disabled(&["WHAT"]), Known::Unknown);
    assert_eq!(disabled(&[]), Known::Unknown);
    assert_eq!(child("").disabled, Known::Unknown);
    let obtained =
        |code: &str| child(&format!("<Ethnicity>{code}</Ethnicity>")).history.ethnicity_obtained;
    assert_eq!(
        (obtained("WBRI"), obtained("REFU"), obtained("")),
        (Known::Yes, Known::No, Known::Unknown)
    );
}

#[test]
fn factor_9a_says_unaccompanied_and_no_factor_says_not() {
    let assessed = |factor: &str| {
        one(&format!(
            "{OPEN}<Assessments><AssessmentActualStartDate>2025-10-07</AssessmentActualStartDate>\
             <FactorsIdentifiedAtAssessment><AssessmentFactors>{factor}</AssessmentFactors>\
             </FactorsIdentifiedAtAssessment></Assessments></CINdetails>"
        ))
    };
    assert_eq!(assessed("9A").unaccompanied, Known::Yes);
    assert_eq!(assessed("19A").unaccompanied, Known::Unknown);
    assert!(assessed("9A").assessment_open);
}

#[test]
fn a_child_not_yet_born_has_no_date_of_birth_and_no_problem() {
    let xml = census(&format!("{OPEN}</CINdetails>"))
        .replace("PersonBirthDate>2015-03-27", "ExpectedPersonBirthDate>2026-06-01")
        .replace("</PersonBirthDate>", "</ExpectedPersonBirthDate>");
    let reading = read(&xml).unwrap();
    assert_eq!(reading.source.sightings[0].history.born, None);
    assert_eq!(sentences(&reading), [""; 0]);
    assert!(reading.source.sightings[0].history.asked.contains(&Fact::Born));
}

#[test]
fn what_is_not_known_or_out_of_place_is_counted_and_nothing_is_lost() {
    let xml = census(&format!(
        "<Hat size='9'><Brim>2</Brim></Hat>stray{OPEN}<LAchildID>2</LAchildID></CINdetails>"
    ));
    let reading = read(&xml).unwrap();
    assert_eq!(sighting(&reading, "1").open, Known::Yes);
    let account = format!("{:?}", reading.account);
    assert!(account.contains("3 are not known: Brim (1), Hat (1), LAchildID (1)."), "{account}");
    assert!(sentences(&reading).iter().any(|it| it.contains("text stands between the elements")));
}

#[test]
fn a_problem_names_the_file_the_list_the_line_and_the_element() {
    let xml = census(&format!(
        "{OPEN}\n<ChildProtectionPlans><CPPstartDate>2025-02-30</CPPstartDate>\
         </ChildProtectionPlans></CINdetails>"
    ));
    let reading = read(&xml).unwrap();
    assert_eq!(
        sentences(&reading),
        [
            "ChildProtectionPlans (“census.xml”), line 4, “CPPstartDate”: “2025-02-30” is not a date; \
          write it as the return wants it; it was left out."
        ]
    );
    // The plan is open all the same: a record that may be open is not lost.
    assert_eq!(sighting(&reading, "1").needs, [Need::ChildProtection].into());
    assert!(adds_up(&reading));
}

#[test]
fn what_ends_before_it_begins_or_after_the_day_is_said() {
    let child = one("<CINdetails><CINreferralDate>2025-10-06</CINreferralDate>\
         <CINclosureDate>2025-09-01</CINclosureDate></CINdetails>");
    assert_eq!(child.open, Known::No);
    assert!(child.history.episodes.is_empty());
    // A closure after the day of the list has not happened yet.
    let later = one("<CINdetails><CINreferralDate>2025-10-06</CINreferralDate>\
         <CINclosureDate>2026-04-01</CINclosureDate></CINdetails>");
    assert_eq!(later.open, Known::Yes);
}

#[test]
fn a_child_without_a_reference_is_not_used_and_counted() {
    let xml = census(OPEN).replace("<LAchildID>1</LAchildID>", "<LAchildID>Ada Oakes</LAchildID>");
    let xml = xml.replace("\n</Child>", "</CINdetails>\n</Child>");
    let reading = read(&xml).unwrap();
    assert!(reading.source.sightings.is_empty());
    assert!(adds_up(&reading));
    assert!(!format!("{:?}", reading.problems).contains("Ada"), "a name is never repeated");
}

#[test]
fn the_same_child_twice_is_put_together() {
    let first = census(&format!("{OPEN}</CINdetails>"));
    let child = first.split("<Child>").nth(1).unwrap().split("</Child>").next().unwrap();
    let second = child.replace("2015-03-27", "2014-03-27");
    let xml = first.replace("</Children>", &format!("<Child>{second}</Child></Children>"));
    let reading = read(&xml).unwrap();
    assert_eq!(reading.source.sightings.len(), 1);
    let said = sentences(&reading);
    assert!(said.iter().any(|it| it.contains("date of birth differs")), "{said:?}");
    assert!(said.iter().any(|it| it.contains("the same reference stands")), "{said:?}");
    assert!(adds_up(&reading));
}

#[test]
fn plans_are_asked_for_only_since_they_are_in_the_census() {
    let plans = Fact::Episode(Episode::ChildInNeedPlan);
    assert!(one(&format!("{OPEN}</CINdetails>")).history.asked.contains(&plans));
    let old = census(&format!("{OPEN}</CINdetails>")).replace("2026", "2019");
    let reading =
        cin_census::read("", old.as_bytes(), date(2019, 3, 31), &Limits::default()).unwrap();
    assert!(!reading.source.sightings[0].history.asked.contains(&plans));
}

#[test]
fn another_file_is_refused_in_words() {
    for (xml, part) in [
        ("<EXPSSDA903/>", "its first element is EXPSSDA903 and not Message"),
        ("CHILD,DOB\n1,2\n", "does not begin as XML does"),
        (
            "<Message><Header><CollectionDetails><Collection>CSWW</Collection></CollectionDetails></Header></Message>",
            "its collection is “CSWW” and not CIN",
        ),
        ("<Message/>", "it has no child"),
    ] {
        let refusal = read(xml).unwrap_err().to_string();
        assert!(refusal.contains(part) && refusal.contains("hoose"), "{refusal}");
    }
    assert!(!cin_census::is_one(b"<Message><Header/></Message>"));
}

#[test]
fn hostile_files_are_refused_in_bounded_time_and_memory() {
    hostile_xml("Message", |bytes| cin_census::read("", bytes, AS_AT, &few_elements()).map(drop));
}
