//! SSDA903 returns, as tables and as XML: samples, what is true of a population, and untidiness.

use std::collections::BTreeMap;
use std::fs;

use jiff::civil::{Date, date};
use quarterlight_domain::case_list::KeyDate;
use quarterlight_domain::history::{Episode, Fact, Span};
use quarterlight_domain::need::{Known, LegalRoute, Need, Placement};
use quarterlight_domain::source::Sighting;
use quarterlight_import::ssda903::{self, Table};
use quarterlight_import::{Limits, NotReadable, SourceReading};

use crate::returns::{
    adds_up, few_elements, fixture, hostile_xml, path, sentences, sighting, truth,
};

const AS_AT: Date = date(2026, 3, 31);

fn read(files: &[(&str, &str)], as_at: Date) -> Result<SourceReading, NotReadable> {
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    ssda903::read(&files, as_at, &Limits::default())
}

/// Every file of a folder, by name.
fn folder(name: &str) -> Vec<(String, String)> {
    let mut files: Vec<_> = fs::read_dir(path(name))
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, fs::read_to_string(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn read_folder(name: &str, as_at: Date) -> SourceReading {
    let files = folder(name);
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    read(&files, as_at).unwrap()
}

const EPISODES: &str = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n";

fn episodes(rows: &str) -> SourceReading {
    read(&[("episodes.csv", &format!("{EPISODES}{rows}"))], AS_AT).unwrap()
}

#[test]
fn a_whole_population_is_read_as_it_truly_is() {
    let reading = read_folder("populations/synthetic_200/903", AS_AT);
    let found: BTreeMap<&str, &Sighting> =
        reading.source.sightings.iter().map(|each| (each.reference.as_str(), each)).collect();
    let (mut in_care, mut leavers, mut unaccompanied) = (0, 0, 0);
    for child in truth("synthetic_200") {
        let id = child["child_id"].as_str();
        let is_now = child["looked_after_now"] == "1";
        let Some(child_found) = found.get(id) else {
            assert!(!is_now, "{id} is in care and not there");
            continue;
        };
        assert_eq!(child_found.needs.contains(&Need::InCare), is_now, "{id}");
        in_care += usize::from(is_now);
        let is_leaver = child["status"] == "leaver";
        assert_eq!(child_found.needs.contains(&Need::CareLeaver), is_leaver, "{id}");
        leavers += usize::from(is_leaver);
        assert_eq!(child_found.history.born.unwrap().to_string(), child["dob"], "{id}");
        let obtained = !matches!(child["ethnicity"].as_str(), "REFU" | "NOBT");
        assert_eq!(child_found.history.ethnicity_obtained == Known::Yes, obtained, "{id}");
        let expected = match (is_leaver, child["uasc"].as_str()) {
            // The return has no answer for those who have left care.
            (true, _) => Known::Unknown,
            (false, "1") => Known::Yes,
            (false, _) => Known::No,
        };
        assert_eq!(child_found.unaccompanied, expected, "{id}");
        unaccompanied += usize::from(expected == Known::Yes);
        assert_eq!(child_found.placement, is_now.then_some(Placement::Unknown), "{id}");
        assert_eq!(child_found.route, is_now.then_some(LegalRoute::InCare), "{id}");
        let has_worker = child_found.holder.registration.is_some();
        assert_eq!(has_worker, is_now, "{id}");
        assert_eq!(child_found.disabled, Known::Unknown, "{id}: the return does not say");
    }
    assert!(
        in_care > 30 && leavers > 5 && unaccompanied == 3,
        "{in_care} {leavers} {unaccompanied}"
    );
    assert!(adds_up(&reading));
    assert_eq!(sentences(&reading), [""; 0]);
    // As the generator counts them.
    let rows: BTreeMap<&str, usize> =
        reading.account.lists().map(|list| (list.list.as_str(), list.rows_read)).collect();
    for (table, expected) in [
        ("Header", 53),
        ("Episodes", 61),
        ("Reviews", 93),
        ("Missing", 14),
        ("SWEpisodes", 71),
        ("UASC", 3),
        ("OC2", 28),
        ("OC3", 7),
    ] {
        assert_eq!(rows[table], expected, "{table}");
    }
}

#[test]
fn every_review_of_every_child_is_kept() {
    let reading = read_folder("populations/synthetic_200/903", AS_AT);
    let reviews: usize = reading
        .source
        .sightings
        .iter()
        .filter_map(|child| child.history.dates.get(&KeyDate::CareReview))
        .map(std::collections::BTreeSet::len)
        .sum();
    assert_eq!(reviews, 93);
}

#[test]
fn the_published_tables_are_read_without_loss() {
    for (name, as_at) in
        [("ssda903_d2i", date(2018, 3, 31)), ("ssda903_liia_2020", date(2020, 3, 31))]
    {
        let reading = read_folder(&format!("returns/{name}"), as_at);
        assert!(adds_up(&reading), "{name}: {:#?}", reading.account);
        let rows: usize = reading.account.lists().map(|list| list.rows_read).sum();
        let lines: usize = folder(&format!("returns/{name}"))
            .iter()
            .map(|(_, text)| text.lines().filter(|line| !line.is_empty()).count() - 1)
            .sum();
        assert_eq!(rows, lines, "{name}");
        let in_care = reading.source.sightings.iter().filter(|child| child.open == Known::Yes);
        let summary = format!(
            "{} children, {} open, {} lists\n{}",
            reading.source.sightings.len(),
            in_care.count(),
            reading.source.lists.len(),
            sentences(&reading).join("\n")
        );
        insta::assert_snapshot!(name, summary);
    }
}

#[test]
fn the_published_xml_is_read_without_loss() {
    let xml = fixture("returns/ssda903_d2i_xml/d2i_fake_903_part.xml");
    let reading = read(&[("fake.xml", &xml)], date(2018, 3, 31)).unwrap();
    assert_eq!(reading.source.sightings.len(), 60);
    assert!(adds_up(&reading));
    let rows: BTreeMap<&str, usize> =
        reading.account.lists().map(|list| (list.list.as_str(), list.rows_read)).collect();
    // Counted in the file itself, without a reader.
    for (table, element) in [
        ("Header", "<HEADER>"),
        ("Episodes", "<EPISODE>"),
        ("Reviews", "<AREVIEW>"),
        ("Missing", "<AMISSING>"),
        ("UASC", "<UASC>1"),
        ("OC2", "<OC2>"),
    ] {
        assert_eq!(rows[table], xml.matches(element).count(), "{table}");
    }
    let unaccompanied =
        reading.source.sightings.iter().filter(|child| child.unaccompanied == Known::Yes);
    assert_eq!(unaccompanied.count(), 4);
    insta::assert_snapshot!("ssda903_d2i_xml", sentences(&reading).join("\n"));
}

#[test]
fn both_forms_say_the_same() {
    let xml = "<EXPSSDA903>\n<CHILD><HEADER><CHILDID>7</CHILDID><SEX>2</SEX><DOB>01/02/2012</DOB>\
        <ETHNIC>WBRI</ETHNIC><UASC>1</UASC><DUC>01/02/2030</DUC><AREVIEW><REVIEW>02/06/2025</REVIEW>\
        <REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW><AMISSING><MISSING>M</MISSING>\
        <MIS_START>03/07/2025</MIS_START><MIS_END>04/07/2025</MIS_END></AMISSING></HEADER>\
        <EPISODE><DECOM>05/05/2025</DECOM><RNE>S</RNE><LS>V2</LS><PL>U6</PL><DEC /><REC />\
        </EPISODE></CHILD></EXPSSDA903>";
    let tables = [
        ("h.csv", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n7,F,01/02/2012,WBRI,,,\n".to_owned()),
        ("e.csv", format!("{EPISODES}7,05/05/2025,S,V2,N8,U6,PR1,,,,,,\n")),
        ("r.csv", "CHILD,DOB,REVIEW,REVIEW_CODE\n7,01/02/2012,02/06/2025,PN1\n".to_owned()),
        (
            "m.csv",
            "CHILD,DOB,MISSING,MIS_START,MIS_END\n7,01/02/2012,M,03/07/2025,04/07/2025\n"
                .to_owned(),
        ),
        ("u.csv", "CHILD,SEX,DOB,DUC\n7,F,01/02/2012,01/02/2030\n".to_owned()),
    ];
    let tables: Vec<(&str, &str)> =
        tables.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let (from_xml, from_text) =
        (read(&[("x.xml", xml)], AS_AT).unwrap(), read(&tables, AS_AT).unwrap());
    let (one, other) = (sighting(&from_xml, "7"), sighting(&from_text, "7"));
    assert_eq!(one.history, other.history);
    assert_eq!(
        (one.open, &one.needs, one.unaccompanied, one.placement, one.route),
        (other.open, &other.needs, other.unaccompanied, other.placement, other.route)
    );
    assert_eq!(one.unaccompanied, Known::Yes);
    assert_eq!(one.history.born, Some(date(2012, 2, 1)));
}

#[test]
fn episodes_become_periods_of_care_and_placements() {
    let reading = episodes(
        "1,10/04/2025,S,V2,N1,U6,PR1,01/06/2025,X1,,,,\n\
         1,01/06/2025,L,C1,N1,U6,PR1,01/09/2025,X1,,,,\n\
         1,01/09/2025,P,C1,N1,K2,PR4,,,,,,\n",
    );
    let child = sighting(&reading, "1");
    let span = |from, until| Span { from, until };
    assert_eq!(child.history.episodes[&Episode::Care], [span(date(2025, 4, 10), None)].into());
    assert_eq!(
        child.history.episodes[&Episode::Placement],
        [span(date(2025, 4, 10), Some(date(2025, 9, 1))), span(date(2025, 9, 1), None)].into()
    );
    assert_eq!((child.open, child.row), (Known::Yes, Some(4)));
}

#[test]
fn a_child_whose_care_ended_is_not_open_here() {
    let reading = episodes("1,10/04/2025,S,V2,N1,U6,PR1,01/06/2025,E4A,,,,\n");
    let child = sighting(&reading, "1");
    assert_eq!((child.open, child.needs.len(), child.placement), (Known::No, 0, None));
}

#[test]
fn short_breaks_have_their_own_route() {
    for (code, route) in [
        ("V3", LegalRoute::ShortBreak),
        ("V4", LegalRoute::ShortBreak),
        ("C2", LegalRoute::InCare),
        ("", LegalRoute::Unknown),
    ] {
        let reading = episodes(&format!("1,10/04/2025,S,{code},N1,U6,PR1,,,,,,\n"));
        assert_eq!(sighting(&reading, "1").route, Some(route), "{code}");
    }
}

#[test]
fn what_began_before_the_return_is_not_asked_since_when() {
    let reading = episodes("1,01/06/2025,P,C2,N1,U6,PR1,,,,,,\n");
    let child = sighting(&reading, "1");
    assert_eq!(child.open, Known::Yes);
    assert!(!child.history.episodes.contains_key(&Episode::Care));
    assert!(!child.history.asked.contains(&Fact::Date(KeyDate::CareStarted)));
    // The placement did begin then.
    assert_eq!(child.history.latest(KeyDate::PlacementStarted), Some(date(2025, 6, 1)));
}

#[test]
fn the_worker_is_the_one_whose_time_has_no_end() {
    let workers = "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\n\
        1,,SW1000000037,10/04/2025,01/06/2025,MANAGE\n1,,SW1000000074,01/06/2025,,\n\
        2,,XX0000000000,10/04/2025,,\n3,,Ada Oakes,10/04/2025,,\n";
    let rows = "1,10/04/2025,S,C2,N1,U6,PR1,,,,,,\n2,10/04/2025,S,C2,N1,U6,PR1,,,,,,\n3,10/04/2025,S,C2,N1,U6,PR1,,,,,,\n";
    let reading =
        read(&[("e.csv", &format!("{EPISODES}{rows}")), ("s.csv", workers)], AS_AT).unwrap();
    let holder = |child: &str| sighting(&reading, child).holder.registration.clone();
    assert_eq!(holder("1").as_deref(), Some("SW1000000074"));
    assert_eq!(holder("2"), None);
    assert_eq!(holder("3"), None);
    assert!(sighting(&reading, "2").history.asked.contains(&Fact::Worker));
    let said = sentences(&reading).join("\n");
    assert!(said.contains("it is not the registration of a social worker"), "{said}");
    assert!(!said.contains("Ada"), "{said}");
}

#[test]
fn a_table_that_is_missing_is_said_with_what_it_switches_off() {
    let reading = episodes("1,10/04/2025,S,C2,N1,U6,PR1,,,,,,\n");
    let said = sentences(&reading).join("\n");
    for part in [
        "Reviews: no file has its headings; add the file if there is one; reviews in care are not known",
        "SWEpisodes: no file has its headings; add the file if there is one; who holds the records is not known",
    ] {
        assert!(said.contains(part), "{said}");
    }
    let child = sighting(&reading, "1");
    assert!(!child.history.asked.contains(&Fact::Date(KeyDate::CareReview)));
    assert!(!child.history.asked.contains(&Fact::Worker));
    assert_eq!(child.unaccompanied, Known::Unknown);
    assert!(format!("{:?}", reading.account).contains("There is no Reviews"));
}

#[test]
fn a_column_too_many_or_too_few_is_said_and_does_no_harm() {
    let text = "Title of the list\nDEC,Child,extra,DECOM,LS\n,1,x,10/04/2025,C2\n";
    let reading = read(&[("e.csv", text)], AS_AT).unwrap();
    let child = sighting(&reading, "1");
    assert_eq!((child.open, child.row), (Known::Yes, Some(3)));
    let list = reading.account.lists().next().unwrap();
    assert_eq!(list.columns_ignored, ["extra"]);
    assert!(list.columns_missing.contains(&"URN".to_owned()));
    assert!(adds_up(&reading));
    let said = sentences(&reading).join("\n");
    assert!(said.contains("there is no column RNE"), "{said}");
    assert!(!said.contains("URN"), "what is not used is not missed: {said}");
}

#[test]
fn a_problem_names_the_file_the_table_the_row_and_the_column() {
    let reading = read(
        &[("moves.csv", &format!("{EPISODES}1,31/02/2025,S,C2,N1,U6,PR1,,,,,,\n2,10/04/2025,S,C2,N1,U6,PR1,01/04/2025,E8,,,,\n"))],
        AS_AT,
    )
    .unwrap();
    let said = sentences(&reading);
    for expected in [
        "Episodes (“moves.csv”), row 2, column B (“DECOM”): “31/02/2025” is not a date; write it as \
         the return wants it; it was left out.",
        "Episodes (“moves.csv”), row 3, column H (“DEC”): the episode ends before it begins; check \
         both dates; the row was not used.",
    ] {
        assert!(said.contains(&expected.to_owned()), "{said:#?}");
    }
    // Nobody who may be in care is lost for a date.
    assert_eq!(sighting(&reading, "1").open, Known::Yes);
    assert!(adds_up(&reading));
}

#[test]
fn what_has_not_begun_on_the_day_is_not_open() {
    let reading = episodes(
        "1,01/04/2026,S,C2,N1,U6,PR1,,,,,,\n2,10/04/2025,S,C2,N1,U6,PR1,01/04/2026,E8,,,,\n",
    );
    assert_eq!(sighting(&reading, "1").open, Known::Unknown);
    assert_eq!(sighting(&reading, "2").open, Known::Yes);
}

#[test]
fn an_order_depriving_of_liberty_is_known_and_not_used() {
    let order = "CHILD,DOB,DOLO_START,DOLO_END\n1,01/02/2012,01/05/2026,\n";
    let reading = read(&[("e.csv", EPISODES), ("dolo.csv", order)], AS_AT).unwrap();
    let list = reading.account.lists().find(|list| list.list == "DoLo").unwrap();
    assert_eq!((list.rows_read, list.rows_used), (1, 0));
    assert!(adds_up(&reading));
}

#[test]
fn a_file_that_is_no_table_is_said_and_a_set_without_any_is_refused() {
    let pdf = ("scan.pdf", "%PDF-1.7 rest");
    let other = ("budget.csv", "Item,Cost\nPens,12\n");
    let reading = read(&[pdf, other, ("e.csv", EPISODES)], AS_AT).unwrap();
    let account = format!("{:?}", reading.account);
    assert!(account.contains("a PDF document"), "{account}");
    assert!(account.contains("Its first row is: Item, Cost."), "{account}");
    for files in [vec![], vec![pdf], vec![other], vec![("x.xml", "<Message/>")]] {
        let refusal = read(&files, AS_AT).unwrap_err().to_string();
        assert!(refusal.contains("hoose"), "{refusal}");
    }
    let limits = Limits::default();
    assert!(
        ssda903::is_one(EPISODES.as_bytes(), &limits) && ssda903::is_one(b"<EXPSSDA903/>", &limits)
    );
    assert!(
        !ssda903::is_one(other.1.as_bytes(), &limits) && !ssda903::is_one(b"<Message/>", &limits)
    );
    assert_eq!(Table::ALL.len(), 12);
}

#[test]
fn hostile_files_are_refused_in_bounded_time_and_memory() {
    hostile_xml("EXPSSDA903", |bytes| {
        ssda903::read(&[("x", bytes)], AS_AT, &few_elements()).map(drop)
    });
    // A file that breaks off leaves nothing of itself behind in a set.
    let half = "<EXPSSDA903><CHILD><HEADER><CHILDID>9</CHILDID></HEADER></CHILD><CHILD>";
    let reading = read(&[("half.xml", half), ("e.csv", EPISODES)], AS_AT).unwrap();
    assert!(reading.source.sightings.is_empty());
}
