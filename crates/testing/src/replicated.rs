//! A PostgreSQL with a standby, as a council that cannot be without it runs one: real streaming
//! replication between two servers of the tests' own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use tempfile::TempDir;

use crate::postgres::{free_port, owner, programs, run_as};
use crate::proxy::Proxy;

/// A primary and its standby. Both end when this is dropped.
#[derive(Debug)]
pub struct Replicated {
    bin: PathBuf,
    owner: Option<(u32, u32)>,
    folder: TempDir,
    /// What the standby follows the primary through.
    between: Proxy,
    primary: (Child, u16),
    standby: (Child, u16),
}

impl Replicated {
    /// Starts both, and makes an empty database. While `waits`, the primary acknowledges nothing that
    /// the standby does not have on its disk.
    ///
    /// # Panics
    /// Stops the test if PostgreSQL is not there or does not start.
    pub fn start(waits: bool) -> Self {
        let bin = programs();
        let folder = tempfile::Builder::new().prefix("quarterlight-replicated-").tempdir();
        let folder = folder.expect("a temporary folder");
        let owner = owner(folder.path());
        let primary = folder.path().join("primary");
        let mut initdb = Command::new(bin.join("initdb"));
        initdb.arg("-D").arg(&primary).args(["-U", "quarterlight", "--auth=trust", "-E", "UTF8"]);
        initdb.args(["--locale=C.UTF-8", "--no-sync", "--no-instructions"]);
        done(&mut initdb, owner);
        let names =
            if waits { "synchronous_standby_names=*" } else { "synchronous_standby_names=" };
        let first = serve(&bin, &primary, owner, names);
        let between = Proxy::before(&[first.1]);
        let standby = folder.path().join("standby");
        let mut copy = Command::new(bin.join("pg_basebackup"));
        copy.args(["-h", "127.0.0.1", "-p", &between.port.to_string(), "-U", "quarterlight", "-R"]);
        copy.args(["-X", "stream", "--no-sync", "--checkpoint=fast", "-D"]).arg(&standby);
        done(&mut copy, owner);
        let second = serve(&bin, &standby, owner, "hot_standby=on");
        let this = Self { bin, owner, folder, between, primary: first, standby: second };
        assert!(this.asked(this.primary.1, "postgres", "create database quarterlight").is_some());
        let streams = "select sync_state from pg_stat_replication";
        let state = this.asked(this.primary.1, "postgres", streams).unwrap_or_default();
        assert_eq!(state, if waits { "sync" } else { "async" }, "how the standby follows");
        this
    }

    /// The port of the primary.
    pub fn primary(&self) -> u16 {
        self.primary.1
    }

    /// The port of the standby.
    pub fn standby(&self) -> u16 {
        self.standby.1
    }

    /// Cuts the network between the two: the standby hears nothing from here on.
    pub fn silence_standby(&self) {
        self.between.cut();
    }

    /// Kills every process of the primary at once, as a lost machine ends.
    ///
    /// # Panics
    /// Stops the test if the primary cannot be waited for.
    pub fn lose_primary(&mut self) {
        signal(&self.primary.0, "-KILL");
        self.primary.0.wait().expect("the primary ended");
    }

    /// Makes the standby the primary.
    ///
    /// # Panics
    /// Stops the test if it does not take over.
    pub fn promote(&self) {
        let mut promote = Command::new(self.bin.join("pg_ctl"));
        promote.arg("promote").arg("-D").arg(self.folder.path().join("standby"));
        done(promote.args(["-w", "-t", "30"]), self.owner);
    }

    /// The one value that a query gives.
    pub fn asked(&self, port: u16, database: &str, query: &str) -> Option<String> {
        asked(&self.bin, port, database, query)
    }
}

impl Drop for Replicated {
    fn drop(&mut self) {
        for child in [&mut self.primary.0, &mut self.standby.0] {
            if matches!(child.try_wait(), Ok(None)) {
                signal(child, "-KILL");
                let _ = child.wait();
            }
        }
    }
}

/// Sends a signal to a server and to each of its processes: the server first, so that it makes no more.
fn signal(server: &Child, how: &str) {
    let first = server.id();
    let mut ids = vec![first.to_string()];
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let status = fs::read_to_string(entry.path().join("status")).unwrap_or_default();
        let parent = status.lines().find_map(|line| line.strip_prefix("PPid:"));
        if parent.is_some_and(|it| it.trim() == first.to_string()) {
            ids.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    let _ = Command::new("kill").arg(how).args(ids).stderr(Stdio::null()).status();
}

fn serve(bin: &Path, data: &Path, owner: Option<(u32, u32)>, setting: &str) -> (Child, u16) {
    let port = free_port();
    let mut command = Command::new(bin.join("postgres"));
    command.arg("-D").arg(data).args(["-p", &port.to_string(), "-k"]).arg(data);
    command.args(["-c", "listen_addresses=127.0.0.1", "-c", "shared_buffers=64MB", "-c", setting]);
    command.args(["-c", "wal_receiver_status_interval=1", "-c", "max_connections=60"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    run_as(&mut command, owner);
    let mut child = command.spawn().expect("PostgreSQL");
    let is_there = (0..150).any(|_| {
        sleep(Duration::from_millis(100));
        asked(bin, port, "postgres", "select 1").is_some()
    });
    if !is_there {
        signal(&child, "-KILL");
        let _ = child.wait();
    }
    assert!(is_there, "PostgreSQL did not start in {}", data.display());
    (child, port)
}

fn asked(bin: &Path, port: u16, database: &str, query: &str) -> Option<String> {
    let address = format!("postgres://quarterlight@127.0.0.1:{port}/{database}");
    let output = Command::new(bin.join("psql"))
        .args(["--quiet", "--no-psqlrc", "--tuples-only", "--no-align", "--command", query])
        .arg(&address)
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn done(command: &mut Command, owner: Option<(u32, u32)>) {
    run_as(command, owner);
    let output = command.output().expect("a program of PostgreSQL");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
