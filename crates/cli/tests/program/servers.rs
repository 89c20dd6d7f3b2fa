//! Several servers on one PostgreSQL, behind a balancer that sends each request to another; and a
//! primary that is lost while people save.
//!
//! `QUARTERLIGHT_FAILOVERS` sets how many primaries are lost; the short form is one, and its control.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

use quarterlight_testing::engines::{Engine, Fresh};
use quarterlight_testing::proxy::Proxy;
use quarterlight_testing::replicated::Replicated;

use crate::backups::{Acknowledged, has_all, save_until, times};
use crate::commands::run;
use crate::kills::standards;
use crate::mail::{mail_server, settings};
use crate::server::{PROGRAM, Server, Visitor, between, borough, borough_in};

#[test]
fn any_server_answers_any_request() {
    let fresh = borough(Engine::Postgres);
    let servers = [Server::of(&fresh), Server::of(&fresh), Server::of(&fresh)];
    let ports = servers.each_ref().map(Server::port);
    let proxy = Proxy::before(&ports);
    let visitor = Visitor::signed_in(proxy.port, "priya.anand@larkmoor.example");
    let standards = standards(&visitor);
    let (stop, acknowledged) = (AtomicBool::new(false), Acknowledged::default());
    std::thread::scope(|scope| {
        scope.spawn(|| save_until(visitor, &standards, (&stop, &acknowledged)));
        while acknowledged.lock().unwrap().len() < standards.len().min(12) {
            sleep(Duration::from_millis(50));
        }
        stop.store(true, Ordering::Relaxed);
    });
    let known = acknowledged.lock().unwrap().clone();
    for server in &servers {
        has_all(&server.visitor("priya.anand@larkmoor.example"), &known);
    }
    let counts = proxy.counts();
    assert_eq!(counts.len(), 3, "{counts:?}");
    assert!(counts.iter().all(|(_, count)| *count > 5), "{counts:?}");
    drop(servers);
    assert_eq!(run(&fresh.address, &["journal", "verify"], "").code, 0);
    println!("Three servers, {counts:?} connections each, {} answers on every one", known.len());
}

#[test]
fn programs_that_migrate_at_once_take_turns() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let fresh = Fresh::on(engine);
        let running = (0..4).map(|_| {
            let mut command = Command::new(PROGRAM);
            command.args(["migrate", "--database", &fresh.address]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        });
        let running: Vec<_> = running.collect();
        let ended: Vec<_> = running.into_iter().map(|it| it.wait_with_output().unwrap()).collect();
        let said: Vec<String> =
            ended.iter().map(|it| String::from_utf8_lossy(&it.stdout).into_owned()).collect();
        for output in &ended {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        for once in ["steps were taken", "adopted as edition 1", "A filing protocol was kept"] {
            let count = said.iter().filter(|it| it.contains(once)).count();
            assert_eq!(count, 1, "{once}, on {engine:?}: {said:?}");
        }
        let editions = run(&fresh.address, &["framework", "list"], "");
        assert_eq!(
            editions.out.matches("edition 1").count(),
            1,
            "{}{}",
            editions.out,
            editions.err
        );
        assert_eq!(run(&fresh.address, &["journal", "verify"], "").code, 0);
    }
}

#[test]
fn two_servers_tell_each_person_of_a_concern_once() {
    let fresh = borough(Engine::Postgres);
    let (port, taken) = mail_server(None);
    let folder = tempfile::tempdir().unwrap();
    let file = settings(folder.path(), port);
    let with = ["--config", file.to_str().unwrap()];
    let servers = [Server::with(&fresh, &with), Server::with(&fresh, &with)];
    let mut priya = servers[0].visitor("priya.anand@larkmoor.example");
    let home = priya.get("/").unwrap().text;
    let audit = between(&home, "href=\"/audits/", "\"")[0];
    let form = [("seen", "Not seen for nine weeks."), ("reached", "no"), ("form_key", "one")];
    assert_eq!(priya.post(&format!("/audits/{audit}/concern"), &form).unwrap().status, 303);
    // Each server looks every five seconds: twice at least.
    sleep(Duration::from_secs(13));
    drop(servers);
    let mut to: BTreeMap<String, usize> = BTreeMap::new();
    // The others are of a record that was opened by break-glass the evening before.
    let all = taken.lock().unwrap();
    for message in all.iter().filter(|it| it.contains("A child may be unsafe")) {
        let line = message.lines().find(|line| line.starts_with("To: ")).unwrap();
        *to.entry(line.to_owned()).or_default() += 1;
    }
    assert!(to.len() >= 2, "{to:?}");
    assert!(to.values().all(|count| *count == 1), "{to:?}");
}

#[test]
fn a_lost_primary_loses_no_acknowledged_answer() {
    let (mut acknowledged, count) = (0, times("QUARTERLIGHT_FAILOVERS", 1));
    for _ in 0..count {
        let (seen, lost, doubled) = fail_over(true);
        assert_eq!((lost, doubled), (0, 0), "of {seen} acknowledged answers");
        acknowledged += seen;
    }
    println!(
        "{count} primaries lost, {acknowledged} answers acknowledged, none lost, none doubled"
    );
}

/// The control: where the primary does not wait for its standby, what it acknowledged is lost with it.
#[test]
fn without_waiting_for_the_standby_answers_would_be_lost() {
    let (seen, lost, _) = fail_over(false);
    assert!(lost > 0, "{seen} answers were acknowledged, and none was lost: the test sees nothing");
    println!(
        "The control: {lost} of {seen} acknowledged answers lost without a synchronous standby"
    );
}

/// Loses a primary while somebody saves through two servers, and says how many answers were
/// acknowledged, how many of them are lost, and how many there are twice.
fn fail_over(waits: bool) -> (usize, usize, usize) {
    let mut database = Replicated::start(waits);
    let moving = Proxy::before(&[database.primary()]);
    let address = |port: u16| format!("postgres://quarterlight@127.0.0.1:{port}/quarterlight");
    borough_in(&address(moving.port));
    let through = Fresh::at(address(moving.port));
    let servers = [Server::of(&through), Server::of(&through)];
    let proxy = Proxy::before(&servers.each_ref().map(Server::port));
    let visitor = Visitor::signed_in(proxy.port, "priya.anand@larkmoor.example");
    let standards = standards(&visitor);
    let stop = Arc::new(AtomicBool::new(false));
    let said: Arc<Mutex<Vec<Said>>> = Arc::default();
    let writer = {
        let (stop, said) = (Arc::clone(&stop), Arc::clone(&said));
        spawn(move || persist(visitor, &standards, &stop, &said))
    };
    let acknowledged = || said.lock().unwrap().len();
    wait_until(60, || acknowledged() >= 20);
    // The standby hears nothing any more. Whoever does not wait for it goes on acknowledging.
    database.silence_standby();
    let until_here = acknowledged();
    wait_until(if waits { 2 } else { 30 }, || acknowledged() >= until_here + 10);
    database.lose_primary();
    moving.point_to(&[]);
    database.promote();
    moving.point_to(&[database.standby()]);
    let saved_again = || said.lock().unwrap().iter().filter(|it| it.after_trouble).count();
    assert!(wait_until(90, || saved_again() >= 5), "nothing is saved after the standby took over");
    stop.store(true, Ordering::Relaxed);
    writer.join().unwrap();
    let acknowledged = std::mem::take(&mut *said.lock().unwrap());
    drop(servers);
    let (mut lost, mut doubled) = (0, 0);
    for answer in &acknowledged {
        let query =
            format!("select count(*) from journal_payload where payload like '%{}%'", answer.words);
        let count = database.asked(database.standby(), "quarterlight", &query).unwrap();
        match count.as_str() {
            "0" => lost += 1,
            "1" => {}
            _ => doubled += 1,
        }
    }
    let verified = run(&address(database.standby()), &["journal", "verify"], "");
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
    (acknowledged.len(), lost, doubled)
}

/// An answer that the screen said was saved.
struct Said {
    words: String,
    after_trouble: bool,
}

/// Saves, and sends the same form again for as long as nobody says what became of it.
fn persist(mut visitor: Visitor, standards: &[String], stop: &AtomicBool, said: &Mutex<Vec<Said>>) {
    let (mut turn, mut troubled) = (0, false);
    for path in standards.iter().cycle() {
        turn += 1;
        let words = format!("Answer {turn} through whichever server.");
        let Some(page) = again(stop, &mut troubled, || visitor.get(path)) else { return };
        let hidden =
            |name: &str| between(&page, &format!("name=\"{name}\" value=\""), "\"")[0].to_owned();
        let (version, form_key, turn) = (hidden("version"), hidden("form_key"), turn.to_string());
        let form = [
            ("as", "answer"),
            ("judgement", "partly-met"),
            ("seen", &*words),
            ("version", &*version),
            ("form_key", &*form_key),
            ("turn", &*turn),
        ];
        let keep = format!("{path}/keep");
        let Some(answer) = again(stop, &mut troubled, || visitor.post(&keep, &form)) else {
            return;
        };
        if answer.starts_with("saved") {
            said.lock().unwrap().push(Said { words, after_trouble: troubled });
        }
    }
}

/// Waits for something, so many seconds at most, and says whether it came.
fn wait_until(seconds: u64, mut is_so: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + Duration::from_secs(seconds);
    while Instant::now() < end {
        if is_so() {
            return true;
        }
        sleep(Duration::from_millis(50));
    }
    false
}

/// Asks until there is an answer; none once it is to stop.
fn again(
    stop: &AtomicBool,
    troubled: &mut bool,
    mut ask: impl FnMut() -> Option<crate::server::Answer>,
) -> Option<String> {
    while !stop.load(Ordering::Relaxed) {
        match ask() {
            Some(answer) if answer.status == 200 => return Some(answer.text),
            _ => {
                *troubled = true;
                sleep(Duration::from_millis(100));
            }
        }
    }
    None
}
