//! An edition goes out as each kind of file and comes back the same; a wrong file leaves nothing.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use quarterlight_domain::edition::Origins;
use quarterlight_domain::framework::Contents;
use quarterlight_domain::id::DraftId;

use crate::browser::{Answer, Browser, World};

/// Sends a file, and the name that was typed beside it.
async fn send(browser: &mut Browser, file: (&str, &[u8]), name: &str) -> Answer {
    let mut body = Vec::new();
    let mut part = |head: String, bytes: &[u8]| {
        body.extend(format!("--edge\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes());
        body.extend(bytes);
        body.extend(b"\r\n");
    };
    part(format!("name=\"file\"; filename=\"{}\"", file.0), file.1);
    part("name=\"name\"".to_owned(), name.as_bytes());
    body.extend(b"--edge--\r\n");
    let request = Request::post("/frameworks/start/file")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .body(Body::from(body));
    browser.send(request.unwrap()).await
}

async fn kept(world: &World, sent: &Answer) -> (Contents, Origins) {
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.words());
    let id = sent.leads_to().rsplit('/').next().unwrap().parse().map(DraftId).unwrap();
    let draft = world.store.drafts.get(id).await.unwrap().unwrap();
    (draft.contents().unwrap(), draft.origins())
}

async fn drafts(world: &World) -> usize {
    world.store.drafts.all().await.unwrap().len()
}

#[tokio::test]
async fn an_edition_goes_out_as_each_kind_of_file_and_comes_back_the_same() {
    let world = World::new().await;
    let mut lead = world.signed_in("amara.osei").await;
    let edition = world.store.frameworks.edition(world.cast.edition).await.unwrap().unwrap();
    assert!(edition.origins.values().any(|it| it.core), "the borough's edition has its core");
    let page = lead.get(&format!("/frameworks/editions/{}", edition.id)).await;
    for words in ["Download as a spreadsheet", "Download as TOML"] {
        let file = lead.get(&page.link(words).unwrap()).await;
        assert_eq!(file.status, StatusCode::OK);
        let named = file.headers[header::CONTENT_DISPOSITION].to_str().unwrap().to_owned();
        let named = named.split('"').nth(1).unwrap();
        assert!(named.starts_with("childrens-social-care-records-edition-1."), "{named}");
        let sent = send(&mut lead, (named, &file.bytes), edition.contents().name()).await;
        let (contents, origins) = kept(&world, &sent).await;
        assert_eq!(contents, *edition.contents(), "{words}");
        assert_eq!(origins, edition.origins, "{words}");
        let draft = lead.get(&sent.leads_to()).await.words();
        assert!(draft.contains(&format!("It began as a copy of {named}")), "{draft}");
    }
}

#[tokio::test]
async fn a_wrong_file_is_told_by_row_and_column_and_leaves_nothing() {
    let world = World::new().await;
    let mut lead = world.signed_in("amara.osei").await;
    let before = drafts(&world).await;
    let edition = format!("/frameworks/editions/{}", world.cast.edition);
    let toml = lead.get(&format!("{edition}/toml")).await.text;
    let wrong = toml.replacen("kind = \"quality\"", "kind = \"both\"", 1);
    let template = lead.get("/frameworks/template").await.bytes;
    let over = vec![b' '; 2 * 1024 * 1024 + 128 * 1024];
    let long = "x".repeat(101);
    for (file, name, said) in [
        (("ours.toml", wrong.as_bytes()), "", "Write compliance or quality."),
        (("ours.toml", &b"\xff\xfe"[..]), "", "not text in UTF-8"),
        (("ours.toml", toml.as_bytes()), long.as_str(), "100 characters or fewer"),
        (("ours.xlsx", &template), "", "Give the framework a name"),
        (("ours.xlsx", &template), "Ours", "needs at least one section"),
        (("ours.csv", &b"Code,Standard\nB1,Seen\n"[..]), "Ours", "This is a text file"),
        (("", &b""[..]), "Ours", "Choose a file"),
    ] {
        let sent = send(&mut lead, file, name).await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(sent.words().contains(said), "{said} is not in {}", sent.words());
        assert!(sent.words().contains("There is a problem"), "the summary says it too");
    }
    let too_large = send(&mut lead, ("ours.toml", &over), "").await;
    assert_eq!(too_large.status, StatusCode::PAYLOAD_TOO_LARGE);
    let mut two = rust_xlsxwriter::Workbook::new();
    let sheet = two.add_worksheet();
    for (column, (heading, ..)) in (0_u16..).zip(quarterlight_import::framework_sheet::COLUMNS) {
        sheet.write_string(0, column, heading).unwrap();
    }
    for (row, kind, critical) in [(1, "Neither", "No"), (2, "Quality", "Perhaps")] {
        let words = ["B", "The file", "B1", "Seen", "Seen", kind, critical, "No", "No", "ALL", ""];
        for (column, cell) in (0_u16..).zip(words) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    let two = two.save_to_buffer().unwrap();
    let sent = send(&mut lead, ("two.xlsx", &two), "Ours").await;
    let words = sent.words();
    for said in ["2 F (Kind) “Neither” is not a kind", "3 G (Critical) “Perhaps” is neither yes"]
    {
        assert!(words.contains(said), "{said} is not in {words}");
    }
    assert!(words.contains("nothing of the file was kept"), "{words}");
    assert_eq!(drafts(&world).await, before, "nothing was kept");
    let good = send(&mut lead, ("ours.toml", toml.as_bytes()), "").await;
    assert_eq!(good.status, StatusCode::SEE_OTHER, "the control: {}", good.words());
    assert_eq!(drafts(&world).await, before + 1);
}

#[tokio::test]
async fn a_draft_starts_from_each_framework_that_comes_with_the_program() {
    let world = World::new().await;
    let mut lead = world.signed_in("amara.osei").await;
    let page = lead.get("/frameworks/start").await;
    assert!(page.link("start from a file").is_some());
    for (place, text) in quarterlight_import::framework::SHIPPED.iter().enumerate() {
        let shipped = quarterlight_import::framework::from_toml_with_origins(text).unwrap();
        assert!(page.words().contains(shipped.0.name()), "{}", page.words());
        let from = format!("shipped-{place}");
        let sent = lead.post("/frameworks/start", &[("from", &from), ("name", "")]).await;
        assert_eq!(kept(&world, &sent).await, shipped);
    }
    let none = lead.post("/frameworks/start", &[("from", "shipped-9"), ("name", "")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_blank_form_has_every_standard_and_room_for_each_answer() {
    let world = World::new().await;
    let mut auditor = world.signed_in("priya.anand").await;
    let edition = world.store.frameworks.edition(world.cast.edition).await.unwrap().unwrap();
    let page = auditor.get(&format!("/frameworks/editions/{}", edition.id)).await;
    let form = auditor.get(&page.link("Printable blank form").unwrap()).await;
    assert_eq!(form.status, StatusCode::OK);
    let words = form.words();
    for standard in edition.contents().standards() {
        assert!(words.contains(&format!("{}. {}", standard.code, standard.wording)));
    }
    let number = edition.contents().standards().count();
    for word in ["<li>Cannot tell</li>", "<dt>What you saw</dt>", "<dt>Where you found it</dt>"] {
        assert_eq!(form.text.matches(word).count(), number, "{word}");
    }
    let mut member = world.signed_in("amara.osei").await;
    member.forget();
    let stranger = member.get(&format!("/frameworks/editions/{}/form", edition.id)).await;
    assert_ne!(stranger.status, StatusCode::OK);
}

/// A comment on B1 by Audit Services, who with the director was asked for comments on a draft; the
/// borough's other senior manager was not.
#[tokio::test]
async fn a_comment_is_read_by_whoever_was_not_asked_only_when_the_consultation_is_over() {
    let world = World::new().await;
    let mut lead = world.signed_in("amara.osei").await;
    let draft = crate::frameworks::started(&mut lead).await;
    crate::frameworks::ask(&world, &mut lead, &draft).await;
    let mut inspector = world.signed_in("lorna.macallister").await;
    let about = format!("{draft}/comment");
    let page = inspector.get(&about).await;
    let version = page.hidden("version-standard-B1");
    let form = [("standard-B1", "Say by when."), ("version-standard-B1", version.as_str())];
    let sent = inspector.post(&about, &form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.words());
    let answers = format!("{draft}/answers");
    let reads = async |who: &str| {
        let mut browser = world.signed_in(who).await;
        browser.get(&answers).await.words().contains("Say by when.")
    };
    assert!(reads("amara.osei").await && reads("lorna.macallister").await);
    assert!(!reads("peter.vance").await && !reads("catherine.bello").await);
    lead.post(&format!("{draft}/end"), &[]).await;
    assert!(reads("peter.vance").await && reads("catherine.bello").await);
}
