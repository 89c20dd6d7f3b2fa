//! Staff, the trend and allocation: what is given and corrected, what is shown, and what is refused.

use std::sync::atomic::Ordering;

use axum::http::StatusCode;
use quarterlight_domain::staffing::exceptions::Exception;
use quarterlight_domain::staffing::protocol::Advice;

use crate::browser::World;

/// A record of Children in Need that is held otherwise than is advised.
pub async fn exception(world: &World) -> Exception {
    let protocol = world.store.staffing.protocols().await.unwrap().remove(0).protocol;
    let (found, _) = world.store.figures.exceptions(&protocol).await.unwrap();
    let is_it = |it: &Exception| {
        matches!(it.advice, Advice::NotHeldBy(..))
            && it.held.place.0.as_deref() == Some("Children in Need")
    };
    found.into_iter().find(is_it).unwrap()
}

#[tokio::test]
async fn the_asylum_service_keeps_its_past_where_it_is_read_as_it_was() {
    let world = World::new().await;
    let mut director = world.signed_in("catherine.bello").await;
    let now = director.get("/trend").await;
    assert_eq!(now.status, StatusCode::OK);
    assert!(!now.text.contains("Asylum Service"), "it is no service any more");
    // Thirteen months are known: enough for limits, and to say whether it changed.
    assert!(now.text.contains("Usually between these"), "{}", now.words());
    assert!(now.words().contains("The number of open records has"), "{}", now.words());
    let few = director.get("/trend?from=2026-01&until=2026-10").await;
    assert!(
        !few.text.contains("Usually between these") && !few.words().contains("open records has")
    );
    let then = director.get("/trend?service=Asylum+Service&reading=then&step=quarter").await;
    let words = then.words();
    assert!(words.contains("Asylum Service"), "{words}");
    assert!(words.contains("the name and the service that it had then"), "{words}");
    let file = director.get("/trend.csv?service=Asylum+Service&reading=then&step=quarter").await;
    let told = file.text.lines().filter(|line| line.contains(",case list,")).collect::<Vec<_>>();
    assert!(told.iter().any(|line| line.contains(",3,")), "its staff stay: {told:?}");
    let team = "/trend.csv?service=team%3A+Unaccompanied+Children+Team&step=quarter";
    let file = director.get(team).await;
    let told = file.text.lines().filter(|line| line.contains(",case list,")).count();
    assert_eq!(told, 5, "the team goes on through all of its quarters: {}", file.text);
    let wrong = director.get("/trend?from=soon").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(director.get("/trend.csv?from=soon").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn staff_are_given_with_a_source_by_hand_or_as_a_list() {
    let world = World::new().await;
    let mut raj = world.signed_in("raj.bedi").await;
    let page = raj.get("/staff").await;
    let key = page.hidden("form_key");
    let list = [
        ("form_key", key.as_str()),
        ("lines", "Leaving Care Team,2026-11,4.5\nNo such team,2026-11,1\nLeaving Care Team,x,1"),
        ("list_source", "Payroll"),
        ("list_why", "Asked for"),
    ];
    let before = world.store.staffing.given().await.unwrap().len();
    let refused = raj.post("/staff/list", &list).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("Line 2: there is no team of this name."));
    assert_eq!(world.store.staffing.given().await.unwrap().len(), before, "all or none");
    let list = [list[0], ("lines", "Leaving Care Team,2026-11,4.5"), list[2], list[3]];
    assert_eq!(raj.post("/staff/list", &list).await.status, StatusCode::SEE_OTHER);
    assert_eq!(raj.post("/staff/list", &list).await.status, StatusCode::SEE_OTHER);
    assert_eq!(world.store.staffing.given().await.unwrap().len(), before + 1, "sent twice");
    let blank = raj.post("/staff", &[("month", "2027-12"), ("full_time", "many")]).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["Choose a team", "Enter a number with two places", "Give a reason."] {
        assert!(blank.text.contains(said), "{said}");
    }
}

fn sent<'a>(form: &'a [(&'static str, String); 5]) -> Vec<(&'static str, &'a str)> {
    form.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[tokio::test]
async fn a_reason_is_about_the_child_and_names_nobody() {
    let world = World::new().await;
    let it = exception(&world).await;
    let path = format!("/allocation/records/{}/{}", it.held.record, it.advice.code());
    let mut helen = world.signed_in("helen.oyelaran").await;
    let looks = world.store.looks.at_record(it.held.record).await.unwrap().len();
    let page = helen.get(&path).await;
    assert!(page.text.contains("Advice, not a rule"));
    assert_eq!(world.store.looks.at_record(it.held.record).await.unwrap().len(), looks + 1);
    let key = page.hidden("form_key");
    let form = |reason: &'static str| {
        [
            ("form_key", key.clone()),
            ("reason", reason.to_owned()),
            ("review-day", "1".to_owned()),
            ("review-month", "2".to_owned()),
            ("review-year", "2027".to_owned()),
        ]
    };
    let named = form("Bethan Pryce knows the child.");
    let named = helen.post(&path, &sent(&named)).await;
    assert_eq!(named.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(named.text.contains("the name of somebody who works here"));
    let child = form("The child asked to keep the worker whom she trusts.");
    assert_eq!(helen.post(&path, &sent(&child)).await.status, StatusCode::SEE_OTHER);
    let shown = helen.get("/allocation").await;
    assert!(shown.text.contains("asked to keep the worker whom she trusts"));
}

/// Nobody is named, and everything stands by service, team and reference.
#[tokio::test]
async fn the_page_of_allocation_ranks_nobody() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let page = amara.get("/allocation").await;
    for worker in world.store.workers.all().await.unwrap() {
        assert!(!page.text.contains(&worker.name), "{} is named", worker.name);
    }
    let protocol = world.store.staffing.protocols().await.unwrap().remove(0).protocol;
    let (found, _) = world.store.figures.exceptions(&protocol).await.unwrap();
    assert!(found.len() > 3);
    let key = |it: &Exception| (it.held.place.clone(), it.held.reference.clone());
    assert!(found.windows(2).all(|pair| key(&pair[0]) <= key(&pair[1])));
    let bands = world.store.figures.caseloads(&protocol).await.unwrap();
    assert!(bands.windows(2).all(|pair| pair[0].place <= pair[1].place));
    let mut tomasz = world.signed_in("tomasz.wilk").await;
    assert_eq!(tomasz.get("/allocation").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_protocol_supersedes_and_a_team_is_recorded_once() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let page = amara.get("/allocation/protocol/next").await;
    assert!(page.text.contains("Larkmoor allocation protocol"), "it starts from the latest");
    let blank = amara.post("/allocation/protocol/next", &[("from-day", "1")]).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut form = vec![
        ("name", "The next one"),
        ("from-day", "1"),
        ("from-month", "1"),
        ("from-year", "2030"),
        ("per_worker", "15"),
        ("advice", "CP-newly-qualified"),
        ("days", "3"),
        ("why", "The heads of service agreed it"),
    ];
    for weight in ["weight_need", "weight_protection", "weight_care", "weight_leaver"] {
        form.push((weight, "1.25"));
    }
    let kept = amara.post("/allocation/protocol/next", &form).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.words());
    assert_eq!(world.store.staffing.protocols().await.unwrap().len(), 2);

    let place = world.store.places.all().await.unwrap();
    let team = place.iter().find(|it| it.name == "Transitions Team").unwrap().id.to_string();
    let form = [
        ("place", team.as_str()),
        ("happened", "renamed"),
        ("name", "Preparing for Adulthood Team"),
        ("from-day", "2"),
        ("from-month", "11"),
        ("from-year", "2026"),
        ("why", "The service board agreed it"),
    ];
    assert_eq!(amara.post("/teams", &form).await.status, StatusCode::SEE_OTHER);
    let again = amara.post("/teams", &form).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "the day is taken");
    let shown = amara.get("/teams").await.words();
    assert!(shown.contains("Renamed from “Transitions Team”"), "{shown}");
}

/// The quality lead writes a protocol that advises it; each record of a worker over the guide is then
/// asked about, in terms of the child, and no worker is named.
#[tokio::test]
async fn a_caseload_over_the_guide_is_asked_about_record_by_record() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let words = Advice::WithinGuide.words();
    assert!(!amara.get("/allocation").await.text.contains(&words), "nothing advises it yet");
    let page = amara.get("/allocation/protocol/next").await;
    assert!(page.text.contains("a worker whose weighted caseload is over the guide"));
    let mut form = vec![
        ("name", "The next one"),
        ("from-day", "23"),
        ("from-month", "11"),
        ("from-year", "2026"),
        ("per_worker", "15"),
        ("advice", "caseload"),
        ("why", "The heads of service agreed it"),
    ];
    for weight in ["weight_need", "weight_protection", "weight_care", "weight_leaver"] {
        form.push((weight, "1"));
    }
    let refused = amara.post("/allocation/protocol/next", &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("Give a guide for the caseload that the advice is about."));
    for guide in ["newly_qualified", "early_career", "experienced"] {
        form.push((guide, "2"));
    }
    let kept = amara.post("/allocation/protocol/next", &form).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.words());
    let protocol = world.store.staffing.protocols().await.unwrap().remove(0).protocol;
    let (found, untold) = world.store.figures.exceptions(&protocol).await.unwrap();
    assert!(found.iter().all(|it| it.advice == Advice::WithinGuide && it.held.held_by.is_some()));
    assert!(untold.experience > 0);
    let page = amara.get("/allocation").await;
    assert!(page.text.contains(&words), "{}", page.words());
    for worker in world.store.workers.all().await.unwrap() {
        assert!(!page.text.contains(&worker.name), "{} is named", worker.name);
    }
    let of = |it: &&Exception| it.held.place.0.as_deref() == Some("Children in Need");
    let it = found.iter().find(of).unwrap();
    let path = format!("/allocation/records/{}/caseload", it.held.record);
    let mut helen = world.signed_in("helen.oyelaran").await;
    let page = helen.get(&path).await;
    assert!(page.text.contains(&words), "{}", page.words());
    let form = [
        ("form_key", page.hidden("form_key")),
        ("reason", "She has had four workers this year and asked for no other.".to_owned()),
        ("review-day", "1".to_owned()),
        ("review-month", "2".to_owned()),
        ("review-year", "2027".to_owned()),
    ];
    assert_eq!(helen.post(&path, &sent(&form)).await.status, StatusCode::SEE_OTHER);
    assert!(helen.get("/allocation").await.text.contains("She has had four workers this year"));
    let mut margaret = world.signed_in("margaret.thorne").await;
    let other = margaret.get(&path).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND, "it is in another service");
}

#[tokio::test]
async fn a_census_that_is_pasted_is_read_or_refused_in_words() {
    let world = World::new().await;
    let mut raj = world.signed_in("raj.bedi").await;
    let key = raj.get("/staff").await.hidden("form_key");
    let before = world.store.staffing.given().await.unwrap().len();
    let post = |share: &str| {
        let census = format!(
            "<Message><Header><CollectionDetails><Collection>CSWW</Collection>\
             <ReferenceDate>2026-09-30</ReferenceDate></CollectionDetails></Header>\
             <CSWWWorker><SWENo>SW0000000001</SWENo><FTE30>{share}</FTE30><OrgRole>5</OrgRole>\
             </CSWWWorker></Message>"
        );
        [
            ("form_key", key.clone()),
            ("lines", census),
            ("list_source", "Workforce census".to_owned()),
            ("list_why", "Asked for".to_owned()),
            ("month", String::new()),
        ]
    };
    let wrong = raj.post("/staff/list", &sent(&post("2"))).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.words().contains("“2” is no share of full time from 0 to 1"),
        "{}",
        wrong.words()
    );
    let nobody = raj.post("/staff/list", &sent(&post("1"))).await;
    assert!(nobody.words().contains("Of 1 in the census (1 full-time equivalents)"));
    assert_eq!(world.store.staffing.given().await.unwrap().len(), before);
    let query = "update worker set registration = 'SW0000000001', team_name = 'Leaving Care Team' \
                 where id = (select min(id) from worker)";
    crate::nobody_else::sql(&world, query).await;
    let kept = raj.post("/staff/list", &sent(&post("1"))).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.words());
    assert_eq!(world.store.staffing.given().await.unwrap().len(), before + 1);
}

#[tokio::test]
async fn the_pages_of_staff_ask_a_constant_number_of_times() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let mut counted = Vec::new();
    for path in [
        "/trend?from=2026-10&until=2026-11",
        "/trend?from=2023-01",
        "/staff",
        "/teams",
        "/allocation",
    ] {
        world.statements.store(0, Ordering::SeqCst);
        assert_eq!(amara.get(path).await.status, StatusCode::OK, "{path}");
        let statements = world.statements.load(Ordering::SeqCst);
        assert!((2..=20).contains(&statements), "{path}: {statements} statements");
        counted.push(statements);
    }
    assert_eq!(counted[0], counted[1], "however long the trend is");
}
