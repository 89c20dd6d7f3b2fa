//! The rows of the table of permissions that are about people, restrictions, break-glass and looks.

use jiff::Timestamp;
use quarterlight_domain::access::glass::{NewOpening, Opening};
use quarterlight_domain::access::restriction::NewRestriction;
use quarterlight_domain::person::Role;
use quarterlight_domain::record::Record;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use quarterlight_store::RecordFilter;

use crate::browser::{TODAY, World};
use crate::permissions::{Things, by_role, managers, relations};

/// An open record whose place this person does not manage, and whose team we know.
pub async fn out_of_reach(world: &World, who: &str) -> Record {
    let id = world.cast.person(who).unwrap().id;
    let person = world.store.people.get(id).await.unwrap().unwrap();
    for line in world.store.records.list(&RecordFilter::default()).await.unwrap().0 {
        let record = world.store.records.get(line.id).await.unwrap().unwrap();
        let is_known = !record.whereabouts.places().is_empty();
        let holds = record.worker.as_ref().is_some_and(|worker| worker.person == Some(id));
        if is_known && !holds && !person.is_over(Role::ServiceManager, &record.whereabouts, TODAY) {
            return record;
        }
    }
    panic!("every record is within reach of {who}");
}

/// Opens a record to somebody by break-glass.
pub async fn open(world: &World, who: &str, record: &Record) -> Opening {
    let person = world.cast.person(who).unwrap().id;
    let noon: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
    let stamp = Stamp::person(person, noon, "broke the glass");
    let why = Reason::new("The hospital rang about bruising.").unwrap();
    let new = NewOpening { person, record: record.id, why };
    let id = world.store.openings.open(&stamp, &new, "table", &[]).await.unwrap().unwrap();
    world.store.openings.get(id).await.unwrap().unwrap()
}

pub async fn general_access(world: &World) -> Things {
    // Somebody who is none of the columns, so that nobody acts on their own grant.
    let person = world.cast.person("desmond.clarke").unwrap().id;
    let grant = world.store.grants.of(person).await.unwrap()[0].id;
    let record = out_of_reach(world, "helen.oyelaran").await;
    let hana = world.cast.person("hana.novak").unwrap().id;
    let stamp = Stamp::person(hana, Timestamp::UNIX_EPOCH, "restricted a record");
    let why = Reason::new("A colleague’s family.").unwrap();
    let yesterday = TODAY.yesterday().unwrap();
    let new = NewRestriction::new(record.id, yesterday, Some(yesterday), why).unwrap();
    let restriction = world.store.restrictions.restrict(&stamp, &new).await.unwrap().unwrap();
    let rows = vec![
        ("GET /people", "/people".to_owned()),
        ("POST /people", "/people".to_owned()),
        ("GET /people/roles", "/people/roles".to_owned()),
        ("GET /people/roles/workbook", "/people/roles/workbook".to_owned()),
        ("GET /people/unused", "/people/unused".to_owned()),
        ("GET /people/{}", format!("/people/{person}")),
        ("POST /people/{}/grants", format!("/people/{person}/grants")),
        ("POST /people/grants/{}/confirm", format!("/people/grants/{grant}/confirm")),
        ("POST /people/grants/{}/end", format!("/people/grants/{grant}/end")),
        ("GET /restricted", "/restricted".to_owned()),
        ("POST /restricted", "/restricted".to_owned()),
        ("POST /restricted/{}/lift", format!("/restricted/{restriction}/lift")),
        ("GET /break-glass", "/break-glass".to_owned()),
        ("POST /break-glass", "/break-glass".to_owned()),
        ("GET /break-glass/openings", "/break-glass/openings".to_owned()),
        ("GET /looks", "/looks".to_owned()),
        ("GET /looks/workbook", "/looks/workbook".to_owned()),
        ("GET /looks/unusual/thresholds", "/looks/unusual/thresholds".to_owned()),
        ("POST /looks/unusual/thresholds", "/looks/unusual/thresholds".to_owned()),
        ("GET /looks/unusual", "/looks/unusual".to_owned()),
        ("POST /looks/unusual", "/looks/unusual".to_owned()),
    ];
    let heading = "People and grants, restricted records, break-glass and looks".to_owned();
    Things { heading, columns: by_role(), rows }
}

/// A record that was opened by break-glass, by somebody whose place it does not stand in.
pub async fn opened(world: &World) -> Things {
    let record = out_of_reach(world, "helen.oyelaran").await;
    let opening = open(world, "helen.oyelaran", &record).await;
    let managers = managers(world, &record.whereabouts).await;
    let near = [("who opened it", vec![opening.person]), ("its manager", managers)];
    let columns = relations(world, &near);
    let path = format!("/break-glass/openings/{}", opening.id);
    let rows = vec![
        ("GET /break-glass/openings/{}", path.clone()),
        ("POST /break-glass/openings/{}", path),
        ("GET /records/{}", format!("/records/{}", record.id)),
    ];
    Things { heading: "A record that was opened by break-glass".to_owned(), columns, rows }
}
