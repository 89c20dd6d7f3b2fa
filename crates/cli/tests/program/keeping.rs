//! The journal signed, witnessed, exported and checked from the command line, and a record taken out.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};

use quarterlight_testing::engines::{Engine, Fresh};

use crate::commands::{Ran, run as bare};
use crate::server::{PROGRAM, borough};

/// A witness that serves until it is dropped.
struct Serving(Child, String);

impl Serving {
    fn new(words: &[&str]) -> Self {
        use std::io::{BufRead, BufReader};

        let mut child = Command::new(PROGRAM)
            .args(["witness", "serve", "--listen", "127.0.0.1:0"])
            .args(words)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit(' ').next().unwrap().to_owned();
        Self(child, address)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn add_place(fresh: &Fresh, name: &str) {
    let kind = if name == "Larkmoor" { "authority" } else { "directorate" };
    let mut words = vec!["place", "add", "--kind", kind, "--name", name];
    if kind != "authority" {
        words.extend(["--inside", "Larkmoor"]);
    }
    let ran = bare(&fresh.address, &words, "");
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn a_journal_is_signed_witnessed_exported_and_checked() {
    let (fresh, folder) = (Fresh::on(Engine::Sqlite), tempfile::tempdir().unwrap());
    let path = |name: &str| folder.path().join(name).display().to_string();
    let with = |settings: &[(&str, &str)], words: &[&str]| -> Ran {
        let mut command = Command::new(PROGRAM);
        command.args(words).env("QUARTERLIGHT_DATABASE", &fresh.address);
        let output = command.envs(settings.iter().copied()).output().unwrap();
        Ran {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    };
    assert_eq!(with(&[], &["migrate"]).code, 0);
    add_place(&fresh, "Larkmoor");
    let key = path("log.key");
    let made = with(&[], &["journal", "key", "new", "--name", "larkmoor.example/journal", &key]);
    let log = made.out.trim().to_owned();
    assert!(log.starts_with("larkmoor.example/journal+"), "{}", made.err);
    let again = ["journal", "key", "new", "--name", "larkmoor.example/journal", &key];
    assert_eq!(with(&[], &again).code, 1, "a key is never written over");
    let mode = fs::metadata(&key).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let secret = fs::read_to_string(&key).unwrap();

    let witness_key = path("witness.key");
    let new = ["witness", "new", "--name", "internal-audit.example/witness", &witness_key];
    let witness = with(&[], &new).out.trim().to_owned();
    let state = path("witness.last");
    let watch = ["--key", &witness_key, "--log", &log, "--state", &state];
    let serving = Serving::new(&watch);
    let elsewhere = path("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let witnesses = format!("{} {witness}", serving.1);
    let settings = [
        ("QUARTERLIGHT_JOURNAL_KEY_FILE", key.as_str()),
        ("QUARTERLIGHT_CHECKPOINT_DIR", elsewhere.as_str()),
        ("QUARTERLIGHT_CHECKPOINT_WITNESSES", witnesses.as_str()),
    ];
    let run = |words: &[&str]| with(&settings, words);
    let first = run(&["journal", "checkpoint"]);
    assert_eq!(first.code, 0, "{}{}", first.out, first.err);
    assert!(first.out.contains("— internal-audit.example/witness "), "{}", first.out);
    add_place(&fresh, "Children");
    let second = run(&["journal", "checkpoint"]);
    assert_eq!(second.code, 0, "{}", second.err);
    let size: u64 = second.out.split(':').next().unwrap().parse().unwrap();
    let kept = format!("{elsewhere}/{size}.checkpoint");
    assert!(fs::read_to_string(&kept).unwrap().contains("internal-audit.example/witness"));
    assert!(fs::read_to_string(&state).unwrap().starts_with(&format!("{size}:")));

    let verified = run(&["journal", "verify", "--against", &kept]);
    assert_eq!(verified.code, 0, "{}", verified.err);
    assert!(!verified.out.contains("compared with nothing"), "{}", verified.out);
    assert!(run(&["journal", "verify"]).out.contains("compared with nothing from elsewhere"));

    let export = path("export");
    let written = run(&["journal", "export", &export, "--personal"]);
    assert_eq!(written.code, 0, "{}", written.err);
    let check = ["journal", "verify", "--export", &export, "--key", &log, "--witness", &witness];
    // The export's own checkpoint is of the same size, and was cosigned.
    let checked = run(&check);
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    assert!(checked.out.contains(&format!("The export is whole: {size} entries.")));
    let entries = format!("{export}/tile/entries/000.p/{size}");
    let mut bytes = fs::read(&entries).unwrap();
    bytes[100] ^= 1;
    fs::write(&entries, bytes).unwrap();
    let found = run(&check);
    assert_eq!(found.code, 1);
    assert!(found.err.contains("The first entry that is wrong is 0"), "{}", found.err);

    let proof = path("1.tlog-proof");
    assert_eq!(run(&["journal", "prove", "1", "--to", &proof]).code, 0);
    assert!(fs::read_to_string(&proof).unwrap().starts_with("c2sp.org/tlog-proof@v1\nindex 1\n"));

    // Another database under the same key: the witness has cosigned another history, and says no.
    let other = Fresh::on(Engine::Sqlite);
    assert_eq!(bare(&other.address, &["migrate"], "").code, 0);
    for name in ["Larkmoor", "Adults", "Schools"] {
        add_place(&other, name);
    }
    let output = Command::new(PROGRAM)
        .args(["journal", "checkpoint"])
        .env("QUARTERLIGHT_DATABASE", &other.address)
        .envs(settings)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("did not go by witness internal-audit.example/witness"), "{said}");

    // A key that others can read is refused.
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let refused = run(&["journal", "checkpoint"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("Others can read the key"), "{}", refused.err);
    assert!(!refused.err.contains(secret.trim()), "the key is never printed");
}

#[test]
fn a_witness_works_with_a_file_that_is_carried_to_it() {
    let (fresh, folder) = (Fresh::on(Engine::Sqlite), tempfile::tempdir().unwrap());
    let path = |name: &str| folder.path().join(name).display().to_string();
    let key = path("log.key");
    let run = |words: &[&str]| {
        let output = Command::new(PROGRAM)
            .args(words)
            .env("QUARTERLIGHT_DATABASE", &fresh.address)
            .env("QUARTERLIGHT_JOURNAL_KEY_FILE", &key)
            .output()
            .unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    run(&["migrate"]);
    let log = run(&["journal", "key", "new", "--name", "larkmoor.example/journal", &key]).1;
    let witness_key = path("witness.key");
    let witness = run(&["witness", "new", "--name", "audit.example/witness", &witness_key]).1;
    let (state, request, line) = (path("last"), path("request"), path("line"));
    let mut since = "0".to_owned();
    for name in ["Larkmoor", "Children"] {
        add_place(&fresh, name);
        let size = run(&["journal", "checkpoint"]).1.split(':').next().unwrap().to_owned();
        fs::write(&request, run(&["journal", "ask", "--since", &since]).1).unwrap();
        let watch = ["--key", &witness_key, "--log", log.trim(), "--state", &state];
        let add = [&["witness", "add"][..], &watch, &[request.as_str()]].concat();
        let (code, cosigned) = run(&add);
        assert_eq!(code, 0, "{name}");
        fs::write(&line, cosigned).unwrap();
        assert_eq!(run(&["journal", "cosigned", &line, "--witness", witness.trim()]).0, 0);
        assert_eq!(
            run(&add).0,
            1,
            "the same request again continues what it no longer last cosigned"
        );
        since = size;
    }
}

#[test]
fn everything_about_a_record_is_written_into_a_folder() {
    let (fresh, folder) = (borough(Engine::Sqlite), tempfile::tempdir().unwrap());
    let to = folder.path().join("bundle").display().to_string();
    let bundle = |reference: &str, exemption: &str| {
        let because = ["--because", "Request 17"];
        let words = ["record", "bundle", reference, "--to", &to, "--exemption", exemption];
        bare(&fresh.address, &[&words[..], &because].concat(), "")
    };
    assert_eq!(bundle("nobody", "none").code, 1);
    let preview =
        bare(&fresh.address, &["retention", "preview", "--on", "2140-01-01", "--json"], "");
    assert!(preview.out.contains("\"kind\": \"answers\""), "{}", preview.err);
    let reference = tokio::runtime::Runtime::new().unwrap().block_on(async {
        let settings = quarterlight_store::Settings {
            address: fresh.address.clone(),
            durability: quarterlight_store::Durability::Throwaway,
            chance: || [7; 32],
        };
        let store = quarterlight_store::Store::open(&settings).await.unwrap();
        let frame = store.records.frame(None).await.unwrap();
        frame[0].reference.to_string()
    });
    assert_eq!(bundle(&reference, "whatever").code, 1, "an exemption that is none");
    let given = bundle(&reference, "third-party");
    assert_eq!(given.code, 0, "{}", given.err);
    for name in ["README.txt", "held.json", "journal.json", "held.pdf"] {
        assert!(fs::metadata(format!("{to}/{name}")).unwrap().len() > 100, "{name}");
    }
    assert!(fs::read_to_string(format!("{to}/held.json")).unwrap().contains(&reference));
    assert_eq!(bundle(&reference, "none").code, 1, "a folder is never written over");
    assert_eq!(bare(&fresh.address, &["journal", "verify"], "").code, 0);
}
