//! A report from its build to everybody's reading it: each step by whoever takes it, and by nobody else.

use axum::http::StatusCode;
use quarterlight_domain::calendar::Quarter;

use crate::browser::{Browser, World};

/// Builds the report of a quarter, and gives its page.
pub async fn built(world: &World, quarter: Quarter) -> String {
    let mut amara = world.signed_in("amara.osei").await;
    let built = amara.post(&format!("/reports/quarters/{quarter}/build"), &[]).await;
    assert_eq!(built.status, StatusCode::SEE_OTHER, "{}", built.words());
    built.leads_to()
}

pub async fn accept_all(amara: &mut Browser, report: &str, part: u8) {
    for _ in 0..40 {
        let page = amara.get(&format!("{report}/sentences/{part}")).await;
        let Some(form) = page.text.split("Accept all of this section").next() else { return };
        if !page.text.contains("Accept all of this section") {
            return;
        }
        let form = form.rsplit("<form").next().unwrap();
        let places: Vec<&str> = form
            .split("name=\"place\" value=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        let after = page.hidden("after");
        let mut fields = vec![("after", after.as_str())];
        fields.extend(places.iter().map(|place| ("place", *place)));
        let accepted = amara.post(&format!("{report}/accept/{part}"), &fields).await;
        assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.words());
    }
    panic!("there is no end to the sections");
}

async fn step(browser: &mut Browser, report: &str, what: &str, form: &[(&str, &str)]) -> String {
    let after = browser.get(report).await.text;
    let after = after.split("name=\"after\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let mut fields = vec![("after", after)];
    fields.extend(form);
    let answer = browser.post(&format!("{report}/{what}"), &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{what}: {}", answer.words());
    answer.leads_to()
}

/// Takes a built report to members, and gives the page of the released one.
pub async fn given(world: &World, report: &str) -> String {
    let mut amara = world.signed_in("amara.osei").await;
    accept_all(&mut amara, report, 1).await;
    accept_all(&mut amara, report, 2).await;
    step(&mut amara, report, "clear", &[("found", "Nothing.")]).await;
    let ground = [("ground", "12a-2"), ("interest", "Children could be known.")];
    step(&mut amara, report, "ground", &ground).await;
    let mut catherine = world.signed_in("catherine.bello").await;
    step(&mut catherine, report, "approve", &[]).await;
    let mut bernard = world.signed_in("bernard.quill").await;
    step(&mut bernard, report, "release", &[]).await
}

/// Takes the report of a quarter all the way, and gives the page of the released one.
pub async fn released(world: &World, quarter: Quarter) -> String {
    let report = built(world, quarter).await;
    given(world, &report).await
}

/// What a page of a report says, from its first section to its definitions.
fn said(page: &str) -> &str {
    let from = page.find("id=\"section-1\"").unwrap();
    let until = page.find("Definitions</h2>").unwrap();
    &page[from..until]
}

#[tokio::test]
async fn what_is_built_says_what_the_draft_said() {
    let world = World::new().await;
    let quarter = world.cast.quarters[3];
    let mut amara = world.signed_in("amara.osei").await;
    let draft = amara.get(&format!("/reports/quarters/{quarter}")).await.text;
    let report = built(&world, quarter).await;
    let part = amara.get(&format!("{report}/parts/2")).await.text;
    assert!(said(&draft).contains("Child protection visits in time"), "an indicator");
    assert_eq!(said(&part), said(&draft));
}

#[tokio::test]
async fn a_report_goes_from_its_build_to_everybody() {
    let world = World::new().await;
    let quarter = world.cast.quarters[3];
    let mut amara = world.signed_in("amara.osei").await;
    let report = built(&world, quarter).await;
    let page = amara.get(&format!("{report}/sentences/1")).await;
    assert!(page.words().contains("Generated, not read yet"), "{}", page.words());

    // An edit of the public part brings no number in.
    let after = page.hidden("after");
    let place = "1-paragraph-1-1";
    let edit =
        |words| [("after", after.as_str()), ("place", place), ("words-1-paragraph-1-1", words)];
    let bad =
        amara.post(&format!("{report}/sentences/1"), &edit("Three children were seen.")).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.words().contains("“three” is a number that it did not have"), "{}", bad.words());
    let good = edit("This report tells everybody what was found.");
    let good = amara.post(&format!("{report}/sentences/1"), &good).await;
    assert_eq!(good.status, StatusCode::SEE_OTHER, "{}", good.words());

    // Nobody releases what is not approved, and nobody reads it yet.
    let mut bernard = world.signed_in("bernard.quill").await;
    let early = bernard.post(&format!("{report}/release"), &[]).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    let mut stranger = world.browser();
    let list = stranger.get("/published").await;
    assert!(list.words().contains("No report has been released yet."), "{}", list.words());

    let private = given(&world, &report).await;
    let id = private.rsplit('/').next().unwrap().to_owned();
    let list = stranger.get("/published").await;
    let link = list.link("Quarterly audit of children").unwrap();
    assert_eq!(link, format!("/published/{id}"));
    let public = stranger.get(&link).await;
    assert_eq!(public.headers["cache-control"], "public, max-age=300");
    assert!(public.headers.get("set-cookie").is_none(), "nobody is remembered");
    let words = public.words();
    for said in [
        "This report tells everybody what was found.",
        "Explain this figure: Table 1",
        "Disclosure certificate",
        "It never changes.",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(public.text.contains("href=\"#paragraph-1-1\""));
    let pdf = stranger.get(&format!("{link}/file/pdf")).await;
    assert_eq!(pdf.headers["content-type"], "application/pdf");
    let owed = stranger.get("/published/owed").await;
    assert_eq!(owed.status, StatusCode::OK);
    assert!(!owed.words().contains("Marchetti"), "nobody is named: {}", owed.words());
    assert_eq!(stranger.get(&private).await.status, StatusCode::UNAUTHORIZED);

    // A member reads Part II under their name, and that is noted.
    let mut sylvia = world.signed_in("sylvia.marchetti").await;
    let words = sylvia.get(&private).await.words();
    assert!(words.contains("Read by Sylvia Marchetti on"), "{words}");
    assert!(words.contains("paragraph 2 of Local Government Act 1972, Schedule 12A"), "{words}");
    let looks = world.store.releases.looks(id.parse().unwrap()).await.unwrap();
    assert_eq!(looks[0].name, "Sylvia Marchetti");
}

#[tokio::test]
async fn who_has_read_a_private_part_is_seen_by_those_who_answer_for_it() {
    let world = World::new().await;
    let report = released(&world, world.cast.quarters[3]).await;
    let mut sylvia = world.signed_in("sylvia.marchetti").await;
    assert_eq!(sylvia.get(&report).await.status, StatusCode::OK);
    assert_eq!(sylvia.get(&format!("{report}/file/pdf")).await.status, StatusCode::OK);
    let who = world.cast.person("sylvia.marchetti").unwrap().id;
    let mut amara = world.signed_in("amara.osei").await;
    let readers = amara.get(&report).await.link("See who has read it.").unwrap();
    let words = amara.get(&readers).await.words();
    assert!(words.contains("Sylvia Marchetti"), "{words}");
    // Whoever read it before its release stands there too, and another person’s readings do not.
    assert!(words.contains("The report before its release"), "{words}");
    let only = amara.get(&format!("{readers}&person={who}")).await;
    assert!(only.words().contains("2 readings are chosen here"), "{}", only.words());
    let file = amara.get(&only.link("Take these readings as a CSV file").unwrap()).await;
    assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(file.text.lines().count(), 3, "{}", file.text);
    for who in ["hana.novak", "lorna.macallister"] {
        let mut other = world.signed_in(who).await;
        assert_eq!(other.get("/reports/readers").await.status, StatusCode::OK, "{who}");
    }
    for who in ["sylvia.marchetti", "bernard.quill", "raj.bedi", "catherine.bello"] {
        let mut other = world.signed_in(who).await;
        for path in ["/reports/readers", "/reports/readers/csv"] {
            assert_eq!(other.get(path).await.status, StatusCode::NOT_FOUND, "{who}");
        }
    }
    // A day that is none is said so.
    let wrong = amara.get("/reports/readers?from-day=40").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_correction_says_what_changed_and_the_corrected_report_stays() {
    let world = World::new().await;
    let quarter = world.cast.quarters[3];
    let first = released(&world, quarter).await;
    let first = first.replace("/reports/", "/published/");
    let mut amara = world.signed_in("amara.osei").await;
    let build = format!("/reports/quarters/{quarter}/build");
    let silent = amara.post(&build, &[]).await;
    assert!(silent.words().contains("Say what changed"), "{}", silent.words());
    let form = [("changed", "A sentence was wrong.")];
    let report = amara.post(&build, &form).await.leads_to();
    let after = amara.get(&format!("{report}/sentences/1")).await.hidden("after");
    let form = [
        ("after", after.as_str()),
        ("place", "1-paragraph-1-1"),
        ("words-1-paragraph-1-1", "This report tells everybody what was found."),
    ];
    amara.post(&format!("{report}/sentences/1"), &form).await;
    let second = given(&world, &report).await.replace("/reports/", "/published/");
    let mut stranger = world.browser();
    let was = stranger.get(&first).await.words();
    assert!(was.contains("This report was corrected. Read the correction."), "{was}");
    assert!(!was.contains("tells everybody"), "what was released never changes");
    let now = stranger.get(&second).await.words();
    for said in ["This report is a correction.", "A sentence was wrong.", "Paragraph 1.1"] {
        assert!(now.contains(said), "{said}: {now}");
    }
}

#[tokio::test]
async fn what_was_wrong_in_private_alone_is_told_to_members_and_to_nobody_else() {
    let world = World::new().await;
    let quarter = world.cast.quarters[3];
    let first = released(&world, quarter).await.replace("/reports/", "/published/");
    let mut stranger = world.browser();
    let [before, list] = [stranger.get(&first).await.text, stranger.get("/published").await.text];
    let mut amara = world.signed_in("amara.osei").await;
    let build = format!("/reports/quarters/{quarter}/build");
    let why = "A sentence of the private part was wrong.";
    let report = amara.post(&build, &[("changed", why)]).await.leads_to();
    let after = amara.get(&format!("{report}/sentences/2")).await.hidden("after");
    let form = [
        ("after", after.as_str()),
        ("place", "2-paragraph-1-1"),
        ("words-2-paragraph-1-1", "This report tells members what was found."),
    ];
    let edited = amara.post(&format!("{report}/sentences/2"), &form).await;
    assert_eq!(edited.status, StatusCode::SEE_OTHER, "{}", edited.words());
    let private = given(&world, &report).await;

    // To everybody all is as it was, to the letter.
    let mut stranger = world.browser();
    assert_eq!(stranger.get(&first).await.text, before);
    assert_eq!(stranger.get("/published").await.text, list);
    let second = private.replace("/reports/", "/published/");
    assert_eq!(stranger.get(&second).await.status, StatusCode::NOT_FOUND);
    let mut sylvia = world.signed_in("sylvia.marchetti").await;
    let page = sylvia.get(&private).await;
    for said in [
        "This report is a correction.",
        why,
        "Not as they were: Paragraph 1.1.",
        "nothing in Part I has changed",
    ] {
        assert!(page.words().contains(said), "{said}: {}", page.words());
    }
    assert_eq!(page.link("Part I, which everybody may read").unwrap(), first);

    // Control: the next one changes Part I too, and that is told to everybody.
    let report =
        amara.post(&build, &[("changed", "The public part was wrong too.")]).await.leads_to();
    let after = amara.get(&format!("{report}/sentences/1")).await.hidden("after");
    let form = [
        ("after", after.as_str()),
        ("place", "1-paragraph-1-1"),
        ("words-1-paragraph-1-1", "This report tells everybody what was found."),
    ];
    amara.post(&format!("{report}/sentences/1"), &form).await;
    let third = given(&world, &report).await.replace("/reports/", "/published/");
    assert!(stranger.get(&first).await.words().contains("This report was corrected."));
    let words = stranger.get(&third).await.words();
    assert!(words.contains("The public part was wrong too.") && !words.contains(why), "{words}");
}

#[tokio::test]
async fn two_quarters_stand_beside_each_other() {
    let world = World::new().await;
    released(&world, world.cast.quarters[2]).await;
    let now = released(&world, world.cast.quarters[3]).await.replace("/reports/", "/published/");
    let mut stranger = world.browser();
    let compared = stranger.get(&format!("{now}/compare")).await;
    assert_eq!(compared.status, StatusCode::OK);
    let words = compared.words();
    // Where the authority has switched it off, there is none of it.
    let mut nobody = world.not_public();
    for path in ["/published", "/published/owed", &now, &format!("{now}/file/pdf")] {
        assert_eq!(stranger.get(path).await.status, StatusCode::OK, "{path}");
        assert_eq!(nobody.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(words.contains("Quarter before") && words.contains("A count, not judged"), "{words}");
}

#[tokio::test]
async fn the_private_part_goes_alone_and_says_why_the_public_one_waits() {
    let world = World::new().await;
    let quarter = world.cast.quarters[3];
    let first = released(&world, quarter).await.replace("/reports/", "/published/");
    // A correction whose public part was refused, as the build keeps it.
    let releases = &world.store.releases;
    let latest = releases.latest(quarter.into()).await.unwrap().unwrap();
    let whole = world.store.reports.get(latest).await.unwrap().unwrap();
    let lead = world.cast.person("amara.osei").unwrap().id;
    let waits = "This cannot be made public: what is hidden in Table 1 can be worked out.";
    let alone = quarterlight_store::NewPrepared {
        about: quarter.into(),
        title: "Quarterly audit".to_owned(),
        part_one: None,
        part_two: whole.document,
        digest: "d".repeat(64),
        corrects: Some((latest, quarterlight_domain::text::Reason::new("A figure.").unwrap())),
        public_waits: Some(waits.to_owned()),
        beside: Some(latest),
    };
    let at = crate::browser::TODAY.at(18, 0, 0, 0).in_tz("Europe/London").unwrap().timestamp();
    let stamp = quarterlight_domain::stamp::Stamp::person(lead, at, "built a report");
    let id = releases.build(&stamp, &alone).await.unwrap().unwrap();
    let page = format!("/reports/prepared/{id}");
    let mut amara = world.signed_in("amara.osei").await;
    let words = amara.get(&page).await.words();
    for said in ["This is Part II alone.", waits, "can be released or corrected by itself"] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(!words.contains("Leak check of Part I"), "{words}");
    assert_eq!(amara.get(&format!("{page}/parts/1")).await.status, StatusCode::NOT_FOUND);
    accept_all(&mut amara, &page, 2).await;
    let ground = [("ground", "12a-2"), ("interest", "Children could be known.")];
    step(&mut amara, &page, "ground", &ground).await;
    let mut catherine = world.signed_in("catherine.bello").await;
    step(&mut catherine, &page, "approve", &[]).await;
    let mut bernard = world.signed_in("bernard.quill").await;
    let private = step(&mut bernard, &page, "release", &[]).await;
    let words = bernard.get(&private).await.words();
    assert!(words.contains("This is Part II alone.") && words.contains(waits), "{words}");
    let mut stranger = world.browser();
    let words = stranger.get(&first).await.words();
    assert!(words.contains("(Part II) of this quarter were corrected since"), "{words}");
    assert!(!words.contains(waits), "{words}");
    let gone = private.replace("/reports/", "/published/");
    assert_eq!(stranger.get(&gone).await.status, StatusCode::NOT_FOUND);
}
