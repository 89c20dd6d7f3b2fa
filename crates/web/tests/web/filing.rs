//! Filing: a check is typed, judged and kept; what it found is cleared; a protocol supersedes.

use std::sync::atomic::Ordering;

use axum::http::StatusCode;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::filing::outcome::Outcome;
use quarterlight_domain::need::Known;
use quarterlight_store::{ActionFilter, RecordFilter, Which};

use crate::browser::{Answer, World};

/// Five lines of the grid: three typed, two blank.
fn lines() -> Vec<(&'static str, &'static str)> {
    let typed = [
        ["letter-in", "3 11 2026", "4 11 2026", "10:15", "", "filed", ""],
        ["letter-in", "3/11/26", "2026-11-12", "20.05", "", "filed", ""],
        ["health", "3 Nov 2026", "", "", "Unfiled scans", "misfiled", ""],
        ["", "", "", "", "", "", ""],
        ["", "", "", "", "", "", ""],
    ];
    let names = ["kind", "dated", "entered", "time", "found", "outcome", "why"];
    typed.into_iter().flat_map(|line| names.into_iter().zip(line)).collect()
}

fn with<'a>(page: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [("form_key", page), ("checked", "23 11 2026")]
        .into_iter()
        .chain(lines())
        .chain(more.iter().copied())
        .collect()
}

/// The reference of an open record whose team we know.
async fn reference(world: &World) -> String {
    let (records, _) = world.store.records.list(&RecordFilter::default()).await.unwrap();
    for line in &records {
        let record = world.store.records.get(line.id).await.unwrap().unwrap();
        if !record.whereabouts.places().is_empty() {
            return line.reference.to_string();
        }
    }
    panic!("no record has a team that we know");
}

#[tokio::test]
async fn a_check_is_typed_judged_and_kept_once() {
    let world = World::new().await;
    let mut ines = world.signed_in("ines.moreira").await;
    let before = world.store.filing.checks(None).await.unwrap().len();
    let nothing = ines.get("/filing/find?reference=NOBODY-1").await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reference = reference(&world).await;
    let page = ines.get(&format!("/filing/find?reference={reference}")).await.leads_to();
    let shown = ines.get(&page).await;
    assert_eq!(shown.status, StatusCode::OK);
    let key = shown.hidden("form_key");
    let paper = [
        ("newest", "20 11 2026"),
        ("exists", "yes"),
        ("mentioned", "no"),
        ("place", "Store 2"),
        ("volumes", "2"),
    ];
    let form = with(&key, &paper);
    let kept = ines.post(&page, &form).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.words());
    assert_eq!(ines.post(&page, &form).await.leads_to(), kept.leads_to(), "sent twice");
    assert_eq!(world.store.filing.checks(None).await.unwrap().len(), before + 1);
    let check = ines.get(&kept.leads_to()).await.words();
    for said in [
        "The newest entry was of 20 November 2026.",
        "Late",
        "7 working days; the protocol gives 3",
        "in the evening",
        "Unfiled scans",
        "Paper that the electronic record does not mention",
    ] {
        assert!(check.contains(said), "{said}: {check}");
    }
    let id = kept.leads_to().rsplit('/').next().unwrap().parse().unwrap();
    let kept = world.store.filing.check(id).await.unwrap().unwrap();
    let outcomes: Vec<_> = kept.items.iter().map(|(_, it)| it.seen.outcome).collect();
    assert_eq!(outcomes, [Outcome::Filed, Outcome::Late, Outcome::Misfiled]);
    assert_eq!(kept.paper.last_item, None);
    let looks = world.store.looks.at_record(kept.line.record).await.unwrap();
    assert!(looks.iter().any(|look| look.name == "Ines Moreira" && look.page == page));
}

#[tokio::test]
async fn what_is_wrong_is_said_in_its_line_and_nothing_is_lost() {
    let world = World::new().await;
    let mut ines = world.signed_in("ines.moreira").await;
    let reference = reference(&world).await;
    let page = ines.get(&format!("/filing/find?reference={reference}")).await.leads_to();
    let before = world.store.filing.checks(None).await.unwrap().len();
    let more = |answer: &Answer, said: &[&str]| {
        for said in said {
            assert!(answer.words().contains(said), "{said}: {}", answer.words());
        }
    };
    let nothing = ines.post(&page, &[("form_key", "one"), ("checked", "23 11 2026")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let later = [("form_key", "one"), ("checked", "20 11 2026"), ("newest", "21 11 2026")];
    more(&ines.post(&page, &later).await, &["cannot be dated after the day of the check"]);
    more(&nothing, &["Enter one item at least"]);
    let mut form = with("one", &[("volumes", "two"), ("exists", "no"), ("place", "Store 2")]);
    form[3].1 = "31 2 2026";
    form[14].1 = "2 11 2026";
    let wrong = ines.post(&page, &form).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    more(
        &wrong,
        &[
            "Item 1: Enter a real date",
            "Enter the number of volumes in digits",
            "no paper record, and then described it",
        ],
    );
    assert!(wrong.text.contains("value=\"31 2 2026\"") && wrong.text.contains("value=\"two\""));
    // More lines are shown, and nothing is kept.
    let form = with("one", &[("lines", "10"), ("do", "more")]);
    let grown = ines.post(&page, &form).await;
    assert_eq!(grown.status, StatusCode::OK);
    assert!(grown.text.contains("item-kind-20") && !grown.text.contains("item-kind-21"));
    assert!(grown.text.contains("value=\"Unfiled scans\""), "what was typed is still there");
    assert_eq!(world.store.filing.checks(None).await.unwrap().len(), before);
}

#[tokio::test]
async fn what_was_found_is_cleared_by_those_who_may_and_named() {
    let world = World::new().await;
    let mut helen = world.signed_in("helen.oyelaran").await;
    let open = world.store.filing.mismatches(Which::Open).await.unwrap();
    let service = world.cast.places.children_in_need;
    let (ours, theirs): (Vec<_>, Vec<_>) =
        open.iter().partition(|line| line.whereabouts.is_within(service));
    assert!(!ours.is_empty() && !theirs.is_empty(), "the borough has both");
    let page = "/filing/mismatches";
    let words = helen.get(page).await.words();
    assert!(words.contains(ours[0].reference.as_str()));
    assert!(!words.contains(theirs[0].reference.as_str()), "of another service");
    let (mine, other) = (ours[0].id.to_string(), theirs[0].id.to_string());
    let blank = helen.post(page, &[("did", "")]).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(blank.words().contains("Tick what you have put right"));
    let both = [("clear", mine.as_str()), ("clear", &other), ("did", "Moved.")];
    assert_eq!(helen.post(page, &both).await.status, StatusCode::NOT_FOUND, "not hers");
    assert_eq!(world.store.filing.mismatches(Which::Open).await.unwrap().len(), open.len());
    let form = [("clear", mine.as_str()), ("did", "Moved to its place.")];
    assert_eq!(helen.post(page, &form).await.leads_to(), page);
    let cleared = world.store.filing.mismatches(Which::Cleared).await.unwrap();
    let first = cleared.iter().find(|line| line.id == ours[0].id).unwrap();
    let by = first.cleared.as_ref().unwrap();
    assert_eq!((by.by.as_str(), by.words.as_str()), ("Helen Oyelaran", "Moved to its place."));
    assert!(helen.get(page).await.words().contains("Helen Oyelaran on 23 November 2026"));
}

#[tokio::test]
async fn within_an_audit_paper_that_nobody_mentions_is_a_finding() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let id = world.cast.underway;
    let link = priya.get(&format!("/audits/{id}")).await.link("Check the filing").unwrap();
    let of_standard = async || {
        let actions = world.store.actions.list(&ActionFilter::Audit(id)).await.unwrap();
        actions.iter().filter(|it| it.what.contains("paper record")).count()
    };
    let before = of_standard().await;
    let key = priya.get(&link).await.hidden("form_key");
    let form = with(&key, &[("exists", "yes"), ("mentioned", "no")]);
    let kept = priya.post(&link, &form).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.words());
    assert_eq!(priya.get(&kept.leads_to()).await.status, StatusCode::OK, "she made it");
    assert_eq!(of_standard().await, before + 1);
    let check = world.store.filing.of_audit(id).await.unwrap().remove(0);
    assert_eq!(check.by_name, "Priya Anand");
    // Alone she may not check, and an audit that is submitted takes no more.
    let alone = priya.get(&format!("/filing/records/{}", check.record)).await;
    assert_eq!(alone.status, StatusCode::NOT_FOUND);
    let over = priya.get(&format!("/filing/audits/{}", world.cast.submitted)).await;
    assert_eq!(over.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_check_made_in_error_is_taken_back_with_a_reason() {
    let world = World::new().await;
    let mut ines = world.signed_in("ines.moreira").await;
    let check = world.store.filing.checks(None).await.unwrap().remove(0);
    let page = format!("/filing/checks/{}", check.id);
    let blank = ines.post(&format!("{page}/withdraw"), &[("because", " ")]).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = [("because", "It was another record.")];
    assert_eq!(ines.post(&format!("{page}/withdraw"), &form).await.leads_to(), page);
    let words = ines.get(&page).await.words();
    assert!(words.contains("took this check back. It counts no more: It was another record."));
    let kept = world.store.filing.check(check.id).await.unwrap().unwrap();
    assert!(kept.line.withdrawn.is_some());
    assert!(matches!(kept.paper.exists, Known::Yes | Known::No | Known::Unknown), "it stays");
}

#[tokio::test]
async fn a_protocol_supersedes_the_one_before_from_its_day() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let page = "/filing/protocol/next";
    let shown = amara.get(page).await;
    assert!(shown.text.contains("value=\"court-order\""), "it begins with what the latest says");
    let form = |from: &'static str, code: &'static str| {
        [
            ("name", "Ours"),
            ("from", from),
            ("why", "Fewer kinds"),
            ("code", code),
            ("kind", "Letter"),
            ("electronic", "Letters"),
            ("paper", ""),
            ("within", "2"),
        ]
    };
    let past = amara.post(page, &form("22 11 2026", "letter")).await;
    assert_eq!(past.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(past.words().contains("begins today or later"), "{}", past.words());
    let wrong = amara.post(page, &form("24 11 2026", "A letter")).await;
    assert!(wrong.words().contains("Line 1: Give a code"), "{}", wrong.words());
    let kept = amara.post(page, &form("24 11 2026", "letter")).await;
    assert_eq!(kept.leads_to(), "/filing/protocol", "{}", kept.words());
    let today = amara.get("/filing/protocol").await;
    assert!(today.words().contains("another supersedes it on 24 November 2026"));
    let next = amara.get(&today.link("Ours, from").unwrap()).await.words();
    assert!(next.contains("It holds from 24 November 2026") && next.contains("Not kept on paper"));
}

#[tokio::test]
async fn the_pages_of_filing_ask_no_more_for_more_checks() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let (records, _) = world.store.records.list(&RecordFilter::default()).await.unwrap();
    let last = world.store.filing.checks(None).await.unwrap().remove(0).id;
    let pages = [
        "/filing".to_owned(),
        "/filing/mismatches".to_owned(),
        "/filing/figures".to_owned(),
        "/filing/protocol".to_owned(),
        format!("/filing/checks/{last}"),
        format!("/filing/records/{}", records[0].id),
    ];
    let mut counted = Vec::new();
    for round in 0..2 {
        let mut of_round = Vec::new();
        for page in &pages {
            world.statements.store(0, Ordering::SeqCst);
            let shown = amara.get(page).await;
            assert_eq!(shown.status, StatusCode::OK, "{page}");
            of_round.push(world.statements.load(Ordering::SeqCst));
        }
        counted.push(of_round);
        for number in 0..4 {
            let page = &pages[5];
            let key = format!("{round} {number}");
            let kept =
                amara.post(page, &with(&key, &[("exists", "yes"), ("mentioned", "no")])).await;
            assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.words());
        }
    }
    assert_eq!(counted[0], counted[1]);
    assert!(counted[0].iter().all(|count| (2..=8).contains(count)), "{counted:?}");
}

#[tokio::test]
async fn figures_say_of_how_many_something_is_known() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let words = amara.get("/filing/figures").await.words();
    let said =
        ["known for", "Not known", "at a weekend or on a bank holiday", "In the quarter before"];
    for said in said.into_iter().chain(["The longest without a new entry"]) {
        assert!(words.contains(said), "{said}: {words}");
    }
    let mut ines = world.signed_in("ines.moreira").await;
    assert!(ines.get("/").await.words().contains("Put filing right"), "it is her own work");
    let reference = Reference::new(&reference(&world).await).unwrap();
    let record = world.store.records.by_reference(&reference).await.unwrap().unwrap();
    // A records officer sees filing, and nothing that an audit or a case list says of a child.
    for page in ["/records", "/coverage", "/actions", "/case-lists", "/reports"] {
        assert_eq!(ines.get(page).await.status, StatusCode::NOT_FOUND, "{page}");
    }
    let page = format!("/records/{}", record.id);
    assert_eq!(ines.get(&page).await.status, StatusCode::NOT_FOUND);
}
