//! The committee's register, from the minutes to the reply that the committee accepts.

use std::sync::atomic::Ordering;

use axum::http::StatusCode;
use quarterlight_domain::register::{Item, Stage};

use crate::browser::{Browser, World};

const MINUTES: &str = "12.1 Councillor Marchetti asked who visits children placed in Kent.\n\n\
    RESOLVED that:\n(a) the report be noted;\n(b) Members be provided with the figures by team.";

/// Somebody who owes the committee a reply, and the page of the item.
async fn owing(world: &World) -> (Item, Browser) {
    let items = world.store.register.items().await.unwrap();
    let item = items.into_iter().find(|it| it.stage() == Stage::Open).unwrap();
    let owner = world.cast.people.iter().find(|it| it.id == item.owner().0).unwrap();
    let browser = world.signed_in(owner.email.split('@').next().unwrap()).await;
    (item, browser)
}

#[tokio::test]
async fn pasted_minutes_become_items_that_a_person_has_confirmed() {
    let world = World::new().await;
    let mut bernard = world.signed_in("bernard.quill").await;
    let form = [
        ("committee", "  Corporate   Parenting Board "),
        ("held-day", "18"),
        ("held-month", "11"),
        ("held-year", "2026"),
    ];
    let before = world.store.register.items().await.unwrap().len();
    let entered = bernard.post("/register/meetings", &form).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER);
    let meeting = entered.leads_to();
    assert_eq!(bernard.post("/register/meetings", &form).await.leads_to(), meeting, "once");
    let empty = bernard.post(&format!("{meeting}/minutes"), &[("minutes", "None.")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let found = bernard.post(&format!("{meeting}/minutes"), &[("minutes", MINUTES)]).await;
    assert_eq!(found.status, StatusCode::OK);
    for said in ["who visits children placed in Kent", "The report be noted;", "figures by team"] {
        assert!(found.text.contains(said), "{said}: {}", found.words());
    }
    assert_eq!(world.store.register.items().await.unwrap().len(), before, "nothing is kept yet");

    let key = found.hidden("form_key");
    let owner = world.cast.person("catherine.bello").unwrap().id.to_string();
    let mut form = vec![
        ("form_key", key.as_str()),
        ("due-day", "16"),
        ("due-month", "12"),
        ("due-year", "2026"),
        ("take", "1"),
        ("take", "3"),
    ];
    let words = ["Who visits children placed in Kent?", "Not ticked.", "Figures by team."];
    for (kind, words) in ["question", "resolution", "resolution"].into_iter().zip(words) {
        form.extend([("kind", kind), ("words", words), ("asked_by", ""), ("owner", "")]);
    }
    let items = format!("{meeting}/items");
    let nobody = bernard.post(&items, &form).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nobody.words().contains("Item 3: choose who replies"), "{}", nobody.words());
    assert!(nobody.text.contains("Not ticked."), "what was typed is still there");
    for field in &mut form {
        if field.0 == "owner" {
            field.1 = &owner;
        }
    }
    for _ in 0..2 {
        assert_eq!(bernard.post(&items, &form).await.status, StatusCode::SEE_OTHER);
    }
    let kept = world.store.register.items().await.unwrap();
    assert_eq!(kept.len(), before + 2, "the form came twice");
    let page = bernard.get(&meeting).await.words();
    assert!(page.contains("Figures by team.") && !page.contains("Not ticked."), "{page}");
}

#[tokio::test]
async fn a_reply_is_owed_until_the_committee_has_accepted_it() {
    let world = World::new().await;
    let (item, mut owner) = owing(&world).await;
    let path = format!("/register/{}", item.id);
    let home = owner.get("/").await.words();
    assert!(home.contains(&format!("Reply to the committee · {}", item.reference())), "{home}");
    let page = owner.get(&path).await;
    let after = page.hidden("after");
    let blank = owner.post(&format!("{path}/reply"), &[("after", &after), ("reply", " ")]).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = [("after", after.as_str()), ("reply", "Every service will by next March.")];
    let mut bernard = world.signed_in("bernard.quill").await;
    let other = bernard.post(&format!("{path}/reply"), &form).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND, "only whoever owes it replies");
    assert_eq!(owner.post(&format!("{path}/reply"), &form).await.status, StatusCode::SEE_OTHER);
    let again = owner.post(&format!("{path}/reply"), &form).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.words());
    assert!(again.words().contains("A step was taken since"), "{}", again.words());

    let held = [
        ("committee", "Corporate Parenting Board"),
        ("held-day", "23"),
        ("held-month", "11"),
        ("held-year", "2026"),
    ];
    let meeting = bernard.post("/register/meetings", &held).await.leads_to();
    let meeting = meeting.rsplit('/').next().unwrap();
    let after = bernard.get(&path).await.hidden("after");
    let stale = [("after", "0"), ("meeting", meeting), ("accepts", "yes"), ("said", "Noted.")];
    let stale = bernard.post(&format!("{path}/committee"), &stale).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.words());
    let said =
        [("after", after.as_str()), ("meeting", meeting), ("accepts", "yes"), ("said", "Noted.")];
    let done = bernard.post(&format!("{path}/committee"), &said).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let mut sylvia = world.signed_in("sylvia.marchetti").await;
    let read = sylvia.get(&path).await.words();
    for said in ["Accepted by the committee", "Every service will by next March.", "Noted."] {
        assert!(read.contains(said), "{said}: {read}");
    }
    assert!(!owner.get("/").await.words().contains(&item.reference()), "nothing is owed");
    let verdict = world.store.journal.verify(None, &|_| ()).await.unwrap();
    assert!(verdict.is_clean(), "{:?}", verdict.wrong);
}

#[tokio::test]
async fn the_register_is_not_for_everybody_and_asks_no_more_for_more_items() {
    let world = World::new().await;
    let (item, _) = owing(&world).await;
    for name in ["tomasz.wilk", "raj.bedi", "priya.anand"] {
        let mut browser = world.signed_in(name).await;
        for path in ["/register".to_owned(), format!("/register/{}", item.id)] {
            assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND, "{name} {path}");
        }
    }
    let mut sylvia = world.signed_in("sylvia.marchetti").await;
    let page = sylvia.get("/register").await;
    assert!(!page.words().contains("Enter a meeting"), "a member enters nothing");
    world.statements.store(0, Ordering::SeqCst);
    sylvia.get("/register").await;
    let statements = world.statements.load(Ordering::SeqCst);
    assert!((3..=5).contains(&statements), "{statements} statements");
}
