//! A borough on either engine, the program serving it, and a browser that only sends forms.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use jiff::civil::Date;
use quarterlight_store::{Durability, Settings, Store};
use quarterlight_testing::engines::{Engine, Fresh, Mould, OnEach};

/// The program that is tested.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_quarterlight");

/// The password of everybody in the borough.
pub const PASSWORD: &str = "harbour lantern seven";

/// The day today, as the program under test reads it.
pub fn today() -> Date {
    let output = Command::new("date").arg("+%F").env("TZ", "Europe/London").output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
}

/// A borough of one's own: made once on each engine, and copied.
pub fn borough(engine: Engine) -> Fresh {
    static MADE: OnEach<Mould> = OnEach::new();
    let mould = MADE.of(engine, || {
        let fresh = Fresh::on(engine);
        borough_in(&fresh.address);
        fresh.as_mould()
    });
    mould.copy()
}

/// A borough in an empty database.
pub fn borough_in(address: &str) {
    let settings = Settings {
        address: address.to_owned(),
        durability: Durability::Throwaway,
        chance: || [7; 32],
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Store::open(&settings).await.unwrap();
        store.migrate().await.unwrap();
        let toml = quarterlight_import::framework::default_toml();
        let read = quarterlight_import::framework::from_toml_with_origins(toml).unwrap();
        let hash = quarterlight_web::password::hash(PASSWORD, [9; 32]).unwrap();
        let done = |_: u64, _: u64, _: &str| {};
        let file = quarterlight_import::timescales::england_toml();
        let rules = quarterlight_import::timescales::from_toml(file).unwrap();
        let holidays = quarterlight_import::bank_holidays::england().unwrap();
        let rules = (&rules, &holidays);
        quarterlight_borough::build(&store, (&read.0, &read.1), rules, today(), &hash, &done)
            .await
            .unwrap();
        store.close().await.unwrap();
    });
    // As the program makes it: `serve` refuses one that everybody on the machine can read.
    if let Some(file) = address.strip_prefix("sqlite:") {
        use std::os::unix::fs::PermissionsExt as _;
        let file = file.split('?').next().unwrap();
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
}

/// The program, serving. Killed when dropped, without warning, as a power cut would.
pub struct Server {
    /// Its process.
    pub child: Child,
    address: String,
}

impl Server {
    /// Serves a database.
    pub fn of(fresh: &Fresh) -> Self {
        Self::with(fresh, &[])
    }

    /// Serves a database, with more on the command line.
    pub fn with(fresh: &Fresh, more: &[&str]) -> Self {
        Self::with_environment(fresh, more, &[])
    }

    /// Serves a database, with more on the command line and in the environment.
    pub fn with_environment(fresh: &Fresh, more: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut child = Command::new(PROGRAM)
            .args([
                "serve",
                "--plain-http",
                "--listen",
                "127.0.0.1:0",
                "--database",
                &fresh.address,
            ])
            .args(more)
            .envs(environment.iter().copied())
            .env("QUARTERLIGHT_SECRET_KEY_FILE", key())
            // These browsers are no people: they ask as fast as they can.
            .env("QUARTERLIGHT_PAGES_A_MINUTE", "6000")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit(' ').next().unwrap().to_owned();
        assert!(address.starts_with("http://"), "the program said: {line}");
        Self { child, address }
    }

    /// Somebody signed in.
    pub fn visitor(&self, email: &str) -> Visitor {
        Visitor::signed_in(self.port(), email)
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.address.rsplit(':').next().unwrap().parse().unwrap()
    }
}

/// A file with the key of secrets, as several servers share it.
fn key() -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    use std::sync::LazyLock;

    static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("key");
        std::fs::write(&file, "07".repeat(32)).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        folder
    });
    FOLDER.path().join("key")
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Every request has a connection of its own, so that a balancer may send it to another server.
fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false);
    config.max_idle_connections(0).timeout_global(Some(Duration::from_mins(1))).build().into()
}

/// A browser that only sends forms.
pub struct Visitor {
    /// The server that is asked; another one of the same database takes the same cookie.
    pub address: String,
    /// It asks, with a connection for each request.
    pub agent: ureq::Agent,
    /// What it carries.
    pub cookie: String,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub text: String,
}

impl Visitor {
    /// Somebody signed in at a port of 127.0.0.1.
    pub fn signed_in(port: u16, email: &str) -> Self {
        Self::signed_in_with(port, (email, PASSWORD))
    }

    /// Somebody at a port of 127.0.0.1 who is not signed in.
    pub fn at(port: u16) -> Self {
        Self { address: format!("http://127.0.0.1:{port}"), agent: agent(), cookie: String::new() }
    }

    /// Signs in with a password of an older database.
    pub fn signed_in_with(port: u16, (email, password): (&str, &str)) -> Self {
        let mut visitor = Self::at(port);
        let answer = visitor.post("/sign-in", &[("email", email), ("password", password)]).unwrap();
        assert_eq!(answer.status, 303, "{email} could not sign in");
        visitor.accept_what_comes_first();
        visitor
    }

    /// Accepts the confidentiality page, where it stands before everything.
    fn accept_what_comes_first(&mut self) {
        let first = self.get("/").unwrap();
        if first.status == 403 {
            let words = first.text.split("name=\"words\" value=\"").nth(1).unwrap();
            let words = words.split('"').next().unwrap();
            let form = [("accept", "yes"), ("words", words), ("back", "/")];
            assert_eq!(self.post("/confidentiality", &form).unwrap().status, 303);
        }
    }

    /// Asks for a page.
    pub fn get(&self, path: &str) -> Option<Answer> {
        let url = format!("{}{path}", self.address);
        let response = self.agent.get(url).header("cookie", &self.cookie).call().ok()?;
        read(response)
    }

    /// Sends a form. None if the server did not answer.
    pub fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Option<Answer> {
        let url = format!("{}{path}", self.address);
        let request = self.agent.post(url).header("cookie", &self.cookie);
        let request = request.header("origin", &self.address);
        let response = request.send_form(form.iter().copied()).ok()?;
        if let Some(cookie) = response.headers().get("set-cookie") {
            let cookie = cookie.to_str().unwrap().split(';').next().unwrap();
            cookie.clone_into(&mut self.cookie);
        }
        read(response)
    }
}

/// What a response says.
pub fn read(mut response: ureq::http::Response<ureq::Body>) -> Option<Answer> {
    let status = response.status().as_u16();
    Some(Answer { status, text: response.body_mut().read_to_string().ok()? })
}

/// What stands between two texts, every time.
pub fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split(after).next()).collect()
}
