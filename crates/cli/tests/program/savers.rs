//! Many auditors save at once, the server is killed, and every saving that was acknowledged is there.
//!
//! `QUARTERLIGHT_SAVERS` sets how many and `QUARTERLIGHT_SAVERS_SECONDS` for how long; the short form
//! is ten for three seconds. The long one is fifty for two minutes, on a release build:
//! `QUARTERLIGHT_SAVERS=50 QUARTERLIGHT_SAVERS_SECONDS=120 cargo test --release -p quarterlight --test
//! program savers -- --nocapture --test-threads 1`.

use std::thread::spawn;
use std::time::{Duration, Instant};

use quarterlight_domain::id::CycleId;
use quarterlight_domain::independence::Independent;
use quarterlight_domain::person::Role;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::ties::Ties;
use quarterlight_store::{Durability, NewPerson, Settings, Store};
use quarterlight_testing::engines::{Engine, Fresh};

use crate::commands::run;
use crate::server::{PASSWORD, Server, Visitor, between, borough, today};

fn set(name: &str, short: u64) -> u64 {
    let set = std::env::var_os(name).and_then(|set| set.into_string().ok()?.parse().ok());
    set.unwrap_or(short)
}

#[test]
fn nothing_acknowledged_is_lost_by_many_savers_on_sqlite() {
    campaign(Engine::Sqlite);
}

#[test]
fn nothing_acknowledged_is_lost_by_many_savers_on_postgres() {
    campaign(Engine::Postgres);
}

/// One auditor with an audit: what was acknowledged last for each standard.
struct Saver {
    visitor: Visitor,
    standards: Vec<Standard>,
    number: usize,
}

/// A standard on which somebody works.
struct Standard {
    path: String,
    version: String,
    form_key: String,
    acknowledged: String,
    /// Sent and not acknowledged, for the server was gone.
    sent: String,
}

fn campaign(engine: Engine) {
    let (savers, seconds) = (set("QUARTERLIGHT_SAVERS", 10), set("QUARTERLIGHT_SAVERS_SECONDS", 3));
    let fresh = borough(engine);
    let auditors = auditors(&fresh, usize::try_from(savers).unwrap());
    let server = Server::of(&fresh);
    let savers: Vec<Saver> =
        auditors.iter().enumerate().map(|(number, email)| saver(&server, email, number)).collect();
    let begun = Instant::now();
    let end = begun + Duration::from_secs(seconds);
    let threads: Vec<_> = savers.into_iter().map(|it| spawn(move || it.save_until(end))).collect();
    // The power goes while they are still saving.
    std::thread::sleep(end.saturating_duration_since(Instant::now()));
    drop(server);
    let done: Vec<(Saver, Vec<Duration>, u32)> =
        threads.into_iter().map(|it| it.join().unwrap()).collect();
    let took = begun.elapsed();

    let server = Server::of(&fresh);
    let mut checked = 0;
    for ((saver, ..), email) in done.iter().zip(&auditors) {
        let visitor = server.visitor(email);
        for standard in saver.standards.iter().filter(|it| !it.acknowledged.is_empty()) {
            let page = visitor.get(&standard.path).unwrap().text;
            let is_kept = [&standard.acknowledged, &standard.sent]
                .into_iter()
                .any(|words| !words.is_empty() && page.contains(words.as_str()));
            assert!(is_kept, "{} lost “{}”", standard.path, standard.acknowledged);
            checked += 1;
        }
    }
    drop(server);
    assert_eq!(run(&fresh.address, &["journal", "verify"], "").code, 0);
    let mut times: Vec<Duration> = done.iter().flat_map(|it| it.1.clone()).collect();
    times.sort_unstable();
    let errors: u32 = done.iter().map(|it| it.2).sum();
    assert_eq!(errors, 0, "answers other than saved");
    assert!(times.len() > done.len(), "only {} savings", times.len());
    let at = |hundredths: usize| times[(times.len() * hundredths / 100).min(times.len() - 1)];
    println!(
        "{engine:?}: {} auditors, {:.1} s: {} savings acknowledged, {:.0} a second; half within {:?}, \
         99 of 100 within {:?}, the slowest {:?}; no error; {checked} standards checked after the \
         kill, none lost",
        done.len(),
        took.as_secs_f64(),
        times.len(),
        f64::from(u32::try_from(times.len()).unwrap()) / took.as_secs_f64(),
        at(50),
        at(99),
        times[times.len() - 1],
    );
}

/// Draws the next quarter, and assigns an audit to each of so many new auditors.
pub fn auditors(fresh: &Fresh, count: usize) -> Vec<String> {
    let server = Server::of(fresh);
    let mut amara = server.visitor("amara.osei@larkmoor.example");
    let hidden = |text: &str, name: &str| {
        between(text, &format!("name=\"{name}\" value=\""), "\"")[0].to_owned()
    };
    let cycles = amara.get("/cycles").unwrap().text;
    let quarter = hidden(&cycles, "quarter");
    let due = today().saturating_add(jiff::Span::new().days(60));
    let (day, month, year) = (due.day(), due.month(), due.year());
    let [day, month, year] = [day.to_string(), month.to_string(), year.to_string()];
    let form =
        [("quarter", &*quarter), ("due-day", &day), ("due-month", &month), ("due-year", &year)];
    assert_eq!(amara.post("/cycles", &form).unwrap().status, 303);
    let cycles = amara.get("/cycles").unwrap().text;
    let newest =
        between(&cycles, "href=\"/cycles/", "\"").into_iter().filter_map(|id| id.parse().ok());
    let cycle: i64 = newest.max().unwrap();
    let page = format!("/cycles/{cycle}/draw");
    let draw = amara.get(&format!("{page}?total={count}&at_least=1&exclude=no")).unwrap().text;
    let values = ["total", "at_least", "exclude", "digest"].map(|name| (name, hidden(&draw, name)));
    let mut form: Vec<(&str, &str)> =
        values.iter().map(|(name, it)| (*name, it.as_str())).collect();
    form.push(("seed", "dice 4-2-6-1 thrown for many savers"));
    let drawn = amara.post(&page, &form).unwrap();
    assert_eq!(drawn.status, 303, "{}", drawn.text);
    drop(server);

    let settings = Settings {
        address: fresh.address.clone(),
        durability: Durability::Throwaway,
        chance: || [7; 32],
    };
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store = Store::open(&settings).await.unwrap();
        let now = today().at(7, 0, 0, 0).in_tz("Europe/London").unwrap().timestamp();
        let stamp = Stamp::console(now, "assigned the audits of a campaign");
        let password = quarterlight_web::password::hash(PASSWORD, [9; 32]).unwrap();
        let people = store.people.all().await.unwrap();
        let mut grants = people.into_iter().flat_map(|line| line.person.grants);
        let grant =
            grants.find(|grant| grant.role == Role::Auditor && grant.until.is_none()).unwrap();
        let picks = store.draws.picks(CycleId(cycle)).await.unwrap();
        let mut emails = Vec::new();
        for (number, pick) in picks.iter().filter(|pick| !pick.reserve).take(count).enumerate() {
            let email = format!("saver.{number}@larkmoor.example");
            let new = NewPerson {
                name: format!("Saver {number}"),
                email: email.clone(),
                password: Some(password.clone()),
                grants: vec![grant.clone()],
            };
            let id = store.people.add(&stamp, &new).await.unwrap();
            let person = store.people.get(id).await.unwrap().unwrap();
            let record = store.records.by_reference(&pick.reference).await.unwrap().unwrap();
            let independent = Independent::of(&person, &record, &Ties::default(), today()).unwrap();
            store.audits.assign(&stamp, CycleId(cycle), &independent, due).await.unwrap();
            emails.push(email);
        }
        store.close().await.unwrap();
        assert_eq!(emails.len(), count, "a draw of {} records", picks.len());
        emails
    })
}

/// Somebody signed in, with the pages of six standards open.
fn saver(server: &Server, email: &str, number: usize) -> Saver {
    let visitor = server.visitor(email);
    let home = visitor.get("/").unwrap().text;
    let audit = format!("/audits/{}", between(&home, "href=\"/audits/", "\"")[0]);
    let check = visitor.get(&format!("{audit}/submit")).unwrap().text;
    let links = between(&check, &format!("href=\"{audit}/standards/"), "\"");
    let mine = links.iter().take(6);
    let standards = mine.map(|code| {
        let path = format!("{audit}/standards/{code}");
        let page = visitor.get(&path).unwrap().text;
        let hidden =
            |name: &str| between(&page, &format!("name=\"{name}\" value=\""), "\"")[0].to_owned();
        let (version, form_key) = (hidden("version"), hidden("form_key"));
        Standard { path, version, form_key, acknowledged: String::new(), sent: String::new() }
    });
    let standards: Vec<Standard> = standards.collect();
    assert!(!standards.is_empty(), "{email} has nothing to answer in {audit}");
    Saver { visitor, standards, number }
}

impl Saver {
    /// Saves as fast as the server answers, until it is gone; with how long each took, and how many
    /// answers were something else than saved.
    fn save_until(mut self, end: Instant) -> (Self, Vec<Duration>, u32) {
        let (mut times, mut errors) = (Vec::new(), 0);
        for turn in 1_usize.. {
            let count = self.standards.len();
            let standard = &mut self.standards[turn % count];
            let words = format!("Saver {} writes for the {turn}th time.", self.number);
            let turn = turn.to_string();
            let form = [
                ("as", "answer"),
                ("judgement", "partly-met"),
                ("seen", &words),
                ("version", &standard.version),
                ("form_key", &standard.form_key),
                ("turn", &turn),
            ];
            let begun = Instant::now();
            standard.sent.clone_from(&words);
            match self.visitor.post(&format!("{}/keep", standard.path), &form) {
                Some(answer) if answer.status == 200 && answer.text.starts_with("saved") => {
                    times.push(begun.elapsed());
                    standard.acknowledged = words;
                    standard.sent.clear();
                }
                Some(answer) => {
                    errors += 1;
                    println!("{}: {} {}", standard.path, answer.status, answer.text);
                }
                // The server is gone: before its time that is an error too.
                None => {
                    errors += u32::from(Instant::now() < end);
                    return (self, times, errors);
                }
            }
        }
        (self, times, errors)
    }
}
