//! Grants are given, listed and ended on the command line, and looks are searched there.

use quarterlight_testing::engines::{Engine, Fresh};

use crate::commands::run;

#[test]
fn grants_are_given_listed_and_ended_and_never_changed() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let fresh = Fresh::on(engine);
        let run = |words: &[&str]| run(&fresh.address, words, "");
        run(&["migrate"]);
        run(&["place", "add", "--kind", "authority", "--name", "Larkmoor"]);
        let who = ["--email", "amara@larkmoor.example"];
        let role = ["--role", "auditor"];
        let add = [&["person", "add", "--name", "Amara Osei"], &who[..], &role[..]].concat();
        assert_eq!(run(&add).code, 0);
        let grant = |role: &str, why: &str| {
            run(&[&["person", "grant"], &who[..], &["--role", role, "--why", why]].concat())
        };
        assert_eq!(grant("quality-lead", " ").code, 1, "without a reason");
        let given = grant("quality-lead", "She runs the audit.");
        assert_eq!(given.out, "Grant 2 is given.\n", "{}", given.err);
        assert!(grant("quality-lead", "She runs the audit.").out.contains("already"));
        let listed = run(&["person", "list"]).out;
        assert!(listed.contains("2  quality-lead over Larkmoor from"), "{listed}");
        assert_eq!(listed.matches(": holds").count(), 2, "{listed}");
        let end = ["person", "end", "2", "--why", "She leaves."];
        assert_eq!(run(&end).code, 0);
        assert_eq!(run(&end).code, 1, "it has ended");
        assert!(run(&["person", "list"]).out.contains(": ended"));
        assert_eq!(run(&["person", "end", "99", "--why", "x"]).code, 1);
        assert_eq!(run(&["looks", "search", "--record", "R-1"]).code, 1, "there is no such record");
        assert_eq!(run(&["looks", "search"]).out, "0 of 0 looks.\n");
        let unusual = run(&["looks", "unusual"]);
        assert!(unusual.out.contains("0 lines from 0 looks in 28 days."), "{}", unusual.err);
        assert_eq!(run(&["journal", "verify"]).code, 0);
    }
}
