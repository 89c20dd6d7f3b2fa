//! A PostgreSQL of the tests' own: started once for each test program, gone when that ends.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::Duration;

/// A running server. Its standard input is a pipe from this process: when the process ends, in
/// whatever way, the pipe closes, and the shell that waits on it stops the server and removes its folder.
struct Server {
    port: u16,
    bin: PathBuf,
    _keeps_it_running: (Child, ChildStdin),
}

static SERVER: OnceLock<Server> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The address of a new, empty database.
pub fn fresh_database() -> String {
    database("")
}

/// The address of a copy of the database at this address, to which nobody is connected.
pub fn copy_of(address: &str) -> String {
    let name = address.rsplit('/').next().unwrap_or_default();
    database(&format!(" template {name}"))
}

fn database(from: &str) -> String {
    let server = SERVER.get_or_init(start);
    let name = format!("test_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let done = psql(server, &format!("create database {name}{from}"));
    assert!(done, "the PostgreSQL of the tests could not make a database");
    format!("postgres://quarterlight@127.0.0.1:{}/{name}", server.port)
}

fn psql(server: &Server, statement: &str) -> bool {
    let address = format!("postgres://quarterlight@127.0.0.1:{}/postgres", server.port);
    Command::new(server.bin.join("psql"))
        .args(["--quiet", "--no-psqlrc", "--command", statement, &address])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn start() -> Server {
    let bin = programs();
    let folder = tempfile::Builder::new()
        .prefix("quarterlight-postgres-")
        .tempdir()
        .expect("a temporary folder")
        .keep();
    let owner = owner(&folder);
    let data = folder.join("data");
    let mut initdb = Command::new(bin.join("initdb"));
    initdb.arg("-D").arg(&data).args([
        "-U",
        "quarterlight",
        "--auth=trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]);
    // A fixed collation, so that both engines put text in the same order.
    initdb.args(["--locale=C.UTF-8", "--no-instructions"]).stdout(Stdio::null());
    run_as(&mut initdb, owner);
    assert!(initdb.status().is_ok_and(|status| status.success()), "initdb failed");

    let port = free_port();
    // "read" waits until the pipe from this process closes.
    let script = "\"$1\" -D \"$2\" -p \"$3\" -k \"$2\" -c listen_addresses=127.0.0.1 \
        -c max_connections=200 -c shared_buffers=64MB >/dev/null 2>&1 </dev/null & \
        server=$!; read line; kill -INT $server; wait $server; rm -rf \"$4\"";
    let mut shell = Command::new("sh");
    shell.args(["-c", script, "sh"]).arg(bin.join("postgres")).arg(&data);
    shell.arg(port.to_string()).arg(&folder);
    // A group of its own, so that Ctrl+C in the terminal does not stop the shell before its clean-up.
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).process_group(0);
    run_as(&mut shell, owner);
    let mut shell = shell.spawn().expect("a shell");
    let pipe = shell.stdin.take().expect("a pipe");
    let server = Server { port, bin, _keeps_it_running: (shell, pipe) };
    for _ in 0..100 {
        if psql(&server, "select 1") {
            return server;
        }
        sleep(Duration::from_millis(100));
    }
    panic!("the PostgreSQL of the tests did not start");
}

/// Where PostgreSQL's programs are: the newest of Debian's, or those on the path.
pub fn programs() -> PathBuf {
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    versions.sort();
    versions.pop().or_else(on_the_path).unwrap_or_else(|| {
        panic!("PostgreSQL is not installed: on Debian, run “apt-get install postgresql”.")
    })
}

fn on_the_path() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).find(|folder| folder.join("initdb").exists())
}

/// PostgreSQL does not run as root. Where the tests do, as in a container, it gets its own user.
pub fn owner(folder: &Path) -> Option<(u32, u32)> {
    let id = |args: &[&str]| -> Option<u32> {
        let output = Command::new("id").args(args).output().ok()?;
        String::from_utf8(output.stdout).ok()?.trim().parse().ok()
    };
    if id(&["-u"]) != Some(0) {
        return None;
    }
    let ids = (id(&["-u", "postgres"])?, id(&["-g", "postgres"])?);
    chown(folder, Some(ids.0), Some(ids.1)).expect("the folder given to PostgreSQL's user");
    Some(ids)
}

pub fn run_as(command: &mut Command, owner: Option<(u32, u32)>) {
    if let Some((user, group)) = owner {
        command.uid(user).gid(group).current_dir("/");
    }
}

pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("a port").port()
}
