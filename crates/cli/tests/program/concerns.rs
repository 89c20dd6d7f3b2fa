//! Concerns, told by email through a real socket, once, and escalated when nobody answers.

use std::time::{Duration, Instant};

use quarterlight_testing::engines::Engine;

use crate::commands::run;
use crate::mail::{mail_server, settings};
use crate::server::{Server, between, borough};

#[test]
fn whoever_must_be_told_is_told_by_email_within_seconds_and_once() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let fresh = borough(engine);
        let (port, taken) = mail_server(None);
        let folder = tempfile::tempdir().unwrap();
        let file = settings(folder.path(), port);
        let server = Server::with(&fresh, &["--config", file.to_str().unwrap()]);
        let mut priya = server.visitor("priya.anand@larkmoor.example");
        let home = priya.get("/").unwrap().text;
        let audit = between(&home, "href=\"/audits/", "\"")[0];
        let form = [("seen", "Not seen for nine weeks."), ("reached", "no"), ("form_key", "one")];
        let raised = priya.post(&format!("/audits/{audit}/concern"), &form).unwrap();
        assert_eq!(raised.status, 303);
        let begun = Instant::now();
        let is_of_concern = |it: &&String| it.contains("A child may be unsafe");
        while taken.lock().unwrap().iter().filter(is_of_concern).count() < 2
            && begun.elapsed() < Duration::from_mins(1)
        {
            std::thread::sleep(Duration::from_millis(100));
        }
        // What it has in hand it finishes.
        std::thread::sleep(Duration::from_secs(1));
        drop(server);
        let all = taken.lock().unwrap().clone();
        let messages: Vec<&String> = all.iter().filter(is_of_concern).collect();
        assert!(messages.len() >= 2, "a service manager and, as nobody was reached, a senior one");
        // The others are of a record that was opened by break-glass the evening before.
        for message in &all {
            assert!(message.contains("/sign-in"), "{message}");
            for secret in ["LM-", "R-2", "nine weeks", "Safeguarding"] {
                assert!(!message.contains(secret), "{secret} in {message}");
            }
        }
        let listed = run(&fresh.address, &["concerns", "list", "--waiting"], "");
        assert!(listed.out.contains("Not acknowledged"), "{}{}", listed.out, listed.err);
        let words = ["concerns", "tell", "--config", file.to_str().unwrap()];
        let again = run(&fresh.address, &words, "");
        assert!(again.out.starts_with("0 newly told; 0 sent"), "{}{}", again.out, again.err);
        assert_eq!(taken.lock().unwrap().len(), all.len());
        assert_eq!(run(&fresh.address, &["journal", "verify"], "").code, 0);
    }
}
