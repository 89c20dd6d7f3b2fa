//! Files that people send, over HTTP and by commands: each is read first where it can do no harm.

use std::io::{Cursor, Write as _};
use std::process::{Child, Command, Stdio};

use quarterlight_import::framework::{SHIPPED, from_toml_with_origins};
use quarterlight_testing::engines::Engine;
use quarterlight_web::pages::frameworks::sheet;
use zip::write::SimpleFileOptions;

use crate::commands::run;
use crate::server::{self, Answer, PROGRAM, Server, Visitor, between, borough};

/// What somebody reads whose file took more than it may.
const STOPPED: &str = "was stopped. Nothing was kept.";

/// The process in which files are read, with what is sent to it.
fn apart(sent: Option<&[u8]>) -> Child {
    let mut child = Command::new(PROGRAM)
        .arg("read-files")
        .env("QUARTERLIGHT_SMTP_PASSWORD", "never needed there")
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    if let Some(sent) = sent {
        let _ = child.stdin.take().unwrap().write_all(sent);
    }
    child
}

#[test]
fn files_are_read_in_a_process_that_may_do_nothing_else() {
    let mut waiting = apart(None);
    let limits = || std::fs::read_to_string(format!("/proc/{}/limits", waiting.id())).unwrap();
    let limit = |name: &str| {
        let limits = limits();
        let line = limits.lines().find(|line| line.starts_with(name)).unwrap();
        line[26..].split_whitespace().take(2).map(str::to_owned).collect::<Vec<_>>()
    };
    // The last of them is set a moment after it has begun.
    let begun = std::time::Instant::now();
    while limit("Max open files") != ["3", "3"] && begun.elapsed().as_secs() < 20 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(limit("Max address space"), ["1073741824", "1073741824"]);
    assert_eq!(limit("Max cpu time"), ["20", "20"]);
    assert_eq!(limit("Max file size"), ["0", "0"]);
    assert_eq!(limit("Max core file size"), ["0", "0"]);
    // It has what it reads from and writes to, and may open nothing more: no file, no network.
    assert_eq!(limit("Max open files"), ["3", "3"]);
    // No more than any process has that is started from here.
    let held =
        |child: &Child| std::fs::read_dir(format!("/proc/{}/fd", child.id())).unwrap().count();
    let mut any = Command::new("sleep").arg("60").stdin(Stdio::piped()).spawn().unwrap();
    // It opens its libraries first.
    while held(&waiting) != held(&any) && begun.elapsed().as_secs() < 20 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(held(&waiting), held(&any));
    any.kill().unwrap();
    any.wait().unwrap();
    waiting.kill().unwrap();
    assert!(!waiting.wait().unwrap().success());
    // Whatever is in files is read, and said nothing of; what is no list of files is not.
    let beside = "[\"2026-09-30\",null,false,true,[]]";
    let list = format!("case-lists\n{beside}\na.csv\n8\nChild IDb.xlsx\n4\nPK\u{3}\u{4}");
    assert!(apart(Some(list.as_bytes())).wait().unwrap().success());
    let cut = format!("case-lists\n{beside}\na.csv\n9\nChild ID");
    for wrong in ["", "case-lists", "nothing\n\na\n1\nb", "case-lists\nx\na\n1\nb", &cut] {
        assert!(!apart(Some(wrong.as_bytes())).wait().unwrap().success(), "{wrong}");
    }
}

/// Sends a form with files: what is typed, and each file by its field, name and bytes. None if the
/// server did not answer.
pub fn send(
    visitor: &Visitor,
    path: &str,
    typed: &[(&str, &str)],
    files: &[(&str, &str, &[u8])],
) -> Option<Answer> {
    let mut body = Vec::new();
    for (field, words) in typed {
        let head = format!("--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n");
        body.extend(format!("{head}{words}\r\n").into_bytes());
    }
    for (field, name, bytes) in files {
        let head = format!("name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
        body.extend(format!("--x\r\nContent-Disposition: form-data; {head}").into_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--x--\r\n");
    let request = visitor.agent.post(format!("{}{path}", visitor.address));
    let request = request.header("cookie", &visitor.cookie).header("origin", &visitor.address);
    let request = request.header("content-type", "multipart/form-data; boundary=x");
    server::read(request.send(&body[..]).ok()?)
}

/// Everybody who may send something, with the pages that take it.
struct Doors {
    lead: Visitor,
    auditor: Visitor,
    clerk: Visitor,
    audit: String,
    meeting: String,
}

impl Doors {
    fn of(server: &Server) -> Self {
        let (auditor, clerk) = ("priya.anand", "bernard.quill");
        let visitor = |who: &str| server.visitor(&format!("{who}@larkmoor.example"));
        let (lead, auditor, clerk) = (visitor("amara.osei"), visitor(auditor), visitor(clerk));
        let home = auditor.get("/").unwrap().text;
        let links = between(&home, "href=\"/audits/", "\"");
        let audit = links.iter().find(|it| it.parse::<u32>().is_ok()).unwrap();
        let audit = format!("/audits/{audit}");
        let register = clerk.get("/register").unwrap().text;
        let links = between(&register, "href=\"/register/meetings/", "\"");
        let meeting = links.iter().find(|it| it.parse::<u32>().is_ok()).unwrap();
        let meeting = format!("/register/meetings/{meeting}");
        Self { lead, auditor, clerk, audit, meeting }
    }

    fn case_list(&self, name: &str, bytes: &[u8]) -> Answer {
        let day = [("as_at-day", "1"), ("as_at-month", "11"), ("as_at-year", "2025")];
        send(&self.lead, "/case-lists", &day, &[("file", name, bytes)]).unwrap()
    }

    fn framework(&self, name: &str, bytes: &[u8]) -> Answer {
        let typed = [("name", "One that was sent")];
        let file = [("file", name, bytes)];
        send(&self.lead, "/frameworks/start/file", &typed, &file).unwrap()
    }

    fn form(&self, bytes: &[u8]) -> Answer {
        let path = format!("{}/spreadsheet", self.audit);
        send(&self.auditor, &path, &[], &[("file", "form.xlsx", bytes)]).unwrap()
    }

    fn staff(&mut self, lines: &str) -> Answer {
        let form =
            [("lines", lines), ("list_source", "HR"), ("list_why", "Asked"), ("form_key", "k")];
        self.lead.post("/staff/list", &form).unwrap()
    }

    fn minutes(&mut self, minutes: &str) -> Answer {
        let path = format!("{}/minutes", self.meeting);
        self.clerk.post(&path, &[("minutes", minutes)]).unwrap()
    }

    /// Something ordinary of every kind, long enough to need memory of its own.
    fn ordinary(&mut self) -> Vec<(&'static str, Answer)> {
        let list = format!("Child ID,Team\n{}", "R-1001,Court Team 1\n".repeat(15_000));
        let workbook = workbook();
        vec![
            ("a case list", self.case_list("list.csv", list.as_bytes())),
            ("a workbook as a case list", self.case_list("list.xlsx", &workbook)),
            ("a framework in a workbook", self.framework("f.xlsx", &workbook)),
            ("a framework in TOML", self.framework("f.toml", SHIPPED[1].as_bytes())),
            ("a filled form", self.form(&workbook)),
            ("staff", self.staff(&"No such team,2026-01,1.5\n".repeat(5_000))),
            ("minutes", self.minutes(&"The chair asked for a report. ".repeat(4_500))),
        ]
    }

    /// The service goes on: for those who sent something, and for everybody else.
    fn all_goes_on(&self, after: &str) {
        for visitor in [&self.lead, &self.auditor, &self.clerk] {
            assert_eq!(visitor.get("/").map(|it| it.status), Some(200), "after {after}");
        }
    }
}

/// A framework that ships, as a workbook.
fn workbook() -> Vec<u8> {
    let (contents, origins) = from_toml_with_origins(SHIPPED[1]).unwrap();
    quarterlight_export::xlsx::xlsx(&sheet::workbook(&contents, &origins)).unwrap()
}

/// The same workbook with this as its first sheet.
pub fn with_sheet(part: &[u8]) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(workbook())).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let file = old.by_index_raw(at).unwrap();
        if file.name().unwrap() == "xl/worksheets/sheet1.xml" {
            new.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
            new.write_all(part).unwrap();
        } else {
            new.raw_copy_file(file).unwrap();
        }
    }
    new.finish().unwrap().into_inner()
}

#[test]
fn every_kind_of_file_is_read_apart_first_over_http() {
    let fresh = borough(Engine::Sqlite);
    // Where reading may take no memory, nothing is read: whatever came, by whichever page.
    let none = [("QUARTERLIGHT_READING_MEMORY", "0")];
    let server = Server::with_environment(&fresh, &[], &none);
    let mut doors = Doors::of(&server);
    for (what, answer) in doors.ordinary() {
        assert!(answer.text.contains(STOPPED), "{what}: {} {}", answer.status, answer.text);
        assert!(answer.text.contains("There is a problem"), "{what} says it at the top too");
        doors.all_goes_on(what);
    }
    drop(server);
    // The control: with the memory that there is otherwise, the same files are read.
    let server = Server::of(&fresh);
    let mut doors = Doors::of(&server);
    for (what, answer) in doors.ordinary() {
        assert!(answer.status < 500 && !answer.text.contains(STOPPED), "{what}: {}", answer.text);
    }
}

#[test]
fn hostile_files_of_every_kind_are_said_in_words_and_the_service_goes_on() {
    let fresh = borough(Engine::Sqlite);
    let server = Server::of(&fresh);
    let mut doors = Doors::of(&server);
    let bomb = with_sheet(&vec![b' '; 60_000_000]);
    let mut deep = b"<?xml version=\"1.0\"?>".to_vec();
    deep.extend(b"<Message>".repeat(200_000));
    let entities =
        b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"&c;&c;\">]><Message>&b;</Message>";
    let cells = format!("<worksheet><sheetData>{}", "<row><c><v>1</v></c></row>".repeat(700_000));
    let cells = with_sheet(cells.as_bytes());
    let nuls = vec![0_u8; 20_000_000];
    let wide = format!("Child ID{}\n", ",x".repeat(2_000_000));
    for (what, bytes) in [
        ("a bomb", &bomb[..]),
        ("deep XML", &deep),
        ("entities", entities),
        ("many cells", &cells),
        ("nothing but nuls", &nuls),
        ("two million columns", wide.as_bytes()),
    ] {
        let answer = doors.case_list("list", bytes);
        assert!(answer.status < 500, "{what}: {}", answer.text);
        let said = answer.text.contains("There is a problem") || answer.status == 303;
        assert!(said, "{what}: {} {}", answer.status, answer.text);
        doors.all_goes_on(what);
    }
    let nested = format!("name = {}", "[".repeat(1_000_000));
    let tables = format!("[{}]\n", "a.".repeat(400_000));
    for (what, name, bytes) in [
        ("a bomb as a framework", "f.xlsx", &bomb[..]),
        ("many cells as a framework", "f.xlsx", &cells[..cells.len().min(2_000_000)]),
        ("nested TOML", "f.toml", nested.as_bytes()),
        ("tables within tables", "f.toml", tables.as_bytes()),
        ("nuls as TOML", "f.toml", &nuls[..1_000_000]),
    ] {
        let answer = doors.framework(name, bytes);
        assert!(answer.status < 500, "{what}: {}", answer.text);
        assert!(answer.text.contains("There is a problem"), "{what}: {}", answer.text);
        doors.all_goes_on(what);
    }
    for (what, bytes) in [("a bomb as a form", &bomb[..]), ("deep XML as a form", &deep[..])] {
        let answer = doors.form(bytes);
        assert!(answer.status < 500, "{what}: {}", answer.text);
        assert!(answer.text.contains("There is a problem"), "{what}: {}", answer.text);
        doors.all_goes_on(what);
    }
    for lines in ["\"".repeat(40_000), ",".repeat(40_000), "\t".repeat(40_000)] {
        let answer = doors.staff(&lines);
        let text = &answer.text;
        assert!(answer.status < 500, "{}", answer.status);
        assert!(
            text.contains("There is a problem"),
            "{}: {}",
            answer.status,
            &text[..text.len().min(3000)]
        );
        doors.all_goes_on("a list of staff");
    }
    for words in ["RESOLVED\n".repeat(15_000), ".".repeat(149_000), "1. \n".repeat(30_000)] {
        let answer = doors.minutes(&words);
        assert!(answer.status < 500, "{}", answer.text);
        doors.all_goes_on("minutes");
    }
}

#[test]
fn commands_read_apart_what_they_are_given() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let long = |text: &str| format!("{text}\n{}", "# long\n".repeat(60_000));
    let framework = file("f.toml", long(SHIPPED[1]).as_bytes());
    let protocol =
        file("p.toml", long(quarterlight_import::filing_protocol::default_toml()).as_bytes());
    let rules = file("r.toml", long(quarterlight_import::timescales::england_toml()).as_bytes());
    let workbook = file("w.xlsx", &workbook());
    let drawn = file("d.txt", long("no draw").as_bytes());
    let as_at = ["--as-at", "2026-03-31"];
    let from = ["--from", "2027-01-01", "--why", "As agreed", "--dry-run"];
    let commands = [
        vec!["framework", "import", &framework, "--dry-run"],
        [vec!["filing", "protocol", "import", &protocol], from.to_vec()].concat(),
        [vec!["facts", "--file", &workbook], as_at.to_vec()].concat(),
        [vec!["facts", "--rules", &rules, "--file", &workbook], as_at.to_vec()].concat(),
        [vec!["import", "annex-a", &workbook, "--dry-run"], as_at.to_vec()].concat(),
        vec!["draw", "verify", &drawn],
    ];
    for words in commands {
        let stopped = |memory: &str| {
            let mut command = Command::new(PROGRAM);
            command.args(["--database", "none:"]).args(&words);
            let output = command.env("QUARTERLIGHT_READING_MEMORY", memory).output().unwrap();
            String::from_utf8_lossy(&output.stderr).contains(STOPPED)
        };
        assert!(stopped("0"), "{words:?} was read without going apart");
        assert!(!stopped("1024"), "{words:?} takes too much");
    }
    // What is found is the same as ever.
    assert_eq!(run("none:", &["framework", "import", &framework, "--dry-run"], "").code, 0);
}
