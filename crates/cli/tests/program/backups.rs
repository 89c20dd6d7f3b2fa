//! Backups made while people save: each restores, has all that was acknowledged before it, and the
//! same journal. What was changed since is refused.
//!
//! `QUARTERLIGHT_BACKUPS` sets how many on each engine and `QUARTERLIGHT_MUTATIONS` how many are
//! changed; the short forms are three and fifty.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

use age::secrecy::ExposeSecret;
use age::x25519::Identity;
use quarterlight_testing::engines::{Engine, Fresh};
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::commands::{Ran, run};
use crate::kills::standards;
use crate::server::{Server, Visitor, between, borough};

/// How many, where the environment does not say.
pub fn times(name: &str, short: usize) -> usize {
    let set = std::env::var_os(name);
    set.and_then(|times| times.into_string().ok()?.parse().ok()).unwrap_or(short)
}

/// A key pair: the public key, and a file with the secret one.
fn keys(folder: &Path) -> (String, PathBuf) {
    let identity = Identity::generate();
    let file = folder.join("key.txt");
    let text = format!("# kept elsewhere\n{}\n", identity.to_string().expose_secret());
    fs::write(&file, text).unwrap();
    (identity.to_public().to_string(), file)
}

/// The number of the answer that was last acknowledged for each standard.
pub type Acknowledged = Arc<Mutex<BTreeMap<String, u64>>>;

/// Saves answers in turn until it is told to stop, and notes each that was acknowledged.
pub fn save_until(
    mut visitor: Visitor,
    standards: &[String],
    (stop, acknowledged): (&AtomicBool, &Acknowledged),
) {
    for number in 1.. {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let path = &standards[usize::try_from(number).unwrap() % standards.len()];
        let page = visitor.get(path).unwrap().text;
        let version = between(&page, "name=\"version\" value=\"", "\"")[0].to_owned();
        let words = format!("Answer number {number}, written under load.");
        let form = [("judgement", "partly-met"), ("seen", &*words), ("version", &*version)];
        let answer = visitor.post(path, &form).unwrap();
        assert_eq!(answer.status, 303, "{}", answer.text);
        acknowledged.lock().unwrap().insert(path.clone(), number);
    }
}

/// Every standard says what was acknowledged, or something that was saved later.
pub fn has_all(visitor: &Visitor, acknowledged: &BTreeMap<String, u64>) -> usize {
    for (path, number) in acknowledged {
        let page = visitor.get(path).unwrap().text;
        let kept = between(&page, "Answer number ", ",").first().and_then(|it| it.parse().ok());
        assert!(kept >= Some(*number), "{path} lost answer {number}: it has {kept:?}");
    }
    acknowledged.len()
}

#[test]
fn a_backup_under_load_restores_whole_on_sqlite() {
    campaign(Engine::Sqlite);
}

#[test]
fn a_backup_under_load_restores_whole_on_postgres() {
    campaign(Engine::Postgres);
}

fn campaign(engine: Engine) {
    let fresh = borough(engine);
    let folder = tempfile::tempdir().unwrap();
    let (public, secret) = keys(folder.path());
    let server = Server::of(&fresh);
    let visitor = server.visitor("priya.anand@larkmoor.example");
    let standards = standards(&visitor);
    let (stop, acknowledged) = (Arc::new(AtomicBool::new(false)), Acknowledged::default());
    let writer = {
        let (stop, acknowledged) = (Arc::clone(&stop), Arc::clone(&acknowledged));
        spawn(move || save_until(visitor, &standards, (&stop, &acknowledged)))
    };
    while acknowledged.lock().unwrap().is_empty() {
        sleep(Duration::from_millis(20));
    }
    let count = times("QUARTERLIGHT_BACKUPS", 3);
    let (mut made, mut restoring) = (Vec::new(), Duration::ZERO);
    for number in 0..count {
        let known = acknowledged.lock().unwrap().clone();
        let file = folder.path().join(format!("{number}.age"));
        let words = ["backup", "--recipient", &public, "--to", file.to_str().unwrap()];
        let backup = run(&fresh.address, &words, "");
        assert_eq!(backup.code, 0, "{}{}", backup.out, backup.err);
        assert!(backup.out.contains("read again, restored and checked"), "{}", backup.out);
        made.push((file, known, between(&backup.out, "checkpoint ", ";")[0].to_owned()));
    }
    stop.store(true, Ordering::Relaxed);
    writer.join().unwrap();
    drop(server);
    let mut looked = 0;
    for (place, (file, known, checkpoint)) in made.iter().enumerate() {
        let restored = Fresh::on(engine);
        let begun = Instant::now();
        let done = restore(file, &secret, &restored.address);
        restoring += begun.elapsed();
        assert_eq!(done.code, 0, "{}{}", done.out, done.err);
        let verified =
            run(&restored.address, &["journal", "verify", "--checkpoint", checkpoint], "");
        assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
        // The pages of the first and of the last, as their readers see them.
        if place == 0 || place + 1 == count {
            let server = Server::of(&restored);
            looked += has_all(&server.visitor("priya.anand@larkmoor.example"), known);
        }
        if let Some(file) = restored.file() {
            fs::remove_file(file).unwrap();
        }
    }
    println!(
        "{engine:?}: {count} of {count} backups under load restored with the same journal, {:.2} s \
         each; {looked} acknowledged answers looked for, none lost",
        restoring.as_secs_f64() / f64::from(u32::try_from(count).unwrap())
    );
}

fn restore(file: &Path, secret: &Path, to: &str) -> Ran {
    let words = ["restore", file.to_str().unwrap(), "--identity", secret.to_str().unwrap()];
    run("", &[&words[..], &["--to", to]].concat(), "")
}

/// A small database with a journal, and a backup of it, sealed and not.
fn small(engine: Engine, folder: &Path) -> (Fresh, PathBuf, PathBuf, PathBuf) {
    let fresh = Fresh::on(engine);
    assert_eq!(run(&fresh.address, &["migrate"], "").code, 0);
    let place = ["place", "add", "--kind", "authority", "--name", "Larkmoor"];
    assert_eq!(run(&fresh.address, &place, "").code, 0);
    let (public, secret) = keys(folder);
    let (sealed, plain) = (folder.join("sealed"), folder.join("plain"));
    for (how, file) in
        [(["--recipient", &*public], &sealed), (["--unencrypted", "--keep=0"], &plain)]
    {
        let words = [&["backup", "--to", file.to_str().unwrap()], &how[..]].concat();
        let made = run(&fresh.address, &words, "");
        assert_eq!(made.code, 0, "{}{}", made.out, made.err);
    }
    (fresh, secret, sealed, plain)
}

#[test]
fn a_backup_that_was_changed_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (_fresh, secret, sealed, plain) = small(Engine::Sqlite, folder.path());
    let mut chance = ChaCha12Rng::seed_from_u64(20_261_128);
    let count = times("QUARTERLIGHT_MUTATIONS", 50);
    for file in [sealed, plain] {
        let whole = fs::read(&file).unwrap();
        let to = folder.path().join("restored.sqlite");
        let address = format!("sqlite:{}", to.display());
        for number in 0..count {
            let mut bytes = whole.clone();
            let how = harm(&mut bytes, &mut chance);
            assert_ne!(bytes, whole, "the control did nothing");
            let harmed = folder.path().join("harmed");
            fs::write(&harmed, &bytes).unwrap();
            let done = restore(&harmed, &secret, &address);
            assert_eq!(done.code, 1, "{number}: {how}: {}{}", done.out, done.err);
            let says = ["damaged", "does not open this backup"];
            assert!(says.iter().any(|it| done.err.contains(it)), "{how}: {}", done.err);
            assert!(!to.exists(), "{number}: {how}: something was left");
        }
        // The control: as it was, it is taken.
        let done = restore(&file, &secret, &address);
        assert_eq!(done.code, 0, "{}{}", done.out, done.err);
        fs::remove_file(&to).unwrap();
        println!("{count} of {count} changed backups were refused, and the unchanged one was not");
    }
    let left: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with('.'))
        .collect();
    assert_eq!(left, Vec::<String>::new(), "something was left behind");
}

/// Changes a file as disks, networks and people do.
fn harm(bytes: &mut Vec<u8>, chance: &mut ChaCha12Rng) -> &'static str {
    let length = bytes.len();
    let mut upto = |most: usize| usize::try_from(chance.next_u64()).unwrap() % most;
    match upto(6) {
        0 => {
            bytes[upto(length)] ^= 1 << upto(8);
            "a bit was flipped"
        }
        1 => {
            bytes.truncate(upto(length));
            "it was cut short"
        }
        2 => {
            bytes.truncate(length - 1 - upto(64));
            "its last bytes are gone"
        }
        3 => {
            bytes.push(0);
            "a byte was added"
        }
        4 => {
            let at = upto(length);
            let end = (at + 4096).min(length);
            for byte in &mut bytes[at..end] {
                *byte ^= 0x55;
            }
            "a page was overwritten"
        }
        _ => {
            bytes.remove(upto(length));
            "a byte is missing"
        }
    }
}

#[test]
fn nothing_is_restored_over_what_is_kept_or_with_the_wrong_key() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let folder = tempfile::tempdir().unwrap();
        let (fresh, secret, sealed, plain) = small(engine, folder.path());
        let over = restore(&sealed, &secret, &fresh.address);
        assert_eq!((over.code, over.err.contains("over what is kept")), (1, true), "{}", over.err);
        let elsewhere = tempfile::tempdir().unwrap();
        let (_, other) = keys(elsewhere.path());
        let empty = Fresh::on(engine);
        let wrong = restore(&sealed, &other, &empty.address);
        assert_eq!((wrong.code, wrong.err.contains("does not open")), (1, true), "{}", wrong.err);
        let without = run("", &["restore", sealed.to_str().unwrap(), "--to", &empty.address], "");
        assert_eq!(
            (without.code, without.err.contains("--identity")),
            (1, true),
            "{}",
            without.err
        );
        let crossed =
            Fresh::on(if engine == Engine::Sqlite { Engine::Postgres } else { Engine::Sqlite });
        let crossed = restore(&sealed, &secret, &crossed.address);
        assert_eq!(
            (crossed.code, crossed.err.contains("import-export")),
            (1, true),
            "{}",
            crossed.err
        );
        let tried = ["restore", plain.to_str().unwrap(), "--dry-run", "--to", &fresh.address];
        let tried = run("", &tried, "");
        assert_eq!(tried.code, 0, "{}{}", tried.out, tried.err);
        assert!(tried.out.contains("threw away"), "{}", tried.out);
        let nobody = run(&fresh.address, &["backup", "--to", "/nowhere"], "");
        assert_eq!((nobody.code, nobody.err.contains("--recipient")), (1, true), "{}", nobody.err);
    }
}

#[test]
fn two_servers_make_each_backup_once_and_let_old_ones_go() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let fresh = Fresh::on(engine);
        assert_eq!(run(&fresh.address, &["migrate"], "").code, 0);
        let folder = tempfile::tempdir().unwrap();
        let (public, _) = keys(folder.path());
        let to = folder.path().join("backups");
        fs::create_dir(&to).unwrap();
        for old in ["20250101T000000Z", "20250102T000000Z", "20250103T000000Z"] {
            fs::write(to.join(format!("quarterlight-{old}.backup.age")), "old").unwrap();
        }
        fs::write(to.join("notes.txt"), "somebody's own").unwrap();
        let settings = folder.path().join("settings.toml");
        let words = format!(
            "backup_to = \"{}\"\nbackup_recipients = \"{public}\"\nbackup_every = 1\nbackup_keep = 2\n",
            to.display()
        );
        fs::write(&settings, words).unwrap();
        let with = ["--config", settings.to_str().unwrap()];
        let servers = [Server::with(&fresh, &with), Server::with(&fresh, &with)];
        let names = || {
            let mut names: Vec<String> = fs::read_dir(&to)
                .unwrap()
                .map(|it| it.unwrap().file_name().into_string().unwrap())
                .filter(|it| !it.starts_with('.'))
                .collect();
            names.sort();
            names
        };
        let begun = Instant::now();
        while names().len() != 3 && begun.elapsed() < Duration::from_mins(1) {
            sleep(Duration::from_millis(100));
        }
        sleep(Duration::from_secs(3));
        let there = names();
        assert_eq!(there.len(), 3, "{there:?}");
        assert_eq!(there[0], "notes.txt", "what is no backup stays");
        assert!(there[1].contains("20250103") && !there[2].contains("2025"), "{there:?}");
        drop(servers);
        assert_eq!(run(&fresh.address, &["journal", "verify"], "").code, 0);
    }
}
