//! The program and the machines around it: settings that are unsafe, TLS, what is counted, and systemd.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;

use quarterlight_testing::engines::{Engine, Fresh};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::server::PROGRAM;

/// An empty database of today's schema.
fn empty() -> Fresh {
    let fresh = Fresh::on(Engine::Sqlite);
    let done = Command::new(PROGRAM).args(["migrate", "--database", &fresh.address]).output();
    assert!(done.unwrap().status.success());
    fresh
}

fn command(fresh: &Fresh, more: &[(&str, &str)]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(["--database", &fresh.address, "serve"]);
    for (name, value) in more {
        command.env(format!("QUARTERLIGHT_{}", name.to_uppercase()), value);
    }
    command
}

fn check(fresh: &Fresh, more: &[(&str, &str)]) -> (i32, String) {
    let Output { status, stdout, stderr } = command(fresh, more).arg("--check").output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    (status.code().unwrap(), said)
}

/// The program, serving; ended when dropped.
struct Serving(
    Child,
    String,
    #[expect(dead_code, reason = "held, so that what it says goes somewhere")]
    BufReader<std::process::ChildStderr>,
);

impl Serving {
    fn with(fresh: &Fresh, more: &[(&str, &str)]) -> Self {
        let mut child = command(fresh, more).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        // Held while it serves: it says there what went wrong.
        let mut said = BufReader::new(child.stderr.take().unwrap());
        said.read_line(&mut line).unwrap();
        let address = line.trim().rsplit('/').next().unwrap().to_owned();
        Self(child, address, said)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn settings_that_are_unsafe_refuse_to_start_and_say_why() {
    let fresh = empty();
    let (code, said) = check(&fresh, &[]);
    assert_eq!((code, said.trim()), (0, "Nothing unsafe was found in the settings."));
    let many = [
        ("listen", "0.0.0.0:0"),
        ("plain_http", "true"),
        ("metrics_listen", "0.0.0.0:0"),
        ("password_sign_in", "false"),
    ];
    let (code, said) = check(&fresh, &many);
    assert_eq!(code, 1, "{said}");
    assert_eq!(said.lines().count(), 4, "{said}");
    for words in ["plain_http", "who speaks TLS", "metrics_listen", "password_sign_in"] {
        assert!(said.contains(words), "{words} is not in {said}");
    }
    // And without --check it does not serve either.
    let output = command(&fresh, &many).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let started = String::from_utf8_lossy(&output.stderr);
    assert!(!started.contains("Quarterlight is at"), "{started}");
    for (name, value, words) in [
        ("oidc_issuer", "http://login.council.example", "oidc_issuer"),
        ("oidc_issuer", "https://login.council.example", "site"),
        ("tls_cert", "nowhere.pem", "tls_cert and tls_key together"),
    ] {
        let (code, said) = check(&fresh, &[(name, value)]);
        assert!(code == 1 && said.contains(words), "{said}");
    }
}

#[test]
fn a_setting_that_there_is_not_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("quarterlight.toml");
    std::fs::write(&file, "plain_htpp = true\n").unwrap();
    let output = Command::new(PROGRAM).arg("--config").arg(&file).args(["config", "show"]).output();
    let said = String::from_utf8(output.unwrap().stderr).unwrap();
    assert!(said.contains("plain_htpp"), "{said}");
}

#[test]
fn what_the_program_writes_is_for_itself() {
    use std::os::unix::fs::PermissionsExt;
    let fresh = empty();
    let mode = fresh.file().unwrap().metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "{mode:o}");
}

/// A certificate of our own making for this machine, with its key, in a folder.
fn certificate(folder: &Path) -> (PathBuf, PathBuf, CertificateDer<'static>) {
    use std::os::unix::fs::PermissionsExt;
    let key = rcgen::KeyPair::generate().unwrap();
    let made = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let made = made.self_signed(&key).unwrap();
    let (cert, secret) = (folder.join("cert.pem"), folder.join("key.pem"));
    std::fs::write(&cert, made.pem()).unwrap();
    std::fs::write(&secret, key.serialize_pem()).unwrap();
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o600)).unwrap();
    let read = CertificateDer::from_pem_file(&cert).unwrap();
    (cert, secret, read)
}

/// Shakes hands, trusting this certificate alone, and asks for a page.
fn ask(
    address: &str,
    trusted: &CertificateDer<'static>,
    alpn: &[u8],
) -> std::io::Result<(Vec<u8>, String)> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![alpn.to_vec()];
    let name = ServerName::try_from("localhost").unwrap();
    let mut connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut tcp = TcpStream::connect(address)?;
    connection.complete_io(&mut tcp)?;
    let agreed = connection.alpn_protocol().unwrap_or_default().to_vec();
    let mut stream = StreamOwned::new(connection, tcp);
    let mut answer = String::new();
    if alpn == b"http/1.1" {
        stream
            .write_all(b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        stream.read_to_string(&mut answer)?;
    }
    Ok((agreed, answer))
}

#[test]
fn tls_is_spoken_and_the_certificate_is_read_again() {
    let (fresh, folder) = (empty(), tempfile::tempdir().unwrap());
    let (cert, key, first) = certificate(folder.path());
    let (cert, key) = (cert.to_str().unwrap(), key.to_str().unwrap());
    let settings = [("tls_cert", cert), ("tls_key", key), ("listen", "127.0.0.1:0")];
    let serving = Serving::with(&fresh, &settings);
    let (agreed, answer) = ask(&serving.1, &first, b"http/1.1").unwrap();
    assert_eq!(agreed, b"http/1.1");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let answer = answer.to_lowercase();
    assert!(answer.contains("strict-transport-security: max-age=31536000; includesubdomains"));
    assert_eq!(ask(&serving.1, &first, b"h2").unwrap().0, b"h2");
    // The control: a certificate that is not the server's is not taken for it.
    let other = tempfile::tempdir().unwrap();
    let (_, _, stranger) = certificate(other.path());
    assert!(ask(&serving.1, &stranger, b"http/1.1").is_err());
    // One that cannot be read leaves the one before in its place; a good one takes it.
    let hang_up = || {
        let done = Command::new("kill").args(["-HUP", &serving.0.id().to_string()]).status();
        assert!(done.unwrap().success());
        std::thread::sleep(std::time::Duration::from_secs(2));
    };
    std::fs::write(cert, "no certificate").unwrap();
    hang_up();
    assert!(ask(&serving.1, &first, b"http/1.1").is_ok());
    let (_, _, second) = certificate(folder.path());
    hang_up();
    assert!(ask(&serving.1, &second, b"http/1.1").is_ok());
    assert!(ask(&serving.1, &first, b"http/1.1").is_err());
    // Whoever speaks plainly is not answered.
    let mut plain = TcpStream::connect(&serving.1).unwrap();
    plain.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer);
    assert!(!String::from_utf8_lossy(&answer).contains("well"));
}

#[test]
fn what_is_counted_is_served_apart() {
    let fresh = empty();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let settings = [("listen", "127.0.0.1:0"), ("plain_http", "true"), ("metrics_listen", &free)];
    let serving = Serving::with(&fresh, &settings);
    let get = |url: String| {
        let agent: ureq::Agent =
            ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut answer = agent.get(url).call().unwrap();
        (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
    };
    get(format!("http://{}/records/12?q=canary", serving.1));
    get(format!("http://{}/nowhere/canary", serving.1));
    let (status, counted) = get(format!("http://{free}/metrics"));
    assert_eq!(status, 200);
    assert!(
        counted.contains("quarterlight_requests_total{route=\"/records/{record}\",method=\"GET\",status=\"401\"} 1"),
        "{counted}"
    );
    assert!(counted.contains("quarterlight_request_seconds_bucket{route=\"/records/{record}\""));
    assert!(counted.contains("quarterlight_concerns_waiting 0"));
    assert!(!counted.contains("canary") && !counted.contains("/12"), "{counted}");
    let (status, _) = get(format!("http://{}/metrics", serving.1));
    assert_eq!(status, 404, "not where people are");
}

#[test]
fn the_unit_for_systemd_gives_the_program_nothing_that_it_does_not_need() {
    let unit = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packaging/quarterlight.service");
    let exposure = |unit: &Path, most: &str| {
        Command::new("systemd-analyze")
            .args(["security", "--offline=true", "--no-pager"])
            .arg(format!("--threshold={most}"))
            .arg(unit)
            .output()
    };
    let Ok(output) = exposure(&unit, "20") else {
        println!("systemd-analyze is not here: nothing was checked.");
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{}", said.lines().last().unwrap_or_default());
    assert!(output.status.success(), "{said}");
    // The control: without its walls the same unit is found to be open.
    let folder = tempfile::tempdir().unwrap();
    let open = folder.path().join("quarterlight.service");
    let words = std::fs::read_to_string(&unit).unwrap();
    let kept = ["[", "Exec", "Type"];
    let words: Vec<&str> =
        words.lines().filter(|line| kept.iter().any(|it| line.starts_with(it))).collect();
    std::fs::write(&open, words.join("\n")).unwrap();
    assert!(!exposure(&open, "20").unwrap().status.success());
}
