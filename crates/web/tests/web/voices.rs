//! Voices and what an audit comes to, in which nobody is named; the worker's reply, and a moderator's decision.

use std::sync::atomic::Ordering;

use axum::http::StatusCode;
use quarterlight_domain::id::{AuditId, PersonId};

use crate::browser::{Browser, World};

/// Priya's audit that is under way, in her hand.
async fn under_way(world: &World) -> (Browser, String) {
    let priya = world.signed_in("priya.anand").await;
    (priya, format!("/audits/{}", world.cast.underway))
}

/// The first part of somebody's address.
fn name(world: &World, id: PersonId) -> String {
    let person = world.cast.people.iter().find(|it| it.id == id).unwrap();
    person.email.split('@').next().unwrap().to_owned()
}

/// A submitted audit whose worker signs in, and whom nobody has heard of it yet.
async fn held(world: &World) -> (AuditId, PersonId) {
    for quarter in world.cast.quarters.iter().rev() {
        let cycle = world.store.cycles.of_quarter(*quarter).await.unwrap().unwrap().cycle.id;
        for pick in world.store.draws.picks(cycle).await.unwrap() {
            let Some(id) = pick.audit.filter(|_| pick.submitted) else { continue };
            let kept = world.store.audits.in_hand(id).await.unwrap().unwrap();
            let said = world.store.replies.of_audit(id).await.unwrap();
            if let Some(holder) = kept.audit.holder.filter(|_| said.is_empty()) {
                return (id, holder);
            }
        }
    }
    unreachable!("the borough has audits that nobody replied to")
}

#[tokio::test]
async fn a_voice_is_noted_and_shown_where_the_audit_is_checked_and_read() {
    let world = World::new().await;
    let (mut priya, audit) = under_way(&world).await;
    let child = format!("{audit}/voices/child");
    assert_eq!(priya.get(&format!("{audit}/voices/uncle")).await.status, StatusCode::NOT_FOUND);
    let nothing = priya.post(&child, &[("how", "At home")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.words().contains("Select whether they were asked"), "{}", nothing.words());
    assert!(nothing.text.contains("At home"), "what was typed is shown again");
    let version = priya.get(&child).await.hidden("version");
    let form = [
        ("asked", "yes"),
        ("on-day", "20"),
        ("on-month", "11"),
        ("on-year", "2026"),
        ("how", "At school, in person."),
        ("said", "That she wants to see her brother."),
        ("changed", "yes"),
        ("change", "Contact is on Sundays now."),
        ("version", &version),
    ];
    assert_eq!(priya.post(&child, &form).await.leads_to(), audit);
    for page in ["submit", "read"] {
        let words = priya.get(&format!("{audit}/{page}")).await.words();
        for said in ["Asked on 20 November 2026: At school", "her brother", "Sundays now"] {
            assert!(words.contains(said), "{page}: {said}: {words}");
        }
    }
    // A second window with the old version does not write over it.
    let late =
        form.map(|(name, value)| if name == "said" { (name, "Late.") } else { (name, value) });
    let late = priya.post(&child, &late).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.words().contains("her brother") && late.text.contains("Late."));
}

#[tokio::test]
async fn nobody_who_works_here_is_named_in_what_an_audit_comes_to() {
    let world = World::new().await;
    let (mut priya, audit) = under_way(&world).await;
    let page = format!("{audit}/summing-up");
    let worker = world.store.workers.all().await.unwrap()[0].name.clone();
    let first = worker.split(' ').next().unwrap();
    let strengths = format!("The plan is clear.\nThat is {first}’s work.");
    let version = priya.get(&page).await.hidden("version");
    let named = |field: &'static str, words: &str| {
        let words = words.to_owned();
        vec![(field, words), ("version", version.clone())]
    };
    for (field, words) in [
        ("strengths", strengths.as_str()),
        ("issues", "Farah Siddiqui says so."),
        ("new_theme", worker.as_str()),
        ("title-1", worker.as_str()),
    ] {
        let form = named(field, words);
        let form: Vec<(&str, &str)> = form.iter().map(|(key, it)| (*key, it.as_str())).collect();
        let refused = priya.post(&page, &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let said = "the name of somebody who works here";
        assert!(refused.text.matches(said).count() >= 2, "{field}: {}", refused.words());
    }
    let refused = priya.post(&page, &[("strengths", &strengths), ("version", &version)]).await;
    let line = "Line 2 has the name of somebody who works here";
    assert!(refused.words().contains(line), "{}", refused.words());
    let form = [
        ("strengths", "The plan is clear, and the worker says why."),
        ("issues", "Supervision is late."),
        ("new_theme", "Plans in pictures"),
        ("title-1", "A course"),
        ("url-1", "http://learn.example.org"),
        ("version", &version),
    ];
    let refused = priya.post(&page, &form).await;
    assert!(refused.words().contains("begins with https://"), "{}", refused.words());
    let form =
        form.map(|it| if it.0 == "url-1" { ("url-1", "https://learn.example.org/a") } else { it });
    assert_eq!(priya.post(&page, &form).await.leads_to(), audit);
    let shown = priya.get(&format!("{audit}/read")).await;
    assert!(
        shown.words().contains("Plans in pictures")
            && shown.words().contains("Supervision is late.")
    );
    assert!(shown.text.contains("https://learn.example.org/a"));
    // The quality lead puts the theme on the list, and others can choose it.
    let mut amara = world.signed_in("amara.osei").await;
    let themes = amara.get("/themes").await.words();
    assert!(themes.contains("Put on the list: Plans in pictures"), "{themes}");
    let id = world.store.themes.all().await.unwrap();
    let id = id.iter().find(|it| it.name == "Plans in pictures").unwrap().id;
    let listed = amara.post(&format!("/themes/{id}"), &[("standing", "listed")]).await;
    assert_eq!(listed.status, StatusCode::SEE_OTHER);
    let other = format!("/audits/{}/summing-up", world.cast.not_started);
    assert!(priya.get(&other).await.words().contains("Plans in pictures"));
    assert_eq!(amara.post(&format!("/themes/{id}"), &[("standing", "proposed")]).await.status, 400);
}

#[tokio::test]
async fn the_worker_replies_and_challenges_and_a_moderator_decides_once() {
    let world = World::new().await;
    let (audit, holder) = held(&world).await;
    let mut worker = world.signed_in(&name(&world, holder)).await;
    let notice = worker.get(&format!("/audits/{audit}/notice")).await;
    assert!(notice.words().contains("a moderator who did not make the audit decides"));
    let read = worker.get(&format!("/audits/{audit}/read")).await;
    let replies = read.link("Reply to this audit").unwrap();
    let page = worker.get(&replies).await;
    let key = page.hidden("form_key");
    let empty = worker.post(&replies, &[("form_key", &key)]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["Select the standard", "Select what you want to say", "Give a reason."] {
        assert!(empty.text.matches(said).count() >= 2, "{said}: {}", empty.words());
    }
    let form = [
        ("standard", "B1"),
        ("meant", "challenge"),
        ("words", "The summary is there, under documents."),
        ("form_key", &key),
    ];
    for _ in 0..2 {
        assert_eq!(worker.post(&replies, &form).await.status, StatusCode::SEE_OTHER);
    }
    let again = form.map(|it| match it.0 {
        "form_key" => ("form_key", "another"),
        "words" => ("words", "It is still there."),
        _ => it,
    });
    let again = worker.post(&replies, &again).await;
    assert!(again.words().contains("You have challenged B1 already"), "{}", again.words());
    let said = world.store.replies.of_audit(audit).await.unwrap();
    assert_eq!(said.len(), 1, "the form came twice");
    let challenge = format!("/challenges/{}", said[0].id);
    assert_eq!(worker.get(&challenge).await.status, StatusCode::NOT_FOUND);
    let mut farah = world.signed_in("farah.siddiqui").await;
    let home = farah.get("/").await.words();
    assert!(home.contains("Decide the challenge of B1"), "{home}");
    let shown = farah.get(&challenge).await.words();
    assert!(shown.contains("I think this is wrong. The summary is there"), "{shown}");
    let blank = farah.post(&challenge, &[("outcome", "upheld"), ("reason", " ")]).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = [("outcome", "upheld"), ("reason", "It is there, and it is dated.")];
    assert_eq!(farah.post(&challenge, &form).await.status, StatusCode::SEE_OTHER);
    let second = farah.post(&challenge, &[("outcome", "not-upheld"), ("reason", "No.")]).await;
    assert_eq!(second.status, StatusCode::CONFLICT, "{}", second.words());
    let words = worker.get(&format!("/audits/{audit}/read")).await.words();
    for both in ["I think this is wrong. The summary", "Upheld. It is there, and it is dated."] {
        assert!(words.contains(both), "{both}: {words}");
    }
    // The worker and the auditor are told, and nobody who had no part in it.
    let told = "Read what was decided of B1";
    assert!(worker.get("/").await.words().contains(told));
    let auditor = world.store.audits.in_hand(audit).await.unwrap().unwrap().audit.auditor;
    let mut auditor = world.signed_in(&name(&world, auditor)).await;
    let home = auditor.get("/").await;
    assert!(home.words().contains(told), "{}", home.words());
    let read = home.link(told).unwrap();
    assert!(auditor.get(&read).await.words().contains("It is there, and it is dated."));
    assert!(!farah.get("/").await.words().contains(told), "she decided it");
    let verdict = world.store.journal.verify(None, &|_| ()).await.unwrap();
    assert!(verdict.is_clean(), "{:?}", verdict.wrong);
}

#[tokio::test]
async fn the_pages_of_an_audit_ask_no_more_for_more_words() {
    let world = World::new().await;
    let (mut priya, audit) = under_way(&world).await;
    let mut counted = Vec::new();
    // The first time, the edition is read; it never changes, and is not read again.
    assert_eq!(priya.get(&audit).await.status, 200);
    // Nothing, then a word, then more: the first word costs its own statements, those after it none.
    let fillings: [&[&str]; 3] = [&[], &["1"], &["1", "2"]];
    for (version, themes) in fillings.into_iter().enumerate() {
        if !themes.is_empty() {
            let version = (version - 1).to_string();
            let mut form = vec![("strengths", "Good."), ("version", version.as_str())];
            form.extend(themes.iter().map(|it| ("themes", *it)));
            assert_eq!(priya.post(&format!("{audit}/summing-up"), &form).await.status, 303);
        }
        let mut pages = Vec::new();
        for page in ["", "/read", "/submit", "/summing-up", "/voices/child"] {
            world.statements.store(0, Ordering::SeqCst);
            assert_eq!(priya.get(&format!("{audit}{page}")).await.status, 200, "{page}");
            pages.push((page, world.statements.load(Ordering::SeqCst)));
        }
        counted.push(pages);
    }
    for (none, some) in counted[0].iter().zip(&counted[1]) {
        assert!((0..=3).contains(&(some.1 - none.1)), "{counted:?}");
    }
    assert_eq!(counted[1], counted[2]);
    assert!(counted[1].iter().all(|(_, statements)| (4..=20).contains(statements)), "{counted:?}");
}
