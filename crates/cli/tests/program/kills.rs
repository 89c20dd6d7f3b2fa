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

use crate::savers::auditors;
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

/// How many people save at once while the server is killed.
const SAVERS: usize = 4;

/// After so many kills the next ones are told to a new borough: a journal is verified after each, and
/// takes longer the more is in it.
const KILLS_OF_A_BOROUGH: u32 = 100;

/// Somebody who saves, and what they know.
struct Saver {
    visitor: Visitor,
    standards: Vec<String>,
    known: BTreeMap<String, Known>,
}

fn campaign(engine: Engine, times: u32) {
    let mut chance = ChaCha12Rng::seed_from_u64(SEED);
    let (mut acknowledged, mut sent) = (0, 0);
    for first in (0..times).step_by(KILLS_OF_A_BOROUGH as usize) {
        let fresh = borough(engine);
        let people = auditors(&fresh, SAVERS);
        let server = Server::of(&fresh);
        let mut savers: Vec<Saver> = people.iter().map(|email| saver(&server, email)).collect();
        drop(server);
        for round in first..times.min(first + KILLS_OF_A_BOROUGH) {
            let server = Server::of(&fresh);
            let writing: Vec<_> = savers
                .into_iter()
                .map(|mut saver| {
                    // Who was signed in is still: a session outlives its server.
                    saver.visitor.address = format!("http://127.0.0.1:{}", server.port());
                    saver.check();
                    spawn(move || saver.write(round))
                })
                .collect();
            sleep(Duration::from_millis(u64::from(30 + chance.next_u32() % 500)));
            drop(server);
            let told = writing.into_iter().map(|it| it.join().unwrap());
            savers = told
                .map(|(saver, counts)| {
                    acknowledged += counts.0;
                    sent += counts.1;
                    saver
                })
                .collect();
            verify(&fresh);
        }
        let server = Server::of(&fresh);
        for saver in &mut savers {
            saver.visitor.address = format!("http://127.0.0.1:{}", server.port());
            saver.check();
        }
    }
    assert!(
        acknowledged > times,
        "only {acknowledged} answers were acknowledged in {times} rounds"
    );
    println!(
        "{engine:?}: {times} kills under {SAVERS} people saving, {acknowledged} of {sent} answers \
         acknowledged, none lost; the journal verified after each"
    );
}

/// Somebody signed in, with an audit to work on.
fn saver(server: &Server, email: &str) -> Saver {
    let visitor = server.visitor(email);
    let standards = standards(&visitor);
    Saver { visitor, standards, known: BTreeMap::new() }
}

/// The links to the standards of the audit that is under way.
pub fn standards(visitor: &Visitor) -> Vec<String> {
    let home = visitor.get("/").unwrap().text;
    let audit = home
        .split("<li>")
        .find(|item| {
            ["left · ", "Check and submit", "Start the audit"].iter().any(|it| item.contains(it))
        })
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

impl Saver {
    /// Saves answers until the server is gone: with how many were acknowledged, and how many sent.
    fn write(mut self, round: u32) -> (Self, (u32, u32)) {
        let (mut acknowledged, mut sent) = (0, 0);
        for number in 0.. {
            let path = &self.standards[number % self.standards.len()];
            let Some(page) = self.visitor.get(path) else { break };
            let version = between(&page.text, "name=\"version\" value=\"", "\"").first().copied();
            let words = format!("Round {round}, answer {number}.");
            let form =
                [("judgement", "partly-met"), ("seen", &words), ("version", version.unwrap())];
            let known = self.known.entry(path.clone()).or_default();
            known.sent = Some(words.clone());
            sent += 1;
            let Some(answer) = self.visitor.post(path, &form) else { break };
            // On a machine with much else to do, a saving may be refused: that is no acknowledgement.
            if answer.status == 503 && answer.text.contains("Not saved") {
                continue;
            }
            assert_eq!(answer.status, 303, "{}", answer.text);
            acknowledged += 1;
            *known = Known { acknowledged: words, sent: None };
        }
        (self, (acknowledged, sent))
    }

    /// Every standard says what was last acknowledged, or what was sent after that and not answered.
    /// What is seen to be kept must stay, so from then on it counts as acknowledged.
    fn check(&mut self) {
        for (path, known) in &mut self.known {
            let page = self.visitor.get(path).unwrap().text;
            if let Some(words) = known.sent.take().filter(|words| page.contains(words)) {
                known.acknowledged = words;
            }
            let is_kept = page.contains(&known.acknowledged);
            assert!(is_kept, "{path} lost “{}”", known.acknowledged);
        }
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
    let mut saver = saver(&server, "priya.anand@larkmoor.example");
    let path = saver.standards.remove(0);
    let acknowledged = "Words that were never kept.".to_owned();
    saver.known.insert(path, Known { acknowledged, sent: None });
    saver.check();
}
