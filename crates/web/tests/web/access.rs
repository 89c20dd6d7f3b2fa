//! Grants act at the next request; a restricted record asks at every door; the glass opens one record for half
//! an hour; whoever looks through the looks is noted.

use axum::http::StatusCode;
use jiff::Timestamp;
use quarterlight_domain::access::restriction::NewRestriction;
use quarterlight_domain::id::{AuditId, RecordId};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use quarterlight_store::{ActionFilter, RecordFilter};

use crate::browser::{Answer, Browser, TODAY, World};
use crate::permissions_of_access::out_of_reach;
use crate::permissions_of_audits::held_by_somebody;

const REASON: &str = "The hospital rang about bruising.";

/// Gives somebody a role by the page, and says how it was answered.
async fn give(browser: &mut Browser, person: i64, role: &str, place: &str) -> Answer {
    let form = [
        ("role", role),
        ("place", place),
        ("from-day", "23"),
        ("from-month", "11"),
        ("from-year", "2026"),
        ("why", "She stands in for somebody."),
    ];
    browser.post(&format!("/people/{person}/grants"), &form).await
}

async fn authority(world: &World) -> String {
    world.store.places.all().await.unwrap()[0].id.to_string()
}

fn id_of(world: &World, who: &str) -> i64 {
    world.cast.person(who).unwrap().id.0
}

#[tokio::test]
async fn a_grant_acts_at_the_next_request_and_its_end_too() {
    let world = World::new().await;
    let (mut raj, mut tomasz) =
        (world.signed_in("raj.bedi").await, world.signed_in("tomasz.wilk").await);
    let place = authority(&world).await;
    let id = id_of(&world, "tomasz.wilk");
    assert_eq!(tomasz.get("/register").await.status, StatusCode::NOT_FOUND);
    assert_eq!(give(&mut raj, id, "member", &place).await.status, StatusCode::SEE_OTHER);
    assert_eq!(give(&mut raj, id, "member", &place).await.status, StatusCode::SEE_OTHER, "twice");
    assert_eq!(tomasz.get("/register").await.status, StatusCode::OK, "at the next request");
    let grants = world.store.grants.of(quarterlight_domain::id::PersonId(id)).await.unwrap();
    assert_eq!(grants.len(), 2, "what was sent twice is given once");
    let end = format!("/people/grants/{}/end", grants[1].id);
    let blank = raj.post(&end, &[("because", " ")]).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        blank.words().matches("Say why it ends").count(),
        2,
        "in the summary and at its field"
    );
    let ended = raj.post(&end, &[("because", "The member is back.")]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    assert_eq!(tomasz.get("/register").await.status, StatusCode::NOT_FOUND, "at the next request");
    let page = raj.get(&format!("/people/{id}")).await.words();
    assert!(page.contains("The member is back.") && page.contains("She stands in for somebody."));
}

#[tokio::test]
async fn a_role_of_weight_waits_for_a_second_person_and_nobody_gives_to_themselves() {
    let world = World::new().await;
    let (mut raj, mut hana) =
        (world.signed_in("raj.bedi").await, world.signed_in("hana.novak").await);
    let mut tomasz = world.signed_in("tomasz.wilk").await;
    let place = authority(&world).await;
    let own = give(&mut raj, id_of(&world, "raj.bedi"), "member", &place).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    let id = id_of(&world, "tomasz.wilk");
    give(&mut raj, id, "quality-lead", &place).await;
    assert_eq!(tomasz.get("/records").await.status, StatusCode::NOT_FOUND, "nobody confirmed it");
    let grant = world.store.grants.of(quarterlight_domain::id::PersonId(id)).await.unwrap()[1].id;
    let confirm = format!("/people/grants/{grant}/confirm");
    let by_giver = raj.post(&confirm, &[("because", "I know him.")]).await;
    assert_eq!(by_giver.status, StatusCode::CONFLICT, "who gave it");
    assert_eq!(tomasz.get("/records").await.status, StatusCode::NOT_FOUND);
    assert!(hana.get("/people").await.words().contains("Tomasz Wilk Quality lead Larkmoor"));
    let by_hana = hana.post(&confirm, &[("because", "The director asked for it.")]).await;
    assert_eq!(by_hana.status, StatusCode::SEE_OTHER);
    assert_eq!(tomasz.get("/records").await.status, StatusCode::OK);
}

async fn restrict(world: &World, record: RecordId) {
    let hana = world.cast.person("hana.novak").unwrap().id;
    let stamp = Stamp::person(hana, Timestamp::UNIX_EPOCH, "restricted a record");
    let why = Reason::new("A colleague’s family.").unwrap();
    let new = NewRestriction::new(record, TODAY, None, why).unwrap();
    world.store.restrictions.restrict(&stamp, &new).await.unwrap().unwrap();
}

/// Every path by which the quality lead comes to something about the record of an audit.
async fn doors(world: &World, audit: AuditId, record: RecordId) -> Vec<String> {
    let mut doors = vec![
        format!("/records/{record}"),
        format!("/records/{record}/concern"),
        format!("/filing/records/{record}"),
        format!("/audits/{audit}/read"),
        format!("/audits/{audit}/allocation"),
        format!("/audits/{audit}/concern"),
    ];
    for action in world.store.actions.list(&ActionFilter::Audit(audit)).await.unwrap() {
        doors.push(format!("/actions/{}", action.id));
    }
    for concern in world.store.concerns.of_record(record).await.unwrap() {
        doors.push(format!("/concerns/{}", concern.concern.id));
    }
    for check in world.store.filing.checks(None).await.unwrap() {
        if check.record == record {
            doors.push(format!("/filing/checks/{}", check.id));
        }
    }
    doors
}

#[tokio::test]
async fn a_restricted_record_asks_why_at_every_door_and_notes_the_reason() {
    let world = World::new().await;
    let audit = held_by_somebody(&world).await;
    let kept = world.store.audits.in_hand(audit).await.unwrap().unwrap().audit;
    let (record, reference) = (kept.record, kept.reference().to_string());
    let mut amara = world.signed_in("amara.osei").await;
    let doors = doors(&world, audit, record).await;
    for door in &doors {
        let open = amara.get(door).await.words();
        assert!(open.contains(&reference) || open.contains("Page not found"), "{door}: {open}");
    }
    restrict(&world, record).await;
    let before = world.store.looks.at_record(record).await.unwrap().len();
    for door in &doors {
        let asked = amara.get(door).await;
        let words = asked.words();
        if words.contains("Page not found") {
            continue;
        }
        assert!(words.starts_with("This record is restricted"), "{door}: {words}");
        assert!(!asked.text.contains(&reference), "{door}");
        let sent = amara.post(door, &[("words", "x")]).await;
        assert!(!sent.text.contains(&reference), "POST {door}");
        assert_ne!(sent.status, StatusCode::OK, "no script takes it for saved: {door}");
    }
    let looks = world.store.looks.at_record(record).await.unwrap();
    assert_eq!(looks.len(), before, "nothing was seen, and nothing is noted");
    // Its looks ask as well, and so does whoever sees who may read it.
    let mut hana = world.signed_in("hana.novak").await;
    for door in ["looks", "readers"].map(|it| format!("/records/{record}/{it}")) {
        assert!(hana.get(&door).await.words().starts_with("This record is restricted"), "{door}");
    }
    let path = format!("/records/{record}");
    let say = format!("/records/{record}/why");
    let blank = amara.post(&say, &[("why", ""), ("back", &path)]).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = amara.post(&say, &[("why", "The manager asked."), ("back", &path)]).await;
    assert_eq!(said.leads_to(), path);
    assert!(amara.get(&path).await.text.contains(&reference));
    let looks = world.store.looks.at_record(record).await.unwrap();
    assert_eq!(looks[0].why.as_deref(), Some("The manager asked."));
    let mut later = amara.half_an_hour_later(&world);
    assert!(later.get(&path).await.words().starts_with("This record is restricted"));
    // The list says the reference and nothing else.
    let list = amara.get(&format!("/records?reference={reference}")).await.words();
    assert!(list.contains(&format!("{reference} Restricted Restricted Restricted")), "{list}");
}

#[tokio::test]
async fn a_reason_opens_nothing_that_the_person_may_not_open() {
    let world = World::new().await;
    let record = out_of_reach(&world, "tomasz.wilk").await;
    restrict(&world, record.id).await;
    let mut tomasz = world.signed_in("tomasz.wilk").await;
    let path = format!("/records/{}", record.id);
    let form = [("why", "I should like to know."), ("back", path.as_str())];
    let said = tomasz.post(&format!("/records/{}/why", record.id), &form).await;
    let nothing = tomasz.post("/records/999999/why", &form).await;
    assert_eq!(said.status, nothing.status, "what is there and what is not are answered alike");
    assert_eq!(said.leads_to(), nothing.leads_to());
    assert_eq!(tomasz.get(&path).await.status, StatusCode::NOT_FOUND);
    let nothing = tomasz.get("/records/999999").await.without_number();
    assert_eq!(tomasz.get(&path).await.without_number(), nothing);
}

#[tokio::test]
async fn the_glass_opens_one_record_for_half_an_hour_and_tells_others_at_once() {
    let world = World::new().await;
    let record = out_of_reach(&world, "helen.oyelaran").await;
    let reference = record.line.reference.to_string();
    let mut helen = world.signed_in("helen.oyelaran").await;
    let path = format!("/records/{}", record.id);
    assert_eq!(helen.get(&path).await.status, StatusCode::NOT_FOUND);
    let key = helen.get("/break-glass").await.hidden("form_key");
    let short = [("reference", reference.as_str()), ("why", "urgent"), ("form_key", &key)];
    let refused = helen.post("/break-glass", &short).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(helen.get(&path).await.status, StatusCode::NOT_FOUND, "without a reason");
    let nobody = [("reference", "LK-99999"), ("why", REASON), ("form_key", &key)];
    let missing = helen.post("/break-glass", &nobody).await.words();
    assert!(missing.contains("There is no open record with this reference"), "{missing}");
    let form = [("reference", reference.as_str()), ("why", REASON), ("form_key", &key)];
    assert_eq!(helen.post("/break-glass", &form).await.leads_to(), path);
    assert_eq!(helen.post("/break-glass", &form).await.leads_to(), path, "sent twice");
    let shown = helen.get(&path).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.text.contains(&reference));
    let looks = world.store.looks.at_record(record.id).await.unwrap();
    assert!(looks[0].by_glass && looks[0].why.as_deref() == Some(REASON));
    let banner = format!("record {reference} is open to you until 12:30");
    for page in ["/", "/actions", &path] {
        assert!(helen.get(page).await.text.contains(&banner), "{page}");
    }
    // Nothing stands between what she sees and saying that the child may be unsafe.
    assert_eq!(helen.get(&format!("{path}/concern")).await.status, StatusCode::OK);
    // One record, and no audit of it.
    for audit in world.store.audits.of_record(record.id).await.unwrap() {
        let read = helen.get(&format!("/audits/{}/read", audit.id)).await;
        assert_eq!(read.status, StatusCode::NOT_FOUND);
    }
    let mut others =
        world.store.records.list(&RecordFilter::default()).await.unwrap().0.into_iter();
    let other = others.find(|it| it.team == record.line.team && it.id != record.id).unwrap();
    assert_eq!(helen.get(&format!("/records/{}", other.id)).await.status, StatusCode::NOT_FOUND);
    // Half an hour later it is closed in the very same session.
    let mut later = helen.half_an_hour_later(&world);
    assert_eq!(later.get(&path).await.status, StatusCode::NOT_FOUND);
    assert!(!later.get("/").await.text.contains(&banner));
    let mut openings = world.store.openings.waiting().await.unwrap();
    openings.retain(|it| it.record == record.id);
    assert_eq!(openings.len(), 1, "it is opened once");
    assert!(
        world.store.openings.told(openings[0].id).await.unwrap().contains(&"Hana Novak".to_owned())
    );
    let mut hana = world.signed_in("hana.novak").await;
    let review = hana.get("/").await.link(&format!("Review: {reference}")).unwrap();
    let own = helen.post(&review, &[("justified", "yes"), ("words", "It was.")]).await;
    assert_eq!(own.status, StatusCode::NOT_FOUND, "nobody reviews their own");
    let unsaid = hana.post(&review, &[]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = [("justified", "no"), ("words", "The duty log says otherwise.")];
    assert_eq!(hana.post(&review, &form).await.status, StatusCode::SEE_OTHER);
    assert!(hana.get("/break-glass/openings").await.words().contains("Not justified"));
    assert!(hana.get("/").await.link(&format!("Review: {reference}")).is_none());
}

#[tokio::test]
async fn what_a_role_reaches_already_is_not_opened_and_answers_like_what_is_not_there() {
    let world = World::new().await;
    let record = out_of_reach(&world, "helen.oyelaran").await;
    let mut amara = world.signed_in("amara.osei").await;
    let mut words = Vec::new();
    for reference in [record.line.reference.as_str(), "LK-99999"] {
        let form = [("reference", reference), ("why", REASON), ("form_key", "k")];
        let answer = amara.post("/break-glass", &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        words.push(answer.text.replace(reference, "R"));
    }
    assert_eq!(words[0], words[1]);
    let waiting = world.store.openings.waiting().await.unwrap();
    assert!(waiting.iter().all(|it| it.record != record.id));
}

#[tokio::test]
async fn looking_through_the_looks_is_noted_and_leaves_as_a_workbook() {
    let world = World::new().await;
    let mut hana = world.signed_in("hana.novak").await;
    let priya = id_of(&world, "priya.anand");
    let page = hana.get(&format!("/looks?person={priya}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.words().contains("Priya Anand"));
    let wrong = hana.get("/looks?reference=LK-99999").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let file = page.link("Take these looks as a workbook").unwrap();
    let file = hana.get(&file).await;
    assert!(file.bytes.starts_with(b"PK"), "a workbook");
    let searches = world.store.looks.searches().await.unwrap();
    assert_eq!(searches.len(), 2);
    assert!(searches[0].3 && !searches[1].3, "the file, and before it the page");
    assert!(searches[0].2 > 0 && searches[0].0 == "Hana Novak");
    let unusual = hana.get("/looks/unusual").await;
    assert_eq!(unusual.status, StatusCode::OK);
    assert_eq!(world.store.looks.searches().await.unwrap().len(), 3);
}

#[tokio::test]
async fn who_may_see_a_record_is_said_with_the_grant_that_lets_them() {
    let world = World::new().await;
    let audit = held_by_somebody(&world).await;
    let kept = world.store.audits.in_hand(audit).await.unwrap().unwrap().audit;
    let mut hana = world.signed_in("hana.novak").await;
    let page = hana.get(&format!("/records/{}/readers", kept.record)).await.words();
    assert!(page.contains("Amara Osei Reads what the case list says of it Quality lead over"));
    assert!(page.contains(&format!("{} Makes its audit of", kept.auditor_name)), "{page}");
    assert!(page.contains("They hold the record"), "{page}");
    assert!(!page.contains("Raj Bedi"), "an administrator sees no record");
    let roles = hana.get("/people/roles").await.words();
    assert!(roles.contains("Answer, grade and submit an audit Auditor (their own)"), "{roles}");
    let unused = hana.get("/people/unused").await;
    assert_eq!(unused.status, StatusCode::OK);
}
