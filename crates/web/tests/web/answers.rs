//! An answer is saved; a form that comes twice, late, from the wrong person or too late gets its sentence.

use axum::http::StatusCode;

use crate::browser::{Answer, Browser, World};

/// The link to the first standard of the audit that somebody is making.
async fn under_way(browser: &mut Browser) -> (String, Answer) {
    let home = browser.get("/").await;
    let audit = home.link("left ·").unwrap();
    let check = browser.get(&format!("{audit}/submit")).await;
    let standard = check.link("Change").unwrap();
    let page = browser.get(&standard).await;
    (standard, page)
}

fn form<'a>(page: &Answer, seen: &'a str) -> Vec<(&'static str, String)> {
    let seen: &'a str = seen;
    vec![
        ("judgement", "not-met".to_owned()),
        ("seen", seen.to_owned()),
        ("found", "Case notes".to_owned()),
        ("version", page.hidden("version")),
        ("form_key", page.hidden("form_key")),
    ]
}

async fn post(browser: &mut Browser, path: &str, form: &[(&'static str, String)]) -> Answer {
    let form: Vec<(&str, &str)> =
        form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(path, &form).await
}

#[tokio::test]
async fn an_auditor_records_not_met_and_goes_on() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let (standard, page) = under_way(&mut priya).await;
    let answer = post(&mut priya, &standard, &form(&page, "No summary since May.")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.leads_to().contains("/standards/"), "{}", answer.leads_to());
    assert!(priya.get(&standard).await.text.contains("No summary since May."));
}

#[tokio::test]
async fn a_form_posted_twice_is_saved_once() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let (standard, page) = under_way(&mut priya).await;
    let mut form = form(&page, "No summary since May.");
    let due = crate::browser::TODAY.saturating_add(jiff::Span::new().days(9));
    form.extend([
        ("put_right", "Write the summary.".to_owned()),
        ("owner", priya_can_choose(&page)),
        ("due-day", due.day().to_string()),
        ("due-month", due.month().to_string()),
        ("due-year", due.year().to_string()),
    ]);
    for _ in 0..2 {
        assert_eq!(post(&mut priya, &standard, &form).await.status, StatusCode::SEE_OTHER);
    }
    let page = priya.get(&standard).await;
    assert_eq!(page.text.matches("Raised already: Write the summary.").count(), 1);
}

/// The first person whom the page offers as an owner.
fn priya_can_choose(page: &Answer) -> String {
    let options = page.text.split("<option value=\"").skip(1);
    let mut values = options.map(|rest| rest.split('"').next().unwrap());
    values.find(|value| !value.is_empty()).unwrap().to_owned()
}

#[tokio::test]
async fn a_form_posted_late_is_shown_beside_what_was_saved_meanwhile() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let (standard, page) = under_way(&mut priya).await;
    let first = post(&mut priya, &standard, &form(&page, "Written first.")).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    let late = post(&mut priya, &standard, &form(&page, "Written late.")).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    let words = late.words();
    assert!(words.contains("Another answer was saved meanwhile"), "{words}");
    assert!(words.contains("Written first.") && words.contains("Written late."), "{words}");
    assert!(priya.get(&standard).await.text.contains("Written first."));
}

#[tokio::test]
async fn a_stranger_to_the_audit_sees_that_there_is_no_such_page() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let (standard, page) = under_way(&mut priya).await;
    for who in &world.cast.people {
        let name = who.email.split('@').next().unwrap();
        // It is hers; and before the newest has accepted the first page, no page is there for her.
        if ["priya.anand", "nuala.brennan"].contains(&name) {
            continue;
        }
        let mut other = world.signed_in(name).await;
        let answer = post(&mut other, &standard, &form(&page, "Written by another.")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}");
        let nothing = post(&mut other, "/audits/999999/standards/B1", &form(&page, "x")).await;
        let strip = |text: &str| text.replace(|c: char| c.is_ascii_hexdigit(), "");
        assert_eq!(
            strip(&answer.text),
            strip(&nothing.text),
            "missing and forbidden look the same"
        );
    }
    assert!(!priya.get(&standard).await.text.contains("Written by another."));
}

#[tokio::test]
async fn an_audit_that_was_submitted_takes_no_answer() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let home = priya.get("/").await;
    let read = home.link("Read the audit of").unwrap();
    let (other, page) = under_way(&mut priya).await;
    let code = other.rsplit('/').next().unwrap();
    let standard = format!("{}/standards/{code}", read.trim_end_matches("/read"));
    let answer = post(&mut priya, &standard, &form(&page, "Changed my mind.")).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.words());
    assert!(answer.words().contains("can no longer be changed"), "{}", answer.words());
    assert!(!priya.get(&read).await.text.contains("Changed my mind."));
}

#[tokio::test]
async fn an_incomplete_form_is_shown_again_with_what_was_typed() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let (standard, page) = under_way(&mut priya).await;
    let mut form = form(&page, "Half a thought.");
    form[0].1.clear();
    form.push(("put_right", "Finish it.".to_owned()));
    form.push(("due-day", "31".to_owned()));
    form.push(("due-month", "2".to_owned()));
    let answer = post(&mut priya, &standard, &form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let words = answer.words();
    for sentence in ["Select what you found", "Select who is to put it right", "Enter a real date"]
    {
        assert!(words.contains(sentence), "{sentence}: {words}");
    }
    assert!(answer.text.contains("Half a thought.") && answer.text.contains("Finish it."));
    assert!(answer.text.contains("<title>Error: "));
}

#[tokio::test]
async fn what_is_no_form_is_refused_in_words() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let (standard, _) = under_way(&mut priya).await;
    let answer = priya.post(&standard, &[("version", "not a number")]).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.words().contains("Nothing was changed"), "{}", answer.words());
    let long = "a".repeat(300 * 1024);
    let answer = priya.post(&standard, &[("seen", &long)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_form_sent_after_the_session_ended_can_be_sent_again() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let (standard, page) = under_way(&mut priya).await;
    priya.forget();
    let asked = post(&mut priya, &standard, &form(&page, "Written at midnight.")).await;
    assert_eq!(asked.status, StatusCode::UNAUTHORIZED);
    let kept = asked.hidden("kept");
    assert!(kept.contains("midnight"), "{kept}");
    let back = asked.hidden("back");
    let answer = priya
        .post(
            "/sign-in",
            &[
                ("email", "priya.anand@larkmoor.example"),
                ("password", "borough of larkmoor"),
                ("back", &back),
                ("kept", &kept),
            ],
        )
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.hidden("seen"), "Written at midnight.");
}
