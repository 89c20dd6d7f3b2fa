//! The form of an audit goes out as a spreadsheet and comes back filled in; nothing is written over.

use std::io::Cursor;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use calamine::{Data, Reader, Xlsx};

use crate::browser::{Answer, Browser, World};

/// The places of what an auditor writes.
const ANSWER: usize = 5;
const SEEN: usize = 6;
const FOUND: usize = 7;

/// The link to the form of the audit that Priya is making.
async fn spreadsheet(priya: &mut Browser) -> String {
    let home = priya.get("/").await;
    let audit = home.link("left ·").unwrap();
    let page = priya.get(&audit).await;
    page.link("fill it in as a spreadsheet").unwrap()
}

/// The form as it is downloaded: its headings, and its rows.
async fn download(priya: &mut Browser, path: &str) -> Vec<Vec<String>> {
    let page = priya.get(path).await;
    let file = priya.get(&page.link("Download the form").unwrap()).await;
    assert_eq!(file.status, StatusCode::OK);
    let named = file.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert!(named.starts_with("attachment; filename=\"audit-") && !named.contains("R-"), "{named}");
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(file.bytes)).unwrap();
    let sheet = workbook.worksheet_range("Form").unwrap();
    let text = |cell: &Data| cell.to_string();
    sheet.rows().map(|row| row.iter().map(text).collect()).collect()
}

/// The first row that is not answered yet.
fn blank(rows: &[Vec<String>]) -> usize {
    rows.iter().position(|row| row[ANSWER].is_empty()).unwrap()
}

/// The first row that is answered with words.
fn worded(rows: &[Vec<String>]) -> usize {
    let is_worded = |row: &Vec<String>| !row[SEEN].is_empty();
    rows.iter().skip(1).position(is_worded).unwrap() + 1
}

fn xlsx(rows: &[Vec<String>]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

async fn upload(browser: &mut Browser, path: &str, bytes: &[u8]) -> Answer {
    let head = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"form.xlsx\"";
    let mut body = format!("{head}\r\n\r\n").into_bytes();
    body.extend(bytes);
    body.extend(b"\r\n--edge--\r\n");
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .body(Body::from(body));
    browser.send(request.unwrap()).await
}

/// Sends what a page would send back, and what was chosen.
async fn save(browser: &mut Browser, page: &Answer, chosen: &[(&str, &str)]) -> Answer {
    let html = scraper::Html::parse_document(&page.text);
    let form = scraper::Selector::parse("form[action$='/spreadsheet/answers']").unwrap();
    let field = scraper::Selector::parse("input[type=hidden]").unwrap();
    let form = html.select(&form).next().unwrap();
    let mut sent: Vec<(&str, &str)> = form
        .select(&field)
        .map(|field| {
            (field.value().attr("name").unwrap(), field.value().attr("value").unwrap_or_default())
        })
        .collect();
    sent.extend(chosen);
    browser.post(form.value().attr("action").unwrap(), &sent).await
}

fn standard(path: &str, row: &[String]) -> String {
    path.replace("/spreadsheet", &format!("/standards/{}", row[1]))
}

/// How many lines the journal has; all of them must be right.
async fn journal_size(world: &World) -> u64 {
    let verdict = world.store.journal.verify(None, &|_| ()).await.unwrap();
    assert!(verdict.is_clean(), "{:?}", verdict.wrong);
    verdict.head.size
}

/// Answers a standard on its own page, as somebody does who has the network.
async fn answer(browser: &mut Browser, standard: &str, seen: &str) {
    let page = browser.get(standard).await;
    let (version, key) = (page.hidden("version"), page.hidden("form_key"));
    let form = [("judgement", "not-met"), ("seen", seen), ("found", "Volume two")];
    let form = [&form[..], &[("version", version.as_str()), ("form_key", key.as_str())]].concat();
    assert_eq!(browser.post(standard, &form).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_goes_out_is_filled_in_and_its_answers_are_saved() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let path = spreadsheet(&mut priya).await;
    let mut rows = download(&mut priya, &path).await;
    let (new, changed) = (blank(&rows), worded(&rows));
    rows[new][ANSWER] = "partly met".to_owned();
    rows[new][SEEN] = "=cmd|' /C calc'!A0\nand a second line".to_owned();
    rows[changed][FOUND] = "Supervision, 3 May".to_owned();
    let size = journal_size(&world).await;
    let page = upload(&mut priya, &path, &xlsx(&rows)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.words());
    let words = page.words();
    assert!(words.contains("1 answer is new and 1 is changed. Nothing is saved yet."), "{words}");
    assert_eq!(journal_size(&world).await, size, "looking at it saves nothing");
    let saved = save(&mut priya, &page, &[]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.words());
    let after = priya.get(&saved.leads_to()).await;
    assert!(after.text.contains("2 answers are saved."), "{}", after.words());
    assert!(journal_size(&world).await >= size + 2, "a line for each answer");
    let page = priya.get(&standard(&path, &rows[new])).await;
    assert!(page.text.contains("=cmd|"), "{}", page.words());
    assert!(page.text.contains("value=\"partly-met\" checked"), "{}", page.text);
    // The same form once more: everything in it is saved.
    let again = upload(&mut priya, &path, &xlsx(&rows)).await;
    assert!(again.words().contains("Nothing in the spreadsheet differs"), "{}", again.words());
    // What is downloaded now is what was written, to the letter.
    assert_eq!(download(&mut priya, &path).await[new][SEEN], rows[new][SEEN]);
}

#[tokio::test]
async fn a_form_without_a_word_changes_nothing() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let path = spreadsheet(&mut priya).await;
    let mut rows = download(&mut priya, &path).await;
    let as_it_went = upload(&mut priya, &path, &xlsx(&rows)).await;
    assert!(as_it_went.words().contains("Nothing in the spreadsheet differs"));
    for row in rows.iter_mut().skip(1) {
        for column in [ANSWER, SEEN, FOUND] {
            row[column].clear();
        }
    }
    let cleared = upload(&mut priya, &path, &xlsx(&rows)).await;
    assert!(cleared.words().contains("Nothing in the spreadsheet differs"), "{}", cleared.words());
    assert!(!cleared.text.contains("Save these answers"));
}

#[tokio::test]
async fn what_was_saved_meanwhile_is_shown_and_never_written_over_without_being_asked() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let path = spreadsheet(&mut priya).await;
    let mut rows = download(&mut priya, &path).await;
    let row = blank(&rows);
    let code = rows[row][1].clone();
    let place = standard(&path, &rows[row]);
    answer(&mut priya, &place, "Saved on the way.").await;
    rows[row][ANSWER] = "Met".to_owned();
    rows[row][SEEN] = "Written on the train.".to_owned();
    let page = upload(&mut priya, &path, &xlsx(&rows)).await;
    let words = page.words();
    assert!(words.contains("1 answer was saved otherwise meanwhile"), "{words}");
    assert!(words.contains("Saved on the way.") && words.contains("Was Not met, will be Met"));
    let take = format!("take-{code}");
    let undecided = save(&mut priya, &page, &[]).await;
    assert_eq!(undecided.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sentence = format!("Choose which answer to keep for {code}");
    assert_eq!(undecided.words().matches(&sentence).count(), 2, "{}", undecided.words());
    assert!(priya.get(&place).await.text.contains("Saved on the way."), "it still stands");
    let kept = save(&mut priya, &page, &[(take.as_str(), "saved")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    assert!(priya.get(&place).await.text.contains("Saved on the way."), "it was chosen");
    // It is saved once more, after the page that asks was shown: what was chosen there no longer holds.
    answer(&mut priya, &place, "Saved after the page was shown.").await;
    let late = save(&mut priya, &page, &[(take.as_str(), "spreadsheet")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.words().contains("Saved after the page was shown."), "{}", late.words());
    let taken = save(&mut priya, &late, &[(take.as_str(), "spreadsheet")]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "the control: {}", taken.words());
    assert!(priya.get(&place).await.text.contains("Written on the train."));
}

#[tokio::test]
async fn what_is_wrong_is_told_by_its_cell_and_nothing_of_it_is_saved() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let path = spreadsheet(&mut priya).await;
    let mut rows = download(&mut priya, &path).await;
    let row = blank(&rows);
    rows[row][ANSWER] = "Yes".to_owned();
    let other = worded(&rows);
    rows[other][FOUND] = "Somewhere else".to_owned();
    let page = upload(&mut priya, &path, &xlsx(&rows)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = format!("{} F (Answer) “Yes” is none of Met, Partly met", row + 1);
    assert!(page.words().contains(&said), "{said} is not in {}", page.words());
    assert!(page.text.contains("<title>Error: "));
    for (bytes, said) in [
        (&b"Code,Answer\nB1,Met\n"[..], "This is a text file"),
        (&b""[..], "Choose a file that is not empty"),
    ] {
        let page = upload(&mut priya, &path, bytes).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(page.words().matches(said).count(), 2, "{}", page.words());
    }
    let over = vec![b' '; 3 * 1024 * 1024];
    let too_large = upload(&mut priya, &path, &over).await;
    assert_eq!(too_large.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn the_form_of_another_audit_is_refused_and_nobody_else_has_it() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let path = spreadsheet(&mut priya).await;
    let mut rows = download(&mut priya, &path).await;
    for row in rows.iter_mut().skip(1) {
        row[9] = "999999/1/R-1".to_owned();
    }
    let page = upload(&mut priya, &path, &xlsx(&rows)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.words().contains("This is the form of another audit"), "{}", page.words());
    for who in ["amara.osei", "wen.zhang", "helen.oyelaran"] {
        let mut other = world.signed_in(who).await;
        for asked in [path.clone(), format!("{path}/file")] {
            assert_eq!(other.get(&asked).await.status, StatusCode::NOT_FOUND, "{who}: {asked}");
        }
        assert_eq!(upload(&mut other, &path, b"x").await.status, StatusCode::NOT_FOUND, "{who}");
        let answers = other.post(&format!("{path}/answers"), &[]).await;
        assert_eq!(answers.status, StatusCode::NOT_FOUND, "{who}");
    }
}

#[tokio::test]
async fn a_download_is_a_look_and_asks_as_often_for_many_answers_as_for_few() {
    use std::sync::atomic::Ordering;

    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let path = spreadsheet(&mut priya).await;
    let id = path.trim_end_matches("/spreadsheet").rsplit('/').next().unwrap().parse().unwrap();
    let kept = world.store.audits.in_hand(quarterlight_domain::id::AuditId(id)).await.unwrap();
    let record = kept.unwrap().audit.record;
    let mut rows = download(&mut priya, &path).await;
    let looks = world.store.looks.at_record(record).await.unwrap();
    assert_eq!(looks[0].page, format!("{path}/file"));
    let mut counted = Vec::new();
    for answer in ["", "Met"] {
        for row in rows.iter_mut().skip(1).filter(|row| row[ANSWER].is_empty()) {
            row[ANSWER] = answer.to_owned();
        }
        world.statements.store(0, Ordering::SeqCst);
        let page = upload(&mut priya, &path, &xlsx(&rows)).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.words());
        counted.push(world.statements.load(Ordering::SeqCst));
    }
    assert_eq!(counted[0], counted[1]);
    assert!((5..=16).contains(&counted[0]), "{counted:?} statements");
}

#[tokio::test]
async fn a_submitted_audit_gives_no_form_and_takes_none() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let path = spreadsheet(&mut priya).await;
    let bytes = xlsx(&download(&mut priya, &path).await);
    let read = priya.get("/").await.link("Read the audit of").unwrap();
    let path = format!("{}/spreadsheet", read.trim_end_matches("/read"));
    let page = priya.get(&path).await;
    assert!(page.words().contains("can no longer be changed"), "{}", page.words());
    assert!(page.link("Download the form").is_none());
    assert_eq!(priya.get(&format!("{path}/file")).await.status, StatusCode::CONFLICT);
    assert_eq!(upload(&mut priya, &path, &bytes).await.status, StatusCode::CONFLICT);
}
