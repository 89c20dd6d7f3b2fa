//! Coverage as people use it: what nobody has claimed, a cell, a claim, and a request to the next draw.

use std::sync::atomic::Ordering;

use quarterlight_domain::cell::CellPattern;
use quarterlight_domain::coverage::Cell;

use crate::browser::{Browser, TODAY, World};

/// The cell of the Disability Service that nobody has claimed, and its page.
async fn nobodys(world: &World) -> (Cell, String) {
    let quarter = *world.cast.quarters.last().unwrap();
    let cells = world.store.figures.coverage(quarter).await.unwrap();
    let claims = world.store.claims.all().await.unwrap();
    let standing = quarterlight_domain::claim::Standing::on(&claims, TODAY);
    let cell = cells
        .into_iter()
        .find(|cell| {
            cell.service == Some(world.cast.places.disability)
                && standing.holding(cell.kind, cell.service).is_none()
        })
        .unwrap();
    let path = format!("/coverage/cells/{}", cell.pattern());
    (cell, path)
}

#[tokio::test]
async fn what_nobody_has_claimed_comes_first() {
    let world = World::new().await;
    let page = world.signed_in("catherine.bello").await.get("/coverage").await;
    let words = page.words();
    let nobody = words.find("Nobody has said who audits these").unwrap();
    assert!(nobody < words.find("By cohort").unwrap(), "{words}");
    assert!(words.contains("Service not known"), "{words}");
    assert!(words.contains("They contradict"), "{words}");
    assert!(page.text.contains("<svg"));
}

#[tokio::test]
async fn a_quality_lead_claims_a_cell_and_the_history_stays() {
    let world = World::new().await;
    let (cell, path) = nobodys(&world).await;
    let mut amara = world.signed_in("amara.osei").await;
    let page = amara.get(&path).await;
    assert!(page.words().contains("Nobody has said who audits"), "{}", page.words());
    let place = world.cast.places.disability.to_string();
    let claim = |plan: &'static str, key: String| {
        vec![
            ("place", place.clone()),
            ("framework", "Education’s own".to_owned()),
            ("plan", plan.to_owned()),
            ("from-day", "23".to_owned()),
            ("from-month", "11".to_owned()),
            ("from-year", "2026".to_owned()),
            ("form_key", key),
        ]
    };
    let key = page.hidden("form_key");
    let first = claim("Two each quarter.", key.clone());
    for _ in 0..2 {
        assert_eq!(send(&mut amara, &format!("{path}/claim"), &first).await.leads_to(), path);
    }
    let page = amara.get(&path).await;
    assert!(page.words().contains("Whoever manages Disability Service"), "{}", page.words());
    assert_eq!(page.words().matches("Two each quarter.").count(), 3, "once said, sent twice");
    let key = page.hidden("form_key");
    send(&mut amara, &format!("{path}/claim"), &claim("Three each quarter.", key)).await;
    let words = amara.get(&path).await.words();
    assert!(words.contains("Three each quarter.") && words.contains("Two each quarter."));
    let still = world.store.figures.coverage(*world.cast.quarters.last().unwrap()).await.unwrap();
    let after = still.iter().find(|it| it.pattern() == cell.pattern()).unwrap();
    assert_eq!(after.state(), cell.state(), "a promise audits nothing");
}

async fn send(
    browser: &mut Browser,
    path: &str,
    form: &[(&str, String)],
) -> crate::browser::Answer {
    let form: Vec<(&str, &str)> =
        form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(path, &form).await
}

#[tokio::test]
async fn what_is_wrong_with_a_claim_is_said_at_its_field_and_nothing_is_kept() {
    let world = World::new().await;
    let (_, path) = nobodys(&world).await;
    let mut amara = world.signed_in("amara.osei").await;
    let before = world.store.claims.all().await.unwrap().len();
    let answer = amara.post(&format!("{path}/claim"), &[("plan", " ")]).await;
    assert_eq!(answer.status, 422);
    for sentence in [
        "Select the service or directorate that audits them",
        "Enter the name of the framework",
        "Say what is to be done",
        "Enter a real date",
    ] {
        assert_eq!(answer.words().matches(sentence).count(), 2, "{sentence}: summary and field");
    }
    let team = [("place", "7"), ("framework", "Ours"), ("plan", "Some.")];
    assert_eq!(
        amara.post(&format!("{path}/claim"), &team).await.status,
        422,
        "a team cannot claim"
    );
    assert_eq!(world.store.claims.all().await.unwrap().len(), before);
}

#[tokio::test]
async fn one_press_adds_a_cell_to_the_next_draw() {
    let world = World::new().await;
    let (cell, path) = nobodys(&world).await;
    let mut amara = world.signed_in("amara.osei").await;
    let page = amara.get(&path).await;
    let key = page.hidden("form_key");
    let number = cell.open.min(5).to_string();
    assert!(page.text.contains(&format!("value=\"{number}\"")), "filled in");
    let form =
        [("at_least", number.as_str()), ("reason", "Nobody has."), ("form_key", key.as_str())];
    for _ in 0..2 {
        assert_eq!(amara.post(&format!("{path}/ask"), &form).await.leads_to(), path);
    }
    let open = world.store.draw_requests.open_requests().await.unwrap();
    assert_eq!((open.len(), open[0].pattern), (1, cell.pattern()));
    assert!(amara.get("/coverage").await.words().contains("Asked of the next draw"));
    let wrong = amara.post(&format!("{path}/ask"), &[("at_least", "none")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.words().contains("Enter a whole number from 1 to 500."));
}

#[tokio::test]
async fn a_second_request_for_a_cell_is_refused_in_words_until_the_first_is_withdrawn() {
    let world = World::new().await;
    let (cell, path) = nobodys(&world).await;
    let mut amara = world.signed_in("amara.osei").await;
    let key = amara.get(&path).await.hidden("form_key");
    let form = |key| [("at_least", "1"), ("reason", "Nobody has."), ("form_key", key)];
    assert_eq!(amara.post(&format!("{path}/ask"), &form(&key)).await.leads_to(), path);
    let page = amara.get(&path).await;
    assert!(!page.text.contains("Add to the next draw"), "asked already");
    let refused = amara.post(&format!("{path}/ask"), &form("another form")).await;
    assert_eq!(refused.status, 422);
    let sentence = "The next draw is asked for these records already.";
    assert_eq!(refused.words().matches(sentence).count(), 2, "summary and field");
    let open = world.store.draw_requests.open_requests().await.unwrap();
    assert_eq!((open.len(), open[0].pattern), (1, cell.pattern()));
    let request = page.hidden("request");
    let blank = amara.post(&format!("{path}/withdraw"), &[("request", &request)]).await;
    assert_eq!(blank.status, 422, "a reason is needed");
    assert_eq!(world.store.draw_requests.open_requests().await.unwrap().len(), 1);
    let reason = [("request", request.as_str()), ("because", "Two are enough.")];
    let elsewhere = "/coverage/cells/any.any.any.any.any.any/withdraw";
    amara.post(elsewhere, &reason).await;
    assert_eq!(world.store.draw_requests.open_requests().await.unwrap().len(), 1, "not its cell");
    for _ in 0..2 {
        assert_eq!(amara.post(&format!("{path}/withdraw"), &reason).await.leads_to(), path);
    }
    assert!(world.store.draw_requests.open_requests().await.unwrap().is_empty());
    assert!(amara.get(&path).await.text.contains("Add to the next draw"));
    assert_eq!(amara.post(&format!("{path}/ask"), &form("another form")).await.leads_to(), path);
}

#[tokio::test]
async fn a_cell_opens_its_records_for_those_who_may_see_them() {
    let world = World::new().await;
    let (cell, path) = nobodys(&world).await;
    for (who, opens) in
        [("amara.osei", true), ("lorna.macallister", true), ("catherine.bello", false)]
    {
        let mut browser = world.signed_in(who).await;
        let page = browser.get(&path).await;
        assert_eq!(page.link(": show").is_some(), opens, "{who}");
        if let Some(link) = page.link(": show") {
            let records = browser.get(&link).await.words();
            assert!(records.contains(&format!("{} record", cell.open)), "{records}");
        }
        let sends = who == "amara.osei";
        assert_eq!(page.text.contains("Keep this claim"), sends, "{who}");
    }
    let mut lorna = world.signed_in("lorna.macallister").await;
    let unknown = CellPattern {
        within: quarterlight_domain::cell::Within::NoService,
        ..CellPattern::default()
    };
    let page = lorna.get(&format!("/records?cells={unknown}")).await.words();
    assert!(page.contains("Harbour Project") && !page.contains("Leaving Care Team"), "{page}");
}

#[tokio::test]
async fn cells_are_chosen_by_what_they_have_in_common() {
    let world = World::new().await;
    let mut lorna = world.signed_in("lorna.macallister").await;
    let chosen = lorna.get("/coverage/cells?disabled=yes&placement=out_of_area").await;
    assert_eq!(chosen.leads_to(), "/coverage/cells/any.any.any.yes.out_of_area.any");
    let page = lorna.get(&chosen.leads_to()).await.words();
    assert!(page.contains("Disabled, placed out of area: any service"), "{page}");
    assert!(page.contains("Councillor Marchetti asked"), "{page}");
    for none in ["/coverage/cells/x", "/coverage/cells/999.any.any.any.any.any"] {
        assert_eq!(lorna.get(none).await.status, 404, "{none}");
    }
    let file = lorna.get("/coverage/workbook").await;
    assert!(
        file.headers["content-disposition"].to_str().unwrap().contains("coverage-2026-Q4.xlsx")
    );
}

#[tokio::test]
async fn coverage_asks_the_same_number_of_times_whatever_was_claimed() {
    let world = World::new().await;
    let (_, path) = nobodys(&world).await;
    let mut amara = world.signed_in("amara.osei").await;
    let mut statements = async |path: &str| {
        world.statements.store(0, Ordering::SeqCst);
        amara.get(path).await;
        world.statements.load(Ordering::SeqCst)
    };
    // The edition in force is read once and kept, so the first page of all asks for it.
    statements(&path).await;
    let few = (statements("/coverage").await, statements(&path).await);
    assert!(few.0 <= 12 && few.1 <= 16, "{few:?}");
    let claim = quarterlight_domain::claim::NewClaim {
        pattern: CellPattern::default(),
        place: Some(world.cast.places.disability),
        owner: None,
        framework: "Ours".to_owned(),
        plan: "All.".to_owned(),
        from: TODAY,
    };
    let lead = world.cast.person("amara.osei").unwrap().id;
    let stamp =
        quarterlight_domain::stamp::Stamp::person(lead, jiff::Timestamp::UNIX_EPOCH, "test");
    for number in 0..20 {
        world.store.claims.make(&stamp, &claim, &number.to_string()).await.unwrap();
    }
    assert_eq!((statements("/coverage").await, statements(&path).await), few);
}
