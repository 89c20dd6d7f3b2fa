//! What is one person's is reached by nobody else, in any form: page, file, search or count; and people with
//! random grants are admitted as a statement of its own says.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::Cursor;

use axum::http::StatusCode;
use calamine::{Data, Reader, Xlsx};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use quarterlight_domain::access::grant::NewGrant;
use quarterlight_domain::id::{PersonId, PlaceId};
use quarterlight_domain::person::{Grant, Role};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use quarterlight_store::{ActionFilter, NewPerson, RecordFilter};
use scraper::{Html, Selector};
use sea_orm::ConnectionTrait;

use crate::browser::{Answer, Browser, PASSWORD, TODAY, World};
use crate::permissions::everything;

/// Everything that somebody comes to by following links, pages and files, as text.
async fn crawl(browser: &mut Browser) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut queue = VecDeque::from(["/".to_owned()]);
    while let Some(path) = queue.pop_front() {
        if found.contains_key(&path) || found.len() > 1_500 {
            continue;
        }
        let answer = browser.get(&path).await;
        for link in links(&answer.text) {
            queue.push_back(link);
        }
        found.insert(path, text(&answer));
    }
    found
}

pub fn links(text: &str) -> Vec<String> {
    let html = Html::parse_document(text);
    let all = Selector::parse("a[href^='/'], form[method=get][action^='/']").unwrap();
    let to = html.select(&all).filter_map(|it| {
        let element = it.value();
        element.attr("href").or_else(|| element.attr("action")).map(str::to_owned)
    });
    to.map(|link| link.split('#').next().unwrap_or_default().to_owned())
        .filter(|link| !link.starts_with("/assets") && !link.starts_with("/sign"))
        .collect()
}

/// The text of an answer; of a workbook, the words of its cells.
pub fn text(answer: &Answer) -> String {
    if !answer.bytes.starts_with(b"PK") {
        return without_keys(&answer.without_number());
    }
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(answer.bytes.clone())).unwrap();
    let mut words = String::new();
    for (_, range) in workbook.worksheets() {
        for cell in range.rows().flatten() {
            if !matches!(cell, Data::Empty) {
                words.push_str(&cell.to_string());
                words.push('\n');
            }
        }
    }
    words
}

/// Without the keys by which forms are told from one another, which differ from page to page.
fn without_keys(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars().chain(std::iter::once(' ')) {
        if c.is_ascii_digit() || ('a'..='f').contains(&c) {
            run.push(c);
            continue;
        }
        if run.len() < 32 {
            kept.push_str(&run);
        }
        run.clear();
        kept.push(c);
    }
    kept
}

pub async fn sql(world: &World, statement: &str) -> u64 {
    let connection = sea_orm::Database::connect(&world.address).await.unwrap();
    let changed = connection.execute_unprepared(statement).await.unwrap().rows_affected();
    connection.close().await.unwrap();
    changed
}

/// The references that somebody may come to: of the records that they hold, of those whose audits are
/// of a record that they held, and of the actions that are theirs.
async fn theirs(world: &World, who: PersonId) -> BTreeSet<String> {
    let mut theirs = BTreeSet::new();
    for audit in world.store.audits.of_holder(who).await.unwrap() {
        theirs.insert(audit.reference.to_string());
    }
    for audit in world.store.replies.started(Some(who)).await.unwrap() {
        theirs.insert(audit.reference.to_string());
    }
    for action in world.store.actions.list(&ActionFilter::Owner(who)).await.unwrap() {
        theirs.insert(action.reference.to_string());
    }
    let mut filter = RecordFilter::default();
    for first in 0..10 {
        filter.reference = Some(format!("LK-2{first}"));
        for line in world.store.records.list(&filter).await.unwrap().0 {
            let record = world.store.records.get(line.id).await.unwrap().unwrap();
            if record.worker.is_some_and(|worker| worker.person == Some(who)) {
                theirs.insert(line.reference.to_string());
            }
        }
    }
    theirs
}

pub fn references(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("LK-") {
        let number: String = text[at + 3..].chars().take_while(char::is_ascii_digit).collect();
        if number.len() >= 4 {
            found.insert(format!("LK-{number}"));
        }
    }
    found
}

/// Marks every word of the audits of records that somebody does not hold, and turns every judgement.
async fn mark(world: &World, who: PersonId) -> u64 {
    let others = format!(
        "select audit.id from audit join case_list_line line on line.id = audit.line_id \
         left join worker on worker.id = line.worker_id \
         where (worker.person_id is null or worker.person_id <> {who}) \
         and not exists (select 1 from finding join action on action.finding_id = finding.id \
             where finding.audit_id = audit.id and action.owner_id = {who})"
    );
    let mut changed = 0;
    for statement in [
        format!(
            "update audit_answer set seen = 'CANARY-{who} seen', found = 'CANARY-{who} found', \
             judgement = 'not-met' where audit_id in ({others})"
        ),
        format!(
            "update audit set reasons = 'CANARY-{who} reasons', grade = 'inadequate' \
             where submitted_at is not null and id in ({others})"
        ),
        format!("update finding set what = 'CANARY-{who} finding' where audit_id in ({others})"),
        format!(
            "update audit_voice set how = 'CANARY-{who} how', said = 'CANARY-{who} said', \
             change_words = 'CANARY-{who} changed' where audit_id in ({others})"
        ),
        format!(
            "update audit_summing_up set strengths = 'CANARY-{who} strengths', \
             issues = 'CANARY-{who} issues' where audit_id in ({others})"
        ),
        format!(
            "update action set plan = 'CANARY-{who} plan', \
             proof = case when proof is null then null else 'CANARY-{who} proof' end \
             where finding_id in (select id from finding where audit_id in ({others}))"
        ),
    ] {
        changed += sql(world, &statement).await;
    }
    changed
}

#[tokio::test]
async fn one_workers_audits_are_reached_by_no_other_worker_in_any_form_or_count() {
    let world = World::new().await;
    for who in ["gwen.hardcastle", "tomasz.wilk", "marcus.bellamy"] {
        let id = world.cast.person(who).unwrap().id;
        let mut browser = world.signed_in(who).await;
        let before = crawl(&mut browser).await;
        assert!(before.len() >= 5, "{who} comes to {} pages", before.len());
        let theirs = theirs(&world, id).await;
        for (path, text) in &before {
            let others: Vec<String> = references(text).difference(&theirs).cloned().collect();
            assert!(others.is_empty(), "{who} reads of {others:?} at {path}");
        }
        let marked = mark(&world, id).await;
        assert!(marked > 500, "{marked} rows");
        let after = crawl(&mut browser).await;
        for (path, text) in &after {
            let mark = format!("CANARY-{id} ");
            assert!(!text.contains(&mark), "{who} reads of another's audit at {path}");
            // Not one number differs either, though every judgement of the others was turned.
            // The secret of new codes is another one each time.
            if path != "/account/codes" {
                assert_eq!(before.get(path), Some(text), "{who} at {path}");
            }
        }
        println!("{who}: {} pages and files, {marked} rows of others marked", after.len());
    }
    // The control: whoever may read all of it finds it.
    let mut amara = world.signed_in("amara.osei").await;
    let mut seen = 0;
    for number in 1..60 {
        let read = amara.get(&format!("/audits/{number}/read")).await;
        seen += usize::from(read.text.contains("CANARY"));
    }
    assert!(seen > 10, "the marks are there to be found: {seen}");
}

/// The path with every number in it put where nothing is.
fn nowhere(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let part = |part: &str| match part.parse::<i64>() {
        Ok(_) => "999999999".to_owned(),
        Err(_) => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

async fn ask(browser: &mut Browser, verb: &str, path: &str) -> Answer {
    match verb {
        "GET" => browser.get(path).await,
        _ => browser.post(path, &[("words", "x"), ("why", "x")]).await,
    }
}

/// Asks for everything of others, and gives the paths that answer otherwise than one where nothing is.
async fn told_apart(browser: &mut Browser, paths: &[(String, String)]) -> Vec<String> {
    let mut apart = Vec::new();
    let mut missing: BTreeMap<(String, String), String> = BTreeMap::new();
    for (verb, path) in paths {
        let answer = ask(browser, verb, path).await;
        let empty = nowhere(path);
        let key = (verb.clone(), empty.clone());
        if !missing.contains_key(&key) {
            let answer = ask(browser, verb, &empty).await;
            missing.insert(key.clone(), format!("{} {}", answer.status, answer.without_number()));
        }
        if missing[&key] != format!("{} {}", answer.status, answer.without_number()) {
            apart.push(format!("{verb} {path}"));
        }
    }
    apart
}

/// Every route with a number, at the things of the table of permissions, and at every audit, record, action
/// and concern there is.
async fn of_everything(world: &World) -> Vec<(String, String)> {
    let mut paths = Vec::new();
    for things in everything(world).await {
        for (route, path) in things.rows {
            let verb = route.split(' ').next().unwrap_or_default();
            if path.split('/').any(|part| part.parse::<i64>().is_ok()) {
                paths.push((verb.to_owned(), path));
            }
        }
    }
    for number in 1..=160 {
        for door in [
            "audits/N",
            "audits/N/read",
            "audits/N/form",
            "audits/N/spreadsheet/file",
            "audits/N/submit",
            "audits/N/notice",
            "audits/N/replies",
            "audits/N/allocation",
            "audits/N/concern",
            "records/N",
            "records/N/looks",
            "records/N/readers",
            "records/N/concern",
            "actions/N",
            "concerns/N",
            "filing/checks/N",
            "filing/records/N",
            "moderation/N",
            "challenges/N",
            "break-glass/openings/N",
            "people/N",
            "register/N",
            "reports/prepared/N",
        ] {
            paths.push(("GET".to_owned(), format!("/{}", door.replace('N', &number.to_string()))));
        }
    }
    paths
}

#[tokio::test]
async fn what_is_anothers_answers_like_what_is_not_there_at_every_route_with_a_number() {
    let world = World::new().await;
    let paths = of_everything(&world).await;
    // Somebody with a role of each kind that reaches no audit, record or action of others.
    let day = date(2026, 11, 23);
    let hash = world.store.people.signing_in("priya.anand@larkmoor.example", day).await.unwrap();
    let hash = hash.unwrap().password;
    let stamp = Stamp::console("2026-11-23T11:00:00Z".parse().unwrap(), "test");
    let authority = world.store.places.all().await.unwrap()[0].id;
    let mut asked = 0;
    for role in [Role::Auditor, Role::Worker] {
        let grant = Grant { role, place: authority, from: date(2026, 1, 1), until: None };
        let new = NewPerson {
            name: format!("New {}", role.words()),
            email: format!("new-{}@larkmoor.example", role.code()),
            password: hash.clone(),
            grants: vec![grant],
        };
        let id = world.store.people.add(&stamp, &new).await.unwrap();
        let mut browser = world.newly_in(&format!("new-{}", role.code())).await;
        let apart = told_apart(&mut browser, &paths).await;
        // What everybody around audits reads, and what is sent blindly and answered alike.
        let apart: Vec<String> = apart
            .into_iter()
            .filter(|path| {
                !["/frameworks/editions/", "/filing/protocol/", "/why"]
                    .iter()
                    .any(|it| path.contains(it))
            })
            .collect();
        assert_eq!(apart, Vec::<String>::new(), "{role:?}");
        asked += paths.len();
        // The control: one door is opened, and it is found.
        let lead = Grant { role: Role::QualityLead, place: authority, from: TODAY, until: None };
        let new = NewGrant::of(id, lead, Reason::new("A control.").unwrap(), TODAY).unwrap();
        world.store.grants.give(&stamp, &new).await.unwrap().unwrap();
        let apart = told_apart(&mut browser, &paths).await;
        assert!(apart.len() > 500, "only {} are found", apart.len());
    }
    println!("{asked} paths of others, each answered like one where nothing is");
}

/// Which roles come to a page about no one thing: the product's own table of roles, said again.
const PAGES: &[(&str, &[Role])] = {
    use Role::{
        Administrator, AuditServices, Auditor, Clerk, InformationGovernance, Member, Moderator,
        QualityLead, RecordsOfficer, SeniorManager, ServiceManager, Worker,
    };
    &[
        ("/", &Role::ALL),
        (
            "/frameworks",
            &[
                Auditor,
                Worker,
                ServiceManager,
                QualityLead,
                Moderator,
                SeniorManager,
                AuditServices,
            ],
        ),
        ("/frameworks/start", &[QualityLead]),
        ("/case-lists", &[QualityLead, Administrator]),
        ("/records", &[QualityLead, AuditServices]),
        ("/coverage", &[QualityLead, SeniorManager, AuditServices]),
        ("/coverage/workbook", &[QualityLead, SeniorManager, AuditServices]),
        ("/cycles", &[QualityLead, SeniorManager, AuditServices]),
        ("/programme", &[QualityLead, SeniorManager, AuditServices]),
        ("/auditors", &[QualityLead, Administrator]),
        ("/workers", &[QualityLead, Administrator]),
        ("/conflicts", &[Auditor, QualityLead]),
        ("/concerns", &[QualityLead, SeniorManager, AuditServices, ServiceManager]),
        ("/challenges", &[Moderator, QualityLead, AuditServices]),
        ("/themes", &[QualityLead]),
        ("/moderation", &[Moderator, QualityLead, AuditServices]),
        ("/agreement/auditors", &[QualityLead]),
        (
            "/actions",
            &[Worker, ServiceManager, QualityLead, Moderator, SeniorManager, AuditServices],
        ),
        ("/findings", &[QualityLead, SeniorManager, AuditServices]),
        ("/good-practice", &[QualityLead, SeniorManager, AuditServices]),
        ("/filing", &[ServiceManager, QualityLead, SeniorManager, AuditServices, RecordsOfficer]),
        ("/register", &[ServiceManager, QualityLead, SeniorManager, AuditServices, Clerk, Member]),
        ("/assurance", &[QualityLead, SeniorManager, AuditServices, Clerk]),
        ("/trend", &[ServiceManager, QualityLead, SeniorManager, AuditServices]),
        ("/staff", &[QualityLead, Administrator]),
        ("/people", &[Administrator, InformationGovernance, AuditServices]),
        ("/people/roles/workbook", &[Administrator, InformationGovernance, AuditServices]),
        ("/restricted", &[InformationGovernance, QualityLead]),
        ("/break-glass", &[ServiceManager, QualityLead, SeniorManager, InformationGovernance]),
        ("/looks", &[InformationGovernance, AuditServices]),
        ("/looks/unusual", &[InformationGovernance, AuditServices]),
    ]
};

/// Whether somebody holds one of these roles today, by the grants alone.
fn holds(grants: &[Grant], roles: &[Role], place: Option<&[PlaceId]>) -> bool {
    grants.iter().any(|grant| {
        roles.contains(&grant.role)
            && grant.from <= TODAY
            && grant.until.is_none_or(|until| TODAY <= until)
            && place.is_none_or(|place| place.contains(&grant.place))
    })
}

fn grants(places: Vec<PlaceId>) -> impl Strategy<Value = Vec<Grant>> {
    let yesterday = date(2026, 11, 22);
    let spans: Vec<(Date, Option<Date>)> = vec![
        (date(2026, 1, 1), None),
        (date(2026, 1, 1), None),
        (date(2026, 1, 1), Some(TODAY)),
        (date(2026, 1, 1), Some(yesterday)),
        (date(2026, 11, 24), None),
    ];
    let role = prop::sample::select(Role::ALL.to_vec());
    let grant = (role, prop::sample::select(places), prop::sample::select(spans))
        .prop_map(|(role, place, (from, until))| Grant { role, place, from, until });
    prop::collection::vec(grant, 1..4)
}

/// `QUARTERLIGHT_PEOPLE=400 cargo test --release … random_people -- --nocapture` is the long form.
#[tokio::test]
async fn random_people_are_admitted_as_the_statement_says() {
    let world = World::new().await;
    let people =
        std::env::var_os("QUARTERLIGHT_PEOPLE").and_then(|it| it.into_string().ok()?.parse().ok());
    let people: usize = people.unwrap_or(12);
    let day = date(2026, 11, 23);
    let hash = world.store.people.signing_in("priya.anand@larkmoor.example", day).await.unwrap();
    let hash = hash.unwrap().password;
    let stamp = Stamp::console("2026-11-23T11:00:00Z".parse().unwrap(), "test");
    let places: Vec<PlaceId> =
        world.store.places.all().await.unwrap().into_iter().map(|place| place.id).collect();
    let seed = *b"quarterlight: random people 2026";
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let strategy = grants(places);
    let records = world.store.records.list(&RecordFilter::default()).await.unwrap().0;
    let (mut asked, mut wrong) = (0, Vec::new());
    for number in 0..people {
        let grants = strategy.new_tree(&mut runner).unwrap().current();
        let new = NewPerson {
            name: format!("Random {number}"),
            email: format!("random-{number}@larkmoor.example"),
            password: hash.clone(),
            grants: grants.clone(),
        };
        world.store.people.add(&stamp, &new).await.unwrap();
        let who = format!("random-{number}");
        if !grants.iter().any(|it| it.from <= TODAY && it.until.is_none_or(|until| until >= TODAY))
        {
            // Whoever holds no role today does not come in at all.
            let email = format!("{who}@larkmoor.example");
            let form = [("email", email.as_str()), ("password", PASSWORD)];
            let refused = world.browser().post("/sign-in", &form).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{grants:?}");
            continue;
        }
        let mut browser = world.newly_in(&who).await;
        let mut expect = Vec::new();
        for (path, roles) in PAGES {
            expect.push(((*path).to_owned(), holds(&grants, roles, None)));
        }
        let (lead, internal) = (Role::QualityLead, Role::AuditServices);
        for line in records.iter().skip(number % 7).step_by(29) {
            let record = world.store.records.get(line.id).await.unwrap().unwrap();
            let place = Some(record.whereabouts.places());
            let reads = holds(&grants, &[lead, internal], None)
                || holds(&grants, &[Role::ServiceManager], place);
            expect.push((format!("/records/{}", line.id), reads));
            let looks = holds(&grants, &[Role::InformationGovernance, internal], None)
                || holds(&grants, &[Role::ServiceManager], place);
            expect.push((format!("/records/{}/looks", line.id), looks));
            for audit in world.store.audits.of_record(line.id).await.unwrap() {
                let kept = world.store.audits.in_hand(audit.id).await.unwrap().unwrap().audit;
                let place = Some(kept.whereabouts.places());
                let reads = holds(&grants, &[lead, internal], None)
                    || kept.is_submitted() && holds(&grants, &[Role::ServiceManager], place);
                expect.push((format!("/audits/{}/read", audit.id), reads));
                expect.push((format!("/audits/{}", audit.id), false));
            }
        }
        for (path, admitted) in expect {
            let answer = browser.get(&path).await;
            asked += 1;
            if (answer.status != StatusCode::NOT_FOUND) != admitted {
                wrong.push(format!("{path}: {} to {grants:?}", answer.status));
            }
        }
    }
    println!("{people} random people, {asked} requests, {} wrong", wrong.len());
    assert_eq!(wrong, Vec::<String>::new());
}
