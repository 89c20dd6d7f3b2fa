//! A framework goes from a draft to an edition on its pages; what may not happen says why.

use axum::http::StatusCode;

use crate::browser::{Answer, Browser, World};

/// A draft copied from the edition in force, by the quality lead.
pub async fn started(lead: &mut Browser) -> String {
    let page = lead.get("/frameworks/start").await;
    assert_eq!(page.status, StatusCode::OK);
    let edition = page.text.split("name=\"from\" type=\"radio\" value=\"").nth(1).unwrap();
    let edition = edition.split('"').next().unwrap().to_owned();
    let started = lead.post("/frameworks/start", &[("from", &edition), ("name", "")]).await;
    assert_eq!(started.status, StatusCode::SEE_OTHER, "{}", started.words());
    started.leads_to()
}

fn standard<'a>(wording: &'a str, version: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("wording", wording),
        ("met", "Updated within two months."),
        ("kind", "quality"),
        ("applies", "CIN"),
        ("applies", "CP"),
        ("is", "critical"),
        ("is", "core"),
        ("source", "The committee of March"),
        ("version", version),
    ]
}

/// Asks the director and Audit Services by name, over the check page.
pub async fn ask(world: &World, lead: &mut Browser, draft: &str) -> Answer {
    let path = format!("{draft}/ask");
    let page = lead.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.words());
    let id = |who: &str| world.cast.person(who).unwrap().id.to_string();
    let (director, inspector) = (id("catherine.bello"), id("lorna.macallister"));
    let version = page.hidden("version");
    let form = |step| {
        [
            ("people", director.as_str()),
            ("people", inspector.as_str()),
            ("closes-day", "7"),
            ("closes-month", "12"),
            ("closes-year", "2026"),
            ("note", "Please read B1."),
            ("at_once", "no"),
            ("version", version.as_str()),
            ("step", step),
        ]
    };
    let check = lead.post(&path, &form("check")).await;
    assert!(check.words().contains("Ask 2 people"), "{}", check.words());
    assert!(check.words().contains("7 December 2026"), "{}", check.words());
    lead.post(&path, &form("send")).await
}

async fn agree(senior: &mut Browser, draft: &str) -> Answer {
    let version = senior.get(&format!("{draft}/agree")).await.hidden("version");
    // Where something stands in the way there is no form, and so no version.
    let version = if version.is_empty() { "0".to_owned() } else { version };
    let form =
        [("from-day", "1"), ("from-month", "1"), ("from-year", "2027"), ("version", &version)];
    senior.post(&format!("{draft}/agree"), &form).await
}

#[tokio::test]
async fn a_draft_is_written_asked_about_answered_and_agreed() {
    let world = World::new().await;
    let mut lead = world.signed_in("amara.osei").await;
    let draft = started(&mut lead).await;
    let b1 = format!("{draft}/standards/B1");
    let kept = lead.post(&b1, &standard("A summary that a stranger can act on", "1")).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.words());
    let last = format!("{draft}/standards/L2");
    let dropped = lead.post(&last, &[("version", "1"), ("then", "drop")]).await;
    assert_eq!(dropped.status, StatusCode::SEE_OTHER);
    let changes = lead.get(&format!("{draft}/changes")).await.words();
    assert!(changes.contains("It is now critical.") && changes.contains("Dropped"), "{changes}");

    let asked = ask(&world, &mut lead, &draft).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.words());
    assert!(lead.get(&draft).await.words().contains("Out for comment until 7 December 2026"));
    let written = lead.post(&b1, &standard("Written meanwhile", "2")).await;
    assert_eq!(written.status, StatusCode::CONFLICT);
    assert!(written.words().contains("its words stand still"), "{}", written.words());

    let mut inspector = world.signed_in("lorna.macallister").await;
    assert!(inspector.get("/").await.words().contains("Comment on the draft of"));
    let comment = format!("{draft}/comment");
    let said = [("standard-B1", "By when?"), ("version-standard-B1", "0"), ("answer", "send")];
    let sent = inspector.post(&comment, &said).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.words());
    let mut director = world.signed_in("catherine.bello").await;
    let early = director.get(&format!("{draft}/agree")).await.words();
    for sentence in ["no reply yet from Catherine Bello", "1 of 1 comments has not been answered"] {
        assert!(early.contains(sentence), "{sentence}: {early}");
    }
    assert!(early.contains("The mapping from"), "{early}");
    assert!(!director.get(&comment).await.words().contains("By when?"), "seen after closing only");
    let refused = agree(&mut director, &draft).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let none = director.post(&comment, &[("answer", "none")]).await;
    assert_eq!(none.status, StatusCode::SEE_OTHER);

    let answers = lead.get(&format!("{draft}/answers")).await;
    assert!(answers.words().contains("1 of 1 unanswered."), "{}", answers.words());
    let reply = answers.text.split("/answers/").nth(1).unwrap().split('"').next().unwrap();
    let reply = format!("{draft}/answers/{reply}");
    let no_reason = [("outcome", "not-accepted"), ("reason", " "), ("version", "1")];
    let no_reason = lead.post(&reply, &no_reason).await;
    assert_eq!(no_reason.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no_reason.words().contains("Give the reason"), "{}", no_reason.words());
    let answer = [("outcome", "not-accepted"), ("reason", "The plan says it."), ("version", "1")];
    assert_eq!(lead.post(&reply, &answer).await.status, StatusCode::SEE_OTHER);

    confirm_mapping(&mut lead, &draft).await;
    let agreed = agree(&mut director, &draft).await;
    assert_eq!(agreed.status, StatusCode::SEE_OTHER, "{}", agreed.words());
    let edition = director.get(&agreed.leads_to()).await;
    let words = edition.words();
    for sentence in [
        "Agreed, in force from 1 January 2027",
        "Agreed by Catherine Bello",
        "Had no comments",
        "Gave 1 comment",
        "Dropped: 1",
        "From The committee of March",
    ] {
        assert!(words.contains(sentence), "{sentence}: {words}");
    }
    let twice = agree(&mut director, &draft).await;
    assert_eq!(twice.leads_to(), agreed.leads_to(), "the same form twice agrees once");
    let all = director.get("/frameworks").await.words();
    assert!(all.contains("Edition 2") && all.contains("In force"), "{all}");
}

/// Takes what the page proposes, as it stands.
async fn confirm_mapping(lead: &mut Browser, draft: &str) {
    let path = format!("{draft}/mapping");
    let page = lead.get(&path).await;
    assert!(page.words().contains("Nobody has confirmed it yet"), "{}", page.words());
    let version = page.hidden("version");
    let html = scraper::Html::parse_document(&page.text);
    let inputs = scraper::Selector::parse("input[name^=next-]").unwrap();
    let mut form: Vec<(String, String)> = html
        .select(&inputs)
        .map(|input| {
            let value = |name| input.value().attr(name).unwrap_or_default().to_owned();
            (value("name"), value("value"))
        })
        .collect();
    assert!(form.len() > 30, "{}", form.len());
    form.push(("version".to_owned(), version));
    let mut wrong = form.clone();
    "Z99".clone_into(&mut wrong[0].1);
    let as_str = |form: &[(String, String)]| {
        form.iter().map(|(name, value)| (name.clone(), value.clone())).collect::<Vec<_>>()
    };
    let post = |form: Vec<(String, String)>| {
        let (path, mut lead) = (path.clone(), lead.clone());
        async move {
            let form: Vec<(&str, &str)> =
                form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            lead.post(&path, &form).await
        }
    };
    let refused = post(as_str(&wrong)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.words().contains("The draft has no standard Z99"), "{}", refused.words());
    assert_eq!(post(as_str(&form)).await.status, StatusCode::SEE_OTHER);
    assert!(lead.get(&path).await.words().contains("A person has confirmed this mapping"));
}

#[tokio::test]
async fn a_standard_that_somebody_else_saved_is_shown_beside_what_was_typed() {
    let world = World::new().await;
    let mut lead = world.signed_in("amara.osei").await;
    let draft = started(&mut lead).await;
    let b1 = format!("{draft}/standards/B1");
    assert_eq!(lead.post(&b1, &standard("Written first", "1")).await.status, 303);
    let late = lead.post(&b1, &standard("Written late", "1")).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.words().contains("Written first"), "{}", late.words());
    assert!(late.text.contains("value=\"Written late\""));
    assert!(lead.get(&b1).await.text.contains("value=\"Written first\""));
    let version = late.hidden("version");
    assert_eq!(lead.post(&b1, &standard("Written late", &version)).await.status, 303);
    assert!(lead.get(&b1).await.text.contains("value=\"Written late\""));
}

#[tokio::test]
async fn a_standard_is_added_once_and_an_incomplete_one_is_shown_again() {
    let world = World::new().await;
    let mut lead = world.signed_in("amara.osei").await;
    let draft = started(&mut lead).await;
    let add = format!("{draft}/add");
    let empty = lead.post(&add, &[("code", "M1"), ("title", "The paper")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    for sentence in ["Enter the words", "Select compliance", "Select whose records"] {
        assert!(empty.words().contains(sentence), "{sentence}: {}", empty.words());
    }
    let mut form = standard("The paper is in one place", "0");
    form.extend([("code", "M1"), ("title", "The paper")]);
    assert_eq!(lead.post(&add, &form).await.status, StatusCode::SEE_OTHER);
    let twice = lead.post(&add, &form).await;
    assert!(twice.words().contains("This draft has a standard M1"), "{}", twice.words());
    assert!(lead.get(&draft).await.words().contains("M. The paper"));
}

#[tokio::test]
async fn the_author_does_not_agree_and_a_stranger_does_not_comment() {
    let world = World::new().await;
    let mut lead = world.signed_in("amara.osei").await;
    let draft = started(&mut lead).await;
    ask(&world, &mut lead, &draft).await;
    assert_eq!(lead.get(&format!("{draft}/agree")).await.status, StatusCode::NOT_FOUND);
    let mut other = world.signed_in("peter.vance").await;
    assert_eq!(other.get(&draft).await.status, StatusCode::OK, "a senior manager reads it");
    let comment = format!("{draft}/comment");
    assert_eq!(other.get(&comment).await.status, StatusCode::NOT_FOUND, "and was not asked");
    let mut worker = world.signed_in("tomasz.wilk").await;
    assert_eq!(worker.get(&draft).await.status, StatusCode::NOT_FOUND);
    assert!(!worker.get("/frameworks").await.words().contains("Draft"));
    let back = lead.post(&format!("{draft}/end"), &[]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    assert!(lead.get(&draft).await.words().contains("Draft 2"));
}

#[tokio::test]
async fn pages_of_a_draft_ask_a_constant_number_of_times() {
    use std::sync::atomic::Ordering;

    let world = World::new().await;
    let mut lead = world.signed_in("amara.osei").await;
    let small = lead.post("/frameworks/start", &[("from", "nothing"), ("name", "Ours")]).await;
    let small = small.leads_to();
    let mut form = standard("The paper is in one place", "0");
    form.extend([("code", "M1"), ("title", "The paper")]);
    assert_eq!(lead.post(&format!("{small}/add"), &form).await.status, StatusCode::SEE_OTHER);
    let large = started(&mut lead).await;
    let mut counts = Vec::new();
    for draft in [small, large] {
        lead.get(&draft).await;
        world.statements.store(0, Ordering::SeqCst);
        assert_eq!(lead.get(&draft).await.status, StatusCode::OK);
        counts.push(world.statements.load(Ordering::SeqCst));
    }
    assert_eq!(counts[0], counts[1], "1 standard and 42");
    assert!((9..=12).contains(&counts[0]), "{counts:?}");
}
