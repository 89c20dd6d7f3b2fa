//! The first day: nothing is there but a place and the people, and every page that they are led to opens.

use std::collections::BTreeSet;

use quarterlight_testing::engines::{Engine, Fresh};

use crate::commands::run;
use crate::server::{PASSWORD, Server, Visitor, between};

/// Everybody who is added, by role.
const PEOPLE: [(&str, &str); 6] = [
    ("lead@larkmoor.example", "quality-lead"),
    ("director@larkmoor.example", "senior-manager"),
    ("clerk@larkmoor.example", "clerk"),
    ("member@larkmoor.example", "member"),
    ("audit@larkmoor.example", "audit-services"),
    ("raj@larkmoor.example", "administrator"),
];

/// A database with one place and these people, and nothing else; and the code that each was given.
fn first_day(engine: Engine) -> (Fresh, Vec<String>) {
    let fresh = Fresh::on(engine);
    let done = |words: &[&str]| {
        let ran = run(&fresh.address, words, "");
        assert_eq!(ran.code, 0, "{words:?}: {}", ran.err);
        ran.out
    };
    done(&["migrate"]);
    done(&["place", "add", "--kind", "authority", "--name", "Larkmoor"]);
    let mut codes = Vec::new();
    for (email, role) in PEOPLE {
        let said = done(&["person", "add", "--name", role, "--email", email, "--role", role]);
        let code = said.split(&format!("Code for {email}: ")).nth(1).unwrap();
        codes.push(code.lines().next().unwrap().to_owned());
    }
    (fresh, codes)
}

#[test]
fn whoever_is_added_chooses_their_own_password_with_a_code_that_works_once() {
    let (fresh, codes) = first_day(Engine::Sqlite);
    let server = Server::of(&fresh);
    let (email, _) = PEOPLE[0];
    chooses(server.port(), email, &codes[0]);
    server.visitor(email);
}

/// Whether a link leads to a file and not to a page.
fn is_file(link: &str) -> bool {
    let path = link.split('?').next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    let of_kind = ["toml", "template", "workbook", "trend.csv", "pdf", "docx", "xlsx", "csv"];
    path.starts_with("assets/") || of_kind.contains(&last)
}

#[test]
fn every_page_that_somebody_is_led_to_opens_before_anything_is_there() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (fresh, codes) = first_day(engine);
        let server = Server::of(&fresh);
        for ((email, role), code) in PEOPLE.into_iter().zip(&codes) {
            // The key of secrets is the server's: a code is kept by its digest alone.
            chooses(server.port(), email, code);
            let visitor = server.visitor(email);
            let mut seen = BTreeSet::new();
            let mut ahead = vec!["/".to_owned()];
            while let Some(path) = ahead.pop() {
                if !seen.insert(path.clone()) {
                    continue;
                }
                let answer = visitor.get(&path).unwrap();
                let is_led_on = answer.status == 303;
                assert!(answer.status == 200 || is_led_on, "{role}, {path}: {}", answer.status);
                let links = between(&answer.text, "href=\"/", "\"");
                let pages = links.iter().filter(|link| !is_file(link));
                ahead.extend(pages.map(|link| format!("/{}", link.replace("&amp;", "&"))));
            }
            assert!(seen.len() > 2, "{role} was led to {seen:?}");
        }
    }
}

/// Somebody who was just added chooses their password with the code that they were given.
fn chooses(port: u16, email: &str, code: &str) {
    let mut visitor = Visitor::at(port);
    let form = [("email", email), ("code", code), ("new", PASSWORD)];
    let answer = visitor.post("/sign-in/reset", &form).unwrap();
    assert_eq!(answer.status, 303, "{email} could not choose a password: {}", answer.text);
    let again = visitor.post("/sign-in/reset", &form).unwrap();
    assert_eq!(again.status, 422, "a code works once");
}
