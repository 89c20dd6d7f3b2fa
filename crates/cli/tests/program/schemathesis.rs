//! Schemathesis calls the API by its own description, where it is there; elsewhere nothing is checked.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use quarterlight_domain::permission::api::Scope;
use quarterlight_domain::stamp::Stamp;
use quarterlight_store::{Durability, NewApiToken, Settings, Store};
use quarterlight_testing::engines::Engine;

use crate::server::{PROGRAM, borough, today};

/// A token that may do everything, and its SHA-256.
const TOKEN: &str = "qlt_0707070707070707070707070707070707070707070707070707070707070707";

/// The checks that must hold: no fault, and nothing that the description does not say.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance,response_schema_conformance";

fn make_token(address: &str) {
    let digest = Command::new("sh")
        .args(["-c", &format!("printf %s {TOKEN} | sha256sum")])
        .output()
        .unwrap();
    let digest = String::from_utf8(digest.stdout).unwrap();
    let byte = |at: usize| u8::from_str_radix(&digest[at..at + 2], 16).unwrap();
    let new = NewApiToken {
        name: "Schemathesis".to_owned(),
        digest: (0..64).step_by(2).map(byte).collect(),
        scopes: Scope::ALL.to_vec(),
        place: None,
        ends_on: today(),
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let settings = Settings {
            address: address.to_owned(),
            durability: Durability::Throwaway,
            chance: || [8; 32],
        };
        let store = Store::open(&settings).await.unwrap();
        let stamp = Stamp::console(jiff::Timestamp::UNIX_EPOCH, "made an API token");
        store.api_tokens.make(&stamp, &new).await.unwrap();
        store.close().await.unwrap();
    });
}

#[test]
fn schemathesis_finds_nothing_in_the_api() {
    let Some(tool) = std::env::var_os("QUARTERLIGHT_SCHEMATHESIS") else {
        println!("QUARTERLIGHT_SCHEMATHESIS is not set: nothing was checked.");
        return;
    };
    let examples = std::env::var_os("QUARTERLIGHT_SCHEMATHESIS_EXAMPLES");
    let examples = examples.unwrap_or_else(|| "15".into());
    let fresh = borough(Engine::Sqlite);
    make_token(&fresh.address);
    let mut serving = Command::new(PROGRAM)
        .args(["serve", "--plain-http", "--listen", "127.0.0.1:0", "--database", &fresh.address])
        .env("QUARTERLIGHT_API_CALLS_A_MINUTE", "6000")
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut said = BufReader::new(serving.stderr.take().unwrap());
    said.read_line(&mut line).unwrap();
    let address = line.trim().rsplit(' ').next().unwrap();
    assert!(address.starts_with("http"), "the program said: {line}");
    let address = address.to_owned();
    // Each door that stays shut leaves a line; a pipe that nobody reads would hold the server up.
    let reading = std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
    let output = Command::new(tool)
        .args(["run", &format!("{address}/api/v1/openapi.json"), "--no-color"])
        .args(["--checks", CHECKS, "--seed", "24", "--max-examples"])
        .arg(examples)
        .args(["--header", &format!("Authorization: Bearer {TOKEN}")])
        .args(["--generation-database", "none", "--request-timeout", "30"])
        .output();
    serving.kill().unwrap();
    serving.wait().unwrap();
    reading.join().unwrap().unwrap();
    let output = output.unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
