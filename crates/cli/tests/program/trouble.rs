//! A full disk and a locked database: nothing is half saved, the screen says that it was not saved and
//! still has the words, and it goes on without a restart once there is room again.
//!
//! `QUARTERLIGHT_FULL_DISKS` sets how often the disk fills; the short form is three times. Where no
//! file system can be mounted, as for anybody but root, nothing is checked, and that is said.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use quarterlight_testing::engines::{Engine, Fresh};

use crate::backups::times;
use crate::commands::run;
use crate::kills::standards;
use crate::server::{Answer, Server, Visitor, between, borough};

/// A small file system of its own, gone when this is dropped.
struct Small(tempfile::TempDir);

impl Small {
    fn of(megabytes: u64) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={megabytes}m"), "tmpfs"]);
        let mounted = mount.arg(folder.path()).stderr(Stdio::null()).status();
        mounted.is_ok_and(|it| it.success()).then(|| Self(folder))
    }

    /// Takes all the room that there is.
    fn fill(&self) {
        let mut file = File::create(self.0.path().join("filler")).unwrap();
        let some = [7; 4096];
        while file.write_all(&some).is_ok() {}
    }

    fn make_room(&self) {
        fs::remove_file(self.0.path().join("filler")).unwrap();
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.0.path()).status();
    }
}

/// Sends an answer of some length to a standard.
fn send(visitor: &mut Visitor, path: &str, words: &str) -> Answer {
    let page = visitor.get(path).unwrap();
    assert_eq!(page.status, 200, "the page is not there");
    let version = between(&page.text, "name=\"version\" value=\"", "\"")[0].to_owned();
    let form = [("judgement", "partly-met"), ("seen", words), ("version", &version)];
    visitor.post(path, &form).unwrap()
}

fn says_not_saved(answer: &Answer, words: &str) {
    assert_eq!(answer.status, 503, "{}", answer.text);
    let begins: String = words.chars().take(40).collect();
    for needed in ["Not saved", &begins, "Try to save it again"] {
        assert!(answer.text.contains(needed), "{needed}: {}", answer.text);
    }
}

#[test]
fn a_full_disk_saves_nothing_by_halves_and_goes_on_when_there_is_room() {
    let original = borough(Engine::Sqlite);
    let file = original.file().unwrap();
    let size = fs::metadata(&file).unwrap().len() / 1024 / 1024;
    let Some(small) = Small::of(size + 24) else {
        println!("No file system can be mounted here: nothing was checked of a full disk.");
        return;
    };
    let there = small.0.path().join("small.sqlite");
    fs::copy(&file, &there).unwrap();
    let fresh = Fresh::at(format!("sqlite:{}", there.display()));
    let server = Server::of(&fresh);
    let mut visitor = server.visitor("priya.anand@larkmoor.example");
    drop(server);
    let count = times("QUARTERLIGHT_FULL_DISKS", 3);
    let (mut saved, mut refused) = (Vec::new(), 0);
    for round in 0..count {
        // A new server has a new log: one that was used before has room of its own, and goes round in it.
        let server = Server::of(&fresh);
        visitor.address = format!("http://127.0.0.1:{}", server.port());
        let standards = standards(&visitor);
        let mut is_full = false;
        for number in 0..400 {
            let path = &standards[number % standards.len()];
            let words = format!("Round {round}, answer {number}. {}", "It goes on. ".repeat(300));
            let page = visitor.get(path).unwrap();
            assert_eq!(page.status, 200, "{}", page.text);
            let version = between(&page.text, "name=\"version\" value=\"", "\"")[0].to_owned();
            let form = [("judgement", "partly-met"), ("seen", &*words), ("version", &*version)];
            small.fill();
            let answer = visitor.post(path, &form).unwrap();
            if answer.status != 303 {
                says_not_saved(&answer, &words);
                refused += 1;
                small.make_room();
                let again = visitor.post(path, &form).unwrap();
                assert_eq!(again.status, 303, "it does not go on: {}", again.text);
                saved.push((path.clone(), words));
                small.fill();
                is_full = true;
                break;
            }
            small.make_room();
            saved.push((path.clone(), words));
        }
        if is_full {
            small.make_room();
        }
        let path = &standards[round % standards.len()];
        let words = format!("Round {round}, after there was room again.");
        assert_eq!(send(&mut visitor, path, &words).status, 303);
        saved.push((path.clone(), words));
        // The last words for each standard are the ones that were acknowledged last.
        for path in &standards {
            let Some((_, words)) = saved.iter().rev().find(|(it, _)| it == path) else { continue };
            let page = visitor.get(path).unwrap();
            let shown = between(&page.text, "rows=\"6\"", "</textarea>");
            let shown: Vec<&str> = shown.iter().map(|it| it.get(..120).unwrap_or(it)).collect();
            let begins = words.get(..40).unwrap_or(words);
            assert!(
                page.text.contains(words.trim_end()),
                "{path} lost “{begins}”: it shows {} {shown:?}",
                page.status
            );
        }
        drop(server);
        assert_eq!(run(&fresh.address, &["journal", "verify"], "").code, 0);
    }
    assert!(refused >= count, "the disk was full {refused} times");
    println!(
        "The disk was full {count} times: {refused} refused, {} saved, none lost",
        saved.len()
    );
}

/// Somebody with the database's own tools holds the lock: a sentence within seconds, and on it goes.
#[test]
fn a_locked_database_says_so_and_loses_nothing() {
    let fresh = borough(Engine::Sqlite);
    let Some(mut holder) = hold(&fresh.file().unwrap()) else {
        println!("The program sqlite3 is not here: nothing was checked of a locked database.");
        return;
    };
    let server = Server::of(&fresh);
    // Signing in is a write too, and waits its turn.
    holder.kill().unwrap();
    holder.wait().unwrap();
    let mut visitor = server.visitor("priya.anand@larkmoor.example");
    let path = standards(&visitor).remove(0);
    let page = visitor.get(&path).unwrap().text;
    let version = between(&page, "name=\"version\" value=\"", "\"")[0].to_owned();
    let words = "Written while somebody else held the lock.";
    let form = [("judgement", "partly-met"), ("seen", words), ("version", &*version)];
    let mut holder = hold(&fresh.file().unwrap()).unwrap();
    let begun = Instant::now();
    let answer = visitor.post(&path, &form).unwrap();
    let waited = begun.elapsed();
    says_not_saved(&answer, words);
    assert!(waited < Duration::from_secs(15), "it took {waited:?}");
    holder.kill().unwrap();
    holder.wait().unwrap();
    let again = visitor.post(&path, &form).unwrap();
    assert_eq!(again.status, 303, "{}", again.text);
    assert!(visitor.get(&path).unwrap().text.contains(words));
    drop(server);
    assert_eq!(run(&fresh.address, &["journal", "verify"], "").code, 0);
    println!("A locked database was said to be so after {waited:?}");
}

/// Holds the write lock of a SQLite file until killed.
fn hold(file: &Path) -> Option<std::process::Child> {
    let mut command = Command::new("sqlite3");
    command.arg(file).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let begin = b"pragma busy_timeout = 4000;\nbegin immediate;\nselect 'held';\n";
    child.stdin.as_mut().unwrap().write_all(begin).unwrap();
    child.stdin.as_mut().unwrap().flush().unwrap();
    let mut said = String::new();
    let mut out = std::io::BufReader::new(child.stdout.take().unwrap());
    while !said.contains("held") {
        assert!(std::io::BufRead::read_line(&mut out, &mut said).unwrap() > 0, "{said}");
    }
    sleep(Duration::from_millis(50));
    Some(child)
}
