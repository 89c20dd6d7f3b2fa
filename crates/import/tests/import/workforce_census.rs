//! Workforce censuses: the published sample, a whole population, and hostile files.

use jiff::civil::{Date, date};
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::need::Known;
use quarterlight_domain::source::WorkerSighting;
use quarterlight_import::{Limits, NotReadable, SourceReading, workforce_census};

use crate::returns::{adds_up, few_elements, fixture, hostile_xml, sentences};

const AS_AT: Date = date(2026, 3, 31);

fn read(xml: &str) -> Result<SourceReading, NotReadable> {
    workforce_census::read("csww.xml", xml.as_bytes(), AS_AT, &Limits::default())
}

/// A census of one worker with these elements after the registration.
fn one(elements: &str) -> WorkerSighting {
    read(&format!(
        "<Message><Header><CollectionDetails><Collection>CSWW</Collection></CollectionDetails>\
         </Header><CSWWWorker><SWENo>sw1000000037</SWENo>{elements}</CSWWWorker></Message>"
    ))
    .unwrap()
    .source
    .workers
    .remove(0)
}

#[test]
fn a_whole_population_is_read_as_it_truly_is() {
    let xml = fixture("populations/synthetic_200/csww.xml");
    let reading = read(&xml).unwrap();
    let workers = &reading.source.workers;
    assert_eq!(workers.len(), 14);
    assert!(reading.source.sightings.is_empty(), "it knows no record");
    let count = |is: fn(&WorkerSighting) -> bool| workers.iter().filter(|each| is(each)).count();
    // Counted in the file itself, without a reader.
    let newly = count(|each| each.experience == Experience::NewlyQualified);
    assert_eq!(newly, xml.matches("<CFKSSstatus>1<").count());
    assert_eq!(count(|each| each.experience == Experience::Unknown), 14 - newly);
    let agency = count(|each| each.agency == Known::Yes);
    assert_eq!(agency, xml.matches("<AgencyWorker>1<").count());
    let full = count(|each| each.full_time_thousandths == Some(1_000));
    assert_eq!(full, xml.matches("<FTE30>1.000000<").count());
    assert!(newly > 0 && full > 0);
    assert!(adds_up(&reading));
    assert_eq!(sentences(&reading), [""; 0]);
}

#[test]
fn the_published_sample_is_read_without_loss() {
    let xml = fixture("returns/workforce_census/liia_social_work_workforce_2022_part.xml");
    assert!(workforce_census::is_one(xml.as_bytes()));
    let reading = read(&xml).unwrap();
    let list = reading.account.lists().next().unwrap();
    assert_eq!(list.rows_read, xml.matches("<CSWWWorker>").count());
    assert!(adds_up(&reading));
    let summary = format!("{list:#?}\n{}", sentences(&reading).join("\n"));
    insta::assert_snapshot!("workforce_census_liia", summary);
}

#[test]
fn only_what_the_census_states_is_experience() {
    assert_eq!(one("<CFKSSstatus>1</CFKSSstatus>").experience, Experience::NewlyQualified);
    // Neither a long time in the role nor a level of qualification says how experienced somebody is.
    let long = "<CFKSSstatus>2</CFKSSstatus><RoleStartDate>1990-01-01</RoleStartDate><QualLevel>3</QualLevel>";
    assert_eq!(one(long).experience, Experience::Unknown);
    assert_eq!(one("").experience, Experience::Unknown);
}

#[test]
fn a_worker_is_known_by_registration_with_share_and_agency() {
    let worker = one("<AgencyWorker>1</AgencyWorker><FTE>1</FTE><FTE30>0.6</FTE30>");
    assert_eq!(worker.worker.registration.as_deref(), Some("SW1000000037"));
    assert_eq!((worker.full_time_thousandths, worker.agency), (Some(600), Known::Yes));
    assert_eq!((one("").full_time_thousandths, one("").agency), (None, Known::Unknown));
}

#[test]
fn another_file_is_refused_in_words() {
    for (xml, part) in [
        (
            "<Message><Header><CollectionDetails><Collection>CIN</Collection></CollectionDetails></Header></Message>",
            "its collection is “CIN” and not CSWW",
        ),
        ("<EXPSSDA903/>", "its first element is EXPSSDA903"),
        ("<Message/>", "it has no worker"),
    ] {
        let refusal = read(xml).unwrap_err().to_string();
        assert!(refusal.contains(part) && refusal.contains("hoose"), "{refusal}");
    }
}

#[test]
fn hostile_files_are_refused_in_bounded_time_and_memory() {
    hostile_xml("Message", |bytes| {
        workforce_census::read("", bytes, AS_AT, &few_elements()).map(drop)
    });
}

#[test]
fn who_has_left_by_the_day_is_not_counted_and_who_leads_several_teams_is_told_apart() {
    let worker = |role: u32, end: &str| {
        let number = role * 10 + u32::from(!end.is_empty());
        format!(
            "<CSWWWorker><SWENo>SW{number:010}</SWENo><FTE>1</FTE><OrgRole>{role}</OrgRole>\
             <RoleEndDate>{end}</RoleEndDate></CSWWWorker>"
        )
    };
    let workers: String = (1..=6).map(|role| worker(role, "")).collect();
    let census = format!(
        "<Message><Header><CollectionDetails><Collection>CSWW</Collection>\
         <ReferenceDate>2025-09-30</ReferenceDate></CollectionDetails></Header>{workers}{}{}{}\
         </Message>",
        worker(3, "2025-09-29"),
        worker(4, "2025-09-30"),
        worker(5, "2025-10-01"),
    );
    let (census, problems) =
        workforce_census::staff(census.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(problems, Vec::<String>::new());
    let leads: Vec<bool> = census.in_post.iter().map(|it| it.leads_several).collect();
    assert_eq!(
        leads,
        [true, true, false, false, false, false, false],
        "and the one who leaves later"
    );
    assert_eq!((census.day, census.left), (date(2025, 9, 30), 2));
}
