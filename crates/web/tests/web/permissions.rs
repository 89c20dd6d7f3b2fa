//! Who may see and do what: every route, asked by people in every role and relation, as a table.
//!
//! The table is a golden file, so that a change of permission is read as a change in words. A route
//! that has no row fails the test.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use axum::http::StatusCode;
use jiff::Timestamp;
use quarterlight_domain::conflict::{Declaration, Subject};
use quarterlight_domain::draw_event::SwapReason;
use quarterlight_domain::id::{PersonId, RecordId};
use quarterlight_domain::person::Role;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;

use crate::browser::{Browser, TODAY, World};
use crate::links::routes;
use crate::permissions_of_access::{general_access, opened};
use crate::permissions_of_audits::{
    action, audit, concern, filing_check, held_by_somebody, registered, returned, second_reading,
};
use crate::permissions_of_keeping::keeping;
use crate::permissions_of_operations::operations;
use crate::permissions_of_reports::on_its_way;
use crate::permissions_of_sign_in::signing_in;
use crate::permissions_of_staffing::staffing;

/// Somebody in the table: what they are to the thing, and who that is in the borough.
pub type Column = (&'static str, Option<String>);

/// The table for one set of things: who they are to it differs from thing to thing.
pub struct Things {
    pub heading: String,
    pub columns: Vec<Column>,
    pub rows: Vec<(&'static str, String)>,
}

#[tokio::test]
async fn the_table_of_permissions_is_the_agreed_one() {
    let world = World::new().await;
    let mut browsers: BTreeMap<String, Browser> = BTreeMap::new();
    let (mut table, mut asked) = (String::new(), BTreeSet::new());
    for things in everything(&world).await {
        let _ = writeln!(table, "\n{}\n", things.heading);
        for (route, path) in &things.rows {
            asked.insert(route.split(' ').nth(1).unwrap().to_owned());
            let mut admitted = Vec::new();
            for (relation, who) in &things.columns {
                let Some(who) = who else { continue };
                let mut browser = match browsers.get(who) {
                    Some(browser) => browser.clone(),
                    None => world.signed_in(who).await,
                };
                let answer = match route.split_once(' ').unwrap().0 {
                    "GET" => browser.get(path).await,
                    _ => browser.post(path, &[]).await,
                };
                assert!(!answer.status.is_server_error(), "{route} for {who}: {}", answer.words());
                if answer.status != StatusCode::NOT_FOUND {
                    admitted.push(*relation);
                }
                if path == "/sign-out" {
                    browsers.remove(who);
                } else {
                    browsers.insert(who.clone(), browser);
                }
            }
            let admitted =
                if admitted.is_empty() { "nobody".to_owned() } else { admitted.join(", ") };
            let _ = writeln!(table, "  {route:<48} {admitted}");
            let stranger = match route.split_once(' ').unwrap().0 {
                "GET" => world.browser().get(path).await,
                _ => world.browser().post(path, &[]).await,
            };
            assert_eq!(stranger.status, StatusCode::UNAUTHORIZED, "{route} for a stranger");
        }
    }
    insta::assert_snapshot!("permissions", table.trim());
    let open = [
        "/sign-in",
        "/sign-in/provider",
        "/sign-in/provider/callback",
        "/signed-out",
        "/assets/{}",
        "/health",
        "/ready",
        "/standby.js",
    ]
    .map(str::to_owned);
    // What everybody may read without signing in is in `releases.rs`.
    let is_open = |route: &String| {
        open.contains(route) || route.starts_with("/published") || route.starts_with("/sign-in/")
    };
    let missing: Vec<String> =
        routes().into_iter().filter(|route| !is_open(route) && !asked.contains(route)).collect();
    assert_eq!(missing, Vec::<String>::new(), "a route without a row in the table");
}

/// One person for each role, who is nothing else to any one thing.
pub fn by_role() -> Vec<Column> {
    [
        ("auditor", "joseph.adeyemi"),
        ("worker", "tomasz.wilk"),
        ("service manager", "helen.oyelaran"),
        ("quality lead", "amara.osei"),
        ("moderator", "farah.siddiqui"),
        ("senior manager", "catherine.bello"),
        ("Audit Services", "lorna.macallister"),
        ("clerk", "bernard.quill"),
        ("member", "sylvia.marchetti"),
        ("information governance", "hana.novak"),
        ("administrator", "raj.bedi"),
        ("records officer", "ines.moreira"),
    ]
    .map(|(relation, who)| (relation, Some(who.to_owned())))
    .to_vec()
}

pub async fn everything(world: &World) -> Vec<Things> {
    let mut all = vec![general(world).await, draft(world).await];
    for (state, id) in [("not begun", world.cast.not_started), ("under way", world.cast.underway)] {
        all.push(audit(world, state, id).await);
    }
    all.push(audit(world, "submitted", held_by_somebody(world).await).await);
    all.push(concern(world).await);
    all.push(registered(world).await);
    all.push(on_its_way(world).await);
    all.push(filing_check(world).await);
    all.push(crate::indicators::rows(world));
    all.push(keeping(world).await);
    all.push(staffing(world).await);
    all.push(general_access(world).await);
    all.push(opened(world).await);
    all.push(signing_in(world));
    all.push(operations(world).await);
    all.push(second_reading(world).await);
    all.push(returned(world).await);
    for state in ["open", "addressed", "verified"] {
        all.push(action(world, state).await);
    }
    all
}

#[expect(clippy::too_many_lines, reason = "it is a table, one line for each route")]
async fn general(world: &World) -> Things {
    let quarter = *world.cast.quarters.last().unwrap();
    let cycle = world.store.cycles.of_quarter(quarter).await.unwrap().unwrap().cycle;
    let list = world.store.case_lists.current().await.unwrap().unwrap().id;
    let auditor = world.cast.person("priya.anand").unwrap().id;
    let worker = world.store.workers.all().await.unwrap()[0].id;
    // Somebody's own conflict, who has no column of their own here.
    let subject = Subject::Worker(worker);
    let declared = Declaration::new(auditor, subject, (TODAY, None), None).unwrap();
    let stamp = Stamp::person(auditor, Timestamp::UNIX_EPOCH, "declared a conflict");
    let conflict = world.store.conflicts.declare(&stamp, &declared).await.unwrap().unwrap();
    let picks = world.store.draws.picks(cycle.id).await.unwrap();
    let RecordId(drawn) = picks.iter().find(|pick| !pick.reserve).unwrap().record;
    let cells = quarterlight_domain::cell::CellPattern::default();
    let protocol = world.store.filing.protocols().await.unwrap().remove(0);
    let meeting = world.store.register.meetings().await.unwrap()[0].id;
    let meeting = format!("/register/meetings/{meeting}");
    let rows = vec![
        ("GET /", "/".to_owned()),
        ("GET /offline", "/offline".to_owned()),
        // The key of copies is for whoever took them.
        ("POST /copies/{}", "/copies/somebody-elses".to_owned()),
        ("GET /timescales", "/timescales".to_owned()),
        ("GET /timescales/overruled", "/timescales/overruled".to_owned()),
        ("GET /timescales/{}", "/timescales/protection-visit".to_owned()),
        ("POST /timescales/{}", "/timescales/protection-visit".to_owned()),
        ("GET /frameworks", "/frameworks".to_owned()),
        ("GET /frameworks/start", "/frameworks/start".to_owned()),
        ("POST /frameworks/start", "/frameworks/start".to_owned()),
        ("GET /frameworks/start/file", "/frameworks/start/file".to_owned()),
        ("POST /frameworks/start/file", "/frameworks/start/file".to_owned()),
        ("GET /frameworks/template", "/frameworks/template".to_owned()),
        (
            "GET /frameworks/editions/{}/workbook",
            format!("/frameworks/editions/{}/workbook", cycle.edition),
        ),
        (
            "GET /frameworks/editions/{}/toml",
            format!("/frameworks/editions/{}/toml", cycle.edition),
        ),
        (
            "GET /frameworks/editions/{}/form",
            format!("/frameworks/editions/{}/form", cycle.edition),
        ),
        ("GET /frameworks/editions/{}", format!("/frameworks/editions/{}", cycle.edition)),
        (
            "GET /frameworks/editions/{}/changes/{}",
            format!("/frameworks/editions/{0}/changes/{0}", cycle.edition),
        ),
        ("GET /case-lists", "/case-lists".to_owned()),
        ("POST /case-lists", "/case-lists".to_owned()),
        ("GET /case-lists/{}", format!("/case-lists/{list}")),
        ("POST /case-lists/{}/take-in", format!("/case-lists/{list}/take-in")),
        // An upload that waits for its columns to be named is its sender's alone.
        ("GET /case-lists/columns/{}", "/case-lists/columns/somebody-elses".to_owned()),
        ("POST /case-lists/columns/{}", "/case-lists/columns/somebody-elses".to_owned()),
        ("GET /case-lists/{}/problems", format!("/case-lists/{list}/problems")),
        ("GET /case-lists/{}/lists", format!("/case-lists/{list}/lists")),
        ("GET /case-lists/{}/apart", format!("/case-lists/{list}/apart?standing=unknown")),
        ("GET /case-lists/{}/conflicts", format!("/case-lists/{list}/conflicts")),
        ("GET /case-lists/{}/changes", format!("/case-lists/{list}/changes?what=new")),
        ("GET /case-lists/{}/doubts", format!("/case-lists/{list}/doubts")),
        ("POST /case-lists/{}/doubts", format!("/case-lists/{list}/doubts")),
        ("GET /records", "/records".to_owned()),
        ("GET /coverage", "/coverage".to_owned()),
        ("GET /coverage/workbook", "/coverage/workbook".to_owned()),
        ("GET /coverage/cells", "/coverage/cells".to_owned()),
        ("GET /coverage/cells/{}", format!("/coverage/cells/{cells}")),
        ("POST /coverage/cells/{}/claim", format!("/coverage/cells/{cells}/claim")),
        ("POST /coverage/cells/{}/ask", format!("/coverage/cells/{cells}/ask")),
        ("POST /coverage/cells/{}/withdraw", format!("/coverage/cells/{cells}/withdraw")),
        ("GET /cycles", "/cycles".to_owned()),
        ("POST /cycles", "/cycles".to_owned()),
        ("GET /cycles/{}", format!("/cycles/{}", cycle.id)),
        ("GET /cycles/{}/draw", format!("/cycles/{}/draw", cycle.id)),
        ("POST /cycles/{}/draw", format!("/cycles/{}/draw", cycle.id)),
        ("GET /cycles/{}/exclusions", format!("/cycles/{}/exclusions", cycle.id)),
        ("POST /cycles/{}/exclusions", format!("/cycles/{}/exclusions", cycle.id)),
        ("POST /cycles/{}/exclusions/{}", excluded(world).await),
        ("GET /cycles/{}/draw-file", format!("/cycles/{}/draw-file", cycle.id)),
        ("GET /cycles/{}/sample", format!("/cycles/{}/sample", cycle.id)),
        ("GET /cycles/{}/swap/{}", format!("/cycles/{}/swap/{drawn}", cycle.id)),
        ("POST /cycles/{}/swap/{}", format!("/cycles/{}/swap/{drawn}", cycle.id)),
        ("GET /cycles/{}/top-up", format!("/cycles/{}/top-up", cycle.id)),
        ("POST /cycles/{}/top-up", format!("/cycles/{}/top-up", cycle.id)),
        ("GET /draw-method", "/draw-method".to_owned()),
        ("GET /programme", "/programme".to_owned()),
        ("GET /programme/{}", "/programme/2026".to_owned()),
        ("GET /programme/{}/plan", "/programme/2026/plan".to_owned()),
        ("POST /programme/{}/plan", "/programme/2026/plan".to_owned()),
        ("GET /programme/{}/frameworks", "/programme/2026/frameworks".to_owned()),
        ("POST /programme/{}/frameworks", "/programme/2026/frameworks".to_owned()),
        ("GET /reports/programmes/{}", "/reports/programmes/2026".to_owned()),
        ("GET /reports/programmes/{}/file/{}", "/reports/programmes/2026/file/pdf".to_owned()),
        ("GET /cycles/{}/assign", format!("/cycles/{}/assign", cycle.id)),
        ("POST /cycles/{}/assign", format!("/cycles/{}/assign", cycle.id)),
        ("GET /cycles/{}/progress", format!("/cycles/{}/progress", cycle.id)),
        ("POST /cycles/{}/remind", format!("/cycles/{}/remind", cycle.id)),
        ("GET /cycles/{}/close", format!("/cycles/{}/close", cycle.id)),
        ("POST /cycles/{}/close", format!("/cycles/{}/close", cycle.id)),
        ("GET /auditors", "/auditors".to_owned()),
        ("GET /auditors/{}", format!("/auditors/{auditor}")),
        ("POST /auditors/{}", format!("/auditors/{auditor}")),
        ("GET /workers", "/workers".to_owned()),
        ("GET /workers/{}", format!("/workers/{worker}")),
        ("POST /workers/{}", format!("/workers/{worker}")),
        ("GET /conflicts", "/conflicts".to_owned()),
        ("POST /conflicts", "/conflicts".to_owned()),
        ("POST /conflicts/{}/end", format!("/conflicts/{conflict}/end")),
        ("GET /concerns", "/concerns".to_owned()),
        ("GET /challenges", "/challenges".to_owned()),
        ("GET /themes", "/themes".to_owned()),
        ("POST /themes", "/themes".to_owned()),
        ("POST /themes/{}", format!("/themes/{}", world.store.themes.all().await.unwrap()[0].id)),
        ("GET /moderation", "/moderation".to_owned()),
        ("GET /moderation/rule", "/moderation/rule".to_owned()),
        ("POST /moderation/rule", "/moderation/rule".to_owned()),
        ("GET /agreement", "/agreement".to_owned()),
        ("GET /agreement/auditors", "/agreement/auditors".to_owned()),
        ("GET /agreement/{}/standards/{}", format!("/agreement/{}/standards/B1", cycle.edition)),
        ("POST /agreement/{}/standards/{}", format!("/agreement/{}/standards/B1", cycle.edition)),
        ("GET /actions", "/actions".to_owned()),
        ("GET /findings", "/findings".to_owned()),
        ("POST /findings/join", "/findings/join".to_owned()),
        ("GET /findings/themes", "/findings/themes".to_owned()),
        ("GET /good-practice", "/good-practice".to_owned()),
        ("POST /good-practice/{}", "/good-practice/1".to_owned()),
        ("GET /assurance", "/assurance".to_owned()),
        ("GET /assurance/pack", "/assurance/pack".to_owned()),
        (
            "GET /assurance/pack/file/{}",
            format!("/assurance/pack/file/csv?from={quarter}&until={quarter}"),
        ),
        ("GET /assurance/{}", format!("/assurance/{quarter}")),
        ("GET /reports", "/reports".to_owned()),
        ("GET /reports/quarters/{}", format!("/reports/quarters/{quarter}")),
        ("GET /reports/quarters/{}/file/{}", format!("/reports/quarters/{quarter}/file/docx")),
        ("GET /register", "/register".to_owned()),
        ("POST /register/meetings", "/register/meetings".to_owned()),
        ("GET /register/meetings/{}", meeting.clone()),
        ("GET /register/meetings/{}/item", format!("{meeting}/item")),
        ("POST /register/meetings/{}/item", format!("{meeting}/item")),
        ("GET /register/meetings/{}/minutes", format!("{meeting}/minutes")),
        ("POST /register/meetings/{}/minutes", format!("{meeting}/minutes")),
        ("POST /register/meetings/{}/items", format!("{meeting}/items")),
        ("GET /filing", "/filing".to_owned()),
        ("GET /filing/find", "/filing/find?reference=NOBODY-1".to_owned()),
        ("GET /filing/mismatches", "/filing/mismatches".to_owned()),
        ("POST /filing/mismatches", "/filing/mismatches".to_owned()),
        ("GET /filing/figures", "/filing/figures".to_owned()),
        ("GET /filing/protocol", "/filing/protocol".to_owned()),
        ("GET /filing/protocol/next", "/filing/protocol/next".to_owned()),
        ("POST /filing/protocol/next", "/filing/protocol/next".to_owned()),
        ("GET /filing/protocol/{}", format!("/filing/protocol/{}", protocol.held.id)),
        ("POST /still-here", "/still-here".to_owned()),
        ("POST /sign-out", "/sign-out".to_owned()),
    ];
    Things { heading: "Pages about no one record".to_owned(), columns: by_role(), rows }
}

/// Taking back the exclusion of a record from the draw of the next quarter.
async fn excluded(world: &World) -> String {
    let lead = world.cast.person("amara.osei").unwrap().id;
    let stamp = Stamp::person(lead, Timestamp::UNIX_EPOCH, "excluded a record from a draw");
    let next = world.cast.quarters.last().unwrap().after();
    let opened = world.store.cycles.open(&stamp, next, world.cast.edition, next.last_day());
    let cycle = opened.await.unwrap();
    let open = world.store.records.drawable(None).await.unwrap();
    let record = world.store.records.by_reference(&open[0].reference).await.unwrap().unwrap().id;
    let why = (SwapReason::Held, &Reason::new("A court has it.").unwrap());
    assert!(world.store.exclusions.exclude(&stamp, (cycle, record), why).await.unwrap());
    let id = world.store.exclusions.of_cycle(cycle).await.unwrap()[0].id;
    format!("/cycles/{cycle}/exclusions/{id}")
}

async fn draft(world: &World) -> Things {
    let id = world.store.drafts.all().await.unwrap()[0].id;
    let draft = world.store.drafts.get(id).await.unwrap().unwrap();
    let comment = draft.comments[0].id;
    let helen = world.cast.person("helen.oyelaran").unwrap().id;
    let columns = relations(world, &[("its consultee", vec![helen])]);
    let rows = [
        ("GET /frameworks/drafts/{}", ""),
        ("GET /frameworks/drafts/{}/changes", "/changes"),
        ("GET /frameworks/drafts/{}/answers", "/answers"),
        ("POST /frameworks/drafts/{}/answers/{}", "/answers/"),
        ("GET /frameworks/drafts/{}/comment", "/comment"),
        ("POST /frameworks/drafts/{}/comment", "/comment"),
        ("GET /frameworks/drafts/{}/mapping", "/mapping"),
        ("POST /frameworks/drafts/{}/mapping", "/mapping"),
        ("GET /frameworks/drafts/{}/agree", "/agree"),
        ("POST /frameworks/drafts/{}/agree", "/agree"),
        ("POST /frameworks/drafts/{}/end", "/end"),
        ("GET /frameworks/drafts/{}/standards/{}", "/standards/B1"),
        ("POST /frameworks/drafts/{}/standards/{}", "/standards/B1"),
        ("GET /frameworks/drafts/{}/sections/{}", "/sections/B"),
        ("POST /frameworks/drafts/{}/sections/{}", "/sections/B"),
        ("GET /frameworks/drafts/{}/add", "/add"),
        ("POST /frameworks/drafts/{}/add", "/add"),
        ("GET /frameworks/drafts/{}/ask", "/ask"),
        ("POST /frameworks/drafts/{}/ask", "/ask"),
        ("POST /frameworks/drafts/{}/set-aside", "/set-aside"),
    ]
    .map(|(route, rest)| {
        let path = format!("/frameworks/drafts/{id}{rest}");
        (route, if rest == "/answers/" { format!("{path}{comment}") } else { path })
    });
    let heading = "A draft of a framework that is out for comment".to_owned();
    Things { heading, columns, rows: rows.into() }
}

pub async fn managers(
    world: &World,
    whereabouts: &quarterlight_domain::place::Whereabouts,
) -> Vec<PersonId> {
    let people = world.store.people.all().await.unwrap();
    let manages = |line: &quarterlight_store::PersonLine| {
        line.person.is_over(Role::ServiceManager, whereabouts, TODAY)
    };
    people.into_iter().filter(manages).map(|line| line.person.id).collect()
}

/// Those who are something to the thing, then somebody of each role who is nothing to it.
pub fn relations(world: &World, near: &[(&'static str, Vec<PersonId>)]) -> Vec<Column> {
    let name = |id: PersonId| {
        let person = world.cast.people.iter().find(|person| person.id == id)?;
        Some(person.email.split('@').next()?.to_owned())
    };
    let taken: BTreeSet<PersonId> = near.iter().flat_map(|(_, ids)| ids.clone()).collect();
    let mut columns: Vec<Column> = near
        .iter()
        .map(|(relation, ids)| (*relation, ids.first().copied().and_then(name)))
        .collect();
    for (role, who) in by_role() {
        let is_free =
            |who: &String| world.cast.person(who).is_some_and(|person| !taken.contains(&person.id));
        let stand_in = match role {
            "auditor" => ["joseph.adeyemi", "priya.anand", "wen.zhang"].as_slice(),
            "worker" => &["tomasz.wilk", "gwen.hardcastle", "marcus.bellamy"],
            "service manager" => &["helen.oyelaran", "david.lindqvist", "margaret.thorne"],
            _ => &[],
        };
        let who = who
            .filter(is_free)
            .or_else(|| stand_in.iter().map(|name| (*name).to_owned()).find(is_free));
        let relation = match role {
            "auditor" => "another auditor",
            "worker" => "another worker",
            "service manager" => "another manager",
            role => role,
        };
        columns.push((relation, who));
    }
    columns
}
