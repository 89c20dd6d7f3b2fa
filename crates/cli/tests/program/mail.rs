//! Reminders, sent through a real socket to a mail server that speaks the protocol.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;

use quarterlight_testing::engines::Engine;

use crate::commands::{Ran, run};
use crate::server::borough;

/// Each message that was taken, as it came.
type Taken = Arc<Mutex<Vec<String>>>;

/// A mail server on a free port. It takes messages to everybody, or answers with this code.
pub fn mail_server(refuses: Option<&'static str>) -> (u16, Taken) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let taken = Taken::default();
    let kept = Arc::clone(&taken);
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let kept = Arc::clone(&kept);
            thread::spawn(move || converse(stream, refuses, &kept));
        }
    });
    (port, taken)
}

fn converse(stream: TcpStream, refuses: Option<&str>, taken: &Taken) -> Option<()> {
    let mut out = stream.try_clone().ok()?;
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let mut say = move |line: &str| out.write_all(format!("{line}\r\n").as_bytes()).ok();
    say("220 mail.larkmoor.example")?;
    while let Some(line) = lines.next() {
        let word = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        match word.as_str() {
            "EHLO" | "HELO" => say("250 mail.larkmoor.example")?,
            "RCPT" if refuses.is_some() => say(refuses?)?,
            "DATA" => {
                say("354 go on")?;
                let message: Vec<String> = lines.by_ref().take_while(|line| line != ".").collect();
                taken.lock().unwrap().push(message.join("\n"));
                say("250 taken")?;
            }
            "QUIT" => return say("221 goodbye"),
            _ => say("250 well")?,
        }
    }
    Some(())
}

/// A settings file in a folder, by which mail goes to this port.
pub fn settings(folder: &Path, port: u16) -> PathBuf {
    let file = folder.join("settings.toml");
    let settings = format!(
        "smtp_host = \"127.0.0.1\"\nsmtp_port = {port}\nsmtp_tls = \"none\"\n\
         mail_from = \"Quarterlight <audit@larkmoor.example>\"\nsite = \"http://127.0.0.1:8080\"\n"
    );
    std::fs::write(&file, settings).unwrap();
    file
}

fn remind(address: &str, port: u16, words: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let file = settings(folder.path(), port);
    let config = ["remind", "--config", file.to_str().unwrap()];
    run(address, &[&config, words].concat(), "")
}

#[test]
fn reminders_are_sent_once_and_say_nothing_of_any_child() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let fresh = borough(engine);
        let (port, taken) = mail_server(None);
        let rehearsed = remind(&fresh.address, port, &["--dry-run"]);
        assert_eq!(rehearsed.code, 0, "{}", rehearsed.err);
        assert!(rehearsed.out.contains("Graham Tindall: You have 1 audit that was due by"));
        for words in [
            "actions that were due by",
            "(Actions, 14 days overdue: senior managers",
            "to the committee that was due by",
            "(Replies to the committee, ",
        ] {
            assert!(rehearsed.out.contains(words), "{words}: {}", rehearsed.out);
        }
        let listed = run(&fresh.address, &["actions", "list", "--overdue", "--json"], "");
        assert!(listed.out.contains("\"told\": \"seniors\""), "{}", listed.err);
        assert!(taken.lock().unwrap().is_empty(), "a rehearsal sends nothing");
        let sent = remind(&fresh.address, port, &[]);
        assert_eq!(sent.code, 0, "{}{}", sent.out, sent.err);
        let messages = taken.lock().unwrap().clone();
        assert!(!messages.is_empty(), "{}", sent.out);
        for message in &messages {
            let says = ["You have ", "You answer for ", "a record that you hold"];
            let says = says.iter().any(|words| message.contains(words));
            assert!(says && message.contains("/sign-in"), "{message}");
            for secret in ["LM-", "R-2", "child in need", "Safeguarding"] {
                assert!(!message.contains(secret), "{secret} in {message}");
            }
        }
        // Whoever holds a record is told of a start where the rehearsal said so.
        let started = "An audit of a record that you hold has started";
        let told = messages.iter().any(|message| message.contains(started));
        assert_eq!(told, rehearsed.out.contains(started), "{}", rehearsed.out);
        let again = remind(&fresh.address, port, &[]);
        assert!(again.out.starts_with("0 sent"), "{}", again.out);
        assert_eq!(taken.lock().unwrap().len(), messages.len(), "at most once each");
        assert_eq!(run(&fresh.address, &["journal", "verify"], "").code, 0);
    }
}

#[test]
fn what_the_mail_server_does_not_take_waits_and_is_tried_again() {
    let fresh = borough(Engine::Sqlite);
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let down = remind(&fresh.address, nobody, &[]);
    assert_eq!((down.code, down.err.contains("could not be reached")), (1, true), "{}", down.err);
    let (port, taken) = mail_server(Some("451 later"));
    let later = remind(&fresh.address, port, &[]);
    assert_eq!((later.code, later.err.contains("put it off")), (1, true), "{}", later.err);
    assert!(taken.lock().unwrap().is_empty());
    let (port, taken) = mail_server(None);
    let sent = remind(&fresh.address, port, &[]);
    assert_eq!(sent.code, 0, "{}", sent.err);
    assert!(!taken.lock().unwrap().is_empty());
}

#[test]
fn an_address_that_is_refused_is_not_tried_again() {
    let fresh = borough(Engine::Sqlite);
    let (port, _) = mail_server(Some("550 nobody here"));
    let refused = remind(&fresh.address, port, &[]);
    assert_eq!((refused.code, refused.err.contains("refused it")), (1, true), "{}", refused.err);
    assert!(remind(&fresh.address, port, &[]).out.starts_with("0 sent, 0 not sent"));
}

#[test]
fn a_worker_is_described_from_the_command_line() {
    let fresh = borough(Engine::Sqlite);
    let name = "Sunil Perera";
    let describe = |words: &[&str]| {
        run(&fresh.address, &[&["worker", "describe", "--name"], words].concat(), "")
    };
    assert_eq!(describe(&["Nobody At All"]).code, 1);
    assert_eq!(describe(&[name, "--email", "nobody@larkmoor.example"]).code, 1);
    let email = "gwen.hardcastle@larkmoor.example";
    assert_eq!(describe(&[name, "--experience", "early-career", "--email", email]).code, 0);
    let listed = run(&fresh.address, &["worker", "list"], "");
    let line = listed.out.lines().find(|line| line.starts_with(name)).unwrap();
    assert!(line.contains("early-career") && line.contains(email), "{line}");
}
