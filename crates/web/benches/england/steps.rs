//! What one does with a case list, one step after another: read, put together, keep, take in, cover, draw.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use quarterlight_domain::place::PlaceKind;
use quarterlight_domain::stamp::Stamp;
use quarterlight_web::apart::{Apart, Unread};
use quarterlight_web::pages::case_lists::reader::CaseLists;
use quarterlight_web::pages::case_lists::reading::{self, Before};

use crate::browser::{Browser, TODAY, World};
use crate::list;

/// The list is truer than the borough's own, so that it becomes the one in use.
const AS_AT: Date = date(2026, 11, 20);

/// A step that was taken: what it did, and how often, for a mean.
pub type Told<'a> = &'a mut dyn FnMut(&str, u32);

/// Goes through everything with a list of so many records. `told` is called after each step.
pub async fn all(world: &World, records: u32, times: u32, told: Told<'_>) {
    places(world).await;
    let files = list::annex_a(records).map(|(name, bytes)| Unread::new(name, bytes));
    told("making the list, which nobody waits for", 1);
    take_in(world, records, files.into(), told).await;
    let mut lead = world.signed_in("amara.osei").await;
    coverage(&mut lead, (0, times), told).await;
    for share in [5, 20] {
        audit(world, share).await;
        told("auditing, which nobody waits for", 1);
        coverage(&mut lead, (share, times), told).await;
    }
    draw(&mut lead, records, told).await;
}

/// A directorate with the services and teams of the list.
async fn places(world: &World) {
    let stamp = Stamp::console(Timestamp::UNIX_EPOCH, "set the country up");
    let places = &world.store.places;
    let all = places.all().await.unwrap();
    let authority = all.iter().find(|place| place.kind == PlaceKind::Authority).unwrap().id;
    for number in 0..list::SERVICES {
        let name = list::service(number);
        let service = places.add(&stamp, Some(authority), PlaceKind::Service, &name).await.unwrap();
        for ours in 0..10 {
            let name = list::team(number * 10 + ours);
            places.add(&stamp, Some(service), PlaceKind::Team, &name).await.unwrap();
        }
    }
}

async fn take_in(world: &World, records: u32, files: Vec<Unread>, told: Told<'_>) {
    let stamp = Stamp::console(Timestamp::UNIX_EPOCH, "imported a case list");
    let before = Before::load(&world.store).await.unwrap();
    told("loading what is known", 1);
    let reader = CaseLists::new(AS_AT, None).large(true);
    let read = Apart::default().read(reader, files).await.unwrap().unwrap();
    told("reading", 1);
    let new = reading::together(before, read, AS_AT);
    assert_eq!(new.together.lines.len(), usize::try_from(records).unwrap());
    told("putting together", 1);
    let lists = &world.store.case_lists;
    let id = lists.keep_together(&stamp, &new).await.unwrap();
    told("keeping", 1);
    let taken = lists.take_in(&stamp, id).await.unwrap().unwrap();
    assert_eq!(taken.records, records);
    told("taking in", 1);
}

async fn coverage(lead: &mut Browser, (share, times): (u32, u32), told: Told<'_>) {
    for _ in 0..times {
        let page = lead.get("/coverage").await;
        assert_eq!(page.status, 200);
        assert!(page.text.contains(&list::service(list::SERVICES - 1)));
    }
    told(&format!("the coverage page, {share}% audited"), times);
}

/// Audits so many in a hundred of the open records in the quarter's cycle, in one statement: going
/// through all their answers would take hours, and coverage does not look at them.
async fn audit(world: &World, share: u32) {
    let on = sea_orm::Database::connect(&world.address).await.unwrap();
    let query = format!(
        "insert into audit (cycle_id, record_id, line_id, edition_id, auditor_id, due, \
             started_at, submitted_at, grade, reasons) \
         select cycle.id, line.record_id, line.id, cycle.edition_id, \
             (select min(id) from person), cycle.due, null, '2026-11-20T12:00:00Z', 'good', 'None.' \
         from case_list_line line \
         join cycle on cycle.quarter = '{quarter}' \
         where line.case_list_id = (select max(id) from case_list) and line.id % 100 < {share} \
         and not exists (select 1 from audit where audit.cycle_id = cycle.id \
             and audit.record_id = line.record_id)",
        quarter = quarterlight_domain::calendar::Quarter::of(TODAY),
    );
    let done = sea_orm::ConnectionTrait::execute_unprepared(&on, &query).await.unwrap();
    assert!(done.rows_affected() > 0);
}

/// Opens the next quarter's cycle, looks at what can be drawn, and draws what is offered.
async fn draw(lead: &mut Browser, records: u32, told: Told<'_>) {
    let quarter = lead.get("/cycles").await.hidden("quarter");
    let form = [
        ("quarter", quarter.as_str()),
        ("due-day", "12"),
        ("due-month", "3"),
        ("due-year", "2027"),
    ];
    let cycle = lead.post("/cycles", &form).await.leads_to();
    let draw = format!("{cycle}/draw?total={}&at_least=1&exclude=yes", records / 100);
    told("opening a cycle", 1);
    let page = lead.get(&draw).await;
    assert_eq!(page.status, 200);
    told("the page of the draw", 1);
    let names = ["total", "at_least", "exclude", "digest"];
    let mut form: Vec<(&str, String)> =
        names.map(|name| (name, page.hidden(name))).into_iter().collect();
    form.push(("seed", "dice 4-2-6-1 thrown on 23 November".to_owned()));
    let form: Vec<(&str, &str)> =
        form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let drawn = lead.post(&format!("{cycle}/draw"), &form).await;
    assert_eq!(drawn.status, 303, "{}", drawn.words());
    told("drawing and keeping the draw", 1);
    let page = lead.get(&cycle).await;
    assert_eq!(page.status, 200);
    told("the page of the cycle", 1);
}
