//! The server is killed in the middle of saving, again and again: nothing that it acknowledged is lost.
//!
//! `QUARTERLIGHT_KILLS` sets how many times; the short form is ten on SQLite and five on PostgreSQL.

use std::collections::BTreeMap;
use std::process::Command;
use std::thread::{sleep, spawn};
use std::time::Duration;

use quarterlight_testing::engines::{Engine, Fresh};
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::server::{PROGRAM, Server, Visitor, between, borough};

/// The seed of the moments at which the server is killed.
const SEED: u64 = 20_261_123;

fn times(short: u32) -> u32 {
    let set = std::env::var_os("QUARTERLIGHT_KILLS");
    set.and_then(|times| times.into_string().ok()?.parse().ok()).unwrap_or(short)
}

#[test]
fn no_acknowledged_answer_is_lost_on_sqlite() {
    campaign(Engine::Sqlite, times(10));
}

#[test]
fn no_acknowledged_answer_is_lost_on_postgres() {
    campaign(Engine::Postgres, times(5));
}

/// What the client knows of one standard: the last words acknowledged, and those sent after them.
#[derive(Default, Clone)]
struct Known {
    acknowledged: String,
    sent: Option<String>,
}

fn campaign(engine: Engine, times: u32) {
    let fresh = borough(engine);
    let mut chance = ChaCha12Rng::seed_from_u64(SEED);
    let mut known: BTreeMap<String, Known> = BTreeMap::new();
    let (mut acknowledged, mut sent) = (0, 0);
    for round in 0..times {
        let server = Server::of(&fresh);
        let visitor = server.visitor("priya.anand@larkmoor.example");
        let standards = standards(&visitor);
        check(&visitor, &mut known);
        let writer = spawn(move || write(visitor, &standards, known, round));
        sleep(Duration::from_millis(u64::from(30 + chance.next_u32() % 500)));
        drop(server);
        let (told, counts) = writer.join().unwrap();
        known = told;
        acknowledged += counts.0;
        sent += counts.1;
    }
    let server = Server::of(&fresh);
    check(&server.visitor("priya.anand@larkmoor.example"), &mut known);
    drop(server);
    verify(&fresh);
    assert!(
        acknowledged > times,
        "only {acknowledged} answers were acknowledged in {times} rounds"
    );
    println!("{engine:?}: {times} kills, {acknowledged} of {sent} answers acknowledged, none lost");
}

/// The links to the standards of the audit that is under way.
pub fn standards(visitor: &Visitor) -> Vec<String> {
    let home = visitor.get("/").unwrap().text;
    let audit = home
        .split("<li>")
        .find(|item| item.contains("left · ") || item.contains("Check and submit"))
        .and_then(|item| between(item, "href=\"", "\"").first().copied())
        .unwrap()
        .to_owned();
    let check = visitor.get(&format!("{audit}/submit")).unwrap().text;
    let links: Vec<String> = between(&check, &format!("href=\"{audit}/standards/"), "\"")
        .into_iter()
        .map(|code| format!("{audit}/standards/{code}"))
        .collect();
    assert!(links.len() > 5, "{} standards", links.len());
    links
}

/// Saves answers until the server is gone.
fn write(
    mut visitor: Visitor,
    standards: &[String],
    mut known: BTreeMap<String, Known>,
    round: u32,
) -> (BTreeMap<String, Known>, (u32, u32)) {
    let (mut acknowledged, mut sent) = (0, 0);
    for number in 0.. {
        let path = &standards[number % standards.len()];
        let Some(page) = visitor.get(path) else { break };
        let version = between(&page.text, "name=\"version\" value=\"", "\"").first().copied();
        let words = format!("Round {round}, answer {number}.");
        let form = [("judgement", "partly-met"), ("seen", &words), ("version", version.unwrap())];
        known.entry(path.clone()).or_default().sent = Some(words.clone());
        sent += 1;
        match visitor.post(path, &form) {
            Some(answer) => {
                assert_eq!(answer.status, 303, "{}", answer.text);
                acknowledged += 1;
                known.insert(path.clone(), Known { acknowledged: words, sent: None });
            }
            None => break,
        }
    }
    (known, (acknowledged, sent))
}

/// Every standard says what was last acknowledged, or what was sent after that and not answered.
/// What is seen to be kept must stay, so from then on it counts as acknowledged.
fn check(visitor: &Visitor, known: &mut BTreeMap<String, Known>) {
    for (path, known) in known {
        let page = visitor.get(path).unwrap().text;
        if let Some(words) = known.sent.take().filter(|words| page.contains(words)) {
            known.acknowledged = words;
        }
        let is_kept = page.contains(&known.acknowledged);
        assert!(is_kept, "{path} lost “{}”", known.acknowledged);
    }
}

fn verify(fresh: &Fresh) {
    let output = Command::new(PROGRAM)
        .args(["journal", "verify", "--database", &fresh.address])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The control: an answer taken away behind the program's back is missed by the check.
#[test]
#[should_panic(expected = "lost")]
fn a_lost_answer_would_be_seen() {
    let fresh = borough(Engine::Sqlite);
    let server = Server::of(&fresh);
    let visitor = server.visitor("priya.anand@larkmoor.example");
    let path = standards(&visitor).remove(0);
    let acknowledged = "Words that were never kept.".to_owned();
    check(&visitor, &mut [(path, Known { acknowledged, sent: None })].into());
}
