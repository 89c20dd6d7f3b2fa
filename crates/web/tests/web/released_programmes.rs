//! The programme of a year from its build to everybody's reading it, and its correction.

use axum::http::StatusCode;

use crate::browser::World;
use crate::releases::{accept_all, given};

const BUILD: &str = "/reports/programmes/2026/build";

/// The files that a report is offered as.
const KINDS: [&str; 4] = ["pdf", "docx", "xlsx", "csv"];

#[tokio::test]
async fn a_programme_goes_from_its_build_to_everybody() {
    let world = World::new().await;
    let mut sylvia = world.signed_in("sylvia.marchetti").await;
    for path in ["/programme/2026", "/reports/programmes/2026", "/programme/2026/plan"] {
        assert_eq!(sylvia.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let words = sylvia.get("/reports").await.words();
    assert!(words.contains("No programme of audits has been released yet."), "{words}");
    // The clerk reads the draft, and has nothing to release in one step any more.
    let mut bernard = world.signed_in("bernard.quill").await;
    let draft = bernard.get("/reports/programmes/2026").await;
    assert!(!draft.text.contains("<form method=\"post\" action=\"/reports"), "{}", draft.words());
    assert_eq!(bernard.post(BUILD, &[]).await.status, StatusCode::NOT_FOUND);
    let once = bernard.post("/reports/programmes/2026/release", &[]).await;
    assert_eq!(once.status, StatusCode::NOT_FOUND);

    let mut amara = world.signed_in("amara.osei").await;
    let draft = amara.get("/reports/programmes/2026").await.words();
    assert!(draft.contains("Build this report for members"), "{draft}");
    let report = amara.post(BUILD, &[]).await.leads_to();
    let early = bernard.post(&format!("{report}/release"), &[]).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "nobody has approved it");
    let mut stranger = world.browser();
    let list = stranger.get("/published").await;
    assert!(list.words().contains("No report has been released yet."), "{}", list.words());

    let private = given(&world, &report).await;
    let id = private.rsplit('/').next().unwrap().to_owned();
    let list = stranger.get("/published").await;
    let link = list.link("Programme of audits of children").unwrap();
    assert_eq!(link, format!("/published/{id}"));
    let public = stranger.get(&link).await;
    assert_eq!(public.headers["cache-control"], "public, max-age=300");
    assert!(public.headers.get("set-cookie").is_none(), "nobody is remembered");
    for said in [
        "What nobody audits",
        "By whose framework",
        "What was planned against what was done",
        "Disclosure certificate",
        "Explain this figure: Table 1",
        "It never changes.",
    ] {
        assert!(public.words().contains(said), "{said}: {}", public.words());
    }
    assert!(!public.words().contains("Compare with the quarter before"));
    for kind in KINDS {
        let file = stranger.get(&format!("{link}/file/{kind}")).await;
        assert_eq!(file.status, StatusCode::OK, "{kind}");
        let name = file.headers["content-disposition"].to_str().unwrap();
        assert!(name.contains(&format!("programme-of-audits-2026-part-1.{kind}")), "{name}");
    }
    let mut nobody = world.not_public();
    for path in [link.clone(), format!("{link}/file/pdf")] {
        assert_eq!(nobody.get(&path).await.status, StatusCode::NOT_FOUND, "{path} is switched off");
    }
    assert_eq!(stranger.get(&private).await.status, StatusCode::UNAUTHORIZED);

    // A member reads Part II under their name, and that is noted.
    let listed = sylvia.get("/reports").await.link("Programme of audits of children").unwrap();
    assert_eq!(listed, private);
    let words = sylvia.get(&private).await.words();
    for said in [
        "Disabled children placed out of area",
        "Read by Sylvia Marchetti on",
        "paragraph 2 of Local Government Act 1972, Schedule 12A",
        "This is Part II.",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    for kind in KINDS {
        let file = sylvia.get(&format!("{private}/file/{kind}")).await;
        assert_eq!(file.status, StatusCode::OK, "{kind}");
    }
    let looks = world.store.releases.looks(id.parse().unwrap()).await.unwrap();
    assert_eq!(looks.len(), 5, "the page and each file");
    assert!(looks.iter().all(|look| look.name == "Sylvia Marchetti"));
}

#[tokio::test]
async fn whoever_built_or_wrote_a_programme_does_not_approve_it() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let report = amara.post(BUILD, &[]).await.leads_to();
    let mut catherine = world.signed_in("catherine.bello").await;
    let after = amara.get(&format!("{report}/sentences/1")).await.hidden("after");
    let early = catherine.post(&format!("{report}/approve"), &[("after", &after)]).await;
    assert!(
        early.words().contains("sentences are not accepted or edited yet"),
        "{}",
        early.words()
    );
    // An edit of the public part brings no number in.
    let form = [
        ("after", after.as_str()),
        ("place", "1-paragraph-1-1"),
        ("words-1-paragraph-1-1", "Three children were seen."),
    ];
    let bad = amara.post(&format!("{report}/sentences/1"), &form).await;
    assert!(bad.words().contains("“three” is a number that it did not have"), "{}", bad.words());
    accept_all(&mut amara, &report, 1).await;
    accept_all(&mut amara, &report, 2).await;
    for (mut who, what) in [(world.signed_in("bernard.quill").await, "approve"), (amara, "approve")]
    {
        let page = who.post(&format!("{report}/{what}"), &[]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_corrected_programme_says_what_changed_and_the_first_stays() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let report = amara.post(BUILD, &[]).await.leads_to();
    let first = given(&world, &report).await.replace("/reports/", "/published/");
    let mut stranger = world.browser();
    let before = stranger.get(&first).await.text;
    let silent = amara.post(BUILD, &[]).await;
    assert!(silent.words().contains("A programme of this year is released"), "{}", silent.words());
    assert!(silent.words().contains("Say what changed"), "{}", silent.words());
    let form = [("changed", "The first sentence was not plain.")];
    let report = amara.post(BUILD, &form).await.leads_to();
    let after = amara.get(&format!("{report}/sentences/1")).await.hidden("after");
    let form = [
        ("after", after.as_str()),
        ("place", "1-paragraph-1-1"),
        ("words-1-paragraph-1-1", "This is the plan of the year for everybody."),
    ];
    amara.post(&format!("{report}/sentences/1"), &form).await;
    let second = given(&world, &report).await.replace("/reports/", "/published/");
    let now = stranger.get(&second).await.words();
    for said in [
        "This report is a correction.",
        "The first sentence was not plain.",
        "Paragraph 1.1",
        "This is the plan of the year for everybody.",
    ] {
        assert!(now.contains(said), "{said}: {now}");
    }
    let was = stranger.get(&first).await;
    assert!(was.words().contains("This report was corrected. Read the correction."));
    let without = |page: &str| page.split("id=\"section-1\"").nth(1).unwrap().to_owned();
    assert_eq!(without(&was.text), without(&before), "what was released never changes");
    // The year after is another programme, which corrects nothing.
    let other = amara.post("/reports/programmes/2027/build", &[]).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER, "{}", other.words());
}
