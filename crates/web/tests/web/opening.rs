//! Opening an audit asks the database as often for a hundred standards as for one.
//!
//! How long it takes is printed, not judged: `cargo test --release -p quarterlight-web --test web
//! opening -- --nocapture --test-threads 1`.

use std::sync::atomic::Ordering;
use std::time::Instant;

use jiff::civil::date;
use quarterlight_domain::edition::Origins;
use quarterlight_domain::framework::{Contents, Section};
use quarterlight_domain::id::{AuditId, CycleId};
use quarterlight_domain::independence::Independent;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::standard::{Applies, Standard, StandardCode};
use quarterlight_domain::ties::Ties;
use quarterlight_testing::engines::Engine;

use crate::browser::{Browser, TODAY, World};

/// Looks at each page, for its mean time.
const LOOKS: u32 = 50;

/// So many standards, asked of every record: those that ship, and as many more as it takes.
fn framework(asked: usize) -> Contents {
    let toml = quarterlight_import::framework::default_toml();
    let ours = quarterlight_import::framework::from_toml_with_origins(toml).unwrap().0;
    let mut standards: Vec<Standard> = ours.standards().cloned().collect();
    let last = standards.last().unwrap().clone();
    for number in 0..asked.saturating_sub(standards.len()) {
        // A section has two digits for its standards.
        let letter = if number < 50 { 'X' } else { 'Y' };
        let code = StandardCode::new(&format!("{letter}{}", number % 50 + 1)).unwrap();
        standards.push(Standard { code, ..last.clone() });
    }
    let mut sections: Vec<Section> = Vec::new();
    for standard in standards.into_iter().take(asked) {
        let letter = standard.code.as_str()[..1].to_owned();
        let standard = Standard { applies: [Applies::All].into(), ..standard };
        if let Some(section) = sections.last_mut().filter(|it| it.letter == letter) {
            section.standards.push(standard);
        } else {
            let title = format!("Section {letter}");
            sections.push(Section { letter, title, standards: vec![standard] });
        }
    }
    Contents::new(ours.name(), sections).unwrap()
}

/// The borough, with an audit of its next quarter that so many standards are asked in.
async fn asking(engine: Engine, asked: usize) -> (World, AuditId, Browser) {
    let world = World::on(engine).await;
    let mut amara = world.signed_in("amara.osei").await;
    let stamp = Stamp::person(world.cast.person("amara.osei").unwrap().id, now(), "to be opened");
    let contents = (&framework(asked), &Origins::new());
    world.store.frameworks.adopt(&stamp, contents, 2, None, TODAY).await.unwrap();
    let quarter = amara.get("/cycles").await.hidden("quarter");
    let due = [("due-day", "15"), ("due-month", "3"), ("due-year", "2027")];
    let form: Vec<_> = [("quarter", quarter.as_str())].into_iter().chain(due).collect();
    let opened = amara.post("/cycles", &form).await;
    assert_eq!(opened.status, 303, "{}", opened.text);
    let cycle = opened.leads_to();
    let path = format!("{cycle}/draw");
    let page = amara.get(&format!("{path}?total=1&at_least=1&exclude=no")).await;
    let values = ["total", "at_least", "exclude", "digest"].map(|name| (name, page.hidden(name)));
    let mut form: Vec<_> = values.iter().map(|(name, it)| (*name, it.as_str())).collect();
    form.push(("seed", "dice 4-2-6-1 thrown for one audit"));
    assert_eq!(amara.post(&path, &form).await.status, 303);

    let cycle = CycleId(cycle.rsplit('/').next().unwrap().parse().unwrap());
    let pick = world.store.draws.picks(cycle).await.unwrap().remove(0);
    let record = world.store.records.by_reference(&pick.reference).await.unwrap().unwrap();
    let mut people = world.store.people.all().await.unwrap().into_iter().map(|it| it.person);
    let independent =
        people.find_map(|it| Independent::of(&it, &record, &Ties::default(), TODAY).ok()).unwrap();
    let due = date(2027, 3, 15);
    let id = world.store.audits.assign(&stamp, cycle, &independent, due).await.unwrap();
    let auditor = world.cast.people.iter().find(|it| it.id == independent.auditor()).unwrap();
    let auditor = world.signed_in(auditor.email.split('@').next().unwrap()).await;
    (world, id, auditor)
}

fn now() -> jiff::Timestamp {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

/// The statements of each page of an audit, and the mean time of a look in milliseconds.
async fn opened(engine: Engine, asked: usize) -> Vec<(&'static str, usize, f64)> {
    let (world, id, mut auditor) = asking(engine, asked).await;
    let kept = world.store.audits.in_hand(id).await.unwrap().unwrap().audit;
    let edition = world.store.frameworks.edition(kept.edition).await.unwrap().unwrap();
    let codes: Vec<_> =
        edition.contents().asked_of(&kept.line).iter().map(|it| it.code.clone()).collect();
    assert_eq!(codes.len(), asked);
    let standard = format!("/standards/{}", codes[0]);
    let mut counted = Vec::new();
    for (name, page) in
        [("audit", ""), ("standard", &standard), ("whole form", "/form"), ("submit", "/submit")]
    {
        let path = format!("/audits/{id}{page}");
        assert_eq!(auditor.get(&path).await.status, 200, "{path}");
        world.statements.store(0, Ordering::SeqCst);
        auditor.get(&path).await;
        let statements = world.statements.load(Ordering::SeqCst);
        let begun = Instant::now();
        for _ in 0..LOOKS {
            auditor.get(&path).await;
        }
        let each = begun.elapsed().as_secs_f64() * 1000.0 / f64::from(LOOKS);
        counted.push((name, statements, each));
    }
    counted
}

async fn the_same_for_any_number(engine: Engine) {
    let mut statements = Vec::new();
    for asked in [1, 10, 100] {
        let opened = opened(engine, asked).await;
        println!("{engine:?}, {asked} asked: page, statements, milliseconds: {opened:.2?}");
        statements.push(opened.iter().map(|it| (it.0, it.1)).collect::<Vec<_>>());
    }
    assert_eq!(statements[0], statements[1]);
    assert_eq!(statements[1], statements[2]);
    // One of them for the concerns that this auditor must see; the standard's page shows what the
    // last audit of the record said, and who could own an action.
    let at_most = [("audit", 6), ("standard", 10), ("whole form", 7), ("submit", 8)];
    for ((page, most), (_, counted)) in at_most.into_iter().zip(&statements[0]) {
        assert!((3..=most).contains(counted), "{page}: {counted} statements");
    }
}

#[tokio::test]
async fn opening_an_audit_takes_no_more_statements_for_more_standards_on_sqlite() {
    the_same_for_any_number(Engine::Sqlite).await;
}

#[tokio::test]
async fn opening_an_audit_takes_no_more_statements_for_more_standards_on_postgres() {
    the_same_for_any_number(Engine::Postgres).await;
}
