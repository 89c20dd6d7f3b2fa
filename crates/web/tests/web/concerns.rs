//! A child who may be unsafe: raised in an audit, shown to those who must see it, and acknowledged.

use axum::http::StatusCode;
use quarterlight_domain::id::AuditId;

use crate::browser::{Answer, Browser, World};

const SAID: &str = "A child may be unsafe now";

/// What is typed by somebody who reached nobody.
const NOBODY: [(&str, &str); 3] =
    [("seen", "Not seen for nine weeks."), ("reached", "no"), ("form_key", "one")];

/// Raises a concern in an audit, and gives the page that says so.
async fn raise(browser: &mut Browser, audit: AuditId, form: &[(&str, &str)]) -> Answer {
    let raised = browser.post(&format!("/audits/{audit}/concern"), form).await;
    assert_eq!(raised.status, StatusCode::SEE_OTHER, "{}", raised.words());
    browser.get(&raised.leads_to()).await
}

/// Whoever is told of the concern at once as the manager of its service.
async fn manager(world: &World) -> Browser {
    let told = world.store.concerns.waiting().await.unwrap().remove(0).concern.id;
    let told = world.store.concerns.told(told).await.unwrap();
    let is_manager = |id| told.iter().any(|it| it.notice.person == id);
    let names = ["helen.oyelaran", "david.lindqvist", "margaret.thorne"];
    let name = names.iter().find(|name| is_manager(world.cast.person(name).unwrap().id)).unwrap();
    world.signed_in(name).await
}

#[tokio::test]
async fn a_concern_is_shown_until_it_is_acknowledged_and_then_closed_by_somebody_else() {
    let world = World::new().await;
    let audit = world.cast.underway;
    let mut priya = world.signed_in("priya.anand").await;
    assert_eq!(priya.get("/").await.link("left ·").unwrap(), format!("/audits/{audit}"));
    let standard = priya.get(&format!("/audits/{audit}/submit")).await.link("Change").unwrap();
    let link = priya.get(&standard).await.link("This child may be unsafe now").unwrap();
    assert_eq!(link, format!("/audits/{audit}/concern"));

    let page = raise(&mut priya, audit, &NOBODY).await;
    assert!(page.words().contains("Not acknowledged yet"), "{}", page.words());
    assert!(page.words().contains("Nobody was reached"), "{}", page.words());
    // The same form again raises nothing new.
    priya.post(&format!("/audits/{audit}/concern"), &NOBODY).await;
    assert_eq!(
        world.store.concerns.all().await.unwrap().iter().filter(|it| it.concern.waits()).count(),
        1
    );

    let id = world.store.concerns.waiting().await.unwrap()[0].concern.id;
    let concern = format!("/concerns/{id}");
    let mut helen = manager(&world).await;
    let mut catherine = world.signed_in("catherine.bello").await;
    let mut amara = world.signed_in("amara.osei").await;
    for browser in [&mut helen, &mut catherine, &mut amara] {
        assert!(browser.get("/").await.words().contains(SAID));
    }
    for name in ["priya.anand", "tomasz.wilk", "bernard.quill", "lorna.macallister"] {
        let mut other = world.signed_in(name).await;
        assert!(!other.get("/").await.words().contains(SAID), "{name}");
    }
    let tasks = helen.get("/").await.words();
    assert!(tasks.contains("Acknowledge: a child may be unsafe"), "{tasks}");

    let blank = helen.post(&format!("{concern}/acknowledge"), &[("doing", " ")]).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = helen.post(&format!("{concern}/acknowledge"), &[("doing", "A visit today.")]).await;
    assert_eq!(done.leads_to(), concern);
    for browser in [&mut helen, &mut catherine, &mut amara] {
        assert!(!browser.get("/").await.words().contains(SAID));
    }
    // Too late, and said by whom.
    let late = catherine.post(&format!("{concern}/acknowledge"), &[("doing", "Me too.")]).await;
    assert_eq!(late.leads_to(), concern);
    let shown = priya.get(&concern).await.words();
    assert!(shown.contains("Acknowledged by") && shown.contains("A visit today."), "{shown}");

    let same = helen.post(&format!("{concern}/close"), &[("outcome", "Seen and safe.")]).await;
    assert_eq!(same.status, StatusCode::CONFLICT);
    let closed =
        catherine.post(&format!("{concern}/close"), &[("outcome", "Seen and safe.")]).await;
    assert_eq!(closed.leads_to(), concern);
    let list = amara.get("/concerns").await.words();
    assert!(list.contains("Closed by Catherine Bello"), "{list}");
}

#[tokio::test]
async fn a_concern_leaves_one_grade_unless_it_is_withdrawn() {
    let world = World::new().await;
    let audit = world.cast.underway;
    let mut priya = world.signed_in("priya.anand").await;
    raise(&mut priya, audit, &NOBODY).await;
    let limit = "the grade is Inadequate";
    let submit = format!("/audits/{audit}/submit");
    let page = priya.get(&submit).await;
    assert!(page.words().contains(limit), "{}", page.words());
    let id = world.store.concerns.waiting().await.unwrap()[0].concern.id;
    let why = [("why", "It was another record.")];
    let gone = priya.post(&format!("/concerns/{id}/withdraw"), &why).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert!(!priya.get(&submit).await.words().contains(limit));
    let kept = priya.get(&format!("/concerns/{id}")).await.words();
    assert!(kept.contains("It was another record."), "{kept}");
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost() {
    let world = World::new().await;
    let page = format!("/audits/{}/concern", world.cast.underway);
    let mut priya = world.signed_in("priya.anand").await;
    let nothing = priya.post(&page, &[]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["Say what you saw", "Select yes, or that nobody is reached yet"] {
        assert!(nothing.words().contains(said), "{}", nothing.words());
    }
    let mut form = vec![
        ("seen", "Alone at night."),
        ("reached", "yes"),
        ("to", "The duty manager"),
        ("on-day", "23"),
        ("on-month", "11"),
        ("on-year", "2026"),
        ("time", "23:58"),
    ];
    let future = priya.post(&page, &form).await;
    assert!(future.words().contains("not in the future"), "{}", future.words());
    assert!(future.text.contains("Alone at night.") && future.text.contains("23:58"));
    form[5] = ("on-year", "2025");
    let before = priya.post(&page, &form).await;
    assert!(before.words().contains("before this audit"), "{}", before.words());
    form.push(("why_before", "I knew of it then."));
    assert_eq!(priya.post(&page, &form).await.status, StatusCode::SEE_OTHER);
}
