//! Several files at once: recognised, mapped, compared, settled and taken in, page by page.

use std::fs;
use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::browser::{Answer, Browser, World};

pub fn sample(name: &str) -> (String, Vec<u8>) {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/populations/synthetic_200");
    let path: PathBuf = folder.join(name);
    (name.to_owned(), fs::read(path).unwrap())
}

fn dataset() -> Vec<(String, Vec<u8>)> {
    ["ssd_person", "ssd_professionals", "ssd_involvements", "ssd_department", "ssd_cin_episodes"]
        .map(|table| sample(&format!("ssd/{table}.csv")))
        .to_vec()
}

pub async fn send(browser: &mut Browser, files: &[(String, Vec<u8>)]) -> Answer {
    let mut body = Vec::new();
    let part = |body: &mut Vec<u8>, head: String, bytes: &[u8]| {
        body.extend(format!("--edge\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes());
        body.extend(bytes);
        body.extend(b"\r\n");
    };
    for (name, bytes) in files {
        part(&mut body, format!("name=\"file\"; filename=\"{name}\""), bytes);
    }
    // Later than the list that the borough has in use.
    for (name, value) in [("as_at-day", "20"), ("as_at-month", "11"), ("as_at-year", "2026")] {
        part(&mut body, format!("name=\"{name}\""), value.as_bytes());
    }
    body.extend(b"--edge--\r\n");
    let request = Request::post("/case-lists")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .body(Body::from(body));
    browser.send(request.unwrap()).await
}

const SEND: &str = "Unique ID,Date of birth,Disability,Notes\n\
    64430544,2013-01-29,Yes,\n\
    SEND-9,2012-05-03,Yes,\n";

fn send_list() -> (String, Vec<u8>) {
    ("send.csv".to_owned(), SEND.as_bytes().to_vec())
}

#[tokio::test]
async fn several_files_become_one_list_that_says_what_it_stands_on() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let mut files = vec![sample("annex_a.xlsx"), sample("csww.xml")];
    files.extend(dataset());
    let sent = send(&mut amara, &files).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.words());
    let list = sent.leads_to();
    let page = amara.get(&list).await;
    let words = page.words();
    for expected in [
        "143 records read",
        "count as in the area",
        "Standard Safeguarding Dataset",
        "Workforce census",
        "How records were matched",
        "How workers were matched",
        "What taking this list in changes",
        "Download every problem as a spreadsheet",
    ] {
        assert!(words.contains(expected), "{expected} is not in {words}");
    }
    let sheet = amara.get(&format!("{list}/problems")).await;
    assert_eq!(sheet.status, StatusCode::OK);
    assert!(sheet.text.starts_with("PK"));
    let compared = amara.get(&format!("{list}/lists")).await;
    assert!(compared.words().contains("List 8 (Annex A): 46 records"), "{}", compared.words());
    let new = amara.get(&page.link("143").unwrap()).await;
    assert!(new.words().contains("64430544"), "{}", new.words());
    let taken = amara.post(&format!("{list}/take-in"), &[]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    let page = amara.get(&taken.leads_to()).await;
    assert!(page.words().contains("It is the one in use"), "{}", page.words());
    let workers = world.store.workers.all().await.unwrap();
    // The census tells by number who is in their first year, and the dataset whose number it is.
    let ashdown = workers.iter().find(|it| it.name == "Ada Ashdown");
    assert!(ashdown.is_some());
    assert!(workers.iter().any(|it| it.experience.code() == "newly-qualified"));
}

#[tokio::test]
async fn what_no_file_tells_is_switched_off_and_said_so() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let alone = send(&mut amara, &dataset()).await.leads_to();
    let words = amara.get(&alone).await.words();
    assert!(words.contains("What is switched off"), "{words}");
    assert!(words.contains("overdue reviews of children in care cannot be checked"), "{words}");
}

#[tokio::test]
async fn a_list_of_our_own_is_mapped_once_and_offered_again() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let files = [sample("annex_a.xlsx"), send_list()];
    let sent = send(&mut amara, &files).await;
    let columns = sent.leads_to();
    assert!(columns.starts_with("/case-lists/columns/"), "{columns}");
    let page = amara.get(&columns).await;
    assert!(page.words().contains("What are the columns of this list?"));
    for first in ["For example “2013-01-29” and “2012-05-03”.", "For example “Yes”."] {
        assert!(page.words().contains(first), "{}", page.words());
    }
    // Nobody else finds it.
    let mut other = world.signed_in("raj.bedi").await;
    assert_eq!(other.get(&columns).await.status, StatusCode::NOT_FOUND);
    // Without a column for the reference nothing can be read.
    let wrong = amara.post(&columns, &[("name", "SEND list"), ("kind", "send")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.words().contains("Choose the column that holds the child’s reference"));
    let form = [
        ("name", "SEND list"),
        ("kind", "send"),
        ("column-0", "reference"),
        ("column-1", "born"),
        ("column-2", "disabled"),
        ("column-3", ""),
    ];
    let read = amara.post(&columns, &form).await;
    assert_eq!(read.status, StatusCode::SEE_OTHER, "{}", read.words());
    let list = read.leads_to();
    let words = amara.get(&list).await.words();
    assert!(words.contains("On no list of open records"), "{words}");
    let unknown = amara.get(&format!("{list}/apart?standing=unknown")).await;
    assert!(unknown.words().contains("SEND-9"), "{}", unknown.words());
    // The next time it is offered as it was said.
    let again = send(&mut amara, &[send_list()]).await;
    let page = amara.get(&again.leads_to()).await;
    assert!(page.text.contains("value=\"SEND list\""), "{}", page.text);
}

#[tokio::test]
async fn a_doubtful_match_is_settled_by_a_person_and_the_list_put_together_again() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let list = "Child’s reference,Disabled\n0064430544,Yes\n";
    let files = [sample("annex_a.xlsx"), ("own.csv".to_owned(), list.as_bytes().to_vec())];
    let columns = send(&mut amara, &files).await.leads_to();
    let form = [
        ("name", "Our own"),
        ("kind", "other"),
        ("column-0", "reference"),
        ("column-1", "disabled"),
    ];
    let first = amara.post(&columns, &form).await.leads_to();
    let page = amara.get(&first).await;
    assert!(page.words().contains("1 doubtful match to settle"), "{}", page.words());
    let doubts = page.link("to settle").unwrap();
    let asked = amara.get(&doubts).await.words();
    assert!(asked.contains("Are 64430544 and 0064430544 one record?"), "{asked}");
    let settled = amara.post(&doubts, &[("pair-0", "same")]).await;
    assert_eq!(settled.status, StatusCode::SEE_OTHER);
    assert_ne!(settled.leads_to(), first);
    let page = amara.get(&settled.leads_to()).await;
    assert!(!page.words().contains("to settle"), "{}", page.words());
    let before = amara.get(&first).await.words();
    assert!(before.contains("it was put together again"), "{before}");
    // The control: the older list cannot be taken in any more.
    amara.post(&format!("{first}/take-in"), &[]).await;
    assert!(amara.get(&first).await.words().contains("cannot be taken in"));
}

#[tokio::test]
async fn dates_of_birth_are_shown_to_those_who_look_after_case_lists_only() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let mut files = vec![sample("annex_a.xlsx")];
    files.extend(dataset());
    let person = &mut files[1].1;
    let text = String::from_utf8(person.clone()).unwrap();
    *person = text.replacen("2013-01-29", "2013-02-28", 1).into_bytes();
    let list = send(&mut amara, &files).await.leads_to();
    let path = format!("{list}/conflicts?matter=birth-date");
    let shown = amara.get(&path).await.words();
    assert!(shown.contains("28 February 2013"), "{shown}");
    let mut lorna = world.signed_in("lorna.macallister").await;
    let hidden = lorna.get(&path).await.words();
    assert!(hidden.contains("64430544"), "{hidden}");
    assert!(!hidden.contains("2013"), "{hidden}");
    let mut auditor = world.signed_in("joseph.adeyemi").await;
    assert_eq!(auditor.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_named_and_nothing_is_kept() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let before = world.store.case_lists.all().await.unwrap().len();
    let files = [sample("annex_a.xlsx"), ("photo.png".to_owned(), b"\x89PNG\r\n\x1a\n".to_vec())];
    let sent = send(&mut amara, &files).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.words().contains("photo.png"), "{}", sent.words());
    assert_eq!(world.store.case_lists.all().await.unwrap().len(), before);
}

#[tokio::test]
async fn a_list_on_the_second_sheet_of_a_workbook_is_mapped_too() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let rows: [(&str, &[[&str; 3]]); 2] = [
        ("About", &[["Made by", "Made on", "Version"], ["Education", "1 November", "two"]]),
        (
            "Plans",
            &[
                ["Unique ID", "Date of birth", "Has a disability"],
                ["64430544", "2013-01-29", "Yes"],
            ],
        ),
    ];
    for (name, rows) in rows {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
    let own = ("plans.xlsx".to_owned(), workbook.save_to_buffer().unwrap());
    let columns = send(&mut amara, &[sample("annex_a.xlsx"), own]).await.leads_to();
    let page = amara.get(&columns).await.words();
    assert!(page.contains("Made by") && page.contains("Has a disability"), "{page}");
    let html = amara.get(&columns).await.text;
    let proposed = ["reference", "born"].map(|code| format!("value=\"{code}\" selected"));
    assert!(proposed.iter().all(|it| html.contains(it)), "what is on the second sheet is proposed");
    let form = [
        ("name", "Plans"),
        ("kind", "send"),
        ("column-3", "reference"),
        ("column-4", "born"),
        ("column-5", "disabled"),
    ];
    let read = amara.post(&columns, &form).await;
    assert_eq!(read.status, StatusCode::SEE_OTHER, "{}", read.words());
    let lists = amara.get(&format!("{}/lists", read.leads_to())).await.words();
    assert!(lists.contains("Plans: 1 record"), "{lists}");
}
